//! The sealed intake: a public instance seals what it takes to a key that is on a stand-alone instance, and cannot open it again.
//! What goes over is one file, sealed and signed.

use data_encoding::{BASE64, HEXLOWER};
use db::{Result, Stop, Tx};
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use kernel::{IdMaker, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::{
    Vault,
    cases::{SealedFile, base64},
    pair::{PrivateKey, PublicKey},
    passphrase::{self, Locked},
    receipt::{self, Receipt, read_reference},
    store::intake as store,
};

/// Settings of the instance. On the public one: the key that it seals to, and the decision that permits it. On the stand-alone one:
/// its key pair, and whose files it takes.
const PUBLIC: &str = "intake_public";
const DECISION: &str = "intake_decision";
const LOCKED: &str = "intake_locked";
const SENDER: &str = "intake_sender";

const KEY_FILE: &str = "danvan intake key 1";
const BUNDLE: &str = "danvan intake bundle 1";

/// What a denouncer writes. It exists in memory only, until it is sealed and after it is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub id_number: String,
    /// Whom, and in which body.
    pub denounced: String,
    pub place: String,
    pub text: String,
    pub protection: bool,
    pub files: Vec<SealedFile>,
}

/// What is carried: still sealed.
#[derive(Serialize, Deserialize)]
struct Item {
    reference: String,
    received_ms: i64,
    #[serde(with = "base64")]
    sealed: Vec<u8>,
}

/// Something of the intake that is no record yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub reference: String,
    pub received_ms: i64,
}

fn place(reference: &str) -> Vec<u8> {
    [b"intake.sealed\0".as_slice(), reference.as_bytes()].concat()
}

async fn entry(tx: &mut Tx, ids: &IdMaker, act: &str, body: serde_json::Value, now: jiff::Timestamp) -> Result<()> {
    let about = timeline::Kind::Instance.of(0);
    // Nobody: neither who writes here nor from where is kept.
    let entry = timeline::Entry { about, act, who: 0, seat: 0, at: now, on: None, body, cause: None };
    timeline::record(tx, ids, entry).await.map(|_| ())
}

impl Vault {
    // ---- On the stand-alone instance

    /// Makes the intake's key pair; gives the key file that the public instance imports.
    pub async fn intake_keygen(
        &self,
        tx: &mut Tx,
        ids: &IdMaker,
        passphrase: &str,
        now: jiff::Timestamp,
    ) -> Result<(PublicKey, String)> {
        if store::setting(tx, LOCKED).await?.is_some() {
            return Err(Refusal::new("vault.intake_key_there").into());
        }
        passphrase::fit(passphrase)?;
        let key = PrivateKey::random()?;
        let public = key.public()?;
        let locked = passphrase::lock(&key, passphrase, self.intake_place()).await?;
        let kept = format!("{} {}", BASE64.encode(&locked.salt), BASE64.encode(&locked.locked));
        store::save_setting(tx, LOCKED, &kept).await?;
        store::save_setting(tx, PUBLIC, &HEXLOWER.encode(&public.0)).await?;
        entry(tx, ids, "intake.keygen", json!({ "key": public.mark() }), now).await?;
        Ok((public.clone(), format!("{KEY_FILE}\n{}\n", HEXLOWER.encode(&public.0))))
    }

    async fn intake_private(&self, tx: &mut Tx, given: &str) -> Result<PrivateKey> {
        let none = || Stop::from(Refusal::new("vault.no_intake_key"));
        let kept = store::setting(tx, LOCKED).await?.ok_or_else(none)?;
        let (salt, locked) = kept.split_once(' ').ok_or_else(none)?;
        let read = |text: &str| BASE64.decode(text.as_bytes()).map_err(|_| none());
        let locked = Locked { salt: read(salt)?, locked: read(locked)? };
        let key = passphrase::unlock(&locked, given, self.intake_place()).await?;
        key.ok_or_else(|| Refusal::new("vault.wrong_passphrase").at("passphrase").into())
    }

    /// Takes over a file of the public instance. The first one says whose files are taken; any other sender is refused ever after.
    /// Gives how many were new, and how many were here.
    pub async fn intake_import(
        &self,
        tx: &mut Tx,
        ids: &IdMaker,
        file: &str,
        sender: Option<&str>,
        passphrase: &str,
        now: jiff::Timestamp,
    ) -> Result<(usize, usize)> {
        let refuse = || Stop::from(Refusal::new("vault.bundle_unreadable"));
        let mut lines = file.lines();
        if lines.next() != Some(BUNDLE) {
            return Err(refuse());
        }
        let mut field = |name: &str| {
            let value = lines.next().and_then(|line| line.strip_prefix(name)).map(str::trim).map(str::to_owned);
            value.ok_or_else(refuse)
        };
        let (from, to, signature, body) = (field("from ")?, field("to ")?, field("signature ")?, field("body ")?);
        let known = store::setting(tx, SENDER).await?.or_else(|| sender.map(|key| key.trim().to_ascii_lowercase()));
        let known = known.ok_or_else(|| Refusal::new("vault.sender_unknown").with("key", &from))?;
        if known != from {
            return Err(Refusal::new("vault.sender_other").with("key", &from).into());
        }
        let body = BASE64.decode(body.as_bytes()).map_err(|_| refuse())?;
        let bytes = HEXLOWER.decode(from.as_bytes()).map_err(|_| refuse())?;
        let key = bytes.as_slice().try_into().ok().and_then(|bytes| VerifyingKey::from_bytes(bytes).ok());
        let signature = BASE64.decode(signature.as_bytes()).map_err(|_| refuse())?;
        let signature = Signature::from_slice(&signature).map_err(|_| refuse())?;
        let signed = key.is_some_and(|key| key.verify_strict(&statement(&to, &body), &signature).is_ok());
        if !signed {
            return Err(Refusal::new("vault.bundle_not_signed").into());
        }
        let private = self.intake_private(tx, passphrase).await?;
        if HEXLOWER.encode(&private.public()?.0) != to {
            return Err(Refusal::new("vault.bundle_for_another").into());
        }
        let items: Vec<Item> = serde_json::from_slice(&private.open(BUNDLE.as_bytes(), &body)?)?;
        let (mut new, mut here) = (0, 0);
        for item in items {
            let reference = read_reference(&item.reference)?;
            if store::add_carried(tx, &reference, item.received_ms, &item.sealed, now.as_millisecond()).await? {
                new += 1;
            } else {
                here += 1;
            }
        }
        store::save_setting(tx, SENDER, &from).await?;
        let body = json!({ "new": new, "here": here, "file": HEXLOWER.encode(&Sha256::digest(&body)) });
        entry(tx, ids, "intake.import", body, now).await?;
        Ok((new, here))
    }

    /// What was taken over and is no record yet.
    pub async fn intake_waiting(&self, tx: &mut Tx) -> Result<Vec<Waiting>> {
        let waiting = store::waiting(tx).await?;
        Ok(waiting.into_iter().map(|(reference, received_ms)| Waiting { reference, received_ms }).collect())
    }

    /// Opens one letter, to be sealed again as a record at once.
    pub async fn intake_open(&self, tx: &mut Tx, typed: &str, passphrase: &str) -> Result<(String, i64, Letter)> {
        let reference = read_reference(typed)?;
        let found = store::find(tx, &reference).await?;
        let (received_ms, sealed, record) =
            found.ok_or_else(|| Stop::from(Refusal::new("vault.no_such_reference").with("reference", &reference)))?;
        if record != 0 {
            let number = kernel::Id(record);
            return Err(Refusal::new("vault.opened_already").with("record", number).into());
        }
        let private = self.intake_private(tx, passphrase).await?;
        let letter = serde_json::from_slice(&private.open(&place(&reference), &sealed)?)?;
        Ok((reference, received_ms, letter))
    }

    pub async fn intake_became(&self, tx: &mut Tx, reference: &str, record: i64) -> Result<()> {
        if store::became(tx, reference, record).await? { Ok(()) } else { Err(Stop::Stale) }
    }

    // ---- On the public instance

    /// Takes the key to seal to. Without a decision of whoever is competent the page stays a guide.
    pub async fn intake_accept_key(
        &self,
        tx: &mut Tx,
        ids: &IdMaker,
        file: &str,
        decision: &str,
        now: jiff::Timestamp,
    ) -> Result<PublicKey> {
        if store::setting(tx, LOCKED).await?.is_some() {
            return Err(Refusal::new("vault.intake_key_there").into());
        }
        let decision = kernel::text::tidy(decision);
        if decision.is_empty() {
            return Err(Refusal::new("vault.decision_missing").into());
        }
        let unreadable = || Stop::from(Refusal::new("vault.key_file_unreadable"));
        let text = file.strip_prefix(KEY_FILE).ok_or_else(unreadable)?.trim();
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| unreadable())?;
        let public = PublicKey::read(&bytes).ok_or_else(unreadable)?;
        // A key that is none would only be found when someone writes.
        public.seal(b"try", b"try").map_err(|_| unreadable())?;
        store::save_setting(tx, PUBLIC, text).await?;
        store::save_setting(tx, DECISION, &decision).await?;
        entry(tx, ids, "intake.accept_key", json!({ "key": public.mark(), "decision": decision }), now).await?;
        Ok(public)
    }

    /// The key and the decision, when letters are taken in here; none: the page guides.
    pub async fn intake_open_here(&self, tx: &mut Tx) -> Result<Option<(PublicKey, String)>> {
        let Some(decision) = store::setting(tx, DECISION).await? else { return Ok(None) };
        let text = store::setting(tx, PUBLIC).await?.unwrap_or_default();
        let key = HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| PublicKey::read(&bytes));
        Ok(key.map(|key| (key, decision)))
    }

    /// Seals a letter and gives its receipt. From here on nothing on this instance opens it.
    pub async fn intake_take(
        &self,
        tx: &mut Tx,
        ids: &IdMaker,
        letter: &Letter,
        now: jiff::Timestamp,
    ) -> Result<Receipt> {
        let (key, _) = self.intake_open_here(tx).await?.ok_or_else(|| Refusal::new("vault.intake_closed"))?;
        if letter.text.trim().is_empty() {
            return Err(Refusal::new("vault.text_missing").at("text").into());
        }
        let receipt = receipt::give(tx, 0, now.as_millisecond()).await?;
        let plain = Zeroizing::new(serde_json::to_vec(letter)?);
        // Grown to a step of 64 KiB, so that the length tells little.
        let sealed = key.seal(&place(&receipt.reference), &padded(plain))?;
        store::add(tx, &receipt.reference, now.as_millisecond(), &sealed).await?;
        let body = json!({ "reference": receipt.reference, "sealed": HEXLOWER.encode(&Sha256::digest(&sealed)) });
        entry(tx, ids, "intake.take", body, now).await?;
        Ok(receipt)
    }

    /// The file that is carried to the stand-alone instance, and how many it holds. They are marked as carried.
    pub async fn intake_export(&self, tx: &mut Tx, ids: &IdMaker, now: jiff::Timestamp) -> Result<(usize, String)> {
        let (key, _) = self.intake_open_here(tx).await?.ok_or_else(|| Refusal::new("vault.intake_closed"))?;
        let items: Vec<Item> = store::not_carried(tx)
            .await?
            .into_iter()
            .map(|(reference, received_ms, sealed)| Item { reference, received_ms, sealed })
            .collect();
        let body = key.seal(BUNDLE.as_bytes(), &serde_json::to_vec(&items)?)?;
        let to = HEXLOWER.encode(&key.0);
        let signature = self.seal_key().sign(&statement(&to, &body));
        for item in &items {
            store::carry(tx, &item.reference, now.as_millisecond()).await?;
        }
        let told = json!({ "letters": items.len(), "file": HEXLOWER.encode(&Sha256::digest(&body)) });
        entry(tx, ids, "intake.export", told, now).await?;
        let file = format!(
            "{BUNDLE}\nfrom {}\nto {to}\nsignature {}\nbody {}\n",
            self.sender_key(),
            BASE64.encode(&signature.to_bytes()),
            BASE64.encode(&body)
        );
        Ok((items.len(), file))
    }

    /// What the stand-alone instance knows this one's files by.
    pub fn sender_key(&self) -> String {
        HEXLOWER.encode(self.seal_public().as_bytes())
    }

    fn intake_place(&self) -> Vec<u8> {
        [b"instance.intake_locked\0".as_slice(), self.seal_public().as_bytes()].concat()
    }
}

/// What is signed: whom it is for, and every byte of it.
fn statement(to: &str, body: &[u8]) -> Vec<u8> {
    [BUNDLE.as_bytes(), b"\0", to.as_bytes(), b"\0", body].concat()
}

/// JSON may end in blanks.
fn padded(mut plain: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    const STEP: usize = 64 * 1024;
    let whole = plain.len().div_ceil(STEP) * STEP;
    let mut grown = Zeroizing::new(Vec::with_capacity(whole));
    grown.append(&mut plain);
    grown.resize(whole, b' ');
    grown
}

impl Drop for Letter {
    fn drop(&mut self) {
        use zeroize::Zeroize as _;
        for text in [
            &mut self.name,
            &mut self.address,
            &mut self.phone,
            &mut self.id_number,
            &mut self.denounced,
            &mut self.place,
            &mut self.text,
        ] {
            text.zeroize();
        }
        for file in &mut self.files {
            file.name.zeroize();
            file.content.zeroize();
        }
    }
}
