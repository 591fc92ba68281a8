//! Picking figures without script: those that are ticked, a search, and what it found to tick.

use kernel::Lang;
use records::Snapshot;
use web::{Ask, Choice, Errors, Fields, Inputs, Markup, Width, html, t};

use super::index;

/// Figures offered at once.
const OFFERED: usize = 40;

/// The figures that are ticked, each once.
pub fn picked(fields: &Fields) -> Vec<String> {
    let mut figures: Vec<String> = Vec::new();
    for name in fields.all("f").filter(|name| !name.is_empty()) {
        if !figures.iter().any(|known| known == name) {
            figures.push(name.to_owned());
        }
    }
    figures
}

/// The controls, sent as `f` as often as ticked, with `q` and `register` for the search.
pub fn pick(lang: Lang, snapshot: &Snapshot, fields: &Fields, errors: &Errors) -> Markup {
    let values = Fields::from_iter([("q", fields.get("q")), ("register", fields.get("register"))]);
    let inputs = Inputs { lang, values: &values, errors };
    let registers: Vec<Choice> = snapshot
        .pack
        .registers
        .values()
        .filter(|one| !one.figures.is_empty())
        .map(|one| Choice::new(&one.id, one.label.in_lang(lang)))
        .collect();
    let picked = picked(fields);
    let found = found(snapshot, fields, &picked);
    let searched = fields.maybe("q").or(fields.maybe("register")).is_some();
    let tick = |name: &str, place: usize, on: bool| {
        let id = format!("f-{}-{place}", if on { "on" } else { "off" });
        let figure = snapshot.pack.figure(name);
        let label = figure.map_or_else(|| name.to_owned(), |figure| figure.label().in_lang(lang).to_owned());
        html! {
            div.choice {
                input type="checkbox" id=(id) name="f" value=(name) checked[on];
                span { label for=(id) { (label) } }
            }
        }
    };
    html! {
        @if !picked.is_empty() {
            fieldset.field {
                legend { (t!(lang, "figures.figures")) }
                div.choices { @for (place, name) in picked.iter().enumerate() { (tick(name, place, true)) } }
            }
        }
        div.pair {
            (inputs.text(&Ask::new("q", t!(lang, "figures.cross_find")).width(Width::Middle)))
            (inputs.select(&Ask::new("register", t!(lang, "figures.book")), &registers))
        }
        @if !found.is_empty() {
            fieldset.field {
                legend { (t!(lang, "figures.cross_found")) }
                div.choices { @for (place, name) in found.iter().take(OFFERED).enumerate() { (tick(name, place, false)) } }
                @if found.len() > OFFERED { p.soft.s { (t!(lang, "figures.cross_more", count = found.len() - OFFERED)) } }
            }
        } @else if searched {
            p.soft { (t!(lang, "figures.not_found")) ". " (t!(lang, "figures.not_found_why")) }
        }
    }
}

/// Figures that the letters and the book find, besides those that are ticked.
fn found(snapshot: &Snapshot, fields: &Fields, picked: &[String]) -> Vec<String> {
    let (wanted, register) = (fields.get("q"), fields.get("register"));
    if wanted.trim().is_empty() && register.is_empty() {
        return Vec::new();
    }
    let names = snapshot.pack.figure_names().into_iter();
    names
        .filter(|name| register.is_empty() || index::of_register(name) == register)
        .filter(|name| index::found(snapshot, name, wanted) && !picked.contains(name))
        .collect()
}
