//! The figures behind a report held against one another: parts and wholes, shares and percents, stocks, formulas, places below. The relations are the pack's own.

use calendar::Window;
use kernel::{
    Lang,
    number::{decimal, percent},
};
use pack::{
    AnyFigure,
    figure::{Derived, Figure, Shape},
    formula::{Arithmetic, Formula, Take},
    register::{FieldType, Register},
};
use web::t;

use crate::{
    Scene,
    answer::{Answer, Answers, Question},
};

/// Two numbers that should agree and do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispute {
    pub relation: Relation,
    /// The figure that is told.
    pub label: String,
    pub told: Side,
    /// What the others give.
    pub expected: Side,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub shown: String,
    pub href: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The parts of one breakdown are more than the whole.
    Parts,
    /// A part of a whole is more than it.
    Share,
    Percent,
    /// Opening + new − closed.
    Stock,
    /// The pack's formula over the same numbers.
    Formula,
    /// The places below are more than the one that holds them.
    Below,
}

impl Dispute {
    /// What is wrong, in words; the expected number follows.
    pub fn say(&self, lang: Lang) -> String {
        match self.relation {
            Relation::Parts => t!(lang, "reports.dispute_parts"),
            Relation::Share => t!(lang, "reports.dispute_share"),
            Relation::Percent => t!(lang, "reports.dispute_percent"),
            Relation::Stock => t!(lang, "reports.dispute_stock"),
            Relation::Formula => t!(lang, "reports.dispute_formula"),
            Relation::Below => t!(lang, "reports.dispute_below"),
        }
    }
}

/// All disputes among the answers. Numbers that nobody has said, or only about (“hơn 1.000”), dispute nothing.
pub(crate) fn disputes(scene: &Scene<'_>, answers: &Answers) -> Vec<Dispute> {
    let mut hearing = Hearing { scene, answers, found: Vec::new() };
    for (question, answer) in &answers.values {
        let Some(value) = exact(answer) else { continue };
        match scene.pack.figure(&question.figure) {
            Some(AnyFigure::Counted(register, figure)) => {
                hearing.parts(question, answer, value, register, figure);
                hearing.stock(question, answer, value, register, figure);
                hearing.below(question, answer, value, figure);
            }
            Some(AnyFigure::Derived(derived)) => hearing.derived(question, answer, value, derived),
            None => {}
        }
    }
    hearing.found
}

/// The amount, where it is known and not rough: rough numbers have a word in them.
fn exact(answer: &Answer) -> Option<i64> {
    answer.value.filter(|_| answer.known && !answer.number.chars().any(char::is_alphabetic))
}

struct Hearing<'a, 's> {
    scene: &'a Scene<'s>,
    answers: &'a Answers,
    found: Vec<Dispute>,
}

impl<'a> Hearing<'a, '_> {
    fn find(&mut self, relation: Relation, question: &Question, told: String, expected: (String, &Question)) {
        let label = self.scene.pack.figure(&question.figure).map(|figure| figure.label().vi.clone());
        let told = Side { shown: told, href: self.scene.href(question, &[]) };
        let expected = Side { shown: expected.0, href: self.scene.href(expected.1, &[]) };
        self.found.push(Dispute { relation, label: label.unwrap_or_default(), told, expected });
    }

    fn get(&self, figure: &str, unit: i64, window: Window) -> Option<(&'a Question, i64)> {
        let question = Question { figure: figure.to_owned(), unit, window };
        let (question, answer) = self.answers.values.get_key_value(&question)?;
        Some((question, exact(answer).filter(|_| answer.places == 0 && answer.of.is_none())?))
    }

    /// A stock as the window opens: what it was at the end of an earlier one, if the place is still made of the same parts.
    fn opening(&self, figure: &str, question: &Question) -> Option<(&'a Question, i64)> {
        let before = question.window.from.yesterday().ok()?;
        let unit = units::Unit(question.unit);
        let children = |day| self.scene.tree.at(day).children(unit);
        let mut asked = self.answers.values.keys();
        let asked = asked.find(|one| one.figure == figure && one.unit == question.unit && one.window.to == before)?;
        (children(before) == children(question.window.to)).then_some(())?;
        self.get(figure, question.unit, asked.window)
    }

    /// Only breakdowns that give each thing one word. Less than the whole is no slip: not everything is broken down.
    fn parts(&mut self, question: &Question, answer: &Answer, value: i64, register: &Register, figure: &Figure) {
        if figure.shape() == Shape::Reading || answer.parts.iter().any(|part| part.value < 0) {
            return;
        }
        for by in &figure.by {
            let kind = register.any_field(by).map(|field| field.kind);
            let sum: i64 = answer.by(by).values().sum();
            if !matches!(kind, Some(FieldType::Choices | FieldType::Topic)) && sum > value {
                let sum = decimal(sum, answer.places);
                self.find(Relation::Parts, question, answer.number.clone(), (sum, question));
            }
        }
    }

    /// What came in on the stock's first day and what went out on its last are figures of the same register, of the same records.
    fn stock(&mut self, question: &Question, answer: &Answer, value: i64, register: &Register, figure: &Figure) {
        let (Some(from), Some(to)) = (&figure.from, &figure.to) else { return };
        let alike = |flow: &&Figure| {
            flow.shape() == Shape::Flow
                && (&flow.only, &flow.count, &flow.sum, &flow.unit)
                    == (&figure.only, &figure.count, &figure.sum, &figure.unit)
        };
        let flow = |day: &String| {
            let mut flows = register.figures.iter().filter(alike).filter(|flow| flow.day.as_ref() == Some(day));
            let name = |flow: &Figure| format!("{}.{}", register.id, flow.id);
            flows.find_map(|flow| self.get(&name(flow), question.unit, question.window))
        };
        let sides = (self.opening(&question.figure, question), flow(from), flow(to));
        if let (Some((then, opening)), Some((_, new)), Some((_, closed))) = sides
            && answer.places == 0
            && opening + new - closed != value
        {
            let left = decimal(opening + new - closed, 0);
            self.find(Relation::Stock, question, answer.number.clone(), (left, then));
        }
    }

    /// A place may have things of its own beside those of the places in it.
    fn below(&mut self, question: &Question, answer: &Answer, value: i64, figure: &Figure) {
        if question.unit != self.scene.unit.0 || figure.shape() == Shape::Reading {
            return;
        }
        let ask = |unit: &units::Unit| Question { unit: unit.0, ..question.clone() };
        let below: Vec<i64> =
            self.scene.below().iter().filter_map(|unit| exact(self.answers.values.get(&ask(unit))?)).collect();
        let sum: i64 = below.iter().sum();
        if sum > value && below.iter().all(|one| *one >= 0) {
            let sum = decimal(sum, answer.places);
            self.find(Relation::Below, question, answer.number.clone(), (sum, question));
        }
    }

    fn derived(&mut self, question: &Question, answer: &Answer, value: i64, derived: &Derived) {
        let formula = |text: &Option<String>| text.as_ref().and_then(|text| self.scene.pack.formula(text));
        let (share, sum) = (formula(&derived.share).and_then(Formula::sides), formula(&derived.formula));
        let within = derived.coverage.is_some() || share.is_some_and(|(part, whole)| lies_in(part, whole));
        if let Some(of) = answer.of {
            if within && value > of {
                self.find(Relation::Share, question, answer.number.clone(), (decimal(of, 0), question));
            }
            let plain = derived.coverage.is_some() || share.is_some_and(|(a, b)| self.counts(a) && self.counts(b));
            if let (true, Some(told), Some(right)) = (plain, answer.percent, percent(value, of, 1, derived.rounding))
                && told != right
            {
                let said = |tenths| format!("{}%", decimal(tenths, 1));
                self.find(Relation::Percent, question, said(told), (said(right), question));
            }
        }
        // The sides of a share, and the sum of a formula, from the numbers that they are made of.
        let sides = [(Some(value), share.map(|(part, _)| part).or(sum)), (answer.of, share.map(|(_, whole)| whole))];
        for (told, side) in sides {
            let (Some(told), Some(side)) = (told.filter(|_| answer.places == 0), side) else { continue };
            if let Some((from, right)) = self.worth(side, question)
                && right != told
            {
                self.find(Relation::Formula, question, decimal(told, 0), (decimal(right, 0), from));
            }
        }
    }

    /// Sums and differences of known numbers, with one of them to open.
    fn worth(&self, formula: &Formula, question: &Question) -> Option<(&'a Question, i64)> {
        match formula {
            Formula::Term(term) if term.part.is_none() => match term.take {
                Take::Window => self.get(&term.figure, question.unit, question.window),
                Take::Opening => self.opening(&term.figure, question),
                _ => None,
            },
            Formula::Op(a, how, b) => {
                let ((from, a), (_, b)) = (self.worth(a, question)?, self.worth(b, question)?);
                match how {
                    Arithmetic::Add => Some((from, a + b)),
                    Arithmetic::Subtract => Some((from, a - b)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A count, or a sum of counts: a whole number, so that its shares can be reckoned again.
    fn counts(&self, formula: &Formula) -> bool {
        match formula {
            Formula::Term(term) => match self.scene.pack.figure(&term.figure) {
                Some(AnyFigure::Counted(_, figure)) => figure.count.is_some() && !term.take.is_gain(),
                _ => false,
            },
            Formula::Op(a, Arithmetic::Add | Arithmetic::Subtract, b) => self.counts(a) && self.counts(b),
            _ => false,
        }
    }
}

/// The one side is some of the other by its making: carried over, of those that began in it, or one part of the same figure.
fn lies_in(part: &Formula, whole: &Formula) -> bool {
    let (Formula::Term(part), Formula::Term(whole)) = (part, whole) else { return false };
    matches!((part.take, whole.take), (Take::Carried, Take::Opening) | (Take::Cohort, Take::Window))
        || (part.figure == whole.figure && part.take == whole.take && part.part.is_some() && whole.part.is_none())
}
