mod doors;
mod people;
mod posts;
mod rights;

use std::sync::{Arc, OnceLock};

use db::testing::Scratch;
use jiff::{SignedDuration, Timestamp, civil::date};
use kernel::{Day, IdMaker};
use pack::register::Role;
use units::{Kinds, Rows, Tree, Unit};
use web::testing::Town;

use crate::{Account, DemoAccount, Invitation, PostBook, Registry, Rights, Room, TreeSource, account, routes};

/// The day of `web::testing::NOW`.
const TODAY: Day = date(2026, 9, 4);
const PASSWORD: &str = "nước lên thuyền lên";
/// The operator's shell.
const SHELL: (i64, i64) = (0, 0);

fn now() -> Timestamp {
    web::testing::NOW.parse().unwrap()
}

fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

fn tree() -> Arc<Tree> {
    static TREE: OnceLock<Arc<Tree>> = OnceLock::new();
    let build = || {
        let pack = pack::Pack::base().unwrap();
        let text = |path: &str| pack.source.text(path).unwrap_or_default();
        let rows = Rows::read(text("units/places.csv"), text("units/successions.csv")).unwrap();
        Arc::new(Tree::build(&rows, Arc::new(Kinds::parse(text("kinds.toml")).unwrap())).unwrap())
    };
    TREE.get_or_init(build).clone()
}

fn unit(text: &str) -> Unit {
    tree().find(text, TODAY).unwrap()
}

/// A commune of Hải Phòng, and one of its bodies.
fn commune(body: &str) -> Unit {
    let tree = tree();
    let commune = tree.at(TODAY).children(unit("31"))[0];
    if body.is_empty() {
        commune
    } else {
        tree.find(&format!("{}/{body}", tree.at(TODAY).code(commune)), TODAY).unwrap()
    }
}

fn code(unit: Unit) -> String {
    tree().at(TODAY).code(unit)
}

/// The room over a database, with pages.
struct House {
    town: Town,
    ids: IdMaker,
    _scratch: Scratch,
}

impl House {
    async fn on(scratch: Scratch, demo: Vec<DemoAccount>) -> Self {
        let source: TreeSource = Arc::new(tree);
        let posts = Arc::new(PostBook::open(&scratch.db).await.unwrap());
        let town = Town::open(scratch.db.clone(), routes(), |mut app| {
            app.sessions = Arc::new(Registry { db: scratch.db.clone(), tree: source.clone() });
            app.access = Arc::new(Rights { tree: source.clone() });
            app.with(Arc::new(Room { tree: source.clone(), posts, demo }))
        });
        Self { town, ids: IdMaker::new(9), _scratch: scratch }
    }

    fn db(&self) -> &db::Db {
        &self.town.app.db
    }

    async fn invite(&self, login: &str, role: Role, unit: Unit) -> (Account, Invitation) {
        let added = account::add(self.db(), &self.ids, SHELL, login, "", role, unit.0, now()).await.unwrap();
        (added.0, added.1.unwrap())
    }

    /// Someone with a password.
    async fn person(&self, login: &str, role: Role, unit: Unit) -> Account {
        let (account, invitation) = self.invite(login, role, unit).await;
        crate::choose_first(self.db(), &self.ids, &account, &invitation, PASSWORD, now()).await.unwrap();
        account
    }

    async fn session(&self, login: &str) -> String {
        account::sign_in(self.db(), &self.ids, login, PASSWORD, now()).await.unwrap()
    }

    /// What happened to an account, oldest first.
    async fn acts(&self, account: i64) -> Vec<String> {
        let mut tx = self.db().read().await.unwrap();
        let entries = timeline::list(&mut tx, timeline::Kind::Account.of(account), i64::MAX, 100).await.unwrap();
        entries.into_iter().rev().map(|entry| entry.act).collect()
    }
}

async fn houses() -> Vec<House> {
    let mut houses = Vec::new();
    for scratch in db::testing::both().await.unwrap() {
        houses.push(House::on(scratch, Vec::new()).await);
    }
    houses
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: db::Result<T>) -> Vec<String> {
    match result.unwrap_err() {
        db::Stop::Refused(refused) => refused.0.iter().map(|refusal| refusal.key.to_string()).collect(),
        other => panic!("{other:?}"),
    }
}
