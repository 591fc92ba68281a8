//! Databases for tests: a new SQLite file, and a new schema in the PostgreSQL named by `TEST_DATABASE_URL`.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{Db, Place, Result, Stop};

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
