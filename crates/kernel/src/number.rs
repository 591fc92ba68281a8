//! Numbers as Vietnamese officials write and read them: 1.052 · 4,1 · 05/08 · 34,1%. Amounts are integers in the smallest step.

use crate::Refusal;

/// How a ratio becomes a percentage: the published texts do both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    #[default]
    HalfUp,
    Truncate,
}

/// `1052` → `1.052`.
pub fn grouped(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if amount < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// An amount in steps of 10^-`scale`, without needless zeros: `decimal(4100, 3)` → `4,1`.
pub fn decimal(amount: i64, scale: u32) -> String {
    let unit = 10_i64.pow(scale);
    let (whole, rest) = (amount.unsigned_abs() / unit.unsigned_abs(), amount.unsigned_abs() % unit.unsigned_abs());
    let sign = if amount < 0 { "-" } else { "" };
    let whole = grouped(whole.cast_signed());
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let rest = format!("{rest:0width$}", width = scale as usize);
    format!("{sign}{whole},{}", rest.trim_end_matches('0'))
}

/// Two digits under ten, as official prose writes counts: `5` → `05`.
pub fn two_digits(amount: i64) -> String {
    if (0..10).contains(&amount) { format!("0{amount}") } else { grouped(amount) }
}

/// The share `part / whole` in steps of 10^-`scale` percent, `None` when there is no whole.
pub fn percent(part: i64, whole: i64, scale: u32, rounding: Rounding) -> Option<i64> {
    if whole == 0 {
        return None;
    }
    let scaled = i128::from(part) * 100 * 10_i128.pow(scale);
    let whole = i128::from(whole);
    let value = match rounding {
        Rounding::Truncate => scaled / whole,
        Rounding::HalfUp => (2 * scaled + whole).div_euclid(2 * whole),
    };
    i64::try_from(value).ok()
}

/// Reads an amount as people type it, in steps of 10^-`scale`: `1.052`, `1052`, `4,1`, `4.1` (a single point that cannot group), `36.150.000`.
pub fn parse_amount(text: &str, scale: u32) -> Result<i64, Refusal> {
    let clean: String = text.trim().chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let refuse = || Refusal::new("number.unreadable").with("value", text.trim());
    let (negative, digits) = match clean.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, clean.as_str()),
    };
    let (whole, fraction) = split_fraction(digits).ok_or_else(refuse)?;
    if whole.is_empty() || fraction.len() > 9 {
        return Err(refuse());
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > scale as usize {
        if scale == 0 {
            return Err(Refusal::new("number.not_whole").with("value", text.trim()));
        }
        return Err(Refusal::new("number.too_fine").with("value", text.trim()).with("places", scale));
    }
    let digits = format!("{whole}{fraction:0<width$}", width = scale as usize);
    let amount: i64 = digits.parse().map_err(|_| refuse())?;
    Ok(if negative { -amount } else { amount })
}

/// Splits digits from decimals. A comma is decimal; points group by threes; a lone point that cannot group is decimal, as spreadsheets give it.
fn split_fraction(digits: &str) -> Option<(String, &str)> {
    if let Some((whole, fraction)) = digits.split_once(',') {
        let ungrouped = ungroup(whole)?;
        return all_digits(fraction).then_some((ungrouped, fraction));
    }
    if let Some(whole) = ungroup(digits) {
        return Some((whole, ""));
    }
    let (whole, fraction) = digits.split_once('.')?;
    (all_digits(whole) && all_digits(fraction)).then(|| (whole.to_owned(), fraction))
}

fn ungroup(digits: &str) -> Option<String> {
    let mut groups = digits.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped =
        rest.is_empty() || (first.len() <= 3 && !first.starts_with('0') && rest.iter().all(|group| group.len() == 3));
    let plain = all_digits(first) && rest.iter().all(|group| all_digits(group));
    (grouped && plain).then(|| format!("{first}{}", rest.concat()))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
