//! Whose records someone may read: places, bodies at them, and what the seat takes part in.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use db::{Result, Tx};
use kernel::Day;
use units::Unit;

use crate::{
    Record, Snapshot,
    store::list::{self, Readers},
};

/// What is due or open is looked for place by place in a scope of at most so many places.
const FEW_PLACES: usize = 40;
/// The most bodies that one search names.
const TOKENS: usize = 200;
/// The most records of other books that are looked at for someone who takes part in them.
const PARTY: i64 = 2_000;

/// Whose records someone may read. Without one there is no query.
#[derive(Clone, Debug)]
pub struct Scope {
    pub(super) everything: bool,
    pub(super) places: Vec<i64>,
    /// None: every body at those places.
    pub(super) units: Option<Vec<i64>>,
    /// The same for a query: bit by bit the slots that are read at each of the places, and the units that are read besides.
    slots: i64,
    others: Vec<i64>,
    /// The unit in whose name they read where it takes part.
    pub(super) seat: i64,
}

impl Scope {
    /// The operator's shell.
    pub fn operator() -> Self {
        Self { everything: true, ..Self::new(Vec::new(), None, 0) }
    }

    /// Places and, where given, only these units at them; and what `seat` takes part in.
    pub fn new(places: Vec<i64>, units: Option<Vec<i64>>, seat: i64) -> Self {
        Self { everything: false, places, units, seat, slots: 0, others: Vec::new() }.reckoned()
    }

    /// Thousands of bodies of a province are mostly the same few at each place: one number says so to the database.
    fn reckoned(mut self) -> Self {
        let Some(units) = &self.units else {
            (self.slots, self.others) = (-1, Vec::new());
            return self;
        };
        let mut read: HashMap<i64, i64> = HashMap::new();
        for unit in units.iter().map(|unit| Unit(*unit)) {
            *read.entry(unit.key()).or_default() |= 1 << unit.slot();
        }
        self.places.retain(|place| read.contains_key(place));
        self.slots = self.places.iter().fold(-1, |slots, place| slots & read[place]);
        let besides = |unit: &Unit| self.slots >> unit.slot() & 1 == 0 && self.places.contains(&unit.key());
        self.others = units.iter().map(|unit| Unit(*unit)).filter(besides).map(|unit| unit.0).collect();
        self
    }

    /// What lies in a place, or one body alone, of what this scope holds.
    #[must_use]
    pub fn within(&self, snapshot: &Snapshot, unit: i64, today: Day) -> Self {
        let (at, unit) = (snapshot.tree.at(today), Unit(unit));
        let mut scope = self.clone();
        if at.is_body(unit) {
            let known = self.everything
                || self.units.as_ref().map_or(self.places.contains(&unit.key()), |units| units.contains(&unit.0));
            scope.places = if known { vec![unit.key()] } else { Vec::new() };
            scope.units = Some(vec![unit.0]);
        } else {
            let inside = |key: &i64| {
                let holder = at.holder(Unit::place(*key)).unit;
                *key == unit.key() || at.inside(holder, unit)
            };
            scope.places = if self.everything {
                snapshot.tree.units().map(Unit::key).filter(inside).collect()
            } else {
                self.places.iter().copied().filter(inside).collect()
            };
        }
        scope.everything = false;
        scope.seat = 0;
        scope.reckoned()
    }

    /// The record stands in a book of this scope. What its parties may read besides is for the index to say.
    pub(super) fn holds(&self, record: &Record) -> bool {
        let place = Unit(record.unit).key();
        self.everything
            || record.unit == self.seat
            || self.places.contains(&place) && self.units.as_ref().is_none_or(|units| units.contains(&record.unit))
    }

    /// The books at a place that it holds, by body; none: every one there.
    pub(crate) fn books_at(&self, place: i64) -> Option<Vec<i64>> {
        if self.everything || self.units.is_none() && self.places.contains(&place) {
            return None;
        }
        let here = |unit: &i64| Unit(*unit).key() == place;
        let mut units: Vec<i64> = self.units.iter().flatten().copied().filter(here).collect();
        units.extend(Some(self.seat).filter(|seat| here(seat) && !units.contains(seat)));
        Some(units)
    }

    pub(crate) fn is_narrow(&self) -> bool {
        !self.everything && self.places.len() <= FEW_PLACES
    }

    pub(crate) async fn readers(&self, tx: &mut Tx, register: i64) -> Result<Readers> {
        let party_to = match self.seat {
            0 => Vec::new(),
            seat => list::party_to(tx, &[seat], register, PARTY).await?,
        };
        Ok(Readers {
            everything: self.everything,
            places: self.places.clone(),
            slots: self.slots,
            others: self.others.clone(),
            party_to,
        })
    }

    /// The tokens of the search index of which a readable record carries one; none for the operator. A record carries its own body and those
    /// above it as they were on its day, so what this seat holds of bodies that ended is named one by one.
    pub fn tokens(&self) -> Vec<String> {
        if self.everything {
            return Vec::new();
        }
        let mut units = vec![self.seat];
        if self.is_narrow() {
            let places = || self.places.iter().map(|place| Unit::place(*place).0).collect();
            units.extend(self.units.clone().unwrap_or_else(places).into_iter().filter(|unit| *unit != self.seat));
        }
        units.truncate(TOKENS);
        units.iter().map(|unit| format!("u{unit}")).collect()
    }
}

/// The scopes of seats, reckoned once for each tree and day: walking the tree on every request would cost more than the list.
#[derive(Debug, Default)]
pub struct Scopes(Mutex<HashMap<(i64, i64, Day), Arc<Scope>>>);

impl Scopes {
    /// The scope of a seat: what it has by rights, worked out by `reckon` when nobody did yet.
    pub(crate) fn of(&self, snapshot: &Snapshot, seat: i64, today: Day, reckon: impl FnOnce() -> Scope) -> Arc<Scope> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Yesterday's, and those of a tree that was replaced, are never asked for again.
        if known.len() > 5_000 {
            known.retain(|(_, generation, day), _| *generation == snapshot.generation && *day == today);
        }
        known.entry((seat, snapshot.generation, today)).or_insert_with(|| Arc::new(reckon())).clone()
    }
}
