//! Accounts: adding, inviting, signing in, tokens. Each leaves its entry in the account's timeline.

use data_encoding::HEXLOWER;
use db::{Db, Result, Stop, Tx};
use jiff::Timestamp;
use kernel::{IdMaker, Refusal, civil_day, day_number, text};
use pack::register::Role;
use serde_json::json;
use timeline::{Entry, Kind};
use web::{Secret, new_secret};

use crate::{
    password,
    store::{self, Account, SeatRow},
};

/// An invitation is good for three days.
const INVITED_MS: i64 = 3 * 24 * 60 * 60 * 1_000;
/// A token for a year.
const TOKEN_MS: i64 = 365 * 24 * 60 * 60 * 1_000;
/// After so many wrong passwords the next try has to wait, twice as long each time, a minute at most.
const FREE_TRIES: i64 = 5;

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

/// Adds an account, or a further seat to one that is there; gives an invitation while it has no password.
/// `by` is the account and unit that do it.
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
    let login = text::slug(login);
    if login.is_empty() {
        return Err(Refusal::new("people.login_missing").at("login").into());
    }
    let mut tx = db.begin().await?;
    let known = store::by_login(&mut tx, &login).await?;
    let account = match known {
        Some(account) => account,
        None => {
            let id = ids.next(now).0;
            let name = text::tidy(name);
            let name = if name.is_empty() { login.clone() } else { name };
            store::add(&mut tx, id, &login, &name, None).await?;
            record(&mut tx, ids, by, id, "people.add", json!({ "login": login, "name": name }), now).await?;
            store::account(&mut tx, id).await?
        }
    };
    let today = civil_day(now);
    let held = store::seats(&mut tx, account.id).await?;
    if !held.iter().any(|seat| seat.stands(today) && seat.unit == unit && seat.role == role.name()) {
        give_seat(&mut tx, ids, by, account.id, role, unit, None, now).await?;
    }
    let invitation = match account.password {
        Some(_) => None,
        None => Some(invite(&mut tx, ids, by, account.id, now).await?),
    };
    tx.commit().await?;
    Ok((account, invitation))
}

#[expect(clippy::too_many_arguments, reason = "a seat, whole")]
pub(crate) async fn give_seat(
    tx: &mut Tx,
    ids: &IdMaker,
    by: (i64, i64),
    account: i64,
    role: Role,
    unit: i64,
    for_account: Option<i64>,
    now: Timestamp,
) -> Result<i64> {
    let seat = SeatRow {
        id: ids.next(now).0,
        account,
        unit,
        role: role.name().to_owned(),
        from_day: day_number(civil_day(now)),
        to_day: None,
        for_account,
        for_name: None,
    };
    store::add_seat(tx, &seat).await?;
    let body = json!({ "seat": seat.id, "role": seat.role, "unit": unit, "for": for_account });
    record(tx, ids, by, account, "people.seat", body, now).await?;
    Ok(seat.id)
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

/// Signs in: a session's token, or one refusal for an unknown name, a wrong password, a disabled account and a try that came too soon.
pub async fn sign_in(db: &Db, ids: &IdMaker, login: &str, given: &str, now: Timestamp) -> Result<String> {
    let refuse = || Stop::from(Refusal::new("people.not_known"));
    let login = text::slug(login);
    let mut tx = db.read().await?;
    let account = store::by_login(&mut tx, &login).await?;
    let seats = match &account {
        Some(account) => store::seats(&mut tx, account.id).await?,
        None => Vec::new(),
    };
    drop(tx);
    let right = password::matches(given, account.as_ref().and_then(|account| account.password.clone())).await?;
    let Some(account) = account else { return Err(refuse()) };
    let now_ms = now.as_millisecond();
    let waits = account.failures >= FREE_TRIES && now_ms - account.failed_ms < wait_ms(account.failures);
    let seat = seats.iter().find(|seat| seat.stands(civil_day(now)));
    let mut tx = db.begin().await?;
    let (true, false, false, Some(seat)) = (right, waits, account.disabled, seat) else {
        store::failed(&mut tx, account.id, now_ms).await?;
        record(&mut tx, ids, (account.id, 0), account.id, "account.refused", json!({}), now).await?;
        tx.commit().await?;
        return Err(refuse());
    };
    let Secret { token, hash } = new_secret();
    store::succeeded(&mut tx, account.id).await?;
    store::add_session(&mut tx, &HEXLOWER.encode(&hash), account.id, seat.id, now_ms).await?;
    record(&mut tx, ids, (account.id, seat.unit), account.id, "account.sign_in", json!({}), now).await?;
    tx.commit().await?;
    Ok(token)
}

fn wait_ms(failures: i64) -> i64 {
    let doubled = 1_000_i64 << (failures - FREE_TRIES).clamp(0, 6);
    doubled.min(60_000)
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
