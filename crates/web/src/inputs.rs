//! The controls of a form: label, hint, error, control, in that order, with what was typed and what was wrong put back.

use kernel::Lang;
use maud::{Markup, html};

use crate::{Ask, Choice, Errors, Fields, Measure, Width, icon, t};

/// Draws the fields of one form.
pub struct Inputs<'a> {
    pub lang: Lang,
    /// What was typed, or what is on record.
    pub values: &'a Fields,
    pub errors: &'a Errors,
}

/// What a control carries beside its kind.
struct Marks {
    id: String,
    /// The label, where none is drawn.
    label: Option<String>,
    described: Option<String>,
    invalid: Option<&'static str>,
}

impl Inputs<'_> {
    fn marks(&self, ask: &Ask) -> Marks {
        let id = ask.id();
        let error = self.errors.at(&ask.name).map(|_| format!("{id}-e"));
        let hint = ask.hint.as_ref().filter(|_| ask.row.is_none()).map(|_| format!("{id}-h"));
        let described: Vec<String> = hint.into_iter().chain(error.clone()).collect();
        Marks {
            label: ask.row.map(|row| t!(self.lang, "web.in_row", label = &ask.label, row = row + 1)),
            described: Some(described.join(" ")).filter(|described| !described.is_empty()),
            invalid: error.map(|_| "true"),
            id,
        }
    }

    fn error(&self, ask: &Ask, id: &str) -> Markup {
        html! {
            @if let Some(error) = self.errors.at(&ask.name) {
                span.err id=(format!("{id}-e")) { (icon("circle-alert")) (error) }
            }
        }
    }

    fn notes(&self, ask: &Ask) -> Markup {
        html! {
            @if ask.optional { " " span.opt { (t!(self.lang, "web.optional")) } }
            @if ask.private { " " span.opt { (icon("lock")) " " (t!(self.lang, "web.private")) } }
        }
    }

    fn wrap(&self, ask: &Ask, control: impl FnOnce(&Marks) -> Markup) -> Markup {
        let marks = self.marks(ask);
        let bad = marks.invalid.is_some();
        html! {
            @if ask.row.is_some() {
                (self.error(ask, &marks.id)) (control(&marks))
            } @else {
                div.field.field-bad[bad] {
                    label for=(marks.id) { (ask.label) (self.notes(ask)) }
                    @if let Some(hint) = &ask.hint { span.hint id=(format!("{}-h", marks.id)) { (hint) } }
                    (self.error(ask, &marks.id))
                    (control(&marks))
                }
            }
        }
    }

    /// Several controls under one label.
    fn set(&self, ask: &Ask, controls: &Markup) -> Markup {
        let marks = self.marks(ask);
        let bad = marks.invalid.is_some();
        html! {
            fieldset.field.field-bad[bad] id=(marks.id) tabindex=[marks.invalid.map(|_| "-1")] aria-describedby=[marks.described] {
                legend { (ask.label) (self.notes(ask)) }
                @if let Some(hint) = &ask.hint { span.hint id=(format!("{}-h", marks.id)) { (hint) } }
                (self.error(ask, &marks.id))
                (controls)
            }
        }
    }

    fn input(&self, ask: &Ask, marks: &Marks, width: Width, numeric: bool) -> Markup {
        html! {
            input type="text" id=(marks.id) name=(ask.name) value=(self.values.get(&ask.name)) class=(width.class())
                inputmode=[numeric.then_some("numeric")] autocomplete=(ask.autocomplete.unwrap_or("off"))
                aria-label=[&marks.label] aria-describedby=[&marks.described] aria-invalid=[marks.invalid];
        }
    }

    pub fn text(&self, ask: &Ask) -> Markup {
        self.wrap(ask, |marks| self.input(ask, marks, ask.width, ask.numeric))
    }

    pub fn long_text(&self, ask: &Ask, rows: usize) -> Markup {
        self.wrap(ask, |marks| {
            html! {
                textarea id=(marks.id) name=(ask.name) rows=(rows) aria-label=[&marks.label]
                    aria-describedby=[&marks.described] aria-invalid=[marks.invalid] { (self.values.get(&ask.name)) }
            }
        })
    }

    /// Never sent back: what was typed is typed again.
    pub fn password(&self, ask: &Ask) -> Markup {
        self.wrap(ask, |marks| {
            html! {
                input type="password" id=(marks.id) name=(ask.name) class=(ask.width.class()) autocomplete=[ask.autocomplete]
                    aria-describedby=[&marks.described] aria-invalid=[marks.invalid];
            }
        })
    }

    /// One text in the order that Vietnamese write: the browser's own control follows the browser's language.
    pub fn date(&self, ask: &Ask) -> Markup {
        let hint = ask.hint.clone().unwrap_or_else(|| t!(self.lang, "web.date_hint"));
        let ask = ask.clone().hint(hint);
        self.wrap(&ask, |marks| self.input(&ask, marks, Width::Short, true))
    }

    pub fn month(&self, ask: &Ask) -> Markup {
        let hint = ask.hint.clone().unwrap_or_else(|| t!(self.lang, "web.month_hint"));
        let ask = ask.clone().hint(hint);
        self.wrap(&ask, |marks| self.input(&ask, marks, Width::Short, true))
    }

    /// A number with its unit of measure glued to it.
    pub fn quantity(&self, ask: &Ask, measure: &Measure<'_>) -> Markup {
        let width = if ask.width == Width::Long { Width::Short } else { ask.width };
        self.wrap(ask, |marks| {
            html! {
                span.unit {
                    (self.input(ask, marks, width, true))
                    @match measure {
                        Measure::Fixed(unit) => { span { (unit) } }
                        Measure::Among { name, choices } => {
                            select name=(name) aria-label=(t!(self.lang, "web.measure_of", label = &ask.label)) {
                                (options(choices, self.values.get(name)))
                            }
                        }
                    }
                }
            }
        })
    }

    pub fn money(&self, ask: &Ask) -> Markup {
        self.quantity(&ask.clone().width(Width::Middle), &Measure::Fixed(&t!(self.lang, "web.dong")))
    }

    /// Radios while they can be taken in at a glance, a list beyond.
    pub fn choice(&self, ask: &Ask, choices: &[Choice]) -> Markup {
        if ask.row.is_some() || choices.len() > 5 { self.select(ask, choices) } else { self.radios(ask, choices) }
    }

    pub fn select(&self, ask: &Ask, choices: &[Choice]) -> Markup {
        self.wrap(ask, |marks| {
            html! {
                select id=(marks.id) name=(ask.name) aria-label=[&marks.label] aria-describedby=[&marks.described]
                    aria-invalid=[marks.invalid] {
                    option value="" { (t!(self.lang, "web.choose")) }
                    (options(choices, self.values.get(&ask.name)))
                }
            }
        })
    }

    /// Nothing is chosen beforehand.
    pub fn radios(&self, ask: &Ask, choices: &[Choice]) -> Markup {
        let chosen = self.values.get(&ask.name);
        self.set(ask, &html! { div.choices { (picks(ask, "radio", choices, |value| value == chosen)) } })
    }

    /// Several of them.
    pub fn choices(&self, ask: &Ask, choices: &[Choice]) -> Markup {
        let chosen: Vec<&str> = self.values.all(&ask.name).collect();
        self.set(ask, &html! { div.choices { (picks(ask, "checkbox", choices, |value| chosen.contains(&value))) } })
    }

    /// `yes` or `no`; unanswered is neither.
    pub fn yes_no(&self, ask: &Ask) -> Markup {
        let both = [Choice::new("yes", t!(self.lang, "web.yes")), Choice::new("no", t!(self.lang, "web.no"))];
        if ask.row.is_some() { self.select(ask, &both) } else { self.radios(ask, &both) }
    }

    /// One box to tick; sends `yes` or nothing.
    pub fn tick(&self, ask: &Ask) -> Markup {
        let marks = self.marks(ask);
        html! {
            div.choice {
                input type="checkbox" id=(marks.id) name=(ask.name) value="yes" checked[self.values.get(&ask.name) == "yes"]
                    aria-label=[&marks.label] aria-describedby=[&marks.described] aria-invalid=[marks.invalid];
                span {
                    @if ask.row.is_none() { label for=(marks.id) { (ask.label) } }
                    @if let Some(hint) = &ask.hint { span.hint id=(format!("{}-h", marks.id)) { (hint) } }
                    (self.error(ask, &marks.id))
                }
            }
        }
    }

    /// `accept`: endings and kinds as HTML writes them. The form needs `enctype="multipart/form-data"`.
    pub fn file(&self, ask: &Ask, accept: &str, many: bool) -> Markup {
        self.wrap(ask, |marks| {
            html! {
                input type="file" id=(marks.id) name=(ask.name) accept=(accept) multiple[many] class="w-full"
                    aria-describedby=[&marks.described] aria-invalid=[marks.invalid];
            }
        })
    }

    /// A link to something on record, found without script: type, submit `find` with this field's name, pick from what comes back.
    /// `found` are the answers of the last search; the one on record stands among them. What is typed is sent as `NAME.q`.
    pub fn link(&self, ask: &Ask, found: &[Choice]) -> Markup {
        let chosen = self.values.get(&ask.name);
        let typed = format!("{}.q", ask.name);
        let marks = self.marks(ask);
        let controls = html! {
            @if !found.is_empty() { div { (picks(ask, "radio", found, |value| value == chosen)) } }
            span.row {
                input type="search" class="w-m" name=(typed) value=(self.values.get(&typed))
                    aria-label=(t!(self.lang, "web.find_in", label = &ask.label)) aria-describedby=[&marks.described];
                button.btn type="submit" name="find" value=(ask.name) formnovalidate { (icon("search")) (t!(self.lang, "web.find")) }
            }
        };
        self.set(ask, &controls)
    }
}

fn options(choices: &[Choice], chosen: &str) -> Markup {
    html! { @for choice in choices { option value=(choice.value) selected[choice.value == chosen] { (choice.label) } } }
}

fn picks(ask: &Ask, kind: &str, choices: &[Choice], chosen: impl Fn(&str) -> bool) -> Markup {
    html! {
        @for (place, choice) in choices.iter().enumerate() {
            @let id = format!("{}-{place}", ask.id());
            @let before = place.checked_sub(1).and_then(|place| choices[place].group.as_ref());
            @if let Some(group) = choice.group.as_ref().filter(|group| before != Some(*group)) { p { b { (group) } } }
            div.choice {
                input type=(kind) id=(id) name=(ask.name) value=(choice.value) checked[chosen(&choice.value)]
                    aria-describedby=[choice.hint.as_ref().map(|_| format!("{id}-h"))];
                span {
                    label for=(id) { (choice.label) }
                    @if let Some(hint) = &choice.hint { span.hint id=(format!("{id}-h")) { (hint) } }
                }
            }
        }
    }
}

/// A column of a table of inputs.
#[derive(Clone, Debug, Default)]
pub struct Column {
    pub label: String,
    pub number: bool,
}

/// Child rows as a table of inputs. Each row is its cells, drawn by `Inputs` with `Ask::row`; the last rows are empty and are dropped when
/// they stay so. The button is a submit named `more` that keeps everything.
pub fn child_rows(lang: Lang, child: &str, label: &str, columns: &[Column], rows: &[Vec<Markup>]) -> Markup {
    let id = format!("rows-{child}");
    html! {
        table.tbl.rows.cards role="table" id=(id) aria-label=(label) {
            thead role="rowgroup" {
                tr role="row" {
                    @for column in columns {
                        th role="columnheader" scope="col" class=[column.number.then_some("num")] { (column.label) }
                    }
                }
            }
            tbody role="rowgroup" {
                @for (place, row) in rows.iter().enumerate() {
                    tr role="row" data-row=(place) {
                        @for (cell, column) in row.iter().zip(columns) {
                            td role="cell" class=[column.number.then_some("num")] data-l=(column.label) { (cell) }
                        }
                    }
                }
            }
        }
        p {
            button.btn type="submit" name="more" value=(child) formnovalidate data-rows=(id) {
                (icon("plus")) (t!(lang, "web.more_rows"))
            }
        }
    }
}
