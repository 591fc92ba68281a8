//! Posts and who held them, by date.

use std::sync::{Arc, RwLock};

use db::{Db, Result, Tx};
use jiff::Timestamp;
use kernel::{Day, IdMaker, day_number, number_day};
use units::{Kind, Post, Tree, Unit};

use crate::store::{self, HolderRow};

/// Someone in a post at a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub unit: Unit,
    pub post: String,
    pub name: String,
    pub from: Day,
    /// The first day on which they no longer held it.
    pub to: Option<Day>,
}

/// All posts and holders, read once and kept until they change.
#[derive(Clone, Debug, Default)]
pub struct Posts {
    holders: Vec<Holder>,
}

impl Posts {
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        Ok(Self::of(store::holders(tx).await?))
    }

    /// Those of some bodies.
    pub async fn at(tx: &mut Tx, units: &[i64]) -> Result<Self> {
        Ok(Self::of(store::holders_at(tx, units).await?))
    }

    fn of(rows: Vec<HolderRow>) -> Self {
        let holders = rows.into_iter().map(|row| Holder {
            unit: Unit(row.unit),
            post: row.post,
            name: row.name,
            from: number_day(row.from_day),
            to: row.to_day.map(number_day),
        });
        let mut holders: Vec<Holder> = holders.collect();
        // The databases sort text each in its own way.
        holders.sort_by(|a, b| (a.unit, &a.post, a.from).cmp(&(b.unit, &b.post, b.from)));
        Self { holders }
    }

    pub fn all(&self) -> &[Holder] {
        &self.holders
    }

    /// Who held a post on a day.
    pub fn who_held(&self, post: &str, unit: Unit, day: Day) -> Vec<&Holder> {
        let stood = |holder: &&Holder| holder.from <= day && holder.to.is_none_or(|to| day < to);
        self.holders.iter().filter(|holder| holder.post == post && holder.unit == unit).filter(stood).collect()
    }

    /// Who left a post after a day, up to another, and does not hold it again on that: the last of them.
    pub fn left(&self, post: &str, unit: Unit, after: Day, until: Day) -> Option<&Holder> {
        let here: Vec<&str> = self.who_held(post, unit, until).iter().map(|holder| holder.name.as_str()).collect();
        let theirs = self.holders.iter().filter(|holder| holder.post == post && holder.unit == unit);
        theirs
            .filter(|holder| holder.to.is_some_and(|to| after < to && to <= until))
            .filter(|holder| !here.contains(&holder.name.as_str()))
            .max_by_key(|holder| holder.to)
    }

    /// The posts of these kinds that anyone ever held, and whether someone did within the days.
    pub fn held_within(&self, posts: &[String], from: Day, to: Day) -> Vec<(Unit, String, bool)> {
        let mut found: Vec<(Unit, String, bool)> = Vec::new();
        for holder in self.holders.iter().filter(|holder| posts.contains(&holder.post)) {
            let held = holder.from <= to && holder.to.is_none_or(|end| from < end);
            match found.last_mut() {
                Some((unit, post, before)) if *unit == holder.unit && *post == holder.post => *before |= held,
                _ => found.push((holder.unit, holder.post.clone(), held)),
            }
        }
        found
    }

    /// The posts of head at these bodies in the window (both days in it), and whether someone held each for a part of it: a vacant
    /// one is named and not counted.
    pub fn heads_in(&self, tree: &Tree, (from, to): (Day, Day), bodies: &[Unit]) -> Vec<(Unit, String, bool)> {
        let heads = || tree.kinds().posts.iter().filter(|post| post.head);
        let stood = |post: &Post, unit: Unit| belongs(tree, post, unit, from) || belongs(tree, post, unit, to);
        let all = bodies.iter().flat_map(|unit| heads().map(move |post| (*unit, post)));
        all.filter(|(unit, post)| stood(post, *unit))
            .map(|(unit, post)| (unit, post.id.clone(), self.was_held(unit, &post.id, from, to)))
            .collect()
    }

    fn was_held(&self, unit: Unit, post: &str, from: Day, to: Day) -> bool {
        let first = self.holders.partition_point(|holder| (holder.unit, holder.post.as_str()) < (unit, post));
        let mut theirs = self.holders[first..].iter().take_while(|holder| holder.unit == unit && holder.post == post);
        theirs.any(|holder| holder.from <= to && holder.to.is_none_or(|end| from < end))
    }
}

/// The posts of a running server.
#[derive(Debug, Default)]
pub struct PostBook {
    posts: RwLock<Arc<Posts>>,
}

impl PostBook {
    pub async fn open(db: &Db) -> Result<Self> {
        let book = Self::default();
        book.refresh(db).await?;
        Ok(book)
    }

    pub fn now(&self) -> Arc<Posts> {
        self.posts.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    pub async fn refresh(&self, db: &Db) -> Result<()> {
        let mut tx = db.read().await?;
        let posts = Arc::new(Posts::load(&mut tx).await?);
        *self.posts.write().unwrap_or_else(std::sync::PoisonError::into_inner) = posts;
        Ok(())
    }
}

/// Is it a post of this body, on that day?
pub(crate) fn belongs(tree: &Tree, post: &Post, unit: Unit, day: Day) -> bool {
    match tree.at(day).kind(unit) {
        Some(Kind::Body(kind)) => tree.kinds().bodies[kind].id == post.body,
        _ => false,
    }
}

/// Enters holders; each body's timeline gets an entry.
pub async fn enter(tx: &mut Tx, ids: &IdMaker, by: (i64, i64), holders: &[Holder], now: Timestamp) -> Result<()> {
    enter_by(tx, ids, by, holders, None, now).await
}

/// The same, by a decision.
pub(crate) async fn enter_by(
    tx: &mut Tx,
    ids: &IdMaker,
    by: (i64, i64),
    holders: &[Holder],
    decision: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let rows: Vec<HolderRow> = holders
        .iter()
        .map(|holder| HolderRow {
            id: ids.next(now).0,
            unit: holder.unit.0,
            post: holder.post.clone(),
            name: kernel::text::tidy(&holder.name),
            account: None,
            from_day: day_number(holder.from),
            to_day: holder.to.map(day_number),
            decision: decision.map(kernel::text::tidy),
        })
        .collect();
    store::add_holders(tx, &rows).await?;
    let entries = holders.iter().map(|holder| timeline::Entry {
        about: timeline::Kind::Unit.of(holder.unit.0),
        act: "post.enter",
        who: by.0,
        seat: by.1,
        at: now,
        on: Some(holder.from),
        body: serde_json::json!({ "post": holder.post, "name": holder.name }),
        cause: None,
    });
    timeline::record_all(tx, ids, entries.collect()).await.map(|_| ())
}

/// Ends a holder's time in a post.
pub(crate) async fn end(
    tx: &mut Tx,
    ids: &IdMaker,
    by: (i64, i64),
    row: &HolderRow,
    day: Day,
    now: Timestamp,
) -> Result<()> {
    store::end_holder(tx, row.id, day).await?;
    let about = timeline::Kind::Unit.of(row.unit);
    let body = serde_json::json!({ "post": row.post, "name": row.name });
    let entry =
        timeline::Entry { about, act: "post.end", who: by.0, seat: by.1, at: now, on: Some(day), body, cause: None };
    timeline::record(tx, ids, entry).await.map(|_| ())
}
