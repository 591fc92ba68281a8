//! What one server carries for all requests, and the doors through which rooms above are asked: sessions, rights, the side menu, their own state.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    net::IpAddr,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use futures::future::BoxFuture;
use jiff::Timestamp;
use kernel::{Day, IdMaker, Label};

use crate::Desk;

pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The one place that reads the time of the machine.
pub fn system_clock() -> Clock {
    #[expect(clippy::disallowed_methods, reason = "everyone else is handed the time by this clock")]
    Arc::new(Timestamp::now)
}

/// Who is at the desk, and in which of their seats.
#[derive(Clone, Debug)]
pub struct Who {
    pub account: i64,
    /// The name they sign in with.
    pub login: String,
    pub name: String,
    /// Every seat held today, the one in use included.
    pub seats: Vec<Seat>,
    pub seat: Seat,
}

/// A role at a unit: what one works as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub id: i64,
    /// The role as rights know it: `clerk`, `leader`, ….
    pub role: String,
    pub role_label: Label,
    pub unit: i64,
    pub unit_name: String,
    /// The second line under the unit's name: its place, or the level above.
    pub place_name: String,
    /// Whom they stand in for, if for someone.
    pub for_whom: Option<String>,
}

/// How someone shows who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The cookie of a browser.
    Session,
    /// The bearer token of a program.
    Token,
}

/// Known sessions and tokens, by the SHA-256 of what is presented. Implemented by `people`.
pub trait Sessions: Send + Sync {
    fn load(&self, proof: Proof, hash: [u8; 32], now: Timestamp) -> BoxFuture<'_, db::Result<Option<Who>>>;
}

/// What an act is done to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The body in whose book the thing stands.
    pub unit: Option<i64>,
    /// The other bodies that take part: co-owners, the one asked, those who watch.
    pub parties: Vec<i64>,
    pub register: Option<String>,
    pub sealed: bool,
}

impl Target {
    pub fn unit(unit: i64) -> Self {
        Self { unit: Some(unit), ..Self::default() }
    }

    #[must_use]
    pub fn register(mut self, register: impl Into<String>) -> Self {
        self.register = Some(register.into());
        self
    }

    #[must_use]
    pub fn parties(mut self, parties: impl Into<Vec<i64>>) -> Self {
        self.parties = parties.into();
        self
    }

    #[must_use]
    pub fn sealed(mut self, sealed: bool) -> Self {
        self.sealed = sealed;
        self
    }
}

/// The one place that decides what someone may do. Implemented by `people`.
pub trait Access: Send + Sync {
    fn may(&self, who: &Who, act: &str, target: &Target, today: Day) -> bool;
}

/// Knows nobody and allows nothing: what a server is before `people` is laid in.
pub struct Nobody;

impl Sessions for Nobody {
    fn load(&self, _: Proof, _: [u8; 32], _: Timestamp) -> BoxFuture<'_, db::Result<Option<Who>>> {
        Box::pin(async { Ok(None) })
    }
}

impl Access for Nobody {
    fn may(&self, _: &Who, _: &str, _: &Target, _: Day) -> bool {
        false
    }
}

/// The side menu of one person on one page.
#[derive(Clone, Debug, Default)]
pub struct Nav {
    pub groups: Vec<NavGroup>,
    /// Unread notices: the bell shows when there is a number, even zero.
    pub unread: Option<i64>,
}

#[derive(Clone, Debug, Default)]
pub struct NavGroup {
    /// Empty for the first, unnamed group.
    pub label: String,
    pub items: Vec<NavItem>,
    /// Closed until it is asked for, or holds the page that is shown.
    pub folded: bool,
}

#[derive(Clone, Debug)]
pub struct NavItem {
    pub label: String,
    pub href: String,
    pub icon: &'static str,
    /// What is open there.
    pub count: Option<i64>,
}

pub type NavSource = Arc<dyn for<'a> Fn(&'a Desk) -> BoxFuture<'a, db::Result<Nav>> + Send + Sync>;

/// That the data are illustrative, said on every page.
#[derive(Clone, Debug)]
pub struct DemoMark {
    pub label: Label,
}

impl Default for DemoMark {
    fn default() -> Self {
        Self { label: Label { vi: "Dữ liệu minh họa".into(), en: Some("Illustrative data".into()) } }
    }
}

/// How the server meets the world.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Pages reach people over TLS: cookies are `Secure` and `__Host-`, HSTS is sent.
    pub tls: bool,
    /// The only addresses whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// The text of a form, a block pasted from a spreadsheet included.
    pub form_bytes: usize,
    /// All files of a form together.
    pub upload_bytes: u64,
    /// The longest silence while a body arrives.
    pub body_wait: Duration,
    /// The longest a handler may take; longer work is a job.
    pub request_time: Duration,
    /// Where uploads wait until they are taken.
    pub spool: PathBuf,
}

impl Settings {
    pub fn new(db: &db::Db) -> Self {
        Self {
            tls: false,
            proxies: Vec::new(),
            form_bytes: 4 << 20,
            upload_bytes: 32 << 20,
            body_wait: Duration::from_secs(15),
            request_time: Duration::from_mins(1),
            spool: db.place().data.join("spool"),
        }
    }
}

/// Everything that outlives a request.
pub struct App {
    pub db: db::Db,
    pub names: db::Names,
    pub ids: IdMaker,
    pub clock: Clock,
    pub settings: Settings,
    pub demo: Option<DemoMark>,
    pub sessions: Arc<dyn Sessions>,
    pub access: Arc<dyn Access>,
    pub nav: NavSource,
    rooms: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
}

impl App {
    /// A server that knows nobody yet.
    pub fn new(db: db::Db, ids: IdMaker) -> Self {
        Self {
            settings: Settings::new(&db),
            db,
            names: db::Names::default(),
            ids,
            clock: system_clock(),
            demo: None,
            sessions: Arc::new(Nobody),
            access: Arc::new(Nobody),
            nav: Arc::new(|_| Box::pin(async { Ok(Nav::default()) })),
            rooms: HashMap::new(),
        }
    }

    /// Lays in the state of a room above, one value of each type.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, state: T) -> Self {
        self.rooms.insert(TypeId::of::<T>(), Box::new(state));
        self
    }

    /// The state of a room. Asking for what was never laid in is a mistake of the start-up, not of a request.
    pub fn room<T: Any + Send + Sync>(&self) -> &T {
        self.laid().unwrap_or_else(|| unreachable!("nobody laid in {}", std::any::type_name::<T>()))
    }

    /// The same of a room that a house may do without.
    pub fn laid<T: Any + Send + Sync>(&self) -> Option<&T> {
        self.rooms.get(&TypeId::of::<T>()).and_then(|state| state.downcast_ref())
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }
}
