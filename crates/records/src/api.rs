//! Records for programs, under `/api/v1`: definitions, lists, a record, its making, its correction, its steps. Handles only; no internal number leaves.

mod description;
mod shape;

use std::sync::Arc;

use axum::{
    Extension,
    body::Bytes,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use kernel::{Id, Refusal};
use serde_json::{Value as Json, json};
use web::{Answer, Desk, Routes, Target, Trouble, api::Described, json as answer};

pub use description::openapi;
use shape::{Sent, whole};

use crate::{
    Record, act,
    lists::Asked,
    pages::{Office, READ, STEP, WRITE},
    value::Directory as _,
};

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/openapi.json", READ, describe)
        .get("/api/v1/registers", READ, registers)
        .get("/api/v1/registers/{register}", READ, register)
        .get("/api/v1/registers/{register}/records", READ, list)
        .post("/api/v1/registers/{register}/records", WRITE, create)
        .get("/api/v1/records/{record}", READ, record)
        .put("/api/v1/records/{record}", WRITE, edit)
        .post("/api/v1/records/{record}/steps/{step}", STEP, step)
}

async fn describe(desk: Desk, Extension(described): Extension<Arc<Described>>) -> Answer {
    let office = Office::of(&desk)?;
    answer(&openapi(&office.snapshot.pack, &described))
}

async fn registers(desk: Desk) -> Answer {
    let office = Office::of(&desk)?;
    let registers = office.snapshot.pack.registers.values().map(|register| {
        json!({ "id": register.id, "label": register.label, "noun": register.noun, "group": register.group,
            "definition": office.snapshot.pack.register_hash(&register.id) })
    });
    answer(&json!({ "registers": registers.collect::<Vec<Json>>() }))
}

async fn register(desk: Desk, Path(register): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    answer(office.register(&register)?)
}

async fn list(desk: Desk, Path(register): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    // A program that names no view means all of them.
    let query = if desk.query().has("view") { desk.query().clone() } else { desk.query().with("view", "all") };
    let (asked, told) = Asked::read(&office.snapshot, register, &query, desk.today);
    if !told.is_empty() {
        return Err(kernel::Refused(told).into());
    }
    let (found, (count, whole_count)) = office.book(register).page_counted(&asked).await?;
    // Unlike a list on a page, this gives the whole of each record: it is a reading of each.
    let given: Vec<Id> = found.records.iter().map(|record| record.id).collect();
    office.note_reader(&desk, register, &given).await?;
    let mut records = Vec::with_capacity(found.records.len());
    for record in &found.records {
        records.push(whole(&office, record, None).await?);
    }
    answer(&json!({ "records": records, "next": found.next, "count": count, "counted_to_the_end": whole_count }))
}

async fn record(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, READ).await?;
    tell(&office, &opened.record, Some(&opened.privates), StatusCode::OK).await
}

async fn create(desk: Desk, Path(register): Path<String>, headers: HeaderMap, body: Bytes) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let sent = Sent::read(&body)?;
    let unit = match &sent.unit {
        Some(text) => office.snapshot.unit(text, desk.today).map_err(|refusal| refusal.at("unit"))?,
        None => office.unit,
    };
    desk.may(WRITE, &Target::unit(unit).register(&register.id))?;
    let mut steps = Vec::new();
    for step in &sent.steps {
        steps.push((step.step.clone(), kernel::parse_day(&step.on).map_err(|refusal| refusal.at("steps"))?));
    }
    // Sent again with the same key, it is the same record.
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).filter(|key| key.len() <= 200);
    let source_key = key.map(|key| format!("api:{}:{key}", desk.who.as_ref().map_or(0, |who| who.account)));
    if let Some(key) = &source_key
        && let Some(known) = known(&office, &register.id, key).await?
    {
        let opened = office.open(&desk, &known.handle(), READ).await?;
        return tell(&office, &opened.record, Some(&opened.privates), StatusCode::OK).await;
    }
    let new = act::New { unit, input: sent.input(register)?, steps, source_key, ..act::New::default() };
    let done = act::create(&office.house, &Office::by(&desk)?, &register.id, new).await?;
    let mut response = tell(&office, &done.record, None, StatusCode::CREATED).await?;
    let place = HeaderValue::try_from(format!("/api/v1/records/{}", done.record.id)).map_err(Trouble::internal)?;
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

async fn known(office: &Office, register: &str, key: &str) -> Result<Option<Id>, Trouble> {
    let mut tx = office.house.read().await?;
    match office.house.names.find(&mut tx, db::Space::Register, register).await? {
        Some(register) => Ok(crate::store::by_source(&mut tx, register, key).await?),
        None => Ok(None),
    }
}

/// The version that the caller saw: `If-Match: "3"`.
fn version(headers: &HeaderMap) -> Result<i64, Refusal> {
    let given = headers.get(header::IF_MATCH).and_then(|given| given.to_str().ok());
    let version = given.and_then(|given| given.trim_start_matches("W/").trim_matches('"').parse().ok());
    version.ok_or_else(|| Refusal::new("record.if_match_needed").at("If-Match"))
}

async fn edit(desk: Desk, Path(handle): Path<String>, headers: HeaderMap, body: Bytes) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, WRITE).await?;
    let register = office.register(&opened.record.register)?;
    let version = version(&headers)?;
    let input = Sent::read(&body)?.input(register)?;
    let done = act::edit(&office.house, &Office::by(&desk)?, opened.record.id, version, input).await?;
    tell(&office, &done.record, None, StatusCode::OK).await
}

async fn step(desk: Desk, Path((handle, step)): Path<(String, String)>, headers: HeaderMap, body: Bytes) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, STEP).await?;
    let register = office.register(&opened.record.register)?;
    let step = register.step(&step).ok_or(Trouble::NotFound)?;
    if !Office::takes(&desk, &opened, step) {
        return Err(Trouble::Forbidden);
    }
    let version = version(&headers)?;
    let sent = Sent::read(&body)?;
    let on = match &sent.on {
        Some(on) => kernel::parse_day(on).map_err(|refusal| refusal.at("on"))?,
        None => desk.today,
    };
    let input = sent.input(register)?;
    let done = act::take(&office.house, &Office::by(&desk)?, opened.record.id, version, &step.id, on, input).await?;
    tell(&office, &done.record, None, StatusCode::OK).await
}

/// A record with its version as its tag.
async fn tell(office: &Office, record: &Record, privates: Option<&[String]>, status: StatusCode) -> Answer {
    let body = whole(office, record, privates).await?;
    let mut response: Response = (status, body.to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    let tag = HeaderValue::try_from(format!("\"{}\"", record.version)).map_err(Trouble::internal)?;
    headers.insert(header::ETAG, tag);
    Ok(response)
}
