//! A record: its header and its document.

use kernel::{Day, Id};
use pack::{
    document::Document,
    facts::Head,
    register::{Register, State},
};
use serde::{Deserialize, Serialize};

/// One entry in a register.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub id: Id,
    pub register: String,
    /// The body in whose book it stands, for life.
    pub unit: i64,
    pub year: i64,
    /// 0 until the book gives one.
    pub number: i64,
    pub day: Day,
    pub recorded: Day,
    pub state: Option<String>,
    pub title: String,
    pub due: Option<Day>,
    pub version: i64,
    /// The record of another body on the same matter.
    pub origin: Option<Id>,
    pub source_key: Option<String>,
    /// The hash of the register under which it was saved.
    pub definition: String,
    /// Taken back: its number reads "hủy".
    pub void: bool,
    pub document: Document,
}

impl Record {
    pub fn head(&self) -> Head {
        Head { unit: self.unit, state: self.state.clone(), recorded: self.recorded }
    }

    /// `299/2026`: how people name it within its book.
    pub fn reference(&self) -> String {
        format!("{}/{}", self.number, self.year)
    }

    pub fn state_of<'r>(&self, register: &'r Register) -> Option<&'r State> {
        register.state(self.state.as_deref()?)
    }

    /// Nothing more is expected of it.
    pub fn is_finished(&self, register: &Register) -> bool {
        self.void || self.state_of(register).is_some_and(|state| state.last)
    }
}

/// Who acts, for whom, and when.
#[derive(Clone, Debug)]
pub struct By {
    /// The account; 0 is the operator's shell.
    pub account: i64,
    /// The unit on whose behalf.
    pub seat: i64,
    pub now: jiff::Timestamp,
    /// The civil day of `now`.
    pub today: Day,
    /// From an old book: needs that are files are waived and the step is marked.
    pub old_book: bool,
}

/// A changed value, as the timeline keeps it; of a private field only salted hashes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    pub field: String,
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub old: serde_json::Value,
    #[serde(default, skip_serializing_if = "serde_json::Value::is_null")]
    pub new: serde_json::Value,
}
