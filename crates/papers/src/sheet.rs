//! Worksheets: lists, import templates and exports as XLSX in constant memory, and as CSV that Excel opens right.

use std::io::{Seek, Write};

use kernel::{Day, number::decimal, show_day};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet,
};

use crate::PaperError;

/// Rows below the heads that one sheet of Excel holds.
pub const MAX_ROWS: u32 = 1_048_575;

/// The hidden sheet that holds the values of choice columns, for a list in the rule itself ends at 255 letters.
const LISTS: &str = "Danh mục";

/// What a sheet is before its rows: the columns an import reads are the ones an export writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub head: String,
    /// In letters.
    pub width: u16,
    pub kind: Kind,
    /// Shown at the head when the pointer rests there; empty for none.
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    /// Amounts in steps of 10^-scale.
    Decimal(u32),
    Date,
    /// Only these words.
    Choice(Vec<String>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    #[default]
    Blank,
    Text(String),
    /// In the column's smallest step.
    Number(i64),
    Day(Day),
}

impl Column {
    pub fn new(head: impl Into<String>, width: u16, kind: Kind) -> Self {
        Self { head: head.into(), width, kind, note: String::new() }
    }

    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

impl Kind {
    fn scale(&self) -> u32 {
        if let Self::Decimal(scale) = self { *scale } else { 0 }
    }
}

/// A workbook written row by row, sheet after sheet.
pub struct Book {
    workbook: Workbook,
    names: Vec<String>,
    open: Option<Open>,
    lists: Vec<Vec<String>>,
    dress: Dress,
}

/// The sheet being written.
struct Open {
    place: usize,
    kinds: Vec<Kind>,
    row: u32,
}

struct Dress {
    head: Format,
    text: Format,
    guarded: Format,
    date: Format,
}

impl Dress {
    fn new() -> Self {
        let text = Format::new().set_num_format("@").set_align(FormatAlign::Top).set_text_wrap();
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color("#F0EEE8")
                .set_border_bottom(FormatBorder::Thin),
            guarded: text.clone().set_quote_prefix(),
            text,
            date: Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top),
        }
    }

    fn number(scale: u32) -> Format {
        let format = if scale == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "#".repeat(scale as usize)) };
        Format::new().set_num_format(format).set_align(FormatAlign::Top)
    }
}

impl Book {
    /// `day` is the file's own date; without one it is that of 1/1/1970, never today's.
    pub fn new(title: &str, day: Option<Day>) -> Result<Self, PaperError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties(title, day)?);
        Ok(Self { workbook, names: Vec::new(), open: None, lists: Vec::new(), dress: Dress::new() })
    }

    /// Begins a sheet; the rows that follow are its.
    pub fn open(&mut self, sheet: &Sheet) -> Result<(), PaperError> {
        self.close()?;
        let name = unlike(&sheet_name(&sheet.name), &self.names);
        let worksheet = self.workbook.add_worksheet_with_constant_memory()?;
        worksheet.set_name(&name)?;
        for (place, column) in (0_u16..).zip(&sheet.columns) {
            worksheet.set_column_width(place, f64::from(column.width))?;
            worksheet.set_column_format(place, &format_of(&self.dress, &column.kind))?;
            if let Kind::Choice(choices) = &column.kind
                && !choices.is_empty()
            {
                let letter = column_letter(self.lists.len());
                let range = format!("='{LISTS}'!${letter}$1:${letter}${}", choices.len());
                let rule = DataValidation::new()
                    .allow_list_formula(Formula::new(range))
                    .set_error_title("Không có trong danh mục")?
                    .set_error_message("Chọn một giá trị trong danh sách của ô.")?;
                worksheet.add_data_validation(1, place, MAX_ROWS, place, &rule)?;
                self.lists.push(choices.clone());
            }
            if !column.note.is_empty() {
                worksheet.insert_note(0, place, &Note::new(&column.note).add_author_prefix(false))?;
            }
        }
        worksheet.set_freeze_panes(1, 0)?;
        worksheet.set_repeat_rows(0, 0)?;
        worksheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        for (place, column) in (0_u16..).zip(&sheet.columns) {
            worksheet.write_string_with_format(0, place, &column.head, &self.dress.head)?;
        }
        self.open = Some(Open {
            place: self.names.len(),
            kinds: sheet.columns.iter().map(|column| column.kind.clone()).collect(),
            row: 0,
        });
        self.names.push(name);
        Ok(())
    }

    /// One row of the open sheet.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), PaperError> {
        let open = self.open.as_mut().ok_or(PaperError::NoSheet)?;
        if open.row == MAX_ROWS {
            return Err(PaperError::SheetFull);
        }
        open.row += 1;
        let worksheet = self.workbook.worksheet_from_index(open.place)?;
        for ((place, cell), kind) in (0_u16..).zip(cells).zip(&open.kinds) {
            write_cell(worksheet, &self.dress, open.row, place, cell, kind)?;
        }
        Ok(())
    }

    pub fn rows(&mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<(), PaperError> {
        rows.into_iter().try_for_each(|row| self.row(&row))
    }

    /// The workbook's bytes.
    pub fn finish(mut self) -> Result<Vec<u8>, PaperError> {
        self.end()?;
        Ok(self.workbook.save_to_buffer()?)
    }

    /// The workbook into a file or another writer, for exports too large to hold.
    pub fn finish_into(mut self, writer: impl Write + Seek + Send) -> Result<(), PaperError> {
        self.end()?;
        Ok(self.workbook.save_to_writer(writer)?)
    }

    fn close(&mut self) -> Result<(), PaperError> {
        if let Some(open) = self.open.take()
            && let Some(last) = u16::try_from(open.kinds.len()).ok().and_then(|count| count.checked_sub(1))
        {
            self.workbook.worksheet_from_index(open.place)?.autofilter(0, 0, open.row.max(1), last)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), PaperError> {
        self.close()?;
        if !self.lists.is_empty() {
            let worksheet = self.workbook.add_worksheet();
            worksheet.set_name(LISTS)?.set_hidden(true);
            for (column, list) in (0_u16..).zip(&self.lists) {
                for (row, choice) in (0_u32..).zip(list) {
                    worksheet.write_string(row, column, choice)?;
                }
            }
        }
        Ok(())
    }
}

fn format_of(dress: &Dress, kind: &Kind) -> Format {
    match kind {
        Kind::Text | Kind::Choice(_) => dress.text.clone(),
        Kind::Integer => Dress::number(0),
        Kind::Decimal(scale) => Dress::number(*scale),
        Kind::Date => dress.date.clone(),
    }
}

fn write_cell(
    worksheet: &mut Worksheet,
    dress: &Dress,
    row: u32,
    place: u16,
    cell: &Cell,
    kind: &Kind,
) -> Result<(), PaperError> {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => {
            let format = if is_formula_like(text) { &dress.guarded } else { &dress.text };
            worksheet.write_string_with_format(row, place, text, format)?;
        }
        Cell::Number(amount) => {
            let scale = kind.scale();
            worksheet.write_number_with_format(row, place, real(*amount, scale), &Dress::number(scale))?;
        }
        Cell::Day(day) => {
            let (Ok(year @ 1900..), Ok(month), Ok(date)) =
                (u16::try_from(day.year()), u8::try_from(day.month()), u8::try_from(day.day()))
            else {
                // Excel's calendar begins in 1900; an older day is written out.
                worksheet.write_string_with_format(row, place, show_day(*day), &dress.text)?;
                return Ok(());
            };
            let date = ExcelDateTime::from_ymd(year, month, date)?;
            worksheet.write_datetime_with_format(row, place, &date, &dress.date)?;
        }
    }
    Ok(())
}

pub(crate) fn properties(title: &str, day: Option<Day>) -> Result<DocProperties, PaperError> {
    let (year, month, date) = day.map_or((1970, 1, 1), |day| (day.year(), day.month(), day.day()));
    let made = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(1970),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(date).unwrap_or(1),
    )?;
    Ok(DocProperties::new().set_title(title).set_author("danvan").set_creation_datetime(&made))
}

/// The nearest floating number, read from its decimal text.
pub(crate) fn real(amount: i64, scale: u32) -> f64 {
    format!("{amount}e-{scale}").parse().unwrap_or_default()
}

/// A text that a spreadsheet might take for a formula.
fn is_formula_like(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A name that Excel accepts: 31 letters, none of `[]:*?/\`, no quotes at the ends.
pub(crate) fn sheet_name(name: &str) -> String {
    let kept: String =
        name.chars().map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { c }).collect();
    let kept: String = kept.trim_matches(['\'', ' ']).chars().take(31).collect();
    if kept.is_empty() { "Trang".to_owned() } else { kept.trim_end().to_owned() }
}

/// The name, with a number if another sheet has it already.
pub(crate) fn unlike(name: &str, taken: &[String]) -> String {
    let known = |name: &str| name == LISTS || taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (2..).map(|number| {
        let tail = format!(" ({number})");
        let head: String = name.chars().take(31 - tail.chars().count()).collect();
        format!("{head}{tail}")
    });
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !known(name)).unwrap_or_default()
}

fn column_letter(place: usize) -> String {
    let (high, low) = (place / 26, place % 26);
    let letter = char::from(b'A' + u8::try_from(low).unwrap_or(0));
    if high == 0 { letter.to_string() } else { format!("{}{letter}", column_letter(high - 1)) }
}

/// One sheet as CSV in UTF-8 with a mark at its head, by which Excel knows the letters.
pub struct Csv<W: Write> {
    writer: csv::Writer<W>,
    kinds: Vec<Kind>,
}

impl<W: Write> Csv<W> {
    pub fn new(mut out: W, sheet: &Sheet) -> Result<Self, PaperError> {
        out.write_all("\u{feff}".as_bytes()).map_err(csv::Error::from)?;
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(sheet.columns.iter().map(|column| guard(&column.head)))?;
        Ok(Self { writer, kinds: sheet.columns.iter().map(|column| column.kind.clone()).collect() })
    }

    pub fn row(&mut self, cells: &[Cell]) -> Result<(), PaperError> {
        let blank = Cell::Blank;
        let filled = cells.iter().chain(std::iter::repeat(&blank)).zip(&self.kinds);
        self.writer.write_record(filled.map(|(cell, kind)| match cell {
            Cell::Blank => String::new(),
            Cell::Text(text) => guard(text),
            Cell::Number(amount) => decimal(*amount, kind.scale()).replace('.', ""),
            Cell::Day(day) => show_day(*day),
        }))?;
        Ok(())
    }

    pub fn finish(self) -> Result<W, PaperError> {
        self.writer.into_inner().map_err(|fault| csv::Error::from(fault.into_error()).into())
    }
}

/// Rows as CSV bytes.
pub fn csv(sheet: &Sheet, rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<Vec<u8>, PaperError> {
    let mut file = Csv::new(Vec::new(), sheet)?;
    rows.into_iter().try_for_each(|row| file.row(&row))?;
    file.finish()
}

/// One sheet as XLSX bytes.
pub fn xlsx(
    title: &str,
    day: Option<Day>,
    sheet: &Sheet,
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Result<Vec<u8>, PaperError> {
    let mut book = Book::new(title, day)?;
    book.open(sheet)?;
    book.rows(rows)?;
    book.finish()
}

/// Puts an apostrophe before what a spreadsheet would run. [`unguard`] takes it off again.
fn guard(text: &str) -> String {
    if is_formula_like(text) { format!("'{text}") } else { text.to_owned() }
}

/// A cell of CSV as it was before it was guarded.
pub fn unguard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula_like(rest)).unwrap_or(text)
}
