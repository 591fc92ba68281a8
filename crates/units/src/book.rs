//! Rows by identity, while decisions work on them: each act as a change of versions and successions, or a refusal.

use std::collections::{BTreeMap, HashMap, HashSet};

use kernel::{Day, Refusal, Refused, show_day};

use crate::{Act, Decision, Edge, Kinds, New, Rows, SuccessionRow, Target, Unit, VersionRow};

#[derive(Clone)]
pub(crate) struct Book<'k> {
    kinds: &'k Kinds,
    versions: BTreeMap<i64, Vec<VersionRow>>,
    successions: Vec<SuccessionRow>,
    /// Codes of places that ever had them, so that a code is not given twice.
    codes: HashMap<String, Vec<i64>>,
}

impl<'k> Book<'k> {
    pub(crate) fn open(rows: &Rows, kinds: &'k Kinds) -> Self {
        let mut book =
            Self { kinds, versions: BTreeMap::new(), successions: rows.successions.clone(), codes: HashMap::new() };
        for row in &rows.versions {
            book.codes.entry(row.code.clone()).or_default().push(row.place);
            book.versions.entry(row.place).or_default().push(row.clone());
        }
        book.versions.values_mut().for_each(|versions| versions.sort_by_key(|row| row.from.start()));
        book
    }

    pub(crate) fn close(self) -> Rows {
        Rows { versions: self.versions.into_values().flatten().collect(), successions: self.successions }
    }

    /// A unit whose opening was undone never stood, but records may have been entered at it meanwhile: it keeps its identity, without a
    /// day, so that the place above holds what was entered.
    pub(crate) fn remember(&mut self, new: &New) {
        let parent = self.versions.get(&new.parent.key()).map(|_| new.parent.key());
        let day = Edge::On(Day::MIN);
        self.versions.entry(new.unit.key()).or_insert_with(|| {
            vec![VersionRow {
                place: new.unit.key(),
                code: new.code.clone(),
                name: new.name.clone(),
                kind: new.kind.clone(),
                parent,
                from: day,
                to: day,
                decision: String::new(),
                source: String::new(),
            }]
        });
    }

    pub(crate) fn take(&mut self, decision: &Decision) -> Result<(), Refused> {
        let mut ended = Vec::new();
        for act in &decision.acts {
            self.act(act, decision, &mut ended)?;
        }
        for (unit, heir) in ended {
            self.settle_children(unit, heir, decision)?;
        }
        Ok(())
    }

    /// Ends go into `ended`, with the unit that takes the children over, once all acts are done.
    fn act(&mut self, act: &Act, decision: &Decision, ended: &mut Vec<(Unit, Option<Unit>)>) -> Result<(), Refusal> {
        let day = decision.day;
        match act {
            Act::Open { new } => self.begin(new, decision)?,
            Act::Rename { unit, name } => {
                let name = kernel::text::tidy(name);
                if name.is_empty() {
                    return Err(Refusal::new("units.name_missing"));
                }
                self.change(*unit, decision, |row| &mut row.name, &name)?;
            }
            Act::Recode { unit, code } => {
                self.free_code(code, *unit, day)?;
                self.codes.entry(code.clone()).or_default().push(unit.key());
                self.change(*unit, decision, |row| &mut row.code, &code.trim().to_owned())?;
            }
            Act::Rekind { unit, kind } => {
                self.rank(kind)?;
                self.change(*unit, decision, |row| &mut row.kind, kind)?;
                self.above(*unit, day)?;
            }
            Act::Move { unit, parent } => {
                self.change(*unit, decision, |row| &mut row.parent, &Some(parent.key()))?;
                self.above(*unit, day)?;
            }
            Act::Merge { units, into } => {
                let distinct: HashSet<&Unit> = units.iter().collect();
                let enough = if matches!(into, Target::New(_)) { 2 } else { 1 };
                if distinct.len() != units.len()
                    || units.len() < enough
                    || matches!(into, Target::Old(old) if units.contains(old))
                {
                    return Err(Refusal::new("units.merge_of_whom"));
                }
                units.iter().try_for_each(|unit| self.end(*unit, day))?;
                let heir = self.reach(into, decision)?;
                for unit in units {
                    self.succeed(*unit, heir, true, "", decision)?;
                    ended.push((*unit, Some(heir)));
                }
            }
            Act::Split { unit, into } => {
                if into.len() < 2 || into.iter().filter(|part| part.main).count() > 1 {
                    return Err(Refusal::new("units.split_into_whom"));
                }
                self.end(*unit, day)?;
                let mut main = None;
                for part in into {
                    let heir = self.reach(&part.into, decision)?;
                    self.succeed(*unit, heir, part.main, &part.rule, decision)?;
                    if part.main {
                        main = Some(heir);
                    }
                }
                ended.push((*unit, main));
            }
            Act::Close { unit, heir } => {
                self.end(*unit, day)?;
                if let Some(heir) = heir {
                    self.stand(*heir, day)?;
                    self.succeed(*unit, *heir, true, "", decision)?;
                }
                ended.push((*unit, *heir));
            }
            Act::Settle { unit, heirs } => {
                if heirs.is_empty() || heirs.iter().filter(|heir| heir.main).count() > 1 {
                    return Err(Refusal::new("units.split_into_whom"));
                }
                self.end(*unit, day)?;
                self.successions
                    .retain(|row| row.from != unit.key() || !heirs.iter().any(|heir| heir.unit.key() == row.to));
                if heirs.iter().any(|heir| heir.main) {
                    let earlier = self.successions.iter_mut().filter(|row| row.from == unit.key());
                    earlier.for_each(|row| row.main = false);
                }
                for heir in heirs {
                    self.stand(heir.unit, day)?;
                    self.succeed(*unit, heir.unit, heir.main, "", decision)?;
                }
            }
        }
        Ok(())
    }

    fn rows(&mut self, unit: Unit) -> Result<&mut Vec<VersionRow>, Refusal> {
        match self.versions.get_mut(&unit.key()) {
            Some(rows) if unit.slot() == 0 => Ok(rows),
            // A standard body follows its place: no decision touches it.
            _ => Err(Refusal::new("units.not_a_place")),
        }
    }

    fn not_then(&self, unit: Unit, day: Day) -> Refusal {
        let name = self.versions.get(&unit.key()).and_then(|rows| rows.last()).map_or("", |row| row.name.as_str());
        Refusal::new("units.not_there_then").with("unit", name).with("day", show_day(day))
    }

    fn at(&self, unit: Unit, day: Day) -> Result<&VersionRow, Refusal> {
        let rows = self.versions.get(&unit.key());
        rows.and_then(|rows| rows.iter().find(|row| row.holds(day))).ok_or_else(|| self.not_then(unit, day))
    }

    fn rank(&self, kind: &str) -> Result<u8, Refusal> {
        match (self.kinds.place_kind(kind), self.kinds.body_kind(kind)) {
            (Some(kind), _) => Ok(self.kinds.places[kind].level.0),
            (None, Some(kind)) if self.kinds.bodies[kind].slot.is_none() => Ok(u8::MAX),
            _ => Err(Refusal::new("units.unknown_kind").with("value", kind)),
        }
    }

    /// A unit lies in a place of a higher level that is there on the day.
    fn above(&self, unit: Unit, day: Day) -> Result<(), Refusal> {
        let row = self.at(unit, day)?;
        let (name, kind, parent) = (&row.name, &row.kind, row.parent);
        let Some(parent) = parent else { return Ok(()) };
        let above = self.at(Unit::place(parent), day)?;
        if self.rank(&above.kind)? < self.rank(kind)? {
            return Ok(());
        }
        Err(Refusal::new("units.parent_not_above").with("code", &row.code).with("name", name))
    }

    fn free_code(&self, code: &str, unit: Unit, day: Day) -> Result<(), Refusal> {
        let others = self.codes.get(code).into_iter().flatten().filter(|key| **key != unit.key() && !code.is_empty());
        for key in others {
            let taken = |row: &&VersionRow| row.code == code && row.to.end() > day;
            if let Some(row) = self.versions[key].iter().find(taken) {
                return Err(Refusal::new("units.code_taken").with("code", code).with("name", &row.name));
            }
        }
        Ok(())
    }

    fn begin(&mut self, new: &New, decision: &Decision) -> Result<(), Refusal> {
        if self.versions.contains_key(&new.unit.key()) || new.unit.slot() != 0 {
            return Err(Refusal::new("units.key_taken"));
        }
        let name = kernel::text::tidy(&new.name);
        if name.is_empty() {
            return Err(Refusal::new("units.name_missing"));
        }
        self.free_code(&new.code, new.unit, decision.day)?;
        self.rank(&new.kind)?;
        let row = VersionRow {
            place: new.unit.key(),
            code: new.code.trim().to_owned(),
            name,
            kind: new.kind.clone(),
            parent: Some(new.parent.key()),
            from: Edge::On(decision.day),
            to: Edge::Open,
            decision: decision.number.clone(),
            source: String::new(),
        };
        self.codes.entry(row.code.clone()).or_default().push(row.place);
        self.versions.insert(row.place, vec![row]);
        self.above(new.unit, decision.day)
    }

    /// The unit that ground goes to: opened, or standing already.
    fn reach(&mut self, target: &Target, decision: &Decision) -> Result<Unit, Refusal> {
        match target {
            Target::New(new) => self.begin(new, decision).map(|()| new.unit),
            Target::Old(unit) => self.stand(*unit, decision.day).map(|()| *unit),
        }
    }

    /// The unit is there from the day on; a beginning known only between two states becomes this day.
    fn stand(&mut self, unit: Unit, day: Day) -> Result<(), Refusal> {
        if let Some(first) = self.rows(unit)?.first_mut()
            && first.from.allows(day)
            && day < first.to.end()
        {
            first.from = Edge::On(day);
        }
        self.at(unit, day).map(|_| ())
    }

    /// The unit is no more from the day on; an end known only between two states becomes this day.
    fn end(&mut self, unit: Unit, day: Day) -> Result<(), Refusal> {
        let missing = self.not_then(unit, day);
        let rows = self.rows(unit)?;
        let Some(last) = rows.last_mut() else { return Err(missing) };
        let name = last.name.clone();
        if day <= last.from.start() {
            let begun = rows.first().is_some_and(|first| first.from.start() < day);
            let key = if begun { "units.changed_later" } else { "units.not_there_then" };
            return Err(Refusal::new(key).with("unit", name).with("day", show_day(day)));
        }
        match last.to {
            Edge::On(end) if end < day => return Err(missing),
            Edge::On(end) if end > day => {
                let refusal = Refusal::new("units.ended_later").with("unit", name);
                return Err(refusal.with("day", show_day(day)).with("end", show_day(end)));
            }
            edge @ Edge::Between { .. } if !edge.allows(day) => return Err(missing),
            _ => last.to = Edge::On(day),
        }
        Ok(())
    }

    fn succeed(&mut self, from: Unit, to: Unit, main: bool, rule: &str, decision: &Decision) -> Result<(), Refusal> {
        let rank =
            |book: &Self, unit: Unit| book.versions[&unit.key()].last().map_or(Ok(u8::MAX), |row| book.rank(&row.kind));
        if from == to || rank(self, to)? < rank(self, from)? {
            let name = self.versions[&from.key()].last().map_or("", |row| row.name.as_str());
            return Err(Refusal::new("units.heir_above").with("unit", name));
        }
        self.successions.push(SuccessionRow {
            from: from.key(),
            to: to.key(),
            day: decision.day,
            main,
            rule: rule.to_owned(),
            source: decision.number.clone(),
        });
        Ok(())
    }

    /// Gives one column a new value from the day on. Later versions that still had the old value get the new one too.
    fn change<V: Clone + PartialEq>(
        &mut self,
        unit: Unit,
        decision: &Decision,
        column: impl Fn(&mut VersionRow) -> &mut V,
        value: &V,
    ) -> Result<(), Refusal> {
        let day = decision.day;
        let missing = self.not_then(unit, day);
        let rows = self.rows(unit)?;
        // The same change, known so far only to lie between two states: now its day is known.
        for at in 1..rows.len() {
            if rows[at].from.allows(day) && column(&mut rows[at]) == value && column(&mut rows[at - 1]) != value {
                (rows[at - 1].to, rows[at].from) = (Edge::On(day), Edge::On(day));
                rows[at].decision.clone_from(&decision.number);
                return Ok(());
            }
        }
        let Some(mut at) = rows.iter().position(|row| row.holds(day)) else { return Err(missing) };
        let old = column(&mut rows[at]).clone();
        if old == *value {
            return Err(Refusal::new("units.already_so").with("unit", &rows[at].name));
        }
        if rows[at].from.start() < day {
            let mut fresh = rows[at].clone();
            rows[at].to = Edge::On(day);
            fresh.from = Edge::On(day);
            at += 1;
            rows.insert(at, fresh);
        }
        rows[at].decision.clone_from(&decision.number);
        for row in &mut rows[at..] {
            if *column(row) != old {
                break;
            }
            *column(row) = value.clone();
        }
        Ok(())
    }

    /// What lay in a unit that ended goes on in its heir; without one, someone must have said where.
    fn settle_children(&mut self, ended: Unit, heir: Option<Unit>, decision: &Decision) -> Result<(), Refused> {
        let day = decision.day;
        let left = |row: &VersionRow| row.parent == Some(ended.key()) && row.to.end() > day;
        let keys: Vec<i64> =
            self.versions.iter().filter(|(_, rows)| rows.iter().any(left)).map(|(key, _)| *key).collect();
        let Some(heir) = heir else {
            let names: Vec<&str> = keys
                .iter()
                .filter_map(|key| self.versions[key].iter().find(|row| left(row)))
                .map(|row| row.name.as_str())
                .collect();
            return match names.as_slice() {
                [] => Ok(()),
                names => Err(Refusal::new("units.children_left").with("children", names.join(", ")).into()),
            };
        };
        for key in keys {
            let Some(rows) = self.versions.get_mut(&key) else { continue };
            let mut at = 0;
            while at < rows.len() {
                if left(&rows[at]) {
                    if rows[at].from.start() < day {
                        let mut fresh = rows[at].clone();
                        rows[at].to = Edge::On(day);
                        fresh.from = Edge::On(day);
                        fresh.decision.clone_from(&decision.number);
                        at += 1;
                        rows.insert(at, fresh);
                    }
                    rows[at].parent = Some(heir.key());
                }
                at += 1;
            }
            // An own body whose place ended and a child of the heir's own level cannot lie in it.
            let first = self.versions[&key].iter().map(|row| row.from.start()).max_by_key(|start| *start <= day);
            self.above(Unit::place(key), first.unwrap_or(day).max(day))?;
        }
        Ok(())
    }
}
