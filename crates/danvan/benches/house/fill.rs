//! A year and a half of Hải Phòng's books: letters, dialogues, models, in every commune, written by the way that officers' records take.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::{Day, number_day, show_day};
use pack::register::Role;
use records::{
    By, House, Snapshot,
    act::{New, plan_new},
    fill::{Input, RowInput},
    save,
    value::Directory as _,
};
use units::Unit;

/// The book in which the single creates are written.
pub(crate) const BOOK: &str = "11383/ubnd";
pub(crate) const CITY: &str = "hai-phong";
const BATCH: usize = 400;
const TOPICS: [&str; 6] = ["land", "environment", "social_policy", "construction", "infrastructure", "procedures"];
const ABOUT: [&str; 6] = [
    "cấp giấy chứng nhận quyền sử dụng đất",
    "thu gom rác, vệ sinh môi trường",
    "chi trả chế độ, chính sách",
    "xây dựng không phép",
    "mương thoát nước, ngập úng",
    "giải quyết thủ tục hành chính",
];
const FIRST: Day = Day::constant(2025, 7, 2);
/// Days over which the records are spread: all lie before today whenever the bench is run.
const DAYS: usize = 500;

/// How many there are to be, as a number to divide.
#[expect(clippy::cast_precision_loss, reason = "a rate")]
pub(crate) fn count(size: usize) -> f64 {
    size as f64
}

/// Someone who asks the server.
pub(crate) struct Person {
    pub(crate) session: String,
    pub(crate) token: String,
}

pub(crate) struct People {
    /// An inspector of the city, who reads all of it.
    pub(crate) above: Person,
    /// Clerks of eight communes; the first writes in the known book.
    pub(crate) clerks: Vec<Person>,
}

fn communes(snapshot: &Snapshot) -> Vec<Unit> {
    let day = Day::constant(2026, 1, 1);
    let (at, kinds) = (snapshot.tree.at(day), snapshot.tree.kinds());
    let city = snapshot.tree.find(CITY, day).unwrap();
    at.under(city, &kinds.scope(Some("commune"), &[], None).unwrap())
}

fn slot(snapshot: &Snapshot, id: &str) -> u8 {
    let kinds = snapshot.tree.kinds();
    kinds.body_kind(id).and_then(|kind| kinds.bodies[kind].slot).unwrap()
}

/// So many are saved by the way of saving; more are copies of these, row by row.
pub(crate) const SAVED: usize = 100_000;

/// Two writers, as both processors would have it.
pub(crate) async fn fill(house: &Arc<House>, size: usize) {
    let writers: Vec<_> = (0..2).map(|writer| tokio::spawn(write(house.clone(), size, writer))).collect();
    for writer in writers {
        writer.await.unwrap();
    }
}

async fn write(house: Arc<House>, size: usize, writer: usize) {
    let snapshot = house.now();
    let year = Year {
        snapshot: &snapshot,
        communes: communes(&snapshot),
        government: slot(&snapshot, "ubnd"),
        party: slot(&snapshot, "dang-uy"),
        size,
    };
    for batch in (0..size.div_ceil(BATCH)).filter(|batch| batch % 2 == writer) {
        let numbers = batch * BATCH..((batch + 1) * BATCH).min(size);
        let today = year.day(numbers.start);
        let now = today.at(3, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
        let by = By { account: 0, seat: 0, now, today, old_book: true };
        let mut changes = Vec::with_capacity(BATCH);
        for n in numbers {
            let (register, new) = year.record(n, today);
            changes.extend(plan_new(&house, &snapshot, &by, register, new).await.unwrap().0);
        }
        save::save(&house, &snapshot, &by, changes).await.unwrap();
    }
}

struct Year<'a> {
    snapshot: &'a Snapshot,
    communes: Vec<Unit>,
    government: u8,
    party: u8,
    size: usize,
}

impl Year<'_> {
    fn day(&self, n: usize) -> Day {
        number_day(kernel::day_number(FIRST) + i64::try_from(n * DAYS / self.size).unwrap())
    }

    fn record(&self, n: usize, day: Day) -> (&'static str, New) {
        let place = self.communes[n * 7 % self.communes.len()];
        match n % 20 {
            0..=12 => ("submission", self.letter(n, place, day)),
            13..=17 => ("dialogue", self.dialogue(n, place, day)),
            _ => ("model", self.model(n, place, day)),
        }
    }

    fn letter(&self, n: usize, place: Unit, day: Day) -> New {
        let input = letter(n, day)
            .set("cause_place", self.snapshot.code(place.0, day))
            .set("competent", "có")
            .set("settled_on", show_day(day))
            .set("outcome", "answered")
            .set("answer", "Đã trả lời bằng văn bản.");
        // Most are settled by now; what is open lies at the end.
        let mut steps = Vec::new();
        if n * 20 < self.size * 19 {
            steps = vec![("accept".to_owned(), day), ("settle".to_owned(), day)];
        }
        New { unit: place.body(self.government).0, input, steps, ..New::default() }
    }

    fn dialogue(&self, n: usize, place: Unit, day: Day) -> New {
        let about = n * 5 % ABOUT.len();
        let mut input = Input::default()
            .set("subject", format!("Đối thoại về {} lần {n}", ABOUT[about]))
            .set("kind", ["periodic", "thematic", "ad_hoc"][n % 3])
            .set("legal_basis", "own_regulation")
            .set("topic", TOPICS[about])
            .set("audience", "residents")
            .set("place", self.snapshot.code(place.0, day))
            .set("planned_on", show_day(day))
            .set("held_on", show_day(day))
            .set("attendance", (40 + n * 13 % 160).to_string());
        let opinion = |k: usize| {
            let mut row = RowInput::default();
            for (field, value) in [
                ("text", "Đề nghị công khai tiến độ, lắp thêm đèn chiếu sáng"),
                ("topic", TOPICS[(about + k) % TOPICS.len()]),
                ("source", "raised"),
                ("outcome", "answered"),
            ] {
                row.fields.insert(field.into(), value.into());
            }
            row
        };
        input.rows.insert("opinion".into(), (0..=n % 3).map(opinion).collect());
        let slot = if n.is_multiple_of(2) { self.party } else { self.government };
        let chair = if n.is_multiple_of(2) { "bi-thu" } else { "chu-tich-ubnd" };
        let input = input.set("chairs", format!("#{}:{chair}", place.body(slot).0));
        let steps = vec![("hold".to_owned(), day)];
        New { unit: place.body(slot).0, input, steps, ..New::default() }
    }

    fn model(&self, n: usize, place: Unit, day: Day) -> New {
        let mut round = RowInput::default();
        for (field, value) in
            [("year", day.year().to_string()), ("level", "commune".into()), ("registered_on", show_day(day))]
        {
            round.fields.insert(field.into(), value);
        }
        let mut input = Input::default()
            .set("name", format!("“Dân vận khéo” {} số {n}", ABOUT[n % ABOUT.len()]))
            .set("kind", if n % 6 == 5 { "exemplar" } else { "model" })
            .set("field", ["economy", "culture", "security", "political_system"][n % 4])
            .set("holder", "collective")
            .set("place", self.snapshot.code(place.0, day))
            .set("started_on", show_day(day))
            .set("outputs", "Kết quả do đơn vị tự đánh giá.");
        input.rows.insert("round".into(), vec![round]);
        New { unit: place.body(self.party).0, input, ..New::default() }
    }
}

/// A letter as it is typed at the counter.
fn letter(n: usize, day: Day) -> Input {
    let about = n * 5 % ABOUT.len();
    let (kind, verb) = [("petition", "Kiến nghị"), ("feedback", "Phản ánh")][n % 2];
    Input::default()
        .set("kind", kind)
        .set("subject", format!("{verb} {} tại ngõ {n}", ABOUT[about]))
        .set("received_on", show_day(day))
        .set("channel", ["counter", "post", "online"][n % 3])
        .set("topic", TOPICS[about])
        .set("sender_name", format!("Người gửi {n}"))
}

/// The same letter as a program sends it.
pub(crate) fn sent(n: usize, day: Day) -> serde_json::Value {
    serde_json::json!({ "fields": letter(n, day).fields })
}

/// A letter with all that is known of its sender, accepted on the day it came: what a counter writes in one sitting.
pub(crate) fn sent_whole(n: usize, day: Day) -> serde_json::Value {
    let letter = letter(n, day)
        .set("competent", "có")
        .set("sender_id", format!("031{n:09}"))
        .set("sender_address", format!("Số {n}, tổ dân phố số 4"))
        .set("sender_phone", format!("09{:08}", n % 100_000_000));
    serde_json::json!({ "fields": letter.fields, "steps": [{ "step": "accept", "on": show_day(day) }] })
}

pub(crate) async fn people(house: &Arc<House>, now: Timestamp) -> People {
    let snapshot = house.now();
    let today = kernel::civil_day(now);
    let above = snapshot.tree.find(&format!("{CITY}/ubnd"), today).unwrap();
    let first = snapshot.tree.find(BOOK, today).unwrap();
    let government = slot(&snapshot, "ubnd");
    let others = communes(&snapshot).into_iter().map(|place| place.body(government)).filter(|unit| *unit != first);
    let above = person(house, "tren", Role::Leader, above.0, now).await;
    let mut clerks = Vec::new();
    for (n, unit) in std::iter::once(first).chain(others).take(8).enumerate() {
        clerks.push(person(house, &format!("an{n}"), Role::Clerk, unit.0, now).await);
    }
    People { above, clerks }
}

async fn person(house: &Arc<House>, login: &str, role: Role, unit: i64, now: Timestamp) -> Person {
    const PASSWORD: &str = "Giếng làng 47 bậc";
    let (db, ids) = (&house.db, &house.ids);
    let (account, invitation) = people::add(db, ids, (0, 0), login, login, role, unit, now).await.unwrap();
    people::choose_first(db, ids, &account, &invitation.unwrap(), PASSWORD, now).await.unwrap();
    let session = people::sign_in(db, ids, login, PASSWORD, now).await.unwrap();
    Person { session, token: people::token(db, ids, login, now).await.unwrap() }
}
