//! What happened to a record, newest first, in words.

use std::collections::HashMap;

use jiff::{Timestamp, tz::Offset};
use kernel::{Day, show_day};
use pack::register::Register;
use timeline::Recorded;
use web::{Desk, Markup, Moment, Place, html, t};

use super::{Office, office::Opened, way::open_steps};
use crate::Changed;

/// An hour of the clock in Vietnam: `08:42`.
pub(super) fn clock_time(at: Timestamp) -> String {
    let local = Offset::constant(7).to_datetime(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// An instant as people read it.
pub(super) fn moment(at: Timestamp) -> Markup {
    html! { time datetime=(at) { (show_day(kernel::civil_day(at))) " " (clock_time(at)) } }
}

/// The label of the step that an act of the timeline was.
pub(super) fn step_label(office: &Office, register: &Register, act: &str) -> Option<String> {
    let step = act.strip_prefix(&register.id)?.strip_prefix('.')?;
    register.step(step).map(|step| step.label.in_lang(office.lang).to_owned())
}

/// What happened, newest first, with the end of its chain.
pub(super) fn happened(
    desk: &Desk,
    office: &Office,
    register: &Register,
    opened: &Opened,
    entries: &[Recorded],
    people: &HashMap<i64, String>,
) -> Markup {
    let lang = desk.lang;
    let waits = open_steps(office, register, &opened.record).steps.first().map(|step| Moment {
        place: Place::Now,
        what: html! { (t!(lang, "record.waits_for", step = step.label.in_lang(lang))) },
        note: None,
    });
    let moments: Vec<Moment> =
        waits.into_iter().chain(entries.iter().map(|entry| moment_of(office, register, entry, people))).collect();
    html! {
        (web::timeline(&moments))
        @if let Some(head) = entries.first() {
            p.soft.s { (web::icon("link")) " " (t!(lang, "record.chain", count = head.number, code = short(&head.hash))) }
        }
    }
}

/// The first letters of a hash: enough to compare with a receipt by eye.
fn short(hash: &[u8]) -> String {
    let hex = data_encoding::HEXLOWER.encode(&hash[..4]);
    format!("{} {}", &hex[..4], &hex[4..])
}

/// What an entry of a record says, in words.
pub(super) fn told(office: &Office, register: &Register, entry: &Recorded) -> String {
    let lang = office.lang;
    let act = entry.act.rsplit('.').next().unwrap_or_default();
    let body = &entry.body;
    let name = || body["name"].as_str().unwrap_or_default().to_owned();
    let unit = |key: &str| office.unit_name(body[key].as_i64().unwrap_or_default(), kernel::civil_day(entry.at));
    let changed: Vec<Changed> = serde_json::from_value(body["changed"].clone()).unwrap_or_default();
    match (act, step_label(office, register, &entry.act)) {
        (_, Some(step)) => step,
        ("create", None) => {
            t!(lang, "record.did_create", number = body["number"].as_str().unwrap_or_default())
        }
        ("save", None) => t!(lang, "record.did_save", fields = labels(office, register, &changed)),
        ("calendar", None) => {
            let moved = changed.iter().map(|change| by_the_calendar(lang, register, change));
            moved.collect::<Vec<_>>().join("; ")
        }
        ("undo", None) => {
            let step = changed.first().and_then(|change| change.old["step"].as_str()).unwrap_or_default();
            let step = register.step(step).map_or(step, |step| step.label.in_lang(lang));
            t!(lang, "record.did_undo", step = step)
        }
        ("void", None) => {
            let reason = changed.first().and_then(|change| change.new.as_str()).unwrap_or_default();
            t!(lang, "record.did_void", reason = reason)
        }
        ("comment", None) => format!("“{}”", body["text"].as_str().unwrap_or_default()),
        ("attach", None) => t!(lang, "record.did_attach", name = name()),
        ("detach", None) => t!(lang, "record.did_detach", name = name()),
        ("copy", None) => t!(lang, "record.did_copy", fields = labels(office, register, &changed)),
        ("identity_ask", None) => {
            t!(lang, "record.did_identity_ask", reason = body["reason"].as_str().unwrap_or_default())
        }
        ("identity_agree", None) => t!(lang, "record.did_identity_agree"),
        ("identity_open", None) => {
            t!(lang, "record.did_identity_open", reason = body["reason"].as_str().unwrap_or_default())
        }
        ("identity_refused", None) => t!(lang, "record.did_identity_refused"),
        ("identity_share", None) => t!(lang, "record.did_identity_share"),
        ("identity_hand", None) => t!(lang, "record.did_identity_hand", body = unit("to")),
        ("identity_handed", None) => t!(lang, "record.did_identity_handed", body = unit("from")),
        ("identity_release", None) => t!(lang, "record.did_identity_release"),
        ("receipt", None) => {
            let reference = body["reference"].as_str().unwrap_or_default();
            t!(lang, "record.did_receipt", reference = reference)
        }
        ("seal_file", None) => t!(lang, "record.did_seal_file"),
        ("unseal", None) => {
            t!(lang, "record.did_unseal", reason = body["reason"].as_str().unwrap_or_default())
        }
        ("paper", None) => {
            let id = body["paper"].as_str().unwrap_or_default();
            let pack = &office.snapshot.pack;
            let form = pack.forms.get(id).map_or(id, |form| form.label.in_lang(lang));
            let label = pack.paper(id).map_or(form, |paper| paper.head.label.in_lang(lang)).to_owned();
            let label = if id == "case_file" { t!(lang, "record.case_file") } else { label };
            let fields = body["fields"].as_array().map_or(0, Vec::len);
            let key = if fields == 0 { "record.did_paper" } else { "record.did_paper_private" };
            t!(lang, key, paper = label)
        }
        _ => entry.act.clone(),
    }
}

/// A deadline that a change of the calendar moved, or settled.
fn by_the_calendar(lang: kernel::Lang, register: &Register, change: &Changed) -> String {
    let id = change.field.strip_prefix("clock.").unwrap_or_default();
    let clock = register.clock(id).map_or(id, |clock| clock.label.in_lang(lang));
    let text = |value: &serde_json::Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let day = |value| text(value, "due").parse().map(show_day).unwrap_or_default();
    let (old, new, decision) = (day(&change.old), day(&change.new), text(&change.new, "decision"));
    let reason = text(&change.new, "reason");
    if old == new {
        t!(lang, "record.did_calendar_settle", clock = clock, day = new, decision = decision)
    } else if reason.is_empty() {
        t!(lang, "record.did_calendar", clock = clock, old = old, new = new, decision = decision)
    } else {
        t!(lang, "record.did_calendar_past", clock = clock, old = old, new = new, decision = decision, reason = reason)
    }
}

fn moment_of(office: &Office, register: &Register, entry: &Recorded, people: &HashMap<i64, String>) -> Moment {
    let lang = office.lang;
    let what = html! { (told(office, register, entry)) };
    let on: Option<Day> = entry.on.filter(|on| *on != kernel::civil_day(entry.at));
    let note = html! {
        (moment(entry.at)) ", " (people.get(&entry.who).cloned().unwrap_or_default())
        @if let Some(on) = on { ". " (t!(lang, "record.took_place", day = show_day(on))) }
    };
    Moment { place: Place::Done, what, note: Some(note) }
}

/// The names of changed fields; of private ones too, whose values are nowhere here.
fn labels(office: &Office, register: &Register, changed: &[Changed]) -> String {
    let label = |change: &Changed| {
        let field = register.field(&change.field).map(|field| &field.label);
        let label = field.or_else(|| register.rows(&change.field).map(|rows| &rows.label));
        label.map_or_else(|| change.field.clone(), |label| label.in_lang(office.lang).to_owned())
    };
    changed.iter().map(label).collect::<Vec<_>>().join(", ")
}
