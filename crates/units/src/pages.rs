//! The faces of the tree: a unit on a day and what became of it, decisions entered and taken back.

mod decide;
mod draft;
mod preview;
mod unit;

use std::sync::Arc;

use axum::extract::Path;
use futures::future::BoxFuture;
use kernel::Day;
use serde_json::{Value as Json, json};
use web::{
    Answer, Desk, Routes, Target, Trouble,
    api::{asked, object, operation, placed},
};

use crate::{Tree, Unit, show};

/// To look at places and bodies.
pub(crate) const READ: &str = "unit.read";
/// To enter decisions on them.
pub(crate) const DECIDE: &str = "unit.decide";

/// How pages reach the tree in force, and have it read again once a decision has changed it.
#[derive(Clone)]
pub struct Room {
    pub tree: Arc<dyn Fn() -> Arc<Tree> + Send + Sync>,
    pub renew: Arc<dyn Fn() -> BoxFuture<'static, db::Result<()>> + Send + Sync>,
}

pub fn routes() -> Routes {
    Routes::new()
        .get("/units", READ, unit::top)
        .get("/units/{*code}", READ, unit::unit)
        .get("/decisions", READ, decide::list)
        .get("/decisions/new", DECIDE, decide::blank)
        .post("/decisions/new", DECIDE, decide::enter)
        .get("/decisions/{decision}/undo", DECIDE, decide::ask_undo)
        .post("/decisions/{decision}/undo", DECIDE, decide::undo)
        .get("/api/v1/units/{*code}", READ, api)
        .described(description())
}

fn description() -> Json {
    let (text, maybe_text) = (json!({ "type": "string" }), json!({ "type": ["string", "null"] }));
    let maybe_day = json!({ "type": ["string", "null"], "format": "date" });
    let counts = json!({ "type": "array", "items": object(&json!({ "kind": text, "count": { "type": "integer" } })) });
    let lines = json!({ "type": "array", "items": { "type": "object", "required": ["code", "name"], "properties": {
        "code": text, "name": text, "day": { "type": "string", "format": "date" },
        "main": { "type": "boolean" }, "loose": { "type": "boolean" } } } });
    let between = json!({ "type": ["array", "null"], "items": { "type": "string", "format": "date" } });
    let past = object(&json!({
        "code": text, "name": text, "kind": text, "parent": maybe_text, "from": maybe_day, "to": maybe_day,
        "from_between": between, "to_between": between, "decision": text, "source": text,
    }));
    let unit = object(&json!({
        "at": { "type": "string", "format": "date" }, "code": text, "name": text, "kind": text, "level": maybe_text,
        "parent": maybe_text, "superior": maybe_text, "from": maybe_day, "to": maybe_day,
        "certainty": { "enum": ["dated", "between"] }, "children": counts, "inside": counts, "bodies": lines,
        "versions": { "type": "array", "items": past }, "origins": lines, "successors": lines,
    }));
    let parameters =
        [placed("code", "A code; a body's has a slash: 11383/ubnd"), asked("at", "The day; today by default")];
    json!({ "/api/v1/units/{code}": { "get": operation("unit", "A unit as of a day", &parameters, None, "200", &unit) } })
}

pub(crate) fn tree(desk: &Desk) -> Arc<Tree> {
    (desk.app.room::<Room>().tree)()
}

/// The address of a unit's page.
pub fn href(code: &str) -> String {
    format!("/units/{code}")
}

/// The day that a page is asked for: today unless the address says otherwise.
pub(crate) fn day_asked(desk: &Desk) -> Result<Day, Trouble> {
    Ok(desk.query().maybe("at").map_or(Ok(desk.today), kernel::parse_day)?)
}

pub(crate) fn may_decide(desk: &Desk, unit: Unit) -> bool {
    desk.can(DECIDE, &Target::unit(unit.0))
}

/// `GET /api/v1/units/31?at=2021-12-31`: the same as `danvan units show --json`.
async fn api(desk: Desk, Path(code): Path<String>) -> Answer {
    let tree = tree(&desk);
    let day = day_asked(&desk)?;
    web::json(&show(&tree, &code, day)?)
}
