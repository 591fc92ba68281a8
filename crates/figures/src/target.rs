//! Targets: met, not met or no data, how far, and who is missing.

use std::collections::HashSet;

use calendar::Period;
use db::{Result, Tx};
use kernel::{Label, Refusal};
use pack::{
    AnyFigure,
    figure::Scope,
    formula::{Formula, Take, Term},
    programme::{Op, Target},
};
use records::{House, Snapshot};
use units::Unit;

use crate::{
    ratio::Ratio,
    study::{Ask, Head, Heads, Study},
    value::State,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Met,
    NotMet,
    NoData,
}

/// Where a target stands for a unit and a period.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetStatus {
    /// `programme.target`
    pub id: String,
    pub label: Label,
    pub figure: String,
    pub op: Op,
    /// The bar: as assigned to this unit, else as the programme sets it.
    pub bar: f64,
    pub assigned: bool,
    pub reached: Option<i64>,
    pub of: Option<i64>,
    /// What the figure came to.
    pub value: Option<Ratio>,
    pub places: u32,
    pub state: Standing,
    pub missing: Vec<Unit>,
    pub missing_names: Vec<String>,
    pub vacant: Vec<Head>,
    pub silent: usize,
    /// `366/366 người đứng đầu`
    pub shown: String,
}

/// The targets that stand for a unit in a period, in the order of the pack.
pub async fn targets(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
) -> Result<Vec<TargetStatus>> {
    let standing = standing(snapshot, ask);
    let figures: Vec<&str> = standing.iter().map(|(_, target)| target.figure.as_str()).collect();
    let study = Study::open(tx, house, snapshot, heads, ask, &figures).await?;
    let mut all = Vec::with_capacity(standing.len());
    for (id, target) in standing {
        let assigned = records::store::assigned(tx, &house.names, &id, ask.unit.0, ask.window.to.year()).await?;
        all.push(stand(&study, &id, target, assigned)?);
    }
    Ok(all)
}

/// The targets of programmes that are anyone's, this unit's, or of a unit above it, for the year in which the window ends.
fn standing<'p>(snapshot: &'p Snapshot, ask: Ask) -> Vec<(String, &'p Target)> {
    let year = ask.window.to.year();
    let at = snapshot.tree.at(snapshot.tree.last_day(ask.unit, (ask.window.from, ask.window.to)));
    let programmes = snapshot.pack.programmes.values().filter(|programme| match &programme.unit {
        None => true,
        Some(owner) => {
            at.find(owner).is_ok_and(|owner| owner == ask.unit.ground() || at.inside(ask.unit.ground(), owner))
        }
    });
    programmes
        .flat_map(|programme| {
            programme.targets.iter().map(move |target| (format!("{}.{}", programme.id, target.id), target))
        })
        .filter(|(_, target)| target.stands_in(year))
        .collect()
}

/// The ask of a period: its calendar window.
pub fn ask_of(unit: Unit, period: Period) -> Ask {
    Ask::of(unit, period.window())
}

/// Where one target stands.
pub(crate) fn stand(
    study: &Study<'_>,
    id: &str,
    target: &Target,
    assigned: Option<f64>,
) -> std::result::Result<TargetStatus, Refusal> {
    let bar = assigned.unwrap_or(target.value);
    let mut status = TargetStatus {
        id: id.to_owned(),
        label: target.label.clone(),
        figure: target.figure.clone(),
        op: target.op,
        bar,
        assigned: assigned.is_some(),
        reached: None,
        of: None,
        value: None,
        places: 0,
        state: Standing::NoData,
        missing: Vec::new(),
        missing_names: Vec::new(),
        vacant: Vec::new(),
        silent: 0,
        shown: crate::no_data().to_owned(),
    };
    let derived = match study.snapshot.pack.figure(&target.figure) {
        Some(AnyFigure::Derived(derived)) => Some(derived),
        _ => None,
    };
    if target.each {
        return each_unit(study, target, status);
    }
    if let Some(coverage) = derived.and_then(|derived| derived.coverage.as_ref()) {
        let covered = study.cover(coverage, target.scope.as_ref().unwrap_or(&coverage.scope))?;
        let ratio = Ratio::new(i128::from(covered.reached) * 100, covered.of.into());
        status.reached = Some(covered.reached);
        status.of = Some(covered.of);
        status.value = ratio;
        status.silent = covered.silent.len();
        status.missing = covered.missing;
        status.missing_names = covered.missing_names;
        status.vacant = covered.vacant;
        status.shown = crate::wording::of(covered.reached, covered.of);
        status.state =
            decide(target.op, ratio, bar, covered.of == status.silent.try_into().unwrap_or(i64::MAX) && covered.of > 0);
        return Ok(status);
    }
    let value = study.value(&target.figure)?;
    let as_percent = derived.is_some_and(|derived| derived.share.is_some() || derived.met.is_some());
    status.value = if as_percent { value.ratio.map(|ratio| ratio.times(Ratio::whole(100))) } else { value.ratio };
    status.reached = value.value;
    status.of = value.of;
    status.places = value.places;
    status.silent = value.silent;
    status.shown = value.shown;
    // Silence never counts in favour: a ceiling is undecided until all have spoken.
    let undecided = value.state == State::NoData || (target.op.from_above() && !as_percent && value.silent > 0);
    status.state = decide(target.op, status.value, bar, undecided);
    Ok(status)
}

/// Each unit of the scope must reach the bar by itself.
fn each_unit(
    study: &Study<'_>,
    target: &Target,
    mut status: TargetStatus,
) -> std::result::Result<TargetStatus, Refusal> {
    let scope = target.scope.clone().unwrap_or_else(|| Scope { level: vec!["commune".to_owned()], ..Scope::default() });
    let units = study.scope_units(&scope)?;
    let term = Term { figure: target.figure.clone(), take: Take::Window, part: None };
    let (places, _) = study.measure(&target.figure);
    #[expect(clippy::cast_possible_truncation, reason = "bars of targets are small numbers")]
    let millionths = (status.bar * 1e6 * 10_f64.powi(places.cast_signed())).round() as i64;
    let each =
        Formula::Compare(Box::new(Formula::Term(term.clone())), target.op, Box::new(Formula::Number(millionths)));
    let mut covered = study.cover_units(&each, &units)?;
    if target.op.from_above() {
        // A ceiling is kept only by those who said so.
        let silent: HashSet<Unit> = covered.silent.iter().copied().collect();
        covered.missing.retain(|unit| !silent.contains(unit));
    }
    status.reached = Some(covered.reached);
    status.of = Some(covered.of);
    status.value = Ratio::new(i128::from(covered.reached) * 100, covered.of.into());
    status.silent = covered.silent.len();
    status.shown = crate::wording::of(covered.reached, covered.of);
    let all_silent = covered.silent.len() == units.len();
    status.state = if units.is_empty() || all_silent {
        Standing::NoData
    } else if covered.reached == covered.of {
        Standing::Met
    } else if target.op.from_above() && covered.missing.is_empty() {
        Standing::NoData
    } else {
        Standing::NotMet
    };
    status.missing = if target.op.from_above() { [covered.missing, covered.silent].concat() } else { covered.missing };
    Ok(status)
}

fn decide(op: Op, value: Option<Ratio>, bar: f64, undecided: bool) -> Standing {
    match value {
        Some(value) if !undecided => {
            if op.holds(&value, &Ratio::written(bar)) {
                Standing::Met
            } else {
                Standing::NotMet
            }
        }
        _ => Standing::NoData,
    }
}
