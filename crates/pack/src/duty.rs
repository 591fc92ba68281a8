//! Duties of heads: what the holder of a post must do, how often, by which rule, and the figure that counts it. Beside them what bodies
//! keep each year between two days.

use calendar::{Kind, Period, Window};
use jiff::ToSpan;
use kernel::{Day, Label};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One file under `duties/`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyFile {
    #[serde(default, rename = "duty")]
    pub duties: Vec<Duty>,
    #[serde(default)]
    pub yearly: Vec<Yearly>,
}

/// Something that bodies keep each year between two days: a study, a day of tradition.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Yearly {
    pub id: String,
    pub label: Label,
    /// Kinds of body (`kinds.toml`); at a place the first of them that stands.
    pub bodies: Vec<String>,
    /// At places of these levels.
    pub levels: Vec<String>,
    /// From this day of the year, `10-01`, and by that one, `10-15`.
    pub from: YearDay,
    pub by: YearDay,
    /// Counts that it was kept, in the book of any body at the place; its register is where it is written down.
    pub figure: String,
    pub basis: String,
    /// The rule was not read in its own text: shown beside it.
    #[serde(default)]
    pub uncertain: bool,
    /// First and last year of the rule.
    #[serde(default)]
    pub first_year: Option<i16>,
    #[serde(default)]
    pub last_year: Option<i16>,
    #[serde(default)]
    pub drop: bool,
}

impl Yearly {
    /// Its days in a year; none where the rule does not stand.
    pub fn window(&self, year: i16) -> Option<Window> {
        let stands =
            self.first_year.is_none_or(|first| first <= year) && self.last_year.is_none_or(|last| year <= last);
        let (from, to) = (self.from.of(year)?, self.by.of(year)?);
        (stands && from <= to).then_some(Window { from, to })
    }
}

/// A day of any year: `10-15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct YearDay {
    month: i8,
    day: i8,
}

impl YearDay {
    pub fn of(self, year: i16) -> Option<Day> {
        Day::new(year, self.month, self.day).ok()
    }
}

impl TryFrom<String> for YearDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        let found = parts.map(|(month, day)| Self { month, day });
        // The 29th of February is no day of every year.
        found.filter(|day| day.of(2023).is_some()).ok_or_else(|| format!("{text}: MM-DD"))
    }
}

impl From<YearDay> for String {
    fn from(day: YearDay) -> Self {
        format!("{:02}-{:02}", day.month, day.day)
    }
}

/// Something that the holder of a post owes, so often.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    pub id: String,
    pub label: Label,
    /// Ids of posts (`kinds.toml`).
    pub posts: Vec<String>,
    /// Of bodies at these levels; without, at any.
    #[serde(default)]
    pub levels: Vec<String>,
    pub every: Every,
    /// So often in each of them.
    #[serde(default = "once")]
    pub times: u32,
    /// Counts what was done in person: a figure whose subject is a post.
    pub figure: String,
    /// Counts what a deputy did instead: shown, and not counted as done.
    #[serde(default)]
    pub delegated: Option<String>,
    /// The article that asks for it.
    pub basis: String,
    /// The rule was not read in its own text, or its amendment was not: shown beside it.
    #[serde(default)]
    pub uncertain: bool,
    /// First and last day on which the rule stands.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub valid_from: Option<Day>,
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub valid_to: Option<Day>,
    #[serde(default)]
    pub drop: bool,
}

fn once() -> u32 {
    1
}

/// How long one turn of a duty lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    Week,
    Month,
    Quarter,
    Half,
    Year,
}

impl Every {
    pub fn name(self) -> &'static str {
        match self {
            Every::Week => "week",
            Every::Month => "month",
            Every::Quarter => "quarter",
            Every::Half => "half",
            Every::Year => "year",
        }
    }

    /// The turn in which a day lies. A week begins on Monday.
    pub fn around(self, day: Day) -> Window {
        let kind = match self {
            Every::Week => {
                let from = day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
                return Window { from, to: from.saturating_add(6.days()) };
            }
            Every::Month => Kind::Month,
            Every::Quarter => Kind::Quarter,
            Every::Half => Kind::Half,
            Every::Year => Kind::Year,
        };
        Period::containing(kind, day).window()
    }
}

impl Duty {
    /// The turns that end within a window while the rule stands. A turn is owed whole or not at all: one that the rule, or the window,
    /// does not hold to its last day is not counted here.
    pub fn turns(&self, within: Window) -> Vec<Window> {
        let mut turns = Vec::new();
        let mut day = within.from;
        while day <= within.to {
            let turn = self.every.around(day);
            let begun = self.valid_from.is_none_or(|from| from <= turn.from);
            let stands = self.valid_to.is_none_or(|to| turn.to <= to);
            if turn.to <= within.to && begun && stands {
                turns.push(turn);
            }
            let Ok(next) = turn.to.tomorrow() else { break };
            day = next;
        }
        turns
    }
}
