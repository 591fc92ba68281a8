//! A million out of a hundred thousand: rows of records copied by SQL, each copy as if another node had made it in the same moment.
//! Copies keep day, book, text and evidence; what was sealed for the first cannot be opened in a copy.

use db::{Db, args, testing};

/// From a node to the next: an identity holds its node above fourteen bits of counting.
const APART: i64 = 1 << 14;
/// Numbers of a book and a year: what was saved stays below.
const NUMBERS: i64 = 10_000;

const SAVED: &str = "select min((id / 16384) % 256), max((id / 16384) % 256), max(number) from record";
const RECORDS: &str = "insert into record (id, register, unit, place, year, number, day, recorded, state, title, title_key, due, version, origin,
    source_key, definition, void, data) select id + $1, register, unit, place, year, number + $2, day, recorded, state, title, title_key, due,
    version, origin, source_key, definition, void, data from record where (id / 16384) % 256 = $3 order by id";
const ATTRIBUTES: &str = "insert into attribute (register, field, value, day, record)
    select register, field, value, day, record + $1 from attribute where (record / 16384) % 256 = $2 order by register, field, value, day, record";
const PARTIES: &str = "insert into party (record, unit) select record + $1, unit from party where (record / 16384) % 256 = $2 order by record, unit";
const FACTS: &str =
    "insert into fact (record, ordinal, figure, part, place, unit, subject, day, since, amount, basis, line)
    select record + $1, ordinal, figure, part, place, unit, subject, day, since, amount, basis, line from fact
    where (record / 16384) % 256 = $2 order by record, ordinal";
const KEYS: &str = "insert into record_key (record, master, wrapped)
    select record + $1, master, wrapped from record_key where (record / 16384) % 256 = $2 order by record";
const PRIVATES: &str = "insert into private (record, field, sealed)
    select record + $1, field, sealed from private where (record / 16384) % 256 = $2 order by record, field";
const ENTRIES: &str =
    "insert into entry (id, kind, about, number, act, who, seat, at_ms, on_day, body, cause, hash, seal)
    select id + $1, kind, about + $1, number, act, who, seat, at_ms, on_day, body, cause, hash, seal from entry
    where kind = 'record' and (about / 16384) % 256 = $2 order by id";
const CELLS: &str = "update cell set amount = amount * $1, facts = facts * $1";
const COUNTERS: &str = "update counter set last = last + $1";
const COUNT: &str = "select count(*) from record";

/// Copies everything so many times.
pub(crate) async fn copy(db: &Db, times: usize) {
    if times == 0 {
        return;
    }
    let times = i64::try_from(times).unwrap();
    let mut tx = db.begin().await.unwrap();
    let (node, last, most): (i64, i64, i64) = tx.one(SAVED, args![]).await.unwrap();
    let (before,): (i64,) = tx.one(COUNT, args![]).await.unwrap();
    assert!(node == last && last + times < 256 && most < NUMBERS, "copies would meet: {node}, {last}, {most}");
    testing::begin_copying(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    for time in 1..=times {
        let mut tx = db.begin().await.unwrap();
        let apart = time * APART;
        tx.run(RECORDS, args![apart, time * NUMBERS, node]).await.unwrap();
        for sql in [ATTRIBUTES, PARTIES, FACTS, KEYS, PRIVATES, ENTRIES] {
            tx.run(sql, args![apart, node]).await.unwrap();
        }
        testing::copy_search(&mut tx, apart, node).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = db.begin().await.unwrap();
    tx.run(CELLS, args![times + 1]).await.unwrap();
    tx.run(COUNTERS, args![(times + 1) * NUMBERS]).await.unwrap();
    testing::end_copying(&mut tx).await.unwrap();
    let (after,): (i64,) = tx.one(COUNT, args![]).await.unwrap();
    assert_eq!(after, before * (times + 1));
    tx.commit().await.unwrap();
}
