//! Rebuilding facts from records: after a changed definition, and as the proof that nothing drifts.

use std::sync::Arc;

use db::{Result, Space};
use records::{House, Snapshot};

/// What a rebuild met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rebuilt {
    pub records: i64,
    /// Records whose evidence was not what their document says.
    pub changed: i64,
}

const BATCH: i64 = 200;

/// Walks one register from after the record `after` and rebuilds a batch; the last record's id comes back until there are no more.
pub async fn batch(
    house: &House,
    snapshot: &Snapshot,
    register: &str,
    after: i64,
    rebuilt: &mut Rebuilt,
) -> Result<Option<i64>> {
    let register = snapshot.register(register)?;
    let mut tx = house.read().await?;
    let Some(id) = house.names.find(&mut tx, Space::Register, &register.id).await? else { return Ok(None) };
    let ids = records::store::page_of_register(&mut tx, id, after, BATCH).await?;
    let Some(last) = ids.last().copied() else { return Ok(None) };
    let found = records::store::find_many(&mut tx, &house.names, &ids).await?;
    drop(tx);
    let mut lines = Vec::with_capacity(found.len());
    for record in &found {
        let facts = snapshot.evidence(record);
        lines.push((record.id.0, record.version, ledger::intern(&house.db, &house.names, &facts).await?));
    }
    let lines = Arc::new(lines);
    let changed = house
        .db
        .write(|tx, _| {
            let lines = lines.clone();
            Box::pin(async move {
                let mut entry = ledger::Entry::default();
                let mut changed = 0;
                for (record, version, lines) in lines.iter() {
                    // Saved meanwhile: then its evidence is new already.
                    if records::store::version(tx, *record).await? == *version
                        && entry.replace(tx, *record, lines).await?
                    {
                        changed += 1;
                    }
                }
                entry.close(tx).await?;
                Ok(changed)
            })
        })
        .await?;
    rebuilt.records += i64::try_from(found.len()).unwrap_or(i64::MAX);
    rebuilt.changed += changed;
    Ok(Some(last))
}

/// Rebuilds everything at once: for the shell and for tests.
pub async fn all(house: &House) -> Result<Rebuilt> {
    let snapshot = house.now();
    let mut rebuilt = Rebuilt::default();
    for register in snapshot.pack.registers.keys() {
        let mut after = 0;
        while let Some(last) = batch(house, &snapshot, register, after, &mut rebuilt).await? {
            after = last;
        }
    }
    Ok(rebuilt)
}
