//! Opening an identity: asked for with a reason, agreed to by a second person, opened within a day, seen by the head.

use db::{Result, Stop, Tx};
use kernel::Refusal;

use crate::{Vault, store::case as store};

/// An agreement is good for a day.
const GOOD_MS: i64 = 24 * 60 * 60 * 1_000;

/// One request to open an identity; 0 where something has not happened yet.
#[derive(Clone, Debug, PartialEq, Eq, db::FromRow)]
pub struct Opening {
    pub id: i64,
    pub record: i64,
    pub unit: i64,
    pub asked_by: i64,
    pub reason: String,
    pub asked_ms: i64,
    pub agreed_by: i64,
    pub agreed_ms: i64,
    pub opened_ms: i64,
    pub seen_by: i64,
    pub seen_ms: i64,
}

impl Opening {
    /// It waits for a second person.
    pub fn waits(&self, now_ms: i64) -> bool {
        self.agreed_ms == 0 && now_ms - self.asked_ms < GOOD_MS
    }

    /// Its asker may open now.
    pub fn stands(&self, now_ms: i64) -> bool {
        self.agreed_ms != 0 && now_ms - self.agreed_ms < GOOD_MS
    }
}

impl Vault {
    /// The last request for a record.
    pub async fn opening(&self, tx: &mut Tx, record: i64) -> Result<Option<Opening>> {
        store::last_opening(tx, record).await
    }

    /// The requests of a body, newest first.
    pub async fn openings(&self, tx: &mut Tx, unit: i64, limit: i64) -> Result<Vec<Opening>> {
        store::openings(tx, unit, limit).await
    }

    /// How many openings the head has not taken notice of.
    pub async fn unseen(&self, tx: &mut Tx, unit: i64) -> Result<i64> {
        store::unseen(tx, unit).await
    }

    /// The head takes notice of all that was opened.
    pub async fn see(&self, tx: &mut Tx, unit: i64, by: i64, now_ms: i64) -> Result<i64> {
        store::seen(tx, unit, by, now_ms).await
    }

    /// Asks to open; refused for whoever is no handler of that body, and while another request runs.
    pub async fn ask(&self, tx: &mut Tx, asked: &Opening) -> Result<()> {
        if asked.reason.is_empty() {
            return Err(Refusal::new("vault.reason_missing").at("reason").into());
        }
        if !self.handlers(tx, asked.unit).await?.iter().any(|handler| handler.account == asked.asked_by) {
            return Err(Refusal::new("vault.not_a_handler").into());
        }
        if store::last_opening(tx, asked.record)
            .await?
            .is_some_and(|last| last.waits(asked.asked_ms) || last.stands(asked.asked_ms))
        {
            return Err(Refusal::new("vault.asked_already").into());
        }
        store::add_opening(tx, asked).await
    }

    /// A second person agrees: never the one who asked.
    pub async fn agree(&self, tx: &mut Tx, record: i64, by: i64, now_ms: i64) -> Result<Opening> {
        let waiting = store::last_opening(tx, record).await?.filter(|last| last.waits(now_ms));
        let waiting = waiting.ok_or_else(|| Stop::from(Refusal::new("vault.nothing_to_agree")))?;
        if waiting.asked_by == by {
            return Err(Refusal::new("vault.second_person").into());
        }
        if !store::agree(tx, waiting.id, by, now_ms).await? {
            return Err(Stop::Stale);
        }
        Ok(Opening { agreed_by: by, agreed_ms: now_ms, ..waiting })
    }

    /// The agreement under which this person may open now.
    pub async fn agreed(&self, tx: &mut Tx, record: i64, by: i64, now_ms: i64) -> Result<Opening> {
        let last = store::last_opening(tx, record).await?;
        last.filter(|last| last.asked_by == by && last.stands(now_ms))
            .ok_or_else(|| Refusal::new("vault.not_agreed").into())
    }

    /// It was opened: the head is told.
    pub async fn note_opened(&self, tx: &mut Tx, opening: &Opening, now_ms: i64) -> Result<()> {
        store::opened(tx, opening.id, now_ms).await
    }
}
