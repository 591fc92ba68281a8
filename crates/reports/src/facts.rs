//! The facts behind an issued report's numbers, packed into few bytes and read back.

use calendar::Window;
use db::{Result, Stop};
use ledger::Kept;
use pack::formula::Take;
use serde::{Deserialize, Serialize};

/// The facts of a figure in a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub figure: String,
    pub take: Take,
    pub window: Window,
    pub list: Vec<Kept>,
}

#[derive(Serialize, Deserialize)]
struct ListHead {
    figure: String,
    take: u8,
    window: Window,
    count: usize,
}

const TAKES: [Take; 6] = [Take::Window, Take::Opening, Take::Carried, Take::Cohort, Take::Gain, Take::Scaled];

/// Lists of facts as bytes: each value as its difference from the line before, in as few bytes as it needs.
pub(crate) fn pack_facts(facts: &[Facts]) -> Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut heads = Vec::new();
    for one in facts {
        let take = TAKES.iter().position(|take| *take == one.take).unwrap_or_default();
        heads.push(ListHead {
            figure: one.figure.clone(),
            take: u8::try_from(take).unwrap_or_default(),
            window: one.window,
            count: one.list.len(),
        });
        let mut last = [0_i64; 7];
        for kept in &one.list {
            let values = columns(kept);
            for (value, last) in values.iter().zip(&mut last) {
                write(&mut bytes, value.wrapping_sub(*last));
                *last = *value;
            }
        }
    }
    Ok((serde_json::to_string(&heads)?, bytes))
}

pub(crate) fn unpack_facts(lists: &str, bytes: &[u8]) -> Result<Vec<Facts>> {
    let heads: Vec<ListHead> = serde_json::from_str(lists)?;
    let mut rest = bytes.iter();
    let mut facts = Vec::new();
    for head in heads {
        let mut last = [0_i64; 7];
        let mut kept = Vec::with_capacity(head.count);
        for _ in 0..head.count {
            for value in &mut last {
                let step = take(&mut rest).ok_or_else(|| Stop::fault("reading a report's facts"))?;
                *value = value.wrapping_add(step);
            }
            let [unit, day, record, line, part, amount, basis] = last;
            kept.push(Kept { unit, day, record, line, part, amount, basis });
        }
        let take = TAKES.get(usize::from(head.take)).copied().unwrap_or(Take::Window);
        facts.push(Facts { figure: head.figure, take, window: head.window, list: kept });
    }
    Ok(facts)
}

fn columns(kept: &Kept) -> [i64; 7] {
    [kept.unit, kept.day, kept.record, kept.line, kept.part, kept.amount, kept.basis]
}

/// Seven bits a byte, small numbers of either sign first.
fn write(bytes: &mut Vec<u8>, value: i64) {
    let mut rest = ((value << 1) ^ (value >> 63)).cast_unsigned();
    loop {
        let low = u8::try_from(rest & 0x7f).unwrap_or_default();
        rest >>= 7;
        bytes.push(if rest == 0 { low } else { low | 0x80 });
        if rest == 0 {
            return;
        }
    }
}

fn take(bytes: &mut std::slice::Iter<'_, u8>) -> Option<i64> {
    let (mut value, mut shift) = (0_u64, 0);
    loop {
        let byte = *bytes.next()?;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some((value >> 1).cast_signed() ^ -((value & 1).cast_signed()));
        }
        shift += 7;
    }
}
