//! The periods people name: `2021`, `2021-Q1`, `2021-H1`, `2021-9M`, `2021-05`, `2021-01-05..2021-03-02`.

use std::{fmt, str::FromStr};

use jiff::ToSpan;
use kernel::{Day, Label, Month, Refusal, month_number, show_day};
use serde::{Deserialize, Serialize};

use crate::window::{Window, first_day, months_on};

/// What kind of period; a regime and an outline say which they know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Month,
    Quarter,
    Half,
    NineMonths,
    Year,
    Span,
}

impl Kind {
    pub const NAMED: [Kind; 5] = [Kind::Month, Kind::Quarter, Kind::Half, Kind::NineMonths, Kind::Year];

    fn months(self) -> i64 {
        match self {
            Kind::Month => 1,
            Kind::Quarter => 3,
            Kind::Half => 6,
            Kind::NineMonths => 9,
            Kind::Year => 12,
            Kind::Span => 0,
        }
    }
}

/// A period with its calendar window; a [`crate::Regime`] may read it as other days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    kind: Kind,
    window: Window,
}

impl Period {
    pub fn year(year: i16) -> Self {
        Self::named(Kind::Year, i64::from(year) * 12)
    }

    pub fn span(window: Window) -> Self {
        Self { kind: Kind::Span, window }
    }

    /// The period of a kind in which a day lies; of nine months the year's, though the day be later. A span is that day.
    pub fn containing(kind: Kind, day: Day) -> Self {
        let month = month_number(day);
        let in_year = month.rem_euclid(12);
        match kind {
            Kind::Span => Self::span(Window { from: day, to: day }),
            Kind::NineMonths => Self::named(kind, month - in_year),
            _ => Self::named(kind, month - in_year.rem_euclid(kind.months())),
        }
    }

    fn named(kind: Kind, first: Month) -> Self {
        let from = first_day(first);
        Self { kind, window: Window { from, to: first_day(first + kind.months() - 1).last_of_month() } }
    }

    pub fn kind(self) -> Kind {
        self.kind
    }

    /// Its days by the calendar.
    pub fn window(self) -> Window {
        self.window
    }

    /// From 1 January of the year in which it ends, to its end.
    pub fn cumulative(self) -> Window {
        Window { from: self.window.to.first_of_year(), to: self.window.to }
    }

    /// From a term's first day to the period's end.
    pub fn since(self, start: Day) -> Result<Window, Refusal> {
        Window::new(start, self.window.to)
    }

    /// The same period of the year before.
    #[must_use]
    pub fn year_before(self) -> Self {
        if self.kind != Kind::Span {
            return Self::named(self.kind, month_number(self.window.from) - 12);
        }
        let Window { from, to } = self.window;
        let earlier = months_on(to, -12);
        let to = if to == to.last_of_month() { earlier.last_of_month() } else { earlier };
        Self::span(Window { from: months_on(from, -12), to })
    }

    /// The period before. Nine months follow those of the year before; a span follows one as long, in months where it is made of months.
    #[must_use]
    pub fn before(self) -> Self {
        self.moved(-1)
    }

    /// The period after.
    #[must_use]
    pub fn after(self) -> Self {
        self.moved(1)
    }

    fn moved(self, steps: i64) -> Self {
        let Window { from, to } = self.window;
        match self.kind {
            Kind::NineMonths => Self::named(self.kind, month_number(from) + 12 * steps),
            Kind::Span => {
                let next = to.tomorrow().unwrap_or(to);
                let months = month_number(next) - month_number(from);
                let whole = months > 0 && next.day() == from.day();
                let shift = |day| {
                    if whole { months_on(day, months * steps) } else { days_on(day, self.window.day_count() * steps) }
                };
                Self::span(Window { from: shift(from), to: days_on(shift(next), -1) })
            }
            _ => Self::named(self.kind, month_number(from) + self.kind.months() * steps),
        }
    }

    /// How a sentence names it: "quý I năm 2021", "từ 15/12/2020 đến 14/12/2021".
    pub fn label(self) -> Label {
        let Window { from, to } = self.window;
        let (year, month) = (from.year(), from.month());
        let (vi, en) = match self.kind {
            Kind::Year => (format!("năm {year}"), year.to_string()),
            Kind::Half if month == 1 => (format!("6 tháng đầu năm {year}"), format!("first half of {year}")),
            Kind::Half => (format!("6 tháng cuối năm {year}"), format!("second half of {year}")),
            Kind::NineMonths => (format!("9 tháng năm {year}"), format!("first nine months of {year}")),
            Kind::Quarter => {
                let quarter = usize::from(month.unsigned_abs() - 1) / 3;
                let roman = ["I", "II", "III", "IV"][quarter];
                let ordinal = ["first", "second", "third", "fourth"][quarter];
                (format!("quý {roman} năm {year}"), format!("{ordinal} quarter of {year}"))
            }
            Kind::Month => (format!("tháng {month} năm {year}"), format!("{} {year}", from.strftime("%B"))),
            Kind::Span if from == to => (format!("ngày {}", show_day(from)), show_day(from)),
            Kind::Span => (
                format!("từ {} đến {}", show_day(from), show_day(to)),
                format!("{} to {}", show_day(from), show_day(to)),
            ),
        };
        Label { vi, en: Some(en) }
    }
}

fn days_on(day: Day, days: i64) -> Day {
    day.saturating_add(days.days())
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Window { from, to } = self.window;
        let (year, month) = (from.year(), from.month());
        match self.kind {
            Kind::Year => write!(f, "{year:04}"),
            Kind::Half => write!(f, "{year:04}-H{}", (month + 5) / 6),
            Kind::NineMonths => write!(f, "{year:04}-9M"),
            Kind::Quarter => write!(f, "{year:04}-Q{}", (month + 2) / 3),
            Kind::Month => write!(f, "{year:04}-{month:02}"),
            Kind::Span => write!(f, "{from}..{to}"),
        }
    }
}

impl FromStr for Period {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let refuse = || Refusal::new("calendar.period_unreadable").with("value", text);
        if text.contains("..") {
            return Window::parse(text).map(Self::span);
        }
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        if year.len() != 4 || !year.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(refuse());
        }
        let january = year.parse::<i64>().map_err(|_| refuse())? * 12;
        let Some(part) = part else {
            return Ok(Self::named(Kind::Year, january));
        };
        let part = part.to_ascii_uppercase();
        let (kind, number) = if part == "9M" {
            (Kind::NineMonths, 1)
        } else if let Some(half) = part.strip_prefix('H') {
            (Kind::Half, number_of(half, 1, 2).ok_or_else(refuse)?)
        } else if let Some(quarter) = part.strip_prefix('Q') {
            (Kind::Quarter, number_of(quarter, 1, 4).ok_or_else(refuse)?)
        } else {
            (Kind::Month, number_of(&part, 2, 12).ok_or_else(refuse)?)
        };
        Ok(Self::named(kind, january + (number - 1) * kind.months()))
    }
}

/// A number from 1 to `most`, written with exactly so many digits.
fn number_of(text: &str, digits: usize, most: i64) -> Option<i64> {
    let plain = text.len() == digits && text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|number| plain && (1..=most).contains(number))
}

impl TryFrom<String> for Period {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}
