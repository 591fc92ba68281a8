//! What every act on records works with: the database, the vault, names, and one snapshot of pack and units.

use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use db::{Db, Names, Result};
use kernel::{Day, IdMaker, Label, Refusal};
use pack::Pack;
use units::{Tree, Unit};
use vault::Vault;

use crate::value::Directory;

/// The rooms' common ground. One for each server; cheap to share.
pub struct House {
    pub db: Db,
    pub names: Names,
    pub ids: IdMaker,
    pub vault: Vault,
    /// Whose records each seat reads.
    pub scopes: crate::lists::Scopes,
    snapshot: RwLock<Arc<Snapshot>>,
}

/// Pack and units as they are now: immutable, replaced as a whole when their generation changes.
pub struct Snapshot {
    pub pack: Arc<Pack>,
    pub tree: Arc<Tree>,
    pub generation: i64,
    /// Figures whose definition changed and that are still being rebuilt: read under the key of the old one.
    pub rebuilding: HashMap<String, String>,
}

impl House {
    pub fn new(db: Db, ids: IdMaker, vault: Vault, snapshot: Snapshot) -> Self {
        Self {
            db,
            names: Names::default(),
            ids,
            vault,
            scopes: crate::lists::Scopes::default(),
            snapshot: RwLock::new(Arc::new(snapshot)),
        }
    }

    /// The snapshot of this moment; an act keeps the one it began with.
    pub fn now(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    pub fn renew(&self, snapshot: Snapshot) {
        *self.snapshot.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(snapshot);
    }

    pub async fn read(&self) -> Result<db::Tx> {
        self.db.read().await
    }
}

impl Snapshot {
    /// The key under which a figure is read now.
    pub fn figure_key(&self, name: &str) -> Option<String> {
        self.rebuilding.get(name).cloned().or_else(|| self.pack.figure_key(name))
    }

    /// The register, or a refusal that names it.
    pub fn register(&self, id: &str) -> std::result::Result<&pack::register::Register, Refusal> {
        self.pack.register(id).ok_or_else(|| {
            Refusal::new("record.unknown_register")
                .with("value", id)
                .with("nearest", pack::expression::nearest(id, self.pack.registers.keys()))
        })
    }
}

impl pack::facts::Ground for Snapshot {
    fn level(&self, unit: i64, day: Day) -> Option<String> {
        let at = self.tree.at(day);
        let kinds = self.tree.kinds();
        at.level(Unit(unit)).or_else(|| at.level(Unit(unit).ground())).map(|level| kinds.level_def(level).id.clone())
    }

    fn kind(&self, unit: i64, day: Day) -> Option<String> {
        let at = self.tree.at(day);
        at.place_kind(Unit(unit)).or_else(|| at.place_kind(Unit(unit).ground())).map(|kind| kind.id.clone())
    }
}

impl Directory for Snapshot {
    fn unit(&self, text: &str, day: Day) -> std::result::Result<i64, Refusal> {
        self.tree.find(text, day).map(|unit| unit.0)
    }

    fn code(&self, unit: i64, day: Day) -> String {
        self.tree.at(day).code(Unit(unit))
    }

    fn name(&self, unit: i64, day: Day) -> String {
        self.tree.at(day).name(Unit(unit))
    }

    fn is_of(&self, unit: i64, kinds: &[String], day: Day) -> bool {
        let at = self.tree.at(day);
        let unit = Unit(unit);
        let body = self
            .tree
            .kinds()
            .in_slot(unit.slot())
            .filter(|_| unit.slot() != 0)
            .map(|kind| self.tree.kinds().bodies[kind].id.clone());
        let place = at.place_kind(unit).map(|kind| kind.id.clone());
        let level = <Self as pack::facts::Ground>::level(self, unit.0, day);
        let what = if at.is_body(unit) { "body" } else { "place" };
        kinds.iter().any(|kind| {
            body.as_ref() == Some(kind) || place.as_ref() == Some(kind) || level.as_ref() == Some(kind) || kind == what
        })
    }

    fn post(&self, text: &str) -> Option<String> {
        let folded = kernel::text::fold(text);
        let posts = &self.tree.kinds().posts;
        posts
            .iter()
            .find(|post| post.id == text || kernel::text::fold(&post.label.vi) == folded)
            .map(|post| post.id.clone())
    }

    fn post_label(&self, post: &str) -> Option<Label> {
        self.tree.kinds().post(post).map(|post| post.label.clone())
    }
}
