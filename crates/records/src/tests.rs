//! What records do, on both databases and in front of people.

mod behaviours;
mod faces;
mod listing;
mod papers;
mod programs;
mod recurring;
mod sheets;
mod spine;
