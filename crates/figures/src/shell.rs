//! Figures and targets as the shell and the API give them: names outside, numbers in the shown measure.

use calendar::Period;
use kernel::Day;
use records::{Snapshot, value::Directory};
use serde_json::{Value as Json, json};
use units::Geography;

use crate::{
    ratio::Ratio,
    study::Ask,
    target::{Standing, TargetStatus},
    value::Value,
};

/// `{unit, from, to, geography, figures: […]}`
pub fn figures_json(snapshot: &Snapshot, ask: Ask, geography: &str, values: &[Value]) -> Json {
    let mut sorted: Vec<&Value> = values.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    json!({
        "unit": snapshot.code(ask.unit.0, ask.window.to),
        "from": ask.window.from.to_string(),
        "to": ask.window.to.to_string(),
        "geography": geography,
        "figures": sorted.into_iter().map(|value| figure_json(snapshot, ask.window.to, value)).collect::<Vec<_>>(),
    })
}

fn figure_json(snapshot: &Snapshot, day: Day, value: &Value) -> Json {
    let parts: Vec<Json> = value
        .parts
        .iter()
        .map(|part| {
            let by: serde_json::Map<String, Json> = part
                .by
                .iter()
                .map(|(by, word)| (by.clone(), outside(snapshot, &value.id, by, word, day).into()))
                .collect();
            json!({ "by": by, "value": amount(part.value, value.places) })
        })
        .collect();
    json!({
        "id": value.id,
        "state": value.state,
        "value": value.value.map(|n| amount(n, value.places)),
        "of": value.of,
        "percent": value.percent.map(|tenths| amount(tenths, 1)),
        "measure": value.measure,
        "qualifier": value.qualifier,
        "shown": value.shown,
        "recorded": amount(value.recorded, value.places),
        "reported": amount(value.reported, value.places),
        "silent": value.silent,
        "parts": parts,
    })
}

/// A unit in a breakdown is named by its code: no internal number leaves the house.
fn outside(snapshot: &Snapshot, figure: &str, by: &str, word: &str, day: Day) -> String {
    let field = figure
        .split_once('.')
        .and_then(|(register, _)| snapshot.pack.register(register))
        .and_then(|register| register.any_field(by));
    match (field.is_some_and(pack::register::Field::is_unit), word.parse::<i64>()) {
        (true, Ok(unit)) => snapshot.code(unit, day),
        _ => word.to_owned(),
    }
}

/// `{unit, period, targets: […]}`
pub fn targets_json(snapshot: &Snapshot, ask: Ask, period: Period, targets: &[TargetStatus]) -> Json {
    let mut sorted: Vec<&TargetStatus> = targets.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let day = ask.window.to;
    let list: Vec<Json> = sorted
        .into_iter()
        .map(|target| {
            let mut missing: Vec<String> = target.missing.iter().map(|unit| snapshot.code(unit.0, day)).collect();
            if missing.is_empty() {
                // Of a coverage over parts no unit is missing, but a choice of the field.
                missing.clone_from(&target.missing_names);
            }
            missing.sort();
            missing.dedup();
            json!({
                "id": target.id,
                "figure": target.figure,
                "op": target.op.code(),
                "value": number(target.bar),
                "reached": target.reached.map(|n| amount(n, target.places)),
                "of": target.of,
                "state": target.state,
                "missing": missing,
            })
        })
        .collect();
    json!({ "unit": snapshot.code(ask.unit.0, day), "period": period.to_string(), "targets": list })
}

/// The words of `--geography` as they are shown: `then`, or the date.
pub fn geography_word(geography: Geography) -> String {
    match geography {
        Geography::Then => "then".to_owned(),
        Geography::At(day) => day.to_string(),
    }
}

/// An integer stays one; a decimal has only the places that it needs.
#[expect(clippy::cast_precision_loss, reason = "what JSON holds is a double in any case")]
fn amount(n: i64, places: u32) -> Json {
    let step = 10_i64.pow(places);
    if n % step == 0 { (n / step).into() } else { json!(n as f64 / step as f64) }
}

#[expect(clippy::cast_possible_truncation, reason = "whole by the test beside it")]
fn number(value: f64) -> Json {
    if value.fract() == 0.0 { json!(value as i64) } else { json!(value) }
}

/// One line a target, for a person at the shell.
pub fn standing_word(state: Standing) -> &'static str {
    match state {
        Standing::Met => "đạt",
        Standing::NotMet => "chưa đạt",
        Standing::NoData => "chưa có số liệu",
    }
}

/// A ratio as people read it, one place after the comma.
pub fn shown(ratio: Ratio) -> String {
    kernel::number::decimal(ratio.rounded(1, false), 1)
}
