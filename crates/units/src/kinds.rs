//! Levels, kinds of place, systems, kinds of body and posts of heads: `kinds.toml` of the pack as checked types.

use std::collections::{BTreeMap, HashMap, HashSet};

use kernel::{Day, Label, Refusal};
use serde::Deserialize;

/// A level, counted from the top: 0 is the nation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(pub u8);

/// Slots of standard bodies: 0 is the place itself.
pub const SLOTS: i64 = 64;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub id: String,
    pub label: Label,
}

/// A kind of place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceKind {
    pub id: String,
    #[serde(rename = "level")]
    level_id: String,
    #[serde(skip, default = "top")]
    pub level: Level,
    pub label: Label,
    /// What stands before the name: `thành phố`.
    pub prefix: String,
    pub short: Option<String>,
    pub group: Option<String>,
}

fn top() -> Level {
    Level(0)
}

/// To whom a body answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Superior {
    /// The same kind at the nearest place above that has one.
    Parent,
    /// Another kind at the same place, or at the nearest place above that has one.
    Body(usize),
}

/// A kind of body. With a slot it stands at every place of its levels; without one each body has a row of its own.
#[derive(Clone, Debug)]
pub struct BodyKind {
    pub id: String,
    pub slot: Option<u8>,
    pub label: Label,
    pub short: Option<String>,
    pub name: String,
    pub names: HashMap<String, String>,
    pub levels: Vec<Level>,
    pub system: String,
    pub superior: Superior,
    pub from: Option<Day>,
    /// At some levels it came later.
    pub since: Vec<(Level, Day)>,
    /// The first day on which it is no more.
    pub to: Option<Day>,
    pub heir: Option<usize>,
    pub signing: Signing,
}

impl BodyKind {
    pub fn valid(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }

    pub fn stands(&self, level: Level, day: Day) -> bool {
        let come = self.since.iter().all(|(late, from)| *late != level || *from <= day);
        self.valid(day) && self.levels.contains(&level) && come
    }

    /// The days on which it comes or goes, at whatever level.
    pub fn turns(&self) -> impl Iterator<Item = Day> {
        [self.from, self.to].into_iter().flatten().chain(self.since.iter().map(|(_, from)| *from))
    }
}

/// How a body signs its papers: its sign in their numbers, in whose name, and who.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Signing {
    pub sign: Option<String>,
    /// At some kinds of place it signs otherwise.
    pub signs: HashMap<String, String>,
    pub authority: Option<String>,
    pub post: Option<String>,
}

/// A post at a kind of body.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    pub id: String,
    pub label: Label,
    pub body: String,
    #[serde(default)]
    pub head: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    level: Vec<Named>,
    #[serde(default)]
    group: Vec<Named>,
    kind: Vec<PlaceKind>,
    system: Vec<Named>,
    body: Vec<BodyText>,
    #[serde(default)]
    post: Vec<Post>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyText {
    id: String,
    slot: Option<u8>,
    label: Label,
    short: Option<String>,
    name: Option<String>,
    #[serde(default)]
    names: HashMap<String, String>,
    levels: Vec<String>,
    system: String,
    superior: String,
    from: Option<Day>,
    #[serde(default)]
    since: BTreeMap<String, Day>,
    to: Option<Day>,
    heir: Option<String>,
    #[serde(default)]
    signing: Signing,
}

/// What is wrong in the text, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: usize,
    pub wrong: String,
    pub right: String,
}

#[derive(Clone, Debug)]
pub struct Kinds {
    pub levels: Vec<Named>,
    pub groups: Vec<Named>,
    pub places: Vec<PlaceKind>,
    pub systems: Vec<Named>,
    pub bodies: Vec<BodyKind>,
    pub posts: Vec<Post>,
    slots: [Option<usize>; 64],
}

impl Kinds {
    /// Reads and checks the text of `kinds.toml`; all faults at once.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
            vec![Fault {
                line,
                wrong: error.message().to_owned(),
                right: "see the comment at the head of the file".into(),
            }]
        })?;
        let mut faults = Faults { text, found: Vec::new() };
        let kinds = faults.settle(file);
        if faults.found.is_empty() { Ok(kinds) } else { Err(faults.found) }
    }

    pub fn level(&self, id: &str) -> Option<Level> {
        let place = self.levels.iter().position(|level| level.id == id)?;
        u8::try_from(place).ok().map(Level)
    }

    pub fn level_def(&self, level: Level) -> &Named {
        &self.levels[usize::from(level.0).min(self.levels.len() - 1)]
    }

    pub fn place_kind(&self, id: &str) -> Option<usize> {
        self.places.iter().position(|kind| kind.id == id)
    }

    pub fn body_kind(&self, id: &str) -> Option<usize> {
        self.bodies.iter().position(|kind| kind.id == id)
    }

    pub fn in_slot(&self, slot: u8) -> Option<usize> {
        self.slots.get(usize::from(slot)).copied().flatten()
    }

    pub fn post(&self, id: &str) -> Option<&Post> {
        self.posts.iter().find(|post| post.id == id)
    }

    /// A scope from its words: `level`, kinds of place or body, `group`.
    pub fn scope(&self, level: Option<&str>, kinds: &[&str], group: Option<&str>) -> Result<Scope, Refusal> {
        let unknown = |value: &str| Refusal::new("units.unknown_kind").with("value", value);
        let mut scope = Scope::default();
        if let Some(id) = level {
            scope.level = Some(self.level(id).ok_or_else(|| unknown(id))?);
        }
        for id in kinds {
            match (self.place_kind(id), self.body_kind(id)) {
                (Some(kind), _) => scope.kinds.push(kind),
                (None, Some(kind)) => scope.bodies.push(kind),
                (None, None) => return Err(unknown(id)),
            }
        }
        if let Some(id) = group {
            if !self.groups.iter().any(|known| known.id == id) {
                return Err(unknown(id));
            }
            scope.group = Some(id.to_owned());
        }
        Ok(scope)
    }
}

/// Which units are meant: places of a level, kinds or group; with kinds of body, the bodies at such places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pub level: Option<Level>,
    /// Kinds of place; empty: any.
    pub kinds: Vec<usize>,
    pub group: Option<String>,
    /// Kinds of body; empty: the places themselves.
    pub bodies: Vec<usize>,
}

impl Scope {
    pub fn of_level(level: Level) -> Self {
        Self { level: Some(level), ..Self::default() }
    }

    pub(crate) fn takes(&self, kind: usize, def: &PlaceKind) -> bool {
        self.level.is_none_or(|level| level == def.level)
            && (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.group.is_none() || self.group == def.group)
    }
}

struct Faults<'t> {
    text: &'t str,
    found: Vec<Fault>,
}

impl Faults<'_> {
    /// At the line of the element whose id is `id`.
    fn add(&mut self, id: &str, wrong: String, right: impl Into<String>) {
        let sought = format!("id = \"{id}\"");
        let line = self.text.lines().position(|line| line.trim() == sought).map_or(1, |place| place + 1);
        self.found.push(Fault { line, wrong, right: right.into() });
    }

    fn unique<'i>(&mut self, what: &str, ids: impl Iterator<Item = &'i String>) {
        let mut seen = HashSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.add(id, format!("{what} {id} stands twice"), "one of them needs another id");
            }
        }
    }

    fn settle(&mut self, file: File) -> Kinds {
        let mut kinds = Kinds {
            levels: file.level,
            groups: file.group,
            places: file.kind,
            systems: file.system,
            bodies: Vec::new(),
            posts: file.post,
            slots: [None; 64],
        };
        if kinds.levels.is_empty() {
            self.found.push(Fault { line: 1, wrong: "no level".into(), right: "at least one [[level]]".into() });
            kinds.levels.push(Named { id: String::new(), label: Label::default() });
        }
        if kinds.levels.len() > crate::ground::LEVELS {
            let right = format!("at most {}", crate::ground::LEVELS);
            self.found.push(Fault { line: 1, wrong: "too many levels".into(), right });
        }
        self.unique("level", kinds.levels.iter().map(|level| &level.id));
        self.unique("kind", kinds.places.iter().map(|kind| &kind.id).chain(file.body.iter().map(|body| &body.id)));
        self.unique("post", kinds.posts.iter().map(|post| &post.id));
        for place in 0..kinds.places.len() {
            let (id, level_id) = (kinds.places[place].id.clone(), kinds.places[place].level_id.clone());
            match kinds.level(&level_id) {
                Some(level) => kinds.places[place].level = level,
                None => self.add(&id, format!("no level {level_id}"), known(&kinds.levels)),
            }
            if let Some(group) = &kinds.places[place].group
                && !kinds.groups.iter().any(|def| def.id == *group)
            {
                self.add(&id, format!("no group {group}"), known(&kinds.groups));
            }
        }
        let ids: Vec<String> = file.body.iter().map(|body| body.id.clone()).collect();
        for (place, body) in file.body.into_iter().enumerate() {
            let settled = self.body(body, &ids, &kinds);
            if let Some(slot) = settled.slot
                && (1..64).contains(&slot)
                && let Some(other) = kinds.slots[usize::from(slot)].replace(place)
            {
                let wrong = format!("slot {slot} belongs to {}", ids[other]);
                self.add(&settled.id, wrong, "a number from 1 to 62 that no body ever had");
            }
            kinds.bodies.push(settled);
        }
        for post in 0..kinds.posts.len() {
            let (id, body) = (kinds.posts[post].id.clone(), kinds.posts[post].body.clone());
            if !ids.contains(&body) {
                self.add(&id, format!("no body {body}"), format!("one of {}", ids.join(", ")));
            }
        }
        kinds
    }

    fn body(&mut self, text: BodyText, ids: &[String], kinds: &Kinds) -> BodyKind {
        let id = text.id;
        if text.slot.is_some_and(|slot| !(1..=62).contains(&slot)) {
            self.add(&id, "slot out of bounds".into(), "a number from 1 to 62 that no body ever had");
        }
        if text.slot.is_some() && text.name.is_none() {
            self.add(&id, "a body with a slot needs a name".into(), "name = \"… {place}\"");
        }
        let mut levels = Vec::new();
        for level in &text.levels {
            match kinds.level(level) {
                Some(level) => levels.push(level),
                None => self.add(&id, format!("no level {level}"), known(&kinds.levels)),
            }
        }
        let mut since = Vec::new();
        for (level, from) in &text.since {
            match kinds.level(level).filter(|level| levels.contains(level)) {
                Some(level) => since.push((level, *from)),
                None => self.add(&id, format!("it stands at no level {level}"), "one of its `levels`"),
            }
        }
        if !kinds.systems.iter().any(|system| system.id == text.system) {
            self.add(&id, format!("no system {}", text.system), known(&kinds.systems));
        }
        for kind in text.names.keys().chain(text.signing.signs.keys()) {
            if kinds.place_kind(kind).is_none() {
                self.add(&id, format!("no kind of place {kind}"), "the id of a [[kind]]");
            }
        }
        let position = |sought: &str| ids.iter().position(|known| known == sought);
        let superior = match (text.superior.as_str(), position(&text.superior)) {
            ("parent", _) => Superior::Parent,
            (_, Some(body)) if ids[body] != id => Superior::Body(body),
            (other, _) => {
                self.add(&id, format!("no superior {other}"), "\"parent\" or the id of another [[body]]");
                Superior::Parent
            }
        };
        let heir = text.heir.as_deref().and_then(position);
        if text.heir.is_some() && (heir.is_none() || text.to.is_none()) {
            self.add(&id, "an heir must be a body, of a body that has an end".into(), "heir with `to`");
        }
        if let (Some(from), Some(to)) = (text.from, text.to)
            && to <= from
        {
            self.add(&id, format!("it ends on {to} before it begins"), format!("a day after {from}"));
        }
        BodyKind {
            id,
            slot: text.slot,
            label: text.label,
            short: text.short,
            name: text.name.unwrap_or_default(),
            names: text.names,
            levels,
            system: text.system,
            superior,
            from: text.from,
            since,
            to: text.to,
            heir,
            signing: text.signing,
        }
    }
}

fn known(defs: &[Named]) -> String {
    let ids: Vec<&str> = defs.iter().map(|def| def.id.as_str()).collect();
    format!("one of {}", ids.join(", "))
}
