//! DOCX: the same layout in Word's terms. A chart becomes its table, for Word's own drawing language has no SVG.

mod order;
mod pack;
mod text;

use docx_rs::{
    AlignmentType, Docx, Footer, Header, LineSpacing, LineSpacingType, PageMargin, PageNum, PageNumType,
    PageOrientationType, PageSize, Paragraph, ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, Run,
    RunFonts, Section, Style, StyleType, Table as Grid, TableCell, TableCellMargins, TableLayoutType, TableRow,
    WidthType,
};

use crate::{
    Block, Paper, PaperError,
    layout::{AnnexLines, BOTTOM, Blank, LEFT, Lines, TOP},
};
use pack::pack;
use text::Text;

const FONT: &str = "Times New Roman";
/// 1.27 cm.
const INDENT: i32 = 720;
const PAGE_SHORT: u32 = 11_906;
const PAGE_LONG: u32 = 16_838;

/// The paper as DOCX. Equal papers give equal bytes.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let lines = paper.lines(Blank::Room);
    let mut parts = vec![Part::new(paper.across, main_text(paper, &lines))];
    for (annex, head) in paper.annexes.iter().zip(&lines.annexes) {
        parts.push(Part::new(annex.across, annex_text(&annex.body, head, &lines, annex.across)));
    }
    let mut docx = Docx::new()
        .default_fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT))
        .default_size(half_points(lines.sizes.text))
        .created_at(&stamp(paper))
        .updated_at(&stamp(paper));
    for level in 1..=4_usize {
        let style = Style::new(format!("Heading{level}"), StyleType::Paragraph).name(format!("heading {level}")).bold();
        docx = docx.add_style(if level > 2 { style.italic() } else { style });
    }
    let last = parts.pop();
    for part in parts {
        docx = docx.add_section(part.section(&lines));
    }
    if let Some(part) = last {
        docx = part.close(docx, &lines);
    }
    pack(docx, paper)
}

enum Piece {
    Line(Box<Paragraph>),
    Grid(Box<Grid>),
}

/// Pages of one direction with numbers of their own.
struct Part {
    across: bool,
    pieces: Vec<Piece>,
}

impl Part {
    fn new(across: bool, pieces: Vec<Piece>) -> Self {
        Self { across, pieces }
    }

    /// Any part but the last. Packing gives it the headers of the last one.
    fn section(self, lines: &Lines) -> Section {
        let mut section = Section::new()
            .page_size(page_size(self.across))
            .page_margin(margins(lines))
            .page_num_type(PageNumType::new().start(1))
            .title_pg();
        for piece in self.pieces {
            section = match piece {
                Piece::Line(line) => section.add_paragraph(*line),
                Piece::Grid(grid) => section.add_table(*grid),
            };
        }
        section
    }

    fn close(self, docx: Docx, lines: &Lines) -> Docx {
        let (width, height) = if self.across { (PAGE_LONG, PAGE_SHORT) } else { (PAGE_SHORT, PAGE_LONG) };
        let mut docx =
            docx.page_size(width, height).page_margin(margins(lines)).page_num_type(PageNumType::new().start(1));
        if self.across {
            docx = docx.page_orient(PageOrientationType::Landscape);
        }
        docx = docx.header(page_number()).first_header(Header::new().add_paragraph(Paragraph::new()));
        if let Some(note) = &lines.note {
            docx = docx.footer(foot(note)).first_footer(foot(note));
        }
        for piece in self.pieces {
            docx = match piece {
                Piece::Line(line) => docx.add_paragraph(*line),
                Piece::Grid(grid) => docx.add_table(*grid),
            };
        }
        // A document ends with a paragraph, never with a table.
        docx.add_paragraph(Paragraph::new().size(2).line_spacing(thin(0, 0)))
    }
}

fn page_size(across: bool) -> PageSize {
    if across {
        PageSize::new().size(PAGE_LONG, PAGE_SHORT).orient(PageOrientationType::Landscape)
    } else {
        PageSize::new().size(PAGE_SHORT, PAGE_LONG)
    }
}

fn margins(lines: &Lines) -> PageMargin {
    let side = |millimetres: u8| twips(u32::from(millimetres));
    PageMargin::new()
        .top(side(TOP))
        .bottom(side(BOTTOM))
        .left(side(LEFT))
        .right(side(lines.sizes.right))
        .header(twips(9))
        .footer(twips(9))
}

fn page_number() -> Header {
    Header::new().add_paragraph(Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new()))
}

fn foot(note: &str) -> Footer {
    let run = Run::new().add_text(note).size(20).italic();
    Footer::new().add_paragraph(Paragraph::new().align(AlignmentType::Center).add_run(run))
}

/// Millimetres in twentieths of a point.
fn twips(millimetres: u32) -> i32 {
    i32::try_from(millimetres * 1440 * 10 / 254).unwrap_or(0)
}

fn half_points(points: u8) -> usize {
    usize::from(points) * 2
}

fn stamp(paper: &Paper) -> String {
    paper.head.day.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |day| format!("{day}T00:00:00Z"))
}

/// The width between the margins.
fn measure(lines: &Lines, across: bool) -> usize {
    let page: u32 = if across { 297 } else { 210 };
    usize::try_from(twips(page - u32::from(LEFT) - u32::from(lines.sizes.right))).unwrap_or(0)
}

fn main_text(paper: &Paper, lines: &Lines) -> Vec<Piece> {
    let width = measure(lines, paper.across);
    let mut text = Text::new(width, lines.sizes.cell);
    text.pieces.push(head(lines, width));
    let size = &lines.sizes;
    if lines.kind.is_empty() {
        text.line(centred("", size.text, Dress::Plain));
    } else {
        text.line(centred(&lines.kind, size.kind, Dress::Bold).line_spacing(gap(320, 0)).keep_next(true));
        for line in &lines.about {
            text.line(centred(line, size.about, Dress::Bold).keep_next(true));
        }
        if lines.party {
            text.line(centred("-----", size.about, Dress::Plain).line_spacing(gap(0, 160)));
        } else if let Some(about) = lines.about.last() {
            let long = words_width(about, size.about, false).min(width * 9 / 10);
            text.line(rule(width, long * 2 / 5));
        }
    }
    if let [to] = lines.to.as_slice() {
        text.line(centred(&format!("Kính gửi: {to}"), size.text, Dress::Plain).line_spacing(gap(120, 160)));
    } else if !lines.to.is_empty() {
        text.line(flush("Kính gửi:", size.text, Dress::Plain).indent(Some(INDENT * 3), None, None, None));
        for to in &lines.to {
            text.line(flush(&format!("- {to}"), size.text, Dress::Plain).indent(Some(INDENT * 4), None, None, None));
        }
    }
    text.blocks(&paper.body);
    // The last lines stay with the signature.
    if let Some(Piece::Line(last)) = text.pieces.pop_if(|piece| matches!(piece, Piece::Line(_))) {
        text.line(last.keep_next(true));
    }
    text.pieces.extend(ending(lines, width));
    text.pieces
}

fn annex_text(blocks: &[Block], head: &AnnexLines, lines: &Lines, across: bool) -> Vec<Piece> {
    let mut text = Text::new(measure(lines, across), lines.sizes.cell);
    text.line(centred(&head.name, 14, Dress::Bold));
    text.line(centred(&head.title, 14, Dress::Bold));
    text.line(centred(&head.with, 13, Dress::Italic).line_spacing(gap(0, 200)));
    text.blocks(blocks);
    text.pieces
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dress {
    Plain,
    Bold,
    Italic,
    BoldItalic,
}

fn run(text: &str, size: u8, dress: Dress) -> Run {
    let run = Run::new().add_text(text).size(half_points(size));
    match dress {
        Dress::Plain => run,
        Dress::Bold => run.bold(),
        Dress::Italic => run.italic(),
        Dress::BoldItalic => run.bold().italic(),
    }
}

fn centred(text: &str, size: u8, dress: Dress) -> Paragraph {
    flush(text, size, dress).align(AlignmentType::Center)
}

fn flush(text: &str, size: u8, dress: Dress) -> Paragraph {
    Paragraph::new().add_run(run(text, size, dress)).line_spacing(gap(0, 0))
}

/// Space before and after, in twips.
fn gap(before: u32, after: u32) -> LineSpacing {
    LineSpacing::new().before(before).after(after)
}

/// Two points high.
fn thin(before: u32, after: u32) -> LineSpacing {
    gap(before, after).line(40).line_rule(LineSpacingType::Exact)
}

/// A drawn line in the middle of `width`, as NĐ 30 wants it: not underlining.
fn rule(width: usize, length: usize) -> Paragraph {
    let side = i32::try_from(width.saturating_sub(length) / 2).unwrap_or(0);
    let top = ParagraphBorder::new(ParagraphBorderPosition::Top).size(6);
    let mut line = Paragraph::new().size(4).indent(Some(side), None, Some(side), None).line_spacing(thin(40, 60));
    line.property = line.property.set_borders(ParagraphBorders::with_empty().set(top));
    line
}

/// About how wide bold words in Times are, in twips: enough to draw a line under them.
fn words_width(text: &str, size: u8, upper: bool) -> usize {
    let per_letter = if upper { 145 } else { 101 };
    text.chars().count() * usize::from(size) * per_letter / 10
}

fn bare_cell(width: usize, lines: Vec<Paragraph>) -> TableCell {
    lines.into_iter().fold(TableCell::new().width(width, WidthType::Dxa), TableCell::add_paragraph)
}

fn bare_table(left: usize, right: usize, cells: Vec<TableCell>) -> Grid {
    Grid::without_borders(vec![TableRow::new(cells).cant_split()])
        .set_grid(vec![left, right])
        .width(left + right, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(0, 0, 0, 0))
}

/// Who issues on the left, the nation or the Party on the right.
fn head(lines: &Lines, width: usize) -> Piece {
    let (left, right) = (width * 2 / 5, width - width * 2 / 5);
    let size = &lines.sizes;
    let mut ours: Vec<Paragraph> = Vec::new();
    ours.extend(lines.superior.as_ref().map(|line| centred(line, size.superior, Dress::Plain)));
    ours.extend(lines.body.iter().map(|line| centred(line, size.body, Dress::Bold)));
    if lines.party {
        ours.push(centred("*", size.body, Dress::Plain));
    } else if let Some(body) = lines.body.last() {
        let long = words_width(body, size.body, true).min(left);
        ours.push(rule(left, long * 45 / 100));
    }
    ours.push(centred(&lines.number, size.number, Dress::Plain));
    ours.extend(lines.subject.as_ref().map(|line| centred(line, 12, Dress::Plain).line_spacing(gap(120, 0))));
    let mut theirs = vec![centred(lines.nation, size.nation, Dress::Bold)];
    match lines.motto {
        Some(motto) => {
            theirs.push(centred(motto, size.motto, Dress::Bold));
            theirs.push(rule(right, words_width(motto, size.motto, false)));
        }
        None => theirs.push(rule(right, words_width(lines.nation, size.nation, true))),
    }
    theirs.push(centred(&lines.dated, size.dated, Dress::Italic));
    Piece::Grid(Box::new(bare_table(left, right, vec![bare_cell(left, ours), bare_cell(right, theirs)])))
}

/// Recipients on the left, the signature on the right, never parted by a page.
fn ending(lines: &Lines, width: usize) -> Option<Piece> {
    let size = &lines.sizes;
    let mut copies: Vec<Paragraph> = Vec::new();
    if !lines.recipients.is_empty() {
        copies.push(if lines.party {
            let label = run("Nơi nhận:", size.copies, Dress::Plain).underline("single");
            Paragraph::new().add_run(label).line_spacing(gap(0, 0))
        } else {
            flush("Nơi nhận:", size.copies, Dress::BoldItalic)
        });
        copies.extend(lines.recipients.iter().map(|line| flush(line, size.copy, Dress::Plain)));
    }
    let mut signed: Vec<Paragraph> =
        lines.authority.iter().map(|line| centred(line, size.sign, Dress::Bold).keep_next(true)).collect();
    if !lines.post.is_empty() {
        let dress = if lines.party { Dress::Plain } else { Dress::Bold };
        signed.push(centred(&lines.post, size.sign, dress).keep_next(true));
    }
    if copies.is_empty() && signed.is_empty() && lines.name.is_none() {
        return None;
    }
    if let Some(name) = &lines.name {
        signed.push(centred(name, size.text, Dress::Bold).line_spacing(gap(1400, 0)));
    }
    copies.resize_with(copies.len().max(1), Paragraph::new);
    signed.resize_with(signed.len().max(1), Paragraph::new);
    let (left, right) = (width / 2, width - width / 2);
    let grid = bare_table(left, right, vec![bare_cell(left, copies), bare_cell(right, signed)]);
    Some(Piece::Grid(Box::new(grid.margins(TableCellMargins::new().margin(240, 0, 0, 0)))))
}
