//! The calendar edited in the browser: what is open moves with it, what is past only by a decision, on both databases.

use std::sync::Arc;

use calendar::Due;
use kernel::{Day, Id, show_day};
use web::testing::Reply;

use super::faces::{Office, TODAY, office};
use crate::{
    act::{self, New},
    days::{JOB, MoveDeadlines},
    fill::Input,
    testing::clerk,
};

/// A complaint in the commune's book, as it was entered on a day.
async fn complaint(office: &Office, received: Day, entered: Day) -> Id {
    let topic = office.house.now().pack.topics.topics[0].id.clone();
    let input = Input::default()
        .set("kind", "complaint")
        .set("subject", "Khiếu nại quyết định thu hồi đất")
        .set("received_on", show_day(received))
        .set("topic", topic)
        .set("sender_name", "Trần Văn Kín")
        .set("round", "first");
    let new = New { unit: office.unit, input, ..New::default() };
    act::create(&office.house, &clerk(office.unit, entered), "submission", new).await.unwrap().record.id
}

async fn due(office: &Office, record: Id) -> (Day, Due) {
    let (record, _) = act::read(&office.house, record).await.unwrap();
    let running = record.document.clocks.iter().find(|running| running.clock == "acceptance").unwrap();
    assert_eq!(record.due.is_some(), running.runs());
    (running.due, serde_json::from_value(running.derivation.clone()).unwrap())
}

/// Lets the job that the answer leads to run, and gives what it came to.
async fn moved(office: &Office, reply: &Reply) -> serde_json::Value {
    assert_eq!(reply.status, 303, "{}", reply.text());
    let mut tx = office.house.read().await.unwrap();
    let job = jobs::list(&mut tx, jobs::Whose::Everyone, i64::MAX, 1).await.unwrap().remove(0);
    drop(tx);
    let work = jobs::Jobs::new().with(JOB, Arc::new(MoveDeadlines { house: office.house.clone() }));
    let clock = Arc::new(|| web::testing::NOW.parse().unwrap());
    let done = jobs::see_through(&office.house.db, Arc::new(work), clock, job.id, |_| {}).await.unwrap();
    assert_eq!((done.kind.as_str(), done.state), (JOB, jobs::State::Done), "{:?}", done.reasons);
    done.result.unwrap()
}

#[tokio::test]
async fn a_day_off_moves_what_is_open_and_what_is_past_only_by_a_decision() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let (past, then) = (Day::constant(2026, 8, 3), Day::constant(2026, 8, 4));
        let open = complaint(&office, Day::constant(2026, 9, 3), TODAY).await;
        let (left, chosen) = (complaint(&office, past, then).await, complaint(&office, past, then).await);
        let ((open_due, _), (past_due, _)) = (due(&office, open).await, due(&office, left).await);
        assert!(past_due < TODAY && TODAY < open_due, "{past_due} {open_due}");

        let quan = office.town.by("quan");
        let line = |day: Day| format!("{}\tNghỉ tại địa phương\tLễ hội làng", show_day(day));
        let lines = format!("{}\n{}", line(open_due), line(past_due));
        let fields = [("decision", "Thông báo 12/TB-UBND"), ("standing", "confirmed"), ("lines", lines.as_str())];
        let told = quan.post("/days/new", &fields).await;
        assert_eq!(told.status, 200);
        told.shows("Thời hạn sẽ đổi").shows("Thời hạn đã qua").shows(&show_day(open_due)).shows(&show_day(past_due));
        assert_eq!(due(&office, open).await.0, open_due, "looking changes nothing");

        let box_of = |record: Id| format!("{record}.acceptance");
        let tick = box_of(chosen);
        let apply = [&fields[..], &[("go", "apply"), ("move", tick.as_str())]].concat();
        quan.post("/days/new", &apply).await.shows("Lý do: chưa ghi").shows("checked");
        let reason = [("reason", "Cơ quan đóng cửa, đã báo người gửi")];
        let result = moved(&office, &quan.post("/days/new", &[&apply[..], &reason].concat()).await).await;
        assert_eq!(result["left"], 1, "{result}");

        let (after, why) = due(&office, open).await;
        assert!(after > open_due, "{after}");
        assert!(why.sentence(kernel::Lang::Vi).contains("Lễ hội làng"), "{}", why.sentence(kernel::Lang::Vi));
        assert_eq!(due(&office, left).await.0, past_due, "nobody decided to move it");
        assert!(due(&office, chosen).await.0 > past_due);
        let an = office.town.by("an");
        an.get(&format!("/records/{open}")).await.shows("Lịch nghỉ thay đổi theo Thông báo 12/TB-UBND");
        an.get(&format!("/records/{chosen}")).await.shows("Cơ quan đóng cửa, đã báo người gửi");
        an.get("/days?year=2026").await.shows("Lễ hội làng").shows("ghi tại đây").hides("/days/new");

        // An ordinary edit of a record whose deadline passed does not take it along.
        let (record, _) = act::read(&office.house, left).await.unwrap();
        let edit = Input::default().set("subject", "Khiếu nại quyết định thu hồi đất, thửa 12");
        act::edit(&office.house, &clerk(office.unit, TODAY), left, record.version, edit).await.unwrap();
        assert_eq!(due(&office, left).await.0, past_due);
        // A corrected day of receipt does: that is what was corrected.
        let (record, _) = act::read(&office.house, left).await.unwrap();
        let edit = Input::default().set("received_on", "04/08/2026");
        act::edit(&office.house, &clerk(office.unit, TODAY), left, record.version, edit).await.unwrap();
        assert!(due(&office, left).await.0 > past_due);

        let mut tx = office.house.read().await.unwrap();
        let rows = crate::store::days(&mut tx).await.unwrap();
        let entries = timeline::latest(&mut tx, None, i64::MAX, 500).await.unwrap();
        drop(tx);
        assert!(entries.iter().any(|entry| entry.act == "calendar.enter" && entry.body["past_moved"] == 1));
        let row = rows.iter().find(|row| row.day() == open_due).unwrap();
        let back = format!("/days/{}/back", Id(row.id));
        quan.get(&back).await.shows("Thời hạn sẽ đổi").shows(&show_day(open_due));
        quan.post(&back, &[("go", "apply")]).await.shows("Lý do: chưa ghi");
        moved(&office, &quan.post(&back, &[("go", "apply"), ("reason", "Thông báo được thu hồi")]).await).await;
        assert_eq!(due(&office, open).await.0, open_due);
        assert_eq!(quan.get(&back).await.status, 404, "it stands no more");
        quan.get("/days?year=2026").await.shows("Thông báo được thu hồi");
    }
}

#[tokio::test]
async fn a_year_that_is_confirmed_settles_the_deadlines_in_it() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let received = Day::constant(2027, 1, 29);
        let letter = complaint(&office, received, received).await;
        let (day, before) = due(&office, letter).await;
        assert!(!before.certain && before.sentence(kernel::Lang::Vi).contains("2027"), "{before:?}");
        let quan = office.town.by("quan");
        quan.get("/days?year=2027").await.shows("chưa được xác nhận");
        let fields = [("decision", "Quyết định 99/QĐ-TTg"), ("decided", "01/09/2026"), ("confirm", "2027")];
        quan.post("/days/new", &fields).await.shows("1 thời hạn giữ nguyên ngày");
        let result = moved(&office, &quan.post("/days/new", &[&fields[..], &[("go", "apply")]].concat()).await).await;
        assert_eq!((&result["moved"], &result["settled"]), (&0.into(), &1.into()), "{result}");
        let (settled, after) = due(&office, letter).await;
        assert!(settled == day && after.certain, "{after:?}");
        quan.get("/days?year=2027").await.shows("đã xác nhận: Quyết định 99/QĐ-TTg (01/09/2026)");

        // A year of which no file knows: confirmed with its days, never without.
        let bare = [("decision", "Quyết định 100/QĐ-TTg"), ("confirm", "2029")];
        quan.post("/days/new", &bare).await.shows("Năm 2029 chưa có ngày nghỉ nào");
        let lines = [("lines", "13/02/2029-15/02/2029\tnghỉ lễ\tTết Âm lịch"), ("go", "apply")];
        moved(&office, &quan.post("/days/new", &[&bare[..], &lines[..]].concat()).await).await;
        quan.get("/days?year=2029").await.shows("Lịch năm 2029 đã xác nhận").shows("Tết Âm lịch").hides("Chưa có lịch");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_told_by_its_line_and_only_the_administrator_above_enters() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let quan = office.town.by("quan");
        let lines = "16/02/2026-20/02/2026\tnghỉ lễ\tTết Âm lịch\n31/02/2026\tnghỉ lễ\tSai ngày\n22/08/2026;đi làm;";
        let fields = [("decision", "Thông báo 1"), ("standing", "confirmed"), ("lines", lines)];
        let told = quan.post("/days/new", &fields).await;
        assert_eq!(told.status, 422);
        told.shows("Dòng 2: “31/02/2026”").shows("Dòng 3: “đi làm”").hides("Dòng 1:");
        quan.post("/days/new", &[("decision", "Thông báo 1")]).await.shows("Chưa ghi ngày nào");
        for login in ["an", "binh", "dung"] {
            assert_eq!(office.town.by(login).post("/days/new", &fields).await.status, 403, "{login}");
            assert_eq!(office.town.by(login).get("/days").await.status, 200, "{login}");
        }
        let mut tx = office.house.read().await.unwrap();
        assert_eq!(crate::store::days(&mut tx).await.unwrap(), []);
    }
}
