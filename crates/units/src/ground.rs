//! Whose facts count for a unit: in the geography of then or of a date, over a window of days. Sums are conserved in each: a fact
//! counts at most once among the units of a level, and what no lower unit holds stays with the one above.

use std::collections::{BTreeSet, HashMap};

use kernel::{Day, Refusal};

use crate::{
    At, Holder, Kind, Level, Scope, Tree, Unit,
    tree::{NONE, View},
};

/// Under whom a fact counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Geography {
    /// Under the unit that held the ground on the fact's day (a stock: on the day of reading).
    Then,
    /// Under the holder on this date; `now` is today.
    At(Day),
}

impl Geography {
    /// `then`, `now` or a date.
    pub fn parse(text: &str, today: Day) -> Result<Self, Refusal> {
        match text.trim() {
            "then" => Ok(Geography::Then),
            "now" => Ok(Geography::At(today)),
            day => kernel::parse_day(day).map(Geography::At),
        }
    }
}

/// The units whose facts count for one unit over a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Stretches of days without gaps; `then` has several when the tree changed within the window.
    pub spans: Vec<Span>,
}

/// The units whose facts of these days count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// Keys of places and of bodies with a row, ascending.
    pub keys: Vec<i64>,
    /// Which slots of them: bit 0 the place itself; all bits when the unit is a place.
    pub slots: u64,
}

impl Span {
    pub fn holds(&self, unit: Unit) -> bool {
        self.slots >> unit.slot() & 1 == 1 && self.keys.binary_search(&unit.key()).is_ok()
    }

    /// The unit numbers as closed ranges, for a query: neighbours are joined.
    pub fn ranges(&self) -> Vec<(i64, i64)> {
        let mut ranges: Vec<(i64, i64)> = Vec::new();
        let mut push = |from: i64, to: i64| match ranges.last_mut() {
            Some(last) if last.1 + 1 == from => last.1 = to,
            _ => ranges.push((from, to)),
        };
        for &key in &self.keys {
            let unit = Unit::place(key);
            if self.slots == u64::MAX {
                push(unit.0, unit.body(63).0);
            } else {
                (0..64)
                    .filter(|slot| self.slots >> slot & 1 == 1)
                    .for_each(|slot| push(unit.body(slot).0, unit.body(slot).0));
            }
        }
        ranges
    }
}

impl Ground {
    pub fn holds(&self, unit: Unit, day: Day) -> bool {
        self.spans.iter().any(|span| span.from <= day && day <= span.to && span.holds(unit))
    }
}

/// A unit's stay within a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    pub unit: Unit,
    pub from: Day,
    /// The last day.
    pub to: Day,
}

/// How many levels a tree may have.
pub(crate) const LEVELS: usize = 8;

/// The units for which what lies at a place counts, at most one of each level.
#[derive(Clone, Copy, Debug)]
struct Steps {
    by_level: [u32; LEVELS],
    /// A body with a row of its own, below them.
    own: u32,
    /// Nobody below is known for certain.
    loose: bool,
}

impl Steps {
    fn lowest(&self) -> u32 {
        let lowest = self.by_level.iter().rev().copied().find(|place| *place != NONE);
        if self.own == NONE { lowest.unwrap_or(NONE) } else { self.own }
    }
}

/// Days between two changes of the tree.
#[derive(Debug)]
struct Told<'t> {
    from: Day,
    to: Day,
    at: At<'t>,
    /// By place in force.
    steps: Vec<Steps>,
}

/// For whom facts of a window count, worked out once for all units: ask it for each fact, or for the ground of each unit of a board.
#[derive(Debug)]
pub struct Telling<'t> {
    tree: &'t Tree,
    /// The tree in whose units it is told.
    last: At<'t>,
    told: Vec<Told<'t>>,
}

impl Tree {
    /// `last`: the day by whose units a `then` is told, as a rule the window's last. What ended before it goes to its holder then.
    pub fn telling(&self, (from, to): (Day, Day), geography: Geography, last: Day) -> Telling<'_> {
        match geography {
            Geography::At(date) => {
                let at = self.at(date);
                let told = Told { from, to, at, steps: self.steps(at.view, |place| (place, false)) };
                Telling { tree: self, last: at, told: vec![told] }
            }
            Geography::Then => {
                let last = self.at(last);
                let lasting = |place: u32| (last.view.holder[place as usize], last.view.loose[place as usize]);
                let told = self.stretches(from, to).into_iter().map(|(from, to)| {
                    let at = self.at(from);
                    Told { from, to, at, steps: self.steps_between(at.view, last.view, lasting) }
                });
                Telling { tree: self, last, told: told.collect() }
            }
        }
    }

    fn steps(&self, view: &View, stands_for: impl Fn(u32) -> (u32, bool)) -> Vec<Steps> {
        self.steps_between(view, view, stands_for)
    }

    /// From the top down, what stands for each place of `then` among the places of `now`. Only what is known for certain counts, and
    /// each level only once: a step hides those above it that are not of a higher level.
    fn steps_between(&self, then: &View, now: &View, stands_for: impl Fn(u32) -> (u32, bool)) -> Vec<Steps> {
        let top = Steps { by_level: [NONE; LEVELS], own: NONE, loose: false };
        let mut steps = vec![top; self.places.len()];
        for &place in &then.order {
            let parent = then.parent[place as usize];
            let mut here = if parent == NONE { top } else { steps[parent as usize] };
            let (unit, loose) = stands_for(place);
            let version = now.version.get(unit as usize).and_then(|version| self.versions.get(*version as usize));
            here.loose = true;
            if let Some(version) = version.filter(|_| !loose || parent == NONE) {
                here.loose = false;
                here.own = NONE;
                match version.kind {
                    Kind::Place(kind) => {
                        let level = usize::from(self.kinds.places[kind].level.0).min(LEVELS - 1);
                        here.by_level[level..].fill(NONE);
                        here.by_level[level] = unit;
                    }
                    Kind::Body(_) => here.own = unit,
                }
            }
            steps[place as usize] = here;
        }
        steps
    }

    /// Whose facts count for `target` over the window (both days in it). A place counts all that lies in it, bodies too; a body
    /// counts its own. `then` is told by the units of the window's last day, with what their predecessors did; for several units of
    /// one day make one [`Tree::telling`].
    pub fn ground(&self, target: Unit, window: (Day, Day), geography: Geography) -> Ground {
        self.telling(window, geography, self.last_day(target, window)).ground(target)
    }

    /// The window's last day, or the nearest one on which the target stood.
    pub fn last_day(&self, target: Unit, (_, to): (Day, Day)) -> Day {
        let versions = self.versions(target);
        let (Some(first), Some(last)) = (versions.first(), versions.last()) else { return to };
        let end = last.to.end().yesterday().unwrap_or(Day::MIN);
        to.min(end).max(first.from.start())
    }

    /// The window cut where the tree changes.
    pub(crate) fn stretches(&self, from: Day, to: Day) -> Vec<(Day, Day)> {
        if from > to {
            return Vec::new();
        }
        cut(from, to, self.days.iter().copied().filter(|day| from < *day && *day <= to))
    }

    /// The units of a scope that were in `place` at any time of the window, with their stays, by code. Told like a `then`: what lay
    /// in a predecessor of `place` was in it.
    pub fn valid_in(&self, place: Unit, window: (Day, Day), scope: &Scope) -> Vec<Stay> {
        let mut stays: Vec<Stay> = Vec::new();
        let mut open: HashMap<Unit, usize> = HashMap::new();
        let telling = self.telling(window, Geography::Then, self.last_day(place, window));
        let ends: BTreeSet<Day> = scope.bodies.iter().flat_map(|&body| self.kinds.bodies[body].turns()).collect();
        for told in &telling.told {
            // Kinds of body come and go within a stretch of the tree.
            let inner = ends.iter().copied().filter(|day| told.from < *day && *day <= told.to);
            for (from, to) in cut(told.from, told.to, inner) {
                let at = At { day: from, ..told.at };
                for unit in at.chosen(&at.view.order, scope) {
                    if !telling.chain(unit, from).0.contains(&place) {
                        continue;
                    }
                    match open.get(&unit).map(|known| &mut stays[*known]) {
                        Some(stay) if stay.to.tomorrow().ok() == Some(from) => stay.to = to,
                        _ => {
                            open.insert(unit, stays.len());
                            stays.push(Stay { unit, from, to });
                        }
                    }
                }
            }
        }
        stays.sort_by_cached_key(|stay| (self.at(stay.from).code(stay.unit), stay.from));
        stays
    }
}

/// A stretch of days in pieces, each beginning on one of `starts`.
fn cut(from: Day, to: Day, starts: impl Iterator<Item = Day>) -> Vec<(Day, Day)> {
    let starts: Vec<Day> = std::iter::once(from).chain(starts).collect();
    let ends = starts.iter().skip(1).map(|start| start.yesterday().unwrap_or(*start)).chain([to]);
    starts.iter().copied().zip(ends).collect()
}

impl Telling<'_> {
    fn find(&self, unit: Unit, day: Day) -> Option<(&Steps, bool)> {
        let after = self.told.partition_point(|told| told.from <= day);
        let told = self.told.get(after.saturating_sub(1))?;
        let place = self.tree.index(unit)? as usize;
        let steps = told.steps.get(told.at.view.holder[place] as usize)?;
        Some((steps, told.at.view.loose[place] || steps.loose))
    }

    /// The lowest unit for which a fact of `unit` on `day` counts; `loose` when a lower one is not known ("chưa phân về xã").
    pub fn lowest(&self, unit: Unit, day: Day) -> Holder {
        let Some((steps, loose)) = self.find(unit, day) else { return Holder { unit, loose: true } };
        match steps.lowest() {
            NONE => Holder { unit, loose: true },
            place => {
                let place = self.tree.unit(place);
                Holder { unit: place.body(self.last.slot_at(place, unit.slot())), loose }
            }
        }
    }

    /// The place of a level for which a fact counts; none when only a higher one is known to hold its ground.
    pub fn place(&self, unit: Unit, day: Day, level: Level) -> Option<Unit> {
        let place = *self.find(unit, day)?.0.by_level.get(usize::from(level.0))?;
        (place != NONE).then(|| self.tree.unit(place))
    }

    /// All units for which a fact of `unit` on `day` counts, from the lowest up to the nation, and whether the lowest is loose.
    pub fn chain(&self, unit: Unit, day: Day) -> (Vec<Unit>, bool) {
        let Holder { unit: lowest, loose } = self.lowest(unit, day);
        let Some((steps, _)) = self.find(unit, day) else { return (Vec::new(), true) };
        let places = std::iter::once(steps.own).chain(steps.by_level.iter().rev().copied());
        let mut chain: Vec<Unit> = places.filter(|place| *place != NONE).map(|place| self.tree.unit(place)).collect();
        if lowest.slot() != 0 {
            chain.insert(0, lowest);
        }
        (chain, loose)
    }

    /// The units whose facts count for `target`, a unit of the last day.
    pub fn ground(&self, target: Unit) -> Ground {
        let mut spans: Vec<Span> = Vec::new();
        let whole = target.slot() == 0;
        let same = |slot: &u8| self.last.slot_at(target.ground(), *slot) == target.slot();
        let slots = if whole { u64::MAX } else { (1..64).filter(same).fold(0, |bits, slot| bits | 1 << slot) };
        for told in &self.told {
            let keys = self.keys(told, target);
            match spans.last_mut() {
                Some(before) if before.keys == keys => before.to = told.to,
                _ => spans.push(Span { from: told.from, to: told.to, keys, slots }),
            }
        }
        Ground { spans }
    }

    fn keys(&self, told: &Told, target: Unit) -> Vec<i64> {
        let Some(wanted) = self.tree.index(target) else { return Vec::new() };
        let counts = |steps: &Steps| match target.slot() {
            0 => steps.own == wanted || steps.by_level.contains(&wanted),
            _ => steps.lowest() == wanted,
        };
        let places = self.tree.places.iter().zip(&told.at.view.holder);
        // Places stand in order of their keys.
        places
            .filter(|(_, held)| told.steps.get(**held as usize).is_some_and(counts))
            .map(|(place, _)| place.key)
            .collect()
    }
}
