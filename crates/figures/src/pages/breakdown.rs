//! A number taken apart: by each word of its breakdown, and by the units below.

use std::collections::BTreeMap;

use kernel::{Day, Lang, number};
use pack::{AnyFigure, figure::Shape, register::FieldType};
use records::{Snapshot, value::Directory as _};
use serde_json::Value as Json;
use units::Unit;
use web::{Bar, Fields, Markup, bars, html, panel, t};

use super::{Asked, asked::capital};
use crate::{State, Study, Value};

/// A table for each dimension of the breakdown; its words lead to the same figure of that word alone.
pub(crate) fn by_parts(
    lang: Lang,
    snapshot: &Snapshot,
    asked: &Asked,
    value: &Value,
    chosen: &[(String, String)],
) -> Markup {
    let Some(AnyFigure::Counted(register, figure)) = snapshot.pack.figure(&value.id) else { return html! {} };
    if figure.shape() == Shape::Reading || value.value.is_none() {
        return html! {};
    }
    let day = asked.ask.window.to;
    let fields = with_words(asked.fields(snapshot, asked.ask.unit), chosen);
    let whole = value.value.unwrap_or(0);
    let mut panels = Vec::new();
    for by in figure.by.iter().filter(|by| !chosen.iter().any(|(known, _)| known == *by)) {
        let mut words: BTreeMap<&str, i64> = BTreeMap::new();
        for part in &value.parts {
            if let Some((_, word)) = part.by.iter().find(|(known, _)| known == by) {
                *words.entry(word).or_default() += part.value;
            }
        }
        if words.is_empty() {
            continue;
        }
        let known: i64 = words.values().sum();
        let field = register.any_field(by);
        let overlapping = field.is_some_and(|field| field.many || field.kind == FieldType::Choices);
        let mut rows: Vec<(&str, i64)> = words.into_iter().collect();
        rows.sort_by_key(|(word, amount)| (std::cmp::Reverse(*amount), *word));
        let bar = |(word, amount): (&str, i64)| Bar {
            label: capital(&word_label(snapshot, lang, &value.id, by, word, day)),
            amount,
            shown: number::decimal(amount, value.places),
            href: Some(with_words(fields.clone(), &[(by.clone(), word.to_owned())]).href(&path(&value.id))),
        };
        let mut all: Vec<Bar> = rows.into_iter().map(bar).collect();
        if !overlapping && whole != known {
            let label = t!(lang, "figures.not_broken_down");
            let rest = whole - known;
            all.push(Bar { label, amount: rest, shown: number::decimal(rest, value.places), href: None });
        }
        let what = dimension(lang, snapshot, &value.id, by);
        let title = t!(lang, "figures.by", what = what.to_lowercase());
        let sum = (!overlapping).then(|| number::decimal(whole, value.places));
        let noun = capital(noun(lang, snapshot, value).unwrap_or_default());
        let id = format!("h-by-{}", by.replace('.', "-"));
        panels.push(panel(&id, &title, None, &bars(lang, &what, &noun, &all, sum.as_deref())));
    }
    html! { @for one in panels { (one) } }
}

pub(crate) fn path(figure: &str) -> String {
    format!("/figures/{figure}")
}

/// The units below, each leading to its own number; what belongs to none of them stands by itself.
pub(crate) fn by_units(
    lang: Lang,
    snapshot: &Snapshot,
    asked: &Asked,
    study: &Study<'_>,
    value: &Value,
    units: &[Unit],
    chosen: &[(String, String)],
) -> Markup {
    if units.is_empty() {
        return html! {};
    }
    let day = asked.day();
    let shape = snapshot.pack.shape(&value.id);
    // A reading is one body's own: those below without one are not asked for it.
    let reading = shape == Some(Shape::Reading);
    let mut all = Vec::with_capacity(units.len());
    let mut known = 0;
    for (unit, study) in units.iter().zip(study.split(units)) {
        let Ok(own) = study.value(&value.id) else { continue };
        if reading && own.state == State::NoData {
            continue;
        }
        known += own.value.unwrap_or(0);
        let shown = plain(lang, &own);
        let fields = with_words(asked.fields(snapshot, *unit), chosen);
        all.push(Bar {
            label: capital(&snapshot.name(unit.0, day)),
            // Of a share the shape shows the share.
            amount: own.percent.or(own.value).unwrap_or(0),
            shown,
            href: Some(fields.href(&path(&value.id))),
        });
    }
    if all.is_empty() {
        return html! {};
    }
    let additive = matches!(shape, Some(Shape::Flow | Shape::Stock));
    let rest = value.value.unwrap_or(0) - known;
    if additive && rest != 0 {
        let label = t!(lang, "figures.elsewhere", unit = snapshot.name(asked.ask.unit.0, day));
        all.push(Bar { label: capital(&label), amount: rest, shown: number::decimal(rest, value.places), href: None });
    }
    let sum = if additive {
        value.value.map(|sum| number::decimal(sum, value.places))
    } else {
        (!reading).then(|| plain(lang, value))
    };
    let noun = noun(lang, snapshot, value).map_or_else(|| t!(lang, "figures.value"), capital);
    panel(
        "h-units",
        &t!(lang, "figures.by_units"),
        None,
        &bars(lang, &t!(lang, "figures.unit"), &noun, &all, sum.as_deref()),
    )
}

/// What a figure counts, in the reader's language: its noun, or its measure.
pub(crate) fn noun<'a>(lang: Lang, snapshot: &'a Snapshot, value: &'a Value) -> Option<&'a str> {
    let noun = snapshot.pack.figure(&value.id).and_then(AnyFigure::noun);
    noun.map(|noun| noun.in_lang(lang)).or(value.noun.as_deref())
}

/// A number as tables write it: no leading zero, the share beside it.
pub(crate) fn plain(lang: Lang, value: &Value) -> String {
    let (Some(amount), false) = (value.value, value.state == State::NoData) else { return t!(lang, "web.no_data") };
    let digits = number::decimal(amount, value.places);
    match (value.of, value.percent_shown(), value.qualifier) {
        (Some(of), Some(percent), _) => format!("{digits}/{} ({percent})", number::grouped(of)),
        (Some(of), None, _) => format!("{digits}/{}", number::grouped(of)),
        (None, _, Some(qualifier)) if qualifier.alone() => qualifier.vi().to_owned(),
        (None, _, Some(qualifier)) => format!("{} {digits}", qualifier.vi()),
        (None, ..) => digits,
    }
}

/// An address that asks for these words of the breakdown too.
pub(crate) fn with_words(mut fields: Fields, words: &[(String, String)]) -> Fields {
    for (by, word) in words {
        fields.push("by", format!("{by}:{word}"));
    }
    fields
}

/// The words of the breakdown that an address asks for: `by=kind:periodic`.
pub(crate) fn words_of(fields: &Fields) -> Vec<(String, String)> {
    let parts = fields.all("by").filter_map(|text| text.split_once(':'));
    parts.map(|(by, word)| (by.to_owned(), word.to_owned())).collect()
}

/// What a dimension of the breakdown is called.
pub(crate) fn dimension(lang: Lang, snapshot: &Snapshot, figure: &str, by: &str) -> String {
    match by {
        "unit.level" => return t!(lang, "figures.level"),
        "unit.kind" => return t!(lang, "figures.kind"),
        "state" => return t!(lang, "figures.state"),
        _ => {}
    }
    let register = figure.split_once('.').and_then(|(register, _)| snapshot.pack.register(register));
    let field = register.and_then(|register| register.any_field(by));
    field.map_or_else(|| by.to_owned(), |field| field.label.in_lang(lang).to_owned())
}

/// A word of the breakdown as people read it.
pub(crate) fn word_label(snapshot: &Snapshot, lang: Lang, figure: &str, by: &str, word: &str, day: Day) -> String {
    if word.is_empty() {
        return t!(lang, "figures.not_said");
    }
    let kinds = snapshot.tree.kinds();
    let register = figure.split_once('.').and_then(|(register, _)| snapshot.pack.register(register));
    let known = match by {
        "unit.level" => kinds.level(word).map(|level| kinds.level_def(level).label.in_lang(lang).to_owned()),
        "unit.kind" => kinds.place_kind(word).map(|kind| kinds.places[kind].label.in_lang(lang).to_owned()),
        "state" => register.and_then(|register| register.state(word)).map(|state| state.label.in_lang(lang).to_owned()),
        _ => register.and_then(|register| register.any_field(by)).map(|field| {
            let json = match field.kind {
                _ if field.is_unit() => word.parse::<i64>().map_or_else(|_| Json::from(word), Json::from),
                FieldType::YesNo => Json::Bool(word == "yes"),
                _ => Json::from(word),
            };
            records::value::show(&snapshot.pack, snapshot, field, &json, day, lang)
        }),
    };
    known.filter(|label| !label.is_empty()).unwrap_or_else(|| word.to_owned())
}
