//! The faces of figures and targets: the list of figures, a figure opened, the board of targets.

mod asked;
mod board;
mod breakdown;
mod compare;
mod cross;
mod duties;
pub(crate) mod duty_sheet;
mod figure;
mod index;
mod method;
mod missing;
mod opened;
mod pick;
mod round;
mod sheet;
mod watching;

use std::sync::Arc;

use records::House;
use web::{Desk, Routes};

pub(crate) use asked::Asked;
pub use asked::href;
pub use pick::{pick, picked};
pub(crate) use round::href as round_href;

use crate::{Heads, api};

/// To see a unit's numbers, all of them.
pub(crate) const READ: &str = "figure.read";
/// To see where its targets stand.
pub(crate) const TARGETS: &str = "target.read";
/// To see what heads owe and what came of it.
pub(crate) const DUTIES: &str = "duty.read";
/// To read a record: asked for each one behind a number.
pub(crate) const RECORD: &str = "record.read";

pub fn routes() -> Routes {
    Routes::new()
        .get("/figures", READ, index::index)
        .get("/figures/{id}", READ, figure::figure)
        .get("/figures/table", READ, cross::page)
        .get("/figures/table/sheet", READ, cross::sheet::workbook)
        .post("/figures/tables", cross::kept::KEEP, cross::kept::keep)
        .get("/figures/tables/{table}", READ, cross::kept::open)
        .post("/figures/tables/{table}/drop", cross::kept::KEEP, cross::kept::drop)
        .post("/figures/tables/{table}/address", cross::kept::KEEP, cross::kept::address)
        .post("/figures/tables/{table}/address/end", cross::kept::KEEP, cross::kept::end_address)
        // Whoever has the secret address reads the one table behind it.
        .get("/figures/csv/{token}", web::OPEN, cross::sheet::feed)
        .get("/duties", DUTIES, duties::duties)
        .get("/duties/head", DUTIES, duties::head)
        .get("/duties/head/sheet", DUTIES, duty_sheet::sheet)
        .get("/duties/head/calendar", DUTIES, duties::calendar)
        .get("/scoring/{one}", RECORD, round::round)
        .get("/scoring/{one}/sheet", RECORD, round::sheet)
        .get("/watching", watching::WATCH, watching::page)
        .post("/watching", watching::WATCH, watching::watch)
        .post("/watching/seen", watching::WATCH, watching::seen)
        .post("/watching/{watch}/drop", watching::WATCH, watching::drop)
        .get("/targets", TARGETS, board::board)
        .get("/targets/sheet", TARGETS, sheet::export)
        .merge(api::routes())
}

pub(crate) fn house(desk: &Desk) -> Arc<House> {
    desk.app.room::<Arc<House>>().clone()
}

pub(crate) fn heads(desk: &Desk) -> Arc<dyn Heads> {
    desk.app.room::<Arc<dyn Heads>>().clone()
}
