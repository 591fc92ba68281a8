//! A one-off request: a table asked from many bodies by an hour. Rows are bodies; columns are figures, or what each body types.

use calendar::{Period, Window};
use db::{Result, Stop, Tx};
use figures::{Ask, State as Known};
use jiff::{Timestamp, ToSpan};
use kernel::{Id, Refusal, Refused, number, text::tidy};
use pack::figure::Shape;
use records::By;
use serde::{Deserialize, Serialize};
use serde_json::json;
use timeline::{Entry, Kind as About};
use units::Unit;

use crate::{Source, store::request as store};

const LONGEST_TITLE: usize = 200;
const LONGEST_NOTE: usize = 2_000;
const LONGEST_LABEL: usize = 120;
const LONGEST_ANSWER: usize = 1_000;
const MOST_COLUMNS: usize = 20;
const MOST_UNITS: usize = 600;
/// A request for a further day is a report, and has its regime.
const FARTHEST_DAYS: i64 = 60;
/// Typed numbers have two decimals at most.
pub(crate) const PLACES: u32 = 2;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Holds {
    /// Filled by the system when the body answers.
    Figure {
        figure: String,
    },
    Number,
    Text,
    YesNo,
}

impl Holds {
    /// What is typed, by its name in a form.
    pub(crate) fn typed(name: &str) -> Option<Self> {
        [("number", Self::Number), ("text", Self::Text), ("yes_no", Self::YesNo)]
            .into_iter()
            .find_map(|(known, holds)| (known == name).then_some(holds))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Of a figure its label on the day of asking.
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    #[serde(flatten)]
    pub holds: Holds,
}

/// What a body answered in a column. That there is no figure is an answer; blank is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Given {
    #[default]
    Blank,
    NoData,
    /// In steps of 10^-`places`; `shown` as it stood when it was sent.
    Number {
        amount: i64,
        places: u32,
        shown: String,
    },
    Text {
        text: String,
    },
    Yes,
    No,
}

/// A table that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub id: Id,
    /// Who asks.
    pub unit: Unit,
    pub account: i64,
    pub title: String,
    pub note: String,
    pub columns: Vec<Column>,
    /// The days of its figures.
    pub window: Window,
    pub due: Timestamp,
    pub created: Timestamp,
    pub closed: Option<Timestamp>,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    Asked,
    Draft,
    Sent,
}

/// One body's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub request: Id,
    pub unit: Unit,
    pub state: RowState,
    /// By column; shorter while nothing is written.
    pub answers: Vec<Given>,
    pub first: Option<Timestamp>,
    pub sent: Option<Timestamp>,
    pub version: i64,
}

impl Row {
    pub fn given(&self, column: usize) -> &Given {
        self.answers.get(column).unwrap_or(&Given::Blank)
    }

    /// First sent after the hour.
    pub fn is_late(&self, request: &Request) -> bool {
        self.first.is_some_and(|first| first > request.due)
    }
}

/// What is to be asked.
#[derive(Clone, Debug)]
pub struct New {
    pub title: String,
    pub note: String,
    pub columns: Vec<Column>,
    pub units: Vec<Unit>,
    pub period: Period,
    pub due: Timestamp,
}

async fn record(tx: &mut Tx, source: Source<'_>, by: &By, id: Id, act: &str, body: serde_json::Value) -> Result<()> {
    let about = About::Report.of(id.0);
    let entry = Entry { about, act, who: by.account, seat: by.seat, at: by.now, on: None, body, cause: None };
    timeline::record(tx, &source.house.ids, entry).await.map(|_| ())
}

/// Asks: the table stands with a row for each body.
pub async fn ask(source: Source<'_>, by: &By, new: New) -> Result<Request> {
    let request = Request {
        id: source.house.ids.next(by.now),
        unit: Unit(by.seat),
        account: by.account,
        title: tidy(&new.title),
        note: new.note.trim().to_owned(),
        columns: new.columns,
        window: new.period.window(),
        due: new.due,
        created: by.now,
        closed: None,
        version: 1,
    };
    let mut units = new.units;
    units.sort_unstable();
    units.dedup();
    fit(&request, &units)?;
    let mut tx = source.house.db.begin().await?;
    store::add(&mut tx, &request).await?;
    store::add_rows(&mut tx, request.id, &units).await?;
    let asked: Vec<i64> = units.iter().map(|unit| unit.0).collect();
    let body =
        json!({ "title": request.title, "columns": request.columns, "units": asked, "due": request.due.to_string() });
    record(&mut tx, source, by, request.id, "request.ask", body).await?;
    tx.commit().await?;
    Ok(request)
}

fn fit(request: &Request, units: &[Unit]) -> std::result::Result<(), Refused> {
    let mut refused = Refused::default();
    if request.title.is_empty() || request.title.chars().count() > LONGEST_TITLE {
        refused.push(Refusal::new("request.title_missing").with("most", LONGEST_TITLE).at("title"));
    }
    if request.note.chars().count() > LONGEST_NOTE {
        refused.push(Refusal::new("request.too_long").with("most", LONGEST_NOTE).at("note"));
    }
    if request.columns.is_empty() {
        refused.push(Refusal::new("request.no_columns").at("column.0.label"));
    }
    if request.columns.len() > MOST_COLUMNS {
        refused.push(Refusal::new("request.many_columns").with("most", MOST_COLUMNS).at("column.0.label"));
    }
    if request.columns.iter().any(|one| one.label.chars().count() > LONGEST_LABEL) {
        refused.push(Refusal::new("request.too_long").with("most", LONGEST_LABEL).at("column.0.label"));
    }
    if units.is_empty() {
        refused.push(Refusal::new("request.no_units").at("to"));
    }
    if units.len() > MOST_UNITS {
        refused.push(Refusal::new("request.many_units").with("most", MOST_UNITS).at("to"));
    }
    if request.due <= request.created {
        refused.push(Refusal::new("request.hour_past").at("hour"));
    } else if request.due.duration_since(request.created) > jiff::SignedDuration::from_hours(24 * FARTHEST_DAYS) {
        refused.push(Refusal::new("request.day_far").with("most", FARTHEST_DAYS).at("day"));
    }
    refused.settle()
}

pub async fn find(tx: &mut Tx, id: Id) -> Result<(Request, Vec<Row>)> {
    let request = store::find(tx, id).await?.ok_or(Stop::Missing)?;
    let rows = store::rows(tx, id).await?;
    Ok((request, rows))
}

/// What these bodies asked, newest first.
pub async fn asked(tx: &mut Tx, units: &[i64]) -> Result<Vec<Request>> {
    store::asked(tx, units).await
}

/// What these bodies were asked, each with its row; what still waits first, by its hour.
pub async fn waiting(tx: &mut Tx, units: &[i64]) -> Result<Vec<(Request, Row)>> {
    let rows = store::rows_of(tx, units).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.request.0).collect();
    let requests = store::find_many(tx, &ids).await?;
    let paired = rows.into_iter().filter_map(|row| {
        let request = requests.iter().find(|request| request.id == row.request)?;
        Some((request.clone(), row))
    });
    let mut all: Vec<(Request, Row)> = paired.collect();
    let open = |one: &(Request, Row)| one.0.closed.is_none() && one.1.state != RowState::Sent;
    all.sort_by_key(|one| {
        (!open(one), if open(one) { one.0.due.as_millisecond() } else { -one.0.due.as_millisecond() })
    });
    Ok(all)
}

/// For which unit a body's figures are read: of its place; of a body beside the one that asks, its own.
pub fn place_of(source: Source<'_>, request: &Request, unit: Unit) -> Unit {
    let at = source.snapshot.tree.at(request.window.to);
    let (theirs, ours) = (at.place(unit), at.place(request.unit).or(Some(request.unit.ground())));
    theirs.filter(|place| Some(*place) != ours).unwrap_or(unit)
}

/// The figures of a request for one body, as they stand now: by column, blank where it is typed.
pub async fn figures_of(tx: &mut Tx, source: Source<'_>, request: &Request, unit: Unit) -> Result<Vec<Given>> {
    let pack = &source.snapshot.pack;
    let figure = |column: &Column| match &column.holds {
        Holds::Figure { figure } if pack.figure(figure).is_some() => Some(figure.clone()),
        _ => None,
    };
    let names: Vec<Option<String>> = request.columns.iter().map(figure).collect();
    let known: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
    if known.is_empty() {
        return Ok(vec![Given::Blank; request.columns.len()]);
    }
    let ask = Ask::of(place_of(source, request, unit), request.window);
    let values = figures::read_all(tx, source.house, source.snapshot, source.heads, ask, &known).await?;
    let mut values = values.into_iter();
    let given = request.columns.iter().zip(&names).map(|(column, name)| match (&column.holds, name) {
        (Holds::Figure { .. }, Some(_)) => match values.next() {
            Some(value) if value.state != Known::NoData && value.value.is_some() => Given::Number {
                amount: value.value.unwrap_or(0),
                places: value.places,
                shown: match (value.of, value.percent_shown()) {
                    (Some(of), Some(percent)) => {
                        let part = number::decimal(value.value.unwrap_or(0), value.places);
                        format!("{part}/{} ({percent})", number::grouped(of))
                    }
                    _ => number::decimal(value.value.unwrap_or(0), value.places),
                },
            },
            _ => Given::NoData,
        },
        // A figure that the pack no longer has.
        (Holds::Figure { .. }, None) => Given::NoData,
        _ => Given::Blank,
    });
    Ok(given.collect())
}

/// Whether the amounts of a column may be summed over bodies.
pub fn sums(source: Source<'_>, column: &Column) -> bool {
    match &column.holds {
        Holds::Number => true,
        Holds::Figure { figure } => matches!(source.snapshot.pack.shape(figure), Some(Shape::Flow | Shape::Stock)),
        Holds::Text | Holds::YesNo => false,
    }
}

/// The sum of a column over what was sent, in its smallest step.
pub fn total(source: Source<'_>, request: &Request, rows: &[Row], column: usize) -> Option<(i64, u32)> {
    request.columns.get(column).filter(|column| sums(source, column))?;
    let sent = rows.iter().filter(|row| row.state == RowState::Sent);
    let amounts = sent.filter_map(|row| match row.given(column) {
        Given::Number { amount, places, .. } => Some((*amount, *places)),
        _ => None,
    });
    amounts.reduce(|(sum, most), (amount, places)| {
        let both = most.max(places);
        (sum * 10_i64.pow(both - most) + amount * 10_i64.pow(both - places), both)
    })
}

/// What a body typed in a column, read; the refusal stands at its field.
pub fn read(column: &Column, typed: &str, none: bool, field: &str) -> std::result::Result<Given, Refusal> {
    let typed = typed.trim();
    if none {
        // Both a value and "no data" is no answer.
        return if typed.is_empty() { Ok(Given::NoData) } else { Err(Refusal::new("request.both").at(field)) };
    }
    if typed.is_empty() {
        return Ok(Given::Blank);
    }
    match column.holds {
        Holds::Number => {
            let amount = number::parse_amount(typed, PLACES).map_err(|refusal| refusal.at(field))?;
            Ok(Given::Number { amount, places: PLACES, shown: number::decimal(amount, PLACES) })
        }
        Holds::Text if typed.chars().count() > LONGEST_ANSWER => {
            Err(Refusal::new("request.too_long").with("most", LONGEST_ANSWER).at(field))
        }
        Holds::Text => Ok(Given::Text { text: typed.to_owned() }),
        Holds::YesNo => match typed {
            "yes" => Ok(Given::Yes),
            "no" => Ok(Given::No),
            "none" => Ok(Given::NoData),
            _ => Err(Refusal::new("request.yes_or_no").at(field)),
        },
        Holds::Figure { .. } => Ok(Given::Blank),
    }
}

/// The name of a column's field in the form.
pub fn field(column: usize) -> String {
    format!("answer.{column}")
}

/// Keeps a draft, sends, or corrects what was sent. Figures are filled in as it is sent.
pub async fn answer(
    source: Source<'_>,
    by: &By,
    id: Id,
    unit: Unit,
    version: i64,
    given: Vec<Given>,
    send: bool,
) -> Result<()> {
    let mut tx = source.house.db.begin().await?;
    let request = store::find(&mut tx, id).await?.ok_or(Stop::Missing)?;
    let row = store::rows(&mut tx, id).await?.into_iter().find(|row| row.unit == unit).ok_or(Stop::Missing)?;
    if row.version != version {
        return Err(Stop::Stale);
    }
    if request.closed.is_some() {
        return Err(Refusal::new("request.closed").into());
    }
    if !send && row.state == RowState::Sent {
        return Err(Refusal::new("request.sent_already").into());
    }
    let mut answers = given;
    answers.resize(request.columns.len(), Given::Blank);
    let mut refused = Refused::default();
    if send {
        let figures = figures_of(&mut tx, source, &request, unit).await?;
        for (place, (column, figure)) in request.columns.iter().zip(figures).enumerate() {
            if matches!(column.holds, Holds::Figure { .. }) {
                answers[place] = figure;
            } else if answers[place] == Given::Blank {
                refused.push(Refusal::new("request.blank").with("column", &column.label).at(field(place)));
            }
        }
    }
    refused.settle()?;
    let state = if send { RowState::Sent } else { RowState::Draft };
    let act = match (send, row.state) {
        (false, _) => "request.draft",
        (true, RowState::Sent) => "request.correct",
        (true, _) => "request.answer",
    };
    let sent = if send { Some(by.now) } else { row.sent };
    let after = Row { state, answers, first: row.first.or(sent), sent, ..row };
    store::change_row(&mut tx, &after, by.account).await?;
    let body = json!({ "unit": unit.0, "answers": after.answers });
    record(&mut tx, source, by, id, act, body).await?;
    tx.commit().await
}

/// Ends the asking: nobody answers any more.
pub async fn close(source: Source<'_>, by: &By, id: Id, version: i64) -> Result<()> {
    let mut tx = source.house.db.begin().await?;
    let request = store::find(&mut tx, id).await?.ok_or(Stop::Missing)?;
    if request.closed.is_some() {
        return Err(Refusal::new("request.closed").into());
    }
    store::close(&mut tx, id, version, by.now).await?;
    let rows = store::rows(&mut tx, id).await?;
    let open: Vec<i64> = rows.iter().filter(|row| row.state != RowState::Sent).map(|row| row.unit.0).collect();
    record(&mut tx, source, by, id, "request.close", json!({ "silent": open })).await?;
    tx.commit().await
}

/// An instant of a day and an hour in Vietnam: `16:30`, `16h30`, `16h`.
pub fn instant(day: kernel::Day, hour: &str) -> std::result::Result<Timestamp, Refusal> {
    let refuse = || Refusal::new("request.hour_unreadable").with("value", hour.trim()).at("hour");
    let (hours, minutes) = hour.trim().split_once([':', 'h', 'g']).unwrap_or((hour.trim(), "0"));
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    let (hours, minutes): (i8, i8) = hours
        .parse()
        .ok()
        .zip(minutes.parse().ok())
        .filter(|(h, m)| (0..24).contains(h) && (0..60).contains(m))
        .ok_or_else(refuse)?;
    let zone = jiff::tz::Offset::constant(7);
    zone.to_timestamp(day.at(hours, minutes, 0, 0)).map_err(|_| refuse())
}

/// When a request is due if nothing else is said: three hours on, on the hour; past the working day, the next morning at ten.
pub fn suggested(now: Timestamp) -> (kernel::Day, String) {
    let local = jiff::tz::Offset::constant(7).to_datetime(now);
    let hour = i16::from(local.hour()) + 3 + i16::from(local.minute() > 0);
    if hour <= 17 {
        (local.date(), format!("{hour}:00"))
    } else {
        (local.date().saturating_add(1.day()), "10:00".to_owned())
    }
}
