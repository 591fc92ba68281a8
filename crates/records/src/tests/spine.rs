//! What a record goes through, on both databases.

use std::sync::Arc;

use db::{Stop, testing::both};
use kernel::{Day, parse_day, show_day};
use units::Unit;

use crate::{
    By, House, Record,
    act::{self, New},
    fill::{Input, RowInput},
    testing::{clerk, house},
};

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

fn commune(house: &House) -> Unit {
    let snapshot = house.now();
    let place = snapshot.tree.find("kien-bai.thuy-nguyen", day("1/6/2021")).unwrap();
    let kinds = snapshot.tree.kinds();
    place.body(kinds.bodies[kinds.body_kind("ubnd").unwrap()].slot.unwrap())
}

fn dialogue(house: &House, unit: Unit) -> New {
    let code = crate::value::Directory::code(&*house.now(), unit.0, day("1/6/2021"));
    let input = Input::default()
        .set("subject", "Đối thoại về thu gom rác")
        .set("kind", "chuyên đề")
        .set("planned_on", "20/5/2021")
        .set("chairs", format!("{code}:chu-tich-ubnd"))
        .set("attendance", "hơn 120");
    New { unit: unit.0, input, ..New::default() }
}

async fn made(house: &House, by: &By, new: New) -> Record {
    act::create(house, by, "dialogue", new).await.unwrap().record
}

fn refused(stop: &Stop, key: &str) {
    let Stop::Refused(refused) = stop else { panic!("not a refusal: {stop}") };
    assert!(refused.0.iter().any(|refusal| refusal.key == key), "{refused}");
}

#[tokio::test]
async fn a_dialogue_goes_its_way_and_its_promises_stand_in_a_book_of_their_own() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let unit = commune(&house);
        let by = clerk(unit.0, day("1/6/2021"));
        let record = made(&house, &by, dialogue(&house, unit)).await;
        assert_eq!((record.reference().as_str(), record.state.as_deref()), ("1/2021", Some("planned")));

        let ahead = act::take(&house, &by, record.id, 1, "hold", day("2/6/2021"), Input::default()).await.unwrap_err();
        refused(&ahead, "step.in_the_future");
        let out_of_order =
            act::take(&house, &by, record.id, 1, "follow", day("1/6/2021"), Input::default()).await.unwrap_err();
        refused(&out_of_order, "step.not_from_here");
        let held =
            act::take(&house, &by, record.id, 1, "hold", day("25/5/2021"), Input::default()).await.unwrap().record;
        assert_eq!((held.day, held.version), (day("25/5/2021"), 2));
        assert!(held.due.is_some(), "the notice of the conclusion runs");

        let mut opinion = RowInput::default();
        for (field, text) in [
            ("text", "Thu gom rác trước 6 giờ"),
            ("outcome", "accepted"),
            ("body", "kien-bai.thuy-nguyen/ubnd"),
            ("due_on", "30/7/2021"),
        ] {
            opinion.fields.insert(field.into(), text.into());
        }
        let mut input = Input::default();
        input.rows.insert("opinion".into(), vec![opinion]);
        let edited = act::edit(&house, &by, record.id, 2, input).await.unwrap().record;
        let without_minutes =
            act::take(&house, &by, record.id, 3, "conclude", day("1/6/2021"), Input::default()).await.unwrap_err();
        refused(&without_minutes, "step.needs");
        let old_book = By { old_book: true, ..by.clone() };
        act::take(&house, &old_book, record.id, edited.version, "conclude", day("1/6/2021"), Input::default())
            .await
            .unwrap();
        let mut tx = house.read().await.unwrap();
        let links = crate::store::links_to(&mut tx, record.id).await.unwrap();
        let promise = crate::store::find(&mut tx, &house.names, links[0].0).await.unwrap();
        assert_eq!((promise.register.as_str(), promise.due), ("commitment", Some(day("30/7/2021"))));
        assert_eq!(ledger::differences(&mut tx).await.unwrap(), []);
        let entries = timeline::list(&mut tx, timeline::Kind::Record.of(record.id.0), i64::MAX, 20).await.unwrap();
        let acts: Vec<&str> = entries.iter().map(|entry| entry.act.as_str()).collect();
        assert_eq!(acts, ["dialogue.conclude", "dialogue.save", "dialogue.hold", "dialogue.create"]);
    }
}

#[tokio::test]
async fn the_second_editor_is_told_and_nothing_is_half_saved() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let unit = commune(&house);
        let by = clerk(unit.0, day("1/6/2021"));
        let record = made(&house, &by, dialogue(&house, unit)).await;
        act::edit(&house, &by, record.id, 1, Input::default().set("venue", "Nhà văn hóa")).await.unwrap();
        let stale =
            act::edit(&house, &by, record.id, 1, Input::default().set("venue", "Hội trường")).await.unwrap_err();
        assert!(matches!(stale, Stop::Stale));
        let bad = Input::default().set("venue", "Sân đình").set("attendance", "nhiều").set("planned_on", "31/11/2021");
        let refusals = act::edit(&house, &by, record.id, 2, bad).await.unwrap_err();
        refused(&refusals, "number.unreadable");
        refused(&refusals, "day.not_in_calendar");
        let (now, _) = act::read(&house, record.id).await.unwrap();
        assert_eq!((now.version, now.document.fields["venue"].as_str()), (2, Some("Nhà văn hóa")));
        let same = act::edit(&house, &by, record.id, 2, Input::default().set("venue", "Nhà  văn hóa")).await.unwrap();
        assert_eq!(same.record.version, 2, "what changes nothing is no change");
    }
}

#[tokio::test]
async fn numbers_have_no_gaps_or_doubles_when_many_write() {
    for scratch in both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let unit = commune(&house);
        let by = clerk(unit.0, day("1/6/2021"));
        let writers = (0..8).map(|_| {
            let (house, by) = (house.clone(), by.clone());
            tokio::spawn(async move {
                let mut numbers = Vec::new();
                for turn in 0..5 {
                    let mut new = dialogue(&house, unit);
                    if turn == 2 {
                        new.input.fields.insert("kind".into(), "không rõ".into());
                    }
                    if let Ok(done) = act::create(&house, &by, "dialogue", new).await {
                        numbers.push(done.record.number);
                    }
                }
                numbers
            })
        });
        let mut numbers: Vec<i64> = Vec::new();
        for writer in writers.collect::<Vec<_>>() {
            numbers.extend(writer.await.unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=32).collect::<Vec<i64>>());
    }
}

#[tokio::test]
async fn private_values_stand_in_the_vault_alone() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let unit = commune(&house);
        let by = clerk(unit.0, day("1/6/2021"));
        let canary = "Zúcchini Canarius";
        let input = Input::default()
            .set("kind", "petition")
            .set("subject", "Kiến nghị sửa đường")
            .set("received_on", "28/5/2021")
            .set("topic", "infrastructure")
            .set("sender_name", canary);
        let record =
            act::create(&house, &by, "submission", New { unit: unit.0, input, ..New::default() }).await.unwrap().record;
        let mut tx = house.read().await.unwrap();
        assert_eq!(house.vault.get(&mut tx, record.id.0, "sender_name").await.unwrap().as_deref(), Some(canary));
        drop(tx);
        let file = tempfile::NamedTempFile::new().unwrap();
        db::backup(&house.db, file.path()).await.unwrap();
        let mut archive = zip::ZipArchive::new(std::fs::File::open(file.path()).unwrap()).unwrap();
        let mut seen = false;
        for place in 0..archive.len() {
            let text = std::io::read_to_string(archive.by_index(place).unwrap()).unwrap();
            let folded = kernel::text::fold(&text);
            assert!(!folded.contains("zucchini"), "{}", archive.by_index(place).unwrap().name().unwrap());
            seen |= folded.contains("kien nghi sua duong");
        }
        assert!(seen, "the control is found");
    }
}

#[tokio::test]
async fn a_step_undone_and_a_record_taken_back_leave_no_evidence() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let unit = commune(&house);
        let by = clerk(unit.0, day("1/6/2021"));
        let record = made(&house, &by, dialogue(&house, unit)).await;
        let held =
            act::take(&house, &by, record.id, 1, "hold", day("25/5/2021"), Input::default()).await.unwrap().record;
        let undone = act::undo(&house, &by, record.id, held.version).await.unwrap().record;
        assert_eq!(undone.state.as_deref(), Some("planned"));
        let silent = act::void(&house, &by, record.id, undone.version, " ").await.unwrap_err();
        refused(&silent, "record.void_needs_a_reason");
        let gone = act::void(&house, &by, record.id, undone.version, "ghi nhầm sổ").await.unwrap().record;
        assert!(gone.void);
        let next = made(&house, &by, dialogue(&house, unit)).await;
        assert_eq!(next.number, 2, "a number stays taken");
        let mut tx = house.read().await.unwrap();
        assert_eq!(ledger::differences(&mut tx).await.unwrap(), []);
        let query = db::dialect::Query {
            phrases: vec![vec!["thu".into(), "gom".into()]],
            unfinished: false,
            readers: vec![format!("u{}", unit.0)],
        };
        assert_eq!(db::dialect::search(&mut tx, &query, i64::MAX, 10).await.unwrap(), [next.id.0]);
    }
}

#[tokio::test]
async fn a_record_s_unit_must_be_there_on_its_day() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let unit = commune(&house);
        let by = clerk(unit.0, day("1/8/2025"));
        let mut new = dialogue(&house, unit);
        new.input.fields.insert("held_on".into(), show_day(day("20/7/2025")));
        new.input.fields.shift_remove("chairs");
        let stop = act::create(&house, &by, "dialogue", new).await.unwrap_err();
        let Stop::Refused(refused) = stop else { panic!("{stop}") };
        assert!(refused.0[0].key.starts_with("units."), "{refused}");
    }
}

#[tokio::test]
async fn the_day_a_letter_came_meets_its_time_bar_or_misses_it_and_law_or_decree_moves_its_term() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let unit = house.now().tree.find("11383/ubnd", day("5/3/2026")).unwrap();
        let by = clerk(unit.0, day("5/3/2026"));
        let input = Input::default()
            .set("kind", "complaint")
            .set("subject", "Khiếu nại quyết định thu hồi đất")
            .set("received_on", "05/03/2026")
            .set("learned_on", "01/12/2025")
            .set("round", "first")
            .set("about", "decision")
            .set("topic", "land")
            .set("sender_name", "Người gửi thử");
        let new = New { unit: unit.0, input, ..New::default() };
        let letter = act::create(&house, &by, "submission", new).await.unwrap().record;
        let clock = |record: &Record, id: &str| {
            let known = record.document.clocks.iter().find(|running| running.clock == id);
            let known = known.unwrap_or_else(|| panic!("no clock {id}"));
            (known.due, known.stopped)
        };
        assert_eq!(clock(&letter, "time_bar"), (day("2/3/2026"), Some(day("5/3/2026"))), "three days late");
        assert_eq!(clock(&letter, "acceptance"), (day("16/3/2026"), None), "ten days by the law");

        let decree = Input::default().set("basis", "decree").set("learned_on", "15/12/2025");
        let letter = act::edit(&house, &by, letter.id, letter.version, decree).await.unwrap().record;
        assert_eq!(clock(&letter, "acceptance"), (day("19/3/2026"), None), "ten working days by the decree");
        assert_eq!(clock(&letter, "time_bar"), (day("16/3/2026"), Some(day("5/3/2026"))), "kept: it was learned later");

        let corrected = Input::default().set("received_on", "04/03/2026");
        let letter = act::edit(&house, &by, letter.id, letter.version, corrected).await.unwrap().record;
        assert_eq!(clock(&letter, "time_bar").1, Some(day("4/3/2026")), "a corrected day of receipt meets it instead");
    }
}
