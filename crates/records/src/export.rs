//! Export: the records of a register as a workbook or as CSV, with the columns that an import reads. Private fields stay where they are.

use std::io::{Cursor, Seek, Write};

use db::{Fault, Result, Space, Stop, Tx};
use kernel::{Day, Lang};
use pack::{
    document::Amount,
    register::{Field, FieldType, Register, Rows},
};
use papers::{
    PaperError,
    sheet::{Book, Cell, Csv, Sheet},
};
use serde_json::Value as Json;

use crate::{
    house::{House, Snapshot},
    import::{columns, columns::Target, layout},
    record::Record,
    store, value,
    value::Directory,
};

/// Records read at a time.
const PAGE: i64 = 500;

/// Which records are handed out.
pub struct Extent<'a> {
    pub register: &'a str,
    /// The records of a list, as it is filtered; none: all of the register.
    pub ids: Option<&'a [i64]>,
    /// Whether the reader may have it: asked of each record.
    pub may: &'a (dyn Fn(&Record) -> bool + Send + Sync),
}

/// What rows of sheets are written to.
trait Out: Send {
    fn open(&mut self, sheet: &Sheet) -> std::result::Result<(), PaperError>;
    fn row(&mut self, cells: &[Cell]) -> std::result::Result<(), PaperError>;
}

impl Out for Book {
    fn open(&mut self, sheet: &Sheet) -> std::result::Result<(), PaperError> {
        Book::open(self, sheet)
    }

    fn row(&mut self, cells: &[Cell]) -> std::result::Result<(), PaperError> {
        Book::row(self, cells)
    }
}

/// CSV files, one for each sheet.
#[derive(Default)]
struct Files {
    done: Vec<Vec<u8>>,
    open: Option<Csv<Vec<u8>>>,
}

impl Files {
    fn close(&mut self) -> std::result::Result<(), PaperError> {
        if let Some(file) = self.open.take() {
            self.done.push(file.finish()?);
        }
        Ok(())
    }
}

impl Out for Files {
    fn open(&mut self, sheet: &Sheet) -> std::result::Result<(), PaperError> {
        self.close()?;
        self.open = Some(Csv::new(Vec::new(), sheet)?);
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> std::result::Result<(), PaperError> {
        self.open.as_mut().ok_or(PaperError::NoSheet)?.row(cells)
    }
}

/// A workbook: the records, and their child rows on further sheets.
pub async fn xlsx(house: &House, extent: &Extent<'_>, lang: Lang) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    xlsx_into(house, extent, lang, &mut bytes).await?;
    Ok(bytes.into_inner())
}

/// The same into a file, for exports too large to hold.
pub async fn xlsx_into(house: &House, extent: &Extent<'_>, lang: Lang, writer: impl Write + Seek + Send) -> Result<()> {
    let snapshot = house.now();
    let register = snapshot.register(extent.register)?;
    let mut book = Book::new(register.label.in_lang(lang), None).map_err(fault)?;
    write(house, &snapshot, register, extent, lang, &mut book).await?;
    book.finish_into(writer).map_err(fault)
}

/// CSV files: of `x.csv` the ending is empty, of `x.opinion.csv` it is `opinion`.
pub async fn csv(house: &House, extent: &Extent<'_>, lang: Lang) -> Result<Vec<(String, Vec<u8>)>> {
    let snapshot = house.now();
    let register = snapshot.register(extent.register)?;
    let mut files = Files::default();
    write(house, &snapshot, register, extent, lang, &mut files).await?;
    files.close().map_err(fault)?;
    let endings = std::iter::once(String::new()).chain(register.rows.iter().map(|rows| rows.id.clone()));
    Ok(endings.zip(files.done).collect())
}

fn fault(error: PaperError) -> Stop {
    Stop::Fault(Fault::from_source("writing a sheet", error))
}

async fn write(
    house: &House,
    snapshot: &Snapshot,
    register: &Register,
    extent: &Extent<'_>,
    lang: Lang,
    out: &mut dyn Out,
) -> Result<()> {
    // One snapshot of the database for all sheets, so that child rows belong to records that are there.
    let mut tx = house.read().await?;
    for (place, sheet) in layout(&snapshot.pack, register, lang, false).iter().enumerate() {
        out.open(sheet).map_err(fault)?;
        let rows = place.checked_sub(1).and_then(|place| register.rows.get(place));
        let mut pages = Pages { after: 0, left: extent.ids };
        // Below the header.
        let mut line = 1;
        while let Some(records) = pages.next(&mut tx, house, register).await? {
            for record in records.iter().filter(|record| !record.void && (extent.may)(record)) {
                line += 1;
                match rows {
                    None => out.row(&own_cells(snapshot, register, record)).map_err(fault)?,
                    Some(rows) => {
                        for row in child_cells(snapshot, rows, record, line) {
                            out.row(&row).map_err(fault)?;
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

/// The records in the order of their ids, some at a time.
struct Pages<'a> {
    after: i64,
    left: Option<&'a [i64]>,
}

impl Pages<'_> {
    async fn next(&mut self, tx: &mut Tx, house: &House, register: &Register) -> Result<Option<Vec<Record>>> {
        let ids = match &mut self.left {
            Some(left) => {
                let (page, rest) = left.split_at(left.len().min(usize::try_from(PAGE).unwrap_or(left.len())));
                *left = rest;
                page.to_vec()
            }
            None => match house.names.find(tx, Space::Register, &register.id).await? {
                Some(id) => store::page_of_register(tx, id, self.after, PAGE).await?,
                None => Vec::new(),
            },
        };
        let Some(last) = ids.last() else { return Ok(None) };
        self.after = *last;
        let mut records = store::find_many(tx, &house.names, &ids).await?;
        records.retain(|record| record.register == register.id);
        match self.left {
            // A list keeps its order.
            Some(_) => records.sort_by_key(|record| ids.iter().position(|id| *id == record.id.0)),
            None => records.sort_by_key(|record| record.id),
        }
        Ok(Some(records))
    }
}

fn own_cells(snapshot: &Snapshot, register: &Register, record: &Record) -> Vec<Cell> {
    let columns = columns::of_register(register, false);
    let cells = columns.iter().map(|column| match (&column.target, column.field) {
        (Target::Handle, _) => Cell::Text(record.id.handle()),
        (Target::Unit, _) => Cell::Text(snapshot.code(record.unit, record.day)),
        (Target::Step(step), _) => {
            let taken = record.document.steps.iter().filter(|taken| taken.step == *step);
            text(taken.map(|taken| kernel::show_day(taken.on)).collect::<Vec<_>>().join("; "))
        }
        (_, Some(field)) => cell(snapshot, field, record.document.fields.get(&field.id), record.day),
        _ => Cell::Blank,
    });
    cells.collect()
}

fn child_cells(snapshot: &Snapshot, rows: &Rows, record: &Record, line: i64) -> Vec<Vec<Cell>> {
    let columns = columns::of_rows(rows);
    let of_row = |row: &pack::document::RowDoc| {
        let cells = columns.iter().map(|column| match (&column.target, column.field) {
            (Target::Handle, _) => Cell::Text(record.id.handle()),
            (Target::Tie, _) => Cell::Number(line),
            (_, Some(field)) => cell(snapshot, field, row.fields.get(&field.id), record.day),
            _ => Cell::Blank,
        });
        cells.collect()
    };
    record.document.rows(&rows.id).iter().map(of_row).collect()
}

/// A value in a cell of its column's kind: what is no plain number or day is written as text that reads the same again.
fn cell(snapshot: &Snapshot, field: &Field, stored: Option<&Json>, day: Day) -> Cell {
    let Some(stored) = stored else { return Cell::Blank };
    match field.kind {
        FieldType::Date => match pack::document::day_of(stored) {
            Some(day) => Cell::Day(day),
            None => Cell::Blank,
        },
        FieldType::Count | FieldType::Quantity | FieldType::Money | FieldType::Percent => match Amount::of(stored) {
            Some(Amount { n: Some(amount), qualifier: None }) => Cell::Number(amount),
            Some(amount) => text(value::show_count(amount)),
            None => Cell::Blank,
        },
        _ => text(value::write(&snapshot.pack, snapshot, field, stored, day)),
    }
}

fn text(text: String) -> Cell {
    if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
}
