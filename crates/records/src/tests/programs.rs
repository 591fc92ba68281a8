//! Records as programs make, read and correct them.

use axum::http::Method;
use serde_json::json;

use super::faces::office;

#[tokio::test]
async fn programs_make_read_correct_and_step() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let an = office.town.by("an");
        let topic = office.house.now().pack.topics.topics[0].id.clone();
        let body = json!({ "fields": { "kind": "feedback", "subject": "Cống tắc", "received_on": "2026-09-01", "topic": topic, "signatories": 2, "over_the_head": false, "sender_name": "Kín Đáo" } });
        let made = an.api(Method::POST, "/api/v1/registers/submission/records", Some(&body)).await;
        assert_eq!((made.status.as_u16(), made.header("etag")), (201, "\"1\""), "{}", made.text());
        assert!(!made.text().contains("Kín Đáo"));
        let record = made.json();
        assert_eq!(
            (record["fields"]["signatories"].clone(), record["fields"]["over_the_head"].clone()),
            (json!(2), json!(false))
        );
        assert_eq!((&record["number"], &record["sealed"]), (&json!("1/2026"), &json!(["sender_name"])));
        let path = format!("/api/v1/records/{}", record["id"].as_str().unwrap());
        let tagged = |tag: &'static str, path: String, method: Method, body: serde_json::Value| {
            let request = axum::http::Request::builder()
                .method(method)
                .uri(path)
                .header("authorization", "Bearer an")
                .header("if-match", tag)
                .header("content-type", "application/json")
                .body(axum::body::Body::from(body.to_string()))
                .unwrap();
            office.town.ask(request)
        };
        let edited =
            tagged("\"1\"", path.clone(), Method::PUT, json!({ "fields": { "subject": "Cống sau chợ tắc" } })).await;
        assert_eq!((edited.status.as_u16(), edited.header("etag")), (200, "\"2\""), "{}", edited.text());
        assert_eq!(
            tagged("\"1\"", path.clone(), Method::PUT, json!({ "fields": { "subject": "Khác" } })).await.status,
            409
        );
        let refused = an.api(Method::PUT, &path, Some(&json!({ "fields": {} }))).await;
        assert_eq!(
            (refused.status.as_u16(), refused.header("content-type")),
            (422, "application/problem+json; charset=utf-8")
        );
        let unknown = tagged("\"2\"", path.clone(), Method::PUT, json!({ "fields": { "nothing": 1 } })).await;
        assert_eq!((unknown.status.as_u16(), &unknown.json()["refusals"][0]["field"]), (422, &json!("nothing")));
        let stepped = tagged(
            "\"2\"",
            format!("{path}/steps/settle"),
            Method::POST,
            json!({ "on": "2026-09-03", "fields": { "outcome": "answered" } }),
        )
        .await;
        assert_eq!((stepped.status.as_u16(), &stepped.json()["state"]), (200, &json!("settled")), "{}", stepped.text());
        let list = an.api(Method::GET, "/api/v1/registers/submission/records?f.kind=feedback", None).await.json();
        assert_eq!((&list["count"], &list["records"][0]["id"]), (&json!(1), &record["id"]));
        assert_eq!(office.town.stranger().api(Method::GET, &path, None).await.status, 401);
        // Whoever reads by a program is a reader like any other.
        let id: kernel::Id = record["id"].as_str().unwrap().parse().unwrap();
        let mut tx = office.house.read().await.unwrap();
        let before = crate::store::readings(&mut tx, id, 10).await.unwrap();
        drop(tx);
        assert_eq!(office.town.by("dung").api(Method::GET, &path, None).await.status, 200);
        let mut tx = office.house.read().await.unwrap();
        let read = crate::store::readings(&mut tx, id, 10).await.unwrap();
        assert_eq!(read.len(), before.len() + 1, "{read:?}");
        drop(tx);

        // Every door of the API stands in its description.
        let description = an.api(Method::GET, "/api/v1/openapi.json", None).await.json();
        for row in office.town.rows.iter().filter(|row| row.path.starts_with("/api/")) {
            let method = row.method.as_str().to_lowercase();
            assert!(description["paths"][row.path][&method].is_object(), "{method} {}", row.path);
        }
        let schema = &description["components"]["schemas"]["submission.fields"]["properties"];
        assert_eq!(
            (&schema["sender_name"]["writeOnly"], &schema["received_on"]["format"]),
            (&json!(true), &json!("date"))
        );
    }
}
