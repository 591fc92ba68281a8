//! A house for tests: the base pack and the base units on a scratch database.

use std::sync::{Arc, OnceLock};

use db::testing::Scratch;
use kernel::{Day, IdMaker};
use pack::Pack;
use units::{Kinds, Rows, Tree};
use vault::Vault;

use crate::{By, House, Snapshot};

/// The base pack and its units, read once for all tests of a process.
fn base() -> &'static (Arc<Pack>, Arc<Tree>) {
    static BASE: OnceLock<(Arc<Pack>, Arc<Tree>)> = OnceLock::new();
    BASE.get_or_init(|| {
        let pack = Pack::base().unwrap_or_else(|faults| unreachable!("the base pack: {faults:?}"));
        let text = |path: &str| pack.source.text(path).unwrap_or_default();
        let kinds = Kinds::parse(text("kinds.toml")).unwrap_or_else(|faults| unreachable!("kinds: {faults:?}"));
        let rows = Rows::read(text("units/places.csv"), text("units/successions.csv"))
            .unwrap_or_else(|refused| unreachable!("units: {refused}"));
        let tree = Tree::build(&rows, Arc::new(kinds)).unwrap_or_else(|refused| unreachable!("units: {refused}"));
        (Arc::new(pack), Arc::new(tree))
    })
}

/// What the base pack and units come to.
pub fn snapshot() -> Snapshot {
    let (pack, tree) = base();
    Snapshot { pack: pack.clone(), tree: tree.clone(), generation: 1, before: None }
}

/// A house on that database.
pub async fn house(scratch: &Scratch) -> db::Result<House> {
    house_with(scratch, snapshot()).await
}

pub async fn house_with(scratch: &Scratch, snapshot: Snapshot) -> db::Result<House> {
    let db = scratch.db.clone();
    let vault = Vault::create(&db.place().data)?;
    let mut tx = db.begin().await?;
    vault.bind(&mut tx).await?;
    tx.commit().await?;
    Ok(House::new(db, IdMaker::new(0), vault, snapshot))
}

/// A clerk with that seat, on the morning of a day.
pub fn clerk(seat: i64, today: Day) -> By {
    let now = today.at(1, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).map(|at| at.timestamp()).unwrap_or_default();
    By { account: 7, seat, now, today, old_book: false }
}
