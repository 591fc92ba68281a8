//! All SQL about people.

use std::collections::HashMap;

use db::{Result, Tx, args};
use kernel::Day;

const ACCOUNT: &str = "select id, login, name, password, disabled, failures, failed_ms from account where id = $1";
const BY_LOGIN: &str = "select id, login, name, password, disabled, failures, failed_ms from account where login = $1";
const LIST: &str =
    "select id, login, name, password, disabled, failures, failed_ms from account order by login limit 2000";
const NAMES: &str = "select id, name from account where id = any($1)";
const ADD: &str =
    "insert into account (id, login, name, password, disabled, failures, failed_ms) values ($1, $2, $3, $4, $5, 0, 0)";
const PASSWORD: &str = "update account set password = $2, failures = 0 where id = $1";
const DISABLE: &str = "update account set disabled = $2 where id = $1";
const FAILED: &str =
    "update account set failures = case when failed_ms < $3 then 1 else failures + 1 end, failed_ms = $2 where id = $1";
const SUCCEEDED: &str = "update account set failures = 0 where id = $1";

const SEATS: &str =
    "select s.id, s.account, s.unit, s.role, s.from_day, s.to_day, s.for_account, f.name as for_name from seat s
    left join account f on f.id = s.for_account where s.account = $1 order by s.id";
const ALL_SEATS: &str =
    "select s.id, s.account, s.unit, s.role, s.from_day, s.to_day, s.for_account, f.name as for_name from seat s
    left join account f on f.id = s.for_account order by s.account, s.id";
const SEATED: &str = "
    select distinct s.account from seat s join account a on a.id = s.account and a.disabled = $3
    where s.unit = $1 and s.from_day <= $2 and (s.to_day is null or s.to_day > $2) order by s.account";
const ADD_SEAT: &str =
    "insert into seat (id, account, unit, role, from_day, to_day, for_account) values ($1, $2, $3, $4, $5, $6, $7)";
const UNITS_IN_USE: &str =
    "select distinct unit from seat where from_day <= $1 and (to_day is null or to_day > $1) order by unit";
const END_SEAT: &str = "update seat set to_day = $2 where id = $1";

const SESSION: &str = "select account, seat, begun_ms, seen_ms from session where hash = $1";
const SESSIONS: &str =
    "select hash, begun_ms, seen_ms from session where account = $1 and seen_ms > $2 order by seen_ms desc, hash";
const OLD_SESSIONS: &str = "delete from session where account = $1 and seen_ms < $2";
const ADD_SESSION: &str = "insert into session (hash, account, seat, begun_ms, seen_ms) values ($1, $2, $3, $4, $4)";
const SEEN: &str = "update session set seen_ms = $2 where hash = $1 and seen_ms < $2";
const TAKE_SEAT: &str = "update session set seat = $2 where hash = $1 and account = $3";
const END_SESSION: &str = "delete from session where hash = $1";
const END_SESSIONS: &str = "delete from session where account = $1";
const TOKEN: &str = "select account, seat, until_ms from token where hash = $1";
const ADD_TOKEN: &str = "insert into token (hash, id, account, seat, until_ms) values ($1, $2, $3, $4, $5)";
const END_TOKENS: &str = "delete from token where account = $1";

const FEED: &str = "select account, seat from calendar_feed where hash = $1";
const SET_FEED: &str = "insert into calendar_feed (account, seat, hash, at_ms) values ($1, $2, $3, $4)
    on conflict (account) do update set seat = $2, hash = $3, at_ms = $4";

const INVITE: &str = "insert into invitation (hash, account, until_ms, used) values ($1, $2, $3, $4)";
const INVITED: &str = "select account, until_ms, used from invitation where hash = $1";
const END_INVITATIONS: &str = "update invitation set used = $2 where account = $1 and used = $3";
const USE_INVITATION: &str = "update invitation set used = $2 where hash = $1 and used = $3";

const HOLDERS: &str =
    "select id, unit, post, name, account, from_day, to_day, decision from holder order by unit, post, from_day";
const HOLDERS_AT: &str =
    "select id, unit, post, name, account, from_day, to_day, decision from holder where unit = any($1)
    order by unit, post, from_day";
const ADD_HOLDERS: &str = "insert into holder (id, unit, post, name, account, from_day, to_day, decision) values";
const END_HOLDER: &str = "update holder set to_day = $2 where id = $1 and to_day is null";

/// Someone who signs in.
#[derive(Clone, Debug, db::FromRow)]
pub struct Account {
    pub id: i64,
    pub login: String,
    pub name: String,
    pub(crate) password: Option<String>,
    pub disabled: bool,
    pub(crate) failures: i64,
    pub(crate) failed_ms: i64,
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct SeatRow {
    pub(crate) id: i64,
    pub(crate) account: i64,
    pub(crate) unit: i64,
    pub(crate) role: String,
    pub(crate) from_day: i64,
    pub(crate) to_day: Option<i64>,
    pub(crate) for_account: Option<i64>,
    pub(crate) for_name: Option<String>,
}

impl SeatRow {
    pub(crate) fn stands(&self, today: Day) -> bool {
        let today = kernel::day_number(today);
        self.from_day <= today && self.to_day.is_none_or(|to| today < to)
    }
}

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct HolderRow {
    pub(crate) id: i64,
    pub(crate) unit: i64,
    pub(crate) post: String,
    pub(crate) name: String,
    pub(crate) account: Option<i64>,
    pub(crate) from_day: i64,
    pub(crate) to_day: Option<i64>,
    pub(crate) decision: Option<String>,
}

pub(crate) async fn account(tx: &mut Tx, id: i64) -> Result<Account> {
    tx.one(ACCOUNT, args![id]).await
}

pub(crate) async fn by_login(tx: &mut Tx, login: &str) -> Result<Option<Account>> {
    tx.maybe(BY_LOGIN, args![login]).await
}

/// What people are called, by account; those that are not there are left out.
pub async fn names(tx: &mut Tx, accounts: &[i64]) -> Result<HashMap<i64, String>> {
    let rows: Vec<(i64, String)> = tx.all(NAMES, args![accounts]).await?;
    Ok(rows.into_iter().collect())
}

/// The units at which anyone has a seat on a day.
pub async fn units_in_use(tx: &mut Tx, day: Day) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = tx.all(UNITS_IN_USE, args![kernel::day_number(day)]).await?;
    Ok(rows.into_iter().map(|(unit,)| unit).collect())
}

/// The accounts that have a seat in that very unit on a day.
pub async fn seated(tx: &mut Tx, unit: i64, day: Day) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = tx.all(SEATED, args![unit, kernel::day_number(day), false]).await?;
    Ok(rows.into_iter().map(|(account,)| account).collect())
}

/// The account of a login.
pub async fn account_of(tx: &mut Tx, login: &str) -> Result<Option<i64>> {
    Ok(by_login(tx, &kernel::text::slug(login)).await?.map(|account| account.id))
}

pub(crate) async fn list(tx: &mut Tx) -> Result<Vec<Account>> {
    tx.all(LIST, args![]).await
}

pub(crate) async fn add(tx: &mut Tx, id: i64, login: &str, name: &str, password: Option<&str>) -> Result<()> {
    tx.run(ADD, args![id, login, name, password, false]).await.map(|_| ())
}

pub(crate) async fn save_password(tx: &mut Tx, id: i64, hash: &str) -> Result<()> {
    tx.change(PASSWORD, args![id, hash]).await
}

pub(crate) async fn disable(tx: &mut Tx, id: i64, disabled: bool) -> Result<()> {
    tx.change(DISABLE, args![id, disabled]).await
}

pub(crate) async fn failed(tx: &mut Tx, id: i64, now_ms: i64, forgotten_ms: i64) -> Result<()> {
    tx.run(FAILED, args![id, now_ms, now_ms - forgotten_ms]).await.map(|_| ())
}

pub(crate) async fn succeeded(tx: &mut Tx, id: i64) -> Result<()> {
    tx.run(SUCCEEDED, args![id]).await.map(|_| ())
}

pub(crate) async fn seats(tx: &mut Tx, account: i64) -> Result<Vec<SeatRow>> {
    tx.all(SEATS, args![account]).await
}

pub(crate) async fn all_seats(tx: &mut Tx) -> Result<Vec<SeatRow>> {
    tx.all(ALL_SEATS, args![]).await
}

pub(crate) async fn add_seat(tx: &mut Tx, seat: &SeatRow) -> Result<()> {
    let row = args![seat.id, seat.account, seat.unit, &seat.role, seat.from_day, seat.to_day, seat.for_account];
    tx.run(ADD_SEAT, row).await.map(|_| ())
}

pub(crate) async fn end_seat(tx: &mut Tx, seat: i64, day: Day) -> Result<()> {
    tx.change(END_SEAT, args![seat, day]).await
}

/// Account, seat, begun and last seen, in milliseconds.
pub(crate) async fn session(tx: &mut Tx, hash: &str) -> Result<Option<(i64, i64, i64, i64)>> {
    tx.maybe(SESSION, args![hash]).await
}

/// The sessions of an account that were used after an instant: hash, begun and last seen.
pub(crate) async fn sessions(tx: &mut Tx, account: i64, after_ms: i64) -> Result<Vec<(String, i64, i64)>> {
    tx.all(SESSIONS, args![account, after_ms]).await
}

/// Forgets the sessions of an account that ended by themselves.
pub(crate) async fn drop_old_sessions(tx: &mut Tx, account: i64, before_ms: i64) -> Result<()> {
    tx.run(OLD_SESSIONS, args![account, before_ms]).await.map(|_| ())
}

pub(crate) async fn add_session(tx: &mut Tx, hash: &str, account: i64, seat: i64, now_ms: i64) -> Result<()> {
    tx.run(ADD_SESSION, args![hash, account, seat, now_ms]).await.map(|_| ())
}

pub(crate) async fn seen(tx: &mut Tx, hash: &str, now_ms: i64) -> Result<()> {
    tx.run(SEEN, args![hash, now_ms]).await.map(|_| ())
}

pub(crate) async fn take_seat(tx: &mut Tx, hash: &str, seat: i64, account: i64) -> Result<()> {
    tx.change(TAKE_SEAT, args![hash, seat, account]).await
}

pub(crate) async fn end_session(tx: &mut Tx, hash: &str) -> Result<()> {
    tx.run(END_SESSION, args![hash]).await.map(|_| ())
}

/// Ends all sessions and tokens of an account: after a new password, when it is disabled.
pub(crate) async fn end_all(tx: &mut Tx, account: i64) -> Result<()> {
    tx.run(END_SESSIONS, args![account]).await?;
    tx.run(END_TOKENS, args![account]).await.map(|_| ())
}

pub(crate) async fn token(tx: &mut Tx, hash: &str) -> Result<Option<(i64, i64, i64)>> {
    tx.maybe(TOKEN, args![hash]).await
}

pub(crate) async fn add_token(tx: &mut Tx, hash: &str, id: i64, account: i64, seat: i64, until_ms: i64) -> Result<()> {
    tx.run(ADD_TOKEN, args![hash, id, account, seat, until_ms]).await.map(|_| ())
}

pub(crate) async fn add_invitation(tx: &mut Tx, hash: &str, account: i64, until_ms: i64) -> Result<()> {
    tx.run(INVITE, args![hash, account, until_ms, false]).await.map(|_| ())
}

/// A newer link makes the older ones worthless.
pub(crate) async fn end_invitations(tx: &mut Tx, account: i64) -> Result<()> {
    tx.run(END_INVITATIONS, args![account, true, false]).await.map(|_| ())
}

pub(crate) async fn invitation(tx: &mut Tx, hash: &str) -> Result<Option<(i64, i64, bool)>> {
    tx.maybe(INVITED, args![hash]).await
}

/// Fails with `Stale` when it was used meanwhile.
pub(crate) async fn use_invitation(tx: &mut Tx, hash: &str) -> Result<()> {
    tx.change(USE_INVITATION, args![hash, true, false]).await
}

pub(crate) async fn holders(tx: &mut Tx) -> Result<Vec<HolderRow>> {
    tx.all(HOLDERS, args![]).await
}

pub(crate) async fn holders_at(tx: &mut Tx, units: &[i64]) -> Result<Vec<HolderRow>> {
    tx.all(HOLDERS_AT, args![units]).await
}

pub(crate) async fn add_holders(tx: &mut Tx, holders: &[HolderRow]) -> Result<()> {
    let rows = holders.iter().map(|one| {
        args![one.id, one.unit, &one.post, &one.name, one.account, one.from_day, one.to_day, one.decision.as_deref()]
    });
    tx.fill(ADD_HOLDERS, rows.collect()).await
}

pub(crate) async fn end_holder(tx: &mut Tx, id: i64, day: Day) -> Result<()> {
    tx.change(END_HOLDER, args![id, day]).await
}

/// Whose calendar an address opens: the account and the seat.
pub(crate) async fn feed(tx: &mut Tx, hash: &str) -> Result<Option<(i64, i64)>> {
    tx.maybe(FEED, args![hash]).await
}

pub(crate) async fn set_feed(tx: &mut Tx, account: i64, seat: i64, hash: &str, at_ms: i64) -> Result<()> {
    tx.run(SET_FEED, args![account, seat, hash, at_ms]).await.map(|_| ())
}
