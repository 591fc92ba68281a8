//! How many records use what a new pack would take away.

use db::{Result, Space};
use pack::{change::Loss, register::Field};
use serde_json::Value as Json;

use crate::{House, Record, store};

const PAGE: i64 = 500;

/// The records that would lose something; counted over the whole register, since a narrowing is rare.
pub async fn of(house: &House, loss: &Loss) -> Result<i64> {
    let snapshot = house.now();
    let registers: Vec<&str> = match loss.register() {
        Some(register) => vec![register],
        None => snapshot.pack.registers.keys().map(String::as_str).collect(),
    };
    let mut used = 0;
    for register in registers {
        let topics: Vec<&Field> =
            snapshot.pack.register(register).map(|register| register.fields.iter().collect()).unwrap_or_default();
        let mut tx = house.read().await?;
        let Some(id) = house.names.find(&mut tx, Space::Register, register).await? else { continue };
        let mut after = 0;
        loop {
            let ids = store::page_of_register(&mut tx, id, after, PAGE).await?;
            let Some(last) = ids.last() else { break };
            after = *last;
            let records = store::find_many(&mut tx, &house.names, &ids).await?;
            used += records.iter().filter(|record| uses(record, loss, &topics)).count();
        }
    }
    Ok(i64::try_from(used).unwrap_or(i64::MAX))
}

fn uses(record: &Record, loss: &Loss, fields: &[&Field]) -> bool {
    match loss {
        // What stands in the vault cannot be looked at here: any record of the register speaks against it.
        Loss::Register { .. } | Loss::Privacy { .. } => true,
        Loss::Rows { rows, .. } => !record.document.rows(rows).is_empty(),
        Loss::Field { field, .. } | Loss::Type { field, .. } | Loss::Measure { field, .. } => {
            values(record, field).next().is_some()
        }
        Loss::Choice { field, choice, .. } => values(record, field).any(|value| names(value, choice)),
        Loss::State { state, .. } => record.state.as_deref() == Some(state),
        Loss::Step { step, .. } => record.document.taken(step).is_some(),
        Loss::Topic { topic } => fields
            .iter()
            .filter(|field| field.kind == pack::register::FieldType::Topic)
            .any(|field| values(record, &field.id).any(|value| names(value, topic))),
    }
}

fn names(value: &Json, word: &str) -> bool {
    match value {
        Json::Array(list) => list.iter().any(|one| one.as_str() == Some(word)),
        one => one.as_str() == Some(word),
    }
}

/// The values of a field, or of a field of child rows.
fn values<'r>(record: &'r Record, path: &'r str) -> Box<dyn Iterator<Item = &'r Json> + 'r> {
    match path.split_once('.') {
        Some((rows, field)) => Box::new(record.document.rows(rows).iter().filter_map(move |row| row.fields.get(field))),
        None => Box::new(record.document.fields.get(path).into_iter()),
    }
}
