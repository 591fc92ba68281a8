//! What a set of figures needs of the ledger, before it is asked.

use std::collections::HashSet;

use pack::{
    AnyFigure,
    formula::{Formula, Take},
    programme::Target,
};
use records::Snapshot;

/// The leaves that a set of figures needs.
#[derive(Default)]
pub(crate) struct Wanted {
    pub(crate) leaves: HashSet<(String, Take)>,
    pub(crate) held: HashSet<String>,
    pub(crate) posts: HashSet<String>,
    pub(crate) in_force: HashSet<String>,
    seen: HashSet<String>,
}

impl Wanted {
    pub(crate) fn figure(&mut self, snapshot: &Snapshot, name: &str) {
        if !self.seen.insert(name.to_owned()) {
            return;
        }
        let pack = &snapshot.pack;
        match pack.figure(name) {
            Some(AnyFigure::Counted(..)) => {
                self.leaves.insert((name.to_owned(), Take::Window));
            }
            Some(AnyFigure::Derived(derived)) => {
                for text in derived.share.iter().chain(&derived.formula) {
                    self.formula(snapshot, text);
                }
                if let Some(coverage) = &derived.coverage {
                    self.formula(snapshot, &coverage.each);
                    coverage.scope.only.iter().for_each(|text| self.formula(snapshot, text));
                    for term in pack.formula(&coverage.each).map(Formula::terms).unwrap_or_default() {
                        self.over(&coverage.over, &term.figure);
                    }
                }
                if let Some(programme) = derived.met.as_ref().and_then(|id| pack.programmes.get(id)) {
                    for target in &programme.targets {
                        self.target(snapshot, target);
                    }
                }
            }
            None => {}
        }
    }

    /// A target's figure, what its scopes ask, and whom it goes over.
    pub(crate) fn target(&mut self, snapshot: &Snapshot, target: &Target) {
        self.figure(snapshot, &target.figure);
        target.scopes().filter_map(|scope| scope.only.as_ref()).for_each(|text| self.formula(snapshot, text));
        if let Some(over) = &target.over {
            self.over(over, &target.figure);
        }
    }

    /// Posts and records are told apart by subject: the figure's facts are fetched by it.
    fn over(&mut self, over: &str, figure: &str) {
        if let Some(posts) = over.strip_prefix("posts:") {
            self.posts.insert(posts.to_owned());
            self.held.insert(figure.to_owned());
        }
        if let Some(register) = over.strip_prefix("records:") {
            self.in_force.insert(register.to_owned());
            self.held.insert(figure.to_owned());
        }
    }

    pub(crate) fn formula(&mut self, snapshot: &Snapshot, text: &str) {
        for term in snapshot.pack.formula(text).map(Formula::terms).unwrap_or_default() {
            self.leaves.insert((term.figure.clone(), term.take));
            if snapshot.pack.derived.contains_key(&term.figure) {
                self.figure(snapshot, &term.figure);
            }
        }
    }
}
