//! Reporting regimes: which days a report means by a period (2021 → 15/12/2020–14/12/2021).

use kernel::{Day, Label, Refusal, month_number, show_day};
use serde::Deserialize;

use crate::{
    period::{Kind, Period},
    window::{Window, first_day},
};

/// A regime: every period starts, and so ends, so many months and days away from the calendar's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regime {
    pub id: String,
    pub label: Label,
    #[serde(default)]
    pub start: Start,
    /// The periods it knows; a span of days is always itself.
    #[serde(default = "all_kinds")]
    pub periods: Vec<Kind>,
    /// Days after the window up to which what happened in it may still be recorded.
    #[serde(default)]
    pub cut_off_days: u16,
    /// The limit that says when the report is due, counted from the window's last day.
    #[serde(default)]
    pub limit: Option<String>,
    #[serde(default)]
    pub article: Option<Label>,
    #[serde(default)]
    pub valid_from: Option<Day>,
    #[serde(default)]
    pub valid_to: Option<Day>,
    #[serde(default = "yes")]
    pub certain: bool,
    #[serde(default)]
    pub note: Option<Label>,
}

/// Where a period begins, seen from the calendar's: `{ month = -1, day = 15 }` is the 15th of the month before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Shift")]
pub struct Start {
    month: i8,
    day: i8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shift {
    #[serde(default)]
    month: i8,
    day: i8,
}

impl TryFrom<Shift> for Start {
    type Error = String;

    fn try_from(Shift { month, day }: Shift) -> Result<Self, String> {
        if !(1..=28).contains(&day) {
            return Err(format!("a period cannot start on day {day}: every month must have it, so 1 to 28"));
        }
        if !(-11..=11).contains(&month) {
            return Err(format!("a start {month} months away is another year: -11 to 11"));
        }
        Ok(Self { month, day })
    }
}

impl Default for Start {
    fn default() -> Self {
        Self { month: 0, day: 1 }
    }
}

impl Start {
    /// Where a period begins that the calendar begins on `day`, the first of a month.
    fn shift(self, day: Day) -> Day {
        let first = first_day(month_number(day) + i64::from(self.month));
        first.with().day(self.day).build().unwrap_or(first)
    }
}

fn all_kinds() -> Vec<Kind> {
    Kind::NAMED.to_vec()
}

fn yes() -> bool {
    true
}

impl Regime {
    pub(crate) fn in_force(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// The days that a report of this regime covers for a period.
    pub fn window(&self, period: Period) -> Result<Window, Refusal> {
        if period.kind() == Kind::Span {
            return Ok(period.window());
        }
        if !self.periods.contains(&period.kind()) {
            return Err(Refusal::new("calendar.period_not_in_regime").with("period", period).with("regime", &self.id));
        }
        Ok(self.shifted(period))
    }

    fn shifted(&self, period: Period) -> Window {
        let Window { from, to } = period.window();
        let next = self.start.shift(to.tomorrow().unwrap_or(to));
        Window { from: self.start.shift(from), to: next.yesterday().unwrap_or(next) }
    }

    /// From the start of the regime's year to the end of the period's window.
    pub fn cumulative(&self, period: Period) -> Result<Window, Refusal> {
        let to = self.window(period)?.to;
        let year = self.around(Kind::Year, to);
        Window::new(self.shifted(year).from, to)
    }

    /// The period of a kind whose window holds a day: under 15→14, 20/12/2021 lies in 2022. Of nine months, the year's.
    pub fn containing(&self, kind: Kind, day: Day) -> Result<Period, Refusal> {
        if kind == Kind::Span {
            return Ok(Period::containing(kind, day));
        }
        if !self.periods.contains(&kind) {
            let refusal = Refusal::new("calendar.period_not_in_regime");
            return Err(refusal.with("period", show_day(day)).with("regime", &self.id));
        }
        Ok(self.around(kind, day))
    }

    fn around(&self, kind: Kind, day: Day) -> Period {
        let begun = i64::from(day.day() >= self.start.day) - 1;
        Period::containing(kind, first_day(month_number(day) + begun - i64::from(self.start.month)))
    }

    /// The last day on which what is recorded still counts into a window.
    pub fn cut_off(&self, window: Window) -> Day {
        window.to.saturating_add(jiff::Span::new().days(i64::from(self.cut_off_days)))
    }
}
