//! The API as it describes itself: every door stands in the description, and answers as it says.

use axum::http::Method;
use jsonschema::Validator;
use serde_json::{Value as Json, json};

use crate::town::Inhabited;

/// A schema of the description, with the components that it refers to.
fn validator(description: &Json, schema: &Json) -> Validator {
    let mut whole = schema.clone();
    whole["components"] = description["components"].clone();
    jsonschema::draft202012::new(&whole).unwrap()
}

/// Programs can rely on the description: real answers, refusals too, are held against it.
#[tokio::test]
async fn every_door_answers_as_it_is_described() {
    let house = Inhabited::open().await;
    let record = house.letter("clerk").await;
    let report = house.report("clerk", 9).await;
    let job = house.job("clerk").await;
    let program = house.program("clerk");
    let description = program.api(Method::GET, "/api/v1/openapi.json", None).await.json();
    let doors: Vec<_> = house.town.rows.iter().filter(|row| row.path.starts_with("/api/")).collect();
    assert!(doors.len() > 15);
    let mut checked = 0;
    for door in doors {
        let method = door.method.as_str().to_lowercase();
        let told = &description["paths"][door.path.replace("{*", "{")][&method];
        assert!(told.is_object(), "{method} {} is not described", door.path);
        let Some(schema) = told["responses"]["200"]["content"]["application/json"].get("schema") else { continue };
        if door.method != Method::GET {
            continue;
        }
        let address = door.path.replace("{register}", "submission").replace("{record}", &record.to_string());
        let address = address.replace("{id}", &report.to_string()).replace("{job}", &job.to_string());
        let address = address.replace("{*code}", "11383");
        let reply = program.api(Method::GET, &format!("{address}?period=2026-Q1"), None).await;
        assert_eq!(reply.status, 200, "{address}: {}", reply.text());
        let answer = reply.json();
        let faults: Vec<String> = validator(&description, schema)
            .iter_errors(&answer)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{address}: {faults:?}");
        checked += 1;
    }
    assert!(checked > 8, "only {checked} were held against their description");

    let problem = validator(&description, &json!({ "$ref": "#/components/schemas/problem" }));
    for (method, address, body) in [
        (Method::GET, "/api/v1/records/khong-co".to_owned(), None),
        (Method::POST, "/api/v1/registers/submission/records".to_owned(), Some(json!({ "fields": {} }))),
        (Method::POST, "/api/v1/reports".to_owned(), Some(json!({ "outline": "annual", "unit": "31", "period": "x" }))),
    ] {
        let reply = program.api(method, &address, body.as_ref()).await;
        assert!(reply.status.is_client_error(), "{address}");
        let answer = reply.json();
        assert!(problem.is_valid(&answer), "{address}: {answer}");
    }
}
