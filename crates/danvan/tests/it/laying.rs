//! A pack laid over books that are full: killed in the middle of rebuilding, it goes on; readers see the old figures until all is done.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use calendar::{Period, Window};
use danvan::{instance, lay};
use db::Place;
use figures::{Ask, Head, Heads};
use jiff::{Timestamp, ToSpan as _};
use jobs::{Jobs, State};
use pack::source::Layer;
use records::{By, House, act, act::New, fill::Input, save};

use crate::town::{WARD, now};

const THEMATIC: &str = r#"
id = "dialogue"

[[figure]]
id = "held"
label = { vi = "Cuộc đối thoại chuyên đề đã tổ chức", en = "Thematic dialogues held" }
count = "records"
day = "step:hold"
by = ["kind", "unit.level"]
where = "kind == 'thematic'"
"#;

struct Nobody;

impl Heads for Nobody {
    fn heads(&self, _: &[String], _: Window) -> Vec<Head> {
        Vec::new()
    }
}

fn layer(files: &[(&str, &str)]) -> Layer {
    let files: BTreeMap<String, String> = files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
    Layer { name: "thử".to_owned(), files }
}

/// So many dialogues in a ward's book, every third one thematic.
async fn hold(house: &House, count: usize, at: Timestamp) {
    let snapshot = house.now();
    let today = kernel::civil_day(now());
    let unit = snapshot.tree.find(WARD, today).unwrap().0;
    let by = By { account: 0, seat: unit, now: at, today, old_book: true };
    let on = kernel::parse_day("12/3/2026").unwrap();
    let mut changes = Vec::new();
    for number in 0..count {
        let input = Input::default()
            .set("subject", format!("Cuộc {number}"))
            .set("kind", if number % 3 == 0 { "thematic" } else { "periodic" })
            .set("held_on", "12/3/2026")
            .set("chairs", format!("{WARD}:chu-tich-ubnd"))
            .set("attendance", "50");
        let new = New { unit, input, steps: vec![("hold".into(), on)], ..New::default() };
        changes.extend(act::plan_new(house, &snapshot, &by, "dialogue", new).await.unwrap().0);
    }
    save::save(house, &snapshot, &by, changes).await.unwrap();
}

async fn held(house: &House) -> Option<i64> {
    let snapshot = house.reading();
    let unit = snapshot.tree.find("hai-phong", kernel::civil_day(now())).unwrap();
    let ask = Ask::of(unit, Period::year(2026).window());
    let mut tx = house.read().await.unwrap();
    figures::read(&mut tx, house, &snapshot, &Nobody, ask, "dialogue.held").await.unwrap().value
}

async fn job(house: &House, id: i64) -> jobs::Job {
    jobs::find(&mut house.read().await.unwrap(), id).await.unwrap()
}

fn works(house: &Arc<House>) -> Arc<Jobs> {
    Arc::new(Jobs::new().with(lay::JOB, Arc::new(lay::Rebuild { house: house.clone() })))
}

async fn killed_in_the_middle(place: Place) {
    let house = instance::init(place.clone(), None, now()).await.unwrap().house;
    hold(&house, 500, now()).await;
    assert_eq!(held(&house).await, Some(500));

    let laid = lay::lay(&house, layer(&[("registers/dialogue.toml", THEMATIC)]), now()).await.unwrap();
    let laid = laid.unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(laid.changed, ["dialogue.held"]);
    let id = laid.job.unwrap();
    assert_eq!(held(&house).await, Some(500), "read as before until it is rebuilt");

    // The server dies after the first records.
    let (_alive, stop) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(jobs::work(house.db.clone(), works(&house), Arc::new(now), stop));
    while job(&house, id).await.done == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    worker.abort();
    let _ = worker.await;
    let left = job(&house, id).await;
    assert!(left.state == State::Running && left.done < left.total, "{left:?}");
    house.db.close().await;
    drop(house);

    // Opened again it still reads as before, and what is saved meanwhile counts by both definitions.
    let later = now().checked_add(5.minutes()).unwrap();
    let house = instance::open(place, later).await.unwrap().house;
    assert_eq!(held(&house).await, Some(500));
    hold(&house, 3, later).await;
    assert_eq!(held(&house).await, Some(503));
    lay::look_after(&house, later).await.unwrap();

    let clock: web::Clock = Arc::new(move || -> Timestamp { later });
    let done = jobs::see_through(&house.db, works(&house), clock, id, |_| {}).await.unwrap();
    assert_eq!(done.state, State::Done, "{done:?}");
    assert_eq!(held(&house).await, Some(168));
    let mut tx = house.read().await.unwrap();
    assert_eq!(ledger::differences(&mut tx).await.unwrap(), []);
    drop(tx);
    assert_eq!(figures::rebuild::all(&house).await.unwrap().changed, 0, "nothing of the old pack is left");

    // A rebuilding that someone cancelled is begun anew.
    let back = lay::lay(&house, layer(&[]), later).await.unwrap().unwrap_or_else(|faults| panic!("{faults:?}"));
    let cancelled = back.job.unwrap();
    let mut tx = house.db.begin().await.unwrap();
    jobs::cancel(&mut tx, cancelled, later).await.unwrap();
    tx.commit().await.unwrap();
    lay::look_after(&house, later).await.unwrap();
    let mut tx = house.read().await.unwrap();
    let newest = jobs::list(&mut tx, jobs::Whose::Everyone, i64::MAX, 1).await.unwrap().remove(0);
    drop(tx);
    assert!(newest.id != cancelled && newest.kind == lay::JOB && newest.state == State::Waiting);
    assert_eq!(held(&house).await, Some(168));
    let clock: web::Clock = Arc::new(move || -> Timestamp { later });
    jobs::see_through(&house.db, works(&house), clock, newest.id, |_| {}).await.unwrap();
    assert_eq!(held(&house).await, Some(503));
    house.db.close().await;
}

#[tokio::test]
async fn a_rebuilding_killed_in_the_middle_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    killed_in_the_middle(Place::new(dir.path().join("a"))).await;
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        let database = Some(db::testing::fresh_schema(&url).await.unwrap());
        killed_in_the_middle(Place { database, ..Place::new(dir.path().join("b")) }).await;
    }
}
