mod pages;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

use db::{Db, args, testing};
use futures::future::BoxFuture;
use serde_json::json;
use tokio::{sync::watch, time::sleep};
use web::Clock;

use super::*;

const PACE: Pace = Pace {
    look: Duration::from_millis(10),
    lease: Duration::from_mins(1),
    beat: Duration::from_millis(30),
    again: Duration::ZERO,
};
/// One row per step of a job; a step done twice fails.
const STEP: &str = "insert into instance (key, value) values ($1, '')";
const STEPS: &str = "select count(*) from instance where key >= 'step' and key < 'steq'";

/// A clock that stands until it is moved.
#[derive(Clone)]
struct Hand(Arc<AtomicI64>);

impl Hand {
    fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_780_000_000_000)))
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }

    fn clock(&self) -> Clock {
        let hand = self.clone();
        Arc::new(move || hand.now())
    }

    fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

/// Ten steps, each committed with its checkpoint; hangs before the step that it is told to, as long as it is told to.
struct Ten {
    hangs_at: i64,
    hanging: Arc<AtomicBool>,
}

impl Ten {
    fn hanging_at(step: i64) -> (Arc<Self>, Arc<AtomicBool>) {
        let hanging = Arc::new(AtomicBool::new(true));
        (Arc::new(Self { hangs_at: step, hanging: hanging.clone() }), hanging)
    }
}

impl Work for Ten {
    fn run<'a>(&'a self, job: &'a mut JobContext) -> BoxFuture<'a, Ending> {
        Box::pin(async move {
            let from: i64 = job.checkpoint()?;
            for step in from..10 {
                while step == self.hangs_at && self.hanging.load(Ordering::SeqCst) {
                    sleep(Duration::from_millis(5)).await;
                }
                let mut tx = job.db.begin().await?;
                tx.run(STEP, args![format!("step-{}-{step}", job.id)]).await?;
                job.reached(&mut tx, &(step + 1), step + 1, 10, "jobs.test").await?;
                tx.commit().await?;
            }
            Ok(json!({ "from": from }))
        })
    }
}

async fn queue(db: &Db, hand: &Hand, kind: &str) -> i64 {
    static IDS: std::sync::LazyLock<IdMaker> = std::sync::LazyLock::new(|| IdMaker::new(1));
    let mut tx = db.begin().await.unwrap();
    let new = NewJob { kind, args: json!({ "unit": "31" }), who: 12, unit: 31, after: None };
    let id = enqueue(&mut tx, &IDS, hand.now(), new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn look(db: &Db, id: i64) -> Job {
    find(&mut db.read().await.unwrap(), id).await.unwrap()
}

async fn steps(db: &Db) -> i64 {
    db.read().await.unwrap().one::<(i64,)>(STEPS, args![]).await.unwrap().0
}

/// Waits until the job is as it should be.
async fn until_job(db: &Db, id: i64, is: impl Fn(&Job) -> bool) -> Job {
    for _ in 0..2_000 {
        let job = look(db, id).await;
        if is(&job) {
            return job;
        }
        sleep(Duration::from_millis(5)).await;
    }
    panic!("it never came to that: {:?}", look(db, id).await);
}

struct Worker {
    task: tokio::task::JoinHandle<()>,
    stop: watch::Sender<bool>,
}

impl Worker {
    fn start(db: &Db, hand: &Hand, jobs: Jobs) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(work(db.clone(), Arc::new(jobs), hand.clock(), stopped));
        Self { task, stop }
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        self.task.await.unwrap();
    }

    /// What a power cut does: nothing is handed back.
    async fn crash(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}

#[tokio::test]
async fn a_job_goes_on_from_its_checkpoint_when_its_worker_died() {
    for scratch in testing::both().await.unwrap() {
        let (db, hand) = (&scratch.db, Hand::new());
        let (ten, _hanging) = Ten::hanging_at(5);
        let id = queue(db, &hand, "ten").await;
        let waiting = look(db, id).await;
        assert_eq!((waiting.state, waiting.percent(), waiting.unit), (State::Waiting, None, 31));

        let first = Worker::start(db, &hand, Jobs::new().pace(PACE).with("ten", ten));
        let running = until_job(db, id, |job| job.done == 5).await;
        assert_eq!((running.state, running.percent(), running.note.as_str()), (State::Running, Some(50), "jobs.test"));
        first.crash().await;

        // As long as the lease runs, nobody else takes it.
        let (free, hanging) = Ten::hanging_at(5);
        hanging.store(false, Ordering::SeqCst);
        let second = Worker::start(db, &hand, Jobs::new().pace(PACE).with("ten", free));
        sleep(Duration::from_millis(150)).await;
        assert_eq!(look(db, id).await, running);

        hand.forward(61);
        let done = until_job(db, id, |job| job.state == State::Done).await;
        assert_eq!(
            (done.percent(), done.result, done.ended),
            (Some(100), Some(json!({ "from": 5 })), Some(hand.now()))
        );
        assert_eq!(steps(db).await, 10);
        second.stop().await;
    }
}

#[tokio::test]
async fn a_worker_that_was_thought_dead_writes_nothing_more() {
    for scratch in testing::both().await.unwrap() {
        let (db, hand) = (&scratch.db, Hand::new());
        let (ten, hanging) = Ten::hanging_at(5);
        let id = queue(db, &hand, "ten").await;
        // It gives no sign of life, yet it lives.
        let silent = Pace { beat: Duration::from_hours(1), ..PACE };
        let first = Worker::start(db, &hand, Jobs::new().pace(silent).with("ten", ten));
        until_job(db, id, |job| job.done == 5).await;
        hand.forward(61);
        let (other, others_hanging) = Ten::hanging_at(8);
        let second = Worker::start(db, &hand, Jobs::new().pace(PACE).with("ten", other));
        until_job(db, id, |job| job.done == 8).await;
        hanging.store(false, Ordering::SeqCst);
        sleep(Duration::from_millis(150)).await;
        assert_eq!((look(db, id).await.done, steps(db).await), (8, 8));
        others_hanging.store(false, Ordering::SeqCst);
        let done = until_job(db, id, |job| job.state.is_ended()).await;
        assert_eq!((done.state, done.result, steps(db).await), (State::Done, Some(json!({ "from": 5 })), 10));
        first.stop().await;
        second.stop().await;
    }
}

#[tokio::test]
async fn a_stopping_server_hands_its_job_back_at_once() {
    for scratch in testing::both().await.unwrap() {
        let (db, hand) = (&scratch.db, Hand::new());
        let (ten, hanging) = Ten::hanging_at(3);
        let jobs = Jobs::new().pace(PACE).with("ten", ten);
        let id = queue(db, &hand, "ten").await;
        let first = Worker::start(db, &hand, jobs.clone());
        until_job(db, id, |job| job.done == 3).await;
        first.stop().await;
        assert_eq!(look(db, id).await.state, State::Waiting);
        hanging.store(false, Ordering::SeqCst);
        let mut told = Vec::new();
        let done = see_through(db, Arc::new(jobs), hand.clock(), id, |job| told.push(job.state)).await.unwrap();
        assert_eq!((done.state, done.result), (State::Done, Some(json!({ "from": 3 }))));
        assert_eq!(told.last(), Some(&State::Done));
    }
}

#[tokio::test]
async fn a_cancelled_job_stops_whether_it_waits_or_runs() {
    for scratch in testing::both().await.unwrap() {
        let (db, hand) = (&scratch.db, Hand::new());
        let stop = |id| {
            let hand = hand.clone();
            async move {
                let mut tx = db.begin().await.unwrap();
                let cancelled = cancel(&mut tx, id, hand.now()).await;
                tx.commit().await.unwrap();
                cancelled
            }
        };
        let waiting = queue(db, &hand, "ten").await;
        stop(waiting).await.unwrap();
        let running = queue(db, &hand, "ten").await;
        let (ten, hanging) = Ten::hanging_at(4);
        let worker = Worker::start(db, &hand, Jobs::new().pace(PACE).with("ten", ten));
        until_job(db, running, |job| job.done == 4).await;
        stop(running).await.unwrap();
        sleep(Duration::from_millis(150)).await;
        // It was stopped in the middle of its waiting: letting it go on changes nothing.
        hanging.store(false, Ordering::SeqCst);
        sleep(Duration::from_millis(50)).await;
        let job = look(db, running).await;
        assert_eq!((job.state, job.done, job.ended), (State::Cancelled, 4, Some(hand.now())));
        assert_eq!((steps(db).await, look(db, waiting).await.state), (4, State::Cancelled));
        // The worker is free for the next one, and an ended job is not cancelled again.
        let next = queue(db, &hand, "ten").await;
        until_job(db, next, |job| job.state == State::Done).await;
        match stop(next).await {
            Err(Stop::Refused(refused)) => assert_eq!(refused.0[0].to_string(), "jobs.ended state=\"done\""),
            other => panic!("{other:?}"),
        }
        assert!(matches!(stop(7).await, Err(Stop::Missing)));
        worker.stop().await;
    }
}

/// Fails as it is told to; counts how often it was run.
struct Failing(AtomicI64);

impl Work for Failing {
    fn run<'a>(&'a self, job: &'a mut JobContext) -> BoxFuture<'a, Ending> {
        Box::pin(async move {
            let turn = self.0.fetch_add(1, Ordering::SeqCst);
            let how: HashMap<String, String> = job.args()?;
            match how["unit"].as_str() {
                "31" if turn == 0 => Err(Refusal::new("import.no_sheet").with("file", "a.xlsx").at("file").into()),
                "31" if turn == 1 => Err(Stop::Missing.into()),
                "31" if turn < 6 => Err(Stop::fault("reading a disk that is not there").into()),
                "31" if turn < 9 => panic!("it should never come to this"),
                _ => Ok(json!(turn)),
            }
        })
    }
}

#[tokio::test]
async fn a_failure_says_why_and_a_fault_is_tried_again() {
    for scratch in testing::both().await.unwrap() {
        let (db, hand) = (&scratch.db, Hand::new());
        let failing = Arc::new(Failing(AtomicI64::new(0)));
        let worker = Worker::start(db, &hand, Jobs::new().pace(PACE).with("failing", failing.clone()));
        let end = |kind: &'static str| {
            let hand = hand.clone();
            async move {
                let id = queue(db, &hand, kind).await;
                until_job(db, id, |job| job.state.is_ended()).await
            }
        };
        let refused = end("failing").await;
        assert_eq!(refused.state, State::Failed);
        let reason = Reason {
            key: "import.no_sheet".into(),
            args: vec![("file".into(), "a.xlsx".into())],
            field: Some("file".into()),
        };
        assert_eq!(refused.reasons, [reason]);
        assert_eq!(end("failing").await.reasons[0].key, "jobs.missing");
        let fault = end("failing").await;
        assert_eq!((fault.state, fault.reasons[0].key.as_str()), (State::Failed, "jobs.fault"));
        assert_eq!(failing.0.load(Ordering::SeqCst), 6);
        // Three panics, then it works: the worker lived on.
        let done = end("failing").await;
        assert_eq!((done.state, done.result, done.reasons), (State::Done, Some(json!(9)), vec![]));
        assert_eq!(end("unheard-of").await.reasons[0].key, "jobs.unknown_kind");
        worker.stop().await;
    }
}

#[tokio::test]
async fn a_job_that_takes_the_process_down_is_given_up() {
    for scratch in testing::both().await.unwrap() {
        let (db, hand) = (&scratch.db, Hand::new());
        let id = queue(db, &hand, "ten").await;
        for _ in 0..4 {
            let (ten, _hanging) = Ten::hanging_at(0);
            let worker = Worker::start(db, &hand, Jobs::new().pace(PACE).with("ten", ten));
            until_job(db, id, |job| job.state == State::Running).await;
            sleep(Duration::from_millis(60)).await;
            worker.crash().await;
            hand.forward(61);
        }
        let (ten, _hanging) = Ten::hanging_at(0);
        let worker = Worker::start(db, &hand, Jobs::new().pace(PACE).with("ten", ten));
        let failed = until_job(db, id, |job| job.state.is_ended()).await;
        assert_eq!((failed.state, failed.reasons[0].key.as_str()), (State::Failed, "jobs.gave_up"));
        worker.stop().await;
    }
}

/// Notes who was run.
struct Noting(Mutex<HashMap<i64, u32>>);

impl Work for Noting {
    fn run<'a>(&'a self, job: &'a mut JobContext) -> BoxFuture<'a, Ending> {
        Box::pin(async move {
            *self.0.lock().unwrap().entry(job.id).or_default() += 1;
            job.progress(0, 2, "jobs.test").await?;
            sleep(Duration::from_millis(3)).await;
            job.progress(2, 2, "jobs.test").await?;
            Ok(Json::Null)
        })
    }
}

#[tokio::test]
async fn two_workers_never_run_the_same_job() {
    for scratch in testing::both().await.unwrap() {
        let (db, hand) = (&scratch.db, Hand::new());
        let noting = Arc::new(Noting(Mutex::default()));
        let mut ids = Vec::new();
        for _ in 0..30 {
            ids.push(queue(db, &hand, "noting").await);
        }
        let workers: Vec<Worker> =
            (0..4).map(|_| Worker::start(db, &hand, Jobs::new().pace(PACE).with("noting", noting.clone()))).collect();
        for id in &ids {
            until_job(db, *id, |job| job.state == State::Done).await;
        }
        for worker in workers {
            worker.stop().await;
        }
        let run = noting.0.lock().unwrap().clone();
        assert_eq!((run.len(), run.values().all(|&times| times == 1)), (30, true));

        let mut tx = db.begin().await.unwrap();
        let mine = list(&mut tx, Whose::Account(12), i64::MAX, 20).await.unwrap();
        assert_eq!((mine.len(), mine[0].id), (20, ids[29]));
        assert_eq!(list(&mut tx, Whose::Unit(31), mine[19].id, 20).await.unwrap().len(), 10);
        assert_eq!(list(&mut tx, Whose::Unit(32), i64::MAX, 20).await.unwrap(), []);
        assert_eq!(list(&mut tx, Whose::Everyone, i64::MAX, 50).await.unwrap().len(), 30);
        hand.forward(1);
        assert_eq!(clear(&mut tx, hand.now()).await.unwrap(), 30);
    }
}

#[tokio::test]
async fn a_job_for_later_waits_and_a_scheduled_act_outlives_its_failures() {
    let scratch = testing::sqlite().await.unwrap();
    let (db, hand) = (&scratch.db, Hand::new());
    let mut tx = db.begin().await.unwrap();
    let after = Some(hand.now() + jiff::SignedDuration::from_mins(1));
    let new = NewJob { kind: "noting", args: Json::Null, who: 0, unit: 0, after };
    let id = enqueue(&mut tx, &IdMaker::new(1), hand.now(), new).await.unwrap();
    tx.commit().await.unwrap();
    let noting = Arc::new(Noting(Mutex::default()));
    let worker = Worker::start(db, &hand, Jobs::new().pace(PACE).with("noting", noting));
    sleep(Duration::from_millis(100)).await;
    assert_eq!(look(db, id).await.state, State::Waiting);
    hand.forward(60);
    until_job(db, id, |job| job.state == State::Done).await;
    worker.stop().await;

    let (stop, stopped) = watch::channel(false);
    let times = Arc::new(AtomicI64::new(0));
    let counted = times.clone();
    let schedule = tokio::spawn(every("counting", Duration::from_millis(5), stopped, move || {
        let times = counted.clone();
        Box::pin(async move {
            if times.fetch_add(1, Ordering::SeqCst) == 0 { Err(Stop::fault("the first time")) } else { Ok(()) }
        })
    }));
    while times.load(Ordering::SeqCst) < 3 {
        sleep(Duration::from_millis(5)).await;
    }
    stop.send_replace(true);
    schedule.await.unwrap();
}
