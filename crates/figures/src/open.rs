//! Opening a number: the records that make it, each with what it adds.

use std::collections::BTreeMap;

use db::{Result, Tx};
use kernel::{Day, Id};
use ledger::Kept;
use pack::{
    AnyFigure,
    figure::Shape,
    formula::{Formula, Take},
};
use records::{House, Snapshot};

use crate::{
    study::{Ask, Heads, Study},
    value,
};

/// One record behind a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub record: Id,
    pub unit: i64,
    pub day: Day,
    /// In the figure's smallest step; a stock's additions and removals are one.
    pub amount: i64,
}

/// A side of a number that opens by itself: the figure, which of its facts, and its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub figure: String,
    pub take: Take,
    pub records: Vec<Opening>,
}

/// The counted figures that make a figure: itself, or the terms of its formula.
pub fn parts_of(snapshot: &Snapshot, name: &str) -> Vec<(String, Take)> {
    let mut found = Vec::new();
    gather(snapshot, name, Take::Window, &mut found);
    found
}

fn gather(snapshot: &Snapshot, name: &str, take: Take, found: &mut Vec<(String, Take)>) {
    match snapshot.pack.figure(name) {
        Some(AnyFigure::Counted(..)) if found.iter().any(|(known, its)| known == name && *its == take) => {}
        Some(AnyFigure::Counted(..)) => found.push((name.to_owned(), take)),
        Some(AnyFigure::Derived(derived)) => {
            let coverage = derived.coverage.as_ref().map(|coverage| &coverage.each);
            for text in derived.share.iter().chain(&derived.formula).chain(coverage) {
                for term in snapshot.pack.formula(text).map(Formula::terms).unwrap_or_default() {
                    gather(snapshot, &term.figure, term.take, found);
                }
            }
            if let Some(programme) = derived.met.as_ref().and_then(|id| snapshot.pack.programmes.get(id)) {
                for target in &programme.targets {
                    gather(snapshot, &target.figure, Take::Window, found);
                }
            }
        }
        None => {}
    }
}

/// Opens a figure: for each of its sides the records that sum to it. Only parts of the breakdown that hold all of `only` count.
pub async fn open(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
    name: &str,
    only: &[(String, String)],
) -> Result<Vec<Part>> {
    value::known(snapshot, name)?;
    let study = Study::open(tx, house, snapshot, heads, ask, &[]).await?;
    let mut parts = Vec::new();
    for (figure, take) in parts_of(snapshot, name) {
        let mut records: BTreeMap<i64, Opening> = BTreeMap::new();
        if let Some(id) = study.figure_id(tx, &figure).await? {
            let stock = snapshot.pack.shape(&figure) == Some(Shape::Stock);
            let found = if snapshot.pack.shape(&figure) == Some(Shape::Reading) {
                readings(tx, &study, id, take, study.is_rank(&figure)).await?
            } else {
                ledger::opened(tx, &[id], &study.ground(take, stock), study.moment(take, stock)).await?
            };
            for one in found {
                if !only.is_empty() && !holds_all(tx, house, one.part, only).await? {
                    continue;
                }
                let opening = records.entry(one.record).or_insert(Opening {
                    record: Id(one.record),
                    unit: one.unit,
                    day: one.day,
                    amount: 0,
                });
                opening.amount += one.amount;
                opening.day = opening.day.max(one.day);
            }
        }
        // What a stock gained and lost again is not there.
        let mut records: Vec<Opening> = records
            .into_values()
            .filter(|one| one.amount != 0 || snapshot.pack.shape(&figure) != Some(Shape::Stock))
            .collect();
        records.sort_by_key(|one| (std::cmp::Reverse(one.day), std::cmp::Reverse(one.record)));
        parts.push(Part { figure, take, records });
    }
    Ok(parts)
}

/// The readings that stand, and of a gain those of the year before: with their signs they sum to it.
async fn readings(tx: &mut Tx, study: &Study<'_>, id: i64, take: Take, rank: bool) -> Result<Vec<ledger::Opened>> {
    let found = ledger::latest(tx, &[id], &study.ground(take, false)).await?;
    let from = study.ask.window.from;
    let sign = |day: Day| if take.is_gain() && (day < from) != rank { -1 } else { 1 };
    let open = |(sum, day, record): (ledger::Sum, Day, i64)| ledger::Opened {
        record,
        figure: sum.figure,
        unit: sum.unit,
        part: sum.part,
        basis: sum.basis,
        amount: sum.amount * sign(day),
        day,
    };
    Ok(found.into_iter().map(open).collect())
}

async fn holds_all(tx: &mut Tx, house: &House, part: i64, only: &[(String, String)]) -> Result<bool> {
    let words: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&house.names.name(tx, part).await?)?;
    Ok(only.iter().all(|(by, word)| words.get(by).and_then(serde_json::Value::as_str) == Some(word)))
}

/// The facts behind a figure, side by side: what an issued report keeps.
pub async fn kept(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
    name: &str,
) -> Result<Vec<(String, Take, Vec<Kept>)>> {
    let study = Study::open(tx, house, snapshot, heads, ask, &[]).await?;
    let mut all = Vec::new();
    for (figure, take) in parts_of(snapshot, name) {
        let Some(id) = study.figure_id(tx, &figure).await? else { continue };
        let stock = snapshot.pack.shape(&figure) == Some(Shape::Stock);
        let list = ledger::whole_list(tx, &[id], &study.ground(take, stock), study.moment(take, stock)).await?;
        all.push((figure, take, list));
    }
    Ok(all)
}
