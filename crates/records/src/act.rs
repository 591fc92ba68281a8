//! What people do with records: open one, edit, take a step, comment, attach, take back. The shell, the API and a form call the same.

use std::collections::BTreeMap;

mod crossing;
mod entry;
mod files;
pub mod identity;
mod take;

pub(crate) use crossing::follow;
use crossing::{reached, refresh_copies};
pub use entry::{create, edit, plan_edit, plan_new};
pub(crate) use entry::{draft_edit, draft_new};
pub use files::{attach, detach};
pub use take::{plan_step, take, undo};

use db::{Result, Stop, Tx};
use kernel::{Day, Id, Refusal};
use pack::register::{Register, Step};
use serde_json::{Value as Json, json};

use crate::{
    behaviour,
    fill::Input,
    house::House,
    record::{By, Changed, Record},
    save::{Change, save},
    store,
};

/// What a new record is made from.
#[derive(Clone, Debug, Default)]
pub struct New {
    pub unit: i64,
    pub input: Input,
    /// Steps to take at once, with their days, in order.
    pub steps: Vec<(String, Day)>,
    pub source_key: Option<String>,
    pub origin: Option<Id>,
    /// A step of another record opens it: its body must stand on the step's day; what it tells of may be older.
    pub made: bool,
    pub batch: Option<(i64, i64)>,
}

/// A record, and what it warns of.
#[derive(Clone, Debug)]
pub struct Done {
    pub record: Record,
    pub warnings: Vec<Refusal>,
}

/// Takes a record back whole: its number stays and reads "hủy", its evidence goes.
pub fn voided(record: Record, reason: &str) -> Change {
    let act = format!("{}.void", record.register);
    let changed = vec![Changed { field: "void".into(), old: Json::Null, new: reason.into() }];
    Change {
        was: Some(record.version),
        record: Record { void: true, ..record },
        privates: Vec::new(),
        changed,
        act,
        on: None,
        batch: None,
    }
}

pub async fn void(house: &House, by: &By, id: Id, version: i64, reason: &str) -> Result<Done> {
    let (record, _) = read(house, id).await?;
    if record.version != version {
        return Err(Stop::Stale);
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("record.void_needs_a_reason").at("reason").into());
    }
    let snapshot = house.now();
    let mut changes = vec![voided(record.clone(), reason)];
    let warnings = behaviour::consult(house, &snapshot, by, Some(&record), &mut changes).await?;
    let records = save(house, &snapshot, by, changes).await?;
    first(records).map(|record| Done { record, warnings })
}

/// An entry of the record's timeline that changes none of its values.
pub(crate) async fn note(tx: &mut Tx, house: &House, by: &By, id: Id, act: &str, body: Json) -> Result<()> {
    let about = timeline::Kind::Record.of(id.0);
    let entry = timeline::Entry { about, act, who: by.account, seat: by.seat, at: by.now, on: None, body, cause: None };
    timeline::record(tx, &house.ids, entry).await.map(|_| ())
}

/// A comment in the record's timeline.
pub async fn comment(house: &House, by: &By, id: Id, text: &str) -> Result<()> {
    let text = kernel::text::tidy(text);
    if text.is_empty() {
        return Err(Refusal::new("record.empty_comment").at("text").into());
    }
    let (record, _) = read(house, id).await?;
    let (text, act) = (text.as_str(), format!("{}.comment", record.register));
    let act = act.as_str();
    house
        .db
        .write(|tx, _| {
            Box::pin(async move {
                let body = json!({ "text": text });
                note(tx, house, by, id, act, body).await
            })
        })
        .await
}

/// Gives a receipt for whoever brought it: shown once, the secret kept nowhere.
pub async fn receipt(house: &House, by: &By, id: Id) -> Result<vault::receipt::Receipt> {
    let (record, _) = read(house, id).await?;
    let mut tx = house.db.begin().await?;
    let receipt = vault::receipt::give(&mut tx, id.0, by.now.as_millisecond()).await?;
    let body = json!({ "reference": receipt.reference, "mark": receipt.mark });
    note(&mut tx, house, by, id, &format!("{}.receipt", record.register), body).await?;
    tx.commit().await?;
    Ok(receipt)
}

/// Opens a record's private fields for someone who says why: the entry stands before anything is shown.
pub async fn unseal(house: &House, by: &By, id: Id, reason: &str) -> Result<BTreeMap<String, String>> {
    let reason = kernel::text::tidy(reason);
    if reason.is_empty() {
        return Err(Refusal::new("record.unseal_needs_a_reason").at("reason").into());
    }
    let (record, fields) = read(house, id).await?;
    let (fields, reason, act) = (fields.as_slice(), reason.as_str(), format!("{}.unseal", record.register));
    let act = act.as_str();
    house
        .db
        .write(|tx, _| {
            Box::pin(async move {
                let body = json!({ "fields": fields, "reason": reason });
                note(tx, house, by, id, act, body).await
            })
        })
        .await?;
    let mut tx = house.read().await?;
    house.vault.all(&mut tx, id.0).await
}

/// A record with the names of its filled private fields.
pub async fn read(house: &House, id: Id) -> Result<(Record, Vec<String>)> {
    let mut tx = house.read().await?;
    let record = store::find(&mut tx, &house.names, id).await?;
    let privates = house.vault.filled(&mut tx, id.0).await?;
    Ok((record, privates))
}

pub(crate) fn find_step<'r>(register: &'r Register, step: &str) -> Result<&'r Step> {
    register.step(step).ok_or_else(|| Refusal::new("step.unknown").with("step", step).into())
}

fn first(records: Vec<Record>) -> Result<Record> {
    records.into_iter().next().ok_or(Stop::Missing)
}
