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
    let Secret { token, hash } = new_secret();
    store::set_feed(tx, who.account, who.seat.id, &HEXLOWER.encode(&hash), now.as_millisecond()).await?;
    let about = Kind::Account.of(who.account);
    let body = json!({ "seat": who.seat.id });
    let (act, seat) = ("people.calendar_address", who.seat.unit);
    let entry = Entry { about, act, who: who.account, seat, at: now, on: None, body, cause: None };
    timeline::record(tx, ids, entry).await?;
    Ok(token)
}

/// Whose due days an address opens: someone whose seat still stands.
pub async fn calendar_reader(tx: &mut Tx, tree: &Tree, token: &str, now: Timestamp) -> Result<Option<Who>> {
    let hash = HEXLOWER.encode(&Sha256::digest(token));
    let Some((account, seat)) = store::feed(tx, &hash).await? else { return Ok(None) };
    let who = seats::who(tx, tree, account, Some(seat), civil_day(now)).await?;
    Ok(who.filter(|who| who.seat.id == seat))
}
