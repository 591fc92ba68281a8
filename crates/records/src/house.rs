//! What every act on records works with: the database, the vault, names, and one snapshot of pack and units.

use std::{
    collections::HashSet,
    sync::{Arc, RwLock},
};

use db::{Db, Names, Result};
use kernel::{Day, IdMaker, Label, Refusal};
use pack::{
    Pack,
    facts::{self, Fact},
};
use units::{Tree, Unit};
use vault::Vault;

use crate::{Record, behaviour::Behaviour, value::Directory};

/// The rooms' common ground. One for each server; cheap to share.
pub struct House {
    pub db: Db,
    pub names: Names,
    pub ids: IdMaker,
    pub vault: Arc<Vault>,
    /// Whose records each seat reads.
    pub scopes: crate::lists::Scopes,
    /// Those that the rooms above handed over; a register switches one on by name.
    pub(crate) behaviours: Vec<Arc<dyn Behaviour>>,
    snapshot: RwLock<Views>,
}

/// The snapshot that acts go by, and the one that figures are read by: mostly the same.
#[derive(Clone)]
struct Views {
    acting: Arc<Snapshot>,
    reading: Arc<Snapshot>,
}

/// Pack and units as they are now: immutable, replaced as a whole when their generation changes.
pub struct Snapshot {
    pub pack: Arc<Pack>,
    pub tree: Arc<Tree>,
    pub generation: i64,
    /// The pack before this one, as long as figures that mean something else since are being rebuilt.
    pub before: Option<Before>,
}

/// A pack by which figures are still read. What is saved meanwhile is written down by both.
pub struct Before {
    pub pack: Arc<Pack>,
    /// Its figures that are not those of the pack after it.
    keys: HashSet<String>,
}

impl Before {
    /// None where every figure means the same in both.
    pub fn new(before: Arc<Pack>, after: &Pack) -> Option<Self> {
        let today: HashSet<&str> = after.figure_keys().map(|(_, key)| key).collect();
        let keys: HashSet<String> =
            before.figure_keys().map(|(_, key)| key).filter(|key| !today.contains(key)).map(str::to_owned).collect();
        let all_known = keys.is_empty() && before.figure_keys().count() == today.len();
        (!all_known).then_some(Self { pack: before, keys })
    }
}

impl House {
    pub fn new(db: Db, ids: IdMaker, vault: impl Into<Arc<Vault>>, snapshot: Snapshot) -> Self {
        Self {
            db,
            names: Names::default(),
            ids,
            vault: vault.into(),
            scopes: crate::lists::Scopes::default(),
            behaviours: Vec::new(),
            snapshot: RwLock::new(Views::of(snapshot)),
        }
    }

    /// The same house with these behaviours.
    #[must_use]
    pub fn behaving(self, behaviours: Vec<Arc<dyn Behaviour>>) -> Self {
        Self { behaviours, ..self }
    }

    /// The snapshot of this moment; an act keeps the one it began with.
    pub fn now(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(std::sync::PoisonError::into_inner).acting.clone()
    }

    /// The snapshot that figures, targets and reports are read by: its pack stands until its successor's figures are rebuilt.
    pub fn reading(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(std::sync::PoisonError::into_inner).reading.clone()
    }

    pub fn renew(&self, snapshot: Snapshot) {
        *self.snapshot.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Views::of(snapshot);
    }

    pub async fn read(&self) -> Result<db::Tx> {
        self.db.read().await
    }
}

impl Views {
    fn of(snapshot: Snapshot) -> Self {
        let acting = Arc::new(snapshot);
        let reading = match &acting.before {
            None => acting.clone(),
            Some(before) => Arc::new(Snapshot {
                pack: before.pack.clone(),
                tree: acting.tree.clone(),
                generation: acting.generation,
                before: None,
            }),
        };
        Self { acting, reading }
    }
}

impl Snapshot {
    /// The key under which a figure stands in the ledger.
    pub fn figure_key(&self, name: &str) -> Option<String> {
        self.pack.figure_key(name)
    }

    /// The facts that a record is evidence for, by this pack and, while it is still read, by the one before.
    pub fn evidence(&self, record: &Record) -> Vec<Fact> {
        let by = |pack: &Pack| match pack.register(&record.register) {
            Some(register) if !record.void => facts::facts(pack, register, &record.head(), &record.document, self),
            _ => Vec::new(),
        };
        let mut all = by(&self.pack);
        if let Some(before) = &self.before {
            all.extend(by(&before.pack).into_iter().filter(|fact| before.keys.contains(&fact.figure)));
        }
        all
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
