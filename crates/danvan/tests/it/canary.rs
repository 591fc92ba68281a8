//! Canaries: an identity goes in by every way there is, and every way out is searched. Nothing of it may come to light outside the
//! vault; what was planted in the open must be found, or the search is blind.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Read as _},
    path::Path,
    sync::{Arc, Mutex},
};

use axum::{
    body::{Body, Bytes},
    http::{Method, header},
};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use db::args;
use kernel::Id;
use pack::register::Role;
use serde_json::json;
use unicode_normalization::UnicodeNormalization as _;

use crate::town::{Inhabited, PASSWORD, WARD, now};

/// What must not come to light. Each stands in one way in, so that a hit names the way.
const SEALED: [(&str, &str); 9] = [
    ("typed name", "Phùng Chim Yến Typed"),
    ("typed phone", "0987 246 813"),
    ("typed words", "tôi ở cạnh nhà chim sẻ nguyên văn"),
    ("attached file", "but-tich-chim-cu-gay"),
    ("attached name", "don-cua-ba-chim-vanh-khuyen.txt"),
    ("aborted upload", "chim-son-ca-bo-do-dang"),
    ("imported", "Lương Chim Chào Mào Imported"),
    ("by the API", "Kiều Chim Hoạ Mi Api"),
    ("sealed intake", "Doãn Chim Bói Cá Intake"),
];
/// What is in the open and must be found: in the database, in a page, in the log.
const PLANTED: &str = "Chim Én báo tin mùa xuân";
const WORDS: &str = "bảy con trâu qua cầu tre";

/// The shapes in which a text may lie about.
fn shapes(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let bytes = text.as_bytes().to_vec();
    let folded = kernel::text::fold(text).into_bytes();
    let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let nfd: String = text.nfd().collect();
    let percent = text.bytes().fold(String::new(), |mut all, byte| {
        if byte.is_ascii_alphanumeric() {
            all.push(char::from(byte));
        } else {
            let _ = write!(all, "%{byte:02X}");
        }
        all
    });
    let escaped: String =
        text.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) }).collect();
    let mut shapes = vec![
        ("as it is", bytes.clone()),
        ("folded", folded),
        ("UTF-16", utf16),
        ("NFD", nfd.into_bytes()),
        ("percent", percent.into_bytes()),
        ("JSON escapes", escaped.into_bytes()),
        ("hex", data_encoding::HEXLOWER.encode(&bytes).into_bytes()),
    ];
    // Base64 of what begins at each of three places: the letters in the middle are the same whatever stands around.
    for lead in 0..3 {
        let padded = [vec![b' '; lead], bytes.clone()].concat();
        for coded in [BASE64.encode(&padded), BASE64URL_NOPAD.encode(&padded)] {
            let middle = coded.as_bytes()[4..coded.len() - 6].to_vec();
            shapes.push(("base64", middle));
        }
    }
    shapes
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    memchr::memmem::find(bytes, what).is_some()
}

/// Where things came out.
#[derive(Default)]
struct Found {
    places: Vec<(String, Vec<u8>)>,
}

impl Found {
    fn add(&mut self, place: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.places.push((place.into(), bytes.into()));
    }

    /// Every file under a directory; archives are opened.
    fn files(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            self.add(format!("name of {}", path.display()), path.to_string_lossy().into_owned());
            if path.is_dir() {
                self.files(&path);
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            self.archive(&path.display().to_string(), &bytes);
            self.add(path.display().to_string(), bytes);
        }
    }

    fn archive(&mut self, place: &str, bytes: &[u8]) {
        let Ok(mut archive) = zip::ZipArchive::new(io::Cursor::new(bytes)) else { return };
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut inside = Vec::new();
            part.read_to_end(&mut inside).unwrap();
            self.places.push((format!("{place} part {at}"), inside));
        }
    }

    fn hits(&self, text: &str) -> Vec<String> {
        let shapes = shapes(text);
        let mut hits = Vec::new();
        for (place, bytes) in &self.places {
            for (shape, what) in &shapes {
                if holds(bytes, what) {
                    hits.push(format!("{place} ({shape})"));
                }
            }
        }
        hits
    }
}

/// A log that is kept, of everything down to the smallest.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn form<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().copied().chain(fields.iter().map(|(name, _)| ("shown", *name))).chain([("unit", WARD)]).collect()
}

const CASE: [(&str, &str); 4] =
    [("received_on", "02/09/2026"), ("form", "letter"), ("topic", "infrastructure"), ("content", PLANTED)];

/// The newest denunciation.
async fn newest(house: &Inhabited) -> Id {
    let mut tx = house.house.read().await.unwrap();
    let sql = "select r.id from record r join name n on n.id = r.register where n.name = $1 order by r.id desc limit 1";
    let (id,): (i64,) = tx.one(sql, args!["denunciation"]).await.unwrap();
    Id(id)
}

async fn in_by_every_way(house: &Inhabited) -> Vec<Id> {
    let (clerk, words) = (house.by("clerk"), |way: &str| SEALED.iter().find(|(known, _)| *known == way).unwrap().1);
    let mut cases = Vec::new();

    // Typed; once with a mistake, so that the form comes back with what was typed.
    let typed = [
        ("subject", "Đơn tố cáo thứ nhất"),
        ("denouncer_name", words("typed name")),
        ("denouncer_phone", words("typed phone")),
        ("original_text", words("typed words")),
    ];
    let whole: Vec<_> = typed.iter().copied().chain(CASE).collect();
    let wrong: Vec<_> =
        whole.iter().map(|(name, text)| (*name, if *name == "topic" { "no-such" } else { text })).collect();
    let path = "/registers/denunciation/new";
    assert_eq!(clerk.post(path, &form(&wrong)).await.status.as_u16(), 422);
    let told = [("subject", "Bà Phùng Chim Yến Typed tố cáo"), typed[1], CASE[0], CASE[1], CASE[2]];
    assert_eq!(clerk.post(path, &form(&told)).await.status.as_u16(), 422, "a name in what others read is refused");
    let reply = clerk.post(path, &form(&whole)).await;
    assert_eq!(reply.status.as_u16(), 303, "{}", reply.text());
    let case = newest(house).await;
    cases.push(case);

    // Attached, sealed and larger than what stays in memory.
    let mut scan = format!("{} ", words("attached file")).repeat(20_000).into_bytes();
    scan.truncate(400_000);
    let edit = format!("/records/{case}/edit");
    let version = house.program("clerk").api(Method::GET, &format!("/api/v1/records/{case}"), None).await;
    let version = version.json()["version"].to_string();
    let fields = [("version", version.as_str()), ("shown", "subject"), ("subject", "Đơn tố cáo thứ nhất")];
    let reply = clerk.upload(&edit, &fields, ("originals", words("attached name"), &scan)).await;
    assert_eq!(reply.status.as_u16(), 303, "{}", reply.text());
    // And as an ordinary file: its name is not kept.
    let reply = clerk
        .upload(&format!("/records/{case}/files"), &[], ("file", words("attached name"), b"noi dung da che"))
        .await;
    assert_eq!(reply.status.as_u16(), 303);

    // An upload that breaks off.
    let head = format!(
        "--part\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--part\r\ncontent-disposition: form-data; name=\"originals\"; filename=\"{}.txt\"\r\n\r\n",
        clerk.token(),
        words("aborted upload")
    );
    let pieces = vec![
        Ok(Bytes::from(head)),
        Ok(Bytes::from(format!("{} ", words("aborted upload")).repeat(20_000))),
        Err(io::Error::other("the line broke")),
    ];
    let request = clerk
        .request(Method::POST, &edit)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
        .body(Body::from_stream(futures::stream::iter(pieces)))
        .unwrap();
    assert_eq!(house.town.ask(request).await.status.as_u16(), 400);

    // Imported: a sheet with an identity is refused whole.
    let block = format!("Nội dung tóm tắt\tHọ tên người tố cáo, người đại diện\nĐơn\t{}", words("imported"));
    let reply = clerk.post("/registers/denunciation/import", &[("block", block.as_str())]).await;
    assert_eq!(reply.status.as_u16(), 422);

    // By the API, wrong and right.
    let api = "/api/v1/registers/denunciation/records";
    let mut body = json!({ "fields": { "subject": "Đơn tố cáo thứ hai", "received_on": "2026-09-02", "form": "letter",
        "topic": "infrastructure", "denouncer_name": words("by the API"), "no_such": "x" } });
    assert_eq!(house.program("clerk").api(Method::POST, api, Some(&body)).await.status.as_u16(), 422);
    body["fields"].as_object_mut().unwrap().remove("no_such");
    let reply = house.program("clerk").api(Method::POST, api, Some(&body)).await;
    assert_eq!(reply.status.as_u16(), 201, "{}", reply.text());
    cases.push(newest(house).await);

    // By the sealed intake.
    let key = vault::PrivateKey::random().unwrap().public().unwrap();
    let file = format!("danvan intake key 1\n{}\n", data_encoding::HEXLOWER.encode(&key.0));
    let mut tx = house.house.db.begin().await.unwrap();
    house.house.vault.intake_accept_key(&mut tx, &house.house.ids, &file, "Văn bản thử", now()).await.unwrap();
    tx.commit().await.unwrap();
    let letter = [("text", "Nội dung"), ("name", words("sealed intake"))];
    let reply = house.town.stranger().post("/intake", &letter).await;
    assert_eq!(reply.status.as_u16(), 200, "{}", reply.text());
    cases
}

async fn out_by_every_way(house: &Inhabited, cases: &[Id], found: &mut Found) {
    let case = cases[0];
    // Every page there is: those of a record for each case, and the rest.
    let mut pages: Vec<String> = [
        "/registers/denunciation?q=Ph%C3%B9ng",
        "/search?q=Ph%C3%B9ng+Chim",
        "/search?q=0987246813",
        "/search?q=Chim",
        "/figures/denunciation.received",
    ]
    .map(str::to_owned)
    .into();
    let papers: Vec<String> = house.house.now().pack.papers.keys().cloned().collect();
    let doors = house.town.rows.iter().filter(|row| row.method == Method::GET && row.path != "/look/{file}");
    for path in doors.map(|row| row.path.replace("{register}", "denunciation").replace("{step}", "accept")) {
        let of_papers: Vec<String> = if path.contains("{paper}") {
            papers.iter().map(|paper| path.replace("{paper}", paper)).collect()
        } else {
            vec![path]
        };
        for path in of_papers {
            if path.contains("{record}") {
                pages.extend(cases.iter().map(|case| path.replace("{record}", &case.handle())));
            } else {
                pages.push(path);
            }
        }
    }
    pages.retain(|page| !page.contains('{'));
    assert!(pages.iter().filter(|page| page.contains("/records/")).count() > 12, "{pages:?}");
    for login in ["clerk", "leader", "auditor", "leader-above", "neighbour"] {
        for page in &pages {
            let client = if page.starts_with("/api/") { house.program(login) } else { house.by(login) };
            let reply = client.get(page).await;
            let place = format!("{login} {page}");
            found.archive(&place, &reply.bytes);
            found.add(format!("headers of {place}"), format!("{:?}", reply.headers));
            found.add(place, reply.bytes);
        }
    }
    // The other way out of private fields, and a refusal of a wrong passphrase.
    let reply = house.by("clerk").post(&format!("/records/{case}/private"), &[("reason", "xem")]).await;
    found.add("private", reply.bytes);
    let reply = house.by("clerk").post(&format!("/records/{case}/identity/open"), &[("passphrase", WORDS)]).await;
    assert_eq!(reply.status.as_u16(), 422, "nobody agreed yet");
    found.add("identity without consent", reply.bytes);
    let mut tx = house.house.read().await.unwrap();
    for entry in timeline::latest(&mut tx, None, i64::MAX, 100_000).await.unwrap() {
        found.add(format!("timeline {}", entry.act), format!("{entry:?}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_identity_comes_to_light_outside_the_vault() {
    let log = Log::default();
    let kept = log.clone();
    let writer = move || kept.clone();
    let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(writer).try_init();
    tracing::info!(PLANTED, "the log can be searched");

    let house = Inhabited::open().await;
    named_handler(&house).await;
    let cases = in_by_every_way(&house).await;

    let mut found = Found::default();
    out_by_every_way(&house, &cases, &mut found).await;
    let data = house.house.db.place().data.clone();
    let copy = data.join("copy.zip");
    db::backup(&house.house.db, &copy).await.unwrap();
    found.files(&data);
    found.add("log", log.0.lock().unwrap().clone());

    let mut broken = Vec::new();
    for (way, canary) in SEALED {
        broken.extend(found.hits(canary).into_iter().map(|hit| format!("{way}: {hit}")));
    }
    assert!(broken.is_empty(), "an identity came to light:\n{}", broken.join("\n"));

    // The controls: what stands in the open is found wherever it should be.
    let seen = found.hits(PLANTED);
    for place in ["danvan.db", "copy.zip part", "clerk /records/", "timeline denunciation.create", "log"] {
        assert!(seen.iter().any(|hit| hit.contains(place)), "the search is blind at {place}: {seen:#?}");
    }

    // And the identity is not lost: with reason, consent and passphrase it opens, once named.
    open_with_consent(&house, cases[0]).await;
}

/// A colleague is named as handler by the leader.
async fn named_handler(house: &Inhabited) {
    let choose = [("passphrase", WORDS), ("again", WORDS), ("password", PASSWORD)];
    assert_eq!(house.by("clerk").post("/sealed/key", &choose).await.status.as_u16(), 303);
    let account = Id(house.people["clerk"].account).handle();
    let reply = house.by("leader").post("/sealed/handlers", &[("account", account.as_str())]).await;
    assert_eq!(reply.status.as_u16(), 303, "{}", reply.text());
}

async fn open_with_consent(house: &Inhabited, case: Id) {
    let at = |act: &str| format!("/records/{case}/identity/{act}");
    let (clerk, leader) = (house.by("clerk"), house.by("leader"));
    let asked = clerk.post(&at("ask"), &[("reason", "Xác minh điều kiện thụ lý")]).await;
    assert_eq!(asked.status.as_u16(), 303, "{}", asked.text());
    assert_eq!(clerk.post(&at("agree"), &[("password", PASSWORD)]).await.status.as_u16(), 422, "not by oneself");
    assert_eq!(leader.post(&at("agree"), &[("password", "sai mật khẩu rồi")]).await.status.as_u16(), 422);
    assert_eq!(leader.post(&at("agree"), &[("password", PASSWORD)]).await.status.as_u16(), 303);
    assert_eq!(leader.post(&at("open"), &[("passphrase", WORDS)]).await.status.as_u16(), 422, "only whoever asked");
    assert_eq!(clerk.post(&at("open"), &[("passphrase", "một câu không phải của mình")]).await.status.as_u16(), 422);
    let opened = clerk.post(&at("open"), &[("passphrase", WORDS)]).await;
    opened.shows("Phùng Chim Yến Typed");
    opened.shows("don-cua-ba-chim-vanh-khuyen.txt");
    assert_eq!(opened.header("cache-control"), "no-store");
    let file = clerk.post(&at("open"), &[("passphrase", WORDS), ("file", "originals/1")]).await;
    assert!(holds(&file.bytes, b"but-tich-chim-cu-gay") && file.bytes.len() == 400_000);
    house.by("leader").get("/sealed").await.shows("Xác minh điều kiện thụ lý");
    for role in Role::ALL {
        let above = house.by(&format!("{}-above", role.name())).get(&at("")[..at("").len() - 1]).await;
        assert!(matches!(above.status.as_u16(), 403 | 404), "{}: {}", role.name(), above.status);
    }
}

/// PostgreSQL keeps what SQLite keeps: the dump of everything holds no identity.
#[tokio::test(flavor = "multi_thread")]
async fn a_dump_of_postgresql_holds_no_identity() {
    for scratch in db::testing::both().await.unwrap().into_iter().skip(1) {
        let house = records::testing::house(&scratch).await.unwrap();
        house.vault.choose_passphrase(&house.db, 7, None, WORDS, 1).await.unwrap();
        let mut tx = house.db.begin().await.unwrap();
        let unit = house.now().tree.find(WARD, kernel::civil_day(now())).unwrap().0;
        house.vault.name_handler(&mut tx, unit, 7, 7, 1).await.unwrap();
        tx.commit().await.unwrap();
        let by = records::testing::clerk(unit, kernel::civil_day(now()));
        let input = records::fill::Input::default()
            .set("subject", "Đơn tố cáo")
            .set("content", PLANTED)
            .set("received_on", "02/09/2026")
            .set("form", "letter")
            .set("topic", "infrastructure")
            .set("denouncer_name", SEALED[0].1)
            .set("original_text", SEALED[2].1);
        let new = records::act::New { unit, input, ..Default::default() };
        records::act::create(&house, &by, "denunciation", new).await.unwrap();
        let file = house.db.place().data.join("copy.zip");
        db::backup(&house.db, &file).await.unwrap();
        let mut found = Found::default();
        found.archive("dump", &fs::read(file).unwrap());
        assert!(!found.hits(PLANTED).is_empty(), "the search is blind");
        for (way, canary) in [SEALED[0], SEALED[2]] {
            assert_eq!(found.hits(canary), Vec::<String>::new(), "{way}");
        }
    }
}
