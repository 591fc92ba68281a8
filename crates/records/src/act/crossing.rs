//! What an act does beyond its record: effects on linked records, records made from rows, copies kept by others. One hop, one transaction.

use db::Result;
use kernel::{Day, Id, Refusal};
use pack::{
    document::RowDoc,
    register::{Make, Register, Step},
};
use serde_json::Value as Json;

use super::{New, find_step, plan_new, read};
use crate::{
    fill::Input,
    house::{House, Snapshot},
    record::{By, Record},
    save::{Change, links},
    step::Rules,
    store,
};

/// The records that a link field names, each once.
pub(super) fn targets(register: &Register, record: &Record, path: &str) -> Vec<Id> {
    let mut ids: Vec<Id> =
        links(register, record).into_iter().filter(|(known, _)| known == path).map(|(_, id)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
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
        for target in targets(register, &cause, &effect.on) {
            let (mut linked, privates) = read(house, target).await?;
            let other = snapshot.register(&linked.register)?;
            let taken = find_step(other, &effect.take)?;
            // Both came from an old book with their history: the effect stands already.
            if by.old_book && linked.document.steps.iter().any(|known| known.step == taken.id && known.on == on) {
                continue;
            }
            let rules = Rules { pack: &snapshot.pack, directory: snapshot, register: other, privates: &privates };
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
    for make in &step.makes {
        for row in cause.document.rows(&make.rows) {
            if let Some(new) = made(snapshot, register, make, &cause, row) {
                let (made, _) = Box::pin(plan_new(house, snapshot, by, &make.register, new)).await?;
                changes.extend(made);
            }
        }
    }
    Ok(())
}

/// The record that a row makes, if its condition holds.
fn made(snapshot: &Snapshot, register: &Register, make: &Make, cause: &Record, row: &RowDoc) -> Option<New> {
    if let Some(when) = make.when.as_ref().and_then(|when| snapshot.pack.expression(when)) {
        let mut values = pack::facts::values(register, &cause.head(), &cause.document, snapshot);
        let mut fields = row.fields.clone();
        for field in register.rows(&make.rows).map(|rows| &rows.fields).into_iter().flatten() {
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
                written(snapshot, register.any_field(&format!("{}.{path}", make.rows)), row.fields.get(path), cause.day)
            }
            (None, None) => written(snapshot, register.field(from), cause.document.fields.get(from), cause.day),
        };
        if let Some(text) = text {
            input.fields.insert(field.clone(), text);
        }
    }
    input.fields.insert(make.link.clone(), cause.id.handle());
    let book = make.book.as_ref().and_then(|path| row.fields.get(path)).and_then(Json::as_i64).unwrap_or(cause.unit);
    Some(New { unit: book, input, ..New::default() })
}

fn written(
    snapshot: &Snapshot,
    field: Option<&pack::register::Field>,
    value: Option<&Json>,
    day: Day,
) -> Option<String> {
    // Words go over by their ids: two registers may call one choice differently.
    match value? {
        Json::String(word) => Some(word.clone()),
        value => Some(crate::value::write(&snapshot.pack, snapshot, field?, value, day)),
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
            for mut keeper in linked.into_iter().filter(|one| one.register == register.id && !one.void) {
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
                if !moved.is_empty() {
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
