//! Decisions on units: they open, rename, move, merge, split or close on a date. A decision is a change of rows, worked out anew each
//! time from the lists and all standing decisions in order of their day, so one entered late falls into its place and one taken back
//! leaves no trace but its own.

use std::collections::HashSet;

use kernel::{Day, Refusal, Refused};
use serde::{Deserialize, Serialize};

use crate::{Kinds, Rows, Unit, book::Book};

/// A paper that changes units from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub id: i64,
    /// As on the paper: `1669/NQ-UBTVQH15`.
    pub number: String,
    pub issued: Option<Day>,
    pub issuer: String,
    /// The first day of the new state.
    pub day: Day,
    pub acts: Vec<Act>,
    /// An earlier decision (by id) that was entered wrongly: this one stands in its place.
    #[serde(default)]
    pub undoes: Option<i64>,
    #[serde(default)]
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    Open {
        new: New,
    },
    Rename {
        unit: Unit,
        name: String,
    },
    Recode {
        unit: Unit,
        code: String,
    },
    Rekind {
        unit: Unit,
        kind: String,
    },
    Move {
        unit: Unit,
        parent: Unit,
    },
    Merge {
        units: Vec<Unit>,
        into: Target,
    },
    Split {
        unit: Unit,
        into: Vec<Part>,
    },
    Close {
        unit: Unit,
        heir: Option<Unit>,
    },
    /// Names the successors, or the main one, of a unit that ended on this day or between two known states around it.
    Settle {
        unit: Unit,
        heirs: Vec<Heir>,
    },
}

impl Act {
    fn news(&self) -> Vec<&New> {
        match self {
            Act::Open { new } => vec![new],
            Act::Merge { into, .. } => into.opened().into_iter().collect(),
            Act::Split { into, .. } => into.iter().filter_map(|part| part.into.opened()).collect(),
            _ => Vec::new(),
        }
    }

    /// The units that the act opens.
    pub fn opens(&self) -> Vec<Unit> {
        self.news().into_iter().map(|new| new.unit).collect()
    }
}

/// A unit that a decision opens. Its key is fixed when the decision is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct New {
    pub unit: Unit,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub parent: Unit,
}

/// Where ground goes: to a new unit, or to one that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    New(New),
    Old(Unit),
}

impl Target {
    pub(crate) fn opened(&self) -> Option<&New> {
        match self {
            Target::New(new) => Some(new),
            Target::Old(_) => None,
        }
    }
}

/// One part of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub into: Target,
    /// Goes on with what is open, and answers for figures as of later days.
    #[serde(default)]
    pub main: bool,
    /// Which part, as the decision words it: "các thôn 1, 2, 3".
    #[serde(default)]
    pub rule: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heir {
    pub unit: Unit,
    #[serde(default)]
    pub main: bool,
}

/// A decision that no longer fits the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub decision: i64,
    pub number: String,
    pub refused: Refused,
}

/// The rows with all standing decisions applied. What does not fit is left out and told.
pub fn replay(base: &Rows, decisions: &[Decision], kinds: &Kinds) -> (Rows, Vec<Clash>) {
    if decisions.is_empty() {
        return (base.clone(), Vec::new());
    }
    let mut book = Book::open(base, kinds);
    let mut clashes = Vec::new();
    for decision in standing(decisions) {
        let before = book.clone();
        if let Err(refused) = book.take(decision) {
            book = before;
            clashes.push(Clash { decision: decision.id, number: decision.number.clone(), refused });
        }
    }
    for new in decisions.iter().flat_map(|decision| &decision.acts).flat_map(Act::news) {
        book.remember(new);
    }
    (book.close(), clashes)
}

/// The rows once `new` is entered too; refuses it when it does not fit, or when a decision that stands would no longer fit.
pub fn record(base: &Rows, decisions: &[Decision], new: &Decision, kinds: &Kinds) -> Result<Rows, Refused> {
    if let Some(undone) = new.undoes
        && !standing(decisions).iter().any(|decision| decision.id == undone)
    {
        return Err(Refusal::new("units.nothing_to_undo").into());
    }
    if new.acts.is_empty() && new.undoes.is_none() {
        return Err(Refusal::new("units.decision_empty").into());
    }
    let already: HashSet<i64> = replay(base, decisions, kinds).1.into_iter().map(|clash| clash.decision).collect();
    let mut all = decisions.to_vec();
    all.push(new.clone());
    let (rows, clashes) = replay(base, &all, kinds);
    match clashes.into_iter().find(|clash| !already.contains(&clash.decision)) {
        None => Ok(rows),
        Some(clash) if clash.decision == new.id => Err(clash.refused),
        Some(clash) => {
            let why = clash.refused.to_string();
            Err(Refusal::new("units.later_decision").with("number", clash.number).with("why", why).into())
        }
    }
}

/// Decisions that nothing has undone, in the order in which they take effect.
fn standing(decisions: &[Decision]) -> Vec<&Decision> {
    let mut by_id: Vec<&Decision> = decisions.iter().collect();
    by_id.sort_by_key(|decision| decision.id);
    let mut undone = HashSet::new();
    for decision in by_id.iter().rev() {
        if let Some(earlier) = decision.undoes.filter(|_| !undone.contains(&decision.id)) {
            undone.insert(earlier);
        }
    }
    by_id.retain(|decision| !undone.contains(&decision.id) && !decision.acts.is_empty());
    by_id.sort_by_key(|decision| (decision.day, decision.id));
    by_id
}
