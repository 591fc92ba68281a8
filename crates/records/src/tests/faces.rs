//! The faces, asked as browsers and programs ask them, on both databases.

use std::sync::Arc;

use axum::http::Method;
use db::testing::Scratch;
use kernel::{Day, Id};
use pack::register::Role;
use serde_json::json;
use units::{Tree, Unit};
use web::{
    Access, Target, Who,
    testing::{Known, Reply, Town, person},
};

use crate::{House, act, api, fill::Input, lists, pages, testing};

pub(super) const TODAY: Day = Day::constant(2026, 9, 4);

/// Rights as people have them, without accounts.
struct Rights(Arc<Tree>);

impl Access for Rights {
    fn may(&self, who: &Who, act: &str, target: &Target, today: Day) -> bool {
        Role::parse(&who.seat.role)
            .is_some_and(|role| people::allows(&self.0, role, Unit(who.seat.unit), act, target, today))
    }
}

/// A town with a clerk and a leader of one commune, a clerk of another, and one of the province above.
pub(super) struct Office {
    pub(super) town: Town,
    pub(super) house: Arc<House>,
    /// The commune's people's committee.
    pub(super) unit: i64,
    _scratch: Scratch,
}

pub(super) async fn office(scratch: Scratch) -> Office {
    let house = testing::house(&scratch).await.unwrap().behaving(vec![Arc::new(crate::behaviour::NextAgenda)]);
    let house = Arc::new(house);
    let snapshot = house.now();
    let at = snapshot.tree.at(TODAY);
    let province = snapshot.tree.find("31", TODAY).unwrap();
    let communes = at.children(province);
    let body = |place: Unit| snapshot.tree.find(&format!("{}/ubnd", at.code(place)), TODAY).unwrap().0;
    let (unit, other, above) = (body(communes[0]), body(communes[1]), body(province));
    let who = |login: &str, role: &str, unit: i64| {
        let mut who = person(login, role, unit, &at.title(Unit(unit)));
        who.name = format!("Nguyễn Thị {login}");
        who.seat.place_name = at.name(province);
        who.seats = vec![who.seat.clone()];
        who
    };
    let known = vec![
        who("an", "clerk", unit),
        who("binh", "leader", unit),
        who("chi", "clerk", other),
        who("dung", "leader", above),
    ];
    let tree = snapshot.tree.clone();
    let (db, laid) = (scratch.db.clone(), house.clone());
    let town = Town::open(db, pages::routes().merge(api::routes()), |app| {
        let mut app = app.with(laid);
        app.sessions = Arc::new(Known(known));
        app.access = Arc::new(Rights(tree));
        app
    });
    Office { town, house, unit, _scratch: scratch }
}

/// What a browser sends of a form: each field with the mark that it was shown.
async fn send(office: &Office, login: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
    let shown =
        fields.iter().filter(|(name, _)| !matches!(*name, "version" | "once" | "more" | "on" | "unit" | "reason"));
    let names: Vec<(&str, &str)> = shown.map(|(name, _)| ("shown", name.split('.').next().unwrap())).collect();
    office.town.by(login).post(path, &[fields, &names].concat()).await
}

const LETTER: [(&str, &str); 6] = [
    ("kind", "petition"),
    ("subject", "Đề nghị xem lại khiếu nại về đất đai <script>alert(1)</script> \"onx="),
    ("received_on", "01/09/2026"),
    ("topic", "land"),
    ("sender_name", "Trần Văn Kín"),
    ("signatories", "3"),
];

async fn letter(office: &Office) -> String {
    let topic = office.house.now().pack.topics.topics[0].id.clone();
    let fields: Vec<(&str, &str)> =
        LETTER.iter().map(|(name, value)| (*name, if *name == "topic" { topic.as_str() } else { value })).collect();
    let reply = send(office, "an", "/registers/submission/new", &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    reply.header("location").to_owned()
}

async fn version(office: &Office, href: &str) -> String {
    let id: Id = href.rsplit('/').next().unwrap().parse().unwrap();
    act::read(&office.house, id).await.unwrap().0.version.to_string()
}

#[tokio::test]
async fn a_letter_lives_its_life() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let an = office.town.by("an");
        an.get("/registers/submission").await.shows("chưa có");
        an.get("/registers/submission/new")
            .await
            .shows("name=\"received_on\" value=\"04/09/2026\"")
            .hides("name=\"round\"");
        // What is wrong is told at its field, and what was typed is still there.
        let wrong = send(
            &office,
            "an",
            "/registers/submission/new",
            &[("kind", "complaint"), ("received_on", "31/11/2026"), ("subject", "Giữ lại")],
        )
        .await;
        assert_eq!(wrong.status, 422);
        wrong.shows("31/11/2026 không có trong lịch").shows("value=\"Giữ lại\"").shows("href=\"#f-received_on\"");

        let href = letter(&office).await;
        let page = an.get(&href).await;
        page.shows("&lt;script&gt;")
            .hides("<script>alert")
            .hides("Trần Văn Kín")
            .shows("/private\"")
            .shows("class=\"cal\"")
            .shows("1/2026");
        an.get("/registers/submission").await.shows(&href).hides("<script>alert").shows("Đang xử lý 1");
        an.get("/registers/submission?f.kind=petition&sort=-number").await.shows(&href);
        an.get("/registers/submission?f.kind=feedback").await.hides(&format!("href=\"{href}\""));
        an.get("/registers/submission?q=khieu+nai").await.shows(&href);
        an.get("/").await.shows(&href).hides("<script>alert");
        for text in ["khieu%20nai", "khi%E1%BA%BFu%20n%E1%BA%A1i", "%22dat%20dai%22%20%22khieu%20na", "1%202026"] {
            an.get(&format!("/search?q={text}")).await.shows(&href).hides("<script>alert");
        }
        an.get("/search?q=kin").await.hides(&href);

        // Two editors: the second is told, keeps what was typed, and takes over what was not touched.
        let seen = version(&office, &href).await;
        let first = send(
            &office,
            "binh",
            &format!("{href}/edit"),
            &[("version", &seen), ("subject", "Lấn chiếm mương N3"), ("signatories", "5")],
        )
        .await;
        assert_eq!(first.status, 303, "{}", first.text());
        let stale = send(
            &office,
            "an",
            &format!("{href}/edit"),
            &[("version", &seen), ("subject", "Chữ của An"), ("signatories", "3"), ("answer", "Đang soạn")],
        )
        .await;
        assert_eq!(stale.status, 409);
        stale
            .shows("Lấn chiếm mương N3")
            .shows("value=\"Chữ của An\"")
            .shows("Đang soạn")
            .shows("name=\"signatories\" value=\"5\"");
        let now = version(&office, &href).await;
        stale.shows(&format!("name=\"version\" value=\"{now}\""));

        // A step needs its fields; then it is taken, taken back, and the record with it.
        let step = format!("{href}/steps/accept");
        an.get(&step).await.shows("name=\"competent\"");
        let refused =
            send(&office, "an", &step, &[("version", &now), ("on", "05/09/2026"), ("competent", "yes")]).await;
        assert_eq!(refused.status, 422);
        refused.shows("05/09/2026");
        let taken = send(&office, "an", &step, &[("version", &now), ("on", "03/09/2026"), ("competent", "yes")]).await;
        assert_eq!(taken.status, 303, "{}", taken.text());
        an.get(&href).await.shows("Đã thụ lý").shows("03/09/2026");
        let now = version(&office, &href).await;
        an.post(&format!("{href}/undo"), &[("version", &now)]).await.redirects_to(&href);
        an.get(&href).await.shows("Chờ phân loại").shows("Nguyễn Thị an");
        an.post(&format!("{href}/comment"), &[("text", "<b>xin ý kiến</b>")]).await;
        an.get(&href).await.shows("&lt;b&gt;xin ý kiến&lt;/b&gt;");

        // Another letter names it by its number; both pages show the link.
        let topic = office.house.now().pack.topics.topics[0].id.clone();
        let other = send(
            &office,
            "an",
            "/registers/submission/new",
            &[
                ("kind", "feedback"),
                ("subject", "Chuyển tiếp"),
                ("received_on", "02/09/2026"),
                ("topic", &topic),
                ("transferred_from", "1/2026"),
            ],
        )
        .await;
        assert_eq!(other.status, 303, "{}", other.text());
        an.get(other.header("location")).await.shows(&format!("href=\"{href}\""));
        an.get(&href).await.shows("Đã chuyển thành").shows(other.header("location"));
        let none =
            send(&office, "an", "/registers/submission/new", &[("kind", "feedback"), ("transferred_from", "99/2026")])
                .await;
        none.shows("99/2026");
        assert_eq!(none.status, 422);

        // What is sealed opens to a reason, and that is told to everyone.
        assert_eq!(an.post(&format!("{href}/private"), &[("reason", " ")]).await.status, 422);
        an.post(&format!("{href}/private"), &[("reason", "mời đối thoại")]).await.shows("Trần Văn Kín");
        an.get(&href).await.shows("mời đối thoại").hides("Trần Văn Kín");
        an.get(&format!("{href}/edit")).await.hides("Trần Văn Kín");

        // The message after a step takes it back without knowing a version, while it is fresh and one's own.
        let now = version(&office, &href).await;
        let again = send(&office, "an", &step, &[("version", &now), ("on", "03/09/2026"), ("competent", "yes")]).await;
        assert_eq!(again.status, 303, "{}", again.text());
        assert_eq!(binh_undoes(&office, &href).await, 422);
        an.post(&format!("{href}/undo"), &[]).await.redirects_to(&href);
        let snapshot = office.house.now();
        let own = lists::Scope::new(vec![Unit(office.unit).key()], Some(vec![office.unit]), office.unit);
        let open = lists::open_counts(&office.house, &snapshot, &own).await.unwrap();
        assert_eq!(open, [("submission".to_owned(), 2)]);

        // A clerk may not take a record back; a leader may not without a reason.
        let now = version(&office, &href).await;
        assert_eq!(an.get(&format!("{href}/void")).await.status, 403);
        let binh = office.town.by("binh");
        if binh.get(&format!("{href}/void")).await.status == 200 {
            assert_eq!(binh.post(&format!("{href}/void"), &[("version", &now), ("reason", "")]).await.status, 422);
            binh.post(&format!("{href}/void"), &[("version", &now), ("reason", "ghi trùng")]).await.redirects_to(&href);
            an.get(&href).await.shows("ghi trùng").shows("đã hủy");
            an.get("/registers/submission?view=all").await.hides(&format!("href=\"{href}\""));
            an.get("/registers/submission?view=void").await.shows(&href);
        }
    }
}

async fn binh_undoes(office: &Office, href: &str) -> u16 {
    office.town.by("binh").post(&format!("{href}/undo"), &[]).await.status.as_u16()
}

#[tokio::test]
async fn a_foreign_record_answers_as_a_missing_one() {
    let office = office(db::testing::sqlite().await.unwrap()).await;
    let href = letter(&office).await;
    let missing = format!("/records/{}", Id(12_345));
    let chi = office.town.by("chi");
    for tail in ["", "/edit", "/steps/accept", "/void", "/private"] {
        let (foreign, none) = (chi.get(&format!("{href}{tail}")).await, chi.get(&format!("{missing}{tail}")).await);
        assert_eq!((foreign.status.as_u16(), none.status.as_u16()), (404, 404), "{tail}");
        // The page's own address and the form's token are the asker's, not the record's.
        let masked = |reply: &Reply, href: &str| {
            let text = reply.text().replace(href, "/records/…");
            let parts =
                text.split("name=\"csrf\"").map(|part| part.split_once('>').map_or(part, |(_, rest)| rest).to_owned());
            parts.collect::<Vec<_>>()
        };
        assert_eq!(masked(&foreign, &href), masked(&none, &missing), "{tail}");
    }
    let (foreign, none) = (
        chi.api(Method::GET, &format!("/api/v1{href}"), None).await,
        chi.api(Method::GET, &format!("/api/v1{missing}"), None).await,
    );
    assert_eq!((foreign.status.as_u16(), &foreign.bytes), (404, &none.bytes));
    chi.get("/registers/submission?view=all").await.hides(&href);
    chi.get("/search?q=khieu+nai").await.hides(&href);
    // The province above reads it, without what is sealed, and may not write in the commune's book.
    let dung = office.town.by("dung");
    dung.get(&href).await.shows("khiếu nại").hides("/private\"");
    dung.get("/registers/submission?view=all").await.shows(&href);
    dung.get("/search?q=khieu+nai").await.shows(&href);
    assert_eq!(dung.get(&format!("{href}/edit")).await.status, 403);
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_record() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let topic = office.house.now().pack.topics.topics[0].id.clone();
        let fields = [
            ("kind", "feedback"),
            ("subject", "Đèn đường hỏng"),
            ("received_on", "01/09/2026"),
            ("topic", &topic),
            ("once", "khoa-mot-lan"),
        ];
        let (one, two) = tokio::join!(
            send(&office, "an", "/registers/submission/new", &fields),
            send(&office, "an", "/registers/submission/new", &fields)
        );
        assert_eq!((one.status, one.header("location")), (two.status, two.header("location")));
        assert!(one.header("location").starts_with("/records/"), "{}", one.text());
        let snapshot = office.house.now();
        let register = snapshot.register("submission").unwrap();
        let count =
            lists::count(&office.house, &snapshot, &lists::Scope::operator(), register, &lists::Asked::all(10), TODAY)
                .await
                .unwrap();
        assert_eq!(count, (1, true));
    }
}

#[tokio::test]
async fn files_are_what_their_names_say_and_come_back_inert() {
    let office = office(db::testing::sqlite().await.unwrap()).await;
    let href = letter(&office).await;
    let an = office.town.by("an");
    let files = format!("{href}/files");
    let kept = an.upload(&files, &[], ("file", "../../biên bản.pdf", b"%PDF-1.7 <script>")).await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    for (name, content) in [
        ("a.pdf", &b"<html>"[..]),
        ("a.html", b"<html>"),
        ("a.docx", b"PK\x03\x04none"),
        ("a.exe", b"MZ"),
        ("a.txt", b"a\0b"),
    ] {
        assert_eq!(an.upload(&files, &[], ("file", name, content)).await.status, 422, "{name}");
    }
    let page = an.get(&href).await;
    let link = page.text().split(&format!("{href}/files/")).nth(1).unwrap()[..14].to_owned();
    let file = an.get(&format!("{href}/files/{link}")).await;
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.header("content-security-policy").contains("sandbox"));
    assert_eq!(file.bytes, b"%PDF-1.7 <script>");
    assert_eq!(office.town.by("chi").get(&format!("{href}/files/{link}")).await.status, 404);
    // A file that a step needs goes with the step's form.
    let other = letter(&office).await;
    assert_eq!(an.get(&format!("{other}/files/{link}")).await.status, 404);
}

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
                    let page = lists::page(&office.house, &snapshot, &scope, register, &asked, TODAY).await.unwrap();
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
        let page = lists::page(&office.house, &snapshot, &nobody, register, &all, TODAY).await.unwrap();
        assert!(page.records.is_empty());
        // Many at once: what is refused is named, the rest is done.
        let found =
            lists::page(&office.house, &snapshot, &lists::Scope::operator(), register, &lists::Asked::all(3), TODAY)
                .await
                .unwrap();
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
async fn programs_make_read_correct_and_step() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let an = office.town.by("an");
        let topic = office.house.now().pack.topics.topics[0].id.clone();
        let body = json!({ "fields": { "kind": "feedback", "subject": "Cống tắc", "received_on": "2026-09-01", "topic": topic, "signatories": 2, "over_the_head": false, "sender_name": "Kín Đáo" } });
        let made = an.api(Method::POST, "/api/v1/registers/submission/records", Some(&body)).await;
        assert_eq!((made.status.as_u16(), made.header("etag")), (201, "\"1\""), "{}", made.text());
        assert!(!made.text().contains("Kín Đáo"));
        let record = made.json();
        assert_eq!(
            (record["fields"]["signatories"].clone(), record["fields"]["over_the_head"].clone()),
            (json!(2), json!(false))
        );
        assert_eq!((&record["number"], &record["sealed"]), (&json!("1/2026"), &json!(["sender_name"])));
        let path = format!("/api/v1/records/{}", record["id"].as_str().unwrap());
        let tagged = |tag: &'static str, path: String, method: Method, body: serde_json::Value| {
            let request = axum::http::Request::builder()
                .method(method)
                .uri(path)
                .header("authorization", "Bearer an")
                .header("if-match", tag)
                .header("content-type", "application/json")
                .body(axum::body::Body::from(body.to_string()))
                .unwrap();
            office.town.ask(request)
        };
        let edited =
            tagged("\"1\"", path.clone(), Method::PUT, json!({ "fields": { "subject": "Cống sau chợ tắc" } })).await;
        assert_eq!((edited.status.as_u16(), edited.header("etag")), (200, "\"2\""), "{}", edited.text());
        assert_eq!(
            tagged("\"1\"", path.clone(), Method::PUT, json!({ "fields": { "subject": "Khác" } })).await.status,
            409
        );
        let refused = an.api(Method::PUT, &path, Some(&json!({ "fields": {} }))).await;
        assert_eq!(
            (refused.status.as_u16(), refused.header("content-type")),
            (422, "application/problem+json; charset=utf-8")
        );
        let unknown = tagged("\"2\"", path.clone(), Method::PUT, json!({ "fields": { "nothing": 1 } })).await;
        assert_eq!((unknown.status.as_u16(), &unknown.json()["refusals"][0]["field"]), (422, &json!("nothing")));
        let stepped = tagged(
            "\"2\"",
            format!("{path}/steps/settle"),
            Method::POST,
            json!({ "on": "2026-09-03", "fields": { "outcome": "answered" } }),
        )
        .await;
        assert_eq!((stepped.status.as_u16(), &stepped.json()["state"]), (200, &json!("settled")), "{}", stepped.text());
        let list = an.api(Method::GET, "/api/v1/registers/submission/records?f.kind=feedback", None).await.json();
        assert_eq!((&list["count"], &list["records"][0]["id"]), (&json!(1), &record["id"]));
        assert_eq!(office.town.stranger().api(Method::GET, &path, None).await.status, 401);

        // Every door of the API stands in its description.
        let description = an.api(Method::GET, "/api/v1/openapi.json", None).await.json();
        for row in office.town.rows.iter().filter(|row| row.path.starts_with("/api/")) {
            let method = row.method.as_str().to_lowercase();
            assert!(description["paths"][row.path][&method].is_object(), "{method} {}", row.path);
        }
        let schema = &description["components"]["schemas"]["submission.fields"]["properties"];
        assert_eq!(
            (&schema["sender_name"]["writeOnly"], &schema["received_on"]["format"]),
            (&json!(true), &json!("date"))
        );
    }
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

#[tokio::test]
async fn a_block_is_looked_at_and_then_written() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let an = office.town.by("an");
        an.get("/registers/submission/import").await.shows("name=\"block\"");
        assert_eq!(an.post("/registers/submission/import", &[]).await.status, 422);
        let block = "Loại đơn\tNội dung tóm tắt\tNgày nhận\tLĩnh vực\tÝ kiến riêng\nphản ánh\tĐèn hỏng\t01/09/2026\tĐất đai, nhà cửa\tx\nphản ánh\tCống tắc\t31/11/2026\tĐất đai, nhà cửa\t\n";
        let staged = an.post("/registers/submission/import", &[("block", block)]).await;
        assert_eq!(staged.status, 303, "{}", staged.text());
        let batch = staged.header("location").to_owned();
        an.get(&batch).await.shows("31/11/2026").shows("Ý kiến riêng").shows("name=\"map.E\"").shows("value=\"apply\"");
        assert_eq!(office.town.by("chi").get(&batch).await.status, 404);
        let errors = an.get(&format!("{batch}/errors")).await;
        assert!(errors.status == 200 && errors.bytes.starts_with(b"PK"));
        let queued = an.post(&batch, &[("do", "apply"), ("only_good", "yes")]).await;
        assert!(queued.header("location").starts_with("/jobs/"), "{}", queued.text());
        let by = testing::clerk(office.unit, TODAY);
        let id: Id = batch.rsplit('/').next().unwrap().parse().unwrap();
        let report = crate::import::apply(&office.house, &by, id).await.unwrap();
        assert_eq!((report.added, report.rejected), (1, 1));
        an.get("/registers/submission").await.shows("Đèn hỏng").hides("Cống tắc");
        an.get(&batch).await.shows(&format!("{batch}/back"));
        let file = an.get("/registers/submission/export?view=all").await;
        assert!(file.status == 200 && file.bytes.starts_with(b"PK"));
        assert_eq!(an.get("/registers/submission/template").await.status, 200);
    }
}

/// `SCREENS=/tmp/screens` writes the pages there, to be looked at.
#[tokio::test]
async fn the_pages_stand() {
    let Ok(dir) = std::env::var("SCREENS") else { return };
    let office = office(db::testing::sqlite().await.unwrap()).await;
    let by = testing::clerk(office.unit, TODAY);
    let subjects = [
        "Không đồng ý mức bồi thường cây cối trên đất thu hồi",
        "Mương tưới N3 bị lấn, nước không về ruộng",
        "Đèn đường hỏng từ nhà văn hóa đến ngã ba chợ",
        "Rác sinh hoạt ứ đọng ở bãi tập kết đầu thôn",
        "Đề nghị công khai danh sách hộ được hỗ trợ sửa nhà",
        "Loa truyền thanh phát quá sớm cạnh trường mầm non",
        "Xem lại quyết định thu hồi đất làm đường liên thôn",
        "Nước sinh hoạt đục sau mưa lớn",
        "Hỏi tiến độ cấp giấy chứng nhận quyền sử dụng đất",
        "Chó thả rông ở khu chợ",
        "Đề nghị lắp gương cầu ở khúc cua gần trường",
        "Thu tiền vệ sinh hai lần trong một tháng",
    ];
    let topics = office.house.now().pack.topics.topics.iter().map(|topic| topic.id.clone()).collect::<Vec<_>>();
    let mut first = None;
    for (place, subject) in subjects.iter().enumerate() {
        let day = Day::constant(2026, 8, 3 + i8::try_from(place * 2).unwrap());
        let input = Input::default()
            .set("kind", ["complaint", "petition", "feedback"][place % 3])
            .set("round", "first")
            .set("subject", *subject)
            .set("received_on", kernel::show_day(day))
            .set("topic", &topics[place % topics.len()])
            .set("channel", ["counter", "post", "online"][place % 3])
            .set("signatories", (place + 1).to_string())
            .set("competent", "yes")
            .set("sender_name", "Nguyễn Thị Lan");
        let mut input = input;
        if place % 3 != 0 {
            input.fields.shift_remove("round");
        }
        let new = act::New { unit: office.unit, input, ..act::New::default() };
        let done = act::create(&office.house, &by, "submission", new).await.unwrap();
        if place == 6 {
            let id = done.record.id;
            act::take(&office.house, &by, id, 1, "accept", TODAY, Input::default()).await.unwrap();
            first = Some(id);
        }
    }
    let an = office.town.by("an");
    let record = pages::href(first.unwrap());
    an.post(&format!("{record}/comment"), &[("text", "Đã xin bản đồ địa chính")]).await;
    an.upload(&format!("{record}/files"), &[], ("file", "Quyết định 118-QĐ-UBND.pdf", b"%PDF-1.7 quyet dinh")).await;
    let seen = version(&office, &record).await;
    send(
        &office,
        "binh",
        &format!("{record}/edit"),
        &[
            ("version", &seen),
            ("subject", "Xem lại quyết định thu hồi đất làm đường liên thôn Thượng"),
            ("signatories", "9"),
        ],
    )
    .await;
    let stale = send(
        &office,
        "an",
        &format!("{record}/edit"),
        &[("version", &seen), ("subject", "Đề nghị đo lại đất thu hồi"), ("signatories", "7")],
    )
    .await;
    let wrong = send(&office, "an", "/registers/model/new", &[("name", ""), ("registered_on", "31/11/2026")]).await;
    let mut screens = vec![("stale".to_owned(), stale), ("wrong".to_owned(), wrong)];
    for (name, path) in [
        ("today", "/".to_owned()),
        ("list", "/registers/submission?sort=due".to_owned()),
        ("filtered", "/registers/submission?sort=due&f.kind=feedback&from=01/08/2026".to_owned()),
        ("none", "/registers/submission?f.kind=feedback&f.channel=counter&q=khieu".to_owned()),
        ("empty", "/registers/dialogue?view=all".to_owned()),
        ("record", record.clone()),
        ("edit", format!("{record}/edit")),
        ("new", "/registers/submission/new".to_owned()),
        ("dialogue", "/registers/dialogue/new".to_owned()),
        ("step", format!("{record}/steps/settle")),
        ("search", "/search?q=thu+hoi".to_owned()),
        ("books", "/registers".to_owned()),
        ("private", format!("{record}/private")),
        ("view", "/registers/submission/views/new?f.kind=feedback".to_owned()),
    ] {
        screens.push((name.to_owned(), an.get(&path).await));
    }
    let block = "Loại đơn\tNội dung tóm tắt\tNgày nhận\tLĩnh vực\tGhi thêm\nphản ánh\tĐèn hỏng\t01/09/2026\tĐất đai, nhà cửa\tx\nphản ánh\tCống tắc\t31/11/2026\tĐất đai, nhà cửa\t\n";
    let staged = an.post("/registers/submission/import", &[("block", block)]).await.header("location").to_owned();
    screens.push(("import".to_owned(), an.get("/registers/submission/import").await));
    screens.push(("batch".to_owned(), an.get(&staged).await));
    let handles: Vec<String> = [first.unwrap().handle()].into();
    screens.push((
        "bulk".to_owned(),
        an.post("/registers/submission/bulk", &[("act", "step.settle"), ("id", &handles[0])]).await,
    ));
    screens.push((
        "bulked".to_owned(),
        an.post(
            "/registers/submission/bulk",
            &[("act", "step.settle"), ("sure", "yes"), ("on", "04/09/2026"), ("id", &handles[0])],
        )
        .await,
    ));
    screens.push(("void".to_owned(), office.town.by("binh").get(&format!("{record}/void")).await));
    let dir = std::path::Path::new(&dir);
    std::fs::create_dir_all(dir.join("look")).unwrap();
    for (name, reply) in screens {
        let text = reply.text();
        for asset in text.split('"').filter(|part| part.starts_with("/look/") && !part.contains('#')) {
            let file = office.town.stranger().get(asset).await;
            std::fs::write(dir.join(&asset[1..]), file.bytes).unwrap();
        }
        std::fs::write(dir.join(format!("{name}.html")), text.replace("\"/look/", "\"look/")).unwrap();
    }
}
