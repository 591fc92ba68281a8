//! All SQL about jobs, and nothing else.

use db::{Result, Tx, args};
use jiff::Timestamp;

use crate::{NewJob, State, Whose};

const ADD: &str = "
    insert into job (id, kind, args, state, done, total, note, who, unit, created_ms, after_ms, lease_ms, turn, tries)
    values ($1, $2, $3, 'waiting', 0, 0, '', $4, $5, $6, $7, 0, 0, 0)";
const FIND: &str = "
    select id, kind, args, state, done, total, note, result, error, who, unit, created_ms, ended_ms
    from job where id = $1";
const LIST: &str = "
    select id, kind, args, state, done, total, note, result, error, who, unit, created_ms, ended_ms
    from job where id < $1 order by id desc limit $2";
const LIST_OF_ACCOUNT: &str = "
    select id, kind, args, state, done, total, note, result, error, who, unit, created_ms, ended_ms
    from job where who = $3 and id < $1 order by id desc limit $2";
const LIST_OF_UNIT: &str = "
    select id, kind, args, state, done, total, note, result, error, who, unit, created_ms, ended_ms
    from job where unit = $3 and id < $1 order by id desc limit $2";
const CANCEL: &str = "
    update job set state = 'cancelled', ended_ms = $2 where id = $1 and state in ('waiting', 'running')";
const CLEAR: &str = "delete from job where state in ('done', 'failed', 'cancelled') and ended_ms < $1";

// Asked before claiming, so that an idle worker never waits for the one writer of SQLite.
const DUE: &str = "
    select 1 from job where state = 'waiting' and after_ms <= $1 or state = 'running' and lease_ms < $1 limit 1";
const START: &str = "
    update job set turn = turn + 1, tries = tries + 1 where id = $1
    returning id, kind, args, checkpoint, who, unit, turn, tries";
const RENEW: &str = "update job set lease_ms = $3 where id = $1 and turn = $2 and state = 'running'";
const PROGRESS: &str = "
    update job set lease_ms = $3, done = $4, total = $5, note = $6
    where id = $1 and turn = $2 and state = 'running'";
// Only a checkpoint further on shows that it gets on: the same one again is the same failure again.
const REACHED: &str = "
    update job set lease_ms = $3, done = $4, total = $5, note = $6,
    tries = case when checkpoint is not distinct from $7 then tries else 0 end, checkpoint = $7
    where id = $1 and turn = $2 and state = 'running'";
const RELEASE: &str = "
    update job set state = 'waiting', after_ms = $3, lease_ms = 0 where id = $1 and turn = $2 and state = 'running'";
// A job handed back in good order has not failed.
const HAND_BACK: &str = "
    update job set state = 'waiting', after_ms = 0, lease_ms = 0, tries = 0
    where id = $1 and turn = $2 and state = 'running'";
const FINISH: &str = "
    update job set state = $3, result = $4, error = $5, ended_ms = $6, done = case when $3 = 'done' then total else done end
    where id = $1 and turn = $2 and state = 'running'";

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) kind: String,
    pub(crate) args: String,
    pub(crate) state: String,
    pub(crate) done: i64,
    pub(crate) total: i64,
    pub(crate) note: String,
    pub(crate) result: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) who: i64,
    pub(crate) unit: i64,
    pub(crate) created_ms: i64,
    pub(crate) ended_ms: Option<i64>,
}

/// A job as its worker takes it.
#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct Taken {
    pub(crate) id: i64,
    pub(crate) kind: String,
    pub(crate) args: String,
    pub(crate) checkpoint: Option<String>,
    pub(crate) who: i64,
    pub(crate) unit: i64,
    pub(crate) turn: i64,
    pub(crate) tries: i64,
}

/// Which taking of which job: a worker that lost it no longer fits, and changes nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    pub(crate) job: i64,
    pub(crate) turn: i64,
}

/// What a worker tells about its job.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Progress<'a> {
    pub(crate) done: i64,
    pub(crate) total: i64,
    pub(crate) note: &'a str,
}

pub(crate) async fn add(tx: &mut Tx, id: i64, now: Timestamp, new: &NewJob<'_>) -> Result<()> {
    let after = new.after.unwrap_or(now).as_millisecond();
    let job = serde_json::to_string(&new.args)?;
    tx.run(ADD, args![id, new.kind, job, new.who, new.unit, now.as_millisecond(), after]).await.map(|_| ())
}

pub(crate) async fn find(tx: &mut Tx, id: i64) -> Result<Row> {
    tx.one(FIND, args![id]).await
}

pub(crate) async fn list(tx: &mut Tx, whose: Whose, before: i64, limit: i64) -> Result<Vec<Row>> {
    match whose {
        Whose::Account(who) => tx.all(LIST_OF_ACCOUNT, args![before, limit, who]).await,
        Whose::Unit(unit) => tx.all(LIST_OF_UNIT, args![before, limit, unit]).await,
        Whose::Everyone => tx.all(LIST, args![before, limit]).await,
    }
}

pub(crate) async fn cancel(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool> {
    Ok(tx.run(CANCEL, args![id, now.as_millisecond()]).await? == 1)
}

pub(crate) async fn clear(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    tx.run(CLEAR, args![before.as_millisecond()]).await
}

pub(crate) async fn is_due(tx: &mut Tx, now_ms: i64) -> Result<bool> {
    Ok(tx.maybe::<(i32,)>(DUE, args![now_ms]).await?.is_some())
}

/// Begins the next turn of a job that was claimed in this transaction.
pub(crate) async fn start(tx: &mut Tx, id: i64) -> Result<Taken> {
    tx.one(START, args![id]).await
}

pub(crate) async fn renew(tx: &mut Tx, turn: Turn, lease_ms: i64) -> Result<bool> {
    Ok(tx.run(RENEW, args![turn.job, turn.turn, lease_ms]).await? == 1)
}

pub(crate) async fn progress(tx: &mut Tx, turn: Turn, lease_ms: i64, progress: Progress<'_>) -> Result<bool> {
    let Progress { done, total, note } = progress;
    Ok(tx.run(PROGRESS, args![turn.job, turn.turn, lease_ms, done, total, note]).await? == 1)
}

pub(crate) async fn reached(
    tx: &mut Tx,
    turn: Turn,
    lease_ms: i64,
    progress: Progress<'_>,
    checkpoint: String,
) -> Result<bool> {
    let Progress { done, total, note } = progress;
    Ok(tx.run(REACHED, args![turn.job, turn.turn, lease_ms, done, total, note, checkpoint]).await? == 1)
}

/// Lets the job wait to be tried again.
pub(crate) async fn release(tx: &mut Tx, turn: Turn, after_ms: i64) -> Result<()> {
    tx.run(RELEASE, args![turn.job, turn.turn, after_ms]).await.map(|_| ())
}

pub(crate) async fn hand_back(tx: &mut Tx, turn: Turn) -> Result<()> {
    tx.run(HAND_BACK, args![turn.job, turn.turn]).await.map(|_| ())
}

pub(crate) async fn finish(
    tx: &mut Tx,
    turn: Turn,
    state: State,
    result: Option<String>,
    error: Option<String>,
    ended_ms: i64,
) -> Result<()> {
    tx.run(FINISH, args![turn.job, turn.turn, state.as_str(), result, error, ended_ms]).await.map(|_| ())
}
