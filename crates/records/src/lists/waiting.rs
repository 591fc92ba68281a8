//! What waits for someone: clocks that run, and how much of each register is open.

use db::{Result, Space};
use kernel::{Day, Id};

use super::{BOUND, Scope};
use crate::{House, Snapshot, store::list};

/// A record with a clock that runs.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: Id,
    pub register: String,
    pub due: Day,
}

/// What is due before a day, the most urgent first; bounded.
pub async fn due(house: &House, scope: &Scope, before: Day) -> Result<Vec<Waiting>> {
    let mut tx = house.read().await?;
    let readers = scope.readers(&mut tx, 0).await?;
    let rows = list::due(&mut tx, &readers, scope.is_narrow(), 0, before, BOUND + 1).await?;
    let mut waiting = Vec::with_capacity(rows.len());
    for (id, register, due) in rows {
        let register = house.names.name(&mut tx, register).await?;
        waiting.push(Waiting { id: Id(id), register, due: kernel::number_day(due) });
    }
    Ok(waiting)
}

/// How many records are open, by register: for the menu. Of a wide scope nothing is counted, because it would be counted on every page.
pub async fn open_counts(house: &House, snapshot: &Snapshot, scope: &Scope) -> Result<Vec<(String, i64)>> {
    if !scope.is_narrow() {
        return Ok(Vec::new());
    }
    let mut tx = house.read().await?;
    let (mut registers, mut states) = (Vec::new(), Vec::new());
    for register in snapshot.pack.registers.values() {
        if register.states.iter().any(|state| state.last)
            && let Some(id) = house.names.find(&mut tx, Space::Register, &register.id).await?
        {
            registers.push(id);
        }
    }
    // A word may be a last state of one register and an open one of another: then it is left to the open ones.
    let each = snapshot.pack.registers.values().flat_map(|register| &register.states);
    for state in each.filter(|state| !state.last) {
        states.extend(house.names.find(&mut tx, Space::Word, &state.id).await?);
    }
    let readers = scope.readers(&mut tx, 0).await?;
    let mut counts = Vec::new();
    for (register, count) in list::open(&mut tx, &readers, &registers, &states).await? {
        counts.push((house.names.name(&mut tx, register).await?, count));
    }
    Ok(counts)
}
