//! What a row would do: add a record, change one, nothing, or be refused with its reasons.

use std::collections::{HashMap, HashSet};

use db::{Result, Space, Stop};
use kernel::{Day, Id, Refusal, parse_day};
use pack::{
    document::{Document, Fields},
    register::{Field, FieldType, Register},
};

use super::{
    Terms,
    draft::{Draft, Given, NATIONAL, NATIONAL_CODE},
    fault::Fault,
    mapping::Mappings,
};
use crate::{
    act::{self, New},
    behaviour,
    fill::{self, RowInput},
    house::{House, Snapshot},
    lists::{Asked, Book, Scope},
    record::{By, Record},
    save::Change,
    step::Rules,
    store,
    value::{self, Directory},
};

pub(super) enum Planned {
    Added(Vec<Change>),
    Changed(Vec<Change>),
    Same,
    Rejected(Vec<Fault>),
}

/// All that rows are planned by.
pub(super) struct Planner<'a> {
    pub(super) house: &'a House,
    pub(super) snapshot: &'a Snapshot,
    pub(super) by: &'a By,
    pub(super) register: &'a Register,
    pub(super) terms: &'a Terms,
    pub(super) mappings: &'a Mappings,
}

/// The records that rows of one page name by their handles, and the handles met in the whole file so far.
#[derive(Default)]
pub(super) struct Known {
    records: HashMap<Id, Record>,
    met: HashSet<String>,
}

impl Known {
    /// Reads the records that these rows name.
    pub(super) async fn turn_to(&mut self, house: &House, drafts: &[Draft]) -> Result<()> {
        let handles = drafts.iter().filter_map(|draft| draft.handle.as_deref());
        let ids: Vec<i64> = handles.filter_map(|handle| handle.parse::<Id>().ok()).map(|id| id.0).collect();
        self.records.clear();
        if !ids.is_empty() {
            let mut tx = house.read().await?;
            let found = store::find_many(&mut tx, &house.names, &ids).await?;
            self.records.extend(found.into_iter().map(|record| (record.id, record)));
        }
        Ok(())
    }

    /// A row is planned once; planned again after a conflict, it is no second row.
    pub(super) fn forget(&mut self, draft: &Draft) {
        if let Some(handle) = &draft.handle {
            self.met.remove(handle);
        }
    }
}

impl Planner<'_> {
    pub(super) async fn plan(&self, draft: &Draft, known: &mut Known) -> Result<Planned> {
        match self.weigh(draft, known).await {
            Ok(planned) => Ok(planned),
            Err(stop) => self.rejected(draft, stop),
        }
    }

    /// A refusal, or what else a person can act on, becomes the row's; a fault of the machine ends the import.
    pub(super) fn rejected(&self, draft: &Draft, stop: Stop) -> Result<Planned> {
        let refusals = match stop {
            Stop::Refused(refused) => refused.0,
            Stop::Stale | Stop::Missing => vec![Refusal::new("import.changed_meanwhile")],
            stop @ Stop::Fault(_) => return Err(stop),
        };
        Ok(Planned::Rejected(refusals.into_iter().map(|refusal| self.fault(draft, refusal)).collect()))
    }

    async fn weigh(&self, draft: &Draft, known: &mut Known) -> Result<Planned> {
        if let Some(handle) = &draft.handle
            && !known.met.insert(handle.clone())
        {
            return Err(Refusal::new("import.handle_twice").with("value", handle).at("handle").into());
        }
        if draft.handle.is_none() && draft.key.starts_with(NATIONAL) && !known.met.insert(draft.key.clone()) {
            // The same case stands twice in what was exported there.
            return Ok(Planned::Same);
        }
        let existing = self.existing(draft, known).await?;
        if existing.is_some() && draft.handle.is_none() {
            // The row as it was imported before; what became of the record since stays.
            return Ok(Planned::Same);
        }
        let mut draft = draft.clone();
        self.resolve_links(&mut draft).await?;
        let Some(id) = existing else { return self.add(draft).await };
        let (record, privates) = match known.records.get(&id) {
            Some(record) => {
                let mut tx = self.house.read().await?;
                (record.clone(), self.house.vault.filled(&mut tx, id.0).await?)
            }
            None => act::read(self.house, id).await?,
        };
        self.change(draft, record, privates).await
    }

    /// The record that a row speaks of: named by its handle, here or where it comes from, or by the row itself if it came before.
    async fn existing(&self, draft: &Draft, known: &Known) -> Result<Option<Id>> {
        if let Some(handle) = &draft.handle {
            let id: Id = handle.parse().map_err(|refusal: Refusal| refusal.at("handle"))?;
            if let Some(record) = known.records.get(&id) {
                if record.register == self.register.id {
                    return Ok(Some(id));
                }
                let other = self.snapshot.register(&record.register)?;
                let refusal = Refusal::new("import.of_another_register").with("value", handle);
                return Err(refusal.with("register", &other.label.vi).at("handle").into());
            }
        }
        let mut tx = self.house.read().await?;
        let known = match self.house.names.find(&mut tx, Space::Register, &self.register.id).await? {
            Some(register) => store::by_source(&mut tx, register, &source_key(draft)).await?,
            None => None,
        };
        drop(tx);
        match (known, draft.key.strip_prefix(NATIONAL).filter(|_| draft.handle.is_none())) {
            (None, Some(code)) => self.with_code(code).await,
            (known, _) => Ok(known),
        }
    }

    /// The record that was written here by hand and has this code in the national database.
    async fn with_code(&self, code: &str) -> Result<Option<Id>> {
        let asked = Asked { text: format!("\"{code}\""), ..Asked::all(50) };
        let scope = Scope::operator();
        let Self { house, snapshot, register, .. } = *self;
        let found = Book { house, snapshot, scope: &scope, register, today: self.by.today }.page(&asked).await?;
        let has =
            |record: &&Record| record.document.fields.get(NATIONAL_CODE).and_then(|text| text.as_str()) == Some(code);
        Ok(found.records.iter().filter(|record| !record.void).find(has).map(|record| record.id))
    }

    /// Handles of another instance, in link fields, become those of the records that came from them.
    async fn resolve_links(&self, draft: &mut Draft) -> Result<()> {
        for field in &self.register.fields {
            if let Some(text) = draft.input.fields.get_mut(&field.id) {
                self.resolve(field, text, &field.id).await?;
            }
        }
        for rows in &self.register.rows {
            let inputs = draft.input.rows.get_mut(&rows.id).into_iter().flatten();
            for (place, input) in inputs.enumerate() {
                for field in &rows.fields {
                    if let Some(text) = input.fields.get_mut(&field.id) {
                        self.resolve(field, text, &format!("{}.{place}.{}", rows.id, field.id)).await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn resolve(&self, field: &Field, text: &mut String, at: &str) -> Result<()> {
        if field.kind != FieldType::Link || text.trim().is_empty() {
            return Ok(());
        }
        let mut tx = self.house.read().await?;
        let register = match &field.register {
            Some(register) => self.house.names.find(&mut tx, Space::Register, register).await?,
            None => None,
        };
        let mut handles = Vec::new();
        for typed in text.split([';', '\n']).map(str::trim).filter(|typed| !typed.is_empty()) {
            let id: Id = typed.parse().map_err(|refusal: Refusal| refusal.at(at))?;
            let here = !store::existing(&mut tx, &[id.0]).await?.is_empty();
            let from_there = match register {
                Some(register) if !here => store::by_source(&mut tx, register, &format!("h:{}", id.handle())).await?,
                _ => None,
            };
            if !here && from_there.is_none() {
                return Err(Refusal::new("record.no_such_link").with("value", typed).at(at).into());
            }
            handles.push(from_there.unwrap_or(id).handle());
        }
        *text = handles.join("; ");
        Ok(())
    }

    async fn add(&self, draft: Draft) -> Result<Planned> {
        let unit = draft.unit.clone().map_err(|refusal| refusal.at("unit"))?;
        let Some(unit) = unit else { return Err(Refusal::new("import.no_unit").at("unit").into()) };
        let (steps, day) = (self.steps(&draft, &[])?, self.day(&draft));
        self.may_write(unit, day)?;
        let books = &self.register.books;
        if !books.is_empty() && !self.snapshot.is_of(unit, books, day) {
            let refusal = Refusal::new("import.not_its_book").with("value", self.snapshot.name(unit, day));
            return Err(refusal.with("register", &self.register.label.vi).at("unit").into());
        }
        let from_elsewhere = draft.handle.is_some();
        let new = New {
            unit,
            source_key: Some(source_key(&draft)),
            input: draft.input,
            steps,
            batch: None,
            ..New::default()
        };
        let (mut changes, _) = act::plan_new(self.house, self.snapshot, self.by, &self.register.id, new).await?;
        if from_elsewhere {
            // What its steps made there is a record there, with a handle of its own.
            let own = changes.first().map(|change| change.record.id);
            changes.retain(|change| change.was.is_some() || Some(change.record.id) == own);
        }
        Ok(Planned::Added(changes))
    }

    async fn change(&self, mut draft: Draft, record: Record, privates: Vec<String>) -> Result<Planned> {
        if record.void {
            return Err(Refusal::new("record.is_void").with("number", record.reference()).at("handle").into());
        }
        if !draft.unit_text.is_empty() {
            // As of the record's day, which the row need not say.
            let unit = self.snapshot.unit(&draft.unit_text, record.day).map_err(|refusal| refusal.at("unit"))?;
            if unit != record.unit {
                let own = self.snapshot.name(record.unit, record.day);
                return Err(Refusal::new("import.unit_is_for_life").with("unit", own).at("unit").into());
            }
        }
        self.may_write(record.unit, record.day)?;
        self.match_rows(&mut draft, &record.document, record.day);
        let steps = self.steps(&draft, &record.document.steps)?;
        let mut trial = record.document.clone();
        let (pack, snapshot, register) = (&self.snapshot.pack, self.snapshot, self.register);
        let filled = fill::fill(pack, snapshot, register, &mut trial, &draft.input, record.day)?;
        if filled.changed.is_empty() && filled.privates.is_empty() && steps.is_empty() {
            return Ok(Planned::Same);
        }
        let stood = record.clone();
        let (mut changes, _) =
            act::draft_edit(self.house, snapshot, self.by, record, privates.clone(), Some(stood.version), draft.input)
                .await?;
        if steps.is_empty() && changes.is_empty() {
            return Ok(Planned::Same);
        }
        if changes.is_empty() {
            let (was, act, record) = (Some(stood.version), format!("{}.save", register.id), stood.clone());
            changes.push(Change { was, record, privates: vec![], changed: vec![], act, on: None, batch: None });
        }
        if !steps.is_empty() {
            self.take_steps(&mut changes[0], &privates, &steps)?;
        }
        for (step, on) in &steps {
            let step = act::find_step(register, step)?;
            act::follow(self.house, snapshot, self.by, register, step, *on, &mut changes).await?;
        }
        behaviour::consult(self.house, snapshot, self.by, Some(&stood), &mut changes).await?;
        Ok(Planned::Changed(changes))
    }

    /// Takes steps on top of a planned edit.
    fn take_steps(&self, own: &mut Change, privates: &[String], steps: &[(String, Day)]) -> Result<()> {
        let (pack, register) = (&self.snapshot.pack, self.register);
        let rules = Rules { pack, directory: self.snapshot, register, privates, today: self.by.today };
        let mut head = own.record.head();
        for (step, on) in steps {
            let step = act::find_step(register, step)?;
            rules.take(&mut head, &mut own.record.document, step, *on, self.by, None)?;
            own.act = format!("{}.{}", register.id, step.id);
            own.on = Some(*on);
        }
        own.record.state = head.state;
        Ok(())
    }

    /// Gives child rows the numbers of those that they are: equal ones first, then one after the other.
    fn match_rows(&self, draft: &mut Draft, document: &Document, day: Day) {
        for rows in &self.register.rows {
            let Some(inputs) = draft.input.rows.get_mut(&rows.id) else { continue };
            let mut free: Vec<_> = document.rows(&rows.id).iter().collect();
            let reads = |input: &RowInput| -> Option<Fields> {
                let mut fields = Fields::new();
                for field in &rows.fields {
                    let text = input.fields.get(&field.id)?;
                    let read = value::read(&self.snapshot.pack, self.snapshot, field, text, day).ok()?;
                    fields.extend(read.map(|value| (field.id.clone(), value)));
                }
                Some(fields)
            };
            for input in inputs.iter_mut() {
                let equal = reads(input).and_then(|fields| free.iter().position(|row| row.fields == fields));
                if let Some(place) = equal {
                    input.n = Some(free.remove(place).n);
                }
            }
            if draft.inline.contains(&rows.id) {
                // One row beside the record's own fields says nothing of the record's other rows.
                let kept = free.iter().map(|row| RowInput { n: Some(row.n), fields: indexmap::IndexMap::new() });
                let kept: Vec<RowInput> = kept.collect();
                inputs.splice(0..0, kept);
                inputs.sort_by_key(|input| input.n.unwrap_or(i64::MAX));
                continue;
            }
            let mut free = free.into_iter();
            for input in inputs.iter_mut().filter(|input| input.n.is_none()) {
                input.n = free.next().map(|row| row.n);
            }
        }
    }

    /// The steps that are new, with their days, in the order in which they can be taken.
    fn steps(
        &self,
        draft: &Draft,
        taken: &[pack::document::Taken],
    ) -> std::result::Result<Vec<(String, Day)>, Refusal> {
        let mut left: Vec<(String, Day)> = taken.iter().map(|taken| (taken.step.clone(), taken.on)).collect();
        let mut given: Vec<(String, Day)> = Vec::new();
        for Given { step, text, inferred } in &draft.steps {
            let days = text.split(';').map(str::trim).filter(|day| !day.is_empty());
            for day in days {
                let on = match parse_day(day) {
                    Ok(on) => on,
                    Err(_) if *inferred => continue,
                    Err(refusal) => return Err(refusal.at(format!("step:{step}"))),
                };
                let known = left.iter().position(|(other, day)| other == step && *day == on);
                if let Some(known) = known {
                    left.remove(known);
                } else if !*inferred || (on <= self.by.today && !taken.iter().any(|taken| taken.step == *step)) {
                    given.push((step.clone(), on));
                }
            }
        }
        given.sort_by_key(|(_, on)| *on);
        let start = taken.last().map(|taken| taken.to.clone()).or_else(|| self.register.initial.clone());
        Ok(in_order(self.register, start.unwrap_or_default(), given))
    }

    fn day(&self, draft: &Draft) -> Day {
        let read = |field: &str| draft.input.fields.get(field).and_then(|text| parse_day(text).ok());
        read(&self.register.day).or_else(|| self.register.planned.as_deref().and_then(read)).unwrap_or(self.by.today)
    }

    fn may_write(&self, unit: i64, day: Day) -> std::result::Result<(), Refusal> {
        if self.terms.within.holds(self.snapshot, unit, self.by.today) {
            return Ok(());
        }
        Err(Refusal::new("import.not_your_unit").with("value", self.snapshot.name(unit, day)).at("unit"))
    }
}

/// How a record that came from a row is known again: the handle it had elsewhere, else what the row said.
fn source_key(draft: &Draft) -> String {
    draft.handle.as_ref().map_or_else(|| draft.key.clone(), |handle| format!("h:{handle}"))
}

/// Steps of one day in an order in which each can follow the one before it; `given` is in the order of days.
fn in_order(register: &Register, mut state: String, mut given: Vec<(String, Day)>) -> Vec<(String, Day)> {
    let mut ordered = Vec::with_capacity(given.len());
    while let Some((_, day)) = given.first().cloned() {
        let same_day = given.iter().take_while(|(_, on)| *on == day).count();
        let fits = |(step, _): &(String, Day)| register.step(step).is_some_and(|step| step.from.contains(&state));
        // Where none fits, the first is taken, and refused with the reason.
        let place = given[..same_day].iter().position(fits).unwrap_or(0);
        let next = given.remove(place);
        if let Some(step) = register.step(&next.0) {
            state = step.leads(&state).to_owned();
        }
        ordered.push(next);
    }
    ordered
}
