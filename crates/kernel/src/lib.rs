//! What every room speaks: ids and their handles, civil days, refusals, Vietnamese text and numbers. No I/O.

mod day;
mod id;
mod label;
pub mod number;
mod refusal;
pub mod text;

pub use day::{Day, Month, civil_day, day_number, month_number, number_day, parse_day, show_day};
pub use id::{Id, IdMaker};
pub use label::{Label, Lang};
pub use refusal::{Refusal, Refused};

#[cfg(test)]
mod tests;
