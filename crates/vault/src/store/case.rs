//! All SQL about sealed cases: handlers and their keys, the escrow, what is sealed, who opened it.

use db::{Result, Tx, args};

use crate::{opening::Opening, passphrase::Locked};

const FIND_HANDLER: &str = "select public, salt, locked from handler where account = $1";
const SAVE_HANDLER: &str = "
    insert into handler (account, public, salt, locked, made_ms) values ($1, $2, $3, $4, $5)
    on conflict (account) do update set public = excluded.public, salt = excluded.salt, locked = excluded.locked,
    made_ms = excluded.made_ms";
const NAMED: &str = "
    select o.account, h.public, o.named_by, o.named_ms from handler_of o join handler h on h.account = o.account
    where o.unit = $1 order by o.named_ms, o.account";
const NAME: &str = "
    insert into handler_of (unit, account, named_by, named_ms) values ($1, $2, $3, $4) on conflict (unit, account) do nothing";
const DISMISS: &str = "delete from handler_of where unit = $1 and account = $2";
const DISMISS_EVERYWHERE: &str = "delete from handler_of where account = $1";
const WITH_KEYS: &str = "select account from handler where account = any($1)";

const ESCROW: &str = "select id, public, need, shares, made_ms from escrow order by id desc limit 1";
const ADD_ESCROW: &str = "insert into escrow (id, public, need, shares, made_ms) values ($1, $2, $3, $4, $5)";

const LAST_NUMBER: &str = "select coalesce(max(number), 0) from case_key where record = $1";
const ADD_KEY: &str = "
    insert into case_key (record, number, holder_kind, holder, wrapped) values ($1, $2, $3, $4, $5)
    on conflict (record, number, holder_kind, holder) do nothing";
const KEYS_OF: &str =
    "select number, wrapped from case_key where record = $1 and holder_kind = $2 and holder = $3 order by number";
const CASES_OF: &str = "
    select record, number, wrapped from case_key where holder_kind = $1 and holder = $2 order by record, number";
const DROP_KEYS: &str = "delete from case_key where record = $1";

const SAVE: &str = "
    insert into sealed (record, place, number, content) values ($1, $2, $3, $4)
    on conflict (record, place) do update set number = excluded.number, content = excluded.content";
const PLACES: &str = "select place from sealed where record = $1 order by place";
const CONTENTS: &str = "select place, number, content from sealed where record = $1 order by place";
const REMOVE: &str = "delete from sealed where record = $1 and place = $2";
const REMOVE_ALL: &str = "delete from sealed where record = $1";

const ADD_OPENING: &str = "
    insert into opening (id, record, unit, asked_by, reason, asked_ms, agreed_by, agreed_ms, opened_ms, seen_by, seen_ms)
    values ($1, $2, $3, $4, $5, $6, $7, $7, $7, $7, $7)";
const LAST_OPENING: &str = "
    select id, record, unit, asked_by, reason, asked_ms, agreed_by, agreed_ms, opened_ms, seen_by, seen_ms
    from opening where record = $1 order by id desc limit 1";
const OPENINGS: &str = "
    select id, record, unit, asked_by, reason, asked_ms, agreed_by, agreed_ms, opened_ms, seen_by, seen_ms
    from opening where unit = $1 order by id desc limit $2";
const UNSEEN: &str = "select count(*) from opening where unit = $1 and opened_ms > seen_ms";
const AGREE: &str = "update opening set agreed_by = $2, agreed_ms = $3 where id = $1 and agreed_ms = $4";
const OPENED: &str = "update opening set opened_ms = $2 where id = $1";
const SEEN: &str = "update opening set seen_by = $2, seen_ms = $3 where unit = $1 and opened_ms > seen_ms";

pub(crate) async fn handler(tx: &mut Tx, account: i64) -> Result<Option<(Vec<u8>, Locked)>> {
    let row: Option<(Vec<u8>, Vec<u8>, Vec<u8>)> = tx.maybe(FIND_HANDLER, args![account]).await?;
    Ok(row.map(|(public, salt, locked)| (public, Locked { salt, locked })))
}

pub(crate) async fn save_handler(tx: &mut Tx, account: i64, public: &[u8], locked: &Locked, now_ms: i64) -> Result<()> {
    tx.run(SAVE_HANDLER, args![account, public, locked.salt.as_slice(), locked.locked.as_slice(), now_ms])
        .await
        .map(|_| ())
}

/// (account, public key, named by, when).
pub(crate) async fn named(tx: &mut Tx, unit: i64) -> Result<Vec<(i64, Vec<u8>, i64, i64)>> {
    tx.all(NAMED, args![unit]).await
}

/// Whether it was new.
pub(crate) async fn name(tx: &mut Tx, unit: i64, account: i64, by: i64, now_ms: i64) -> Result<bool> {
    Ok(tx.run(NAME, args![unit, account, by, now_ms]).await? == 1)
}

pub(crate) async fn dismiss(tx: &mut Tx, unit: i64, account: i64) -> Result<bool> {
    Ok(tx.run(DISMISS, args![unit, account]).await? == 1)
}

pub(crate) async fn dismiss_everywhere(tx: &mut Tx, account: i64) -> Result<()> {
    tx.run(DISMISS_EVERYWHERE, args![account]).await.map(|_| ())
}

/// Those of the accounts that have a key pair.
pub(crate) async fn with_keys(tx: &mut Tx, accounts: &[i64]) -> Result<Vec<i64>> {
    let accounts = accounts.to_vec();
    Ok(tx.all::<(i64,)>(WITH_KEYS, args![&accounts]).await?.into_iter().map(|(account,)| account).collect())
}

/// (id, public key, need, shares, made).
pub(crate) async fn escrow(tx: &mut Tx) -> Result<Option<(i64, Vec<u8>, i64, i64, i64)>> {
    tx.maybe(ESCROW, args![]).await
}

pub(crate) async fn add_escrow(tx: &mut Tx, id: i64, public: &[u8], need: i64, shares: i64, now_ms: i64) -> Result<()> {
    tx.run(ADD_ESCROW, args![id, public, need, shares, now_ms]).await.map(|_| ())
}

pub(crate) async fn last_number(tx: &mut Tx, record: i64) -> Result<i64> {
    Ok(tx.one::<(i64,)>(LAST_NUMBER, args![record]).await?.0)
}

pub(crate) async fn add_key(
    tx: &mut Tx,
    record: i64,
    number: i64,
    kind: &str,
    holder: i64,
    wrapped: &[u8],
) -> Result<bool> {
    Ok(tx.run(ADD_KEY, args![record, number, kind, holder, wrapped]).await? == 1)
}

pub(crate) async fn keys_of(tx: &mut Tx, record: i64, kind: &str, holder: i64) -> Result<Vec<(i64, Vec<u8>)>> {
    tx.all(KEYS_OF, args![record, kind, holder]).await
}

pub(crate) async fn cases_of(tx: &mut Tx, kind: &str, holder: i64) -> Result<Vec<(i64, i64, Vec<u8>)>> {
    tx.all(CASES_OF, args![kind, holder]).await
}

pub(crate) async fn save(tx: &mut Tx, record: i64, place: &str, number: i64, content: &[u8]) -> Result<()> {
    tx.run(SAVE, args![record, place, number, content]).await.map(|_| ())
}

pub(crate) async fn places(tx: &mut Tx, record: i64) -> Result<Vec<String>> {
    Ok(tx.all::<(String,)>(PLACES, args![record]).await?.into_iter().map(|(place,)| place).collect())
}

pub(crate) async fn contents(tx: &mut Tx, record: i64) -> Result<Vec<(String, i64, Vec<u8>)>> {
    tx.all(CONTENTS, args![record]).await
}

pub(crate) async fn remove(tx: &mut Tx, record: i64, place: &str) -> Result<()> {
    tx.run(REMOVE, args![record, place]).await.map(|_| ())
}

/// Keys first: without them what is left is noise.
pub(crate) async fn destroy(tx: &mut Tx, record: i64) -> Result<()> {
    tx.run(DROP_KEYS, args![record]).await?;
    tx.run(REMOVE_ALL, args![record]).await.map(|_| ())
}

pub(crate) async fn add_opening(tx: &mut Tx, one: &Opening) -> Result<()> {
    let nobody = 0_i64;
    let args = args![one.id, one.record, one.unit, one.asked_by, &one.reason, one.asked_ms, nobody];
    tx.run(ADD_OPENING, args).await.map(|_| ())
}

pub(crate) async fn last_opening(tx: &mut Tx, record: i64) -> Result<Option<Opening>> {
    tx.maybe(LAST_OPENING, args![record]).await
}

pub(crate) async fn openings(tx: &mut Tx, unit: i64, limit: i64) -> Result<Vec<Opening>> {
    tx.all(OPENINGS, args![unit, limit]).await
}

pub(crate) async fn unseen(tx: &mut Tx, unit: i64) -> Result<i64> {
    Ok(tx.one::<(i64,)>(UNSEEN, args![unit]).await?.0)
}

/// Whether it was still waiting.
pub(crate) async fn agree(tx: &mut Tx, id: i64, by: i64, now_ms: i64) -> Result<bool> {
    Ok(tx.run(AGREE, args![id, by, now_ms, 0_i64]).await? == 1)
}

pub(crate) async fn opened(tx: &mut Tx, id: i64, now_ms: i64) -> Result<()> {
    tx.run(OPENED, args![id, now_ms]).await.map(|_| ())
}

pub(crate) async fn seen(tx: &mut Tx, unit: i64, by: i64, now_ms: i64) -> Result<i64> {
    Ok(i64::try_from(tx.run(SEEN, args![unit, by, now_ms]).await?).unwrap_or(i64::MAX))
}
