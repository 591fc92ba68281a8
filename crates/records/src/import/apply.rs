//! A batch: its sheets lie sealed until it is applied, row by row in transactions of many; what became of each row is kept, so that
//! a restart goes on where it stopped, and the whole can be taken back.

use std::{collections::BTreeSet, sync::Arc};

use db::{Result, Space, Stop, Tx};
use jiff::Timestamp;
use jobs::{Ending, Halt, JobContext, NewJob, Work};
use kernel::{Id, civil_day};
use pack::document::Document;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    PAGE, Report, Sheet, Terms, Understood,
    draft::Draft,
    plan::{Fault, Known, Planned, Planner},
    store::{self, Stored, Touched},
    try_all, understand,
};
use crate::{
    act,
    house::House,
    record::{By, Changed, Record},
    save::{self, Change, Ready},
    store as records,
};

/// The kind of the job that applies or takes back a batch.
pub const JOB: &str = "records.import";
/// Letters of one sealed part.
const PART: usize = 256 << 10;
/// A conflict with another writer is met again so often.
const TRIES: usize = 4;

/// An import that was staged.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub id: Id,
    pub terms: Terms,
    /// `staged`, `done`, `refused`, `taken_back`.
    pub state: String,
    pub account: i64,
    pub unit: i64,
    pub at: Timestamp,
    /// Its sheets are still kept, for the error file.
    pub has_sheets: bool,
}

/// What taking a batch back came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// Records that it had added: void now, their numbers stay taken.
    pub voided: i64,
    /// Records that it had changed: as they were before.
    pub restored: i64,
    /// Changed by someone since, by number: left as they are.
    pub kept: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Args {
    batch: Id,
    #[serde(default)]
    back: bool,
}

/// How a record was before a batch changed it.
#[derive(Serialize, Deserialize)]
struct Before {
    document: Document,
    state: Option<String>,
}

/// Puts sheets aside to be applied: sealed, for a row may hold what is private.
pub async fn stage(house: &House, by: &By, sheets: &[Sheet], terms: &Terms) -> Result<Id> {
    let snapshot = house.now();
    // What cannot be understood is refused before anything is kept.
    let understood = understand(&snapshot, sheets, terms, by.today)?;
    let register = house.names.intern(&house.db, Space::Register, &understood.register.id).await?;
    let parts = cut(&serde_json::to_string(sheets)?);
    let batch = Stored {
        id: house.ids.next(by.now).0,
        register,
        file: terms.file.clone(),
        state: "staged".to_owned(),
        account: by.account,
        unit: by.seat,
        at_ms: by.now.as_millisecond(),
        terms: serde_json::to_string(terms)?,
        parts: i64::try_from(parts.len()).unwrap_or(i64::MAX),
    };
    house
        .db
        .write(|tx, _| {
            let (batch, parts) = (batch.clone(), parts.clone());
            Box::pin(async move {
                store::add(tx, &batch).await?;
                for (number, part) in parts.iter().enumerate() {
                    house.vault.put(tx, batch.id, &format!("part.{number}"), part).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(Id(batch.id))
}

fn cut(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = rest.len().min(PART);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (part, left) = rest.split_at(end);
        parts.push(part.to_owned());
        rest = left;
    }
    parts
}

/// The sheets of a batch as they were handed in.
pub async fn staged_sheets(house: &House, batch: Id) -> Result<Vec<Sheet>> {
    let mut tx = house.read().await?;
    let stored = store::find(&mut tx, batch).await?;
    let mut text = String::new();
    for number in 0..stored.parts {
        let part = house.vault.get(&mut tx, batch.0, &format!("part.{number}")).await?;
        text.push_str(&part.ok_or(Stop::Missing)?);
    }
    if text.is_empty() {
        return Err(Stop::Missing);
    }
    Ok(serde_json::from_str(&text)?)
}

/// A batch, and what it came to so far.
pub async fn batch(house: &House, id: Id) -> Result<(Batch, Report)> {
    let mut tx = house.read().await?;
    let batch = open(store::find(&mut tx, id).await?)?;
    let report = report(&mut tx, id).await?;
    Ok((batch, report))
}

/// The batches of a register before that one, newest first.
pub async fn batches(house: &House, register: &str, before: i64, limit: i64) -> Result<Vec<Batch>> {
    let mut tx = house.read().await?;
    let Some(register) = house.names.find(&mut tx, Space::Register, register).await? else { return Ok(Vec::new()) };
    store::list(&mut tx, register, before, limit).await?.into_iter().map(open).collect()
}

fn open(stored: Stored) -> Result<Batch> {
    Ok(Batch {
        id: Id(stored.id),
        terms: serde_json::from_str(&stored.terms)?,
        state: stored.state,
        account: stored.account,
        unit: stored.unit,
        at: Timestamp::from_millisecond(stored.at_ms).unwrap_or(Timestamp::UNIX_EPOCH),
        has_sheets: stored.parts > 0,
    })
}

/// What the kept states of rows say.
async fn report(tx: &mut Tx, id: Id) -> Result<Report> {
    let mut report = Report::default();
    for (state, count) in store::counts(tx, id).await? {
        match state.as_str() {
            "added" => report.added = count,
            "changed" => report.changed = count,
            "same" => report.same = count,
            _ => report.rejected = count,
        }
        report.read += count;
    }
    for faults in store::refused(tx, id).await? {
        report.faults.extend(serde_json::from_str::<Vec<Fault>>(&faults)?);
    }
    report.faults.sort_by_key(|fault| fault.row);
    Ok(report)
}

/// Queues the job that applies a batch.
pub async fn enqueue(house: &House, by: &By, batch: Id) -> Result<i64> {
    queue(house, by, Args { batch, back: false }).await
}

/// Queues the job that takes a batch back.
pub async fn enqueue_take_back(house: &House, by: &By, batch: Id) -> Result<i64> {
    queue(house, by, Args { batch, back: true }).await
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
    if kept.state != "staged" {
        return finished(house, id, &understood).await;
    }
    drop(sheets);
    let mut tx = house.read().await?;
    let settled: BTreeSet<i64> = store::settled(&mut tx, id).await?.into_iter().collect();
    drop(tx);
    keeper.progress(settled.len(), understood.drafts.drafts.len(), "import.checking").await?;
    if !kept.terms.only_good && settled.is_empty() {
        let report = try_all(house, &snapshot, &by, &kept.terms, &understood).await?;
        if !report.faults.is_empty() {
            refuse(house, id, &report.faults).await?;
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
        total: understood.drafts.drafts.len(),
    };
    let mut known = Known::default();
    let mut done = 0;
    for drafts in understood.drafts.drafts.chunks(PAGE) {
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
                refuse(house, id, &faults).await?;
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

/// Nothing of the batch stands: the faults say why.
async fn refuse(house: &House, id: Id, faults: &[Fault]) -> Result<()> {
    let mut by_row: std::collections::BTreeMap<u32, Vec<&Fault>> = std::collections::BTreeMap::new();
    for fault in faults {
        by_row.entry(fault.row).or_default().push(fault);
    }
    let mut rows = Vec::new();
    for (row, faults) in by_row {
        rows.push((row, "rejected", Some(serde_json::to_string(&faults)?)));
    }
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
    if state == "refused" {
        (found.added, found.changed, found.same) = (0, 0, 0);
    }
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
        let quiet: Vec<_> = settled
            .into_iter()
            .filter(|(row, ..)| !drafts.iter().any(|draft| draft.row == *row))
            .collect();
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

fn before_text(record: &Record) -> Result<String> {
    Ok(serde_json::to_string(&Before { document: record.document.clone(), state: record.state.clone() })?)
}

/// Takes a batch back: what it added is void, what it changed is as before. Numbers stay taken and read "hủy". What someone changed
/// since stays, and is named. Stopped at any point, it goes on from there.
pub async fn take_back(house: &House, by: &By, id: Id) -> Result<TakenBack> {
    let snapshot = house.now();
    let mut taken = TakenBack::default();
    let mut below = i64::MAX;
    let mut stale = 0;
    loop {
        let mut tx = house.read().await?;
        let touched = store::records(&mut tx, id, below, i64::try_from(PAGE).unwrap_or(i64::MAX)).await?;
        let Some(last) = touched.last().map(|one| one.record) else { break };
        let ids: Vec<i64> = touched.iter().map(|one| one.record).collect();
        let found = records::find_many(&mut tx, &house.names, &ids).await?;
        drop(tx);
        let (mut gone, mut ready, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        let (mut voided, mut restored) = (0, 0);
        for (record, one) in found.into_iter().filter_map(|record| {
            let one = touched.iter().find(|one| one.record == record.id.0)?;
            Some((record, one))
        }) {
            if record.version != one.version {
                kept.push(record.reference());
                continue;
            }
            gone.push(one.record);
            let change = match &one.before {
                None => {
                    voided += 1;
                    // The same file may be imported again.
                    act::voided(Record { source_key: None, ..record }, "import")
                }
                Some(before) => {
                    restored += 1;
                    restore(record, serde_json::from_str(before)?)
                }
            };
            ready.push(save::prepare(house, &snapshot, change).await?);
        }
        let (ready, gone) = (&ready, &gone);
        let done = house.db.write(|tx, _| {
            Box::pin(async move {
                save::write(tx, house, by, ready).await?;
                store::drop_records(tx, id, gone).await
            })
        });
        match done.await {
            Ok(()) => {}
            // Someone saved one of them just now: read again, it is his.
            Err(Stop::Stale) if stale < TRIES => {
                stale += 1;
                continue;
            }
            Err(stop) => return Err(stop),
        }
        taken.voided += voided;
        taken.restored += restored;
        taken.kept.extend(kept);
        below = last;
    }
    house.db.write(|tx, _| Box::pin(async move { store::set_state(tx, id, "taken_back").await })).await?;
    Ok(taken)
}

fn restore(record: Record, before: Before) -> Change {
    let act = format!("{}.take_back", record.register);
    let (old, new) = (&record.document.fields, &before.document.fields);
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).filter(|name| old.get(*name) != new.get(*name)).collect();
    let value = |fields: &pack::document::Fields, name: &String| fields.get(name).cloned().unwrap_or_default();
    let mut changed: Vec<Changed> = names
        .into_iter()
        .map(|name| Changed { field: name.clone(), old: value(old, name), new: value(new, name) })
        .collect();
    if record.document.steps != before.document.steps || record.document.rows != before.document.rows {
        let left = |document: &Document| json!({ "rows": document.rows, "steps": document.steps });
        changed.push(Changed {
            field: "document".to_owned(),
            old: left(&record.document),
            new: left(&before.document),
        });
    }
    let was = Some(record.version);
    // Numbers of child rows are never given twice, not even of rows taken back.
    let next_row = record.document.next_row.max(before.document.next_row);
    let document = Document { next_row, ..before.document };
    let record = Record { document, state: before.state, ..record };
    Change { was, record, privates: Vec::new(), changed, act, on: None, batch: None }
}

/// Forgets the sheets of batches from before then: their key is destroyed. The batches stay, and can still be taken back.
pub async fn forget_old(house: &House, before: Timestamp) -> Result<usize> {
    let mut tx = house.read().await?;
    let old = store::old(&mut tx, before.as_millisecond(), 100).await?;
    drop(tx);
    for id in &old {
        let id = *id;
        house
            .db
            .write(|tx, _| {
                Box::pin(async move {
                    house.vault.forget(tx, id.0).await?;
                    store::emptied(tx, id).await
                })
            })
            .await?;
    }
    Ok(old.len())
}
