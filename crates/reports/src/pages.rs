//! The pages of reports: the list, a new one, the document with what it still needs, and the acts upon it.

mod act;
mod begin;
mod below;
mod copy;
pub(crate) mod file;
mod forms;
mod list;
mod owed;
mod request;
mod show;
mod task;

pub(crate) use list::page_of;
use std::sync::Arc;

use db::Tx;
use figures::Heads;
use jiff::{Timestamp, tz::Offset};
use kernel::{Id, Lang, civil_day, show_day};
use records::{By, House, Snapshot};
use web::{Desk, Markup, Routes, Target, Tone, Trouble, html, t, tag, words};

pub use file::FileWork;
pub use list::today as reports_today;
pub use owed::{sign as heads_sign, today as owed_today};
pub use request::today as requests_today;
pub use task::Directions;

use crate::{Act, Report, Return, Source, State, act as acts};

/// To see a body's reports.
pub(crate) const READ: &str = "report.read";
pub(crate) const WRITE: &str = "report.write";
const SUBMIT: &str = "report.submit";
const RETURN: &str = "report.return";
const ACCEPT: &str = "report.accept";
const ISSUE: &str = "report.issue";

pub fn routes() -> Routes {
    Routes::new()
        .get("/forms", READ, forms::list)
        .get("/forms/{form}", READ, forms::show)
        .get("/forms/{form}/xlsx", READ, forms::xlsx)
        .get("/reports", READ, list::list)
        .get("/reports/new", WRITE, begin::ask)
        .post("/reports/new", WRITE, begin::begin)
        .get("/reports/owed", READ, owed::page)
        .get("/reports/owed/calendar", READ, owed::calendar)
        .get("/requests", request::READ, request::list)
        .get("/requests/new", request::ASK, request::new::page)
        .post("/requests/new", request::ASK, request::new::ask)
        .get("/requests/{request}", request::READ, request::show)
        .get("/requests/{request}/xlsx", request::READ, request::workbook)
        .get("/requests/{request}/answer", request::READ, request::answer::page)
        .post("/requests/{request}/answer", request::ANSWER, request::answer::answer)
        .post("/requests/{request}/close", request::CLOSE, request::close)
        .get("/reports/{id}", READ, show::show)
        .get("/reports/{id}/changes", READ, show::changes)
        .get("/reports/{id}/file/{format}", READ, file::file)
        .post("/reports/{id}/file/{format}", READ, file::queue)
        .get("/reports/{id}/made/{hash}/{format}", READ, file::made)
        .get("/reports/{id}/slot/{slot}", WRITE, act::slot)
        .post("/reports/{id}/slot/{slot}", WRITE, act::write)
        .get("/reports/{id}/slot/{slot}/below", WRITE, below::show)
        .post("/reports/{id}/slot/{slot}/below", WRITE, below::take)
        .post("/reports/{id}/answer/{one}", WRITE, act::answer)
        .get("/reports/{id}/submit", SUBMIT, act::ask_submit)
        .post("/reports/{id}/submit", SUBMIT, act::submit)
        .get("/reports/{id}/return", RETURN, act::ask_return)
        .post("/reports/{id}/return", RETURN, act::send_back)
        .get("/reports/{id}/accept", ACCEPT, act::ask_accept)
        .post("/reports/{id}/accept", ACCEPT, act::accept)
        .get("/reports/{id}/issue", ISSUE, act::ask_issue)
        .post("/reports/{id}/issue", ISSUE, act::issue)
        .post("/reports/{id}/copy", ISSUE, copy::take)
        .merge(crate::api::routes())
}

/// The address of a report.
pub fn href(report: Id) -> String {
    format!("/reports/{report}")
}

/// What a page of reports works with.
pub(crate) struct Office {
    pub(crate) house: Arc<House>,
    pub(crate) snapshot: Arc<Snapshot>,
    heads: Arc<dyn Heads>,
}

impl Office {
    pub(crate) fn of(desk: &Desk) -> Self {
        let house = desk.app.room::<Arc<House>>().clone();
        let snapshot = house.reading();
        Self { house, snapshot, heads: desk.app.room::<Arc<dyn Heads>>().clone() }
    }

    pub(crate) fn source(&self) -> Source<'_> {
        Source { house: &self.house, snapshot: &self.snapshot, heads: self.heads.as_ref() }
    }

    /// A report that this reader may see, for an act. One that is not theirs to see answers as one that is not there.
    pub(crate) async fn open(
        &self,
        desk: &Desk,
        handle: &str,
        act: &str,
    ) -> Result<(Report, Vec<Return>, Tx), Trouble> {
        desk.who()?;
        let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
        let mut tx = self.house.read().await?;
        let (report, returns) = acts::find(&mut tx, id).await?;
        desk.sees(READ, &target(&report))?;
        if act != READ {
            desk.may(act, &target(&report))?;
        }
        Ok((report, returns, tx))
    }

    /// What a report is called: its kind and period; the outline may have been dropped since.
    pub(crate) fn title(&self, lang: Lang, report: &Report) -> String {
        let period = report.period.label();
        let outline = self.snapshot.pack.outlines.get(&report.outline);
        let name = outline.map_or(report.outline.as_str(), |outline| without_level(outline.head.label.in_lang(lang)));
        titled(name, period.in_lang(lang))
    }

    pub(crate) fn unit(&self, report: &Report) -> String {
        self.snapshot.tree.at(report.window.to).title(report.unit)
    }

    pub(crate) fn body(&self, report: &Report) -> String {
        self.snapshot.tree.at(report.window.to).title(report.body)
    }
}

/// `Báo cáo công tác dân vận, cấp tỉnh` without what tells the variants of one report apart.
pub(crate) fn without_level(label: &str) -> &str {
    label.rsplit_once(", ").map_or(label, |(name, _)| name)
}

/// `Báo cáo công tác dân vận quý` and `quý I năm 2025` share a word: it is said once.
pub(crate) fn titled(name: &str, period: &str) -> String {
    let small = |text: &str| text.to_lowercase();
    let said =
        |rest: &&str| small(period).strip_prefix(small(rest).as_str()).is_some_and(|after| after.starts_with(' '));
    let ends = name.match_indices(' ').map(|(at, _)| &name[at + 1..]);
    match ends.into_iter().find(said) {
        Some(rest) => format!("{}{period}", &name[..name.len() - rest.len()]),
        None => format!("{name} {period}"),
    }
}

pub(crate) fn target(report: &Report) -> Target {
    Target::unit(report.body.0)
}

pub(crate) fn by(desk: &Desk) -> Result<By, Trouble> {
    let who = desk.who()?;
    Ok(By { account: who.account, seat: who.seat.unit, now: desk.now, today: desk.today, old_book: false })
}

/// Stands at the foot of every page of a paper made from illustrative data.
pub(crate) fn note(desk: &Desk) -> Option<&str> {
    desk.app.demo.as_ref().map(|demo| demo.label.vi.as_str())
}

pub(crate) fn state_tag(lang: Lang, report: &Report, returns: &[Return]) -> Markup {
    let open = returns.iter().filter(|one| one.settled.is_none()).count();
    if report.state == State::Returned && open > 0 {
        return tag(Tone::Warn, &t!(lang, "reports.returned_places", count = open));
    }
    let tone = match report.state {
        State::Draft => Tone::Plain,
        State::Submitted => Tone::Info,
        State::Returned => Tone::Warn,
        State::Accepted | State::Issued => Tone::Ok,
    };
    tag(tone, &words(lang, &format!("reports.state_{}", report.state.name()), &[]))
}

/// `08:30 13/01/2022`
pub(crate) fn moment(instant: Timestamp) -> Markup {
    let local = Offset::constant(7).to_datetime(instant);
    html! {
        time datetime=(instant) {
            (format!("{:02}:{:02} {}", local.hour(), local.minute(), show_day(civil_day(instant))))
        }
    }
}

/// What the reader may do now, the first of them the main thing.
pub(crate) fn acts_of(desk: &Desk, report: &Report) -> Vec<Act> {
    let open = [Act::Submit, Act::Accept, Act::Issue, Act::Return];
    open.into_iter()
        .filter(|act| report.state.after(*act).is_some() && desk.can(act.right(), &target(report)))
        .filter(|act| !(*act == Act::Return && report.state == State::Returned))
        .collect()
}
