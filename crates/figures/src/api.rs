//! Figures and targets for programs: the same JSON that the shell gives.

use web::{Answer, Desk, Routes, json};

use crate::{
    pages::{self, Asked, READ, TARGETS},
    shell,
};

pub(crate) fn routes() -> Routes {
    Routes::new().get("/api/v1/figures", READ, figures).get("/api/v1/targets", TARGETS, targets)
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
    json(&shell::figures_json(&snapshot, asked.ask, &asked.geography, &values))
}

/// `?unit=&period=`.
async fn targets(desk: Desk) -> Answer {
    let (house, heads) = (pages::house(&desk), pages::heads(&desk));
    let snapshot = house.reading();
    let asked = Asked::read(&desk, &snapshot, TARGETS)?;
    let mut tx = desk.read().await?;
    let all = crate::targets(&mut tx, &house, &snapshot, heads.as_ref(), asked.ask).await?;
    drop(tx);
    json(&shell::targets_json(&snapshot, asked.ask, asked.period, &all))
}
