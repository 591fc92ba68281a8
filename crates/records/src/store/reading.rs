//! Who has read a record: a line for each person, record and day.

use db::{Db, Result, Tx, args};
use kernel::{Day, Id, day_number};

const NOTED: &str = "select first_ms from reading where record = $1 and day = $2 and who = $3";
const NOTE: &str =
    "insert into reading (record, day, who, seat, first_ms) values ($1, $2, $3, $4, $5) on conflict do nothing";
const READINGS: &str = "select day, who, seat from reading where record = $1 order by day, first_ms, who limit $2";

/// One who has read a record on a day, and as whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, db::FromRow)]
pub struct Reading {
    pub day: i64,
    pub who: i64,
    pub seat: i64,
}

/// Notes a reader, the first time of a day.
pub async fn note_reading(db: &Db, record: Id, day: Day, who: i64, seat: i64, now_ms: i64) -> Result<()> {
    let day = day_number(day);
    let mut tx = db.read().await?;
    if tx.maybe::<(i64,)>(NOTED, args![record.0, day, who]).await?.is_some() {
        return Ok(());
    }
    drop(tx);
    let mut tx = db.begin().await?;
    tx.run(NOTE, args![record.0, day, who, seat, now_ms]).await?;
    tx.commit().await
}

/// Who has read a record, the first days first.
pub async fn readings(tx: &mut Tx, record: Id, limit: i64) -> Result<Vec<Reading>> {
    tx.all(READINGS, args![record.0, limit]).await
}
