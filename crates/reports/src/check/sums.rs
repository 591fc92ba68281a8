//! A text's own arithmetic: shares and their percents, sums of breakdowns, changes, stocks, totals of tables, denominators that differ.

use std::collections::BTreeMap;

use kernel::{
    Lang,
    number::{Rounding, decimal, grouped, percent},
    text::{fold, tidy},
};

use web::t;

use crate::prose::{Amount, Found};

/// A place where a text's numbers do not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub line: usize,
    pub text: String,
    pub what: What,
    /// What the other numbers give.
    pub expected: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Percent,
    Sum,
    Change,
    Stock,
    Total,
    Denominator,
}

impl Slip {
    /// What is wrong, in words.
    pub fn say(&self, lang: Lang) -> String {
        let expected = self.expected.as_str();
        match self.what {
            What::Percent => t!(lang, "reports.slip_percent", expected = expected),
            What::Sum => t!(lang, "reports.slip_sum", expected = expected),
            What::Change => t!(lang, "reports.slip_change", expected = expected),
            What::Stock => t!(lang, "reports.slip_stock", expected = expected),
            What::Total => t!(lang, "reports.slip_total", expected = expected),
            What::Denominator => t!(lang, "reports.slip_denominator", expected = expected),
        }
    }
}

impl What {
    pub fn code(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Sum => "sum",
            Self::Change => "change",
            Self::Stock => "stock",
            Self::Total => "total",
            Self::Denominator => "denominator",
        }
    }
}

/// The percent as written is the share, rounded or cut.
pub(super) fn percent_fits(part: i64, whole: i64, written: Amount) -> bool {
    let near = [Rounding::HalfUp, Rounding::Truncate];
    near.into_iter().any(|rounding| percent(part, whole, written.places, rounding) == Some(written.n))
}

fn percent_of(part: i64, whole: i64, written: Amount) -> String {
    let places = written.places.max(1);
    percent(part, whole, places, Rounding::HalfUp).map_or_else(String::new, |n| format!("{}%", decimal(n, places)))
}

/// All slips of a text's figures, in its order.
pub fn slips(found: &[Found]) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut sentences: BTreeMap<usize, Vec<&Found>> = BTreeMap::new();
    for one in found.iter().filter(|one| one.cell.is_none()) {
        sentences.entry(one.place).or_default().push(one);
    }
    for (place, sentence) in &sentences {
        let before = place.checked_sub(1).and_then(|place| sentences.get(&place)).map_or(&[][..], Vec::as_slice);
        shares(sentence, before, &mut slips);
        breakdown(sentence, &mut slips);
        changes(sentence, before, &mut slips);
        stock(sentence, &mut slips);
    }
    totals(found, &mut slips);
    denominators(found, &mut slips);
    slips.sort_by_key(|slip| slip.line);
    slips
}

fn whole(found: &Found) -> Option<i64> {
    found.value.filter(|value| value.places == 0 && value.scale == 1).map(|value| value.n)
}

/// The first words of what is counted, as one: `cuoc doi`.
fn head(found: &Found) -> String {
    let folded = fold(&found.noun);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(2).collect::<Vec<_>>().join(" ")
}

fn says(found: &Found, cues: &[&str]) -> bool {
    let lead = found.lead.to_lowercase();
    cues.iter().any(|cue| lead.contains(cue))
}

const CHANGES: [&str; 4] = ["tăng", "giảm", "cao hơn", "thấp hơn"];

/// `05/08 vụ việc (62,5%)`, `922 điển hình (34,1%)` of a whole that stands before it.
fn shares(sentence: &[&Found], before: &[&Found], slips: &mut Vec<Slip>) {
    for (at, one) in sentence.iter().enumerate() {
        let (Some(part), Some(written)) = (whole(one), one.percent) else {
            continue;
        };
        if says(one, &CHANGES) {
            continue;
        }
        let own = one.of;
        let told =
            sentence[..at].iter().chain(before).rev().filter(|other| other.of.is_none() && other.percent.is_none());
        let told: Vec<i64> = told
            .filter(|other| head(other) == head(one))
            .filter_map(|other| whole(other))
            .filter(|of| *of >= part)
            .collect();
        let candidates: Vec<i64> = own.map_or(told, |of| vec![of]);
        if let (Some(first), false) = (candidates.first(), candidates.iter().any(|of| percent_fits(part, *of, written)))
        {
            slips.push(Slip {
                line: one.line,
                text: one.text.clone(),
                what: What::Percent,
                expected: percent_of(part, *first, written),
            });
        }
    }
}

/// `120 mô hình, gồm 80 … và 40 …`: all of it; `trong đó` may leave some out.
fn breakdown(sentence: &[&Found], slips: &mut Vec<Slip>) {
    for (at, one) in sentence.iter().enumerate() {
        let Some(next) = sentence.get(at + 1) else { continue };
        let Some(total) = whole(one) else { continue };
        let lead = next.lead.to_lowercase();
        let complete = lead.contains("gồm") || lead.contains("chia ra") || lead.contains("bao gồm");
        let partly = lead.contains("trong đó");
        if !(complete || partly) {
            continue;
        }
        let same = |other: &&&Found| {
            let clear = other.of.is_none() && other.value.is_some() && other.measure == one.measure;
            clear && (fold(&one.noun).contains(&head(other)) || head(other) == head(one))
        };
        let rest: Vec<&&Found> = sentence[at + 1..].iter().collect();
        let ends = rest.iter().skip(1).position(|other| other.lead.contains(';') || says(other, &["gồm", "trong đó"]));
        let rest = &rest[..ends.map_or(rest.len(), |end| end + 1)];
        let parts: Vec<i64> = rest.iter().copied().filter(same).filter_map(|other| whole(other)).collect();
        let sum: i64 = parts.iter().sum();
        let whole_list = parts.len() == rest.len() && parts.len() > 1;
        if (whole_list && complete && !partly && sum != total) || (whole_list && sum > total) {
            slips.push(Slip { line: one.line, text: one.text.clone(), what: What::Sum, expected: grouped(sum) });
        }
    }
}

/// `1.052 cuộc, tăng 65 cuộc (6,6%) so với năm 2020 (987 cuộc)`
fn changes(sentence: &[&Found], before: &[&Found], slips: &mut Vec<Slip>) {
    for (at, one) in sentence.iter().enumerate() {
        let rise = says(one, &["tăng", "cao hơn"]);
        if !rise && !says(one, &["giảm", "thấp hơn"]) || !one.tail.to_lowercase().contains("so với") && at == 0 {
            continue;
        }
        let now = sentence[..at].iter().rev().chain(before.iter().rev());
        let Some(now) = now.filter(|other| other.of.is_none()).find_map(|other| whole(other).map(|n| (n, head(other))))
        else {
            continue;
        };
        let old = sentence.get(at + 1).filter(|other| {
            let tail = one.tail.to_lowercase();
            tail.contains("so với") && (tail.trim_end().ends_with('(') || tail.contains(" là ")) && head(other) == now.1
        });
        let old = old.and_then(|other| whole(other));
        let change = whole(one).filter(|_| head(one) == now.1 || one.noun.is_empty());
        let signed = |change: i64| if rise { now.0 - change } else { now.0 + change };
        if let (Some(old), Some(change)) = (old, change)
            && signed(change) != old
        {
            let expected = grouped((now.0 - old).abs());
            slips.push(Slip { line: one.line, text: one.text.clone(), what: What::Change, expected });
        }
        let base = old.or_else(|| change.map(signed));
        if let (Some(base), Some(written)) = (base.filter(|base| *base > 0), one.percent)
            && !percent_fits((now.0 - base).abs(), base, written)
        {
            let expected = percent_of((now.0 - base).abs(), base, written);
            slips.push(Slip { line: one.line, text: one.text.clone(), what: What::Percent, expected });
        }
    }
}

/// Carried over + new − closed = left, where one sentence tells all four.
fn stock(sentence: &[&Found], slips: &mut Vec<Slip>) {
    let mut told: [Option<(i64, &Found)>; 4] = [None; 4];
    for one in sentence {
        let around = format!("{} {}", one.lead.to_lowercase(), one.noun.to_lowercase());
        let roles: [&[&str]; 4] = [
            &["đầu kỳ", "kỳ trước chuyển", "tồn đầu", "chuyển sang"],
            &["tiếp nhận", "phát sinh", "nhận mới", "thụ lý mới"],
            &["đã giải quyết", "đã xử lý", "giải quyết xong"],
            &["còn lại", "còn tồn", "cuối kỳ", "chưa giải quyết", "đang giải quyết"],
        ];
        let role = roles.iter().rposition(|cues| cues.iter().any(|cue| around.contains(cue)));
        if let (Some(role), Some(n), None) = (role, whole(one), one.of) {
            told[role].get_or_insert((n, one));
        }
    }
    if let [Some((opening, _)), Some((new, _)), Some((closed, _)), Some((left, one))] = told
        && opening + new - closed != left
    {
        let expected = grouped(opening + new - closed);
        slips.push(Slip { line: one.line, text: one.text.clone(), what: What::Stock, expected });
    }
}

/// A row of totals is the sum of the rows above it.
fn totals(found: &[Found], slips: &mut Vec<Slip>) {
    let mut columns: BTreeMap<(usize, usize), Vec<&Found>> = BTreeMap::new();
    for one in found {
        if let (Some((table, _, column)), Some(_)) = (one.cell, one.value) {
            columns.entry((table, column)).or_default().push(one);
        }
    }
    // With their marks: “công nhân” is no “cộng”.
    let is_total = |one: &&Found| {
        let noun = tidy(&one.noun).to_lowercase();
        let words: Vec<&str> = noun.split_whitespace().collect();
        matches!(words[..], ["cộng" | "tổng"] | ["cộng" | "tổng", "số" | "cộng" | "chung", ..])
            || matches!(
                words[..],
                ["toàn", "quốc" | "tỉnh" | "thành" | "huyện" | "quận" | "xã" | "phường" | "ngành", ..]
            )
    };
    for column in columns.into_values() {
        let Some(at) = column.iter().rposition(is_total) else {
            continue;
        };
        let others: Vec<&&Found> = column.iter().filter(|one| !is_total(one)).collect();
        // At the head or at the foot, and of whole numbers.
        if others.len() < 2 || (at != 0 && at + 1 != column.len()) {
            continue;
        }
        let sums: Option<Vec<i64>> = others.iter().map(|one| whole(one)).collect();
        if let (Some(parts), Some(total)) = (sums, whole(column[at]))
            && parts.iter().sum::<i64>() != total
        {
            let expected = grouped(parts.iter().sum());
            let text = format!("{}: {}", column[at].noun, column[at].text);
            slips.push(Slip { line: column[at].line, text, what: What::Total, expected });
        }
    }
}

/// Of the same kinds of place there are as many in every sentence.
fn denominators(found: &[Found], slips: &mut Vec<Slip>) {
    let mut told: BTreeMap<(String, Option<&String>), i64> = BTreeMap::new();
    let places = ["xa phuong", "dia phuong", "quan huyen", "huyen thi", "thon to", "huyen", "xa"];
    for one in found {
        let Some(of) = one.of else { continue };
        let head = head(one);
        if !places.contains(&head.as_str()) && !places.contains(&head.split(' ').next().unwrap_or_default()) {
            continue;
        }
        let first = *told.entry((head, one.period.as_ref())).or_insert(of);
        if first != of {
            let expected = grouped(first);
            slips.push(Slip { line: one.line, text: one.text.clone(), what: What::Denominator, expected });
        }
    }
}
