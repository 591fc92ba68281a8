//! Private fields under their record's own key; identities sealed to named handlers, which no key of the server opens; the sealed
//! intake; receipts.

mod cases;
mod gate;
mod intake;
mod key_file;
mod opening;
mod pages;
mod pair;
mod passphrase;
mod picture;
pub mod receipt;
mod sealing;
mod sender;
mod store;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use db::{Result, Stop, Tx};
use kernel::Refusal;
use key_file::Keys;
use sealing::RecordKey;
use timeline::{SigningKey, VerifyingKey};

pub use cases::{Handler, Opened, SealedFile};
pub use intake::{Letter, Waiting};
pub use opening::Opening;
pub use pages::routes;
pub use pair::{PrivateKey, PublicKey};
pub use picture::without_metadata;

/// The keys of an instance, read from its key file.
#[derive(Debug)]
pub struct Vault {
    file: PathBuf,
    keys: RwLock<Arc<Keys>>,
    gate: gate::Gate,
}

impl Vault {
    /// Where the key file of that data directory stands.
    pub fn file(data: &Path) -> PathBuf {
        data.join("instance.key")
    }

    /// Makes the key file of a new instance. One that is there is never overwritten.
    pub fn create(data: &Path) -> Result<Self> {
        let file = Self::file(data);
        let keys = Keys::random()?;
        keys.write_new(&file)?;
        Ok(Self { file, keys: RwLock::new(Arc::new(keys)), gate: gate::Gate::default() })
    }

    /// Reads the key file; refused when it is missing, not whole, or others than its owner may read it.
    pub fn open(data: &Path) -> Result<Self> {
        let file = Self::file(data);
        let keys = Keys::read(&file)?;
        Ok(Self { file, keys: RwLock::new(Arc::new(keys)), gate: gate::Gate::default() })
    }

    /// Ties the key file to this database at the first start, and refuses another one ever after.
    pub async fn bind(&self, tx: &mut Tx) -> Result<()> {
        let own = data_encoding::HEXLOWER.encode(self.seal_public().as_bytes());
        let known = store::instance_key(tx, &own).await?;
        if known == own {
            return Ok(());
        }
        Err(Refusal::new("vault.key_of_another_instance").with("file", self.file.display()).into())
    }

    /// The key that signs the timeline's seals.
    pub fn seal_key(&self) -> SigningKey {
        self.keys().seal.clone()
    }

    /// What the seals are verified with.
    pub fn seal_public(&self) -> VerifyingKey {
        self.keys().seal.verifying_key()
    }

    /// Seals a private field, anew or again; what comes back is its salted hash, for the timeline. An empty one is removed.
    pub async fn put(&self, tx: &mut Tx, record: i64, field: &str, plaintext: &str) -> Result<String> {
        let key = self.key_for(tx, record).await?;
        put_under(&key, tx, record, field, plaintext).await
    }

    /// Seals the private fields of a record that is made in this transaction: nothing of it is there to be asked for.
    pub async fn put_first(&self, tx: &mut Tx, record: i64, fields: &[(&str, &str)]) -> Result<Vec<String>> {
        let key = self.new_key_for(tx, record).await?;
        let mut hashes = Vec::with_capacity(fields.len());
        for (field, plaintext) in fields {
            hashes.push(put_under(&key, tx, record, field, plaintext).await?);
        }
        Ok(hashes)
    }

    /// A private field; none when it is empty or its key was destroyed.
    pub async fn get(&self, tx: &mut Tx, record: i64, field: &str) -> Result<Option<String>> {
        let Some(sealed) = store::find(tx, record, field).await? else { return Ok(None) };
        let Some(key) = self.key_of(tx, record).await? else { return Ok(None) };
        key.open(record, field, &sealed).map(Some)
    }

    /// All private fields of a record.
    pub async fn all(&self, tx: &mut Tx, record: i64) -> Result<BTreeMap<String, String>> {
        let sealed = store::list(tx, record).await?;
        if sealed.is_empty() {
            return Ok(BTreeMap::new());
        }
        let Some(key) = self.key_of(tx, record).await? else { return Ok(BTreeMap::new()) };
        let open = |(field, sealed): (String, Vec<u8>)| {
            let plaintext = key.open(record, &field, &sealed)?;
            Ok((field, plaintext))
        };
        sealed.into_iter().map(open).collect()
    }

    /// The names of the fields that are filled, without opening any: a form marks them so.
    pub async fn filled(&self, tx: &mut Tx, record: i64) -> Result<Vec<String>> {
        let mut fields = store::filled(tx, record).await?;
        fields.extend(self.sealed_fields(tx, record).await?);
        Ok(fields)
    }

    /// What the timeline holds instead of the value: keyed by the record, so that nobody without the key can try guesses, and
    /// nobody at all once it is destroyed. None for a record that never had a private field, or has no key any more.
    pub async fn salted_hash(&self, tx: &mut Tx, record: i64, field: &str, plaintext: &str) -> Result<Option<String>> {
        Ok(self.key_of(tx, record).await?.map(|key| key.salted_hash(field, plaintext)))
    }

    /// Destroys the record's key and what it sealed, at the end of the retention. Nothing private is written to it again.
    pub async fn forget(&self, tx: &mut Tx, record: i64) -> Result<()> {
        store::destroy_key(tx, record, self.keys().newest().0).await?;
        store::remove_all(tx, record).await?;
        store::sender::remove(tx, record).await?;
        self.forget_case(tx, record).await
    }

    /// Whether the record's private fields were destroyed.
    pub async fn is_forgotten(&self, tx: &mut Tx, record: i64) -> Result<bool> {
        Ok(store::find_key(tx, record).await?.is_some_and(|(_, wrapped)| wrapped.is_none()))
    }

    /// Adds a new master key to the key file: new records use it at once, [`Vault::rewrap`] brings the others. Run in a
    /// transaction of its own: every server reads the file again when it meets the new number.
    pub async fn turn(&self, tx: &mut Tx) -> Result<()> {
        let keys = Keys::read(&self.file)?.turned()?;
        keys.write_over(&self.file)?;
        store::save_newest(tx, keys.newest().0).await?;
        self.keep(keys);
        Ok(())
    }

    /// Wraps so many record keys under the newest master key and says how many are left. Stopped at any point, it goes on from there.
    pub async fn rewrap(&self, tx: &mut Tx, limit: i64) -> Result<i64> {
        let keys = self.newest_keys(tx).await?;
        let (newest, to) = keys.newest();
        for (record, master, wrapped) in store::wrapped_before(tx, newest, limit).await? {
            let from = keys.master(master).ok_or_else(|| unknown_master(master))?;
            let key = RecordKey::unwrap(from, master, record, &wrapped)?;
            store::rewrap(tx, record, master, newest, &key.wrap(to, newest, record)?).await?;
        }
        store::count_before(tx, newest).await
    }

    /// Drops the older master keys from the key file, once nothing needs them. Copies made before still do: keep the old file with them.
    pub async fn retire(&self, tx: &mut Tx) -> Result<()> {
        let keys = self.newest_keys(tx).await?;
        let left = store::count_before(tx, keys.newest().0).await?;
        if left > 0 {
            return Err(Refusal::new("vault.keys_in_use").with("left", left).into());
        }
        let keys = Keys::read(&self.file)?.newest_only();
        keys.write_over(&self.file)?;
        self.keep(keys);
        Ok(())
    }

    fn keys(&self) -> Arc<Keys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, keys: Keys) -> Arc<Keys> {
        let keys = Arc::new(keys);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys.clone();
        keys
    }

    /// The keys, read again if the file has since been given that master key.
    fn keys_with(&self, master: i64) -> Result<Arc<Keys>> {
        let keys = self.keys();
        if keys.master(master).is_some() {
            return Ok(keys);
        }
        let keys = self.keep(Keys::read(&self.file)?);
        if keys.master(master).is_none() {
            return Err(unknown_master(master));
        }
        Ok(keys)
    }

    /// The keys, with the newest that any server of the instance has made.
    async fn newest_keys(&self, tx: &mut Tx) -> Result<Arc<Keys>> {
        match store::newest(tx).await? {
            Some(newest) => self.keys_with(newest),
            None => Ok(self.keys()),
        }
    }

    async fn key_of(&self, tx: &mut Tx, record: i64) -> Result<Option<RecordKey>> {
        match store::find_key(tx, record).await? {
            Some((number, Some(wrapped))) => {
                let keys = self.keys_with(number)?;
                let master = keys.master(number).ok_or_else(|| unknown_master(number))?;
                RecordKey::unwrap(master, number, record, &wrapped).map(Some)
            }
            Some((_, None)) | None => Ok(None),
        }
    }

    /// The record's key, made if it has none.
    async fn key_for(&self, tx: &mut Tx, record: i64) -> Result<RecordKey> {
        match self.key_of(tx, record).await? {
            Some(key) => Ok(key),
            None => self.new_key_for(tx, record).await,
        }
    }

    async fn new_key_for(&self, tx: &mut Tx, record: i64) -> Result<RecordKey> {
        let keys = self.newest_keys(tx).await?;
        let (number, master) = keys.newest();
        let key = RecordKey::random()?;
        if store::add_key(tx, record, number, &key.wrap(master, number, record)?).await? {
            return Ok(key);
        }
        // It was forgotten, or another writer was faster.
        self.key_of(tx, record).await?.ok_or_else(|| Refusal::new("vault.forgotten").into())
    }
}

async fn put_under(key: &RecordKey, tx: &mut Tx, record: i64, field: &str, plaintext: &str) -> Result<String> {
    if plaintext.is_empty() {
        store::remove(tx, record, field).await?;
    } else {
        store::save(tx, record, field, &key.seal(record, field, plaintext)?).await?;
    }
    Ok(key.salted_hash(field, plaintext))
}

fn unknown_master(number: i64) -> Stop {
    Stop::fault(format!("opening a private field: the key file lacks master key {number}"))
}
