//! The desk: the one argument of every handler. Who asks, in which seat and language, at what time, and the way to the database.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use kernel::{Day, Id, Lang};
use maud::{Markup, html};

use crate::{
    App, Fields, Flash, Seat, Target, Trouble, Who,
    csrf::{self, Root},
};

/// Cloning is cheap.
#[derive(Clone)]
pub struct Desk {
    pub app: Arc<App>,
    /// Nobody on public pages, unless they have signed in elsewhere.
    pub who: Option<Arc<Who>>,
    pub lang: Lang,
    /// One instant for the whole request.
    pub now: Timestamp,
    /// The civil day in Vietnam.
    pub today: Day,
    pub(crate) visit: Arc<Visit>,
}

/// What the request brought along.
pub(crate) struct Visit {
    pub(crate) path: String,
    /// The SHA-256 of the session's token, of someone who is known.
    pub(crate) session: Option<[u8; 32]>,
    /// The address can be asked for again.
    pub(crate) again: bool,
    pub(crate) query: Fields,
    pub(crate) address: Option<IpAddr>,
    /// The cookie that the tokens of forms are made of: the session's, else the visitor's.
    pub(crate) root: Root,
    /// A visitor without a cookie gets this one, if a page needs it.
    pub(crate) visitor: Option<String>,
    pub(crate) visitor_needed: AtomicBool,
    pub(crate) flash: Option<Flash>,
    pub(crate) flash_shown: AtomicBool,
}

impl Desk {
    /// Who asks; nobody is sent to sign in.
    pub fn who(&self) -> Result<&Who, Trouble> {
        self.who.as_deref().ok_or(Trouble::SignIn)
    }

    /// The seat in use.
    pub fn seat(&self) -> Result<&Seat, Trouble> {
        Ok(&self.who()?.seat)
    }

    /// Whether the seat in use may: for drawing a button or not.
    pub fn can(&self, act: &str, target: &Target) -> bool {
        self.who.as_ref().is_some_and(|who| self.app.access.may(who, act, target, self.today))
    }

    /// Refuses an act that is not theirs: 403.
    pub fn may(&self, act: &str, target: &Target) -> Result<(), Trouble> {
        self.who()?;
        if self.can(act, target) { Ok(()) } else { Err(Trouble::Forbidden) }
    }

    /// Refuses to know of a thing that is not theirs to see: the same 404 as of a missing one.
    pub fn sees(&self, act: &str, target: &Target) -> Result<(), Trouble> {
        self.who()?;
        if self.can(act, target) { Ok(()) } else { Err(Trouble::NotFound) }
    }

    /// A writing transaction.
    pub async fn begin(&self) -> Result<db::Tx, Trouble> {
        Ok(self.app.db.begin().await?)
    }

    /// A reading transaction: one snapshot.
    pub async fn read(&self) -> Result<db::Tx, Trouble> {
        Ok(self.app.db.read().await?)
    }

    pub fn new_id(&self) -> Id {
        self.app.ids.next(self.now)
    }

    /// An entry of the timeline by whoever sits here, to be filled in (`on`, `cause`) and recorded.
    pub fn entry<'a>(&self, about: timeline::About, act: &'a str, body: serde_json::Value) -> timeline::Entry<'a> {
        let (who, seat) = self.who.as_ref().map_or((PUBLIC, 0), |who| (who.account, who.seat.unit));
        timeline::Entry { about, act, who, seat, at: self.now, on: None, body, cause: None }
    }

    /// Writes what was done into its subject's timeline, in the same transaction.
    pub async fn record(&self, tx: &mut db::Tx, entry: timeline::Entry<'_>) -> Result<timeline::EntryRef, Trouble> {
        Ok(timeline::record(tx, &self.app.ids, entry).await?)
    }

    /// The hash under which the session in use is kept, in hex.
    pub fn session_hash(&self) -> Option<String> {
        self.visit.session.map(|hash| HEXLOWER.encode(&hash))
    }

    /// The query of the address.
    pub fn query(&self) -> &Fields {
        &self.visit.query
    }

    pub fn path(&self) -> &str {
        &self.visit.path
    }

    /// Where the request came from, through believed proxies: for delays, never for blocks.
    pub fn address(&self) -> Option<IpAddr> {
        self.visit.address
    }

    /// The hidden field that every form with `method="post"` carries.
    pub fn csrf(&self) -> Markup {
        self.visit.visitor_needed.store(true, Ordering::Relaxed);
        html! { input type="hidden" name=(CSRF) value=(self.visit.root.token()) {} }
    }

    /// A hidden key that is new in every drawn form: whoever takes the form can see that it came twice.
    pub fn once(&self) -> Markup {
        html! { input type="hidden" name=(ONCE) value=(csrf::new_secret().token) {} }
    }
}

/// Stands in the timeline for someone who has no account: the public face.
const PUBLIC: i64 = -1;

/// The form fields of the two.
pub(crate) const CSRF: &str = "csrf";
pub(crate) const ONCE: &str = "once";

impl<S: Sync> FromRequestParts<S> for Desk {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Trouble> {
        parts
            .extensions
            .get::<Desk>()
            .cloned()
            .ok_or_else(|| Trouble::internal("a route was not opened by Routes::open"))
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Desk {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Trouble> {
        Ok(parts.extensions.get::<Desk>().cloned())
    }
}
