//! What records do, on both databases and in front of people.

mod behaviours;
mod faces;
mod papers;
mod spine;
