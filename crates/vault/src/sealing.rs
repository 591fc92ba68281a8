//! A record's key: what it seals, what opens it, and how a master key wraps it. Every sealed value is bound to its place.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use data_encoding::BASE64URL_NOPAD;
use db::{Result, Stop};
use hkdf::{
    Hkdf,
    hmac::{Hmac, Mac},
};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::key_file::{Secret, random};

const NONCE: usize = 24;

pub(crate) struct RecordKey(Secret);

impl RecordKey {
    pub(crate) fn random() -> Result<Self> {
        random().map(Self)
    }

    pub(crate) fn wrap(&self, master: &Secret, number: i64, record: i64) -> Result<Vec<u8>> {
        seal(&derived(master, WRAPPING), &wrapped_place(number, record), self.0.as_slice())
    }

    pub(crate) fn unwrap(master: &Secret, number: i64, record: i64, wrapped: &[u8]) -> Result<Self> {
        let bytes = open(&derived(master, WRAPPING), &wrapped_place(number, record), wrapped)?;
        let mut key = Secret::default();
        if bytes.len() != key.len() {
            return Err(Stop::fault("opening a private field: its record's key has the wrong length"));
        }
        key.copy_from_slice(&bytes);
        Ok(Self(key))
    }

    pub(crate) fn seal(&self, record: i64, field: &str, plaintext: &str) -> Result<Vec<u8>> {
        seal(&derived(&self.0, FIELDS), &field_place(record, field), plaintext.as_bytes())
    }

    pub(crate) fn open(&self, record: i64, field: &str, sealed: &[u8]) -> Result<String> {
        let bytes = open(&derived(&self.0, FIELDS), &field_place(record, field), sealed)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Stop::fault("opening a private field: it is not text"))?;
        Ok(text.to_owned())
    }

    pub(crate) fn salted_hash(&self, field: &str, plaintext: &str) -> String {
        let key = derived(&self.0, SALTED);
        let mut mac = <Hmac<Sha256> as hkdf::hmac::KeyInit>::new_from_slice(key.as_slice())
            .expect("HMAC takes a key of any length");
        mac.update(&(field.len() as u64).to_be_bytes());
        mac.update(field.as_bytes());
        mac.update(plaintext.as_bytes());
        BASE64URL_NOPAD.encode(&mac.finalize().into_bytes())
    }
}

const WRAPPING: &[u8] = b"danvan record key 1";
const FIELDS: &[u8] = b"danvan private field 1";
const SALTED: &[u8] = b"danvan salted hash 1";

/// One key for one purpose: no key is used in two ways.
pub(crate) fn derived(key: &Secret, purpose: &[u8]) -> Secret {
    let mut derived = Secret::default();
    Hkdf::<Sha256>::new(None, key.as_slice())
        .expand(purpose, derived.as_mut_slice())
        .expect("32 bytes are fewer than the 8.160 that HKDF gives");
    derived
}

fn wrapped_place(number: i64, record: i64) -> Vec<u8> {
    [b"record_key.wrapped\0".as_slice(), &number.to_be_bytes(), &record.to_be_bytes()].concat()
}

fn field_place(record: i64, field: &str) -> Vec<u8> {
    [b"private.sealed\0".as_slice(), &record.to_be_bytes(), field.as_bytes()].concat()
}

pub(crate) fn seal(key: &Secret, place: &[u8], plaintext: &[u8]) -> Result<Vec<u8>> {
    let nonce = random::<NONCE>()?;
    let sealed = XChaCha20Poly1305::new((&**key).into())
        .encrypt(&XNonce::from(*nonce), Payload { msg: plaintext, aad: place })
        .map_err(|_| Stop::fault("sealing a private field"))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Fails for another key, another place, or any changed bit.
pub(crate) fn open(key: &Secret, place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let refuse = || Stop::fault("opening a private field: another key sealed it, or it stood elsewhere");
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or_else(refuse)?;
    XChaCha20Poly1305::new((&**key).into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place })
        .map(Zeroizing::new)
        .map_err(|_| refuse())
}
