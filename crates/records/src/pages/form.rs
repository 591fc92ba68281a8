//! A new record, and the correction of one.

use axum::extract::Path;
use kernel::{Refusal, Refused};
use pack::{
    document::Document,
    facts::{self, Head},
    register::{FieldType, Register},
};
use web::{
    Answer, Ask, Desk, Errors, Fields, Flash, FormData, Inputs, Markup, Page, Shape, Target, Tone, Trouble,
    error_summary, html, main_button, outline, t, tag,
};

use super::{Office, WRITE, controls::Sheet, files, href, list_href, office::Opened, stale, typed};
use crate::{
    act::{self, Done, New},
    card, fill, lists, store,
    value::Directory as _,
};

/// What a reader of citizens' cards types.
const CARD: &str = "card";

/// Everything that one drawing of a form knows.
pub(super) struct Draft<'a> {
    pub(super) register: &'a Register,
    pub(super) typed: Fields,
    pub(super) errors: Errors,
    /// Private fields that hold something.
    pub(super) privates: Vec<String>,
    /// The child rows that asked for more lines.
    pub(super) more: Option<String>,
    pub(super) opened: Option<&'a Opened>,
    /// What others changed meanwhile, above the form.
    pub(super) above: Option<Markup>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(register: &'a Register, typed: Fields) -> Self {
        Self { register, typed, errors: Errors::none(), privates: Vec::new(), more: None, opened: None, above: None }
    }
}

pub(super) async fn blank(desk: Desk, Path(register): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    desk.may(WRITE, &Target::unit(office.unit).register(&register.id))?;
    let mut typed = Fields::default();
    for field in &register.fields {
        // `?f.topic=…` fills a field: links that say "ghi một hồ sơ như vậy".
        let given = desk.query().maybe(&format!("f.{}", field.id)).map(str::to_owned);
        let default = field.default.as_deref().map(|default| match default {
            "today" => kernel::show_day(desk.today),
            constant => constant.to_owned(),
        });
        if let Some(value) = given.or(default) {
            // What is proposed counts as shown: other fields may depend on it.
            typed.push(typed::SHOWN, field.id.clone());
            typed.push(field.id.clone(), value);
        }
    }
    typed.push("unit", office.unit_text(office.unit));
    draw(&desk, &office, Draft::new(register, typed)).await
}

pub(super) async fn create(desk: Desk, Path(register): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let typed = typed::settled(register, &form.fields);
    if let Some(more) = more(&form) {
        let (typed, errors) = with_card(&desk, register, typed);
        let draft = Draft { more: Some(more.to_owned()), errors, ..Draft::new(register, typed) };
        return draw(&desk, &office, draft).await;
    }
    let source_key = form.maybe("once").map(|once| format!("form:{once}"));
    if let Some(known) = sent_before(&office, register, source_key.as_deref()).await? {
        return desk.back_to(&href(known), None);
    }
    let read = office.read(register, &typed).await?;
    let mut refused = read.refused;
    let unit = book(&desk, &office, register, &typed).unwrap_or_else(|refusal| {
        refused.push(refusal);
        office.unit
    });
    if !refused.0.is_empty() {
        refused = with_the_rest(&office, register, Document::default(), &read.input, refused);
        return refuse(&desk, &office, Draft::new(register, typed), &refused).await;
    }
    let by = Office::by(&desk)?;
    let new = New { unit, input: read.input, source_key: source_key.clone(), ..New::default() };
    let done = match act::create(&office.house, &by, &register.id, new).await {
        Ok(done) => done,
        Err(db::Stop::Refused(refused)) => return refuse(&desk, &office, Draft::new(register, typed), &refused).await,
        Err(stop) => {
            // Two of the same form at once: one of them was first.
            return match sent_before(&office, register, source_key.as_deref()).await? {
                Some(known) => desk.back_to(&href(known), None),
                None => Err(stop.into()),
            };
        }
    };
    let id = done.record.id;
    let kept = files::keep_all(&desk, &office, register, id, &form).await;
    let flash = created(&office, register, &done);
    if let Err(trouble) = kept {
        return files::told(&desk, trouble, id);
    }
    let on = if form.get("next") == "new" { format!("{}/new", list_href(&register.id)) } else { href(id) };
    desk.back_to(&on, Some(flash))
}

fn created(office: &Office, register: &Register, done: &Done) -> Flash {
    let label = register.label.in_lang(office.lang);
    let flash = match (done.warnings.first(), done.record.due) {
        (Some(warning), _) => {
            Flash::ok("record.created_warned").tone(Tone::Warn).with("warning", web::say(office.lang, warning))
        }
        (None, Some(due)) => Flash::ok("record.created_due").with("day", kernel::show_day(due)),
        (None, None) => Flash::ok("record.created"),
    };
    flash.with("label", label).link(href(done.record.id), done.record.reference())
}

async fn sent_before(
    office: &Office,
    register: &Register,
    source_key: Option<&str>,
) -> Result<Option<kernel::Id>, Trouble> {
    let Some(key) = source_key else { return Ok(None) };
    let mut tx = office.house.read().await?;
    match office.house.names.find(&mut tx, db::Space::Register, &register.id).await? {
        Some(id) => Ok(store::by_source(&mut tx, id, key).await?),
        None => Ok(None),
    }
}

/// In whose book it is written: the seat's own, or one that this seat writes in.
fn book(desk: &Desk, office: &Office, register: &Register, typed: &Fields) -> Result<i64, Refusal> {
    let Some(text) = typed.maybe("unit") else { return Ok(office.unit) };
    let inner = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')).map_or(text, |(_, code)| code);
    // The book of a unit that ended is found on the record's own day.
    let day = kernel::parse_day(typed.get(&register.day)).ok();
    let then = |refusal: Refusal| day.and_then(|day| office.snapshot.unit(inner, day).ok()).ok_or(refusal.at("unit"));
    let unit = office.snapshot.unit(inner, office.today).or_else(then)?;
    if desk.can(WRITE, &Target::unit(unit).register(&register.id)) {
        Ok(unit)
    } else {
        Err(Refusal::new("record.not_your_book").with("unit", office.unit_name(unit, office.today)).at("unit"))
    }
}

/// What else is wrong, so that everything is told at once.
fn with_the_rest(
    office: &Office,
    register: &Register,
    mut document: Document,
    input: &fill::Input,
    mut refused: Refused,
) -> Refused {
    let (pack, directory) = (&office.snapshot.pack, office.snapshot.as_ref());
    if let Err(more) = fill::fill(pack, directory, register, &mut document, input, office.today) {
        refused.0.extend(more.0);
    }
    refused
}

/// The form again with what was typed, what is wrong, and nothing lost.
async fn refuse(desk: &Desk, office: &Office, draft: Draft<'_>, refused: &Refused) -> Answer {
    let errors = Errors::of(desk.lang, refused);
    draw(desk, office, Draft { errors, ..draft }).await
}

pub(super) async fn fill(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, WRITE).await?;
    let register = office.register(&opened.record.register)?;
    let record = &opened.record;
    let typed = office.written(register, &record.document, record.day).await?;
    let mut typed = Office::proposed(&desk, register, typed);
    typed.push(typed::VERSION, record.version.to_string());
    let draft = Draft { privates: opened.privates.clone(), opened: Some(&opened), ..Draft::new(register, typed) };
    draw(&desk, &office, draft).await
}

pub(super) async fn edit(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, WRITE).await?;
    let register = office.register(&opened.record.register)?;
    let record = &opened.record;
    let typed = typed::settled(register, &form.fields);
    let draft = |typed: Fields| Draft {
        privates: opened.privates.clone(),
        opened: Some(&opened),
        ..Draft::new(register, typed)
    };
    if let Some(more) = more(&form) {
        let (typed, errors) = with_card(&desk, register, typed);
        return draw(&desk, &office, Draft { more: Some(more.to_owned()), errors, ..draft(typed) }).await;
    }
    let version = version(&form)?;
    if version != record.version {
        let (above, typed) = stale::merged(&desk, &office, register, record, version, typed).await?;
        return draw(&desk, &office, Draft { above: Some(above), ..draft(typed) }).await;
    }
    let read = office.read(register, &typed).await?;
    if !read.refused.0.is_empty() {
        let refused = with_the_rest(&office, register, record.document.clone(), &read.input, read.refused);
        return refuse(&desk, &office, draft(typed), &refused).await;
    }
    let by = Office::by(&desk)?;
    match act::edit(&office.house, &by, record.id, version, read.input).await {
        Ok(done) => {
            if let Err(trouble) = files::keep_all(&desk, &office, register, record.id, &form).await {
                return files::told(&desk, trouble, record.id);
            }
            let flash = match done.warnings.first() {
                Some(warning) => {
                    Flash::ok("record.saved_warned").tone(Tone::Warn).with("warning", web::say(desk.lang, warning))
                }
                None => Flash::ok("record.saved"),
            };
            desk.back_to(&href(record.id), Some(flash))
        }
        Err(db::Stop::Refused(refused)) => refuse(&desk, &office, draft(typed), &refused).await,
        Err(db::Stop::Stale) => {
            let newer = office.open(&desk, &handle, WRITE).await?;
            let (above, typed) = stale::merged(&desk, &office, register, &newer.record, version, typed).await?;
            let draft = Draft {
                privates: newer.privates.clone(),
                opened: Some(&newer),
                above: Some(above),
                ..Draft::new(register, typed)
            };
            draw(&desk, &office, draft).await
        }
        Err(stop) => Err(stop.into()),
    }
}

/// The version that the editor saw.
pub(super) fn version(form: &FormData) -> Result<i64, Trouble> {
    form.maybe(typed::VERSION).and_then(|version| version.parse().ok()).ok_or(Trouble::Unreadable)
}

/// What the form is drawn again for: more fields, more rows, or a card that a reader has typed.
fn more(form: &FormData) -> Option<&str> {
    form.maybe("more").or_else(|| form.maybe(CARD).map(|_| CARD))
}

/// What was typed, with what the citizen's card says where one was read; the code itself is not kept.
fn with_card(desk: &Desk, register: &Register, typed: Fields) -> (Fields, Errors) {
    let Some(code) = typed.maybe(CARD).filter(|_| card::fills(register)).map(str::to_owned) else {
        return (typed, Errors::none());
    };
    let typed = typed.without(CARD);
    match card::read(&code) {
        Ok(read) => (read.fields(register).fold(typed, |typed, (field, text)| typed.with(field, text)), Errors::none()),
        Err(refusal) => (typed, Errors::of(desk.lang, &refusal.into())),
    }
}

/// The key Enter presses the first button of a form, wherever it is pressed: out of sight, the main one comes first.
pub(super) fn enter(label: &str) -> Markup {
    html! { button.vh type="submit" tabindex="-1" aria-hidden="true" { (label) } }
}

/// Where a keyboard reader types: it ends with Enter, and the card is read before anything is saved.
fn card_reader(desk: &Desk, draft: &Draft<'_>) -> Markup {
    let lang = desk.lang;
    let values = Fields::default();
    let inputs = Inputs { lang, values: &values, errors: &draft.errors };
    html! {
        div.group {
            (inputs.text(&Ask::new(CARD, t!(lang, "record.card")).hint(t!(lang, "record.card_hint")).width(web::Width::Full).optional(true)))
            p { button.btn type="submit" name="more" value=(CARD) formnovalidate { (t!(lang, "record.card_do")) } }
        }
    }
}

/// Fields that the record, as typed so far, does not ask for.
fn hidden(office: &Office, register: &Register, draft: &Draft<'_>, input: &fill::Input) -> Vec<String> {
    let (pack, directory) = (&office.snapshot.pack, office.snapshot.as_ref());
    let record = draft.opened.map(|opened| &opened.record);
    let mut document = record.map(|record| record.document.clone()).unwrap_or_default();
    // What cannot be read yet is shown as an error elsewhere; the rest decides.
    drop(fill::fill(pack, directory, register, &mut document, input, office.today));
    let head = record.map_or_else(
        || Head { unit: office.unit, state: register.initial.clone(), recorded: office.today },
        crate::Record::head,
    );
    let values = facts::values(register, &head, &document, directory);
    let shown = |field: &&pack::register::Field| {
        let when = field.shown_when.as_ref().and_then(|when| pack.expression(when));
        when.is_none_or(|when| when.holds(&values)) || draft.errors.at(&field.id).is_some()
    };
    register.fields.iter().filter(|field| !shown(field)).map(|field| field.id.clone()).collect()
}

/// The newest records that the form's links are likely to name.
pub(super) async fn likely_links(office: &Office, register: &Register) -> Result<Vec<(String, Vec<String>)>, Trouble> {
    let rows = register.rows.iter().flat_map(|rows| &rows.fields);
    let mut registers: Vec<&str> = register
        .fields
        .iter()
        .chain(rows)
        .filter(|field| field.kind == FieldType::Link)
        .filter_map(|field| field.register.as_deref())
        .collect();
    registers.sort_unstable();
    registers.dedup();
    let mut links = Vec::new();
    for id in registers {
        let Some(linked) = office.snapshot.pack.register(id) else { continue };
        let asked = lists::Asked::all(40);
        let found = office.book(linked).page(&asked).await?;
        links.push((id.to_owned(), found.records.iter().map(typed::link_text).collect()));
    }
    Ok(links)
}

async fn draw(desk: &Desk, office: &Office, draft: Draft<'_>) -> Answer {
    let (lang, register) = (desk.lang, draft.register);
    let read = office.read(register, &draft.typed).await?;
    let hidden = hidden(office, register, &draft, &read.input);
    let links = likely_links(office, register).await?;
    let sheet = Sheet {
        office,
        register,
        typed: &draft.typed,
        errors: &draft.errors,
        hidden: &hidden,
        privates: &draft.privates,
        links: &links,
        needed: false,
        more: draft.more.as_deref(),
    };
    let mut parts = sheet.parts();
    let record = draft.opened.map(|opened| &opened.record);
    if record.is_none() {
        // Nothing is signed or sent of what is only being written.
        let later = [pack::paper::PAPER_ROWS, pack::paper::DELIVERY_ROWS];
        parts.retain(|part| part.rows.is_none_or(|rows| !later.contains(&rows.id.as_str())));
    }
    let label = register.label.in_lang(lang);
    let title = match record {
        Some(record) => t!(lang, "record.edit_title", title = &record.title),
        None => t!(lang, "record.new_title", label = label),
    };
    let action =
        record.map_or_else(|| format!("{}/new", list_href(&register.id)), |record| format!("{}/edit", href(record.id)));
    let back = record.map_or_else(|| list_href(&register.id), |record| href(record.id));
    let main = html! {
        (error_summary(lang, &draft.errors))
        @if let Some(above) = &draft.above { (above) }
        form.panel method="post" action=(action) enctype="multipart/form-data" {
            (desk.csrf())
            (enter(&t!(lang, "record.save")))
            @match record {
                Some(_) => { input type="hidden" name=(typed::VERSION) value=(draft.typed.get(typed::VERSION)); }
                None => { (desk.once()) (whose_book(desk, office, register, &draft)) }
            }
            @if card::fills(register) { (card_reader(desk, &draft)) }
            @for (place, part) in parts.iter().enumerate() { (sheet.draw(place + 1, part, record.is_none())) }
            div.bar-end.row {
                (main_button(&t!(lang, "record.save")))
                @if record.is_none() {
                    button.btn type="submit" name="next" value="new" { (t!(lang, "record.save_and_new")) }
                }
                @if register.fields.iter().any(|field| field.shown_when.is_some()) {
                    button.btn type="submit" name="more" value="fields" formnovalidate { (t!(lang, "record.show_fields")) }
                }
                a href=(back) { (t!(lang, "record.leave")) }
            }
        }
    };
    let states: Vec<(String, String, Markup)> = parts
        .iter()
        .enumerate()
        .map(|(place, part)| {
            let wrong = sheet.wrong(part);
            let state = if wrong > 0 {
                tag(Tone::Bad, &t!(lang, "record.wrong", count = wrong))
            } else {
                html! {}
            };
            (format!("#{}", part.id), format!("{}. {}", place + 1, part.label), state)
        })
        .collect();
    let mut page = Page::new(title).crumb(label, list_href(&register.id));
    if let Some(record) = record {
        page = page.crumb(record.reference(), href(record.id)).here(t!(lang, "record.edit"));
    } else {
        page = page.here(t!(lang, "record.new"));
    }
    if let Some(help) = &register.help {
        page = page.lead(html! { p.soft { (help.in_lang(lang)) } });
    }
    if draft.above.is_some() {
        page = page.status(axum::http::StatusCode::CONFLICT);
    }
    let side = (parts.len() > 1).then(|| outline(&t!(lang, "record.parts"), &states));
    page = page.main(main).shape(Shape::Form).faults(&draft.errors).at(list_href(&register.id));
    if let Some(side) = side {
        page = page.side(side);
    }
    desk.show(page).await
}

/// Asked only where there is a choice: most seats write in one book.
fn whose_book(desk: &Desk, office: &Office, register: &Register, draft: &Draft<'_>) -> Markup {
    let lang = desk.lang;
    let at = office.snapshot.tree.at(office.today);
    let own = units::Unit(office.unit);
    let ground = at.place(own).unwrap_or(own.ground());
    let near = at.children(ground).into_iter().flat_map(|place| std::iter::once(place).chain(at.bodies(place)));
    let near = at.bodies(ground).into_iter().chain(std::iter::once(ground)).chain(near);
    let others: Vec<i64> = near
        .map(|unit| unit.0)
        .filter(|unit| *unit != office.unit && desk.can(WRITE, &Target::unit(*unit).register(&register.id)))
        .filter(|unit| register.books.is_empty() || office.snapshot.is_of(*unit, &register.books, office.today))
        .take(200)
        .collect();
    if others.is_empty() && draft.errors.at("unit").is_none() {
        return html! { input type="hidden" name="unit" value=(office.unit_text(office.unit)); };
    }
    let inputs = Inputs { lang, values: &draft.typed, errors: &draft.errors };
    let ask = Ask::new("unit", t!(lang, "record.book")).hint(t!(lang, "record.book_hint")).width(web::Width::Full);
    html! {
        div.group {
            (inputs.text(&ask))
            @if !others.is_empty() {
                details { summary { (t!(lang, "record.likely")) }
                    ul.s.tight { @for unit in others.iter().take(12) { li { (office.unit_text(*unit)) } } } }
            }
        }
    }
}
