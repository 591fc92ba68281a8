//! The conditions of a list: the controls that set them, and the chips that show what is on.

use kernel::Lang;
use pack::register::{Field, FieldType, Register};
use web::{Ask, Chip, Choice, Errors, Fields, Inputs, Markup, Width, html, t};

use super::{Office, list::offered, list_href};
use crate::lists::{self, Asked, View};

/// The conditions that can be set, each field by its type.
pub(super) fn controls(
    office: &Office,
    register: &Register,
    query: &Fields,
    asked: &Asked,
    columns: &[&Field],
) -> Markup {
    let lang = office.lang;
    let errors = Errors::none();
    let inputs = Inputs { lang, values: query, errors: &errors };
    let states: Vec<Choice> =
        register.states.iter().map(|state| Choice::new(&state.id, state.label.in_lang(lang))).collect();
    let filtered = register.fields.iter().filter(|field| field.index && !field.private && field.id != register.day);
    let (first, rest): (Vec<&Field>, Vec<&Field>) = {
        let all: Vec<&Field> = filtered.collect();
        let split = all
            .iter()
            .position(|field| !matches!(field.kind, FieldType::Choice | FieldType::Topic | FieldType::YesNo))
            .unwrap_or(all.len())
            .min(2);
        (all[..split].to_vec(), all[split..].to_vec())
    };
    let more_on = rest.iter().any(|field| {
        let name = format!("f.{}", field.id);
        query.maybe(&name).is_some()
            || query.maybe(&format!("{name}.from")).is_some()
            || query.maybe(&format!("{name}.to")).is_some()
    });
    html! {
        @if query.has("view") || asked.view != View::of(register)[0] { input type="hidden" name="view" value=(asked.view.id()); }
        @if query.has("sort") { input type="hidden" name="sort" value=(query.get("sort")); }
        (inputs.text(&Ask::new("q", t!(lang, "record.find_text")).width(Width::Middle)))
        @if asked.view == View::All && !states.is_empty() { (select(lang, query, "state", &t!(lang, "record.state"), &states)) }
        @for field in &first { (condition(office, &inputs, query, field)) }
        @if !office.scope.is_narrow() || query.has("unit") {
            (inputs.text(&Ask::new("unit", t!(lang, "record.under")).width(Width::Middle)))
        }
        (inputs.text(&Ask::new("from", t!(lang, "record.from_day")).width(Width::Short)))
        (inputs.text(&Ask::new("to", t!(lang, "record.to_day")).width(Width::Short)))
        details open[more_on] {
            summary.s { (t!(lang, "record.more_filters")) }
            div.filters { @for field in &rest { (condition(office, &inputs, query, field)) }
                (inputs.text(&Ask::new("year", t!(lang, "record.year")).width(Width::Short)))
            }
            fieldset {
                legend.s { (t!(lang, "record.columns")) }
                div.choices {
                    @for field in offered(register) {
                        div.choice {
                            input type="checkbox" name="col" value=(field.id) id=(format!("col-{}", field.id)) checked[columns.iter().any(|column| column.id == field.id)];
                            label for=(format!("col-{}", field.id)) { (field.label.in_lang(lang)) }
                        }
                    }
                }
            }
        }
    }
}

fn condition(office: &Office, inputs: &Inputs<'_>, query: &Fields, field: &Field) -> Markup {
    let (lang, name, label) = (office.lang, format!("f.{}", field.id), field.label.in_lang(office.lang));
    if lists::sortable(field) {
        return html! {
            (inputs.text(&Ask::new(format!("{name}.from"), t!(lang, "record.at_least", label = label)).width(Width::Short)))
            (inputs.text(&Ask::new(format!("{name}.to"), t!(lang, "record.at_most", label = label)).width(Width::Short)))
        };
    }
    match field.kind {
        FieldType::Choice | FieldType::Choices => {
            let choices: Vec<Choice> =
                field.choices.iter().map(|choice| Choice::new(&choice.id, choice.label().in_lang(lang))).collect();
            select(lang, query, &name, label, &choices)
        }
        FieldType::Topic => {
            let topics = &office.snapshot.pack.topics.topics;
            let choices: Vec<Choice> =
                topics.iter().map(|topic| Choice::new(&topic.id, topic.label.in_lang(lang))).collect();
            select(lang, query, &name, label, &choices)
        }
        FieldType::YesNo => {
            let both = [Choice::new("yes", t!(lang, "web.yes")), Choice::new("no", t!(lang, "web.no"))];
            select(lang, query, &name, label, &both)
        }
        _ => inputs.text(&Ask::new(name, label).width(Width::Middle)),
    }
}

/// A choice whose first is "all".
fn select(lang: Lang, query: &Fields, name: &str, label: &str, choices: &[Choice]) -> Markup {
    let id = format!("f-{}", name.replace('.', "-"));
    html! {
        div.field {
            label for=(id) { (label) }
            select id=(id) name=(name) {
                option value="" { (t!(lang, "record.any")) }
                @for choice in choices { option value=(choice.value) selected[query.get(name) == choice.value] { (choice.label) } }
            }
        }
    }
}

/// What is on, each with the address that it leaves when it goes.
pub(super) fn chips(office: &Office, register: &Register, query: &Fields, asked: &Asked) -> Vec<Chip> {
    let (lang, path) = (office.lang, list_href(&register.id));
    let here = query.without("after").without("from_row");
    let chip = |label: String, names: &[&str]| {
        let left = names.iter().fold(here.clone(), |left, name| left.without(name));
        Chip { label, href: left.href(&path) }
    };
    let mut chips = Vec::new();
    if !asked.text.is_empty() {
        chips.push(chip(format!("“{}”", asked.text), &["q"]));
    }
    if let Some(state) = asked.state.as_deref().and_then(|state| register.state(state)) {
        chips.push(chip(format!("{}: {}", t!(lang, "record.state"), state.label.in_lang(lang)), &["state"]));
    }
    if let Some(unit) = asked.unit {
        chips.push(chip(office.unit_name(unit, office.today), &["unit"]));
    }
    if let Some(from) = asked.from {
        chips.push(chip(format!("{} {}", t!(lang, "record.from_day"), kernel::show_day(from)), &["from"]));
    }
    if let Some(to) = asked.to {
        chips.push(chip(format!("{} {}", t!(lang, "record.to_day"), kernel::show_day(to)), &["to"]));
    }
    if let Some(year) = asked.year {
        chips.push(chip(format!("{} {year}", t!(lang, "record.year")), &["year"]));
    }
    for condition in &asked.conditions {
        let Some(field) = register.field(&condition.field) else { continue };
        let names: Vec<&str> = condition.names.iter().map(String::as_str).collect();
        chips.push(chip(format!("{}: {}", field.label.in_lang(lang), condition.shown), &names));
    }
    chips
}
