//! What happened, in order: entries chained per subject, folded into signed seals, and the proof that none was touched.

mod merkle;
mod seal;
mod store;
#[cfg(test)]
mod tests;
mod verify;

use std::{collections::HashMap, fmt, str::FromStr};

use db::{Result, Stop, Tx};
pub use ed25519_dalek::{SigningKey, VerifyingKey};
use jiff::Timestamp;
use kernel::{Day, IdMaker};
pub use seal::{Proof, Seal, last_seal, proof, seal, witnessed};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
pub use verify::{Finding, Verified, verify};

/// A SHA-256.
pub type Hash = [u8; 32];

/// What precedes the first of a chain.
const NOTHING: Hash = [0; 32];

/// The kinds of subject that have a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Record,
    Unit,
    Account,
    Report,
    Pack,
    Calendar,
    Job,
    Instance,
}

impl Kind {
    const ALL: [Kind; 8] =
        [Kind::Record, Kind::Unit, Kind::Account, Kind::Report, Kind::Pack, Kind::Calendar, Kind::Job, Kind::Instance];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Record => "record",
            Kind::Unit => "unit",
            Kind::Account => "account",
            Kind::Report => "report",
            Kind::Pack => "pack",
            Kind::Calendar => "calendar",
            Kind::Job => "job",
            Kind::Instance => "instance",
        }
    }

    /// This kind's subject with that id.
    pub fn of(self, id: i64) -> About {
        About { kind: self, id }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = Stop;

    fn from_str(text: &str) -> Result<Self> {
        let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == text);
        known.ok_or_else(|| Stop::fault(format!("reading the timeline: no kind of subject is called {text}")))
    }
}

/// The subject of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct About {
    pub kind: Kind,
    pub id: i64,
}

/// An act, to be recorded.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub about: About,
    /// `dialogue.hold`, `record.save`: the string that is also the right to do it.
    pub act: &'a str,
    /// The account; 0 is the operator's shell.
    pub who: i64,
    /// The unit on whose behalf it was done.
    pub seat: i64,
    pub at: Timestamp,
    /// The day on which it took place, where that is not the day of `at`.
    pub on: Option<Day>,
    /// The changes. Never a private value: those enter as salted hashes.
    pub body: Json,
    /// The entry that brought this one about.
    pub cause: Option<i64>,
}

/// Where an entry stands: what a paper or a receipt may quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryRef {
    pub id: i64,
    /// Its place in the chain of its subject, from 1.
    pub number: i64,
    pub hash: Hash,
}

/// An entry as it was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub id: i64,
    pub about: About,
    pub number: i64,
    pub act: String,
    pub who: i64,
    pub seat: i64,
    pub at: Timestamp,
    pub on: Option<Day>,
    pub body: Json,
    pub cause: Option<i64>,
    pub hash: Hash,
    /// The seal that it lies under, once it does.
    pub seal: Option<i64>,
}

/// Each lost turn means that another writer of the same subject got on.
const TURNS: usize = 100;

/// Adds an entry to its subject's chain. Writers of different subjects never wait for each other.
pub async fn record(tx: &mut Tx, ids: &IdMaker, entry: Entry<'_>) -> Result<EntryRef> {
    let about = entry.about;
    let mut row = Row::new(ids, &entry)?;
    for _ in 0..TURNS {
        let last = store::last(tx, about).await?;
        row.follow(last.as_ref());
        if store::add(tx, &row).await? {
            return row.reference();
        }
    }
    Err(Stop::fault(format!("recording {} of {} {}: others were always faster", row.act, about.kind, about.id)))
}

/// Adds many entries at once, for an import. Whoever calls it holds the rows of its subjects: should another writer of one
/// of them be faster, the transaction fails whole.
pub async fn record_all(tx: &mut Tx, ids: &IdMaker, entries: Vec<Entry<'_>>) -> Result<Vec<EntryRef>> {
    let mut subjects: HashMap<Kind, Vec<i64>> = HashMap::new();
    for entry in &entries {
        subjects.entry(entry.about.kind).or_default().push(entry.about.id);
    }
    let mut lasts: HashMap<About, EntryRef> = HashMap::new();
    for (kind, mut about) in subjects {
        about.sort_unstable();
        about.dedup();
        lasts.extend(store::lasts(tx, kind, &about).await?);
    }
    let mut rows = Vec::with_capacity(entries.len());
    let mut references = Vec::with_capacity(entries.len());
    for entry in entries {
        let about = entry.about;
        let mut row = Row::new(ids, &entry)?;
        row.follow(lasts.get(&about));
        lasts.insert(about, row.reference()?);
        references.push(row.reference()?);
        rows.push(row);
    }
    store::add_all(tx, &rows).await?;
    Ok(references)
}

/// The entries of a subject before that number (`i64::MAX` for the first page), newest first.
pub async fn list(tx: &mut Tx, about: About, before: i64, limit: i64) -> Result<Vec<Recorded>> {
    store::list(tx, about, before, limit).await?.into_iter().map(Recorded::try_from).collect()
}

/// The entries of all subjects before that id, newest first; of one account, if given.
pub async fn latest(tx: &mut Tx, who: Option<i64>, before: i64, limit: i64) -> Result<Vec<Recorded>> {
    store::latest(tx, who, before, limit).await?.into_iter().map(Recorded::try_from).collect()
}

/// When an act was first done to each of these subjects; those to which it never was are left out.
pub async fn first(tx: &mut Tx, kind: Kind, about: &[i64], act: &str) -> Result<Vec<(i64, Timestamp)>> {
    let rows = store::first(tx, kind, about, act).await?;
    let read =
        |(about, ms)| Ok((about, Timestamp::from_millisecond(ms).map_err(|_| Stop::fault("an instant out of range"))?));
    rows.into_iter().map(read).collect()
}

/// One entry.
pub async fn find(tx: &mut Tx, id: i64) -> Result<Recorded> {
    store::find(tx, id).await?.try_into()
}

/// The last entry of a subject, if it has any.
pub async fn head(tx: &mut Tx, about: About) -> Result<Option<EntryRef>> {
    store::last(tx, about).await
}

/// An entry as it is stored, so that what is verified is what is there, whatever it says.
#[derive(Clone, Debug, db::FromRow)]
struct Row {
    id: i64,
    kind: String,
    about: i64,
    number: i64,
    act: String,
    who: i64,
    seat: i64,
    at_ms: i64,
    on_day: Option<i64>,
    body: String,
    cause: Option<i64>,
    hash: Vec<u8>,
    seal: i64,
}

impl Row {
    fn new(ids: &IdMaker, entry: &Entry<'_>) -> Result<Self> {
        Ok(Self {
            id: ids.next(entry.at).0,
            kind: entry.about.kind.as_str().to_owned(),
            about: entry.about.id,
            number: 0,
            act: entry.act.to_owned(),
            who: entry.who,
            seat: entry.seat,
            at_ms: entry.at.as_millisecond(),
            on_day: entry.on.map(kernel::day_number),
            body: serde_json::to_string(&entry.body)?,
            cause: entry.cause,
            hash: Vec::new(),
            seal: 0,
        })
    }

    fn follow(&mut self, last: Option<&EntryRef>) {
        self.number = last.map_or(0, |last| last.number) + 1;
        self.hash = self.hash_after(last.map_or(NOTHING, |last| last.hash).as_slice()).to_vec();
    }

    /// The hash of this entry after the one before it. Every value has its length or its fixed width before the next, so that
    /// no two entries have the same bytes.
    fn hash_after(&self, previous: &[u8]) -> Hash {
        let mut hasher = Sha256::new_with_prefix(b"danvan entry 1\n");
        let mut part = |bytes: &[u8]| {
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        };
        part(previous);
        part(self.kind.as_bytes());
        part(self.act.as_bytes());
        part(self.body.as_bytes());
        for number in [self.id, self.about, self.number, self.who, self.seat, self.at_ms] {
            part(&number.to_be_bytes());
        }
        for number in [self.on_day, self.cause] {
            part(number.map(i64::to_be_bytes).as_ref().map_or(&[], |bytes| bytes.as_slice()));
        }
        hasher.finalize().into()
    }

    fn reference(&self) -> Result<EntryRef> {
        Ok(EntryRef { id: self.id, number: self.number, hash: hash(&self.hash)? })
    }
}

impl TryFrom<Row> for Recorded {
    type Error = Stop;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            about: row.kind.parse::<Kind>()?.of(row.about),
            number: row.number,
            act: row.act,
            who: row.who,
            seat: row.seat,
            at: instant(row.at_ms)?,
            on: row.on_day.map(kernel::number_day),
            body: serde_json::from_str(&row.body)?,
            cause: row.cause,
            hash: hash(&row.hash)?,
            seal: (row.seal != 0).then_some(row.seal),
        })
    }
}

fn hash(bytes: &[u8]) -> Result<Hash> {
    bytes.try_into().map_err(|_| Stop::fault("reading the timeline: a hash of the wrong length"))
}

fn instant(ms: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(ms).map_err(|_| Stop::fault("reading the timeline: an instant out of range"))
}
