//! Decision tables: what classification proposes for a record, and which body is competent; data that a jurist reads and corrects.

use indexmap::IndexMap;
use kernel::{Day, Label};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{expression::Values, read::Pack};

fn yes() -> bool {
    true
}

/// One file under `decisions/`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionFile {
    #[serde(default, rename = "row")]
    pub rows: Vec<Decision>,
    #[serde(default, rename = "competence")]
    pub competences: Vec<Competence>,
}

/// A row of the table of classification: the first whose condition holds is proposed.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub id: String,
    /// Its number in the table that jurists know; several rows may share one.
    #[serde(default)]
    pub number: Option<u16>,
    pub registers: Vec<String>,
    /// CEL over the record.
    pub when: String,
    /// Said besides what is proposed; the search goes on.
    #[serde(default)]
    pub also: bool,
    /// The steps that follow; the first is the one proposed.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Values that the step's form would hold.
    #[serde(default)]
    pub set: IndexMap<String, String>,
    pub reason: Label,
    pub basis: Label,
    /// The limit within which it is to be done.
    #[serde(default)]
    pub limit: Option<String>,
    /// The rule was read in its own text.
    #[serde(default = "yes")]
    pub certain: bool,
    #[serde(default)]
    pub drop: bool,
}

/// Which body handles what was received on a day: the first row that holds.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Competence {
    pub id: String,
    pub registers: Vec<String>,
    /// CEL over the record, and `level`: that of the body complained of or denounced.
    pub when: String,
    pub handler: Handler,
    /// Who it is, when it stands outside the tree.
    #[serde(default)]
    pub named: Option<Label>,
    pub reason: Label,
    pub basis: Label,
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub valid_from: Option<Day>,
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub valid_to: Option<Day>,
    #[serde(default = "yes")]
    pub certain: bool,
    #[serde(default)]
    pub drop: bool,
}

/// Where the competent body stands, seen from the one complained of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Handler {
    /// That body itself.
    Respondent,
    /// The people's committee of its place.
    Committee,
    /// Its direct superior.
    Superior,
    /// The people's committee of its province.
    Province,
    /// A body that is not in the tree.
    Outside,
}

/// What the table says of a record.
#[derive(Clone, Debug, Default)]
pub struct Finding<'p> {
    pub proposed: Option<&'p Decision>,
    pub also: Vec<&'p Decision>,
}

impl Decision {
    pub fn is_of(&self, register: &str) -> bool {
        self.registers.iter().any(|id| id == register)
    }
}

impl Competence {
    fn stands_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

impl Pack {
    /// What classification proposes for a record, by its values: the first row that holds, and what is said besides down to it.
    pub fn classify(&self, register: &str, values: &Values) -> Finding<'_> {
        let mut finding = Finding::default();
        for row in self.decisions.iter().filter(|row| row.is_of(register)) {
            if !self.expression(&row.when).is_some_and(|when| when.holds(values)) {
                continue;
            }
            if row.also {
                finding.also.push(row);
            } else if finding.proposed.is_none() {
                finding.proposed = Some(row);
            }
        }
        finding
    }

    /// The steps of a register that decide what becomes of a letter.
    pub fn deciding_steps(&self, register: &str) -> impl Iterator<Item = &String> {
        self.decisions.iter().filter(move |row| row.is_of(register)).flat_map(|row| &row.steps)
    }

    /// Who handles what was received on a day; `values` hold `level` besides the record's own.
    pub fn competence(&self, register: &str, values: &Values, day: Day) -> Option<&Competence> {
        self.competences.iter().find(|row| {
            row.registers.iter().any(|id| id == register)
                && row.stands_on(day)
                && self.expression(&row.when).is_some_and(|when| when.holds(values))
        })
    }
}
