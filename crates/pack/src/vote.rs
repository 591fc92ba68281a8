//! Votes: the thresholds of the law by kind of matter and by date, what they come to in whole numbers, and the paper count taken twice.

use kernel::{Day, Label, day_number};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    document::{Amount, Document, Fields, RowDoc},
    expression::Values,
    read::Pack,
    register::Register,
};

/// A record of this register is decided by a vote: numbers only, never who voted what.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// The day of the vote: it chooses the law.
    pub on: String,
    /// The steps that say it passed, and those that say it did not.
    pub passes: Vec<String>,
    pub fails: Vec<String>,
    #[serde(default)]
    pub tally: Option<Tally>,
    #[serde(rename = "threshold")]
    pub thresholds: Vec<Threshold>,
}

/// Counts of the same ballots by two people, as child rows: every number in them must agree.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    pub rows: String,
    /// The field of the row that names who counted.
    pub counter: String,
    /// The field of the row → the field of the record that must say the same.
    pub same: indexmap::IndexMap<String, String>,
    /// CEL: where two counts must be there; else what is there must agree.
    pub when: String,
}

/// How many of how many must be in favour; the first that stands on the day and whose condition holds.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    pub id: String,
    /// CEL; none: whatever the matter.
    #[serde(default)]
    pub when: Option<String>,
    /// The count fields: all who are entitled, and those in favour.
    pub whole: String,
    pub yes: String,
    /// What is counted: `hộ`.
    pub noun: Label,
    /// The share `part / of`.
    pub part: i64,
    pub of: i64,
    /// More than the share is asked, not the share itself.
    #[serde(default)]
    pub more: bool,
    pub article: Label,
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub valid_from: Option<Day>,
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub valid_to: Option<Day>,
    #[serde(default)]
    pub drop: bool,
}

/// What a vote comes to by its threshold.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'p> {
    pub threshold: &'p Threshold,
    pub whole: i64,
    pub yes: i64,
    /// The least number in favour that passes.
    pub least: i64,
}

impl Outcome<'_> {
    pub fn passed(&self) -> bool {
        self.yes >= self.least
    }
}

impl Threshold {
    /// The least number in favour that passes: two thirds of 240 are 160, more than half of 240 is 121.
    pub fn least(&self, whole: i64) -> i64 {
        let (share, of) = (i128::from(whole) * i128::from(self.part), i128::from(self.of));
        let least = if self.more { share.div_euclid(of) + 1 } else { (share + of - 1).div_euclid(of) };
        i64::try_from(least).unwrap_or(i64::MAX)
    }

    /// `2/3`, or `50%` where the share is a whole number of percent.
    pub fn share(&self) -> String {
        if (self.part * 100) % self.of == 0 {
            format!("{}%", self.part * 100 / self.of)
        } else {
            format!("{}/{}", self.part, self.of)
        }
    }

    fn stands_on(&self, day: Day) -> bool {
        let day = day_number(day);
        self.valid_from.is_none_or(|from| day_number(from) <= day)
            && self.valid_to.is_none_or(|to| day <= day_number(to))
    }
}

impl Votes {
    /// The threshold of a vote by its day and its matter; none where the law of that day is not on file.
    pub fn threshold<'p>(&'p self, pack: &Pack, document: &Document, values: &Values) -> Option<&'p Threshold> {
        let day = document.day(&self.on)?;
        let holds = |when: &String| pack.expression(when).is_some_and(|when| when.holds(values));
        self.thresholds.iter().find(|one| one.stands_on(day) && one.when.as_ref().is_none_or(holds))
    }

    /// What the vote comes to, as soon as its numbers are there.
    pub fn outcome<'p>(&'p self, pack: &Pack, document: &Document, values: &Values) -> Option<Outcome<'p>> {
        let threshold = self.threshold(pack, document, values)?;
        let (whole, yes) = (number(&document.fields, &threshold.whole)?, number(&document.fields, &threshold.yes)?);
        Some(Outcome { threshold, whole, yes, least: threshold.least(whole) })
    }

    /// Whether a step says what a vote came to: `true` that it passed.
    pub fn says(&self, step: &str) -> Option<bool> {
        let among = |steps: &[String]| steps.iter().any(|one| one == step);
        among(&self.passes).then_some(true).or_else(|| among(&self.fails).then_some(false))
    }
}

impl Tally {
    /// The numbers in which two counts differ: the field of the row, the first count, the second.
    pub fn differing<'r>(&self, register: &'r Register, rows: &[RowDoc]) -> Vec<(&'r Label, i64, i64)> {
        let [first, second, ..] = rows else { return Vec::new() };
        let fields = register.rows(&self.rows).map(|rows| rows.fields.as_slice()).unwrap_or_default();
        let pairs = fields.iter().filter_map(|field| {
            Some((&field.label, number(&first.fields, &field.id)?, number(&second.fields, &field.id)?))
        });
        pairs.filter(|(_, first, second)| first != second).collect()
    }

    /// Where a count and the record differ: the field of the record, what it says, what was counted.
    pub fn unlike_record<'r>(&self, register: &'r Register, document: &Document) -> Option<(&'r Label, i64, i64)> {
        document.rows(&self.rows).iter().find_map(|row| {
            self.same.iter().find_map(|(counted, field)| {
                let (said, counted) = (number(&document.fields, field)?, number(&row.fields, counted)?);
                let label = &register.field(field)?.label;
                (said != counted).then_some((label, said, counted))
            })
        })
    }
}

/// The whole number of a count.
fn number(fields: &Fields, id: &str) -> Option<i64> {
    Amount::of(fields.get(id)?)?.n
}
