//! Numbers as official prose writes them.

use kernel::number;
use pack::vocabulary::Qualifier;

/// A figure with its noun: two digits under ten, the qualifier in front.
pub(crate) fn counted(amount: i64, places: u32, qualifier: Option<Qualifier>) -> String {
    let digits = if places == 0 { number::two_digits(amount) } else { number::decimal(amount, places) };
    match qualifier {
        Some(alone) if alone.alone() => alone.vi().to_owned(),
        Some(qualifier) => format!("{} {digits}", qualifier.vi()),
        None => digits,
    }
}

/// x of y: `05/08`.
pub(crate) fn of(reached: i64, of: i64) -> String {
    format!("{}/{}", number::two_digits(reached), number::two_digits(of))
}

/// Tenths of a percent: `34,1%`.
pub(crate) fn percent(tenths: i64) -> String {
    format!("{}%", number::decimal(tenths, 1))
}

/// A change, its minus in front: `03`, `-02`.
pub(crate) fn signed(amount: i64, places: u32) -> String {
    if amount < 0 { format!("-{}", counted(-amount, places, None)) } else { counted(amount, places, None) }
}

/// What stands where ranks are of fields of different size.
pub(crate) fn not_comparable() -> &'static str {
    "không so sánh được, số đơn vị xếp hạng khác nhau"
}

/// What stands where nobody has said anything.
pub fn no_data() -> &'static str {
    "chưa có số liệu"
}

/// What stands for a confirmed zero.
pub fn nothing() -> &'static str {
    "không phát sinh"
}

/// The number and what it counts, held together: `1.052 cuộc đối thoại`.
pub(crate) fn with_noun(number: &str, noun: Option<&str>) -> String {
    match noun {
        Some("%") => format!("{number}%"),
        Some(noun) => format!("{number} {noun}"),
        None => number.to_owned(),
    }
}
