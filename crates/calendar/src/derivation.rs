//! A due day with its derivation: steps that are stored with the clock, and read as a sentence, a table, a calendar or JSON.

use std::collections::BTreeMap;

use kernel::{Day, Label};
use serde::{Deserialize, Serialize};

use crate::{
    limit::{Term, Unit},
    window::Window,
};

/// When something is due, and how that came about. Enough to explain it years later, whatever the calendar has become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub due: Day,
    /// The last day before it moved off a day off.
    pub nominal: Day,
    pub basis: String,
    pub rule_set: String,
    pub certain: bool,
    pub steps: Vec<Step>,
}

/// One step of a derivation, in the order in which it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Step {
    /// The event; its own day does not count.
    Event {
        day: Day,
        what: Label,
        article: Option<Label>,
    },
    /// A term runs from its first day to its last; `extension` is 0 for the term itself.
    Count {
        from: Day,
        to: Day,
        #[serde(flatten)]
        term: Term,
        extension: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        article: Option<Label>,
        /// Days within it that were not counted.
        skipped: Vec<Pause>,
        /// Days of the weekend within it that are worked, and were counted.
        worked: Vec<Day>,
    },
    /// The last day was off and moved.
    Roll {
        from: Day,
        to: Day,
        article: Option<Label>,
        skipped: Vec<Pause>,
    },
    Due {
        day: Day,
        backward: bool,
    },
    /// The article, and the state of the law that it was read in.
    Basis {
        article: Label,
        rule_set: String,
        since: Day,
    },
    /// Days of these years were needed, and are not decided yet.
    Unconfirmed {
        years: Vec<i16>,
    },
    /// What a reader of the law should know; `doubt` when the length itself is to be checked.
    Note {
        text: Label,
        doubt: bool,
    },
}

/// Days in a row that were passed over, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub from: Day,
    pub to: Day,
    #[serde(flatten)]
    pub why: Reason,
}

/// Why a day does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Reason {
    Weekend,
    Holiday {
        name: Label,
    },
    /// A weekday off for a holiday that fell on a weekend.
    Compensation {
        name: Label,
    },
    /// A weekday off for a day of the weekend that is worked.
    Swap {
        worked: Day,
    },
    Local {
        name: Label,
    },
    /// The clock was stopped, and runs again from a later day.
    Suspended,
    /// Time that the law leaves out.
    Excluded,
}

/// What one day is to a derivation, for a calendar panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub event: bool,
    /// Its place among the days counted.
    pub number: Option<u32>,
    pub skipped: Option<Reason>,
    pub due: bool,
}

impl Due {
    /// Whether another counts the same terms from the same event by the same article: what differs then comes of the calendar alone.
    pub fn counts_like(&self, other: &Self) -> bool {
        let event = |due: &Self| {
            due.steps.iter().find_map(|step| if let Step::Event { day, .. } = step { Some(*day) } else { None })
        };
        let terms = |due: &Self| -> Vec<(Term, u16)> {
            let term = |step: &Step| match step {
                Step::Count { term, extension, .. } => Some((*term, *extension)),
                _ => None,
            };
            due.steps.iter().filter_map(term).collect()
        };
        self.basis == other.basis
            && self.rule_set == other.rule_set
            && event(self) == event(other)
            && terms(self) == terms(other)
    }

    /// Whether it took days whose standing is not decided yet, whatever the law leaves open besides.
    pub fn is_unconfirmed(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Unconfirmed { .. }))
    }

    /// Every day from the event to the due day with what it is; backward limits too, in the order of the calendar.
    pub fn marks(&self) -> BTreeMap<Day, Mark> {
        let mut marks: BTreeMap<Day, Mark> = BTreeMap::new();
        let mut number = 0;
        for step in &self.steps {
            match step {
                Step::Event { day, .. } => marks.entry(*day).or_default().event = true,
                Step::Count { from, to, term, skipped, .. } => {
                    skip(&mut marks, skipped);
                    let span = Window { from: *from.min(to), to: *from.max(to) };
                    let mut days: Vec<Day> = span.days().filter(|_| term.count > 0).collect();
                    if to < from {
                        days.reverse();
                    }
                    for day in days {
                        let mark = marks.entry(day).or_default();
                        if mark.skipped.is_none() && term.unit != Unit::Months {
                            number += 1;
                            mark.number = Some(number);
                        }
                    }
                }
                Step::Roll { skipped, .. } => skip(&mut marks, skipped),
                Step::Due { day, .. } => marks.entry(*day).or_default().due = true,
                Step::Basis { .. } | Step::Unconfirmed { .. } | Step::Note { .. } => {}
            }
        }
        marks
    }
}

fn skip(marks: &mut BTreeMap<Day, Mark>, skipped: &[Pause]) {
    for pause in skipped {
        for day in (Window { from: pause.from, to: pause.to }).days() {
            marks.entry(day).or_default().skipped = Some(pause.why.clone());
        }
    }
}
