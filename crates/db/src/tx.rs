//! A transaction on either database, and the values that go in and out.

use std::marker::PhantomData;

use futures::future::BoxFuture;
use sqlx::{
    Arguments as _, AssertSqlSafe, FromRow, Postgres, Sqlite, Transaction,
    postgres::{PgArguments, PgRow},
    sqlite::{SqliteArguments, SqliteRow},
};

use crate::{Result, Stop, statement};

/// A value for a statement. `None` keeps its type, which PostgreSQL wants to know.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bool(bool),
    Bytes(Option<Vec<u8>>),
    /// For `any($n)`.
    Ids(Vec<i64>),
}

macro_rules! value_from {
    ($($from:ty => |$value:ident| $to:expr),* $(,)?) => {
        $(impl From<$from> for Value { fn from($value: $from) -> Self { $to } })*
    };
}

value_from! {
    i64 => |value| Value::Int(Some(value)),
    Option<i64> => |value| Value::Int(value),
    i32 => |value| Value::Int(Some(value.into())),
    u32 => |value| Value::Int(Some(value.into())),
    kernel::Id => |value| Value::Int(Some(value.0)),
    Option<kernel::Id> => |value| Value::Int(value.map(|id| id.0)),
    kernel::Day => |value| Value::Int(Some(kernel::day_number(value))),
    Option<kernel::Day> => |value| Value::Int(value.map(kernel::day_number)),
    bool => |value| Value::Bool(value),
    &str => |value| Value::Text(Some(value.to_owned())),
    String => |value| Value::Text(Some(value)),
    &String => |value| Value::Text(Some(value.clone())),
    Option<String> => |value| Value::Text(value),
    Option<&str> => |value| Value::Text(value.map(str::to_owned)),
    Vec<u8> => |value| Value::Bytes(Some(value)),
    &[u8] => |value| Value::Bytes(Some(value.to_vec())),
    Option<Vec<u8>> => |value| Value::Bytes(value),
}

/// A list of ids, given to `any($n)` as one parameter.
impl From<&[i64]> for Value {
    fn from(ids: &[i64]) -> Self {
        Value::Ids(ids.to_vec())
    }
}

impl From<&Vec<i64>> for Value {
    fn from(ids: &Vec<i64>) -> Self {
        Value::Ids(ids.clone())
    }
}

/// As SQLite reads a list.
fn json(ids: &[i64]) -> String {
    let mut text = String::with_capacity(ids.len() * 8 + 2);
    text.push('[');
    for (place, id) in ids.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&id.to_string());
    }
    text.push(']');
    text
}

/// A row type that both drivers can fill: `#[derive(db::FromRow)]`, or a tuple.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// An open transaction. Dropped without [`Tx::commit`], it never happened.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// The row, if there is one.
    pub async fn maybe<R: Row>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Option<R>> {
        let text = statement::text(sql, self.is_sqlite());
        match self {
            Tx::Sqlite(tx) => {
                let query = sqlx::query_as_with::<_, R, _>(AssertSqlSafe(text), sqlite_args(args)?);
                query.fetch_optional(&mut **tx).await
            }
            Tx::Postgres(tx) => {
                let query = sqlx::query_as_with::<_, R, _>(AssertSqlSafe(text), postgres_args(args)?);
                query.fetch_optional(&mut **tx).await
            }
        }
        .map_err(|source| Stop::sql(sql, source))
    }

    /// The one row; none is [`Stop::Missing`].
    pub async fn one<R: Row>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<R> {
        self.maybe(sql, args).await?.ok_or(Stop::Missing)
    }

    pub async fn all<R: Row>(&mut self, sql: &'static str, args: Vec<Value>) -> Result<Vec<R>> {
        let text = statement::text(sql, self.is_sqlite());
        match self {
            Tx::Sqlite(tx) => {
                let query = sqlx::query_as_with::<_, R, _>(AssertSqlSafe(text), sqlite_args(args)?);
                query.fetch_all(&mut **tx).await
            }
            Tx::Postgres(tx) => {
                let query = sqlx::query_as_with::<_, R, _>(AssertSqlSafe(text), postgres_args(args)?);
                query.fetch_all(&mut **tx).await
            }
        }
        .map_err(|source| Stop::sql(sql, source))
    }

    /// Runs a statement and says how many rows it touched.
    pub async fn run(&mut self, sql: &'static str, args: Vec<Value>) -> Result<u64> {
        let text = statement::text(sql, self.is_sqlite());
        match self {
            Tx::Sqlite(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(text), sqlite_args(args)?);
                query.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            Tx::Postgres(tx) => {
                let query = sqlx::query_with(AssertSqlSafe(text), postgres_args(args)?);
                query.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        }
        .map_err(|source| Stop::sql(sql, source))
    }

    /// Changes the one row that `id` and `version` name; none means that someone else saved first.
    pub async fn change(&mut self, sql: &'static str, args: Vec<Value>) -> Result<()> {
        match self.run(sql, args).await? {
            1 => Ok(()),
            _ => Err(Stop::Stale),
        }
    }

    /// Runs one insert for many rows: `sql` ends in `values`, each row has the same number of arguments.
    pub async fn fill(&mut self, sql: &'static str, rows: Vec<Vec<Value>>) -> Result<()> {
        let sqlite = self.is_sqlite();
        let Some(width) = rows.first().map(Vec::len) else { return Ok(()) };
        // Both databases allow 32.766 parameters and more; shorter statements are parsed faster.
        let batch = (4_000 / width.max(1)).max(1);
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let taken: Vec<Vec<Value>> = rows.by_ref().take(batch).collect();
            let text = statement::filled(sql, width, taken.len(), sqlite);
            let args: Vec<Value> = taken.into_iter().flatten().collect();
            match self {
                Tx::Sqlite(tx) => {
                    let query = sqlx::query_with(AssertSqlSafe(text), sqlite_args(args)?);
                    query.execute(&mut **tx).await.map(|_| ())
                }
                Tx::Postgres(tx) => {
                    let query = sqlx::query_with(AssertSqlSafe(text), postgres_args(args)?);
                    query.execute(&mut **tx).await.map(|_| ())
                }
            }
            .map_err(|source| Stop::sql(sql, source))?;
        }
        Ok(())
    }

    pub async fn commit(self) -> Result<()> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await,
            Tx::Postgres(tx) => tx.commit().await,
        }
        .map_err(|source| Stop::sql("commit", source))
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Tx::Sqlite(_))
    }
}

/// What a transaction run by [`crate::Db::write`] does: pure but for the transaction, so that it can run again.
pub type Act<'t, T> = BoxFuture<'t, Result<T>>;

/// Says that what the act borrows (`'a`) outlives its transaction (`'t`).
pub type Lent<'t, 'a> = PhantomData<&'t &'a ()>;

fn sqlite_args(values: Vec<Value>) -> Result<SqliteArguments> {
    let mut args = SqliteArguments::default();
    for value in values {
        match value {
            Value::Text(value) => args.add(value),
            Value::Int(value) => args.add(value),
            Value::Bool(value) => args.add(value),
            Value::Bytes(value) => args.add(value),
            Value::Ids(ids) => args.add(json(&ids)),
        }
        .map_err(|source| Stop::Fault(crate::Fault::from_source("binding a value", source)))?;
    }
    Ok(args)
}

fn postgres_args(values: Vec<Value>) -> Result<PgArguments> {
    let mut args = PgArguments::default();
    for value in values {
        match value {
            Value::Text(value) => args.add(value),
            Value::Int(value) => args.add(value),
            Value::Bool(value) => args.add(value),
            Value::Bytes(value) => args.add(value),
            Value::Ids(ids) => args.add(ids),
        }
        .map_err(|source| Stop::Fault(crate::Fault::from_source("binding a value", source)))?;
    }
    Ok(args)
}
