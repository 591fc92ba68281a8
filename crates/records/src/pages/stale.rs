//! Someone else saved first: what they changed, what was typed here, and a form in which neither is lost.

use pack::register::Register;
use serde_json::Value as Json;
use web::{Desk, Fields, Group, Head, Markup, Row, Table, Tone, Trouble, html, note, t, table};

use super::{Office, happened, typed};
use crate::{Changed, Record};

/// What others saved since `seen`, told in words, and the form with both: theirs where nothing was typed, otherwise what was typed.
pub(super) async fn merged(
    desk: &Desk,
    office: &Office,
    register: &Register,
    record: &Record,
    seen: i64,
    mine: Fields,
) -> Result<(Markup, Fields), Trouble> {
    let lang = desk.lang;
    let mut tx = office.house.read().await?;
    let about = timeline::Kind::Record.of(record.id.0);
    let entries = timeline::list(&mut tx, about, i64::MAX, 100).await?;
    let since: Vec<_> =
        entries.iter().filter(|entry| entry.body["version"].as_i64().is_some_and(|version| version > seen)).collect();
    let wrote: Vec<(i64, i64)> = since.iter().map(|entry| (entry.who, entry.seat)).collect();
    let people = office.people(&mut tx, &wrote).await?;
    drop(tx);
    let theirs = office.written(register, &record.document, record.day).await?;
    let mut form = mine.with(typed::VERSION, &record.version.to_string());
    // What this form did not show stands as others left it.
    for field in register.fields.iter().filter(|field| !mine.all(typed::SHOWN).any(|shown| shown == field.id)) {
        form = replace(&form, &field.id, &theirs);
    }
    let mut rows = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for entry in &since {
        let changed: Vec<Changed> = serde_json::from_value(entry.body["changed"].clone()).unwrap_or_default();
        for change in &changed {
            if told.contains(&change.field) {
                continue;
            }
            told.push(change.field.clone());
            let who = people.get(&entry.who).cloned().unwrap_or_default();
            if let Some(field) = register.field(&change.field) {
                if field.private {
                    continue;
                }
                let before = old_text(office, register, &change.field, &change.old, record).await?;
                let (typed_here, saved) = (text_of(&mine, &field.id), text_of(&theirs, &field.id));
                let untouched = typed_here == before;
                if untouched {
                    form = replace(&form, &field.id, &theirs);
                }
                let show = |value: &Json| office.show(field, value, record.day);
                let current = record.document.fields.get(&field.id).map(show).unwrap_or_default();
                rows.push(line(
                    office,
                    field.label.in_lang(lang),
                    &show(&change.old),
                    &current,
                    &who,
                    entry.at,
                    (untouched || typed_here == saved).then_some(()).map_or(Some(typed_here), |()| None),
                ));
            } else if let Some(child) = register.rows(&change.field) {
                let count = |value: &Json| value.as_array().map_or(0, Vec::len).to_string();
                let current = record.document.rows(&child.id).len().to_string();
                let typed_rows = mine.rows(&child.id).len().to_string();
                rows.push(line(
                    office,
                    child.label.in_lang(lang),
                    &count(&change.old),
                    &current,
                    &who,
                    entry.at,
                    Some(typed_rows),
                ));
            }
        }
    }
    let sheet = Table {
        caption: t!(lang, "record.stale_changes"),
        heads: vec![
            Head::new(t!(lang, "record.field")),
            Head::new(t!(lang, "record.stale_before")).main().card_label(t!(lang, "record.stale_before")),
            Head::new(t!(lang, "record.stale_now")).main().card_label(t!(lang, "record.stale_now")),
            Head::new(t!(lang, "record.stale_mine")).main().card_label(t!(lang, "record.stale_mine")),
        ],
        groups: vec![Group { label: String::new(), rows }],
        ..Table::default()
    };
    let steps: Vec<String> =
        since.iter().filter_map(|entry| happened::step_label(office, register, &entry.act)).collect();
    let above = html! {
        (note(Tone::Warn, &html! {
            h2 { (t!(lang, "record.stale")) }
            p { (t!(lang, "record.stale_kept")) }
            @for step in &steps { p { (t!(lang, "record.stale_step", step = step)) } }
        }))
        @if !sheet.groups[0].rows.is_empty() { section.panel { (table(lang, &sheet)) } }
    };
    Ok((above, form))
}

fn line(
    office: &Office,
    label: &str,
    before: &str,
    now: &str,
    who: &str,
    at: jiff::Timestamp,
    mine: Option<String>,
) -> Row {
    let lang = office.lang;
    let empty = |text: &str| {
        if text.is_empty() {
            html! { span.soft { (t!(lang, "record.nothing")) } }
        } else {
            html! { (text) }
        }
    };
    let mine = mine.map_or_else(
        || html! { span.soft { (t!(lang, "record.stale_untouched")) } },
        |text| html! { b { (empty(&text)) } },
    );
    let theirs = html! { (empty(now)) br; span.soft.s { (who) ", " (happened::moment(at)) } };
    Row::new(vec![html! { b { (label) } }, empty(before), theirs, mine])
}

/// What the form showed of a field before others changed it.
async fn old_text(
    office: &Office,
    register: &Register,
    field: &str,
    old: &Json,
    record: &Record,
) -> Result<String, Trouble> {
    let mut document = pack::document::Document::default();
    if !old.is_null() {
        document.fields.insert(field.to_owned(), old.clone());
    }
    Ok(text_of(&office.written(register, &document, record.day).await?, field))
}

fn text_of(fields: &Fields, name: &str) -> String {
    let tidy = |text: &str| kernel::text::tidy(text);
    fields.all(name).map(tidy).collect::<Vec<_>>().join("; ")
}

fn replace(form: &Fields, name: &str, from: &Fields) -> Fields {
    let mut form = form.without(name);
    from.all(name).for_each(|value| form.push(name, value));
    form
}
