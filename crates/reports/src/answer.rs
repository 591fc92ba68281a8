//! The numbers that an outline asks for, and what came back: all of them before a word is written, so that drafting is pure.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Window;
use pack::outline::{By, Column, Condition, Form, Moment, Number, Piece, Span, TableRow};
use serde::{Deserialize, Serialize};

use crate::{Scene, directions::Task};

/// A figure of a unit in a window.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Question {
    pub figure: String,
    pub unit: i64,
    pub window: Window,
}

/// What a figure came to, as a sentence needs it and as an issued report keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// Someone has said something: a value, or a confirmed zero.
    pub known: bool,
    pub value: Option<i64>,
    /// The whole, of a share or coverage.
    pub of: Option<i64>,
    /// Tenths of a percent.
    pub percent: Option<i64>,
    pub places: u32,
    pub noun: Option<String>,
    /// The number alone.
    pub number: String,
    /// With its noun.
    pub shown: String,
    /// Units of the scope that said nothing.
    pub silent: usize,
    pub parts: Vec<Part>,
    /// The internal ids of the counted figures behind it: a changed definition changes them.
    pub keys: Vec<String>,
}

/// One combination of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub by: BTreeMap<String, String>,
    pub value: i64,
}

/// Where a target stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub id: String,
    pub label: String,
    pub figure: String,
    /// "= 100%"
    pub bar: String,
    /// "217/217 xã, phường"
    pub shown: String,
    pub standing: Standing,
    /// Of a plan in numbers: how much of it is reached, in tenths of a percent.
    pub reached: Option<i64>,
    pub missing: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Met,
    NotMet,
    NoData,
}

/// Everything that a draft is written from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Listed", into = "Listed")]
pub struct Answers {
    pub values: BTreeMap<Question, Answer>,
    pub targets: Vec<Target>,
    /// What the report before set, with what came of it.
    pub tasks: Vec<Task>,
    /// The themes of the year, of the highest place first.
    pub themes: Vec<Theme>,
}

/// The focus that a body set for the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    pub wording: String,
    /// The body that set it.
    pub by: String,
}

/// The same as it is stored: JSON knows only names as keys.
#[derive(Serialize, Deserialize)]
struct Listed {
    values: Vec<(Question, Answer)>,
    targets: Vec<Target>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tasks: Vec<Task>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    themes: Vec<Theme>,
}

impl From<Listed> for Answers {
    fn from(listed: Listed) -> Self {
        let Listed { values, targets, tasks, themes } = listed;
        Self { values: values.into_iter().collect(), targets, tasks, themes }
    }
}

impl From<Answers> for Listed {
    fn from(answers: Answers) -> Self {
        let Answers { values, targets, tasks, themes } = answers;
        Self { values: values.into_iter().collect(), targets, tasks, themes }
    }
}

impl Answer {
    /// The amount of the parts that hold all of these words; of none given, the whole.
    pub fn amount(&self, part: &[(String, String)]) -> Option<i64> {
        if part.is_empty() || !self.known {
            return self.value;
        }
        let holds = |one: &&Part| part.iter().all(|(by, word)| one.by.get(by) == Some(word));
        Some(self.parts.iter().filter(holds).map(|one| one.value).sum())
    }

    /// The sums of one breakdown, by its words.
    pub fn by(&self, by: &str) -> BTreeMap<String, i64> {
        let mut sums = BTreeMap::new();
        for part in &self.parts {
            if let Some(word) = part.by.get(by) {
                *sums.entry(word.clone()).or_default() += part.value;
            }
        }
        sums
    }
}

impl Scene<'_> {
    pub(crate) fn question(&self, number: &Number) -> Question {
        self.question_at(&number.figure, number.moment)
    }

    pub(crate) fn question_at(&self, figure: &str, moment: Moment) -> Question {
        Question { figure: figure.to_owned(), unit: self.unit.0, window: self.window_of(moment) }
    }

    /// Every number that the outline may need, those of choices not taken included.
    pub fn questions(&self) -> BTreeSet<Question> {
        let mut asked = BTreeSet::new();
        let mut conditions = Vec::new();
        self.outline.spans(&mut |span| match span {
            Span::Number(number) => {
                asked.insert(self.question(number));
                if number.form == Form::Change {
                    asked.insert(self.question_at(&number.figure, Moment::YearBefore));
                }
            }
            Span::If { when, .. } => conditions.push(when),
            _ => {}
        });
        self.outline.pieces(&mut |piece| match piece {
            Piece::If { when, .. } => conditions.push(when),
            Piece::Table(table) => {
                for row in &table.rows {
                    let TableRow::Figure { number, .. } = row else { continue };
                    for column in &table.columns {
                        let moment = match column {
                            Column::Of(moment) => *moment,
                            Column::Change => against(&table.columns),
                            Column::Plan => Moment::Now,
                        };
                        asked.insert(self.question_at(&number.figure, moment));
                    }
                    asked.insert(self.question_at(&number.figure, Moment::Now));
                }
            }
            Piece::Break(breakdown) => {
                for number in &breakdown.numbers {
                    asked.extend(self.spread(number, number.moment, &breakdown.by));
                }
            }
            Piece::Chart(chart) => {
                for moment in [Some(chart.number.moment), chart.beside].into_iter().flatten() {
                    asked.extend(self.spread(&chart.number, moment, &chart.by));
                }
            }
            _ => {}
        });
        for condition in conditions {
            match condition {
                Condition::Has(number) | Condition::Any(number) => {
                    asked.insert(self.question(number));
                }
                Condition::Holds { formula, .. } => {
                    asked.extend(formula.terms().iter().map(|term| self.question_at(&term.figure, Moment::Now)));
                }
                Condition::Targets | Condition::Tasks | Condition::Theme => {}
            }
        }
        asked
    }

    fn spread(&self, number: &Number, moment: Moment, by: &By) -> Vec<Question> {
        let whole = self.question_at(&number.figure, moment);
        let mut asked = vec![whole.clone()];
        match by {
            By::Unit => asked.extend(self.below().iter().map(|unit| Question { unit: unit.0, ..whole.clone() })),
            By::Month => {
                asked.extend(self.months(moment).into_iter().map(|(_, window)| Question { window, ..whole.clone() }));
            }
            By::Part(_) => {}
        }
        asked
    }
}

/// What a column of changes compares with.
pub(crate) fn against(columns: &[Column]) -> Moment {
    let before = Column::Of(Moment::Before);
    if columns.contains(&before) { Moment::Before } else { Moment::YearBefore }
}
