//! The binary's inside: command line, configuration, start-up, the merge of all routes, the demo.

pub mod cli;
mod demo;
pub mod instance;
pub mod lay;
mod nav;
pub mod serve;
pub mod shell;
mod store;
