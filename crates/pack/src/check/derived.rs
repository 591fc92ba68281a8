//! Checks of computed figures: the figures they read exist, are of the right shape, and never lead back to themselves.

use std::collections::HashMap;

use kernel::Refusal;

use super::Sheet;
use crate::{
    fault::Faults,
    figure::{Coverage, Derived, Over, Scope, Shape},
    formula::{Formula, Take, Term},
    read::{AnyFigure, Pack},
    register::FieldType,
};

pub(super) fn check(pack: &Pack, files: &HashMap<String, String>, faults: &mut Faults<'_>) {
    for figure in pack.derived.values() {
        let path = files.get(&figure.id).cloned().unwrap_or_default();
        let sheet = &mut Sheet { pack, path, faults };
        let at = ["figure", figure.id.as_str()];
        sheet.id(&at, &figure.id);
        sheet.label(&at, &figure.id, &figure.label.vi);
        let ways = [figure.share.is_some(), figure.formula.is_some(), figure.coverage.is_some(), figure.met.is_some()];
        if ways.into_iter().filter(|way| *way).count() != 1 {
            sheet.fault(&at, Refusal::new("pack.derived_what").with("figure", &figure.id));
        }
        check_formulas(sheet, figure);
        if let Some(coverage) = &figure.coverage {
            check_coverage(sheet, figure, coverage);
        }
        if let Some(programme) = figure.met.as_ref().filter(|id| !pack.programmes.contains_key(*id)) {
            let known: Vec<&str> = pack.programmes.keys().map(String::as_str).collect();
            sheet.unknown(&["figure", &figure.id, "met"], "pack.unknown_programme", programme, &known);
        }
        if leads_back(pack, &figure.id, &figure.id, &mut Vec::new()) {
            sheet.fault(&at, Refusal::new("pack.figures_in_circle").with("figure", &figure.id));
        }
    }
}

fn check_formulas(sheet: &mut Sheet<'_, '_, '_>, figure: &Derived) {
    let pack = sheet.pack;
    let read = |text: &Option<String>| text.as_ref().and_then(|text| pack.formula(text));
    if let Some(share) = read(&figure.share) {
        let at = ["figure", figure.id.as_str(), "share"];
        terms(sheet, &at, share);
        if share.sides().is_none() {
            sheet.fault(&at, Refusal::new("pack.share_not_division").with("figure", &figure.id));
        }
    }
    if let Some(formula) = read(&figure.formula) {
        let at = ["figure", figure.id.as_str(), "formula"];
        terms(sheet, &at, formula);
        if formula.is_condition() {
            sheet.fault(&at, Refusal::new("pack.formula_is_condition").with("figure", &figure.id));
        }
    }
}

fn check_coverage(sheet: &mut Sheet<'_, '_, '_>, figure: &Derived, coverage: &Coverage) {
    let at = |key: &'static str| ["figure", figure.id.as_str(), "coverage", key];
    let pack = sheet.pack;
    let each = pack.formula(&coverage.each);
    if let Some(each) = each {
        condition(sheet, &at("each"), &coverage.each, each);
    }
    scope(sheet, &at("scope"), &coverage.scope);
    let counted = |term: &Term| match pack.figure(&term.figure) {
        Some(AnyFigure::Counted(register, figure)) => Some((register, figure)),
        _ => None,
    };
    let figures = || each.into_iter().flat_map(Formula::terms).filter_map(counted);
    match Over::read(&coverage.over) {
        None => sheet.fault(&at("over"), Refusal::new("pack.coverage_over").with("over", &coverage.over)),
        Some(Over::Units) => {}
        Some(over @ (Over::Heads | Over::Posts(_))) => {
            if let Over::Posts(posts) = over {
                sheet.known_kinds(&at("over"), &posts, &["post"]);
            }
            let without = figures().find(|(register, figure)| {
                let subject = figure.subject.as_deref().and_then(|subject| register.any_field(subject));
                subject.is_none_or(|field| field.kind != FieldType::Post)
            });
            if let Some((register, figure)) = without {
                let name = format!("{}.{}", register.id, figure.id);
                sheet.fault(&at("each"), Refusal::new("pack.coverage_without_subject").with("figure", name));
            }
        }
        Some(Over::Records(id)) => {
            if pack.register(&id).is_none() {
                let known: Vec<&str> = pack.registers.keys().map(String::as_str).collect();
                sheet.unknown(&at("over"), "pack.unknown_register", &id, &known);
            }
        }
        Some(Over::Parts(by) | Over::UnitParts(by)) => {
            for (_, figure) in figures().filter(|(_, figure)| !figure.by.contains(&by)) {
                let known: Vec<&str> = figure.by.iter().map(String::as_str).collect();
                sheet.unknown(&at("over"), "pack.unknown_part", &by, &known);
            }
        }
    }
}

/// A scope names levels, kinds and groups that are known, or a kind of body, never both.
pub(super) fn scope(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], scope: &Scope) {
    let place = |key: &'static str| [at, &[key]].concat();
    sheet.known_kinds(&place("level"), &scope.level, &["level"]);
    sheet.known_kinds(&place("kind"), &scope.kind, &["kind"]);
    sheet.known_kinds(&place("group"), &scope.group, &["group"]);
    sheet.known_kinds(&place("body"), scope.body.as_slice(), &["body"]);
    sheet.known_kinds(&place("bodies"), &scope.bodies, &["body"]);
    if scope.is_of_bodies() && !(scope.kind.is_empty() && scope.group.is_empty() && scope.level.is_empty()) {
        sheet.fault(&place("body"), Refusal::new("pack.scope_of_both"));
    }
    let pack = sheet.pack;
    if let Some((text, formula)) = scope.only.as_ref().and_then(|text| Some((text, pack.formula(text)?))) {
        condition(sheet, &place("where"), text, formula);
    }
}

fn condition(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], text: &str, formula: &Formula) {
    terms(sheet, at, formula);
    if !formula.is_condition() {
        sheet.fault(at, Refusal::new("pack.each_not_condition").with("expression", text));
    }
}

pub(super) fn terms(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], formula: &Formula) {
    for term in formula.terms() {
        check_term(sheet, at, term);
    }
}

pub(super) fn check_term(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], term: &Term) {
    let pack = sheet.pack;
    let wrong_take =
        |shape: &str| Refusal::new("pack.take_not_possible").with("figure", &term.figure).with("shape", shape);
    match pack.figure(&term.figure) {
        None => {
            let known = pack.figure_names();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            sheet.unknown(at, "pack.unknown_figure", &term.figure, &known);
        }
        Some(AnyFigure::Derived(figure)) => {
            if figure.share.is_none() && figure.formula.is_none() {
                sheet.fault(at, Refusal::new("pack.not_in_formulas").with("figure", &term.figure));
            }
            if term.take != Take::Window || term.part.is_some() {
                sheet.fault(at, wrong_take("derived"));
            }
        }
        Some(AnyFigure::Counted(register, figure)) => {
            let fits = match term.take {
                Take::Window => true,
                Take::Opening => figure.shape() == Shape::Stock,
                Take::Carried | Take::Cohort => figure.shape() == Shape::Flow && figure.since.is_some(),
                Take::Gain => figure.shape() == Shape::Reading,
                Take::Scaled => {
                    let field = figure.reading.as_deref().and_then(|path| register.any_field(path));
                    field.is_some_and(|field| field.kind == FieldType::Rank)
                }
            };
            if !fits {
                sheet.fault(
                    at,
                    wrong_take(match figure.shape() {
                        Shape::Stock => "stock",
                        Shape::Flow => "flow",
                        Shape::Reading => "reading",
                    }),
                );
            }
            let Some((by, word)) = &term.part else { return };
            if !figure.by.contains(by) {
                let known: Vec<&str> = figure.by.iter().map(String::as_str).collect();
                sheet.unknown(at, "pack.unknown_part", by, &known);
                return;
            }
            let words: Vec<&str> = match (by.as_str(), register.any_field(by).map(|field| (field.kind, field))) {
                ("unit.level", _) => sheet.kinds("level"),
                ("unit.kind", _) => sheet.kinds("kind"),
                ("state", _) => register.states.iter().map(|state| state.id.as_str()).collect(),
                (_, Some((FieldType::Topic, _))) => {
                    let topics = &pack.topics.topics;
                    if let Some(column) = word.strip_prefix("column:") {
                        let known: Vec<&str> = topics.iter().filter_map(|topic| topic.column.as_deref()).collect();
                        if !known.contains(&column) {
                            sheet.unknown(at, "pack.unknown_choice", column, &known);
                        }
                        return;
                    }
                    topics.iter().map(|topic| topic.id.as_str()).collect()
                }
                (_, Some((FieldType::YesNo, _))) => vec!["yes", "no"],
                (_, Some((_, field))) => field.choices.iter().map(|choice| choice.id.as_str()).collect(),
                _ => return,
            };
            if !words.is_empty() && !words.contains(&word.as_str()) {
                let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                sheet.unknown(at, "pack.unknown_choice", word, &words);
            }
        }
    }
}

/// Whether a figure is read, through others, by the one that asks.
fn leads_back<'a>(pack: &'a Pack, from: &'a str, to: &str, seen: &mut Vec<&'a str>) -> bool {
    let Some(figure) = pack.derived.get(from) else { return false };
    let read = figure.texts().filter_map(|text| pack.formula(text)).flat_map(Formula::terms).map(|term| &term.figure);
    let programme = figure.met.as_ref().and_then(|id| pack.programmes.get(id));
    let promised = programme.into_iter().flat_map(|programme| &programme.targets).map(|target| &target.figure);
    for next in read.chain(promised) {
        if next == to {
            return true;
        }
        if !seen.contains(&next.as_str()) {
            seen.push(next);
            if leads_back(pack, next, to, seen) {
                return true;
            }
        }
    }
    false
}
