//! All SQL about the marks of senders.

use db::{Result, Tx, args};

const SAVE: &str =
    "insert into sender_mark (record, mark) values ($1, $2) on conflict (record) do update set mark = excluded.mark";
const REMOVE: &str = "delete from sender_mark where record = $1";
const SAME: &str = "select o.record from sender_mark m join sender_mark o on o.mark = m.mark and o.record <> m.record
    where m.record = $1 order by o.record desc limit $2";

/// So many are told.
pub(crate) const ALIKE: i64 = 20;

pub(crate) async fn save(tx: &mut Tx, record: i64, mark: &[u8]) -> Result<()> {
    tx.run(SAVE, args![record, mark]).await.map(|_| ())
}

pub(crate) async fn remove(tx: &mut Tx, record: i64) -> Result<()> {
    tx.run(REMOVE, args![record]).await.map(|_| ())
}

pub(crate) async fn alike(tx: &mut Tx, record: i64, limit: i64) -> Result<Vec<i64>> {
    let found: Vec<(i64,)> = tx.all(SAME, args![record, limit]).await?;
    Ok(found.into_iter().map(|(record,)| record).collect())
}
