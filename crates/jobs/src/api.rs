//! Long work for programs: the same list, state and cancelling under `/api/v1`.

use axum::extract::Path;
use kernel::{Id, Lang};
use serde_json::{Value as Json, json};
use web::{
    Answer, Desk, Routes, Target,
    api::{asked, object, operation, placed},
};

use crate::{
    Job, Whose, list,
    pages::{CANCEL, SEE, SHOWN, cancel_and_record, open, said, told},
};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/jobs", SEE, jobs)
        .get("/api/v1/jobs/{job}", SEE, job)
        .post("/api/v1/jobs/{job}/cancel", CANCEL, stop)
        .described(description())
}

fn description() -> Json {
    let one = object(&json!({
        "id": { "type": "string" }, "kind": { "type": "string" },
        "state": { "enum": ["waiting", "running", "done", "failed", "cancelled"] },
        "done": { "type": "integer" }, "total": { "type": "integer" }, "percent": { "type": ["integer", "null"] },
        "text": { "type": "string" }, "created": { "type": "string", "format": "date-time" },
        "ended": { "type": ["string", "null"], "format": "date-time" }, "result": {},
        "reasons": { "type": "array", "items": object(&json!({
            "key": { "type": "string" }, "field": { "type": ["string", "null"] }, "message": { "type": "string" } })) },
    }));
    let all = object(&json!({ "jobs": { "type": "array", "items": one } }));
    let job = || placed("job", "A job's handle");
    let of_all =
        [asked("of", "unit: those of the seat's unit, else one's own"), asked("after", "The last of the page before")];
    json!({
        "/api/v1/jobs": { "get": operation("jobs", "Long work, newest first", &of_all, None, "200", &all) },
        "/api/v1/jobs/{job}": { "get": operation("job", "How far a job is", &[job()], None, "200", &one) },
        "/api/v1/jobs/{job}/cancel": { "post": operation("cancel", "Cancels a job", &[job()], None, "200", &one) },
    })
}

async fn jobs(desk: Desk) -> Answer {
    let who = desk.who()?;
    let unit = who.seat.unit;
    let of_unit = desk.query().get("of") == "unit";
    if of_unit {
        desk.may(SEE, &Target::unit(unit))?;
    }
    let whose = if of_unit { Whose::Unit(unit) } else { Whose::Account(who.account) };
    let after = desk.query().maybe("after").map(str::parse::<Id>).transpose()?;
    let jobs = list(&mut desk.read().await?, whose, after.map_or(i64::MAX, |id| id.0), SHOWN).await?;
    web::json(&json!({ "jobs": jobs.iter().map(|job| shown(desk.lang, job)).collect::<Vec<Json>>() }))
}

async fn job(desk: Desk, Path(handle): Path<String>) -> Answer {
    let job = open(&desk, &handle, SEE).await?;
    web::json(&shown(desk.lang, &job))
}

async fn stop(desk: Desk, Path(handle): Path<String>) -> Answer {
    let job = open(&desk, &handle, CANCEL).await?;
    cancel_and_record(&desk, &job).await?;
    let job = open(&desk, &handle, SEE).await?;
    web::json(&shown(desk.lang, &job))
}

fn shown(lang: Lang, job: &Job) -> Json {
    let reasons: Vec<Json> = job
        .reasons
        .iter()
        .map(|reason| json!({ "key": reason.key, "field": reason.field, "message": said(lang, reason) }))
        .collect();
    json!({
        "id": Id(job.id),
        "kind": job.kind,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "percent": job.percent(),
        "text": told(lang, job),
        "created": job.created,
        "ended": job.ended,
        "result": job.result,
        "reasons": reasons,
    })
}
