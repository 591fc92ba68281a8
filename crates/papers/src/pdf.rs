//! PDF: the paper as data, set by `paper.typ` in embedded fonts. The world it is set in reads nothing else.

use std::{collections::HashMap, sync::LazyLock};

use serde::Serialize;
use serde_json::{Value, json};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::{
    Block, Face, Paper, PaperError, Slot,
    layout::{BOTTOM, Blank, LEFT, Lines, TOP},
};

/// The paper as a tagged PDF. Equal papers give equal bytes.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let data = serde_json::to_vec(&Data::of(paper)?).map_err(|fault| PaperError::Pdf(fault.to_string()))?;
    print(Template::Paper, data, HashMap::new())
}

/// What a sheet is set by.
#[derive(Clone, Copy)]
pub(crate) enum Template {
    Paper,
    Binding,
}

/// Sets data by a template, with the files that it may read, by their names.
pub(crate) fn print(template: Template, data: Vec<u8>, files: HashMap<FileId, Bytes>) -> Result<Vec<u8>, PaperError> {
    let template = match template {
        Template::Paper => PRESS.paper.as_ref(),
        Template::Binding => PRESS.binding.as_ref(),
    };
    let room = PressRoom { press: &PRESS, template, data: Bytes::new(data), files };
    let set = typst::compile::<PagedDocument>(&room).output.map_err(|faults| told(&faults))?;
    let options = PdfOptions { creator: Smart::Custom(Some("danvan".to_owned())), ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&set, &options).map_err(|faults| told(&faults));
    // What was laid out for older papers is let go, so that memory stays flat.
    typst::comemo::evict(4);
    bytes
}

fn told(faults: &[SourceDiagnostic]) -> PaperError {
    PaperError::Pdf(faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; "))
}

/// What `paper.typ` reads.
#[derive(Serialize)]
struct Data {
    lines: Lines,
    margins: [u8; 4],
    across: bool,
    day: Option<[i16; 3]>,
    author: String,
    body: Vec<Value>,
    annexes: Vec<Vec<Value>>,
}

impl Data {
    fn of(paper: &Paper) -> Result<Self, PaperError> {
        let lines = paper.lines(Blank::Room);
        Ok(Self {
            margins: [TOP, lines.sizes.right, BOTTOM, LEFT],
            across: paper.across,
            day: paper.head.day.map(|day| [day.year(), i16::from(day.month()), i16::from(day.day())]),
            author: paper.head.body.replace('\n', " "),
            body: drawn(&paper.body)?,
            annexes: paper.annexes.iter().map(|annex| drawn(&annex.body)).collect::<Result<_, _>>()?,
            lines,
        })
    }
}

/// The blocks as data, tables with their rows of heads, charts with their drawing.
fn drawn(blocks: &[Block]) -> Result<Vec<Value>, PaperError> {
    blocks
        .iter()
        .map(|block| {
            let mut value = serde_json::to_value(block).map_err(|fault| PaperError::Pdf(fault.to_string()))?;
            match block {
                Block::Table(table) => value["heads"] = json!(table.head_rows()),
                Block::Chart(chart) => value["svg"] = json!(chart.svg(Face::Paper)?),
                Block::Slot(Slot { text: Some(text), .. }) => value["text"] = json!(drawn(text)?),
                Block::List { items, .. } => {
                    value["items"] = json!(items.iter().map(|item| drawn(item)).collect::<Result<Vec<_>, _>>()?);
                }
                _ => {}
            }
            Ok(value)
        })
        .collect()
}

/// The name under which a template reads a file.
pub(crate) fn name(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The compiler's library, the fonts and the templates: the same for every paper.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    paper: Option<Source>,
    binding: Option<Source>,
    data: Option<FileId>,
}

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
        include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
        include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
        include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
    ];
    let fonts: Vec<Font> = files.into_iter().filter_map(|file| Font::new(Bytes::new(file), 0)).collect();
    Press {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        paper: name("/paper.typ").map(|id| Source::new(id, include_str!("paper.typ").to_owned())),
        binding: name("/binding.typ").map(|id| Source::new(id, include_str!("binding.typ").to_owned())),
        data: name("/paper.json"),
    }
});

/// One paper on the press.
struct PressRoom {
    press: &'static Press,
    template: Option<&'static Source>,
    data: Bytes,
    files: HashMap<FileId, Bytes>,
}

impl World for PressRoom {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.template.map_or_else(|| Source::detached("").id(), Source::id)
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.template.filter(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if self.press.data == Some(id) {
            return Ok(self.data.clone());
        }
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
