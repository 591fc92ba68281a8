//! What officers see of records all day: today, lists, the record, forms, search.

mod acts;
mod book;
mod books;
mod bulk;
mod calendar;
mod case_file;
mod controls;
mod days;
mod export;
mod files;
mod filters;
mod form;
mod happened;
mod identity;
mod list;
mod national;
mod office;
mod papers;
mod record;
mod recurring;
mod search;
mod sheets;
mod stale;
mod step;
mod today;
mod typed;
mod views;
mod watched;
mod way;

use kernel::Id;
use web::{OPEN, Routes, paths};

pub use export::{ExportJob, JOB as EXPORT_JOB};
pub use office::seen;
pub use today::{TodayPart, TodayParts, nav_counts};
pub use watched::{Since, WATCHING, last_entry, since, watch_button};

pub use office::WRITE;
pub(crate) use office::{EXPORT, IDENTITY, IMPORT, Office, PAPER, READ, STEP, UNSEAL, VOID};

/// Everything that people reach; the API's doors are in [`crate::api`].
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::HOME, READ, today::today)
        .get("/calendar/{token}", OPEN, calendar::read)
        .post("/calendar", WRITE, calendar::address)
        .get("/days", days::LOOK, days::year)
        .get("/days/new", crate::days::ENTER, days::blank)
        .post("/days/new", crate::days::ENTER, days::enter)
        .get("/days/{day}/back", crate::days::ENTER, days::ask_back)
        .post("/days/{day}/back", crate::days::ENTER, days::take_back)
        .get(paths::SEARCH, READ, search::search)
        .get("/national", READ, national::national)
        .get("/registers", READ, books::books)
        .get("/registers/{register}", READ, list::list)
        .get("/registers/{register}/new", WRITE, form::blank)
        .post("/registers/{register}/new", WRITE, form::create)
        .post("/registers/{register}/bulk", WRITE, bulk::bulk)
        .get("/registers/{register}/by-rule", WRITE, recurring::blank)
        .post("/registers/{register}/by-rule", WRITE, recurring::lay)
        .get("/registers/{register}/views/new", READ, views::name_view)
        .post("/registers/{register}/views/new", READ, views::save_view)
        .post("/registers/{register}/views/{view}/drop", READ, views::drop_view)
        .get("/registers/{register}/book/{form}", EXPORT, book::ask)
        .post("/registers/{register}/book/{form}", EXPORT, book::print)
        .get("/registers/{register}/export", EXPORT, export::export)
        .post("/registers/{register}/export", EXPORT, export::queue)
        .get("/registers/{register}/exports/{job}", EXPORT, export::made)
        .get("/registers/{register}/template", EXPORT, sheets::template)
        .get("/registers/{register}/import", IMPORT, sheets::ask)
        .post("/registers/{register}/import", IMPORT, sheets::take_in)
        .get("/registers/{register}/imports/{batch}", IMPORT, sheets::look)
        .post("/registers/{register}/imports/{batch}", IMPORT, sheets::go_on)
        .get("/registers/{register}/imports/{batch}/errors", IMPORT, sheets::errors)
        .get("/registers/{register}/imports/{batch}/back", IMPORT, sheets::ask_back)
        .post("/registers/{register}/imports/{batch}/back", IMPORT, sheets::take_back)
        .get("/records/{record}", READ, record::record)
        .get("/records/{record}/edit", WRITE, form::fill)
        .post("/records/{record}/edit", WRITE, form::edit)
        .get("/records/{record}/steps/{step}", STEP, step::ask)
        .post("/records/{record}/steps/{step}", STEP, step::take)
        .post("/records/{record}/undo", STEP, acts::undo)
        .get("/records/{record}/void", VOID, acts::ask_void)
        .post("/records/{record}/void", VOID, acts::void)
        .post("/records/{record}/comment", WRITE, acts::comment)
        .post("/records/{record}/receipt", WRITE, acts::receipt)
        .get("/records/{record}/private", UNSEAL, acts::ask_private)
        .post("/records/{record}/private", UNSEAL, acts::private)
        .post("/records/{record}/case-file", PAPER, case_file::case_file)
        .get("/records/{record}/papers/{paper}", PAPER, papers::ask)
        .post("/records/{record}/papers/{paper}", PAPER, papers::make)
        .post("/records/{record}/papers/{paper}/signed", PAPER, papers::signed)
        .post("/records/{record}/papers/{paper}/delivered", PAPER, papers::delivered)
        .get("/records/{record}/identity", IDENTITY, identity::look)
        .post("/records/{record}/identity/ask", IDENTITY, identity::ask)
        .post("/records/{record}/identity/agree", IDENTITY, identity::agree)
        .post("/records/{record}/identity/open", IDENTITY, identity::open)
        .post("/records/{record}/identity/share", IDENTITY, identity::share)
        .post("/records/{record}/identity/hand", IDENTITY, identity::hand)
        .post("/records/{record}/identity/release", IDENTITY, identity::release)
        .post("/records/{record}/files", WRITE, files::attach)
        .get("/records/{record}/files/{file}", READ, files::fetch)
        .post("/records/{record}/files/{file}/drop", WRITE, files::detach)
}

/// The address of a record's page.
pub fn href(record: Id) -> String {
    format!("/records/{record}")
}

/// The address of a register's list.
pub fn list_href(register: &str) -> String {
    format!("/registers/{register}")
}
