//! The address under which a calendar program reads someone's due days: it opens those and nothing else.

use data_encoding::HEXLOWER;
use db::{Result, Tx};
use jiff::Timestamp;
use kernel::{IdMaker, civil_day};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use timeline::{Entry, Kind};
use units::Tree;
use web::{Secret, Who, new_secret};

use crate::{seats, store};

/// A new address for someone in the seat in use; the one before ends.
pub async fn calendar_address(tx: &mut Tx, ids: &IdMaker, who: &Who, now: Timestamp) -> Result<String> {
    let (token, hash) = address();
    store::set_feed(tx, who.account, who.seat.id, &hash, now.as_millisecond()).await?;
    let about = Kind::Account.of(who.account);
    let body = json!({ "seat": who.seat.id });
    let (act, seat) = ("people.calendar_address", who.seat.unit);
    let entry = Entry { about, act, who: who.account, seat, at: now, on: None, body, cause: None };
    timeline::record(tx, ids, entry).await?;
    Ok(token)
}

/// Whose due days an address opens: someone whose seat still stands.
pub async fn calendar_reader(tx: &mut Tx, tree: &Tree, token: &str, now: Timestamp) -> Result<Option<Who>> {
    let Some((account, seat)) = store::feed(tx, &address_hash(token)).await? else { return Ok(None) };
    reader(tx, tree, account, seat, now).await
}

/// A secret for an address of someone's own: the token, which is shown once, and the hash under which it is kept.
pub fn address() -> (String, String) {
    let Secret { token, hash } = new_secret();
    (token, HEXLOWER.encode(&hash))
}

/// The hash under which the token of an address is kept.
pub fn address_hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token))
}

/// Whose rights an address has: someone whose seat still stands.
pub async fn reader(tx: &mut Tx, tree: &Tree, account: i64, seat: i64, now: Timestamp) -> Result<Option<Who>> {
    let who = seats::who(tx, tree, account, Some(seat), civil_day(now)).await?;
    Ok(who.filter(|who| who.seat.id == seat))
}
