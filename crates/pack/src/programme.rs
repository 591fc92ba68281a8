//! Programmes: targets with their wording, operator, scope and the years for which they stand.

use kernel::{Day, Label};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::figure::Scope;

/// One file under `programmes/`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    pub id: String,
    pub label: Label,
    /// The slug or code of the unit whose programme it is; without one, any unit's.
    #[serde(default)]
    pub unit: Option<String>,
    /// The decision or resolution that set it.
    #[serde(default)]
    pub decision: Option<String>,
    #[serde(default, rename = "target")]
    pub targets: Vec<Target>,
    #[serde(default)]
    pub drop: bool,
}

/// A promise: figure, operator, value, scope, period.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub id: String,
    pub label: Label,
    pub figure: String,
    pub op: Op,
    /// In the figure's measure; of a coverage or share, percent.
    pub value: f64,
    /// Each unit of the scope must reach it; without, the whole does.
    #[serde(default)]
    pub each: bool,
    /// With `each`: what must reach it instead of units, `posts:POST` or `records:REGISTER`.
    #[serde(default)]
    pub over: Option<String>,
    /// Instead of the coverage's own scope.
    #[serde(default)]
    pub scope: Option<Scope>,
    /// Scopes that stand from a day on, in order: after 30/6/2025 there are no districts.
    #[serde(default)]
    pub later: Vec<Later>,
    /// The years for which this wording and scope stand.
    pub from: i16,
    #[serde(default)]
    pub to: Option<i16>,
    #[serde(default)]
    pub drop: bool,
}

/// The scope of a target from a day on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// The first day on which it stands; the period's last day decides.
    #[schemars(with = "String")]
    pub from: Day,
    pub scope: Scope,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Op {
    #[serde(rename = "=")]
    Equal,
    #[serde(rename = ">=")]
    AtLeast,
    #[serde(rename = ">")]
    Over,
    #[serde(rename = "<=")]
    AtMost,
    #[serde(rename = "<")]
    Under,
}

impl Op {
    pub fn holds<T: PartialOrd>(self, value: &T, bar: &T) -> bool {
        match self {
            Op::Equal => value == bar,
            Op::AtLeast => value >= bar,
            Op::Over => value > bar,
            Op::AtMost => value <= bar,
            Op::Under => value < bar,
        }
    }

    pub fn sign(self) -> &'static str {
        match self {
            Op::Equal => "=",
            Op::AtLeast => "≥",
            Op::Over => ">",
            Op::AtMost => "≤",
            Op::Under => "<",
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Op::Equal => "=",
            Op::AtLeast => ">=",
            Op::Over => ">",
            Op::AtMost => "<=",
            Op::Under => "<",
        }
    }

    /// Silence keeps such a target undecided: nothing said is not nothing there.
    pub fn from_above(self) -> bool {
        matches!(self, Op::AtMost | Op::Under | Op::Equal)
    }
}

impl Target {
    /// The scope that stands on a day, if the target has one of its own.
    pub fn scope_on(&self, day: Day) -> Option<&Scope> {
        let later = self.later.iter().rev().find(|later| later.from <= day);
        later.map(|later| &later.scope).or(self.scope.as_ref())
    }

    /// Every scope it has had.
    pub fn scopes(&self) -> impl Iterator<Item = &Scope> {
        self.scope.iter().chain(self.later.iter().map(|later| &later.scope))
    }

    pub fn stands_in(&self, year: i16) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }
}
