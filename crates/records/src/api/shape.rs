//! The JSON of a record, both ways: choices by id, units by code, days as ISO dates, amounts as numbers in their own measure.

use kernel::{Day, Id, Lang, Refusal};
use pack::{
    document::Amount,
    register::{Field, FieldType, Register},
};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use web::Trouble;

use crate::{
    Record,
    fill::{Input, RowInput},
    pages::Office,
    store, value,
};

/// What a program sends.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    /// The book: a code, slug or name; the seat's own by default.
    #[serde(default)]
    pub(super) unit: Option<String>,
    #[serde(default)]
    fields: Map<String, Json>,
    #[serde(default)]
    rows: Map<String, Json>,
    /// Steps to take at once, when a record is made.
    #[serde(default)]
    pub(super) steps: Vec<SentStep>,
    /// The day of a step.
    #[serde(default)]
    pub(super) on: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SentStep {
    pub(super) step: String,
    pub(super) on: String,
}

impl Sent {
    pub(super) fn read(body: &[u8]) -> Result<Self, Trouble> {
        if body.is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_slice(body)
            .map_err(|error| Trouble::Refused(Refusal::new("record.json_unreadable").with("reason", error).into()))
    }

    /// As it would have been typed.
    pub(super) fn input(&self, register: &Register) -> Result<Input, Refusal> {
        let mut input = Input::default();
        for (name, sent) in &self.fields {
            let field = register.field(name);
            let text = field.map_or_else(|| Some(plain(sent)), |field| typed(field, sent));
            input.fields.insert(name.clone(), text.ok_or_else(|| unlike(name))?);
        }
        for (name, sent) in &self.rows {
            let Some(rows) = register.rows(name) else {
                return Err(Refusal::new("record.unknown_field").with("field", name).at(name.clone()));
            };
            let Some(list) = sent.as_array() else { return Err(unlike(name)) };
            let mut inputs = Vec::with_capacity(list.len());
            for (place, one) in list.iter().enumerate() {
                let Some(values) = one.as_object() else { return Err(unlike(&format!("{name}.{place}"))) };
                let mut row = RowInput { n: values.get("n").and_then(Json::as_i64), ..RowInput::default() };
                for (id, sent) in values.iter().filter(|(id, _)| *id != "n") {
                    let at = format!("{name}.{place}.{id}");
                    let Some(field) = rows.field(id) else {
                        return Err(Refusal::new("record.unknown_field").with("field", id).at(at));
                    };
                    row.fields.insert(id.clone(), typed(field, sent).ok_or_else(|| unlike(&at))?);
                }
                inputs.push(row);
            }
            input.rows.insert(name.clone(), inputs);
        }
        Ok(input)
    }
}

fn unlike(at: &str) -> Refusal {
    Refusal::new("record.json_unlike").with("field", at).at(at.to_owned())
}

fn plain(sent: &Json) -> String {
    sent.as_str().map_or_else(|| sent.to_string(), str::to_owned)
}

/// A value as a person would have typed it; nothing where the type cannot be meant.
fn typed(field: &Field, sent: &Json) -> Option<String> {
    Some(match sent {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Json::Number(number) => {
            let decimal = matches!(field.kind, FieldType::Quantity | FieldType::Percent | FieldType::Money);
            if decimal { number.to_string().replace('.', ",") } else { number.to_string() }
        }
        Json::Array(list) => list.iter().map(|one| typed(field, one)).collect::<Option<Vec<_>>>()?.join("\n"),
        Json::Object(map) => match field.kind {
            FieldType::Rank => match (map.get("rank")?.as_i64()?, map.get("of").and_then(Json::as_i64)) {
                (rank, Some(of)) => format!("{rank}/{of}"),
                (rank, None) => rank.to_string(),
            },
            FieldType::Count => value::show_count(Amount::of(sent)?),
            _ => return None,
        },
    })
}

/// A record, whole but for what is sealed.
pub(super) async fn whole(office: &Office, record: &Record, privates: Option<&[String]>) -> Result<Json, Trouble> {
    let register = office.register(&record.register)?;
    let at = office.snapshot.tree.at(record.day);
    let mut tx = office.house.read().await?;
    let files = store::files(&mut tx, record.id).await?;
    let sealed = match privates {
        Some(privates) => privates.to_vec(),
        None => office.house.vault.filled(&mut tx, record.id.0).await?,
    };
    drop(tx);
    let rows: Map<String, Json> = register
        .rows
        .iter()
        .map(|rows| {
            let list = record.document.rows(&rows.id).iter().map(|row| {
                let mut values = fields(office, &rows.fields, &row.fields, record.day);
                values.insert("n".into(), row.n.into());
                Json::Object(values)
            });
            (rows.id.clone(), Json::Array(list.collect()))
        })
        .collect();
    let steps: Vec<Json> = record
        .document
        .steps
        .iter()
        .map(|taken| json!({ "step": taken.step, "on": taken.on, "to": taken.to }))
        .collect();
    let clocks: Vec<Json> = record
        .document
        .clocks
        .iter()
        .map(|running| {
            json!({ "clock": running.clock, "started": running.started, "due": running.due, "stopped": running.stopped,
                "derivation": running.derivation })
        })
        .collect();
    let files: Vec<Json> = files
        .iter()
        .map(|file| json!({ "id": Id(file.id), "name": file.name, "media": file.media, "size": file.size, "sha256": file.hash }))
        .collect();
    Ok(json!({
        "id": record.id,
        "register": record.register,
        "unit": at.code(units::Unit(record.unit)),
        "number": record.reference(),
        "day": record.day,
        "state": record.state,
        "title": record.title,
        "due": record.due,
        "version": record.version,
        "void": record.void,
        "origin": record.origin,
        "fields": fields(office, &register.fields, &record.document.fields, record.day),
        "rows": rows,
        "steps": steps,
        "clocks": clocks,
        "files": files,
        "sealed": sealed,
    }))
}

fn fields(office: &Office, fields: &[Field], values: &Map<String, Json>, day: Day) -> Map<String, Json> {
    let each = fields.iter().filter(|field| !field.private);
    each.filter_map(|field| Some((field.id.clone(), told(office, field, values.get(&field.id)?, day)))).collect()
}

fn told(office: &Office, field: &Field, value: &Json, day: Day) -> Json {
    let (pack, directory) = (&office.snapshot.pack, office.snapshot.as_ref());
    match field.kind {
        FieldType::Place | FieldType::Body | FieldType::Post => {
            let one = Field { many: false, ..field.clone() };
            let write = |value: &Json| Json::String(value::write(pack, directory, &one, value, day));
            match value {
                Json::Array(list) => Json::Array(list.iter().map(write).collect()),
                one => write(one),
            }
        }
        FieldType::Quantity | FieldType::Percent => {
            let text = value::show(pack, directory, field, value, day, Lang::Vi);
            // Grouped by dots, with a decimal comma: both are turned into what JSON knows.
            let number = text.replace('.', "").replace(',', ".");
            number.parse::<serde_json::Number>().map_or(Json::Null, Json::Number)
        }
        _ => value.clone(),
    }
}
