//! Sealed cases: an identity under its case's own key, wrapped to named handlers and the escrow. Writing needs no secret; the
//! server that sealed it cannot open it.

use std::collections::BTreeMap;

use db::{Result, Stop, Tx};
use kernel::{IdMaker, Refusal};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::{
    Vault,
    key_file::{Secret, random},
    pair::{PrivateKey, PublicKey},
    passphrase,
    sealing::{derived, open, seal},
    store::case as store,
};

pub(crate) const HANDLER: &str = "handler";
pub(crate) const ESCROW: &str = "escrow";
const CONTENT: &[u8] = b"danvan sealed content 1";

/// Someone whom the head of a body named to open its sealed cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    pub account: i64,
    pub named_by: i64,
    pub named_ms: i64,
}

/// A file as it is sealed: its name is as telling as what it holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SealedFile {
    pub name: String,
    pub media: String,
    #[serde(with = "base64")]
    pub content: Vec<u8>,
}

/// A case, opened: by place (a field, or field/number for files).
pub type Opened = BTreeMap<String, Zeroizing<Vec<u8>>>;

impl Vault {
    /// Chooses the passphrase of one's key pair, or a new one with the old; without the old one the pair is made anew, and what was sealed
    /// to the former is for the other handlers and the escrow to give back.
    pub async fn choose_passphrase(
        &self,
        db: &db::Db,
        account: i64,
        old: Option<&str>,
        new: &str,
        now_ms: i64,
    ) -> Result<PublicKey> {
        passphrase::fit(new)?;
        let mut tx = db.read().await?;
        let known = store::handler(&mut tx, account).await?;
        drop(tx);
        let place = self.handler_place(account);
        let kept = match (&known, old) {
            (Some((_, locked)), Some(old)) => {
                let key = passphrase::unlock(locked, old, place.clone()).await?;
                Some(key.ok_or_else(|| Stop::from(Refusal::new("vault.wrong_passphrase").at("old")))?)
            }
            _ => None,
        };
        let renewed = kept.is_none() && known.is_some();
        let key = match kept {
            Some(key) => key,
            None => PrivateKey::random()?,
        };
        let public = key.public()?;
        let locked = passphrase::lock(&key, new, place).await?;
        let mut tx = db.begin().await?;
        if renewed {
            // Whoever lost the passphrase, or took over the account, is named anew by the head.
            store::dismiss_everywhere(&mut tx, account).await?;
        }
        store::save_handler(&mut tx, account, &public.0, &locked, now_ms).await?;
        tx.commit().await?;
        Ok(public)
    }

    pub async fn has_pair(&self, tx: &mut Tx, account: i64) -> Result<bool> {
        Ok(store::handler(tx, account).await?.is_some())
    }

    /// Those of the accounts that may be named.
    pub async fn with_pairs(&self, tx: &mut Tx, accounts: &[i64]) -> Result<Vec<i64>> {
        store::with_keys(tx, accounts).await
    }

    pub async fn handlers(&self, tx: &mut Tx, unit: i64) -> Result<Vec<Handler>> {
        let named = store::named(tx, unit).await?;
        Ok(named.into_iter().map(|(account, _, named_by, named_ms)| Handler { account, named_by, named_ms }).collect())
    }

    /// Names a handler: cases sealed from now on are for them too.
    pub async fn name_handler(&self, tx: &mut Tx, unit: i64, account: i64, by: i64, now_ms: i64) -> Result<()> {
        if store::handler(tx, account).await?.is_none() {
            return Err(Refusal::new("vault.no_pair").at("account").into());
        }
        if store::name(tx, unit, account, by, now_ms).await? {
            Ok(())
        } else {
            Err(Refusal::new("vault.named_already").at("account").into())
        }
    }

    /// What was sealed to them before stays sealed to them: take away the account's seat too.
    pub async fn dismiss_handler(&self, tx: &mut Tx, unit: i64, account: i64) -> Result<()> {
        if store::dismiss(tx, unit, account).await? { Ok(()) } else { Err(Stop::Missing) }
    }

    /// Seals texts or files of a case for the handlers of that body and the escrow, under a key of their own. Gives the mark of each for
    /// the timeline: a hash of what is sealed, never of what it says. An empty one is removed.
    pub async fn seal_case(
        &self,
        tx: &mut Tx,
        record: i64,
        unit: i64,
        contents: &[(String, Zeroizing<Vec<u8>>)],
    ) -> Result<Vec<(String, String)>> {
        let mut marks = Vec::with_capacity(contents.len());
        let filled = contents.iter().any(|(_, content)| !content.is_empty());
        let (number, key) = if filled { self.new_key(tx, record, unit).await? } else { (0, Secret::default()) };
        for (place, content) in contents {
            if content.is_empty() {
                store::remove(tx, record, place).await?;
                marks.push((place.clone(), String::new()));
                continue;
            }
            let sealed = seal(&derived(&key, CONTENT), &self.content_place(record, place), content)?;
            store::save(tx, record, place, number, &sealed).await?;
            marks.push((place.clone(), data_encoding::HEXLOWER.encode(&Sha256::digest(&sealed))));
        }
        Ok(marks)
    }

    /// A new key of the case, given to everyone who may open it. Refused when nobody could.
    async fn new_key(&self, tx: &mut Tx, record: i64, unit: i64) -> Result<(i64, Secret)> {
        let named = store::named(tx, unit).await?;
        if named.is_empty() {
            return Err(Refusal::new("vault.no_handlers").into());
        }
        let number = store::last_number(tx, record).await? + 1;
        let key = random::<32>()?;
        let mut holders: Vec<(&str, i64, Vec<u8>)> =
            named.into_iter().map(|(account, public, ..)| (HANDLER, account, public)).collect();
        if let Some((id, public, ..)) = store::escrow(tx).await? {
            holders.push((ESCROW, id, public));
        }
        for (kind, holder, public) in holders {
            let public = PublicKey::read(&public).ok_or_else(|| Stop::fault("a kept public key is not whole"))?;
            let wrapped = public.seal(&self.key_place(record, number, kind, holder), key.as_slice())?;
            store::add_key(tx, record, number, kind, holder, &wrapped).await?;
        }
        Ok((number, key))
    }

    /// Where something of a record is sealed: a field, or field/number for files.
    pub async fn sealed_places(&self, tx: &mut Tx, record: i64) -> Result<Vec<String>> {
        store::places(tx, record).await
    }

    /// The fields of a record that hold something sealed.
    pub async fn sealed_fields(&self, tx: &mut Tx, record: i64) -> Result<Vec<String>> {
        let mut fields = self.sealed_places(tx, record).await?;
        for field in &mut fields {
            if let Some(end) = field.find('/') {
                field.truncate(end);
            }
        }
        fields.dedup();
        Ok(fields)
    }

    /// The next free place of a field of several files.
    pub async fn next_file_place(&self, tx: &mut Tx, record: i64, field: &str) -> Result<String> {
        let own = format!("{field}/");
        let last = store::places(tx, record).await?;
        let last = last.iter().filter_map(|place| place.strip_prefix(&own)?.parse::<i64>().ok()).max().unwrap_or(0);
        Ok(format!("{own}{}", last + 1))
    }

    /// Opens a case with a handler's passphrase. What was sealed when they were not named stays closed to them.
    pub async fn open_case(&self, db: &db::Db, record: i64, account: i64, given: &str) -> Result<Opened> {
        let private = self.private_key(db, account, given).await?;
        let mut tx = db.read().await?;
        let keys = self.keys_of(&mut tx, record, HANDLER, account, &private).await?;
        let mut opened = Opened::new();
        for (place, number, sealed) in store::contents(&mut tx, record).await? {
            let Some(key) = keys.get(&number) else { continue };
            let content = open(&derived(key, CONTENT), &self.content_place(record, &place), &sealed)?;
            opened.insert(place, content);
        }
        if opened.is_empty() {
            return Err(Refusal::new("vault.not_your_case").into());
        }
        Ok(opened)
    }

    /// Gives a case that one can open to another handler of its body.
    pub async fn share_case(&self, db: &db::Db, record: i64, account: i64, given: &str, to: i64) -> Result<usize> {
        let private = self.private_key(db, account, given).await?;
        let mut tx = db.begin().await?;
        let keys = self.keys_of(&mut tx, record, HANDLER, account, &private).await?;
        if keys.is_empty() {
            return Err(Refusal::new("vault.not_your_case").into());
        }
        let mut given = 0;
        for (number, key) in keys {
            given += usize::from(self.wrap_for(&mut tx, record, number, &key, to).await?);
        }
        tx.commit().await?;
        Ok(given)
    }

    pub(crate) async fn wrap_for(
        &self,
        tx: &mut Tx,
        record: i64,
        number: i64,
        key: &Secret,
        account: i64,
    ) -> Result<bool> {
        let (public, _) =
            store::handler(tx, account).await?.ok_or_else(|| Stop::from(Refusal::new("vault.no_pair").at("to")))?;
        let public = PublicKey::read(&public).ok_or_else(|| Stop::fault("a kept public key is not whole"))?;
        let wrapped = public.seal(&self.key_place(record, number, HANDLER, account), key.as_slice())?;
        store::add_key(tx, record, number, HANDLER, account, &wrapped).await
    }

    async fn private_key(&self, db: &db::Db, account: i64, given: &str) -> Result<PrivateKey> {
        let mut tx = db.read().await?;
        let (_, locked) =
            store::handler(&mut tx, account).await?.ok_or_else(|| Stop::from(Refusal::new("vault.no_pair")))?;
        drop(tx);
        let key = passphrase::unlock(&locked, given, self.handler_place(account)).await?;
        key.ok_or_else(|| Refusal::new("vault.wrong_passphrase").at("passphrase").into())
    }

    async fn keys_of(
        &self,
        tx: &mut Tx,
        record: i64,
        kind: &str,
        holder: i64,
        private: &PrivateKey,
    ) -> Result<BTreeMap<i64, Secret>> {
        let mut keys = BTreeMap::new();
        for (number, wrapped) in store::keys_of(tx, record, kind, holder).await? {
            keys.insert(number, self.unwrap_key(record, number, kind, holder, private, &wrapped)?);
        }
        Ok(keys)
    }

    pub(crate) fn unwrap_key(
        &self,
        record: i64,
        number: i64,
        kind: &str,
        holder: i64,
        private: &PrivateKey,
        wrapped: &[u8],
    ) -> Result<Secret> {
        let bytes = private.open(&self.key_place(record, number, kind, holder), wrapped)?;
        let mut key = Secret::default();
        if bytes.len() != key.len() {
            return Err(Stop::fault("opening a case: its key has the wrong length"));
        }
        key.copy_from_slice(&bytes);
        Ok(key)
    }

    /// Destroys a case's keys and what they sealed: at the end of the retention, or when another body has it.
    pub async fn forget_case(&self, tx: &mut Tx, record: i64) -> Result<()> {
        store::destroy(tx, record).await
    }

    /// Table, column, row and instance: what stands elsewhere does not open.
    fn content_place(&self, record: i64, place: &str) -> Vec<u8> {
        [b"sealed.content\0".as_slice(), self.seal_public().as_bytes(), &record.to_be_bytes(), place.as_bytes()]
            .concat()
    }

    fn key_place(&self, record: i64, number: i64, kind: &str, holder: i64) -> Vec<u8> {
        [
            b"case_key.wrapped\0".as_slice(),
            self.seal_public().as_bytes(),
            &record.to_be_bytes(),
            &number.to_be_bytes(),
            &holder.to_be_bytes(),
            kind.as_bytes(),
        ]
        .concat()
    }

    fn handler_place(&self, account: i64) -> Vec<u8> {
        [b"handler.locked\0".as_slice(), self.seal_public().as_bytes(), &account.to_be_bytes()].concat()
    }
}

/// Bytes as text within JSON.
pub(crate) mod base64 {
    use data_encoding::BASE64;
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64.encode(bytes))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        BASE64.decode(text.as_bytes()).map_err(D::Error::custom)
    }
}

impl Vault {
    /// The escrow: so many of so many shares open every case sealed from now on. The shares are given out once and kept nowhere.
    pub async fn make_escrow(
        &self,
        tx: &mut Tx,
        ids: &IdMaker,
        need: u8,
        shares: u8,
        now: jiff::Timestamp,
    ) -> Result<(PublicKey, Vec<String>)> {
        if need < 2 || shares < need {
            return Err(Refusal::new("vault.escrow_shares").with("need", need).with("shares", shares).into());
        }
        let key = PrivateKey::random()?;
        let public = key.public()?;
        let id = ids.next(now).0;
        store::add_escrow(tx, id, &public.0, need.into(), shares.into(), now.as_millisecond()).await?;
        let mut source = getrandom::rand_core::UnwrapErr(getrandom::SysRng);
        let dealt = blahaj::Sharks(need).dealer_rng(key.0.as_slice(), &mut source).take(shares.into());
        let write = |share: blahaj::Share| {
            let bytes = Zeroizing::new(Vec::from(&share));
            let check = Sha256::digest(bytes.as_slice());
            format!("{SHARE} {need} {}", data_encoding::BASE32_NOPAD.encode(&[bytes.as_slice(), &check[..4]].concat()))
        };
        Ok((public, dealt.map(write).collect()))
    }

    /// (shares needed, shares made, when) of the escrow that cases are sealed to.
    pub async fn escrow(&self, tx: &mut Tx) -> Result<Option<(i64, i64, i64)>> {
        Ok(store::escrow(tx).await?.map(|(_, _, need, shares, made)| (need, shares, made)))
    }

    /// Brings every case of the escrow to a handler, with enough shares. Gives how many keys were handed over.
    pub async fn recover(&self, tx: &mut Tx, shares: &[String], to: i64) -> Result<usize> {
        let refuse = || Stop::from(Refusal::new("vault.shares_unreadable"));
        let (mut need, mut read) = (0, Vec::new());
        for line in shares {
            let mut words = line.trim().strip_prefix(SHARE).ok_or_else(refuse)?.split_whitespace();
            let (number, text) = words.next().zip(words.next()).ok_or_else(refuse)?;
            need = need.max(number.parse::<u8>().map_err(|_| refuse())?);
            let bytes = Zeroizing::new(data_encoding::BASE32_NOPAD.decode(text.as_bytes()).map_err(|_| refuse())?);
            let (share, check) = bytes.split_last_chunk::<4>().ok_or_else(refuse)?;
            if &Sha256::digest(share)[..4] != check {
                return Err(refuse());
            }
            read.push(blahaj::Share::try_from(share).map_err(|_| refuse())?);
        }
        let few = || Stop::from(Refusal::new("vault.shares_few").with("need", need).with("given", shares.len()));
        let bytes = Zeroizing::new(blahaj::Sharks(need).recover(&read).map_err(|_| few())?);
        let key = PrivateKey::read(&bytes).ok_or_else(refuse)?;
        let (id, public, ..) = store::escrow(tx).await?.ok_or_else(|| Refusal::new("vault.no_escrow"))?;
        if key.public()?.0.as_slice() != public {
            return Err(refuse());
        }
        let mut handed = 0;
        for (record, number, wrapped) in store::cases_of(tx, ESCROW, id).await? {
            let key = self.unwrap_key(record, number, ESCROW, id, &key, &wrapped)?;
            handed += usize::from(self.wrap_for(tx, record, number, &key, to).await?);
        }
        Ok(handed)
    }
}

/// How a share begins on paper.
const SHARE: &str = "danvan-share-1";
