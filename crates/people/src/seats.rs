//! From a cookie or a token to a person at a desk: sessions, seats, who stands in for whom.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use db::{Db, Result, Tx};
use futures::future::BoxFuture;
use jiff::Timestamp;
use kernel::{Day, Label, Lang, civil_day};
use pack::register::Role;
use units::{Tree, Unit};
use web::{Proof, Seat, Sessions, Who};

use crate::store::{self, Account, SeatRow};

/// Idle for so long, a session is over; and after so long in any case.
pub(crate) const IDLE_MS: i64 = 30 * 60 * 1_000;
pub(crate) const LONGEST_MS: i64 = 12 * 60 * 60 * 1_000;
/// How often a session's last sight is written down.
const SEEN_EVERY_MS: i64 = 60 * 1_000;

/// The tree of this moment.
pub type TreeSource = Arc<dyn Fn() -> Arc<Tree> + Send + Sync>;

/// Knows who presents a session or a token.
pub struct Registry {
    pub db: Db,
    pub tree: TreeSource,
}

impl Sessions for Registry {
    fn load(&self, proof: Proof, hash: [u8; 32], now: Timestamp) -> BoxFuture<'_, Result<Option<Who>>> {
        Box::pin(async move {
            let hash = HEXLOWER.encode(&hash);
            match proof {
                Proof::Session => self.session(&hash, now).await,
                Proof::Token => self.token(&hash, now).await,
            }
        })
    }
}

impl Registry {
    async fn session(&self, hash: &str, now: Timestamp) -> Result<Option<Who>> {
        let now_ms = now.as_millisecond();
        let mut tx = self.db.read().await?;
        let Some((account, seat, begun, seen)) = store::session(&mut tx, hash).await? else { return Ok(None) };
        if now_ms - seen > IDLE_MS || now_ms - begun > LONGEST_MS {
            return Ok(None);
        }
        let who = who(&mut tx, &(self.tree)(), account, Some(seat), civil_day(now)).await?;
        drop(tx);
        if now_ms - seen > SEEN_EVERY_MS {
            let mut tx = self.db.begin().await?;
            store::seen(&mut tx, hash, now_ms).await?;
            tx.commit().await?;
        }
        Ok(who)
    }

    async fn token(&self, hash: &str, now: Timestamp) -> Result<Option<Who>> {
        let mut tx = self.db.read().await?;
        let Some((account, seat, until)) = store::token(&mut tx, hash).await? else { return Ok(None) };
        if now.as_millisecond() > until {
            return Ok(None);
        }
        let who = who(&mut tx, &(self.tree)(), account, Some(seat), civil_day(now)).await?;
        // A token is worth its own seat and no other.
        Ok(who.filter(|who| who.seat.id == seat))
    }
}

/// An account with the seats that stand today; none without one, or when it is disabled.
pub(crate) async fn who(tx: &mut Tx, tree: &Tree, account: i64, seat: Option<i64>, today: Day) -> Result<Option<Who>> {
    let Account { id, login, name, disabled, .. } = store::account(tx, account).await?;
    if disabled {
        return Ok(None);
    }
    let rows = store::seats(tx, id).await?;
    let seats: Vec<Seat> = rows.iter().filter(|row| row.stands(today)).map(|row| told(tree, row, today)).collect();
    let current = seats.iter().find(|one| Some(one.id) == seat).or(seats.first()).cloned();
    Ok(current.map(|seat| Who { account: id, login, name, seats, seat }))
}

/// A seat as the page names it.
pub(crate) fn told(tree: &Tree, row: &SeatRow, today: Day) -> Seat {
    let at = tree.at(today);
    let unit = Unit(row.unit);
    let above = at
        .place(unit)
        .and_then(|place| if place == unit { at.parent(place) } else { at.parent(place).or(Some(place)) });
    Seat {
        id: row.id,
        role: row.role.clone(),
        role_label: role_label(&row.role),
        unit: row.unit,
        unit_name: at.title(unit),
        place_name: above.map(|place| at.title(place)).unwrap_or_default(),
        for_whom: row.for_name.clone(),
    }
}

/// What a role is called.
pub fn role_label(role: &str) -> Label {
    let role = Role::parse(role).unwrap_or(Role::Auditor);
    let label = |lang| web::words(lang, &format!("people.seat_{}", role.name()), &[]);
    Label { vi: label(Lang::Vi), en: Some(label(Lang::En)) }
}
