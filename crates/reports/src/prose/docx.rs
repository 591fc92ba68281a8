//! The text of a DOCX: its paragraphs in order, and its tables row by row. Only `word/document.xml` is opened, up to a bound.

use std::io::{Cursor, Read as _};

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

use super::{Line, Prose};

/// `None`: no DOCX, or too large unpacked.
pub(super) fn read(bytes: &[u8], most: usize) -> Option<Prose> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let part = archive.by_name("word/document.xml").ok()?;
    let mut xml = String::new();
    part.take(most as u64 + 1).read_to_string(&mut xml).ok()?;
    if xml.len() > most { None } else { lines(&xml) }
}

#[derive(Default)]
struct Reading {
    prose: Prose,
    number: usize,
    text: String,
    tables: usize,
    /// Tables that are open, one in another: a table's number, and its row's cells so far.
    open: Vec<(usize, Vec<String>)>,
}

impl Reading {
    fn line(&mut self) {
        self.number += 1;
        let text = std::mem::take(&mut self.text);
        match self.open.last_mut().and_then(|(_, cells)| cells.last_mut()) {
            Some(cell) if cell.is_empty() => *cell = text,
            Some(cell) => {
                cell.push(' ');
                cell.push_str(&text);
            }
            None => self.prose.lines.push(Line { number: self.number, text, row: None }),
        }
    }

    fn row(&mut self) {
        let Some((table, cells)) = self.open.last_mut() else { return };
        let cells: Vec<String> = std::mem::take(cells);
        let (row, text) = ((*table, cells.clone()), cells.join(" | "));
        self.prose.lines.push(Line { number: self.number, text, row: Some(row) });
    }
}

fn lines(xml: &str) -> Option<Prose> {
    let mut reader = Reader::from_str(xml);
    let mut reading = Reading::default();
    let (mut written, mut gone) = (false, 0_usize);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" => written = gone == 0,
                // What was struck out by a tracked change is no longer said.
                "del" | "moveFrom" => gone += 1,
                "tbl" => {
                    reading.tables += 1;
                    reading.open.push((reading.tables, Vec::new()));
                }
                "tc" => {
                    if let Some((_, cells)) = reading.open.last_mut() {
                        cells.push(String::new());
                    }
                }
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "tab" | "br" | "cr" => reading.text.push(' '),
                "noBreakHyphen" => reading.text.push('-'),
                "p" => reading.line(),
                _ => {}
            },
            Event::Text(text) if written => reading.text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) if written => match entity.resolve_char_ref() {
                Ok(Some(letter)) => reading.text.push(letter),
                _ => reading.text.push_str(match entity.xml10_content().as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    _ => "",
                }),
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => written = false,
                "del" | "moveFrom" => gone = gone.saturating_sub(1),
                "p" => reading.line(),
                "tr" => reading.row(),
                "tbl" => {
                    reading.open.pop();
                }
                _ => {}
            },
            Event::Eof => return Some(reading.prose),
            _ => {}
        }
    }
}
