//! All SQL about one-off requests and the rows that bodies answer.

use calendar::Window;
use db::{Result, Stop, Tx, args};
use jiff::Timestamp;
use kernel::{Id, day_number, number_day};
use units::Unit;

use crate::request::{Request, Row, RowState};

const ADD: &str = "
    insert into request (id, unit, account, title, note, columns, from_day, to_day, due_ms, created_ms, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)";
const ADD_ROWS: &str = "insert into request_row (request, unit, state, answers, version) values";
const FIND: &str = "
    select id, unit, account, title, note, columns, from_day, to_day, due_ms, created_ms, closed_ms, version
    from request where id = any($1) order by id desc";
const ASKED: &str = "
    select id, unit, account, title, note, columns, from_day, to_day, due_ms, created_ms, closed_ms, version
    from request where unit = any($1) order by id desc limit 100";
const ROWS: &str = "
    select request, unit, state, answers, first_ms, sent_ms, version from request_row where request = $1 order by unit";
const ROWS_OF: &str = "
    select request, unit, state, answers, first_ms, sent_ms, version from request_row
    where unit = any($1) order by request desc, unit limit 200";
const CHANGE_ROW: &str = "
    update request_row set state = $4, answers = $5, first_ms = $6, sent_ms = $7, account = $8, version = version + 1
    where request = $1 and unit = $2 and version = $3";
const CLOSE: &str =
    "update request set closed_ms = $3, version = version + 1 where id = $1 and version = $2 and closed_ms is null";

#[derive(db::FromRow)]
struct Asked {
    id: i64,
    unit: i64,
    account: i64,
    title: String,
    note: String,
    columns: String,
    from_day: i64,
    to_day: i64,
    due_ms: i64,
    created_ms: i64,
    closed_ms: Option<i64>,
    version: i64,
}

#[derive(db::FromRow)]
struct Answered {
    request: i64,
    unit: i64,
    state: String,
    answers: String,
    first_ms: Option<i64>,
    sent_ms: Option<i64>,
    version: i64,
}

fn instant(ms: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(ms).map_err(|_| Stop::fault(format!("reading a request: no instant is {ms}")))
}

impl Asked {
    fn read(self) -> Result<Request> {
        Ok(Request {
            id: Id(self.id),
            unit: Unit(self.unit),
            account: self.account,
            title: self.title,
            note: self.note,
            columns: serde_json::from_str(&self.columns)?,
            window: Window { from: number_day(self.from_day), to: number_day(self.to_day) },
            due: instant(self.due_ms)?,
            created: instant(self.created_ms)?,
            closed: self.closed_ms.map(instant).transpose()?,
            version: self.version,
        })
    }
}

impl RowState {
    fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Draft => "draft",
            Self::Sent => "sent",
        }
    }
}

impl Answered {
    fn read(self) -> Result<Row> {
        let state = [RowState::Asked, RowState::Draft, RowState::Sent].into_iter();
        let state = state.into_iter().find(|state| state.name() == self.state);
        Ok(Row {
            request: Id(self.request),
            unit: Unit(self.unit),
            state: state.ok_or_else(|| Stop::fault(format!("reading a request: no row is {}", self.state)))?,
            answers: serde_json::from_str(&self.answers)?,
            first: self.first_ms.map(instant).transpose()?,
            sent: self.sent_ms.map(instant).transpose()?,
            version: self.version,
        })
    }
}

pub(crate) async fn add(tx: &mut Tx, request: &Request) -> Result<()> {
    let Request { id, unit, account, title, note, columns, window, due, created, .. } = request;
    let (columns, from, to) = (serde_json::to_string(columns)?, day_number(window.from), day_number(window.to));
    let (due, created) = (due.as_millisecond(), created.as_millisecond());
    tx.run(ADD, args![id.0, unit.0, *account, title, note, columns, from, to, due, created]).await.map(|_| ())
}

pub(crate) async fn add_rows(tx: &mut Tx, request: Id, units: &[Unit]) -> Result<()> {
    let row = |unit: &Unit| args![request.0, unit.0, RowState::Asked.name(), "[]", 1_i64];
    tx.fill(ADD_ROWS, units.iter().map(row).collect()).await
}

pub(crate) async fn find(tx: &mut Tx, id: Id) -> Result<Option<Request>> {
    Ok(find_many(tx, &[id.0]).await?.pop())
}

pub(crate) async fn find_many(tx: &mut Tx, ids: &[i64]) -> Result<Vec<Request>> {
    let rows: Vec<Asked> = tx.all(FIND, args![ids]).await?;
    rows.into_iter().map(Asked::read).collect()
}

pub(crate) async fn asked(tx: &mut Tx, units: &[i64]) -> Result<Vec<Request>> {
    let rows: Vec<Asked> = tx.all(ASKED, args![units]).await?;
    rows.into_iter().map(Asked::read).collect()
}

pub(crate) async fn rows(tx: &mut Tx, request: Id) -> Result<Vec<Row>> {
    let rows: Vec<Answered> = tx.all(ROWS, args![request.0]).await?;
    rows.into_iter().map(Answered::read).collect()
}

pub(crate) async fn rows_of(tx: &mut Tx, units: &[i64]) -> Result<Vec<Row>> {
    let rows: Vec<Answered> = tx.all(ROWS_OF, args![units]).await?;
    rows.into_iter().map(Answered::read).collect()
}

pub(crate) async fn change_row(tx: &mut Tx, row: &Row, account: i64) -> Result<()> {
    let (first, sent) = (row.first.map(Timestamp::as_millisecond), row.sent.map(Timestamp::as_millisecond));
    let answers = serde_json::to_string(&row.answers)?;
    let args = args![row.request.0, row.unit.0, row.version, row.state.name(), answers, first, sent, account];
    tx.change(CHANGE_ROW, args).await
}

pub(crate) async fn close(tx: &mut Tx, id: Id, version: i64, now: Timestamp) -> Result<()> {
    tx.change(CLOSE, args![id.0, version, now.as_millisecond()]).await
}
