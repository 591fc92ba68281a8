//! Figures and targets for programs: the same JSON that the shell gives.

use serde_json::{Value as Json, json};
use web::{
    Answer, Desk, Routes,
    api::{asked, object, operation},
    json as answer,
};

use crate::{
    pages::{self, Asked, READ, TARGETS},
    shell,
};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/figures", READ, figures)
        .get("/api/v1/targets", TARGETS, targets)
        .described(description())
}

fn description() -> Json {
    let unit = || asked("unit", "A place or body, by code, slug or name; the seat's own by default");
    let period = || asked("period", "2021, 2021-Q1, 2021-H1, 2021-9M, 2021-05 or FROM..TO");
    let figure = object(&json!({
        "id": { "type": "string" }, "state": { "enum": ["value", "zero_confirmed", "no_data"] },
        "value": { "type": ["number", "null"] }, "of": { "type": ["number", "null"] },
        "percent": { "type": ["number", "null"] }, "measure": { "type": ["string", "null"] },
        "qualifier": { "type": ["string", "null"] }, "shown": { "type": "string" },
        "recorded": { "type": ["number", "null"] }, "reported": { "type": ["number", "null"] },
        "silent": { "type": "integer" },
        "parts": { "type": "array", "items": object(&json!({ "by": { "type": "object" }, "value": { "type": "number" } })) },
    }));
    let target = object(&json!({
        "id": { "type": "string" }, "figure": { "type": "string" }, "op": { "enum": ["=", ">=", ">", "<="] },
        "value": { "type": "number" }, "reached": { "type": ["number", "null"] }, "of": { "type": ["number", "null"] },
        "state": { "enum": ["met", "not_met", "no_data"] },
        "missing": { "type": "array", "items": { "type": "string" } },
    }));
    let figures = object(&json!({
        "unit": { "type": "string" }, "from": { "type": "string", "format": "date" },
        "to": { "type": "string", "format": "date" }, "geography": { "type": "string" },
        "figures": { "type": "array", "items": figure },
    }));
    let targets = object(&json!({
        "unit": { "type": "string" }, "period": { "type": "string" }, "targets": { "type": "array", "items": target },
    }));
    let of_figures = [
        unit(),
        period(),
        asked("from", "First day"),
        asked("to", "Last day"),
        asked("geography", "then, or a date"),
        asked("figure", "As often as wanted; all by default"),
    ];
    json!({
        "/api/v1/figures": { "get": operation("figures", "Figures of a unit in a window", &of_figures, None, "200", &figures) },
        "/api/v1/targets": { "get": operation("targets", "Targets of a unit in a period", &[unit(), period()], None, "200", &targets) },
    })
}

/// `?unit=&from=&to=` or `&period=`, `&geography=`, `&figure=` as often as wanted; without one, all.
async fn figures(desk: Desk) -> Answer {
    let (house, heads) = (pages::house(&desk), pages::heads(&desk));
    let snapshot = house.reading();
    let asked = Asked::read(&desk, &snapshot, READ)?;
    let wanted: Vec<&str> = desk.query().all("figure").collect();
    let all = snapshot.pack.figure_names();
    let names: Vec<&str> = if wanted.is_empty() { all.iter().map(String::as_str).collect() } else { wanted };
    let mut tx = desk.read().await?;
    let values = crate::read_all(&mut tx, &house, &snapshot, heads.as_ref(), asked.ask, &names).await?;
    drop(tx);
    answer(&shell::figures_json(&snapshot, asked.ask, &asked.geography, &values))
}

/// `?unit=&period=`.
async fn targets(desk: Desk) -> Answer {
    let (house, heads) = (pages::house(&desk), pages::heads(&desk));
    let snapshot = house.reading();
    let asked = Asked::read(&desk, &snapshot, TARGETS)?;
    let mut tx = desk.read().await?;
    let all = crate::targets(&mut tx, &house, &snapshot, heads.as_ref(), asked.ask).await?;
    drop(tx);
    answer(&shell::targets_json(&snapshot, asked.ask, asked.period, &all))
}
