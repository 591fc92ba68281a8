//! Reports for programs, under `/api/v1`: the list, one with its numbers and prose, its files, a new one. Handles only; no internal number leaves.

use axum::{
    body::Bytes,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use calendar::Period;
use kernel::{Id, Refusal};
use records::value::Directory as _;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use web::{
    Answer, Desk, Routes, Target, Trouble,
    api::{asked, object, operation, placed},
    json as answer,
};

use crate::{
    Report, Scene, State, act,
    answer::Question,
    copy::{Copy, copies},
    draft::Written,
    frozen,
    pages::{Office, READ, WRITE, by, file, note, page_of},
    restated,
};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/reports", READ, list)
        .post("/api/v1/reports", WRITE, begin)
        .get("/api/v1/reports/{id}", READ, show)
        .get("/api/v1/reports/{id}/file/{format}", READ, file::file)
        .described(description())
}

fn head(office: &Office, report: &Report) -> Json {
    let code = |unit: units::Unit| office.snapshot.code(unit.0, report.window.to);
    let signed = report.signed.as_ref();
    json!({
        "id": report.id,
        "outline": report.outline,
        "unit": code(report.unit),
        "body": code(report.body),
        "period": report.period,
        "from": report.window.from,
        "to": report.window.to,
        "state": report.state.name(),
        "version": report.version,
        "number": signed.map(|signed| &signed.number),
        "signed_on": signed.map(|signed| signed.day),
        "signer": signed.and_then(|signed| signed.signer.as_ref()),
    })
}

/// `?after=`: the last of the page before.
async fn list(desk: Desk) -> Answer {
    desk.who()?;
    let office = Office::of(&desk);
    let mut tx = office.house.read().await?;
    let before = desk.query().maybe("after").map(str::parse::<Id>).transpose()?;
    let (seen, more) = page_of(&desk, &mut tx, before).await?;
    let next = seen.last().filter(|_| more).map(|report| report.id);
    answer(&json!({ "reports": seen.iter().map(|report| head(&office, report)).collect::<Vec<_>>(), "next": next }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    outline: String,
    unit: String,
    period: String,
}

/// Begins a report, or answers with the one that was begun before.
async fn begin(desk: Desk, body: Bytes) -> Answer {
    desk.who()?;
    let office = Office::of(&desk);
    let unreadable = |error: serde_json::Error| Refusal::new("record.json_unreadable").with("reason", error);
    let new: New = serde_json::from_slice(&body).map_err(unreadable)?;
    let period: Period = new.period.parse().map_err(|refusal: Refusal| refusal.at("period"))?;
    let tree = &office.snapshot.tree;
    let unit = tree.find(&new.unit, period.window().to).map_err(|refusal| refusal.at("unit"))?;
    let scene = Scene::new(&office.snapshot.pack, tree, &new.outline, unit, period)?;
    desk.may(WRITE, &Target::unit(scene.body.0))?;
    let report = act::create(office.source(), &by(&desk)?, &new.outline, unit, period).await?;
    let mut response: Response = (StatusCode::CREATED, head(&office, &report).to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    let place = HeaderValue::try_from(format!("/api/v1/reports/{}", report.id)).map_err(Trouble::internal)?;
    headers.insert(header::LOCATION, place);
    Ok(response)
}

/// The report with the numbers as they stand in it: of one issued those of that day, and what has changed since.
async fn show(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk);
    let (report, returns, mut tx) = office.open(&desk, &handle, READ).await?;
    let mut told = head(&office, &report);
    told["slots"] = json!(report.slots);
    let numbers = if report.state == State::Issued {
        let kept = frozen(&mut tx, &report).await?;
        let changed = restated(&mut tx, office.source(), &report, &kept).await?;
        told["issued"] = json!({
            "at": kept.at,
            "sha256": data_encoding::HEXLOWER.encode(&kept.hash),
            "whole": kept.whole,
            "restated": changed.iter().map(|one| {
                json!({ "key": one.number.key, "was": one.number.shown, "now": one.now })
            }).collect::<Vec<_>>(),
        });
        kept.numbers
    } else {
        told["issued"] = Json::Null;
        act::drafted(&mut tx, office.source(), &report, &returns, note(&desk)).await?.0.numbers
    };
    told["copies"] = copies(&mut tx, report.id).await?.iter().map(copy).collect();
    told["numbers"] = numbers.iter().map(|number| written(&office, &report, number)).collect();
    answer(&told)
}

/// What came back from signing: its file is handed out in its format.
fn copy(copy: &Copy) -> Json {
    json!({
        "name": copy.name,
        "format": copy.format.extension(),
        "sha256": copy.hash,
        "readable": copy.found.readable,
        "changed": copy.found.changed,
    })
}

fn written(office: &Office, report: &Report, number: &Written) -> Json {
    let Question { figure, unit, window } = &number.question;
    let part: serde_json::Map<String, Json> =
        number.part.iter().map(|(by, word)| (by.clone(), word.clone().into())).collect();
    json!({
        "key": number.key,
        "section": number.section,
        "figure": figure,
        "unit": office.snapshot.code(*unit, report.window.to),
        "from": window.from,
        "to": window.to,
        "part": part,
        "shown": number.shown,
        "href": number.href,
    })
}

fn description() -> Json {
    let (text, day) = (json!({ "type": "string" }), json!({ "type": "string", "format": "date" }));
    let (maybe_text, maybe_day) =
        (json!({ "type": ["string", "null"] }), json!({ "type": ["string", "null"], "format": "date" }));
    let states: Vec<&str> = State::ALL.iter().map(|state| state.name()).collect();
    let head = json!({
        "id": text, "outline": text, "unit": text, "body": text, "period": text, "from": day, "to": day,
        "state": { "enum": states }, "version": { "type": "integer" },
        "number": maybe_text, "signed_on": maybe_day, "signer": maybe_text,
    });
    let mut whole = head.clone();
    whole["slots"] = json!({ "type": "object", "additionalProperties": text });
    whole["numbers"] = json!({ "type": "array", "items": object(&json!({
        "key": text, "section": text, "figure": text, "unit": text, "from": day, "to": day,
        "part": { "type": "object" }, "shown": text, "href": text })) });
    whole["copies"] = json!({ "type": "array", "items": object(&json!({
        "name": text, "format": text, "sha256": text, "readable": { "type": "boolean" },
        "changed": { "type": "array", "items": object(&json!({ "around": text, "was": text, "now": text })) } })) });
    whole["issued"] = json!({ "oneOf": [{ "type": "null" }, object(&json!({
        "at": { "type": "string", "format": "date-time" }, "sha256": text, "whole": { "type": "boolean" },
        "restated": { "type": "array", "items": object(&json!({ "key": text, "was": text, "now": text })) } }))] });
    let all = object(&json!({ "reports": { "type": "array", "items": object(&head) }, "next": maybe_text }));
    let body = json!({ "required": true, "content": { "application/json": {
        "schema": object(&json!({ "outline": text, "unit": text, "period": text })) } } });
    let report = || placed("id", "A report's handle");
    let format = placed("format", "docx, pdf, xlsx, html or md");
    let after = asked("after", "The `next` of the page before");
    json!({
        "/api/v1/reports": {
            "get": operation("reports", "Reports, newest first", &[after], None, "200", &all),
            "post": operation("begin_report", "Begins a report", &[], Some(body), "201", &object(&head)),
        },
        "/api/v1/reports/{id}": { "get": operation("report", "A report with its numbers", &[report()], None, "200", &object(&whole)) },
        "/api/v1/reports/{id}/file/{format}": { "get": {
            "operationId": "report_file", "summary": "A report as a file", "parameters": [report(), format],
            "responses": {
                "200": { "description": "The file", "content": { "*/*": { "schema": { "type": "string", "format": "binary" } } } },
                "default": { "description": "Why not", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/problem" } } } },
            } } },
    })
}
