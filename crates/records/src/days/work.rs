//! The job behind a change of the calendar: open deadlines are reckoned anew in batches, each with an entry that names the change.

use std::{collections::BTreeSet, sync::Arc};

use db::{Result, Stop};
use futures::future::BoxFuture;
use jobs::{Ending, Halt, JobContext, Reason, Work};
use kernel::{Day, Refusal, civil_day, number::grouped, number_day};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Plan, Told, cited};
use crate::{
    By, Changed, House, Record, Snapshot,
    save::{self, Change, Ready},
    store::{self, ChangeRow},
};

/// The kind of the job.
pub const JOB: &str = "calendar";
/// So many records are moved in one transaction.
const BATCH: i64 = 100;

/// Moves what a change of the calendar moves.
pub struct MoveDeadlines {
    pub house: Arc<House>,
}

/// Where the walk stands.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Place {
    after: (i64, i64),
    seen: i64,
    moved: i64,
    settled: i64,
    /// Past, or would be, and left where they stood.
    left: i64,
}

impl Default for Place {
    fn default() -> Self {
        Self { after: (i64::MIN, i64::MIN), seen: 0, moved: 0, settled: 0, left: 0 }
    }
}

impl Work for MoveDeadlines {
    fn run<'a>(&'a self, job: &'a mut JobContext) -> BoxFuture<'a, Ending> {
        Box::pin(self.walk(job))
    }
}

/// What every batch goes by.
struct Round {
    snapshot: Arc<Snapshot>,
    change: ChangeRow,
    plan: Plan,
    days: BTreeSet<Day>,
    told: Told,
    by: By,
}

impl MoveDeadlines {
    async fn walk(&self, job: &mut JobContext) -> Ending {
        let (house, told) = (&self.house, job.args::<Told>()?);
        let mut tx = house.read().await?;
        let change = store::change(&mut tx, told.change).await?;
        let rows = store::days(&mut tx).await?;
        let total = store::count_running(&mut tx).await?;
        drop(tx);
        let snapshot = house.now();
        let plan = Plan::of_change(&rows, &snapshot.pack.holidays, change.id);
        let days = plan.changed();
        let now = job.now();
        let by = By { account: job.who, seat: job.unit, now, today: civil_day(now), old_book: false };
        let round = Round { snapshot, change, plan, days, told, by };
        let mut place: Place = job.checkpoint()?;
        loop {
            match self.batch(job, &round, &mut place, total).await {
                // Where someone saved one of them meanwhile, the batch is read again.
                Ok(true) | Err(Halt::Failed(Stop::Stale)) => {}
                Ok(false) => break,
                Err(halt) => return Err(halt),
            }
        }
        let (moved, settled, left) = (place.moved, place.settled, place.left);
        let told = Refusal::new("days.job_done").with("moved", grouped(moved)).with("settled", grouped(settled));
        let told = Reason::from(told.with("left", grouped(left)));
        Ok(json!({ "moved": moved, "settled": settled, "left": left, "told": told }))
    }

    /// The next records; false once there are none.
    async fn batch(&self, job: &mut JobContext, round: &Round, place: &mut Place, total: i64) -> Ending<bool> {
        let house = &self.house;
        let mut tx = house.read().await?;
        let page = store::running(&mut tx, place.after, BATCH).await?;
        let Some(last) = page.last() else { return Ok(false) };
        let ids: Vec<i64> = page.iter().map(|(_, id)| *id).collect();
        let records = store::find_many(&mut tx, &house.names, &ids).await?;
        drop(tx);
        let mut next = Place { after: *last, seen: place.seen + i64::try_from(page.len()).unwrap_or(0), ..*place };
        let ready = round.ready(house, records, &mut next).await?;
        let mut tx = house.db.begin().await?;
        save::write(&mut tx, house, &round.by, &ready).await?;
        job.reached(&mut tx, &next, next.seen, total.max(next.seen), "").await?;
        tx.commit().await?;
        *place = next;
        Ok(true)
    }
}

impl Round {
    async fn ready(&self, house: &House, records: Vec<Record>, place: &mut Place) -> Result<Vec<Ready>> {
        let mut changes = Vec::new();
        for mut record in records {
            let mut changed = Vec::new();
            for deadline in self.plan.deadlines(&self.snapshot, &record, &self.days, self.by.today) {
                let past = deadline.is_past(self.by.today);
                let key = (record.id.0, deadline.clock.clone());
                if past && !self.told.ticked.contains(&key) {
                    place.left += 1;
                    continue;
                }
                let known = record.document.clocks.iter_mut().find(|running| running.clock == deadline.clock);
                let Some(running) = known else { continue };
                if deadline.moves() {
                    place.moved += 1;
                } else {
                    place.settled += 1;
                }
                running.due = deadline.now.due;
                running.derivation = serde_json::to_value(&deadline.now)?;
                let decision = cited(&self.change.decision, self.change.decided.map(number_day));
                let mut new = json!({ "due": deadline.now.due.to_string(), "decision": decision });
                if past {
                    new["reason"] = self.change.reason.clone().into();
                }
                let field = format!("clock.{}", deadline.clock);
                changed.push(Changed { field, old: json!({ "due": deadline.old.to_string() }), new });
            }
            if !changed.is_empty() {
                let (was, act) = (Some(record.version), format!("{}.calendar", record.register));
                changes.push(Change { was, record, privates: Vec::new(), changed, act, on: None, batch: None });
            }
        }
        save::ready(house, &self.snapshot, changes).await
    }
}
