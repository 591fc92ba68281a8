//! What registers call for: a dialogue where voices pile up, a committee renewed when people leave.

use db::testing::both;
use kernel::{Day, parse_day, show_day};
use people::Holder;
use units::Unit;

use super::faces::{Office, TODAY, office};
use crate::{
    act::{self, New},
    fill::{Input, RowInput},
    testing::clerk,
    value::Directory as _,
};

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

/// A record in the commune's book, written down from the old book.
async fn made(office: &Office, register: &str, texts: &[(&str, &str)]) -> crate::Record {
    let input = texts.iter().fold(Input::default(), |input, (name, text)| input.set(name, *text));
    let mut by = clerk(office.unit, TODAY);
    by.old_book = true;
    let new = New { unit: office.unit, input, ..New::default() };
    act::create(&office.house, &by, register, new).await.unwrap().record
}

#[tokio::test]
async fn voices_that_pile_up_call_for_a_dialogue() {
    for scratch in both().await.unwrap() {
        let office = office(scratch).await;
        let place = office.house.now().code(Unit(office.unit).ground().0, TODAY);
        let note = |n: usize, on: &'static str| {
            let (office, place) = (&office, place.clone());
            async move {
                let issue = format!("Nước sinh hoạt yếu {n}");
                let texts = [("issue", issue.as_str()), ("topic", "infrastructure"), ("place", &place)];
                let more = [("source", "village"), ("noted_on", on)];
                made(office, "situation_report", &[texts.as_slice(), more.as_slice()].concat()).await
            }
        };
        let opinion = |n: usize| {
            let (office, place) = (&office, place.clone());
            async move {
                let subject = format!("Đường ngõ {n}");
                let texts = [("subject", subject.as_str()), ("topic", "infrastructure"), ("place", &place)];
                let more = [("source", "meeting"), ("received_on", "01/09/2026")];
                made(office, "voter_opinion", &[texts.as_slice(), more.as_slice()].concat()).await
            }
        };
        note(1, "01/09/2026").await;
        note(2, "20/08/2026").await;
        note(3, "10/08/2026").await;
        opinion(1).await;
        // Too long ago to count.
        note(4, "01/05/2026").await;
        let (an, chi) = (office.town.by("an"), office.town.by("chi"));
        an.get("/").await.hides("Nên tổ chức");
        opinion(2).await;

        let new = format!("/registers/dialogue/new?f.topic=infrastructure&amp;f.place={place}&amp;f.kind=thematic");
        an.get("/").await.shows("Nên tổ chức cuộc đối thoại").shows(&new);
        let list = an.get("/registers/dialogue").await;
        list.shows(&new).shows(">3 tình hình<").shows(">2 ý kiến, kiến nghị<");
        list.shows(&format!("f.topic=infrastructure&amp;f.place={place}"));
        // Not at another body's desk, and not at that of who may not write it down.
        chi.get("/").await.hides("Nên tổ chức");
        let form = an.get(&new.replace("&amp;", "&")).await;
        form.shows("value=\"infrastructure\" selected").shows("value=\"thematic\" checked");

        let texts = [("subject", "Hạ tầng"), ("kind", "thematic"), ("topic", "infrastructure"), ("place", &*place)];
        let planned = [("planned_on", "20/09/2026")];
        let dialogue = made(&office, "dialogue", &[texts.as_slice(), planned.as_slice()].concat()).await;
        an.get("/").await.hides("Nên tổ chức");
        let page = an.get(&format!("/records/{}", dialogue.id)).await;
        page.shows("Ý kiến còn mở cùng lĩnh vực, địa bàn").shows("Nước sinh hoạt yếu 1").shows("Đường ngõ 2");
        page.hides("Nước sinh hoạt yếu 4");
    }
}

#[tokio::test]
async fn a_committee_is_to_be_renewed_when_someone_has_left() {
    for scratch in both().await.unwrap() {
        let office = office(scratch).await;
        let (house, unit) = (&office.house, office.unit);
        let held = |post: &str, name: &str, from: &str, to: Option<&str>| Holder {
            unit: Unit(unit),
            post: post.to_owned(),
            name: name.to_owned(),
            from: day(from),
            to: to.map(day),
        };
        let holders = [
            held("chu-tich-ubnd", "Lê Văn Trước", "1/1/2025", Some("1/2/2026")),
            held("chu-tich-ubnd", "Trần Văn Cũ", "1/2/2026", Some("1/8/2026")),
            held("chu-tich-ubnd", "Phạm Thị Mới", "1/8/2026", None),
        ];
        let mut tx = house.db.begin().await.unwrap();
        people::enter_holders(&mut tx, &house.ids, (0, 0), &holders, clerk(unit, TODAY).now).await.unwrap();
        tx.commit().await.unwrap();

        let place = house.now().code(Unit(unit).ground().0, TODAY);
        let head = format!("{}:chu-tich-ubnd", house.now().code(unit, TODAY));
        let mut input = Input::default()
            .set("kind", "government_engagement")
            .set("place", &place)
            .set("number", "12/QĐ-UBND")
            .set("decided_on", "01/03/2026")
            .set("head", &head);
        let member = [("post", head.as_str()), ("role", "head")];
        let fields = member.map(|(name, text)| (name.to_owned(), text.to_owned())).into_iter().collect();
        input.rows.insert("member".to_owned(), vec![RowInput { n: None, fields }]);
        let mut by = clerk(unit, TODAY);
        by.old_book = true;
        let made = act::create(house, &by, "steering_committee", New { unit, input, ..New::default() }).await;
        let id = made.unwrap().record.id;

        let (an, page, step) = (office.town.by("an"), format!("/records/{id}"), format!("/records/{id}/steps/change"));
        let said = "Trần Văn Cũ thôi giữ chức vụ Chủ tịch Ủy ban nhân dân";
        an.get(&page).await.shows("Cần kiện toàn").shows(said).shows("Phạm Thị Mới").shows("Ghi thay đổi nhân sự");
        // Who had left before the decision is no reason.
        an.get(&page).await.hides("Lê Văn Trước");
        an.get("/").await.shows("Ban chỉ đạo: Cần kiện toàn").shows(said).shows(&step);
        an.get("/registers/steering_committee").await.shows(said);
        office.town.by("chi").get("/").await.hides("Trần Văn Cũ");

        let changed = Input::default().set("changed_on", "01/08/2026");
        act::take(house, &by, id, 1, "change", day("1/8/2026"), changed).await.unwrap();
        // Said once, it waits for its clock, not for this.
        an.get("/").await.hides(said);
        an.get(&page).await.shows(said);
        let renewed = Input::default().set("renewed_on", show_day(TODAY)).set("renewal", "40/QĐ-UBND");
        act::take(house, &by, id, 2, "renew", TODAY, renewed).await.unwrap();
        an.get(&page).await.hides(said).hides("Cần kiện toàn");
    }
}
