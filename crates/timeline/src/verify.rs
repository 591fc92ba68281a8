//! Reading the whole timeline again: every chain, then every seal, a batch at a time.

use std::collections::VecDeque;

use db::{Result, Tx};
use ed25519_dalek::VerifyingKey;
use kernel::Refusal;

use crate::{NOTHING, Seal, merkle::Tree, seal::SealRow, store};

const BATCH: i64 = 2_000;
/// More than these are counted only: a timeline that is wrong everywhere needs no list.
const SHOWN: usize = 1_000;

/// What reading the timeline again found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub entries: i64,
    pub seals: i64,
    /// Entries that no seal covers yet: the loss of the newest of these would not be seen.
    pub unsealed: i64,
    pub last: Option<Seal>,
    pub findings: Vec<Finding>,
    /// Findings beyond those listed.
    pub more: u64,
}

impl Verified {
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    fn found(&mut self, finding: Finding) {
        // A lost seal is met twice: by the entries under it, and by the seal after it.
        if self.findings.last() == Some(&finding) {
            return;
        }
        if self.findings.len() < SHOWN {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }
}

/// Something that is not as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The entry is not what its hash says, or does not follow the one before it.
    Altered { kind: String, about: i64, number: i64, entry: i64 },
    /// The chain of a subject lacks this entry.
    Lost { kind: String, about: i64, number: i64 },
    /// The entries that stand under the seal are not those that it was made over.
    Unlike { seal: i64, entries: i64, found: i64 },
    /// The chain of seals lacks this one.
    SealLost { seal: i64 },
    /// The seal is not what its hash says, or does not follow the one before it.
    SealAltered { seal: i64 },
    /// The instance's key did not sign it.
    SealUnsigned { seal: i64 },
}

impl Finding {
    /// For people: the wording's key and its arguments.
    pub fn wording(&self) -> Refusal {
        match self {
            Finding::Altered { kind, about, number, entry } => Refusal::new("timeline.altered")
                .with("kind", kind)
                .with("about", kernel::Id(*about))
                .with("number", number)
                .with("entry", kernel::Id(*entry)),
            Finding::Lost { kind, about, number } => Refusal::new("timeline.lost")
                .with("kind", kind)
                .with("about", kernel::Id(*about))
                .with("number", number),
            Finding::Unlike { seal, entries, found } => {
                Refusal::new("timeline.unlike").with("seal", seal).with("entries", entries).with("found", found)
            }
            Finding::SealLost { seal } => Refusal::new("timeline.seal_lost").with("seal", seal),
            Finding::SealAltered { seal } => Refusal::new("timeline.seal_altered").with("seal", seal),
            Finding::SealUnsigned { seal } => Refusal::new("timeline.seal_unsigned").with("seal", seal),
        }
    }
}

/// Checks every entry and every seal. Whatever was edited, removed, put in or moved below the last seal is found; so is an edit
/// above it. Bounded memory, whatever the number of entries: give it a reading transaction.
pub async fn verify(tx: &mut Tx, key: &VerifyingKey) -> Result<Verified> {
    let mut verified = Verified::default();
    chains(tx, &mut verified).await?;
    seals(tx, key, &mut verified).await?;
    Ok(verified)
}

async fn chains(tx: &mut Tx, verified: &mut Verified) -> Result<()> {
    let (mut kind, mut about, mut number) = (String::new(), i64::MIN, i64::MIN);
    let mut previous: Option<Vec<u8>> = None;
    loop {
        let rows = store::chains(tx, (&kind, about, number), BATCH).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let due = if (&row.kind, row.about) == (&kind, about) { number + 1 } else { 1 };
            if due == 1 {
                previous = Some(NOTHING.to_vec());
            }
            if row.number != due {
                verified.found(Finding::Lost { kind: row.kind.clone(), about: row.about, number: due });
                previous = None;
            }
            // After a loss there is nothing to check the next one against; the ones after it hang together again.
            if previous.is_some_and(|previous| row.hash_after(&previous)[..] != row.hash) {
                let (kind, about, number) = (row.kind.clone(), row.about, row.number);
                verified.found(Finding::Altered { kind, about, number, entry: row.id });
            }
            verified.entries += 1;
            previous = Some(row.hash);
            (kind, about, number) = (row.kind, row.about, row.number);
        }
    }
}

/// The seals in order, a batch at a time.
struct Seals {
    next: VecDeque<SealRow>,
    read: i64,
    last: Option<SealRow>,
}

impl Seals {
    async fn peek(&mut self, tx: &mut Tx) -> Result<Option<&SealRow>> {
        if self.next.is_empty() {
            self.next = store::seals(tx, self.read, BATCH).await?.into();
            self.read = self.next.back().map_or(self.read, |seal| seal.number);
        }
        Ok(self.next.front())
    }

    /// Takes the next seal, up to that number, and checks it against the one before it and the entries that stand under it.
    async fn check(
        &mut self,
        tx: &mut Tx,
        up_to: i64,
        under: &Tree,
        key: &VerifyingKey,
        to: &mut Verified,
    ) -> Result<()> {
        while self.peek(tx).await?.is_some_and(|seal| seal.number <= up_to) {
            let Some(seal) = self.next.pop_front() else { break };
            let number = seal.number;
            let due = self.last.as_ref().map_or(0, |last| last.number) + 1;
            let lost = number != due;
            if lost {
                to.found(Finding::SealLost { seal: due });
            }
            let previous = self.last.take().map_or_else(|| NOTHING.to_vec(), |last| last.hash);
            if seal.statement()[..] != seal.hash || !lost && seal.previous != previous {
                to.found(Finding::SealAltered { seal: number });
            }
            if !seal.signed_by(key) {
                to.found(Finding::SealUnsigned { seal: number });
            }
            let nothing = Tree::default();
            let under = if number == up_to { under } else { &nothing };
            if (under.size, &under.root()[..]) != (seal.entries, &seal.root[..]) {
                to.found(Finding::Unlike { seal: number, entries: seal.entries, found: under.size });
            }
            to.seals += 1;
            self.last = Some(seal);
        }
        Ok(())
    }
}

async fn seals(tx: &mut Tx, key: &VerifyingKey, verified: &mut Verified) -> Result<()> {
    let mut seals = Seals { next: VecDeque::new(), read: i64::MIN, last: None };
    let mut under = Tree::default();
    let mut at = (i64::MIN, i64::MIN);
    loop {
        let rows = store::sealed(tx, at, BATCH).await?;
        let ended = rows.is_empty();
        for (seal, id, hash) in rows {
            if seal != at.0 {
                group(tx, &mut seals, at.0, &under, key, verified).await?;
                under = Tree::default();
            }
            under.push(&hash);
            at = (seal, id);
        }
        if ended {
            group(tx, &mut seals, at.0, &under, key, verified).await?;
            seals.check(tx, i64::MAX, &Tree::default(), key, verified).await?;
            verified.last = seals.last.and_then(|last| Seal::try_from(last).ok());
            return Ok(());
        }
    }
}

/// All entries of one seal have been read.
async fn group(
    tx: &mut Tx,
    seals: &mut Seals,
    seal: i64,
    under: &Tree,
    key: &VerifyingKey,
    verified: &mut Verified,
) -> Result<()> {
    if under.size == 0 {
        return Ok(());
    }
    if seal == 0 {
        verified.unsealed = under.size;
        return Ok(());
    }
    seals.check(tx, seal, under, key, verified).await?;
    if seals.last.as_ref().is_none_or(|last| last.number != seal) {
        verified.found(Finding::SealLost { seal });
    }
    Ok(())
}
