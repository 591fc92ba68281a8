//! All SQL about reports, and nothing else.

pub(crate) mod request;

use calendar::Window;
use db::{Result, Stop, Tx, args};
use jiff::Timestamp;
use kernel::{Id, number_day};
use units::Unit;

use crate::report::{Report, Return, Signed, State, Target};

const ADD: &str = "
    insert into report (id, outline, unit, body, period, from_day, to_day, state, version, round, slots, created_ms, changed_ms)
    values ($1, $2, $3, $4, $5, $6, $7, 'draft', 1, 0, '{}', $8, $8)
    on conflict (outline, unit, from_day, to_day) do nothing";
const FIND: &str = "
    select id, outline, unit, body, period, from_day, to_day, state, version, round, slots, number, signed_day, signer, created_ms, changed_ms
    from report where id = $1";
const SAME: &str = "select id from report where outline = $1 and unit = $2 and from_day = $3 and to_day = $4";
const LIST: &str = "
    select id, outline, unit, body, period, from_day, to_day, state, version, round, slots, number, signed_day, signer, created_ms, changed_ms
    from report where id < $1 order by id desc limit $2";
const WAITING: &str = "
    select id, outline, unit, body, period, from_day, to_day, state, version, round, slots, number, signed_day, signer, created_ms, changed_ms
    from report where state in ('submitted', 'returned', 'accepted') order by id desc limit $1";
const OF_UNITS: &str = "
    select id, outline, unit, body, period, from_day, to_day, state, version, round, slots, number, signed_day, signer, created_ms, changed_ms
    from report where unit = any($1) and to_day between $2 and $3 order by id";
const CHANGE: &str = "
    update report set state = $3, round = $4, slots = $5, number = $6, signed_day = $7, signer = $8, changed_ms = $9, version = version + 1
    where id = $1 and version = $2";
const ADD_RETURN: &str = "
    insert into report_return (id, report, round, target, label, reason, who, at_ms)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";
const RETURNS: &str = "
    select id, round, target, label, reason, who, at_ms, answer, settled_ms from report_return where report = $1 order by id";
const SETTLE: &str = "
    update report_return set answer = $3, settled_ms = $4 where id = $1 and report = $2 and settled_ms is null";
const ISSUE: &str = "
    insert into report_issue (report, at_ms, paper, answers, numbers, geography, lists, evidence, hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const ISSUED: &str = "
    select at_ms, paper, answers, numbers, geography, lists, evidence, hash from report_issue where report = $1";
const ADD_COPY: &str = "
    insert into report_copy (report, at_ms, who, name, format, hash, size, found) values ($1, $2, $3, $4, $5, $6, $7, $8)";
const COPIES: &str = "
    select at_ms, who, name, format, hash, size, found from report_copy where report = $1 order by at_ms desc";

const ADD_TASK: &str = "insert into report_task (report, position, slot, task) values ($1, $2, $3, $4)";
const TASKS_OF: &str = "select report, task from report_task where report = any($1) order by report, position";
const REPORT_OF_TASK: &str = "select report from report_task where task = $1";

#[derive(db::FromRow)]
struct Row {
    id: i64,
    outline: String,
    unit: i64,
    body: i64,
    period: String,
    from_day: i64,
    to_day: i64,
    state: String,
    version: i64,
    round: i64,
    slots: String,
    number: Option<String>,
    signed_day: Option<i64>,
    signer: Option<String>,
    created_ms: i64,
    changed_ms: i64,
}

#[derive(db::FromRow)]
struct ReturnRow {
    id: i64,
    round: i64,
    target: String,
    label: String,
    reason: String,
    who: i64,
    at_ms: i64,
    answer: Option<String>,
    settled_ms: Option<i64>,
}

/// An issued report as it is stored.
#[derive(db::FromRow)]
pub(crate) struct IssueRow {
    pub(crate) at_ms: i64,
    pub(crate) paper: String,
    pub(crate) answers: String,
    pub(crate) numbers: String,
    pub(crate) geography: String,
    pub(crate) lists: String,
    pub(crate) evidence: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

/// A signed copy as it is stored.
#[derive(db::FromRow)]
pub(crate) struct CopyRow {
    pub(crate) at_ms: i64,
    pub(crate) who: i64,
    pub(crate) name: String,
    pub(crate) format: String,
    pub(crate) hash: String,
    pub(crate) size: i64,
    /// What the comparison came to, as JSON.
    pub(crate) found: String,
}

impl TryFrom<Row> for Report {
    type Error = Stop;

    fn try_from(row: Row) -> Result<Self> {
        let window = Window::new(number_day(row.from_day), number_day(row.to_day))?;
        let state = State::parse(&row.state);
        let signed = row.number.zip(row.signed_day).map(|(number, day)| Signed {
            number,
            day: number_day(day),
            signer: row.signer,
        });
        Ok(Self {
            id: Id(row.id),
            outline: row.outline,
            unit: Unit(row.unit),
            body: Unit(row.body),
            period: row.period.parse()?,
            window,
            state: state.ok_or_else(|| Stop::fault(format!("reading a report: no state is called {}", row.state)))?,
            version: row.version,
            round: row.round,
            slots: serde_json::from_str(&row.slots)?,
            signed,
            created: instant(row.created_ms)?,
            changed: instant(row.changed_ms)?,
        })
    }
}

impl TryFrom<ReturnRow> for Return {
    type Error = Stop;

    fn try_from(row: ReturnRow) -> Result<Self> {
        let target = Target::parse(&row.target);
        Ok(Self {
            id: Id(row.id),
            round: row.round,
            target: target.ok_or_else(|| Stop::fault(format!("reading a return of {}", row.target)))?,
            label: row.label,
            reason: row.reason,
            who: row.who,
            at: instant(row.at_ms)?,
            answer: row.answer,
            settled: row.settled_ms.map(instant).transpose()?,
        })
    }
}

fn instant(ms: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(ms).map_err(|_| Stop::fault("reading a report: an instant out of range"))
}

/// Whether it is new: of an outline, unit and window there is one report.
pub(crate) async fn add(tx: &mut Tx, report: &Report) -> Result<bool> {
    let args = args![
        report.id,
        &report.outline,
        report.unit,
        report.body,
        report.period.to_string(),
        report.window.from,
        report.window.to,
        report.created.as_millisecond(),
    ];
    Ok(tx.run(ADD, args).await? == 1)
}

pub(crate) async fn same(tx: &mut Tx, outline: &str, unit: Unit, window: Window) -> Result<Option<Id>> {
    let found: Option<(i64,)> = tx.maybe(SAME, args![outline, unit, window.from, window.to]).await?;
    Ok(found.map(|(id,)| Id(id)))
}

pub(crate) async fn find(tx: &mut Tx, id: Id) -> Result<Report> {
    tx.one::<Row>(FIND, args![id]).await?.try_into()
}

pub(crate) async fn list(tx: &mut Tx, before: i64, limit: i64) -> Result<Vec<Report>> {
    tx.all::<Row>(LIST, args![before, limit]).await?.into_iter().map(Report::try_from).collect()
}

/// The reports that are between two people, newest first.
pub(crate) async fn waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Report>> {
    tx.all::<Row>(WAITING, args![limit]).await?.into_iter().map(Report::try_from).collect()
}

/// The reports of these places whose windows end within some days.
pub(crate) async fn of_units(tx: &mut Tx, units: &[i64], ends: Window) -> Result<Vec<Report>> {
    tx.all::<Row>(OF_UNITS, args![units, ends.from, ends.to]).await?.into_iter().map(Report::try_from).collect()
}

/// Saves what an act changed; another version on record means that someone else was faster.
pub(crate) async fn change(tx: &mut Tx, report: &Report) -> Result<()> {
    let signed = report.signed.as_ref();
    let args = args![
        report.id,
        report.version,
        report.state.name(),
        report.round,
        serde_json::to_string(&report.slots)?,
        signed.map(|signed| signed.number.as_str()),
        signed.map(|signed| signed.day),
        signed.and_then(|signed| signed.signer.as_deref()),
        report.changed.as_millisecond(),
    ];
    tx.change(CHANGE, args).await
}

pub(crate) async fn add_return(tx: &mut Tx, report: Id, one: &Return) -> Result<()> {
    let target = one.target.to_string();
    let args = args![one.id, report, one.round, target, &one.label, &one.reason, one.who, one.at.as_millisecond()];
    tx.run(ADD_RETURN, args).await.map(|_| ())
}

pub(crate) async fn returns(tx: &mut Tx, report: Id) -> Result<Vec<Return>> {
    tx.all::<ReturnRow>(RETURNS, args![report]).await?.into_iter().map(Return::try_from).collect()
}

pub(crate) async fn settle(tx: &mut Tx, report: Id, one: Id, answer: &str, at: Timestamp) -> Result<bool> {
    Ok(tx.run(SETTLE, args![one, report, answer, at.as_millisecond()]).await? == 1)
}

pub(crate) async fn issue(tx: &mut Tx, report: Id, row: IssueRow) -> Result<()> {
    let args =
        args![report, row.at_ms, row.paper, row.answers, row.numbers, row.geography, row.lists, row.evidence, row.hash];
    tx.run(ISSUE, args).await.map(|_| ())
}

pub(crate) async fn issued(tx: &mut Tx, report: Id) -> Result<IssueRow> {
    tx.one(ISSUED, args![report]).await
}

/// A record that a report's directions became.
pub(crate) async fn add_task(tx: &mut Tx, report: Id, position: i64, slot: &str, task: Id) -> Result<()> {
    tx.run(ADD_TASK, args![report, position, slot, task]).await.map(|_| ())
}

/// Which tasks these reports set, each report's in its order.
pub(crate) async fn tasks_of(tx: &mut Tx, reports: &[i64]) -> Result<Vec<(i64, i64)>> {
    tx.all(TASKS_OF, args![reports]).await
}

/// The report that set a task.
pub(crate) async fn report_of_task(tx: &mut Tx, task: Id) -> Result<Option<Id>> {
    Ok(tx.maybe::<(i64,)>(REPORT_OF_TASK, args![task]).await?.map(|(id,)| Id(id)))
}

pub(crate) async fn add_copy(tx: &mut Tx, report: Id, row: &CopyRow) -> Result<()> {
    let args = args![report, row.at_ms, row.who, &row.name, &row.format, &row.hash, row.size, &row.found];
    tx.run(ADD_COPY, args).await.map(|_| ())
}

/// The signed copies of a report, newest first.
pub(crate) async fn copies(tx: &mut Tx, report: Id) -> Result<Vec<CopyRow>> {
    tx.all(COPIES, args![report]).await
}
