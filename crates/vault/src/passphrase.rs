//! Passphrases: a private key locked under what one person knows. Few at a time, so that a crowd cannot take the memory.

use argon2::{Algorithm, Argon2, Params, Version};
use db::{Fault, Result, Stop};
use kernel::Refusal;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::{
    key_file::{Secret, random},
    pair::PrivateKey,
    sealing,
};

/// Shortest and longest, in characters. It guards a key outside the server too, so it is longer than a password.
const LENGTH: (usize, usize) = (16, 256);
/// Argon2id: 64 MiB, three passes.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// At most 128 MiB at once.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A private key as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Locked {
    pub(crate) salt: Vec<u8>,
    pub(crate) locked: Vec<u8>,
}

pub(crate) fn fit(passphrase: &str) -> std::result::Result<(), Refusal> {
    let letters = passphrase.chars().count();
    let different: std::collections::BTreeSet<char> = passphrase.chars().collect();
    if letters < LENGTH.0 || different.len() < 8 {
        return Err(Refusal::new("vault.passphrase_short").with("min", LENGTH.0).at("passphrase"));
    }
    if letters > LENGTH.1 {
        return Err(Refusal::new("vault.passphrase_long").with("max", LENGTH.1).at("passphrase"));
    }
    Ok(())
}

/// Locks a private key; `place` says whose it is, and it opens nowhere else.
pub(crate) async fn lock(key: &PrivateKey, passphrase: &str, place: Vec<u8>) -> Result<Locked> {
    let salt = random::<16>()?.to_vec();
    let lock = stretched(passphrase, salt.clone()).await?;
    let locked = sealing::seal(&lock, &place, key.0.as_slice())?;
    Ok(Locked { salt, locked })
}

/// The key, or none if the passphrase is not the right one.
pub(crate) async fn unlock(locked: &Locked, passphrase: &str, place: Vec<u8>) -> Result<Option<PrivateKey>> {
    let lock = stretched(passphrase, locked.salt.clone()).await?;
    Ok(sealing::open(&lock, &place, &locked.locked).ok().and_then(|bytes| PrivateKey::read(&bytes)))
}

async fn stretched(passphrase: &str, salt: Vec<u8>) -> Result<Secret> {
    let passphrase = Zeroizing::new(kernel::text::tidy(passphrase));
    let _turn = TURNS.acquire().await.map_err(|error| Fault::from_source("waiting for a turn to hash", error))?;
    let work = tokio::task::spawn_blocking(move || {
        let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).unwrap_or_default();
        let mut key = Secret::default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &salt, key.as_mut_slice())
            .map(|()| key)
            .map_err(|error| Stop::fault(format!("stretching a passphrase: {error}")))
    });
    work.await.map_err(|error| Stop::from(Fault::from_source("stretching a passphrase", error)))?
}
