//! Reading XLSX from a stranger: the archive is measured while it inflates, before anything believes what it says of itself.

use std::{
    io::{Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use kernel::{Day, Refusal};
use zip::ZipArchive;

use super::sheet::{Bounds, Cell, MAX_COLUMNS, Row, Sheet, keep};

const MAX_ENTRIES: usize = 1_000;
/// Bytes of all parts, inflated.
const MAX_INFLATED: u64 = 48 << 20;
const MAX_STRINGS_PART: u64 = 24 << 20;
const MAX_STYLES_PART: u64 = 2 << 20;
/// Beyond so much, no part shrinks further than this: a hundred equal lines are a sheet, a hundred thousand are a bomb.
const SMALL: u64 = 4 << 20;
const MAX_RATIO: u64 = 250;
const MAX_STRINGS: usize = 400_000;
const MAX_STYLES: usize = 65_536;
const MAX_SHEETS: usize = 50;

/// The visible sheets of a workbook.
pub(super) fn read(bytes: &[u8], bounds: &mut Bounds) -> Result<Vec<Sheet>, Refusal> {
    measure(bytes)?;
    // What is read now is bounded. A reader that stumbles over nonsense must still not take the process down.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, bounds))).unwrap_or_else(|_| Err(unreadable()))
}

fn unreadable() -> Refusal {
    Refusal::new("import.unreadable_workbook")
}

fn bomb() -> Refusal {
    Refusal::new("import.inflates_too_far").with("most", MAX_INFLATED >> 20)
}

/// Inflates every part once, keeping nothing, and refuses what no spreadsheet would hold.
fn measure(bytes: &[u8]) -> Result<(), Refusal> {
    if claimed_entries(bytes).ok_or_else(unreadable)? > MAX_ENTRIES {
        return Err(bomb());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    if archive.len() > MAX_ENTRIES {
        return Err(bomb());
    }
    if archive.has_duplicate_names() || archive.has_overlapping_files().map_err(|_| unreadable())? {
        return Err(unreadable());
    }
    let mut inflated = 0;
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).map_err(|_| unreadable())?;
        let name = part.name().map_err(|_| unreadable())?.to_lowercase();
        let packed = part.compressed_size().max(1);
        let mut scan = Scan::of(&name);
        let mut buffer = vec![0; 64 << 10];
        loop {
            let read = part.read(&mut buffer).map_err(|_| unreadable())?;
            if read == 0 {
                break;
            }
            inflated += read as u64;
            scan.size += read as u64;
            let ratio = scan.size / packed;
            if inflated > MAX_INFLATED || scan.size > scan.most || (scan.size > SMALL && ratio > MAX_RATIO) {
                return Err(bomb());
            }
            scan.see(&buffer[..read])?;
        }
    }
    Ok(())
}

/// How many entries the archive's last record speaks of; where it leaves the number to a larger record, more than any spreadsheet has.
fn claimed_entries(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.len().saturating_sub(66_000);
    let at = bytes[tail..].windows(4).rposition(|window| window == b"PK\x05\x06")? + tail;
    let count = bytes.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

/// Looks at one part as it goes by.
struct Scan {
    size: u64,
    most: u64,
    xml: bool,
    strings: bool,
    styles: bool,
    seen: Vec<u8>,
    elements: usize,
}

/// The longest that a pattern and the number after it may be.
const CARRY: usize = 48;

impl Scan {
    fn of(name: &str) -> Self {
        let strings = name.ends_with("sharedstrings.xml");
        let styles = name.ends_with("styles.xml");
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let xml = ["xml", "rels", "vml"].contains(&ending);
        let most = match (strings, styles) {
            (true, _) => MAX_STRINGS_PART,
            (_, true) => MAX_STYLES_PART,
            _ => MAX_INFLATED,
        };
        Self { size: 0, most, xml, strings, styles, seen: Vec::new(), elements: 0 }
    }

    fn see(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        if !self.xml {
            return Ok(());
        }
        let first = self.seen.is_empty();
        if first && (bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF])) {
            return Err(unreadable());
        }
        let known = self.seen.len();
        self.seen.extend_from_slice(bytes);
        let seen = &self.seen;
        for (place, byte) in seen.iter().enumerate() {
            let rest = &seen[place..];
            // What began in the bytes carried over was counted then, unless it ended beyond them.
            let new = |length: usize| place + length > known;
            match byte {
                b'<' if rest.starts_with(b"<!DOCTYPE") || rest.starts_with(b"<!ENTITY") => {
                    return Err(Refusal::new("import.entities"));
                }
                b's' if self.strings && rest.starts_with(b"si>") && new(3) => self.elements += 1,
                b'x' if self.styles && rest.starts_with(b"xf ") && new(3) => self.elements += 1,
                b'x' if self.styles && (rest.starts_with(b"xf>") || rest.starts_with(b"xf/")) && new(3) => {
                    self.elements += 1;
                }
                b'u' if self.strings && rest.starts_with(b"uniqueCount=") && claims_too_many(&rest[12..]) => {
                    return Err(bomb());
                }
                _ => {}
            }
        }
        if self.elements > if self.strings { 2 * MAX_STRINGS } else { MAX_STYLES } {
            return Err(bomb());
        }
        let keep = self.seen.len().saturating_sub(CARRY);
        self.seen.drain(..keep);
        Ok(())
    }
}

/// A number of strings for which no one should make room. Cut off at the end of what was read, it is seen whole with the next bytes.
fn claims_too_many(rest: &[u8]) -> bool {
    let digits = rest.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
    digits > 7 || rest.get(1..=digits).and_then(|digits| std::str::from_utf8(digits).ok()).is_some_and(too_many)
}

fn too_many(digits: &str) -> bool {
    digits.parse::<usize>().is_ok_and(|count| count > MAX_STRINGS)
}

fn sheets(bytes: &[u8], bounds: &mut Bounds) -> Result<Vec<Sheet>, Refusal> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let visible: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    if visible.is_empty() || visible.len() > MAX_SHEETS {
        return Err(unreadable());
    }
    let mut found = Vec::new();
    for name in visible {
        // A chart has a sheet of its own, without cells.
        let Ok(mut reader) = workbook.worksheet_cells_reader(&name) else { continue };
        let percent: Vec<bool> = reader
            .styles()
            .iter()
            .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
            .collect();
        let mut rows: Vec<Row> = Vec::new();
        let (mut number, mut cells) = (0, Vec::new());
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| unreadable())? {
            let (row, column) = cell.get_position();
            if row + 1 != number {
                keep(&mut rows, number, std::mem::take(&mut cells), bounds)?;
                if row < number {
                    return Err(unreadable());
                }
                number = row + 1;
            }
            let place = column as usize;
            let value = value(cell.get_value(), percent.get(style) == Some(&true));
            if place >= MAX_COLUMNS || value.is_empty() {
                continue;
            }
            bounds.cell(&value)?;
            if cells.len() <= place {
                cells.resize(place + 1, Cell::Empty);
            }
            cells[place] = value;
        }
        keep(&mut rows, number, cells, bounds)?;
        found.push(Sheet { name, rows });
    }
    Ok(found)
}

#[expect(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are floating numbers all the same")]
fn value(value: &DataRef<'_>, percent: bool) -> Cell {
    match value {
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) if percent => Cell::Share(*number),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(instant) if instant.is_datetime() => {
            let (year, month, day, ..) = instant.to_ymd_hms_milli();
            day_of(i64::from(year), month, day).map_or(Cell::Number(instant.as_f64()), Cell::Day)
        }
        DataRef::DateTime(duration) => Cell::Number(duration.as_f64()),
        DataRef::DateTimeIso(text) => {
            let day = text.get(..10).and_then(|day| day.parse::<Day>().ok());
            day.map_or_else(|| Cell::Text(text.clone()), Cell::Day)
        }
        DataRef::Error(error) => Cell::Text(error.to_string()),
        DataRef::Empty => Cell::Empty,
    }
}

fn day_of(year: i64, month: u8, day: u8) -> Option<Day> {
    let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Day::new(year, month, day).ok().filter(|day| day.year() > 1900)
}
