//! Seals: committed entries folded into one signed chain, and what a receipt or one entry can prove with them.

use db::{Result, Tx};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::{Hash, NOTHING, instant, merkle, store};

/// Entries under one seal at most, so that sealing and proving stay small after an import of a million.
const MOST: i64 = 8_192;
/// The lock of whoever seals: two servers make one chain.
const SEALING: i64 = 0x6461_6e76_616e_0001;

/// A signed statement that these entries stood at this instant, and all earlier seals before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    pub number: i64,
    pub at: Timestamp,
    pub entries: i64,
    pub root: Hash,
    pub previous: Hash,
    pub hash: Hash,
    pub signature: Vec<u8>,
}

impl Seal {
    /// What a receipt prints: whoever keeps it is a witness of everything up to this seal.
    pub fn mark(&self) -> String {
        format!("{}-{}", self.number, &data_encoding::HEXLOWER.encode(&self.hash)[..20])
    }

    fn statement(number: i64, at_ms: i64, entries: i64, root: &[u8], previous: &[u8]) -> Hash {
        let mut hasher = Sha256::new_with_prefix(b"danvan seal 1\n");
        for number in [number, at_ms, entries] {
            hasher.update(number.to_be_bytes());
        }
        for bytes in [root, previous] {
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        }
        hasher.finalize().into()
    }

    /// Whether the instance's key signed it, and its hash is that of what it says.
    fn stands(&self, key: &VerifyingKey) -> bool {
        let own = Self::statement(self.number, self.at.as_millisecond(), self.entries, &self.root, &self.previous);
        own == self.hash && signed(&self.hash, &self.signature, key)
    }
}

fn signed(hash: &[u8], signature: &[u8], key: &VerifyingKey) -> bool {
    Signature::from_slice(signature).is_ok_and(|signature| key.verify_strict(hash, &signature).is_ok())
}

/// A seal as it is stored.
#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct SealRow {
    pub(crate) number: i64,
    pub(crate) at_ms: i64,
    pub(crate) entries: i64,
    pub(crate) root: Vec<u8>,
    pub(crate) previous: Vec<u8>,
    pub(crate) hash: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

impl SealRow {
    pub(crate) fn statement(&self) -> Hash {
        Seal::statement(self.number, self.at_ms, self.entries, &self.root, &self.previous)
    }

    pub(crate) fn signed_by(&self, key: &VerifyingKey) -> bool {
        signed(&self.hash, &self.signature, key)
    }
}

impl TryFrom<SealRow> for Seal {
    type Error = db::Stop;

    fn try_from(row: SealRow) -> Result<Self> {
        Ok(Self {
            number: row.number,
            at: instant(row.at_ms)?,
            entries: row.entries,
            root: crate::hash(&row.root)?,
            previous: crate::hash(&row.previous)?,
            hash: crate::hash(&row.hash)?,
            signature: row.signature,
        })
    }
}

/// Seals what is committed and not yet sealed; none when there is nothing. After a burst, call again until there is nothing.
pub async fn seal(tx: &mut Tx, now: Timestamp, key: &SigningKey) -> Result<Option<Seal>> {
    tx.hold(SEALING).await?;
    let last = store::last_seal(tx).await?;
    let number = last.as_ref().map_or(0, |last| last.number) + 1;
    // One statement chooses and marks: an entry committed meanwhile waits for the next seal.
    let mut entries = store::mark_sealed(tx, number, MOST).await?;
    if entries.is_empty() {
        return Ok(None);
    }
    entries.sort_unstable();
    let mut tree = merkle::Tree::default();
    for (_, hash) in &entries {
        tree.push(hash);
    }
    let previous = last.map_or_else(|| NOTHING.to_vec(), |last| last.hash);
    let (at_ms, root) = (now.as_millisecond(), tree.root());
    let hash = Seal::statement(number, at_ms, tree.size, &root, &previous);
    let signature = key.sign(&hash).to_bytes().to_vec();
    let row =
        SealRow { number, at_ms, entries: tree.size, root: root.to_vec(), previous, hash: hash.to_vec(), signature };
    store::add_seal(tx, &row).await?;
    Ok(Some(row.try_into()?))
}

/// The seal that a receipt given now prints.
pub async fn last_seal(tx: &mut Tx) -> Result<Option<Seal>> {
    store::last_seal(tx).await?.map(Seal::try_from).transpose()
}

/// Whether the seal that a receipt printed ([`Seal::mark`]) is still the one that stands here. What the database's owner could
/// rewrite whole, its witnesses still know.
pub async fn witnessed(tx: &mut Tx, mark: &str) -> Result<bool> {
    let number = mark.trim().split('-').next().and_then(|number| number.parse().ok());
    let Some(number) = number else { return Ok(false) };
    let seal = store::find_seal(tx, number).await?.map(Seal::try_from).transpose()?;
    Ok(seal.is_some_and(|seal| seal.mark() == mark.trim().to_ascii_lowercase()))
}

/// That one entry lies under a seal, shown without any other entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The entry's hash.
    pub entry: Hash,
    pub place: usize,
    pub path: Vec<Hash>,
    pub seal: Seal,
}

impl Proof {
    pub fn holds(&self, key: &VerifyingKey) -> bool {
        let size = usize::try_from(self.seal.entries).unwrap_or(0);
        merkle::root_by(&self.entry, self.place, size, &self.path) == Some(self.seal.root) && self.seal.stands(key)
    }
}

/// The proof of an entry; none as long as it is not sealed.
pub async fn proof(tx: &mut Tx, entry: i64) -> Result<Option<Proof>> {
    let row = store::find(tx, entry).await?;
    let Some(seal) = store::find_seal(tx, row.seal).await? else { return Ok(None) };
    let entries = store::sealed_under(tx, row.seal).await?;
    let place = entries.iter().position(|(id, _)| *id == entry).ok_or(db::Stop::Missing)?;
    let hashes: Vec<&[u8]> = entries.iter().map(|(_, hash)| hash.as_slice()).collect();
    Ok(Some(Proof {
        entry: crate::hash(&row.hash)?,
        place,
        path: merkle::path(place, &hashes),
        seal: seal.try_into()?,
    }))
}
