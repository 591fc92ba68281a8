//! Lists as people ask for them: pages, orders, conditions, saved views; alike on both databases.

use kernel::{Day, Id};
use units::Unit;

use super::faces::{TODAY, letter, office};
use crate::{act, fill::Input, lists, testing};

#[tokio::test]
async fn lists_are_paged_sorted_and_narrowed_alike_on_both() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let snapshot = office.house.now();
        let register = snapshot.register("outreach").unwrap();
        let by = testing::clerk(office.unit, TODAY);
        for number in 0..60_i64 {
            let input = filled(&snapshot, number);
            act::create(&office.house, &by, "outreach", act::New { unit: office.unit, input, ..act::New::default() })
                .await
                .unwrap();
        }
        let book = lists::Book {
            house: &office.house,
            snapshot: &snapshot,
            scope: &lists::Scope::operator(),
            register,
            today: TODAY,
        };
        for scope in [
            lists::Scope::operator(),
            lists::Scope::new(vec![Unit(office.unit).key()], Some(vec![office.unit]), office.unit),
        ] {
            for sort in [
                "",
                "-day",
                "day",
                "number",
                "-number",
                "title",
                "-title",
                "due",
                "-recorded",
                "f.held_on",
                "-f.held_on",
            ] {
                let mut seen: Vec<Id> = Vec::new();
                let mut after = String::new();
                loop {
                    let query =
                        web::Fields::from_iter([("view", "all"), ("rows", "25"), ("sort", sort), ("after", &after)]);
                    let (asked, told) = lists::Asked::read(&snapshot, register, &query, TODAY);
                    assert!(told.is_empty(), "{told:?}");
                    let page = lists::Book { scope: &scope, ..book }.page(&asked).await.unwrap();
                    let numbers: Vec<i64> = page.records.iter().map(|record| record.number).collect();
                    if sort == "number" {
                        assert!(numbers.is_sorted());
                    }
                    seen.extend(page.records.iter().map(|record| record.id));
                    let Some(next) = page.next else { break };
                    after = next.handle();
                }
                let mut each = seen.clone();
                each.sort_unstable();
                each.dedup();
                assert_eq!((seen.len(), each.len()), (60, 60), "{sort}");
            }
        }
        // Nobody's scope holds nothing.
        let (nobody, all) = (lists::Scope::new(Vec::new(), None, 0), lists::Asked::all(10));
        let page = lists::Book { scope: &nobody, ..book }.page(&all).await.unwrap();
        assert!(page.records.is_empty());
        // Many at once: what is refused is named, the rest is done.
        let found = book.page(&lists::Asked::all(3)).await.unwrap();
        let handles: Vec<String> = found.records.iter().map(|record| record.id.handle()).collect();
        let mut fields = vec![("act", "field.audience"), ("sure", "yes"), ("shown", "audience"), ("audience", "77")];
        fields.extend(handles.iter().map(|handle| ("id", handle.as_str())));
        let reply = office.town.by("an").post("/registers/outreach/bulk", &fields).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        for handle in &handles {
            office.town.by("an").get(&format!("/records/{handle}")).await.shows("<dd>77</dd>");
        }
        // A view of one's own.
        let kept = office
            .town
            .by("an")
            .post(
                "/registers/outreach/views/new",
                &[("query", "view=all&f.held_on.from=01/01/2026"), ("name", "Đông người")],
            )
            .await;
        assert_eq!(kept.status, 303);
        office.town.by("an").get("/registers/outreach").await.shows("Đông người");
        office.town.by("binh").get("/registers/outreach").await.hides("Đông người");
    }
}

fn filled(snapshot: &crate::Snapshot, number: i64) -> Input {
    let register = snapshot.register("outreach").unwrap();
    let mut input = Input::default();
    for field in register.fields.iter().filter(|field| field.required) {
        let text = match field.kind {
            pack::register::FieldType::Choice => field.choices[0].id.clone(),
            pack::register::FieldType::Topic => snapshot.pack.topics.topics[0].id.clone(),
            pack::register::FieldType::Date => kernel::show_day(Day::constant(
                2026,
                1 + i8::try_from(number % 8).unwrap(),
                1 + i8::try_from(number % 27).unwrap(),
            )),
            pack::register::FieldType::Count => number.to_string(),
            _ => format!("Buổi {}", number * 7 % 60),
        };
        input.fields.insert(field.id.clone(), text);
    }
    input.fields.entry("audience".into()).or_insert_with(|| (number % 9).to_string());
    input
}

#[tokio::test]
async fn every_order_and_condition_is_answered_on_both() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        // Asked with everything on, each drive and each order meets its text.
        letter(&office).await;
        for login in ["an", "dung"] {
            for sort in
                ["day", "-day", "number", "-title", "title", "due", "recorded", "f.received_on", "-f.received_on"]
            {
                for rest in [
                    "",
                    "&f.kind=petition",
                    "&q=khieu",
                    "&view=overdue",
                    "&state=received&year=2026&from=01/01/2026&to=31/12/2026",
                ] {
                    let page = office.town.by(login).get(&format!("/registers/submission?sort={sort}{rest}")).await;
                    assert_eq!(page.status, 200, "{sort}{rest} {}", page.text());
                }
            }
        }
    }
}
