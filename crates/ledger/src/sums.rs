//! Reading the ledger: every number is one sum, and opening it is the same question asked record by record.

use db::{Result, Tx};
use kernel::{Day, day_number, number_day};

use crate::{
    split,
    store::{self, Span},
};

/// Which units' facts count, and in which days: under `then`, a unit that changed parents counts here only for its days here.
/// A flow reads the days as they stand; a stock reads everything up to the last one.
pub use units::Span as Ground;

/// Which facts of the figure are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Happened in the window.
    Window,
    /// All up to the ground's last day: a stock.
    UpTo,
    /// Happened in the window, began before it.
    Carried,
    /// Began in the window, happened up to the cut-off day.
    Cohort { cut_off: Day },
}

/// One sum: of a figure, for a unit, a part and a basis (and a subject, where asked for).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    pub figure: i64,
    pub unit: i64,
    pub part: i64,
    pub basis: i64,
    pub subject: i64,
    pub amount: i64,
    pub facts: i64,
}

/// What one record adds to a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub record: i64,
    pub figure: i64,
    pub unit: i64,
    pub part: i64,
    pub basis: i64,
    pub amount: i64,
    pub day: Day,
}

const FIRST: i64 = -1_000_000;
const LAST: i64 = 10_000_000;

impl Moment {
    fn span(self, ground: &Ground) -> Span {
        let (from, to) = (day_number(ground.from), day_number(ground.to));
        match self {
            Moment::Window => Span { day: (from, to), since: (FIRST, LAST) },
            Moment::UpTo => Span { day: (FIRST, to), since: (FIRST, LAST) },
            Moment::Carried => Span { day: (from, to), since: (FIRST, from - 1) },
            Moment::Cohort { cut_off } => Span { day: (FIRST, day_number(cut_off)), since: (from, to) },
        }
    }
}

/// The rows of every piece of a ground that has any, of bodies only those in its slots.
macro_rules! over {
    ($ground:expr, |$piece:ident| $rows:expr) => {{
        let mut all = Vec::new();
        for $piece in $ground.iter().filter(|piece| !piece.keys.is_empty() && piece.from <= piece.to) {
            let rows = $rows;
            all.extend(rows.into_iter().filter(|row| holds($piece, row.unit)));
        }
        all
    }};
}

/// The sums of figures over a ground: whole months from cells, ragged edges and dated questions from facts.
pub async fn sums(tx: &mut Tx, figures: &[i64], ground: &[Ground], moment: Moment) -> Result<Vec<Sum>> {
    if figures.is_empty() {
        return Ok(Vec::new());
    }
    let rows = over!(ground, |piece| match moment {
        Moment::Window => windowed(tx, figures, piece, piece.from).await?,
        Moment::UpTo => windowed(tx, figures, piece, number_day(FIRST)).await?,
        Moment::Carried | Moment::Cohort { .. } => store::facts(tx, figures, &piece.keys, moment.span(piece)).await?,
    });
    Ok(merged(rows.into_iter().map(Sum::from).collect()))
}

async fn windowed(tx: &mut Tx, figures: &[i64], piece: &Ground, from: Day) -> Result<Vec<store::Summed>> {
    let (before, months, after) = split(from, piece.to);
    let mut rows = Vec::new();
    if let Some(months) = months {
        rows = store::cells(tx, figures, &piece.keys, months).await?;
    }
    for (from, to) in [before, after].into_iter().flatten() {
        let span = Span { day: (day_number(from), day_number(to)), since: (FIRST, LAST) };
        rows.extend(store::facts(tx, figures, &piece.keys, span).await?);
    }
    Ok(rows)
}

/// The same sums by subject (posts, agreements), for coverage.
pub async fn held(tx: &mut Tx, figures: &[i64], ground: &[Ground], moment: Moment) -> Result<Vec<Sum>> {
    let rows = over!(ground, |piece| store::subjects(tx, figures, &piece.keys, moment.span(piece)).await?);
    Ok(merged(rows.into_iter().map(Sum::from).collect()))
}

/// A number opened: which records make it, newest first.
pub async fn opened(tx: &mut Tx, figures: &[i64], ground: &[Ground], moment: Moment) -> Result<Vec<Opened>> {
    let rows = over!(ground, |piece| store::records(tx, figures, &piece.keys, moment.span(piece)).await?);
    let mut all: Vec<Opened> = rows.into_iter().map(Opened::from).collect();
    all.sort_by_key(|one| (std::cmp::Reverse(one.record), one.figure, one.unit, one.part, one.basis));
    Ok(all)
}

/// The latest reading of each unit in the window: the amount, its day and its record.
pub async fn latest(tx: &mut Tx, figures: &[i64], ground: &[Ground]) -> Result<Vec<(Sum, Day, i64)>> {
    let rows = over!(ground, |piece| store::latest(tx, figures, &piece.keys, (piece.from, piece.to)).await?);
    let dated = |row: store::Reading| {
        let (day, record) = (number_day(row.day), row.record);
        (Sum::from(row), day, record)
    };
    Ok(rows.into_iter().map(dated).collect())
}

/// One fact as an issued report keeps it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Kept {
    pub unit: i64,
    pub day: i64,
    pub record: i64,
    pub line: i64,
    pub part: i64,
    pub amount: i64,
    pub basis: i64,
}

/// The facts themselves, in a fixed order: what an issued report keeps, and what its restatement compares with.
pub async fn whole_list(tx: &mut Tx, figures: &[i64], ground: &[Ground], moment: Moment) -> Result<Vec<Kept>> {
    let rows = over!(ground, |piece| store::list(tx, figures, &piece.keys, moment.span(piece)).await?);
    let mut all: Vec<Kept> = rows.into_iter().map(Kept::from).collect();
    all.sort_unstable();
    Ok(all)
}

/// The query asks by place; of a body's ground only its slots count.
fn holds(piece: &Ground, unit: i64) -> bool {
    piece.slots >> units::Unit(unit).slot() & 1 == 1
}

impl From<store::Summed> for Sum {
    fn from(row: store::Summed) -> Self {
        let store::Summed { figure, unit, part, basis, amount, facts } = row;
        Self { figure, unit, part, basis, subject: 0, amount, facts }
    }
}

impl From<store::OfSubject> for Sum {
    fn from(row: store::OfSubject) -> Self {
        let store::OfSubject { figure, unit, part, basis, subject, amount, facts } = row;
        Self { figure, unit, part, basis, subject, amount, facts }
    }
}

impl From<store::Reading> for Sum {
    fn from(row: store::Reading) -> Self {
        let store::Reading { figure, unit, part, basis, amount, .. } = row;
        Self { figure, unit, part, basis, subject: 0, amount, facts: 1 }
    }
}

impl From<store::OfRecord> for Opened {
    fn from(row: store::OfRecord) -> Self {
        let store::OfRecord { record, figure, unit, part, basis, amount, day } = row;
        Self { record, figure, unit, part, basis, amount, day: number_day(day) }
    }
}

impl From<store::Listed> for Kept {
    fn from(row: store::Listed) -> Self {
        let store::Listed { record, part, unit, day, amount, basis, line } = row;
        Self { unit, day, record, line, part, amount, basis }
    }
}

/// Sums of several pieces of ground, as one list in a fixed order.
fn merged(mut sums: Vec<Sum>) -> Vec<Sum> {
    sums.sort_unstable_by_key(|sum| (sum.figure, sum.unit, sum.part, sum.basis, sum.subject));
    sums.dedup_by(|next, kept| {
        let same = (next.figure, next.unit, next.part, next.basis, next.subject)
            == (kept.figure, kept.unit, kept.part, kept.basis, kept.subject);
        if same {
            kept.amount += next.amount;
            kept.facts += next.facts;
        }
        same
    });
    sums
}

/// What was counted for a subject, wherever the record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    pub subject: i64,
    pub figure: i64,
    pub record: i64,
    pub day: Day,
    pub amount: i64,
}

/// What these subjects were counted for in a span of days, in order of day.
pub async fn done_by(tx: &mut Tx, subjects: &[i64], figures: &[i64], days: (Day, Day)) -> Result<Vec<Done>> {
    let rows = store::done_by(tx, subjects, figures, days).await?;
    Ok(rows
        .into_iter()
        .map(|row| Done {
            subject: row.subject,
            figure: row.figure,
            record: row.record,
            day: number_day(row.day),
            amount: row.amount,
        })
        .collect())
}
