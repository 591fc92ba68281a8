//! The tree as rows: versions and successions, as they stand in the pack's CSV and in the database.

use kernel::{Day, Refusal, Refused};

use crate::Unit;

/// The first or the end day of a version: unknown or open, a day, or only known to lie between two states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Open,
    On(Day),
    /// After the old state's day, not after the new state's; `taken` is the day that lists are drawn by.
    Between {
        after: Day,
        taken: Day,
        by: Day,
    },
}

impl Edge {
    /// As a first day.
    pub fn start(self) -> Day {
        match self {
            Edge::Open => Day::MIN,
            Edge::On(day) | Edge::Between { taken: day, .. } => day,
        }
    }

    /// As an end, exclusive.
    pub fn end(self) -> Day {
        match self {
            Edge::Open => Day::MAX,
            Edge::On(day) | Edge::Between { taken: day, .. } => day,
        }
    }

    pub(crate) fn earliest_start(self) -> Day {
        match self {
            Edge::Between { after, .. } => after.tomorrow().unwrap_or(Day::MAX),
            other => other.start(),
        }
    }

    pub(crate) fn latest_end(self) -> Day {
        match self {
            Edge::Between { by, .. } => by,
            other => other.end(),
        }
    }

    pub fn certain(self) -> bool {
        !matches!(self, Edge::Between { .. })
    }

    /// May this edge in truth be `day`?
    pub(crate) fn allows(self, day: Day) -> bool {
        matches!(self, Edge::Between { after, by, .. } if after < day && day <= by)
    }

    /// `2025-07-01`, `2018-12-31..2020-01-01..2022-12-31`, or nothing.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if text.trim().is_empty() {
            return Ok(Edge::Open);
        }
        let days: Vec<Day> = text.split("..").map(kernel::parse_day).collect::<Result<_, _>>()?;
        match days.as_slice() {
            [day] => Ok(Edge::On(*day)),
            [after, taken, by] if after < taken && taken <= by => {
                Ok(Edge::Between { after: *after, taken: *taken, by: *by })
            }
            _ => Err(Refusal::new("units.edge_unreadable").with("value", text)),
        }
    }
}

impl std::fmt::Display for Edge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Edge::Open => Ok(()),
            Edge::On(day) => write!(f, "{day}"),
            Edge::Between { after, taken, by } => write!(f, "{after}..{taken}..{by}"),
        }
    }
}

/// What a place, or a body with a row of its own, was called and where it belonged for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// The identity: never reused.
    pub place: i64,
    pub code: String,
    /// Without the kind: `Hải Phòng`.
    pub name: String,
    pub kind: String,
    pub parent: Option<i64>,
    pub from: Edge,
    pub to: Edge,
    /// The number of the decision that this version began with.
    pub decision: String,
    pub source: String,
}

impl VersionRow {
    pub(crate) fn holds(&self, day: Day) -> bool {
        self.from.start() <= day && day < self.to.end()
    }
}

/// One place's ground, or a part of it, went to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuccessionRow {
    pub from: i64,
    pub to: i64,
    pub day: Day,
    /// Of several successors the one that goes on with what is open.
    pub main: bool,
    /// Which part went there, as the decision words it.
    pub rule: String,
    pub source: String,
}

/// Places and successions; what a tree is built from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    pub versions: Vec<VersionRow>,
    pub successions: Vec<SuccessionRow>,
}

/// Keys of places that an instance opens begin here, so that the pack's lists can grow below.
pub const OWN_KEYS: i64 = 1_000_000;

impl Rows {
    /// Reads `places.csv` and, if there is one, `successions.csv`. Each fault names its line.
    pub fn read(places: &str, successions: &str) -> Result<Self, Refused> {
        let mut refused = Refused::default();
        let versions = read_lines(places, &PLACE_COLUMNS, version, &mut refused);
        let successions = read_lines(successions, &SUCCESSION_COLUMNS, succession, &mut refused);
        refused.settle()?;
        Ok(Self { versions, successions })
    }

    /// The next key for a place that this instance opens.
    pub fn next_key(&self) -> i64 {
        self.versions.iter().map(|row| row.place + 1).max().unwrap_or(OWN_KEYS).max(OWN_KEYS)
    }

    pub fn next_unit(&self) -> Unit {
        Unit::place(self.next_key())
    }
}

const PLACE_COLUMNS: [&str; 9] = ["place", "code", "name", "kind", "parent", "from", "to", "decision", "source"];
const SUCCESSION_COLUMNS: [&str; 5] = ["from_place", "to_place", "day", "main", "source"];

/// The cells of a line in the order of our columns; a column that the file lacks is empty.
struct Line<'r> {
    cells: &'r csv::StringRecord,
    columns: &'r [Option<usize>],
}

impl<'r> Line<'r> {
    fn cell(&self, column: usize) -> &'r str {
        self.columns[column].and_then(|place| self.cells.get(place)).unwrap_or_default().trim()
    }

    fn key(&self, column: usize) -> Result<i64, Refusal> {
        let refuse = || Refusal::new("units.key_unreadable").with("value", self.cell(column));
        // Bits below hold the slot: keys must leave room for them.
        let fits = |key: &i64| (1..1 << 50).contains(key);
        self.cell(column).parse().ok().filter(fits).ok_or_else(refuse)
    }
}

fn read_lines<T>(
    text: &str,
    columns: &[&str],
    read: impl Fn(&Line) -> Result<T, Refusal>,
    refused: &mut Refused,
) -> Vec<T> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let Ok(headers) = reader.headers().cloned() else {
        refused.push(Refusal::new("units.file_unreadable").with("line", 1));
        return Vec::new();
    };
    let columns: Vec<Option<usize>> =
        columns.iter().map(|column| headers.iter().position(|header| header.trim() == *column)).collect();
    let mut rows = Vec::new();
    let mut cells = csv::StringRecord::new();
    let mut number = 1;
    loop {
        number += 1;
        match reader.read_record(&mut cells) {
            Ok(false) => return rows,
            Ok(true) => match read(&Line { cells: &cells, columns: &columns }) {
                Ok(row) => rows.push(row),
                Err(refusal) => refused.push(refusal.with("line", number)),
            },
            Err(_) => {
                refused.push(Refusal::new("units.file_unreadable").with("line", number));
                return rows;
            }
        }
    }
}

const PLAIN_COLUMNS: [&str; 7] = ["code", "name", "kind", "parent", "from", "to", "decision"];

/// A line of a sheet without identities.
pub(crate) struct Plain {
    pub code: String,
    pub name: String,
    pub kind: String,
    pub parent: String,
    pub from: String,
    pub to: String,
    pub decision: String,
}

/// The lines of such a sheet, each with its number.
pub(crate) fn plain_lines(text: &str, refused: &mut Refused) -> Vec<(usize, Plain)> {
    let read = |line: &Line| {
        let cell = |column| line.cell(column).to_owned();
        let [code, name, kind] = [cell(0), cell(1), cell(2)];
        Ok((0, Plain { code, name, kind, parent: cell(3), from: cell(4), to: cell(5), decision: cell(6) }))
    };
    let mut lines: Vec<(usize, Plain)> = read_lines(text, &PLAIN_COLUMNS, read, refused);
    lines.iter_mut().zip(2..).for_each(|(line, number)| line.0 = number);
    lines
}

fn version(line: &Line) -> Result<VersionRow, Refusal> {
    let name = line.cell(2);
    if name.is_empty() {
        return Err(Refusal::new("units.name_missing"));
    }
    let (from, to) = (Edge::parse(line.cell(5))?, Edge::parse(line.cell(6))?);
    if to.end() <= from.start() {
        return Err(Refusal::new("units.ends_before_it_begins").with("code", line.cell(1)).with("name", name));
    }
    Ok(VersionRow {
        place: line.key(0)?,
        code: line.cell(1).to_owned(),
        name: name.to_owned(),
        kind: line.cell(3).to_owned(),
        parent: if line.cell(4).is_empty() { None } else { Some(line.key(4)?) },
        from,
        to,
        decision: line.cell(7).to_owned(),
        source: line.cell(8).to_owned(),
    })
}

fn succession(line: &Line) -> Result<SuccessionRow, Refusal> {
    Ok(SuccessionRow {
        from: line.key(0)?,
        to: line.key(1)?,
        day: kernel::parse_day(line.cell(2))?,
        main: !line.cell(3).is_empty(),
        rule: String::new(),
        source: line.cell(4).to_owned(),
    })
}
