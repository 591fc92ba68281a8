//! The sealed identity of a record: files sealed as they come; opening it, in four acts, each with its entry before anything is shown;
//! and its way into the book of the body that the letter went to.

use db::{Result, Stop};
use kernel::{Id, Refusal};
use serde_json::{Value as Json, json};
use vault::{Opened, Opening, SealedFile};
use zeroize::Zeroizing;

use crate::{House, Record, record::By, save, store};

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
    let opened = unlock(house, by, &record, passphrase).await?;
    let places: Vec<&str> = opened.keys().map(String::as_str).collect();
    let mut tx = house.db.begin().await?;
    house.vault.note_opened(&mut tx, &opening, now_ms).await?;
    let body = json!({ "places": places, "reason": opening.reason, "agreed_by": opening.agreed_by });
    note(&mut tx, house, by, &record, "identity_open", body).await?;
    tx.commit().await?;
    Ok(opened)
}

/// With the passphrase; one that is refused is an entry.
async fn unlock(house: &House, by: &By, record: &Record, passphrase: &str) -> Result<Opened> {
    let opened = house.vault.open_case(&house.db, record.id.0, by.account, passphrase).await;
    if let Err(Stop::Refused(_)) = &opened {
        let mut tx = house.db.begin().await?;
        note(&mut tx, house, by, record, "identity_refused", json!({})).await?;
        tx.commit().await?;
    }
    opened
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

/// The record that a transfer made of this one in another body's book, and whether an identity is sealed there.
pub async fn receiver(house: &House, record: &Record) -> Result<Option<(Record, bool)>> {
    let snapshot = house.now();
    let register = snapshot.register(&record.register)?;
    let mut tx = house.read().await?;
    for make in register.steps.iter().flat_map(|step| &step.makes).filter(|make| make.register == register.id) {
        let made = store::linked_by(&mut tx, record.id, &make.link).await?;
        let made = store::find_many(&mut tx, &house.names, &made).await?;
        // Handed on twice, after a step was taken back: the last one counts.
        if let Some(there) =
            made.into_iter().filter(|one| !one.void && one.unit != record.unit).max_by_key(|one| one.id)
        {
            let known = !house.vault.sealed_places(&mut tx, there.id.0).await?.is_empty();
            return Ok(Some((there, known)));
        }
    }
    Ok(None)
}

/// Gives the identity to the body that the letter went to: opened for a moment, shown to nobody, sealed again for that body's handlers.
/// A body that is itself denounced gives it away too, and keeps nothing.
pub async fn hand(house: &House, by: &By, id: Id, passphrase: &str) -> Result<()> {
    let (record, _) = super::read(house, id).await?;
    let (there, known) = receiver(house, &record).await?.ok_or_else(|| Refusal::new("record.identity_nowhere"))?;
    if known {
        return Err(Refusal::new("record.identity_there").into());
    }
    let mut tx = house.read().await?;
    let named = house.vault.handlers(&mut tx, record.unit).await?;
    let receivers = house.vault.handlers(&mut tx, there.unit).await?;
    let places = house.vault.sealed_places(&mut tx, id.0).await?;
    drop(tx);
    if !named.iter().any(|handler| handler.account == by.account) {
        return Err(Refusal::new("vault.not_a_handler").into());
    }
    let snapshot = house.now();
    if receivers.is_empty() {
        let body = snapshot.tree.at(by.today).name(units::Unit(there.unit));
        return Err(Refusal::new("record.identity_no_receivers").with("body", body).into());
    }
    let opened = unlock(house, by, &record, passphrase).await?;
    if opened.len() < places.len() {
        let refusal = Refusal::new("record.identity_in_part").with("opened", opened.len()).with("all", places.len());
        return Err(refusal.into());
    }
    let word = |field: &str| opened.get(field).map(|text| Zeroizing::new(String::from_utf8_lossy(text).into_owned()));
    let sender = save::sender_fields(house, snapshot.register(&there.register)?);
    let sender = sender.and_then(|sender| Some((word(&sender.name)?, word(&sender.number)?)));
    let contents: Vec<(String, Zeroizing<Vec<u8>>)> = opened.into_iter().collect();
    let mut tx = house.db.begin().await?;
    let marks = house.vault.seal_case(&mut tx, there.id.0, there.unit, &contents).await?;
    if let Some((name, number)) = sender {
        save::mark(&mut tx, house, &there, &name, &number).await?;
    }
    note(&mut tx, house, by, &record, "identity_hand", json!({ "to": there.unit, "places": places })).await?;
    note(&mut tx, house, by, &there, "identity_handed", json!({ "from": record.unit, "sealed": marks })).await?;
    if barred(house, &record).is_some() {
        forget(&mut tx, house, by, &record).await?;
    }
    tx.commit().await
}

/// The body's own sealed copy goes, once the body that the letter went to has the identity.
pub async fn release(house: &House, by: &By, id: Id) -> Result<()> {
    let (record, _) = super::read(house, id).await?;
    if !receiver(house, &record).await?.is_some_and(|(_, known)| known) {
        return Err(Refusal::new("record.identity_not_there").into());
    }
    let mut tx = house.db.begin().await?;
    if !house.vault.handlers(&mut tx, record.unit).await?.iter().any(|handler| handler.account == by.account) {
        return Err(Refusal::new("vault.not_a_handler").into());
    }
    forget(&mut tx, house, by, &record).await?;
    tx.commit().await
}

async fn forget(tx: &mut db::Tx, house: &House, by: &By, record: &Record) -> Result<()> {
    house.vault.forget_case(tx, record.id.0).await?;
    note(tx, house, by, record, "identity_release", json!({})).await
}
