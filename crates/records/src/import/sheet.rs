//! What was handed in, whatever it was: a workbook, CSV files, a pasted block. All become the same plain sheets, bounded in memory.

use std::path::Path;

use kernel::{Day, Refusal, number::grouped, show_day, text::fold};
use serde::{Deserialize, Serialize};

use super::workbook;

/// Rows that one import takes.
pub const MAX_ROWS: usize = 50_000;
/// Columns beyond are left out: no register has so many.
pub const MAX_COLUMNS: usize = 256;
/// Filled cells of all sheets.
pub const MAX_CELLS: usize = 600_000;
/// Bytes of text of all sheets.
pub const MAX_TEXT: usize = 16 << 20;
/// Bytes of one file as it is handed in.
pub const MAX_FILE: usize = 32 << 20;

/// One sheet of a workbook, one CSV file, or a pasted block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Row>,
}

/// A row that is not empty, with its number as the spreadsheet shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub number: u32,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cell {
    #[default]
    #[serde(rename = "-")]
    Empty,
    #[serde(rename = "t")]
    Text(String),
    #[serde(rename = "n")]
    Number(f64),
    /// A number shown as a percentage: 0.341 reads 34,1%.
    #[serde(rename = "p")]
    Share(f64),
    #[serde(rename = "d")]
    Day(Day),
    #[serde(rename = "b")]
    Flag(bool),
}

impl Cell {
    /// As a Vietnamese spreadsheet shows it, without grouping.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number_text(*number),
            Cell::Share(share) => format!("{}%", number_text(share * 100.0)),
            Cell::Day(day) => show_day(*day),
            Cell::Flag(flag) => if *flag { "có" } else { "không" }.to_owned(),
        }
    }

    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// Nine decimals are kept: what is finer is the noise of floating numbers.
fn number_text(number: f64) -> String {
    let text = format!("{number:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.replace('.', ",") }
}

/// Counts what was read, so that nothing read grows without end.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    rows: usize,
    cells: usize,
    /// Empty cells before filled ones take room too.
    wide: usize,
    text: usize,
}

impl Bounds {
    fn row(&mut self, cells: usize) -> Result<(), Refusal> {
        self.rows += 1;
        self.wide += cells;
        // Child rows may be several to each row.
        if self.rows > MAX_ROWS * 4 {
            return Err(Refusal::new("import.too_many_rows").with("most", grouped_size(MAX_ROWS)));
        }
        if self.wide > MAX_CELLS * 2 { Err(too_much()) } else { Ok(()) }
    }

    pub(super) fn cell(&mut self, cell: &Cell) -> Result<(), Refusal> {
        self.cells += 1;
        if let Cell::Text(text) = cell {
            self.text += text.len();
        }
        if self.cells > MAX_CELLS || self.text > MAX_TEXT {
            return Err(too_much());
        }
        Ok(())
    }
}

fn too_much() -> Refusal {
    Refusal::new("import.too_much_content").with("most", grouped_size(MAX_CELLS))
}

pub(super) fn grouped_size(size: usize) -> String {
    grouped(i64::try_from(size).unwrap_or(i64::MAX))
}

/// Reads a file from disk. Beside `x.csv` lie the files of its child rows: `x.opinion.csv`.
pub fn open(path: &Path) -> Result<Vec<Sheet>, Refusal> {
    let unreadable = |_| Refusal::new("import.no_file").with("file", path.display());
    let take = |path: &Path| {
        let size = std::fs::metadata(path).map_err(unreadable)?.len();
        if size > MAX_FILE as u64 {
            return Err(too_large());
        }
        std::fs::read(path).map_err(unreadable)
    };
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut files = vec![(name(path), take(path)?)];
    if let (true, Some(folder), Some(stem)) = (has_ending(&name(path), "csv"), path.parent(), path.file_stem()) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let head = format!("{}.", stem.to_string_lossy());
        let mut beside: Vec<_> = std::fs::read_dir(folder)
            .map_err(unreadable)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|other| other != path && name(other).starts_with(&head) && has_ending(&name(other), "csv"))
            .filter(|other| name(other) != name(path))
            .collect();
        beside.sort();
        for other in beside {
            files.push((name(&other), take(&other)?));
        }
    }
    read(&files)
}

/// Reads what was uploaded: one workbook, or CSV files of which the first is the register's and the others are its child rows'.
pub fn read(files: &[(String, Vec<u8>)]) -> Result<Vec<Sheet>, Refusal> {
    let mut sheets = Vec::new();
    let mut bounds = Bounds::default();
    let main = files.first().map(|(name, _)| stem(name).to_owned()).unwrap_or_default();
    for (name, bytes) in files {
        if bytes.len() > MAX_FILE {
            return Err(too_large());
        }
        if bytes.starts_with(b"PK\x03\x04") {
            sheets.extend(workbook::read(bytes, &mut bounds)?);
        } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Refusal::new("import.old_workbook"));
        } else if has_ending(name, "xlsx") || bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF") {
            return Err(Refusal::new("import.not_a_sheet").with("file", name));
        } else {
            let own = stem(name);
            let own = own.strip_prefix(&main).map_or(own, |rest| rest.trim_start_matches('.'));
            sheets.push(separated(own, &decode(bytes, name)?, None, &mut bounds)?);
        }
    }
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(Refusal::new("import.nothing_in_it"));
    }
    Ok(sheets)
}

/// A block copied from a spreadsheet and pasted into a text area: cells are parted by tabs, a cell of several lines stands in quotes.
pub fn paste(text: &str) -> Result<Vec<Sheet>, Refusal> {
    if text.len() > MAX_FILE {
        return Err(too_large());
    }
    let tabs = text.contains('\t').then_some(b'\t');
    let sheet = separated("", text, tabs, &mut Bounds::default())?;
    if sheet.rows.is_empty() { Err(Refusal::new("import.nothing_in_it")) } else { Ok(vec![sheet]) }
}

fn too_large() -> Refusal {
    Refusal::new("import.file_too_large").with("most", MAX_FILE >> 20)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(ending))
}

/// UTF-8 with or without a mark, or the UTF-16 that a spreadsheet calls "Unicode text".
fn decode(bytes: &[u8], name: &str) -> Result<String, Refusal> {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    let text = match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).ok().map(str::to_owned),
    };
    text.filter(|text| !text.contains('\0')).ok_or_else(|| Refusal::new("import.not_utf8").with("file", name))
}

fn separated(name: &str, text: &str, delimiter: Option<u8>, bounds: &mut Bounds) -> Result<Sheet, Refusal> {
    let delimiter = delimiter.unwrap_or_else(|| delimiter_of(text));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (place, record) in (1..).zip(reader.records()) {
        let record = record.map_err(|_| broken(name, place))?;
        let mut cells: Vec<Cell> = Vec::new();
        for text in record.iter().take(MAX_COLUMNS) {
            let text = papers::sheet::unguard(text);
            if text.trim().is_empty() {
                cells.push(Cell::Empty);
                continue;
            }
            let cell = Cell::Text(text.to_owned());
            bounds.cell(&cell)?;
            cells.push(cell);
        }
        keep(&mut rows, place, cells, bounds)?;
    }
    Ok(Sheet { name: name.to_owned(), rows })
}

fn broken(name: &str, row: u32) -> Refusal {
    let refusal = Refusal::new("import.broken_csv").with("row", row);
    // A pasted block is no file.
    if name.is_empty() { refusal } else { refusal.with("file", name) }
}

/// Keeps a row that has something in it.
pub(super) fn keep(rows: &mut Vec<Row>, number: u32, mut cells: Vec<Cell>, bounds: &mut Bounds) -> Result<(), Refusal> {
    while cells.last().is_some_and(Cell::is_empty) {
        cells.pop();
    }
    if !cells.is_empty() {
        bounds.row(cells.len())?;
        cells.shrink_to_fit();
        rows.push(Row { number, cells });
    }
    Ok(())
}

/// The separator that parts most of the first lines, outside quotes.
fn delimiter_of(text: &str) -> u8 {
    let mut counts = [(b';', 0_usize), (b',', 0), (b'\t', 0)];
    let mut quoted = false;
    let mut lines = 0;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                lines += 1;
                if lines == 5 {
                    break;
                }
            }
            _ if !quoted => counts.iter_mut().filter(|(known, _)| *known == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(byte, _)| byte)
}

/// The sheet of that name, however it is written and cut to what a spreadsheet allows.
pub(super) fn named<'s>(sheets: &'s [Sheet], names: &[&str]) -> Option<&'s Sheet> {
    let short = |name: &str| fold(&short_name(name));
    sheets.iter().find(|sheet| names.iter().any(|name| short(name) == short(&sheet.name)))
}

/// Spreadsheets allow 31 letters, and not all of them.
pub(super) fn short_name(name: &str) -> String {
    let kept: String =
        name.chars().map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { c }).collect();
    kept.trim().chars().take(31).collect()
}
