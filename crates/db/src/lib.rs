//! The only room that names a driver: SQLite or PostgreSQL behind one door, one SQL text for both.

mod backup;
pub mod dialect;
mod files;
mod names;
mod open;
pub mod statement;
mod stop;
pub mod testing;
mod tx;

pub use backup::{Contents, backup, restore};
pub use files::{Files, Stored};
pub use names::{Names, Space};
pub use open::{Db, Place};
pub use sqlx::FromRow;
pub use stop::{Fault, Result, Stop};
pub use tx::{Act, Lent, Row, Tx, Value};

/// Arguments of a statement, in the order of `$1`, `$2`, ….
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}

#[cfg(test)]
mod tests;
