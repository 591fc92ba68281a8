//! Entries of registers: filling, checking, steps and clocks, saving, lists and search, import and export.

pub mod act;
pub mod api;
pub mod behaviour;
pub mod card;
pub mod days;
pub mod export;
pub mod fill;
mod house;
pub mod import;
pub mod lists;
pub mod pages;
pub mod paper;
mod record;
pub mod recurring;
pub mod save;
pub mod step;
pub mod store;
pub mod testing;
pub mod uses;
pub mod value;
pub mod views;

pub use house::{Before, House, Snapshot};
pub use record::{By, Changed, Record};

#[cfg(test)]
mod tests;
