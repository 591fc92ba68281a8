//! One control for each type of field, drawn from its definition.

use kernel::Lang;
use pack::register::{Field, FieldType, Register, Rows, Section};
use units::Unit;
use web::{Ask, Choice, Errors, Fields, Inputs, Markup, Measure, RowColumn, Width, child_rows, html, icon, t};

use super::{
    Office,
    typed::{CLEAR, SHOWN},
};

/// Rows with more columns than this are blocks, not lines of a table.
const LINE: usize = 4;

/// A form over some fields of a register.
pub(super) struct Sheet<'a> {
    pub(super) office: &'a Office,
    pub(super) register: &'a Register,
    pub(super) typed: &'a Fields,
    pub(super) errors: &'a Errors,
    /// Fields that the record does not ask for as it stands.
    pub(super) hidden: &'a [String],
    /// Private fields that hold something.
    pub(super) privates: &'a [String],
    /// Records that link fields are likely to name, by register.
    pub(super) links: &'a [(String, Vec<String>)],
    /// Every field here is needed, whatever the register says of it.
    pub(super) needed: bool,
    /// The child rows that asked for more lines.
    pub(super) more: Option<&'a str>,
}

/// Fields under one heading.
pub(super) struct Part<'a> {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) fields: Vec<&'a Field>,
    pub(super) rows: Option<&'a Rows>,
    /// It is filled in as the record goes on.
    pub(super) later: bool,
}

impl<'a> Sheet<'a> {
    fn lang(&self) -> Lang {
        self.office.lang
    }

    fn inputs(&self) -> Inputs<'_> {
        Inputs { lang: self.lang(), values: self.typed, errors: self.errors }
    }

    /// The parts of the whole form: sections, then child rows.
    pub(super) fn parts(&self) -> Vec<Part<'a>> {
        let of = |section: Option<&Section>| {
            let id = section.map(|section| section.id.as_str());
            let fields = self.register.fields.iter();
            let fields: Vec<&Field> =
                fields.filter(|field| field.section.as_deref() == id && !self.hidden.contains(&field.id)).collect();
            let label = section.map_or_else(
                || t!(self.lang(), "record.content"),
                |section| section.label.in_lang(self.lang()).to_owned(),
            );
            Part {
                id: format!("part-{}", id.unwrap_or("main")),
                label,
                fields,
                rows: None,
                later: section.is_some_and(|section| section.later),
            }
        };
        let rows = self.register.rows.iter().map(|rows| Part {
            id: format!("part-rows-{}", rows.id),
            label: rows.label.in_lang(self.lang()).to_owned(),
            fields: Vec::new(),
            rows: Some(rows),
            later: rows.later,
        });
        let mut plain = of(None);
        // Without sections of its own a register still asks first for what is known first.
        let later = if self.register.sections.is_empty() { self.later(&plain.fields) } else { Vec::new() };
        plain.fields.retain(|field| !later.iter().any(|one| one.id == field.id));
        let later = Part {
            id: "part-later".to_owned(),
            label: t!(self.lang(), "record.later_part"),
            fields: later,
            rows: None,
            later: true,
        };
        std::iter::once(plain)
            .chain(self.register.sections.iter().map(|section| of(Some(section))))
            .chain(std::iter::once(later))
            .filter(|part| !part.fields.is_empty())
            .chain(rows)
            .collect()
    }

    /// What a later step asks for and nothing proposes, where it is enough for a part of its own.
    fn later(&self, fields: &[&'a Field]) -> Vec<&'a Field> {
        let steps = &self.register.steps;
        let asked = |field: &Field| {
            steps.iter().any(|step| {
                step.day.as_ref() == Some(&field.id) || step.needs.contains(&field.id) || step.asks.contains(&field.id)
            })
        };
        let free = |field: &Field| !field.required && field.required_when.is_none() && field.default.is_none();
        let later: Vec<&Field> = fields.iter().copied().filter(|field| free(field) && asked(field)).collect();
        if later.len() < 3 || later.len() == fields.len() { Vec::new() } else { later }
    }

    /// How many of a part's fields are wrong.
    pub(super) fn wrong(&self, part: &Part<'_>) -> usize {
        let of_rows = |rows: &Rows| {
            let shown = self.typed.rows(&rows.id).len() + 3;
            let cells = (0..shown)
                .flat_map(|place| rows.fields.iter().map(move |field| format!("{}.{place}.{}", rows.id, field.id)));
            cells.filter(|name| self.errors.at(name).is_some()).count()
                + usize::from(self.errors.at(&rows.id).is_some())
        };
        part.fields.iter().filter(|field| self.errors.at(&field.id).is_some()).count() + part.rows.map_or(0, of_rows)
    }

    /// One part of the form; what is for later is folded in a new one, unless something in it is wrong.
    pub(super) fn draw(&self, number: usize, part: &Part<'_>, new: bool) -> Markup {
        let inside = html! {
            @if let Some(rows) = part.rows {
                @if let Some(hint) = &rows.hint { p.hint { (hint.in_lang(self.lang())) } }
                (self.rows(rows))
            } @else { (self.fields(&part.fields)) }
        };
        html! {
            @if part.later && new && self.wrong(part) == 0 {
                details.group id=(part.id) { summary { h2 { (number) ". " (part.label) } } (inside) }
            } @else {
                div.group id=(part.id) { h2 { (number) ". " (part.label) } (inside) }
            }
        }
    }

    /// Short controls stand beside each other; what depends on another answer stands in a block of its own.
    pub(super) fn fields(&self, fields: &[&Field]) -> Markup {
        let mut runs: Vec<(bool, bool, Vec<&Field>)> = Vec::new();
        for field in fields {
            let (short, when) = (is_short(field), !self.needed && field.shown_when.is_some());
            match runs.last_mut() {
                Some((last_short, last_when, run)) if *last_short == short && *last_when == when => run.push(field),
                _ => runs.push((short, when, vec![field])),
            }
        }
        html! {
            @for (short, when, run) in &runs {
                @let inside = html! { @for field in run { (self.field(field, &field.id, None)) } };
                @let inside = if *short && run.len() > 1 { html! { div.pair { (inside) } } } else { inside };
                @if *when { div.when { (inside) } } @else { (inside) }
            }
        }
    }

    fn ask(&self, field: &Field, name: &str, row: Option<usize>) -> Ask {
        let lang = self.lang();
        let mut ask = Ask::new(name, field.label.in_lang(lang))
            .optional(!self.needed && !field.required && row.is_none() && field.required_when.is_none())
            .private(field.private);
        if let Some(hint) = &field.hint {
            ask = ask.hint(hint.in_lang(lang));
        }
        if let Some(row) = row {
            ask = ask.row(row);
        }
        ask
    }

    /// One field, with the mark that it was shown: an unticked box sends nothing of its own.
    pub(super) fn field(&self, field: &Field, name: &str, row: Option<usize>) -> Markup {
        let ask = self.ask(field, name, row);
        html! {
            @if row.is_none() && field.kind != FieldType::File && name == field.id { input type="hidden" name=(SHOWN) value=(field.id); }
            (self.control(field, &ask))
            @if field.private && self.privates.contains(&field.id) {
                div.choice {
                    input type="checkbox" id=(format!("clear-{}", field.id)) name=(CLEAR) value=(field.id)
                        checked[self.typed.all(CLEAR).any(|cleared| cleared == field.id)];
                    label for=(format!("clear-{}", field.id)) { (t!(self.lang(), "record.clear_private", label = field.label.in_lang(self.lang()))) }
                }
            }
        }
    }

    fn control(&self, field: &Field, ask: &Ask) -> Markup {
        let (lang, inputs) = (self.lang(), self.inputs());
        let choices = || -> Vec<Choice> {
            let kept: Vec<&str> = self.typed.all(&ask.name).collect();
            let offered = field.choices.iter().filter(|choice| !choice.retired || kept.contains(&choice.id.as_str()));
            offered.map(|choice| Choice::new(&choice.id, choice.label().in_lang(lang))).collect()
        };
        match field.kind {
            FieldType::Text | FieldType::Phone | FieldType::Address => {
                let width = match field.max {
                    _ if field.kind == FieldType::Phone => Width::Middle,
                    Some(max) if max <= 20.0 => Width::Short,
                    Some(max) if max <= 60.0 => Width::Middle,
                    _ => Width::Full,
                };
                let ask = ask.clone().width(width);
                if field.private && self.privates.contains(&field.id) {
                    inputs.text(&ask.hint_too(t!(lang, "record.private_kept")))
                } else {
                    inputs.text(&ask)
                }
            }
            FieldType::LongText => inputs.long_text(ask, if ask.row.is_some() { 2 } else { 4 }),
            FieldType::Choice => inputs.choice(ask, &choices()),
            FieldType::Choices => inputs.choices(ask, &choices()),
            FieldType::Topic => inputs.select(ask, &self.topics()),
            FieldType::YesNo => inputs.yes_no(ask),
            FieldType::Date => inputs.date(ask),
            FieldType::Month => inputs.month(ask),
            FieldType::Year => inputs.text(&ask.clone().width(Width::Short).numeric()),
            FieldType::Money => inputs.money(ask),
            FieldType::Count | FieldType::Quantity | FieldType::Percent => match self.office.measure(field) {
                Some(measure) => inputs.quantity(ask, &Measure::Fixed(&measure)),
                None => inputs.text(&ask.clone().width(Width::Short).numeric()),
            },
            FieldType::Rank => inputs.text(&ask.clone().width(Width::Short).hint_too(t!(lang, "record.rank_hint"))),
            FieldType::Place | FieldType::Body => {
                let units = self.office.likely_units(field).into_iter();
                self.suggested(field, ask, &units.map(|unit| self.office.unit_text(unit)).collect::<Vec<_>>())
            }
            FieldType::Post => {
                let kinds = self.office.snapshot.tree.kinds();
                let near = self.office.likely_units(&Field { kind: FieldType::Body, of: Vec::new(), ..field.clone() });
                let at = self.office.snapshot.tree.at(self.office.today);
                // The posts of each body at the places that are near, those of the nearest body first.
                let mut bodies: Vec<Unit> = Vec::new();
                for unit in near.iter().take(6).map(|unit| Unit(*unit)) {
                    for body in std::iter::once(unit).chain(at.bodies(unit.ground())) {
                        if !bodies.contains(&body) {
                            bodies.push(body);
                        }
                    }
                }
                let named = |post: &&units::Post| field.of.is_empty() || field.of.contains(&post.id);
                let posts = bodies.into_iter().flat_map(|body| {
                    let (name, code) = (at.name(body), at.code(body));
                    let kind = at.body_kind(body).map(|kind| kind.id.as_str());
                    let posts = kinds.posts.iter().filter(|post| kind == Some(post.body.as_str())).filter(named);
                    posts
                        .map(move |post| format!("{}, {name} ({code}:{})", post.label.in_lang(lang), post.id))
                        .collect::<Vec<_>>()
                });
                self.suggested(field, ask, &posts.take(60).collect::<Vec<_>>())
            }
            FieldType::Link => {
                let register = field.register.as_deref().unwrap_or_default();
                let known = self.links.iter().find(|(id, _)| id == register).map(|(_, links)| links.clone());
                self.suggested(field, ask, &known.unwrap_or_default())
            }
            FieldType::File => {
                inputs.file(&ask.clone().hint_too(t!(lang, "record.file_hint")), super::files::ACCEPT, field.many)
            }
            FieldType::Figure => {
                let pack = &self.office.snapshot.pack;
                let named = pack.figure_names();
                let figures =
                    named.iter().filter_map(|name| Some(Choice::new(name, pack.figure(name)?.label().in_lang(lang))));
                inputs.select(ask, &figures.collect::<Vec<_>>())
            }
            FieldType::Target => {
                let programmes = self.office.snapshot.pack.programmes.iter();
                let targets = programmes.flat_map(|(id, programme)| {
                    programme
                        .targets
                        .iter()
                        .map(move |target| Choice::new(format!("{id}.{}", target.id), target.label.in_lang(lang)))
                });
                inputs.select(ask, &targets.collect::<Vec<_>>())
            }
        }
    }

    /// The tree of topics, deeper ones set in.
    fn topics(&self) -> Vec<Choice> {
        let topics = &self.office.snapshot.pack.topics;
        let depth = |topic: &pack::vocabulary::Topic| {
            let up = |topic: &&pack::vocabulary::Topic| topic.parent.as_deref().and_then(|parent| topics.find(parent));
            std::iter::successors(Some(topic), up).count() - 1
        };
        let label = |topic: &pack::vocabulary::Topic| {
            format!("{}{}", "\u{2003}".repeat(depth(topic)), topic.label.in_lang(self.lang()))
        };
        topics.topics.iter().map(|topic| Choice::new(&topic.id, label(topic))).collect()
    }

    /// A text that the server looks up, with what is likely meant; several stand one to a line.
    fn suggested(&self, field: &Field, ask: &Ask, likely: &[String]) -> Markup {
        let lang = self.lang();
        let id = ask_id(&ask.name);
        let (hint, error) = (format!("{id}-h"), format!("{id}-e"));
        let said = ask.hint.clone().unwrap_or_else(|| match (field.kind, field.many) {
            (FieldType::Link, false) => t!(lang, "record.link_hint"),
            (FieldType::Link, true) => t!(lang, "record.links_hint"),
            (FieldType::Post, _) => t!(lang, "record.post_hint"),
            (_, false) => t!(lang, "record.unit_hint"),
            (_, true) => t!(lang, "record.units_hint"),
        });
        let wrong = self.errors.at(&ask.name);
        let label = ask.row.map(|row| t!(lang, "web.in_row", label = &ask.label, row = row + 1));
        let described = if ask.row.is_some() { String::new() } else { hint.clone() };
        let described = if wrong.is_some() { format!("{described} {error}").trim().to_owned() } else { described };
        let described = Some(described).filter(|described| !described.is_empty());
        let list = format!("{id}-l");
        let value = self.typed.all(&ask.name).collect::<Vec<_>>().join("\n");
        let control = html! {
            @if let Some(wrong) = wrong { span.err id=(error) { (icon("circle-alert")) (wrong) } }
            @if field.many {
                textarea id=(id) name=(ask.name) rows=(value.lines().count().clamp(1, 8) + 1) aria-label=[&label] aria-describedby=[&described]
                    aria-invalid=[wrong.map(|_| "true")] { (value) }
                @if !likely.is_empty() {
                    details { summary { (t!(lang, "record.likely")) } ul.s.tight { @for one in likely.iter().take(20) { li { (one) } } } }
                }
            } @else {
                input type="text" id=(id) name=(ask.name) value=(value) class=(if ask.row.is_some() { "w-m" } else { "w-full" }) list=(list)
                    autocomplete="off" aria-label=[&label] aria-describedby=[&described] aria-invalid=[wrong.map(|_| "true")];
                datalist id=(list) { @for one in likely { option value=(one) {} } }
            }
        };
        if ask.row.is_some() {
            return control;
        }
        html! {
            div.field.field-bad[wrong.is_some()] {
                label for=(id) { (ask.label) @if ask.optional { " " span.opt { (t!(lang, "web.optional")) } } }
                span.hint id=(hint) { (said) }
                (control)
            }
        }
    }

    /// Child rows: what is there, then empty ones.
    pub(super) fn rows(&self, rows: &Rows) -> Markup {
        let lang = self.lang();
        let there = self.typed.rows(&rows.id).len();
        let empty = if self.more == Some(rows.id.as_str()) { 3 } else { 1 };
        let count = there + empty;
        let n = |place: usize| {
            let name = format!("{}.{place}.n", rows.id);
            html! { @if self.typed.has(&name) { input type="hidden" name=(name) value=(self.typed.get(&name)); } }
        };
        let cell = |place: usize, field: &Field, row: Option<usize>| {
            self.field(field, &format!("{}.{place}.{}", rows.id, field.id), row)
        };
        let said = html! {
            input type="hidden" name=(SHOWN) value=(rows.id);
            @if let Some(error) = self.errors.at(&rows.id) { span.err id=(format!("f-{}", rows.id)) tabindex="-1" { (icon("circle-alert")) (error) } }
        };
        if rows.fields.len() <= LINE {
            let columns: Vec<RowColumn> = rows
                .fields
                .iter()
                .map(|field| RowColumn { label: field.label.in_lang(lang).to_owned(), number: is_number(field) })
                .collect();
            let lines: Vec<Vec<Markup>> = (0..count)
                .map(|place| {
                    let cells = rows.fields.iter().enumerate();
                    cells
                        .map(|(at, field)| html! { @if at == 0 { (n(place)) } (cell(place, field, Some(place))) })
                        .collect()
                })
                .collect();
            return html! { (said) (child_rows(lang, &rows.id, rows.label.in_lang(lang), &columns, &lines)) };
        }
        html! {
            (said)
            @for place in 0..count {
                fieldset.when {
                    legend { (rows.noun.in_lang(lang)) " " (place + 1) @if place >= there { " " span.opt { (t!(lang, "record.empty_row")) } } }
                    (n(place))
                    @for run in runs(&rows.fields) {
                        @let inside = html! { @for field in &run { (cell(place, field, None)) } };
                        @if run.len() > 1 { div.pair { (inside) } } @else { (inside) }
                    }
                }
            }
            p { button.btn type="submit" name="more" value=(rows.id) formnovalidate { (icon("plus")) (t!(lang, "web.more_rows")) } }
        }
    }
}

/// The id that the toolkit gives a control of this name.
fn ask_id(name: &str) -> String {
    format!("f-{}", name.replace('.', "-"))
}

fn is_number(field: &Field) -> bool {
    matches!(field.kind, FieldType::Count | FieldType::Quantity | FieldType::Money | FieldType::Percent)
}

fn is_short(field: &Field) -> bool {
    match field.kind {
        FieldType::Date | FieldType::Month | FieldType::Year | FieldType::Rank | FieldType::Phone => true,
        FieldType::Choice => field.choices.len() > 5,
        _ => is_number(field),
    }
}

/// Neighbours that are short, together.
fn runs(fields: &[Field]) -> Vec<Vec<&Field>> {
    let mut runs: Vec<Vec<&Field>> = Vec::new();
    for field in fields {
        match runs.last_mut() {
            Some(run) if is_short(field) && run.iter().all(|field| is_short(field)) => run.push(field),
            _ => runs.push(vec![field]),
        }
    }
    runs
}
