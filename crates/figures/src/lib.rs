//! Figures and targets read from the ledger: totals, shares, coverage, readings, in any window and either geography; and every number opened.

mod coverage;
mod open;
mod ratio;
pub mod rebuild;
pub mod shell;
mod study;
mod target;
mod value;
mod wording;

pub use open::{Opening, Part, open, parts_of};
pub use ratio::Ratio;
pub use study::{Ask, Head, Heads, Study};
pub use target::{Standing, TargetStatus, targets};
pub use value::{PartValue, State, Value, read, read_all};
pub use wording::{no_data, nothing};

#[cfg(test)]
mod tests;
