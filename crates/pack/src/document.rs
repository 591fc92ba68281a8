//! A record's content as it is stored: field values, child rows, steps taken, clocks.

use indexmap::IndexMap;
use kernel::Day;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::vocabulary::Qualifier;

/// Values of fields by id; an empty field is absent.
pub type Fields = Map<String, Json>;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    #[serde(default)]
    pub fields: Fields,
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub rows: IndexMap<String, Vec<RowDoc>>,
    /// The number of the next child row: numbers are never used twice within a record.
    #[serde(default)]
    pub next_row: i64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Taken>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Running>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RowDoc {
    pub n: i64,
    pub fields: Fields,
    /// The account that entered it, where two people must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<i64>,
}

/// A step that was taken: the day it took place, and by whom and when it was recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    pub step: String,
    pub on: Day,
    pub to: String,
    pub by: i64,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// From an old book: needs that are files were waived.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_old_book: bool,
    /// The record whose step caused this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<i64>,
}

/// A clock that was started: its due day and derivation are kept as they were reckoned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Running {
    pub clock: String,
    pub started: Day,
    pub due: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Day>,
    /// It stands still since this day; its due day is reckoned anew when it runs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<Day>,
    /// Time that its limit leaves out, from the record's rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<calendar::Window>,
    #[serde(default, skip_serializing_if = "Json::is_null")]
    pub derivation: Json,
}

impl Running {
    pub fn runs(&self) -> bool {
        self.stopped.is_none() && self.suspended.is_none()
    }
}

impl Document {
    pub fn day(&self, field: &str) -> Option<Day> {
        day_of(self.fields.get(field)?)
    }

    /// When a step was last taken.
    pub fn taken(&self, step: &str) -> Option<&Taken> {
        self.steps.iter().rev().find(|taken| taken.step == step)
    }

    pub fn rows(&self, id: &str) -> &[RowDoc] {
        self.rows.get(id).map_or(&[], Vec::as_slice)
    }

    /// Writes a step's day into the last of the child rows whose date field (`round.awarded_on`) is empty, unless one has that very day.
    pub fn mark(&mut self, path: &str, on: Day) {
        let Some((rows, field)) = path.split_once('.') else { return };
        let Some(rows) = self.rows.get_mut(rows) else { return };
        if rows.iter().any(|row| row.fields.get(field).and_then(day_of) == Some(on)) {
            return;
        }
        if let Some(row) = rows.iter_mut().rev().find(|row| !row.fields.contains_key(field)) {
            row.fields.insert(field.to_owned(), on.to_string().into());
        }
    }

    /// Takes back what `mark` wrote, when its step is undone.
    pub fn unmark(&mut self, path: &str, on: Day) {
        let Some((rows, field)) = path.split_once('.') else { return };
        let rows = self.rows.get_mut(rows).into_iter().flatten();
        if let Some(row) = rows.rev().find(|row| row.fields.get(field).and_then(day_of) == Some(on)) {
            row.fields.remove(field);
        }
    }
}

/// A date, or the first day of a month.
pub fn day_of(value: &Json) -> Option<Day> {
    let text = value.as_str()?;
    if text.len() == 7 { format!("{text}-01").parse().ok() } else { text.parse().ok() }
}

/// A count, quantity, money or percent value: its amount in the smallest step, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// None when a qualifier stands alone ("một số").
    pub n: Option<i64>,
    pub qualifier: Option<Qualifier>,
}

impl Amount {
    pub fn exact(n: i64) -> Self {
        Self { n: Some(n), qualifier: None }
    }

    pub fn of(value: &Json) -> Option<Self> {
        match value {
            Json::Number(number) => number.as_i64().map(Self::exact),
            Json::Object(map) => Some(Self {
                n: map.get("n").and_then(Json::as_i64),
                qualifier: map.get("q").and_then(Json::as_str).and_then(Qualifier::parse),
            }),
            _ => None,
        }
    }

    /// An exact amount is a plain number.
    pub fn json(self) -> Json {
        match (self.n, self.qualifier) {
            (Some(n), None) => n.into(),
            (n, qualifier) => {
                let mut map = Map::new();
                if let Some(n) = n {
                    map.insert("n".into(), n.into());
                }
                if let Some(qualifier) = qualifier {
                    map.insert("q".into(), qualifier.name().into());
                }
                Json::Object(map)
            }
        }
    }
}
