//! Checks of what crosses from one record to another: effects, records made, copies. One hop, so never in circles.

use kernel::Refusal;

use super::{
    Sheet,
    register::{field, wrong_type},
    typing::private_used,
};
use crate::register::{Copy, Effect, Field, FieldType, Make, Register, Step};

pub(super) fn check(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    for step in &register.steps {
        for effect in &step.effects {
            check_effect(sheet, register, step, effect);
        }
        for make in &step.makes {
            check_make(sheet, register, step, make);
        }
    }
    for copy in &register.copies {
        check_copy(sheet, register, copy);
    }
}

fn check_effect(sheet: &mut Sheet<'_, '_, '_>, register: &Register, step: &Step, effect: &Effect) {
    let at = ["step", step.id.as_str(), "effect"];
    let Some(link) = field(sheet, register, &at, &effect.on, &[FieldType::Link]) else { return };
    let Some(other) = link.register.as_deref().and_then(|id| sheet.pack.register(id)) else { return };
    let Some(taken) = other.step(&effect.take) else {
        let known: Vec<&str> = other.steps.iter().map(|step| step.id.as_str()).collect();
        sheet.unknown(&at, "pack.unknown_step", &effect.take, &known);
        return;
    };
    if !taken.effects.is_empty() || !taken.makes.is_empty() {
        let refusal = Refusal::new("pack.effect_chain").with("step", &effect.take).with("register", &other.id);
        sheet.fault(&at, refusal);
    }
}

fn check_make(sheet: &mut Sheet<'_, '_, '_>, register: &Register, step: &Step, make: &Make) {
    let at = ["step", step.id.as_str(), "make"];
    let pack = sheet.pack;
    let Some(made) = pack.register(&make.register) else {
        let known: Vec<&str> = pack.registers.keys().map(String::as_str).collect();
        sheet.unknown(&at, "pack.unknown_register", &make.register, &known);
        return;
    };
    let Some(rows) = register.rows(&make.rows) else {
        let known: Vec<&str> = register.rows.iter().map(|rows| rows.id.as_str()).collect();
        sheet.unknown(&at, "pack.unknown_rows", &make.rows, &known);
        return;
    };
    if let Some(link) = field(sheet, made, &at, &make.link, &[FieldType::Link])
        && link.register.as_deref() != Some(&register.id)
    {
        sheet.fault(&at, Refusal::new("pack.make_link").with("field", &make.link).with("register", &register.id));
    }
    if let Some(book) = &make.book {
        match rows.field(book) {
            Some(field) if field.kind == FieldType::Body && !field.many => {}
            Some(field) => sheet.fault(&at, wrong_type(book, field.kind, &[FieldType::Body])),
            None => {
                let known: Vec<&str> = rows.fields.iter().map(|field| field.id.as_str()).collect();
                sheet.unknown(&at, "pack.unknown_field", book, &known);
            }
        }
    }
    for (ours, source) in &make.set {
        let at = ["step", step.id.as_str(), "make", "0", "set", ours.as_str()];
        let Some(filled) = field(sheet, made, &at, ours, &[]) else { continue };
        if let Some(word) = source.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')) {
            if filled.kind == FieldType::Choice && filled.choice(word).is_none() {
                let known: Vec<&str> = filled.choices.iter().map(|choice| choice.id.as_str()).collect();
                sheet.unknown(&at, "pack.unknown_choice", word, &known);
            }
            continue;
        }
        let path = source.strip_prefix("row.").map_or_else(|| source.clone(), |id| format!("{}.{id}", make.rows));
        if let Some(read) = field(sheet, register, &at, &path, &[]) {
            same(sheet, &at, read, filled);
        }
    }
    let given = |id: &str| make.set.contains_key(id) || make.link == id;
    for missing in made.fields.iter().filter(|field| field.required && field.default.is_none() && !given(&field.id)) {
        let refusal = Refusal::new("pack.make_misses").with("field", &missing.id).with("register", &made.id);
        sheet.fault(&at, refusal);
    }
}

fn check_copy(sheet: &mut Sheet<'_, '_, '_>, register: &Register, copy: &Copy) {
    let at = ["copy"];
    let Some(link) = field(sheet, register, &at, &copy.link, &[FieldType::Link]) else { return };
    if link.many {
        sheet.fault(&at, Refusal::new("pack.copy_of_many").with("field", &copy.link));
    }
    let Some(other) = link.register.as_deref().and_then(|id| sheet.pack.register(id)) else { return };
    for (theirs, ours) in &copy.fields {
        let read = field(sheet, other, &at, theirs, &[]);
        let filled = field(sheet, register, &at, ours, &[]);
        if let (Some(read), Some(filled)) = (read, filled) {
            same(sheet, &at, read, filled);
        }
        let copied = other.copies.iter().any(|copy| copy.fields.values().any(|field| field == theirs));
        if copied {
            sheet.fault(&at, Refusal::new("pack.copy_chain").with("field", theirs).with("register", &other.id));
        }
    }
}

/// What is read can stand where it is put, and neither is kept in the vault.
fn same(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], read: &Field, filled: &Field) {
    let text = |field: &Field| matches!(field.kind, FieldType::Text | FieldType::LongText);
    if read.private || filled.private {
        sheet.fault(at, private_used(if read.private { &read.id } else { &filled.id }));
    } else if read.kind != filled.kind && !(text(read) && text(filled)) {
        sheet.fault(at, wrong_type(&read.id, read.kind, &[filled.kind]));
    }
}
