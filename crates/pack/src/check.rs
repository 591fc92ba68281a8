//! What must hold over a whole pack, beyond what its types can say.

use std::collections::HashMap;

use crate::{fault::Faults, read::Pack, register::Register};

/// An expression of a register and where it stands.
pub(crate) struct Written<'a> {
    pub(crate) text: &'a str,
    pub(crate) place: Vec<&'a str>,
    /// The child rows whose fields it reads as `row`.
    pub(crate) row: Option<&'a str>,
    /// It says yes or no; else a limit's fact, which may be anything.
    pub(crate) condition: bool,
}

impl<'a> Written<'a> {
    fn condition(text: &'a str, place: &[&'a str], row: Option<&'a str>) -> Self {
        Self { text, place: place.to_vec(), row, condition: true }
    }

    pub(crate) fn at(&self) -> Vec<&'a str> {
        self.place.clone()
    }
}

/// Every expression of a register.
pub(crate) fn expressions(register: &Register) -> Vec<Written<'_>> {
    let mut all = Vec::new();
    for field in &register.fields {
        let texts = field.required_when.iter().chain(&field.shown_when);
        all.extend(texts.map(|text| Written::condition(text, &["field", &field.id], None)));
    }
    for rows in &register.rows {
        for field in &rows.fields {
            let place = ["rows", rows.id.as_str(), "field", &field.id];
            let texts = field.required_when.iter().chain(&field.shown_when);
            all.extend(texts.map(|text| Written::condition(text, &place, Some(&rows.id))));
        }
    }
    for step in &register.steps {
        let place = ["step", step.id.as_str()];
        // A need that is an id is no expression.
        let needs = step.needs.iter().filter(|need| register.field(need).is_none() && register.rows(need).is_none());
        let texts = needs.chain(step.warns.iter().map(|warn| &warn.when));
        all.extend(texts.map(|text| Written::condition(text, &place, None)));
        for make in &step.makes {
            all.extend(make.when.iter().map(|text| Written::condition(text, &place, Some(&make.rows))));
        }
    }
    for clock in &register.clocks {
        let place = ["clock", clock.id.as_str()];
        all.extend(clock.when.iter().map(|text| Written::condition(text, &place, None)));
        let facts = clock.facts.values();
        all.extend(facts.map(|text| Written { text, place: place.to_vec(), row: None, condition: false }));
    }
    for figure in &register.figures {
        let place = ["figure", figure.id.as_str()];
        all.extend(figure.only.iter().map(|text| Written::condition(text, &place, figure.rows())));
    }
    for check in &register.checks {
        all.push(Written::condition(&check.when, &["check", &check.id], None));
    }
    all
}

pub(crate) fn all(_pack: &Pack, _files: &HashMap<String, String>, _faults: &mut Faults<'_>) {}
