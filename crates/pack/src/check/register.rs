//! Checks of a register's head: what places it in time, names it, whose book it is, what it is evidence for.

use kernel::Refusal;

use super::{Sheet, typing::private_used};
use crate::register::{BEHAVIOURS, Field, FieldType, Recurs, Register};

pub(super) fn check(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    sheet.id(&["id"], &register.id);
    sheet.label(&["label"], &register.id, &register.label.vi);
    sheet.label(&["noun"], &register.id, &register.noun.vi);
    if let Some(group) = &register.group {
        let groups: Vec<&str> = sheet.pack.about.groups.iter().map(|group| group.id.as_str()).collect();
        if !groups.contains(&group.as_str()) {
            let refusal = Refusal::new("pack.unknown_group").with("name", group).with("known", groups.join(", "));
            sheet.fault(&["group"], refusal);
        }
    }
    let dates = [FieldType::Date, FieldType::Month];
    field(sheet, register, &["day"], &register.day, &dates);
    if let Some(planned) = &register.planned {
        field(sheet, register, &["planned"], planned, &dates);
    }
    title(sheet, register);
    for party in &register.parties {
        field(sheet, register, &["parties"], party, &[FieldType::Body, FieldType::Place]);
    }
    sheet.known_kinds(&["books"], &register.books, &["level", "kind", "body"]);
    for behaviour in register.behaviours.iter().filter(|behaviour| !BEHAVIOURS.contains(&behaviour.as_str())) {
        sheet.unknown(&["behaviours"], "pack.unknown_behaviour", behaviour, BEHAVIOURS);
    }
    if let Some(recurs) = &register.recurs {
        recurring(sheet, register, recurs);
    }
    if let Some(evidence) = &register.evidence {
        let dates = [FieldType::Date];
        field(sheet, register, &["evidence", "figure"], &evidence.figure, &[FieldType::Figure]);
        field(sheet, register, &["evidence", "from"], &evidence.from, &dates);
        field(sheet, register, &["evidence", "to"], &evidence.to, &dates);
        if let Some(amount) = &evidence.amount {
            field(sheet, register, &["evidence", "amount"], amount, &[FieldType::Count]);
        }
    }
    if let Some(assigns) = &register.assigns {
        let units = [FieldType::Place, FieldType::Body];
        let found =
            [("target", &assigns.target, [FieldType::Target].as_slice()), ("year", &assigns.year, &[FieldType::Year])];
        let to = assigns.to.iter().map(|id| ("to", id, units.as_slice()));
        for (part, id, want) in found.into_iter().chain(to) {
            let at = ["assigns", part];
            // Bars are looked up by these.
            if field(sheet, register, &at, id, want).is_some_and(|field| !field.index) {
                sheet.fault(&at, Refusal::new("pack.not_indexed").with("field", id));
            }
        }
        field(sheet, register, &["assigns", "value"], &assigns.value, &[FieldType::Quantity, FieldType::Count]);
    }
    sheet.elements(&["check"], register.checks.iter().map(|check| (check.id.as_str(), check.say.vi.as_str())));
    for check in &register.checks {
        if let Some(id) = check.field.as_ref().filter(|id| register.field(id).is_none() && register.rows(id).is_none())
        {
            let known: Vec<&str> = register.fields.iter().map(|field| field.id.as_str()).collect();
            sheet.unknown(&["check", &check.id, "field"], "pack.unknown_field", id, &known);
        }
    }
}

/// The planned day is a date; whose days they are is looked up by it; what is asked for once are fields that everyone may read.
fn recurring(sheet: &mut Sheet<'_, '_, '_>, register: &Register, recurs: &Recurs) {
    let planned = register.planned.as_deref().unwrap_or(&register.day);
    field(sheet, register, &["recurs"], planned, &[FieldType::Date]);
    if field(sheet, register, &["recurs", "by"], &recurs.by, &[FieldType::Post]).is_some_and(|field| !field.index) {
        sheet.fault(&["recurs", "by"], Refusal::new("pack.not_indexed").with("field", &recurs.by));
    }
    if let Some(rule) = &recurs.rule {
        field(sheet, register, &["recurs", "rule"], rule, &[FieldType::Text]);
    }
    if let Some(notice) = recurs.notice.as_ref().filter(|id| register.clock(id).is_none()) {
        let known: Vec<&str> = register.clocks.iter().map(|clock| clock.id.as_str()).collect();
        sheet.unknown(&["recurs", "notice"], "pack.unknown_clock", notice, &known);
    }
    for id in &recurs.asks {
        if field(sheet, register, &["recurs", "asks"], id, &[]).is_some_and(|field| field.private) {
            sheet.fault(&["recurs", "asks"], private_used(id));
        }
    }
}

fn title(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    if register.title.is_empty() {
        sheet.fault(&["title"], Refusal::new("pack.title_missing"));
    }
    for id in &register.title {
        let Some(field) = field(sheet, register, &["title"], id, &[]) else { continue };
        if field.private {
            sheet.fault(&["title"], private_used(id));
        } else if field.kind == FieldType::File {
            sheet.fault(&["title"], wrong_type(id, field.kind, &[FieldType::Text]));
        }
    }
}

/// A field of the record by its id, of one of the types wanted; none wanted: of any.
pub(super) fn field<'r>(
    sheet: &mut Sheet<'_, '_, '_>,
    register: &'r Register,
    at: &[&str],
    id: &str,
    want: &[FieldType],
) -> Option<&'r Field> {
    let Some(field) = register.any_field(id) else {
        let mut known: Vec<String> = register.fields.iter().map(|field| field.id.clone()).collect();
        if id.contains('.') {
            let rows = register.rows.iter();
            known = rows.flat_map(|rows| rows.fields.iter().map(|field| format!("{}.{}", rows.id, field.id))).collect();
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        sheet.unknown(at, "pack.unknown_field", id, &known);
        return None;
    };
    if !want.is_empty() && !want.contains(&field.kind) {
        sheet.fault(at, wrong_type(id, field.kind, want));
        return None;
    }
    Some(field)
}

pub(super) fn wrong_type(id: &str, kind: FieldType, want: &[FieldType]) -> Refusal {
    let want: Vec<&str> = want.iter().map(|kind| kind.name()).collect();
    Refusal::new("pack.wrong_type").with("field", id).with("type", kind.name()).with("want", want.join(", "))
}
