//! One study cut to units that lie under it, or to a part of the breakdown: the same facts, no second look at the ledger.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use calendar::Window;
use ledger::Sum;
use units::{Telling, Tree, Unit};

use crate::study::{Ask, Head, Study};

/// For which units a unit's facts count: worked out once for all studies that are cut from one.
#[derive(Default)]
pub(crate) struct Under<'a> {
    telling: OnceLock<Telling<'a>>,
    chains: Mutex<HashMap<i64, Arc<[Unit]>>>,
}

impl<'a> Under<'a> {
    pub(crate) fn chain(&self, tree: &'a Tree, ask: &Ask, unit: i64) -> Arc<[Unit]> {
        let mut chains = self.chains.lock().unwrap_or_else(PoisonError::into_inner);
        let Window { from, to } = ask.window;
        let telling = self.telling.get_or_init(|| tree.telling((from, to), ask.geography, to));
        let chain = chains.entry(unit).or_insert_with(|| {
            let unit = Unit(unit);
            telling.chain(unit, tree.last_day(unit, (from, to))).0.into()
        });
        Arc::clone(chain)
    }
}

impl<'a> Study<'a> {
    /// The same study for each of some units under its own, in their order.
    pub fn split(&self, units: &[Unit]) -> Vec<Study<'a>> {
        let mut studies: Vec<Study<'a>> = units.iter().map(|unit| self.bare(Ask { unit: *unit, ..self.ask })).collect();
        let places: HashMap<Unit, usize> = units.iter().copied().zip(0..).collect();
        let whose = |unit: i64| -> Vec<usize> {
            self.chain(unit).iter().filter_map(|unit| places.get(unit).copied()).collect()
        };
        for (key, sums) in &self.leaves {
            deal(&mut studies, sums, |sum| whose(sum.unit), |study, own| study.leaves.insert(key.clone(), own));
        }
        for (name, sums) in &self.held {
            deal(&mut studies, sums, |(_, sum)| whose(sum.unit), |study, own| study.held.insert(name.clone(), own));
        }
        for (name, sums) in &self.readings {
            deal(&mut studies, sums, |(sum, _)| whose(sum.unit), |study, own| study.readings.insert(name.clone(), own));
        }
        for (name, sums) in &self.earlier {
            deal(&mut studies, sums, |(sum, _)| whose(sum.unit), |study, own| study.earlier.insert(name.clone(), own));
        }
        for (name, heads) in &self.posts {
            let whose = |head: &Head| whose(head.unit.0);
            deal(&mut studies, heads, whose, |study, own| study.posts.insert(name.clone(), own));
        }
        for (name, records) in &self.in_force {
            let whose = |(unit, _): &(i64, String)| whose(*unit);
            deal(&mut studies, records, whose, |study, own| study.in_force.insert(name.clone(), own));
        }
        studies
    }

    /// The same study of only those facts whose part of the breakdown holds all these words.
    #[must_use]
    pub fn only(&self, by: &[(String, String)]) -> Study<'a> {
        let holds = |sum: &&Sum| {
            let words = self.words(sum.part);
            by.iter().all(|wanted| words.contains(wanted))
        };
        let mut study = self.bare(self.ask);
        study.leaves =
            self.leaves.iter().map(|(key, sums)| (key.clone(), sums.iter().filter(holds).cloned().collect())).collect();
        let keep = |all: &[(Sum, kernel::Day)]| all.iter().filter(|(sum, _)| holds(&sum)).cloned().collect();
        study.readings = self.readings.iter().map(|(name, all)| (name.clone(), keep(all))).collect();
        study.earlier = self.earlier.iter().map(|(name, all)| (name.clone(), keep(all))).collect();
        let keep = |all: &[(String, Sum)]| all.iter().filter(|(_, sum)| holds(&sum)).cloned().collect();
        study.held = self.held.iter().map(|(name, all)| (name.clone(), keep(all))).collect();
        study.in_force.clone_from(&self.in_force);
        study.posts.clone_from(&self.posts);
        study
    }

    /// Without facts.
    fn bare(&self, ask: Ask) -> Study<'a> {
        Study {
            house: self.house,
            snapshot: self.snapshot,
            heads: self.heads,
            ask,
            leaves: HashMap::new(),
            held: HashMap::new(),
            readings: HashMap::new(),
            earlier: HashMap::new(),
            posts: HashMap::new(),
            parts: Arc::clone(&self.parts),
            under: Arc::clone(&self.under),
            in_force: HashMap::new(),
        }
    }
}

/// Gives each study what is its own.
fn deal<'a, T: Clone>(
    studies: &mut [Study<'a>],
    all: &[T],
    whose: impl Fn(&T) -> Vec<usize>,
    lay: impl Fn(&mut Study<'a>, Vec<T>) -> Option<Vec<T>>,
) {
    let mut own: Vec<Vec<T>> = studies.iter().map(|_| Vec::new()).collect();
    for one in all {
        for place in whose(one) {
            own[place].push(one.clone());
        }
    }
    for (study, own) in studies.iter_mut().zip(own).filter(|(_, own)| !own.is_empty()) {
        lay(study, own);
    }
}
