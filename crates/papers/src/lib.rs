//! One document model and its faces: DOCX, PDF, XLSX, HTML and Markdown, with charts and worksheets. No queries, no clock.

mod agenda;
mod binding;
mod chart;
mod docx;
mod form;
mod html;
mod layout;
mod markdown;
mod pdf;
pub mod sheet;
mod xlsx;

use kernel::Day;
use serde::{Deserialize, Serialize};

pub use agenda::{Appointment, ics};
pub use binding::{Leaf, bind};
pub use chart::{Chart, ChartKind, Face, Series};
pub use docx::docx;
pub use form::{FormCell, FormColumn, FormHead, FormLine, FormSheet};
pub use html::{Edit, html, html_blocks, html_chart, html_page};
pub use markdown::{from_markdown, markdown};
pub use pdf::pdf;
pub use xlsx::xlsx;

/// Whose form a paper wears: the state's (NĐ 30/2020), the Party's (HD 36-HD/VPTW), or the Front's and unions', which is the state's with their own names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    #[default]
    State,
    Party,
    Front,
}

/// A paper as it is drafted, signed and kept; an issued report is stored as this, in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Paper {
    pub layout: Layout,
    /// The sheet lies across: for a statutory form with many columns.
    pub across: bool,
    pub head: Head,
    pub body: Vec<Block>,
    pub sign: Sign,
    pub recipients: Vec<String>,
    pub annexes: Vec<Annex>,
    /// Stands at the foot of every page, as "Dữ liệu minh họa" does.
    pub note: Option<String>,
}

/// Who issues the paper, its number, its day and what it is about. Upper case is the layout's work, not the writer's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    pub superior: Option<String>,
    /// A line break divides it: "Ủy ban nhân dân\nxã Hiệp Hòa".
    pub body: String,
    /// What follows the number: `BC-UBND` in the state form, `BC/BDVTU` in the Party's.
    pub symbol: String,
    /// Given by the clerk of the office after signing; blank until then.
    pub number: Option<String>,
    pub place: String,
    pub day: Option<Day>,
    /// "Báo cáo"; empty for an official letter, whose subject stands under the number.
    pub kind: String,
    pub about: String,
    /// "Kính gửi", if the paper names whom it is for.
    pub to: Vec<String>,
}

/// The block at the bottom right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sign {
    /// On whose behalf: "TM. Ủy ban nhân dân", "KT. Chủ tịch"; "T/M Ban Thường vụ".
    pub authority: Vec<String>,
    pub post: String,
    pub name: Option<String>,
}

/// Follows the signature, on its own pages with their own numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Annex {
    pub title: String,
    pub across: bool,
    pub body: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    Heading {
        level: u8,
        text: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        id: String,
    },
    Paragraph {
        text: Vec<Inline>,
    },
    /// In the middle: who decides, and "QUYẾT ĐỊNH:".
    Centred {
        text: Vec<Inline>,
    },
    List {
        ordered: bool,
        items: Vec<Vec<Block>>,
    },
    Table(Table),
    Chart(Chart),
    Slot(Slot),
    PageBreak,
}

/// A place that a person fills; drafting anew leaves it alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    pub id: String,
    pub label: String,
    /// Nothing until somebody writes.
    #[serde(default)]
    pub text: Option<Vec<Block>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "inline", rename_all = "snake_case")]
pub enum Inline {
    Text {
        text: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        bold: bool,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        italic: bool,
    },
    Figure(Figure),
    Link {
        text: String,
        href: String,
    },
    Break,
}

/// A computed number: it leads to the records that make it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figure {
    pub shown: String,
    pub href: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Said below the paragraph on the page; never printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub note: Vec<Inline>,
}

/// What has happened to a number since it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mark", rename_all = "snake_case")]
pub enum Mark {
    /// The reader above sent it back.
    Returned,
    /// The paper keeps what it showed; the records now say `now`.
    Restated { now: String },
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    pub caption: Option<String>,
    pub columns: Vec<Column>,
    /// A row of heads above the heads; their spans add up to the columns. One without text lets its columns reach up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub head: String,
    #[serde(default)]
    pub align: Align,
    /// Its width relative to the others'.
    pub share: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    pub head: String,
    pub span: usize,
}

/// A row with fewer cells than columns lets its last cell take the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub cells: Vec<Vec<Inline>>,
    #[serde(default)]
    pub kind: RowKind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    #[default]
    Start,
    Center,
    End,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    #[default]
    Plain,
    Group,
    Total,
}

/// The file a paper becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Docx,
    Pdf,
    Xlsx,
    Html,
    Markdown,
}

/// A fault while writing a file: never the reader's doing.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("docx: {0}")]
    Docx(String),
    #[error("pdf: {0}")]
    Pdf(String),
    #[error("xlsx: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    #[error("csv: {0}")]
    Csv(#[from] csv::Error),
    #[error("chart: {0}")]
    Chart(#[from] charts_rs::Error),
    #[error("no sheet is open")]
    NoSheet,
    #[error("a sheet holds {} rows at most", sheet::MAX_ROWS)]
    SheetFull,
}

impl Format {
    /// By a file name or its extension: `r.docx`, `md`.
    pub fn of_file(name: &str) -> Option<Self> {
        match name.rsplit('.').next()?.to_ascii_lowercase().as_str() {
            "docx" => Some(Self::Docx),
            "pdf" => Some(Self::Pdf),
            "xlsx" => Some(Self::Xlsx),
            "html" | "htm" => Some(Self::Html),
            "md" => Some(Self::Markdown),
            _ => None,
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Html => "text/html; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }
}

impl Paper {
    /// The paper as a file.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, PaperError> {
        match format {
            Format::Docx => docx(self),
            Format::Pdf => pdf(self),
            Format::Xlsx => xlsx(self),
            Format::Html => Ok(html_page(self).into_bytes()),
            Format::Markdown => Ok(markdown(self).into_bytes()),
        }
    }

    /// A name for the file that every system can store: `bao-cao-ket-qua-cong-tac-dan-van-nam-2021.docx`.
    pub fn file_name(&self, format: Format) -> String {
        format!("{}.{}", kernel::text::slug(&self.title()), format.extension())
    }
}

impl Block {
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into(), id: String::new() }
    }

    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { text: vec![Inline::text(text)] }
    }
}

impl Inline {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), bold: false, italic: false }
    }

    pub fn bold(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), bold: true, italic: false }
    }

    pub fn italic(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), bold: false, italic: true }
    }

    pub fn figure(shown: impl Into<String>, href: Option<String>) -> Self {
        Self::Figure(Figure { shown: shown.into(), href, ..Figure::default() })
    }
}

impl Column {
    pub fn new(head: impl Into<String>, share: u16) -> Self {
        Self { head: head.into(), align: Align::Start, share }
    }

    /// A column of numbers.
    pub fn number(head: impl Into<String>, share: u16) -> Self {
        Self { head: head.into(), align: Align::End, share }
    }
}

impl Row {
    pub fn new(cells: Vec<Vec<Inline>>) -> Self {
        Self { cells, kind: RowKind::Plain }
    }

    pub fn total(cells: Vec<Vec<Inline>>) -> Self {
        Self { cells, kind: RowKind::Total }
    }

    /// A line across the table that names what follows.
    pub fn group(title: impl Into<String>) -> Self {
        Self { cells: vec![vec![Inline::text(title)]], kind: RowKind::Group }
    }

    /// How many columns the cell at `place` covers.
    fn span(&self, place: usize, columns: usize) -> usize {
        if place + 1 == self.cells.len() { columns.saturating_sub(place).max(1) } else { 1 }
    }
}

impl Table {
    /// The heads in their rows, each with the columns and rows it covers: one row without bands, else two.
    fn head_rows(&self) -> Vec<Vec<HeadCell<'_>>> {
        let cell = |head, span, depth| HeadCell { head, span, depth };
        if self.bands.is_empty() {
            return vec![self.columns.iter().map(|column| cell(column.head.as_str(), 1, 1)).collect()];
        }
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        let mut columns = self.columns.iter();
        for band in &self.bands {
            let under: Vec<&Column> = columns.by_ref().take(band.span).collect();
            if under.is_empty() {
                continue;
            }
            if band.head.is_empty() {
                upper.extend(under.iter().map(|column| cell(column.head.as_str(), 1, 2)));
            } else {
                upper.push(cell(band.head.as_str(), under.len(), 1));
                lower.extend(under.iter().map(|column| cell(column.head.as_str(), 1, 1)));
            }
        }
        upper.extend(columns.map(|column| cell(column.head.as_str(), 1, 2)));
        vec![upper, lower]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct HeadCell<'a> {
    head: &'a str,
    span: usize,
    depth: usize,
}

/// The words of a line, without their dress.
pub fn plain(text: &[Inline]) -> String {
    text.iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } | Inline::Link { text, .. } => text.as_str(),
            Inline::Figure(figure) => figure.shown.as_str(),
            Inline::Break => " ",
        })
        .collect()
}

/// Whether XML can hold a letter: word processors paste vertical tabs.
fn xml_holds(letter: char) -> bool {
    !matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether an address may be followed from a page: another page, a web site or a mailbox, never a script.
fn leads_somewhere(href: &str) -> bool {
    let scheme = href.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    scheme.is_none_or(|(scheme, _)| {
        ["http", "https", "mailto"].iter().any(|known| scheme.trim().eq_ignore_ascii_case(known))
    })
}
