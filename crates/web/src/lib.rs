//! The desk that every handler receives, the page frame, the look, the parts that pages are drawn from, the wordings, and the HTTP server with its defences.

mod answer;
pub mod api;
mod app;
mod ask;
mod attend;
mod csrf;
mod desk;
mod form;
mod frame;
mod gallery;
mod headers;
mod inputs;
mod look;
mod page;
mod parts;
mod routes;
mod server;
mod spool;
pub mod testing;
mod trouble;
mod words;

pub use answer::{Answer, Flash, Tone, Undo, download, inert, json};
pub use app::{
    Access, App, Clock, DemoMark, Nav, NavGroup, NavItem, NavSource, Nobody, Proof, Seat, Sessions, Settings, Target,
    Who, system_clock,
};
pub use ask::{Ask, Choice, Errors, Measure, Width, error_summary};
pub use csrf::{Secret, new_secret};
pub use desk::Desk;
pub use form::{Fields, FormData, Upload};
pub use gallery::gallery;
pub use inputs::{Column as RowColumn, Inputs, child_rows};
pub use look::{icon, known_icon, seal};
pub use maud::{Markup, PreEscaped, html};
pub use page::{Crumb, Page, Portal, Shape};
pub use parts::*;
pub use routes::{OPEN, RouteRow, Routes, paths};
pub use server::{Bounds, Door, Peer, serve};
pub use trouble::{Trouble, problem};
pub use words::{Arg, say, words};

#[cfg(test)]
mod tests;
