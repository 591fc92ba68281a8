//! Days that were entered here: who changed the calendar, by which decision, and the rows that stand.

use db::{Result, Tx, args};
use kernel::{Day, number_day};

const CHANGES: &str =
    "select id, at_ms, account, seat, decision, decided, reason from calendar_change order by id desc limit $1";
const CHANGE: &str = "select id, at_ms, account, seat, decision, decided, reason from calendar_change where id = $1";
const DAYS: &str = "select d.id, d.change, d.back, d.day, d.kind, d.name, d.confirmed, c.decision, c.decided
    from calendar_day d join calendar_change c on c.id = d.change order by d.day, d.id";
const ADD_CHANGE: &str = "insert into calendar_change (id, at_ms, account, seat, decision, decided, reason)
    values ($1, $2, $3, $4, $5, $6, $7)";
const ADD_DAYS: &str = "insert into calendar_day (id, change, back, day, kind, name, confirmed) values";
/// Only one that still stands.
const TAKE_BACK: &str = "update calendar_day set back = $2 where id = $1 and back is null";
/// Records with a deadline that runs, by the nearest of it.
const RUNNING: &str = "select due, id from record where due is not null and (due > $1 or (due = $1 and id > $2))
    order by due, id limit $3";
const COUNT_RUNNING: &str = "select count(*) from record where due is not null";

/// One act on the calendar.
#[derive(Clone, Debug, PartialEq, Eq, db::FromRow)]
pub struct ChangeRow {
    pub id: i64,
    pub at_ms: i64,
    pub account: i64,
    pub seat: i64,
    pub decision: String,
    pub decided: Option<i64>,
    pub reason: String,
}

/// A day of one change, with the decision it was entered by.
#[derive(Clone, Debug, PartialEq, Eq, db::FromRow)]
pub struct DayRow {
    pub id: i64,
    pub change: i64,
    pub back: Option<i64>,
    pub day: i64,
    pub kind: String,
    pub name: String,
    pub confirmed: bool,
    pub decision: String,
    pub decided: Option<i64>,
}

impl DayRow {
    pub fn day(&self) -> Day {
        number_day(self.day)
    }
}

/// All days that were ever entered, taken back or not.
pub async fn days(tx: &mut Tx) -> Result<Vec<DayRow>> {
    tx.all(DAYS, args![]).await
}

/// What was done to the calendar, newest first.
pub async fn changes(tx: &mut Tx, limit: i64) -> Result<Vec<ChangeRow>> {
    tx.all(CHANGES, args![limit]).await
}

pub async fn change(tx: &mut Tx, id: i64) -> Result<ChangeRow> {
    tx.one(CHANGE, args![id]).await
}

/// Writes a change down: its new days, and those that it takes back or puts another in the place of.
pub(crate) async fn enter(tx: &mut Tx, change: &ChangeRow, days: &[DayRow], back: &[i64]) -> Result<()> {
    let (decision, reason) = (change.decision.as_str(), change.reason.as_str());
    let row = args![change.id, change.at_ms, change.account, change.seat, decision, change.decided, reason];
    tx.run(ADD_CHANGE, row).await?;
    for id in back {
        tx.change(TAKE_BACK, args![*id, change.id]).await?;
    }
    let rows = days
        .iter()
        .map(|day| args![day.id, change.id, day.back, day.day, day.kind.as_str(), day.name.as_str(), day.confirmed]);
    tx.fill(ADD_DAYS, rows.collect()).await
}

/// Records with a running deadline after `(due, id)`, in that order: for a walk over all.
pub(crate) async fn running(tx: &mut Tx, after: (i64, i64), limit: i64) -> Result<Vec<(i64, i64)>> {
    tx.all(RUNNING, args![after.0, after.1, limit]).await
}

pub(crate) async fn count_running(tx: &mut Tx) -> Result<i64> {
    Ok(tx.one::<(i64,)>(COUNT_RUNNING, args![]).await?.0)
}
