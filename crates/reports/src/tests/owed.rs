//! What must be sent: due by the outline's limit, in time, late or missing, and nothing of places that no longer stood.

use std::sync::Arc;

use kernel::Day;
use records::testing::{clerk, house};

use super::{life::NoHeads, period};
use crate::{Source, Timeliness, act, owed};

#[tokio::test]
async fn a_report_is_owed_by_a_day_and_known_to_be_late() {
    for scratch in db::testing::both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let snapshot = house.now();
        let source = Source { house: &house, snapshot: &snapshot, heads: &NoHeads };
        let day = period("2021").window().to;
        let commune = snapshot.tree.find("tan-tien.an-duong", day).unwrap();
        let other = snapshot.tree.find("hong-thai.an-duong", day).unwrap();
        let book = snapshot.tree.find(&format!("{}/ubnd", snapshot.tree.at(day).code(commune)), day).unwrap();
        // Five days after the year, as the pack assumes: 05/01/2022, a Wednesday.
        let standing = async |today: Day| {
            let mut tx = house.read().await.unwrap();
            let mut all = owed::owed(&mut tx, source, &[commune, other], 2021, today).await.unwrap();
            all.retain(|one| one.outline.head.report == "annual");
            let due: Vec<Day> = all.iter().filter_map(|one| one.due.as_ref()).map(|due| due.due).collect();
            (due, all.iter().map(|one| one.timeliness).collect::<Vec<_>>())
        };
        let annual = standing(Day::constant(2021, 12, 1)).await;
        assert_eq!(annual.0, [Day::constant(2022, 1, 5); 2]);
        assert_eq!(annual.1, [Timeliness::Running; 2]);
        assert_eq!(standing(Day::constant(2022, 1, 5)).await.1, [Timeliness::Open; 2]);
        assert_eq!(standing(Day::constant(2022, 1, 6)).await.1, [Timeliness::Missing; 2]);

        let by = clerk(book.0, Day::constant(2022, 1, 7));
        let report = act::create(source, &by, "annual", commune, period("2021")).await.unwrap();
        assert_eq!(standing(Day::constant(2022, 1, 7)).await.1, [Timeliness::Missing; 2], "a draft was not sent");
        act::submit(source, &by, report.id, report.version, "").await.unwrap();
        assert_eq!(standing(Day::constant(2022, 1, 8)).await.1, [Timeliness::Late, Timeliness::Missing]);

        // Months but those that a quarter ends with, the first quarter, the first half and nine months; and what later rules ask for, not yet.
        let mut tx = house.read().await.unwrap();
        let count = async |tx: &mut db::Tx, report: &str, year: i16| {
            let all = owed::owed(tx, source, &[commune], year, Day::constant(2022, 1, 8)).await.unwrap();
            all.iter()
                .filter(|one| one.outline.head.report == report)
                .map(|one| one.period.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(count(&mut tx, "month", 2021).await.len(), 8);
        assert_eq!(count(&mut tx, "quarter", 2021).await, ["2021-Q1", "2021-9M"]);
        assert_eq!(count(&mut tx, "six-month", 2021).await, ["2021-H1"]);
        assert_eq!(count(&mut tx, "reception", 2021).await, ["2021-H1", "2021-9M", "2021"], "the circular of May 2021");
        assert!(
            count(&mut tx, "democracy", 2021).await.is_empty()
                && count(&mut tx, "reception-party", 2021).await.is_empty()
        );
        drop(tx);

        // An Dương was a district until 30/6/2025: of 2025 it owes no year.
        let district = snapshot.tree.find("an-duong.hai-phong", day).unwrap();
        let mut tx = house.read().await.unwrap();
        let gone = owed::owed(&mut tx, source, &[district], 2025, Day::constant(2026, 1, 20)).await.unwrap();
        assert!(gone.is_empty(), "{gone:?}");
    }
}

async fn write(house: &records::House, register: &str, unit: units::Unit, today: Day, input: records::fill::Input) {
    let snapshot = house.now();
    let by = records::By { old_book: true, ..clerk(unit.0, today) };
    let new = records::act::New { unit: unit.0, input, ..records::act::New::default() };
    let (changes, _) = records::act::plan_new(house, &snapshot, &by, register, new).await.unwrap();
    records::save::save(house, &snapshot, &by, changes).await.unwrap();
}

#[tokio::test]
async fn what_is_kept_each_year_is_due_late_or_missing() {
    for scratch in db::testing::both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let snapshot = house.now();
        let source = Source { house: &house, snapshot: &snapshot, heads: &NoHeads };
        let end = Day::constant(2025, 12, 31);
        let tree = &snapshot.tree;
        let city = tree.find("31", end).unwrap();
        let party = tree.find("31/dang-uy", end).unwrap();
        let wards: Vec<units::Unit> = tree.at(end).children(city).into_iter().take(3).collect();
        let study = |held: &str| {
            let input =
                records::fill::Input::default().set("subject", "Học tập tác phẩm “Dân vận”").set("form", "meeting");
            input.set("kind", "article").set("held_on", held)
        };
        write(&house, "dissemination", wards[0].body(party.slot()), end, study("14/10/2025")).await;
        write(&house, "dissemination", wards[1].body(party.slot()), end, study("20/10/2025")).await;
        let stands = async |today: Day| {
            let places = [city, wards[0], wards[1], wards[2]];
            let mut tx = house.read().await.unwrap();
            let all = crate::yearly::kept(&mut tx, source, (city, &places), 2025, today).await.unwrap();
            assert!(
                all.iter().all(|one| one.window.to == Day::constant(2025, 10, 15) && one.body.slot() == party.slot())
            );
            all.iter().map(|one| one.timeliness).collect::<Vec<_>>()
        };
        // What a ward did is not the city's own.
        let after = [Timeliness::Missing, Timeliness::InTime, Timeliness::Late, Timeliness::Missing];
        assert_eq!(stands(Day::constant(2025, 10, 16)).await, after);
        assert_eq!(stands(Day::constant(2025, 10, 15)).await[3], Timeliness::Open);
        assert_eq!(stands(Day::constant(2025, 9, 30)).await[3], Timeliness::Running);
    }
}

#[tokio::test]
async fn the_theme_of_the_year_stands_in_the_reports_below() {
    for scratch in db::testing::both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let snapshot = house.now();
        let source = Source { house: &house, snapshot: &snapshot, heads: &NoHeads };
        let end = Day::constant(2025, 12, 31);
        let city = snapshot.tree.find("31/ban-tuyen-giao-dan-van", end).unwrap();
        let ward = snapshot.tree.at(end).children(city.ground())[0];
        let theme = |year: &str, wording: &str, joint: &str| {
            let input = records::fill::Input::default().set("year", year).set("wording", wording).set("joint", joint);
            input.set("issued_on", "10/12/2025")
        };
        write(&house, "theme", city, end, theme("2025", "Gần dân, rõ việc", "no")).await;
        write(&house, "theme", city, end, theme("2025", "Chống bão", "yes")).await;
        write(&house, "theme", city, end, theme("2024", "Năm trước", "no")).await;
        let by = clerk(ward.0, end);
        let words = async |of: &str| {
            let report = act::create(source, &by, "annual", ward, period(of)).await.unwrap();
            let mut tx = house.read().await.unwrap();
            let (draft, _) = act::drafted(&mut tx, source, &report, &[], None).await.unwrap();
            super::text(&draft.paper)
        };
        let told = words("2025").await;
        let by = snapshot.tree.at(end).name(city);
        assert!(told.contains(&format!("Chủ đề công tác năm 2025: “Gần dân, rõ việc” ({by}).")), "{told}");
        assert!(!words("2026").await.contains("Chủ đề công tác năm"), "none was set");
    }
}
