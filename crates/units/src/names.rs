//! What units are called and how they are written: full names, codes, slugs.

use kernel::Day;

use crate::{At, Kind, Tree, Unit, Version};

impl Tree {
    /// The version in force on the day, else the last one before it, else the first.
    pub(crate) fn nearest(&self, unit: Unit, day: Day) -> Option<&Version> {
        let versions = self.versions(unit);
        versions.iter().rev().find(|version| version.from.start() <= day).or(versions.first())
    }

    /// What the unit was called last.
    pub fn last_name(&self, unit: Unit) -> String {
        self.name_of(unit, Day::MAX)
    }

    /// The name on a day, or the nearest one that the unit had.
    pub(crate) fn name_of(&self, unit: Unit, day: Day) -> String {
        let Some(version) = self.nearest(unit, day) else { return String::new() };
        match (version.kind, self.kinds.in_slot(unit.slot()).filter(|_| unit.slot() != 0)) {
            (Kind::Place(kind), Some(body)) => self.body_name(body, kind, &version.name),
            (Kind::Place(kind), None) => self.place_name(kind, &version.name),
            (Kind::Body(_), _) => version.name.to_string(),
        }
    }

    fn place_name(&self, kind: usize, name: &str) -> String {
        match self.kinds.places[kind].prefix.as_str() {
            "" => name.to_owned(),
            prefix => format!("{prefix} {name}"),
        }
    }

    fn body_name(&self, body: usize, kind: usize, name: &str) -> String {
        let body = &self.kinds.bodies[body];
        let pattern = body.names.get(&self.kinds.places[kind].id).unwrap_or(&body.name);
        let mut text = pattern.replace("{place}", &self.place_name(kind, name)).replace("{name}", name);
        if text.contains("{dang-uy}")
            && let Some(committee) =
                self.kinds.body_kind("dang-uy").filter(|&party| self.kinds.bodies[party].id != body.id)
        {
            text = text.replace("{dang-uy}", &self.body_name(committee, kind, name));
        }
        text
    }
}

impl At<'_> {
    /// `thành phố Hải Phòng`, `Ủy ban nhân dân thành phố Hải Phòng`: as it stands inside a sentence.
    pub fn name(&self, unit: Unit) -> String {
        self.tree.name_of(unit, self.day)
    }

    /// The name as it begins a sentence or heads a page.
    pub fn title(&self, unit: Unit) -> String {
        capital(&self.name(unit))
    }

    /// Without the kind: `Hải Phòng`.
    pub fn bare_name(&self, unit: Unit) -> String {
        self.tree.nearest(unit, self.day).map(|version| version.name.to_string()).unwrap_or_default()
    }

    /// With the places above it, the nation left out: `xã Bình Chánh, huyện Thăng Bình, tỉnh Quảng Nam`.
    pub fn long_name(&self, unit: Unit) -> String {
        let above = self.ancestors(unit).into_iter().filter(|place| self.parent(*place).is_some());
        let above = above.filter(|place| *place != unit && *place != unit.ground());
        std::iter::once(self.name(unit)).chain(above.map(|place| self.name(place))).collect::<Vec<_>>().join(", ")
    }

    /// How the unit is written in addresses, files and the shell: `31`, `31/ubnd`; without an official code `thon-my-tra.20806`.
    pub fn code(&self, unit: Unit) -> String {
        let Some(version) = self.tree.nearest(unit, self.day) else { return String::new() };
        let place = match version.kind {
            Kind::Body(_) => {
                let place = if version.code.is_empty() { &version.slug } else { &version.code };
                let home = (version.parent != crate::tree::NONE).then(|| self.code(self.tree.unit(version.parent)));
                return format!("{}/{place}", home.unwrap_or_default());
            }
            Kind::Place(kind) if version.code.is_empty() => {
                let prefix = kernel::text::slug(&self.tree.kinds.places[kind].prefix);
                let above = (version.parent != crate::tree::NONE).then(|| self.code(self.tree.unit(version.parent)));
                format!("{prefix}-{}.{}", version.slug, above.unwrap_or_default())
            }
            Kind::Place(_) => version.code.to_string(),
        };
        match self.tree.kinds.in_slot(unit.slot()).filter(|_| unit.slot() != 0) {
            Some(body) => format!("{place}/{}", self.tree.kinds.bodies[body].id),
            None => place,
        }
    }

    /// `phường Mỹ Tho (28249)`.
    pub fn with_code(&self, unit: Unit) -> String {
        format!("{} ({})", self.name(unit), self.code(unit))
    }
}

pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
