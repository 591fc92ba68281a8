//! The way of a record: steps taken and to come, deadlines and their proof.

use kernel::{Lang, Refusal, show_day};
use pack::{
    document::Running,
    register::{Clock, Register, Step as StepOf},
};
use web::{ClockPanel, Desk, Due, Markup, Place, Step, clock_panel, day, due, html, panel, say, t};

use super::{Office, href, office::Opened};
use crate::{
    Record,
    step::{RULE, Rules},
};

/// The steps from the state a record is in.
pub(super) struct Open<'r> {
    /// That which its rules would have next, then the others in the register's order; those that were taken already, and those that a
    /// rule stands against, last.
    pub(super) steps: Vec<&'r StepOf>,
    /// Those that nothing asked for in their form can make right, each with what stands against it.
    barred: Vec<(&'r StepOf, Vec<Refusal>)>,
}

/// The names of filled private fields say only what is still needed, not what stands open.
pub(super) fn open_steps<'r>(office: &'r Office, register: &'r Register, record: &Record) -> Open<'r> {
    let mut open = Open { steps: Vec::new(), barred: Vec::new() };
    if record.void {
        return open;
    }
    let behaviours = office.house.behaviours_of(register);
    let next = behaviours.iter().find_map(|behaviour| behaviour.next_step(&office.snapshot, register, record));
    let mut steps: Vec<(&StepOf, bool)> = Vec::new();
    for (step, standing) in rules(office, register, &[]).open(&record.head(), &record.document) {
        let stopped = standing.iter().any(|(refusal, _)| refusal.key == RULE);
        let bars: Vec<Refusal> = standing.into_iter().filter(|(_, mends)| !mends).map(|(bar, _)| bar).collect();
        if bars.is_empty() { steps.push((step, stopped)) } else { open.barred.push((step, bars)) }
    }
    if steps.is_empty() {
        steps = open.barred.drain(..).map(|(step, _)| (step, true)).collect();
    }
    let taken = |step: &StepOf| record.document.steps.iter().any(|taken| taken.step == step.id);
    steps.sort_by_cached_key(|(step, stopped)| (next.as_ref() != Some(&step.id), *stopped, taken(step)));
    open.steps = steps.into_iter().map(|(step, _)| step).collect();
    open
}

fn rules<'a>(office: &'a Office, register: &'a Register, privates: &'a [String]) -> Rules<'a> {
    let (pack, directory) = (&office.snapshot.pack, office.snapshot.as_ref());
    Rules { pack, directory, register, privates, today: office.today }
}

/// The way that usually follows a step, in the register's order: never back to a state that the record was in, and in each state what a
/// deadline that began on the way asks for.
fn after<'r>(register: &'r Register, record: &Record, first: &'r StepOf) -> Vec<&'r StepOf> {
    let taken = &record.document.steps;
    let mut states: Vec<&str> = taken.iter().map(|taken| taken.to.as_str()).collect();
    states.extend(register.initial.as_deref().into_iter().chain(record.state.as_deref()));
    let mut way = vec![first];
    let mut state = record.state.as_deref().unwrap_or_default();
    loop {
        state = way[way.len() - 1].leads(state);
        states.push(state);
        let known = |id: &str| way.iter().any(|step| step.id == id) || taken.iter().any(|taken| taken.step == id);
        let begun = |clock: &Clock| clock.starts.strip_prefix("step:").is_some_and(known);
        let owed = |step: &StepOf| {
            step.leads(state) == state
                && !known(&step.id)
                && register.clocks.iter().any(|clock| clock.stops.contains(&step.id) && begun(clock))
        };
        let mut from_here = register.steps.iter().filter(|step| step.from.iter().any(|from| from == state));
        match from_here.find(|step| owed(step) || !states.contains(&step.leads(state))) {
            Some(next) => way.push(next),
            None => return way.split_off(1),
        }
    }
}

/// The task list: what was done with its day, what can be done now with its needs, what follows.
pub(super) fn task_list(desk: &Desk, office: &Office, register: &Register, opened: &Opened) -> Markup {
    let (lang, record) = (desk.lang, &opened.record);
    let Open { steps: open, barred } = open_steps(office, register, record);
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
        let mut missing =
            rules(office, register, &opened.privates).hindrances(&record.head(), &record.document, step, false);
        // Its day is asked for in any case.
        missing.retain(|refusal| refusal.field.is_none() || refusal.field != step.day);
        let who: Vec<String> = step.who.iter().map(|role| role_name(lang, role.name())).collect();
        let note = html! {
            @if !missing.is_empty() { (t!(lang, "record.step_needs", what = told(lang, &missing))) " " }
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
    let ahead = open.first().map(|first| after(register, record, first)).unwrap_or_default();
    for step in &ahead {
        let now = open.iter().any(|open| open.id == step.id);
        steps.push(Step {
            place: Place::Ahead,
            title: html! { @if now { (step_link(desk, opened, step)) } @else { (step.label.in_lang(lang)) } },
            side: html! { @if !now { (t!(lang, "record.later")) } },
            note: None,
        });
    }
    let others: Vec<_> = open.iter().skip(1).filter(|step| !ahead.iter().any(|ahead| ahead.id == step.id)).collect();
    let note = html! { (t!(lang, "record.steps_done", done = done, whole = steps.len())) };
    let inside = html! {
        (web::steps(&steps))
        @if !others.is_empty() {
            p.pad.s {
                span.soft { (t!(lang, "record.other_ways")) } " "
                @for (place, step) in others.iter().enumerate() { @if place > 0 { " · " } (step_link(desk, opened, step)) }
            }
        }
        @if !barred.is_empty() {
            details.pad.s {
                summary { (t!(lang, "record.barred_steps", count = barred.len())) }
                ul.tight { @for (step, bars) in &barred { li { b { (step.label.in_lang(lang)) } ": " (told(lang, bars)) } } }
            }
        }
    };
    panel("h-steps", &t!(lang, "record.steps"), Some(&note), &inside)
}

/// What stands against a step, in one line: a field that is missing by its name, a rule by its sentence.
fn told(lang: Lang, refusals: &[Refusal]) -> String {
    let one = |refusal: &Refusal| match refusal.args.iter().find(|(name, _)| *name == "label") {
        Some((_, label)) => label.clone(),
        // A sentence among others is no sentence of its own.
        None => say(lang, refusal).trim_end_matches('.').to_owned(),
    };
    refusals.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A step's name, as a link for whoever takes it.
fn step_link(desk: &Desk, opened: &Opened, step: &StepOf) -> Markup {
    let label = step.label.in_lang(desk.lang);
    html! {
        @if Office::takes(desk, opened, step) { a href=(format!("{}/steps/{}", href(opened.record.id), step.id)) { (label) } }
        @else { (label) }
    }
}

fn role_name(lang: Lang, role: &str) -> String {
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
