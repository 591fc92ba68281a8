//! Scoring by criteria: what a sheet of points comes to. Points are hundredths; no record, no database.

mod round;
mod sheet;
mod shown;
mod writing;

use std::collections::{BTreeMap, HashMap};

use kernel::number::parse_amount;

pub use self::sheet::Scoring;
pub(crate) use self::{
    round::{Round, Scored},
    shown::told,
};
use crate::ratio::Ratio;

/// Decimals of a point.
pub(crate) const PLACES: u32 = 2;
const ONE: i64 = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Regular,
    Bonus,
    Penalty,
    /// Where it applies, the total stays under its cap.
    Ceiling,
    /// Where it applies, the unit is not graded at all.
    Bar,
}

impl Kind {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "regular" => Self::Regular,
            "bonus" => Self::Bonus,
            "penalty" => Self::Penalty,
            "ceiling" => Self::Ceiling,
            "bar" => Self::Bar,
            _ => return None,
        })
    }

    /// It is answered by yes or no, not by points.
    pub(crate) fn is_condition(self) -> bool {
        matches!(self, Self::Ceiling | Self::Bar)
    }
}

/// How a value gives points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The full points at `goal` (hundredths), less in proportion.
    Share { goal: i64 },
    /// The full points for anything at all.
    Done,
    /// The points of the highest band reached: value and points, hundredths both.
    Steps(Vec<(i64, i64)>),
    /// So many points for each.
    Each(i64),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Criterion {
    pub(crate) code: String,
    pub(crate) text: String,
    pub(crate) group: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) full: i64,
    /// It may be declared as not having arisen: the rest is then rescaled.
    pub(crate) optional: bool,
    pub(crate) cap: Option<i64>,
    /// The body that reviews it, where that is not the reviewer of all.
    pub(crate) reviewer: Option<i64>,
    /// The figure that is its evidence.
    pub(crate) figure: Option<String>,
    pub(crate) rule: Option<Rule>,
}

/// A set of criteria.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scale {
    pub(crate) criteria: Vec<Criterion>,
    /// The most that a group's criteria give together.
    pub(crate) groups: BTreeMap<String, i64>,
    /// What the regular criteria come to, all of them.
    pub(crate) full: i64,
    pub(crate) bonus_cap: Option<i64>,
    /// What nobody gets more than, bonus points included.
    pub(crate) cap: i64,
    /// From how many points on, best first.
    pub(crate) grades: Vec<(&'static str, i64)>,
}

/// What was said of one criterion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) points: Option<i64>,
    /// Nothing of the kind arose.
    pub(crate) none: bool,
    /// The condition holds against the unit.
    pub(crate) applies: bool,
}

/// What a sheet comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Points of the regular criteria, groups capped, as they were given.
    pub(crate) given: i64,
    /// Of so many that could be had.
    pub(crate) of: i64,
    /// The same on the full scale.
    pub(crate) rescaled: i64,
    pub(crate) bonus: i64,
    pub(crate) penalty: i64,
    pub(crate) total: i64,
    /// The conditions that capped it.
    pub(crate) capped_by: Vec<String>,
    /// The conditions for which the unit is not graded.
    pub(crate) barred_by: Vec<String>,
    /// Criteria of which nothing was said.
    pub(crate) unmarked: Vec<String>,
}

impl Scale {
    pub(crate) fn criterion(&self, code: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|one| one.code == code)
    }

    /// What the regular criteria come to by themselves: what `full` must be.
    pub(crate) fn sum(&self) -> i64 {
        self.summed(|one| Some(one.full))
    }

    /// Over the regular criteria, each group up to its cap.
    fn summed(&self, points: impl Fn(&Criterion) -> Option<i64>) -> i64 {
        let mut by_group: BTreeMap<&str, i64> = BTreeMap::new();
        let mut alone = 0;
        for one in self.criteria.iter().filter(|one| one.kind == Kind::Regular) {
            let Some(points) = points(one) else { continue };
            match &one.group {
                Some(group) => *by_group.entry(group).or_default() += points,
                None => alone += points,
            }
        }
        let capped = |(group, sum): (&str, i64)| self.groups.get(group).map_or(sum, |cap| sum.min(*cap));
        alone + by_group.into_iter().map(capped).sum::<i64>()
    }

    /// What the marks come to. What did not arise falls out on both sides, and the rest is told on the full scale.
    pub(crate) fn total(&self, marks: &HashMap<String, Mark>) -> Outcome {
        let mark = |one: &Criterion| marks.get(&one.code).copied().unwrap_or_default();
        let given = |one: &Criterion| mark(one).points.unwrap_or_default().clamp(0, one.full);
        let arose = |one: &Criterion| !(one.optional && mark(one).none);
        let of_kind = |kind: Kind| self.criteria.iter().filter(move |one| one.kind == kind);
        let codes = |kind: Kind| of_kind(kind).filter(|one| mark(one).applies).map(|one| one.code.clone()).collect();
        let regular = self.summed(|one| arose(one).then(|| given(one)));
        let of = self.summed(|one| arose(one).then_some(one.full));
        let rescaled = Ratio::new(i128::from(regular) * i128::from(self.full), of.into())
            .map_or(0, |points| points.rounded(0, false));
        let bonus: i64 = of_kind(Kind::Bonus).map(given).sum();
        let bonus = self.bonus_cap.map_or(bonus, |cap| bonus.min(cap));
        let penalty: i64 = of_kind(Kind::Penalty).map(given).sum();
        let ceilings = of_kind(Kind::Ceiling).filter(|one| mark(one).applies).filter_map(|one| one.cap);
        let cap = ceilings.fold(self.cap, i64::min).max(0);
        let silent = |one: &&Criterion| mark(one).points.is_none() && arose(one) && one.kind == Kind::Regular;
        Outcome {
            given: regular,
            of,
            rescaled,
            bonus,
            penalty,
            total: (rescaled + bonus - penalty).clamp(0, cap),
            capped_by: codes(Kind::Ceiling),
            barred_by: codes(Kind::Bar),
            unmarked: self.criteria.iter().filter(silent).map(|one| one.code.clone()).collect(),
        }
    }

    /// The grade of a total; below the last none has a name of its own.
    pub(crate) fn grade(&self, total: i64) -> Option<&'static str> {
        if self.grades.is_empty() {
            return None;
        }
        let reached = self.grades.iter().find(|(_, from)| total >= *from);
        Some(reached.map_or("weak", |(grade, _)| grade))
    }
}

impl Criterion {
    /// The points that a value would give, where the criterion says how.
    pub(crate) fn proposed(&self, value: Ratio) -> Option<i64> {
        let points = match self.rule.as_ref()? {
            Rule::Share { goal } => {
                let part = value.times(Ratio::whole(self.full)).times(Ratio::whole(ONE)).by(Ratio::whole(*goal))?;
                part.rounded(0, false)
            }
            Rule::Done => {
                if value.rounded(PLACES, true) > 0 {
                    self.full
                } else {
                    0
                }
            }
            Rule::Steps(bands) => {
                let reached = bands.iter().filter(|(from, _)| value.times(Ratio::whole(ONE)).rounded(0, true) >= *from);
                reached.map(|(_, points)| *points).max().unwrap_or_default()
            }
            Rule::Each(points) => value.times(Ratio::whole(*points)).rounded(0, false),
        };
        Some(points.clamp(0, self.full))
    }
}

/// `90=10; 80=8; 50=5`: from so much on, so many points. None where it cannot be read.
pub(crate) fn bands(text: &str) -> Option<Vec<(i64, i64)>> {
    let one = |band: &str| {
        let (from, points) = band.split_once('=')?;
        Some((parse_amount(from, PLACES).ok()?, parse_amount(points, PLACES).ok()?))
    };
    let all: Option<Vec<(i64, i64)>> =
        text.split(';').map(str::trim).filter(|band| !band.is_empty()).map(one).collect();
    all.filter(|bands| !bands.is_empty())
}

/// Places in a cluster by falling total: equals share the better one, and the next is counted on.
pub(crate) fn ranks(totals: &[Option<i64>]) -> Vec<Option<usize>> {
    let better = |own: i64| totals.iter().flatten().filter(|other| **other > own).count();
    totals.iter().map(|total| total.map(|own| better(own) + 1)).collect()
}
