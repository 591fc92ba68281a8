//! A house in Hải Phòng of 2021, its numbers read, opened, split and rebuilt.

use std::sync::Arc;

use calendar::{Period, Window};
use db::testing::{self, Scratch};
use kernel::{Day, Id, parse_day};
use pack::register::Role;
use records::{
    House,
    act::{self, New},
    fill::Input,
    testing::{clerk, house},
};
use units::{Geography, Unit};
use web::testing::{NOW, Town, person};

use crate::{Ask, Head, Heads, Study};

mod cascade;
mod cross;
mod drift;
mod duties;
mod faces;
mod gain;
mod letters;
mod scoring;
mod tables;
mod watching;

const YEAR: i16 = 2021;

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

/// The secretary and the chairman of each of these places.
struct Two(Vec<Unit>, Arc<House>);

impl Heads for Two {
    fn heads(&self, posts: &[String], _: Window) -> Vec<Head> {
        let kinds = self.1.now().tree.kinds().clone();
        let mut all = Vec::new();
        for (body, post) in [("dang-uy", "bi-thu"), ("ubnd", "chu-tich-ubnd")] {
            let slot = kinds.bodies[kinds.body_kind(body).unwrap()].slot.unwrap();
            if posts.iter().any(|wanted| wanted == post) {
                all.extend(self.0.iter().map(|place| Head {
                    unit: place.body(slot),
                    post: post.to_owned(),
                    held: true,
                }));
            }
        }
        all
    }
}

async fn settled(scratch: &Scratch) -> Arc<House> {
    Arc::new(house(scratch).await.unwrap())
}

/// A house whose pack has one file more.
async fn overlaid(scratch: &Scratch, path: &str, text: &str) -> Arc<House> {
    let files = std::iter::once((path.to_owned(), text.to_owned())).collect();
    let layer = pack::source::Layer { name: "thử".to_owned(), files };
    let pack = pack::Pack::read(pack::source::Source::base().with(layer)).unwrap_or_else(|faults| panic!("{faults:?}"));
    let snapshot = records::Snapshot { pack: Arc::new(pack), ..records::testing::snapshot() };
    Arc::new(
        records::testing::house_with(scratch, snapshot)
            .await
            .unwrap()
            .behaving(vec![Arc::new(crate::Cascade), Arc::new(crate::Scoring)]),
    )
}

fn unit(house: &House, code: &str, on: &str) -> Unit {
    house.now().tree.find(code, day(on)).unwrap()
}

/// A dialogue held on a day, written down later from the old book.
async fn held(house: &House, book: &str, on: &str, kind: &str, chairs: &str) -> Id {
    let mut input = Input::default();
    for (field, value) in
        [("subject", "Môi trường"), ("kind", kind), ("held_on", on), ("attendance", "120"), ("chairs", chairs)]
    {
        input.fields.insert(field.into(), value.into());
    }
    let mut by = clerk(unit(house, book, on).0, day("10/1/2022"));
    by.old_book = true;
    let new = New { unit: by.seat, input, steps: vec![("hold".into(), day(on))], ..New::default() };
    act::create(house, &by, "dialogue", new).await.unwrap().record.id
}

async fn study<'a>(
    house: &House,
    snapshot: &'a records::Snapshot,
    heads: &'a dyn Heads,
    house_ref: &'a House,
    ask: Ask,
    names: &[&str],
) -> Study<'a> {
    let mut tx = house.read().await.unwrap();
    Study::open(&mut tx, house_ref, snapshot, heads, ask, names).await.unwrap()
}

fn year(unit: Unit) -> Ask {
    Ask::of(unit, Period::year(YEAR).window())
}

/// A server over the house: `lan` leads the city's government, `hoa` that of a commune.
fn town(house: &Arc<House>, heads: Vec<Unit>) -> Town {
    let tree = house.now().tree.clone();
    let seat = |code: &str| tree.find(code, day("22/11/2026")).unwrap().0;
    let (lan, hoa) = (
        person("lan", "leader", seat("31/ubnd"), "UBND thành phố"),
        person("hoa", "clerk", seat("11383/ubnd"), "UBND phường"),
    );
    let heads: Arc<dyn Heads> = Arc::new(Two(heads, house.clone()));
    Town::open(house.db.clone(), crate::routes().merge(records::pages::routes()), |mut app| {
        app.sessions = Arc::new(web::testing::Known(vec![lan, hoa]));
        app.access = Arc::new(ByPlace(house.clone()));
        app.with(house.clone()).with(heads)
    })
}

/// The rights of `people`, without its accounts.
struct ByPlace(Arc<House>);

impl web::Access for ByPlace {
    fn may(&self, who: &web::Who, act: &str, target: &web::Target, today: Day) -> bool {
        let role = Role::parse(&who.seat.role).unwrap();
        people::allows(&self.0.now().tree, role, Unit(who.seat.unit), act, target, today)
    }
}

fn today() -> Day {
    kernel::civil_day(NOW.parse().unwrap())
}

#[tokio::test]
async fn every_unit_of_a_board_stands_as_if_asked_alone() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        held(&house, "11383/ubnd", "3/5/2021", "periodic", "11383/ubnd:chu-tich-ubnd").await;
        held(&house, "11383/dang-uy", "4/6/2021", "thematic", "11383/dang-uy:bi-thu").await;
        held(&house, "11296/ubnd", "30/12/2021", "ad_hoc", "11296/ubnd:chu-tich-ubnd").await;
        let snapshot = house.now();
        let city = unit(&house, "hai-phong", "31/12/2021");
        let communes = [
            unit(&house, "11383", "31/12/2021"),
            unit(&house, "11296", "31/12/2021"),
            unit(&house, "11299", "31/12/2021"),
        ];
        let heads = Two(communes.to_vec(), house.clone());
        let mut tx = house.read().await.unwrap();
        let board = crate::board(&mut tx, &house, &snapshot, &heads, year(city), &communes).await.unwrap();
        assert!(!board.whole.is_empty());
        for (unit, row) in &board.each {
            assert_eq!(
                row,
                &crate::targets(&mut tx, &house, &snapshot, &heads, year(*unit)).await.unwrap(),
                "{unit:?}"
            );
        }
        let dialogue = |row: &[crate::TargetStatus]| {
            let status = row.iter().find(|status| status.figure == "heads_in_dialogue").unwrap();
            (status.reached.unwrap(), status.of.unwrap(), status.missing.len())
        };
        assert_eq!(dialogue(&board.whole), (3, 6, 3));
        assert_eq!(
            board.each.iter().map(|(_, row)| dialogue(row)).collect::<Vec<_>>(),
            [(2, 2, 0), (1, 2, 1), (0, 2, 2)]
        );
        drop(tx);

        let names = ["dialogue.held", "dialogue.attendance", "units_in_dialogue"];
        let whole = study(&house, &snapshot, &heads, &house, year(city), &names).await;
        for (unit, part) in communes.iter().zip(whole.split(&communes)) {
            let alone = study(&house, &snapshot, &heads, &house, year(*unit), &names).await;
            for name in names {
                assert_eq!(part.value(name).unwrap(), alone.value(name).unwrap(), "{name} of {unit:?}");
            }
        }
        let thematic = whole.only(&[("kind".into(), "thematic".into())]).value("dialogue.held").unwrap();
        assert_eq!((thematic.value, thematic.parts.len()), (Some(1), 1));
    }
}

#[tokio::test]
async fn a_merger_moves_numbers_and_loses_none() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        for (book, on) in [
            ("11305/ubnd", "3/5/2021"),
            ("11296/ubnd", "4/6/2021"),
            ("11299/ubnd", "5/6/2021"),
            ("303/ubnd", "6/7/2021"),
        ] {
            held(&house, book, on, "periodic", &format!("{book}:chu-tich-ubnd")).await;
        }
        let heads = Two(Vec::new(), house.clone());
        let snapshot = house.now();
        let value = async |unit: Unit, geography: Geography| {
            let ask = Ask { geography, ..year(unit) };
            let mut tx = house.read().await.unwrap();
            crate::read(&mut tx, &house, &snapshot, &heads, ask, "dialogue.held").await.unwrap().value
        };
        let then = unit(&house, "hai-phong", "31/12/2021");
        let now = unit(&house, "hai-phong", "22/11/2026");
        assert_eq!(value(then, Geography::Then).await, Some(4));
        assert_eq!(value(now, Geography::At(today())).await, Some(4));
        // Each commune of then is counted under the one that holds its ground now; the district's own stays with the city.
        let mut sum = 0;
        let at = snapshot.tree.at(today());
        for child in at.children(now) {
            sum += value(child, Geography::At(today())).await.unwrap_or(0);
        }
        assert_eq!(sum, 3);
        // And one that is no more is told by who holds its ground.
        let holder = snapshot.tree.holder(unit(&house, "11305", "31/12/2021"), today()).unit;
        assert_eq!(value(then, Geography::At(today())).await, Some(4));
        assert!(value(holder, Geography::At(today())).await >= Some(1));
    }
}
