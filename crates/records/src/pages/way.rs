//! The way of a record: steps taken and to come, deadlines and their proof, what happened.

use std::collections::HashMap;

use jiff::{Timestamp, tz::Offset};
use kernel::{Day, show_day};
use pack::{
    document::Running,
    register::{Register, Step as StepOf},
};
use timeline::Recorded;
use web::{ClockPanel, Desk, Due, Markup, Moment, Place, Step, clock_panel, day, due, html, panel, say, t};

use super::{Office, href, office::Opened};
use crate::{Changed, step::Rules};

/// An hour of the clock in Vietnam: `08:42`.
pub(super) fn clock_time(at: Timestamp) -> String {
    let local = Offset::constant(7).to_datetime(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// An instant as people read it.
pub(super) fn moment(at: Timestamp) -> Markup {
    html! { time datetime=(at) { (show_day(kernel::civil_day(at))) " " (clock_time(at)) } }
}

/// The steps that may follow the state the record is in: that which its rules would have next, then the others in the register's order, and
/// those that a rule stands against last.
pub(super) fn open_steps<'r>(office: &Office, register: &'r Register, opened: &Opened) -> Vec<&'r StepOf> {
    let record = &opened.record;
    if record.void {
        return Vec::new();
    }
    let state = record.state.as_deref().unwrap_or_default();
    let behaviours = office.house.behaviours_of(register);
    let next = behaviours.iter().find_map(|behaviour| behaviour.next_step(&office.snapshot, register, record));
    let rules = rules(office, register, opened);
    let stopped = |step: &StepOf| {
        let stands = rules.hindrances(&record.head(), &record.document, step, false);
        stands.iter().any(|refusal| refusal.key == RULE)
    };
    let mut steps: Vec<&StepOf> =
        register.steps.iter().filter(|step| step.from.iter().any(|from| from == state)).collect();
    steps.sort_by_cached_key(|step| (next.as_ref() != Some(&step.id), stopped(step)));
    steps
}

/// The key under which a rule of the pack says no.
const RULE: &str = "record.check";

fn rules<'a>(office: &'a Office, register: &'a Register, opened: &'a Opened) -> Rules<'a> {
    let (pack, directory) = (&office.snapshot.pack, office.snapshot.as_ref());
    Rules { pack, directory, register, privates: &opened.privates, today: office.today }
}

/// The steps after the first of those that are open, as they usually go: rather none that is open already, and none twice.
fn after<'r>(register: &'r Register, open: &[&'r StepOf]) -> Vec<&'r StepOf> {
    let mut steps: Vec<&StepOf> = open.first().copied().into_iter().collect();
    while let Some(last) = steps.last().copied() {
        let may_follow =
            |step: &&StepOf| step.from.contains(&last.to) && !steps.iter().any(|known| known.id == step.id);
        let next = register.steps.iter().filter(may_follow).min_by_key(|step| open.iter().any(|now| now.id == step.id));
        match next {
            Some(next) => steps.push(next),
            None => break,
        }
    }
    steps.drain(..1.min(steps.len()));
    steps
}

/// The task list: what was done with its day, what can be done now with its needs, what follows.
pub(super) fn task_list(desk: &Desk, office: &Office, register: &Register, opened: &Opened) -> Markup {
    let (lang, record) = (desk.lang, &opened.record);
    let open = open_steps(office, register, opened);
    let mut steps: Vec<Step> = Vec::new();
    for taken in &record.document.steps {
        let label = register.step(&taken.step).map_or(taken.step.as_str(), |step| step.label.in_lang(lang));
        steps.push(Step {
            place: Place::Done,
            title: html! { (label) },
            side: html! { (t!(lang, "record.done_on", day = show_day(taken.on))) },
            note: taken.from_old_book.then(|| html! { (t!(lang, "record.from_old_book")) }),
        });
    }
    let done = steps.len();
    if let Some(step) = open.first() {
        let takes = Office::takes(desk, opened, step);
        let clock = record.document.clocks.iter().find(|running| {
            running.stopped.is_none()
                && register.clock(&running.clock).is_some_and(|clock| clock.stops.contains(&step.id))
        });
        let missing: Vec<String> = rules(office, register, opened)
            .hindrances(&record.head(), &record.document, step, false)
            .iter()
            .map(|refusal| match refusal.args.iter().find(|(name, _)| *name == "label") {
                Some((_, label)) => label.clone(),
                // A sentence among others is no sentence of its own.
                None => say(lang, refusal).trim_end_matches('.').to_owned(),
            })
            .collect();
        let who: Vec<String> = step.who.iter().map(|role| role_name(lang, role.name())).collect();
        let note = html! {
            @if !missing.is_empty() { (t!(lang, "record.step_needs", what = missing.join(", "))) " " }
            @if let Some(paper) = office.paper_of(register, record, step) { (t!(lang, "record.step_paper", paper = paper)) " " }
            @if !takes && !who.is_empty() { (t!(lang, "record.step_by", who = who.join(", "))) }
        };
        steps.push(Step {
            place: Place::Now,
            title: html! { b { (step_link(desk, opened, step)) } },
            side: clock.map_or_else(|| html! {}, |running| due(lang, office.left(running.due), false)),
            note: Some(note).filter(|note| !note.0.is_empty()),
        });
    }
    for step in after(register, &open) {
        steps.push(Step {
            place: Place::Ahead,
            title: html! { (step.label.in_lang(lang)) },
            side: html! { (t!(lang, "record.later")) },
            note: None,
        });
    }
    let note = html! { (t!(lang, "record.steps_done", done = done, whole = steps.len())) };
    let inside = html! {
        (web::steps(&steps))
        @if open.len() > 1 {
            p.pad.s {
                span.soft { (t!(lang, "record.other_ways")) } " "
                @for (place, step) in open[1..].iter().enumerate() { @if place > 0 { " · " } (step_link(desk, opened, step)) }
            }
        }
    };
    panel("h-steps", &t!(lang, "record.steps"), Some(&note), &inside)
}

/// A step's name, as a link for whoever takes it.
fn step_link(desk: &Desk, opened: &Opened, step: &StepOf) -> Markup {
    let label = step.label.in_lang(desk.lang);
    html! {
        @if Office::takes(desk, opened, step) { a href=(format!("{}/steps/{}", href(opened.record.id), step.id)) { (label) } }
        @else { (label) }
    }
}

fn role_name(lang: kernel::Lang, role: &str) -> String {
    web::words(lang, &format!("record.role_{role}"), &[])
}

/// The running clock that is due first.
pub(super) fn nearest(opened: &Opened) -> Option<&Running> {
    opened.record.document.clocks.iter().filter(|running| running.runs()).min_by_key(|running| running.due)
}

pub(super) fn clock_id(running: &Running) -> String {
    format!("clock-{}", running.clock)
}

/// The deadlines: the nearest with its whole proof, the others in short.
pub(super) fn clocks(desk: &Desk, office: &Office, register: &Register, opened: &Opened) -> Markup {
    let lang = desk.lang;
    let first = nearest(opened);
    let others =
        opened.record.document.clocks.iter().filter(|running| first.is_none_or(|first| first.clock != running.clock));
    let label = |running: &Running| {
        register
            .clock(&running.clock)
            .map_or_else(|| running.clock.clone(), |clock| clock.label.in_lang(lang).to_owned())
    };
    let badge = |running: &Running| match running.stopped {
        Some(stopped) => office.spare(stopped, running.due),
        None => office.left(running.due),
    };
    html! {
        @if let Some(running) = first {
            (proof(desk, running, &label(running), badge(running)))
            @let left_out = left_out(office, register, opened, running);
            @if !left_out.0.is_empty() { (panel("h-left-out", &t!(lang, "record.left_out"), None, &html! { div.pad.s.tight { (left_out) } })) }
        }
        @let others: Vec<&Running> = others.collect();
        @if !others.is_empty() {
            section.panel aria-labelledby="h-clocks" {
                h2 id="h-clocks" { (t!(lang, if first.is_some() { "record.other_clocks" } else { "record.clocks" })) }
                ul.list {
                    @for running in others {
                        li id=(clock_id(running)) {
                            p { (label(running)) }
                            @match running.suspended {
                                Some(since) if running.stopped.is_none() => p.row.soft { (t!(lang, "record.clock_stands", day = show_day(since))) },
                                _ => p.row { (day(running.due)) (due(lang, badge(running), false)) },
                            }
                            @if let Ok(derived) = serde_json::from_value::<calendar::Due>(running.derivation.clone()) {
                                details.s { summary { (t!(lang, "web.why_this_day")) } p { (derived.sentence(lang)) } (left_out(office, register, opened, running)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Each interval that a deadline leaves out, with what the record says of it.
fn left_out(office: &Office, register: &Register, opened: &Opened, running: &Running) -> Markup {
    let lang = office.lang;
    let excludes = register.clock(&running.clock).and_then(|clock| clock.excludes.as_ref());
    let Some(excludes) = excludes.filter(|_| !running.excluded.is_empty()) else { return html! {} };
    let known = register.rows(&excludes.rows).map_or(&[][..], |rows| &rows.fields);
    let one = |row: &pack::document::RowDoc| {
        let day = |id: &str| row.fields.get(id).and_then(pack::document::day_of).map(show_day);
        // First why, then what else stands in the row.
        let of = |field: &&pack::register::Field| field.id != excludes.from && field.id != excludes.to;
        let mut fields: Vec<_> = known.iter().filter(of).collect();
        fields.sort_by_key(|field| field.id != excludes.why);
        let told = fields.iter().filter_map(|field| {
            let value = row.fields.get(&field.id)?;
            Some(office.show(field, value, opened.record.day))
        });
        let why = told.collect::<Vec<_>>().join("; ");
        Some(t!(lang, "record.left_out_one", from = day(&excludes.from)?, to = day(&excludes.to)?, why = why))
    };
    let told: Vec<String> = opened.record.document.rows(&excludes.rows).iter().filter_map(one).collect();
    html! { @for one in &told { p { (one) } } }
}

/// A deadline that the law reckons shows how; one that was written down says so.
fn proof(desk: &Desk, running: &Running, title: &str, badge: Due) -> Markup {
    let (lang, id) = (desk.lang, clock_id(running));
    if let Ok(derived) = serde_json::from_value::<calendar::Due>(running.derivation.clone()) {
        return clock_panel(lang, &ClockPanel { id: &id, title, due: &derived, badge, today: desk.today });
    }
    html! {
        div id=(id) {
            (panel("h-clock", title, None, &html! {
                div.pad.tight { p.day { (day(running.due)) } p { (due(lang, badge, true)) } p.s.soft { (t!(lang, "record.due_as_written")) } }
            }))
        }
    }
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
    let waits = open_steps(office, register, opened).first().map(|step| Moment {
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
