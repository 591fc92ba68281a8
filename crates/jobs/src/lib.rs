//! Long work that outlives a request and a restart: queued, taken by one worker at a time, shown with its progress, cancelled.

mod api;
mod pages;
mod store;
#[cfg(test)]
mod tests;
mod work;

use db::{Result, Stop, Tx};
use jiff::Timestamp;
use kernel::{IdMaker, Refusal, Refused};
pub use pages::{href, routes};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
pub use work::{Ending, Halt, JobContext, Jobs, Pace, Work, every, see_through, work};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl State {
    const ALL: [State; 5] = [State::Waiting, State::Running, State::Done, State::Failed, State::Cancelled];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Running => "running",
            State::Done => "done",
            State::Failed => "failed",
            State::Cancelled => "cancelled",
        }
    }

    pub fn is_ended(self) -> bool {
        !matches!(self, State::Waiting | State::Running)
    }
}

/// Why a job failed, kept as key and arguments: worded when read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub key: String,
    #[serde(default)]
    pub args: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl From<Refusal> for Reason {
    fn from(refusal: Refusal) -> Self {
        let args = refusal.args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { key: refusal.key.into_owned(), args, field: refusal.field }
    }
}

/// A piece of long work and how far it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub id: i64,
    /// Which [`Work`] does it.
    pub kind: String,
    pub args: Json,
    pub state: State,
    pub done: i64,
    /// 0 as long as nobody knows.
    pub total: i64,
    /// What it is at: a wording's key, or a name.
    pub note: String,
    pub result: Option<Json>,
    pub reasons: Vec<Reason>,
    /// The account that asked for it, and the unit on whose behalf.
    pub who: i64,
    pub unit: i64,
    pub created: Timestamp,
    pub ended: Option<Timestamp>,
}

impl Job {
    /// How much of it is done, where that is known.
    pub fn percent(&self) -> Option<i64> {
        match self.state {
            State::Done => Some(100),
            _ if self.total > 0 => Some((self.done.clamp(0, self.total) * 100) / self.total),
            _ => None,
        }
    }
}

/// A job to be queued.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    pub kind: &'a str,
    pub args: Json,
    pub who: i64,
    pub unit: i64,
    /// Not before then.
    pub after: Option<Timestamp>,
}

/// Whose jobs a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Account(i64),
    Unit(i64),
    Everyone,
}

/// Queues a job; a worker takes it once the transaction is committed.
pub async fn enqueue(tx: &mut Tx, ids: &IdMaker, now: Timestamp, new: NewJob<'_>) -> Result<i64> {
    let id = ids.next(now).0;
    store::add(tx, id, now, &new).await?;
    Ok(id)
}

/// Cancels a job that has not ended. Its worker stops within moments, and writes nothing more.
pub async fn cancel(tx: &mut Tx, id: i64, now: Timestamp) -> Result<()> {
    if store::cancel(tx, id, now).await? {
        return Ok(());
    }
    let job = find(tx, id).await?;
    Err(Refusal::new("jobs.ended").with("state", job.state.as_str()).into())
}

pub async fn find(tx: &mut Tx, id: i64) -> Result<Job> {
    store::find(tx, id).await?.try_into()
}

/// The jobs before that one (`i64::MAX` for the first page), newest first.
pub async fn list(tx: &mut Tx, whose: Whose, before: i64, limit: i64) -> Result<Vec<Job>> {
    store::list(tx, whose, before, limit).await?.into_iter().map(Job::try_from).collect()
}

/// Removes the jobs that ended before then, and says how many.
pub async fn clear(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    store::clear(tx, before).await
}

fn reasons(refused: Refused) -> Vec<Reason> {
    refused.0.into_iter().map(Reason::from).collect()
}

impl TryFrom<store::Row> for Job {
    type Error = Stop;

    fn try_from(row: store::Row) -> Result<Self> {
        let instant = |ms| Timestamp::from_millisecond(ms).map_err(|_| Stop::fault("reading a job's instant"));
        let state = State::ALL.into_iter().find(|state| state.as_str() == row.state);
        Ok(Self {
            id: row.id,
            kind: row.kind,
            args: serde_json::from_str(&row.args)?,
            state: state.ok_or_else(|| Stop::fault(format!("reading a job: no state is called {}", row.state)))?,
            done: row.done,
            total: row.total,
            note: row.note,
            result: row.result.as_deref().map(serde_json::from_str).transpose()?,
            reasons: row.error.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default(),
            who: row.who,
            unit: row.unit,
            created: instant(row.created_ms)?,
            ended: row.ended_ms.map(instant).transpose()?,
        })
    }
}
