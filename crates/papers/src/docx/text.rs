//! The body of a paper in Word's terms: paragraphs, lists and tables.

use docx_rs::{
    AlignmentType, BreakType, HeightRule, LineSpacingType, Paragraph, Run, SpecialIndentType, Table as Grid, TableCell,
    TableCellMargins, TableLayoutType, TableRow, VAlignType, VMergeType, WidthType,
};

use super::{Dress, INDENT, Piece, centred, gap, half_points};
use crate::{Align, Band, Block, Inline, RowKind, Slot, Table};

/// The body, block after block.
pub(super) struct Text {
    pub(super) pieces: Vec<Piece>,
    /// Between the margins.
    width: usize,
    /// Type size in tables.
    cell: u8,
    /// Of lists.
    depth: usize,
}

impl Text {
    pub(super) fn new(width: usize, cell: u8) -> Self {
        Self { pieces: Vec::new(), width, cell, depth: 0 }
    }

    pub(super) fn line(&mut self, line: Paragraph) {
        self.pieces.push(Piece::Line(Box::new(line)));
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text, .. } => {
                let style = format!("Heading{}", (*level).clamp(1, 4));
                let line = Paragraph::new().style(&style).add_run(Run::new().add_text(text)).keep_next(true);
                self.line(indented(line).outline_lvl(usize::from(level.saturating_sub(1))));
            }
            Block::Paragraph { text } => self.line(indented(words(Paragraph::new(), text, None, false))),
            Block::Centred { text } => {
                let line = words(Paragraph::new(), text, None, false).align(AlignmentType::Center).keep_next(true);
                self.line(line.line_spacing(gap(120, 0).line(252).line_rule(LineSpacingType::Auto)));
            }
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.table(&chart.table()),
            Block::Slot(Slot { text: Some(text), .. }) => self.blocks(text),
            Block::Slot(Slot { label, .. }) => {
                let run = Run::new().add_text(format!("[{label}: …]")).italic();
                self.line(indented(Paragraph::new().add_run(run)));
            }
            Block::PageBreak => self.line(Paragraph::new().add_run(Run::new().add_break(BreakType::Page))),
        }
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Block>]) {
        for (place, item) in items.iter().enumerate() {
            let mark = match (ordered, self.depth) {
                (true, _) => format!("{}. ", place + 1),
                (false, 0) => "- ".to_owned(),
                (false, 1) => "+ ".to_owned(),
                (false, _) => "· ".to_owned(),
            };
            self.depth += 1;
            match item.as_slice() {
                [Block::Paragraph { text }, rest @ ..] => {
                    let line = Paragraph::new().add_run(Run::new().add_text(mark));
                    self.line(indented(words(line, text, None, false)));
                    self.blocks(rest);
                }
                other => self.blocks(other),
            }
            self.depth -= 1;
        }
    }

    fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        if let Some(caption) = &table.caption {
            let line = Paragraph::new().add_run(Run::new().add_text(caption).bold()).align(AlignmentType::Center);
            self.line(line.line_spacing(gap(160, 80)).keep_next(true));
        }
        let widths = self.widths(table);
        let mut rows = head_rows(table, &widths, self.cell);
        for row in table.rows.iter().filter(|row| !row.cells.is_empty()) {
            let cells = row.cells.iter().enumerate().take(widths.len()).map(|(place, cell)| {
                let span = row.span(place, widths.len());
                let align = table.columns.get(place).map_or(Align::Start, |column| column.align);
                let side = if span > 1 { Align::Start } else { align };
                let line = words(Paragraph::new(), cell, Some(self.cell), row.kind != RowKind::Plain);
                word_cell(&widths, place, span).add_paragraph(line.align(alignment(side)).line_spacing(gap(20, 20)))
            });
            rows.push(TableRow::new(cells.collect()).cant_split());
        }
        let grid = Grid::new(rows)
            .width(widths.iter().sum(), WidthType::Dxa)
            .set_grid(widths)
            .layout(TableLayoutType::Fixed)
            .margins(TableCellMargins::new().margin(20, 60, 20, 60));
        self.pieces.push(Piece::Grid(Box::new(grid)));
        // Word joins tables that touch.
        self.line(Paragraph::new().add_run(Run::new().size(12)).line_spacing(gap(0, 0)));
    }

    fn widths(&self, table: &Table) -> Vec<usize> {
        let shares: usize = table.columns.iter().map(|column| usize::from(column.share.max(1))).sum();
        table.columns.iter().map(|column| self.width * usize::from(column.share.max(1)) / shares).collect()
    }
}

fn head_rows(table: &Table, widths: &[usize], size: u8) -> Vec<TableRow> {
    let cell = |place: usize, span: usize, text: &str| {
        word_cell(widths, place, span)
            .add_paragraph(centred(text, size, Dress::Bold).keep_next(true))
            .vertical_align(VAlignType::Center)
    };
    let repeated = |cells| TableRow::new(cells).cant_split().row_height(1.0).height_rule(HeightRule::Auto);
    if table.bands.is_empty() {
        let heads = table.columns.iter().enumerate().map(|(place, column)| cell(place, 1, &column.head));
        return vec![repeated(heads.collect())];
    }
    let (mut upper, mut lower) = (Vec::new(), Vec::new());
    let mut place = 0;
    let rest = Band { head: String::new(), span: widths.len() };
    for band in table.bands.iter().chain([&rest]) {
        let end = (place + band.span).min(widths.len());
        if !band.head.is_empty() && end > place {
            upper.push(cell(place, end - place, &band.head));
        }
        for (place, column) in table.columns.iter().enumerate().take(end).skip(place) {
            if band.head.is_empty() {
                upper.push(cell(place, 1, &column.head).vertical_merge(VMergeType::Restart));
                lower.push(cell(place, 1, "").vertical_merge(VMergeType::Continue));
            } else {
                lower.push(cell(place, 1, &column.head));
            }
        }
        place = end;
    }
    vec![repeated(upper), repeated(lower)]
}

fn word_cell(widths: &[usize], place: usize, span: usize) -> TableCell {
    let cell = TableCell::new().width(widths.iter().skip(place).take(span).sum(), WidthType::Dxa);
    if span > 1 { cell.grid_span(span) } else { cell }
}

fn indented(line: Paragraph) -> Paragraph {
    line.align(AlignmentType::Both)
        .indent(None, Some(SpecialIndentType::FirstLine(INDENT)), None, None)
        .line_spacing(gap(120, 0).line(252).line_rule(LineSpacingType::Auto))
}

fn alignment(align: Align) -> AlignmentType {
    match align {
        Align::Start => AlignmentType::Left,
        Align::Center => AlignmentType::Center,
        Align::End => AlignmentType::Right,
    }
}

fn words(line: Paragraph, text: &[Inline], size: Option<u8>, bold: bool) -> Paragraph {
    let run = |words: &str, strong: bool, italic: bool| {
        let run = Run::new().add_text(words);
        let run = size.map_or(run.clone(), |size| run.size(half_points(size)));
        let run = if bold || strong { run.bold() } else { run };
        if italic { run.italic() } else { run }
    };
    text.iter().fold(line, |line, inline| match inline {
        Inline::Text { text, bold, italic } => line.add_run(run(text, *bold, *italic)),
        Inline::Figure(figure) => line.add_run(run(&figure.shown, false, false)),
        // A printed paper leads nowhere.
        Inline::Link { text, .. } => line.add_run(run(text, false, false)),
        Inline::Break => line.add_run(Run::new().add_break(BreakType::TextWrapping)),
    })
}
