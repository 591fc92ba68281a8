//! Ranks and scores against the same window of the year before: what a unit gained, where the two can be compared.

use jiff::ToSpan as _;
use kernel::{Day, number};
use ledger::{Ground, Sum};
use pack::{
    AnyFigure,
    formula::{Take, Term},
    register::FieldType,
};
use units::Unit;

use crate::{
    study::{Study, Tally},
    wording,
};

/// Two readings of one unit, a year apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gain {
    unit: i64,
    before: Reading,
    now: Reading,
    /// In the smallest step; a lower rank is a gain. None where the two stand in fields of different size.
    pub(crate) steps: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reading {
    amount: i64,
    /// Of how many, if a rank.
    of: Option<i64>,
}

impl Study<'_> {
    /// The ground of the year before, and that of the window: a gain reads both.
    pub(crate) fn two_years(&self) -> Vec<Ground> {
        let window = self.ask.window;
        let year_ago = |day: Day| day.checked_sub(1.year()).unwrap_or(day);
        let before = (year_ago(window.from), year_ago(window.to));
        let tree = &self.snapshot.tree;
        let mut spans = tree.ground(self.ask.unit, before, self.ask.geography).spans;
        spans.extend(tree.ground(self.ask.unit, (window.from, window.to), self.ask.geography).spans);
        spans
    }

    pub(crate) fn is_rank(&self, figure: &str) -> bool {
        let Some(AnyFigure::Counted(register, figure)) = self.snapshot.pack.figure(figure) else { return false };
        figure
            .reading
            .as_deref()
            .and_then(|path| register.any_field(path))
            .is_some_and(|field| field.kind == FieldType::Rank)
    }

    /// What the unit of the question gained, if it has both readings.
    pub(crate) fn gain(&self, term: &Term) -> Option<Gain> {
        let (now, _) = self.reading(&term.figure)?;
        self.gains(term).into_iter().find(|gain| gain.unit == now.unit)
    }

    /// What every unit gained that has both readings; of several bodies at one place, each its own.
    pub(crate) fn gains(&self, term: &Term) -> Vec<Gain> {
        let all = |readings: Option<&Vec<(Sum, Day)>>| readings.cloned().unwrap_or_default();
        let earlier = all(self.earlier.get(&term.figure));
        let rank = self.is_rank(&term.figure);
        let read = |sum: &Sum| Reading {
            amount: sum.amount,
            of: self.words(sum.part).iter().find(|(by, _)| by == "of").and_then(|(_, of)| of.parse().ok()),
        };
        let newest = |unit: i64| {
            earlier.iter().filter(|(sum, _)| sum.unit == unit).max_by_key(|(_, day)| *day).map(|(sum, _)| read(sum))
        };
        all(self.readings.get(&term.figure))
            .iter()
            .filter_map(|(sum, _)| {
                let (before, now) = (newest(sum.unit)?, read(sum));
                Some(Gain { unit: sum.unit, before, now, steps: steps(rank, term.take, before, now) })
            })
            .collect()
    }

    /// A gain as a sum: nothing said where it cannot be told.
    pub(crate) fn tally_gain(&self, term: &Term) -> Tally {
        self.gain(term).and_then(|gain| gain.steps).map_or_else(Tally::default, |steps| Tally::of(steps, 1))
    }

    /// The same for each of some units: what lies under each.
    pub(crate) fn gains_each(&self, term: &Term) -> Vec<(Unit, Tally)> {
        let told = self.gains(term).into_iter().filter_map(|gain| Some((gain.unit, gain.steps?)));
        told.flat_map(|(unit, steps)| {
            self.chain(unit).iter().map(move |above| (*above, Tally::of(steps, 1))).collect::<Vec<_>>()
        })
        .collect()
    }
}

/// A lower rank is better, a higher score is. Ranks among more or fewer are not compared, unless scaled to today's field.
fn steps(rank: bool, take: Take, before: Reading, now: Reading) -> Option<i64> {
    if !rank {
        return Some(now.amount - before.amount);
    }
    match (before.of, now.of) {
        (Some(then), Some(today)) if then != today => {
            if take != Take::Scaled || then == 0 {
                return None;
            }
            // Rounded half up: the rank that it would have been among today's.
            let scaled = (2 * before.amount * today + then) / (2 * then);
            Some(scaled - now.amount)
        }
        _ => Some(before.amount - now.amount),
    }
}

impl Gain {
    /// `12/63 → 8/34`.
    pub(crate) fn way(&self, places: u32) -> String {
        let shown = |reading: Reading| match reading.of {
            Some(of) => format!("{}/{of}", reading.amount),
            None => number::decimal(reading.amount, places),
        };
        format!("{} → {}", shown(self.before), shown(self.now))
    }

    /// `03 bậc (12/34 → 9/34)`.
    pub(crate) fn shown(&self, steps: i64, noun: Option<&str>, places: u32) -> String {
        format!("{} ({})", wording::with_noun(&wording::signed(steps, places), noun), self.way(places))
    }
}
