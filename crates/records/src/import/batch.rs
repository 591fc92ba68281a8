//! A batch: what was handed in lies sealed, with the terms on which it is to be applied and what came of it.

use db::{Result, Space, Stop, Tx};
use jiff::Timestamp;
use kernel::Id;

use super::{
    Report, Sheet, Terms,
    fault::Fault,
    store::{self, Stored},
    understand,
};
use crate::{house::House, record::By};

/// Letters of one sealed part.
const PART: usize = 256 << 10;

/// An import that was staged.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub id: Id,
    pub terms: Terms,
    /// `staged`, `begun`, `done`, `refused`, `taken_back`.
    pub state: String,
    pub account: i64,
    pub unit: i64,
    pub at: Timestamp,
    /// Its sheets are still kept, for the error file.
    pub has_sheets: bool,
}

impl Batch {
    /// Whether it is still to be applied: nothing of it is written yet, or only a part.
    pub fn is_open(&self) -> bool {
        matches!(self.state.as_str(), "staged" | "begun")
    }

    /// Whether something of it stands in the books.
    pub fn stands(&self) -> bool {
        matches!(self.state.as_str(), "begun" | "done")
    }
}

/// Puts sheets aside to be applied: sealed, for a row may hold what is private.
pub async fn stage(house: &House, by: &By, sheets: &[Sheet], terms: &Terms) -> Result<Id> {
    let snapshot = house.now();
    // What cannot be understood is refused before anything is kept.
    let understood = understand(&snapshot, sheets, terms, by.today)?;
    let register = house.names.intern(&house.db, Space::Register, &understood.register.id).await?;
    let parts = cut(&serde_json::to_string(sheets)?);
    let batch = Stored {
        id: house.ids.next(by.now).0,
        register,
        file: terms.file.clone(),
        state: "staged".to_owned(),
        account: by.account,
        unit: by.seat,
        at_ms: by.now.as_millisecond(),
        terms: serde_json::to_string(terms)?,
        parts: i64::try_from(parts.len()).unwrap_or(i64::MAX),
    };
    house
        .db
        .write(|tx, _| {
            let (batch, parts) = (batch.clone(), parts.clone());
            Box::pin(async move {
                store::add(tx, &batch).await?;
                for (number, part) in parts.iter().enumerate() {
                    house.vault.put(tx, batch.id, &format!("part.{number}"), part).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(Id(batch.id))
}

fn cut(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = rest.len().min(PART);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (part, left) = rest.split_at(end);
        parts.push(part.to_owned());
        rest = left;
    }
    parts
}

/// The sheets of a batch as they were handed in.
pub async fn staged_sheets(house: &House, batch: Id) -> Result<Vec<Sheet>> {
    let mut tx = house.read().await?;
    let stored = store::find(&mut tx, batch).await?;
    let mut text = String::new();
    for number in 0..stored.parts {
        let part = house.vault.get(&mut tx, batch.0, &format!("part.{number}")).await?;
        text.push_str(&part.ok_or(Stop::Missing)?);
    }
    if text.is_empty() {
        return Err(Stop::Missing);
    }
    Ok(serde_json::from_str(&text)?)
}

/// A batch, and what it came to so far.
pub async fn batch(house: &House, id: Id) -> Result<(Batch, Report)> {
    let mut tx = house.read().await?;
    let batch = open(store::find(&mut tx, id).await?)?;
    let report = report(&mut tx, id).await?;
    Ok((batch, report))
}

/// The batches of a register before that one, newest first.
pub async fn batches(house: &House, register: &str, before: i64, limit: i64) -> Result<Vec<Batch>> {
    let mut tx = house.read().await?;
    let Some(register) = house.names.find(&mut tx, Space::Register, register).await? else { return Ok(Vec::new()) };
    store::list(&mut tx, register, before, limit).await?.into_iter().map(open).collect()
}

pub(super) fn open(stored: Stored) -> Result<Batch> {
    Ok(Batch {
        id: Id(stored.id),
        terms: serde_json::from_str(&stored.terms)?,
        state: stored.state,
        account: stored.account,
        unit: stored.unit,
        at: Timestamp::from_millisecond(stored.at_ms).unwrap_or(Timestamp::UNIX_EPOCH),
        has_sheets: stored.parts > 0,
    })
}

/// What the kept states of rows say.
pub(super) async fn report(tx: &mut Tx, id: Id) -> Result<Report> {
    let mut report = Report::default();
    for (state, count) in store::counts(tx, id).await? {
        match state.as_str() {
            "added" => report.added = count,
            "changed" => report.changed = count,
            "same" => report.same = count,
            "left" => {}
            _ => report.rejected = count,
        }
        report.read += count;
    }
    if store::find(tx, id).await?.state == "refused" {
        // All or nothing: what was written before the fault was found is void again.
        (report.added, report.changed, report.same) = (0, 0, 0);
    }
    for faults in store::refused(tx, id).await? {
        report.faults.extend(serde_json::from_str::<Vec<Fault>>(&faults)?);
    }
    report.faults.sort_by_key(|fault| fault.row);
    Ok(report)
}

/// Forgets the sheets of batches from before then: their key is destroyed. The batches stay, and can still be taken back.
pub async fn forget_old(house: &House, before: Timestamp) -> Result<usize> {
    let mut tx = house.read().await?;
    let old = store::old(&mut tx, before.as_millisecond(), 100).await?;
    drop(tx);
    for id in &old {
        let id = *id;
        house
            .db
            .write(|tx, _| {
                Box::pin(async move {
                    house.vault.forget(tx, id.0).await?;
                    store::emptied(tx, id).await
                })
            })
            .await?;
    }
    Ok(old.len())
}
