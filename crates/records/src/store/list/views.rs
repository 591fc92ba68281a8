//! SQL of lists as someone likes to see them.

use db::{Names, Result, Space, Tx, args};
use kernel::Id;

const VIEWS: &str = "select id, name, query from saved_view where account = $1 and register = $2 order by id limit 20";
const ADD_VIEW: &str = "insert into saved_view (id, account, register, name, query) values ($1, $2, $3, $4, $5)";
const DROP_VIEW: &str = "delete from saved_view where id = $1 and account = $2";

/// A list as someone likes to see it: id, name, query.
pub(crate) async fn views(
    tx: &mut Tx,
    names: &Names,
    account: i64,
    register: &str,
) -> Result<Vec<(i64, String, String)>> {
    match names.find(tx, Space::Register, register).await? {
        Some(register) => tx.all(VIEWS, args![account, register]).await,
        None => Ok(Vec::new()),
    }
}

pub(crate) async fn add_view(tx: &mut Tx, id: Id, account: i64, register: i64, name: &str, query: &str) -> Result<()> {
    tx.run(ADD_VIEW, args![id, account, register, name, query]).await.map(|_| ())
}

pub(crate) async fn drop_view(tx: &mut Tx, id: Id, account: i64) -> Result<()> {
    tx.run(DROP_VIEW, args![id, account]).await.map(|_| ())
}
