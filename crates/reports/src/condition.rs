//! Whether a choice in the text holds: over numbers that have data. Silence never counts in favour.

use pack::{
    formula::{Arithmetic, Formula},
    outline::{Condition, Moment},
    programme::Op,
};

use crate::draft::Writer;

impl Writer<'_, '_> {
    pub(crate) fn holds(&self, when: &Condition) -> bool {
        match when {
            Condition::Targets => !self.answers.targets.is_empty(),
            Condition::Tasks => !self.answers.tasks.is_empty(),
            Condition::Theme => !self.answers.themes.is_empty(),
            Condition::Has(number) => self.answer(&self.scene.question(number)).is_some_and(|answer| answer.known),
            Condition::Any(number) => {
                let amount = self.answer(&self.scene.question(number)).and_then(|answer| answer.amount(&number.part));
                amount.is_some_and(|amount| amount > 0)
            }
            Condition::Holds { formula, .. } => self.truth(formula) == Some(true),
        }
    }

    /// Nothing where a figure has no data: silence never counts in favour.
    fn truth(&self, formula: &Formula) -> Option<bool> {
        match formula {
            Formula::And(a, b) => Some(self.truth(a)? && self.truth(b)?),
            Formula::Or(a, b) => match (self.truth(a), self.truth(b)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (a, b) => Some(a? || b?),
            },
            Formula::Compare(a, op, b) => {
                let (a, b) = (self.amount(a)?, self.amount(b)?);
                // Halves of a thousandth lie between any two amounts that differ.
                let near = (a - b).abs() < 0.000_5;
                Some(match op {
                    Op::Equal => near,
                    Op::AtLeast => near || a > b,
                    Op::AtMost => near || a < b,
                    Op::Over => !near && a > b,
                    Op::Under => !near && a < b,
                })
            }
            _ => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "amounts of reports are far below 2^52")]
    fn amount(&self, formula: &Formula) -> Option<f64> {
        match formula {
            Formula::Number(millionths) => Some(*millionths as f64 / 1e6),
            Formula::Term(term) => {
                let answer = self.answer(&self.scene.question_at(&term.figure, Moment::Now))?;
                let part: Vec<(String, String)> = term.part.iter().cloned().collect();
                let value = answer.amount(&part).filter(|_| answer.known)? as f64;
                Some(match answer.of {
                    Some(of) if of != 0 => value / of as f64,
                    _ => value / 10_f64.powi(answer.places.cast_signed()),
                })
            }
            Formula::Op(a, arithmetic, b) => {
                let (a, b) = (self.amount(a)?, self.amount(b)?);
                match arithmetic {
                    Arithmetic::Add => Some(a + b),
                    Arithmetic::Subtract => Some(a - b),
                    Arithmetic::Multiply => Some(a * b),
                    Arithmetic::Divide => (b != 0.0).then(|| a / b),
                }
            }
            _ => None,
        }
    }
}
