//! Receipts: a public reference with a check letter, and a secret too long to guess. Only the secret's hash is kept.

use db::{Result, Tx};
use kernel::Refusal;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::{key_file::random, store::intake as store};

/// Without letters that look like others. Their number is prime, so the check letter catches every wrong letter and every swap.
const LETTERS: &[u8; 31] = b"0123456789abcdefghjkmnpqrtvwxyz";
/// 31⁹: more than 26 trillion references.
const REFERENCE: usize = 9;
/// 31²⁴ is 2¹¹⁸: such a secret needs no slow hash.
const SECRET: usize = 24;

/// What a person takes home.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub reference: String,
    pub secret: Zeroizing<String>,
    /// The head of the chain of seals when it was given: whoever keeps it is a witness of all that stood before.
    pub mark: Option<String>,
}

/// Letters by the operating system's chance, each as likely as the other.
fn letters(many: usize) -> Result<Zeroizing<String>> {
    // Grown beforehand: a string that moves leaves its old place unwiped.
    let mut text = Zeroizing::new(String::with_capacity(many));
    while text.len() < many {
        for byte in random::<32>()?.iter().filter(|byte| **byte < 248).take(many - text.len()) {
            text.push(char::from(LETTERS[usize::from(byte % 31)]));
        }
    }
    Ok(text)
}

fn check_letter(text: &str) -> Option<char> {
    let mut sum = 0;
    for (place, letter) in text.bytes().enumerate() {
        sum += LETTERS.iter().position(|known| *known == letter)? * (place + 1);
    }
    Some(char::from(LETTERS[sum % 31]))
}

/// `7k3m9-qx2ac`: nine letters and a check letter.
pub(crate) fn new_reference() -> Result<String> {
    let text = letters(REFERENCE)?;
    let check = check_letter(&text).unwrap_or('0');
    Ok(format!("{}-{}{check}", &text[..5], &text[5..]))
}

/// A reference as people type it: any case, with or without its dash; refused when a letter is wrong.
pub fn read_reference(typed: &str) -> std::result::Result<String, Refusal> {
    let refuse = || Refusal::new("vault.reference_unreadable").at("reference");
    let text: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if text.len() != REFERENCE + 1 {
        return Err(refuse());
    }
    let (start, check) = text.split_at(REFERENCE);
    if check_letter(start).map(String::from).as_deref() != Some(check) {
        return Err(refuse());
    }
    Ok(format!("{}-{}", &text[..5], &text[5..]))
}

fn hashed(secret: &str) -> [u8; 32] {
    let plain = secret.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
    let plain = Zeroizing::new(plain.collect::<String>());
    let mut hasher = Sha256::new_with_prefix(b"danvan receipt 1\0");
    hasher.update(plain.as_bytes());
    hasher.finalize().into()
}

/// Gives a receipt for a record, or (0) for something in the sealed intake.
pub async fn give(tx: &mut Tx, record: i64, now_ms: i64) -> Result<Receipt> {
    let reference = new_reference()?;
    let text = letters(SECRET)?;
    let fours: Vec<&str> = (0..SECRET / 4).map(|four| &text[four * 4..four * 4 + 4]).collect();
    let secret = Zeroizing::new(fours.join("-"));
    store::add_receipt(tx, &reference, &hashed(&secret), record, now_ms).await?;
    let mark = timeline::last_seal(tx).await?.map(|seal| seal.mark());
    Ok(Receipt { reference, secret, mark })
}

/// Shown only to whoever holds both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub record: i64,
    pub given_ms: i64,
    /// When the sealed intake handed it over; 0: not yet.
    pub carried_ms: i64,
}

/// What a receipt is for; one refusal for an unknown reference and a wrong secret, after the same work.
pub async fn look(tx: &mut Tx, typed: &str, secret: &str) -> Result<Standing> {
    let reference = read_reference(typed)?;
    let found = store::receipt(tx, &reference).await?;
    let kept = found.as_ref().map_or([0; 32].to_vec(), |(secret, ..)| secret.clone());
    let right = bool::from(hashed(secret).as_slice().ct_eq(kept.as_slice()));
    match found {
        Some((_, record, given_ms)) if right => {
            let carried_ms = store::carried_ms(tx, &reference).await?.unwrap_or(0);
            Ok(Standing { record, given_ms, carried_ms })
        }
        _ => Err(Refusal::new("vault.receipt_unknown").at("secret").into()),
    }
}
