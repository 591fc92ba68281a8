//! All SQL about the sealed intake and receipts.

use db::{Result, Tx, args};

const ADD: &str = "insert into intake (reference, received_ms, sealed, carried_ms, record) values ($1, $2, $3, $4, $5)";
const ADD_CARRIED: &str = "
    insert into intake (reference, received_ms, sealed, carried_ms, record) values ($1, $2, $3, $4, $5)
    on conflict (reference) do nothing";
const NOT_CARRIED: &str =
    "select reference, received_ms, sealed from intake where carried_ms = $1 order by received_ms, reference";
const CARRY: &str = "update intake set carried_ms = $2 where reference = $1 and carried_ms = $3";
const CARRIED_MS: &str = "select carried_ms from intake where reference = $1";
const WAITING: &str = "select reference, received_ms from intake where record = $1 order by received_ms, reference";
const FIND: &str = "select received_ms, sealed, record from intake where reference = $1";
const BECAME: &str = "update intake set record = $2 where reference = $1 and record = $3";

const ADD_RECEIPT: &str = "insert into receipt (reference, secret, record, given_ms) values ($1, $2, $3, $4)";
const RECEIPT: &str = "select secret, record, given_ms from receipt where reference = $1";

const SETTING: &str = "select value from instance where key = $1";
const SAVE_SETTING: &str = "
    insert into instance (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value";

pub(crate) async fn add(tx: &mut Tx, reference: &str, received_ms: i64, sealed: &[u8]) -> Result<()> {
    tx.run(ADD, args![reference, received_ms, sealed, 0_i64, 0_i64]).await.map(|_| ())
}

/// Whether it was new.
pub(crate) async fn add_carried(
    tx: &mut Tx,
    reference: &str,
    received_ms: i64,
    sealed: &[u8],
    now_ms: i64,
) -> Result<bool> {
    Ok(tx.run(ADD_CARRIED, args![reference, received_ms, sealed, now_ms, 0_i64]).await? == 1)
}

pub(crate) async fn not_carried(tx: &mut Tx) -> Result<Vec<(String, i64, Vec<u8>)>> {
    tx.all(NOT_CARRIED, args![0_i64]).await
}

pub(crate) async fn carry(tx: &mut Tx, reference: &str, now_ms: i64) -> Result<()> {
    tx.run(CARRY, args![reference, now_ms, 0_i64]).await.map(|_| ())
}

pub(crate) async fn carried_ms(tx: &mut Tx, reference: &str) -> Result<Option<i64>> {
    Ok(tx.maybe::<(i64,)>(CARRIED_MS, args![reference]).await?.map(|(at,)| at))
}

/// Those that are no record yet.
pub(crate) async fn waiting(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    tx.all(WAITING, args![0_i64]).await
}

/// (received, sealed, record).
pub(crate) async fn find(tx: &mut Tx, reference: &str) -> Result<Option<(i64, Vec<u8>, i64)>> {
    tx.maybe(FIND, args![reference]).await
}

/// Whether it was none yet.
pub(crate) async fn became(tx: &mut Tx, reference: &str, record: i64) -> Result<bool> {
    Ok(tx.run(BECAME, args![reference, record, 0_i64]).await? == 1)
}

pub(crate) async fn add_receipt(tx: &mut Tx, reference: &str, secret: &[u8], record: i64, now_ms: i64) -> Result<()> {
    tx.run(ADD_RECEIPT, args![reference, secret, record, now_ms]).await.map(|_| ())
}

pub(crate) async fn receipt(tx: &mut Tx, reference: &str) -> Result<Option<(Vec<u8>, i64, i64)>> {
    tx.maybe(RECEIPT, args![reference]).await
}

pub(crate) async fn setting(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    Ok(tx.maybe::<(String,)>(SETTING, args![key]).await?.map(|(value,)| value))
}

pub(crate) async fn save_setting(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    tx.run(SAVE_SETTING, args![key, value]).await.map(|_| ())
}
