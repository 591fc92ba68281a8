//! Looking a unit up by what people write: an official code, a slug, a name with its kind or with the places above it.

use kernel::{Day, Refusal, show_day, text::slug};

use crate::{At, Kind, Tree, Unit, Version};

impl Tree {
    /// The unit that `text` names on a day: `31`, `hai-phong`, `Thành phố Hải Phòng`, `phuong-my-tho`, `binh-chanh.thang-binh`,
    /// `xã Bình Chánh, huyện Thăng Bình`, `31/ubnd`. Of several places the highest level wins; a tie is refused with the candidates.
    pub fn find(&self, text: &str, day: Day) -> Result<Unit, Refusal> {
        let text = kernel::text::tidy(text);
        match text.split_once('/') {
            None => self.find_place(&text, day),
            Some((place, body)) => self.find_body(self.find_place(place, day)?, body, day),
        }
    }

    /// The unit that had this very code at any time, the latest of several: of what is no more a page can still be shown.
    pub(crate) fn find_ever(&self, text: &str) -> Option<Unit> {
        let (place, body) = text.split_once('/').map_or((text, None), |(place, body)| (place, Some(body)));
        let versions = self.by_code.get(place)?.iter().map(|version| &self.versions[*version as usize]);
        let unit = self.unit(versions.max_by_key(|version| version.from.start())?.place);
        match body {
            None => Some(unit),
            Some(body) => Some(unit.body(self.kinds.bodies[self.kinds.body_kind(body)?].slot?)),
        }
    }

    fn find_place(&self, text: &str, day: Day) -> Result<Unit, Refusal> {
        let parts = parts(text);
        let Some((name, above)) = parts.split_first() else {
            return Err(Refusal::new("units.name_missing"));
        };
        let named = self.named(name);
        let in_force = |version: &&Version| version.holds(day) && self.lies_in(version, above, day, Version::holds);
        let mut found: Vec<&Version> = named.iter().copied().filter(in_force).collect();
        if found.is_empty() {
            // Known only to lie between two states: then it may be meant.
            let possible =
                |version: &&Version| version.may_hold(day) && self.lies_in(version, above, day, Version::may_hold);
            found = named.iter().copied().filter(possible).collect();
        }
        let level = |version: &Version| self.level_of(version);
        let highest = found.iter().filter_map(|version| level(version)).min();
        found.retain(|version| level(version) == highest);
        found.dedup_by_key(|version| version.place);
        // Mỹ Tho and Mỹ Thọ share a slug: whoever writes the marks means one of them.
        let written = text.split(',').next().unwrap_or_default().to_lowercase();
        let exact: Vec<&Version> =
            found.iter().copied().filter(|version| written.ends_with(&version.name.to_lowercase())).collect();
        if exact.len() == 1 && !written.is_ascii() {
            found = exact;
        }
        match found.as_slice() {
            [one] => Ok(self.unit(one.place)),
            [] => Err(self.nobody(text, day, &named)),
            several => {
                let refusal = Refusal::new("units.ambiguous").with("value", text).with("day", show_day(day));
                Err(refusal.with("candidates", self.tell(several)))
            }
        }
    }

    /// Places that ever had this code or this name, with or without their kind.
    fn named(&self, name: &str) -> Vec<&Version> {
        let mut found: Vec<u32> = Vec::new();
        let padded = match name.len() {
            1 | 4 if name.bytes().all(|b| b.is_ascii_digit()) => format!("0{name}"),
            _ => name.to_owned(),
        };
        // Spreadsheets drop leading zeros.
        for code in [name, &padded] {
            found.extend(self.by_code.get(code).into_iter().flatten());
        }
        found.extend(self.by_slug.get(name).into_iter().flatten());
        for (at, _) in name.match_indices('-') {
            let (prefix, rest) = (&name[..at], &name[at + 1..]);
            let same_kind = |version: &&u32| match self.versions[**version as usize].kind {
                Kind::Place(kind) => {
                    let kind = &self.kinds.places[kind];
                    slug(&kind.prefix) == prefix || kind.short.as_deref().is_some_and(|short| slug(short) == prefix)
                }
                Kind::Body(_) => false,
            };
            if let Some(versions) = self.by_slug.get(rest) {
                found.extend(versions.iter().filter(same_kind));
            }
        }
        found.sort_unstable();
        found.dedup();
        let versions = found.into_iter().map(|version| &self.versions[version as usize]);
        versions.filter(|version| matches!(version.kind, Kind::Place(_))).collect()
    }

    /// Does the version lie in places named `above`, nearest first?
    fn lies_in(&self, version: &Version, above: &[String], day: Day, holds: fn(&Version, Day) -> bool) -> bool {
        let Some((next, rest)) = above.split_first() else { return true };
        let wanted = self.named(next);
        let mut place = version.parent;
        while place != crate::tree::NONE {
            let Some(parent) = self.history(place).iter().find(|parent| holds(parent, day)) else { return false };
            if wanted.iter().any(|known| std::ptr::eq(*known, parent)) && self.lies_in(parent, rest, day, holds) {
                return true;
            }
            place = parent.parent;
        }
        false
    }

    fn find_body(&self, place: Unit, text: &str, day: Day) -> Result<Unit, Refusal> {
        let at = self.at(day);
        let id = slug(text);
        let same = |name: &str| slug(name) == id;
        if let Some(body) =
            self.kinds.bodies.iter().find(|body| body.id == id || body.short.as_deref().is_some_and(same))
            && let Some(slot) = body.slot
        {
            let unit = place.body(slot);
            if self.may_hold(unit, day) {
                return Ok(unit);
            }
            let refusal = Refusal::new("units.no_such_body_then").with("body", &body.label.vi);
            return Err(refusal.with("place", at.name(place)).with("day", show_day(day)));
        }
        let own = at.bodies(place).into_iter().filter(|body| body.slot() == 0);
        let version = |body: &Unit| at.version(*body);
        let own: Vec<Unit> = own
            .filter(|body| version(body).is_some_and(|version| *version.code == *text || *version.slug == *id))
            .collect();
        match own.as_slice() {
            [one] => Ok(*one),
            [] => Err(Refusal::new("units.no_such_body").with("value", text).with("place", at.name(place))),
            several => {
                let names: Vec<String> = several.iter().map(|body| at.with_code(*body)).collect();
                let refusal = Refusal::new("units.ambiguous").with("value", text).with("day", show_day(day));
                Err(refusal.with("candidates", names.join("; ")))
            }
        }
    }

    fn nobody(&self, text: &str, day: Day, named: &[&Version]) -> Refusal {
        if named.is_empty() {
            return Refusal::new("units.unknown").with("value", text);
        }
        let refusal = Refusal::new("units.unknown_then").with("value", text).with("day", show_day(day));
        refusal.with("candidates", self.tell(named))
    }

    /// Candidates with code, kind, place above and dates, at most eight of them.
    fn tell(&self, versions: &[&Version]) -> String {
        const MOST: usize = 8;
        let mut told: Vec<String> = versions.iter().take(MOST).map(|version| self.tell_one(version)).collect();
        if versions.len() > MOST {
            told.push("…".to_owned());
        }
        told.join("; ")
    }

    fn tell_one(&self, version: &Version) -> String {
        let unit = self.unit(version.place);
        let day = version.from.start();
        let at = self.at(day);
        let (from, to) = (day, version.to.end());
        let from = if from == Day::MIN { String::new() } else { show_day(from) };
        let to = to.yesterday().ok().filter(|_| to != Day::MAX).map(show_day).unwrap_or_default();
        let dates = match (from.as_str(), to.as_str()) {
            ("", "") => String::new(),
            (from, "") => format!(", {from} –"),
            (from, to) => format!(", {from} – {to}").replace(",  –", ", –"),
        };
        let above = at.parent(unit).filter(|parent| at.parent(*parent).is_some());
        let above = above.map(|parent| format!(", {}", at.name(parent))).unwrap_or_default();
        format!("{} ({}{above}{dates})", at.name(unit), version.code)
    }
}

impl At<'_> {
    /// The unit that `text` names on this day.
    pub fn find(&self, text: &str) -> Result<Unit, Refusal> {
        self.tree.find(text, self.day)
    }
}

/// `xã Bình Chánh, huyện Thăng Bình` → `xa-binh-chanh`, `thang-binh` …: the name, then the places above it. A point after a short
/// form (`TP. Hải Phòng`) parts nothing.
fn parts(text: &str) -> Vec<String> {
    const SHORT: [&str; 9] = ["tp", "tx", "tt", "p", "q", "h", "x", "dk", "tdp"];
    let mut parts: Vec<String> = Vec::new();
    let mut glue = String::new();
    for part in text.split(['.', ',']).map(slug).filter(|part| !part.is_empty()) {
        if SHORT.contains(&part.as_str()) {
            glue = format!("{part}-");
        } else {
            parts.push(std::mem::take(&mut glue) + &part);
        }
    }
    parts
}
