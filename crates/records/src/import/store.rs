//! All SQL about imports.

use db::{Result, Tx, args};
use kernel::Id;

const ADD: &str = "insert into batch (id, register, file, state, account, unit, at_ms, terms, parts) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const FIND: &str = "select id, register, file, state, account, unit, at_ms, terms, parts from batch where id = $1";
const LIST: &str = "select id, register, file, state, account, unit, at_ms, terms, parts from batch
    where register = $1 and id < $2 order by id desc limit $3";
const OLD: &str = "select id from batch where parts > 0 and at_ms < $1 order by id limit $2";
const STATE: &str = "update batch set state = $2 where id = $1";
const EMPTIED: &str = "update batch set parts = 0 where id = $1";

const ADD_ROWS: &str = "insert into batch_row (batch, row, state, refused) values on conflict (batch, row) do nothing";
const SETTLED: &str = "select row from batch_row where batch = $1 order by row";
const COUNTS: &str = "select state, count(*) from batch_row where batch = $1 and row > 0 group by state order by state";
const REFUSED: &str = "select refused from batch_row where batch = $1 and refused is not null order by row";

const ADD_RECORDS: &str = "insert into batch_record (batch, record, version, before) values
    on conflict (batch, record) do update set version = excluded.version";
const RECORDS: &str =
    "select record, version, before from batch_record where batch = $1 and record < $2 order by record desc limit $3";
const DROP_RECORDS: &str = "delete from batch_record where batch = $1 and record = any($2)";

#[derive(Clone, Debug, db::FromRow)]
pub(super) struct Stored {
    pub(super) id: i64,
    pub(super) register: i64,
    pub(super) file: String,
    pub(super) state: String,
    pub(super) account: i64,
    pub(super) unit: i64,
    pub(super) at_ms: i64,
    pub(super) terms: String,
    pub(super) parts: i64,
}

/// A record as the batch left it, and as it was before; nothing for one that the batch added.
#[derive(Clone, Debug, db::FromRow)]
pub(super) struct Touched {
    pub(super) record: i64,
    pub(super) version: i64,
    pub(super) before: Option<String>,
}

pub(super) async fn add(tx: &mut Tx, batch: &Stored) -> Result<()> {
    let row = args![
        batch.id,
        batch.register,
        &batch.file,
        &batch.state,
        batch.account,
        batch.unit,
        batch.at_ms,
        &batch.terms,
        batch.parts
    ];
    tx.run(ADD, row).await.map(|_| ())
}

pub(super) async fn find(tx: &mut Tx, id: Id) -> Result<Stored> {
    tx.one(FIND, args![id]).await
}

pub(super) async fn list(tx: &mut Tx, register: i64, before: i64, limit: i64) -> Result<Vec<Stored>> {
    tx.all(LIST, args![register, before, limit]).await
}

/// Batches from before then whose sheets are still kept.
pub(super) async fn old(tx: &mut Tx, before_ms: i64, limit: i64) -> Result<Vec<Id>> {
    Ok(tx.all::<(i64,)>(OLD, args![before_ms, limit]).await?.into_iter().map(|(id,)| Id(id)).collect())
}

pub(super) async fn set_state(tx: &mut Tx, id: Id, state: &str) -> Result<()> {
    tx.run(STATE, args![id, state]).await.map(|_| ())
}

pub(super) async fn emptied(tx: &mut Tx, id: Id) -> Result<()> {
    tx.run(EMPTIED, args![id]).await.map(|_| ())
}

/// What became of rows: (row, state, faults as JSON).
pub(super) async fn add_rows(tx: &mut Tx, batch: Id, rows: &[(u32, &str, Option<String>)]) -> Result<()> {
    let rows = rows.iter().map(|(row, state, refused)| args![batch, *row, *state, refused.as_deref()]);
    tx.fill(ADD_ROWS, rows.collect()).await
}

pub(super) async fn settled(tx: &mut Tx, batch: Id) -> Result<Vec<i64>> {
    Ok(tx.all::<(i64,)>(SETTLED, args![batch]).await?.into_iter().map(|(row,)| row).collect())
}

pub(super) async fn counts(tx: &mut Tx, batch: Id) -> Result<Vec<(String, i64)>> {
    tx.all(COUNTS, args![batch]).await
}

pub(super) async fn refused(tx: &mut Tx, batch: Id) -> Result<Vec<String>> {
    Ok(tx.all::<(String,)>(REFUSED, args![batch]).await?.into_iter().map(|(refused,)| refused).collect())
}

/// Remembers what the batch did to records; of one that it touched before, how it was before the batch stays.
pub(super) async fn add_records(tx: &mut Tx, batch: Id, touched: &[Touched]) -> Result<()> {
    let rows = touched.iter().map(|one| args![batch, one.record, one.version, one.before.as_deref()]);
    tx.fill(ADD_RECORDS, rows.collect()).await
}

pub(super) async fn records(tx: &mut Tx, batch: Id, below: i64, limit: i64) -> Result<Vec<Touched>> {
    tx.all(RECORDS, args![batch, below, limit]).await
}

pub(super) async fn drop_records(tx: &mut Tx, batch: Id, records: &[i64]) -> Result<()> {
    tx.run(DROP_RECORDS, args![batch, records]).await.map(|_| ())
}
