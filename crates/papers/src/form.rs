//! A statutory table as a workbook: heads merged over and under as the form's tree has them, marks, lines, and what is to be said below.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook};

use crate::{
    PaperError,
    sheet::{properties, sheet_name},
};

/// A table whose heads are a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormSheet {
    /// At the left above: the body; at the right: the form's code and what brought it.
    pub body: String,
    pub code: String,
    pub title: String,
    /// The days it covers.
    pub days: String,
    /// The head of the first column, which names the lines.
    pub first: String,
    pub columns: Vec<FormColumn>,
    pub lines: Vec<FormLine>,
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormColumn {
    /// The heads from the widest down.
    pub head: Vec<String>,
    /// The form's own mark: "1", or "1=2+3".
    pub mark: String,
    /// In letters.
    pub width: u16,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormLine {
    pub name: String,
    pub cells: Vec<FormCell>,
    pub total: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FormCell {
    #[default]
    Blank,
    Number(i64),
    Text(String),
}

/// A head and the columns and rows that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormHead<'a> {
    pub text: &'a str,
    pub column: usize,
    pub span: usize,
    pub depth: usize,
}

impl FormSheet {
    /// How many rows of heads there are.
    pub fn depth(&self) -> usize {
        self.columns.iter().map(|column| column.head.len()).max().unwrap_or(1).max(1)
    }

    /// The heads of each row: neighbours under the same heads share them, a head without any below it reaches down.
    pub fn heads(&self) -> Vec<Vec<FormHead<'_>>> {
        let depth = self.depth();
        (0..depth)
            .map(|level| {
                let mut row: Vec<FormHead<'_>> = Vec::new();
                for (place, column) in self.columns.iter().enumerate() {
                    let Some(text) = column.head.get(level) else { continue };
                    let last = level + 1 == column.head.len();
                    let joins = row.last().is_some_and(|head| {
                        head.column + head.span == place
                            && self.columns[head.column].head.get(..=level) == column.head.get(..=level)
                            && self.columns[head.column].head.len() > level + 1
                            && !last
                    });
                    match row.last_mut() {
                        Some(head) if joins => head.span += 1,
                        _ => {
                            let depth = if last { depth - level } else { 1 };
                            row.push(FormHead { text, column: place, span: 1, depth });
                        }
                    }
                }
                row
            })
            .collect()
    }

    /// How many lines of words each row of heads needs: merged cells do not grow by themselves.
    fn head_lines(&self) -> Vec<u32> {
        let width = |head: &FormHead<'_>| {
            let under = self.columns.iter().skip(head.column).take(head.span);
            under.map(|column| usize::from(column.width)).sum::<usize>()
        };
        let needs =
            |head: &FormHead<'_>| lines_of(head.text.chars().count(), width(head)).div_ceil(row(head.depth).max(1));
        self.heads().iter().map(|heads| heads.iter().map(needs).max().unwrap_or(1)).collect()
    }

    /// How many lines of words a line of the form needs.
    fn lines_in(&self, line: &FormLine) -> u32 {
        let words = |(cell, column): (&FormCell, &FormColumn)| match cell {
            FormCell::Text(text) => lines_of(text.chars().count(), usize::from(column.width)),
            FormCell::Blank | FormCell::Number(_) => 1,
        };
        let cells = line.cells.iter().zip(&self.columns).map(words).max().unwrap_or(1);
        cells.max(lines_of(line.name.chars().count(), 28))
    }

    /// The form as XLSX.
    pub fn write(&self) -> Result<Vec<u8>, PaperError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties(&self.title, None)?);
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(self.code.split(',').next().unwrap_or_default()))?;
        let plain = Format::new().set_align(FormatAlign::Top);
        let strong = Format::new().set_bold().set_align(FormatAlign::Center);
        let framed =
            Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let head = framed.clone().set_bold().set_align(FormatAlign::Center);
        let mark = framed.clone().set_italic().set_align(FormatAlign::Center).set_font_size(9);
        let (last, depth) = (at(self.columns.len()), row(self.depth()));
        sheet.write_string_with_format(0, 0, &self.body, &Format::new().set_bold())?;
        sheet.write_string_with_format(0, last, &self.code, &Format::new().set_align(FormatAlign::Right))?;
        merged(sheet, (1, 0, 1, last), &self.title, &strong.clone().set_font_size(13))?;
        merged(sheet, (2, 0, 2, last), &self.days, &Format::new().set_italic().set_align(FormatAlign::Center))?;
        let top = 4;
        let named = self.lines.iter().map(|line| line.name.chars().count()).max().unwrap_or_default();
        sheet.set_column_width(0, u8::try_from(named.clamp(10, 28)).unwrap_or(28))?;
        for (place, column) in self.columns.iter().enumerate() {
            sheet.set_column_width(at(place + 1), f64::from(column.width.clamp(7, 60)))?;
        }
        merged(sheet, (top, 0, top + depth - 1, 0), &self.first, &head)?;
        for (level, heads) in self.heads().into_iter().enumerate() {
            for one in heads {
                let (first, line) = (at(one.column + 1), top + row(level));
                let corners = (line, first, line + row(one.depth) - 1, first + at(one.span) - 1);
                merged(sheet, corners, one.text, &head)?;
            }
        }
        for (level, lines) in self.head_lines().into_iter().enumerate() {
            sheet.set_row_height(top + row(level), LINE * lines)?;
        }
        let marks = top + depth;
        let longest = |column: &FormColumn| lines_of(column.mark.chars().count(), usize::from(column.width));
        sheet.set_row_height(marks, LINE * self.columns.iter().map(longest).max().unwrap_or(1))?;
        sheet.write_string_with_format(marks, 0, "MS", &mark)?;
        for (place, column) in self.columns.iter().enumerate() {
            sheet.write_string_with_format(marks, at(place + 1), &column.mark, &mark)?;
        }
        sheet.set_freeze_panes(marks + 1, 1)?.set_repeat_rows(top, marks)?;
        // A wide form is printed on A3.
        sheet.set_paper_size(if self.columns.len() > 16 { 8 } else { 9 }).set_landscape().set_print_fit_to_pages(1, 0);
        let mut line = marks + 1;
        for one in &self.lines {
            let dress = if one.total { framed.clone().set_bold() } else { framed.clone() };
            sheet.write_string_with_format(line, 0, &one.name, &dress)?;
            sheet.set_row_height(line, LINE * self.lines_in(one))?;
            for (place, cell) in one.cells.iter().enumerate() {
                let place = at(place + 1);
                match cell {
                    FormCell::Blank => sheet.write_blank(line, place, &dress)?,
                    #[expect(clippy::cast_precision_loss, reason = "a cell of a worksheet is a double in any case")]
                    FormCell::Number(number) => {
                        let dress = dress.clone().set_num_format("#,##0").set_align(FormatAlign::Right);
                        sheet.write_number_with_format(line, place, *number as f64, &dress)?
                    }
                    FormCell::Text(text) => sheet.write_string_with_format(line, place, text, &dress)?,
                };
            }
            line += 1;
        }
        for note in &self.notes {
            line += 1;
            sheet.write_string_with_format(line, 0, note, &plain)?;
        }
        Ok(workbook.save_to_buffer()?)
    }
}

/// The height of a line, in points.
const LINE: u32 = 15;

/// How many lines letters take at a width, with a little room for words that do not divide.
fn lines_of(letters: usize, width: usize) -> u32 {
    row(letters.div_ceil(width.saturating_sub(1).max(1))).max(1)
}

/// Writes over several cells, or one.
fn merged(
    sheet: &mut rust_xlsxwriter::Worksheet,
    (top, left, bottom, right): (u32, u16, u32, u16),
    text: &str,
    dress: &Format,
) -> Result<(), PaperError> {
    if top == bottom && left == right {
        sheet.write_string_with_format(top, left, text, dress)?;
    } else {
        sheet.merge_range(top, left, bottom, right, text, dress)?;
    }
    Ok(())
}

fn at(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn row(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
