//! Guards over the whole house: what no room can see of itself.

mod constants;
mod example;
mod house;
mod rooms;
mod statements;
mod tree;
