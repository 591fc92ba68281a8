//! Sheets to be filled in and sheets to be set right: the template of a register, and the file that came with its faults beside each row.

use std::collections::HashMap;

use kernel::{Lang, Refusal};
use pack::{
    Pack,
    register::{FieldType, Register},
};
use papers::{
    PaperError,
    sheet::{Book, Column as PaperColumn, Kind, Sheet as PaperSheet},
};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use web::words;

use super::{
    Fault, Terms,
    columns::{self, Column, Target},
    mapping,
    sheet::{Cell, Row, Sheet, short_name},
};
use crate::{house::Snapshot, value};

/// An empty workbook of a register: its headers with notes, its choices as lists.
pub fn template(snapshot: &Snapshot, register: &Register, lang: Lang) -> Result<Vec<u8>, PaperError> {
    let pack = &snapshot.pack;
    let mut book = Book::new(register.label.in_lang(lang), None)?;
    for sheet in layout(pack, register, lang, true) {
        book.open(&sheet)?;
    }
    book.finish()
}

/// The sheets of a register: its own, then one for each kind of child rows.
pub(crate) fn layout(pack: &Pack, register: &Register, lang: Lang, private: bool) -> Vec<PaperSheet> {
    let sheet = |name: &str, columns: Vec<Column<'_>>| PaperSheet {
        name: name.to_owned(),
        columns: columns.iter().map(|column| paper_column(pack, column, lang)).collect(),
    };
    let own = sheet(register.label.in_lang(lang), columns::of_register(register, private));
    let children = register.rows.iter().map(|rows| sheet(rows.label.in_lang(lang), columns::of_rows(rows)));
    std::iter::once(own).chain(children).collect()
}

fn paper_column(pack: &Pack, column: &Column<'_>, lang: Lang) -> PaperColumn {
    let say = |key: &str| words(lang, key, &[]);
    let mut notes: Vec<String> = Vec::new();
    let (kind, width) = match (&column.target, column.field) {
        (Target::Handle, _) => {
            notes.push(say("import.note_handle"));
            (Kind::Text, 18)
        }
        (Target::Unit, _) => {
            notes.push(say("import.note_unit"));
            (Kind::Text, 14)
        }
        (Target::Tie, _) => {
            notes.push(say("import.note_tie"));
            (Kind::Integer, 8)
        }
        (Target::Step(_), _) => {
            notes.push(say("import.note_step"));
            (Kind::Text, 14)
        }
        (_, None) => (Kind::Text, 14),
        (_, Some(field)) => {
            notes.extend(field.required.then(|| say("import.note_required")));
            notes.extend(field.hint.as_ref().map(|hint| hint.in_lang(lang).to_owned()));
            let (kind, width, note) = match field.kind {
                FieldType::Text => (Kind::Text, 32, None),
                FieldType::LongText => (Kind::Text, 48, None),
                FieldType::Choice => {
                    let choices = field.choices.iter().filter(|choice| !choice.retired);
                    (Kind::Choice(choices.map(|choice| choice.vi.clone()).collect()), 22, None)
                }
                FieldType::Choices => (Kind::Text, 28, Some("import.note_choices")),
                FieldType::YesNo => (Kind::Choice(vec!["có".to_owned(), "không".to_owned()]), 10, None),
                FieldType::Date => (Kind::Date, 12, Some("import.note_day")),
                FieldType::Month => (Kind::Text, 12, Some("import.note_month")),
                FieldType::Count | FieldType::Money => (Kind::Integer, 14, None),
                FieldType::Quantity | FieldType::Percent => (Kind::Decimal(value::places(pack, field)), 14, None),
                FieldType::Place | FieldType::Body => (Kind::Text, 18, Some("import.note_unit")),
                FieldType::Post => (Kind::Text, 24, Some("import.note_post")),
                FieldType::Link => (Kind::Text, 18, Some("import.note_link")),
                _ => (Kind::Text, 18, None),
            };
            notes.extend(note.map(say));
            if field.kind == FieldType::Choices {
                notes.extend(field.choices.iter().filter(|choice| !choice.retired).map(|choice| choice.vi.clone()));
            }
            if let Some(measure) = field.measure.as_ref().and_then(|id| pack.measures.find(id)) {
                notes.push(measure.label.in_lang(lang).to_owned());
            }
            notes.extend(field.many.then(|| say("import.note_many")));
            (kind, width)
        }
    };
    PaperColumn::new(column.head(lang), width, kind).noted(notes.join("\n"))
}

/// The sheets as they were handed in, each row in its place, with a column that says what is wrong with it.
pub fn error_file(
    snapshot: &Snapshot,
    sheets: &[Sheet],
    terms: &Terms,
    faults: &[Fault],
    lang: Lang,
) -> Result<Vec<u8>, Refusal> {
    let register = snapshot.register(&terms.register)?;
    let mappings = mapping::recognise(register, sheets, &terms.said)?;
    let mut workbook = Workbook::new();
    for (place, sheet) in sheets.iter().enumerate() {
        let child = mappings.children.iter().find(|(_, mapping)| mapping.sheet == place);
        let mapping = child.map(|(_, mapping)| mapping).or((mappings.main.sheet == place).then_some(&mappings.main));
        let rows_id = child.map(|(id, _)| id.as_str());
        let mut said: HashMap<u32, Vec<String>> = HashMap::new();
        for fault in faults.iter().filter(|fault| mapping.is_some() && fault.rows.as_deref() == rows_id) {
            let reason = fault.say(lang);
            let line = if fault.column.is_empty() { reason } else { format!("{}: {reason}", fault.column) };
            said.entry(fault.row).or_default().push(line);
        }
        let head = mapping.and_then(|mapping| sheet.rows.get(mapping.first.checked_sub(1)?)).map(|row| row.number);
        write(&mut workbook, sheet, head, &said, lang)
            .map_err(|_| Refusal::new("import.no_error_file").with("file", &terms.file))?;
    }
    workbook.save_to_buffer().map_err(|_| Refusal::new("import.no_error_file").with("file", &terms.file))
}

fn write(
    workbook: &mut Workbook,
    sheet: &Sheet,
    head: Option<u32>,
    said: &HashMap<u32, Vec<String>>,
    lang: Lang,
) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top);
    let share = Format::new().set_num_format("0.##%");
    let wrong = text.clone().set_font_color("#A4262C");
    let worksheet = workbook.add_worksheet();
    // A pasted block has no name; a spreadsheet gives one.
    if !sheet.name.is_empty() {
        worksheet.set_name(short_name(&sheet.name))?;
    }
    let wide = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let beside = u16::try_from(wide).unwrap_or(u16::MAX);
    worksheet.set_column_width(beside, 60)?;
    for Row { number, cells } in &sheet.rows {
        let line = number.saturating_sub(1);
        for (place, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(words) => {
                    worksheet.write_string_with_format(line, place, words, &text)?;
                }
                Cell::Number(number) => {
                    worksheet.write_number(line, place, *number)?;
                }
                Cell::Share(number) => {
                    worksheet.write_number_with_format(line, place, *number, &share)?;
                }
                Cell::Flag(flag) => {
                    worksheet.write_boolean(line, place, *flag)?;
                }
                Cell::Day(date) => {
                    let (Ok(year), Ok(month), Ok(of_month)) =
                        (u16::try_from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()))
                    else {
                        continue;
                    };
                    let date = ExcelDateTime::from_ymd(year, month, of_month)?;
                    worksheet.write_datetime_with_format(line, place, &date, &day)?;
                }
            }
        }
        if head == Some(*number) {
            worksheet.write_string_with_format(line, beside, words(lang, "import.fault_column", &[]), &wrong)?;
        } else if let Some(said) = said.get(number) {
            worksheet.write_string_with_format(line, beside, said.join("\n"), &wrong)?;
        }
    }
    Ok(())
}
