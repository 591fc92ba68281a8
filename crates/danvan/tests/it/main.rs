//! Guards over the whole house: what no room can see of itself.

mod constants;
mod doors;
mod example;
mod house;
mod rooms;
mod statements;
mod town;
mod traces;
mod tree;
