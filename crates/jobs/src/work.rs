//! The worker: takes jobs, runs them, keeps their lease alive, and lets go of those that were cancelled or lost.

use std::{collections::HashMap, sync::Arc, time::Duration};

use db::{Db, Fault, Result, Stop, Tx, dialect};
use futures::future::BoxFuture;
use jiff::Timestamp;
use kernel::Refusal;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;
use tokio::{
    sync::watch,
    task::{JoinError, JoinSet},
    time::{Instant, MissedTickBehavior, interval, sleep, timeout},
};
use web::Clock;

use crate::{
    Job, Reason, State, find, reasons,
    store::{self, Progress, Taken, Turn},
};

/// What a kind of job does. It may be stopped at any `await`, and run again by another server: whatever it writes it writes in
/// steps, each in one transaction with its checkpoint ([`JobContext::reached`]).
pub trait Work: Send + Sync {
    fn run<'a>(&'a self, job: &'a mut JobContext) -> BoxFuture<'a, Ending>;
}

/// Why a job did not come to its end.
#[derive(Debug)]
pub enum Halt {
    /// It was cancelled, or another worker has it now: leave everything as it stands.
    Stopped,
    /// A refusal ends the job and is shown. After a fault it is tried again, a few times.
    Failed(Stop),
}

impl<E: Into<Stop>> From<E> for Halt {
    fn from(stop: E) -> Self {
        Halt::Failed(stop.into())
    }
}

/// What a run of a job, or a step of it, comes to.
pub type Ending<T = Json> = std::result::Result<T, Halt>;

/// The time between two looks at the queue, how long a worker is believed alive without a sign, and how often it gives one.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    pub look: Duration,
    pub lease: Duration,
    pub beat: Duration,
    /// Before the second try after a fault; twice that before the third.
    pub again: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            look: Duration::from_millis(300),
            lease: Duration::from_mins(1),
            beat: Duration::from_secs(10),
            again: Duration::from_secs(5),
        }
    }
}

/// Tries without getting on, after which a job has failed.
const TRIES: i64 = 4;
/// Progress shown more often than this is not written.
const SHOWN_EVERY: Duration = Duration::from_millis(250);

/// The kinds of work that this server knows.
#[derive(Clone, Default)]
pub struct Jobs {
    works: HashMap<&'static str, Arc<dyn Work>>,
    pace: Pace,
}

impl Jobs {
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn with(mut self, kind: &'static str, work: Arc<dyn Work>) -> Self {
        self.works.insert(kind, work);
        self
    }

    #[must_use]
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }
}

/// What a running job has at hand.
pub struct JobContext {
    pub db: Db,
    pub id: i64,
    pub args: Json,
    /// Where the worker before this one had come.
    pub checkpoint: Option<Json>,
    /// The account that asked for it, and the unit on whose behalf.
    pub who: i64,
    pub unit: i64,
    clock: Clock,
    turn: Turn,
    lease: Duration,
    shown: Option<Instant>,
}

impl JobContext {
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The arguments it was queued with.
    pub fn args<T: DeserializeOwned>(&self) -> Result<T> {
        Ok(serde_json::from_value(self.args.clone())?)
    }

    /// Where to go on; the beginning, if no worker came to a checkpoint.
    pub fn checkpoint<T: DeserializeOwned + Default>(&self) -> Result<T> {
        Ok(self.checkpoint.clone().map(serde_json::from_value).transpose()?.unwrap_or_default())
    }

    /// Shows how far it is, and stops a job that was cancelled. Not while a writing transaction of the job is open.
    pub async fn progress(&mut self, done: i64, total: i64, note: &str) -> Ending<()> {
        if done < total && self.shown.is_some_and(|shown| shown.elapsed() < SHOWN_EVERY) {
            return Ok(());
        }
        self.shown = Some(Instant::now());
        let (turn, lease_ms) = (self.turn, until(self.now(), self.lease));
        let mut tx = self.db.begin().await?;
        let kept = store::progress(&mut tx, turn, lease_ms, Progress { done, total, note }).await?;
        tx.commit().await?;
        if kept { Ok(()) } else { Err(Halt::Stopped) }
    }

    /// The checkpoint of the work done in this transaction: both are committed or neither is. A job that was cancelled or lost is
    /// stopped here, before it can commit; nobody else does the same step.
    pub async fn reached(
        &mut self,
        tx: &mut Tx,
        checkpoint: &impl Serialize,
        done: i64,
        total: i64,
        note: &str,
    ) -> Ending<()> {
        let checkpoint = serde_json::to_string(checkpoint).map_err(Stop::from)?;
        let lease_ms = until(self.now(), self.lease);
        let kept = store::reached(tx, self.turn, lease_ms, Progress { done, total, note }, checkpoint).await?;
        if kept { Ok(()) } else { Err(Halt::Stopped) }
    }
}

fn until(now: Timestamp, lease: Duration) -> i64 {
    now.as_millisecond().saturating_add(i64::try_from(lease.as_millis()).unwrap_or(i64::MAX))
}

/// Takes and runs jobs, one at a time, until `stop` says true; the one at hand is then handed back, to go on from its checkpoint
/// wherever a worker is. Run two or three, so that a long import does not hold up a report.
pub async fn work(db: Db, jobs: Arc<Jobs>, clock: Clock, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        match take(&db, &jobs, &clock).await {
            Ok(Some(taken)) => {
                let id = taken.id;
                if let Err(stop) = run(&db, &jobs, &clock, taken, &mut stop).await {
                    tracing::error!(job = id, error = %stop, source = ?stop, "the end of a job was not written down");
                }
                continue;
            }
            Ok(None) => {}
            Err(stop) => tracing::error!(error = %stop, source = ?stop, "looking for a job"),
        }
        // The pause ends early when the server stops; a sender that is gone is a server that is gone.
        if let Ok(Err(_)) = timeout(jobs.pace.look, stop.changed()).await {
            return;
        }
    }
}

async fn take(db: &Db, jobs: &Jobs, clock: &Clock) -> Result<Option<Taken>> {
    let now_ms = clock().as_millisecond();
    let mut tx = db.read().await?;
    if !store::is_due(&mut tx, now_ms).await? {
        return Ok(None);
    }
    drop(tx);
    let lease_ms = until(clock(), jobs.pace.lease);
    let mut tx = db.begin().await?;
    let Some(id) = dialect::claim_job(&mut tx, now_ms, lease_ms).await? else { return Ok(None) };
    let taken = store::start(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Some(taken))
}

async fn run(db: &Db, jobs: &Jobs, clock: &Clock, taken: Taken, stop: &mut watch::Receiver<bool>) -> Result<()> {
    let turn = Turn { job: taken.id, turn: taken.turn };
    let finish = |end: End| write_end(db, clock, turn, end);
    let Some(work) = jobs.works.get(taken.kind.as_str()).cloned() else {
        return finish(End::failed(Refusal::new("jobs.unknown_kind").with("kind", &taken.kind))).await;
    };
    if taken.tries > TRIES {
        // Whoever took it so often never came to say why: it took the process down.
        return finish(End::failed(Refusal::new("jobs.gave_up").with("tries", TRIES))).await;
    }
    let mut context = JobContext {
        db: db.clone(),
        id: taken.id,
        args: serde_json::from_str(&taken.args)?,
        checkpoint: taken.checkpoint.as_deref().map(serde_json::from_str).transpose()?,
        who: taken.who,
        unit: taken.unit,
        clock: clock.clone(),
        turn,
        lease: jobs.pace.lease,
        shown: None,
    };
    // A task of its own: a panic ends only that, and whoever drops this worker stops it.
    let mut task = JoinSet::new();
    task.spawn(async move { work.run(&mut context).await });
    let mut beat = interval(jobs.pace.beat);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let ended = loop {
        tokio::select! {
            ended = task.join_next() => break ended,
            changed = stop.changed() => if changed.is_err() || *stop.borrow() {
                task.shutdown().await;
                let mut tx = db.begin().await?;
                store::hand_back(&mut tx, turn).await?;
                return tx.commit().await;
            },
            _ = beat.tick() => {
                match renew(db, turn, until(clock(), jobs.pace.lease)).await {
                    Ok(true) => {}
                    Ok(false) => {
                        // Cancelled, ended, or another worker's by now. One that has just ended says so itself.
                        if let Some(ended) = task.try_join_next() {
                            break Some(ended);
                        }
                        task.shutdown().await;
                        return Ok(());
                    }
                    Err(stop) => tracing::warn!(job = turn.job, error = %stop, source = ?stop, "a sign of life was not written down"),
                }
            }
        }
    };
    let end = ended.map_or(End::Stopped, |ended| End::of(ended, &taken, clock, jobs.pace.again));
    finish(end).await
}

/// How a turn ended.
enum End {
    Done(Json),
    Failed(Vec<Reason>),
    Again { after_ms: i64 },
    Stopped,
}

impl End {
    fn failed(refusal: Refusal) -> Self {
        End::Failed(vec![refusal.into()])
    }

    fn of(ended: std::result::Result<Ending, JoinError>, taken: &Taken, clock: &Clock, again: Duration) -> Self {
        let fault = match ended {
            Ok(Ok(result)) => return End::Done(result),
            Ok(Err(Halt::Stopped)) => return End::Stopped,
            Ok(Err(Halt::Failed(Stop::Refused(refused)))) => return End::Failed(reasons(refused)),
            Ok(Err(Halt::Failed(Stop::Missing))) => return End::failed(Refusal::new("jobs.missing")),
            Ok(Err(Halt::Failed(stop))) => stop,
            Err(panic) => Stop::Fault(Fault::from_source("running a job", panic)),
        };
        tracing::error!(job = taken.id, kind = taken.kind.as_str(), tries = taken.tries, error = %fault, source = ?fault, "a job failed");
        if taken.tries < TRIES {
            let tries = u32::try_from(taken.tries).unwrap_or(1);
            End::Again { after_ms: until(clock(), again.saturating_mul(tries)) }
        } else {
            End::failed(Refusal::new("jobs.fault").with("job", kernel::Id(taken.id)))
        }
    }
}

async fn renew(db: &Db, turn: Turn, lease_ms: i64) -> Result<bool> {
    let mut tx = db.begin().await?;
    let kept = store::renew(&mut tx, turn, lease_ms).await?;
    tx.commit().await?;
    Ok(kept)
}

async fn write_end(db: &Db, clock: &Clock, turn: Turn, end: End) -> Result<()> {
    let now_ms = clock().as_millisecond();
    let (state, result, error) = match end {
        End::Done(result) => (State::Done, Some(serde_json::to_string(&result)?), None),
        End::Failed(reasons) => (State::Failed, None, Some(serde_json::to_string(&reasons)?)),
        End::Stopped => (State::Cancelled, None, None),
        End::Again { after_ms } => {
            return db.write(|tx, _| Box::pin(async move { store::release(tx, turn, after_ms).await })).await;
        }
    };
    // Tried again when the database asks for it: an end that is not written down leaves the job to its lease.
    let (result, error) = (&result, &error);
    db.write(|tx, _| {
        Box::pin(async move { store::finish(tx, turn, state, result.clone(), error.clone(), now_ms).await })
    })
    .await
}

/// Works until that job has ended, telling of it now and then: for the shell, where a person waits for it. A server of the same
/// instance may be the one that does it.
pub async fn see_through(db: &Db, jobs: Arc<Jobs>, clock: Clock, id: i64, mut tell: impl FnMut(&Job)) -> Result<Job> {
    let (end, stop) = watch::channel(false);
    let mut worker = JoinSet::new();
    worker.spawn(work(db.clone(), jobs, clock, stop));
    let job = loop {
        let mut tx = db.read().await?;
        let job = find(&mut tx, id).await?;
        drop(tx);
        tell(&job);
        if job.state.is_ended() {
            break job;
        }
        if worker.try_join_next().is_some() {
            // Nobody works any more: waiting on would be waiting for ever.
            return Err(Stop::fault("the worker ended before the job"));
        }
        sleep(Duration::from_millis(100)).await;
    };
    end.send_replace(true);
    worker.join_all().await;
    Ok(job)
}

/// Does something small again and again in this process until `stop` says true, such as sealing the timeline. A failure is
/// logged, and the next time comes all the same.
pub async fn every<F>(name: &'static str, pause: Duration, mut stop: watch::Receiver<bool>, mut act: F)
where
    F: FnMut() -> BoxFuture<'static, Result<()>> + Send,
{
    while !*stop.borrow() {
        if let Err(stop) = act().await {
            tracing::error!(name, error = %stop, source = ?stop, "a scheduled act failed");
        }
        if let Ok(Err(_)) = timeout(pause, stop.changed()).await {
            return;
        }
    }
}
