//! Laying a pack over the base: checked against what records use; a job rebuilds the figures that changed, and readers keep the old
//! pack until it is done.

use std::sync::Arc;

use db::{Result, Stop, Tx};
use futures::future::BoxFuture;
use jiff::Timestamp;
use jobs::{Ending, JobContext, NewJob, Work};
use kernel::Refused;
use pack::{
    Fault, Pack,
    change::{changed_figures, narrowing},
    source::{Layer, Source},
};
use records::House;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::{instance, store};

/// The kind of the job.
pub const JOB: &str = "rebuild";

/// What laying a pack came to.
pub struct Laid {
    /// The figures that mean something else now.
    pub changed: Vec<String>,
    /// The job that rebuilds them.
    pub job: Option<i64>,
}

/// Puts an overlay into the database; its own faults come back with their lines, and what records would lose is refused.
pub async fn lay(house: &House, layer: Layer, now: Timestamp) -> Result<std::result::Result<Laid, Vec<Fault>>> {
    let old = house.now();
    let (new, faults) = Pack::read_with_faults(Source::base().with(layer.clone()));
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let mut refused = Refused::default();
    for loss in narrowing(&old.pack, &new) {
        let used = records::uses::of(house, &loss).await?;
        if used > 0 {
            refused.push(loss.refusal().with("used", used));
        }
    }
    refused.settle().map_err(Stop::from)?;
    let changed: Vec<String> = changed_figures(&old.pack, &new).into_iter().map(|one| one.name).collect();
    let mut tx = house.db.begin().await?;
    let job = if changed.is_empty() && old.before.is_none() {
        None
    } else {
        let layers = store::layers(&mut tx).await?;
        Some(begin(&mut tx, house, layers, now).await?)
    };
    store::set(&mut tx, store::OVERLAY, &serde_json::to_string(&[&layer])?).await?;
    store::set(&mut tx, store::FIGURES, &new.figures_hash()).await?;
    store::raise_generation(&mut tx).await?;
    let body = json!({ "files": layer.files.keys().collect::<Vec<_>>(), "changed_figures": changed });
    let about = timeline::Kind::Pack.of(0);
    let entry = timeline::Entry { about, act: "pack.lay", who: 0, seat: 0, at: now, on: None, body, cause: None };
    timeline::record(&mut tx, &house.ids, entry).await?;
    tx.commit().await?;
    house.renew(instance::load(&house.db).await?);
    Ok(Ok(Laid { changed, job }))
}

/// What stands in the database as long as figures are still read by the pack before.
#[derive(Serialize, Deserialize)]
pub(crate) struct Rebuilding {
    /// What lay upon the base pack before.
    pub(crate) layers: Vec<Layer>,
    /// The job that rebuilds.
    pub(crate) job: i64,
}

impl Rebuilding {
    pub(crate) async fn read(tx: &mut Tx) -> Result<Option<Self>> {
        Ok(store::setting(tx, store::REBUILDING).await?.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    async fn keep(&self, tx: &mut Tx) -> Result<()> {
        store::set(tx, store::REBUILDING, &serde_json::to_string(self)?).await
    }
}

/// Queues the rebuilding, in the transaction that lays the pack. `layers` lay there before; one still at work gives way, and readers keep
/// the pack that they had.
pub(crate) async fn begin(tx: &mut Tx, house: &House, layers: Vec<Layer>, now: Timestamp) -> Result<i64> {
    let new = NewJob { kind: JOB, args: Json::Null, who: 0, unit: 0, after: None };
    let job = jobs::enqueue(tx, &house.ids, now, new).await?;
    let layers = match Rebuilding::read(tx).await? {
        Some(before) => {
            stop(tx, before.job, now).await?;
            before.layers
        }
        None => layers,
    };
    Rebuilding { layers, job }.keep(tx).await?;
    Ok(job)
}

async fn stop(tx: &mut Tx, job: i64, now: Timestamp) -> Result<()> {
    match jobs::find(tx, job).await {
        Ok(known) if !known.state.is_ended() => jobs::cancel(tx, job, now).await,
        Ok(_) | Err(Stop::Missing) => Ok(()),
        Err(stop) => Err(stop),
    }
}

/// Sees to it that someone works on what is to be rebuilt: a job that failed, or was cancelled, is followed by another.
pub async fn look_after(house: &House, now: Timestamp) -> Result<()> {
    let mut tx = house.db.begin().await?;
    let Some(rebuilding) = Rebuilding::read(&mut tx).await? else { return Ok(()) };
    let ended = match jobs::find(&mut tx, rebuilding.job).await {
        Ok(job) => job.state.is_ended(),
        Err(Stop::Missing) => true,
        Err(stop) => return Err(stop),
    };
    if ended {
        begin(&mut tx, house, rebuilding.layers, now).await?;
    }
    tx.commit().await
}

/// A program whose own pack counts otherwise than the one that wrote the ledger has it rebuilt: asked once, when a server starts.
pub async fn see_to_upgrade(house: &House, now: Timestamp) -> Result<()> {
    let mut tx = house.db.begin().await?;
    let figures = house.now().pack.figures_hash();
    let written = store::setting(&mut tx, store::FIGURES).await?;
    if written.as_ref() == Some(&figures) {
        return Ok(());
    }
    if written.is_some() {
        let layers = store::layers(&mut tx).await?;
        begin(&mut tx, house, layers, now).await?;
        store::raise_generation(&mut tx).await?;
    }
    store::set(&mut tx, store::FIGURES, &figures).await?;
    tx.commit().await
}

/// Walks every record twice: first its evidence is written by both packs, then readers change over, then what only the old pack said goes.
pub struct Rebuild {
    pub house: Arc<House>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Pass {
    #[default]
    Writing,
    Clearing,
}

/// Where a walk stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Place {
    pass: Pass,
    /// The register at hand; those before it in order of id are done.
    register: String,
    after: i64,
    seen: i64,
    rebuilt: figures::rebuild::Rebuilt,
}

impl Work for Rebuild {
    fn run<'a>(&'a self, job: &'a mut JobContext) -> BoxFuture<'a, Ending> {
        Box::pin(async move {
            let house = &self.house;
            instance::refresh(house).await?;
            let mut place: Place = job.checkpoint()?;
            let total = 2 * self.total().await?;
            if place.pass == Pass::Writing {
                self.walk(job, &mut place, total).await?;
                let mut tx = house.db.begin().await?;
                // One that was cancelled in favour of another changes nothing over.
                place = Place { pass: Pass::Clearing, register: String::new(), after: 0, ..place };
                job.reached(&mut tx, &place, place.seen, total, "").await?;
                store::unset(&mut tx, store::REBUILDING).await?;
                store::raise_generation(&mut tx).await?;
                tx.commit().await?;
                instance::refresh(house).await?;
            }
            self.walk(job, &mut place, total).await?;
            Ok(json!(place.rebuilt))
        })
    }
}

impl Rebuild {
    async fn total(&self) -> Result<i64> {
        let (house, snapshot) = (&self.house, self.house.now());
        let mut tx = house.read().await?;
        let mut total = 0;
        for register in snapshot.pack.registers.keys() {
            if let Some(id) = house.names.find(&mut tx, db::Space::Register, register).await? {
                total += records::store::count_of_register(&mut tx, id).await?;
            }
        }
        Ok(total)
    }

    async fn walk(&self, job: &mut JobContext, place: &mut Place, total: i64) -> Ending<()> {
        let snapshot = self.house.now();
        let mut registers: Vec<&String> = snapshot.pack.registers.keys().collect();
        registers.sort_unstable();
        let begun = place.register.clone();
        registers.retain(|id| **id >= begun);
        for register in registers {
            let mut after = if *register == begun { place.after } else { 0 };
            loop {
                let before = place.rebuilt.records;
                let last = figures::rebuild::batch(&self.house, &snapshot, register, after, &mut place.rebuilt).await?;
                let Some(last) = last else { break };
                after = last;
                place.seen += place.rebuilt.records - before;
                (place.register, place.after) = (register.clone(), after);
                let mut tx = self.house.db.begin().await?;
                job.reached(&mut tx, place, place.seen, total, register).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }
}
