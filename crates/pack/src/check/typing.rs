//! Checks of expressions: each is typed against its register before it ever runs.

use std::{collections::BTreeMap, sync::Arc};

use kernel::Refusal;

use super::{Sheet, expressions};
use crate::{
    expression::{Names, Type},
    read::Pack,
    register::{Field, FieldType, Register},
};

pub(super) fn check(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    for written in expressions(register) {
        let Some(expression) = sheet.pack.expression(written.text) else { continue };
        let names = names(sheet.pack, register, written.row);
        match expression.check(&names) {
            Err(refusal) => {
                let unknown = refusal.arg("name").unwrap_or_default().to_owned();
                let private = refusal.key == "pack.expression_unknown_name" && is_private(register, &unknown);
                let refusal = if private { private_used(&unknown).with("expression", written.text) } else { refusal };
                sheet.fault(&written.place, refusal);
            }
            Ok(kind) if written.condition && !matches!(kind, Type::Bool | Type::Any) => {
                let refusal = Refusal::new("pack.not_a_condition");
                sheet.fault(&written.place, refusal.with("expression", written.text).with("kind", kind.name()));
            }
            Ok(_) => {}
        }
    }
}

pub(super) fn private_used(field: &str) -> Refusal {
    Refusal::new("pack.private_used").with("field", field)
}

fn is_private(register: &Register, id: &str) -> bool {
    let rows = register.rows.iter().flat_map(|rows| &rows.fields);
    register.fields.iter().chain(rows).any(|field| field.private && field.id == id)
}

/// What expressions over a register may name; with child rows, also `row`.
pub(crate) fn names(pack: &Pack, register: &Register, row: Option<&str>) -> Names {
    let mut names = field_names(pack, &register.fields);
    for rows in &register.rows {
        let inner = Type::Row(Arc::new(field_names(pack, &rows.fields)));
        if row == Some(rows.id.as_str()) {
            names.insert("row".to_owned(), inner.clone());
        }
        names.insert(rows.id.clone(), Type::List(Box::new(inner)));
    }
    let on = register.steps.iter().map(|step| (step.id.clone(), Type::Text(None)));
    names.insert("on".to_owned(), Type::Row(Arc::new(on.collect())));
    let late = register.clocks.iter().map(|clock| (clock.id.clone(), Type::Bool));
    names.insert("late".to_owned(), Type::Row(Arc::new(late.collect())));
    names.insert("state".to_owned(), words(register.states.iter().map(|state| state.id.clone())));
    let kinds = |list: &str| words(pack.kinds.get(list).into_iter().flatten().cloned());
    let unit = BTreeMap::from([("level".to_owned(), kinds("level")), ("kind".to_owned(), kinds("kind"))]);
    names.insert("unit".to_owned(), Type::Row(Arc::new(unit)));
    Arc::new(names)
}

fn words(known: impl Iterator<Item = String>) -> Type {
    let known: Vec<String> = known.collect();
    Type::Text((!known.is_empty()).then(|| Arc::new(known)))
}

fn field_names(pack: &Pack, fields: &[Field]) -> BTreeMap<String, Type> {
    fields.iter().filter(|field| !field.private).map(|field| (field.id.clone(), type_of(pack, field))).collect()
}

fn type_of(pack: &Pack, field: &Field) -> Type {
    let choices = || words(field.choices.iter().map(|choice| choice.id.clone()));
    let one = match field.kind {
        FieldType::Choice => choices(),
        FieldType::Choices => return Type::List(Box::new(choices())),
        FieldType::Topic => words(pack.topics.topics.iter().map(|topic| topic.id.clone())),
        FieldType::YesNo => Type::Bool,
        FieldType::Year
        | FieldType::Count
        | FieldType::Quantity
        | FieldType::Money
        | FieldType::Percent
        | FieldType::Rank
        | FieldType::Place
        | FieldType::Body => Type::Int,
        FieldType::Text
        | FieldType::LongText
        | FieldType::Date
        | FieldType::Month
        | FieldType::Post
        | FieldType::Phone
        | FieldType::Address
        | FieldType::Link
        | FieldType::File
        | FieldType::Figure
        | FieldType::Target => Type::Text(None),
    };
    if field.many { Type::List(Box::new(one)) } else { one }
}
