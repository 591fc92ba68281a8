//! The tree as an immutable snapshot: built once from rows, asked as of a day.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, OnceLock},
};

use kernel::{Day, Refusal, Refused};

use crate::{At, Edge, Kinds, Level, Rows, Unit, VersionRow, holder::Reach};

/// "None" among indices of places and versions.
pub(crate) const NONE: u32 = u32::MAX;

/// The kind of a unit: of place, or of body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Place(usize),
    Body(usize),
}

/// What a place, or a body with a row of its own, was for a time.
#[derive(Clone, Debug)]
pub struct Version {
    pub(crate) place: u32,
    pub code: Box<str>,
    /// Without the kind: `Hải Phòng`.
    pub name: Box<str>,
    pub(crate) slug: Box<str>,
    pub kind: Kind,
    pub(crate) parent: u32,
    pub from: Edge,
    pub to: Edge,
    /// The number of the decision that it began with; empty when unknown.
    pub decision: Box<str>,
    pub source: Box<str>,
}

impl Version {
    pub(crate) fn holds(&self, day: Day) -> bool {
        self.from.start() <= day && day < self.to.end()
    }

    pub(crate) fn may_hold(&self, day: Day) -> bool {
        self.from.earliest_start() <= day && day < self.to.latest_end()
    }
}

/// One edge of succession, seen from either side.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub other: u32,
    pub day: Day,
    pub main: bool,
    pub rule: Box<str>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    pub key: i64,
    pub versions: std::ops::Range<usize>,
    pub after: Vec<Link>,
    pub before: Vec<Link>,
}

/// Places and bodies by date. Cheap to share, never changed: a decision makes a new one.
#[derive(Debug)]
pub struct Tree {
    pub(crate) kinds: Arc<Kinds>,
    pub(crate) places: Vec<Place>,
    pub(crate) versions: Vec<Version>,
    by_key: HashMap<i64, u32>,
    pub(crate) top: u32,
    pub(crate) by_code: HashMap<Box<str>, Vec<u32>>,
    pub(crate) by_slug: HashMap<Box<str>, Vec<u32>>,
    /// Days on which places change; the first is the beginning of time.
    pub(crate) days: Vec<Day>,
    views: Vec<OnceLock<View>>,
}

/// The tree between two changes.
#[derive(Debug)]
pub(crate) struct View {
    /// By place: the version in force, or NONE.
    pub version: Vec<u32>,
    /// By place in force: where it belongs, or NONE at the top.
    pub parent: Vec<u32>,
    /// By place: who holds its ground, and whether that is known to be the very one.
    pub holder: Vec<u32>,
    pub loose: Vec<bool>,
    /// Places in force, parents before children, children by code.
    pub order: Vec<u32>,
    /// By place in force: its stretch of `order`, itself first.
    pub enter: Vec<u32>,
    pub exit: Vec<u32>,
}

impl Tree {
    /// Builds the snapshot; refuses rows that contradict each other.
    pub fn build(rows: &Rows, kinds: Arc<Kinds>) -> Result<Self, Refused> {
        let mut refused = Refused::default();
        let mut sorted: Vec<&VersionRow> = rows.versions.iter().collect();
        sorted.sort_by_key(|row| (row.place, row.from.start()));
        let mut by_key = HashMap::with_capacity(sorted.len());
        for row in &sorted {
            let next = u32::try_from(by_key.len()).unwrap_or(NONE);
            by_key.entry(row.place).or_insert(next);
        }
        let mut tree = Self {
            places: vec![Place::default(); by_key.len()],
            versions: Vec::with_capacity(sorted.len()),
            by_code: HashMap::with_capacity(sorted.len()),
            by_slug: HashMap::with_capacity(sorted.len()),
            by_key,
            top: NONE,
            days: Vec::new(),
            views: Vec::new(),
            kinds,
        };
        let mut slugs: HashMap<&str, Box<str>> = HashMap::new();
        for row in sorted {
            tree.lay(row, &mut slugs, &mut refused);
        }
        tree.link(rows, &mut refused);
        tree.check(&mut refused);
        refused.settle()?;
        tree.split_days(rows);
        Ok(tree)
    }

    fn lay<'r>(&mut self, row: &'r VersionRow, slugs: &mut HashMap<&'r str, Box<str>>, refused: &mut Refused) {
        let speak = |key: &'static str| Refusal::new(key).with("code", &row.code).with("name", &row.name);
        let kind = match (self.kinds.place_kind(&row.kind), self.kinds.body_kind(&row.kind)) {
            (Some(kind), _) => Kind::Place(kind),
            (None, Some(kind)) => Kind::Body(kind),
            (None, None) => return refused.push(Refusal::new("units.unknown_kind").with("value", &row.kind)),
        };
        let place = self.by_key[&row.place];
        let parent = match row.parent {
            None => NONE,
            Some(key) => match self.by_key.get(&key) {
                Some(&parent) if parent != place => parent,
                _ => return refused.push(speak("units.parent_unknown").with("parent", key)),
            },
        };
        if row.to.end() < row.from.start() {
            return refused.push(speak("units.ends_before_it_begins"));
        }
        let number = self.versions.len();
        let known = &mut self.places[place as usize];
        if known.versions.is_empty() {
            *known = Place { key: row.place, versions: number..number, ..Place::default() };
        } else if row.from.start() < self.versions[number - 1].to.end() {
            return refused.push(speak("units.versions_overlap"));
        }
        known.versions.end = number + 1;
        // Of no day at all: an opening that was undone. Known by its number, found by nobody.
        let stood = row.from.start() < row.to.end();
        let slug = slugs.entry(&row.name).or_insert_with(|| kernel::text::slug(&row.name).into()).clone();
        let index = u32::try_from(number).unwrap_or(NONE);
        if stood && parent == NONE && self.top == NONE {
            self.top = place;
        }
        if stood && !row.code.is_empty() {
            self.by_code.entry(row.code.as_str().into()).or_default().push(index);
        }
        if stood {
            self.by_slug.entry(slug.clone()).or_default().push(index);
        }
        self.versions.push(Version {
            place,
            code: row.code.as_str().into(),
            name: row.name.as_str().into(),
            slug,
            kind,
            parent,
            from: row.from,
            to: row.to,
            decision: row.decision.as_str().into(),
            source: row.source.as_str().into(),
        });
    }

    fn link(&mut self, rows: &Rows, refused: &mut Refused) {
        for row in &rows.successions {
            let (Some(&from), Some(&to)) = (self.by_key.get(&row.from), self.by_key.get(&row.to)) else {
                refused.push(Refusal::new("units.succession_unknown").with("from", row.from).with("to", row.to));
                continue;
            };
            let link = |other| Link { other, day: row.day, main: row.main, rule: row.rule.as_str().into() };
            self.places[from as usize].after.push(link(to));
            self.places[to as usize].before.push(link(from));
        }
    }

    fn check(&self, refused: &mut Refused) {
        let overlap = |a: &Version, b: &Version| a.from.start() < b.to.end() && b.from.start() < a.to.end();
        for versions in self.by_code.values() {
            for (place, &first) in versions.iter().enumerate() {
                let a = &self.versions[first as usize];
                for &second in &versions[place + 1..] {
                    let b = &self.versions[second as usize];
                    let places = matches!((a.kind, b.kind), (Kind::Place(_), Kind::Place(_)));
                    if places && a.place != b.place && overlap(a, b) {
                        let refusal = Refusal::new("units.code_twice").with("code", &a.code);
                        refused.push(refusal.with("name", &a.name).with("other", &b.name));
                    }
                }
            }
        }
        for version in self.versions.iter().filter(|version| version.parent != NONE) {
            let Kind::Place(kind) = version.kind else { continue };
            let level = self.kinds.places[kind].level;
            let above = |parent: &Version| self.level_of(parent).is_some_and(|above| above < level);
            let mut parents = self.history(version.parent).iter().filter(|parent| overlap(parent, version));
            if !parents.all(above) {
                let refusal = Refusal::new("units.parent_not_above").with("code", &version.code);
                refused.push(refusal.with("name", &version.name));
            }
        }
    }

    fn split_days(&mut self, rows: &Rows) {
        let mut days = BTreeSet::from([Day::MIN]);
        for version in &self.versions {
            days.extend([version.from.start(), version.to.end()]);
        }
        days.extend(rows.successions.iter().map(|row| row.day));
        days.remove(&Day::MAX);
        self.days = days.into_iter().collect();
        self.views = self.days.iter().map(|_| OnceLock::new()).collect();
    }

    pub fn kinds(&self) -> &Arc<Kinds> {
        &self.kinds
    }

    /// The tree as of a day.
    pub fn at(&self, day: Day) -> At<'_> {
        let epoch = self.days.partition_point(|start| *start <= day).saturating_sub(1);
        let view = self.views[epoch].get_or_init(|| View::new(self, self.days[epoch]));
        At { tree: self, day, view }
    }

    pub(crate) fn history(&self, place: u32) -> &[Version] {
        &self.versions[self.places[place as usize].versions.clone()]
    }

    pub(crate) fn index(&self, unit: Unit) -> Option<u32> {
        self.by_key.get(&unit.key()).copied()
    }

    pub(crate) fn unit(&self, place: u32) -> Unit {
        Unit::place(self.places[place as usize].key)
    }

    pub(crate) fn level_of(&self, version: &Version) -> Option<Level> {
        match version.kind {
            Kind::Place(kind) => Some(self.kinds.places[kind].level),
            Kind::Body(_) => None,
        }
    }

    /// All versions of a unit, oldest first; a standard body's are its place's.
    pub fn versions(&self, unit: Unit) -> &[Version] {
        self.index(unit).map_or(&[], |place| self.history(place))
    }

    /// Every place and body with a row, in order of key.
    pub fn units(&self) -> impl Iterator<Item = Unit> + '_ {
        self.places.iter().map(|place| Unit::place(place.key))
    }

    /// The top of the tree.
    pub fn root(&self) -> Option<Unit> {
        (self.top != NONE).then(|| self.unit(self.top))
    }
}

impl View {
    fn new(tree: &Tree, day: Day) -> Self {
        let count = tree.places.len();
        let in_force = |place: &Place| {
            let found = place.versions.clone().rev().find(|&version| tree.versions[version].holds(day));
            found.and_then(|version| u32::try_from(version).ok()).unwrap_or(NONE)
        };
        let version: Vec<u32> = tree.places.iter().map(in_force).collect();
        let mut reach = Reach::new(tree, day, &version);
        let mut parent = vec![NONE; count];
        for (place, &version) in version.iter().enumerate() {
            if version != NONE && tree.versions[version as usize].parent != NONE {
                // A parent that ended with the child left behind: whoever holds its ground.
                parent[place] = reach.follow(tree.versions[version as usize].parent);
            }
        }
        let mut view = Self {
            version,
            parent,
            holder: Vec::new(),
            loose: Vec::new(),
            order: Vec::with_capacity(count),
            enter: vec![NONE; count],
            exit: vec![NONE; count],
        };
        view.arrange(tree);
        (view.holder, view.loose) = Reach::new(tree, day, &view.version).finish(&view.parent);
        view
    }

    /// Parents before children, children by code, bodies with rows after places.
    fn arrange(&mut self, tree: &Tree) {
        let version = |place: u32| &tree.versions[self.version[place as usize] as usize];
        let mut sorted: Vec<u32> =
            (0..).take(self.version.len()).filter(|&place| self.version[place as usize] != NONE).collect();
        sorted
            .sort_by_cached_key(|&place| (matches!(version(place).kind, Kind::Body(_)), &*version(place).code, place));
        // Children as linked lists; pushing in reverse leaves each list in order.
        let (mut first, mut next) = (vec![NONE; self.version.len()], vec![NONE; self.version.len()]);
        let mut roots = NONE;
        for &place in sorted.iter().rev() {
            let head = match self.parent[place as usize] {
                NONE => &mut roots,
                parent => &mut first[parent as usize],
            };
            next[place as usize] = std::mem::replace(head, place);
        }
        let mut waiting = vec![(roots, NONE)];
        while let Some((place, above)) = waiting.pop() {
            if place == NONE {
                if above != NONE {
                    self.exit[above as usize] = u32::try_from(self.order.len()).unwrap_or(NONE);
                }
                continue;
            }
            self.enter[place as usize] = u32::try_from(self.order.len()).unwrap_or(NONE);
            self.order.push(place);
            waiting.push((next[place as usize], above));
            waiting.push((first[place as usize], place));
        }
    }
}
