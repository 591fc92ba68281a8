//! An instance: opened from its place, with its key file, its pack and its units, or made new.

use std::sync::Arc;

use db::{Db, Place, Result, Stop};
use jiff::Timestamp;
use kernel::{IdMaker, Refusal};
use pack::{
    Pack,
    source::{Layer, Source},
};
use records::{
    Before, House, Snapshot,
    behaviour::{Behaviour, Gathers, NextAgenda, Overlap, Renews, Votes},
};
use units::{Kinds, Rows};
use vault::Vault;

use crate::{lay, store};

/// How long a server's node number is held without a sign of life.
pub(crate) const LEASE_MS: i64 = 120_000;

pub struct Instance {
    pub house: Arc<House>,
    pub node: u8,
}

/// Opens an instance that was made before.
pub async fn open(place: Place, now: Timestamp) -> Result<Instance> {
    if !Vault::file(&place.data).exists() {
        return Err(Refusal::new("instance.none_here").with("dir", place.data.display()).into());
    }
    let vault = Vault::open(&place.data)?;
    let db = Db::open(place).await?;
    let mut tx = db.begin().await?;
    vault.bind(&mut tx).await?;
    let node = store::lease_node(&mut tx, now.as_millisecond(), now.as_millisecond() + LEASE_MS).await?;
    tx.commit().await?;
    let snapshot = load(&db).await?;
    Ok(Instance { house: Arc::new(house(db, node, vault, snapshot)), node })
}

/// Makes an instance: key file, schema, the pack's units or those of a file.
pub async fn init(place: Place, units_file: Option<&std::path::Path>, now: Timestamp) -> Result<Instance> {
    std::fs::create_dir_all(&place.data)?;
    if Vault::file(&place.data).exists() {
        return Err(Refusal::new("instance.here_already").with("dir", place.data.display()).into());
    }
    let db = Db::open(place.clone()).await?;
    let vault = Vault::create(&place.data)?;
    let pack = base()?;
    let kinds = kinds(&pack)?;
    let mut tx = db.begin().await?;
    vault.bind(&mut tx).await?;
    match units_file {
        None => {
            let text = |path: &str| pack.source.text(path).unwrap_or_default();
            let rows = Rows::read(text("units/places.csv"), text("units/successions.csv"))?;
            units::store::fill(&mut tx, &rows, &kinds).await?;
        }
        Some(file) => {
            let text = std::fs::read_to_string(file)
                .map_err(|_| Refusal::new("instance.no_such_file").with("file", file.display()))?;
            units::store::import(&mut tx, &text, &kinds, kernel::civil_day(now)).await?;
        }
    }
    store::raise_generation(&mut tx).await?;
    let node = store::lease_node(&mut tx, now.as_millisecond(), now.as_millisecond() + LEASE_MS).await?;
    tx.commit().await?;
    let snapshot = load(&db).await?;
    Ok(Instance { house: Arc::new(house(db, node, vault, snapshot)), node })
}

/// The house with every behaviour that a register may switch on.
fn house(db: Db, node: u8, vault: Vault, snapshot: Snapshot) -> House {
    House::new(db, IdMaker::new(node), vault, snapshot).behaving(behaviours())
}

/// What the rooms hand over: one for each name in [`pack::register::BEHAVIOURS`].
pub fn behaviours() -> Vec<Arc<dyn Behaviour>> {
    vec![
        Arc::new(NextAgenda),
        Arc::new(Overlap),
        Arc::new(figures::Cascade),
        Arc::new(figures::Scoring),
        Arc::new(submissions::Classify),
        Arc::new(submissions::Route),
        Arc::new(submissions::Repeats),
        Arc::new(reports::Directions),
        Arc::new(Votes),
        Arc::new(Gathers),
        Arc::new(Renews),
    ]
}

/// The pack inside the binary; tests prove that it reads.
pub fn base() -> Result<Pack> {
    Pack::base().map_err(|faults| Stop::fault(format!("the base pack has {} faults", faults.len())))
}

fn kinds(pack: &Pack) -> Result<Arc<Kinds>> {
    let text = pack.source.text("kinds.toml").unwrap_or_default();
    Kinds::parse(text).map(Arc::new).map_err(|faults| {
        let first = faults.first().map(|fault| fault.wrong.clone()).unwrap_or_default();
        Refusal::new("pack.kinds_unreadable").with("reason", first).into()
    })
}

/// The base pack with what was laid upon it.
fn read(layers: Vec<Layer>) -> Result<Pack> {
    Pack::read(layers.into_iter().fold(Source::base(), Source::with)).map_err(|faults| {
        let first =
            faults.first().map(|fault| format!("{}:{} {}", fault.file, fault.line, fault.refusal)).unwrap_or_default();
        Stop::fault(format!("reading the laid pack: {first}"))
    })
}

/// Pack and units as they stand in the database.
pub async fn load(db: &Db) -> Result<Snapshot> {
    let mut tx = db.read().await?;
    let generation = store::generation(&mut tx).await?;
    let mut pack = read(store::layers(&mut tx).await?)?;
    records::days::lay(&mut tx, &mut pack).await?;
    let before = match lay::Rebuilding::read(&mut tx).await? {
        Some(rebuilding) => {
            let mut before = read(rebuilding.layers)?;
            records::days::lay(&mut tx, &mut before).await?;
            Before::new(Arc::new(before), &pack)
        }
        None => None,
    };
    let kinds = kinds(&pack)?;
    let tree = units::store::load(&mut tx, &kinds).await?;
    Ok(Snapshot { pack: Arc::new(pack), tree: Arc::new(tree), generation, before })
}

/// Loads the snapshot again when another server or command raised the generation.
pub async fn refresh(house: &House) -> Result<bool> {
    let mut tx = house.read().await?;
    let generation = store::generation(&mut tx).await?;
    drop(tx);
    if generation == house.now().generation {
        return Ok(false);
    }
    house.renew(load(&house.db).await?);
    Ok(true)
}
