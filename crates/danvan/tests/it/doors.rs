//! Every door of the house, and the exact answer that each role gets at it: for what is their own, a colleague's, another body's, and for
//! what lies sealed in a body below them. `doors.txt` is the table; a door without a row, or a row without a door, fails.

use std::{collections::BTreeMap, fmt::Write as _, fs};

use axum::http::Method;
use pack::register::Role;
use web::RouteRow;

use crate::{
    town::{Inhabited, Person, WARD},
    tree::top,
};

const TABLE: &str = "crates/danvan/tests/it/doors.txt";

/// Whose the thing behind the door is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    Own,
    Colleagues,
    OtherBodys,
    /// A body's below, asked for from above.
    Sealed,
}

const WHOSE: [Whose; 4] = [Whose::Own, Whose::Colleagues, Whose::OtherBodys, Whose::Sealed];

/// What stands behind the doors, by whose it is.
struct Things {
    record: String,
    file: String,
    report: String,
    job: String,
    account: String,
}

async fn things(house: &Inhabited, maker: &str, days: u8) -> Things {
    let record = house.letter(maker).await;
    Things {
        record: record.to_string(),
        file: house.file(maker, record).await.to_string(),
        report: house.report(if maker == "neighbour" { maker } else { "clerk" }, days).await.to_string(),
        job: house.job(maker).await.to_string(),
        account: kernel::Id(house.people[maker].account).to_string(),
    }
}

/// Whether what stands behind the door belongs to someone.
fn is_someones(path: &str) -> bool {
    ["{record}", "{account}", "{job}", "/reports/{id}"].iter().any(|part| path.contains(part))
}

fn address(path: &str, things: &Things) -> String {
    let id = if path.contains("/reports/{id}") { things.report.as_str() } else { "submission.received" };
    let nobodys = kernel::Id(1).to_string();
    let given = [
        ("{record}", things.record.as_str()),
        ("{file}", &things.file),
        ("{account}", &things.account),
        ("{job}", &things.job),
        ("{id}", id),
        // Not every register comes round.
        ("{register}/by-rule", "reception_session/by-rule"),
        ("{register}", "submission"),
        ("{step}", "accept"),
        ("{paper}", "acceptance_notice"),
        ("{form}", "01-tcd-2024"),
        ("{slot}", "leadership"),
        ("{format}", "html"),
        ("{one}", &nobodys),
        ("{view}", &nobodys),
        ("{table}", &nobodys),
        ("{request}", &nobodys),
        ("{batch}", &nobodys),
        ("{hash}", "0000000000000000000000000000000000000000000000000000000000000000"),
        ("{token}", "nobodys-token"),
        ("{decision}", &nobodys),
        ("{day}", &nobodys),
        ("{watch}", &nobodys),
        ("{*code}", "11383"),
    ];
    let filled = given.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value));
    assert!(!filled.contains('{'), "nothing is known to stand at {path}: add it to `address`");
    filled
}

async fn knock(house: &Inhabited, row: &RouteRow, login: Option<&str>, address: &str) -> u16 {
    let api = row.path.starts_with("/api/");
    let client = match login {
        Some(login) if api => house.program(login),
        Some(login) => house.by(login),
        None => house.town.stranger(),
    };
    let reply = if api {
        let body = (row.method != Method::GET).then(|| serde_json::json!({}));
        client.api(row.method.clone(), address, body.as_ref()).await
    } else if row.method == Method::GET {
        client.get(address).await
    } else {
        client.post(address, &form(row.path)).await
    };
    reply.status.as_u16()
}

/// What is posted. Where something is made, the form is filled, so that only the right decides. Elsewhere it names a version that never
/// was: whoever may is told that someone was faster, and nothing changes.
fn form(path: &str) -> Vec<(&'static str, &'static str)> {
    match path {
        "/registers/{register}/new" => [("unit", WARD)].into_iter().chain(LETTER).chain(SHOWN).collect(),
        "/reports/new" => vec![("outline", "annual"), ("unit", "11383"), ("period", "2026")],
        "/decisions/new" => {
            vec![("act", "rename"), ("number", "7"), ("day", "01/09/2026"), ("unit", "11383"), ("name", "An Biên")]
        }
        "/people" => vec![("login", "nguoi-moi"), ("name", "Người mới"), ("role", "clerk"), ("unit", WARD)],
        "/posts" => vec![("post", "chu-tich-ubnd"), ("unit", WARD), ("name", "Trần Văn B"), ("from", "01/07/2026")],
        _ => vec![("version", "999999")],
    }
}

const LETTER: [(&str, &str); 5] = [
    ("kind", "petition"),
    ("subject", "Kiến nghị lắp đèn"),
    ("received_on", "02/09/2026"),
    ("topic", "infrastructure"),
    ("competent", "yes"),
];
const SHOWN: [(&str, &str); 5] =
    [("shown", "kind"), ("shown", "subject"), ("shown", "received_on"), ("shown", "topic"), ("shown", "competent")];

struct Answers {
    stranger: u16,
    /// By role, in order; one answer, or one for each of [`WHOSE`].
    roles: Vec<Vec<u16>>,
}

impl Answers {
    fn write(&self, row: &RouteRow) -> String {
        let mut line = format!("{:<6} {:<44} {}", row.method, row.path, self.stranger);
        for answers in &self.roles {
            let cell: Vec<String> = answers.iter().map(u16::to_string).collect();
            let _ = write!(line, " {:<15}", cell.join("/"));
        }
        line.trim_end().to_owned()
    }
}

async fn try_door(house: &Inhabited, row: &RouteRow, known: &BTreeMap<(usize, Whose), Things>) -> Answers {
    let stranger = knock(house, row, None, &address(row.path, &known[&(0, Whose::Own)])).await;
    let mut roles = Vec::new();
    for (place, role) in Role::ALL.iter().enumerate() {
        let mut answers = Vec::new();
        for whose in WHOSE {
            if !is_someones(row.path) && whose != Whose::Own {
                continue;
            }
            let login = if whose == Whose::Sealed { format!("{}-above", role.name()) } else { role.name().to_owned() };
            answers.push(knock(house, row, Some(&login), &address(row.path, &known[&(place, whose)])).await);
        }
        roles.push(answers);
    }
    Answers { stranger, roles }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_door_answers_as_the_table_says() {
    let house = Inhabited::open().await;
    let mut known = BTreeMap::new();
    for (place, role) in Role::ALL.iter().enumerate() {
        known.insert((place, Whose::Own), things(&house, role.name(), 1).await);
        known.insert((place, Whose::Colleagues), things(&house, "colleague", 2).await);
        known.insert((place, Whose::OtherBodys), things(&house, "neighbour", 3).await);
        known.insert((place, Whose::Sealed), things(&house, "colleague", 4).await);
    }
    let mut rows = house.town.rows.clone();
    // Behind the last door sessions end.
    rows.sort_by_key(|row| (row.path == web::paths::SIGN_OUT, row.path, row.method.to_string()));
    let (mut found, mut broken) = (Vec::new(), Vec::new());
    for row in rows.iter().filter(|row| row.path != "/look/{file}") {
        let answers = try_door(&house, row, &known).await;
        broken.extend(against_the_rules(row, &answers));
        found.push(answers.write(row));
    }
    assert!(broken.is_empty(), "doors that no table may allow:\n{}\n\nall:\n{}", broken.join("\n"), found.join("\n"));

    let text = fs::read_to_string(top().join(TABLE)).unwrap_or_default();
    let table: Vec<&str> =
        text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let new: Vec<&String> = found.iter().filter(|line| !table.contains(&line.as_str())).collect();
    let gone: Vec<&&str> = table.iter().filter(|line| !found.iter().any(|one| one == *line)).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "{TABLE} does not say what the doors do.\nDoors say:\n{}\nThe table says:\n{}",
        new.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"),
        gone.iter().map(|line| **line).collect::<Vec<_>>().join("\n"),
    );
}

/// What holds for every door, whatever the table says.
fn against_the_rules(row: &RouteRow, answers: &Answers) -> Vec<String> {
    let mut broken = Vec::new();
    let mut say = |what: &str| broken.push(format!("{} {}: {what}: {}", row.method, row.path, answers.write(row)));
    let shut = if row.path.starts_with("/api/") { 401 } else { 303 };
    if row.act != web::OPEN && answers.stranger != shut {
        say("a stranger comes in");
    }
    for cell in &answers.roles {
        if cell.iter().any(|status| *status >= 500) {
            say("trouble");
        }
        if is_someones(row.path) && cell.len() == WHOSE.len() && cell[2] != 404 {
            say("another body's thing is not as one that is missing");
        }
    }
    let auditor = answers.roles.last().map_or(0, |cell| cell[0]);
    // Their own account, work and bookmarks; and a file made from what they may read.
    let own = ["/account", "/seat", "/sign-", "/jobs/", "/api/v1/jobs/", "/watching"]
        .iter()
        .any(|start| row.path.starts_with(start))
        || ["/views/", "/file/", "/export"].iter().any(|part| row.path.contains(part));
    if row.method != Method::GET && !own && (200..400).contains(&auditor) {
        say("an auditor changes something");
    }
    broken
}

/// The right to look is of the seat, not of the session: without one, nothing opens.
#[tokio::test(flavor = "multi_thread")]
async fn private_fields_are_opened_by_their_own_body_only() {
    let house = Inhabited::open().await;
    let letter = house.letter("colleague").await;
    let address = format!("/records/{letter}/private");
    let reason = [("reason", "Gửi giấy báo kết quả")];
    house.by("clerk").post(&address, &reason).await.shows("Người gửi thử");
    for login in ["auditor", "administrator", "clerk-above", "leader-above", "neighbour"] {
        let reply = house.by(login).post(&address, &reason).await;
        assert!(matches!(reply.status.as_u16(), 403 | 404), "{login}: {}", reply.status);
        reply.hides("Người gửi thử");
        house.by(login).get(&format!("/records/{letter}")).await.hides("Người gửi thử");
    }
    let Person { account, .. } = house.people["clerk"];
    let mut tx = house.house.read().await.unwrap();
    let about = timeline::Kind::Record.of(letter.0);
    let entries = timeline::list(&mut tx, about, i64::MAX, 10).await.unwrap();
    assert!(entries.iter().any(|entry| entry.who == account && entry.act.contains("unseal")), "{entries:?}");
}
