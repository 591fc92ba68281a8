//! Who holds a unit's ground on a day, and what became of a unit.

use kernel::{Day, Refusal};

use crate::{
    At, Superior, Tree, Unit,
    tree::{NONE, Place},
};

/// Who holds a unit's ground on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub unit: Unit,
    /// Not known more closely: the holder of the place above answers, shown as "chưa phân về xã".
    pub loose: bool,
}

/// One successor, or one predecessor, of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    pub unit: Unit,
    pub day: Day,
    pub main: bool,
    pub rule: String,
}

/// What became of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Became {
    /// The first day on which it is no more; none while it stands.
    pub ended: Option<Day>,
    /// The day is known, not only two states around it.
    pub certain: bool,
    pub successors: Vec<Successor>,
}

/// Works out who holds what on one day, each place once.
pub(crate) struct Reach<'t> {
    tree: &'t Tree,
    day: Day,
    version: &'t [u32],
    holder: Vec<u32>,
    loose: Vec<bool>,
    /// The way up on this day; empty until the tree of the day stands.
    above: &'t [u32],
}

/// Being worked out: meeting it again means that the rows run in a circle.
const OPEN: u32 = NONE - 1;

impl<'t> Reach<'t> {
    pub(crate) fn new(tree: &'t Tree, day: Day, version: &'t [u32]) -> Self {
        let count = version.len();
        Self { tree, day, version, holder: vec![NONE; count], loose: vec![false; count], above: &[] }
    }

    pub(crate) fn finish(mut self, above: &'t [u32]) -> (Vec<u32>, Vec<bool>) {
        self.above = above;
        for place in (0..).take(self.version.len()) {
            self.follow(place);
        }
        (self.holder, self.loose)
    }

    pub(crate) fn follow(&mut self, place: u32) -> u32 {
        let at = place as usize;
        if self.holder[at] != NONE {
            return if self.holder[at] == OPEN { NONE } else { self.holder[at] };
        }
        if self.version[at] != NONE {
            self.holder[at] = place;
            return place;
        }
        self.holder[at] = OPEN;
        let tree = self.tree;
        let versions = tree.history(place);
        let started = versions.first().is_some_and(|version| version.from.start() <= self.day);
        let (found, loose) = if started { self.forward(&tree.places[at]) } else { self.backward(&tree.places[at]) };
        let (found, loose) = match found {
            NONE => {
                let past = versions.iter().rev().find(|version| version.from.start() <= self.day);
                let parent = past.or(versions.first()).map_or(NONE, |version| version.parent);
                (if parent == NONE { self.tree.top } else { self.follow(parent) }, true)
            }
            found => (found, loose),
        };
        let found = if found == NONE { self.tree.top } else { found };
        (self.holder[at], self.loose[at]) = (found, loose);
        found
    }

    /// To the successor: the only one, or the main one of several.
    fn forward(&mut self, place: &'t Place) -> (u32, bool) {
        let heirs: Vec<_> = place.after.iter().filter(|link| link.day <= self.day).collect();
        let heir = match (heirs.iter().find(|link| link.main), heirs.as_slice()) {
            (Some(main), _) => main,
            (None, [only]) => only,
            _ => return (NONE, true),
        };
        let started = self.tree.history(heir.other).first().is_some_and(|version| version.from.start() <= self.day);
        if !started {
            return (NONE, true);
        }
        (self.follow(heir.other), self.loose[heir.other as usize])
    }

    /// To the predecessor, or to the smallest place that held the ground of all of them.
    fn backward(&mut self, place: &'t Place) -> (u32, bool) {
        match place.before.as_slice() {
            [] => (NONE, true),
            [only] => (self.follow(only.other), self.loose[only.other as usize]),
            several => {
                let holders: Vec<u32> = several.iter().map(|link| self.follow(link.other)).collect();
                let common = holders.into_iter().reduce(|a, b| self.common(a, b));
                (common.unwrap_or(NONE), true)
            }
        }
    }

    fn common(&self, a: u32, b: u32) -> u32 {
        if a == b {
            return a;
        }
        let up = |place: u32| {
            std::iter::successors(Some(place).filter(|&place| place != NONE), |&place| {
                self.above.get(place as usize).copied().filter(|&parent| parent != NONE)
            })
        };
        up(a).find(|place| up(b).any(|other| other == *place)).unwrap_or(NONE)
    }
}

impl At<'_> {
    /// Who holds the unit's ground on this day; a standard body's work goes to the same kind there, its heir, or its superior.
    /// A unit that the tree does not know is its own holder.
    pub fn holder(&self, unit: Unit) -> Holder {
        let Some(place) = self.tree.index(unit) else { return Holder { unit, loose: true } };
        let held = self.view.holder[place as usize];
        if held == NONE {
            return Holder { unit, loose: true };
        }
        let home = self.tree.unit(held);
        Holder { unit: home.body(self.slot_at(home, unit.slot())), loose: self.view.loose[place as usize] }
    }

    /// The slot that goes on at `place` with the work of `slot`.
    pub(crate) fn slot_at(&self, place: Unit, slot: u8) -> u8 {
        let kinds = &self.tree.kinds;
        let Some(level) = self.version(place).and_then(|version| self.tree.level_of(version)) else { return 0 };
        let mut wanted = if slot == 0 { None } else { kinds.in_slot(slot) };
        // Each turn leaves one kind behind; more turns than kinds would be a circle.
        for _ in 0..=kinds.bodies.len() {
            let Some(kind) = wanted else { return 0 };
            let body = &kinds.bodies[kind];
            if body.stands(level, self.day) {
                return body.slot.unwrap_or(0);
            }
            let not_yet = body.from.is_some_and(|from| self.day < from);
            let forerunner =
                kinds.bodies.iter().position(|other| other.heir == Some(kind) && other.stands(level, self.day));
            wanted = match (&body.heir, &body.superior) {
                _ if not_yet && forerunner.is_some() => forerunner,
                (Some(heir), _) if !body.valid(self.day) && !not_yet => Some(*heir),
                (_, Superior::Body(superior)) => Some(*superior),
                (_, Superior::Parent) => None,
            };
        }
        0
    }
}

impl Tree {
    /// Who holds the unit's ground on a day.
    pub fn holder(&self, unit: Unit, day: Day) -> Holder {
        self.at(day).holder(unit)
    }

    /// Whether and when the unit ended, and to whom its ground went.
    pub fn what_became(&self, unit: Unit) -> Became {
        let Some(place) = self.index(unit) else {
            return Became { ended: None, certain: false, successors: Vec::new() };
        };
        let edge = self.history(place).last().map_or(crate::Edge::Open, |version| version.to);
        let ended = Some(edge.end()).filter(|end| *end != Day::MAX);
        let successors = self.links(&self.places[place as usize].after, unit);
        Became { ended, certain: edge.certain(), successors }
    }

    /// The units whose ground, or a part of it, came to this one.
    pub fn origins(&self, unit: Unit) -> Vec<Successor> {
        self.index(unit).map_or_else(Vec::new, |place| self.links(&self.places[place as usize].before, unit))
    }

    fn links(&self, links: &[crate::tree::Link], unit: Unit) -> Vec<Successor> {
        let seen = |link: &crate::tree::Link| Successor {
            unit: self.unit(link.other).body(unit.slot()),
            day: link.day,
            main: link.main,
            rule: link.rule.to_string(),
        };
        links.iter().map(seen).collect()
    }

    /// May a record of this day stand at this unit? What is only known to lie between two states is allowed on both sides.
    pub fn may_hold(&self, unit: Unit, day: Day) -> bool {
        let (Some(place), slot) = (self.index(unit), unit.slot()) else { return false };
        let fits = |version: &crate::Version| {
            let kind = self.kinds.in_slot(slot);
            slot == 0
                || self
                    .level_of(version)
                    .zip(kind)
                    .is_some_and(|(level, kind)| self.kinds.bodies[kind].stands(level, day))
        };
        self.history(place).iter().any(|version| version.may_hold(day) && fits(version))
    }

    /// Refuses a unit that was not there on the day, and names those that were.
    pub fn valid_on(&self, unit: Unit, day: Day) -> Result<(), Refusal> {
        if self.may_hold(unit, day) {
            return Ok(());
        }
        let at = self.at(day);
        let were = self.who_were(unit, day);
        let were: Vec<String> = were.iter().map(|unit| at.with_code(*unit)).collect();
        let refusal = Refusal::new("units.not_valid_then").with("unit", self.last_name(unit));
        Err(refusal.with("day", kernel::show_day(day)).with("were", were.join("; ")))
    }

    /// The units in force on a day on the ground of `unit`: itself, those that it came from or went to, else who holds it.
    pub fn who_were(&self, unit: Unit, day: Day) -> Vec<Unit> {
        let at = self.at(day);
        let mut found = Vec::new();
        let mut waiting: Vec<u32> = self.index(unit).into_iter().collect();
        let mut seen = std::collections::HashSet::new();
        while let Some(place) = waiting.pop() {
            if !seen.insert(place) {
                continue;
            }
            let versions = self.history(place);
            let body = self.unit(place).body(unit.slot());
            if at.exists(body) {
                found.push(body);
            } else if versions.first().is_some_and(|version| day < version.from.start()) {
                waiting.extend(self.places[place as usize].before.iter().map(|link| link.other));
            } else if versions.last().is_some_and(|version| version.to.end() <= day) {
                waiting.extend(self.places[place as usize].after.iter().map(|link| link.other));
            }
        }
        if found.is_empty() {
            found.push(at.holder(unit).unit);
        }
        found.sort_by_key(|unit| at.code(*unit));
        found
    }
}
