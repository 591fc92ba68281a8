//! Databases for tests: a new SQLite file, and a new schema in the PostgreSQL named by `TEST_DATABASE_URL`.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _};

use crate::{Db, Place, Result, Stop, Tx, args, statement};

/// A database that lives as long as the test.
pub struct Scratch {
    pub db: Db,
    _dir: tempfile::TempDir,
}

/// Both databases, empty and migrated. Without `TEST_DATABASE_URL` only SQLite: `script/test` always sets it.
pub async fn both() -> Result<Vec<Scratch>> {
    let mut both = vec![sqlite().await?];
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        both.push(postgres(&url).await?);
    }
    Ok(both)
}

pub async fn sqlite() -> Result<Scratch> {
    let dir = tempfile::tempdir()?;
    let db = Db::open(Place::new(dir.path())).await?;
    Ok(Scratch { db, _dir: dir })
}

pub async fn postgres(url: &str) -> Result<Scratch> {
    let dir = tempfile::tempdir()?;
    let place = Place { data: dir.path().to_owned(), database: Some(fresh_schema(url).await?) };
    Ok(Scratch { db: Db::open(place).await?, _dir: dir })
}

/// The address of a schema that nobody else uses.
pub async fn fresh_schema(url: &str) -> Result<String> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let schema = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let run = async {
        let mut connection = <sqlx::PgConnection as sqlx::Connection>::connect(url).await?;
        let text = format!("drop schema if exists {schema} cascade; create schema {schema}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut connection).await
    };
    run.await.map_err(|source| Stop::sql("making a test schema", source))?;
    let separator = if url.contains('?') { '&' } else { '?' };
    Ok(format!("{url}{separator}options=-c%20search_path%3D{schema}"))
}

/// Has the database read a statement without running it, as a store would give it; says why it would not.
/// An insert that ends in `values` (see [`crate::Tx::fill`]) is read with two rows.
pub async fn prepare(tx: &mut Tx, sql: &str) -> Result<()> {
    let sqlite = tx.is_sqlite();
    let text = match sql.split_once(" values") {
        Some((head, tail)) if !tail.trim_start().starts_with('(') => {
            let columns = head.split_once('(').map_or(0, |(_, columns)| columns.matches(',').count() + 1);
            statement::filled(sql, columns, 2, sqlite)
        }
        _ => statement::expand(sql, sqlite),
    };
    let text = AssertSqlSafe(text).into_sql_str();
    match tx {
        Tx::Sqlite(tx) => tx.prepare(text).await.map(|_| ()),
        Tx::Postgres(tx) => tx.prepare(text).await.map(|_| ()),
    }
    .map_err(|source| Stop::sql(sql, source))
}

/// PostgreSQL keeps the words of a record; SQLite's index gives them back one by one.
const WORDS_SQLITE: [&str; 3] = [
    "create virtual table temp.spoken using fts5vocab('main', 'search', 'instance')",
    "create temp table said (record integer primary key, words text, readers text)",
    "insert into said select doc, group_concat(term, ' ' order by offset) filter (where col = 'words'),
        group_concat(term, ' ' order by offset) filter (where col = 'readers') from spoken group by doc",
];
const COPY_SQLITE: &str = "insert into search (rowid, words, readers)
    select record + $1, words, readers from said where (record / 16384) % 256 = $2 order by record";
const COPY_POSTGRES: &str = "insert into search (record, words, readers)
    select record + $1, words, readers from search where (record / 16384) % 256 = $2";
/// Copying a million rows in the memory that a server has would take hours.
const ROOMY_SQLITE: &str = "pragma cache_size = -1000000";
const USUAL_SQLITE: &str = "pragma cache_size = -4000";

/// Makes ready for [`copy_search`]: for benches, which copy records by the hundred thousand.
pub async fn begin_copying(tx: &mut Tx) -> Result<()> {
    if tx.is_sqlite() {
        for sql in [ROOMY_SQLITE].into_iter().chain(WORDS_SQLITE) {
            tx.run(sql, args![]).await?;
        }
    }
    Ok(())
}

/// The words of all records of one node (eight bits of an identity), for others so far above them.
pub async fn copy_search(tx: &mut Tx, apart: i64, node: i64) -> Result<()> {
    let sql = if tx.is_sqlite() { COPY_SQLITE } else { COPY_POSTGRES };
    tx.run(sql, args![apart, node]).await.map(|_| ())
}

pub async fn end_copying(tx: &mut Tx) -> Result<()> {
    if tx.is_sqlite() {
        tx.run(USUAL_SQLITE, args![]).await?;
    }
    Ok(())
}
