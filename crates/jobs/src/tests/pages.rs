use std::sync::Arc;

use axum::http;
use db::{Db, testing};
use futures::future::BoxFuture;
use kernel::IdMaker;
use serde_json::json;
use sha2::{Digest, Sha256};
use tower::ServiceExt as _;
use web::{Access, App, Proof, Seat, Sessions, Target, Who};

use super::{Hand, PACE, Ten, Worker, queue, until_job};
use crate::*;

/// Whoever's name is in the cookie or the token; only the head may do anything for the unit.
struct Office;

fn known(name: &str) -> Who {
    let role = if name == "head" { "leader" } else { "clerk" };
    let label = kernel::Label { vi: role.into(), en: None };
    let seat = Seat {
        id: 1,
        role: role.into(),
        role_label: label,
        unit: if name == "stranger" { 79 } else { 31 },
        unit_name: "UBND xã Tân Phong".into(),
        place_name: "tỉnh Thanh Giang".into(),
        for_whom: None,
    };
    let account = if name == "an" { 12 } else { 13 };
    Who { account, login: name.into(), name: name.into(), seats: vec![seat.clone()], seat }
}

impl Sessions for Office {
    fn load(&self, _: Proof, hash: [u8; 32], _: Timestamp) -> BoxFuture<'_, Result<Option<Who>>> {
        let named = ["an", "clerk", "head", "stranger"];
        let who = named.into_iter().find(|name| <[u8; 32]>::from(Sha256::digest(name)) == hash).map(known);
        Box::pin(async move { Ok(who) })
    }
}

impl Access for Office {
    fn may(&self, who: &Who, act: &str, target: &Target, _: kernel::Day) -> bool {
        who.seat.role == "leader" && act.starts_with("job.") && target.unit == Some(who.seat.unit)
    }
}

struct Desks {
    router: axum::Router,
    db: Db,
}

impl Desks {
    fn open(db: &Db, hand: &Hand) -> Self {
        let mut app = App::new(db.clone(), IdMaker::new(3));
        app.clock = hand.clock();
        app.sessions = Arc::new(Office);
        app.access = Arc::new(Office);
        Self { router: routes().open(Arc::new(app)).0, db: db.clone() }
    }

    async fn ask(&self, request: http::request::Builder, name: &str, body: String) -> (u16, String) {
        let cookie = format!("danvan={name}");
        let request = request
            .header("cookie", cookie)
            .header("authorization", format!("Bearer {name}"))
            .header("content-type", "application/x-www-form-urlencoded");
        let response = self.router.clone().oneshot(request.body(axum::body::Body::from(body)).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn get(&self, name: &str, path: &str) -> (u16, String) {
        self.ask(http::Request::get(path), name, String::new()).await
    }

    async fn json(&self, name: &str, path: &str) -> Json {
        let (status, text) = self.get(name, path).await;
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Presses the button on the page at that address.
    async fn press(&self, name: &str, page: &str, action: &str) -> u16 {
        let (_, text) = self.get(name, page).await;
        let token = text.split(r#"name="csrf" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
        self.ask(http::Request::post(action), name, format!("csrf={token}")).await.0
    }

    async fn entries(&self, job: i64) -> Vec<timeline::Recorded> {
        let mut tx = self.db.read().await.unwrap();
        timeline::list(&mut tx, timeline::Kind::Job.of(job), i64::MAX, 9).await.unwrap()
    }
}

#[tokio::test]
async fn a_job_is_seen_by_who_asked_for_it_and_by_whom_the_unit_allows() {
    let scratch = testing::sqlite().await.unwrap();
    let (db, hand) = (&scratch.db, Hand::new());
    let desks = Desks::open(db, &hand);
    let id = queue(db, &hand, "import").await;
    let page = href(id);
    for (name, seen) in [("an", 200), ("head", 200), ("clerk", 404), ("stranger", 404), ("nobody", 303)] {
        assert_eq!(desks.get(name, &page).await.0, seen, "{name}");
        let state = desks.get(name, &format!("{page}/progress")).await.0;
        assert_eq!(state, seen, "{name}");
        let api = desks.get(name, &format!("/api/v1{page}")).await.0;
        assert_eq!(api, if seen == 303 { 401 } else { seen }, "{name}");
    }
    // A missing one and a foreign one are the same answer.
    let (missing, foreign) = (format!("/api/v1{}", href(id - 1)), format!("/api/v1{page}"));
    assert_eq!(desks.get("clerk", &missing).await, desks.get("clerk", &foreign).await);
    assert_eq!(desks.get("an", "/jobs/12").await.0, 404);

    let listed = |text: String| text.contains(&page);
    assert!(listed(desks.get("an", "/jobs").await.1));
    assert!(!listed(desks.get("head", "/jobs").await.1));
    assert!(listed(desks.get("head", "/jobs?of=unit").await.1));
    assert!(!listed(desks.get("clerk", "/jobs?of=unit").await.1));
    assert_eq!(desks.get("clerk", "/api/v1/jobs?of=unit").await.0, 403);
    assert_eq!(desks.json("head", "/api/v1/jobs?of=unit").await["jobs"][0]["id"], json!(kernel::Id(id)));
    assert_eq!(desks.json("head", "/api/v1/jobs").await["jobs"], json!([]));
}

#[tokio::test]
async fn the_page_shows_how_far_a_job_is_and_cancels_it_once() {
    let scratch = testing::sqlite().await.unwrap();
    let (db, hand) = (&scratch.db, Hand::new());
    let desks = Desks::open(db, &hand);
    let id = queue(db, &hand, "import").await;
    let page = href(id);
    let (ten, _hanging) = Ten::hanging_at(4);
    let worker = Worker::start(db, &hand, Jobs::new().pace(PACE).with("import", ten));
    until_job(db, id, |job| job.done == 4).await;
    let state = desks.json("an", &format!("{page}/progress")).await;
    assert_eq!((&state["ended"], &state["done"], &state["whole"]), (&json!(false), &json!(4), &json!(10)));
    let (_, text) = desks.get("an", &page).await;
    assert!(text.contains(r#"value="4""#) && text.contains(r#"max="10""#) && text.contains("4/10"));

    let action = format!("{page}/cancel");
    assert_eq!(desks.ask(http::Request::post(&action), "an", String::new()).await.0, 403);
    assert_eq!(desks.press("an", &page, &action).await, 303);
    assert_eq!(desks.json("an", &format!("{page}/progress")).await["ended"], json!(true));
    let entries = desks.entries(id).await;
    assert_eq!((entries.len(), entries[0].act.as_str(), entries[0].who), (1, CANCELLED, 12));
    // Ended: no button any more, and cancelling it says why not and leaves no trace.
    assert!(!desks.get("an", &page).await.1.contains(&action));
    let (status, text) = desks.ask(http::Request::post(format!("/api/v1{action}")), "an", String::new()).await;
    assert_eq!((status, text.contains("jobs.ended")), (422, true));
    assert_eq!(desks.entries(id).await.len(), 1);
    worker.stop().await;

    // How it ended is on its page: the reasons, or the way to what came of it.
    let failed = queue(db, &hand, "unheard-of").await;
    let worker = Worker::start(db, &hand, Jobs::new().pace(PACE).with("report", Arc::new(Pointing)));
    until_job(db, failed, |job| job.state == State::Failed).await;
    let told = desks.json("an", &format!("/api/v1{}", href(failed))).await;
    assert_eq!((&told["state"], &told["reasons"][0]["key"]), (&json!("failed"), &json!("jobs.unknown_kind")));
    assert!(desks.get("an", &href(failed)).await.1.contains(r#"role="alert""#));
    let done = queue(db, &hand, "report").await;
    until_job(db, done, |job| job.state == State::Done).await;
    assert!(desks.get("an", &href(done)).await.1.contains(r#"href="/reports/7""#));
    worker.stop().await;
}

const CANCELLED: &str = "job.cancel";

/// Leads to what it made.
struct Pointing;

impl Work for Pointing {
    fn run<'a>(&'a self, _: &'a mut JobContext) -> BoxFuture<'a, Ending> {
        Box::pin(async { Ok(json!({ "href": "/reports/7" })) })
    }
}
