//! Guards over the whole house: what no room can see of itself.
#![expect(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

mod alike;
mod canary;
mod constants;
mod coverage;
mod deadlines;
mod described;
mod doors;
mod example;
mod house;
mod laying;
mod links;
mod rooms;
mod seeds;
mod statements;
mod town;
mod traces;
mod tree;
