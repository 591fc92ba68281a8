//! A decision as its form says it: read into acts, or refused field by field.

use kernel::{Day, Refusal, Refused, parse_day, text::tidy};
use web::Fields;

use crate::{Act, Decision, New, Part, Target, Tree, Unit};

/// The acts that the form offers.
pub(super) const ACTS: [&str; 6] = ["open", "rename", "move", "merge", "split", "close"];
/// Parts of a split that the form has room for.
pub(super) const PARTS: usize = 6;

/// Reads the form. Units that end or change are looked up on the day before, those that go on or take over on the day itself.
pub(super) fn read(fields: &Fields, tree: &Tree, id: i64, next_key: i64) -> Result<Decision, Refused> {
    let mut draft = Draft { fields, tree, day: Day::MIN, key: next_key, refused: Refused::default() };
    let number = tidy(fields.get("number"));
    if number.is_empty() {
        draft.refused.push(Refusal::new("units.number_missing").at("number"));
    }
    let issued = fields.maybe("issued").and_then(|text| draft.take("issued", parse_day(text)));
    let day = match fields.maybe("day") {
        Some(text) => draft.take("day", parse_day(text)),
        None => draft.take("day", Err(Refusal::new("units.day_missing"))),
    };
    let Some(day) = day else { return Err(draft.refused) };
    draft.day = day;
    let acts = draft.acts();
    draft.refused.settle()?;
    Ok(Decision {
        id,
        number,
        issued,
        issuer: tidy(fields.get("issuer")),
        day,
        acts,
        undoes: None,
        note: tidy(fields.get("note")),
    })
}

struct Draft<'a> {
    fields: &'a Fields,
    tree: &'a Tree,
    day: Day,
    key: i64,
    refused: Refused,
}

impl Draft<'_> {
    fn take<T>(&mut self, field: &str, read: Result<T, Refusal>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.refused.push(refusal.at(field));
                None
            }
        }
    }

    fn acts(&mut self) -> Vec<Act> {
        let act = match self.fields.get("act") {
            "open" => self.new_unit("").map(|new| Act::Open { new }),
            "rename" => return self.renamed(),
            "move" => self.old("unit").zip(self.standing("parent")).map(|(unit, parent)| Act::Move { unit, parent }),
            "merge" => {
                let units = self.several("units");
                let into = self.target("into", "");
                units.zip(into).map(|(units, into)| Act::Merge { units, into })
            }
            "split" => self.split(),
            "close" => {
                let heir = self.fields.maybe("into").map(|_| self.standing("into"));
                match (self.old("unit"), heir) {
                    (Some(unit), None) => Some(Act::Close { unit, heir: None }),
                    (Some(unit), Some(Some(heir))) => Some(Act::Close { unit, heir: Some(heir) }),
                    _ => None,
                }
            }
            _ => self.take("act", Err(Refusal::new("units.act_missing"))),
        };
        act.into_iter().collect()
    }

    /// A new name, code or kind: what stands in the form and differs.
    fn renamed(&mut self) -> Vec<Act> {
        let Some(unit) = self.old("unit") else { return Vec::new() };
        let mut acts = Vec::new();
        if let Some(name) = self.fields.maybe("name") {
            acts.push(Act::Rename { unit, name: tidy(name) });
        }
        if let Some(code) = self.fields.maybe("code") {
            acts.push(Act::Recode { unit, code: code.to_owned() });
        }
        if let Some(kind) = self.fields.maybe("kind") {
            acts.push(Act::Rekind { unit, kind: kind.to_owned() });
        }
        if acts.is_empty() {
            self.refused.push(Refusal::new("units.nothing_new").at("name"));
        }
        acts
    }

    fn split(&mut self) -> Option<Act> {
        let unit = self.old("unit");
        let main = self.fields.get("main").to_owned();
        let mut into = Vec::new();
        for row in 0..PARTS {
            let field = |name: &str| format!("part.{row}.{name}");
            if self.fields.maybe(&field("into")).is_none() && self.fields.maybe(&field("name")).is_none() {
                continue;
            }
            let rule = tidy(self.fields.get(&field("rule")));
            if let Some(target) = self.target(&field("into"), &format!("part.{row}.")) {
                into.push(Part { into: target, main: main == row.to_string(), rule });
            }
        }
        Some(Act::Split { unit: unit?, into })
    }

    /// A unit that stands, or else the new one that the fields beside describe.
    fn target(&mut self, old: &str, new: &str) -> Option<Target> {
        if self.fields.maybe(old).is_some() {
            return self.standing(old).map(Target::Old);
        }
        self.new_unit(new).map(Target::New)
    }

    fn new_unit(&mut self, prefix: &str) -> Option<New> {
        let field = |name: &str| format!("{prefix}{name}");
        let name = tidy(self.fields.get(&field("name")));
        if name.is_empty() {
            self.refused.push(Refusal::new("units.name_missing").at(field("name")));
        }
        let kind = match self.fields.maybe(&field("kind")) {
            Some(kind) => Some(kind.to_owned()),
            None => self.take(&field("kind"), Err(Refusal::new("units.kind_missing"))),
        };
        let parent = match prefix {
            "" => self.standing("parent"),
            // The parts of a split lie where the whole lay.
            _ => self.old("unit").and_then(|unit| self.tree.at(self.before()).parent(unit)),
        };
        let unit = Unit::place(self.key);
        self.key += 1;
        let code = self.fields.get(&field("code")).trim().to_owned();
        Some(New { unit, code, name, kind: kind?, parent: parent? })
    }

    fn before(&self) -> Day {
        self.day.yesterday().unwrap_or(self.day)
    }

    /// A unit as it was the day before.
    fn old(&mut self, field: &str) -> Option<Unit> {
        let (day, text) = (self.before(), self.fields.get(field));
        self.take(field, self.tree.find(text, day))
    }

    /// A unit of the day itself.
    fn standing(&mut self, field: &str) -> Option<Unit> {
        self.take(field, self.tree.find(self.fields.get(field), self.day))
    }

    fn several(&mut self, field: &str) -> Option<Vec<Unit>> {
        let day = self.before();
        let texts: Vec<&str> =
            self.fields.get(field).split(['\n', ';']).map(str::trim).filter(|text| !text.is_empty()).collect();
        if texts.is_empty() {
            return self.take(field, Err(Refusal::new("units.merge_of_whom")));
        }
        texts.into_iter().map(|text| self.take(field, self.tree.find(text, day))).collect()
    }
}

/// Every unit that a decision speaks of and that stands already, for the question whether it may be decided on.
pub(super) fn concerned(decision: &Decision) -> Vec<Unit> {
    let mut units = Vec::new();
    let target = |target: &Target| match target {
        Target::New(new) => new.parent,
        Target::Old(unit) => *unit,
    };
    for act in &decision.acts {
        match act {
            Act::Open { new } => units.push(new.parent),
            Act::Rename { unit, .. } | Act::Recode { unit, .. } | Act::Rekind { unit, .. } => units.push(*unit),
            Act::Move { unit, parent } => units.extend([*unit, *parent]),
            Act::Merge { units: all, into } => units.extend(all.iter().copied().chain([target(into)])),
            Act::Split { unit, into } => {
                units.extend([*unit].into_iter().chain(into.iter().map(|part| target(&part.into))));
            }
            Act::Close { unit, heir } => units.extend([*unit].into_iter().chain(*heir)),
            Act::Settle { unit, heirs } => units.extend([*unit].into_iter().chain(heirs.iter().map(|heir| heir.unit))),
        }
    }
    units.sort_unstable();
    units.dedup();
    units
}
