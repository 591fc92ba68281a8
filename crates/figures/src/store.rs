//! All SQL about kept cross-tables and the addresses under which spreadsheets read them.

use db::{Result, Tx, args};

const KEEP: &str =
    "insert into cross_table (id, unit, account, name, query, shared, at_ms) values ($1, $2, $3, $4, $5, $6, $7)";
const FIND: &str = "select id, unit, account, name, query, shared, at_ms from cross_table where id = $1";
const READABLE: &str = "select id, unit, account, name, query, shared, at_ms from cross_table
    where account = $1 or (shared = $2 and unit = any($3)) order by at_ms desc, id desc limit 100";
const DROP: &str = "delete from cross_table where id = $1 and account = $2";
const SET_FEED: &str = "insert into cross_feed (cross_table, account, seat, hash, at_ms) values ($1, $2, $3, $4, $5)
    on conflict (cross_table, account) do update set seat = $3, hash = $4, at_ms = $5";
const OWN_FEED: &str = "select at_ms from cross_feed where cross_table = $1 and account = $2";
const FEED: &str = "select cross_table, account, seat from cross_feed where hash = $1";
const END_FEED: &str = "delete from cross_feed where cross_table = $1 and account = $2";
const END_FEEDS: &str = "delete from cross_feed where cross_table = $1";

/// A cross-table kept under a name.
#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct Kept {
    pub(crate) id: i64,
    /// The body of whoever keeps it: it and those under it read what is shared.
    pub(crate) unit: i64,
    pub(crate) account: i64,
    pub(crate) name: String,
    pub(crate) query: String,
    pub(crate) shared: bool,
    pub(crate) at_ms: i64,
}

pub(crate) async fn keep(tx: &mut Tx, kept: &Kept) -> Result<()> {
    let Kept { id, unit, account, name, query, shared, at_ms } = kept;
    tx.run(KEEP, args![*id, *unit, *account, name, query, *shared, *at_ms]).await.map(|_| ())
}

pub(crate) async fn find(tx: &mut Tx, id: i64) -> Result<Option<Kept>> {
    tx.maybe(FIND, args![id]).await
}

/// One's own, and what these bodies share.
pub(crate) async fn readable(tx: &mut Tx, account: i64, units: &[i64]) -> Result<Vec<Kept>> {
    tx.all(READABLE, args![account, true, units]).await
}

/// Drops one's own, and every address of it.
pub(crate) async fn drop(tx: &mut Tx, id: i64, account: i64) -> Result<()> {
    tx.change(DROP, args![id, account]).await?;
    tx.run(END_FEEDS, args![id]).await.map(|_| ())
}

pub(crate) async fn set_feed(tx: &mut Tx, id: i64, account: i64, seat: i64, hash: &str, at_ms: i64) -> Result<()> {
    tx.run(SET_FEED, args![id, account, seat, hash, at_ms]).await.map(|_| ())
}

/// Since when someone has an address of the table.
pub(crate) async fn own_feed(tx: &mut Tx, id: i64, account: i64) -> Result<Option<i64>> {
    let row: Option<(i64,)> = tx.maybe(OWN_FEED, args![id, account]).await?;
    Ok(row.map(|(at,)| at))
}

/// Table, account and seat of an address.
pub(crate) async fn feed(tx: &mut Tx, hash: &str) -> Result<Option<(i64, i64, i64)>> {
    tx.maybe(FEED, args![hash]).await
}

pub(crate) async fn end_feed(tx: &mut Tx, id: i64, account: i64) -> Result<()> {
    tx.change(END_FEED, args![id, account]).await
}
