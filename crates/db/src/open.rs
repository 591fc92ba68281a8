//! Opening a database, by address or by data directory, and its transactions.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use sqlx::{
    PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    Files, Result, Stop, Tx, dialect,
    tx::{Act, Lent},
};

/// Where an instance lives: a directory for its files and keys, and its database.
#[derive(Clone, Debug)]
pub struct Place {
    pub data: PathBuf,
    /// `postgres://…`; without one, SQLite inside `data`.
    pub database: Option<String>,
}

impl Place {
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), database: None }
    }

    pub fn sqlite_file(&self) -> PathBuf {
        self.data.join("danvan.db")
    }
}

#[derive(Clone, Debug)]
pub struct Db {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    pool: Pool,
    files: Files,
    place: Place,
}

#[derive(Debug)]
enum Pool {
    /// One connection writes, the others read: SQLite has one writer, and waiting in line here is cheaper than being told "busy".
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
    },
    Postgres(PgPool),
}

const AGAIN: usize = 3;

impl Db {
    /// Opens the database at `place`, creating the data directory, and brings its schema up to date.
    pub async fn open(place: Place) -> Result<Self> {
        std::fs::create_dir_all(&place.data)?;
        let pool = match &place.database {
            None => open_sqlite(&place.sqlite_file()).await,
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => open_postgres(url).await,
            Some(url) => {
                let scheme = url.split(':').next().unwrap_or_default().to_owned();
                return Err(kernel::Refusal::new("db.unknown_scheme").with("scheme", scheme).into());
            }
        }
        .map_err(|source| Stop::sql("opening the database", source))?;
        let files = Files::open(&place.data.join("files"))?;
        let db = Self { inner: Arc::new(Inner { pool, files, place }) };
        db.migrate().await?;
        Ok(db)
    }

    async fn migrate(&self) -> Result<()> {
        static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");
        match &self.inner.pool {
            Pool::Sqlite { write, .. } => MIGRATIONS.run(write).await,
            Pool::Postgres(pool) => MIGRATIONS.run(pool).await,
        }
        .map_err(|source| Stop::Fault(crate::Fault::from_source("bringing the schema up to date", source)))?;
        let mut tx = self.begin().await?;
        dialect::lay_search(&mut tx).await?;
        dialect::keep_timeline(&mut tx).await?;
        tx.commit().await
    }

    /// A writing transaction.
    pub async fn begin(&self) -> Result<Tx> {
        match &self.inner.pool {
            Pool::Sqlite { write, .. } => write.begin_with("begin immediate").await.map(Tx::Sqlite),
            Pool::Postgres(pool) => pool.begin().await.map(Tx::Postgres),
        }
        .map_err(|source| Stop::sql("begin", source))
    }

    /// A reading transaction: one snapshot for all its queries.
    pub async fn read(&self) -> Result<Tx> {
        match &self.inner.pool {
            Pool::Sqlite { read, .. } => read.begin().await.map(Tx::Sqlite),
            Pool::Postgres(pool) => {
                pool.begin_with("begin isolation level repeatable read read only").await.map(Tx::Postgres)
            }
        }
        .map_err(|source| Stop::sql("begin", source))
    }

    /// Runs `act` in a writing transaction and commits it; runs it again when the database asks for it, three times at most.
    /// `act` gives a boxed future, because one that borrows cannot yet be promised to be `Send` in another way.
    pub async fn write<'a, T, F>(&self, act: F) -> Result<T>
    where
        F: for<'t> Fn(&'t mut Tx, Lent<'t, 'a>) -> Act<'t, T>,
    {
        let mut tries = 0;
        loop {
            tries += 1;
            let done = match self.begin().await {
                Ok(mut tx) => match act(&mut tx, Lent::default()).await {
                    Ok(value) => tx.commit().await.map(|()| value),
                    Err(stop) => Err(stop),
                },
                Err(stop) => Err(stop),
            };
            match done {
                Err(stop) if stop.wants_again() && tries < AGAIN => {
                    tracing::debug!(%stop, tries, "the database asks to run the transaction again");
                }
                done => return done,
            }
        }
    }

    pub fn files(&self) -> &Files {
        &self.inner.files
    }

    pub fn place(&self) -> &Place {
        &self.inner.place
    }

    /// `sqlite` or `postgres`: for people to read (`danvan --version`, benchmarks), never for a branch.
    pub fn kind(&self) -> &'static str {
        match &self.inner.pool {
            Pool::Sqlite { .. } => "sqlite",
            Pool::Postgres(_) => "postgres",
        }
    }

    pub async fn close(&self) {
        match &self.inner.pool {
            Pool::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_sqlite(file: &Path) -> std::result::Result<Pool, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL may lose what was acknowledged when the power fails.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("secure_delete", "on")
        .pragma("trusted_schema", "off")
        // Kilobytes for each connection. The file is not mapped: what is read twice stands in the system's own cache.
        .pragma("cache_size", "-4000")
        // A list's statement takes some hundred kilobytes ready: the seldom ones are prepared again.
        .statement_cache_capacity(60);
    let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(4)
        .connect_with(options.create_if_missing(false).pragma("query_only", "on").pragma("cache_size", "-2000"))
        .await?;
    Ok(Pool::Sqlite { write, read })
}

async fn open_postgres(url: &str) -> std::result::Result<Pool, sqlx::Error> {
    // Many short questions: starting a second process or a compiler for one takes longer than its answer.
    let options = PgConnectOptions::from_str(url)?
        .application_name("danvan")
        .options([("jit", "off"), ("max_parallel_workers_per_gather", "0")]);
    let pool = PgPoolOptions::new().max_connections(12).acquire_timeout(Duration::from_secs(10));
    Ok(Pool::Postgres(pool.connect_with(options).await?))
}
