//! The ledger of evidence: facts of records and the cells that sum them. Replace, sum, list. Knows no page and no register.

mod store;
mod sums;

use std::collections::BTreeMap;

use db::{Db, Names, Result, Space, Tx};
use kernel::{Day, day_number, month_number};
use pack::facts::Fact;

pub use sums::{Done, Ground, Kept, Moment, Opened, Sum, done_by, held, latest, opened, sums, whole_list};

#[cfg(test)]
mod tests;

/// A fact with its names interned: one row of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, db::FromRow)]
pub struct Line {
    pub figure: i64,
    pub part: i64,
    pub unit: i64,
    pub subject: i64,
    pub day: i64,
    pub since: i64,
    pub amount: i64,
    pub basis: i64,
    pub line: i64,
}

/// Gives names their integers, before and outside of the transaction that saves.
pub async fn intern(db: &Db, names: &Names, facts: &[Fact]) -> Result<Vec<Line>> {
    let mut lines = Vec::with_capacity(facts.len());
    for fact in facts {
        lines.push(Line {
            figure: names.intern(db, Space::Figure, &fact.figure).await?,
            part: names.intern(db, Space::Part, &fact.part).await?,
            unit: fact.unit,
            subject: match &fact.subject {
                Some(subject) => names.intern(db, Space::Subject, subject).await?,
                None => 0,
            },
            day: day_number(fact.day),
            since: day_number(fact.since),
            amount: fact.amount,
            basis: fact.basis.code(),
            line: fact.row,
        });
    }
    lines.sort_unstable();
    Ok(lines)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct CellKey {
    figure: i64,
    place: i64,
    month: i64,
    unit: i64,
    part: i64,
    basis: i64,
}

/// The changes of one transaction: facts are replaced record by record, cells are written once at the end, in the order of their key,
/// so that two writers never wait for each other in a circle.
#[derive(Debug, Default)]
pub struct Entry {
    cells: BTreeMap<CellKey, (i64, i64)>,
}

impl Entry {
    /// Replaces the evidence of a record and says whether it changed. `new` is sorted, as [`intern`] gives it.
    pub async fn replace(&mut self, tx: &mut Tx, record: i64, new: &[Line]) -> Result<bool> {
        let old = store::of_record(tx, record).await?;
        if old == new {
            return Ok(false);
        }
        if !old.is_empty() {
            store::drop_record(tx, record).await?;
        }
        for line in &old {
            self.add(line, -1);
        }
        self.insert(tx, record, new).await?;
        Ok(true)
    }

    /// The evidence of a record that has none yet.
    pub async fn insert(&mut self, tx: &mut Tx, record: i64, new: &[Line]) -> Result<()> {
        self.insert_all(tx, &[(record, new)]).await
    }

    /// The evidence of many new records at once.
    pub async fn insert_all(&mut self, tx: &mut Tx, records: &[(i64, &[Line])]) -> Result<()> {
        for line in records.iter().flat_map(|(_, lines)| *lines) {
            self.add(line, 1);
        }
        store::add(tx, records).await
    }

    fn add(&mut self, line: &Line, sign: i64) {
        let month = month_number(kernel::number_day(line.day));
        let key = CellKey {
            figure: line.figure,
            place: units::Unit(line.unit).key(),
            month,
            unit: line.unit,
            part: line.part,
            basis: line.basis,
        };
        let cell = self.cells.entry(key).or_default();
        cell.0 += sign * line.amount;
        cell.1 += sign;
    }

    /// Writes the cells. Call it once, after the last record and before the timeline.
    pub async fn close(self, tx: &mut Tx) -> Result<()> {
        let changed: Vec<(CellKey, i64, i64)> = self
            .cells
            .into_iter()
            .filter(|(_, (amount, facts))| (*amount, *facts) != (0, 0))
            .map(|(key, (amount, facts))| (key, amount, facts))
            .collect();
        let emptied = changed.iter().any(|(_, _, facts)| *facts < 0);
        store::add_to_cells(tx, &changed).await?;
        if emptied {
            for (key, _, _) in changed.iter().filter(|(_, _, facts)| *facts < 0) {
                store::drop_empty(tx, key).await?;
            }
        }
        Ok(())
    }
}

/// Compares the cells with the facts and says which differ: none, ever.
pub async fn differences(tx: &mut Tx) -> Result<Vec<(i64, i64, i64)>> {
    store::differences(tx).await
}

/// The first and last month that lie wholly within a span.
type Months = (i64, i64);
/// Days at the edge of a span that make no whole month.
type Edge = Option<(Day, Day)>;

/// The months wholly inside a span of days, and the days before and after them.
pub(crate) fn split(from: Day, to: Day) -> (Edge, Option<Months>, Edge) {
    let first = if from.day() == 1 { month_number(from) } else { month_number(from) + 1 };
    let last = if to == to.last_of_month() { month_number(to) } else { month_number(to) - 1 };
    if first > last {
        return (Some((from, to)), None, None);
    }
    let before = (from.day() != 1).then(|| (from, from.last_of_month()));
    let after = (to != to.last_of_month()).then(|| (to.first_of_month(), to));
    (before, Some((first, last)), after)
}
