//! Of the things in scope, how many meet a condition, and which do not.

use std::collections::{HashMap, HashSet};

use kernel::Refusal;
use pack::{
    figure::{Coverage, Scope},
    formula::{Formula, Term},
};
use units::Unit;

use crate::study::{Head, Study, Tally};

/// The result of a coverage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Covered {
    pub(crate) reached: i64,
    pub(crate) of: i64,
    /// Units that do not meet it; of a post, the body; silent ones too.
    pub(crate) missing: Vec<Unit>,
    /// Of those, the ones that said nothing at all.
    pub(crate) silent: Vec<Unit>,
    /// Posts that nobody held: named, not counted.
    pub(crate) vacant: Vec<Head>,
    /// Posts or records that do not meet it, by their names.
    pub(crate) missing_names: Vec<String>,
    /// Nobody said anything at all of what it asks.
    pub(crate) unsaid: bool,
}

impl Study<'_> {
    pub(crate) fn cover(&self, coverage: &Coverage, scope: &Scope) -> Result<Covered, Refusal> {
        let Some(each) = self.snapshot.pack.formula(&coverage.each) else { return Ok(Covered::default()) };
        let mut covered = self.cover_over(&coverage.over, each, scope)?;
        covered.unsaid = each.terms().iter().all(|term| self.tally_or_derived(term).facts == 0);
        Ok(covered)
    }

    /// Over units, posts, records or parts.
    pub(crate) fn cover_over(&self, over: &str, each: &Formula, scope: &Scope) -> Result<Covered, Refusal> {
        if let Some(posts) = over.strip_prefix("posts:") {
            return self.cover_posts(posts, each, scope);
        }
        if let Some(register) = over.strip_prefix("records:") {
            return Ok(self.cover_records(register, each));
        }
        if let Some(field) = over.strip_prefix("parts:") {
            return Ok(self.cover_parts(field, each));
        }
        if let Some(field) = over.strip_prefix("units x parts:") {
            return Ok(self.cover_unit_parts(field, each, &self.scope_units(scope)?));
        }
        Ok(self.cover_units(each, &self.scope_units(scope)?))
    }

    /// The units of a scope on the window's last day, in order of code.
    pub(crate) fn scope_units(&self, scope: &Scope) -> Result<Vec<Unit>, Refusal> {
        let tree = &self.snapshot.tree;
        let kinds = tree.kinds();
        let at = tree.at(self.scope_day());
        let place = self.ask.unit.ground();
        let levels: Vec<Option<&str>> = if scope.level.is_empty() {
            vec![None]
        } else {
            scope.level.iter().map(|level| Some(level.as_str())).collect()
        };
        let groups: Vec<Option<&str>> = if scope.group.is_empty() {
            vec![None]
        } else {
            scope.group.iter().map(|group| Some(group.as_str())).collect()
        };
        let mut words: Vec<&str> = scope.kind.iter().map(String::as_str).collect();
        words.extend(scope.body_kinds().map(String::as_str));
        let mut units = Vec::new();
        for level in &levels {
            for group in &groups {
                let chosen = kinds.scope(*level, &words, *group)?;
                units.extend(at.under(place, &chosen));
                let is_root_level =
                    level.is_some_and(|level| at.level(place).is_some_and(|own| kinds.level_def(own).id == level));
                if is_root_level && !scope.is_of_bodies() && scope.kind.is_empty() {
                    units.push(place);
                }
            }
        }
        let mut seen = HashSet::new();
        units.retain(|unit| seen.insert(*unit));
        if let Some(only) = scope.only.as_ref().and_then(|text| self.snapshot.pack.formula(text)) {
            let tallies = self.tallies(only, &units);
            units.retain(|unit| Self::holds(only, &|term| tally_of(&tallies, term, *unit)));
        }
        units.sort_by_cached_key(|unit| at.code(*unit));
        Ok(units)
    }

    fn tallies(&self, formula: &Formula, units: &[Unit]) -> HashMap<Term, HashMap<Unit, Tally>> {
        let among: HashSet<Unit> = units.iter().copied().collect();
        formula.terms().into_iter().map(|term| (term.clone(), self.tally_each(term, &among))).collect()
    }

    pub(crate) fn cover_units(&self, each: &Formula, units: &[Unit]) -> Covered {
        let tallies = self.tallies(each, units);
        let mut covered = Covered { of: i64::try_from(units.len()).unwrap_or(i64::MAX), ..Covered::default() };
        for unit in units {
            let tally = |term: &Term| tally_of(&tallies, term, *unit);
            let silent = each.terms().iter().all(|term| tally(term).facts == 0);
            if !silent && Self::holds(each, &tally) {
                covered.reached += 1;
            } else {
                covered.missing.push(*unit);
                if silent {
                    covered.silent.push(*unit);
                }
            }
        }
        covered
    }

    fn cover_posts(&self, posts: &str, each: &Formula, scope: &Scope) -> Result<Covered, Refusal> {
        let places: HashSet<Unit> =
            self.scope_units(&Scope { body: None, bodies: Vec::new(), ..scope.clone() })?.into_iter().collect();
        let mut heads = self.posts.get(posts).cloned().unwrap_or_default();
        heads.retain(|head| self.chain(head.unit.0).iter().any(|unit| places.contains(&unit.ground())));
        let mut by_subject: HashMap<(&str, &str), Tally> = HashMap::new();
        for term in each.terms() {
            for (subject, sum) in self.held(&term.figure) {
                by_subject.entry((&term.figure, subject)).or_default().amount += sum.amount;
            }
        }
        let mut covered = Covered::default();
        for head in heads {
            if !head.held {
                covered.vacant.push(head);
                continue;
            }
            covered.of += 1;
            let key = format!("{}:{}", head.unit.0, head.post);
            let tally =
                |term: &Term| by_subject.get(&(term.figure.as_str(), key.as_str())).cloned().unwrap_or_default();
            if Self::holds(each, &tally) {
                covered.reached += 1;
            } else {
                covered.missing.push(head.unit);
                covered.missing_names.push(key);
            }
        }
        covered.missing.dedup();
        Ok(covered)
    }

    /// Over the records of a register that are in force on the window's last day.
    fn cover_records(&self, register: &str, each: &Formula) -> Covered {
        let standing = self.in_force.get(register).map_or(&[][..], Vec::as_slice);
        let mut covered = Covered { of: i64::try_from(standing.len()).unwrap_or(i64::MAX), ..Covered::default() };
        for (unit, handle) in standing {
            let tally = |term: &Term| {
                let amount = self
                    .held(&term.figure)
                    .iter()
                    .filter(|(subject, _)| subject == handle)
                    .map(|(_, sum)| sum.amount)
                    .sum();
                Tally { amount, ..Tally::default() }
            };
            if Self::holds(each, &tally) {
                covered.reached += 1;
            } else {
                covered.missing.push(Unit(*unit));
                covered.missing_names.push(handle.clone());
            }
        }
        covered
    }

    /// Over the choices of a field by which the figure is broken down.
    fn cover_parts(&self, field: &str, each: &Formula) -> Covered {
        let mut covered = Covered::default();
        for word in self.choices(field, each) {
            covered.of += 1;
            let tally =
                |term: &Term| self.tally(&Term { part: Some((field.to_owned(), word.clone())), ..term.clone() });
            if Self::holds(each, &tally) {
                covered.reached += 1;
            } else {
                covered.missing_names.push(word);
            }
        }
        covered
    }

    /// Over every unit with every choice of a field: `11383/ubnd · mttq` is missing where the unit has none with it.
    fn cover_unit_parts(&self, field: &str, each: &Formula, units: &[Unit]) -> Covered {
        let among: HashSet<Unit> = units.iter().copied().collect();
        let at = self.snapshot.tree.at(self.ask.window.to);
        let words = self.choices(field, each);
        let mut spoke: HashSet<Unit> = HashSet::new();
        let mut missing: HashMap<Unit, Vec<&str>> = HashMap::new();
        for word in &words {
            let of = |term: &Term| Term { part: Some((field.to_owned(), word.clone())), ..term.clone() };
            let tallies: HashMap<Term, HashMap<Unit, Tally>> =
                each.terms().into_iter().map(|term| (term.clone(), self.tally_each(&of(term), &among))).collect();
            spoke.extend(tallies.values().flat_map(HashMap::keys));
            for unit in units {
                if !Self::holds(each, &|term| tally_of(&tallies, term, *unit)) {
                    missing.entry(*unit).or_default().push(word);
                }
            }
        }
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let short: usize = missing.values().map(Vec::len).sum();
        let of = units.len() * words.len();
        let mut covered = Covered { of: count(of), reached: count(of - short), ..Covered::default() };
        for unit in units {
            let Some(words) = missing.get(unit) else { continue };
            covered.missing.push(*unit);
            covered.missing_names.extend(words.iter().map(|word| format!("{} · {word}", at.code(*unit))));
            if !spoke.contains(unit) {
                covered.silent.push(*unit);
            }
        }
        covered
    }

    /// The choices that stand of the field by which a condition's figure is broken down.
    fn choices(&self, field: &str, each: &Formula) -> Vec<String> {
        let register = each
            .terms()
            .first()
            .and_then(|term| term.figure.split_once('.'))
            .and_then(|(id, _)| self.snapshot.pack.register(id));
        let field = register.and_then(|register| register.any_field(field));
        let choices = field.into_iter().flat_map(|field| &field.choices);
        choices.filter(|choice| !choice.retired && choice.counts_as.is_none()).map(|choice| choice.id.clone()).collect()
    }
}

fn tally_of(tallies: &HashMap<Term, HashMap<Unit, Tally>>, term: &Term, unit: Unit) -> Tally {
    tallies.get(term).and_then(|each| each.get(&unit)).cloned().unwrap_or_default()
}
