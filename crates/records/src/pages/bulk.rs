//! One step or one field on each of the ticked records: asked first, then done one by one, and what was refused is named.

use axum::extract::Path;
use kernel::{Id, Refusal};
use pack::register::{Field, FieldType, Register, Step};
use web::{
    Answer, Ask, Desk, Errors, Fields, FormData, Group, Head, Inputs, Page, Row, Shape, Table, Tone, error_summary,
    html, link_button, main_button, say, t, table, tag,
};

use super::{Office, READ, WRITE, controls::Sheet, form::likely_links, href, list_href, step::needs};
use crate::{Record, act, fill::Input};

/// The most at once: each is a transaction of its own.
const MOST: usize = 200;

enum Act<'r> {
    Step(&'r Step),
    Field(&'r Field),
}

/// Fields that can be set on many records alike.
pub(super) fn settable(register: &Register) -> impl Iterator<Item = &Field> {
    register.fields.iter().filter(|field| {
        !field.private
            && !matches!(field.kind, FieldType::File | FieldType::LongText)
            && !register.title.contains(&field.id)
    })
}

pub(super) async fn bulk(desk: Desk, Path(register): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let ids: Vec<Id> = form.all("id").filter_map(|handle| handle.parse().ok()).take(MOST + 1).collect();
    let chosen = form.get("act");
    let act = match chosen.split_once('.') {
        Some(("step", id)) => register.step(id).map(Act::Step),
        Some(("field", id)) => settable(register).find(|field| field.id == id).map(Act::Field),
        _ => None,
    };
    let Some(act) = act else { return Err(Refusal::new("record.bulk_no_act").into()) };
    if ids.is_empty() {
        return Err(Refusal::new("record.bulk_none").into());
    }
    if ids.len() > MOST {
        return Err(Refusal::new("record.bulk_too_many").with("most", MOST).into());
    }
    let mut records = Vec::new();
    for id in &ids {
        // One that is not theirs to see is as if it had not been ticked.
        match office.open(&desk, &id.handle(), READ).await {
            Ok(opened) if opened.record.register == register.id => records.push(opened),
            Ok(_) | Err(web::Trouble::NotFound) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    if form.get("sure") != "yes" {
        let names: Vec<&Record> = records.iter().map(|opened| &opened.record).collect();
        let mut typed = form.fields.clone();
        if matches!(act, Act::Step(_)) {
            typed.push("on", kernel::show_day(desk.today));
        }
        return ask(&desk, &office, register, &act, &names, &typed, &Errors::none()).await;
    }
    let by = Office::by(&desk)?;
    let read = office.read(register, &form.fields).await?;
    let mut refused = read.refused;
    let on = match &act {
        Act::Step(_) => match kernel::parse_day(form.get("on")) {
            Ok(on) => on,
            Err(refusal) => {
                refused.push(refusal.at("on"));
                desk.today
            }
        },
        Act::Field(_) => desk.today,
    };
    if !refused.0.is_empty() {
        let names: Vec<&Record> = records.iter().map(|opened| &opened.record).collect();
        return ask(&desk, &office, register, &act, &names, &form.fields, &Errors::of(desk.lang, &refused)).await;
    }
    let mut done = Vec::new();
    for opened in &records {
        let record = &opened.record;
        let forbidden = || db::Stop::from(Refusal::new("record.bulk_not_yours"));
        let result = match &act {
            Act::Step(step) if Office::takes(&desk, opened, step) => {
                let input = given(register, step, &read.input);
                act::take(&office.house, &by, record.id, record.version, &step.id, on, input).await
            }
            Act::Field(_) if desk.can(WRITE, &opened.target) => {
                act::edit(&office.house, &by, record.id, record.version, read.input.clone()).await
            }
            Act::Step(_) | Act::Field(_) => Err(forbidden()),
        };
        let said: Result<Vec<String>, Vec<String>> = match result {
            Ok(done) => Ok(done.warnings.iter().map(|warning| say(desk.lang, warning)).collect()),
            Err(db::Stop::Refused(refused)) => Err(refused.0.iter().map(|refusal| say(desk.lang, refusal)).collect()),
            Err(db::Stop::Stale) => Err(vec![t!(desk.lang, "record.bulk_stale")]),
            Err(stop) => return Err(stop.into()),
        };
        done.push((record, said));
    }
    result(&desk, register, &act, &done).await
}

/// The fields that a step needs and that may be said of many at once.
fn asked<'r>(register: &'r Register, step: &Step) -> Vec<&'r Field> {
    let known: Vec<&Field> = settable(register).collect();
    needs(register, step).0.into_iter().filter(|field| known.iter().any(|one| one.id == field.id)).collect()
}

/// What was filled in for all; what was left empty stays as each record has it.
fn given(register: &Register, step: &Step, typed: &Input) -> Input {
    let filled = asked(register, step).into_iter().filter_map(|field| {
        let text = typed.fields.get(&field.id).filter(|text| !text.is_empty())?;
        Some((field.id.clone(), text.clone()))
    });
    Input { fields: filled.collect(), ..Input::default() }
}

fn label<'r>(desk: &Desk, act: &Act<'r>) -> &'r str {
    match act {
        Act::Step(step) => step.label.in_lang(desk.lang),
        Act::Field(field) => field.label.in_lang(desk.lang),
    }
}

async fn ask(
    desk: &Desk,
    office: &Office,
    register: &Register,
    act: &Act<'_>,
    records: &[&Record],
    typed: &Fields,
    errors: &Errors,
) -> Answer {
    let (lang, path) = (desk.lang, list_href(&register.id));
    let links = likely_links(office, register).await?;
    let sheet = Sheet {
        office,
        register,
        typed,
        errors,
        hidden: &[],
        privates: &[],
        links: &links,
        needed: matches!(act, Act::Field(_)),
        more: None,
    };
    let inputs = Inputs { lang, values: typed, errors };
    let noun = register.noun.in_lang(lang);
    let title = match act {
        Act::Step(_) => t!(lang, "record.bulk_step_title", step = label(desk, act), count = records.len(), noun = noun),
        Act::Field(_) => {
            t!(lang, "record.bulk_field_title", field = label(desk, act), count = records.len(), noun = noun)
        }
    };
    let verb = match act {
        Act::Step(_) => label(desk, act).to_owned(),
        Act::Field(_) => t!(lang, "record.bulk_field_do", count = records.len(), noun = noun),
    };
    let main = html! {
        (error_summary(lang, errors))
        form.panel method="post" action=(format!("{path}/bulk")) data-begin {
            (desk.csrf())
            input type="hidden" name="act" value=(typed.get("act"));
            input type="hidden" name="sure" value="yes";
            @for record in records { input type="hidden" name="id" value=(record.id); }
            div.group {
                @match act {
                    Act::Step(step) => {
                        (inputs.date(&Ask::new("on", t!(lang, "record.on"))))
                        (sheet.fields(&asked(register, step)))
                        p.soft.s { (t!(lang, "record.bulk_as_they_are")) }
                    }
                    Act::Field(field) => { (sheet.field(field, &field.id, None)) }
                }
                p.soft.s { (t!(lang, "record.bulk_each")) }
            }
            div.bar-end.row { (main_button(&verb)) a href=(path) { (t!(lang, "record.leave")) } }
        }
        section.panel { h2 { (t!(lang, "record.bulk_chosen")) }
            ul.list { @for record in records { li { a href=(href(record.id)) { (record.reference()) } " " (record.title) } } }
        }
    };
    let page = Page::new(&title)
        .crumb(register.label.in_lang(lang), &path)
        .here(t!(lang, "record.bulk_go"))
        .main(main)
        .shape(Shape::Form)
        .faults(errors)
        .at(&path);
    desk.show(page).await
}

type Said = Result<Vec<String>, Vec<String>>;

async fn result(desk: &Desk, register: &Register, act: &Act<'_>, done: &[(&Record, Said)]) -> Answer {
    let (lang, path) = (desk.lang, list_href(&register.id));
    let refused = done.iter().filter(|(_, said)| said.is_err()).count();
    let row = |(record, said): &(&Record, Said)| {
        let (mark, lines) = match said {
            Ok(lines) => (tag(Tone::Ok, &t!(lang, "record.bulk_done")), lines),
            Err(lines) => (tag(Tone::Bad, &t!(lang, "record.bulk_refused")), lines),
        };
        Row::new(vec![
            html! { a href=(href(record.id)) { (record.reference()) } },
            html! { (record.title) },
            mark,
            html! { @for line in lines { p { (line) } } },
        ])
    };
    // What was refused comes first: it is what is left to do.
    let mut rows: Vec<Row> = done.iter().filter(|(_, said)| said.is_err()).map(row).collect();
    rows.extend(done.iter().filter(|(_, said)| said.is_ok()).map(row));
    let sheet = Table {
        caption: label(desk, act).to_owned(),
        heads: vec![
            Head::new(t!(lang, "record.number")),
            Head::new(t!(lang, "record.title")).main(),
            Head::new(t!(lang, "record.bulk_result")),
            Head::new(t!(lang, "record.bulk_why")).main(),
        ],
        groups: vec![Group { label: String::new(), rows }],
        ..Table::default()
    };
    let page = Page::new(label(desk, act))
        .crumb(register.label.in_lang(lang), &path)
        .here(label(desk, act))
        .lead(html! { p.soft { (t!(lang, "record.bulk_told", done = done.len() - refused, refused = refused)) } })
        .main(html! { section.panel { (table(lang, &sheet)) } p { (link_button(&path, None, &t!(lang, "record.bulk_back"))) } })
        .at(&path);
    desk.show(page).await
}
