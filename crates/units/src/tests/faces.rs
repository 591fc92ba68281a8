//! The pages of the tree, and a decision from its form to the tree that every page reads.

use std::sync::{Arc, RwLock};

use axum::http::Method;
use jiff::civil::date;
use web::testing::{Known, OwnUnit, Town, person};

use super::{decisions::small, kinds};
use crate::{Room, Tree, Unit, routes, store};

/// `quan` administers tỉnh A; `an` sits elsewhere.
async fn town(db: &db::Db) -> (Town, Arc<RwLock<Arc<Tree>>>) {
    let mut tx = db.begin().await.unwrap();
    store::fill(&mut tx, &small(), &kinds()).await.unwrap();
    let tree = Arc::new(store::load(&mut tx, &kinds()).await.unwrap());
    tx.commit().await.unwrap();
    let forest = Arc::new(RwLock::new(tree));
    let (read, written, source) = (forest.clone(), forest.clone(), db.clone());
    let room = Room {
        tree: Arc::new(move || read.read().unwrap().clone()),
        renew: Arc::new(move || {
            let (written, source) = (written.clone(), source.clone());
            Box::pin(async move {
                let mut tx = source.read().await?;
                *written.write().unwrap() = Arc::new(store::load(&mut tx, &kinds()).await?);
                Ok(())
            })
        }),
    };
    let town = Town::open(db.clone(), routes(), |mut app| {
        let people =
            [("quan", 2), ("an", 4)].map(|(name, place)| person(name, "administrator", Unit::place(place).0, name));
        app.sessions = Arc::new(Known(people.to_vec()));
        app.access = Arc::new(InPlace(forest.clone()));
        app.with(room)
    });
    (town, forest)
}

/// May read anything, and decide on what lies in the own place.
struct InPlace(Arc<RwLock<Arc<Tree>>>);

impl web::Access for InPlace {
    fn may(&self, who: &web::Who, act: &str, target: &web::Target, today: kernel::Day) -> bool {
        let tree = self.0.read().unwrap().clone();
        let inside = |unit: i64| tree.at(today).inside(tree.holder(Unit(unit), today).unit, Unit(who.seat.unit));
        act == "unit.read" || OwnUnit.may(who, act, target, today) || target.unit.is_some_and(inside)
    }
}

const MERGER: [(&str, &str); 8] = [
    ("act", "merge"),
    ("number", "12/NQ"),
    ("day", "01/09/2026"),
    ("units", "90005; xã Sáu"),
    ("name", "Mới"),
    ("kind", "phuong"),
    ("code", "90100"),
    ("parent", "901"),
];

#[tokio::test]
async fn a_unit_shows_what_it_is_and_a_decision_what_it_becomes() {
    for scratch in db::testing::both().await.unwrap() {
        let (town, forest) = town(&scratch.db).await;
        town.by("an").get("/units").await.shows("Việt Nam").shows("Tỉnh A");
        town.by("an")
            .get("/units/901?at=2026-08-31")
            .await
            .shows("Huyện K")
            .shows("90005")
            .hides("/decisions/new?unit");
        town.by("an").get("/units?q=x%C3%A3+B%E1%BA%A3y").await.redirects_to("/units/90007");
        assert_eq!(town.by("an").get("/units/12345").await.status, 422);
        town.by("quan").get("/units/901").await.shows("/decisions/new?unit=901");
        town.by("quan").get("/decisions/new?unit=901&act=split").await.shows("part.0.name");

        // What is wrong is said at its field; nothing is written.
        let wrong = town
            .by("quan")
            .post(
                "/decisions/new",
                &[("act", "merge"), ("day", "01/09/2026"), ("units", "90005; 99999"), ("into", "90007")],
            )
            .await;
        assert_eq!(wrong.status, 422);
        wrong.shows("99999").shows("f-number-e");
        // Who may not decide there is refused.
        assert_eq!(town.by("an").post("/decisions/new", &MERGER).await.status, 403);

        let preview = town.by("quan").post("/decisions/new", &MERGER).await;
        preview.shows("Phường Mới (90100)").shows("Xã Năm (90005)").shows(r#"name="go" value="enter""#);
        let mut tx = scratch.db.read().await.unwrap();
        assert!(store::books(&mut tx).await.unwrap().decisions.is_empty());
        drop(tx);

        let entered: Vec<(&str, &str)> = MERGER.into_iter().chain([("go", "enter")]).collect();
        town.by("quan").post("/decisions/new", &entered).await.redirects_to("/units/90100?at=2026-09-01");
        let tree = forest.read().unwrap().clone();
        assert!(!tree.at(date(2026, 9, 1)).exists(Unit::place(5)));
        town.by("an").get("/units/90005").await.shows("Phường Mới");
        town.by("an").get("/units/90100").await.shows("Xã Năm").shows("Xã Sáu").shows("12/NQ");
        let shown = town.by("an").api(Method::GET, "/api/v1/units/90005?at=2026-08-31", None).await.json();
        assert_eq!(
            (shown["to"].clone(), shown["successors"][0]["code"].clone()),
            ("2026-09-01".into(), "90100".into())
        );

        let mut tx = scratch.db.read().await.unwrap();
        let id = kernel::Id(store::books(&mut tx).await.unwrap().decisions[0].id);
        let generation: (String,) =
            tx.one("select value from instance where key = 'generation'", vec![]).await.unwrap();
        assert_eq!(generation.0, "1");
        drop(tx);
        town.by("quan").get("/decisions").await.shows("12/NQ").shows(&format!("/decisions/{id}/undo"));
        town.by("quan").get(&format!("/decisions/{id}/undo")).await.shows("Xã Năm (90005)");
        town.by("quan").post(&format!("/decisions/{id}/undo"), &[("note", "ghi nhầm ngày")]).await;
        let tree = forest.read().unwrap().clone();
        assert!(tree.at(date(2026, 9, 1)).exists(Unit::place(5)));
        assert_eq!(town.by("quan").post(&format!("/decisions/{id}/undo"), &[]).await.status, 422);
    }
}

#[tokio::test]
async fn a_split_a_rename_a_move_and_an_end_are_entered_too() {
    for scratch in db::testing::both().await.unwrap() {
        let (town, forest) = town(&scratch.db).await;
        let enter = async |fields: &[(&str, &str)]| {
            let fields: Vec<(&str, &str)> = [("number", "1/QĐ"), ("day", "02/09/2026"), ("go", "enter")]
                .into_iter()
                .chain(fields.iter().copied())
                .collect();
            let reply = town.by("quan").post("/decisions/new", &fields).await;
            assert_eq!(reply.status, 303, "{}", reply.text());
        };
        enter(&[("act", "open"), ("name", "Mười"), ("kind", "xa"), ("code", "90010"), ("parent", "902")]).await;
        enter(&[("act", "rename"), ("unit", "90007"), ("name", "Bảy Mới"), ("kind", "phuong")]).await;
        enter(&[("act", "move"), ("unit", "90006"), ("parent", "902")]).await;
        enter(&[
            ("act", "split"),
            ("unit", "90008"),
            ("part.0.name", "Tám Đông"),
            ("part.0.kind", "xa"),
            ("part.0.code", "90081"),
            ("part.1.into", "90009"),
            ("part.1.rule", "các thôn 1, 2"),
            ("main", "0"),
        ])
        .await;
        enter(&[("act", "close"), ("unit", "90005"), ("into", "90007")]).await;
        let tree = forest.read().unwrap().clone();
        let at = tree.at(date(2026, 9, 2));
        let names: Vec<String> = at.children(Unit::place(3)).into_iter().map(|unit| at.name(unit)).collect();
        assert_eq!(names, ["phường Bảy Mới"]);
        let names: Vec<String> = at.children(Unit::place(4)).into_iter().map(|unit| at.name(unit)).collect();
        assert_eq!(names, ["xã Sáu", "xã Chín", "xã Mười", "xã Tám Đông"]);
        assert_eq!(tree.holder(Unit::place(8), date(2026, 9, 3)).unit, tree.find("90081", date(2026, 9, 3)).unwrap());
        town.by("an").get("/units/90008").await.shows("các thôn 1, 2");
    }
}
