//! The domain as data: registers, figures, programmes, topics, measures, read from text and checked whole. Reads files, nothing else.

pub mod call;
pub mod change;
mod check;
pub mod decision;
pub mod document;
pub mod duty;
pub mod expression;
pub mod facts;
mod fault;
pub mod figure;
pub mod form;
pub mod formula;
mod law;
pub mod outline;
pub mod paper;
pub mod programme;
mod read;
pub mod register;
mod schema;
mod sentence;
pub mod source;
pub mod vocabulary;
pub mod vote;

pub use fault::Fault;
pub use read::{AnyFigure, Pack};
pub use schema::schema;

#[cfg(test)]
mod tests;
