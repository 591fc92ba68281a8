//! Taking a step: its day, and what it needs.

use axum::extract::Path;
use kernel::{Day, Refusal, Refused};
use pack::{
    facts,
    register::{Field, FieldType, Register, Rows, Step},
};
use web::{
    Answer, Ask, Desk, Errors, Fields, Flash, FormData, Inputs, Page, Shape, Tone, Trouble, Undo, error_summary, html,
    main_button, note, say, t,
};

use super::{
    Office, STEP,
    controls::Sheet,
    files,
    form::{enter, likely_links, version},
    happened, href, list_href,
    office::Opened,
    stale, typed,
};
use crate::{Record, act, step::Rules};

/// A step just taken can be taken back from the message for so long.
pub(super) const REGRET: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);

pub(super) async fn ask(desk: Desk, Path((handle, step)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, STEP).await?;
    let register = office.register(&opened.record.register)?;
    let step = allowed(&desk, &opened, register, &step)?;
    let record = &opened.record;
    let typed = office.written(register, &record.document, record.day).await?;
    let mut typed = Office::proposed(&desk, register, typed);
    let on = step.day.as_deref().and_then(|field| record.document.day(field)).unwrap_or(desk.today);
    typed.push("on", kernel::show_day(on));
    typed.push(typed::VERSION, record.version.to_string());
    draw(&desk, &office, &opened, register, step, &typed, &Errors::none(), None, None).await
}

/// The step, if it is in the register and this seat takes it.
fn allowed<'r>(desk: &Desk, opened: &Opened, register: &'r Register, step: &str) -> Result<&'r Step, Trouble> {
    let step = register.step(step).ok_or(Trouble::NotFound)?;
    if Office::takes(desk, opened, step) { Ok(step) } else { Err(Trouble::Forbidden) }
}

pub(super) async fn take(desk: Desk, Path((handle, step)): Path<(String, String)>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, STEP).await?;
    let register = office.register(&opened.record.register)?;
    let step = allowed(&desk, &opened, register, &step)?;
    let record = &opened.record;
    let typed = typed::settled(register, &form.fields);
    if let Some(more) = form.maybe("more") {
        let more = Some(more.to_owned());
        return draw(&desk, &office, &opened, register, step, &typed, &Errors::none(), more, None).await;
    }
    let mut version = version(&form)?;
    if version != record.version {
        return went_on(&desk, &office, &opened, register, step, version, typed).await;
    }
    let mut read = office.read(register, &typed).await?;
    let on: Option<Day> = match kernel::parse_day(typed.get("on")) {
        Ok(on) => Some(on),
        Err(refusal) => {
            read.refused.push(refusal.at("on"));
            None
        }
    };
    // The step's day is its day field's too.
    if let Some(field) = &step.day {
        read.input.fields.insert(field.clone(), typed.get("on").to_owned());
    }
    let told_no = async |typed: &Fields, refused: &Refused| {
        // The step's day field is asked for as the day of the step.
        let at = |refusal: &Refusal| match &refusal.field {
            field @ Some(_) if *field == step.day => refusal.clone().at("on"),
            _ => refusal.clone(),
        };
        let errors = Errors::of(desk.lang, &Refused(refused.0.iter().map(at).collect()));
        draw(&desk, &office, &opened, register, step, typed, &errors, None, None).await
    };
    let Some(on) = on.filter(|_| read.refused.0.is_empty()) else {
        return told_no(&typed, &read.refused).await;
    };
    // Files that the step needs are kept first, so that the step finds them.
    if !form.files.is_empty() {
        match files::keep_all(&desk, &office, register, record.id, &form).await {
            Ok(Some(after)) => version = after,
            Ok(None) => {}
            Err(Trouble::Refused(refused)) => return told_no(&typed, &refused).await,
            Err(trouble) => return Err(trouble),
        }
    }
    let by = Office::by(&desk)?;
    match act::take(&office.house, &by, record.id, version, &step.id, on, read.input).await {
        Ok(done) => {
            let label = step.label.in_lang(desk.lang);
            let flash = match (done.warnings.first(), done.record.due) {
                (Some(warning), _) => {
                    Flash::ok("record.stepped_warned").tone(Tone::Warn).with("warning", say(desk.lang, warning))
                }
                (None, Some(due)) => Flash::ok("record.stepped_due").with("day", kernel::show_day(due)),
                (None, None) => Flash::ok("record.stepped"),
            };
            let mut flash = flash.with("step", label);
            if step.makes.is_empty() {
                let until = desk.now.saturating_add(REGRET).unwrap_or(desk.now);
                flash.undo =
                    Some(Undo { action: format!("{}/undo", href(record.id)), until: happened::clock_time(until) });
            }
            desk.back_to(&href(record.id), Some(flash))
        }
        Err(db::Stop::Refused(refused)) => {
            let kept = typed.with(typed::VERSION, &version.to_string());
            told_no(&kept, &refused).await
        }
        Err(db::Stop::Stale) => {
            let newer = office.open(&desk, &handle, STEP).await?;
            went_on(&desk, &office, &newer, register, step, version, typed).await
        }
        Err(end) => Err(end.into()),
    }
}

/// Others saved meanwhile: the form again, with what they did above it.
async fn went_on(
    desk: &Desk,
    office: &Office,
    opened: &Opened,
    register: &Register,
    step: &Step,
    seen: i64,
    typed: Fields,
) -> Answer {
    let (above, typed) = stale::merged(desk, office, register, &opened.record, seen, typed).await?;
    draw(desk, office, opened, register, step, &typed, &Errors::none(), None, Some(above)).await
}

/// What a step's form asks for besides its day.
pub(super) fn needs<'r>(register: &'r Register, step: &Step) -> (Vec<&'r Field>, Vec<&'r Rows>) {
    let named = step.needs.iter().chain(&step.asks).map(String::as_str).chain(step.party.as_deref());
    let mut fields: Vec<&Field> = Vec::new();
    for id in named.clone() {
        let field = register.field(id).filter(|field| step.day.as_ref() != Some(&field.id));
        if let Some(field) = field.filter(|field| !fields.iter().any(|known| known.id == field.id)) {
            fields.push(field);
        }
    }
    (fields, named.filter_map(|id| register.rows(id)).collect())
}

/// Whether a field has no place on this record, and nothing that this form asks for can give it one.
fn moot(office: &Office, record: &Record, register: &Register, field: &Field, form: &[&Field]) -> bool {
    let Some(when) = field.shown_when.as_ref().and_then(|when| office.snapshot.pack.expression(when)) else {
        return false;
    };
    let read = when.reads();
    let values = facts::values(register, &record.head(), &record.document, office.snapshot.as_ref());
    !form.iter().any(|field| read.contains(&field.id)) && !when.holds(&values)
}

#[expect(clippy::too_many_arguments, reason = "one drawing of the form, whole")]
async fn draw(
    desk: &Desk,
    office: &Office,
    opened: &Opened,
    register: &Register,
    step: &Step,
    typed: &Fields,
    errors: &Errors,
    more: Option<String>,
    above: Option<web::Markup>,
) -> Answer {
    let (lang, record) = (desk.lang, &opened.record);
    let links = likely_links(office, register).await?;
    let sheet = Sheet {
        office,
        register,
        typed,
        errors,
        hidden: &[],
        privates: &opened.privates,
        links: &links,
        needed: true,
        more: more.as_deref(),
    };
    let (fields, rows) = needs(register, step);
    let (mut asked_too, needed): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| step.asks.contains(&field.id) && !step.needs.contains(&field.id));
    asked_too.retain(|field| !moot(office, record, register, field, &fields));
    let rules = Rules {
        pack: &office.snapshot.pack,
        directory: office.snapshot.as_ref(),
        register,
        privates: &opened.privates,
        today: desk.today,
    };
    let head = record.head();
    // What this form can fill in is no hindrance yet.
    let asked = |refusal: &Refusal| {
        refusal.field.as_ref().is_some_and(|at| {
            fields.iter().any(|field| field.id == *at)
                || rows.iter().any(|rows| rows.id == *at)
                || step.day.as_ref() == Some(at)
        })
    };
    let hindrances = rules.hindrances(&head, &record.document, step, false);
    let hindrances: Vec<&Refusal> = hindrances.iter().filter(|refusal| !asked(refusal)).collect();
    let warnings = rules.warnings(&head, &record.document, step);
    let label = step.label.in_lang(lang);
    let day_label = step
        .day
        .as_deref()
        .and_then(|field| register.field(field))
        .map_or_else(|| t!(lang, "record.on"), |field| field.label.in_lang(lang).to_owned());
    let to = step.to.as_deref().and_then(|to| register.state(to)).map(|state| state.label.in_lang(lang));
    // An error at the step's day field is an error at its one day.
    let inputs = Inputs { lang, values: typed, errors };
    let has_files = fields.iter().any(|field| field.kind == FieldType::File);
    let main = html! {
        (error_summary(lang, errors))
        @if let Some(above) = &above { (above) }
        @for refusal in &hindrances { @if errors.is_empty() { (note(Tone::Bad, &html! { p { (say(lang, refusal)) } })) } }
        @for refusal in &warnings { (note(Tone::Warn, &html! { p { (say(lang, refusal)) } })) }
        form.panel method="post" action=(format!("{}/steps/{}", href(record.id), step.id)) data-begin enctype=[has_files.then_some("multipart/form-data")] {
            (desk.csrf())
            (enter(label))
            input type="hidden" name=(typed::VERSION) value=(typed.get(typed::VERSION));
            div.group {
                (inputs.date(&Ask::new("on", day_label)))
                (sheet.fields(&needed))
                @if !asked_too.is_empty() { (Sheet { needed: false, ..sheet }.fields(&asked_too)) }
                @for rows in &rows { h2 { (rows.label.in_lang(lang)) } (sheet.rows(rows)) }
                p.soft.s { @if let Some(to) = to { (t!(lang, "record.step_to", state = to)) } @if let Some(paper) = office.paper_of(register, record, step) { " " (t!(lang, "record.step_paper", paper = paper)) } }
            }
            div.bar-end.row {
                (main_button(label))
                a href=(href(record.id)) { (t!(lang, "record.leave")) }
            }
        }
    };
    let mut page = Page::new(label)
        .crumb(register.label.in_lang(lang), list_href(&register.id))
        .crumb(record.reference(), href(record.id))
        .here(label)
        .lead(html! { p.soft { (record.title) } })
        .main(main)
        .shape(Shape::Form)
        .faults(errors)
        .at(list_href(&register.id));
    if above.is_some() {
        page = page.status(axum::http::StatusCode::CONFLICT);
    }
    desk.show(page).await
}
