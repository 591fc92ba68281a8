//! Checks of what crosses from one record to another: effects, records made, copies. One hop, so never in circles.

use kernel::Refusal;

use super::{
    Sheet,
    register::{field, wrong_type},
    typing::private_used,
};
use crate::register::{Copy, Effect, Field, FieldType, Make, Register};

pub(super) fn check(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    for step in &register.steps {
        for (number, effect) in step.effects.iter().enumerate() {
            check_effect(sheet, register, &["step", &step.id, "effect", &number.to_string()], effect);
        }
        for (number, make) in step.makes.iter().enumerate() {
            check_make(sheet, register, &["step", &step.id, "make", &number.to_string()], make);
        }
    }
    for (number, copy) in register.copies.iter().enumerate() {
        check_copy(sheet, register, &["copy", &number.to_string()], copy);
    }
}

fn check_effect(sheet: &mut Sheet<'_, '_, '_>, register: &Register, at: &[&str], effect: &Effect) {
    let on = [at, &["on"]].concat();
    let take = [at, &["take"]].concat();
    let pack = sheet.pack;
    let other = if let Some((id, back)) = effect.on.strip_prefix("from:").and_then(|path| path.split_once('.')) {
        let Some(other) = pack.register(id) else {
            let known: Vec<&str> = pack.registers.keys().map(String::as_str).collect();
            sheet.unknown(&on, "pack.unknown_register", id, &known);
            return;
        };
        let Some(link) = field(sheet, other, &on, back, &[FieldType::Link]) else { return };
        if link.register.as_deref() != Some(&register.id) {
            sheet.fault(&on, Refusal::new("pack.make_link").with("field", back).with("register", &register.id));
        }
        other
    } else {
        let Some(link) = field(sheet, register, &on, &effect.on, &[FieldType::Link]) else { return };
        let Some(other) = link.register.as_deref().and_then(|id| pack.register(id)) else { return };
        other
    };
    let Some(taken) = other.step(&effect.take) else {
        let known: Vec<&str> = other.steps.iter().map(|step| step.id.as_str()).collect();
        sheet.unknown(&take, "pack.unknown_step", &effect.take, &known);
        return;
    };
    if !taken.effects.is_empty() || !taken.makes.is_empty() {
        let refusal = Refusal::new("pack.effect_chain").with("step", &effect.take).with("register", &other.id);
        sheet.fault(&take, refusal);
    }
}

fn check_make(sheet: &mut Sheet<'_, '_, '_>, register: &Register, at: &[&str], make: &Make) {
    let place = |key: &'static str| [at, &[key]].concat();
    let pack = sheet.pack;
    let Some(other) = pack.register(&make.register) else {
        let known: Vec<&str> = pack.registers.keys().map(String::as_str).collect();
        sheet.unknown(&place("register"), "pack.unknown_register", &make.register, &known);
        return;
    };
    let inside = match &make.rows {
        None => &register.fields,
        Some(id) => match register.rows(id) {
            Some(rows) => &rows.fields,
            None => {
                let known: Vec<&str> = register.rows.iter().map(|rows| rows.id.as_str()).collect();
                sheet.unknown(&place("rows"), "pack.unknown_rows", id, &known);
                return;
            }
        },
    };
    if let Some(link) = field(sheet, other, &place("link"), &make.link, &[FieldType::Link])
        && link.register.as_deref() != Some(&register.id)
    {
        sheet.fault(
            &place("link"),
            Refusal::new("pack.make_link").with("field", &make.link).with("register", &register.id),
        );
    }
    if let Some(book) = &make.book {
        match inside.iter().find(|field| field.id == *book) {
            Some(field) if field.kind == FieldType::Body && !field.many => {}
            Some(field) => sheet.fault(&place("book"), wrong_type(book, field.kind, &[FieldType::Body])),
            None => {
                let known: Vec<&str> = inside.iter().map(|field| field.id.as_str()).collect();
                sheet.unknown(&place("book"), "pack.unknown_field", book, &known);
            }
        }
    }
    for (ours, source) in &make.set {
        let at = [at, &["set", ours]].concat();
        let Some(filled) = field(sheet, other, &at, ours, &[]) else { continue };
        if let Some(word) = source.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')) {
            if !word.is_empty() && filled.kind == FieldType::Choice && filled.choice(word).is_none() {
                let known: Vec<&str> = filled.choices.iter().map(|choice| choice.id.as_str()).collect();
                sheet.unknown(&at, "pack.unknown_choice", word, &known);
            }
            continue;
        }
        let path = match (source.strip_prefix("row."), &make.rows) {
            (Some(id), Some(rows)) => format!("{rows}.{id}"),
            _ => source.clone(),
        };
        if let Some(read) = field(sheet, register, &at, &path, &[]) {
            // What is private here may go over into what is private there; what is sealed goes nowhere.
            let carried = read.private && filled.private && !read.sealed && !filled.sealed;
            if !carried {
                same(sheet, &at, read, filled);
            }
        }
    }
    let given = |id: &str| make.set.contains_key(id) || make.link == id;
    for missing in other.fields.iter().filter(|field| field.required && field.default.is_none() && !given(&field.id)) {
        let refusal = Refusal::new("pack.make_misses").with("field", &missing.id).with("register", &other.id);
        sheet.fault(&place("set"), refusal);
    }
}

fn check_copy(sheet: &mut Sheet<'_, '_, '_>, register: &Register, at: &[&str], copy: &Copy) {
    let (of, fields) = ([at, &["link"]].concat(), [at, &["fields"]].concat());
    let Some(link) = field(sheet, register, &of, &copy.link, &[FieldType::Link]) else { return };
    if link.many {
        sheet.fault(&of, Refusal::new("pack.copy_of_many").with("field", &copy.link));
    }
    let Some(other) = link.register.as_deref().and_then(|id| sheet.pack.register(id)) else { return };
    for (theirs, ours) in &copy.fields {
        let read = field(sheet, other, &fields, theirs, &[]);
        let filled = field(sheet, register, &fields, ours, &[]);
        if let (Some(read), Some(filled)) = (read, filled) {
            same(sheet, &fields, read, filled);
        }
        let copied = other.copies.iter().any(|copy| copy.fields.values().any(|field| field == theirs));
        if copied {
            sheet.fault(&fields, Refusal::new("pack.copy_chain").with("field", theirs).with("register", &other.id));
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
