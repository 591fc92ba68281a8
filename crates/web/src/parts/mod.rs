//! The parts that pages are drawn from: pure functions from values to markup. Number, word, shape, then colour.

mod board;
mod clock;
mod figure;
mod table;

pub use board::{Board, BoardColumn, BoardRow, Cell, CellState, board};
pub use clock::{ClockPanel, Counted, Due, Weekday, clock_panel, due};
pub use figure::{Bar, Chart, Series, bars, chart, figure, figure_head, no_data};
use kernel::{Day, Lang, show_day};
use maud::{Markup, html};
pub use table::{Chip, Group, Head, Pager, Row, Sort, Table, bulk, filters, pager, table, tabs};

use crate::{Crumb, Tone, icon, t};

/// A day as people read it, and as machines do.
pub fn day(day: Day) -> Markup {
    html! { time datetime=(day) { (show_day(day)) } }
}

/// A day of the year in hand, as lists show it: `05/08`.
pub fn short_day(day: Day, year: i16) -> Markup {
    let shown = show_day(day);
    let shown = if day.year() == year { shown[..5].to_owned() } else { shown };
    html! { time datetime=(day) { (shown) } }
}

/// A state in a word. Neutral states in lists are plain text; a ground is for what needs someone or is finished.
pub fn tag(tone: Tone, text: &str) -> Markup {
    html! { span class=(format!("tag {}", tone.class()).trim_end()) { (text) } }
}

/// A button of a form. `name` and `value` tell which of several was pressed.
pub fn button(label: &str, name: &str, value: &str) -> Markup {
    html! { button.btn type="submit" name=(name) value=(value) { (label) } }
}

/// The page's one main button.
pub fn main_button(label: &str) -> Markup {
    html! { button.btn.btn-main type="submit" { (label) } }
}

/// An act that cannot be done yet stays in sight and in reach, with its reason beside it.
pub fn not_yet(label: &str, reason: &str, id: &str) -> Markup {
    html! {
        button.btn type="submit" aria-disabled="true" aria-describedby=(id) { (label) }
        span.soft.s id=(id) { (reason) }
    }
}

/// A link that looks like a button.
pub fn link_button(href: &str, drawing: Option<&str>, label: &str) -> Markup {
    html! { a.btn href=(href) { @if let Some(drawing) = drawing { (icon(drawing)) } (label) } }
}

/// A panel with a title; `note` stands at its right.
pub fn panel(id: &str, title: &str, note: Option<&Markup>, inside: &Markup) -> Markup {
    html! {
        section.panel aria-labelledby=(id) {
            header { h2 id=(id) { (title) } @if let Some(note) = note { span.s.soft { (note) } } }
            (inside)
        }
    }
}

/// Names and values.
pub fn facts(rows: &[(String, Markup)]) -> Markup {
    html! { dl.facts.pad { @for (name, value) in rows { div { dt { (name) } dd { (value) } } } } }
}

/// The same in a narrow column.
pub fn narrow_facts(rows: &[(String, Markup)]) -> Markup {
    html! { dl.facts.facts-1.pad { @for (name, value) in rows { div { dt { (name) } dd { (value) } } } } }
}

pub fn crumbs(lang: Lang, crumbs: &[Crumb]) -> Markup {
    html! {
        nav.crumbs.screen aria-label=(t!(lang, "web.way")) {
            ol {
                @for crumb in crumbs {
                    @match &crumb.href {
                        Some(href) => { li { a href=(href) { (crumb.label) } } }
                        None => { li aria-current="page" { (crumb.label) } }
                    }
                }
            }
        }
    }
}

/// Where a step or a moment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Done,
    Now,
    Ahead,
}

impl Place {
    fn class(self) -> Option<&'static str> {
        match self {
            Place::Done => Some("done"),
            Place::Now => Some("now"),
            Place::Ahead => None,
        }
    }
}

/// A step of a record's life.
#[derive(Clone, Debug)]
pub struct Step {
    pub place: Place,
    /// A link when the step can be opened or taken, else text: never a dead link.
    pub title: Markup,
    /// When it was done, its deadline, or what it waits for.
    pub side: Markup,
    /// What it needs and which paper it makes.
    pub note: Option<Markup>,
}

/// The task list of a record.
pub fn steps(steps: &[Step]) -> Markup {
    html! {
        ol.steps {
            @for step in steps {
                li class=[step.place.class()] aria-current=[(step.place == Place::Now).then_some("step")] {
                    span { (step.title) }
                    span.soft { (step.side) }
                    @if let Some(note) = &step.note { p.soft.s { (note) } }
                }
            }
        }
    }
}

/// An entry of a timeline: what, and when and who.
#[derive(Clone, Debug)]
pub struct Moment {
    pub place: Place,
    pub what: Markup,
    pub note: Option<Markup>,
}

/// Newest first.
pub fn timeline(moments: &[Moment]) -> Markup {
    html! {
        ol.tl {
            @for moment in moments {
                li class=[moment.place.class()] {
                    p { @if moment.place == Place::Now { b { (moment.what) } } @else { (moment.what) } }
                    @if let Some(note) = &moment.note { p.soft.s { (note) } }
                }
            }
        }
    }
}

/// One of a row of counts that lead somewhere.
#[derive(Clone, Debug)]
pub struct Tally {
    pub tone: Tone,
    pub icon: &'static str,
    pub count: String,
    pub label: String,
    pub href: Option<String>,
}

pub fn tallies(label: &str, tallies: &[Tally]) -> Markup {
    let inside = |tally: &Tally| {
        html! {
            span class=(format!("pip {}", if tally.tone == Tone::Plain { "none" } else { tally.tone.class() })) { (icon(tally.icon)) }
            b { (tally.count) }
            span { (tally.label) }
        }
    };
    html! {
        section aria-label=(label) {
            ul.panel.tally {
                @for tally in tallies {
                    li { @match &tally.href { Some(href) => { a href=(href) { (inside(tally)) } } None => { div { (inside(tally)) } } } }
                }
            }
        }
    }
}

/// Never bare: what this is, and the ways to the first entry. `ways` are buttons and links.
pub fn empty(drawing: &str, title: &str, text: &Markup, ways: &Markup) -> Markup {
    html! {
        section.panel.empty { (icon(drawing)) h2 { (title) } p.soft { (text) } div.row { (ways) } }
    }
}

/// A question before an act that is hard to undo: a page, not a dialog.
pub struct Confirm<'a> {
    pub title: &'a str,
    pub text: &'a str,
    pub action: &'a str,
    /// Fields to fill in, and hidden ones.
    pub fields: Markup,
    pub consequences: &'a [String],
    /// The verb itself.
    pub yes: &'a str,
    pub risky: bool,
    /// Not the verb.
    pub no: &'a str,
    pub back: &'a str,
}

/// For `Page::bare`.
pub fn confirm(csrf: &Markup, confirm: &Confirm<'_>) -> Markup {
    html! {
        form.box.ask.stack method="post" action=(confirm.action) {
            (csrf)
            div.tight { h1 { (confirm.title) } p { (confirm.text) } }
            (confirm.fields)
            @if !confirm.consequences.is_empty() { ul.tight.s.why { @for line in confirm.consequences { li { (line) } } } }
            div.row {
                @if confirm.risky { button.btn.btn-risk type="submit" { (confirm.yes) } }
                @else { button.btn.btn-main type="submit" { (confirm.yes) } }
                a.btn href=(confirm.back) { (confirm.no) }
            }
        }
    }
}

/// Long work under way: the bar moves by itself where script runs, else by reading the page again. `state` answers JSON
/// `{ended, done, whole, text}`.
pub fn progress(lang: Lang, state: &str, done: i64, whole: i64, text: &str) -> Markup {
    html! {
        div.tight data-progress=(state) {
            progress max=[(whole > 0).then_some(whole)] value=[(whole > 0).then_some(done)] aria-label=(t!(lang, "web.progress")) {}
            p data-told { (text) }
        }
    }
}

/// A document in its own type: `inside` comes from the document model.
pub fn document(label: &str, inside: &Markup) -> Markup {
    html! { article.doc.panel aria-label=(label) { (inside) } }
}

/// A note about a paragraph of a document: a returned number, a restatement.
pub fn note(tone: Tone, inside: &Markup) -> Markup {
    html! { div class=(format!("note {}", tone.class()).trim_end()) { (inside) } }
}

/// A part of a report that people write and that recomputing never touches.
pub fn slot(lang: Lang, edit: Option<&str>, inside: &Markup) -> Markup {
    html! {
        div.slot {
            small { (t!(lang, "web.slot")) @if let Some(edit) = edit { " " a href=(edit) { (t!(lang, "web.slot_edit")) } } }
            (inside)
        }
    }
}

/// The names of a file's parts: an outline beside a sheet, each with its state.
pub fn outline(label: &str, parts: &[(String, String, Markup)]) -> Markup {
    html! {
        nav.panel aria-label=(label) {
            h2 { (label) }
            ol.list { @for (href, name, state) in parts { li.row.between { a href=(href) { (name) } (state) } } }
        }
    }
}
