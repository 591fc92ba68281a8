//! What records do, on both databases and in front of people.

mod behaviours;
mod calls;
mod days;
mod faces;
mod listing;
mod papers;
mod programs;
mod recurring;
mod sheets;
mod spine;
mod votes;
