//! Civil days. Rules see days only; an instant becomes a day at the edge, by the clock of Vietnam (UTC+7, no summer time).

use jiff::{Timestamp, civil::Date, tz::Offset};

use crate::Refusal;

/// A civil day.
pub type Day = Date;

/// Months since January of year 0, so that months can be counted and compared.
pub type Month = i64;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days since 1/1/1970: how a day stands in the database.
pub fn day_number(day: Day) -> i64 {
    i64::from((day - EPOCH).get_days())
}

/// The day of a number made by [`day_number`]; days outside the years -9999 to 9999 stop at the end.
pub fn number_day(number: i64) -> Day {
    let span = jiff::Span::new().try_days(number);
    span.and_then(|span| EPOCH.checked_add(span)).unwrap_or(if number < 0 { Date::MIN } else { Date::MAX })
}

/// The month of a day, as one number.
pub fn month_number(day: Day) -> Month {
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

/// The civil day in Vietnam at an instant.
pub fn civil_day(instant: Timestamp) -> Day {
    Offset::constant(7).to_datetime(instant).date()
}

/// Reads a day as people write it: `31/12/2021`, `1-5-2021`, `1.5.2021`, or ISO `2021-12-31`.
pub fn parse_day(text: &str) -> Result<Day, Refusal> {
    let refuse = |key| Err(Refusal::new(key).with("value", text.trim()));
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).map(str::trim).collect();
    let [a, b, c] = parts.as_slice() else {
        return refuse("day.unreadable");
    };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    if year.len() != 4 {
        return refuse("day.unreadable");
    }
    match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).or_else(|_| refuse("day.not_in_calendar")),
        _ => refuse("day.unreadable"),
    }
}

/// A day as people read it: `05/08/2026`.
pub fn show_day(day: Day) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}
