//! Reports: outlines filled with figures for a unit and a period; drafted, submitted, returned or accepted, issued and frozen, restated.

mod answer;
mod draft;
mod scene;
mod table;

pub use answer::{Answer, Answers, Part, Question, Standing, Target};
pub use draft::{Added, Draft, Finding, Section, Written, draft};
pub use scene::Scene;

#[cfg(test)]
mod tests;
