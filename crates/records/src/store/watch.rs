//! SQL of what accounts watch.

use db::{Result, Tx, args};

const WATCHED: &str =
    "select id, address, record, mark, looked_ms from watch where account = $1 order by id desc limit 200";
const WATCHED_AT: &str = "select id, address, record, mark, looked_ms from watch where account = $1 and address = $2";
const WATCH: &str = "insert into watch (id, account, address, record, mark, looked_ms) values ($1, $2, $3, $4, $5, $6)
    on conflict (account, address) do nothing";
const LOOKED: &str = "update watch set mark = $3, looked_ms = $4 where id = $1 and account = $2";
const UNWATCH: &str = "delete from watch where id = $1 and account = $2";

/// Something that an account watches.
#[derive(Clone, Debug, PartialEq, Eq, db::FromRow)]
pub struct Watch {
    pub id: i64,
    pub address: String,
    /// 0: a figure.
    pub record: i64,
    /// What was last looked at: the number of an entry, or the figure as it was shown.
    pub mark: String,
    pub looked_ms: i64,
}

pub async fn watched(tx: &mut Tx, account: i64) -> Result<Vec<Watch>> {
    tx.all(WATCHED, args![account]).await
}

/// Whether an account watches what stands at an address.
pub async fn at(tx: &mut Tx, account: i64, address: &str) -> Result<Option<Watch>> {
    tx.maybe(WATCHED_AT, args![account, address]).await
}

pub async fn add(tx: &mut Tx, account: i64, watch: &Watch) -> Result<()> {
    let row = args![watch.id, account, &watch.address, watch.record, &watch.mark, watch.looked_ms];
    tx.run(WATCH, row).await.map(|_| ())
}

pub async fn looked(tx: &mut Tx, account: i64, id: i64, mark: &str, at_ms: i64) -> Result<()> {
    tx.run(LOOKED, args![id, account, mark, at_ms]).await.map(|_| ())
}

pub async fn drop(tx: &mut Tx, account: i64, id: i64) -> Result<()> {
    tx.run(UNWATCH, args![id, account]).await.map(|_| ())
}
