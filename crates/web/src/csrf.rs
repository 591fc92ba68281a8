//! Secrets in cookies, and the token that shows a form came from a page of ours: masked anew in every response, so that its bytes never repeat.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

const LENGTH: usize = 32;

/// A secret for a cookie or a link, and its hash, which alone is stored.
pub struct Secret {
    pub token: String,
    pub hash: [u8; LENGTH],
}

/// 256 bits of the system's randomness.
pub fn new_secret() -> Secret {
    let token = BASE64URL_NOPAD.encode(&random());
    let hash = hash(&token);
    Secret { token, hash }
}

pub(crate) fn hash(token: &str) -> [u8; LENGTH] {
    Sha256::digest(token).into()
}

pub(crate) fn random() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    // A machine without randomness can do nothing safely.
    getrandom::fill(&mut bytes).unwrap_or_else(|error| unreachable!("the system gives no randomness: {error}"));
    bytes
}

/// What the tokens of one session (or one visitor) are made of.
#[derive(Clone, Copy)]
pub(crate) struct Root([u8; LENGTH]);

impl Root {
    pub(crate) fn of(cookie: &str) -> Self {
        Self(Sha256::new().chain_update(b"form\0").chain_update(cookie).finalize().into())
    }

    /// A token: a random pad and the root under it.
    pub(crate) fn token(self) -> String {
        let pad = random();
        let hidden = pad.iter().zip(self.0).map(|(pad, root)| pad ^ root);
        let bytes: Vec<u8> = pad.iter().copied().chain(hidden).collect();
        BASE64URL_NOPAD.encode(&bytes)
    }

    pub(crate) fn knows(self, token: &str) -> bool {
        let Ok(bytes) = BASE64URL_NOPAD.decode(token.as_bytes()) else { return false };
        if bytes.len() != 2 * LENGTH {
            return false;
        }
        let (pad, hidden) = bytes.split_at(LENGTH);
        let shown: Vec<u8> = pad.iter().zip(hidden).map(|(pad, hidden)| pad ^ hidden).collect();
        shown.ct_eq(&self.0).into()
    }
}
