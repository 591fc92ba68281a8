//! Formulas over figures, read from the same expression language: `carried(a.settled) / opening(a.open)`.

use cel::{
    IdedExpr,
    common::ast::{Expr, LiteralValue, operators as op},
};
use kernel::Refusal;

use crate::{expression::Expression, programme::Op};

/// Which facts of a figure a term takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Take {
    /// A flow: in the window. A stock: at its last day. A reading: the latest in it.
    Window,
    /// A stock as the window opens.
    Opening,
    /// Happened in the window, began before it.
    Carried,
    /// Began in the window, happened up to the cut-off.
    Cohort,
    /// A reading against the same window of the year before: ranks gained, points gained. Ranks among more or fewer are not compared.
    Gain,
    /// The same, the rank before taken as it would be among those ranked now.
    Scaled,
}

impl Take {
    pub fn is_gain(self) -> bool {
        matches!(self, Take::Gain | Take::Scaled)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    Term(Term),
    /// A plain number, in millionths.
    Number(i64),
    Op(Box<Formula>, Arithmetic, Box<Formula>),
    Compare(Box<Formula>, Op, Box<Formula>),
    And(Box<Formula>, Box<Formula>),
    Or(Box<Formula>, Box<Formula>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A figure, which of its facts, and only one part of its breakdown if so.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    pub figure: String,
    pub take: Take,
    pub part: Option<(String, String)>,
}

impl Formula {
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let expression = Expression::compile(text)?;
        read(expression.tree()).map_err(|refusal| refusal.with("expression", text))
    }

    /// Every term, left to right.
    pub fn terms(&self) -> Vec<&Term> {
        match self {
            Formula::Term(term) => vec![term],
            Formula::Number(_) => Vec::new(),
            Formula::Op(a, _, b) | Formula::Compare(a, _, b) | Formula::And(a, b) | Formula::Or(a, b) => {
                let mut terms = a.terms();
                terms.extend(b.terms());
                terms
            }
        }
    }

    /// The two sides of a division at the top: x of y.
    pub fn sides(&self) -> Option<(&Formula, &Formula)> {
        match self {
            Formula::Op(a, Arithmetic::Divide, b) => Some((a, b)),
            _ => None,
        }
    }

    pub fn is_condition(&self) -> bool {
        matches!(self, Formula::Compare(..) | Formula::And(..) | Formula::Or(..))
    }
}

fn read(node: &IdedExpr) -> Result<Formula, Refusal> {
    let strange = || Refusal::new("pack.formula_unreadable");
    match &node.expr {
        Expr::Literal(LiteralValue::Int(n)) => {
            n.inner().checked_mul(1_000_000).map(Formula::Number).ok_or_else(strange)
        }
        #[expect(clippy::cast_possible_truncation, reason = "millionths of a number written by hand in a definition")]
        Expr::Literal(LiteralValue::Double(x)) => Ok(Formula::Number((x.inner() * 1e6).round() as i64)),
        Expr::Ident(_) | Expr::Select(_) => {
            Ok(Formula::Term(Term { figure: name(node).ok_or_else(strange)?, take: Take::Window, part: None }))
        }
        Expr::Call(call) if call.target.is_none() => match (call.func_name.as_str(), call.args.as_slice()) {
            (function @ ("opening" | "carried" | "cohort" | "gain"), [inner]) => {
                let take = match function {
                    "gain" => Take::Gain,
                    "opening" => Take::Opening,
                    "carried" => Take::Carried,
                    _ => Take::Cohort,
                };
                match read(inner)? {
                    Formula::Term(term) => Ok(Formula::Term(Term { take, ..term })),
                    _ => Err(strange()),
                }
            }
            ("gain", [inner, how]) => match (read(inner)?, literal(how).as_deref()) {
                (Formula::Term(term), Some("scaled")) => Ok(Formula::Term(Term { take: Take::Scaled, ..term })),
                _ => Err(strange()),
            },
            ("part", [inner, by, word]) => match (read(inner)?, literal(by), literal(word)) {
                (Formula::Term(term), Some(by), Some(word)) => {
                    Ok(Formula::Term(Term { part: Some((by, word)), ..term }))
                }
                _ => Err(strange()),
            },
            (operator, [a, b]) => {
                let (a, b) = (Box::new(read(a)?), Box::new(read(b)?));
                Ok(match operator {
                    op::ADD => Formula::Op(a, Arithmetic::Add, b),
                    op::SUBSTRACT => Formula::Op(a, Arithmetic::Subtract, b),
                    op::MULTIPLY => Formula::Op(a, Arithmetic::Multiply, b),
                    op::DIVIDE => Formula::Op(a, Arithmetic::Divide, b),
                    op::EQUALS => Formula::Compare(a, Op::Equal, b),
                    op::GREATER_EQUALS => Formula::Compare(a, Op::AtLeast, b),
                    op::GREATER => Formula::Compare(a, Op::Over, b),
                    op::LESS_EQUALS => Formula::Compare(a, Op::AtMost, b),
                    op::LESS => Formula::Compare(a, Op::Under, b),
                    op::LOGICAL_AND => Formula::And(a, b),
                    op::LOGICAL_OR => Formula::Or(a, b),
                    _ => return Err(strange()),
                })
            }
            _ => Err(strange()),
        },
        _ => Err(strange()),
    }
}

fn literal(node: &IdedExpr) -> Option<String> {
    match &node.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(text.inner().to_string()),
        _ => None,
    }
}

fn name(node: &IdedExpr) -> Option<String> {
    match &node.expr {
        Expr::Ident(name) => Some(name.clone()),
        Expr::Select(select) => Some(format!("{}.{}", name(&select.operand)?, select.field)),
        _ => None,
    }
}
