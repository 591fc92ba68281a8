//! Of when a sentence speaks: `năm 2018`, `giai đoạn 2015-2020`, `đến tháng 12/2020`, `6 tháng đầu năm 2021`.

use super::{pass::is_year, words::Token};

/// A period that a text names, as `--period` writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// The place of its first token.
    pub(super) at: usize,
    pub(super) period: String,
    /// Only compared with: `so với năm 2020`.
    pub(super) compared: bool,
    /// The name of a text, a term, a programme: no window by itself.
    pub(super) named: bool,
}

/// A law and its year.
const TEXTS: [&str; 8] = ["luật", "nghị", "thị", "quyết", "lệnh", "tư", "luận", "hiến"];

pub(super) fn mentions(tokens: &[Token<'_>]) -> Vec<Mention> {
    let low = |at: usize| tokens.get(at).map(|token| token.low.as_str()).unwrap_or_default();
    let back = |at: usize, steps: usize| at.checked_sub(steps).map(low).unwrap_or_default();
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let year = |at: usize| tokens.get(at).filter(|token| is_year(token.text)).map(|token| token.text);
        let (first, period) = if low(at) == "năm" && year(at + 1).is_some() {
            let year = year(at + 1).unwrap_or_default();
            let (first, period) = within(&back, at, year);
            let until = matches!(back(first, 1), "đến" | "hết") && period == year;
            (first, if until { format!("{year}-01-01..{year}-12-31") } else { period })
        } else if matches!(low(at), "đoạn" | "kỳ" | "khóa" | "năm")
            && let (Some(from), true, Some(to)) =
                (year(at + 1), tokens.get(at + 2).is_some_and(Token::is_dash), year(at + 3))
        {
            (at, format!("{from}-01-01..{to}-12-31"))
        } else if low(at) == "tháng"
            && let (Ok(month @ 1..=12), "/", Some(year)) = (low(at + 1).parse::<u8>(), low(at + 2), year(at + 3))
        {
            let until = matches!(back(at, 1), "đến" | "hết");
            (at, if until { until_end(year, month) } else { format!("{year}-{month:02}") })
        } else {
            continue;
        };
        let span = low(at + 2) == "–" || low(at + 2) == "-";
        let period = match (low(at), year(at + 1), span, year(at + 3)) {
            ("năm", Some(from), true, Some(to)) => format!("{from}-01-01..{to}-12-31"),
            _ => period,
        };
        let compared = (1..=3).any(|steps| back(first, steps) == "với" && back(first, steps + 1) == "so")
            || back(first, 2) == "cùng" && back(first, 1) == "kỳ";
        let term = low(at) == "kỳ" || low(at) == "khóa";
        let text = (1..=10).map_while(|steps| at.checked_sub(steps)).map(|place| &tokens[place]);
        let text = text.take_while(|token| !token.is(";") && !token.is_number());
        let named = term || text.into_iter().any(|token| token.is_capital() && TEXTS.contains(&token.low.as_str()));
        found.push(Mention { at: first, period, compared, named });
    }
    found
}

/// From the year's first day through a month's last.
fn until_end(year: &str, month: u8) -> String {
    let month = i8::try_from(month).unwrap_or(12);
    let first = jiff::civil::Date::new(year.parse().unwrap_or(2000), month, 1).unwrap_or_default();
    format!("{year}-01-01..{}", first.last_of_month())
}

/// A part of a year before its name: `quý I năm 2021`, `tháng 5 năm 2021`, `6 tháng đầu năm 2021`.
fn within<'a>(back: &impl Fn(usize, usize) -> &'a str, at: usize, year: &str) -> (usize, String) {
    let (one, two, three) = (back(at, 1), back(at, 2), back(at, 3));
    let quarter = match one {
        "i" | "1" => 1,
        "ii" | "2" => 2,
        "iii" | "3" => 3,
        "iv" | "4" => 4,
        _ => 0,
    };
    if two == "quý" && quarter > 0 {
        return (at - 2, format!("{year}-Q{quarter}"));
    }
    if two == "tháng"
        && let Ok(month @ 1..=12) = one.parse::<u8>()
    {
        return (at - 2, format!("{year}-{month:02}"));
    }
    match (three, two, one) {
        ("6" | "06" | "sáu", "tháng", "đầu") => (at - 3, format!("{year}-H1")),
        ("6" | "06" | "sáu", "tháng", "cuối") => (at - 3, format!("{year}-H2")),
        ("9" | "09" | "chín", "tháng", "đầu") => (at - 3, format!("{year}-9M")),
        _ => (at, year.to_owned()),
    }
}
