//! Places and bodies by date: one tree, what became of whom, and who holds a unit's ground on any day.
//!
//! A unit is a place or a body at a place. Its identity never changes; code, name, kind and parent are versions by date. A merger or
//! a split ends units and opens others. Standard bodies (`31/ubnd`) have no rows: they stand wherever their kind stands.

mod at;
mod book;
mod decision;
mod find;
mod ground;
mod holder;
mod import;
mod kinds;
mod names;
mod pages;
mod rows;
mod show;
pub mod store;
mod tree;

pub use at::At;
pub use decision::{Act, Clash, Decision, Heir, New, Part, Target, record, replay};
pub use ground::{Geography, Ground, Span, Stay, Telling};
pub use holder::{Became, Holder, Successor};
pub use import::{Imported, Sheet, read_sheet};
pub use kinds::{BodyKind, Fault, Kinds, Level, Named, PlaceKind, Post, SLOTS, Scope, Signing, Superior};
pub use pages::{Room, href, routes};
pub use rows::{Edge, OWN_KEYS, Rows, SuccessionRow, VersionRow};
pub use show::{Shown, show};
pub use tree::{Kind, Tree, Version};

/// A place or a body. The number is the place's key times 64, plus the slot of a standard body; 0 is the place itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Unit(pub i64);

impl Unit {
    pub fn place(key: i64) -> Self {
        Self(key * SLOTS)
    }

    /// The standard body of a slot, at this unit's place.
    #[must_use]
    pub fn body(self, slot: u8) -> Self {
        Self(self.0 - self.0.rem_euclid(SLOTS) + i64::from(slot))
    }

    /// The place that a standard body stands at; any other unit is itself.
    #[must_use]
    pub fn ground(self) -> Self {
        self.body(0)
    }

    pub fn key(self) -> i64 {
        self.0.div_euclid(SLOTS)
    }

    pub fn slot(self) -> u8 {
        u8::try_from(self.0.rem_euclid(SLOTS)).unwrap_or(0)
    }
}

impl From<Unit> for db::Value {
    fn from(unit: Unit) -> Self {
        unit.0.into()
    }
}

#[cfg(test)]
mod tests;
