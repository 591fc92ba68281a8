//! One commune of Hải Phòng with the whole book at work: a record or more of each register, read from `one_commune.toml`.

use std::collections::BTreeMap;

use db::{Result, Stop};
use indexmap::IndexMap;
use kernel::{Day, parse_day};
use records::{
    Record,
    act::New,
    fill::{Input, RowInput},
};
use serde::Deserialize;
use units::Unit;

use super::filling::{Filling, Ground};

const TEXT: &str = include_str!("one_commune.toml");
/// The commune whose books are kept whole.
const COMMUNE: &str = "11383";

#[derive(Deserialize)]
struct Book {
    record: Vec<Entry>,
}

/// A record as the text has it: in the book of a body of the commune or of the city, with its steps in order.
#[derive(Deserialize)]
struct Entry {
    register: String,
    /// What later records call it by.
    #[serde(default)]
    name: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    steps: IndexMap<String, String>,
    fields: BTreeMap<String, String>,
    #[serde(default)]
    rows: BTreeMap<String, Vec<BTreeMap<String, String>>>,
}

/// What the `@` of a value stands for.
struct Names<'a> {
    ground: Ground<'a>,
    city: Unit,
    commune: Unit,
    records: BTreeMap<String, String>,
}

pub(crate) async fn books(filling: &Filling<'_>) -> Result<()> {
    let ground = filling.ground(filling.by.today);
    let (city, commune) = (ground.find("hai-phong")?, ground.find(COMMUNE)?);
    let mut names = Names { ground, city, commune, records: BTreeMap::new() };
    let book: Book = toml::from_str(TEXT).map_err(|_| Stop::fault("reading the demo's commune"))?;
    for entry in book.record {
        let saved = filling.write(&entry.register, vec![names.record(&entry)?]).await?;
        if let Some(own) = saved.iter().find(|record: &&Record| record.register == entry.register) {
            names.records.insert(entry.name, own.id.handle());
        }
    }
    Ok(())
}

impl Names<'_> {
    fn record(&self, entry: &Entry) -> Result<New> {
        let place = if entry.place == "city" { self.city } else { self.commune };
        let body = if entry.body.is_empty() { "ubnd" } else { &entry.body };
        let mut input = Input::default();
        input.fields.extend(entry.fields.iter().map(|(field, value)| (field.clone(), self.value(value))));
        for (id, rows) in &entry.rows {
            let read = rows.iter().map(|row| {
                let mut filled = RowInput::default();
                filled.fields.extend(row.iter().map(|(field, value)| (field.clone(), self.value(value))));
                filled
            });
            input.rows.insert(id.clone(), read.collect());
        }
        let steps: Vec<(&str, Day)> =
            entry.steps.iter().map(|(step, on)| Ok((step.as_str(), parse_day(on)?))).collect::<Result<_>>()?;
        Ok(self.ground.book(place, body, input, &steps))
    }

    fn value(&self, text: &str) -> String {
        let Some(name) = text.strip_prefix('@') else { return text.to_owned() };
        let body = |place: Unit, kind: &str| self.ground.code(self.ground.body(place, kind));
        match (name, name.split_once('/'), name.strip_prefix(':')) {
            ("place", ..) => self.ground.code(self.commune),
            ("chair", ..) => self.ground.head(self.commune, "chu-tich-ubnd"),
            (_, Some(("city", kind)), _) => body(self.city, kind),
            (_, _, Some(record)) => self.records.get(record).cloned().unwrap_or_default(),
            _ => body(self.commune, name),
        }
    }
}
