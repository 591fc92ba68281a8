//! Identifiers: a 64-bit integer inside, a handle outside.

use std::{
    fmt,
    str::FromStr,
    sync::{Arc, Mutex},
};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Refusal;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS: u32 = 13;
const NODE_BITS: u32 = 8;
const COUNTER_BITS: u32 = 14;
/// 1/1/2020 in milliseconds: 41 bits last from there until 2089.
const SINCE_MS: i64 = 1_577_836_800_000;

/// The identity of a stored thing: milliseconds, node, counter. Time-ordered; shown as a handle of 13 letters and a check letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub i64);

impl Id {
    /// The handle: base32 without look-alike letters, most significant first, then a check letter.
    pub fn handle(self) -> String {
        let bits = self.0.cast_unsigned();
        let mut text: String = (0..DIGITS)
            .rev()
            .map(|place| char::from(ALPHABET[usize::try_from((bits >> (place * 5)) & 31).unwrap_or(0)]))
            .collect();
        text.push(check_letter(bits));
        text
    }
}

/// A weighted sum, so that one wrong letter or two swapped neighbours are caught.
fn check_letter(bits: u64) -> char {
    let sum: u64 = (0..DIGITS).map(|place| ((bits >> (place * 5)) & 31) * (2 * u64::from(place) + 1)).sum();
    char::from(ALPHABET[usize::try_from(sum % 32).unwrap_or(0)])
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.handle())
    }
}

impl FromStr for Id {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let refuse = || Refusal::new("handle.unreadable").with("value", text);
        let lower = text.trim().to_ascii_lowercase();
        if lower.len() != DIGITS as usize + 1 {
            return Err(refuse());
        }
        let mut bits: u64 = 0;
        for letter in lower.bytes().take(DIGITS as usize) {
            let digit = ALPHABET.iter().position(|&known| known == letter).ok_or_else(refuse)?;
            bits = (bits << 5) | digit as u64;
        }
        if !lower.ends_with(check_letter(bits)) || bits > i64::MAX.cast_unsigned() {
            return Err(refuse());
        }
        Ok(Id(bits.cast_signed()))
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|_| serde::de::Error::custom(format!("not a handle: {text}")))
    }
}

/// Makes ids that never repeat on one node, even when the clock stands still or jumps back. Its clones count together.
#[derive(Clone, Debug)]
pub struct IdMaker {
    node: i64,
    last: Arc<Mutex<i64>>,
}

impl IdMaker {
    /// `node`: 0 to 255, leased in the database so that two servers never share one.
    pub fn new(node: u8) -> Self {
        Self { node: i64::from(node), last: Arc::default() }
    }

    pub fn next(&self, now: Timestamp) -> Id {
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // `last` counts (milliseconds, counter) as one number: running out of counters simply borrows from the next millisecond.
        let wanted = (now.as_millisecond() - SINCE_MS).max(0) << COUNTER_BITS;
        *last = wanted.max(*last + 1);
        let (ms, counter) = (*last >> COUNTER_BITS, *last & ((1 << COUNTER_BITS) - 1));
        Id((ms << (NODE_BITS + COUNTER_BITS)) | (self.node << COUNTER_BITS) | counter)
    }
}
