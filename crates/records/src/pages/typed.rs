//! Between a record and what stands in a form: names and values as they were typed, read into an [`Input`] and back.

use kernel::{Day, Id, Lang, Refusal, Refused};
use pack::{
    document::Document,
    register::{Field, FieldType, Register, Rows},
};
use serde_json::Value as Json;
use units::Unit;
use web::{Desk, Fields};

use super::Office;
use crate::{
    fill::{Input, RowInput},
    lists, store,
    value::{self, Directory as _},
};

/// Names of a form that are not fields.
pub(super) const SHOWN: &str = "shown";
pub(super) const VERSION: &str = "version";
/// A private field that is to be emptied: left blank it stays as it is.
pub(super) const CLEAR: &str = "clear";

/// What was typed, read; and what could not be.
pub(super) struct Read {
    pub(super) input: Input,
    pub(super) refused: Refused,
}

impl Office {
    /// What stands in a form for a document. Private values never do.
    pub(super) async fn written(&self, register: &Register, document: &Document, day: Day) -> db::Result<Fields> {
        let mut fields = Fields::default();
        for field in register.fields.iter().filter(|field| !field.private && field.kind != FieldType::File) {
            if let Some(value) = document.fields.get(&field.id) {
                self.write(&mut fields, field, &field.id, value, day).await?;
            }
        }
        for rows in &register.rows {
            for (place, row) in document.rows(&rows.id).iter().enumerate() {
                fields.push(format!("{}.{place}.n", rows.id), row.n.to_string());
                for field in &rows.fields {
                    if let Some(value) = row.fields.get(&field.id) {
                        self.write(&mut fields, field, &format!("{}.{place}.{}", rows.id, field.id), value, day)
                            .await?;
                    }
                }
            }
        }
        Ok(fields)
    }

    /// The same with what the address says: `?f.topic=…` fills a field, in links that propose a value.
    pub(super) fn proposed(desk: &Desk, register: &Register, typed: Fields) -> Fields {
        let open = register.fields.iter().filter(|field| !field.private);
        open.fold(typed, |typed, field| match desk.query().maybe(&format!("f.{}", field.id)) {
            Some(text) => typed.with(&field.id, text),
            None => typed,
        })
    }

    async fn write(&self, fields: &mut Fields, field: &Field, name: &str, value: &Json, day: Day) -> db::Result<()> {
        let each = || match value {
            Json::Array(list) => list.as_slice(),
            one => std::slice::from_ref(one),
        };
        match field.kind {
            FieldType::Choice | FieldType::Topic => fields.push(name, value.as_str().unwrap_or_default()),
            FieldType::Choices => {
                for one in each() {
                    fields.push(name, one.as_str().unwrap_or_default());
                }
            }
            FieldType::YesNo => fields.push(name, if value.as_bool() == Some(true) { "yes" } else { "no" }),
            FieldType::Place | FieldType::Body => {
                let at = self.snapshot.tree.at(day);
                let units = each().iter().filter_map(Json::as_i64).map(|unit| at.with_code(Unit(unit)));
                fields.push(name, units.collect::<Vec<_>>().join("\n"));
            }
            FieldType::Post => {
                let one = |value: &Json| {
                    let (pack, directory) = (&self.snapshot.pack, self.snapshot.as_ref());
                    let plain = Field { many: false, ..field.clone() };
                    let label = value::show(pack, directory, &plain, value, day, Lang::Vi);
                    format!("{label} ({})", value::write(pack, directory, &plain, value, day))
                };
                fields.push(name, each().iter().map(one).collect::<Vec<_>>().join("\n"));
            }
            FieldType::Link => {
                let ids: Vec<i64> = each()
                    .iter()
                    .filter_map(Json::as_str)
                    .filter_map(|handle| handle.parse::<Id>().ok())
                    .map(|id| id.0)
                    .collect();
                let mut tx = self.house.read().await?;
                let records = store::find_many(&mut tx, &self.house.names, &ids).await?;
                fields.push(name, records.iter().map(link_text).collect::<Vec<_>>().join("\n"));
            }
            FieldType::File => {}
            _ => fields.push(name, value::write(&self.snapshot.pack, self.snapshot.as_ref(), field, value, day)),
        }
        Ok(())
    }

    /// Reads what was typed. Names of units and records are looked up here; everything else is for [`crate::fill`].
    pub(super) async fn read(&self, register: &Register, typed: &Fields) -> db::Result<Read> {
        let mut read = Read { input: Input::default(), refused: Refused::default() };
        for field in register.fields.iter().filter(|field| field.kind != FieldType::File) {
            if !typed.all(SHOWN).any(|shown| shown == field.id) {
                continue;
            }
            let text = typed.all(&field.id).collect::<Vec<_>>().join(";");
            if field.private {
                // Blank is "as it was": the form never shows what is kept.
                let cleared = typed.all(CLEAR).any(|cleared| cleared == field.id);
                if !text.trim().is_empty() || cleared {
                    read.input.fields.insert(field.id.clone(), if cleared { String::new() } else { text });
                }
                continue;
            }
            let text = self.resolve(field, &field.id, text, &mut read.refused).await?;
            read.input.fields.insert(field.id.clone(), text);
        }
        for rows in &register.rows {
            if !typed.all(SHOWN).any(|shown| shown == rows.id) {
                continue;
            }
            let mut inputs = Vec::new();
            for (place, number) in typed.rows(&rows.id).into_iter().enumerate() {
                let mut input = RowInput {
                    n: typed.maybe(&format!("{}.{number}.n", rows.id)).and_then(|n| n.parse().ok()),
                    ..RowInput::default()
                };
                for field in &rows.fields {
                    let name = format!("{}.{number}.{}", rows.id, field.id);
                    let text = typed.all(&name).collect::<Vec<_>>().join(";");
                    let at = format!("{}.{place}.{}", rows.id, field.id);
                    let text = self.resolve(field, &at, text, &mut read.refused).await?;
                    input.fields.insert(field.id.clone(), text);
                }
                inputs.push(input);
            }
            read.input.rows.insert(rows.id.clone(), inputs);
        }
        Ok(read)
    }

    /// `xã Kiền Bái (11443)` is `11443`; `12/2026` is the handle of that record.
    async fn resolve(&self, field: &Field, at: &str, text: String, refused: &mut Refused) -> db::Result<String> {
        if !matches!(field.kind, FieldType::Place | FieldType::Body | FieldType::Post | FieldType::Link) {
            return Ok(text);
        }
        let mut codes = Vec::new();
        for part in text.split(['\n', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let inner = part.strip_suffix(')').and_then(|part| part.rsplit_once('(')).map(|(_, code)| code.trim());
            if field.kind != FieldType::Link {
                codes.push(inner.unwrap_or(part).to_owned());
                continue;
            }
            if let Ok(id) = inner.unwrap_or(part).parse::<Id>() {
                codes.push(id.handle());
                continue;
            }
            let register = field.register.as_deref().unwrap_or_default();
            let found = lists::named(&self.house, &self.scope, register, part, 6).await?;
            match found.as_slice() {
                [one] => codes.push(one.id.handle()),
                [] => refused.push(Refusal::new("record.link_unknown").with("value", part).at(at.to_owned())),
                several => {
                    let candidates: Vec<String> = several.iter().map(link_text).collect();
                    refused.push(
                        Refusal::new("record.link_ambiguous")
                            .with("value", part)
                            .with("candidates", candidates.join("; "))
                            .at(at.to_owned()),
                    );
                }
            }
        }
        Ok(codes.join("\n"))
    }

    /// What a unit is written like in this office's forms.
    pub(super) fn unit_text(&self, unit: i64) -> String {
        self.snapshot.tree.at(self.today).with_code(Unit(unit))
    }

    /// Units that someone here is likely to mean: near first.
    pub(super) fn likely_units(&self, field: &Field) -> Vec<i64> {
        const MOST: usize = 60;
        let at = self.snapshot.tree.at(self.today);
        let ground = at.place(Unit(self.unit)).unwrap_or(Unit(self.unit).ground());
        let mut near = vec![ground];
        near.extend(at.children(ground));
        if let Some(above) = at.parent(ground) {
            near.push(above);
            near.extend(at.children(above));
        }
        let mut likely = Vec::new();
        for place in near {
            let bodies = if field.kind == FieldType::Place { Vec::new() } else { at.bodies(place) };
            for unit in std::iter::once(place).chain(bodies) {
                let fits = (field.of.is_empty() && (field.kind != FieldType::Body || at.is_body(unit)))
                    || self.snapshot.is_of(unit.0, &field.of, self.today);
                if fits && !likely.contains(&unit.0) {
                    likely.push(unit.0);
                }
            }
            if likely.len() >= MOST {
                likely.truncate(MOST);
                break;
            }
        }
        likely
    }
}

/// A record in a link field: its number, its name, and what tells it from all others.
pub(super) fn link_text(record: &crate::Record) -> String {
    format!("{} {} ({})", record.reference(), record.title, record.id)
}

/// The form without gaps between its rows and without rows that hold nothing, so that the place in an error is the place on the page.
pub(super) fn settled(register: &Register, typed: &Fields) -> Fields {
    let mut settled = Fields::default();
    let of_rows = |name: &str| register.rows.iter().any(|rows| name.starts_with(&format!("{}.", rows.id)));
    for (name, value) in typed.iter().filter(|(name, _)| !of_rows(name)) {
        settled.push(name, value);
    }
    for rows in &register.rows {
        let mut place = 0;
        for number in typed.rows(&rows.id) {
            let names = row_names(rows, number);
            if names.iter().all(|(_, name)| typed.all(name).all(|value| value.trim().is_empty())) {
                continue;
            }
            if let Some(n) = typed.maybe(&format!("{}.{number}.n", rows.id)) {
                settled.push(format!("{}.{place}.n", rows.id), n);
            }
            for (field, name) in names {
                typed.all(&name).for_each(|value| settled.push(format!("{}.{place}.{field}", rows.id), value));
            }
            place += 1;
        }
    }
    settled
}

fn row_names(rows: &Rows, number: usize) -> Vec<(&str, String)> {
    rows.fields.iter().map(|field| (field.id.as_str(), format!("{}.{number}.{}", rows.id, field.id))).collect()
}
