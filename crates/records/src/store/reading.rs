//! Who has read a record: a line for each person, record and day.

use std::collections::BTreeSet;

use db::{Db, Result, Tx, args};
use kernel::{Day, Id, day_number};

const NOTED: &str = "select record from reading where record = any($1) and day = $2 and who = $3";
const NOTE: &str = "insert into reading (record, day, who, seat, first_ms) values on conflict do nothing";
const READINGS: &str = "select day, who, seat from reading where record = $1 order by day, first_ms, who limit $2";

/// One who has read a record on a day, and as whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, db::FromRow)]
pub struct Reading {
    pub day: i64,
    pub who: i64,
    pub seat: i64,
}

/// Notes a reader of these records, at each the first time of a day.
pub async fn note_readings(db: &Db, records: &[Id], day: Day, who: i64, seat: i64, now_ms: i64) -> Result<()> {
    let day = day_number(day);
    // In one order for all, so that two readers' transactions never wait for each other.
    let records: BTreeSet<i64> = records.iter().map(|record| record.0).collect();
    let ids: Vec<i64> = records.iter().copied().collect();
    let mut tx = db.read().await?;
    let noted: Vec<(i64,)> = tx.all(NOTED, args![ids.as_slice(), day, who]).await?;
    drop(tx);
    let noted: BTreeSet<i64> = noted.into_iter().map(|(record,)| record).collect();
    let new: Vec<_> = records.difference(&noted).map(|record| args![*record, day, who, seat, now_ms]).collect();
    if new.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    tx.fill(NOTE, new).await?;
    tx.commit().await
}

/// Who has read a record, the first days first.
pub async fn readings(tx: &mut Tx, record: Id, limit: i64) -> Result<Vec<Reading>> {
    tx.all(READINGS, args![record.0, limit]).await
}
