//! What an act does beyond its record: effects on linked records, records made from rows, copies kept by others. One hop, one transaction.

use db::Result;
use kernel::{Day, Id, Refusal};
use pack::{
    document::RowDoc,
    register::{FieldType, Make, Register, Step},
};
use serde_json::Value as Json;

use super::{New, draft_new, find_step, read};
use crate::{
    fill::Input,
    house::{House, Snapshot},
    record::{By, Record},
    save::{Change, links},
    step::Rules,
    store,
};

/// The records that a link field names, each once.
fn targets(register: &Register, record: &Record, path: &str) -> Vec<Id> {
    let mut ids: Vec<Id> =
        links(register, record).into_iter().filter(|(known, _)| known == path).map(|(_, id)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The records that an effect reaches: those that a link names, or those that name this one.
pub(super) async fn reached(house: &House, register: &Register, record: &Record, on: &str) -> Result<Vec<Id>> {
    let Some((_, field)) = on.strip_prefix("from:").and_then(|path| path.split_once('.')) else {
        return Ok(targets(register, record, on));
    };
    let mut tx = house.read().await?;
    Ok(store::linked_by(&mut tx, record.id, field).await?.into_iter().map(Id).collect())
}

/// What a step does beyond its record: one hop, in the same transaction.
pub(crate) async fn follow(
    house: &House,
    snapshot: &Snapshot,
    by: &By,
    register: &Register,
    step: &Step,
    on: Day,
    changes: &mut Vec<Change>,
) -> Result<()> {
    let Some(cause) = changes.first().map(|change| change.record.clone()) else { return Ok(()) };
    for effect in &step.effects {
        let back = effect.on.strip_prefix("from:").and_then(|path| path.split_once('.'));
        for target in reached(house, register, &cause, &effect.on).await? {
            let (mut linked, privates) = read(house, target).await?;
            let other = snapshot.register(&linked.register)?;
            // Of what links here only that which is still open, and only of the register that is meant.
            if back.is_some_and(|(id, _)| id != other.id || linked.is_finished(other)) {
                continue;
            }
            let taken = find_step(other, &effect.take)?;
            // Both came from an old book with their history: the effect stands already.
            if by.old_book && linked.document.steps.iter().any(|known| known.step == taken.id && known.on == on) {
                continue;
            }
            let rules = Rules {
                pack: &snapshot.pack,
                directory: snapshot,
                register: other,
                privates: &privates,
                today: by.today,
            };
            let mut head = linked.head();
            rules.take(&mut head, &mut linked.document, taken, on, by, Some(cause.id.0)).map_err(|mut refused| {
                refused.push(
                    Refusal::new("step.effect_on").with("title", &linked.title).with("number", linked.reference()),
                );
                refused
            })?;
            linked.state = head.state;
            let (was, act) = (Some(linked.version), format!("{}.{}", other.id, taken.id));
            changes.push(Change {
                was,
                record: linked,
                privates: Vec::new(),
                changed: Vec::new(),
                act,
                on: Some(on),
                batch: None,
            });
        }
    }
    // Out of an old book what is made is of that day too: its units are read as they stood then.
    let by_then = By { today: if by.old_book { on } else { by.today }, ..by.clone() };
    for make in &step.makes {
        let whole = RowDoc::default();
        let rows = make.rows.as_ref().map_or(std::slice::from_ref(&whole), |rows| cause.document.rows(rows));
        let carried = carried(house, register, make, changes).await?;
        for row in rows {
            let new = made(snapshot, register, make, &cause, row);
            // What an old book handed to another body stands in that body's old book, or it is no longer there to take it.
            let late = |new: &New| by.old_book || !snapshot.tree.at(by.today).exists(units::Unit(new.unit));
            if let Some(mut new) = new.filter(|new| make.rows.is_some() || new.unit == cause.unit || !late(new)) {
                new.input.fields.extend(carried.clone());
                let (made, _) = Box::pin(draft_new(house, snapshot, &by_then, &make.register, new)).await?;
                changes.extend(made);
            }
        }
    }
    Ok(())
}

/// Whether a step's records were made and stand.
pub(super) async fn made_any(house: &House, id: Id, step: &Step) -> Result<bool> {
    for make in &step.makes {
        let mut tx = house.read().await?;
        let linking = store::linked_by(&mut tx, id, &make.link).await?;
        let known = store::find_many(&mut tx, &house.names, &linking).await?;
        if known.iter().any(|one| one.register == make.register && !one.void) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The private values that go over into the private fields of what is made.
async fn carried(house: &House, register: &Register, make: &Make, changes: &[Change]) -> Result<Vec<(String, String)>> {
    let private = |from: &str| register.field(from).is_some_and(|field| field.private);
    let wanted: Vec<(&String, &String)> = make.set.iter().filter(|(_, from)| private(from)).collect();
    let Some(cause) = changes.first().filter(|_| !wanted.is_empty()) else { return Ok(Vec::new()) };
    let mut known = match cause.was {
        Some(_) => house.vault.all(&mut house.read().await?, cause.record.id.0).await?,
        None => std::collections::BTreeMap::default(),
    };
    for new in &cause.privates {
        match &new.text {
            Some(text) => known.insert(new.field.clone(), text.clone()),
            None => known.remove(&new.field),
        };
    }
    Ok(wanted.into_iter().filter_map(|(to, from)| Some((to.clone(), known.get(from)?.clone()))).collect())
}

/// The record that a row makes, if its condition holds.
fn made(snapshot: &Snapshot, register: &Register, make: &Make, cause: &Record, row: &RowDoc) -> Option<New> {
    if let Some(when) = make.when.as_ref().and_then(|when| snapshot.pack.expression(when)) {
        let mut values = pack::facts::values(register, &cause.head(), &cause.document, snapshot);
        let mut fields = row.fields.clone();
        for field in
            make.rows.as_ref().and_then(|rows| register.rows(rows)).map(|rows| &rows.fields).into_iter().flatten()
        {
            fields.entry(field.id.clone()).or_insert(Json::Null);
        }
        values.set("row", &Json::Object(fields));
        if !when.holds(&values) {
            return None;
        }
    }
    let mut input = Input::default();
    for (field, from) in &make.set {
        let text = match (from.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')), from.strip_prefix("row.")) {
            (Some(constant), _) => Some(constant.to_owned()),
            (None, Some(path)) => {
                let field = make.rows.as_ref().and_then(|rows| register.any_field(&format!("{rows}.{path}")));
                written(snapshot, field, row.fields.get(path), cause.day)
            }
            (None, None) => written(snapshot, register.field(from), cause.document.fields.get(from), cause.day),
        };
        if let Some(text) = text {
            input.fields.insert(field.clone(), text);
        }
    }
    input.fields.insert(make.link.clone(), cause.id.handle());
    let fields = if make.rows.is_some() { &row.fields } else { &cause.document.fields };
    let book = make.book.as_ref().and_then(|path| fields.get(path)).and_then(Json::as_i64).unwrap_or(cause.unit);
    Some(New { unit: book, input, made: true, ..New::default() })
}

fn written(
    snapshot: &Snapshot,
    field: Option<&pack::register::Field>,
    value: Option<&Json>,
    day: Day,
) -> Option<String> {
    // Words go over by their ids: two registers may call one choice differently. So do units, whose codes are of a day.
    match (field.map(|field| field.kind), value?) {
        (Some(FieldType::Place | FieldType::Body | FieldType::Post), value) => {
            let several = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            let each = several.iter().filter_map(|one| match one {
                Json::String(post) => Some(format!("#{post}")),
                unit => unit.as_i64().map(|unit| format!("#{unit}")),
            });
            Some(each.collect::<Vec<_>>().join("; "))
        }
        (_, Json::String(word)) => Some(word.clone()),
        (_, value) => Some(crate::value::write(&snapshot.pack, snapshot, field?, value, day)),
    }
}

/// Fields that others keep of the first change's record follow it.
pub(super) async fn refresh_copies(house: &House, snapshot: &Snapshot, changes: &mut Vec<Change>) -> Result<()> {
    let Some(source) = changes.first().map(|change| change.record.clone()) else { return Ok(()) };
    for register in snapshot.pack.registers.values() {
        for copy in &register.copies {
            let points_here =
                register.field(&copy.link).and_then(|field| field.register.as_ref()) == Some(&source.register);
            if !points_here {
                continue;
            }
            let mut tx = house.read().await?;
            let linking = store::linked_by(&mut tx, source.id, &copy.link).await?;
            let linked = store::find_many(&mut tx, &house.names, &linking).await?;
            drop(tx);
            for stored in linked.into_iter().filter(|one| one.register == register.id && !one.void) {
                // An effect of this very act may have changed it already: the copy goes on top of that.
                let planned = changes.iter().position(|change| change.record.id == stored.id);
                let mut keeper = planned.map_or(stored, |place| changes[place].record.clone());
                let mut moved = Vec::new();
                for (theirs, ours) in &copy.fields {
                    let (new, old) =
                        (source.document.fields.get(theirs).cloned(), keeper.document.fields.get(ours).cloned());
                    if new != old {
                        match &new {
                            Some(value) => keeper.document.fields.insert(ours.clone(), value.clone()),
                            None => keeper.document.fields.remove(ours),
                        };
                        moved.push(crate::record::Changed {
                            field: ours.clone(),
                            old: old.unwrap_or_default(),
                            new: new.unwrap_or_default(),
                        });
                    }
                }
                if moved.is_empty() {
                    continue;
                }
                if let Some(place) = planned {
                    changes[place].record = keeper;
                    changes[place].changed.extend(moved);
                } else {
                    let (was, act) = (Some(keeper.version), format!("{}.copy", register.id));
                    changes.push(Change {
                        was,
                        record: keeper,
                        privates: Vec::new(),
                        changed: moved,
                        act,
                        on: None,
                        batch: None,
                    });
                }
            }
        }
    }
    Ok(())
}
