//! What bodies owe their superiors: which report, for which days, due when; and whether it was sent in time.

use std::collections::HashMap;

use calendar::{Course, Kind, Period, Window};
use db::{Result, Tx};
use kernel::{Day, Id, civil_day};
use pack::outline::Outline;
use units::Unit;

use crate::{Report, Scene, Source, store};

/// A report that a body must send.
#[derive(Clone, Debug)]
pub struct Owed<'a> {
    pub outline: &'a Outline,
    pub unit: Unit,
    pub body: Unit,
    pub period: Period,
    pub window: Window,
    pub due: Option<calendar::Due>,
    pub report: Option<Report>,
    /// The day on which it was first submitted.
    pub sent: Option<Day>,
    pub timeliness: Timeliness,
}

/// Where it stands today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeliness {
    InTime,
    Late,
    /// Its days are over, and it is not due yet or nobody said when.
    Open,
    /// It is past due.
    Missing,
    /// Its days still run.
    Running,
}

impl Timeliness {
    fn of(window: Window, due: Option<Day>, sent: Option<Day>, today: Day) -> Self {
        match (sent, due) {
            (Some(sent), Some(due)) if sent > due => Self::Late,
            (Some(_), _) => Self::InTime,
            (None, _) if today <= window.to => Self::Running,
            (None, Some(due)) if due < today => Self::Missing,
            (None, _) => Self::Open,
        }
    }
}

/// What these places' bodies owe for the periods of a year, in order of place, report and due day.
pub async fn owed<'a>(tx: &mut Tx, source: Source<'a>, units: &[Unit], year: i16, today: Day) -> Result<Vec<Owed<'a>>> {
    let mut all = Vec::new();
    for unit in units {
        all.extend(of_unit(source, *unit, year)?);
    }
    let ends = all.iter().map(|owed| owed.window.to);
    let Some((from, to)) = ends.clone().min().zip(ends.max()) else { return Ok(all) };
    let keys: Vec<i64> = units.iter().map(|unit| unit.ground().0).collect();
    let reports = store::of_units(tx, &keys, Window { from, to }).await?;
    let ids: Vec<i64> = reports.iter().map(|report| report.id.0).collect();
    let sent = timeline::first(tx, timeline::Kind::Report, &ids, "report.submit").await?;
    let sent: HashMap<Id, Day> = sent.into_iter().map(|(id, at)| (Id(id), civil_day(at))).collect();
    for owed in &mut all {
        let mine = reports.iter().find(|report| {
            report.unit == owed.unit && report.outline == owed.outline.head.id && report.window == owed.window
        });
        owed.sent = mine.and_then(|report| sent.get(&report.id).copied());
        owed.report = mine.cloned();
        owed.timeliness = Timeliness::of(owed.window, owed.due.as_ref().map(|due| due.due), owed.sent, today);
    }
    Ok(all)
}

fn of_unit(source: Source<'_>, unit: Unit, year: i16) -> Result<Vec<Owed<'_>>> {
    let (pack, tree) = (&source.snapshot.pack, &source.snapshot.tree);
    let whole = Period::year(year).window();
    let at = tree.at(tree.last_day(unit, (whole.from, whole.to)));
    let level = at.level(unit).map(|level| tree.kinds().level_def(level).id.clone()).unwrap_or_default();
    let mut all = Vec::new();
    for outline in pack.outlines.values().filter(|outline| outline.head.levels.contains(&level)) {
        for kind in &outline.head.owed {
            for period in periods(*kind, year, outline.head.turns.get(kind)) {
                // A place that no longer stood then, or had no such body, owes nothing.
                let Ok(scene) = Scene::new(pack, tree, &outline.head.id, unit, period) else { continue };
                let asked = outline.head.owed_from.is_none_or(|from| from <= scene.window.to);
                if !asked || tree.last_day(unit, (scene.window.from, scene.window.to)) < scene.window.to {
                    continue;
                }
                let limit = outline.head.due.as_ref().or(scene.regime.limit.as_ref());
                let course = Course { from: scene.window.to, extensions: 0, suspensions: &[], exclusions: &[] };
                let facts = pack.law.facts(&[format!("level={level}")])?;
                let due = limit.and_then(|limit| pack.limit_due(limit, &facts, &course).ok());
                all.push(Owed {
                    outline,
                    unit: scene.unit,
                    body: scene.body,
                    period,
                    window: scene.window,
                    due,
                    report: None,
                    sent: None,
                    timeliness: Timeliness::Running,
                });
            }
        }
    }
    all.sort_by_key(|owed| owed.window.to);
    Ok(all)
}

/// The periods of a kind that end in a year; of months, quarters and halves those whose turn it is.
fn periods(kind: Kind, year: i16, turns: Option<&Vec<u8>>) -> Vec<Period> {
    let whole = Period::year(year).window();
    let first = Period::containing(kind, whole.from);
    if matches!(kind, Kind::Year | Kind::NineMonths | Kind::Span) {
        return vec![first];
    }
    std::iter::successors(Some(first), |period| Some(period.after()))
        .take_while(|period| period.window().from <= whole.to)
        .zip(1..)
        .filter(|(_, turn)| turns.is_none_or(|turns| turns.contains(turn)))
        .map(|(period, _)| period)
        .collect()
}
