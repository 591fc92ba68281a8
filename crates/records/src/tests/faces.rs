//! The faces, asked as browsers and programs ask them, on both databases.

use std::sync::Arc;

use axum::http::Method;
use db::testing::Scratch;
use kernel::{Day, Id};
use pack::register::Role;
use units::{Tree, Unit};
use web::{
    Access, Target, Who,
    testing::{Known, Reply, Town, person},
};

use crate::{
    House, act, api,
    behaviour::{Behaviour, Gathers, NextAgenda, Renews},
    lists, pages, testing,
};

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
    let behaviours: Vec<Arc<dyn Behaviour>> = vec![Arc::new(NextAgenda), Arc::new(Gathers), Arc::new(Renews)];
    let house = testing::house(&scratch).await.unwrap().behaving(behaviours);
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
        who("quan", "administrator", above),
    ];
    let tree = snapshot.tree.clone();
    let (db, laid, renewed, grown) = (scratch.db.clone(), house.clone(), house.clone(), tree.clone());
    let land = units::Room {
        tree: Arc::new(move || grown.clone()),
        renew: Arc::new(move || {
            let house = renewed.clone();
            Box::pin(async move { renew(&house).await })
        }),
    };
    let town = Town::open(db, pages::routes().merge(api::routes()), |app| {
        let mut app = app.with(laid).with(land);
        app.sessions = Arc::new(Known(known));
        app.access = Arc::new(Rights(tree));
        app
    });
    Office { town, house, unit, _scratch: scratch }
}

/// Reads the snapshot again, as a server does when its calendar was changed.
async fn renew(house: &House) -> db::Result<()> {
    let mut pack = pack::Pack::base().unwrap();
    crate::days::lay(&mut house.read().await?, &mut pack).await?;
    house.renew(crate::Snapshot { pack: Arc::new(pack), ..testing::snapshot() });
    Ok(())
}

/// What a browser sends of a form: each field with the mark that it was shown.
pub(super) async fn send(office: &Office, login: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
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

pub(super) async fn letter(office: &Office) -> String {
    let topic = office.house.now().pack.topics.topics[0].id.clone();
    let fields: Vec<(&str, &str)> =
        LETTER.iter().map(|(name, value)| (*name, if *name == "topic" { topic.as_str() } else { value })).collect();
    let reply = send(office, "an", "/registers/submission/new", &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    reply.header("location").to_owned()
}

pub(super) async fn version(office: &Office, href: &str) -> String {
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
        // A default decides what depends on it; what only later steps ask for is folded away.
        an.get("/registers/visit/new").await.hides("name=\"session\"").shows("name=\"citizen_name\"");
        an.get("/registers/conference/new")
            .await
            .shows("Ghi ở các bước sau")
            .shows("<details class=\"group\" id=\"part-later\">");
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

/// Where people's data are kept, a page and the API leave the same line: one for each person, record and day.
#[tokio::test]
async fn who_reads_a_record_is_noted_whichever_way_they_came() {
    for scratch in db::testing::both().await.unwrap() {
        let office = office(scratch).await;
        let href = letter(&office).await;
        let id: Id = href.rsplit('/').next().unwrap().parse().unwrap();
        let readers = async || {
            let mut tx = office.house.read().await.unwrap();
            let read = crate::store::readings(&mut tx, id, 10).await.unwrap();
            read.into_iter().map(|one| (one.who, one.seat)).collect::<Vec<_>>()
        };
        assert!(readers().await.is_empty(), "to write it down is not to read it");
        let address = format!("/api/v1{href}");
        let (an, chi, dung) = (office.town.by("an"), office.town.by("chi"), office.town.by("dung"));
        // A list on a page tells a title and a state, and is no reading of the file.
        an.get("/registers/submission?view=all").await.shows(&href);
        assert_eq!(chi.api(Method::GET, &address, None).await.status, 404);
        assert!(readers().await.is_empty(), "who may not read has not read");
        // A list in the API gives the whole of each record.
        let list = "/api/v1/registers/submission/records";
        assert_eq!(an.api(Method::GET, list, None).await.json()["records"].as_array().unwrap().len(), 1);
        let [(first, seat)] = readers().await[..] else { panic!("one reader") };
        assert_eq!(seat, office.unit, "the owner of the token, in the seat that it stands for");
        assert_eq!(an.api(Method::GET, &address, None).await.status, 200);
        an.get(&href).await.shows("khiếu nại");
        assert_eq!(readers().await, [(first, seat)], "once a day");
        assert_eq!(dung.api(Method::GET, &address, None).await.status, 200);
        let both = readers().await;
        assert!(both.len() == 2 && both.iter().any(|(who, _)| *who != first), "{both:?}");
    }
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
        let scope = lists::Scope::operator();
        let book = lists::Book { house: &office.house, snapshot: &snapshot, scope: &scope, register, today: TODAY };
        let count = book.count(&lists::Asked::all(10)).await.unwrap();
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
