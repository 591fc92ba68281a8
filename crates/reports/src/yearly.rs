//! What bodies keep each year between two days: kept in time, late, or missing, told from the records themselves.

use std::collections::HashMap;

use calendar::{Period, Window};
use db::{Result, Tx};
use kernel::{Day, Id, number_day};
use pack::{AnyFigure, duty::Yearly};
use units::Unit;

use crate::{Source, Timeliness, read};

/// Something that a body keeps in a year.
#[derive(Clone, Debug)]
pub struct Kept<'a> {
    pub yearly: &'a Yearly,
    pub unit: Unit,
    pub body: Unit,
    pub window: Window,
    /// The first record that tells of it, and its day.
    pub done: Option<(Id, Day)>,
    pub timeliness: Timeliness,
}

impl Kept<'_> {
    /// The register in which it is written down.
    pub fn register<'p>(&self, pack: &'p pack::Pack) -> Option<&'p str> {
        match pack.figure(&self.yearly.figure) {
            Some(AnyFigure::Counted(register, _)) => Some(register.id.as_str()),
            _ => None,
        }
    }
}

/// What the bodies of these places, all at or below `whole`, keep in a year.
pub async fn kept<'a>(
    tx: &mut Tx,
    source: Source<'a>,
    (whole, units): (Unit, &[Unit]),
    year: i16,
    today: Day,
) -> Result<Vec<Kept<'a>>> {
    let (pack, tree) = (&source.snapshot.pack, &source.snapshot.tree);
    let all = Period::year(year).window();
    let mut found = Vec::new();
    for yearly in pack.yearly.values().flatten() {
        let Some(window) = yearly.window(year) else { continue };
        let at = tree.at(window.to);
        let of = |unit: &Unit| {
            let level = at.level(*unit).map(|level| tree.kinds().level_def(level).id.as_str())?;
            let body = yearly.bodies.iter().find_map(|id| {
                let slot = tree.kinds().bodies[tree.kinds().body_kind(id)?].slot?;
                Some(unit.body(slot)).filter(|body| at.exists(*body))
            })?;
            yearly.levels.iter().any(|one| one == level).then_some((*unit, body))
        };
        let owing: Vec<(Unit, Unit)> = units.iter().filter_map(of).collect();
        if owing.is_empty() {
            continue;
        }
        // Kept after its days is kept late: until the year ends.
        let days = Window { from: window.from, to: all.to };
        let ask = read::ask(whole, days);
        let lists = figures::kept(tx, source.house, source.snapshot, source.heads, ask, &yearly.figure).await?;
        let mut first: HashMap<i64, (i64, i64)> = HashMap::new();
        for one in lists.iter().flat_map(|(.., list)| list).filter(|one| one.amount > 0) {
            let place = Unit(one.unit).ground().0;
            let known = first.entry(place).or_insert((one.day, one.record));
            *known = (*known).min((one.day, one.record));
        }
        for (unit, body) in owing {
            let done = first.get(&unit.0).map(|(day, record)| (Id(*record), number_day(*day)));
            let timeliness = match done {
                Some((_, day)) if day <= window.to => Timeliness::InTime,
                Some(_) => Timeliness::Late,
                None if today < window.from => Timeliness::Running,
                None if today <= window.to => Timeliness::Open,
                None => Timeliness::Missing,
            };
            found.push(Kept { yearly, unit, body, window, done, timeliness });
        }
    }
    Ok(found)
}
