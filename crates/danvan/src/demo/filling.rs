//! How the demo writes: registers filled in batches, as from an old book, with units as they stood on a day.

use std::sync::Arc;

use db::Result;
use kernel::{Day, day_number, number_day, show_day};
use people::Holder;
use records::{
    By, House, Record, Snapshot,
    act::New,
    fill::{Input, RowInput},
    save,
    value::Directory,
};
use units::Unit;

/// Records are saved so many at a time.
const BATCH: usize = 400;

/// Writes into the demo.
#[derive(Clone, Copy)]
pub(crate) struct Filling<'a> {
    pub(crate) house: &'a Arc<House>,
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) by: &'a By,
}

impl<'a> Filling<'a> {
    /// Saves records, and gives back all that came of them.
    pub(crate) async fn write(&self, register: &str, all: Vec<New>) -> Result<Vec<Record>> {
        let mut saved = Vec::with_capacity(all.len());
        let mut waiting = Vec::new();
        for new in all {
            let (changes, _) = records::act::plan_new(self.house, self.snapshot, self.by, register, new).await?;
            waiting.extend(changes);
            if waiting.len() >= BATCH {
                saved.extend(save::save(self.house, self.snapshot, self.by, std::mem::take(&mut waiting)).await?);
            }
        }
        if !waiting.is_empty() {
            saved.extend(save::save(self.house, self.snapshot, self.by, waiting).await?);
        }
        Ok(saved)
    }

    /// Takes a step of records that were saved before, each on its day.
    pub(crate) async fn step(&self, step: &str, taken: Vec<(&Record, Day, Input)>) -> Result<()> {
        let mut waiting = Vec::new();
        for (record, on, input) in taken {
            let version = Some(record.version);
            let (changes, _) =
                records::act::plan_step(self.house, self.snapshot, self.by, record.id, version, step, on, input)
                    .await?;
            waiting.extend(changes);
        }
        if !waiting.is_empty() {
            save::save(self.house, self.snapshot, self.by, waiting).await?;
        }
        Ok(())
    }

    pub(crate) async fn holders(&self, holders: &[Holder]) -> Result<()> {
        let mut tx = self.house.db.begin().await?;
        people::enter_holders(&mut tx, &self.house.ids, (0, 0), holders, self.by.now).await?;
        tx.commit().await
    }

    pub(crate) fn ground(&self, day: Day) -> Ground<'a> {
        Ground { snapshot: self.snapshot, day }
    }
}

/// The units of a day: found by code or slug, named as they were called then.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    snapshot: &'a Snapshot,
    day: Day,
}

impl Ground<'_> {
    pub(crate) fn find(&self, code: &str) -> Result<Unit> {
        Ok(self.snapshot.tree.find(code, self.day)?)
    }

    /// The places of a level under one, in order of code.
    pub(crate) fn under(&self, place: Unit, level: &str) -> Result<Vec<Unit>> {
        let kinds = self.snapshot.tree.kinds();
        let mut found = self.snapshot.tree.at(self.day).under(place, &kinds.scope(Some(level), &[], None)?);
        found.sort_by_cached_key(|unit| self.code(*unit));
        Ok(found)
    }

    /// Whether the unit surely stood on the day.
    pub(crate) fn has(&self, unit: Unit) -> bool {
        self.snapshot.tree.at(self.day).exists(unit)
    }

    /// The kind of place: `xa`, `phuong`.
    pub(crate) fn kind(&self, place: Unit) -> String {
        let at = self.snapshot.tree.at(self.day);
        at.place_kind(place).map(|kind| kind.id.clone()).unwrap_or_default()
    }

    pub(crate) fn level(&self, place: Unit) -> String {
        let (at, kinds) = (self.snapshot.tree.at(self.day), self.snapshot.tree.kinds());
        at.level(place).map_or_else(|| "commune".to_owned(), |level| kinds.level_def(level).id.clone())
    }

    pub(crate) fn code(&self, unit: Unit) -> String {
        self.snapshot.code(unit.0, self.day)
    }

    pub(crate) fn name(&self, unit: Unit) -> String {
        self.snapshot.name(unit.0, self.day)
    }

    /// The body of a kind at a place: `ubnd`, `dang-uy`.
    pub(crate) fn body(&self, place: Unit, kind: &str) -> Unit {
        let kinds = self.snapshot.tree.kinds();
        let slot = kinds.body_kind(kind).and_then(|kind| kinds.bodies[kind].slot);
        place.body(slot.unwrap_or(0))
    }

    /// The post of a head as a field holds it.
    pub(crate) fn head(&self, place: Unit, post: &str) -> String {
        let body = if post == "bi-thu" { "dang-uy" } else { "ubnd" };
        format!("#{}:{post}", self.body(place, body).0)
    }

    /// An illustrative head of a place, in office for these days.
    pub(crate) fn holder(&self, place: Unit, n: usize, post: &str, (from, to): (Day, Option<Day>)) -> Holder {
        let family = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"];
        let body = self.body(place, if post == "bi-thu" { "dang-uy" } else { "ubnd" });
        let letter = char::from(b'A' + u8::try_from((n + usize::from(body.slot())) % 26).unwrap_or(0));
        let name = format!("{} Văn {letter} (minh họa)", family[(n * 3 + usize::from(body.slot())) % family.len()]);
        Holder { unit: body, post: post.to_owned(), name, from, to }
    }

    /// A record in the book of a body of a place.
    pub(crate) fn book(&self, place: Unit, body: &str, input: Input, steps: &[(&str, Day)]) -> New {
        let steps = steps.iter().map(|(step, on)| ((*step).to_owned(), *on)).collect();
        New { unit: self.body(place, body).0, input, steps, ..New::default() }
    }
}

/// A record's fields.
pub(crate) fn fields<const N: usize>(all: [(&str, String); N]) -> Input {
    all.into_iter().fold(Input::default(), |input, (field, value)| input.set(field, value))
}

/// A child row's fields.
pub(crate) fn row<const N: usize>(all: [(&str, String); N]) -> RowInput {
    let mut row = RowInput::default();
    row.fields.extend(all.into_iter().map(|(field, value)| (field.to_owned(), value)));
    row
}

/// So many days later, the last of them at most.
pub(crate) fn later(day: Day, days: usize, last: Day) -> Day {
    number_day(day_number(day) + i64::try_from(days).unwrap_or(0)).min(last)
}

/// The same, or the Monday after if it falls on a weekend.
pub(crate) fn working(day: Day, days: usize, last: Day) -> Day {
    let on = later(day, days, last);
    let weekday = usize::try_from(on.weekday().to_monday_zero_offset()).unwrap_or(0);
    later(on, if weekday > 4 { 7 - weekday } else { 0 }, last)
}

pub(crate) fn on(day: Day) -> String {
    show_day(day)
}

/// A text of the demo.
pub(crate) fn said(text: &str) -> String {
    text.to_owned()
}
