//! All SQL of the ledger.

use db::{Result, Tx, args};
use kernel::{Day, Month};

use crate::{CellKey, Line};

const OF_RECORD: &str =
    "select figure, part, unit, subject, day, since, amount, basis, line from fact where record = $1
    order by figure, part, unit, subject, day, since, amount, basis, line";
const DROP_RECORD: &str = "delete from fact where record = $1";
const ADD: &str =
    "insert into fact (record, ordinal, figure, part, place, unit, subject, day, since, amount, basis, line) values";
const ADD_TO_CELLS: &str = "insert into cell (figure, place, month, unit, part, basis, amount, facts) values
    on conflict (figure, place, month, unit, part, basis) do update set amount = cell.amount + excluded.amount, facts = cell.facts + excluded.facts";
const DROP_EMPTY: &str = "delete from cell where figure = $1 and place = $2 and month = $3 and unit = $4 and part = $5 and basis = $6 and facts = 0";

const CELLS: &str = "select figure, unit, part, basis, cast(sum(amount) as bigint) as amount, cast(sum(facts) as bigint) as facts from cell
    where figure = any($1) and place = any($2) and month between $3 and $4 group by figure, unit, part, basis";
const FACTS: &str = "select figure, unit, part, basis, cast(sum(amount) as bigint) as amount, count(*) as facts from fact
    where figure = any($1) and place = any($2) and day between $3 and $4 and since between $5 and $6 group by figure, unit, part, basis";
const SUBJECTS: &str =
    "select figure, unit, part, basis, subject, cast(sum(amount) as bigint) as amount, count(*) as facts from fact
    where figure = any($1) and place = any($2) and day between $3 and $4 and since between $5 and $6 and subject <> 0
    group by figure, unit, part, basis, subject";
const RECORDS: &str =
    "select record, figure, unit, part, basis, cast(sum(amount) as bigint) as amount, max(day) as day from fact
    where figure = any($1) and place = any($2) and day between $3 and $4 and since between $5 and $6
    group by record, figure, unit, part, basis order by record desc";
const LATEST: &str = "select f.figure, f.unit, f.part, f.basis, f.amount, f.day, f.record from fact f
    where f.figure = any($1) and f.place = any($2) and f.day between $3 and $4 and f.basis < 16
    and not exists (select 1 from fact g where g.figure = f.figure and g.place = f.place and g.unit = f.unit and g.day between $3 and $4 and g.basis < 16
        and (g.day > f.day or (g.day = f.day and g.record > f.record)))
    order by f.figure, f.unit";
const DONE_BY: &str = "select subject, figure, record, day, cast(sum(amount) as bigint) as amount from fact
    where subject = any($1) and subject <> 0 and figure = any($2) and day between $3 and $4
    group by subject, figure, record, day order by day, record";
const LIST: &str = "select record, part, unit, day, amount, basis, line from fact
    where figure = any($1) and place = any($2) and day between $3 and $4 and since between $5 and $6
    order by unit, day, record, line, part, amount";
const DIFFERENCES: &str = "select figure, unit, cast(sum(facts) as bigint) from (
        select figure, unit, amount, facts from cell
        union all select figure, unit, -sum(amount) as amount, -count(*) as facts from fact group by figure, unit) as both_sides
    group by figure, unit having sum(amount) <> 0 or sum(facts) <> 0 order by figure, unit";

pub(crate) async fn of_record(tx: &mut Tx, record: i64) -> Result<Vec<Line>> {
    tx.all(OF_RECORD, args![record]).await
}

pub(crate) async fn drop_record(tx: &mut Tx, record: i64) -> Result<()> {
    tx.run(DROP_RECORD, args![record]).await.map(|_| ())
}

pub(crate) async fn add(tx: &mut Tx, records: &[(i64, &[Line])]) -> Result<()> {
    let mut rows = Vec::new();
    for (record, lines) in records {
        for (ordinal, line) in (0_i64..).zip(*lines) {
            rows.push(args![
                *record,
                ordinal,
                line.figure,
                line.part,
                units::Unit(line.unit).key(),
                line.unit,
                line.subject,
                line.day,
                line.since,
                line.amount,
                line.basis,
                line.line
            ]);
        }
    }
    tx.fill(ADD, rows).await
}

pub(crate) async fn add_to_cells(tx: &mut Tx, cells: &[(CellKey, i64, i64)]) -> Result<()> {
    let rows = cells
        .iter()
        .map(|(key, amount, facts)| {
            args![key.figure, key.place, key.month, key.unit, key.part, key.basis, *amount, *facts]
        })
        .collect();
    tx.fill(ADD_TO_CELLS, rows).await
}

pub(crate) async fn drop_empty(tx: &mut Tx, key: &CellKey) -> Result<()> {
    tx.run(DROP_EMPTY, args![key.figure, key.place, key.month, key.unit, key.part, key.basis]).await.map(|_| ())
}

/// A sum as the database gives it.
#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct Summed {
    pub(crate) figure: i64,
    pub(crate) unit: i64,
    pub(crate) part: i64,
    pub(crate) basis: i64,
    pub(crate) amount: i64,
    pub(crate) facts: i64,
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct OfSubject {
    pub(crate) figure: i64,
    pub(crate) unit: i64,
    pub(crate) part: i64,
    pub(crate) basis: i64,
    pub(crate) subject: i64,
    pub(crate) amount: i64,
    pub(crate) facts: i64,
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct DoneBy {
    pub(crate) subject: i64,
    pub(crate) figure: i64,
    pub(crate) record: i64,
    pub(crate) day: i64,
    pub(crate) amount: i64,
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct OfRecord {
    pub(crate) record: i64,
    pub(crate) figure: i64,
    pub(crate) unit: i64,
    pub(crate) part: i64,
    pub(crate) basis: i64,
    pub(crate) amount: i64,
    pub(crate) day: i64,
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct Reading {
    pub(crate) figure: i64,
    pub(crate) unit: i64,
    pub(crate) part: i64,
    pub(crate) basis: i64,
    pub(crate) amount: i64,
    pub(crate) day: i64,
    pub(crate) record: i64,
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct Listed {
    pub(crate) record: i64,
    pub(crate) part: i64,
    pub(crate) unit: i64,
    pub(crate) day: i64,
    pub(crate) amount: i64,
    pub(crate) basis: i64,
    pub(crate) line: i64,
}

/// The span of days, and of the days on which the things began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) day: (i64, i64),
    pub(crate) since: (i64, i64),
}

pub(crate) async fn cells(tx: &mut Tx, figures: &[i64], places: &[i64], months: (Month, Month)) -> Result<Vec<Summed>> {
    tx.all(CELLS, args![figures, places, months.0, months.1]).await
}

pub(crate) async fn facts(tx: &mut Tx, figures: &[i64], places: &[i64], span: Span) -> Result<Vec<Summed>> {
    tx.all(FACTS, args![figures, places, span.day.0, span.day.1, span.since.0, span.since.1]).await
}

pub(crate) async fn subjects(tx: &mut Tx, figures: &[i64], places: &[i64], span: Span) -> Result<Vec<OfSubject>> {
    tx.all(SUBJECTS, args![figures, places, span.day.0, span.day.1, span.since.0, span.since.1]).await
}

pub(crate) async fn records(tx: &mut Tx, figures: &[i64], places: &[i64], span: Span) -> Result<Vec<OfRecord>> {
    tx.all(RECORDS, args![figures, places, span.day.0, span.day.1, span.since.0, span.since.1]).await
}

pub(crate) async fn list(tx: &mut Tx, figures: &[i64], places: &[i64], span: Span) -> Result<Vec<Listed>> {
    tx.all(LIST, args![figures, places, span.day.0, span.day.1, span.since.0, span.since.1]).await
}

pub(crate) async fn latest(tx: &mut Tx, figures: &[i64], places: &[i64], days: (Day, Day)) -> Result<Vec<Reading>> {
    tx.all(LATEST, args![figures, places, days.0, days.1]).await
}

pub(crate) async fn differences(tx: &mut Tx) -> Result<Vec<(i64, i64, i64)>> {
    tx.all(DIFFERENCES, args![]).await
}

pub(crate) async fn done_by(tx: &mut Tx, subjects: &[i64], figures: &[i64], days: (Day, Day)) -> Result<Vec<DoneBy>> {
    let (from, to) = (kernel::day_number(days.0), kernel::day_number(days.1));
    tx.all(DONE_BY, args![subjects, figures, from, to]).await
}
