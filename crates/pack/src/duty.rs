//! Duties of heads: what the holder of a post must do, how often, by which rule, and the figure that counts it.

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
