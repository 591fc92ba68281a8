//! Taking a batch back as a whole: what it added is void, what it changed is as it was.

use std::collections::BTreeSet;

use db::{Result, Stop};
use kernel::Id;
use pack::document::{Document, Fields};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{PAGE, TRIES, store};
use crate::{
    act,
    house::House,
    record::{By, Changed, Record},
    save::{self, Change},
    store as records,
};

/// What taking a batch back came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// Records that it had added: void now, their numbers stay taken.
    pub voided: i64,
    /// Records that it had changed: as they were before.
    pub restored: i64,
    /// Changed by someone since, by number: left as they are.
    pub kept: Vec<String>,
}

/// How a record was before a batch changed it.
#[derive(Serialize, Deserialize)]
pub(super) struct Before {
    document: Document,
    state: Option<String>,
}

pub(super) fn before_text(record: &Record) -> Result<String> {
    Ok(serde_json::to_string(&Before { document: record.document.clone(), state: record.state.clone() })?)
}

/// Takes a batch back: what it added is void, what it changed is as before. Numbers stay taken and read "hủy". What someone changed
/// since stays, and is named. Stopped at any point, it goes on from there.
pub async fn take_back(house: &House, by: &By, id: Id) -> Result<TakenBack> {
    let snapshot = house.now();
    let mut taken = TakenBack::default();
    let mut below = i64::MAX;
    let mut stale = 0;
    loop {
        let mut tx = house.read().await?;
        let touched = store::records(&mut tx, id, below, i64::try_from(PAGE).unwrap_or(i64::MAX)).await?;
        let Some(last) = touched.last().map(|one| one.record) else { break };
        let ids: Vec<i64> = touched.iter().map(|one| one.record).collect();
        let found = records::find_many(&mut tx, &house.names, &ids).await?;
        drop(tx);
        let (mut gone, mut ready, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        let (mut voided, mut restored) = (0, 0);
        for (record, one) in found.into_iter().filter_map(|record| {
            let one = touched.iter().find(|one| one.record == record.id.0)?;
            Some((record, one))
        }) {
            if record.version != one.version {
                kept.push(record.reference());
                continue;
            }
            gone.push(one.record);
            let change = match &one.before {
                None => {
                    voided += 1;
                    // The same file may be imported again.
                    act::voided(Record { source_key: None, ..record }, "import")
                }
                Some(before) => {
                    restored += 1;
                    restore(record, serde_json::from_str(before)?)
                }
            };
            ready.push(save::prepare(house, &snapshot, change).await?);
        }
        let (ready, gone) = (&ready, &gone);
        let done = house.db.write(|tx, _| {
            Box::pin(async move {
                save::write(tx, house, by, ready).await?;
                store::drop_records(tx, id, gone).await
            })
        });
        match done.await {
            Ok(()) => {}
            // Someone saved one of them just now: read again, it is his.
            Err(Stop::Stale) if stale < TRIES => {
                stale += 1;
                continue;
            }
            Err(stop) => return Err(stop),
        }
        taken.voided += voided;
        taken.restored += restored;
        taken.kept.extend(kept);
        below = last;
    }
    house.db.write(|tx, _| Box::pin(async move { store::set_state(tx, id, "taken_back").await })).await?;
    Ok(taken)
}

fn restore(record: Record, before: Before) -> Change {
    let act = format!("{}.take_back", record.register);
    let (old, new) = (&record.document.fields, &before.document.fields);
    let names: BTreeSet<&String> =
        old.keys().chain(new.keys()).filter(|name| old.get(*name) != new.get(*name)).collect();
    let value = |fields: &Fields, name: &String| fields.get(name).cloned().unwrap_or_default();
    let mut changed: Vec<Changed> = names
        .into_iter()
        .map(|name| Changed { field: name.clone(), old: value(old, name), new: value(new, name) })
        .collect();
    if record.document.steps != before.document.steps || record.document.rows != before.document.rows {
        let left = |document: &Document| json!({ "rows": document.rows, "steps": document.steps });
        changed.push(Changed {
            field: "document".to_owned(),
            old: left(&record.document),
            new: left(&before.document),
        });
    }
    let was = Some(record.version);
    // Numbers of child rows are never given twice, not even of rows taken back.
    let next_row = record.document.next_row.max(before.document.next_row);
    let document = Document { next_row, ..before.document };
    let record = Record { document, state: before.state, ..record };
    Change { was, record, privates: Vec::new(), changed, act, on: None, batch: None }
}
