//! Reports: outlines filled with figures for a unit and a period; drafted, submitted, returned or accepted, issued and frozen, restated.

pub mod act;
mod agree;
mod answer;
mod api;
pub mod below;
pub mod check;
mod condition;
pub mod copy;
pub mod directions;
mod draft;
mod facts;
pub mod form;
mod frozen;
pub mod owed;
mod pages;
pub mod pdf;
pub mod prose;
mod read;
mod report;
pub mod request;
mod scene;
mod store;
mod table;
pub mod yearly;

pub use agree::{Dispute, Relation, Side};
pub use answer::{Answer, Answers, Part, Question, Standing};
pub use draft::{Added, Draft, Finding, Section, Written, draft};
pub use facts::Facts;
pub use frozen::{Cause, Frozen, Restated, frozen, restated};
pub use owed::{Owed, Timeliness};
pub use pages::{Directions, FileWork, heads_sign, href, owed_today, reports_today, requests_today, routes};
pub use read::{Source, answers};
pub use report::{Act, Report, Return, Signed, State, Target};
pub use scene::Scene;

#[cfg(test)]
mod tests;
