//! All SQL about the timeline, and nothing else.

use db::{Result, Tx, Value, args};

use crate::{About, EntryRef, Kind, Row, hash, seal::SealRow};

const ADD: &str = "
    insert into entry (id, kind, about, number, act, who, seat, at_ms, on_day, body, cause, hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    on conflict (kind, about, number) do nothing";
const ADD_ALL: &str =
    "insert into entry (id, kind, about, number, act, who, seat, at_ms, on_day, body, cause, hash) values";
const LAST: &str = "
    select id, number, hash from entry where kind = $1 and about = $2 order by number desc limit 1";
const LASTS: &str = "
    select about, id, number, hash from entry where kind = $1 and (about, number) in
    (select about, max(number) from entry where kind = $1 and about = any($2) group by about)";
const FIND: &str = "
    select id, kind, about, number, act, who, seat, at_ms, on_day, body, cause, hash, seal from entry where id = $1";
const LIST: &str = "
    select id, kind, about, number, act, who, seat, at_ms, on_day, body, cause, hash, seal from entry
    where kind = $1 and about = $2 and number < $3 order by number desc limit $4";
const LATEST: &str = "
    select id, kind, about, number, act, who, seat, at_ms, on_day, body, cause, hash, seal from entry
    where id < $1 order by id desc limit $2";
// No index by account: each write would pay for what an inspector asks now and then. It walks back from the newest.
const LATEST_OF: &str = "
    select id, kind, about, number, act, who, seat, at_ms, on_day, body, cause, hash, seal from entry
    where who = $3 and id < $1 order by id desc limit $2";
const FIRST: &str = "
    select about, min(at_ms) from entry where kind = $1 and about = any($2) and act = $3 group by about order by about";
const CHAINS: &str = "
    select id, kind, about, number, act, who, seat, at_ms, on_day, body, cause, hash, seal from entry
    where (kind, about, number) > ($1, $2, $3) order by kind, about, number limit $4";
const MARK_SEALED: &str = "
    update entry set seal = $1 where id in (select id from entry where seal = 0 order by id limit $2)
    returning id, hash";
const SEALED: &str = "
    select seal, id, hash from entry where (seal, id) > ($1, $2) order by seal, id limit $3";
const SEALED_UNDER: &str = "select id, hash from entry where seal = $1 order by id";
const ADD_SEAL: &str = "
    insert into seal (number, at_ms, entries, root, previous, hash, signature) values ($1, $2, $3, $4, $5, $6, $7)";
const FIND_SEAL: &str = "
    select number, at_ms, entries, root, previous, hash, signature from seal where number = $1";
const LAST_SEAL: &str = "
    select number, at_ms, entries, root, previous, hash, signature from seal order by number desc limit 1";
const SEALS: &str = "
    select number, at_ms, entries, root, previous, hash, signature from seal
    where number > $1 order by number limit $2";

fn values(row: &Row) -> Vec<Value> {
    let hash = row.hash.as_slice();
    args![
        row.id, &row.kind, row.about, row.number, &row.act, row.who, row.seat, row.at_ms, row.on_day, &row.body,
        row.cause, hash
    ]
}

/// Whether it was added: not if another writer took this place in the chain, whose end is waited for.
pub(crate) async fn add(tx: &mut Tx, row: &Row) -> Result<bool> {
    Ok(tx.run(ADD, values(row)).await? == 1)
}

pub(crate) async fn add_all(tx: &mut Tx, rows: &[Row]) -> Result<()> {
    tx.fill(ADD_ALL, rows.iter().map(values).collect()).await
}

pub(crate) async fn last(tx: &mut Tx, about: About) -> Result<Option<EntryRef>> {
    let last: Option<(i64, i64, Vec<u8>)> = tx.maybe(LAST, args![about.kind.as_str(), about.id]).await?;
    last.map(|(id, number, bytes)| Ok(EntryRef { id, number, hash: hash(&bytes)? })).transpose()
}

pub(crate) async fn lasts(tx: &mut Tx, kind: Kind, about: &[i64]) -> Result<Vec<(About, EntryRef)>> {
    let rows: Vec<(i64, i64, i64, Vec<u8>)> = tx.all(LASTS, args![kind.as_str(), about]).await?;
    let last = |(about, id, number, bytes): (i64, i64, i64, Vec<u8>)| {
        Ok((kind.of(about), EntryRef { id, number, hash: hash(&bytes)? }))
    };
    rows.into_iter().map(last).collect()
}

pub(crate) async fn find(tx: &mut Tx, id: i64) -> Result<Row> {
    tx.one(FIND, args![id]).await
}

pub(crate) async fn list(tx: &mut Tx, about: About, before: i64, limit: i64) -> Result<Vec<Row>> {
    tx.all(LIST, args![about.kind.as_str(), about.id, before, limit]).await
}

pub(crate) async fn latest(tx: &mut Tx, who: Option<i64>, before: i64, limit: i64) -> Result<Vec<Row>> {
    match who {
        None => tx.all(LATEST, args![before, limit]).await,
        Some(who) => tx.all(LATEST_OF, args![before, limit, who]).await,
    }
}

/// The entries after that one, subject by subject in the order of their chains.
pub(crate) async fn first(tx: &mut Tx, kind: Kind, about: &[i64], act: &str) -> Result<Vec<(i64, i64)>> {
    tx.all(FIRST, args![kind.as_str(), about, act]).await
}

pub(crate) async fn chains(tx: &mut Tx, after: (&str, i64, i64), limit: i64) -> Result<Vec<Row>> {
    tx.all(CHAINS, args![after.0, after.1, after.2, limit]).await
}

/// Puts the oldest unsealed entries under that seal.
pub(crate) async fn mark_sealed(tx: &mut Tx, seal: i64, limit: i64) -> Result<Vec<(i64, Vec<u8>)>> {
    tx.all(MARK_SEALED, args![seal, limit]).await
}

/// (seal, id, hash) of the entries after that one, seal by seal.
pub(crate) async fn sealed(tx: &mut Tx, after: (i64, i64), limit: i64) -> Result<Vec<(i64, i64, Vec<u8>)>> {
    tx.all(SEALED, args![after.0, after.1, limit]).await
}

pub(crate) async fn sealed_under(tx: &mut Tx, seal: i64) -> Result<Vec<(i64, Vec<u8>)>> {
    tx.all(SEALED_UNDER, args![seal]).await
}

pub(crate) async fn add_seal(tx: &mut Tx, seal: &SealRow) -> Result<()> {
    let (root, previous) = (seal.root.as_slice(), seal.previous.as_slice());
    let (hash, signature) = (seal.hash.as_slice(), seal.signature.as_slice());
    let values = args![seal.number, seal.at_ms, seal.entries, root, previous, hash, signature];
    tx.run(ADD_SEAL, values).await.map(|_| ())
}

pub(crate) async fn find_seal(tx: &mut Tx, number: i64) -> Result<Option<SealRow>> {
    tx.maybe(FIND_SEAL, args![number]).await
}

pub(crate) async fn last_seal(tx: &mut Tx) -> Result<Option<SealRow>> {
    tx.maybe(LAST_SEAL, args![]).await
}

pub(crate) async fn seals(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<SealRow>> {
    tx.all(SEALS, args![after, limit]).await
}
