//! What must hold over a whole pack, beyond what its types can say.

mod call;
mod crossing;
mod decision;
mod derived;
mod duty;
mod fields;
mod figure;
mod form;
mod lifecycle;
mod outline;
mod paper;
mod programme;
mod register;
mod typing;
mod vocabulary;
mod vote;

use std::collections::HashMap;

use kernel::Refusal;

use crate::{
    expression::nearest,
    fault::{Fault, Faults},
    read::Pack,
    register::Register,
};

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
            all.extend(make.when.iter().map(|text| Written::condition(text, &place, make.rows.as_deref())));
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
    if let Some(votes) = &register.votes {
        all.extend(votes.tally.iter().map(|tally| Written::condition(&tally.when, &["votes", "tally"], None)));
        for one in &votes.thresholds {
            let place = ["votes", "threshold", one.id.as_str()];
            all.extend(one.when.iter().map(|text| Written::condition(text, &place, None)));
        }
    }
    all
}

/// A file under examination.
pub(crate) struct Sheet<'p, 's, 'f> {
    pack: &'p Pack,
    path: String,
    faults: &'f mut Faults<'s>,
}

impl Sheet<'_, '_, '_> {
    fn fault(&mut self, at: &[&str], refusal: Refusal) {
        self.faults.at(&self.path, at, refusal);
    }

    /// A word that is none of those known.
    fn unknown(&mut self, at: &[&str], key: &'static str, word: &str, known: &[&str]) {
        self.fault(at, Refusal::new(key).with("name", word).with("nearest", nearest_of(word, known)));
    }

    /// A fault on a line of a text: of an outline or a paper, whose parts have no path.
    fn fault_on(&mut self, line: usize, refusal: Refusal) {
        let file = self.faults.source.file(&self.path);
        self.faults.found.push(Fault { file, line, refusal });
    }

    fn unknown_on<'k>(&mut self, line: usize, key: &'static str, word: &str, known: impl Iterator<Item = &'k str>) {
        let known: Vec<&str> = known.collect();
        self.fault_on(line, Refusal::new(key).with("name", word).with("nearest", nearest_of(word, &known)));
    }

    /// The line on which a key of a text's head stands.
    fn line_of(&self, key: &str) -> usize {
        let text = self.faults.source.text(&self.path).unwrap_or_default();
        text.lines().position(|line| line.trim_start().starts_with(key)).map_or(1, |line| line + 1)
    }

    /// Ids that are no ids, or stand twice, and labels without a Vietnamese text, in one list of elements.
    fn elements<'e>(&mut self, at: &[&str], elements: impl IntoIterator<Item = (&'e str, &'e str)>) {
        let mut seen = Vec::new();
        for (number, (id, label)) in elements.into_iter().enumerate() {
            let place = [at, &[id]].concat();
            self.id(&place, id);
            if seen.contains(&id) {
                self.fault(&[at, &[&number.to_string()]].concat(), Refusal::new("pack.twice").with("id", id));
            }
            seen.push(id);
            self.label(&place, id, label);
        }
    }

    fn label(&mut self, at: &[&str], id: &str, vi: &str) {
        if vi.trim().is_empty() {
            self.fault(at, Refusal::new("pack.no_label").with("id", id));
        }
    }

    fn id(&mut self, at: &[&str], id: &str) {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let right =
            id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(letters) && id.len() <= LONGEST_ID;
        if !right {
            let better = kernel::text::slug(id).replace('-', "_");
            self.fault(at, Refusal::new("pack.bad_id").with("id", id).with("right", better));
        }
    }

    /// The ids of one list of `kinds.toml`.
    fn kinds(&self, list: &str) -> Vec<&str> {
        self.pack.kinds.get(list).map(|ids| ids.iter().map(String::as_str).collect()).unwrap_or_default()
    }

    /// Each word must be of one of the lists of `kinds.toml`.
    fn known_kinds(&mut self, at: &[&str], words: &[String], lists: &[&str]) {
        let known: Vec<String> = lists.iter().flat_map(|list| self.kinds(list)).map(str::to_owned).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for word in words.iter().filter(|word| !known.contains(&word.as_str())) {
            self.unknown(at, "pack.unknown_kind", word, &known);
        }
    }
}

const LONGEST_ID: usize = 40;

fn nearest_of(word: &str, known: &[&str]) -> String {
    let known: Vec<String> = known.iter().map(|&known| known.to_owned()).collect();
    nearest(word, &known)
}

/// Everything that is wrong with a pack that could be read.
pub(crate) fn all(pack: &Pack, files: &HashMap<String, String>, faults: &mut Faults<'_>) {
    vocabulary::check(pack, faults);
    for register in pack.registers.values() {
        let mut sheet = Sheet { pack, path: format!("registers/{}.toml", register.id), faults };
        register::check(&mut sheet, register);
        fields::check(&mut sheet, register);
        lifecycle::check(&mut sheet, register);
        crossing::check(&mut sheet, register);
        figure::check(&mut sheet, register);
        typing::check(&mut sheet, register);
        vote::check(&mut sheet, register);
        call::check(&mut sheet, register);
    }
    derived::check(pack, files, faults);
    programme::check(pack, faults);
    duty::check(pack, faults);
    duty::yearly(pack, faults);
    decision::check(pack, faults);
    outline::check(pack, faults);
    paper::check(pack, faults);
    form::check(pack, faults);
}
