//! A paper as a workbook: its words on the first sheet, each table and chart on a sheet of its own, numbers as numbers.

use kernel::number::parse_amount;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::{
    Align, Block, Inline, Paper, PaperError, Row, RowKind, Slot, Table,
    layout::Blank,
    plain,
    sheet::{properties, real, sheet_name, unlike},
};

/// The paper as XLSX.
pub fn xlsx(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&paper.title(), paper.head.day)?);
    let mut names = vec!["Nội dung".to_owned()];
    write_words(workbook.add_worksheet(), paper)?;
    let mut tables = Vec::new();
    gather(&paper.body, &mut tables);
    for annex in &paper.annexes {
        gather(&annex.body, &mut tables);
    }
    for (place, table) in tables.iter().enumerate() {
        let wanted = table.caption.clone().unwrap_or_else(|| format!("Bảng {}", place + 1));
        let name = unlike(&sheet_name(&wanted), &names);
        write_table(workbook.add_worksheet().set_name(&name)?, table)?;
        names.push(name);
    }
    Ok(workbook.save_to_buffer()?)
}

fn gather(blocks: &[Block], tables: &mut Vec<Table>) {
    for block in blocks {
        match block {
            Block::Table(table) => tables.push(table.clone()),
            Block::Chart(chart) => tables.push(chart.table()),
            Block::Slot(Slot { text: Some(text), .. }) => gather(text, tables),
            Block::List { items, .. } => items.iter().for_each(|item| gather(item, tables)),
            _ => {}
        }
    }
}

fn write_words(sheet: &mut Worksheet, paper: &Paper) -> Result<(), PaperError> {
    let lines = paper.lines(Blank::Ellipsis);
    let plain_line = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let strong = plain_line.clone().set_bold();
    sheet.set_name("Nội dung")?.set_column_width(0, 100)?;
    let mut text: Vec<(String, bool)> = Vec::new();
    text.extend(lines.superior.map(|line| (line, false)));
    text.extend(lines.body.into_iter().map(|line| (line, true)));
    text.extend([(lines.number, false), (lines.dated, false), (lines.kind, true)]);
    text.extend(lines.about.into_iter().chain(lines.subject).map(|line| (line, true)));
    text.extend((!lines.to.is_empty()).then(|| (format!("Kính gửi: {}", lines.to.join("; ")), false)));
    words(&paper.body, &mut text);
    text.extend(lines.authority.into_iter().chain([lines.post]).chain(lines.name).map(|line| (line, true)));
    text.extend((!lines.recipients.is_empty()).then(|| ("Nơi nhận:".to_owned(), true)));
    text.extend(lines.recipients.into_iter().map(|line| (line, false)));
    for (annex, head) in paper.annexes.iter().zip(lines.annexes) {
        text.extend([(head.name, true), (head.title, true), (head.with, false)]);
        words(&annex.body, &mut text);
    }
    text.extend(lines.note.map(|note| (note, false)));
    for (row, (line, bold)) in (0_u32..).zip(text.into_iter().filter(|(line, _)| !line.trim().is_empty())) {
        sheet.write_string_with_format(row, 0, line, if bold { &strong } else { &plain_line })?;
    }
    Ok(())
}

fn words(blocks: &[Block], text: &mut Vec<(String, bool)>) {
    for block in blocks {
        match block {
            Block::Heading { text: words, .. } => text.push((words.clone(), true)),
            Block::Paragraph { text: line } | Block::Centred { text: line } => text.push((plain(line), false)),
            Block::List { items, .. } => items.iter().for_each(|item| {
                let start = text.len();
                words(item, text);
                if let Some((first, _)) = text.get_mut(start) {
                    first.insert_str(0, "- ");
                }
            }),
            Block::Table(Table { caption: Some(name), .. }) => text.push((format!("(Bảng: {name})"), false)),
            Block::Chart(chart) => text.push((format!("(Bảng: {})", chart.title), false)),
            Block::Slot(Slot { text: Some(blocks), .. }) => words(blocks, text),
            Block::Slot(Slot { label, .. }) => text.push((format!("[{label}: …]"), false)),
            Block::Table(_) | Block::PageBreak => {}
        }
    }
}

fn write_table(sheet: &mut Worksheet, table: &Table) -> Result<(), PaperError> {
    let framed = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let head = framed.clone().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let mut row = 0_u32;
    if let Some(caption) = &table.caption {
        sheet.write_string_with_format(0, 0, caption, &Format::new().set_bold())?;
        row = 2;
    }
    let shares: u32 = table.columns.iter().map(|column| u32::from(column.share.max(1))).sum();
    for (place, column) in (0_u16..).zip(&table.columns) {
        let width = (120 * u32::from(column.share.max(1)) / shares.max(1)).clamp(8, 60);
        sheet.set_column_width(place, f64::from(width))?;
    }
    let heads = table.head_rows();
    let below = row + u32::try_from(heads.len()).unwrap_or(1);
    // A head that reaches down leaves its place in the lower row taken.
    let mut taken = vec![false; table.columns.len()];
    for (line, cells) in (row..).zip(&heads) {
        let mut free = (0..table.columns.len()).filter(|place| !taken[*place]).collect::<Vec<_>>().into_iter();
        let mut deep = Vec::new();
        for cell in cells {
            let places: Vec<usize> = free.by_ref().take(cell.span).collect();
            let (Some(first), Some(last)) = (places.first(), places.last()) else { continue };
            let (first_column, last_column) = (column_number(*first), column_number(*last));
            let bottom = line + u32::try_from(cell.depth).unwrap_or(1) - 1;
            if bottom > line || last > first {
                sheet.merge_range(line, first_column, bottom, last_column, cell.head, &head)?;
            } else {
                sheet.write_string_with_format(line, first_column, cell.head, &head)?;
            }
            if cell.depth > 1 {
                deep.extend(places);
            }
        }
        for place in deep {
            taken[place] = true;
        }
    }
    sheet.set_freeze_panes(below, 0)?;
    sheet.set_repeat_rows(row, below - 1)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    for (line, entry) in (below..).zip(&table.rows) {
        write_row(sheet, table, line, entry, &framed)?;
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, table: &Table, line: u32, row: &Row, framed: &Format) -> Result<(), PaperError> {
    let base = if row.kind == RowKind::Plain { framed.clone() } else { framed.clone().set_bold() };
    for (place, cell) in row.cells.iter().enumerate() {
        let words = plain(cell);
        let span = row.span(place, table.columns.len());
        let column = column_number(place);
        let align = table.columns.get(place).map_or(Align::Start, |column| column.align);
        if span > 1 {
            sheet.merge_range(line, column, line, column_number(place + span - 1), &words, &base)?;
            continue;
        }
        match (align, cell.as_slice(), number(&words)) {
            (Align::End, [Inline::Text { .. } | Inline::Figure(_)], Some((value, format))) => {
                sheet.write_number_with_format(line, column, value, &base.clone().set_num_format(format))?;
            }
            (Align::Start, ..) => {
                sheet.write_string_with_format(line, column, words, &base)?;
            }
            (Align::Center, ..) => {
                sheet.write_string_with_format(line, column, words, &base.clone().set_align(FormatAlign::Center))?;
            }
            (Align::End, ..) => {
                sheet.write_string_with_format(line, column, words, &base.clone().set_align(FormatAlign::Right))?;
            }
        }
    }
    Ok(())
}

fn column_number(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// A shown number as a number and the format that shows it so again: `1.052`, `4,1`, `2,55%`.
fn number(shown: &str) -> Option<(f64, String)> {
    let (digits, percent) = match shown.trim().strip_suffix('%') {
        Some(digits) => (digits, true),
        None => (shown.trim(), false),
    };
    let places = digits.split_once(',').map_or(0, |(_, fraction)| fraction.chars().count());
    let scale = u32::try_from(places).ok().filter(|scale| *scale <= 9)?;
    let amount = parse_amount(digits, scale).ok()?;
    let whole = if digits.contains('.') { "#,##0" } else { "0" };
    let format = if scale == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(places)) };
    Some(if percent { (real(amount, scale + 2), format!("{format}%")) } else { (real(amount, scale), format) })
}
