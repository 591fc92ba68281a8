//! Windows of days, both ends inside, and their split into whole months and ragged edges.

use std::ops::Range;

use jiff::{ToSpan, civil::Date};
use kernel::{Day, Month, Refusal, day_number, month_number, show_day};
use serde::{Deserialize, Serialize};

/// Days from one to another, both inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends")]
pub struct Window {
    pub from: Day,
    pub to: Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    from: Day,
    to: Day,
}

impl TryFrom<Ends> for Window {
    type Error = Refusal;

    fn try_from(ends: Ends) -> Result<Self, Refusal> {
        Window::new(ends.from, ends.to)
    }
}

/// A window as the ledger reads it: whole months from its cells, edges from its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    pub months: Range<Month>,
    /// None, one or two windows, in order; a window without a whole month is one edge.
    pub edges: Vec<Window>,
}

impl Window {
    pub fn new(from: Day, to: Day) -> Result<Self, Refusal> {
        if from > to {
            return Err(Refusal::new("calendar.window_backwards")
                .with("from", show_day(from))
                .with("to", show_day(to)));
        }
        Ok(Self { from, to })
    }

    /// `A..B`, each day as people write it or ISO.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let Some((from, to)) = text.split_once("..") else {
            return Err(Refusal::new("calendar.window_unreadable").with("value", text.trim()));
        };
        Self::new(kernel::parse_day(from)?, kernel::parse_day(to)?)
    }

    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    pub fn days(&self) -> impl Iterator<Item = Day> + use<> {
        let to = self.to;
        std::iter::successors(Some(self.from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
    }

    /// How many days, never none.
    pub fn day_count(&self) -> i64 {
        day_number(self.to) - day_number(self.from) + 1
    }

    pub fn intersection(&self, other: &Window) -> Option<Window> {
        let (from, to) = (self.from.max(other.from), self.to.min(other.to));
        (from <= to).then_some(Window { from, to })
    }

    pub fn months_inside(&self) -> Split {
        let starts_whole = self.from.day() == 1;
        let ends_whole = self.to == self.to.last_of_month();
        let first = month_number(self.from) + i64::from(!starts_whole);
        let end = month_number(self.to) + i64::from(ends_whole);
        if first >= end {
            return Split { months: first..first, edges: vec![*self] };
        }
        let mut edges = Vec::new();
        if !starts_whole {
            edges.push(Window { from: self.from, to: self.from.last_of_month() });
        }
        if !ends_whole {
            edges.push(Window { from: self.to.first_of_month(), to: self.to });
        }
        Split { months: first..end, edges }
    }
}

/// A whole month as a window.
pub fn month_window(month: Month) -> Window {
    let from = first_day(month);
    Window { from, to: from.last_of_month() }
}

/// The first day of a month; months outside the years -9999 to 9999 stop at the end.
pub(crate) fn first_day(month: Month) -> Day {
    let year = i16::try_from(month.div_euclid(12)).unwrap_or(if month < 0 { i16::MIN } else { i16::MAX });
    let number = i8::try_from(month.rem_euclid(12) + 1).unwrap_or(1);
    Date::new(year, number, 1).unwrap_or(if year < 0 { Date::MIN } else { Date::MAX })
}

/// The corresponding day so many months on or back, else the last day of that month.
pub(crate) fn months_on(day: Day, months: i64) -> Day {
    day.saturating_add(months.months())
}
