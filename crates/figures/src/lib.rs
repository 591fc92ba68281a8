//! Figures and targets read from the ledger: totals, shares, coverage, readings, in any window and either geography; and every number opened.

mod api;
mod cascade;
mod coverage;
mod cross;
mod duty;
pub mod form;
mod gain;
mod heads;
mod open;
mod pages;
mod ratio;
pub mod rebuild;
mod scoring;
pub mod shell;
pub mod small;
mod split;
mod store;
mod study;
mod target;
mod turns;
mod value;
mod wanted;
mod wording;

pub use cascade::Cascade;
pub use duty::{Chair, DutyPart, DutyParts, Owed, Turn, TurnState, chairs, owed};
pub use heads::Held;
pub use open::{Opening, Part, kept, open, parts_of};
pub use pages::{href, pick, picked, routes};
pub use ratio::Ratio;
pub use scoring::Scoring;
pub use study::{Ask, Head, Heads, Study};
pub use target::{Scale, Standing, Standings, TargetStatus, ask_of, board, targets};
pub use value::{PartValue, State, Value, read, read_all};
pub use wording::{no_data, nothing};

#[cfg(test)]
mod tests;
