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

/// What a bar is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// How many of how many: the bar is a percentage of them.
    Covered,
    Percent,
    /// The figure's own measure.
    Plain,
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
    pub scale: Scale,
    pub state: Standing,
    pub missing: Vec<Unit>,
    pub missing_names: Vec<String>,
    pub vacant: Vec<Head>,
    pub silent: usize,
    /// The units of the scope that said nothing.
    pub silent_units: Vec<Unit>,
    /// `366/366 người đứng đầu`
    pub shown: String,
    /// The bar is this unit's: something in it is in scope, and a bar in plain numbers was set or given for it.
    pub bound: bool,
}

/// The targets that stand for a unit in a period, in the order of the pack.
pub async fn targets(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
) -> Result<Vec<TargetStatus>> {
    board(tx, house, snapshot, heads, ask, &[]).await.map(|board| board.whole)
}

/// Where each target stands for a unit, and for each of some units under it.
#[derive(Clone, Debug)]
pub struct Standings {
    pub whole: Vec<TargetStatus>,
    /// For each unit the targets in the order of `whole`.
    pub each: Vec<(Unit, Vec<TargetStatus>)>,
}

/// A board: one look at the ledger, however many units.
pub async fn board(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
    units: &[Unit],
) -> Result<Standings> {
    look(tx, house, snapshot, heads, ask, units, standing(snapshot, ask)).await
}

/// The targets of a figure alone.
pub(crate) async fn of_figure(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
    figure: &str,
) -> Result<Vec<TargetStatus>> {
    let mut standing = standing(snapshot, ask);
    standing.retain(|one| one.target.figure == figure);
    look(tx, house, snapshot, heads, ask, &[], standing).await.map(|board| board.whole)
}

async fn look(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
    units: &[Unit],
    standing: Vec<Stands<'_>>,
) -> Result<Standings> {
    let targets: Vec<&Target> = standing.iter().map(|one| one.target).collect();
    let study = Study::of_targets(tx, house, snapshot, heads, ask, &targets).await?;
    let ids: Vec<&str> = standing.iter().map(|one| one.id.as_str()).collect();
    let given = records::store::given(tx, &house.names, &snapshot.pack, &ids, ask.window.to.year()).await?;
    let stands = |study: &Study<'_>| -> std::result::Result<Vec<TargetStatus>, Refusal> {
        let unit = study.ask.unit;
        let all = standing.iter().map(|one| {
            let assigned = given.get(&(one.id.clone(), unit.0)).map(records::store::Given::value);
            let mut status = stand(study, &one.id, one.target, assigned)?;
            // What a programme sets in plain numbers it sets for its own unit; others have the bar that was given to them.
            let own = one.of.is_none_or(|of| of == unit.ground());
            status.bound &= own || assigned.is_some() || status.scale != Scale::Plain;
            Ok(status)
        });
        all.collect()
    };
    let whole = stands(&study)?;
    let parts = study.split(units);
    let each = parts.iter().map(|study| Ok((study.ask.unit, stands(study)?)));
    Ok(Standings { whole, each: each.collect::<std::result::Result<_, Refusal>>()? })
}

/// A target that stands, under its whole name.
struct Stands<'p> {
    id: String,
    target: &'p Target,
    /// Whose programme it is, if not anyone's.
    of: Option<Unit>,
}

/// The targets of programmes that are anyone's, this unit's, or of a unit above it, for the year in which the window ends.
fn standing(snapshot: &Snapshot, ask: Ask) -> Vec<Stands<'_>> {
    let year = ask.window.to.year();
    let at = snapshot.tree.at(snapshot.tree.last_day(ask.unit, (ask.window.from, ask.window.to)));
    let place = ask.unit.ground();
    let mut all = Vec::new();
    for programme in snapshot.pack.programmes.values() {
        let of = programme.unit.as_ref().map(|owner| at.find(owner).ok());
        let concerned = of.is_none_or(|of| of.is_some_and(|owner| owner == place || at.inside(place, owner)));
        for target in programme.targets.iter().filter(|target| concerned && target.stands_in(year)) {
            all.push(Stands { id: format!("{}.{}", programme.id, target.id), target, of: of.flatten() });
        }
    }
    all
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
        scale: Scale::Plain,
        state: Standing::NoData,
        missing: Vec::new(),
        missing_names: Vec::new(),
        vacant: Vec::new(),
        silent: 0,
        silent_units: Vec::new(),
        shown: crate::no_data().to_owned(),
        bound: true,
    };
    let derived = match study.snapshot.pack.figure(&target.figure) {
        Some(AnyFigure::Derived(derived)) => Some(derived),
        _ => None,
    };
    if target.each {
        return each_unit(study, target, status);
    }
    if let Some(coverage) = derived.and_then(|derived| derived.coverage.as_ref()) {
        let covered = study.cover(coverage, target.scope_on(study.ask.window.to).unwrap_or(&coverage.scope))?;
        let ratio = Ratio::new(i128::from(covered.reached) * 100, covered.of.into());
        status.reached = Some(covered.reached);
        status.of = Some(covered.of);
        status.bound = covered.of > 0;
        status.scale = Scale::Covered;
        status.silent_units.clone_from(&covered.silent);
        status.value = ratio;
        status.silent = covered.silent.len();
        status.missing = covered.missing;
        status.missing_names = covered.missing_names;
        status.vacant = covered.vacant;
        status.shown = crate::wording::of(covered.reached, covered.of);
        status.state = decide(target.op, ratio, bar, covered.unsaid);
        return Ok(status);
    }
    let value = study.value(&target.figure)?;
    let as_percent = derived.is_some_and(|derived| derived.share.is_some() || derived.met.is_some());
    status.value = if as_percent { value.ratio.map(|ratio| ratio.times(Ratio::whole(100))) } else { value.ratio };
    status.reached = value.value;
    status.of = value.of;
    status.places = value.places;
    if as_percent {
        status.scale = Scale::Percent;
    }
    status.silent = value.silent;
    status.silent_units = value.silent_units;
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
    let communes = || Scope { level: vec!["commune".to_owned()], ..Scope::default() };
    let scope = target.scope_on(study.ask.window.to).cloned().unwrap_or_else(communes);
    let term = Term { figure: target.figure.clone(), take: Take::Window, part: None };
    let (places, _) = study.measure(&target.figure);
    #[expect(clippy::cast_possible_truncation, reason = "bars of targets are small numbers")]
    let millionths = (status.bar * 1e6 * 10_f64.powi(places.cast_signed())).round() as i64;
    let each =
        Formula::Compare(Box::new(Formula::Term(term.clone())), target.op, Box::new(Formula::Number(millionths)));
    let mut covered = match &target.over {
        Some(over) => {
            let mut covered = study.cover_over(over, &each, &scope)?;
            covered.unsaid = study.tally(&term).facts == 0;
            covered
        }
        None => study.cover_units(&each, &study.scope_units(&scope)?),
    };
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
    status.bound = covered.of > 0;
    status.missing_names.clone_from(&covered.missing_names);
    status.vacant.clone_from(&covered.vacant);
    status.scale = Scale::Covered;
    status.silent_units.clone_from(&covered.silent);
    let all_silent = covered.unsaid || i64::try_from(covered.silent.len()) == Ok(covered.of);
    status.state = if covered.of == 0 || all_silent {
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
