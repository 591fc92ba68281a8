//! A statutory table reckoned: each column for each unit and for the whole, and the equations that do not hold.

use std::collections::{HashMap, HashSet};

use db::{Result, Tx};
use kernel::Refusal;
use pack::{
    form::{Column, Form, column_of},
    formula::{Formula, Term},
};
use records::{House, Snapshot};
use units::Unit;

use crate::{
    ratio::Ratio,
    study::{Ask, Heads, Study, Tally},
};

/// A form as it reads for a unit and its days.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub lines: Vec<Line>,
    pub broken: Vec<Broken>,
}

/// A line of the form, its values in the order of the columns; of a column that is filled in by hand none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub of: Of,
    pub values: Vec<Option<i64>>,
    /// Nothing at all was recorded: silence, not zero.
    pub silent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Whole,
    Unit(Unit),
    /// What stands in the books of the unit's own bodies, and of places that no line names.
    Own,
}

/// An equation of the form that does not hold in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub line: usize,
    pub check: String,
    pub holds: String,
    /// What both sides came to.
    pub left: i64,
    pub right: i64,
}

/// Reckons a form for a unit, with a line for each of these units below it.
pub async fn sheet(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
    form: &Form,
    below: &[Unit],
) -> Result<Sheet> {
    if form.unknown {
        return Err(Refusal::new("form.unknown_columns").with("form", &form.code).into());
    }
    let texts: Vec<&str> = form.texts().collect();
    let study = Study::of_formulas(tx, house, snapshot, heads, ask, &texts).await?;
    let among: HashSet<Unit> = below.iter().copied().collect();
    let mut leaves: HashMap<Term, (Tally, HashMap<Unit, Tally>)> = HashMap::new();
    for term in form.texts().filter_map(|text| snapshot.pack.formula(text)).flat_map(Formula::terms) {
        if column_of(term).is_none() && !leaves.contains_key(term) {
            leaves.insert(term.clone(), (study.tally_or_derived(term), study.tally_each(term, &among)));
        }
    }
    let whole = |term: &Term| leaves.get(term).map(|(all, _)| all.clone()).unwrap_or_default();
    let of_unit = |unit: Unit| {
        let leaves = &leaves;
        move |term: &Term| leaves.get(term).and_then(|(_, each)| each.get(&unit)).cloned().unwrap_or_default()
    };
    // What no line below has: the whole without them.
    let own = |term: &Term| {
        let Some((all, each)) = leaves.get(term) else { return Tally::default() };
        let (mut amount, mut facts) = (all.amount, all.facts);
        for tally in each.values() {
            amount -= tally.amount;
            facts -= tally.facts;
        }
        Tally { amount, facts: facts.max(0), ..Tally::default() }
    };
    let reckoned = |of: Of, leaf: &dyn Fn(&Term) -> Tally| {
        let row = Row { form, snapshot, leaf };
        let silent = leaves.keys().all(|term| leaf(term).facts == 0);
        Line { of, values: form.columns.iter().map(|column| row.value(column)).collect(), silent }
    };
    let mut lines = vec![reckoned(Of::Whole, &whole)];
    if !below.is_empty() {
        let rest = reckoned(Of::Own, &own);
        lines.extend(Some(rest).filter(|rest| !rest.silent));
    }
    lines.extend(below.iter().map(|unit| reckoned(Of::Unit(*unit), &of_unit(*unit))));
    let mut broken = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let written = |term: &Term| match column_of(term) {
            Some(mark) => {
                let at = form.columns.iter().position(|column| column.id == mark);
                let amount = at.and_then(|at| line.values[at]).unwrap_or_default();
                Tally { amount, facts: 1, ..Tally::default() }
            }
            None => match line.of {
                Of::Whole => whole(term),
                Of::Own => own(term),
                Of::Unit(unit) => of_unit(unit)(term),
            },
        };
        for check in &form.checks {
            let Some(formula) = snapshot.pack.formula(&check.holds) else { continue };
            // An equation over what an officer fills in is theirs to check.
            if by_hand(form, formula) || Study::holds(formula, &written) {
                continue;
            }
            let side = |formula: &Formula| Study::reckon(formula, &written).map_or(0, |side| side.rounded(0, false));
            let (left, right) = match formula {
                Formula::Compare(a, _, b) => (side(a), side(b)),
                other => (side(other), 0),
            };
            let (check, holds) = (check.id.clone(), check.holds.clone());
            broken.push(Broken { line: place, check, holds, left, right });
        }
    }
    Ok(Sheet { lines, broken })
}

fn by_hand(form: &Form, formula: &Formula) -> bool {
    let columns = formula.terms().into_iter().filter_map(|term| form.column(column_of(term)?));
    columns.into_iter().any(|column| column.by_hand)
}

/// One line being reckoned.
struct Row<'a> {
    form: &'a Form,
    snapshot: &'a Snapshot,
    leaf: &'a dyn Fn(&Term) -> Tally,
}

impl Row<'_> {
    fn value(&self, column: &Column) -> Option<i64> {
        let formula = self.snapshot.pack.formula(column.value.as_ref()?)?;
        if by_hand(self.form, formula) {
            return None;
        }
        let tally = |term: &Term| match column_of(term) {
            // `pack check` has refused circles.
            Some(mark) => {
                let amount = self.form.column(mark).and_then(|column| self.value(column)).unwrap_or_default();
                Tally { amount, facts: 1, ..Tally::default() }
            }
            None => (self.leaf)(term),
        };
        let value = Study::reckon(formula, &tally)?;
        value.by(Ratio::whole(column.per)).map(|value| value.rounded(0, false))
    }
}
