//! The life of a report on both databases: begun, written, sent back, answered, issued, and restated when records change afterwards.

use std::sync::Arc;

use db::Stop;
use figures::{Head, Heads};
use kernel::{Day, show_day};
use records::{
    By, House, Record,
    act::{self as entries, New},
    fill::Input,
    save,
    testing::{clerk, house},
};
use timeline::Kind;
use units::Unit;

use super::period;
use crate::{Cause, Finding, Report, Signed, Source, State, act, frozen, restated};

pub(super) struct NoHeads;

impl Heads for NoHeads {
    fn heads(&self, _: &[String], _: calendar::Window) -> Vec<Head> {
        Vec::new()
    }
}

pub(super) const TODAY: Day = Day::constant(2022, 1, 13);

/// Dialogues of a commune, held on days of 2021.
pub(super) async fn hold(house: &House, unit: Unit, by: &By, days: &[Day]) -> Vec<Record> {
    let snapshot = house.now();
    let mut made = Vec::new();
    for (n, day) in days.iter().enumerate() {
        let input = Input::default()
            .set("subject", format!("Đối thoại {n} ngày {day}"))
            .set("kind", "periodic")
            .set("topic", "land")
            .set("legal_basis", "own_regulation")
            .set("audience", "residents")
            .set("place", snapshot.tree.at(*day).code(unit.ground()))
            .set("planned_on", show_day(*day))
            .set("held_on", show_day(*day))
            .set("chairs", format!("#{}:chu-tich-ubnd", unit.0))
            .set("attendance", "40");
        let new = New { unit: unit.0, input, steps: vec![("hold".to_owned(), *day)], ..New::default() };
        let by = By { old_book: true, ..by.clone() };
        let (changes, _) = entries::plan_new(house, &snapshot, &by, "dialogue", new).await.unwrap();
        made.extend(save::save(house, &snapshot, &by, changes).await.unwrap());
    }
    made.retain(|record| record.register == "dialogue");
    made
}

async fn read(house: &House, id: kernel::Id) -> Report {
    act::find(&mut house.read().await.unwrap(), id).await.unwrap().0
}

#[tokio::test]
async fn a_report_goes_its_way_and_tells_what_changed_afterwards() {
    for scratch in db::testing::both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let snapshot = house.now();
        let heads = NoHeads;
        let source = Source { house: &house, snapshot: &snapshot, heads: &heads };
        let day = period("2021").window().to;
        let commune = snapshot.tree.find("tan-tien.an-duong", day).unwrap();
        let book = snapshot.tree.find(&format!("{}/ubnd", snapshot.tree.at(day).code(commune)), day).unwrap();
        let by = clerk(book.0, TODAY);
        hold(&house, book, &by, &[Day::constant(2021, 3, 4), Day::constant(2021, 9, 7)]).await;

        let report = act::create(source, &by, "annual", commune, period("2021")).await.unwrap();
        assert_eq!((report.state, report.body, report.outline.as_str()), (State::Draft, book, "annual-commune"));
        let again = act::create(source, &by, "annual", commune, period("2021")).await.unwrap();
        assert_eq!(again.id, report.id, "of an outline, unit and period there is one report");

        // Two people at once: the second is told, and nothing is lost.
        let id = report.id;
        act::write(source, &by, id, 1, "lessons", "x").await.unwrap_err();
        act::write(source, &by, id, 1, "tasks", "Giữ lịch đối thoại mỗi quý.").await.unwrap();
        let late = act::write(source, &by, id, 1, "tasks", "Khác").await.unwrap_err();
        assert!(matches!(late, Stop::Stale));

        let slip = "Giải quyết 05/08 vụ việc (90%).";
        act::write(source, &by, id, 2, "tasks", slip).await.unwrap();
        let unexplained = act::submit(source, &by, id, 3, " ").await.unwrap_err();
        assert!(
            matches!(&unexplained, Stop::Refused(refused) if refused.0[0].key == "reports.submit_why"),
            "{unexplained:?}"
        );
        act::submit(source, &by, id, 3, "Giữ theo số đã công bố.").await.unwrap();
        let refused = act::write(source, &by, id, 4, "tasks", "Sửa sau khi trình").await.unwrap_err();
        assert!(matches!(&refused, Stop::Refused(refused) if refused.0[0].key == "reports.not_now"), "{refused:?}");
        let nothing = act::send_back(source, &by, id, 4, "number:no.such", "Xem lại").await.unwrap_err();
        assert!(matches!(&nothing, Stop::Refused(refused) if refused.0[0].key == "reports.return_what"), "{nothing:?}");
        act::send_back(source, &by, id, 4, "number:dialogue.held", "Một thôn còn một cuộc chưa nhập.").await.unwrap();
        let open = act::submit(source, &by, id, 5, "").await.unwrap_err();
        assert!(matches!(&open, Stop::Refused(refused) if refused.0[0].key == "reports.returns_open"), "{open:?}");

        hold(&house, book, &by, &[Day::constant(2021, 12, 2)]).await;
        let (now, returns) = act::find(&mut house.read().await.unwrap(), id).await.unwrap();
        assert_eq!((now.state, returns.len(), returns[0].label.as_str()), (State::Returned, 1, "02 cuộc đối thoại"));
        act::answer(source, &by, id, returns[0].id, "Đã nhập.").await.unwrap();
        act::submit(source, &by, id, 5, "Giữ theo số đã công bố.").await.unwrap();
        act::accept(source, &by, id, 6).await.unwrap();
        let signed =
            |day| Signed { number: " 18-BC/BDVTU".to_owned(), day, signer: Some("Nguyễn Văn A".to_owned()) };
        let early = act::issue(source, &by, id, 7, signed(Day::constant(2021, 6, 1)), None).await.unwrap_err();
        assert!(
            matches!(&early, Stop::Refused(refused) if refused.0[0].key == "reports.signed_before_end"),
            "{early:?}"
        );
        act::issue(source, &by, id, 7, signed(TODAY), None).await.unwrap();

        let report = read(&house, id).await;
        let mut tx = house.read().await.unwrap();
        let kept = frozen(&mut tx, &report).await.unwrap();
        assert!(kept.whole && report.state == State::Issued && report.round == 2);
        assert_eq!(kept.paper.head.number.as_deref(), Some("18"));
        let facts = kept.facts.iter().find(|one| one.figure == "dialogue.held" && one.window == report.window).unwrap();
        assert_eq!(facts.list.len(), 3, "{facts:?}");
        assert_eq!(restated(&mut tx, source, &report, &kept).await.unwrap(), []);
        drop(tx);

        let late = hold(&house, book, &by, &[Day::constant(2021, 5, 6), Day::constant(2021, 5, 7)]).await;
        let mut tx = house.read().await.unwrap();
        let changed = restated(&mut tx, source, &report, &kept).await.unwrap();
        let held = changed.iter().find(|one| one.number.key == "dialogue.held").unwrap();
        assert_eq!((held.number.shown.as_str(), held.now.as_str()), ("03 cuộc đối thoại", "05 cuộc đối thoại"));
        assert_eq!(held.told(), "2 cuộc đối thoại nhập muộn.");
        let mut records: Vec<i64> = late.iter().map(|record| record.id.0).collect();
        records.sort_unstable();
        assert_eq!(held.causes, [Cause::Added { noun: "cuộc đối thoại".to_owned(), records }]);
        let page = papers::html(&kept.marked(&changed), None).into_string();
        assert!(page.contains("03 cuộc đối thoại → 05 cuộc đối thoại"), "{page}");
        let (draft, _) = act::drafted(&mut tx, source, &report, &[], None).await.unwrap();
        assert!(draft.findings.iter().any(|finding| matches!(finding, Finding::Unwritten { .. })));
        assert_eq!(frozen(&mut tx, &report).await.unwrap(), kept, "what was issued stays");
        let paper = act::paper(source, "annual", commune, period("2021"), None).await.unwrap();
        assert_eq!(paper, kept.paper, "the shell writes what was issued");

        let entries = timeline::list(&mut tx, Kind::Report.of(id.0), i64::MAX, 50).await.unwrap();
        let submitted = entries.iter().find(|entry| entry.act == "report.submit").unwrap();
        assert_eq!(submitted.body["reason"], "Giữ theo số đã công bố.", "the reason is kept");
        let acts: Vec<&str> = entries.iter().rev().map(|entry| entry.act.as_str()).collect();
        let order = ["create", "write", "write", "submit", "return", "answer", "submit", "accept", "issue"];
        assert_eq!(acts, order.map(|act| format!("report.{act}")));
    }
}
