//! A one-off request through real requests: asked, drafted, refused, sent, corrected, urged, closed; each leaves its entry.

use std::sync::Arc;

use db::Stop;
use figures::Heads;
use jiff::ToSpan;
use kernel::{Day, Id};
use pack::register::Role;
use records::{
    House,
    testing::{clerk, house},
};
use units::Unit;
use web::testing::{NOW, Town, person};

use super::life::{NoHeads, hold};
use crate::{
    Source,
    request::{self, Column, Given, Holds, New, RowState},
};

struct Rights(Arc<House>);

impl web::Access for Rights {
    fn may(&self, who: &web::Who, act: &str, target: &web::Target, today: Day) -> bool {
        let role = Role::parse(&who.seat.role).unwrap();
        people::allows(&self.0.now().tree, role, Unit(who.seat.unit), act, target, today)
    }
}

const TODAY: Day = Day::constant(2026, 9, 4);

/// `lan` writes for the city, `hoa` for a ward that is asked, `mai` only looks there, `ty` is of a ward that is not asked.
fn town(house: &Arc<House>) -> (Town, [Unit; 3]) {
    let tree = house.now().tree.clone();
    let city = tree.find("31/ubnd", TODAY).unwrap();
    let at = tree.at(TODAY);
    let mut wards = at.children(city.ground()).into_iter().map(|place| place.body(city.slot()));
    let wards: [Unit; 3] = std::array::from_fn(|_| wards.next().unwrap());
    let people = vec![
        person("lan", "clerk", city.0, "UBND thành phố"),
        person("hoa", "clerk", wards[0].0, "UBND phường"),
        person("mai", "auditor", wards[0].0, "UBND phường"),
        person("ty", "clerk", wards[2].0, "UBND phường khác"),
    ];
    let heads: Arc<dyn Heads> = Arc::new(NoHeads);
    let town = Town::open(house.db.clone(), crate::routes(), |mut app| {
        app.sessions = Arc::new(web::testing::Known(people));
        app.access = Arc::new(Rights(house.clone()));
        app.with(house.clone()).with(heads)
    });
    (town, wards)
}

#[tokio::test]
async fn a_request_is_asked_answered_corrected_and_closed() {
    for scratch in db::testing::both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let (town, wards) = town(&house);
        let by = clerk(wards[0].0, TODAY);
        hold(&house, wards[0], &by, &[Day::constant(2026, 3, 5), Day::constant(2026, 4, 5)]).await;
        let tree = house.now().tree.clone();
        let code = |unit: Unit| tree.at(TODAY).code(unit);
        let (first, second) = (code(wards[0]), code(wards[1]));

        // Three hours on, on the hour, unless the writer says another.
        town.by("lan").get("/requests/new").await.shows("04/09/2026").shows("12:00").shows("value=\"below.ubnd\"");
        let picking = [("to", "below.ubnd"), ("find", "to"), ("title", "Nước sạch")];
        town.by("lan")
            .post("/requests/new", &picking)
            .await
            .shows(&format!("value=\"{second}\" checked"))
            .shows("Nước sạch");
        let mut form = vec![
            ("title", "Nước sạch"),
            ("day", "04/09/2026"),
            ("hour", "7h"),
            ("period", "2026"),
            ("to", "below.ubnd"),
            ("picked", "below.ubnd"),
            ("unit", first.as_str()),
            ("unit", second.as_str()),
            ("f", "dialogue.held"),
            ("column.0.label", "Số hộ"),
            ("column.0.holds", "number"),
            ("column.0.hint", "Hộ thường trú"),
            ("column.1.label", "Vướng mắc"),
            ("column.1.holds", "text"),
            ("column.2.label", "Có kế hoạch"),
            ("column.2.holds", "yes_no"),
        ];
        let past = town.by("lan").post("/requests/new", &form).await;
        assert_eq!(past.status, 422);
        past.shows("Giờ này đã qua").shows("Hộ thường trú");
        form[2].1 = "16h30";
        let made = town.by("lan").post("/requests/new", &form).await;
        let address = made.header("location").to_owned();
        let id: Id = address.rsplit('/').next().unwrap().parse().unwrap();
        assert_eq!(town.by("hoa").post("/requests/new", &form).await.status, 422, "a ward has nobody below it");
        assert_eq!(town.by("mai").get("/requests/new").await.status, 403);
        let table = town.by("lan").get(&address).await;
        table.shows("16:30 ngày 04/09/2026").shows("trả lời phiếu “Nước sạch”").shows("0/2 đã gửi");

        // The ward finds it with its hour, its figures filled in; a draft is no answer.
        town.by("hoa").get("/requests").await.shows("Nước sạch").shows("16:30");
        let answer = format!("{address}/answer?unit={}", first.replace('/', "%2F"));
        town.by("hoa").get(&address).await.redirects_to(&answer);
        town.by("hoa").get(&answer).await.shows(">2</a>").shows("Hộ thường trú").shows("Không có số liệu");
        let post = format!("{address}/answer");
        let send = async |login: &'static str, version: &'static str, how: &'static str, more: &[(&str, &str)]| {
            let mut form = vec![("unit", first.as_str()), ("version", version), ("do", how)];
            form.extend(more);
            town.by(login).post(&post, &form).await
        };
        assert_eq!(send("hoa", "1", "draft", &[("answer.1", "1.250")]).await.status, 303);
        town.by("hoa").get(&answer).await.shows("value=\"1.250\"").shows("bản nháp");
        town.by("lan").get(&address).await.shows("0/2 đã gửi").hides("1.250");
        let blank = send("hoa", "2", "send", &[("answer.1", "1.250"), ("answer.3", "yes")]).await;
        assert_eq!(blank.status, 422);
        blank.shows("Chưa trả lời “Vướng mắc”").shows("value=\"1.250\"");
        let both = send("hoa", "2", "send", &[("answer.1", "12"), ("answer.1.none", "yes"), ("answer.3", "yes")]).await;
        both.shows("Vừa ghi giá trị vừa chọn");
        let whole = [("answer.1", "1.250"), ("answer.2.none", "yes"), ("answer.3", "yes")];
        assert_eq!(send("mai", "2", "send", &whole).await.status, 403);
        assert_eq!(send("ty", "2", "send", &whole).await.status, 404);
        assert_eq!(send("hoa", "1", "send", &whole).await.status, 409, "someone was faster");
        assert_eq!(send("hoa", "2", "send", &whole).await.status, 303);
        let table = town.by("lan").get(&address).await;
        table.shows("1/2 đã gửi").shows("chưa có số liệu").shows("Có: 1").shows("/figures/dialogue.held?unit=");
        // Whoever answered is urged no more.
        let text = table.text();
        let urge = text.split("id=\"urge\"").nth(1).unwrap().split("</textarea>").next().unwrap();
        let name = |unit: Unit| tree.at(TODAY).name(unit.ground());
        assert!(urge.contains(&name(wards[1])) && !urge.contains(&name(wards[0])), "{urge}");

        let corrected = [("answer.1", "1.300"), ("answer.2", "Thiếu vốn"), ("answer.3", "no")];
        assert_eq!(send("hoa", "3", "draft", &corrected).await.status, 422);
        assert_eq!(send("hoa", "3", "send", &corrected).await.status, 303);
        town.by("lan").get(&address).await.shows("1.300").shows("Thiếu vốn").shows("Có: 0");
        let sheet = town.by("lan").get(&format!("{address}/xlsx")).await;
        assert!(sheet.bytes.starts_with(b"PK"), "{}", sheet.status);
        assert_eq!(town.by("ty").get(&address).await.status, 404);
        assert_eq!(town.by("hoa").get(&format!("{address}/xlsx")).await.status, 404, "others' answers are the asker's");
        assert_eq!(town.by("hoa").post(&format!("{address}/close"), &[("version", "1")]).await.status, 404);
        assert_eq!(town.by("lan").post(&format!("{address}/close"), &[("version", "1")]).await.status, 303);
        send("hoa", "4", "send", &corrected).await.shows("Phiếu đã đóng, không nhận trả lời nữa");
        town.by("lan").get(&address).await.shows("không trả lời").hides("id=\"urge\"");

        let mut tx = house.read().await.unwrap();
        let entries = timeline::list(&mut tx, timeline::Kind::Report.of(id.0), i64::MAX, 20).await.unwrap();
        let mut acts: Vec<&str> = entries.iter().map(|entry| entry.act.as_str()).collect();
        acts.reverse();
        assert_eq!(acts, ["request.ask", "request.draft", "request.answer", "request.correct", "request.close"]);
    }
}

#[tokio::test]
async fn what_was_sent_is_summed_and_the_hour_is_remembered() {
    for scratch in db::testing::both().await.unwrap() {
        let house = Arc::new(house(&scratch).await.unwrap());
        let snapshot = house.now();
        let source = Source { house: &house, snapshot: &snapshot, heads: &NoHeads };
        let (_, wards) = town(&house);
        let now: jiff::Timestamp = NOW.parse().unwrap();
        let city = snapshot.tree.find("31/ubnd", TODAY).unwrap();
        let mut by = clerk(city.0, TODAY);
        by.now = now;
        let column = |holds: Holds| Column { label: "Cột".to_owned(), hint: String::new(), holds };
        let figure = |name: &str| column(Holds::Figure { figure: name.to_owned() });
        let new = New {
            title: "Thử".to_owned(),
            note: String::new(),
            columns: vec![column(Holds::Number), figure("dialogue.held"), figure("units_in_dialogue")],
            units: wards.to_vec(),
            period: super::period("2026"),
            due: now + 2.hours(),
        };
        let asked = request::ask(source, &by, new.clone()).await.unwrap();
        for (place, (ward, hours)) in wards.iter().zip([1, 3]).enumerate() {
            let answering = records::By { now: now + hours.hours(), ..clerk(ward.0, TODAY) };
            let amount = 125 * i64::try_from(place + 1).unwrap();
            let given = vec![Given::Number { amount, places: 2, shown: String::new() }];
            request::answer(source, &answering, asked.id, *ward, 1, given, true).await.unwrap();
        }
        let mut tx = house.read().await.unwrap();
        let (request, rows) = request::find(&mut tx, asked.id).await.unwrap();
        drop(tx);
        let of = |unit: Unit| rows.iter().find(|row| row.unit == unit).unwrap();
        assert!(!of(wards[0]).is_late(&request) && of(wards[1]).is_late(&request));
        assert_eq!(of(wards[2]).state, RowState::Asked);
        assert_eq!(*of(wards[0]).given(1), Given::NoData, "silence is no zero");
        assert_eq!(request::total(source, &request, &rows, 0), Some((375, 2)));
        assert_eq!(request::total(source, &request, &rows, 1), None);
        assert!(!request::sums(source, &request.columns[2]), "a coverage has no sum");
        // A corrected answer stays as late as it first was.
        let later = records::By { now: now + 5.hours(), ..clerk(wards[0].0, TODAY) };
        request::answer(source, &later, asked.id, wards[0], 2, vec![Given::NoData], true).await.unwrap();
        let (request, rows) = request::find(&mut house.read().await.unwrap(), asked.id).await.unwrap();
        let row = rows.iter().find(|row| row.unit == wards[0]).unwrap();
        assert!(!row.is_late(&request) && row.sent == Some(later.now));

        for (key, change) in [
            ("request.title_missing", New { title: " ".to_owned(), ..new.clone() }),
            ("request.no_columns", New { columns: Vec::new(), ..new.clone() }),
            ("request.no_units", New { units: Vec::new(), ..new.clone() }),
            ("request.day_far", New { due: now + (24 * 90).hours(), ..new.clone() }),
        ] {
            match request::ask(source, &by, change).await {
                Err(Stop::Refused(refused)) => assert_eq!(refused.0[0].key, key),
                other => panic!("{key}: {other:?}"),
            }
        }
    }
    let hour = |text: &str| request::instant(TODAY, text).map(|at| at.to_string()).map_err(|refusal| refusal.key);
    for text in ["16:30", "16h30", "16g30"] {
        assert_eq!(hour(text).unwrap(), "2026-09-04T09:30:00Z");
    }
    assert_eq!(hour("16h").unwrap(), "2026-09-04T09:00:00Z");
    for text in ["", "25:00", "16:75", "chiều"] {
        assert_eq!(hour(text).unwrap_err(), "request.hour_unreadable", "{text}");
    }
}
