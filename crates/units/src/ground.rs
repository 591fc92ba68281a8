//! Whose facts count for a unit: in the geography of then or of a date, over a window of days. Sums are conserved in each: a fact
//! counts at most once among the units of a level, and what no lower unit holds stays with the one above.

use std::collections::HashMap;

use kernel::{Day, Refusal};

use crate::{
    At, Holder, Level, Scope, Tree, Unit,
    tree::{Kind, NONE},
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

impl Tree {
    /// The units for which a fact of `unit` on `day` counts, from the lowest up to the nation, and whether the lowest is only known
    /// loosely. `last`: the day by whose units a `then` is told, the last of the period; what ended before goes to its holder then.
    pub fn chain(&self, unit: Unit, day: Day, geography: Geography, last: Day) -> (Vec<Unit>, bool) {
        let at = match geography {
            Geography::Then => self.at(day),
            Geography::At(date) => self.at(date),
        };
        let Holder { unit: held, loose } = at.holder(unit);
        let mut found: Vec<Unit> = Vec::new();
        let mut dropped = loose;
        for place in std::iter::successors(Some(held.ground()), |place| at.parent(*place)) {
            match geography {
                Geography::At(_) => found.push(place),
                Geography::Then => match self.lasting(place, last, found.last().copied()) {
                    Some(place) => found.push(place),
                    None => dropped |= found.is_empty(),
                },
            }
        }
        if let Some(lowest) = found.first_mut() {
            let now = match geography {
                Geography::Then => self.at(last),
                Geography::At(_) => at,
            };
            let body = lowest.body(now.slot_at(*lowest, unit.slot()));
            if body != *lowest {
                found.insert(0, body);
            }
        }
        (found, dropped)
    }

    /// Who stands for `place` on the last day: known for certain, and above what was found so far, so that no fact counts twice
    /// on one level.
    fn lasting(&self, place: Unit, last: Day, below: Option<Unit>) -> Option<Unit> {
        let at = self.at(last);
        let Holder { unit, loose } = at.holder(place);
        let rank = |unit: Unit| match at.version(unit)?.kind {
            Kind::Place(kind) => Some(self.kinds.places[kind].level),
            Kind::Body(_) => Some(Level(u8::MAX)),
        };
        let fits = below.is_none_or(|below| rank(unit) < rank(below));
        (fits && (!loose || at.parent(unit).is_none())).then_some(unit)
    }

    /// The lowest unit among `among` under which a fact of `unit` on `day` counts.
    pub fn counts_for(
        &self,
        unit: Unit,
        day: Day,
        geography: Geography,
        last: Day,
        among: &dyn Fn(Unit) -> bool,
    ) -> Option<Unit> {
        self.chain(unit, day, geography, last).0.into_iter().find(|unit| among(*unit))
    }

    /// Whose facts count for `target` over the window (both days in it). A place counts all that lies in it, bodies too; a body
    /// counts its own. `then` is told by the units of the window's last day, with what their predecessors did.
    pub fn ground(&self, target: Unit, window: (Day, Day), geography: Geography) -> Ground {
        let (from, to) = window;
        if let Geography::At(date) = geography {
            let (keys, slots) = self.members(target, date, geography, date);
            return Ground { spans: vec![Span { from, to, keys, slots }] };
        }
        let last = self.last_day(target, window);
        let mut spans: Vec<Span> = Vec::new();
        for (start, end) in self.stretches(from, to) {
            let (keys, slots) = self.members(target, start, geography, last);
            match spans.last_mut() {
                Some(before) if before.keys == keys && before.slots == slots => before.to = end,
                _ => spans.push(Span { from: start, to: end, keys, slots }),
            }
        }
        Ground { spans }
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
        let mut starts = vec![from];
        starts.extend(self.days.iter().copied().filter(|day| from < *day && *day <= to));
        let ends = starts.iter().skip(1).map(|start| start.yesterday().unwrap_or(*start)).chain([to]);
        if from > to { Vec::new() } else { starts.iter().copied().zip(ends).collect() }
    }

    fn members(&self, target: Unit, day: Day, geography: Geography, last: Day) -> (Vec<i64>, u64) {
        let at = match geography {
            Geography::Then => self.at(day),
            Geography::At(date) => self.at(date),
        };
        let whole = target.slot() == 0;
        let Some(wanted) = self.index(target) else { return (Vec::new(), 0) };
        let mut answer: HashMap<u32, bool> = HashMap::new();
        let mut keys = Vec::new();
        for (place, &held) in at.view.holder.iter().enumerate() {
            let yes = match geography {
                _ if held == NONE => false,
                Geography::At(_) if whole => at.lies(held, wanted),
                Geography::At(_) => held == wanted,
                Geography::Then => *answer.entry(held).or_insert_with(|| {
                    let (chain, _) = self.chain(self.unit(held), day, geography, last);
                    if whole { chain.contains(&target) } else { chain.first() == Some(&target.ground()) }
                }),
            };
            if yes {
                keys.push(self.places[place].key);
            }
        }
        keys.sort_unstable();
        let teller = self.at(if geography == Geography::Then { last } else { at.day });
        let same = |slot: &u8| teller.slot_at(target.ground(), *slot) == target.slot();
        let slots = if whole { u64::MAX } else { (1..64).filter(same).fold(0, |bits, slot| bits | 1 << slot) };
        (keys, slots)
    }

    /// The units of a scope that were in `place` at any time of the window, with their stays, by code. Told like a `then`: what lay
    /// in a predecessor of `place` was in it.
    pub fn valid_in(&self, place: Unit, window: (Day, Day), scope: &Scope) -> Vec<Stay> {
        let mut stays: Vec<Stay> = Vec::new();
        let mut open: HashMap<Unit, usize> = HashMap::new();
        let last = self.last_day(place, window);
        for (from, to) in self.stretches(window.0, window.1) {
            let at = self.at(from);
            for unit in at.chosen(&at.view.order, scope) {
                if !self.chain(unit, from, Geography::Then, last).0.contains(&place) {
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
        stays.sort_by_cached_key(|stay| (self.at(stay.from).code(stay.unit), stay.from));
        stays
    }
}

impl At<'_> {
    fn lies(&self, place: u32, whole: u32) -> bool {
        let (at, from, to) =
            (self.view.enter[place as usize], self.view.enter[whole as usize], self.view.exit[whole as usize]);
        at != NONE && from != NONE && from <= at && at < to
    }
}
