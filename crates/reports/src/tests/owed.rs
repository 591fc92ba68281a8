//! What must be sent: due by the outline's limit, in time, late or missing, and nothing of places that no longer stood.

use std::sync::Arc;

use figures::{Head, Heads};
use kernel::Day;
use records::testing::{clerk, house};

use super::period;
use crate::{Source, Timeliness, act, owed};

struct NoHeads;

impl Heads for NoHeads {
    fn heads(&self, _: &[String], _: calendar::Window) -> Vec<Head> {
        Vec::new()
    }
}

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
        act::submit(source, &by, report.id, report.version).await.unwrap();
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
