//! The floor: the rows that the house writes and reads, by ready statements on the same database, without a rule, a right or a page.

mod copy;

pub(crate) use copy::copy;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use db::{Db, Place, Row, Space, Tx, Value, args, dialect};
use kernel::{Id, month_number, number_day};
use records::{House, lists};

use crate::{
    fill,
    measure::{milliseconds, quantiles},
};

const UNITS: &str = "select place, number, code, name, kind, parent, from_day, to_day from unit_version";
const ANALYZE: &str = "analyze";
/// With the sender's name alone: as `fill::sent` writes them.
const LAST: &str = "select max(id) from record where register = $1 and unit = $2
    and (select count(*) from private where private.record = record.id) = 1";
const NEWEST: &str = "select id, title, day, due, state from record where register = $1 and void = $2 order by day desc, id desc limit 51";
const FOUND: &str = "select id, title, day, due, state from record where id = any($1)";
const DOCUMENTS: &str = "select id, data from record where id > $1 order by id limit 200";
const EVIDENCE: &str =
    "select figure, part, unit, subject, day, since, amount, basis, line from fact where record = any($1)";
const CELLS: &str =
    "select figure, unit, part, basis, cast(sum(amount) as bigint), cast(sum(facts) as bigint) from cell
    where month between $1 and $2 group by figure, unit, part, basis";
const OF_RECORD: &str = "select figure, part, day, amount, basis from fact where record = $1";

const NUMBER: &str = "insert into counter (register, unit, year, last) values ($1, $2, $3, 1)
    on conflict (register, unit, year) do update set last = counter.last + 1 returning last";
const RECORD: &str = "insert into record (id, register, unit, place, year, number, day, recorded, state, title, title_key, due, version, origin,
    source_key, definition, void, data) select cast($1 as bigint), register, cast($2 as bigint), place, year, cast($3 as bigint), day, recorded, state,
    title, title_key, due, version, origin, source_key, definition, void, data from record where id = $4";
const ATTRIBUTES: &str = "insert into attribute (register, field, value, day, record)
    select register, field, value, day, cast($1 as bigint) from attribute where record = $2";
const FACTS: &str = "insert into fact (record, ordinal, figure, part, place, unit, subject, day, since, amount, basis, line)
    select cast($1 as bigint), ordinal, figure, part, place, cast($2 as bigint), subject, day, since, amount, basis, line from fact where record = $3";
const ADD_CELLS: &str = "insert into cell (figure, place, month, unit, part, basis, amount, facts) values
    on conflict (figure, place, month, unit, part, basis) do update set amount = cell.amount + excluded.amount, facts = cell.facts + excluded.facts";
const KEYS: &str = "insert into record_key (record, master, wrapped)
    select cast($1 as bigint), master, wrapped from record_key where record = $2";
const PRIVATES: &str = "insert into private (record, field, sealed)
    select cast($1 as bigint), field, sealed from private where record = $2";
const ENTRY: &str = "insert into entry (id, kind, about, number, act, who, seat, at_ms, on_day, body, cause, hash)
    select cast($1 as bigint), kind, cast($2 as bigint), number, act, who, seat, at_ms, on_day, body, cause, hash from entry
    where kind = 'record' and about = $3 and number = 1";

/// As long as the house is given.
const CREATING: Duration = Duration::from_secs(5);
const TIMES: usize = 120;

/// A letter whose rows are written again and again.
pub(crate) struct Floor {
    register: i64,
    record: Id,
    year: i64,
    words: String,
    readers: String,
    /// figure, part, month, basis, amount, facts
    cells: Vec<[i64; 6]>,
}

async fn all<R: Row>(db: &Db, sql: &'static str, args: Vec<Value>) -> Vec<R> {
    db.read().await.unwrap().all(sql, args).await.unwrap()
}

/// PostgreSQL gathers these statistics by itself within minutes of a large change; the house never asks SQLite for them.
pub(crate) async fn settle(db: &Db) {
    if db.kind() == "postgres" {
        let mut tx = db.begin().await.unwrap();
        tx.run(ANALYZE, args![]).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// Opening the database and reading the units.
pub(crate) async fn opening(place: &Place) -> f64 {
    type Version = (i64, i64, String, String, String, Option<i64>, Option<i64>, Option<i64>);
    let begun = Instant::now();
    let db = Db::open(place.clone()).await.unwrap();
    let units: Vec<Version> = all(&db, UNITS, args![]).await;
    assert!(!units.is_empty());
    let taken = milliseconds(begun);
    db.close().await;
    taken
}

/// Reading every document with its evidence, in seconds.
pub(crate) async fn evidence(db: &Db) -> f64 {
    type Line = (i64, i64, i64, i64, i64, i64, i64, i64, i64);
    let (begun, mut after) = (Instant::now(), 0);
    loop {
        let documents: Vec<(i64, String)> = all(db, DOCUMENTS, args![after]).await;
        let Some((last, _)) = documents.last() else { return begun.elapsed().as_secs_f64() };
        after = *last;
        let ids: Vec<i64> = documents.iter().map(|(id, _)| *id).collect();
        let _: Vec<Line> = all(db, EVIDENCE, args![&ids]).await;
    }
}

/// Summing the cells of a year.
pub(crate) async fn cells(db: &Db) -> f64 {
    let mut times = Vec::new();
    let month = |month| month_number(kernel::Day::constant(2026, month, 1));
    for _ in 0..11 {
        let begun = Instant::now();
        let sums: Vec<(i64, i64, i64, i64, i64, i64)> = all(db, CELLS, args![month(1), month(12)]).await;
        assert!(!sums.is_empty());
        times.push(milliseconds(begun));
    }
    quantiles(times)[0]
}

impl Floor {
    /// Takes after the last letter of a book.
    pub(crate) async fn new(house: &House, book: &str) -> Self {
        let snapshot = house.now();
        let unit = snapshot.tree.find(book, kernel::civil_day((web::system_clock())())).unwrap();
        let mut tx = house.read().await.unwrap();
        let register = house.names.find(&mut tx, Space::Register, "submission").await.unwrap().unwrap();
        let (last,): (i64,) = tx.one(LAST, args![register, unit.0]).await.unwrap();
        let record = records::store::find(&mut tx, &house.names, Id(last)).await.unwrap();
        let definition = snapshot.register("submission").unwrap();
        let words =
            records::fill::search_words(&snapshot.pack, snapshot.as_ref(), definition, &record.document, record.day);
        let facts: Vec<(i64, i64, i64, i64, i64)> = tx.all(OF_RECORD, args![last]).await.unwrap();
        let mut sums = BTreeMap::new();
        for (figure, part, day, amount, basis) in facts {
            let sum: &mut (i64, i64) = sums.entry([figure, part, month_number(number_day(day)), basis]).or_default();
            *sum = (sum.0 + amount, sum.1 + 1);
        }
        let cells = sums
            .into_iter()
            .map(|([figure, part, month, basis], (amount, facts))| [figure, part, month, basis, amount, facts]);
        let readers = "all u1 u2 u3 u4 u5 u6".to_owned();
        Self { register, record: record.id, year: record.year, words, readers, cells: cells.collect() }
    }

    /// The same rows, each time in a transaction of their own, by so many writers in books of their own.
    pub(crate) async fn creates(&self, house: &Arc<House>, clients: i64) -> f64 {
        let (begun, done) = (Instant::now(), AtomicUsize::new(0));
        let done = &done;
        let writers = (0..clients).map(|client| async move {
            while begun.elapsed() < CREATING {
                let mut tx = house.db.begin().await.unwrap();
                self.create(&mut tx, house, 9_000_000 + client).await;
                tx.commit().await.unwrap();
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
        futures::future::join_all(writers).await;
        fill::count(done.load(Ordering::Relaxed)) / begun.elapsed().as_secs_f64()
    }

    async fn create(&self, tx: &mut Tx, house: &House, unit: i64) {
        let now = (web::system_clock())();
        let (id, entry, like) = (house.ids.next(now), house.ids.next(now), self.record);
        let (number,): (i64,) = tx.one(NUMBER, args![self.register, unit, self.year]).await.unwrap();
        tx.run(RECORD, args![id, unit, number, like]).await.unwrap();
        tx.run(ATTRIBUTES, args![id, like]).await.unwrap();
        tx.run(FACTS, args![id, unit, like]).await.unwrap();
        dialect::index_first(tx, id.0, &self.words, &self.readers).await.unwrap();
        let cell = |[figure, part, month, basis, amount, facts]: [i64; 6]| {
            args![figure, unit, month, unit, part, basis, amount, facts]
        };
        tx.fill(ADD_CELLS, self.cells.iter().copied().map(cell).collect()).await.unwrap();
        tx.run(KEYS, args![id, like]).await.unwrap();
        tx.run(PRIVATES, args![id, like]).await.unwrap();
        tx.run(ENTRY, args![entry, id, like]).await.unwrap();
    }

    /// The first page of a register, p50 and p95.
    pub(crate) async fn list(&self, house: &House) -> [f64; 2] {
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let begun = Instant::now();
            let rows: Vec<(i64, String, i64, Option<i64>, i64)> =
                all(&house.db, NEWEST, args![self.register, false]).await;
            assert!(!rows.is_empty());
            times.push(milliseconds(begun));
        }
        quantiles(times)
    }

    /// The newest fifty that hold a phrase, p50 and p95.
    pub(crate) async fn search(&self, house: &House) -> [f64; 2] {
        let mut times = Vec::with_capacity(TIMES);
        for n in 0..TIMES {
            let text = crate::measure::SEARCHES[n % crate::measure::SEARCHES.len()];
            let begun = Instant::now();
            let mut tx = house.read().await.unwrap();
            let ids = dialect::search(&mut tx, &lists::search_query(text, &[]), i64::MAX, 51).await.unwrap();
            let _: Vec<(i64, String, i64, Option<i64>, i64)> = tx.all(FOUND, args![&ids]).await.unwrap();
            times.push(milliseconds(begun));
        }
        quantiles(times)
    }
}
