//! What behaviours count to see what a register calls for.

use db::{Result, Tx, args};
use kernel::Day;

/// Open records by topic and place, of bodies at one place.
const PILED: &str = "select t.value as topic, p.value as place, count(*) as n from record r
    join attribute t on t.record = r.id and t.field = $2
    join attribute p on p.record = r.id and p.field = $3
    where r.register = $1 and r.place = $4 and ($5 or r.unit = any($6)) and r.state = any($7) and r.day >= $8 and r.void = $9
    group by t.value, p.value order by t.value, p.value";
/// The records of a body's book that are in one of these states.
const STANDING: &str = "select id from record
    where register = $1 and place = $2 and unit = $3 and state = any($4) and void = $5 order by id limit 500";

/// Which records [`piled`] counts.
pub(crate) struct Piled<'a> {
    pub(crate) register: i64,
    pub(crate) topic: i64,
    pub(crate) ground: i64,
    pub(crate) place: i64,
    /// None: every body there.
    pub(crate) units: Option<&'a [i64]>,
    pub(crate) states: &'a [i64],
    pub(crate) from: Day,
}

/// How many by topic and place.
pub(crate) async fn piled(tx: &mut Tx, asked: Piled<'_>) -> Result<Vec<(i64, i64, i64)>> {
    let units = asked.units.unwrap_or_default();
    let (all, states) = (asked.units.is_none(), asked.states);
    let args = args![asked.register, asked.topic, asked.ground, asked.place, all, units, states, asked.from, false];
    tx.all(PILED, args).await
}

pub(crate) async fn standing(tx: &mut Tx, register: i64, unit: i64, states: &[i64]) -> Result<Vec<i64>> {
    let place = units::Unit(unit).key();
    let found: Vec<(i64,)> = tx.all(STANDING, args![register, place, unit, states, false]).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}
