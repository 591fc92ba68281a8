//! A cross-table: figures against units, periods or the words of a breakdown, on rows and on columns; and the totals that its parts truly sum to.

use std::collections::{BTreeSet, HashMap};

use calendar::{Kind, Period, Window};
use db::{Result, Tx};
use kernel::Refusal;
use ledger::Sum;
use pack::{AnyFigure, figure::Shape, register::FieldType};
use records::{House, Snapshot};
use units::{Geography, Scope, Unit};

use crate::{
    open::parts_of,
    study::{Ask, Heads, Study},
    value::{State, Value, known},
};

/// More than this nobody reads, and no page draws quickly.
const MOST_FIGURES: usize = 20;
const MOST_PERIODS: usize = 36;
const MOST_COLUMNS: usize = 40;
const MOST_CELLS: usize = 6_000;

/// What stands along a side of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    Figures,
    /// The units right below, and the bodies of the place itself.
    Units,
    /// Every commune below.
    Communes,
    Periods(Kind),
    /// The words of a dimension of the breakdown.
    Words(String),
}

impl Axis {
    /// As an address writes it: `figures`, `units`, `communes`, `quarter`, `by:kind`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "figures" => Self::Figures,
            "units" => Self::Units,
            "communes" => Self::Communes,
            "year" => Self::Periods(Kind::Year),
            "half" => Self::Periods(Kind::Half),
            "quarter" => Self::Periods(Kind::Quarter),
            "month" => Self::Periods(Kind::Month),
            _ => Self::Words(text.strip_prefix("by:")?.to_owned()),
        })
    }

    fn is_like(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Units | Self::Communes, Self::Units | Self::Communes))
            || std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// What a cross-table is asked to be.
#[derive(Clone, Debug)]
pub(crate) struct Shaped {
    pub(crate) figures: Vec<String>,
    pub(crate) rows: Axis,
    pub(crate) columns: Axis,
    /// Only facts with all these words.
    pub(crate) only: Vec<(String, String)>,
}

/// What stands along a side, found.
#[derive(Clone, Debug)]
pub(crate) enum Parts {
    Figures(Vec<String>),
    Units(Vec<Unit>),
    Periods(Vec<Period>),
    Words { by: String, words: Vec<String> },
}

impl Parts {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Figures(all) => all.len(),
            Self::Units(all) => all.len(),
            Self::Periods(all) => all.len(),
            Self::Words { words, .. } => words.len(),
        }
    }

    fn lay(&self, spot: &mut Spot, place: Option<usize>) {
        match self {
            Self::Figures(_) => spot.figure = place.unwrap_or(0),
            Self::Units(_) => spot.unit = place,
            Self::Periods(_) => spot.period = place,
            Self::Words { .. } => spot.word = place,
        }
    }
}

/// A number of the table: its figure, and where it stands along each other side; without a place it is the whole of that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Spot {
    pub(crate) figure: usize,
    pub(crate) unit: Option<usize>,
    pub(crate) period: Option<usize>,
    pub(crate) word: Option<usize>,
}

/// A row or a column: one of the parts, what belongs to none of them, or the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Part(usize),
    Rest,
    Whole,
}

/// Why a side has no total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoTotal {
    /// A share or a coverage.
    Share,
    /// The latest reading of one body.
    Reading,
    /// What stands on a day stands on the next day too.
    Stock,
    /// The parts overlap, or do not come to the whole.
    Overlap,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'c> {
    Value(&'c Value, Spot),
    /// What is in the whole and in none of the parts, in the figure's smallest step.
    Rest(i64, u32),
    NoTotal(NoTotal),
    Blank,
}

/// A cross-table, reckoned.
pub(crate) struct Cross {
    pub(crate) figures: Vec<String>,
    pub(crate) rows: Parts,
    pub(crate) columns: Parts,
    pub(crate) only: Vec<(String, String)>,
    values: HashMap<Spot, Value>,
    /// By figure: what kind of number it is, and along which dimensions its parts overlap.
    natures: Vec<Nature>,
}

#[derive(Clone, Copy, Debug)]
struct Nature {
    shape: Option<Shape>,
    share: bool,
    many: bool,
}

/// Dimensions of the breakdown that all these figures have.
pub(crate) fn dimensions(snapshot: &Snapshot, figures: &[String]) -> Vec<String> {
    let mut shared: Option<Vec<String>> = None;
    for name in figures {
        for (counted, _) in parts_of(snapshot, name) {
            let Some(AnyFigure::Counted(_, figure)) = snapshot.pack.figure(&counted) else { continue };
            match &mut shared {
                None => shared = Some(figure.by.clone()),
                Some(shared) => shared.retain(|by| figure.by.contains(by)),
            }
        }
    }
    shared.unwrap_or_default()
}

/// Reckons the table.
pub(crate) async fn cross(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    heads: &dyn Heads,
    ask: Ask,
    shaped: &Shaped,
) -> Result<Cross> {
    fit(snapshot, shaped)?;
    let names: Vec<&str> = shaped.figures.iter().map(String::as_str).collect();
    let sides = [&shaped.rows, &shaped.columns];
    let kind = sides.iter().find_map(|axis| if let Axis::Periods(kind) = axis { Some(*kind) } else { None });
    let periods = kind.map_or_else(|| Ok(Vec::new()), |kind| parts(ask.window, kind))?;
    let windows = std::iter::once(ask.window).chain(periods.iter().map(|period| period.window()));
    let mut studies = Vec::with_capacity(periods.len() + 1);
    for window in windows {
        let study = Study::open(tx, house, snapshot, heads, Ask { window, ..ask }, &names).await?;
        studies.push(if shaped.only.is_empty() { study } else { study.only(&shaped.only) });
    }
    let axis_parts = |axis: &Axis| match axis {
        Axis::Figures => Parts::Figures(shaped.figures.clone()),
        Axis::Units => Parts::Units(below(snapshot, &studies, false)),
        Axis::Communes => Parts::Units(below(snapshot, &studies, true)),
        Axis::Periods(_) => Parts::Periods(periods.clone()),
        Axis::Words(by) => Parts::Words { by: by.clone(), words: words(snapshot, &studies, &names, by) },
    };
    let (rows, columns) = (axis_parts(&shaped.rows), axis_parts(&shaped.columns));
    if columns.len() > MOST_COLUMNS {
        return Err(Refusal::new("figures.cross_too_wide").with("most", MOST_COLUMNS).at("columns").into());
    }
    if rows.len() * columns.len() > MOST_CELLS {
        return Err(Refusal::new("figures.cross_too_large").with("most", MOST_CELLS).at("rows").into());
    }
    let natures = shaped.figures.iter().map(|name| nature(snapshot, name, [&shaped.rows, &shaped.columns])).collect();
    let values = reckon(&studies, &shaped.figures, &rows, &columns)?;
    let (figures, only) = (shaped.figures.clone(), shaped.only.clone());
    Ok(Cross { figures, rows, columns, only, values, natures })
}

/// Refuses what is no table, in words.
fn fit(snapshot: &Snapshot, shaped: &Shaped) -> std::result::Result<(), Refusal> {
    for name in &shaped.figures {
        known(snapshot, name)?;
    }
    if shaped.figures.is_empty() {
        return Err(Refusal::new("figures.cross_no_figure").at("q"));
    }
    if shaped.figures.len() > MOST_FIGURES {
        return Err(Refusal::new("figures.cross_many_figures").with("most", MOST_FIGURES).at("q"));
    }
    if shaped.rows.is_like(&shaped.columns) {
        return Err(Refusal::new("figures.cross_same_side").at("columns"));
    }
    let sides = [&shaped.rows, &shaped.columns];
    if shaped.figures.len() > 1 && !sides.contains(&&Axis::Figures) {
        return Err(Refusal::new("figures.cross_one_figure").at("rows"));
    }
    let shared = dimensions(snapshot, &shaped.figures);
    let asked = sides.iter().filter_map(|axis| if let Axis::Words(by) = axis { Some(by) } else { None });
    let asked = asked.chain(shaped.only.iter().map(|(by, _)| by));
    match asked.into_iter().find(|by| !shared.contains(by)) {
        Some(_) => Err(Refusal::new("figures.cross_no_breakdown").at("rows")),
        None => Ok(()),
    }
}

/// The periods of a kind that a window is made of; the first and the last may be cut.
fn parts(window: Window, kind: Kind) -> std::result::Result<Vec<Period>, Refusal> {
    let mut all = Vec::new();
    let mut next = Period::containing(kind, window.from);
    while let Some(days) = next.window().intersection(&window) {
        if all.len() == MOST_PERIODS {
            return Err(Refusal::new("figures.cross_many_periods").with("most", MOST_PERIODS).at("period"));
        }
        all.push(if days == next.window() { next } else { Period::span(days) });
        next = next.after();
    }
    Ok(all)
}

/// The units below, and the place's own bodies that have a word in it.
fn below(snapshot: &Snapshot, studies: &[Study<'_>], communes: bool) -> Vec<Unit> {
    let Some(whole) = studies.first() else { return Vec::new() };
    let (tree, ask) = (&snapshot.tree, whole.ask);
    let day = match ask.geography {
        Geography::Then => tree.last_day(ask.unit, (ask.window.from, ask.window.to)),
        Geography::At(day) => day,
    };
    let at = tree.at(day);
    let level = tree.kinds().level("commune");
    let mut own = BTreeSet::new();
    for sum in studies.iter().flat_map(facts) {
        let lowest = whole.chain(sum.unit).first().copied();
        own.extend(lowest.filter(|unit| at.is_body(*unit) && at.place(*unit) == Some(ask.unit)));
    }
    let mut units: Vec<Unit> = own.into_iter().collect();
    match level.filter(|_| communes) {
        Some(level) => {
            units.extend(at.under(ask.unit, &Scope::of_level(level)).into_iter().filter(|unit| *unit != ask.unit));
        }
        None => units.extend(
            at.children(ask.unit)
                .into_iter()
                .filter(|unit| at.level(*unit).zip(level).is_none_or(|(level, commune)| level <= commune)),
        ),
    }
    units
}

fn facts<'s>(study: &'s Study<'_>) -> impl Iterator<Item = &'s Sum> {
    let readings = study.readings.values().flatten().map(|(sum, _)| sum);
    study.leaves.values().flatten().chain(readings)
}

/// The words that occur: choices in the order of their list, others by their name.
fn words(snapshot: &Snapshot, studies: &[Study<'_>], figures: &[&str], by: &str) -> Vec<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for (study, sum) in studies.iter().flat_map(|study| facts(study).map(move |sum| (study, sum))) {
        found.extend(study.words(sum.part).iter().filter(|(known, _)| known == by).map(|(_, word)| word.clone()));
    }
    let register = figures.first().and_then(|name| parts_of(snapshot, name).into_iter().next());
    let register = register.and_then(|(name, _)| name.split_once('.').map(|(register, _)| register.to_owned()));
    let field = register.and_then(|register| snapshot.pack.register(&register)).and_then(|one| one.any_field(by));
    let place = |word: &String| {
        let choices = field.map(|field| field.choices.as_slice()).unwrap_or_default();
        choices.iter().position(|choice| choice.id == *word).unwrap_or(usize::MAX)
    };
    let mut all: Vec<String> = found.into_iter().collect();
    all.sort_by_cached_key(|word| (place(word), word.clone()));
    all
}

fn nature(snapshot: &Snapshot, name: &str, sides: [&Axis; 2]) -> Nature {
    let mut shape = snapshot.pack.shape(name);
    let mut share = false;
    if let Some(AnyFigure::Derived(derived)) = snapshot.pack.figure(name) {
        share = derived.formula.is_none();
        // A sum of figures is a stock, or a reading, where one of its terms is.
        let shapes = parts_of(snapshot, name)
            .into_iter()
            .map(|(part, take)| if take.is_gain() { Some(Shape::Reading) } else { snapshot.pack.shape(&part) });
        shape = shapes.max_by_key(|shape| *shape != Some(Shape::Flow)).flatten();
    }
    let by = sides.iter().find_map(|axis| if let Axis::Words(by) = axis { Some(by) } else { None });
    let many = by.is_some_and(|by| {
        parts_of(snapshot, name).iter().any(|(part, _)| {
            let Some(AnyFigure::Counted(register, _)) = snapshot.pack.figure(part) else { return false };
            register.any_field(by).is_some_and(|field| field.many || field.kind == FieldType::Choices)
        })
    });
    Nature { shape, share, many }
}

/// Every number of the table and of its sides.
fn reckon(
    studies: &[Study<'_>],
    figures: &[String],
    rows: &Parts,
    columns: &Parts,
) -> std::result::Result<HashMap<Spot, Value>, Refusal> {
    let sides = [rows, columns];
    let units = sides.iter().find_map(|parts| if let Parts::Units(units) = parts { Some(units) } else { None });
    let words =
        sides.iter().find_map(|parts| if let Parts::Words { by, words } = parts { Some((by, words)) } else { None });
    let mut values = HashMap::new();
    for (place, study) in studies.iter().enumerate() {
        let split = units.map(|units| study.split(units)).unwrap_or_default();
        let each =
            std::iter::once((None, study)).chain(split.iter().enumerate().map(|(place, own)| (Some(place), own)));
        for (unit, study) in each {
            // A coverage goes over the place: a body that stands there has none of its own.
            let body = study.snapshot.tree.at(study.ask.window.to).is_body(study.ask.unit);
            let derived = |name: &str| study.snapshot.pack.derived.get(name);
            let covers = |name: &str| derived(name).is_some_and(|one| one.coverage.is_some());
            let mut told = |word: Option<usize>, study: &Study<'_>| -> std::result::Result<(), Refusal> {
                for (figure, name) in
                    figures.iter().enumerate().filter(|(_, name)| unit.is_none() || !body || !covers(name))
                {
                    let value = Value { parts: Vec::new(), silent_units: Vec::new(), ..study.value(name)? };
                    values.insert(Spot { figure, unit, period: place.checked_sub(1), word }, value);
                }
                Ok(())
            };
            told(None, study)?;
            if let Some((by, words)) = words {
                for (place, word) in words.iter().enumerate() {
                    told(Some(place), &study.only(&[(by.clone(), word.clone())]))?;
                }
            }
        }
    }
    Ok(values)
}

impl Cross {
    /// The rows to draw: the parts, what is in none of them, and the whole.
    pub(crate) fn lines(&self, of_rows: bool) -> Vec<Line> {
        let parts = if of_rows { &self.rows } else { &self.columns };
        let mut lines: Vec<Line> = (0..parts.len()).map(Line::Part).collect();
        if matches!(parts, Parts::Figures(_)) || lines.is_empty() {
            return lines;
        }
        let other = if of_rows { &self.columns } else { &self.rows };
        let across: Vec<Line> = (0..other.len()).map(Line::Part).chain([Line::Whole]).collect();
        let rest = |line: &Line| {
            let (row, column) = if of_rows { (Line::Rest, *line) } else { (*line, Line::Rest) };
            matches!(self.cell(row, column), Cell::Rest(amount, _) if amount > 0)
        };
        if across.iter().any(rest) {
            lines.push(Line::Rest);
        }
        lines.push(Line::Whole);
        lines
    }

    fn spot(&self, row: Line, column: Line) -> Spot {
        let mut spot = Spot::default();
        for (parts, line) in [(&self.rows, row), (&self.columns, column)] {
            parts.lay(&mut spot, if let Line::Part(place) = line { Some(place) } else { None });
        }
        spot
    }

    /// What stands where two lines cross.
    pub(crate) fn cell(&self, row: Line, column: Line) -> Cell<'_> {
        let figure = |parts: &Parts, line: Line| matches!(parts, Parts::Figures(_)) && !matches!(line, Line::Part(_));
        if figure(&self.rows, row) || figure(&self.columns, column) {
            return Cell::Blank;
        }
        let spot = self.spot(row, column);
        let Some(value) = self.values.get(&spot) else { return Cell::Blank };
        for (of_rows, line) in [(true, row), (false, column)] {
            if !matches!(line, Line::Part(_)) {
                let against = self.against(of_rows, if of_rows { column } else { row });
                match (line, against) {
                    (Line::Whole, Err(why)) => return Cell::NoTotal(why),
                    (Line::Rest, Err(_)) => return Cell::Blank,
                    _ => {}
                }
            }
        }
        if row != Line::Rest && column != Line::Rest {
            return Cell::Value(value, spot);
        }
        match self.amount(row, column) {
            Some(amount) => Cell::Rest(amount, value.places),
            None => Cell::Blank,
        }
    }

    /// How much of a line is in none of the parts along a side; a reason where they do not sum.
    fn against(&self, of_rows: bool, across: Line) -> std::result::Result<i64, NoTotal> {
        let parts = if of_rows { &self.rows } else { &self.columns };
        let at = |line: Line| if of_rows { (line, across) } else { (across, line) };
        let spot = self.spot(at(Line::Whole).0, at(Line::Whole).1);
        let nature = self.natures.get(spot.figure).copied().unwrap_or(Nature { shape: None, share: true, many: false });
        if nature.share {
            return Err(NoTotal::Share);
        }
        match (nature.shape, parts) {
            (Some(Shape::Reading), _) => return Err(NoTotal::Reading),
            (Some(Shape::Stock), Parts::Periods(_)) => return Err(NoTotal::Stock),
            _ => {}
        }
        let sum: i64 = (0..parts.len())
            .filter_map(|place| {
                let (row, column) = at(Line::Part(place));
                self.amount(row, column)
            })
            .sum();
        let (row, column) = at(Line::Whole);
        let rest = self.amount(row, column).unwrap_or(0) - sum;
        // What is left over is a line of its own only where the parts cannot overlap.
        let apart = matches!(parts, Parts::Units(_)) || (matches!(parts, Parts::Words { .. }) && !nature.many);
        match rest {
            0 => Ok(0),
            _ if rest > 0 && apart => Ok(rest),
            _ => Err(NoTotal::Overlap),
        }
    }

    /// The amount of a cell; of what is in no part, the whole less the parts.
    fn amount(&self, row: Line, column: Line) -> Option<i64> {
        if row == Line::Rest {
            let parts: i64 = (0..self.rows.len()).filter_map(|place| self.amount(Line::Part(place), column)).sum();
            return Some(self.amount(Line::Whole, column).unwrap_or(0) - parts);
        }
        if column == Line::Rest {
            let parts: i64 = (0..self.columns.len()).filter_map(|place| self.amount(row, Line::Part(place))).sum();
            return Some(self.amount(row, Line::Whole).unwrap_or(0) - parts);
        }
        let value = self.values.get(&self.spot(row, column))?;
        value.value.filter(|_| value.state != State::NoData)
    }

    /// Whether the cells of a figure are percents.
    pub(crate) fn is_share(&self, figure: usize) -> bool {
        self.natures.get(figure).is_some_and(|nature| nature.share)
    }

    /// Why some sides have no total, each reason once.
    pub(crate) fn reasons(&self) -> Vec<NoTotal> {
        let mut found = BTreeSet::new();
        for row in self.lines(true) {
            for column in self.lines(false) {
                if let Cell::NoTotal(why) = self.cell(row, column) {
                    found.insert(why);
                }
            }
        }
        found.into_iter().collect()
    }
}
