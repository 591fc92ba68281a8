//! Letters of citizens as the law handles them: what classification proposes, who is competent, where a letter has been, whether it came before.

mod classify;
mod repeats;
mod route;
mod store;

pub use classify::Classify;
pub use repeats::{Repeats, likeness};
pub use route::{Competent, Route, competent};

#[cfg(test)]
mod tests;
