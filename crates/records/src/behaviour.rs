//! What text cannot hold: behaviours in code that a register switches on by name. Rooms above implement them, the binary hands the list over.

use std::{pin::Pin, sync::Arc};

use db::Result;
use kernel::{Day, Lang, Refusal};
use pack::register::{Register, Step};
use web::{Desk, Markup};

use crate::{By, House, Record, Snapshot, save::Change, store};

mod agenda;
mod gathers;
mod overlap;
mod renews;
mod votes;

pub use agenda::{NextAgenda, left_open};
pub use gathers::Gathers;
pub use overlap::Overlap;
pub use renews::Renews;
pub use votes::Votes;

/// What a behaviour answers, when it has asked the database.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// What a behaviour works with: the house to read from, the snapshot that the act began with, who acts and when.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub house: &'a House,
    pub snapshot: &'a Snapshot,
    pub by: &'a By,
    pub register: &'a Register,
}

/// A general piece of work that registers share: sealing, votes, scoring, schedules, duplicates. Few. Each hook is left out where it says nothing.
pub trait Behaviour: Send + Sync {
    /// As registers write it under `behaviours`; known to [`pack::register::BEHAVIOURS`].
    fn name(&self) -> &'static str;

    /// What one could do next with this record, and why. Nothing is written before a person takes it up.
    fn propose<'a>(&'a self, _scene: Scene<'a>, _lang: Lang, _record: &'a Record) -> Doing<'a, Vec<Proposal>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// The step that comes next by the rules, where they know it without asking the database: for lists of what waits.
    fn next_step(&self, _snapshot: &Snapshot, _register: &Register, _record: &Record) -> Option<String> {
        None
    }

    /// Whether it wants to know that one sender sent several records: then each keeps a mark of its sender.
    fn marks_senders(&self) -> bool {
        false
    }

    /// Why nobody in the record's own body may open who stands behind it.
    fn bars_identity(&self, _snapshot: &Snapshot, _record: &Record) -> Option<Refusal> {
        None
    }

    /// Before a record is saved: may refuse, set values of the record itself, warn, or add changes of others to the same transaction. `was` is the
    /// record as it stands; none for a new one. A record taken back is `change.record.void`.
    fn before_save<'a>(
        &'a self,
        _scene: Scene<'a>,
        _was: Option<&'a Record>,
        _change: &'a mut Change,
    ) -> Doing<'a, Also> {
        Box::pin(async { Ok(Also::default()) })
    }

    /// What a step brings about beyond its effects: changes of other records in the same transaction. They set off nothing further.
    fn after_step<'a>(&'a self, _scene: Scene<'a>, _record: &'a Record, _step: &'a Step, _on: Day) -> Doing<'a, Also> {
        Box::pin(async { Ok(Also::default()) })
    }

    /// What the register calls for at this desk beside deadlines: on the page of today, and above the register's list.
    fn calls<'a>(&'a self, _scene: Scene<'a>, _desk: &'a Desk) -> Doing<'a, Option<Panel>> {
        Box::pin(async { Ok(None) })
    }

    /// What the record's page shows besides. What this reader may not open is for the behaviour to leave out ([`Scene::seen`]).
    fn panels<'a>(&'a self, _scene: Scene<'a>, _desk: &'a Desk, _record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// Something that could be done next, with its reason and the article it rests on, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The step that it would take; none: the fields are corrected.
    pub step: Option<String>,
    /// The texts that the form would hold, by field, for a person to confirm.
    pub fields: Vec<(String, String)>,
    pub reason: String,
    pub basis: Option<String>,
}

/// What a behaviour adds to an act.
#[derive(Clone, Debug, Default)]
pub struct Also {
    pub warnings: Vec<Refusal>,
    pub changes: Vec<Change>,
}

/// A part of the record's page.
pub struct Panel {
    /// Of the heading, for links within the page: `h-agenda`.
    pub id: String,
    pub title: String,
    pub body: Markup,
    /// Beside the record rather than among its sections.
    pub aside: bool,
}

impl Scene<'_> {
    /// Those of the records that the reader at this desk may open.
    pub async fn seen(&self, desk: &Desk, records: Vec<Record>) -> Result<Vec<Record>> {
        let mut tx = self.house.read().await?;
        crate::pages::seen(desk, &mut tx, records).await
    }
}

impl House {
    /// The behaviours that a register switches on, in its order.
    pub fn behaviours_of<'h>(&'h self, register: &Register) -> Vec<&'h dyn Behaviour> {
        let known = |name: &String| self.behaviours.iter().find(|one| one.name() == name).map(Arc::as_ref);
        register.behaviours.iter().filter_map(known).collect()
    }
}

/// What registers call for at a desk.
pub(crate) async fn calls(
    house: &House,
    snapshot: &Snapshot,
    by: &By,
    desk: &Desk,
    registers: impl Iterator<Item = &Register>,
) -> Result<Vec<Panel>> {
    let mut panels = Vec::new();
    for register in registers {
        let scene = Scene { house, snapshot, by, register };
        for behaviour in house.behaviours_of(register) {
            panels.extend(behaviour.calls(scene, desk).await?);
        }
    }
    Ok(panels)
}

/// What the behaviours of the records concerned say to an act before it is saved. `was` is the first record as it stands.
pub(crate) async fn consult(
    house: &House,
    snapshot: &Snapshot,
    by: &By,
    was: Option<&Record>,
    changes: &mut Vec<Change>,
) -> Result<Vec<Refusal>> {
    let mut warnings = Vec::new();
    let mut further = Vec::new();
    for (place, change) in changes.iter_mut().enumerate() {
        let register = snapshot.register(&change.record.register)?;
        let behaviours = house.behaviours_of(register);
        if behaviours.is_empty() {
            continue;
        }
        let scene = Scene { house, snapshot, by, register };
        let stood = match change.was {
            None => None,
            Some(_) if place == 0 && was.is_some() => was.cloned(),
            Some(_) => Some(store::find(&mut house.read().await?, &house.names, change.record.id).await?),
        };
        for behaviour in &behaviours {
            let also = behaviour.before_save(scene, stood.as_ref(), change).await?;
            warnings.extend(also.warnings);
            further.extend(also.changes);
        }
        let known = stood.map_or(0, |record| record.document.steps.len());
        for taken in change.record.document.steps.iter().skip(known) {
            let Some(step) = register.step(&taken.step) else { continue };
            for behaviour in &behaviours {
                let also = behaviour.after_step(scene, &change.record, step, taken.on).await?;
                warnings.extend(also.warnings);
                further.extend(also.changes);
            }
        }
    }
    changes.extend(further);
    Ok(warnings)
}
