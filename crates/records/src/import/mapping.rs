//! Which column of a sheet is which: the header row is found, wherever it stands, and each header is matched.

use indexmap::IndexMap;
use kernel::{Refusal, text::fold};
use pack::register::{Register, Rows};
use serde::{Deserialize, Serialize};

use super::{
    columns::{self, Column, Target},
    sheet::{self, Cell, Row, Sheet},
};

/// Rows above the header: titles, the name of the body, a date.
const ABOVE: usize = 30;

/// What an officer said about columns: the header as it is written, or the column's letter → the id of a column here (`held_on`,
/// `step:hold`), or nothing to leave it out.
pub type Said = IndexMap<String, String>;

/// A sheet with its columns known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// Which sheet it is of.
    pub sheet: usize,
    /// The place, among the sheet's rows, of the first below the header.
    pub first: usize,
    pub columns: Vec<Mapped>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mapped {
    /// `A`, `B`, …
    pub letter: String,
    pub header: String,
    pub target: Target,
    /// Nobody knows what it holds; it is left out.
    pub unknown: bool,
}

impl Mapping {
    pub fn place(&self, target: &Target) -> Option<usize> {
        self.columns.iter().position(|column| column.target == *target)
    }

    pub fn header(&self, target: &Target) -> Option<&str> {
        self.columns.iter().find(|column| column.target == *target).map(|column| column.header.as_str())
    }

    /// The cell of a row that holds it.
    pub fn cell<'r>(&self, row: &'r Row, target: &Target) -> &'r Cell {
        static EMPTY: Cell = Cell::Empty;
        self.place(target).and_then(|place| row.cells.get(place)).unwrap_or(&EMPTY)
    }

    pub(super) fn is_running_number(&self, place: usize) -> bool {
        self.columns.get(place).is_some_and(|column| column.target == Target::Nothing && !column.unknown)
    }
}

/// All sheets of an import that mean something: the first is the register's, then those of its child rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mappings {
    pub main: Mapping,
    pub children: IndexMap<String, Mapping>,
}

impl Mappings {
    /// Columns whose header nobody knows, with their sheet's name where it is not the first.
    pub fn unknown(&self) -> Vec<&str> {
        let all = std::iter::once(&self.main).chain(self.children.values());
        all.flat_map(|mapping| &mapping.columns)
            .filter(|column| column.unknown)
            .map(|column| column.header.as_str())
            .collect()
    }
}

/// Finds the sheets and their columns.
pub fn recognise(register: &Register, sheets: &[Sheet], said: &Said) -> Result<Mappings, Refusal> {
    for id in said.values().filter(|id| !id.is_empty()) {
        if target(register, id).is_none() {
            let known: Vec<String> =
                columns::of_register(register, true).iter().map(|column| column.target.id()).collect();
            let nearest = pack::expression::nearest(id, known.iter());
            return Err(Refusal::new("import.unknown_column").with("value", id).with("nearest", nearest));
        }
    }
    if let Some(field) = sealed_column(register, sheets) {
        return Err(Refusal::new("import.sealed_column").with("label", &field.label.vi));
    }
    let mut children = IndexMap::new();
    for rows in &register.rows {
        let names = [Some(rows.id.as_str()), Some(&rows.label.vi), rows.label.en.as_deref()];
        let names: Vec<&str> = names.into_iter().flatten().collect();
        if let Some(sheet) = sheet::named(sheets, &names) {
            let place = sheets.iter().position(|other| std::ptr::eq(other, sheet)).unwrap_or_default();
            // A single file is the register's, whatever it is called.
            if sheets.len() > 1 {
                children.insert(rows.id.clone(), (place, rows, sheet));
            }
        }
    }
    let others = sheets.iter().enumerate().filter(|(place, _)| !children.values().any(|(child, ..)| child == place));
    let columns = main_columns(register);
    let main = others
        .filter_map(|(place, sheet)| header(place, sheet, &columns, said, true))
        .max_by_key(|found| found.columns.iter().filter(|column| column.target != Target::Nothing).count());
    let Some(main) = main else {
        let some: Vec<&str> = columns.iter().take(5).map(|column| column.label.vi.as_str()).collect();
        return Err(Refusal::new("import.no_header").with("columns", some.join(", ")));
    };
    let mut mappings = Mappings { main, children: IndexMap::new() };
    for (id, (place, rows, sheet)) in children {
        let mapping = child_header(place, rows, sheet, said)?;
        mappings.children.extend(mapping.map(|mapping| (id, mapping)));
    }
    Ok(mappings)
}

/// A sheet that carries sealed identities has been read by too many already: it is not taken in at all.
fn sealed_column<'r>(register: &'r Register, sheets: &[Sheet]) -> Option<&'r pack::register::Field> {
    let sealed: Vec<_> = register.fields.iter().filter(|field| field.sealed).collect();
    if sealed.is_empty() {
        return None;
    }
    let cells = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(ABOVE + 1)).flat_map(|row| &row.cells);
    cells.map(|cell| fold(&cell.text())).find_map(|text| {
        let called = |label: Option<&str>| label.is_some_and(|label| fold(label) == text);
        let field = sealed
            .iter()
            .find(|field| field.id == text || called(Some(&field.label.vi)) || called(field.label.en.as_deref()));
        field.copied()
    })
}

/// The register's own columns, then those of its child rows, which may stand beside them.
fn main_columns(register: &Register) -> Vec<Column<'_>> {
    let mut all = columns::of_register(register, true);
    for rows in &register.rows {
        for mut column in columns::of_rows(rows).into_iter().filter(|column| column.field.is_some()) {
            // Its own label only where nothing else is called so.
            let alone = |label: &str| {
                let folded = fold(label);
                let own = register.fields.iter().map(|field| &field.label.vi);
                let others = register.rows.iter().flat_map(|rows| &rows.fields).map(|field| &field.label.vi);
                own.chain(others).filter(|other| fold(other) == folded).count() == 1
            };
            if !alone(&column.label.vi) {
                column.label.vi = format!("{}: {}", rows.label.vi, column.label.vi);
                column.label.en = None;
            }
            all.push(column);
        }
    }
    all
}

fn child_header(place: usize, rows: &Rows, sheet: &Sheet, said: &Said) -> Result<Option<Mapping>, Refusal> {
    if sheet.rows.is_empty() {
        return Ok(None);
    }
    let columns = columns::of_rows(rows);
    let Some(mapping) = header(place, sheet, &columns, said, false) else {
        return Err(Refusal::new("import.no_child_header").with("sheet", &sheet.name));
    };
    if mapping.place(&Target::Handle).or(mapping.place(&Target::Tie)).is_none() {
        return Err(Refusal::new("import.no_tie").with("sheet", &sheet.name));
    }
    Ok(Some(mapping))
}

/// The column that an id names.
fn target(register: &Register, id: &str) -> Option<Target> {
    let own = columns::of_register(register, true).into_iter().map(|column| column.target);
    let children = register.rows.iter().flat_map(columns::of_rows).map(|column| column.target);
    own.chain(children).find(|target| target.id() == id)
}

/// The header row, or two of them, that names most columns.
fn header(place: usize, sheet: &Sheet, columns: &[Column<'_>], said: &Said, main: bool) -> Option<Mapping> {
    let mut best: Option<(usize, Mapping)> = None;
    for (at, row) in sheet.rows.iter().take(ABOVE).enumerate() {
        let one: Vec<Vec<String>> = row.cells.iter().map(|cell| vec![cell.text()]).collect();
        let below = sheet.rows.get(at + 1).filter(|below| below.number == row.number + 1);
        let two = below.map(|below| joined(row, below));
        for (headers, rows) in [(Some(one), 1), (two, 2)] {
            let Some(headers) = headers else { continue };
            let mapped = matched(&headers, columns, said, main);
            let hits = mapped.iter().filter(|column| column.target != Target::Nothing).count();
            if hits > best.as_ref().map_or(0, |(hits, _)| *hits) {
                best = Some((hits, Mapping { sheet: place, first: at + rows, columns: mapped }));
            }
        }
    }
    let (hits, mut mapping) = best?;
    // One word that happens to be a label is a title, unless the sheet has no other column.
    let wide = mapping.columns.iter().filter(|column| !column.header.is_empty()).count();
    if hits == 1 && wide > 2 {
        return None;
    }
    if sheet.rows.get(mapping.first).is_some_and(is_numbering) {
        mapping.first += 1;
    }
    Some(mapping)
}

/// A header of two rows: the lower one names, under a merged upper one that may name with it.
fn joined(upper: &Row, lower: &Row) -> Vec<Vec<String>> {
    let width = upper.cells.len().max(lower.cells.len());
    let text =
        |row: &Row, place: usize| row.cells.get(place).map(|cell| cell.text().trim().to_owned()).unwrap_or_default();
    let mut over = String::new();
    (0..width)
        .map(|place| {
            let (above, below) = (text(upper, place), text(lower, place));
            if !above.is_empty() {
                over.clone_from(&above);
            }
            match (above.is_empty(), below.is_empty()) {
                (_, true) => vec![above],
                // The words of a merged cell stand in its first column only.
                _ => vec![format!("{over}: {below}"), below.clone(), format!("{over} {below}")],
            }
        })
        .collect()
}

fn matched(headers: &[Vec<String>], columns: &[Column<'_>], said: &Said, main: bool) -> Vec<Mapped> {
    let mut taken: Vec<Target> = Vec::new();
    let mut mapped = Vec::new();
    for (place, names) in headers.iter().enumerate() {
        let letter = letter(place);
        let header = names.iter().min_by_key(|name| name.chars().count()).cloned().unwrap_or_default();
        let told = said.iter().find(|(key, _)| {
            // What was said of letters is said of the first sheet.
            (main && **key == letter) || names.iter().any(|name| !name.is_empty() && fold(key) == fold(name))
        });
        let target = match told {
            Some((_, id)) => columns.iter().map(|column| &column.target).find(|target| target.id() == *id).cloned(),
            None => {
                names.iter().find_map(|name| columns::find(columns, name, &taken)).map(|column| column.target.clone())
            }
        };
        let left_out = told.is_some() || header.is_empty() || names.iter().any(|name| columns::is_running_number(name));
        let unknown = target.is_none() && !left_out;
        let target = target.filter(|target| !taken.contains(target)).unwrap_or(Target::Nothing);
        taken.push(target.clone());
        mapped.push(Mapped { letter, header, target, unknown });
    }
    mapped
}

/// The row of numbers that forms put under a header: `(1) (2) (3)`, `A B 1 2`.
fn is_numbering(row: &Row) -> bool {
    let words: Vec<String> = row.cells.iter().filter(|cell| !cell.is_empty()).map(Cell::text).collect();
    let bare = words.iter().map(|word| word.trim().trim_matches(['(', ')', ' ']));
    let numbers: Vec<u32> = bare.clone().filter_map(|word| word.parse().ok()).collect();
    let letters = bare.filter(|word| word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase())).count();
    words.len() >= 3
        && numbers.len() + letters == words.len()
        && numbers.len() >= 2
        && numbers.iter().zip(1..).all(|(number, place)| *number == place)
}

fn letter(place: usize) -> String {
    let last = char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    if place < 26 { last.to_string() } else { format!("{}{last}", letter(place / 26 - 1)) }
}
