//! Statutory tables: columns under a tree of heads, each reckoned from figures or from other columns, with the equations that must hold.
//!
//! A column's formula is that of a derived figure; `c4` in it is the column marked 4. A form of several versions is several files, each
//! with its days. What the law's text has not yet told us is marked as not known: nothing is made up.

use kernel::{Day, Label, Refusal};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    fault::Faults,
    formula::{Formula, Term},
    paper::Span,
    read::Pack,
    sentence::sentence,
};

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub id: String,
    /// As the circular names it: `01/TCD`.
    pub code: String,
    pub label: Label,
    /// What brought it: "Thông tư 01/2024/TT-TTCP".
    pub basis: Label,
    #[schemars(with = "Option<String>")]
    #[serde(default)]
    pub valid_from: Option<Day>,
    #[schemars(with = "Option<String>")]
    #[serde(default)]
    pub valid_to: Option<Day>,
    /// Which days it means by a period.
    #[serde(default = "calendar")]
    pub regime: String,
    /// Each line is a unit below; or a record of this register, with the columns' `text`.
    #[serde(default)]
    pub register: Option<String>,
    /// The columns are not known yet: the file stands to be filled in from the official annex.
    #[serde(default)]
    pub unknown: bool,
    #[serde(default)]
    pub note: Option<Label>,
    #[serde(default, rename = "column")]
    pub columns: Vec<Column>,
    #[serde(default, rename = "check")]
    pub checks: Vec<Check>,
    #[serde(default)]
    pub drop: bool,
}

fn calendar() -> String {
    "calendar".to_owned()
}

/// A column: its mark, its heads from the widest down, and where its number comes from.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The circular's own mark (MS), also the id by which an overlay meets it.
    pub id: String,
    pub head: Vec<String>,
    /// A formula over figures and columns.
    #[serde(default)]
    pub value: Option<String>,
    /// Of a list of records: the text of a paper, `{subject}`.
    #[serde(default)]
    pub text: Option<String>,
    /// The number is divided by this: triệu đồng of đồng.
    #[serde(default = "one")]
    pub per: i64,
    /// The register does not hold what this column asks for: an officer fills it in.
    #[serde(default)]
    pub by_hand: bool,
    /// Its mark, head or formula has not been compared with the official text.
    #[serde(default = "yes")]
    pub certain: bool,
    #[serde(default)]
    pub drop: bool,
}

fn one() -> i64 {
    1
}

fn yes() -> bool {
    true
}

/// An equation of the form itself: it must hold in every line.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub id: String,
    /// `c1 == c4 + c13 + c22`
    pub holds: String,
    #[serde(default = "yes")]
    pub certain: bool,
    #[serde(default)]
    pub drop: bool,
}

impl Form {
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.id == id)
    }

    pub fn stands_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Every formula that it is written in.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let values = self.columns.iter().filter_map(|column| column.value.as_deref());
        values.chain(self.checks.iter().map(|check| check.holds.as_str()))
    }
}

/// The mark of the column that a term names: `c4` is 4.
pub fn column_of(term: &Term) -> Option<&str> {
    let mark = term.figure.strip_prefix('c')?;
    (!mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_digit())).then_some(mark)
}

impl Pack {
    pub(crate) fn read_forms(&mut self, faults: &mut Faults<'_>) {
        for path in faults.source.paths("forms", ".toml") {
            let Some(form) = crate::read::parse::<Form>(faults.source, &path, faults) else { continue };
            if !faults.named_as_its_file(&path, &form.id) {
                continue;
            }
            for text in form.texts() {
                match Formula::read(text) {
                    Ok(formula) => {
                        self.formulas.insert(text.to_owned(), formula);
                    }
                    Err(refusal) => faults.at(&path, &["column"], refusal),
                }
            }
            for column in &form.columns {
                let Some(text) = &column.text else { continue };
                let mut wrong = Vec::new();
                let spans = sentence(text, 1, &mut wrong);
                for (_, refusal) in wrong {
                    faults.at(&path, &["column", &column.id, "text"], refusal);
                }
                self.texts.insert(text.clone(), spans);
            }
            self.forms.insert(form.id.clone(), form);
        }
    }

    /// A form by its id, or the version of a code (`01/TCD`, `01-tcd`) that stands on a day.
    pub fn form(&self, name: &str, day: Day) -> Result<&Form, Refusal> {
        if let Some(form) = self.forms.get(name) {
            return Ok(form);
        }
        let slug = kernel::text::slug(name);
        let versions: Vec<&Form> = self.forms.values().filter(|form| kernel::text::slug(&form.code) == slug).collect();
        if versions.is_empty() {
            let nearest = crate::expression::nearest(name, self.forms.keys());
            return Err(Refusal::new("form.unknown").with("value", name).with("nearest", nearest));
        }
        let standing = versions.into_iter().find(|form| form.stands_on(day));
        standing.ok_or_else(|| Refusal::new("form.no_version").with("value", name).with("day", kernel::show_day(day)))
    }

    /// The parts of a column's text.
    pub fn text(&self, text: &str) -> &[Span] {
        self.texts.get(text).map_or(&[], Vec::as_slice)
    }
}
