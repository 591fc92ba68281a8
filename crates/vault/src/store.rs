//! All SQL about private fields and their keys, and nothing else.

pub(crate) mod case;
pub(crate) mod intake;
pub(crate) mod sender;

use db::{Result, Tx, args};

const FIND_KEY: &str = "select master, wrapped from record_key where record = $1";
const ADD_KEY: &str = "
    insert into record_key (record, master, wrapped) values ($1, $2, $3) on conflict (record) do nothing";
const DESTROY_KEY: &str = "
    insert into record_key (record, master, wrapped) values ($1, $2, null)
    on conflict (record) do update set wrapped = null";
const WRAPPED_BEFORE: &str = "
    select record, master, wrapped from record_key where master < $1 and wrapped is not null
    order by master, record limit $2";
const COUNT_BEFORE: &str = "select count(*) from record_key where master < $1 and wrapped is not null";
const REWRAP: &str = "
    update record_key set master = $3, wrapped = $4 where record = $1 and master = $2 and wrapped is not null";

const FIND: &str = "select sealed from private where record = $1 and field = $2";
const LIST: &str = "select field, sealed from private where record = $1 order by field";
const FILLED: &str = "select field from private where record = $1 order by field";
const SAVE: &str = "
    insert into private (record, field, sealed) values ($1, $2, $3)
    on conflict (record, field) do update set sealed = excluded.sealed";
const REMOVE: &str = "delete from private where record = $1 and field = $2";
const REMOVE_ALL: &str = "delete from private where record = $1";

const FIND_SETTING: &str = "select value from instance where key = $1";
const ADD_SETTING: &str = "insert into instance (key, value) values ($1, $2) on conflict (key) do nothing";
const SAVE_SETTING: &str = "
    insert into instance (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value";

/// Settings of the instance: whose key file it is, and the number of its newest master key.
const INSTANCE_KEY: &str = "instance_key";
const NEWEST: &str = "vault_master";

pub(crate) async fn find_key(tx: &mut Tx, record: i64) -> Result<Option<(i64, Option<Vec<u8>>)>> {
    tx.maybe(FIND_KEY, args![record]).await
}

/// Whether it was added: not if the record has a key, or had one.
pub(crate) async fn add_key(tx: &mut Tx, record: i64, master: i64, wrapped: &[u8]) -> Result<bool> {
    Ok(tx.run(ADD_KEY, args![record, master, wrapped]).await? == 1)
}

pub(crate) async fn destroy_key(tx: &mut Tx, record: i64, master: i64) -> Result<()> {
    tx.run(DESTROY_KEY, args![record, master]).await.map(|_| ())
}

/// (record, master, wrapped key) of some that an older master key wraps.
pub(crate) async fn wrapped_before(tx: &mut Tx, master: i64, limit: i64) -> Result<Vec<(i64, i64, Vec<u8>)>> {
    tx.all(WRAPPED_BEFORE, args![master, limit]).await
}

pub(crate) async fn count_before(tx: &mut Tx, master: i64) -> Result<i64> {
    Ok(tx.one::<(i64,)>(COUNT_BEFORE, args![master]).await?.0)
}

/// Does nothing to a key that was destroyed or rewrapped meanwhile.
pub(crate) async fn rewrap(tx: &mut Tx, record: i64, from: i64, to: i64, wrapped: &[u8]) -> Result<()> {
    tx.run(REWRAP, args![record, from, to, wrapped]).await.map(|_| ())
}

pub(crate) async fn find(tx: &mut Tx, record: i64, field: &str) -> Result<Option<Vec<u8>>> {
    Ok(tx.maybe::<(Vec<u8>,)>(FIND, args![record, field]).await?.map(|(sealed,)| sealed))
}

pub(crate) async fn list(tx: &mut Tx, record: i64) -> Result<Vec<(String, Vec<u8>)>> {
    tx.all(LIST, args![record]).await
}

pub(crate) async fn filled(tx: &mut Tx, record: i64) -> Result<Vec<String>> {
    Ok(tx.all::<(String,)>(FILLED, args![record]).await?.into_iter().map(|(field,)| field).collect())
}

pub(crate) async fn save(tx: &mut Tx, record: i64, field: &str, sealed: &[u8]) -> Result<()> {
    tx.run(SAVE, args![record, field, sealed]).await.map(|_| ())
}

pub(crate) async fn remove(tx: &mut Tx, record: i64, field: &str) -> Result<()> {
    tx.run(REMOVE, args![record, field]).await.map(|_| ())
}

pub(crate) async fn remove_all(tx: &mut Tx, record: i64) -> Result<()> {
    tx.run(REMOVE_ALL, args![record]).await.map(|_| ())
}

/// The key file that this database belongs to: that one, if it belonged to none.
pub(crate) async fn instance_key(tx: &mut Tx, own: &str) -> Result<String> {
    tx.run(ADD_SETTING, args![INSTANCE_KEY, own]).await?;
    Ok(tx.one::<(String,)>(FIND_SETTING, args![INSTANCE_KEY]).await?.0)
}

pub(crate) async fn newest(tx: &mut Tx) -> Result<Option<i64>> {
    let value: Option<(String,)> = tx.maybe(FIND_SETTING, args![NEWEST]).await?;
    Ok(value.and_then(|(value,)| value.parse().ok()))
}

pub(crate) async fn save_newest(tx: &mut Tx, number: i64) -> Result<()> {
    tx.run(SAVE_SETTING, args![NEWEST, number.to_string()]).await.map(|_| ())
}
