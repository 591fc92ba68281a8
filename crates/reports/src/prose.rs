//! A report that someone wrote, read as lines and tables: plain text, Markdown or DOCX.

mod cells;
mod docx;
mod found;
mod pass;
mod sentence;
mod when;
mod words;

use kernel::Refusal;

pub use found::{Amount, Compares, Found, Names, find};
pub(crate) use words::tokens;

/// No report in words is larger.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// The periods that a sentence speaks of, as `--period` writes them; not those it only compares with, nor those in names.
pub(crate) fn periods(text: &str) -> Vec<String> {
    let mentions = when::mentions(&tokens(text));
    mentions.into_iter().filter(|one| !one.compared && !one.named).map(|one| one.period).collect()
}

/// A paragraph, or a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of the file; of a DOCX the paragraph. From 1.
    pub number: usize,
    pub text: String,
    /// Of a row of a table: which table, and its cells.
    pub row: Option<(usize, Vec<String>)>,
}

/// A report's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    pub lines: Vec<Line>,
}

impl Prose {
    /// Reads a file by its ending: `txt`, `md` or `docx`.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MOST_BYTES {
            return Err(Refusal::new("reports.prose_too_large").with("file", name));
        }
        let unreadable = || Refusal::new("reports.prose_unreadable").with("file", name);
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "txt" | "md" => {
                let text = std::str::from_utf8(bytes).map_err(|_| unreadable())?;
                Ok(Self::of_text(text.trim_start_matches('\u{feff}'), ending == "md"))
            }
            "docx" => docx::read(bytes, MOST_BYTES).ok_or_else(unreadable),
            _ => Err(Refusal::new("reports.prose_ending").with("file", name)),
        }
    }

    /// Text as it stands, line by line; in Markdown rows between bars are tables.
    pub fn of_text(text: &str, markdown: bool) -> Self {
        let mut prose = Self::default();
        let (mut tables, mut inside) = (0, false);
        for (number, text) in (1..).zip(text.lines()) {
            let trimmed = text.trim();
            let is_row = markdown && trimmed.len() > 1 && trimmed.starts_with('|');
            if is_row && !inside {
                tables += 1;
            }
            inside = is_row;
            let cells =
                is_row.then(|| trimmed.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect());
            // The line under a table's head has no words.
            if is_row && trimmed.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
                continue;
            }
            let row = cells.map(|cells: Vec<String>| (tables, cells));
            prose.lines.push(Line { number, text: text.to_owned(), row });
        }
        prose
    }
}
