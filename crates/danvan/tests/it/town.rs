//! A served instance with people in every role at four bodies, and something of each kind to be opened.

use std::{collections::HashMap, sync::Arc};

use danvan::{
    instance,
    serve::{self, Options},
};
use db::Place;
use jiff::Timestamp;
use kernel::{Id, civil_day};
use pack::register::Role;
use records::{By, House, act, act::New, fill::Input};
use web::testing::{Client, NOW, Town};

/// Two wards of Hải Phòng, the city, and a province that has nothing to do with them.
pub(crate) const WARD: &str = "11383/ubnd";
pub(crate) const OTHER: &str = "11311/ubnd";
pub(crate) const ABOVE: &str = "hai-phong/ubnd";
pub(crate) const PASSWORD: &str = "Giếng làng 47 bậc";

/// Someone, with a session and a token.
pub(crate) struct Person {
    pub(crate) account: i64,
    pub(crate) unit: i64,
    pub(crate) session: String,
    pub(crate) token: String,
}

pub(crate) struct Inhabited {
    pub(crate) house: Arc<House>,
    pub(crate) town: Town,
    /// By login: `clerk`, `clerk-above` …, `colleague`, `neighbour`.
    pub(crate) people: HashMap<String, Person>,
    _data: tempfile::TempDir,
}

pub(crate) fn now() -> Timestamp {
    NOW.parse().unwrap()
}

impl Inhabited {
    pub(crate) async fn open() -> Self {
        let data = tempfile::tempdir().unwrap();
        let house = instance::init(Place::new(data.path().join("danvan")), None, now()).await.unwrap().house;
        let options = Options { clock: Arc::new(now), demo: None, tls: false, proxies: Vec::new() };
        let (router, rows, app) = serve::router(&house, &options).await.unwrap();
        let town = Town { app, rows, router };
        let mut inhabited = Self { house, town, people: HashMap::new(), _data: data };
        for role in Role::ALL {
            inhabited.settle(role.name(), role, WARD).await;
            inhabited.settle(&format!("{}-above", role.name()), role, ABOVE).await;
        }
        inhabited.settle("colleague", Role::Clerk, WARD).await;
        inhabited.settle("neighbour", Role::Clerk, OTHER).await;
        inhabited
    }

    pub(crate) fn unit(&self, code: &str) -> i64 {
        self.house.now().tree.find(code, civil_day(now())).unwrap().0
    }

    async fn settle(&mut self, login: &str, role: Role, unit: &str) {
        let (db, ids, unit) = (&self.house.db, &self.house.ids, self.unit(unit));
        let (account, invitation) = people::add(db, ids, (0, 0), login, login, role, unit, now()).await.unwrap();
        people::choose_first(db, ids, &account, &invitation.unwrap(), PASSWORD, now()).await.unwrap();
        let session = people::sign_in(db, ids, login, PASSWORD, now()).await.unwrap();
        let token = people::token(db, ids, login, now()).await.unwrap();
        self.people.insert(login.to_owned(), Person { account: account.id, unit, session, token });
    }

    /// A browser of that person.
    pub(crate) fn by<'a>(&'a self, login: &str) -> Client<'a> {
        self.town.by(&self.people[login].session)
    }

    /// A program of that person.
    pub(crate) fn program<'a>(&'a self, login: &str) -> Client<'a> {
        self.town.by(&self.people[login].token)
    }

    fn desk(&self, login: &str) -> By {
        let person = &self.people[login];
        By { account: person.account, seat: person.unit, now: now(), today: civil_day(now()), old_book: false }
    }

    /// A letter in that person's book, with its sender sealed.
    pub(crate) async fn letter(&self, login: &str) -> Id {
        let input = Input::default()
            .set("kind", "petition")
            .set("subject", "Kiến nghị sửa đường ngõ")
            .set("received_on", "01/09/2026")
            .set("topic", "infrastructure")
            .set("sender_name", "Người gửi thử")
            .set("competent", "có");
        let new = New { unit: self.people[login].unit, input, ..New::default() };
        act::create(&self.house, &self.desk(login), "submission", new).await.unwrap().record.id
    }

    pub(crate) async fn file(&self, login: &str, record: Id) -> Id {
        let stored = self.house.db.files().put(&mut &b"bien ban"[..]).unwrap();
        act::attach(&self.house, &self.desk(login), record, "", "bien-ban.txt", "text/plain", stored).await.unwrap()
    }

    /// A report of that person's body on some days of a year.
    pub(crate) async fn report(&self, login: &str, days: u8) -> Id {
        let place = self.house.now().tree.at(civil_day(now())).code(units::Unit(self.people[login].unit).ground());
        let period = format!("2026-01-01..2026-03-{days:02}");
        let fields = [("outline", "annual"), ("unit", place.as_str()), ("period", period.as_str())];
        let reply = self.by(login).post("/reports/new", &fields).await;
        let handle = reply.header("location").rsplit('/').next().unwrap_or_default();
        handle.parse().unwrap_or_else(|_| panic!("{}: {}", reply.status, reply.text()))
    }

    pub(crate) async fn job(&self, login: &str) -> Id {
        let person = &self.people[login];
        let new = jobs::NewJob {
            kind: "test",
            args: serde_json::json!({}),
            who: person.account,
            unit: person.unit,
            after: None,
        };
        let mut tx = self.house.db.begin().await.unwrap();
        let job = jobs::enqueue(&mut tx, &self.house.ids, now(), new).await.unwrap();
        tx.commit().await.unwrap();
        Id(job)
    }
}
