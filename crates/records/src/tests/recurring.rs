//! Sessions by rule: which days, what stands in their way, all saved or none; put off, held, delegated and missed, each counted once.

use calendar::Window;
use db::{Stop, testing::both};
use jiff::civil::Weekday;
use kernel::{Day, parse_day};

use super::faces::{TODAY, office, send};
use crate::{
    By, House, Record,
    act::{self, New},
    fill::Input,
    recurring::{Asked, Found, LAST, Plan, Rule, plan},
    testing::{clerk, house},
    value::Directory as _,
};

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

fn window(from: &str, to: &str) -> Window {
    Window::new(day(from), day(to)).unwrap()
}

#[test]
fn a_rule_gives_its_days() {
    let thursday = vec![Weekday::Thursday];
    for (rule, from, to, expected) in [
        (Rule::Month(vec![25, 10]), "11/10/2026", "10/11/2026", "25/10 10/11"),
        (Rule::Month(vec![31]), "1/1/2028", "30/4/2028", "31/01 29/02 31/03 30/04"),
        (Rule::Month(vec![30, 31]), "1/4/2026", "30/4/2026", "30/04"),
        (Rule::Week(thursday.clone()), "1/10/2026", "29/10/2026", "01/10 08/10 15/10 22/10 29/10"),
        (Rule::Nth(vec![2], thursday.clone()), "1/10/2026", "31/12/2026", "08/10 12/11 10/12"),
        (Rule::Nth(vec![1, LAST], vec![Weekday::Friday]), "1/10/2026", "31/10/2026", "02/10 30/10"),
        (Rule::Nth(vec![2], thursday), "9/10/2026", "31/10/2026", ""),
    ] {
        let days: Vec<String> =
            rule.days(window(from, to)).iter().map(|day| format!("{:02}/{:02}", day.day(), day.month())).collect();
        assert_eq!(days.join(" "), expected, "{rule:?}");
    }
}

fn chair(house: &House, unit: i64) -> String {
    format!("{}:chu-tich-ubnd", house.now().code(unit, TODAY))
}

/// `12/10 new 5/10`, `25/11 same`: each day of a plan and what was found of it.
fn told(plan: &Plan<'_>) -> Vec<String> {
    let short = |day: Day| format!("{}/{}", day.day(), day.month());
    let one = |one: &crate::recurring::Planned| {
        let found = match &one.found {
            Found::New { notice, .. } => {
                format!("new {}", notice.as_ref().map_or_else(String::new, |notice| short(notice.due)))
            }
            Found::SameDay => "same".to_owned(),
            Found::Known(_) => "known".to_owned(),
            Found::PutOff(_, to) => format!("put off {}", short(*to)),
        };
        let moved = if one.moved.is_some() { format!("{}>", short(one.nominal)) } else { String::new() };
        format!("{moved}{} {found}", short(one.on))
    };
    plan.days.iter().map(one).collect()
}

#[tokio::test]
async fn a_period_is_held_against_days_off_the_law_and_what_stands() {
    for scratch in both().await.unwrap() {
        let office = office(scratch).await;
        let (house, unit) = (&office.house, office.unit);
        let snapshot = house.now();
        let register = snapshot.register("reception_session").unwrap();
        let recurs = register.recurs.as_ref().unwrap();
        let by = clerk(unit, TODAY);
        let input = Input::default().set("head", chair(house, unit)).set("kind", "periodic");
        let ask = |rule: &'static Rule, within| Asked { register, recurs, unit, rule, within };
        let twice: &'static Rule = Box::leak(Box::new(Rule::Month(vec![10, 25])));
        let once: &'static Rule = Box::leak(Box::new(Rule::Month(vec![10])));
        let clash: &'static Rule = Box::leak(Box::new(Rule::Month(vec![24, 25])));

        let autumn = window("4/9/2026", "30/11/2026");
        let planned = plan(house, &snapshot, &by, ask(twice, autumn), &input).await.unwrap();
        let expected = [
            "10/9 new 3/9",
            "25/9 new 18/9",
            "10/10>12/10 new 5/10",
            "25/10>26/10 new 19/10",
            "10/11 new 3/11",
            "25/11 new 17/11",
        ];
        assert_eq!(told(&planned), expected, "24/11 is a holiday, so 17/11");
        let [owed] = &planned.owed[..] else { panic!("one rule binds the chair of a commune since 1/7/2026") };
        assert_eq!((owed.duty.id.as_str(), owed.turns.len()), ("reception_commune_monthly", 3));
        assert_eq!(owed.missing().count(), 0);
        let fewer = plan(house, &snapshot, &by, ask(once, autumn), &input).await.unwrap();
        assert_eq!(fewer.owed[0].missing().map(|(_, count)| *count).collect::<Vec<_>>(), [1, 1, 1]);
        let clashing =
            plan(house, &snapshot, &by, ask(clash, window("1/11/2026", "30/11/2026")), &input).await.unwrap();
        assert_eq!(told(&clashing), ["24/11>25/11 new 17/11", "25/11 same"]);
        let weekly = plan(house, &snapshot, &by, ask(twice, window("1/1/2026", "30/6/2026")), &input).await.unwrap();
        assert_eq!(weekly.owed[0].duty.id, "reception_commune_weekly", "a day a week before 1/7/2026");
        assert!(weekly.owed[0].missing().count() > 12);

        // All of them, or none: a day that is not of the plan refuses the others too.
        let again = plan(house, &snapshot, &by, ask(twice, autumn), &input).await.unwrap();
        assert!(again.chosen(&[day("12/10/2026"), day("13/10/2026")]).is_err());
        let chosen = planned.chosen(&[day("12/10/2026"), day("26/10/2026"), day("10/11/2026")]).unwrap();
        let made = crate::save::save(house, &snapshot, &by, chosen).await.unwrap();
        assert_eq!(made.iter().map(|record| record.number).collect::<Vec<_>>(), [1, 2, 3]);
        let off = [("planned_on", "29/10/2026"), ("postponed_reason", "Họp"), ("postponed_told", "Niêm yết lại")];
        step(house, &clerk(unit, day("20/10/2026")), made[1].id, "postpone", "20/10/2026", &off).await.unwrap();
        let after = plan(house, &snapshot, &by, ask(twice, autumn), &input).await.unwrap();
        let expected = [
            "10/9 new 3/9",
            "25/9 new 18/9",
            "10/10>12/10 known",
            "25/10>26/10 put off 29/10",
            "10/11 known",
            "25/11 new 17/11",
        ];
        assert_eq!(told(&after), expected);
        assert_eq!(after.owed[0].missing().count(), 0, "what stands counts, the one put off on its new day");
        let missed = [("missed_reason", "Bão")];
        step(house, &clerk(unit, day("12/10/2026")), made[0].id, "miss", "12/10/2026", &missed).await.unwrap();
        let after = plan(house, &snapshot, &by, ask(twice, autumn), &input).await.unwrap();
        assert_eq!(after.owed[0].missing().count(), 1, "what was missed does not count");
    }
}

#[tokio::test]
async fn the_page_shows_every_day_before_anything_is_saved() {
    for scratch in both().await.unwrap() {
        let office = office(scratch).await;
        let path = "/registers/reception_session/by-rule";
        let an = office.town.by("an");
        an.get("/registers/reception_session").await.shows(path);
        an.get("/registers/submission").await.hides("by-rule");
        assert_eq!(an.get("/registers/submission/by-rule").await.status, 404);
        an.get(path).await.shows("name=\"weekday\"").shows("name=\"from\" value=\"01/10/2026\"");
        let chair = chair(&office.house, office.unit);
        let fields = [
            ("from", "04/09/2026"),
            ("to", "31/10/2026"),
            ("every", "month"),
            ("days", "10, 25"),
            ("head", chair.as_str()),
            ("kind", "periodic"),
        ];
        let empty = send(&office, "an", path, &[("from", "01/09/2026"), ("to", "x"), ("every", "month")]).await;
        assert_eq!(empty.status, 422);
        empty.shows("Quy tắc chưa đủ").shows("id=\"f-days");
        let nobody = send(&office, "an", path, &fields[..4]).await;
        nobody.shows("Người tiếp theo lịch: chưa ghi");
        let seen = send(&office, "an", path, &fields).await;
        assert_eq!(seen.status, 200, "{}", seen.text());
        seen.shows("ngày 10 và 25 hằng tháng")
            .shows("thứ Hai, 12/10/2026")
            .shows("10/10/2026 là ngày nghỉ (cuối tuần)");
        seen.shows("1 kỳ tiếp công dân không còn kịp niêm yết").shows("Điều 24 Luật Tiếp công dân").shows("Đủ");
        seen.shows("value=\"2026-09-10\" checked");
        an.get("/registers/reception_session").await.shows("chưa có");

        let make = [&fields[..], &[("do", "make"), ("day", "2026-09-25"), ("day", "2026-10-12")]].concat();
        let made = send(&office, "an", path, &make).await;
        made.redirects_to("/registers/reception_session");
        an.get("/registers/reception_session?view=all").await.shows("25/09").shows("12/10").hides("10/09");
        // Pressed twice, nothing is made twice.
        let twice = send(&office, "an", path, &make).await;
        assert_eq!(twice.status, 422);
        twice.shows("Ngày 25/09/2026 không còn lập được").shows("Đã có, không lập lại").shows("value=\"2026-09-10\"");
        let none = send(&office, "an", path, &[&fields[..], &[("do", "make")]].concat()).await;
        none.shows("Chưa chọn ngày nào");
        let mut tx = office.house.read().await.unwrap();
        assert_eq!(ledger::differences(&mut tx).await.unwrap(), []);
        let record = first(&office.house, "reception_session").await;
        assert_eq!(record.document.fields["rule"], "ngày 10 và 25 hằng tháng");
    }
}

async fn first(house: &House, register: &str) -> Record {
    let snapshot = house.now();
    let scope = crate::lists::Scope::operator();
    let asked = crate::lists::Asked::all(5);
    let register = snapshot.register(register).unwrap();
    let book = crate::lists::Book { house, snapshot: &snapshot, scope: &scope, register, today: TODAY };
    book.page(&asked).await.unwrap().records.remove(0)
}

async fn step(
    house: &House,
    by: &By,
    id: kernel::Id,
    step: &str,
    on: &str,
    fields: &[(&str, &str)],
) -> db::Result<Record> {
    let version = act::read(house, id).await.unwrap().0.version;
    let input = fields.iter().fold(Input::default(), |input, (field, text)| input.set(field, *text));
    act::take(house, by, id, version, step, day(on), input).await.map(|done| done.record)
}

/// How often a record is counted as held in person, delegated, not held.
fn counts(house: &House, records: &[Record]) -> [usize; 3] {
    let snapshot = house.now();
    let facts: Vec<pack::facts::Fact> = records.iter().flat_map(|record| snapshot.evidence(record)).collect();
    ["held", "delegated", "missed"].map(|figure| {
        let key = snapshot.figure_key(&format!("reception_session.{figure}")).unwrap();
        facts.iter().filter(|fact| fact.figure == key).count()
    })
}

#[tokio::test]
async fn a_session_put_off_is_posted_anew_and_not_missed() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let snapshot = house.now();
        let at = snapshot.tree.at(TODAY);
        let commune = at.children(snapshot.tree.find("31", TODAY).unwrap())[0];
        let unit = snapshot.tree.find(&format!("{}/ubnd", at.code(commune)), TODAY).unwrap().0;
        let by = clerk(unit, day("30/12/2026"));
        let mut all = Vec::new();
        for _ in 0..3 {
            let input = Input::default().set("head", chair(&house, unit)).set("planned_on", "20/10/2026");
            let new = New { unit, input: input.set("kind", "periodic"), ..New::default() };
            all.push(act::create(&house, &by, "reception_session", new).await.unwrap().record);
        }
        let id = all[0].id;
        let posting = |record: &Record| {
            let running = record.document.clocks.iter().find(|running| running.clock == "posting").unwrap();
            (running.due, running.stopped)
        };
        let posted = step(&house, &by, id, "post", "5/10/2026", &[("posted_where", "Bảng niêm yết")]).await.unwrap();
        assert_eq!((posting(&posted), posted.due), ((day("13/10/2026"), Some(day("5/10/2026"))), None));

        let why = [("postponed_reason", "Họp đột xuất"), ("postponed_told", "Niêm yết, gọi điện")];
        let same = [&why[..], &[("planned_on", "20/10/2026")]].concat();
        let Stop::Refused(refused) = step(&house, &by, id, "postpone", "12/10/2026", &same).await.unwrap_err() else {
            panic!("the same day is no new day")
        };
        assert_eq!(
            (refused.0[0].key.as_ref(), refused.0[0].field.as_deref()),
            ("step.keeps_unchanged", Some("planned_on"))
        );
        let bare = step(&house, &by, id, "postpone", "12/10/2026", &[("planned_on", "30/10/2026")]).await;
        assert!(bare.is_err(), "a reason and a notice are needed");

        let later = [&why[..], &[("planned_on", "30/10/2026")]].concat();
        let off = step(&house, &by, id, "postpone", "12/10/2026", &later).await.unwrap();
        assert_eq!((off.state.as_deref(), off.day), (Some("planned"), day("30/10/2026")));
        assert_eq!((posting(&off), off.due), ((day("23/10/2026"), None), Some(day("23/10/2026"))), "to be posted anew");
        assert_eq!(counts(&house, std::slice::from_ref(&off)), [0, 0, 0]);
        let [row] = off.document.rows("postponement") else { panic!("one row") };
        let kept = |field: &str| row.fields[field].as_str().unwrap().to_owned();
        assert_eq!(
            ["from", "to", "reason", "posted_on"].map(kept),
            ["2026-10-20", "2026-10-30", "Họp đột xuất", "2026-10-05"]
        );
        assert!(
            ["posted_on", "postponed_reason", "postponed_told"].iter().all(|id| !off.document.fields.contains_key(*id))
        );

        let back = act::undo(&house, &by, id, off.version).await.unwrap().record;
        assert_eq!(
            (posting(&back), back.state.as_deref()),
            ((day("13/10/2026"), Some(day("5/10/2026"))), Some("posted"))
        );
        assert_eq!(back.document.fields, posted.document.fields, "what stood is there again");
        assert!(back.document.rows("postponement").is_empty());

        // Held on its new day; a second by a deputy; a third never.
        step(&house, &by, id, "postpone", "12/10/2026", &later).await.unwrap();
        step(&house, &by, id, "post", "16/10/2026", &[]).await.unwrap();
        all[0] = step(&house, &by, id, "hold", "30/10/2026", &[]).await.unwrap();
        assert_eq!(posting(&all[0]), (day("23/10/2026"), Some(day("16/10/2026"))));
        step(&house, &by, all[1].id, "postpone", "12/10/2026", &later).await.unwrap();
        let deputy = format!("{}:pho-chu-tich-ubnd", snapshot.code(unit, TODAY));
        all[1] = step(&house, &by, all[1].id, "delegate", "30/10/2026", &[("delegate", &deputy)]).await.unwrap();
        assert_eq!(counts(&house, &all), [1, 1, 0]);
        all[2] = step(&house, &by, all[2].id, "miss", "20/10/2026", &[("missed_reason", "Bão")]).await.unwrap();
        assert_eq!(counts(&house, &all), [1, 1, 1], "three counts, and none of them another's");
        let mut tx = house.read().await.unwrap();
        assert_eq!(ledger::differences(&mut tx).await.unwrap(), []);
        let entries = timeline::list(&mut tx, timeline::Kind::Record.of(id.0), i64::MAX, 20).await.unwrap();
        let told = entries.iter().find(|entry| entry.act == "reception_session.postpone").unwrap().body.to_string();
        assert!(told.contains("2026-10-20") && told.contains("2026-10-30"), "{told}");
    }
}
