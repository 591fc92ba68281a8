//! Limits of the law as dated rows: how long, counted how, from which event, under which facts, by which article.

use kernel::{Day, Label};
use serde::{Deserialize, Serialize};

/// A length and how it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    pub count: u16,
    pub unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Days,
    WorkingDays,
    Months,
}

/// Whether the time runs after the event ("within 5 days of") or before it ("at least 5 days before").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Forward,
    Backward,
}

/// Where the last day goes when it is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    Forward,
    Backward,
    None,
}

/// One limit: what must be done, from which event, and the rows that say how long.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "LimitText")]
pub struct Limit {
    pub id: String,
    pub label: Label,
    /// The event from which it runs, as a sentence begins: "nhận", "thụ lý".
    pub event: Label,
    /// The line of rule sets that it changes with.
    pub family: String,
    pub direction: Direction,
    pub roll: Roll,
    /// In the order in which their conditions are asked.
    pub rows: Vec<Row>,
}

/// How long a limit is under one law and one set of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name within the limit, by which an overlay replaces it.
    pub id: String,
    /// A condition over the law's facts; without one the row always holds.
    pub when: Option<String>,
    pub term: Term,
    pub article: Label,
    pub valid_from: Option<Day>,
    pub valid_to: Option<Day>,
    pub extension: Option<Extension>,
    pub certain: bool,
    pub note: Option<Label>,
}

/// How a term may be extended: by how much, how often, by whom, with which paper.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "ExtensionText")]
pub struct Extension {
    pub term: Term,
    pub most: u16,
    pub article: Label,
    pub authority: Option<Label>,
    pub paper: Option<Label>,
}

impl Row {
    pub fn in_force(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitText {
    id: String,
    label: Label,
    event: Label,
    #[serde(default = "petitions")]
    family: String,
    #[serde(default)]
    direction: Direction,
    roll: Option<Roll>,
    article: Option<Label>,
    row: Vec<RowText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowText {
    id: String,
    when: Option<String>,
    days: Option<u16>,
    working_days: Option<u16>,
    months: Option<u16>,
    article: Option<Label>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    extension: Option<Extension>,
    #[serde(default = "yes")]
    certain: bool,
    note: Option<Label>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtensionText {
    days: Option<u16>,
    working_days: Option<u16>,
    months: Option<u16>,
    most: u16,
    article: Label,
    authority: Option<Label>,
    paper: Option<Label>,
}

fn petitions() -> String {
    "petitions".to_owned()
}

fn yes() -> bool {
    true
}

impl TryFrom<LimitText> for Limit {
    type Error = String;

    fn try_from(text: LimitText) -> Result<Self, String> {
        let LimitText { id, label, event, family, direction, roll, article, row } = text;
        let roll = roll.unwrap_or(match direction {
            Direction::Forward => Roll::Forward,
            Direction::Backward => Roll::Backward,
        });
        if row.is_empty() {
            return Err(format!("{id} has no row: write [[limit.row]] with days, working_days or months"));
        }
        let rows: Result<Vec<Row>, String> = row.into_iter().map(|row| row.settle(article.as_ref())).collect();
        let rows = rows.map_err(|what| format!("{id}: {what}"))?;
        for (place, row) in rows.iter().enumerate() {
            let twin = |other: &Row| other.valid_from == row.valid_from && other.when == row.when;
            if rows[..place].iter().any(|other| other.id == row.id || twin(other)) {
                return Err(format!("{id}: the row {} repeats another's id, or its day and its condition", row.id));
            }
            if direction == Direction::Backward && row.extension.is_some() {
                return Err(format!("{id}: what is counted backward cannot be extended"));
            }
        }
        Ok(Self { id, label, event, family, direction, roll, rows })
    }
}

impl RowText {
    fn settle(self, article: Option<&Label>) -> Result<Row, String> {
        let term = one_term(self.days, self.working_days, self.months)?;
        let article =
            self.article.or_else(|| article.cloned()).ok_or("neither the limit nor a row names an article")?;
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && from > to
        {
            return Err(format!("a row is valid from {from} to {to}, backwards"));
        }
        if !self.certain && self.note.is_none() {
            return Err("a row that is not certain says why in its note".to_owned());
        }
        Ok(Row {
            id: self.id,
            when: self.when,
            term,
            article,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            extension: self.extension,
            certain: self.certain,
            note: self.note,
        })
    }
}

impl TryFrom<ExtensionText> for Extension {
    type Error = String;

    fn try_from(text: ExtensionText) -> Result<Self, String> {
        let term = one_term(text.days, text.working_days, text.months)?;
        let ExtensionText { most, article, authority, paper, .. } = text;
        Ok(Self { term, most, article, authority, paper })
    }
}

/// The longest limit that a row may state, in days: what is longer is a slip of the pen.
const LONGEST: u16 = 3660;

fn one_term(days: Option<u16>, working_days: Option<u16>, months: Option<u16>) -> Result<Term, String> {
    let (count, unit) = match (days, working_days, months) {
        (Some(count), None, None) => (count, Unit::Days),
        (None, Some(count), None) => (count, Unit::WorkingDays),
        (None, None, Some(count)) => (count, Unit::Months),
        _ => return Err("a length is exactly one of days, working_days, months".to_owned()),
    };
    if count > LONGEST {
        return Err(format!("{count} is longer than any limit, {LONGEST} at most"));
    }
    Ok(Term { count, unit })
}
