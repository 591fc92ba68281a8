//! Figures: what is counted, summed or read over records, and what is computed from that.

use kernel::{Label, number::Rounding};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A figure of a register: each record turns into facts of it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Within its register; elsewhere `dialogue.held`.
    pub id: String,
    pub label: Label,
    /// What it counts, if not the register's noun: `tập thể, cá nhân`.
    #[serde(default)]
    pub noun: Option<Label>,
    /// How reports in prose also call what it counts: `tờ rơi`. Only the reading of such reports asks.
    #[serde(default)]
    pub says: Vec<String>,
    /// `records`, or `rows:opinion`.
    #[serde(default)]
    pub count: Option<String>,
    /// A count, quantity or money field, `length` or `item.length`.
    #[serde(default)]
    pub sum: Option<String>,
    /// A rank, percent or score: never summed, the latest of the very unit in the window counts.
    #[serde(default)]
    pub reading: Option<String>,
    /// When it happened (a flow): `day` (the register's), `step:hold`, `field:held_on`, `row:on`, `created`, `end`, when it came into a last state, or `left:received`, when it
    /// first went on from a state.
    #[serde(default)]
    pub day: Option<String>,
    /// When the thing itself began: makes cohorts and carry-overs.
    #[serde(default)]
    pub since: Option<String>,
    /// A stock: from this day …
    #[serde(default)]
    pub from: Option<String>,
    /// … until this day, on which it is no longer there …
    #[serde(default)]
    pub to: Option<String>,
    /// … or through this day, its last.
    #[serde(default)]
    pub through: Option<String>,
    /// A stock: the clock's due day has passed and it still runs.
    #[serde(default)]
    pub overdue: Option<String>,
    /// The unit field that counts; without one the book's body.
    #[serde(default)]
    pub unit: Option<String>,
    /// What else is counted over: a post or link field.
    #[serde(default)]
    pub subject: Option<String>,
    /// Breakdown: choice, topic, yes/no or unit fields, those of the rows counted (`opinion.topic`), `state`, `unit.level`, `unit.kind`.
    #[serde(default)]
    pub by: Vec<String>,
    /// CEL over the record, and over `row` when rows are counted.
    #[serde(default, rename = "where")]
    pub only: Option<String>,
    /// No record and no confirmation means nothing happened; else it means nothing was said. Never in coverage.
    #[serde(default)]
    pub silent_is_zero: bool,
    #[serde(default)]
    pub drop: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Flow,
    Stock,
    Reading,
}

impl Figure {
    pub fn shape(&self) -> Shape {
        if self.reading.is_some() {
            Shape::Reading
        } else if self.from.is_some() || self.overdue.is_some() {
            Shape::Stock
        } else {
            Shape::Flow
        }
    }

    /// The child rows that it counts or sums, if rows.
    pub fn rows(&self) -> Option<&str> {
        if let Some(rows) = self.count.as_deref().and_then(|count| count.strip_prefix("rows:")) {
            return Some(rows);
        }
        self.sum.as_deref().or(self.reading.as_deref()).and_then(|path| path.split_once('.')).map(|(rows, _)| rows)
    }
}

/// One file under `figures/`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DerivedFile {
    #[serde(default, rename = "figure")]
    pub figures: Vec<Derived>,
}

/// A figure computed from others when it is read.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    pub id: String,
    pub label: Label,
    #[serde(default)]
    pub noun: Option<Label>,
    /// How reports in prose also call it.
    #[serde(default)]
    pub says: Vec<String>,
    /// x of y: `submission.settled / submission.received`, `carried(a) / opening(b)`, `cohort(a) / b`.
    #[serde(default)]
    pub share: Option<String>,
    /// A sum or difference of figures.
    #[serde(default)]
    pub formula: Option<String>,
    #[serde(default)]
    pub coverage: Option<Coverage>,
    /// Of the programme's targets, how many are met.
    #[serde(default)]
    pub met: Option<String>,
    #[serde(default)]
    pub rounding: Rounding,
    #[serde(default)]
    pub drop: bool,
}

impl Derived {
    /// Every formula it is written in.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let coverage =
            self.coverage.iter().flat_map(|coverage| std::iter::once(&coverage.each).chain(&coverage.scope.only));
        self.share.iter().chain(&self.formula).chain(coverage).map(String::as_str)
    }
}

/// What a coverage counts over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    Units,
    /// Every post of head.
    Heads,
    Posts(Vec<String>),
    Records(String),
    /// The words of one breakdown of the figure.
    Parts(String),
    /// Each unit with each word of a breakdown: a committee and every partner at its level.
    UnitParts(String),
}

impl Over {
    pub fn read(text: &str) -> Option<Self> {
        let list = |text: &str| text.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>();
        match text.split_once(':').map(|(what, rest)| (what, rest.trim())) {
            None if text == "units" => Some(Self::Units),
            Some(("posts", "head")) => Some(Self::Heads),
            Some(("posts", posts)) if !posts.is_empty() => Some(Self::Posts(list(posts))),
            Some(("records", register)) if !register.is_empty() => Some(Self::Records(register.to_owned())),
            Some(("parts", field)) if !field.is_empty() => Some(Self::Parts(field.to_owned())),
            Some(("units x parts", field)) if !field.is_empty() => Some(Self::UnitParts(field.to_owned())),
            _ => None,
        }
    }
}

/// Of the things in scope, how many meet a condition.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// `units`, `posts:head` (all heads), `posts:POST, POST`, `records:REGISTER`, `parts:FIELD`, `units x parts:FIELD`.
    pub over: String,
    /// The condition on each: `dialogue.held >= 1`.
    pub each: String,
    #[serde(default)]
    pub scope: Scope,
}

/// Which units count: all conditions hold on the period's last day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Places of these levels, with all that lies in them.
    #[serde(default)]
    pub level: Vec<String>,
    /// Of these kinds of place (`xa`, `phuong`): `xã, phường` leaves thị trấn out.
    #[serde(default)]
    pub kind: Vec<String>,
    #[serde(default)]
    pub group: Vec<String>,
    /// Bodies of this kind instead of places.
    #[serde(default)]
    pub body: Option<String>,
    /// Bodies of any of these kinds instead of places: the agencies of a province.
    #[serde(default)]
    pub bodies: Vec<String>,
    /// Only units where this holds: `programme.chosen >= 1`.
    #[serde(default, rename = "where")]
    pub only: Option<String>,
}

impl Scope {
    /// The kinds of body that it names instead of places.
    pub fn body_kinds(&self) -> impl Iterator<Item = &String> {
        self.body.iter().chain(&self.bodies)
    }

    pub fn is_of_bodies(&self) -> bool {
        self.body_kinds().next().is_some()
    }
}
