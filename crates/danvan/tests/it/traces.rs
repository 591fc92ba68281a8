//! Whatever changes something leaves an entry in the timeline, in the same transaction.

use std::sync::Arc;

use axum::http::Method;
use web::testing::Reply;

use crate::town::{Inhabited, PASSWORD, WARD, now};

/// Who, the route, the rest of its address, the form.
type Act<'a> = (&'a str, &'static str, &'a str, &'a [(&'a str, &'a str)]);

/// Doors behind which nothing changes that the house answers for: a saved view is a bookmark of one person, a file made from a report can
/// be made again, and a sheet that was only looked at is in no book.
const NO_TRACE: [(&str, &str); 8] = [
    // Whoever looks up a receipt is nobody, and changes nothing.
    ("POST", "/receipt"),
    ("POST", "/registers/{register}/import"),
    ("POST", "/registers/{register}/views/new"),
    ("POST", "/registers/{register}/views/{view}/drop"),
    ("POST", "/reports/{id}/file/{format}"),
    // What someone watches is a bookmark too.
    ("POST", "/watching"),
    ("POST", "/watching/seen"),
    ("POST", "/watching/{watch}/drop"),
];

async fn entries(house: &Inhabited) -> usize {
    let mut tx = house.house.read().await.unwrap();
    timeline::latest(&mut tx, None, i64::MAX, 1_000_000).await.unwrap().len()
}

struct Walk {
    house: Inhabited,
    walked: Vec<(&'static str, &'static str)>,
    silent: Vec<String>,
}

impl Walk {
    /// Posts a form as that person; it must be taken, and leave a trace.
    async fn post(&mut self, login: &str, pattern: &'static str, address: &str, fields: &[(&str, &str)]) -> Reply {
        let before = entries(&self.house).await;
        let reply = self.house.by(login).post(address, fields).await;
        self.note("POST", pattern, &reply, before).await;
        reply
    }

    async fn api(
        &mut self,
        login: &str,
        method: Method,
        pattern: &'static str,
        address: &str,
        json: &serde_json::Value,
    ) -> Reply {
        let before = entries(&self.house).await;
        let verb = if method == Method::PUT { "PUT" } else { "POST" };
        let reply = self.house.program(login).api(method, address, Some(json)).await;
        self.note(verb, pattern, &reply, before).await;
        reply
    }

    async fn note(&mut self, verb: &'static str, pattern: &'static str, reply: &Reply, before: usize) {
        self.walked.push((verb, pattern));
        if !matches!(reply.status.as_u16(), 200..=399) {
            self.silent.push(format!("{verb} {pattern} was not taken: {} {}", reply.status, excerpt(&reply.text())));
        } else if entries(&self.house).await == before {
            self.silent.push(format!("{verb} {pattern} left no trace"));
        }
    }

    async fn version(&self, record: kernel::Id) -> String {
        let reply = self.house.program("clerk").api(Method::GET, &format!("/api/v1/records/{record}"), None).await;
        reply.json()["version"].to_string()
    }
}

fn excerpt(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap_or(page);
    main.split(['<', '>'])
        .skip(1)
        .step_by(2)
        .collect::<Vec<_>>()
        .join(" ")
        .split_whitespace()
        .take(60)
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_writing_door_leaves_a_trace() {
    let house = Inhabited::open().await;
    let doors = house.town.rows.clone();
    let mut walk = Walk { house, walked: Vec::new(), silent: Vec::new() };
    records(&mut walk).await;
    reports(&mut walk).await;
    sealed(&mut walk).await;
    sheets(&mut walk).await;
    tables(&mut walk).await;
    walk.post("clerk", "/calendar", "/calendar", &[]).await;
    people(&mut walk).await;
    own_account(&mut walk).await;
    decisions(&mut walk).await;
    calendar(&mut walk).await;
    let forgotten: Vec<String> = doors
        .iter()
        .filter(|row| row.method != Method::GET)
        .map(|row| (row.method.as_str().to_owned(), row.path))
        .filter(|(verb, path)| !walk.walked.iter().chain(&NO_TRACE).any(|known| known.0 == verb && known.1 == *path))
        .map(|(verb, path)| format!("{verb} {path}"))
        .collect();
    assert!(
        walk.silent.is_empty() && forgotten.is_empty(),
        "{}\nnobody walked through:\n{}",
        walk.silent.join("\n"),
        forgotten.join("\n")
    );
}

const LETTER: [(&str, &str); 5] = [
    ("kind", "petition"),
    ("subject", "Kiến nghị lắp đèn"),
    ("received_on", "02/09/2026"),
    ("topic", "infrastructure"),
    ("competent", "yes"),
];

const VISIT: [(&str, &str); 8] = [
    ("received_on", "02/09/2026"),
    ("reception", "regular"),
    ("subject", "Hỏi thủ tục cấp giấy phép"),
    ("kind", "petition"),
    ("persons", "1"),
    ("matters", "1"),
    ("turn", "first"),
    ("letters", "0"),
];

async fn records(walk: &mut Walk) {
    walk.post("clerk", "/registers/{register}/new", "/registers/visit/new", &shown(&VISIT, &[("unit", WARD)])).await;
    let days = [("from", "01/09/2026"), ("to", "03/09/2026")];
    walk.post("clerk", "/registers/{register}/book/{form}", "/registers/visit/book/03-tcd", &days).await;
    let new = "/registers/{register}/new";
    walk.post("clerk", new, "/registers/submission/new", &shown(&LETTER, &[("unit", WARD)])).await;
    let letter = walk.house.letter("clerk").await;
    let at = |rest: &str| format!("/records/{letter}{rest}");
    let version = walk.version(letter).await;
    let changed = [("subject", "Kiến nghị lắp đèn ngõ 7"), ("shown", "subject"), ("version", version.as_str())];
    walk.post("clerk", "/records/{record}/edit", &at("/edit"), &changed).await;
    let version = walk.version(letter).await;
    let taken = [("on", "03/09/2026"), ("version", version.as_str())];
    walk.post("clerk", "/records/{record}/steps/{step}", &at("/steps/accept"), &taken).await;
    let version = walk.version(letter).await;
    walk.post("clerk", "/records/{record}/undo", &at("/undo"), &[("version", version.as_str())]).await;
    walk.post("clerk", "/records/{record}/comment", &at("/comment"), &[("text", "Đã gọi lại")]).await;
    walk.post("clerk", "/records/{record}/receipt", &at("/receipt"), &[]).await;
    walk.post("clerk", "/records/{record}/private", &at("/private"), &[("reason", "Gửi giấy báo")]).await;
    let paper = |rest: &str| at(&format!("/papers/feedback_answer{rest}"));
    walk.post("clerk", "/records/{record}/papers/{paper}", &paper(""), &[("format", "pdf")]).await;
    let version = walk.version(letter).await;
    let signed = [("number", "5/UBND"), ("signed_on", "03/09/2026"), ("version", version.as_str())];
    walk.post("clerk", "/records/{record}/papers/{paper}/signed", &paper("/signed"), &signed).await;
    let version = walk.version(letter).await;
    let sent = [("to", "sender"), ("how", "post"), ("sent_on", "03/09/2026"), ("version", version.as_str())];
    walk.post("clerk", "/records/{record}/papers/{paper}/delivered", &paper("/delivered"), &sent).await;
    walk.post("clerk", "/records/{record}/case-file", &at("/case-file"), &[]).await;
    let before = entries(&walk.house).await;
    let reply = walk.house.by("clerk").upload(&at("/files"), &[], ("file", "ghi-chu.txt", b"noi dung")).await;
    walk.note("POST", "/records/{record}/files", &reply, before).await;
    let file = walk.house.file("clerk", letter).await;
    let version = walk.version(letter).await;
    let drop = format!("/files/{file}/drop");
    walk.post("clerk", "/records/{record}/files/{file}/drop", &at(&drop), &[("version", version.as_str())]).await;
    let version = walk.version(letter).await;
    let ends = [("reason", "Ghi hai lần"), ("version", version.as_str())];
    walk.post("leader", "/records/{record}/void", &at("/void"), &ends).await;

    let letter = walk.house.letter("clerk").await.to_string();
    let each = [("id", letter.as_str()), ("act", "step.accept"), ("sure", "yes"), ("on", "03/09/2026")];
    walk.post("clerk", "/registers/{register}/bulk", "/registers/submission/bulk", &each).await;

    let rule = [
        ("from", "01/10/2026"),
        ("to", "31/10/2026"),
        ("every", "week"),
        ("weekday", "4"),
        ("head", "11383/ubnd:chu-tich-ubnd"),
        ("kind", "periodic"),
    ];
    let chosen = [("do", "make"), ("day", "2026-10-01"), ("day", "2026-10-08")];
    let by_rule = "/registers/reception_session/by-rule";
    walk.post("clerk", "/registers/{register}/by-rule", by_rule, &shown(&rule, &chosen)).await;

    let body = serde_json::json!({ "fields": {
        "kind": "petition", "subject": "Kiến nghị", "received_on": "2026-09-02", "topic": "infrastructure", "competent": true } });
    let create = "/api/v1/registers/{register}/records";
    walk.api("clerk", Method::POST, create, "/api/v1/registers/submission/records", &body).await;
    let letter = walk.house.letter("clerk").await;
    for (method, pattern, rest, json) in [
        (Method::PUT, "/api/v1/records/{record}", "", serde_json::json!({ "fields": { "subject": "Kiến nghị khác" } })),
        (
            Method::POST,
            "/api/v1/records/{record}/steps/{step}",
            "/steps/accept",
            serde_json::json!({ "on": "2026-09-03" }),
        ),
    ] {
        let (before, version) = (entries(&walk.house).await, walk.version(letter).await);
        let verb = if method == Method::PUT { "PUT" } else { "POST" };
        let request = walk
            .house
            .town
            .stranger()
            .request(method, &format!("/api/v1/records/{letter}{rest}"))
            .header("authorization", format!("Bearer {}", walk.house.people["clerk"].token))
            .header("content-type", "application/json")
            .header("if-match", format!("\"{version}\""))
            .body(axum::body::Body::from(json.to_string()))
            .unwrap();
        let reply = walk.house.town.ask(request).await;
        walk.note(verb, pattern, &reply, before).await;
    }
    let job = walk.house.job("clerk").await;
    walk.post("clerk", "/jobs/{job}/cancel", &format!("/jobs/{job}/cancel"), &[]).await;
    let job = walk.house.job("clerk").await;
    let cancel = format!("/api/v1/jobs/{job}/cancel");
    walk.api("clerk", Method::POST, "/api/v1/jobs/{job}/cancel", &cancel, &serde_json::json!({})).await;
}

/// An identity: sealed for handlers who were named, opened with a second person, seen by the head; and the public intake.
async fn sealed(walk: &mut Walk) {
    const WORDS: &str = "bảy con trâu qua cầu tre";
    let choose = [("passphrase", WORDS), ("again", WORDS), ("password", PASSWORD)];
    for login in ["clerk", "leader"] {
        walk.post(login, "/sealed/key", "/sealed/key", &choose).await;
        let account = kernel::Id(walk.house.people[login].account).handle();
        walk.post("leader", "/sealed/handlers", "/sealed/handlers", &[("account", account.as_str())]).await;
    }
    let case = [
        ("subject", "Đơn tố cáo"),
        ("received_on", "02/09/2026"),
        ("form", "letter"),
        ("topic", "infrastructure"),
        ("denouncer_name", "Người tố cáo thử"),
    ];
    let new = "/registers/{register}/new";
    walk.post("clerk", new, "/registers/denunciation/new", &shown(&case, &[("unit", WARD)])).await;
    let list = walk.house.program("clerk").api(Method::GET, "/api/v1/registers/denunciation/records", None).await;
    let handle = list.json()["records"][0]["id"].as_str().unwrap_or_default().to_owned();
    let at = |act: &str| format!("/records/{handle}/identity/{act}");
    let leader = kernel::Id(walk.house.people["leader"].account).handle();
    let passphrase = ("passphrase", WORDS);
    walk.post("clerk", "/records/{record}/identity/ask", &at("ask"), &[("reason", "Xác minh")]).await;
    walk.post("leader", "/records/{record}/identity/agree", &at("agree"), &[("password", PASSWORD)]).await;
    walk.post("clerk", "/records/{record}/identity/open", &at("open"), &[passphrase]).await;
    let share = [("to", leader.as_str()), passphrase];
    walk.post("clerk", "/records/{record}/identity/share", &at("share"), &share).await;
    transferred(walk, &handle).await;
    walk.post("clerk", "/records/{record}/identity/hand", &at("hand"), &[passphrase]).await;
    walk.post("clerk", "/records/{record}/identity/release", &at("release"), &[]).await;
    walk.post("leader", "/sealed/seen", "/sealed/seen", &[]).await;
    walk.post("leader", "/sealed/handlers/drop", "/sealed/handlers/drop", &[("account", leader.as_str())]).await;

    let (db, ids, vault) = (&walk.house.house.db, &walk.house.house.ids, &walk.house.house.vault);
    let key = vault::PrivateKey::random().unwrap().public().unwrap();
    let file = format!("danvan intake key 1\n{}\n", data_encoding::HEXLOWER.encode(&key.0));
    let mut tx = db.begin().await.unwrap();
    vault.intake_accept_key(&mut tx, ids, &file, "Văn bản thử", now()).await.unwrap();
    tx.commit().await.unwrap();
    walk.post("clerk", "/intake", "/intake", &[("text", "Nội dung")]).await;
}

/// The letter goes to another body, where someone is named to open what is sealed.
async fn transferred(walk: &mut Walk, handle: &str) {
    let house = walk.house.house.clone();
    let (there, account) = (walk.house.unit(crate::town::OTHER), walk.house.people["leader"].account);
    let mut tx = house.db.begin().await.unwrap();
    house.vault.name_handler(&mut tx, there, account, account, 1).await.unwrap();
    tx.commit().await.unwrap();
    let version = walk.version(handle.parse().unwrap()).await;
    let step = shown(&[("transferred_to", crate::town::OTHER)], &[("on", "03/09/2026"), ("version", &version)]);
    walk.post("clerk", "/records/{record}/steps/{step}", &format!("/records/{handle}/steps/transfer"), &step).await;
}

/// A cross-table kept, with its address; and a table asked from a body and answered.
async fn tables(walk: &mut Walk) {
    let kept = [("query", "f=dialogue.held&rows=units"), ("name", "Đối thoại"), ("share", "body")];
    let made = walk.post("clerk", "/figures/tables", "/figures/tables", &kept).await;
    let table = made.header("location").rsplit_once("table=").map_or("", |(_, table)| table).to_owned();
    for rest in ["/address", "/address/end", "/drop"] {
        let pattern = match rest {
            "/address" => "/figures/tables/{table}/address",
            "/address/end" => "/figures/tables/{table}/address/end",
            _ => "/figures/tables/{table}/drop",
        };
        walk.post("clerk", pattern, &format!("/figures/tables/{table}{rest}"), &[]).await;
    }
    let asked = [
        ("title", "Nước sạch"),
        ("day", "05/09/2026"),
        ("hour", "10:00"),
        ("period", "2026"),
        ("to", "below.ubnd"),
        ("column.0.label", "Số hộ"),
        ("column.0.holds", "number"),
    ];
    let made = walk.post("clerk-above", "/requests/new", "/requests/new", &asked).await;
    let address = made.header("location").to_owned();
    let answer = [("unit", WARD), ("version", "1"), ("answer.0", "12"), ("do", "send")];
    walk.post("clerk", "/requests/{request}/answer", &format!("{address}/answer"), &answer).await;
    walk.post("clerk-above", "/requests/{request}/close", &format!("{address}/close"), &[("version", "1")]).await;
}

/// A sheet is applied and taken back by jobs: what they change has its trace when they are done.
async fn sheets(walk: &mut Walk) {
    walk.post("clerk", "/registers/{register}/export", "/registers/submission/export", &[]).await;
    let block = "Loại đơn\tNội dung tóm tắt\tNgày nhận\tLĩnh vực\nkiến nghị\tXin lắp đèn\t02/09/2026\tinfrastructure";
    let reply = walk.house.by("clerk").post("/registers/submission/import", &[("block", block)]).await;
    let batch = reply.header("location").to_owned();
    assert!(batch.contains("/imports/"), "{} {}", reply.status, excerpt(&reply.text()));
    for (pattern, address, fields) in [
        ("/registers/{register}/imports/{batch}", batch.clone(), vec![("do", "apply")]),
        ("/registers/{register}/imports/{batch}/back", format!("{batch}/back"), vec![]),
    ] {
        let before = entries(&walk.house).await;
        let reply = walk.house.by("clerk").post(&address, &fields).await;
        if let Ok(job) = reply.header("location").rsplit('/').next().unwrap_or_default().parse::<kernel::Id>() {
            let house = &walk.house.house;
            let work = Arc::new(records::import::ImportJob::new(house.clone()));
            let jobs = Arc::new(jobs::Jobs::new().with(records::import::JOB, work));
            let done = jobs::see_through(&house.db, jobs, Arc::new(now), job.0, |_| {}).await.unwrap();
            assert_eq!(done.state, jobs::State::Done, "{done:?}");
        }
        walk.note("POST", pattern, &reply, before).await;
    }
}

/// A form says which fields it showed.
fn shown<'a>(fields: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let names = fields.iter().map(|(name, _)| *name).map(|name| ("shown", name));
    fields.iter().copied().chain(names).chain(more.iter().copied()).collect()
}

async fn reports(walk: &mut Walk) {
    let before = entries(&walk.house).await;
    let report = walk.house.report("clerk", 9).await;
    assert!(entries(&walk.house).await > before, "a report begun leaves no trace");
    walk.walked.push(("POST", "/reports/new"));
    let new = serde_json::json!({ "outline": "annual", "unit": "11383", "period": "2025" });
    walk.api("clerk", Method::POST, "/api/v1/reports", "/api/v1/reports", &new).await;
    let at = |rest: &str| format!("/reports/{report}{rest}");
    let mut version = 1;
    let steps: [Act; 7] = [
        ("clerk", "/reports/{id}/slot/{slot}", "/slot/leadership", &[("text", "Đã ban hành kế hoạch.")]),
        ("clerk", "/reports/{id}/submit", "/submit", &[]),
        ("leader-above", "/reports/{id}/return", "/return", &[("reason", "Ghi rõ số liệu")]),
        ("clerk", "/reports/{id}/answer/{one}", "", &[("answer", "Đã ghi rõ")]),
        ("clerk", "/reports/{id}/submit", "/submit", &[]),
        ("leader-above", "/reports/{id}/accept", "/accept", &[]),
        (
            "leader",
            "/reports/{id}/issue",
            "/issue",
            &[("number", "12"), ("day", "03/09/2026"), ("signer", "Nguyễn Văn A")],
        ),
    ];
    for (login, pattern, rest, fields) in steps {
        let text = version.to_string();
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("version", text.as_str())]).collect();
        // Which sections can be returned is known once it was submitted.
        let section = if pattern.ends_with("/return") {
            format!("section:{}", after(&walk.house.by(login).get(&at("/return")).await.text(), "value=\"section:"))
        } else {
            String::new()
        };
        let fields: Vec<(&str, &str)> = fields.into_iter().chain([("target", section.as_str())]).collect();
        let answering = pattern.ends_with("{one}");
        let rest = if answering {
            format!("/answer/{}", after(&walk.house.by(login).get(&at("")).await.text(), "/answer/"))
        } else {
            rest.to_owned()
        };
        let reply = walk.post(login, pattern, &at(&rest), &fields).await;
        version += i32::from(reply.status.as_u16() == 303 && !answering);
    }
    // The city takes a paragraph of it into its own.
    let review = async |login: &str, unit: &str| {
        let new = [("outline", "coordination-review"), ("unit", unit), ("period", "2026-H1")];
        let reply = walk.house.by(login).post("/reports/new", &new).await;
        reply.header("location").to_owned()
    };
    let (below, above) = (review("clerk", "11383").await, review("clerk-above", "31").await);
    let told = [("version", "1"), ("text", "Giao ban hằng tháng.")];
    walk.house.by("clerk").post(&format!("{below}/slot/working"), &told).await;
    walk.house.by("clerk").post(&format!("{below}/submit"), &[("version", "2")]).await;
    walk.house.by("leader-above").post(&format!("{below}/accept"), &[("version", "3")]).await;
    let from = below.rsplit('/').next().unwrap_or_default();
    let fields = [("version", "1"), ("from", from), ("part", "0")];
    let to = format!("{above}/slot/working/below");
    walk.post("clerk-above", "/reports/{id}/slot/{slot}/below", &to, &fields).await;
    // What was issued comes back signed.
    let issued = walk.house.by("leader").get(&at("/file/docx")).await.bytes;
    let before = entries(&walk.house).await;
    let reply = walk.house.by("leader").upload(&at("/copy"), &[], ("file", "ban-ky.docx", &issued)).await;
    walk.note("POST", "/reports/{id}/copy", &reply, before).await;
}

/// What follows `mark` on a page, up to the end of the quotation.
fn after(page: &str, mark: &str) -> String {
    page.split(mark).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

async fn people(walk: &mut Walk) {
    let more =
        [("login", "nguoi-moi"), ("name", "Người mới"), ("role", "clerk"), ("unit", WARD), ("from", "01/09/2026")];
    walk.post("administrator", "/people", "/people", &more).await;
    let account = kernel::Id(walk.house.people["colleague"].account);
    let at = |rest: &str| format!("/people/{account}{rest}");
    let seat = [("role", "inspector"), ("unit", WARD), ("from", "01/09/2026"), ("to", "30/09/2026")];
    walk.post("administrator", "/people/{account}/seat", &at("/seat"), &seat).await;
    let held = walk.house.by("administrator").get(&at("")).await.text();
    let seat = held
        .split(r#"name="seat" value=""#)
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned();
    walk.post("administrator", "/people/{account}/seat/end", &at("/seat/end"), &[("seat", seat.as_str())]).await;
    walk.post("administrator", "/people/{account}/invite", &at("/invite"), &[]).await;
    walk.post("administrator", "/people/{account}/disable", &at("/disable"), &[("disabled", "yes")]).await;
    let holder = [("post", "chu-tich-ubnd"), ("unit", WARD), ("name", "Trần Văn B"), ("from", "01/07/2026")];
    walk.post("administrator", "/posts", "/posts", &holder).await;
    let page = walk.house.by("administrator").get("/posts").await.text();
    let holder = page
        .split(r#"name="holder" value=""#)
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned();
    walk.post("administrator", "/posts/end", "/posts/end", &[("holder", holder.as_str())]).await;
}

async fn own_account(walk: &mut Walk) {
    let (db, ids) = (walk.house.house.db.clone(), walk.house.house.ids.clone());
    let ward = walk.house.unit(WARD);
    let clerk = pack::register::Role::Clerk;
    let (_, invitation) = people::add(&db, &ids, (0, 0), "moi-den", "Mới đến", clerk, ward, now()).await.unwrap();
    let chosen = [("password", PASSWORD), ("again", PASSWORD)];
    walk.post("clerk", "/invitation/{token}", &invitation.unwrap().path(), &chosen).await;
    let leader = pack::register::Role::Leader;
    people::add(&db, &ids, (0, 0), "neighbour", "", leader, ward, now()).await.unwrap();
    walk.post("neighbour", "/sign-in", "/sign-in", &[("login", "neighbour"), ("password", PASSWORD)]).await;
    let page = walk.house.by("neighbour").get("/account").await.text();
    let seat = after(&page, r#"name="seat" value=""#);
    walk.post("neighbour", "/seat", "/seat", &[("seat", seat.as_str())]).await;
    let session = after(&page, r#"name="session" value=""#);
    walk.post("neighbour", "/account/sessions/end", "/account/sessions/end", &[("session", session.as_str())]).await;
    walk.post("neighbour", "/sign-out", "/sign-out", &[]).await;
    let renewed = [("old", PASSWORD), ("password", "Cầu tre 58 nhịp")];
    walk.post("inspector", "/account/password", "/account/password", &renewed).await;
}

/// A local day off, entered by who sits above all others here, and taken back.
async fn calendar(walk: &mut Walk) {
    let entered =
        [("decision", "12/TB-UBND"), ("day", "10/09/2026"), ("kind", "local"), ("name", "Lễ hội"), ("go", "apply")];
    walk.post("administrator-above", "/days/new", "/days/new", &entered).await;
    let page = walk.house.by("administrator-above").get("/days?year=2026").await.text();
    let day = page.split("/days/").filter_map(|rest| rest.split_once("/back")).map(|(handle, _)| handle.to_owned());
    let back = format!("/days/{}/back", day.last().unwrap_or_default());
    let taken = [("go", "apply"), ("reason", "Ghi nhầm")];
    walk.post("administrator-above", "/days/{day}/back", &back, &taken).await;
}

async fn decisions(walk: &mut Walk) {
    let named = [
        ("act", "rename"),
        ("number", "7/NQ-HĐND"),
        ("day", "01/09/2026"),
        ("unit", "11383"),
        ("name", "An Biên"),
        ("go", "enter"),
    ];
    walk.post("administrator-above", "/decisions/new", "/decisions/new", &named).await;
    let page = walk.house.by("administrator-above").get("/decisions").await.text();
    let decision =
        page.split("/decisions/").filter_map(|rest| rest.split_once("/undo")).map(|(handle, _)| handle.to_owned());
    let undo = format!("/decisions/{}/undo", decision.last().unwrap_or_default());
    walk.post("administrator-above", "/decisions/{decision}/undo", &undo, &[("note", "Ghi nhầm")]).await;
}
