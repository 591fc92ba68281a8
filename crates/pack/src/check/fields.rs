//! Checks of fields, choices, sections and child rows.

use kernel::Refusal;

use super::{Sheet, typing::private_used};
use crate::register::{Field, FieldType, Register};

/// Words of the expression language itself.
const LANGUAGE: &[&str] = &[
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
    "while",
];
/// What expressions call other things by.
const TAKEN: &[&str] = &["row", "state", "on", "unit"];

pub(super) fn check(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    let sections = || register.sections.iter();
    sheet.elements(&["section"], sections().map(|section| (section.id.as_str(), section.label.vi.as_str())));
    sheet.elements(&["field"], register.fields.iter().map(|field| (field.id.as_str(), field.label.vi.as_str())));
    sheet.elements(&["rows"], register.rows.iter().map(|rows| (rows.id.as_str(), rows.label.vi.as_str())));
    for field in &register.fields {
        let at = ["field", field.id.as_str()];
        check_field(sheet, &at, field);
        reserved(sheet, &at, &field.id, TAKEN);
        if let Some(section) = field.section.as_ref().filter(|id| sections().all(|section| section.id != **id)) {
            let known: Vec<&str> = sections().map(|section| section.id.as_str()).collect();
            sheet.unknown(&["field", &field.id, "section"], "pack.unknown_section", section, &known);
        }
    }
    for rows in &register.rows {
        let at = ["rows", rows.id.as_str()];
        reserved(sheet, &at, &rows.id, TAKEN);
        if register.field(&rows.id).is_some() {
            sheet.fault(&at, Refusal::new("pack.twice").with("id", &rows.id));
        }
        sheet.label(&at, &rows.id, &rows.noun.vi);
        if rows.fields.is_empty() {
            sheet.fault(&at, Refusal::new("pack.rows_empty").with("rows", &rows.id));
        }
        if let (Some(min), Some(max)) = (rows.min, rows.max)
            && min > max
        {
            sheet
                .fault(&["rows", &rows.id, "min"], Refusal::new("pack.min_over_max").with("min", min).with("max", max));
        }
        let fields = rows.fields.iter().map(|field| (field.id.as_str(), field.label.vi.as_str()));
        sheet.elements(&["rows", &rows.id, "field"], fields);
        for field in &rows.fields {
            let at = ["rows", rows.id.as_str(), "field", field.id.as_str()];
            check_field(sheet, &at, field);
            if field.section.is_some() {
                sheet.fault(&at, Refusal::new("pack.section_in_rows").with("field", &field.id));
            }
        }
    }
}

fn reserved(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], id: &str, words: &[&str]) {
    if words.contains(&id) {
        sheet.fault(at, Refusal::new("pack.reserved").with("id", id));
    }
}

fn check_field(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], field: &Field) {
    let place = |key: &'static str| [at, &[key]].concat();
    let of_type = |key: &'static str| Refusal::new(key).with("field", &field.id).with("type", field.kind.name());
    reserved(sheet, at, &field.id, LANGUAGE);
    choices(sheet, at, field);
    references(sheet, at, field);
    if field.required && (field.shown_when.is_some() || field.required_when.is_some()) {
        sheet.fault(&place("required"), Refusal::new("pack.required_twice").with("field", &field.id));
    }
    if field.many && !has_many(field.kind) {
        sheet.fault(&place("many"), of_type("pack.many_not_possible"));
    }
    if (field.min.is_some() || field.max.is_some()) && !has_bounds(field.kind) {
        let key = if field.min.is_some() { "min" } else { "max" };
        sheet.fault(&place(key), of_type("pack.bounds_not_possible"));
    }
    if let (Some(min), Some(max)) = (field.min, field.max)
        && min > max
    {
        sheet.fault(&place("min"), Refusal::new("pack.min_over_max").with("min", min).with("max", max));
    }
    if field.sealed && !field.private {
        sheet.fault(&place("sealed"), Refusal::new("pack.sealed_not_private").with("field", &field.id));
    }
    if field.card.is_some() && !field.private {
        sheet.fault(&place("card"), Refusal::new("pack.card_not_private").with("field", &field.id));
    }
    if field.index && field.private {
        sheet.fault(&place("index"), private_used(&field.id));
    } else if field.index && !field.kind.indexable() {
        sheet.fault(&place("index"), of_type("pack.index_not_possible"));
    }
    if let Some(default) = &field.default
        && !default_fits(field, default)
    {
        sheet.fault(&place("default"), of_type("pack.default_does_not_fit").with("default", default));
    }
}

fn has_many(kind: FieldType) -> bool {
    matches!(kind, FieldType::Place | FieldType::Body | FieldType::Post | FieldType::Link | FieldType::File)
}

fn has_bounds(kind: FieldType) -> bool {
    kind.summable()
        || matches!(
            kind,
            FieldType::Percent | FieldType::Year | FieldType::Rank | FieldType::Text | FieldType::LongText
        )
}

fn default_fits(field: &Field, default: &str) -> bool {
    match field.kind {
        FieldType::Choice => field.choice(default).is_some(),
        FieldType::YesNo => matches!(default, "yes" | "no"),
        FieldType::Date => default == "today" || default.parse::<kernel::Day>().is_ok(),
        FieldType::Year | FieldType::Count => default.parse::<i64>().is_ok(),
        FieldType::Text | FieldType::LongText | FieldType::Topic => true,
        _ => false,
    }
}

fn choices(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], field: &Field) {
    let place = [at, &["choices"]].concat();
    let chooses = matches!(field.kind, FieldType::Choice | FieldType::Choices);
    if chooses && field.choices.is_empty() {
        sheet.fault(at, Refusal::new("pack.no_choices").with("field", &field.id));
    }
    if !chooses && !field.choices.is_empty() {
        let refusal = Refusal::new("pack.choices_not_possible").with("field", &field.id);
        sheet.fault(&place, refusal.with("type", field.kind.name()));
    }
    sheet.elements(&place, field.choices.iter().map(|choice| (choice.id.as_str(), choice.vi.as_str())));
    for choice in &field.choices {
        let Some(standard) = choice.counts_as.as_deref().filter(|standard| *standard != "none") else { continue };
        let others = field.choices.iter().filter(|other| other.counts_as.is_none()).map(|other| other.id.as_str());
        let others: Vec<&str> = others.collect();
        if !others.contains(&standard) {
            sheet.unknown(&[at, &["choices", &choice.id]].concat(), "pack.unknown_standard", standard, &others);
        }
    }
}

/// Measures, registers, kinds that a field names.
fn references(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], field: &Field) {
    let place = |key: &'static str| [at, &[key]].concat();
    let pack = sheet.pack;
    match (&field.measure, field.kind == FieldType::Quantity) {
        (None, true) => sheet.fault(at, Refusal::new("pack.no_measure").with("field", &field.id)),
        (Some(_), false) => {
            let refusal = Refusal::new("pack.measure_not_possible").with("field", &field.id);
            sheet.fault(&place("measure"), refusal.with("type", field.kind.name()));
        }
        (Some(measure), true) if pack.measures.find(measure).is_none() => {
            let known: Vec<&str> = pack.measures.measures.iter().map(|measure| measure.id.as_str()).collect();
            sheet.unknown(&place("measure"), "pack.unknown_measure", measure, &known);
        }
        _ => {}
    }
    match (&field.register, field.kind == FieldType::Link) {
        (None, true) => sheet.fault(at, Refusal::new("pack.no_register").with("field", &field.id)),
        (Some(_), false) => {
            let refusal = Refusal::new("pack.register_not_possible").with("field", &field.id);
            sheet.fault(&place("register"), refusal.with("type", field.kind.name()));
        }
        (Some(register), true) if pack.register(register).is_none() => {
            let known: Vec<&str> = pack.registers.keys().map(String::as_str).collect();
            sheet.unknown(&place("register"), "pack.unknown_register", register, &known);
        }
        _ => {}
    }
    match field.kind {
        FieldType::Place => sheet.known_kinds(&place("of"), &field.of, &["kind", "level"]),
        FieldType::Body => sheet.known_kinds(&place("of"), &field.of, &["body"]),
        FieldType::Post => sheet.known_kinds(&place("of"), &field.of, &["post"]),
        _ if !field.of.is_empty() => {
            let refusal = Refusal::new("pack.of_not_possible").with("field", &field.id);
            sheet.fault(&place("of"), refusal.with("type", field.kind.name()));
        }
        _ => {}
    }
}
