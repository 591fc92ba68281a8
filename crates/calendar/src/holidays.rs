//! Working days: weekends, public holidays, compensation days and swapped Saturdays by year, each confirmed or provisional.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Weekday;
use kernel::{Day, Label, day_number, number_day};
use serde::{Deserialize, Serialize};

use crate::{derivation::Reason, law::Flaw, window::Window};

/// Whether a year's days, or one day, have been decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Confirmed,
    Provisional,
}

/// One year's table, as a file of the pack holds it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    pub year: i16,
    /// The status of every day that no row of the year speaks of otherwise.
    pub status: Status,
    pub decision: Label,
    #[serde(default)]
    pub lunar: Option<Lunar>,
    #[serde(default)]
    pub off: Vec<DayOff>,
    #[serde(default)]
    pub worked: Vec<DayWorked>,
}

/// The days of the lunar calendar on which holidays depend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lunar {
    pub new_year: Day,
    pub hung_kings: Day,
}

/// Days off of a locality, beside the years of the nation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalDays {
    #[serde(default)]
    pub off: Vec<DayOff>,
}

/// Why a row's days are off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Holiday,
    /// A holiday fell on a weekend and is made up for.
    Compensation,
    /// A working day exchanged with a Saturday.
    Swap,
    Local,
}

/// A day off, or several in a row (`to`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOff {
    pub day: Day,
    #[serde(default)]
    pub to: Option<Day>,
    pub kind: Kind,
    /// What the day is called; a compensation is called after the holiday it makes up for.
    #[serde(default)]
    pub name: Option<Label>,
    /// The holiday made up for, or the Saturday worked instead.
    #[serde(default)]
    pub instead_of: Option<Day>,
    #[serde(default)]
    pub status: Option<Status>,
    #[serde(default)]
    pub decision: Option<Label>,
}

/// A Saturday (or Sunday) on which offices work.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayWorked {
    pub day: Day,
    /// The day off that it makes up for.
    pub instead_of: Day,
    #[serde(default)]
    pub status: Option<Status>,
    #[serde(default)]
    pub decision: Option<Label>,
}

/// What a day is that an office enters beside the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Holiday,
    Compensation,
    Local,
    /// A day on which offices work, whatever stood there.
    Worked,
    /// The plan of the day's whole year is confirmed as it stands.
    Year,
}

impl What {
    pub const ALL: [What; 5] = [What::Holiday, What::Compensation, What::Local, What::Worked, What::Year];

    pub fn as_str(self) -> &'static str {
        match self {
            What::Holiday => "holiday",
            What::Compensation => "compensation",
            What::Local => "local",
            What::Worked => "worked",
            What::Year => "year",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.as_str() == text)
    }
}

/// A day that an office entered: it stands over what the files say of that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    pub day: Day,
    pub what: What,
    pub name: Label,
    pub status: Status,
    pub decision: Label,
}

/// A day of a year's table as it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub day: Day,
    /// Why it is off; none when it is worked.
    pub off: Option<Reason>,
    pub status: Status,
    pub decision: Option<Label>,
    /// By an office, over the files.
    pub entered: bool,
}

/// What is known of the days of all years.
#[derive(Clone, Debug, Default)]
pub struct Holidays {
    years: BTreeMap<i16, (Status, Label)>,
    /// Days that a row speaks of.
    days: BTreeMap<Day, Listed>,
    /// The same by the files alone, where an office has entered days.
    files: Option<Arc<Holidays>>,
}

impl Holidays {
    /// Reads the years' files, each with its name for the flaws, and a locality's own days.
    pub fn read(files: &[(&str, &str)], local: &LocalDays) -> Result<Self, Vec<Flaw>> {
        let (mut years, mut flaws) = (Vec::new(), Vec::new());
        for (name, text) in files {
            match toml::from_str::<Year>(text) {
                Ok(year) => years.push(((*name).to_owned(), year)),
                Err(error) => flaws.push(Flaw::of(name, text, &error)),
            }
        }
        if flaws.is_empty() { Self::gather(&years, local) } else { Err(flaws) }
    }

    /// Puts years together that have been read, and checks them.
    pub fn gather(years: &[(String, Year)], local: &LocalDays) -> Result<Self, Vec<Flaw>> {
        let (mut holidays, mut flaws) = (Self::default(), Vec::new());
        for (name, year) in years {
            let wrong = holidays.lay(year);
            flaws.extend(wrong.into_iter().map(|what| Flaw { file: name.clone(), line: None, what }));
        }
        for row in &local.off {
            let (Kind::Local, Some(name), Some(window)) = (row.kind, &row.name, row.window()) else {
                let what =
                    format!("{}: a local day off is of the kind local, has a name and does not run backwards", row.day);
                flaws.push(Flaw { file: "local".to_owned(), line: None, what });
                continue;
            };
            for day in window.days() {
                let status = row.status.unwrap_or(Status::Confirmed);
                let off = Some(Reason::Local { name: name.clone() });
                let decision = row.decision.clone();
                holidays.days.entry(day).or_insert(Listed { day, off, status, decision, entered: false });
            }
        }
        if flaws.is_empty() { Ok(holidays) } else { Err(flaws) }
    }

    /// Takes a year in and says what is wrong with it.
    fn lay(&mut self, year: &Year) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.years.insert(year.year, (year.status, year.decision.clone())).is_some() {
            wrong.push(format!("the year {} stands in another file already", year.year));
        }
        for row in &year.off {
            let reason = match year.reason(row) {
                Ok(reason) => reason,
                Err(what) => {
                    wrong.push(what);
                    continue;
                }
            };
            for day in row.window().map_or_else(Vec::new, |window| window.days().collect()) {
                if day.year() != year.year {
                    wrong.push(format!("{day} is not a day of {}", year.year));
                }
                let (status, decision) = (row.status.unwrap_or(year.status), row.decision.clone());
                let listed = Listed { day, off: Some(reason.clone()), status, decision, entered: false };
                if self.days.insert(day, listed).is_some() {
                    wrong.push(format!("{day} is off twice"));
                }
            }
        }
        for row in &year.worked {
            if !is_weekend(row.day) {
                wrong.push(format!(
                    "{} is worked anyhow: only a day of the weekend can be a working day made up",
                    row.day
                ));
            }
            if !year.off.iter().any(|off| off.kind == Kind::Swap && off.day == row.instead_of) {
                wrong.push(format!("{} is worked for {}, which is not a swapped day off", row.day, row.instead_of));
            }
            let (status, decision) = (row.status.unwrap_or(year.status), row.decision.clone());
            let listed = Listed { day: row.day, off: None, status, decision, entered: false };
            if self.days.insert(row.day, listed).is_some() {
                wrong.push(format!("{} is both worked and off", row.day));
            }
        }
        if let Some(lunar) = year.lunar {
            let missing = [lunar.new_year, lunar.hung_kings].into_iter().filter(|day| self.reason(*day).is_none());
            wrong.extend(missing.map(|day| format!("{day} is a lunar holiday and stands in no row")));
        }
        wrong
    }

    /// The same files with what an office entered, in place of anything entered before. A confirmed year settles what its file left open;
    /// a day that was entered counts as it was entered.
    #[must_use]
    pub fn entering(&self, entered: &[Entered]) -> Self {
        let files = self.files.clone().unwrap_or_else(|| Arc::new(self.clone()));
        let mut holidays = Self { files: Some(files.clone()), ..(*files).clone() };
        for one in entered.iter().filter(|one| one.what == What::Year && one.status == Status::Confirmed) {
            let year = one.day.year();
            holidays.years.insert(year, (Status::Confirmed, one.decision.clone()));
            for row in holidays.days.values_mut().filter(|row| row.day.year() == year) {
                row.status = Status::Confirmed;
            }
        }
        for one in entered {
            let off = match one.what {
                What::Holiday => Some(Reason::Holiday { name: one.name.clone() }),
                What::Compensation => Some(Reason::Compensation { name: one.name.clone() }),
                What::Local => Some(Reason::Local { name: one.name.clone() }),
                What::Worked => None,
                What::Year => continue,
            };
            let decision = Some(one.decision.clone());
            holidays.days.insert(one.day, Listed { day: one.day, off, status: one.status, decision, entered: true });
        }
        holidays
    }

    /// The rows of a year, in the order of the calendar.
    pub fn listed(&self, year: i16) -> impl Iterator<Item = &Listed> {
        self.days.values().filter(move |row| row.day.year() == year)
    }

    /// What is known of a year as a whole, and by which decision; none without a table.
    pub fn year(&self, year: i16) -> Option<&(Status, Label)> {
        self.years.get(&year)
    }

    /// The years that have a table.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = i16> {
        self.years.keys().copied()
    }

    /// The days on which another calendar says otherwise: off or worked, why, or whether that is decided.
    pub fn differing(&self, other: &Self) -> BTreeSet<Day> {
        let mut years: BTreeSet<i16> = self.years.keys().chain(other.years.keys()).copied().collect();
        years.extend(self.days.keys().chain(other.days.keys()).map(|day| day.year()));
        let days = years.into_iter().filter_map(|year| {
            let window = Window { from: Day::new(year, 1, 1).ok()?, to: Day::new(year, 12, 31).ok()? };
            Some(window.days().collect::<Vec<_>>())
        });
        let differs = |day: &Day| self.reason(*day) != other.reason(*day) || self.certain(*day) != other.certain(*day);
        days.flatten().filter(differs).collect()
    }

    pub fn is_working(&self, day: Day) -> bool {
        match self.days.get(&day) {
            Some(row) => row.off.is_none(),
            None => !is_weekend(day),
        }
    }

    /// A Saturday or Sunday on which offices work.
    pub fn is_made_up(&self, day: Day) -> bool {
        is_weekend(day) && self.is_working(day)
    }

    /// Whether it has been decided that the day is worked or off: by its row, else by its year. A year without a table is not.
    pub fn certain(&self, day: Day) -> bool {
        let row = self.days.get(&day).map(|row| row.status);
        row.or_else(|| self.years.get(&day.year()).map(|(status, _)| *status)) == Some(Status::Confirmed)
    }

    /// Why a day is off; nothing for a working day.
    pub fn reason(&self, day: Day) -> Option<Reason> {
        match self.days.get(&day) {
            Some(row) => row.off.clone(),
            None => is_weekend(day).then_some(Reason::Weekend),
        }
    }

    /// The next working day at or after a day.
    pub fn working_day_from(&self, day: Day) -> Day {
        let days = std::iter::successors(Some(day), |day| day.tomorrow().ok());
        days.into_iter().find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// Working days after `from` up to and with `to`, negative when `to` lies before: what a badge says is left on the day `from`.
    pub fn working_days_between(&self, from: Day, to: Day) -> i64 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let Ok(first) = from.tomorrow() else {
            return 0;
        };
        if first > to {
            return 0;
        }
        let rows = self.days.range(first..=to);
        let moved: i64 = rows.map(|(day, row)| i64::from(row.off.is_none()) - i64::from(!is_weekend(*day))).sum();
        weekdays(Window { from: first, to }) + moved
    }
}

/// Mondays to Fridays in a window.
fn weekdays(window: Window) -> i64 {
    let weeks = window.day_count() / 7;
    let rest = Window { from: number_day(day_number(window.from) + weeks * 7), to: window.to };
    let rest: i64 = rest.days().map(|day| i64::from(!is_weekend(day))).sum();
    weeks * 5 + rest
}

pub fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

impl DayOff {
    fn window(&self) -> Option<Window> {
        Window::new(self.day, self.to.unwrap_or(self.day)).ok()
    }
}

impl Year {
    fn reason(&self, row: &DayOff) -> Result<Reason, String> {
        let day = row.day;
        if row.window().is_none() {
            return Err(format!("{day} to {} runs backwards", row.to.unwrap_or(day)));
        }
        match (row.kind, &row.name, row.instead_of) {
            (Kind::Holiday, Some(name), None) => Ok(Reason::Holiday { name: name.clone() }),
            (Kind::Local, Some(name), None) => Ok(Reason::Local { name: name.clone() }),
            (Kind::Compensation, None, Some(holiday)) => {
                if is_weekend(day) || !is_weekend(holiday) {
                    return Err(format!(
                        "{day} cannot make up for {holiday}: a weekday makes up for a day of the weekend"
                    ));
                }
                let made_up = self.off.iter().find(|off| {
                    off.kind == Kind::Holiday && off.window().is_some_and(|window| window.contains(holiday))
                });
                let name = made_up.and_then(|off| off.name.clone());
                name.map(|name| Reason::Compensation { name })
                    .ok_or_else(|| format!("{day} makes up for {holiday}, which is not a holiday of {}", self.year))
            }
            (Kind::Swap, None, Some(worked)) => {
                if !self.worked.iter().any(|row| row.day == worked && row.instead_of == day) {
                    return Err(format!("{day} is swapped with {worked}, which is not worked for it"));
                }
                Ok(Reason::Swap { worked })
            }
            (Kind::Holiday | Kind::Local, _, _) => Err(format!("{day}: a holiday has a name and stands for itself")),
            (Kind::Compensation | Kind::Swap, _, _) => {
                Err(format!("{day}: a compensation or a swap says instead of which day, and takes no name"))
            }
        }
    }
}
