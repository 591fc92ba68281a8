//! The sealed identity of a record: files sealed as they come; opening it, in four acts, each with its entry before anything is shown.

use db::{Result, Stop};
use kernel::{Id, Refusal};
use serde_json::{Value as Json, json};
use vault::{Opened, Opening, SealedFile};
use zeroize::Zeroizing;

use crate::{House, Record, record::By};

async fn note(tx: &mut db::Tx, house: &House, by: &By, record: &Record, act: &str, body: Json) -> Result<()> {
    super::note(tx, house, by, record.id, &format!("{}.{act}", record.register), body).await
}

/// Why nobody in the record's own body may open its identity; asked again at each act, as records are corrected.
pub fn barred(house: &House, record: &Record) -> Option<Refusal> {
    let snapshot = house.now();
    let register = snapshot.pack.register(&record.register)?;
    house.behaviours_of(register).into_iter().find_map(|behaviour| behaviour.bars_identity(&snapshot, record))
}

async fn opened_by_nobody_accused(house: &House, id: Id) -> Result<Record> {
    let (record, _) = super::read(house, id).await?;
    match barred(house, &record) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(record),
    }
}

/// Seals a file with its name.
pub async fn seal_file(house: &House, by: &By, id: Id, field: &str, file: &SealedFile) -> Result<()> {
    let (record, _) = super::read(house, id).await?;
    let content = Zeroizing::new(serde_json::to_vec(file)?);
    let mut tx = house.db.begin().await?;
    let place = house.vault.next_file_place(&mut tx, id.0, field).await?;
    let sealed = house.vault.seal_case(&mut tx, id.0, record.unit, &[(place, content)]).await?;
    let (place, mark) = sealed.into_iter().next().unwrap_or_default();
    note(&mut tx, house, by, &record, "seal_file", json!({ "place": place, "sealed": mark })).await?;
    tx.commit().await
}

/// A handler asks to open, and says why.
pub async fn ask(house: &House, by: &By, id: Id, reason: &str) -> Result<()> {
    let record = opened_by_nobody_accused(house, id).await?;
    let asked = Opening {
        id: house.ids.next(by.now).0,
        record: id.0,
        unit: record.unit,
        asked_by: by.account,
        reason: kernel::text::tidy(reason),
        asked_ms: by.now.as_millisecond(),
        agreed_by: 0,
        agreed_ms: 0,
        opened_ms: 0,
        seen_by: 0,
        seen_ms: 0,
    };
    let mut tx = house.db.begin().await?;
    house.vault.ask(&mut tx, &asked).await?;
    note(&mut tx, house, by, &record, "identity_ask", json!({ "reason": asked.reason })).await?;
    tx.commit().await
}

/// A second person agrees, with their own password.
pub async fn agree(house: &House, by: &By, id: Id, password: &str) -> Result<()> {
    let record = opened_by_nobody_accused(house, id).await?;
    if !people::is_own_password(&house.db, by.account, password, by.now).await? {
        return Err(Refusal::new("people.wrong_password").at("password").into());
    }
    let mut tx = house.db.begin().await?;
    let agreed = house.vault.agree(&mut tx, id.0, by.account, by.now.as_millisecond()).await?;
    note(&mut tx, house, by, &record, "identity_agree", json!({ "asked_by": agreed.asked_by })).await?;
    tx.commit().await
}

/// Opens for whoever asked, once a second person agreed: with the passphrase that no server has.
pub async fn open(house: &House, by: &By, id: Id, passphrase: &str) -> Result<Opened> {
    let record = opened_by_nobody_accused(house, id).await?;
    let now_ms = by.now.as_millisecond();
    let mut tx = house.read().await?;
    let opening = house.vault.agreed(&mut tx, id.0, by.account, now_ms).await?;
    let named = house.vault.handlers(&mut tx, record.unit).await?;
    drop(tx);
    if !named.iter().any(|handler| handler.account == by.account) {
        return Err(Refusal::new("vault.not_a_handler").into());
    }
    let opened = match house.vault.open_case(&house.db, id.0, by.account, passphrase).await {
        Ok(opened) => opened,
        Err(Stop::Refused(refused)) => {
            let mut tx = house.db.begin().await?;
            note(&mut tx, house, by, &record, "identity_refused", json!({})).await?;
            tx.commit().await?;
            return Err(Stop::Refused(refused));
        }
        Err(other) => return Err(other),
    };
    let places: Vec<&str> = opened.keys().map(String::as_str).collect();
    let mut tx = house.db.begin().await?;
    house.vault.note_opened(&mut tx, &opening, now_ms).await?;
    let body = json!({ "places": places, "reason": opening.reason, "agreed_by": opening.agreed_by });
    note(&mut tx, house, by, &record, "identity_open", body).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Gives the case to another handler of its body who was named later: under the same agreement as opening it.
pub async fn share(house: &House, by: &By, id: Id, passphrase: &str, to: i64) -> Result<()> {
    let record = opened_by_nobody_accused(house, id).await?;
    let mut tx = house.read().await?;
    house.vault.agreed(&mut tx, id.0, by.account, by.now.as_millisecond()).await?;
    let named = house.vault.handlers(&mut tx, record.unit).await?;
    drop(tx);
    let is_named = |account: i64| named.iter().any(|handler| handler.account == account);
    if !is_named(by.account) || !is_named(to) {
        return Err(Refusal::new("vault.not_a_handler").into());
    }
    let keys = house.vault.share_case(&house.db, id.0, by.account, passphrase, to).await?;
    let mut tx = house.db.begin().await?;
    note(&mut tx, house, by, &record, "identity_share", json!({ "to": to, "keys": keys })).await?;
    tx.commit().await
}
