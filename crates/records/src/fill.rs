//! Filling a document from what was typed, and checking it whole.

use indexmap::IndexMap;
use kernel::{Day, Refusal, Refused};
use pack::{
    Pack,
    document::{Document, Fields, RowDoc},
    expression::Values,
    facts::{self, Head},
    register::{Field, FieldType, Register, Rows},
};
use serde_json::Value as Json;

use crate::{
    record::Changed,
    value::{self, Directory},
};

/// What was typed: the text of each field that the form showed. A field that is not there stays as it is; an empty one is cleared.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Input {
    #[serde(default)]
    pub fields: IndexMap<String, String>,
    /// Child rows, all of them: a row that is not there is taken away.
    #[serde(default)]
    pub rows: IndexMap<String, Vec<RowInput>>,
}

#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct RowInput {
    /// The number of a row that exists.
    #[serde(default)]
    pub n: Option<i64>,
    #[serde(default)]
    pub fields: IndexMap<String, String>,
}

impl Input {
    #[must_use]
    pub fn set(mut self, field: &str, text: impl Into<String>) -> Self {
        self.fields.insert(field.to_owned(), text.into());
        self
    }
}

/// A private value that was typed, on its way to the vault; `None` clears it.
#[derive(Clone, Debug, PartialEq)]
pub struct Private {
    pub field: String,
    pub text: Option<String>,
    /// For named handlers only.
    pub sealed: bool,
}

/// What filling gives besides the document.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub privates: Vec<Private>,
    pub changed: Vec<Changed>,
}

/// Reads the input into the document. Every field that cannot be read is refused by name, all at once.
pub fn fill(
    pack: &Pack,
    directory: &dyn Directory,
    register: &Register,
    document: &mut Document,
    input: &Input,
    day: Day,
) -> Result<Filled, Refused> {
    let mut refused = Refused::default();
    let mut filled = Filled::default();
    // Units are read as of the record's own day, so the day field comes first.
    let day = input
        .fields
        .get(&register.day)
        .and_then(|text| kernel::parse_day(text).ok())
        .or_else(|| document.day(&register.day))
        .unwrap_or(day);
    let reader = Reader { pack, directory, day };
    for name in input.fields.keys() {
        if register.field(name).is_none() {
            refused.push(Refusal::new("record.unknown_field").with("field", name).at(name.clone()));
        }
    }
    for field in &register.fields {
        let Some(text) = input.fields.get(&field.id) else { continue };
        if field.private {
            let text = if field.kind == FieldType::LongText {
                text.lines().map(kernel::text::tidy).collect::<Vec<_>>().join("\n").trim().to_owned()
            } else {
                kernel::text::tidy(text)
            };
            let text = (!text.is_empty()).then_some(text);
            filled.privates.push(Private { field: field.id.clone(), text, sealed: field.sealed });
            continue;
        }
        match reader.read(field, text) {
            Ok(value) => {
                if let Some(changed) = put(&mut document.fields, &field.id, value) {
                    filled.changed.push(changed);
                }
            }
            Err(refusal) => refused.push(refusal.at(field.id.clone())),
        }
    }
    for rows in &register.rows {
        let Some(inputs) = input.rows.get(&rows.id) else { continue };
        reader.rows(rows, inputs, document, &mut filled, &mut refused);
    }
    tells_on_itself(register, document, &filled.privates, &mut refused);
    refused.settle().map(|()| filled)
}

/// A sealed name, number or address that is typed with the record must not stand in what others read. The refusal names the field and
/// never what stands in it. Only what is typed now can be compared: what is sealed already nobody here can read.
fn tells_on_itself(register: &Register, document: &Document, privates: &[Private], refused: &mut Refused) {
    let short = |id: &str| {
        register.field(id).is_some_and(|field| {
            matches!(field.kind, FieldType::Text | FieldType::Phone | FieldType::Address | FieldType::LongText)
                && field.id != ORIGINAL
        })
    };
    let lines = |text: &str| -> Vec<String> {
        let parts = text.split(['\n', ';', ',']).map(|part| kernel::text::words(part).join(" "));
        parts.filter(|part| part.contains(' ') || part.len() >= 8).collect()
    };
    let telling: Vec<String> = privates
        .iter()
        .filter(|private| private.sealed && short(&private.field))
        .flat_map(|private| lines(private.text.as_deref().unwrap_or_default()))
        .collect();
    if telling.is_empty() {
        return;
    }
    for field in register.fields.iter().filter(|field| !field.private) {
        let Some(text) = document.fields.get(&field.id).and_then(Json::as_str) else { continue };
        let words = format!(" {} ", kernel::text::words(text).join(" "));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let told = telling.iter().any(|one| {
            let number: String = one.chars().filter(char::is_ascii_digit).collect();
            words.contains(&format!(" {one} ")) || (number.len() >= 8 && digits.contains(&number))
        });
        if told {
            refused
                .push(Refusal::new("record.identity_in_content").with("label", &field.label.vi).at(field.id.clone()));
        }
    }
}

/// The sealed field that holds the original words: of course they come again in the redacted copy.
const ORIGINAL: &str = "original_text";

struct Reader<'a> {
    pack: &'a Pack,
    directory: &'a dyn Directory,
    day: Day,
}

impl Reader<'_> {
    fn read(&self, field: &Field, text: &str) -> Result<Option<Json>, Refusal> {
        value::read(self.pack, self.directory, field, text, self.day)
    }

    fn rows(
        &self,
        rows: &Rows,
        inputs: &[RowInput],
        document: &mut Document,
        filled: &mut Filled,
        refused: &mut Refused,
    ) {
        let before = document.rows.get(&rows.id).cloned().unwrap_or_default();
        let mut after = Vec::new();
        for (place, input) in inputs.iter().enumerate() {
            let known = input.n.and_then(|n| before.iter().find(|row| row.n == n));
            let mut fields = known.map(|row| row.fields.clone()).unwrap_or_default();
            for field in &rows.fields {
                let Some(text) = input.fields.get(&field.id) else { continue };
                match self.read(field, text) {
                    Ok(value) => {
                        put(&mut fields, &field.id, value);
                    }
                    Err(refusal) => refused.push(refusal.at(format!("{}.{place}.{}", rows.id, field.id))),
                }
            }
            if fields.is_empty() {
                continue;
            }
            let n = known.map_or_else(
                || {
                    document.next_row += 1;
                    document.next_row
                },
                |row| row.n,
            );
            // Who entered it stays known as long as nobody changes it.
            let by = known.filter(|row| row.fields == fields).and_then(|row| row.by);
            after.push(RowDoc { n, fields, by });
        }
        if before != after {
            let json = |rows: &[RowDoc]| serde_json::to_value(rows).unwrap_or_default();
            filled.changed.push(Changed { field: rows.id.clone(), old: json(&before), new: json(&after) });
            if after.is_empty() {
                document.rows.shift_remove(&rows.id);
            } else {
                document.rows.insert(rows.id.clone(), after);
            }
        }
    }
}

fn put(fields: &mut Fields, id: &str, value: Option<Json>) -> Option<Changed> {
    let old = fields.get(id).cloned();
    if old == value {
        return None;
    }
    match &value {
        Some(value) => fields.insert(id.to_owned(), value.clone()),
        None => fields.remove(id),
    };
    Some(Changed { field: id.to_owned(), old: old.unwrap_or_default(), new: value.unwrap_or_default() })
}

/// Everything that must hold of a record as it stands; what only warns comes back.
pub fn check(
    pack: &Pack,
    directory: &dyn Directory,
    register: &Register,
    head: &Head,
    document: &mut Document,
    privates: &[String],
) -> Result<Vec<Refusal>, Refused> {
    let mut refused = Refused::default();
    crate::paper::follow(pack, register, document);
    let values = facts::values(register, head, document, directory);
    let holds = |text: &Option<String>| {
        text.as_ref().and_then(|text| pack.expression(text)).map(|expression| expression.holds(&values))
    };
    for field in &register.fields {
        if holds(&field.shown_when) == Some(false) {
            document.fields.remove(&field.id);
            continue;
        }
        let required = field.required || holds(&field.required_when) == Some(true);
        let filled = if field.private { privates.contains(&field.id) } else { document.fields.contains_key(&field.id) };
        if required && !filled {
            refused.push(Refusal::new("record.required").with("label", &field.label.vi).at(field.id.clone()));
        }
    }
    for rows in &register.rows {
        check_rows(pack, rows, document, &values, &mut refused);
    }
    let mut warnings = Vec::new();
    for rule in &register.checks {
        if pack.expression(&rule.when).is_some_and(|expression| expression.holds(&values)) {
            let mut refusal = crate::step::said(&rule.id, &rule.say);
            if let Some(field) = &rule.field {
                refusal = refusal.at(field.clone());
            }
            if rule.warn { warnings.push(refusal) } else { refused.push(refusal) }
        }
    }
    refused.settle().map(|()| warnings)
}

fn check_rows(pack: &Pack, rows: &Rows, document: &Document, values: &Values, refused: &mut Refused) {
    let present = document.rows(&rows.id);
    if let Some(min) = rows.min.filter(|min| present.len() < *min) {
        refused.push(
            Refusal::new("record.too_few_rows").with("label", &rows.label.vi).with("min", min).at(rows.id.clone()),
        );
    }
    if let Some(max) = rows.max.filter(|max| present.len() > *max) {
        refused.push(
            Refusal::new("record.too_many_rows").with("label", &rows.label.vi).with("max", max).at(rows.id.clone()),
        );
    }
    for (place, row) in present.iter().enumerate() {
        let mut values = values.clone();
        let mut fields = row.fields.clone();
        for field in &rows.fields {
            fields.entry(field.id.clone()).or_insert(Json::Null);
        }
        values.set("row", &Json::Object(fields));
        for field in &rows.fields {
            let conditional = field
                .required_when
                .as_ref()
                .and_then(|text| pack.expression(text))
                .is_some_and(|when| when.holds(&values));
            if (field.required || conditional) && !row.fields.contains_key(&field.id) {
                let at = format!("{}.{place}.{}", rows.id, field.id);
                refused.push(Refusal::new("record.required").with("label", &field.label.vi).at(at));
            }
        }
    }
}

/// The name of a record in lists.
pub fn title(pack: &Pack, directory: &dyn Directory, register: &Register, document: &Document, day: Day) -> String {
    let parts = register.title.iter().filter_map(|id| {
        let (field, value) = (register.field(id)?, document.fields.get(id)?);
        Some(value::show(pack, directory, field, value, day, kernel::Lang::Vi))
    });
    let title = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    if title.is_empty() { register.label.vi.clone() } else { title }
}

/// The words by which a record is found: its title and every text, choice and unit that is not private.
pub fn search_words(
    pack: &Pack,
    directory: &dyn Directory,
    register: &Register,
    document: &Document,
    day: Day,
) -> String {
    let mut words = Vec::new();
    let mut add = |fields: &[Field], values: &Fields| {
        for field in
            fields.iter().filter(|field| !field.private && !matches!(field.kind, FieldType::Link | FieldType::File))
        {
            if let Some(value) = values.get(&field.id) {
                words.extend(kernel::text::words(&value::show(pack, directory, field, value, day, kernel::Lang::Vi)));
            }
        }
    };
    add(&register.fields, &document.fields);
    for rows in &register.rows {
        for row in document.rows(&rows.id) {
            add(&rows.fields, &row.fields);
        }
    }
    words.join(" ")
}
