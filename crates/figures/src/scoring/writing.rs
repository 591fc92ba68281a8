//! A sheet of points about to be saved: what is laid, refused and added up.

use std::collections::HashMap;

use kernel::{Refusal, Refused, number::decimal};
use pack::document::{Fields, RowDoc};
use records::{Changed, Record, behaviour::Scene, save::Change};
use serde_json::Value as Json;
use units::Unit;

use super::{
    Criterion, Kind, PLACES, Scale,
    sheet::{POINTS, amount, marks, text, yes},
};

/// A sheet about to be saved.
pub(super) struct Writing<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) was: Option<&'a Record>,
    pub(super) change: &'a mut Change,
    pub(super) scale: &'a Scale,
}

impl Writing<'_> {
    /// Every criterion has its row, with the text and the points of the set.
    pub(super) fn lay(&mut self) {
        let document = &mut self.change.record.document;
        let mut rows = document.rows.shift_remove(POINTS).unwrap_or_default();
        for one in &self.scale.criteria {
            let own = |row: &RowDoc| text(&row.fields, "code") == Some(&one.code);
            let place = rows.iter().position(own).unwrap_or_else(|| {
                document.next_row += 1;
                rows.push(RowDoc { n: document.next_row, ..RowDoc::default() });
                rows.len() - 1
            });
            let fields = &mut rows[place].fields;
            let kind = match one.kind {
                Kind::Regular => "regular",
                Kind::Bonus => "bonus",
                Kind::Penalty => "penalty",
                Kind::Ceiling => "ceiling",
                Kind::Bar => "bar",
            };
            for (name, value) in [("code", one.code.as_str()), ("text", &one.text), ("kind", kind)] {
                if !value.is_empty() {
                    fields.insert(name.to_owned(), value.into());
                }
            }
            fields.insert("full".to_owned(), one.full.into());
        }
        document.rows.insert(POINTS.to_owned(), rows);
        let mut reviewers: Vec<i64> = self.scale.criteria.iter().filter_map(|one| one.reviewer).collect();
        reviewers.sort_unstable();
        reviewers.dedup();
        if !reviewers.is_empty() && self.scene.register.field("reviewers").is_some() {
            self.put("reviewers", Some(reviewers.into()));
        }
    }

    /// Points stand where the set allows them, and each is given by whom it is for.
    pub(super) fn judge(&self) -> std::result::Result<(), Refused> {
        let mut refused = Refused::default();
        let document = &self.change.record.document;
        let before: HashMap<i64, &Fields> =
            self.was.into_iter().flat_map(|was| was.document.rows(POINTS)).map(|row| (row.n, &row.fields)).collect();
        let handed_in = self.was.is_some_and(|was| was.state.as_deref() != Some("scoring"));
        let by_hand = self.scene.by.account != 0 && !self.scene.by.old_book;
        let settles = self.took("decide");
        for row in document.rows(POINTS) {
            let code = text(&row.fields, "code").unwrap_or_default();
            let refuse = |key: &'static str| Refusal::new(key).with("code", code).at(POINTS);
            let Some(one) = self.scale.criterion(code) else {
                refused.push(refuse("figure.score_no_such"));
                continue;
            };
            let stood = |name: &str| before.get(&row.n).and_then(|fields| fields.get(name));
            let changed = |name: &str| stood(name) != row.fields.get(name);
            if yes(&row.fields, "not_arising") && !one.optional {
                refused.push(refuse("figure.score_not_optional"));
            }
            let points = ["self", "reviewed"].into_iter().filter_map(|name| amount(&row.fields, name)).max();
            if points.is_some_and(|points| points > one.full) {
                refused.push(refuse("figure.score_over").with("full", decimal(one.full, PLACES)));
            }
            if handed_in && changed("self") {
                refused.push(refuse("figure.score_self_fixed"));
            }
            let reviewed = changed("reviewed") || changed("reason");
            if by_hand && reviewed && !settles && !self.reviews(one) {
                refused.push(refuse("figure.score_not_yours").with("body", self.reviewer_name(one)));
            }
        }
        if self.took("submit") {
            let silent = self.scale.total(&marks(document, "self")).unmarked;
            if !silent.is_empty() {
                refused.push(Refusal::new("figure.score_unmarked").with("codes", silent.join(", ")).at(POINTS));
            }
        }
        refused.settle()
    }

    /// This very act took the step.
    fn took(&self, step: &str) -> bool {
        let known = self.was.map_or(0, |was| was.document.steps.len());
        self.change.record.document.steps.iter().skip(known).any(|taken| taken.step == step)
    }

    fn reviewer(&self, one: &Criterion) -> Option<Unit> {
        let of_all = || self.change.record.document.fields.get("reviewer").and_then(Json::as_i64);
        one.reviewer.or_else(of_all).map(Unit)
    }

    /// Whoever acts sits in the body that reviews this criterion, at the place that it is of, or above it.
    fn reviews(&self, one: &Criterion) -> bool {
        let (record, seat) = (&self.change.record, Unit(self.scene.by.seat));
        let at = self.scene.snapshot.tree.at(record.day);
        self.reviewer(one)
            .is_some_and(|body| [body, body.ground()].contains(&seat) || at.superiors(body).contains(&seat))
    }

    fn reviewer_name(&self, one: &Criterion) -> String {
        let at = self.scene.snapshot.tree.at(self.change.record.day);
        self.reviewer(one).map(|body| at.title(body)).unwrap_or_default()
    }

    /// Totals, and the grade that they come to. One's own total stands once it is handed in.
    pub(super) fn total(&mut self) -> Vec<Refusal> {
        let document = &self.change.record.document;
        let own = self.scale.total(&marks(document, "self"));
        let reviewed_marks = marks(document, "reviewed");
        let is_reviewed = reviewed_marks.values().any(|mark| mark.points.is_some());
        let reviewed = self.scale.total(&reviewed_marks);
        if self.was.is_none_or(|was| was.state.as_deref() == Some("scoring")) {
            let spoken = marks(document, "self").values().any(|mark| mark.points.is_some());
            self.put("self_total", spoken.then(|| own.total.into()));
        }
        if !is_reviewed || !reviewed.unmarked.is_empty() {
            return Vec::new();
        }
        let decided = self.change.record.state.as_deref() == Some("decided");
        // What the reviewers came to stands beside what the council decides.
        if !decided || !self.change.record.document.fields.contains_key("reviewed_total") {
            self.put("reviewed_total", Some(reviewed.total.into()));
        }
        if !decided || self.took("decide") {
            self.put("final_total", Some(reviewed.total.into()));
        }
        if !reviewed.barred_by.is_empty() {
            self.put("ineligible", Some(true.into()));
            self.put("grade", None);
            if !self.change.record.document.fields.contains_key("ineligible_reason") {
                let texts = reviewed.barred_by.iter().filter_map(|code| self.scale.criterion(code));
                let reason: Vec<&str> = texts.map(|one| one.text.as_str()).collect();
                self.put("ineligible_reason", Some(reason.join("; ").into()));
            }
        }
        if yes(&self.change.record.document.fields, "ineligible") {
            return Vec::new();
        }
        let Some(grade) = self.scale.grade(reviewed.total) else { return Vec::new() };
        let given = text(&self.change.record.document.fields, "grade").map(str::to_owned);
        match given {
            None => {
                self.put("grade", Some(grade.into()));
                Vec::new()
            }
            Some(given) if given != grade => {
                let label = |word: &str| {
                    let choices = self.scene.register.field("grade").map(|field| field.choices.as_slice());
                    let choice = choices.unwrap_or_default().iter().find(|choice| choice.id == word);
                    choice.map_or_else(|| word.to_owned(), |choice| choice.label().vi.clone())
                };
                let total = decimal(reviewed.total, PLACES);
                let told = Refusal::new("figure.score_grade").with("total", total).with("by", label(grade));
                vec![told.with("given", label(&given)).at("grade")]
            }
            Some(_) => Vec::new(),
        }
    }

    /// Writes a field of the sheet, and says so in its timeline.
    fn put(&mut self, name: &str, value: Option<Json>) {
        let fields = &mut self.change.record.document.fields;
        let old = match &value {
            Some(value) => fields.insert(name.to_owned(), value.clone()),
            None => fields.remove(name),
        };
        if old == value {
            return;
        }
        let changed = &mut self.change.changed;
        changed.retain(|one| one.field != name);
        let (old, new) = (old.unwrap_or_default(), value.unwrap_or_default());
        changed.push(Changed { field: name.to_owned(), old, new });
    }
}
