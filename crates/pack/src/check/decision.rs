//! Checks of decision tables: each row of registers, steps, fields and limits that are known, its condition typed.

use std::sync::Arc;

use kernel::{Refusal, show_day};

use super::{Sheet, typing::names};
use crate::{
    expression::{Names, Type},
    fault::Faults,
    read::Pack,
    register::Register,
};

pub(super) fn check(pack: &Pack, faults: &mut Faults<'_>) {
    let path = "decisions/classification.toml".to_owned();
    let sheet = &mut Sheet { pack, path, faults };
    sheet.elements(&["row"], pack.decisions.iter().map(|row| (row.id.as_str(), row.reason.vi.as_str())));
    for row in &pack.decisions {
        for register in registers(sheet, &["row", &row.id, "registers"], &row.registers) {
            condition(sheet, &["row", &row.id, "when"], &row.when, &names(pack, register, None));
            for step in row.steps.iter().filter(|step| register.step(step).is_none()) {
                let known: Vec<&str> = register.steps.iter().map(|step| step.id.as_str()).collect();
                sheet.unknown(&["row", &row.id, "steps"], "pack.unknown_step", step, &known);
            }
            for field in row.set.keys().filter(|field| register.field(field).is_none()) {
                let known: Vec<&str> = register.fields.iter().map(|field| field.id.as_str()).collect();
                sheet.unknown(&["row", &row.id, "set"], "pack.unknown_field", field, &known);
            }
        }
        if let Some(limit) = row.limit.as_ref().filter(|limit| !pack.law.limits.contains_key(*limit)) {
            let known: Vec<&str> = pack.law.limits.keys().map(String::as_str).collect();
            sheet.unknown(&["row", &row.id, "limit"], "pack.unknown_limit", limit, &known);
        }
    }
    sheet.path = "decisions/competence.toml".to_owned();
    sheet.elements(&["competence"], pack.competences.iter().map(|row| (row.id.as_str(), row.reason.vi.as_str())));
    for row in &pack.competences {
        for register in registers(sheet, &["competence", &row.id, "registers"], &row.registers) {
            let mut known = (*names(pack, register, None)).clone();
            let levels = pack.kinds.get("level").cloned().unwrap_or_default();
            known.insert("level".to_owned(), Type::Text(Some(Arc::new(levels))));
            condition(sheet, &["competence", &row.id, "when"], &row.when, &Arc::new(known));
        }
        if let (Some(from), Some(to)) = (row.valid_from, row.valid_to)
            && to < from
        {
            let refusal = Refusal::new("calendar.window_backwards");
            let refusal = refusal.with("from", show_day(from)).with("to", show_day(to));
            sheet.fault(&["competence", &row.id, "valid_to"], refusal);
        }
    }
}

fn registers<'p>(sheet: &mut Sheet<'p, '_, '_>, at: &[&str], ids: &[String]) -> Vec<&'p Register> {
    let pack = sheet.pack;
    let known: Vec<&str> = pack.registers.keys().map(String::as_str).collect();
    for id in ids.iter().filter(|id| pack.register(id).is_none()) {
        sheet.unknown(at, "pack.unknown_register", id, &known);
    }
    ids.iter().filter_map(|id| pack.register(id)).collect()
}

fn condition(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], text: &str, names: &Names) {
    let Some(expression) = sheet.pack.expression(text) else { return };
    match expression.check(names) {
        Err(refusal) => sheet.fault(at, refusal),
        Ok(Type::Bool | Type::Any) => {}
        Ok(kind) => {
            let refusal = Refusal::new("pack.not_a_condition").with("expression", text).with("kind", kind.name());
            sheet.fault(at, refusal);
        }
    }
}
