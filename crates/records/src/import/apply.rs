//! Applying a batch: row by row in transactions of many; what became of each row is kept, so that a restart goes on where it stopped.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use db::{Result, Stop, Tx};
use jobs::{Ending, Halt, JobContext, NewJob, Whose, Work};
use kernel::{Id, civil_day};
use serde::{Deserialize, Serialize};

use super::{
    Batch, PAGE, Report, TRIES, Understood,
    back::{before_text, take_back},
    batch::{open, report, staged_sheets},
    draft::Draft,
    fault::Fault,
    plan::{Known, Planned, Planner},
    store::{self, Touched},
    try_all, understand,
};
use crate::{
    house::House,
    record::By,
    save::{self, Change, Ready},
    store as records,
};

/// The kind of the job that applies or takes back a batch.
pub const JOB: &str = "records.import";
/// So many of a unit's newest jobs are looked at for one that is under way.
const LOOKED_AT: i64 = 50;

#[derive(Serialize, Deserialize)]
struct Args {
    batch: Id,
    #[serde(default)]
    back: bool,
}

/// Queues the job that applies a batch.
pub async fn enqueue(house: &House, by: &By, batch: Id) -> Result<i64> {
    queue(house, by, Args { batch, back: false }).await
}

/// Queues the job that takes a batch back.
pub async fn enqueue_take_back(house: &House, by: &By, batch: Id) -> Result<i64> {
    queue(house, by, Args { batch, back: true }).await
}

/// The job that applies a batch or takes it back, as long as it waits or runs.
pub async fn under_way(house: &House, batch: &Batch) -> Result<Option<i64>> {
    let mut tx = house.read().await?;
    let jobs = jobs::list(&mut tx, Whose::Unit(batch.unit), i64::MAX, LOOKED_AT).await?;
    let of_this = |job: &&jobs::Job| {
        let args = serde_json::from_value::<Args>(job.args.clone());
        job.kind == JOB && !job.state.is_ended() && args.is_ok_and(|args| args.batch == batch.id)
    };
    Ok(jobs.iter().find(of_this).map(|job| job.id))
}

async fn queue(house: &House, by: &By, args: Args) -> Result<i64> {
    let args = serde_json::to_value(args)?;
    house
        .db
        .write(|tx, _| {
            let args = args.clone();
            Box::pin(async move {
                let new = NewJob { kind: JOB, args, who: by.account, unit: by.seat, after: None };
                jobs::enqueue(tx, &house.ids, by.now, new).await
            })
        })
        .await
}

/// The work of the job: `Jobs::new().with(import::JOB, Arc::new(ImportJob::new(house)))`.
pub struct ImportJob {
    house: Arc<House>,
}

impl ImportJob {
    pub fn new(house: Arc<House>) -> Self {
        Self { house }
    }
}

impl Work for ImportJob {
    fn run<'a>(&'a self, job: &'a mut JobContext) -> futures::future::BoxFuture<'a, Ending> {
        Box::pin(async move {
            let Args { batch, back } = job.args()?;
            let now = job.now();
            let by = By { account: job.who, seat: job.unit, now, today: civil_day(now), old_book: true };
            if back {
                let taken = take_back(&self.house, &by, batch).await?;
                return Ok(serde_json::to_value(taken).map_err(Stop::from)?);
            }
            let report = run(&self.house, &by, batch, &mut Keeper::Job(job)).await?;
            Ok(serde_json::to_value(report).map_err(Stop::from)?)
        })
    }
}

/// Who is told how far it is, within the transaction that got there.
enum Keeper<'j> {
    Nobody,
    Job(&'j mut JobContext),
}

impl Keeper<'_> {
    async fn reached(&mut self, tx: &mut Tx, done: usize, total: usize) -> Ending<()> {
        let Keeper::Job(job) = self else { return Ok(()) };
        let (done, total) = (i64::try_from(done).unwrap_or(i64::MAX), i64::try_from(total).unwrap_or(i64::MAX));
        job.reached(tx, &done, done, total, "import.applying").await
    }

    async fn progress(&mut self, done: usize, total: usize, note: &str) -> Ending<()> {
        let Keeper::Job(job) = self else { return Ok(()) };
        job.progress(i64::try_from(done).unwrap_or(i64::MAX), i64::try_from(total).unwrap_or(i64::MAX), note).await
    }
}

/// Applies a batch at once.
pub async fn apply(house: &House, by: &By, batch: Id) -> Result<Report> {
    run(house, by, batch, &mut Keeper::Nobody).await.map_err(|halt| match halt {
        Halt::Failed(stop) => stop,
        Halt::Stopped => Stop::Stale,
    })
}

async fn run(house: &House, by: &By, id: Id, keeper: &mut Keeper<'_>) -> Ending<Report> {
    let by = By { old_book: true, ..by.clone() };
    let mut tx = house.read().await?;
    let kept = open(store::find(&mut tx, id).await?)?;
    drop(tx);
    let snapshot = house.now();
    let sheets = staged_sheets(house, id).await?;
    let understood = understand(&snapshot, &sheets, &kept.terms, by.today).map_err(Stop::from)?;
    if !kept.is_open() {
        return finished(house, id, &understood).await;
    }
    drop(sheets);
    let mut tx = house.read().await?;
    let settled: BTreeSet<i64> = store::settled(&mut tx, id).await?.into_iter().collect();
    drop(tx);
    keeper.progress(settled.len(), understood.drafts.rows.len(), "import.checking").await?;
    if !kept.terms.only_good && settled.is_empty() {
        let report = try_all(house, &snapshot, &by, &kept.terms, &understood).await?;
        if !report.faults.is_empty() {
            refuse(house, id, &report.faults, &understood.drafts.rows).await?;
            return finished(house, id, &understood).await;
        }
    }
    let page = Page {
        house,
        id,
        planner: Planner {
            house,
            snapshot: &snapshot,
            by: &by,
            register: understood.register,
            terms: &kept.terms,
            mappings: &understood.mappings,
        },
        total: understood.drafts.rows.len(),
    };
    let mut known = Known::default();
    let mut done = 0;
    for drafts in understood.drafts.rows.chunks(PAGE) {
        done += drafts.len();
        let left: Vec<Draft> =
            drafts.iter().filter(|draft| !settled.contains(&i64::from(draft.row))).cloned().collect();
        if !left.is_empty() {
            known.turn_to(house, &left).await?;
            page.apply(&left, &mut known, done - left.len(), keeper).await?;
        }
        if !kept.terms.only_good {
            // Someone else changed what was there when all was tried: then it is nothing, after all.
            let mut tx = house.read().await?;
            let faults = report(&mut tx, id).await?.faults;
            drop(tx);
            if !faults.is_empty() {
                take_back(house, &by, id).await?;
                refuse(house, id, &faults, &understood.drafts.rows).await?;
                return finished(house, id, &understood).await;
            }
        }
    }
    let orphans = understood.orphans();
    let mut tx = house.db.begin().await?;
    if !orphans.is_empty() {
        store::add_rows(&mut tx, id, &[(0, "rejected", Some(serde_json::to_string(&orphans).map_err(Stop::from)?))])
            .await?;
    }
    store::set_state(&mut tx, id, "done").await?;
    tx.commit().await?;
    finished(house, id, &understood).await
}

/// Nothing of the batch stands: the faults say why. The good rows are kept as left out, so that all that were read are counted.
async fn refuse(house: &House, id: Id, faults: &[Fault], drafts: &[Draft]) -> Result<()> {
    let mut by_row: BTreeMap<u32, Vec<&Fault>> = BTreeMap::new();
    for fault in faults {
        by_row.entry(fault.row).or_default().push(fault);
    }
    let mut rows = Vec::new();
    for (row, faults) in by_row {
        rows.push((row, "rejected", Some(serde_json::to_string(&faults)?)));
    }
    let wrong: BTreeSet<u32> = rows.iter().map(|(row, ..)| *row).collect();
    rows.extend(drafts.iter().filter(|draft| !wrong.contains(&draft.row)).map(|draft| (draft.row, "left", None)));
    let mut tx = house.db.begin().await?;
    store::add_rows(&mut tx, id, &rows).await?;
    store::set_state(&mut tx, id, "refused").await?;
    tx.commit().await
}

/// The report of a batch that has ended, with what only its sheets tell.
async fn finished(house: &House, id: Id, understood: &Understood<'_>) -> Ending<Report> {
    let mut tx = house.read().await?;
    let state = store::find(&mut tx, id).await?.state;
    let mut found = report(&mut tx, id).await?;
    let all = understood.report();
    found.read = all.read;
    found.skipped = all.skipped;
    found.unknown = all.unknown;
    found.applied = state == "done";
    Ok(found)
}

/// What applies rows by pages.
struct Page<'a> {
    house: &'a House,
    id: Id,
    planner: Planner<'a>,
    total: usize,
}

/// Rows that are planned, to be written together.
#[derive(Default)]
struct Group {
    rows: Vec<(Draft, Vec<Ready>)>,
    settled: Vec<(u32, &'static str, Option<String>)>,
    touches: BTreeSet<i64>,
}

impl Page<'_> {
    async fn apply(&self, drafts: &[Draft], known: &mut Known, before: usize, keeper: &mut Keeper<'_>) -> Ending<()> {
        let mut group = Group::default();
        let mut done = before;
        for draft in drafts {
            let mut planned = self.planner.plan(draft, known).await?;
            if touched(&planned).any(|id| group.touches.contains(&id)) {
                // Planned on what the rows before it are about to change: written first, it is planned again.
                self.write(std::mem::take(&mut group), known, done, keeper).await?;
                known.forget(draft);
                planned = self.planner.plan(draft, known).await?;
            }
            self.put(&mut group, draft, planned).await?;
            done += 1;
        }
        self.write(group, known, done, keeper).await
    }

    async fn put(&self, group: &mut Group, draft: &Draft, planned: Planned) -> Result<()> {
        group.touches.extend(touched(&planned));
        let (state, changes) = match planned {
            Planned::Added(changes) => ("added", changes),
            Planned::Changed(changes) => ("changed", changes),
            Planned::Same => ("same", Vec::new()),
            Planned::Rejected(faults) => {
                group.settled.push((draft.row, "rejected", Some(serde_json::to_string(&faults)?)));
                return Ok(());
            }
        };
        group.settled.push((draft.row, state, None));
        let mut ready = Vec::with_capacity(changes.len());
        for mut change in changes {
            change.batch = Some((self.id.0, i64::from(draft.row)));
            ready.push(save::prepare(self.house, self.planner.snapshot, change).await?);
        }
        if !ready.is_empty() {
            group.rows.push((draft.clone(), ready));
        }
        Ok(())
    }

    /// Writes a group in one transaction with the states of its rows and how far the job is. If it is refused or someone was
    /// faster, row by row, so that only those rows are rejected whose fault it is.
    async fn write(&self, group: Group, known: &mut Known, done: usize, keeper: &mut Keeper<'_>) -> Ending<()> {
        let Group { rows, settled, .. } = group;
        if settled.is_empty() {
            return Ok(());
        }
        let (drafts, ready): (Vec<Draft>, Vec<Vec<Ready>>) = rows.into_iter().unzip();
        let ready: Vec<Ready> = ready.into_iter().flatten().collect();
        match self.commit(&ready, &settled, done, keeper).await {
            Err(Halt::Failed(Stop::Refused(_) | Stop::Stale)) => {}
            ended => return ended,
        }
        let quiet: Vec<_> =
            settled.into_iter().filter(|(row, ..)| !drafts.iter().any(|draft| draft.row == *row)).collect();
        self.commit(&[], &quiet, done, keeper).await?;
        for draft in drafts {
            self.write_one(&draft, known, done, keeper).await?;
        }
        Ok(())
    }

    async fn write_one(&self, draft: &Draft, known: &mut Known, done: usize, keeper: &mut Keeper<'_>) -> Ending<()> {
        let mut last = Stop::Stale;
        for _ in 0..TRIES {
            known.forget(draft);
            known.turn_to(self.house, std::slice::from_ref(draft)).await?;
            let mut group = Group::default();
            let planned = self.planner.plan(draft, known).await?;
            self.put(&mut group, draft, planned).await?;
            let ready: Vec<Ready> = group.rows.into_iter().flat_map(|(_, ready)| ready).collect();
            match self.commit(&ready, &group.settled, done, keeper).await {
                Err(Halt::Failed(Stop::Stale)) => {}
                Err(Halt::Failed(stop @ Stop::Refused(_))) => {
                    last = stop;
                    break;
                }
                ended => return ended,
            }
        }
        let mut group = Group::default();
        let rejected = self.planner.rejected(draft, last)?;
        self.put(&mut group, draft, rejected).await?;
        self.commit(&[], &group.settled, done, keeper).await
    }

    async fn commit(
        &self,
        ready: &[Ready],
        settled: &[(u32, &'static str, Option<String>)],
        done: usize,
        keeper: &mut Keeper<'_>,
    ) -> Ending<()> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.commit_once(ready, settled, done, keeper).await {
                Err(Halt::Failed(stop)) if stop.wants_again() && tries < TRIES => {}
                ended => return ended,
            }
        }
    }

    async fn commit_once(
        &self,
        ready: &[Ready],
        settled: &[(u32, &'static str, Option<String>)],
        done: usize,
        keeper: &mut Keeper<'_>,
    ) -> Ending<()> {
        let (house, by) = (self.house, self.planner.by);
        let mut tx = house.db.begin().await?;
        let changed: Vec<i64> =
            ready.iter().filter(|one| one.change.was.is_some()).map(|one| one.change.record.id.0).collect();
        let before = records::find_many(&mut tx, &house.names, &changed).await?;
        let written = save::write(&mut tx, house, by, ready).await?;
        let mut touched = Vec::with_capacity(written.len());
        for record in written {
            let before = before.iter().find(|before| before.id == record.id).map(before_text).transpose()?;
            touched.push(Touched { record: record.id.0, version: record.version, before });
        }
        store::add_records(&mut tx, self.id, &touched).await?;
        store::add_rows(&mut tx, self.id, settled).await?;
        store::set_state(&mut tx, self.id, "begun").await?;
        keeper.reached(&mut tx, done, self.total).await?;
        Ok(tx.commit().await?)
    }
}

fn touched(planned: &Planned) -> impl Iterator<Item = i64> + '_ {
    let changes: &[Change] = match planned {
        Planned::Added(changes) | Planned::Changed(changes) => changes,
        _ => &[],
    };
    changes.iter().map(|change| change.record.id.0)
}
