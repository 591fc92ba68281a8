//! The tree as of a day: what there is, where it lies, to whom it answers.

use kernel::Day;

use crate::{
    BodyKind, Kind, Level, PlaceKind, Scope, Signing, Superior, Tree, Unit, Version,
    tree::{NONE, View},
};

/// The tree as of a day.
#[derive(Clone, Copy, Debug)]
pub struct At<'t> {
    pub(crate) tree: &'t Tree,
    pub day: Day,
    pub(crate) view: &'t View,
}

impl<'t> At<'t> {
    pub fn tree(&self) -> &'t Tree {
        self.tree
    }

    pub(crate) fn version_of(&self, place: u32) -> Option<&'t Version> {
        self.tree.versions.get(self.view.version[place as usize] as usize)
    }

    /// The version in force of a unit, or of the place of a standard body.
    pub fn version(&self, unit: Unit) -> Option<&'t Version> {
        self.version_of(self.tree.index(unit)?)
    }

    /// The level of a place, or of the place that a body stands at.
    pub fn level(&self, unit: Unit) -> Option<Level> {
        let version = self.version(unit)?;
        self.tree.level_of(version).or_else(|| self.level(self.tree.unit(version.parent)))
    }

    pub fn place_kind(&self, unit: Unit) -> Option<&'t PlaceKind> {
        match self.version(unit)?.kind {
            Kind::Place(kind) => self.tree.kinds.places.get(kind),
            Kind::Body(_) => self.place_kind(self.place(unit)?),
        }
    }

    pub fn body_kind(&self, unit: Unit) -> Option<&'t BodyKind> {
        match self.kind(unit)? {
            Kind::Body(kind) => self.tree.kinds.bodies.get(kind),
            Kind::Place(_) => None,
        }
    }

    pub fn kind(&self, unit: Unit) -> Option<Kind> {
        let version = self.version(unit)?;
        match unit.slot() {
            0 => Some(version.kind),
            slot => self.tree.kinds.in_slot(slot).filter(|&kind| self.stands(unit, kind)).map(Kind::Body),
        }
    }

    fn stands(&self, place: Unit, kind: usize) -> bool {
        let level = self.version(place).and_then(|version| self.tree.level_of(version));
        level.is_some_and(|level| self.tree.kinds.bodies[kind].stands(level, self.day))
    }

    /// Is there such a unit on this day?
    pub fn exists(&self, unit: Unit) -> bool {
        self.kind(unit).is_some()
    }

    pub fn is_body(&self, unit: Unit) -> bool {
        matches!(self.kind(unit), Some(Kind::Body(_)))
    }

    /// The system (`state`, `party`, …) of a body; none for a place.
    pub fn system(&self, unit: Unit) -> Option<&'t str> {
        match self.kind(unit)? {
            Kind::Body(kind) => Some(&self.tree.kinds.bodies[kind].system),
            Kind::Place(_) => None,
        }
    }

    /// How a body signs its papers; none for a place.
    pub fn signing(&self, unit: Unit) -> Option<&'t Signing> {
        match self.kind(unit)? {
            Kind::Body(kind) => Some(&self.tree.kinds.bodies[kind].signing),
            Kind::Place(_) => None,
        }
    }

    /// What stands behind the number of a body's papers: `UBND`, `TU`; its short name where it has no sign.
    pub fn sign(&self, unit: Unit) -> Option<&'t str> {
        let Kind::Body(kind) = self.kind(unit)? else { return None };
        let body = &self.tree.kinds.bodies[kind];
        let place = self.place_kind(unit.ground()).and_then(|place| body.signing.signs.get(&place.id));
        place.or(body.signing.sign.as_ref()).or(body.short.as_ref()).map(String::as_str)
    }

    /// The place above a place; the place of a body.
    pub fn parent(&self, unit: Unit) -> Option<Unit> {
        if unit.slot() != 0 {
            return self.exists(unit).then(|| unit.ground());
        }
        match self.view.parent[self.tree.index(unit)? as usize] {
            NONE => None,
            parent => Some(self.tree.unit(parent)),
        }
    }

    /// The place that a unit is or stands at.
    pub fn place(&self, unit: Unit) -> Option<Unit> {
        match self.kind(unit)? {
            Kind::Place(_) => Some(unit),
            Kind::Body(_) => self.parent(unit),
        }
    }

    /// Places from the unit's own up to the top.
    pub fn ancestors(&self, unit: Unit) -> Vec<Unit> {
        std::iter::successors(self.place(unit), |place| self.parent(*place)).collect()
    }

    /// The place of a level that the unit lies in.
    pub fn ancestor(&self, unit: Unit, level: Level) -> Option<Unit> {
        self.ancestors(unit).into_iter().find(|place| self.level(*place) == Some(level))
    }

    /// Does `unit` (or its place) lie in `whole`, a place? A unit lies in itself.
    pub fn inside(&self, unit: Unit, whole: Unit) -> bool {
        match (self.tree.index(unit), self.tree.index(whole)) {
            (Some(unit), Some(whole)) => {
                let [at, from, to] =
                    [self.view.enter[unit as usize], self.view.enter[whole as usize], self.view.exit[whole as usize]];
                at != NONE && from <= at && at < to
            }
            _ => false,
        }
    }

    /// To whom a unit answers: rights, reporting and returning follow it, figures do not.
    pub fn superior(&self, unit: Unit) -> Option<Unit> {
        let Kind::Body(kind) = self.kind(unit)? else { return self.parent(unit) };
        let place = self.place(unit)?;
        let (wanted, skip) = match self.tree.kinds.bodies[kind].superior {
            Superior::Parent => (kind, 1),
            Superior::Body(body) => (body, 0),
        };
        let slot = self.tree.kinds.bodies[wanted].slot?;
        self.ancestors(place)
            .into_iter()
            .skip(skip)
            .find(|place| self.stands(*place, wanted))
            .map(|place| place.body(slot))
    }

    /// The superiors of a unit, nearest first.
    pub fn superiors(&self, unit: Unit) -> Vec<Unit> {
        std::iter::successors(self.superior(unit), |unit| self.superior(*unit)).collect()
    }

    /// Places right below a place, by code.
    pub fn children(&self, place: Unit) -> Vec<Unit> {
        let Some(parent) = self.tree.index(place) else { return Vec::new() };
        self.stretch(parent)
            .iter()
            .filter(|&&child| self.view.parent[child as usize] == parent && !self.is_row_of_body(child))
            .map(|&child| self.tree.unit(child))
            .collect()
    }

    /// The bodies at a place: the standard ones by slot, then those with a row of their own by code.
    pub fn bodies(&self, place: Unit) -> Vec<Unit> {
        let Some(index) = self.tree.index(place).filter(|_| place.slot() == 0) else { return Vec::new() };
        let standard = (1..64).map(|slot| place.body(slot)).filter(|body| self.exists(*body));
        let own = self.stretch(index).iter().filter(|&&child| self.view.parent[child as usize] == index);
        let own = own.filter(|&&child| self.is_row_of_body(child)).map(|&child| self.tree.unit(child));
        standard.chain(own).collect()
    }

    fn is_row_of_body(&self, place: u32) -> bool {
        self.version_of(place).is_some_and(|version| matches!(version.kind, Kind::Body(_)))
    }

    /// A place in force with all that lies in it, itself first.
    fn stretch(&self, place: u32) -> &'t [u32] {
        let (enter, exit) = (self.view.enter[place as usize], self.view.exit[place as usize]);
        if enter == NONE { &[] } else { &self.view.order[enter as usize..exit as usize] }
    }

    /// What a scope names, in a place and with that place itself if it fits; by place from above, then by code.
    pub fn under(&self, place: Unit, scope: &Scope) -> Vec<Unit> {
        let Some(index) = self.tree.index(place) else { return Vec::new() };
        self.chosen(self.stretch(index), scope)
    }

    pub(crate) fn chosen(&self, places: &[u32], scope: &Scope) -> Vec<Unit> {
        let mut found = Vec::new();
        for &place in places {
            let Some(version) = self.version_of(place) else { continue };
            let unit = self.tree.unit(place);
            match version.kind {
                Kind::Place(kind) if scope.takes(kind, &self.tree.kinds.places[kind]) => {
                    if scope.bodies.is_empty() {
                        found.push(unit);
                    }
                    let slots = scope.bodies.iter().filter(|&&body| self.stands(unit, body));
                    found.extend(
                        slots.filter_map(|&body| self.tree.kinds.bodies[body].slot).map(|slot| unit.body(slot)),
                    );
                }
                Kind::Body(kind) if scope.bodies.contains(&kind) => {
                    let home = self.version_of(version.parent);
                    if let Some(Version { kind: Kind::Place(kind), .. }) = home
                        && scope.takes(*kind, &self.tree.kinds.places[*kind])
                    {
                        found.push(unit);
                    }
                }
                _ => {}
            }
        }
        found
    }
}
