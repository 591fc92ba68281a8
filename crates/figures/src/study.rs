//! One reading of the ledger for a question: everything that its figures need is fetched at once, then computed without the database.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use calendar::Window;
use db::{Result, Space, Tx};
use kernel::Day;
use ledger::{Ground, Moment, Sum};
use pack::{
    AnyFigure,
    facts::Basis,
    figure::{Figure, Shape},
    formula::{Arithmetic, Formula, Take, Term},
    programme::Target,
    register::FieldType,
    vocabulary::Qualifier,
};
use records::{House, Snapshot};
use units::{Geography, Tree, Unit};

use crate::{ratio::Ratio, split::Under, wanted::Wanted};

/// What is asked: whose numbers, of which days, in which geography.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub unit: Unit,
    pub window: Window,
    pub geography: Geography,
    /// Until when cohorts are followed; without one, the window's last day.
    pub cut_off: Option<Day>,
}

impl Ask {
    pub fn of(unit: Unit, window: Window) -> Self {
        Self { unit, window, geography: Geography::Then, cut_off: None }
    }

    /// In the geography of a date a unit that is not there is told by who holds its ground.
    #[must_use]
    pub fn told_in(self, tree: &Tree) -> Self {
        match self.geography {
            Geography::At(date) if !tree.at(date).exists(self.unit) => {
                Self { unit: tree.holder(self.unit, date).unit, ..self }
            }
            _ => self,
        }
    }
}

/// A post at a body, in a window.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head {
    pub unit: Unit,
    pub post: String,
    /// Someone held it for a part of the window; a vacant one is named and not counted.
    pub held: bool,
}

/// Who knows which posts were held; `people` does.
pub trait Heads: Send + Sync {
    /// All posts of these kinds that existed in the window; `head` is every post of head.
    fn heads(&self, posts: &[String], window: Window) -> Vec<Head>;
}

/// The sum of a term over some units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) amount: i64,
    pub(crate) facts: i64,
    pub(crate) recorded: i64,
    pub(crate) reported: i64,
    pub(crate) qualifiers: Vec<Qualifier>,
}

impl Tally {
    /// An amount that stands on so many facts.
    pub(crate) fn of(amount: i64, facts: i64) -> Self {
        Self { amount, facts, recorded: amount, ..Self::default() }
    }

    fn add(&mut self, sum: &Sum) {
        let basis = Basis::from_code(sum.basis);
        self.amount += sum.amount;
        self.facts += sum.facts;
        if basis.reported {
            self.reported += sum.amount;
        } else {
            self.recorded += sum.amount;
        }
        if let Some(qualifier) = basis.qualifier.filter(|qualifier| !self.qualifiers.contains(qualifier)) {
            self.qualifiers.push(qualifier);
        }
    }

    /// One word for all: the qualifier that all share, else "khoảng"; one that stands alone never joins a number.
    pub(crate) fn qualifier(&self) -> Option<Qualifier> {
        let numbered: Vec<Qualifier> = self.qualifiers.iter().copied().filter(|qualifier| !qualifier.alone()).collect();
        match numbered.as_slice() {
            [] if self.amount == 0 => self.qualifiers.first().copied(),
            [] => None,
            [one] => Some(*one),
            _ => Some(Qualifier::About),
        }
    }
}

pub(crate) type PartWords = Vec<(String, String)>;

/// Everything fetched for a set of figures.
pub struct Study<'a> {
    pub house: &'a House,
    pub snapshot: &'a Snapshot,
    pub heads: &'a dyn Heads,
    pub ask: Ask,
    /// Sums by figure and take.
    pub(crate) leaves: HashMap<(String, Take), Vec<Sum>>,
    /// The same by subject, where a coverage over posts or records asks for it.
    pub(crate) held: HashMap<String, Vec<(String, Sum)>>,
    pub(crate) readings: HashMap<String, Vec<(Sum, Day)>>,
    /// Readings of the year before, where a gain is asked for.
    pub(crate) earlier: HashMap<String, Vec<(Sum, Day)>>,
    /// The posts under the unit, where a coverage goes over posts.
    pub(crate) posts: HashMap<String, Vec<Head>>,
    pub(crate) parts: Arc<HashMap<i64, PartWords>>,
    pub(crate) under: Arc<Under<'a>>,
    /// Records in force, by register, for a coverage over records: whose, and their handle.
    pub(crate) in_force: HashMap<String, Vec<(i64, String)>>,
}

impl<'a> Study<'a> {
    /// Fetches what these figures need.
    pub async fn open(
        tx: &mut Tx,
        house: &'a House,
        snapshot: &'a Snapshot,
        heads: &'a dyn Heads,
        ask: Ask,
        names: &[&str],
    ) -> Result<Study<'a>> {
        let mut wanted = Wanted::default();
        for name in names {
            wanted.figure(snapshot, name);
        }
        Self::open_with(tx, house, snapshot, heads, ask, &wanted).await
    }

    /// What targets need: their figures, scopes, and whom they go over.
    pub(crate) async fn of_targets(
        tx: &mut Tx,
        house: &'a House,
        snapshot: &'a Snapshot,
        heads: &'a dyn Heads,
        ask: Ask,
        targets: &[&Target],
    ) -> Result<Study<'a>> {
        let mut wanted = Wanted::default();
        for target in targets {
            wanted.target(snapshot, target);
        }
        Self::open_with(tx, house, snapshot, heads, ask, &wanted).await
    }

    /// What the formulas of a statutory table speak of; columns among them are no figures.
    pub(crate) async fn of_formulas(
        tx: &mut Tx,
        house: &'a House,
        snapshot: &'a Snapshot,
        heads: &'a dyn Heads,
        ask: Ask,
        texts: &[&str],
    ) -> Result<Study<'a>> {
        let mut wanted = Wanted::default();
        for text in texts {
            wanted.formula(snapshot, text);
        }
        Self::open_with(tx, house, snapshot, heads, ask, &wanted).await
    }

    async fn open_with(
        tx: &mut Tx,
        house: &'a House,
        snapshot: &'a Snapshot,
        heads: &'a dyn Heads,
        ask: Ask,
        wanted: &Wanted,
    ) -> Result<Study<'a>> {
        let ask = ask.told_in(&snapshot.tree);
        let mut study = Study {
            house,
            snapshot,
            heads,
            ask,
            leaves: HashMap::new(),
            held: HashMap::new(),
            readings: HashMap::new(),
            earlier: HashMap::new(),
            posts: HashMap::new(),
            parts: Arc::default(),
            under: Arc::default(),
            in_force: HashMap::new(),
        };
        study.fetch(tx, wanted).await?;
        Ok(study)
    }

    async fn fetch(&mut self, tx: &mut Tx, wanted: &Wanted) -> Result<()> {
        let mut grounds = Grounds::new();
        let mut by_moment: BTreeMap<u8, Moments> = BTreeMap::new();
        let mut readings: BTreeMap<u8, Moments> = BTreeMap::new();
        for (name, take) in &wanted.leaves {
            let Some(id) = self.figure_id(tx, name).await? else { continue };
            let shape = self.snapshot.pack.shape(name);
            let stock = shape == Some(Shape::Stock);
            let kind = if shape == Some(Shape::Reading) { &mut readings } else { &mut by_moment };
            let key = (*take as u8) * 2 + u8::from(stock);
            kind.entry(key).or_insert_with(|| (*take, stock, Vec::new())).2.push((name.clone(), id));
        }
        for (take, _, figures) in readings.into_values() {
            let ids: Vec<i64> = figures.iter().map(|(_, id)| *id).collect();
            let found = ledger::latest(tx, &ids, self.kept_ground(&mut grounds, take, false)).await?;
            let from = self.ask.window.from;
            for (name, id) in figures {
                let own = found.iter().filter(|(sum, ..)| sum.figure == id);
                let (now, before) = own.map(|(sum, day, _)| (sum.clone(), *day)).partition(|(_, day)| *day >= from);
                self.readings.insert(name.clone(), now);
                if take.is_gain() {
                    self.earlier.insert(name, before);
                }
            }
        }
        for (take, stock, figures) in by_moment.into_values() {
            let ids: Vec<i64> = figures.iter().map(|(_, id)| *id).collect();
            let moment = self.moment(take, stock);
            let sums = ledger::sums(tx, &ids, self.kept_ground(&mut grounds, take, stock), moment).await?;
            let mut by_figure: HashMap<i64, Vec<Sum>> = HashMap::new();
            for sum in sums {
                by_figure.entry(sum.figure).or_default().push(sum);
            }
            for (name, id) in figures {
                self.leaves.insert((name, take), by_figure.get(&id).cloned().unwrap_or_default());
            }
        }
        for name in &wanted.held {
            let Some(id) = self.figure_id(tx, name).await? else { continue };
            let stock = self.snapshot.pack.shape(name) == Some(Shape::Stock);
            let moment = self.moment(Take::Window, stock);
            let sums = ledger::held(tx, &[id], self.kept_ground(&mut grounds, Take::Window, stock), moment).await?;
            let mut named = Vec::with_capacity(sums.len());
            for sum in sums {
                named.push((self.house.names.name(tx, sum.subject).await?, sum));
            }
            self.held.insert(name.clone(), named);
        }
        for register in &wanted.in_force {
            let name = format!("{register}.in_force");
            let Some(id) = self.figure_id(tx, &name).await? else { continue };
            let mut amounts: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
            let ground = self.kept_ground(&mut grounds, Take::Window, true);
            for opened in ledger::opened(tx, &[id], ground, Moment::UpTo).await? {
                amounts.entry(opened.record).or_insert((opened.unit, 0)).1 += opened.amount;
            }
            let standing = amounts.into_iter().filter(|(_, (_, amount))| *amount > 0);
            let named = standing.map(|(record, (unit, _))| (unit, kernel::Id(record).handle()));
            self.in_force.insert(register.clone(), named.collect());
        }
        for posts in &wanted.posts {
            let kinds: Vec<String> = posts.split(',').map(|post| post.trim().to_owned()).collect();
            let mut heads = self.heads.heads(&kinds, self.ask.window);
            let ground = self.ask.unit.ground();
            heads.retain(|head| self.chain(head.unit.0).iter().any(|unit| unit.ground() == ground));
            let named: HashSet<(Unit, String)> = heads.iter().map(|head| (head.unit, head.post.clone())).collect();
            let standing = self.standing_posts(&kinds)?.into_iter().filter(|post| !named.contains(post));
            // Nobody ever held these.
            heads.extend(standing.map(|(unit, post)| Head { unit, post, held: false }));
            heads.sort();
            self.posts.insert(posts.clone(), heads);
        }
        let mut parts: HashSet<i64> = self.leaves.values().flatten().map(|sum| sum.part).collect();
        parts.extend(self.readings.values().chain(self.earlier.values()).flatten().map(|(sum, _)| sum.part));
        let mut words = HashMap::new();
        for part in parts {
            words.insert(part, self.part_words(tx, part).await?);
        }
        self.parts = Arc::new(words);
        Ok(())
    }

    async fn part_words(&self, tx: &mut Tx, part: i64) -> Result<PartWords> {
        let text = self.house.names.name(tx, part).await?;
        let map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)?;
        Ok(map
            .into_iter()
            .map(|(by, word)| (by, word.as_str().map_or_else(|| word.to_string(), str::to_owned)))
            .collect())
    }

    /// The integer under which the ledger keeps a figure; none when nothing was ever saved under its definition.
    pub(crate) async fn figure_id(&self, tx: &mut Tx, name: &str) -> Result<Option<i64>> {
        match self.snapshot.figure_key(name) {
            Some(key) => self.house.names.find(tx, Space::Figure, &key).await,
            None => Ok(None),
        }
    }

    /// Whose facts count. A stock is read by the units of its day of reading.
    pub(crate) fn ground(&self, take: Take, stock: bool) -> Vec<Ground> {
        let Window { from, to } = self.ask.window;
        let tree = &self.snapshot.tree;
        if take.is_gain() {
            return self.two_years();
        }
        if !stock {
            return tree.ground(self.ask.unit, (from, to), self.ask.geography).spans;
        }
        let geography = match self.ask.geography {
            Geography::Then => Geography::At(tree.last_day(self.ask.unit, (from, to))),
            at @ Geography::At(_) => at,
        };
        let day = if take == Take::Opening { from.yesterday().unwrap_or(from) } else { to };
        let mut spans = tree.ground(self.ask.unit, (from, to), geography).spans;
        spans.truncate(1);
        spans.into_iter().map(|span| Ground { from: day, to: day, ..span }).collect()
    }

    /// The same, worked out once: telling a tree of thousands of units takes longer than most of what is asked over it.
    fn kept_ground<'g>(&self, grounds: &'g mut Grounds, take: Take, stock: bool) -> &'g [Ground] {
        grounds.entry((take as u8, stock)).or_insert_with(|| self.ground(take, stock))
    }

    pub(crate) fn moment(&self, take: Take, stock: bool) -> Moment {
        match take {
            _ if stock => Moment::UpTo,
            Take::Carried => Moment::Carried,
            Take::Cohort => Moment::Cohort { cut_off: self.ask.cut_off.unwrap_or(self.ask.window.to) },
            Take::Window | Take::Opening | Take::Gain | Take::Scaled => Moment::Window,
        }
    }

    pub(crate) fn sums(&self, name: &str, take: Take) -> &[Sum] {
        self.leaves.get(&(name.to_owned(), take)).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn held(&self, name: &str) -> &[(String, Sum)] {
        self.held.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn words(&self, part: i64) -> &[(String, String)] {
        self.parts.get(&part).map_or(&[], Vec::as_slice)
    }

    fn fits(&self, term: &Term, sum: &Sum) -> bool {
        let topics = &self.snapshot.pack.topics;
        // `column:land` is every topic of that column of the statutory tables.
        let says = |word: &str, value: &str| match word.strip_prefix("column:") {
            Some(column) => topics.find(value).is_some_and(|topic| topic.column.as_deref() == Some(column)),
            None => value == word,
        };
        term.part
            .as_ref()
            .is_none_or(|(by, word)| self.words(sum.part).iter().any(|(known, value)| known == by && says(word, value)))
    }

    /// The latest reading for the unit itself, its place or a body there; None when several others have one.
    pub(crate) fn reading(&self, name: &str) -> Option<(Sum, Day)> {
        let all = self.readings.get(name)?;
        let own: Vec<&(Sum, Day)> =
            all.iter().filter(|(sum, _)| Unit(sum.unit).ground() == self.ask.unit.ground()).collect();
        let newest = own.into_iter().max_by_key(|(_, day)| *day);
        newest.or(if all.len() == 1 { all.first() } else { None }).cloned()
    }

    /// A term over the whole ground.
    pub(crate) fn tally(&self, term: &Term) -> Tally {
        let mut tally = Tally::default();
        if term.take.is_gain() {
            return self.tally_gain(term);
        }
        if let Some((sum, _)) = self.reading(&term.figure) {
            tally.add(&sum);
            return tally;
        }
        self.sums(&term.figure, term.take).iter().filter(|sum| self.fits(term, sum)).for_each(|sum| tally.add(sum));
        tally
    }

    /// A term for each of some units: what lies under each.
    pub(crate) fn tally_each(&self, term: &Term, among: &HashSet<Unit>) -> HashMap<Unit, Tally> {
        let mut tallies: HashMap<Unit, Tally> = HashMap::new();
        if term.take.is_gain() {
            tallies.extend(self.gains_each(term).into_iter().filter(|(unit, _)| among.contains(unit)));
            return tallies;
        }
        let readings = self.readings.get(&term.figure).into_iter().flatten().map(|(sum, _)| sum);
        for sum in self.sums(&term.figure, term.take).iter().filter(|sum| self.fits(term, sum)).chain(readings) {
            for unit in self.chain(sum.unit).iter() {
                if among.contains(unit) {
                    tallies.entry(*unit).or_default().add(sum);
                }
            }
        }
        tallies
    }

    /// The posts of these kinds at the bodies that stand at the end of the window, held or not; `head` is every post of head.
    fn standing_posts(&self, posts: &[String]) -> std::result::Result<Vec<(Unit, String)>, kernel::Refusal> {
        let tree = &self.snapshot.tree;
        let (kinds, at) = (tree.kinds(), tree.at(self.scope_day()));
        let asked =
            |post: &&units::Post| posts.contains(&post.id) || (post.head && posts.iter().any(|id| id == "head"));
        let mut standing = Vec::new();
        for post in kinds.posts.iter().filter(asked) {
            let bodies = at.under(self.ask.unit.ground(), &kinds.scope(None, &[&post.body], None)?);
            standing.extend(bodies.into_iter().map(|body| (body, post.id.clone())));
        }
        Ok(standing)
    }

    /// The day by which a scope is told: the window's last, or the one of the geography that is asked for.
    pub(crate) fn scope_day(&self) -> Day {
        let window = self.ask.window;
        match self.ask.geography {
            Geography::Then => self.snapshot.tree.last_day(self.ask.unit, (window.from, window.to)),
            Geography::At(date) => date,
        }
    }

    /// The units for which a unit's facts count, as of the window's last day.
    pub(crate) fn chain(&self, unit: i64) -> Arc<[Unit]> {
        self.under.chain(&self.snapshot.tree, &self.ask, unit)
    }

    /// A formula over tallies given by `tally`; None where there is nothing to divide by.
    pub(crate) fn reckon(formula: &Formula, tally: &dyn Fn(&Term) -> Tally) -> Option<Ratio> {
        match formula {
            Formula::Term(term) => Some(Ratio::whole(tally(term).amount)),
            Formula::Number(millionths) => Ratio::new(i128::from(*millionths), 1_000_000),
            Formula::Op(a, op, b) => {
                let (a, b) = (Self::reckon(a, tally)?, Self::reckon(b, tally)?);
                match op {
                    Arithmetic::Add => Some(a.plus(b)),
                    Arithmetic::Subtract => Some(a.minus(b)),
                    Arithmetic::Multiply => Some(a.times(b)),
                    Arithmetic::Divide => a.by(b),
                }
            }
            Formula::Compare(..) | Formula::And(..) | Formula::Or(..) => {
                Some(Ratio::whole(i64::from(Self::holds(formula, tally))))
            }
        }
    }

    /// Whether a condition holds; a comparison with what cannot be told does not.
    pub(crate) fn holds(formula: &Formula, tally: &dyn Fn(&Term) -> Tally) -> bool {
        match formula {
            Formula::Compare(a, op, b) => match (Self::reckon(a, tally), Self::reckon(b, tally)) {
                (Some(a), Some(b)) => op.holds(&a, &b),
                _ => false,
            },
            Formula::And(a, b) => Self::holds(a, tally) && Self::holds(b, tally),
            Formula::Or(a, b) => Self::holds(a, tally) || Self::holds(b, tally),
            other => Self::reckon(other, tally).is_some_and(|value| value.over != 0),
        }
    }

    /// Decimal places and measure of a figure's amounts.
    pub(crate) fn measure(&self, name: &str) -> (u32, Option<String>) {
        let Some(AnyFigure::Counted(register, figure)) = self.snapshot.pack.figure(name) else { return (0, None) };
        let Some(field) = amount_path(figure).and_then(|path| register.any_field(path)) else { return (0, None) };
        let places = records::value::places(&self.snapshot.pack, field);
        let measure = match field.kind {
            FieldType::Quantity => field
                .measure
                .as_ref()
                .and_then(|id| self.snapshot.pack.measures.find(id))
                .map(|one| one.label.vi.clone()),
            FieldType::Money => Some("đồng".to_owned()),
            FieldType::Percent => Some("%".to_owned()),
            _ => None,
        };
        (places, measure)
    }
}

fn amount_path(figure: &Figure) -> Option<&str> {
    figure.sum.as_deref().or(figure.reading.as_deref())
}

/// Figures read by one moment: the take, whether they are stocks, names with their integers.
type Moments = (Take, bool, Vec<(String, i64)>);

/// Grounds by take, and whether of stocks.
type Grounds = HashMap<(u8, bool), Vec<Ground>>;
