//! Taking a step, and taking the last one back, with all that it does to other records.

use db::{Result, Stop};
use kernel::{Day, Id, Refusal, Refused};
use pack::{
    document::{Document, Fields, RowDoc, Taken},
    register::{FieldType, Keep, Register, Step},
};
use serde_json::{Value as Json, json};

use super::{Done, crossing, find_step, first, follow, reached, read, refresh_copies};
use crate::{
    behaviour,
    fill::{self, Input},
    house::{House, Snapshot},
    record::{By, Changed, Record},
    save::{Change, save},
    step::Rules,
    value::{self, Directory as _},
};

/// Takes a step on a day, with the fields that its form asked for.
pub async fn take(house: &House, by: &By, id: Id, version: i64, step: &str, on: Day, input: Input) -> Result<Done> {
    let snapshot = house.now();
    let (changes, warnings) = plan_step(house, &snapshot, by, id, Some(version), step, on, input).await?;
    let records = save(house, &snapshot, by, changes).await?;
    first(records).map(|record| Done { record, warnings })
}

/// The changes that a step comes to: the record's own, effects on linked records, records it makes.
#[expect(clippy::too_many_arguments, reason = "the act, whole")]
pub async fn plan_step(
    house: &House,
    snapshot: &Snapshot,
    by: &By,
    id: Id,
    version: Option<i64>,
    step: &str,
    on: Day,
    input: Input,
) -> Result<(Vec<Change>, Vec<Refusal>)> {
    let (stood, mut privates) = read(house, id).await?;
    if version.is_some_and(|version| version != stood.version) {
        return Err(Stop::Stale);
    }
    let mut record = stood.clone();
    let register = snapshot.register(&record.register)?;
    let step = find_step(register, step)?;
    let mut input = input;
    if let Some(day) = &step.day {
        input.fields.entry(day.clone()).or_insert_with(|| kernel::show_day(on));
    }
    bodies_of_the_day(snapshot, register, &record, on, &mut input);
    let filled = fill::fill(&snapshot.pack, snapshot, register, &mut record.document, &input, record.day)?;
    privates
        .extend(filled.privates.iter().filter(|private| private.text.is_some()).map(|private| private.field.clone()));
    let mut head = record.head();
    let mut warnings = fill::check(&snapshot.pack, snapshot, register, &head, &mut record.document, &privates)?;
    let rules = Rules { pack: &snapshot.pack, directory: snapshot, register, privates: &privates, today: by.today };
    rules.follow_fields(&head, &mut record.document)?;
    warnings.extend(rules.warnings(&head, &record.document, step));
    rules.take(&mut head, &mut record.document, step, on, by, None)?;
    record.state = head.state;
    let mut changed = filled.changed;
    if let Some(keeps) = &step.keeps {
        keep(register, step, keeps, &stood.document, &mut record.document, &mut changed)?;
    }
    let was = Some(record.version);
    let act = format!("{}.{}", register.id, step.id);
    let mut changes = vec![Change { was, record, privates: filled.privates, changed, act, on: Some(on), batch: None }];
    follow(house, snapshot, by, register, step, on, &mut changes).await?;
    refresh_copies(house, snapshot, &mut changes).await?;
    warnings.extend(behaviour::consult(house, snapshot, by, Some(&stood), &mut changes).await?);
    Ok((changes, warnings))
}

/// Keeps what the step's form overwrites as a row, and empties what was only for it. What stood and is needed anew must have changed.
fn keep(
    register: &Register,
    step: &Step,
    keeps: &Keep,
    stood: &Document,
    document: &mut Document,
    changed: &mut Vec<Changed>,
) -> Result<()> {
    let mut refused = Refused::default();
    for id in keeps.was.values().filter(|id| step.needs.contains(id)) {
        if let Some(field) = register.field(id).filter(|_| stood.fields.get(id) == document.fields.get(id)) {
            let refusal = Refusal::new("step.keeps_unchanged").with("label", &field.label.vi);
            refused.push(refusal.with("step", &step.label.vi).at(id.clone()));
        }
    }
    refused.settle()?;
    let of = |from: &Fields, (to, id): (&String, &String)| Some((to.clone(), from.get(id)?.clone()));
    let was = keeps.was.iter().filter_map(|pair| of(&stood.fields, pair));
    let now = keeps.now.iter().filter_map(|pair| of(&document.fields, pair));
    let fields: Fields = was.chain(now).collect();
    document.next_row += 1;
    let row = RowDoc { n: document.next_row, fields, by: None };
    changed.push(Changed { field: keeps.rows.clone(), old: Json::Null, new: serde_json::to_value(&row)? });
    document.rows.entry(keeps.rows.clone()).or_default().push(row);
    for id in &keeps.clears {
        document.fields.remove(id);
        changed.retain(|one| one.field != *id);
        let old = stood.fields.get(id).cloned();
        changed.extend(old.map(|old| Changed { field: id.clone(), old, new: Json::Null }));
    }
    Ok(())
}

/// The row that a step kept goes, and what stood is there again.
fn unkeep(keeps: &Keep, document: &mut Document) {
    let rows = document.rows.entry(keeps.rows.clone()).or_default();
    let Some(row) = rows.pop() else { return };
    if rows.is_empty() {
        document.rows.shift_remove(&keeps.rows);
    }
    for (to, id) in &keeps.was {
        match row.fields.get(to) {
            Some(value) => document.fields.insert(id.clone(), value.clone()),
            None => document.fields.remove(id),
        };
    }
}

/// A body that a step names is that of the step's day, be the record of before a merger; what the form only shows again stays as it is.
fn bodies_of_the_day(snapshot: &Snapshot, register: &Register, record: &Record, on: Day, input: &mut Input) {
    input.fields.retain(|id, text| {
        let Some(field) = register.field(id).filter(|field| field.kind == FieldType::Body) else { return true };
        let known = record.document.fields.get(id);
        if known.is_some_and(|known| value::write(&snapshot.pack, snapshot, field, known, record.day) == *text) {
            return false;
        }
        let parts: std::result::Result<Vec<i64>, Refusal> =
            text.split(';').map(|part| snapshot.unit(part.trim(), on)).collect();
        if let Ok(units) = parts {
            *text = units.iter().map(|unit| format!("#{unit}")).collect::<Vec<_>>().join("; ");
        }
        true
    });
}

/// Takes back the last step, and what it did to linked records.
pub async fn undo(house: &House, by: &By, id: Id, version: i64) -> Result<Done> {
    let snapshot = house.now();
    let (record, _) = read(house, id).await?;
    if record.version != version {
        return Err(Stop::Stale);
    }
    let register = snapshot.register(&record.register)?;
    let Some(last) = record.document.steps.last().cloned() else {
        return Err(Refusal::new("step.nothing_to_undo").into());
    };
    if last.cause.is_some() {
        return Err(Refusal::new("step.undo_its_cause").into());
    }
    let mut changes = vec![undone(&snapshot, register, record.clone(), by.today)?];
    if let Some(step) = register.step(&last.step) {
        if crossing::made_any(house, id, step).await? {
            return Err(Refusal::new("step.made_records").with("step", &step.label.vi).into());
        }
        for effect in &step.effects {
            for target in reached(house, register, &record, &effect.on).await? {
                let (linked, _) = read(house, target).await?;
                if linked.document.steps.last().is_some_and(|taken| taken.cause == Some(id.0)) {
                    let register = snapshot.register(&linked.register)?;
                    changes.push(undone(&snapshot, register, linked, by.today)?);
                }
            }
        }
    }
    let warnings = behaviour::consult(house, &snapshot, by, Some(&record), &mut changes).await?;
    let records = save(house, &snapshot, by, changes).await?;
    first(records).map(|record| Done { record, warnings })
}

fn undone(snapshot: &Snapshot, register: &Register, mut record: Record, today: Day) -> Result<Change> {
    let gone = record.document.steps.pop();
    if let Some(taken) = &gone
        && let Some(path) = register.step(&taken.step).and_then(|step| step.marks.as_ref())
    {
        record.document.unmark(path, taken.on);
    }
    record.state = record.document.steps.last().map(|taken| taken.to.clone()).or_else(|| register.initial.clone());
    let event = gone.as_ref().map(|taken| format!("step:{}", taken.step)).unwrap_or_default();
    record.document.clocks.retain(|running| register.clock(&running.clock).is_none_or(|clock| clock.starts != event));
    for running in &mut record.document.clocks {
        let stops = register
            .clock(&running.clock)
            .is_some_and(|clock| gone.as_ref().is_some_and(|taken| clock.stops.contains(&taken.step)));
        if stops {
            running.stopped = None;
        }
    }
    if let Some(taken) = &gone {
        let rules = Rules { pack: &snapshot.pack, directory: snapshot, register, privates: &[], today };
        let steps = record.document.steps.clone();
        for running in &mut record.document.clocks {
            let clock = register.clock(&running.clock).filter(|clock| clock.restarts.contains(&taken.step));
            if let Some(clock) = clock {
                // What had stopped it, as long as nothing let it start anew.
                let since = steps.iter().rev().take_while(|known| !clock.restarts.contains(&known.step));
                let stops: Vec<&Taken> = since.filter(|known| clock.stops.contains(&known.step)).collect();
                running.stopped = stops.last().map(|known| known.on);
            }
        }
        if let Some(keeps) = register.step(&taken.step).and_then(|step| step.keeps.as_ref()) {
            unkeep(keeps, &mut record.document);
            rules.follow_fields(&record.head(), &mut record.document)?;
        }
        rules.move_clocks(&record.head(), &mut record.document, &taken.step)?;
    }
    let changed = vec![Changed {
        field: "step".into(),
        old: gone.map_or(Json::Null, |taken| json!({ "step": taken.step, "on": taken.on.to_string() })),
        new: Json::Null,
    }];
    let act = format!("{}.undo", register.id);
    Ok(Change { was: Some(record.version), record, privates: Vec::new(), changed, act, on: None, batch: None })
}
