//! The value of a figure, and how it was obtained.

use std::collections::{BTreeMap, HashMap, HashSet};

use db::{Result, Tx};
use kernel::Refusal;
use pack::{
    AnyFigure,
    figure::{Derived, Scope},
    formula::{Formula, Take, Term},
    vocabulary::Qualifier,
};
use records::{House, Snapshot};
use units::Unit;

use crate::{
    ratio::Ratio,
    study::{Ask, Heads, Study, Tally},
    target, wording,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Value,
    ZeroConfirmed,
    NoData,
}

/// A figure as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub id: String,
    pub state: State,
    /// In the smallest step: `places` decimals.
    pub value: Option<i64>,
    pub places: u32,
    /// The whole, of a share or coverage.
    pub of: Option<i64>,
    /// Tenths of a percent.
    pub percent: Option<i64>,
    /// The same, exact.
    pub ratio: Option<Ratio>,
    pub measure: Option<String>,
    pub qualifier: Option<Qualifier>,
    /// The number alone: `1.052`, `05/08`.
    pub number: String,
    /// What it counts: the measure or the noun.
    pub noun: Option<String>,
    /// Both: `1.052 cuộc đối thoại`.
    pub shown: String,
    pub recorded: i64,
    pub reported: i64,
    /// Units of the scope that said nothing in the window.
    pub silent: usize,
    /// Which they are, by code.
    pub silent_units: Vec<Unit>,
    pub parts: Vec<PartValue>,
    /// Units that do not meet a coverage.
    pub missing: Vec<Unit>,
    /// Posts or records that do not, by name.
    pub missing_names: Vec<String>,
    /// Posts that nobody held.
    pub vacant: Vec<crate::Head>,
}

/// One combination of a figure's breakdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartValue {
    pub by: Vec<(String, String)>,
    pub value: i64,
}

/// Reads one figure.
pub async fn read(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
    id: &str,
) -> Result<Value> {
    let mut all = read_all(tx, house, snapshot, heads, ask, &[id]).await?;
    all.pop().ok_or(db::Stop::Missing)
}

/// Reads several figures with one look at the ledger.
pub async fn read_all(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
    ids: &[&str],
) -> Result<Vec<Value>> {
    for id in ids {
        known(snapshot, id)?;
    }
    let study = Study::open(tx, house, snapshot, heads, ask, ids).await?;
    ids.iter().map(|id| study.value(id).map_err(db::Stop::from)).collect()
}

/// A figure that the pack does not have is refused with the nearest that it has.
pub(crate) fn known(snapshot: &Snapshot, id: &str) -> std::result::Result<(), Refusal> {
    if snapshot.pack.figure(id).is_some() {
        return Ok(());
    }
    let names = snapshot.pack.figure_names();
    Err(Refusal::new("figure.unknown").with("value", id).with("nearest", pack::expression::nearest(id, names.iter())))
}

impl Study<'_> {
    /// A figure's value out of what was fetched.
    pub fn value(&self, id: &str) -> std::result::Result<Value, Refusal> {
        known(self.snapshot, id)?;
        match self.snapshot.pack.figure(id) {
            Some(AnyFigure::Derived(derived)) => self.derived(derived),
            Some(AnyFigure::Counted(_, figure)) => Ok(self.counted(id, figure.silent_is_zero)),
            None => Err(Refusal::new("figure.unknown").with("value", id)),
        }
    }

    fn blank(&self, id: &str) -> Value {
        let noun = self.snapshot.pack.figure(id).and_then(AnyFigure::noun).map(|noun| noun.vi.clone());
        Value {
            id: id.to_owned(),
            state: State::NoData,
            value: None,
            places: 0,
            of: None,
            percent: None,
            ratio: None,
            measure: None,
            qualifier: None,
            number: wording::no_data().to_owned(),
            noun,
            shown: wording::no_data().to_owned(),
            recorded: 0,
            reported: 0,
            silent: 0,
            silent_units: Vec::new(),
            parts: Vec::new(),
            missing: Vec::new(),
            missing_names: Vec::new(),
            vacant: Vec::new(),
        }
    }

    fn counted(&self, id: &str, silent_is_zero: bool) -> Value {
        let term = Term { figure: id.to_owned(), take: Take::Window, part: None };
        let tally = self.tally(&term);
        let (places, measure) = self.measure(id);
        let mut value = self.blank(id);
        value.noun = measure.clone().filter(|_| value.noun.is_none()).or(value.noun);
        value.places = places;
        value.measure = measure;
        value.silent_units = self.silent(id);
        value.silent = value.silent_units.len();
        if tally.facts == 0 && !silent_is_zero {
            return value;
        }
        value.value = Some(tally.amount);
        value.ratio = Ratio::new(tally.amount.into(), 10_i128.pow(places));
        value.qualifier = tally.qualifier();
        value.recorded = tally.recorded;
        value.reported = tally.reported;
        value.parts = self.parts(id);
        if tally.amount == 0 && value.qualifier.is_none() {
            value.state = State::ZeroConfirmed;
            value.number = "0".to_owned();
            value.shown = wording::nothing().to_owned();
            return value;
        }
        value.state = State::Value;
        if let Some((sum, _)) = self.reading(id)
            && let Some((_, of)) = self.words(sum.part).iter().find(|(by, _)| by == "of")
        {
            value.of = of.parse().ok();
        }
        value.number = match value.of {
            Some(of) => format!("{}/{of}", tally.amount),
            // A reading, such as a rank, is no count of things.
            None if self.reading(id).is_some() => kernel::number::decimal(tally.amount, places),
            None => wording::counted(tally.amount, places, value.qualifier),
        };
        value.shown = wording::with_noun(&value.number, value.noun.as_deref());
        value
    }

    /// The communes of the ground that have neither a record nor a confirmation; of a body, itself.
    fn silent(&self, id: &str) -> Vec<Unit> {
        // A reading is one body's: the others have none to give.
        if self.reading(id).is_some() {
            return Vec::new();
        }
        let tree = &self.snapshot.tree;
        let at = tree.at(tree.last_day(self.ask.unit, (self.ask.window.from, self.ask.window.to)));
        if self.ask.unit.slot() != 0 || at.is_body(self.ask.unit) {
            return Some(self.ask.unit).filter(|_| self.sums(id, Take::Window).is_empty()).into_iter().collect();
        }
        // Who keeps the book owes a word: the levels that the register names, else the lowest.
        let Ok(mut units) = self.scope_units(&self.speakers(id)) else { return Vec::new() };
        let mut speaking: HashSet<Unit> = HashSet::new();
        for sum in self.sums(id, Take::Window) {
            speaking.extend(self.chain(sum.unit).iter().copied());
        }
        units.retain(|unit| !speaking.contains(unit));
        units
    }

    /// The places at which the book of a figure's register is kept.
    fn speakers(&self, id: &str) -> Scope {
        let kinds = self.snapshot.tree.kinds();
        let books = match self.snapshot.pack.figure(id) {
            Some(AnyFigure::Counted(register, _)) => register.books.as_slice(),
            _ => &[],
        };
        let named: Vec<String> =
            kinds.levels.iter().map(|level| level.id.clone()).filter(|id| books.contains(id)).collect();
        if !named.is_empty() {
            return Scope { level: named, ..Scope::default() };
        }
        let kind: Vec<String> = books.iter().filter(|one| kinds.place_kind(one).is_some()).cloned().collect();
        if kind.is_empty() {
            return Scope { level: vec!["commune".to_owned()], ..Scope::default() };
        }
        Scope { kind, ..Scope::default() }
    }

    /// The breakdown, in order; parts that came to nothing are left out.
    fn parts(&self, id: &str) -> Vec<PartValue> {
        // Added up by number first: a city has thousands of sums and few parts.
        let mut amounts: HashMap<i64, i64> = HashMap::new();
        for sum in self.sums(id, Take::Window) {
            *amounts.entry(sum.part).or_default() += sum.amount;
        }
        let mut parts: BTreeMap<Vec<(String, String)>, i64> = BTreeMap::new();
        for (part, amount) in amounts {
            *parts.entry(self.words(part).to_vec()).or_default() += amount;
        }
        parts
            .into_iter()
            .filter(|(by, value)| !by.is_empty() && *value != 0)
            .map(|(by, value)| PartValue { by, value })
            .collect()
    }

    fn derived(&self, derived: &Derived) -> std::result::Result<Value, Refusal> {
        let mut value = self.blank(&derived.id);
        let truncate = kernel::number::Rounding::Truncate == derived.rounding;
        let formula = |text: &Option<String>| text.as_ref().and_then(|text| self.snapshot.pack.formula(text));
        if let Some((over, under)) = formula(&derived.share).and_then(Formula::sides) {
            let tally = |term: &Term| self.tally_or_derived(term);
            let silent = over.terms().iter().chain(&under.terms()).all(|term| tally(term).facts == 0);
            let sides = (Self::reckon(over, &tally), Self::reckon(under, &tally));
            if let ((Some(over), Some(under)), false) = (sides, silent) {
                set_share(&mut value, over.rounded(0, false), under.rounded(0, false), truncate);
                value.ratio = over.by(under);
                value.percent = value.ratio.map(|ratio| ratio.times(Ratio::whole(100)).rounded(1, truncate));
            }
        } else if let Some(formula) = formula(&derived.formula) {
            let tally = |term: &Term| self.tally_or_derived(term);
            let silent = formula.terms().iter().all(|term| tally(term).facts == 0);
            if let Formula::Term(term) = formula
                && term.take.is_gain()
            {
                return Ok(self.gained(value, term));
            }
            let (places, measure) = formula.terms().first().map_or((0, None), |term| self.measure(&term.figure));
            if let (Some(sum), false) = (Self::reckon(formula, &tally), silent) {
                let amount = sum.rounded(0, false);
                value.state = if amount == 0 { State::ZeroConfirmed } else { State::Value };
                value.value = Some(amount);
                value.places = places;
                value.ratio = Ratio::new(amount.into(), 10_i128.pow(places));
                value.number = wording::counted(amount, places, None);
                value.noun = value.noun.or(measure.clone());
                value.measure = measure;
                value.shown = wording::with_noun(&value.number, value.noun.as_deref());
            }
        } else if let Some(coverage) = &derived.coverage {
            let covered = self.cover(coverage, &coverage.scope)?;
            if covered.unsaid || covered.of == 0 {
                value.of = Some(covered.of);
            } else {
                set_share(&mut value, covered.reached, covered.of, truncate);
            }
            value.silent = covered.silent.len();
            value.silent_units = covered.silent;
            value.missing = covered.missing;
            value.missing_names = covered.missing_names;
            value.vacant = covered.vacant;
        } else if let Some(programme) = derived.met.as_ref().and_then(|id| self.snapshot.pack.programmes.get(id)) {
            let year = self.ask.window.to.year();
            let mut of = 0;
            let mut met = 0;
            for one in programme.targets.iter().filter(|one| one.stands_in(year)) {
                of += 1;
                met += i64::from(
                    target::stand(self, &format!("{}.{}", programme.id, one.id), one, None)?.state
                        == target::Standing::Met,
                );
            }
            set_share(&mut value, met, of, truncate);
        }
        Ok(value)
    }

    /// A gain shows both readings; where they cannot be compared, it is said and nothing is counted.
    fn gained(&self, mut value: Value, term: &Term) -> Value {
        let Some(gain) = self.gain(term) else { return value };
        let (places, measure) = self.measure(&term.figure);
        let Some(steps) = gain.steps else {
            value.shown = format!("{}, {}", gain.way(places), wording::not_comparable());
            return value;
        };
        value.noun = value.noun.or(measure.clone());
        value.state = State::Value;
        value.value = Some(steps);
        value.recorded = steps;
        value.places = places;
        value.measure = measure;
        value.ratio = Ratio::new(steps.into(), 10_i128.pow(places));
        value.number = wording::signed(steps, places);
        value.shown = gain.shown(steps, value.noun.as_deref(), places);
        value
    }

    /// A term of a formula may itself be a derived figure: then its value stands as one amount.
    pub(crate) fn tally_or_derived(&self, term: &Term) -> Tally {
        if !self.snapshot.pack.derived.contains_key(&term.figure) {
            return self.tally(term);
        }
        match self.value(&term.figure) {
            Ok(value) if value.state != State::NoData => {
                let amount = value.value.unwrap_or(0);
                Tally { amount, facts: 1, recorded: amount, ..Tally::default() }
            }
            _ => Tally::default(),
        }
    }
}

fn set_share(value: &mut Value, reached: i64, of: i64, truncate: bool) {
    value.state = State::Value;
    value.value = Some(reached);
    value.of = Some(of);
    value.ratio = Ratio::new(reached.into(), of.into());
    value.percent = value.ratio.map(|ratio| ratio.times(Ratio::whole(100)).rounded(1, truncate));
    value.recorded = reached;
    value.number = wording::of(reached, of);
    value.shown = wording::with_noun(&value.number, value.noun.as_deref());
}

impl Value {
    /// `34,1%`, of a share or coverage.
    pub fn percent_shown(&self) -> Option<String> {
        self.percent.map(wording::percent)
    }
}
