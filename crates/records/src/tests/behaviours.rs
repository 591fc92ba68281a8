//! Behaviours that registers switch on: what they show, refuse, warn of and add.

use std::sync::{Arc, Mutex};

use db::testing::both;
use kernel::{Day, Refusal, parse_day, show_day};
use pack::register::Step;

use super::faces::{TODAY, office};
use crate::{
    House, Record,
    act::{self, New},
    behaviour::{Also, Behaviour, Doing, Scene},
    fill::{Input, RowInput},
    save::Change,
    testing::{clerk, house},
};

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

async fn dialogue(house: &House, unit: i64, subject: &str, field: &str, on: Day) -> Record {
    let code = crate::value::Directory::code(&*house.now(), unit, on);
    let mut input = Input::default()
        .set("subject", subject)
        .set("kind", "periodic")
        .set(field, show_day(on))
        .set("chairs", format!("{code}:chu-tich-ubnd"))
        .set("attendance", "90");
    if field == "held_on" {
        let texts = [("text", "Nạo vét mương N3"), ("outcome", "accepted"), ("body", &code), ("due_on", "15/08/2026")];
        let fields = texts.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        input.rows.insert("opinion".to_owned(), vec![RowInput { n: None, fields }]);
    }
    let steps = match field {
        "held_on" => vec![("hold".to_owned(), on), ("conclude".to_owned(), on)],
        _ => Vec::new(),
    };
    let mut by = clerk(unit, TODAY);
    by.old_book = true;
    let input = if field == "held_on" { input.set("conclusion_on", show_day(on)) } else { input };
    act::create(house, &by, "dialogue", New { unit, input, steps, ..New::default() }).await.unwrap().record
}

#[tokio::test]
async fn what_was_promised_and_not_kept_heads_the_next_agenda() {
    for scratch in both().await.unwrap() {
        let office = office(scratch).await;
        let (house, unit) = (&office.house, office.unit);
        dialogue(house, unit, "Thủy lợi nội đồng", "held_on", day("15/7/2026")).await;
        let next = dialogue(house, unit, "Cải cách hành chính", "planned_on", day("20/10/2026")).await;
        let earlier = dialogue(house, unit, "Đất đai", "planned_on", day("10/7/2026")).await;
        let promise = {
            let snapshot = house.now();
            let by = clerk(unit, TODAY);
            let scene = Scene { house, snapshot: &snapshot, by: &by, register: snapshot.register("dialogue").unwrap() };
            assert!(crate::behaviour::left_open(scene, &earlier).await.unwrap().is_empty(), "made only later");
            crate::behaviour::left_open(scene, &next).await.unwrap().remove(0)
        };
        let page = office.town.by("an").get(&format!("/records/{}", next.id)).await;
        page.shows("Cam kết chưa thực hiện từ các kỳ trước").shows(&format!("href=\"/records/{}\"", promise.id));
        page.shows("Nạo vét mương N3").shows("15/08/2026");
        office.town.by("an").get(&format!("/records/{}", earlier.id)).await.hides("Nạo vét mương N3");

        let mut by = clerk(unit, TODAY);
        by.old_book = true;
        let kept = Input::default().set("result", "Đã nạo vét 1,2 km");
        act::take(house, &by, promise.id, promise.version, "keep", TODAY, kept).await.unwrap();
        office.town.by("an").get(&format!("/records/{}", next.id)).await.hides("Nạo vét mương N3");
    }
}

/// Refuses one subject, warns of another, writes down the steps it hears of, and adds a comment's worth of change to a record.
#[derive(Default)]
struct Watchful(Arc<Mutex<Vec<String>>>);

impl Behaviour for Watchful {
    fn name(&self) -> &'static str {
        "next_agenda"
    }

    fn before_save<'a>(&'a self, _: Scene<'a>, was: Option<&'a Record>, change: &'a mut Change) -> Doing<'a, Also> {
        Box::pin(async move {
            let subject = change.record.document.fields.get("subject").and_then(|one| one.as_str()).unwrap_or_default();
            if subject == "cấm" {
                return Err(Refusal::new("record.check").with("vi", subject).at("subject").into());
            }
            let warnings =
                if was.is_some() { vec![Refusal::new("record.check").with("vi", "sửa")] } else { Vec::new() };
            change.record.document.fields.insert("venue".into(), "Nhà văn hóa".into());
            Ok(Also { warnings, changes: Vec::new() })
        })
    }

    fn after_step<'a>(&'a self, scene: Scene<'a>, _: &'a Record, step: &'a Step, on: Day) -> Doing<'a, Also> {
        Box::pin(async move {
            self.0.lock().unwrap().push(format!("{} {on}", step.id));
            if step.id != "hold" {
                return Ok(Also::default());
            }
            let input = Input::default().set("subject", "Việc phải làm").set("due_on", "01/12/2026");
            let new = New { unit: scene.by.seat, input, ..New::default() };
            let (changes, warnings) = act::plan_new(scene.house, scene.snapshot, scene.by, "commitment", new).await?;
            Ok(Also { warnings, changes })
        })
    }
}

#[tokio::test]
async fn a_behaviour_refuses_sets_warns_and_adds_in_the_same_transaction() {
    for scratch in both().await.unwrap() {
        let heard = Watchful::default();
        let said = heard.0.clone();
        let house = house(&scratch).await.unwrap().behaving(vec![Arc::new(heard)]);
        let unit = house.now().tree.find("11383/ubnd", TODAY).unwrap().0;
        let by = clerk(unit, TODAY);
        let input = |subject: &str| Input::default().set("subject", subject).set("kind", "periodic");
        let new = |subject: &str| New { unit, input: input(subject).set("planned_on", "01/09/2026"), ..New::default() };
        let refused = act::create(&house, &by, "dialogue", new("cấm")).await.unwrap_err();
        assert!(matches!(refused, db::Stop::Refused(_)));
        let made = act::create(&house, &by, "dialogue", new("được")).await.unwrap();
        assert_eq!(made.record.document.fields["venue"], "Nhà văn hóa");
        assert!(made.warnings.is_empty());
        let edited = act::edit(&house, &by, made.record.id, 1, input("được nữa")).await.unwrap();
        assert_eq!(edited.warnings.len(), 1);
        let code = crate::value::Directory::code(&*house.now(), unit, TODAY);
        let held = Input::default().set("chairs", format!("{code}:chu-tich-ubnd")).set("attendance", "40");
        act::take(&house, &by, made.record.id, 2, "hold", TODAY, held).await.unwrap();
        assert_eq!(*said.lock().unwrap(), [format!("hold {TODAY}")]);
        let mut tx = house.read().await.unwrap();
        let commitment = house.names.find(&mut tx, db::Space::Register, "commitment").await.unwrap().unwrap();
        assert_eq!(crate::store::count_of_register(&mut tx, commitment).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn who_plans_the_same_matter_in_the_same_month_is_told() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap().behaving(vec![Arc::new(crate::behaviour::Overlap)]);
        let at = |code: &str| house.now().tree.find(code, TODAY).unwrap().0;
        let plan = |code: &'static str, register: &'static str, topic: &'static str, on: &'static str| {
            let input = Input::default()
                .set("subject", "Thủy lợi nội đồng")
                .set("kind", "thematic")
                .set("topic", topic)
                .set("place", "11383")
                .set("planned_on", on);
            (New { unit: at(code), input, ..New::default() }, clerk(at(code), TODAY), register)
        };
        let made = async |(new, by, register): (New, crate::By, &'static str)| {
            act::create(&house, &by, register, new).await.unwrap()
        };
        let told = |done: &act::Done| done.warnings.iter().map(|one| one.key.to_string()).collect::<Vec<_>>();
        let first = made(plan("11383/ubnd", "dialogue", "land", "20/10/2026")).await;
        assert!(told(&first).is_empty());
        let same_body = made(plan("11383/ubnd", "dialogue", "land", "22/10/2026")).await;
        assert!(told(&same_body).is_empty(), "one's own plans are one's own matter");
        let other = made(plan("11383/mttq", "dialogue", "land", "31/10/2026")).await;
        assert_eq!(told(&other), ["record.overlap"]);
        assert!(other.warnings[0].args.iter().any(|(name, value)| *name == "day" && value == "20/10/2026"));
        for (topic, on) in [("infrastructure", "25/10/2026"), ("land", "01/11/2026")] {
            assert!(told(&made(plan("31/ubnd", "dialogue", topic, on)).await).is_empty(), "{topic} {on}");
        }
        // Said when it is planned or moved, not at each later word.
        let by = clerk(at("11383/mttq"), TODAY);
        let venue = Input::default().set("venue", "Nhà văn hóa");
        let later = act::edit(&house, &by, other.record.id, 1, venue).await.unwrap();
        assert!(told(&later).is_empty());
        let moved = act::edit(&house, &by, other.record.id, 2, Input::default().set("planned_on", "28/10/2026")).await;
        assert_eq!(told(&moved.unwrap()), ["record.overlap"]);
    }
}
