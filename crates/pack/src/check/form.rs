//! Checks of statutory tables: marks, heads, formulas and equations that name what is there.

use kernel::Refusal;

use super::{Sheet, derived::check_term};
use crate::{
    fault::Faults,
    form::{Column, Form, column_of},
    formula::Formula,
    read::Pack,
};

pub(super) fn check(pack: &Pack, faults: &mut Faults<'_>) {
    for form in pack.forms.values() {
        let mut sheet = Sheet { pack, path: format!("forms/{}.toml", form.id), faults };
        sheet.label(&["label"], &form.id, &form.label.vi);
        if let Err(refusal) = pack.law.regime(&form.regime, kernel::Day::MAX)
            && refusal.key == "calendar.unknown_regime"
        {
            sheet.fault(&["regime"], refusal);
        }
        if form.columns.is_empty() != form.unknown {
            sheet.fault(&["column"], Refusal::new("pack.form_columns").with("id", &form.id));
        }
        if let Some(register) = &form.register
            && pack.register(register).is_none()
        {
            let known: Vec<&str> = pack.registers.keys().map(String::as_str).collect();
            sheet.unknown(&["register"], "pack.paper_register", register, &known);
        }
        let mut seen: Vec<&str> = Vec::new();
        for column in &form.columns {
            let at = ["column", column.id.as_str()];
            if seen.contains(&column.id.as_str()) {
                sheet.fault(&at, Refusal::new("pack.twice").with("id", &column.id));
            }
            if column.id.is_empty() || !column.id.bytes().all(|byte| byte.is_ascii_digit()) || column.head.is_empty() {
                sheet.fault(&at, Refusal::new("pack.form_mark").with("id", &column.id));
            }
            if column.per < 1 || sources(column) != 1 {
                sheet.fault(&at, Refusal::new("pack.form_source").with("id", &column.id));
            }
            if let Some(text) = &column.value {
                formula(&mut sheet, form, &at, text, false);
                if circular(pack, form, column, &mut Vec::new()) {
                    sheet.fault(&at, Refusal::new("pack.form_circle").with("id", &column.id));
                }
            }
            seen.push(&column.id);
        }
        for check in &form.checks {
            formula(&mut sheet, form, &["check", &check.id], &check.holds, true);
        }
    }
}

/// A column has one source: a formula, a text, or an officer's hand.
fn sources(column: &Column) -> usize {
    usize::from(column.value.is_some()) + usize::from(column.text.is_some()) + usize::from(column.by_hand)
}

fn formula(sheet: &mut Sheet<'_, '_, '_>, form: &Form, at: &[&str], text: &str, condition: bool) {
    let Some(formula) = sheet.pack.formula(text) else { return };
    if formula.is_condition() != condition {
        sheet.fault(at, Refusal::new("pack.formula_unreadable").with("expression", text));
    }
    for term in formula.terms() {
        match column_of(term) {
            Some(mark) if form.column(mark).is_some() => {}
            Some(mark) => {
                let known: Vec<&str> = form.columns.iter().map(|column| column.id.as_str()).collect();
                sheet.unknown(at, "pack.form_column", mark, &known);
            }
            None => check_term(sheet, at, term),
        }
    }
}

fn circular(pack: &Pack, form: &Form, column: &Column, path: &mut Vec<String>) -> bool {
    if path.contains(&column.id) {
        return true;
    }
    path.push(column.id.clone());
    let terms = column.value.as_ref().and_then(|text| pack.formula(text)).map(Formula::terms).unwrap_or_default();
    let found =
        terms.into_iter().filter_map(|term| form.column(column_of(term)?)).any(|next| circular(pack, form, next, path));
    path.pop();
    found
}
