//! Turns in the words of an officer: "tháng 1, 3–5/2026" rather than a column of days.

use calendar::Window;
use jiff::ToSpan as _;
use kernel::{Lang, show_day};
use web::t;

/// What a turn is called within its year: a month, a quarter, a half, the year; or only by its days.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Called {
    Month(i8),
    Quarter(i8),
    Half(i8),
    Year,
    Days,
}

fn called(window: Window) -> Called {
    let (from, to) = (window.from, window.to);
    let months = to.month() - from.month() + 1;
    if from.day() != 1 || to != to.last_of_month() || from.year() != to.year() {
        return Called::Days;
    }
    match months {
        1 => Called::Month(from.month()),
        3 if from.month() % 3 == 1 => Called::Quarter((from.month() + 2) / 3),
        6 if from.month() % 6 == 1 => Called::Half((from.month() + 5) / 6),
        12 => Called::Year,
        _ => Called::Days,
    }
}

/// `1, 3–5` of the numbers of one year, in order.
fn runs(numbers: &[i8], write: impl Fn(i8) -> String) -> String {
    let mut runs: Vec<(i8, i8)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let each = runs.into_iter().map(|(first, last)| match last - first {
        0 => write(first),
        1 => format!("{}, {}", write(first), write(last)),
        _ => format!("{}–{}", write(first), write(last)),
    });
    each.collect::<Vec<_>>().join(", ")
}

fn roman(number: i8) -> String {
    ["I", "II", "III", "IV"].get(usize::try_from(number - 1).unwrap_or(0)).copied().unwrap_or_default().to_owned()
}

/// Turns in order of time; those that are called alike stand together.
pub(crate) fn told(lang: Lang, turns: &[Window]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = turns;
    while let Some(first) = rest.first() {
        let (kind, in_year) = (called(*first), first.from.year());
        let year = &in_year.to_string();
        let alike = |turn: &&Window| {
            std::mem::discriminant(&called(**turn)) == std::mem::discriminant(&kind) && turn.from.year() == in_year
        };
        let count = match kind {
            Called::Days => 1 + rest.windows(2).take_while(|pair| follows(pair[0], pair[1])).count(),
            _ => rest.iter().take_while(alike).count(),
        };
        let (group, after) = rest.split_at(count);
        rest = after;
        let numbers: Vec<i8> = group
            .iter()
            .map(|turn| match called(*turn) {
                Called::Month(number) | Called::Quarter(number) | Called::Half(number) => number,
                Called::Year | Called::Days => 0,
            })
            .collect();
        parts.push(match kind {
            Called::Month(_) => t!(lang, "figures.turns_months", list = runs(&numbers, |n| n.to_string()), year = year),
            Called::Quarter(_) => t!(lang, "figures.turns_quarters", list = runs(&numbers, roman), year = year),
            Called::Half(_) if numbers.len() > 1 => t!(lang, "figures.turns_halves", year = year),
            Called::Half(1) => t!(lang, "figures.turns_first_half", year = year),
            Called::Half(_) => t!(lang, "figures.turns_second_half", year = year),
            Called::Year => t!(lang, "figures.turns_year", year = year),
            Called::Days => {
                let (from, to) = (show_day(first.from), show_day(group.last().map_or(first.to, |last| last.to)));
                match count {
                    1 => t!(lang, "figures.turns_days", from = from, to = to),
                    _ => t!(lang, "figures.turns_many", count = count, from = from, to = to),
                }
            }
        });
    }
    parts.join("; ")
}

/// One turn ends on the day before the next begins, and neither has a name.
fn follows(one: Window, next: Window) -> bool {
    called(next) == Called::Days && one.to.checked_add(1.day()).is_ok_and(|day| day == next.from)
}
