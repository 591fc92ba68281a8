//! Accounts: adding, inviting, signing in, tokens. Each leaves its entry in the account's timeline.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use data_encoding::HEXLOWER;
use db::{Db, Result, Stop, Tx};
use jiff::Timestamp;
use kernel::{Day, IdMaker, Refusal, Refused, civil_day, day_number, text};
use pack::register::Role;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use timeline::{Entry, Kind};
use web::{Secret, new_secret};

use crate::{
    password,
    seats::LONGEST_MS,
    store::{self, Account, SeatRow},
};

/// An invitation is good for three days.
const INVITED_MS: i64 = 3 * 24 * 60 * 60 * 1_000;
/// A token for a year.
const TOKEN_MS: i64 = 365 * 24 * 60 * 60 * 1_000;
/// After so many wrong passwords in a row each answer waits, twice as long each time. The right password always gets in: whoever
/// guesses at a name can slow its owner down, never lock them out.
const FREE_TRIES: i64 = 4;
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// A row of wrong passwords is forgotten after a day.
const FORGOTTEN_MS: i64 = 24 * 60 * 60 * 1_000;
/// The operator's shell.
const OPERATOR: i64 = 0;

/// A link by which someone chooses a password, once.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub account: i64,
    pub token: String,
}

impl Invitation {
    pub fn path(&self) -> String {
        format!("/invitation/{}", self.token)
    }
}

async fn record(
    tx: &mut Tx,
    ids: &IdMaker,
    by: (i64, i64),
    account: i64,
    act: &str,
    body: serde_json::Value,
    now: Timestamp,
) -> Result<()> {
    let about = Kind::Account.of(account);
    let entry = Entry { about, act, who: by.0, seat: by.1, at: now, on: None, body, cause: None };
    timeline::record(tx, ids, entry).await.map(|_| ())
}

/// A role at a unit, to be given to someone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewSeat {
    pub(crate) role: Role,
    pub(crate) unit: i64,
    pub(crate) from: Day,
    /// The first day on which it is no more.
    pub(crate) to: Option<Day>,
    /// Whom they stand in for; such a seat has an end.
    pub(crate) stands_in_for: Option<i64>,
}

/// Adds an account, or a further seat to one that is there; gives an invitation while it has no password.
/// `by` is the account and unit that do it.
#[expect(clippy::too_many_arguments, reason = "a person and a seat, whole")]
pub async fn add(
    db: &Db,
    ids: &IdMaker,
    by: (i64, i64),
    login: &str,
    name: &str,
    role: Role,
    unit: i64,
    now: Timestamp,
) -> Result<(Account, Option<Invitation>)> {
    let mut tx = db.begin().await?;
    let seat = NewSeat { role, unit, from: civil_day(now), to: None, stands_in_for: None };
    let added = enrol(&mut tx, ids, by, login, name, &seat, now).await?;
    tx.commit().await?;
    Ok(added)
}

/// Adds a person within a transaction. The link to choose a password goes to whoever added the account, or to the operator: an
/// administrator who gives one more seat to someone else's officer must not come to own that account.
pub(crate) async fn enrol(
    tx: &mut Tx,
    ids: &IdMaker,
    by: (i64, i64),
    login: &str,
    name: &str,
    seat: &NewSeat,
    now: Timestamp,
) -> Result<(Account, Option<Invitation>)> {
    let login = text::slug(login);
    if login.is_empty() {
        return Err(Refusal::new("people.login_missing").at("login").into());
    }
    let known = store::by_login(tx, &login).await?;
    let fresh = known.is_none();
    let account = if let Some(account) = known {
        account
    } else {
        let id = ids.next(now).0;
        let name = text::tidy(name);
        let name = if name.is_empty() { login.clone() } else { name };
        store::add(tx, id, &login, &name, None).await?;
        record(tx, ids, by, id, "people.add", json!({ "login": login, "name": name }), now).await?;
        store::account(tx, id).await?
    };
    let same = |held: &SeatRow| held.unit == seat.unit && held.role == seat.role.name() && held.stands(seat.from);
    if !store::seats(tx, account.id).await?.iter().any(same) {
        give_seat(tx, ids, by, account.id, seat, now).await?;
    }
    let link = account.password.is_none() && (fresh || by.0 == OPERATOR);
    let invitation = if link { Some(invite(tx, ids, by, account.id, now).await?) } else { None };
    Ok((account, invitation))
}

/// Gives a seat. Whoever stands in for someone gets no more than that person has: the same role at the same unit, until a day.
pub(crate) async fn give_seat(
    tx: &mut Tx,
    ids: &IdMaker,
    by: (i64, i64),
    account: i64,
    seat: &NewSeat,
    now: Timestamp,
) -> Result<i64> {
    let mut refused = Refused::default();
    if seat.to.is_some_and(|to| to <= seat.from) {
        refused.push(Refusal::new("people.ends_before_it_begins").at("to"));
    }
    if let Some(absent) = seat.stands_in_for {
        let theirs = store::seats(tx, absent).await?;
        let held = |held: &SeatRow| held.unit == seat.unit && held.role == seat.role.name() && held.stands(seat.from);
        if absent == account || !theirs.iter().any(|seat| seat.for_account.is_none() && held(seat)) {
            refused.push(Refusal::new("people.not_their_seat").at("absent"));
        }
        if seat.to.is_none() {
            refused.push(Refusal::new("people.stand_in_needs_an_end").at("to"));
        }
    }
    refused.settle()?;
    let row = SeatRow {
        id: ids.next(now).0,
        account,
        unit: seat.unit,
        role: seat.role.name().to_owned(),
        from_day: day_number(seat.from),
        to_day: seat.to.map(day_number),
        for_account: seat.stands_in_for,
        for_name: None,
    };
    store::add_seat(tx, &row).await?;
    let (from, to) = (seat.from.to_string(), seat.to.map(|to| to.to_string()));
    let body = json!({
        "seat": row.id, "role": row.role, "unit": row.unit, "from": from, "to": to, "for": row.for_account
    });
    record(tx, ids, by, account, "people.seat", body, now).await?;
    Ok(row.id)
}

pub(crate) async fn end_seat(
    tx: &mut Tx,
    ids: &IdMaker,
    by: (i64, i64),
    account: i64,
    seat: i64,
    now: Timestamp,
) -> Result<()> {
    store::end_seat(tx, seat, civil_day(now)).await?;
    store::end_all(tx, account).await?;
    record(tx, ids, by, account, "people.end_seat", json!({ "seat": seat }), now).await
}

pub(crate) async fn set_disabled(
    tx: &mut Tx,
    ids: &IdMaker,
    by: (i64, i64),
    account: i64,
    disabled: bool,
    now: Timestamp,
) -> Result<()> {
    store::disable(tx, account, disabled).await?;
    if disabled {
        store::end_all(tx, account).await?;
    }
    record(tx, ids, by, account, if disabled { "people.disable" } else { "people.enable" }, json!({}), now).await
}

/// A new link to choose a password; nobody chooses one for someone else.
pub async fn invite(tx: &mut Tx, ids: &IdMaker, by: (i64, i64), account: i64, now: Timestamp) -> Result<Invitation> {
    let Secret { token, hash } = new_secret();
    store::end_invitations(tx, account).await?;
    store::add_invitation(tx, &HEXLOWER.encode(&hash), account, now.as_millisecond() + INVITED_MS).await?;
    record(tx, ids, by, account, "people.invite", json!({}), now).await?;
    Ok(Invitation { account, token })
}

/// The account of an invitation that is still good.
pub(crate) async fn invited(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<Account> {
    let refuse = || Stop::from(Refusal::new("people.invitation_over"));
    let (account, until, used) = store::invitation(tx, hash).await?.ok_or_else(refuse)?;
    if used || now.as_millisecond() > until {
        return Err(refuse());
    }
    store::account(tx, account).await
}

/// Chooses a password by an invitation.
pub(crate) async fn accept(db: &Db, ids: &IdMaker, hash: &str, chosen: &str, now: Timestamp) -> Result<Account> {
    let mut tx = db.read().await?;
    let account = invited(&mut tx, hash, now).await?;
    drop(tx);
    password::fit(chosen, &account.login)?;
    let kept = password::hash(chosen).await?;
    let mut tx = db.begin().await?;
    store::use_invitation(&mut tx, hash).await?;
    store::save_password(&mut tx, account.id, &kept).await?;
    store::end_all(&mut tx, account.id).await?;
    record(&mut tx, ids, (account.id, 0), account.id, "people.password", json!({ "by": "invitation" }), now).await?;
    tx.commit().await?;
    Ok(account)
}

/// Accepts an invitation at once, for accounts that are made with their password (a demo).
pub async fn choose_first(
    db: &Db,
    ids: &IdMaker,
    account: &Account,
    invitation: &Invitation,
    chosen: &str,
    now: Timestamp,
) -> Result<()> {
    debug_assert_eq!(account.id, invitation.account);
    let hash = HEXLOWER.encode(&sha2::Sha256::digest(&invitation.token));
    accept(db, ids, &hash, chosen, now).await.map(|_| ())
}

/// Changes one's own password.
pub async fn renew_password(db: &Db, ids: &IdMaker, account: i64, old: &str, new: &str, now: Timestamp) -> Result<()> {
    let mut tx = db.read().await?;
    let account = store::account(&mut tx, account).await?;
    drop(tx);
    if !password::matches(old, account.password.clone()).await? {
        return Err(Refusal::new("people.wrong_password").at("old").into());
    }
    set_password(db, ids, &account, new, now).await
}

pub(crate) async fn set_password(db: &Db, ids: &IdMaker, account: &Account, new: &str, now: Timestamp) -> Result<()> {
    password::fit(new, &account.login)?;
    let kept = password::hash(new).await?;
    let mut tx = db.begin().await?;
    store::save_password(&mut tx, account.id, &kept).await?;
    store::end_all(&mut tx, account.id).await?;
    record(&mut tx, ids, (account.id, 0), account.id, "people.password", json!({}), now).await?;
    tx.commit().await
}

/// Signs in: a session's token, or one refusal for an unknown name, a wrong password and a disabled account, after the same work.
pub async fn sign_in(db: &Db, ids: &IdMaker, login: &str, given: &str, now: Timestamp) -> Result<String> {
    let login = text::slug(login);
    let (now_ms, today) = (now.as_millisecond(), civil_day(now));
    let mut tx = db.read().await?;
    let account = store::by_login(&mut tx, &login).await?;
    let seats = match &account {
        Some(account) => store::seats(&mut tx, account.id).await?,
        None => Vec::new(),
    };
    drop(tx);
    let failures = match &account {
        Some(account) if now_ms - account.failed_ms < FORGOTTEN_MS => account.failures,
        Some(_) => 0,
        None => strangers(&login, false),
    };
    tokio::time::sleep(wait(failures)).await;
    let right = password::matches(given, account.as_ref().and_then(|account| account.password.clone())).await?;
    let seat = seats.iter().find(|seat| seat.stands(today));
    let mut tx = db.begin().await?;
    let entered = account.as_ref().filter(|account| right && !account.disabled).zip(seat);
    let Some((account, seat)) = entered else {
        match &account {
            Some(account) => store::failed(&mut tx, account.id, now_ms, FORGOTTEN_MS).await?,
            None => {
                strangers(&login, true);
            }
        }
        // What was typed as a name may be a password: of a stranger only the fact is kept.
        let about = account.map_or(OPERATOR, |account| account.id);
        record(&mut tx, ids, (about, 0), about, "account.refused", json!({}), now).await?;
        tx.commit().await?;
        return Err(Refusal::new("people.not_known").into());
    };
    let Secret { token, hash } = new_secret();
    store::succeeded(&mut tx, account.id).await?;
    store::drop_old_sessions(&mut tx, account.id, now_ms - LONGEST_MS).await?;
    store::add_session(&mut tx, &HEXLOWER.encode(&hash), account.id, seat.id, now_ms).await?;
    record(&mut tx, ids, (account.id, seat.unit), account.id, "account.sign_in", json!({}), now).await?;
    tx.commit().await?;
    Ok(token)
}

/// How long an answer waits after so many wrong passwords.
pub(crate) fn wait(failures: i64) -> Duration {
    match u32::try_from(failures - FREE_TRIES) {
        Err(_) | Ok(0) => Duration::ZERO,
        Ok(over) => Duration::from_millis(250).saturating_mul(1 << over.min(8)).min(LONGEST_WAIT),
    }
}

/// Tries at names that nobody has wait just as long, or the wait would tell which names there are. Kept in memory: a restart forgets.
fn strangers(login: &str, failed: bool) -> i64 {
    static TRIED: Mutex<BTreeMap<[u8; 32], i64>> = Mutex::new(BTreeMap::new());
    const MOST: usize = 20_000;
    let key: [u8; 32] = Sha256::digest(login).into();
    let mut tried = TRIED.lock().unwrap_or_else(PoisonError::into_inner);
    if failed {
        if tried.len() >= MOST {
            tried.clear();
        }
        *tried.entry(key).or_default() += 1;
    }
    tried.get(&key).copied().unwrap_or_default()
}

/// A token for the API, good for the account's first seat.
pub async fn token(db: &Db, ids: &IdMaker, login: &str, now: Timestamp) -> Result<String> {
    let mut tx = db.begin().await?;
    let login = text::slug(login);
    let account = store::by_login(&mut tx, &login)
        .await?
        .ok_or_else(|| Stop::from(Refusal::new("people.no_such_login").with("login", &login)))?;
    let seats = store::seats(&mut tx, account.id).await?;
    let seat = seats
        .iter()
        .find(|seat| seat.stands(civil_day(now)))
        .ok_or_else(|| Stop::from(Refusal::new("people.no_seat").with("login", &login)))?;
    let Secret { token, hash } = new_secret();
    store::add_token(
        &mut tx,
        &HEXLOWER.encode(&hash),
        ids.next(now).0,
        account.id,
        seat.id,
        now.as_millisecond() + TOKEN_MS,
    )
    .await?;
    record(&mut tx, ids, (0, 0), account.id, "people.token", json!({ "seat": seat.id }), now).await?;
    tx.commit().await?;
    Ok(token)
}

/// Whether someone who is signed in knows their own password: asked for again before what must not happen at a desk left open.
pub async fn is_own_password(db: &Db, account: i64, given: &str, now: Timestamp) -> Result<bool> {
    let mut tx = db.read().await?;
    let account = store::account(&mut tx, account).await?;
    drop(tx);
    let now_ms = now.as_millisecond();
    let failures = if now_ms - account.failed_ms < FORGOTTEN_MS { account.failures } else { 0 };
    tokio::time::sleep(wait(failures)).await;
    let right = password::matches(given, account.password.clone()).await? && !account.disabled;
    if !right {
        let mut tx = db.begin().await?;
        store::failed(&mut tx, account.id, now_ms, FORGOTTEN_MS).await?;
        tx.commit().await?;
    }
    Ok(right)
}
