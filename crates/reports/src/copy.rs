//! The signed copy: the DOCX or PDF that came back is read and held, word by word, against the paper that was issued; every number that
//! was changed by hand is named.

use std::collections::HashMap;

use db::Result;
use kernel::{Id, Refusal, text::fold};
use papers::{Block, Format, Paper};
use records::By;
use serde::{Deserialize, Serialize};
use serde_json::json;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::{
    Report, State, frozen,
    pdf::{self, Reader},
    prose::Prose,
    read::Source,
    store::{self, CopyRow},
};

/// The largest copy, in bytes.
const LARGEST: usize = 24 << 20;
/// A copy has at least this share of the issued paper's words, in percent; with fewer it is another text.
const SHARED: usize = 60;
/// Of a text there are at least so many words; a scan has none.
const SPARSE: usize = 20;
/// Words told on either side of a number.
const AROUND: usize = 5;

/// A copy on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    pub at_ms: i64,
    pub who: i64,
    pub name: String,
    pub format: Format,
    /// SHA-256 of the file.
    pub hash: String,
    pub size: i64,
    pub found: Found,
}

/// What the comparison came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// There were words to compare; of a scanned picture there are none.
    pub readable: bool,
    /// Numbers that do not stand as they were issued, in the order of the text.
    pub changed: Vec<Difference>,
}

/// A place where the numbers differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The heading of the section; empty before the first one.
    #[serde(default)]
    pub section: String,
    /// The issued words around it.
    pub around: String,
    /// As issued; empty where the copy has a number of its own.
    pub was: String,
    /// As the copy has it; empty where it is gone.
    pub now: String,
}

/// A word of a text, and the same as it is compared.
struct Word {
    shown: String,
    plain: String,
}

impl Word {
    fn is_number(&self) -> bool {
        self.plain.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// Words without the punctuation around them; a percent sign belongs to its number.
fn words(text: &str) -> Vec<Word> {
    let edge = |c: char| !(c.is_alphanumeric() || c == '%');
    let parts = text.split_whitespace().map(|part| part.trim_matches(edge)).filter(|part| !part.is_empty());
    parts.map(|part| Word { shown: part.to_owned(), plain: fold(part) }).collect()
}

/// Where the sections of a paper begin among its words.
fn sections<'p>(paper: &'p Paper, issued: &[Word]) -> Vec<(usize, &'p str)> {
    let annexes =
        paper.annexes.iter().flat_map(|annex| std::iter::once(annex.title.as_str()).chain(titles(&annex.body)));
    let mut found = Vec::new();
    let mut from = 0;
    for title in titles(&paper.body).chain(annexes) {
        let sought: Vec<String> = words(title).into_iter().map(|word| word.plain).collect();
        let begins = |at: &usize| issued[*at..].iter().map(|word| &word.plain).take(sought.len()).eq(&sought);
        if let Some(at) = (from..issued.len()).find(begins).filter(|_| !sought.is_empty()) {
            found.push((at, title));
            from = at + sought.len();
        }
    }
    found
}

fn titles(body: &[Block]) -> impl Iterator<Item = &str> {
    body.iter().filter_map(|block| match block {
        Block::Heading { level: 1 | 2, text, .. } => Some(text.as_str()),
        _ => None,
    })
}

/// Where two texts have different numbers, each under its section.
fn compare(issued: &[Word], sections: &[(usize, &str)], copy: &[Word]) -> Vec<Difference> {
    let plain = |words: &[Word]| words.iter().map(|word| word.plain.clone()).collect::<Vec<_>>();
    let numbers =
        |words: &[Word]| words.iter().filter(|word| word.is_number()).map(|word| word.shown.clone()).collect();
    let (old, new) = (plain(issued), plain(copy));
    let mut found = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (was, now): (Vec<String>, Vec<String>) = (numbers(&issued[op.old_range()]), numbers(&copy[op.new_range()]));
        if was == now {
            continue;
        }
        // What was put in before a heading stands at the end of the section before.
        let at = op.old_range();
        let within =
            sections.iter().take_while(|(begins, _)| *begins < at.start || (*begins == at.start && !at.is_empty()));
        let section = within.last().map(|(_, title)| (*title).to_owned()).unwrap_or_default();
        let from = at.start.saturating_sub(AROUND);
        let to = (at.end + AROUND).min(issued.len());
        let around: Vec<&str> = issued[from..to].iter().map(|word| word.shown.as_str()).collect();
        found.push(Difference { section, around: around.join(" "), was: was.join(" "), now: now.join(" ") });
    }
    found
}

/// How many of the issued words the copy has too, in percent.
fn shared(issued: &[Word], copy: &[Word]) -> usize {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in copy {
        *left.entry(&word.plain).or_default() += 1;
    }
    let has =
        |word: &&Word| left.get_mut(word.plain.as_str()).filter(|left| **left > 0).map(|left| *left -= 1).is_some();
    let mut has = has;
    issued.iter().filter(|word| has(word)).count() * 100 / issued.len().max(1)
}

/// The text of a copy; empty where there is none to read.
fn text_of(format: Format, bytes: &[u8], reader: Reader) -> Result<String> {
    let lines: Vec<String> = match format {
        Format::Docx => {
            let prose = Prose::read("copy.docx", bytes).unwrap_or_default();
            prose.lines.iter().map(|line| line.text.replace(" | ", " ")).collect()
        }
        Format::Pdf => {
            let pages = reader(bytes)?.unwrap_or_default();
            pages.iter().enumerate().map(|(at, page)| without_number(page, at + 1)).collect()
        }
        _ => Vec::new(),
    };
    Ok(lines.join("\n"))
}

/// A page without its own number, which stands alone on its first or its last line.
fn without_number(page: &str, number: usize) -> String {
    let number = number.to_string();
    let mut lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.first() == Some(&number.as_str()) {
        lines.remove(0);
    } else if lines.last() == Some(&number.as_str()) {
        lines.pop();
    }
    lines.join("\n")
}

/// Holds a copy against the issued paper. Refused where it is another text.
pub fn check(paper: &Paper, format: Format, bytes: &[u8], reader: Reader) -> Result<Found> {
    let copy = words(&text_of(format, bytes, reader)?);
    if copy.len() < SPARSE {
        return Ok(Found::default());
    }
    // A PDF reads in the order of its lines: what was printed from here like our own, what was printed from Word like our DOCX.
    let mut best: Option<Vec<Difference>> = None;
    for against in [Format::Docx, format] {
        let Ok(bytes) = paper.write(against) else { continue };
        let issued = words(&text_of(against, &bytes, pdf::here)?);
        if shared(&issued, &copy) < SHARED {
            continue;
        }
        let changed = compare(&issued, &sections(paper, &issued), &copy);
        if best.as_ref().is_none_or(|best| changed.len() < best.len()) {
            best = Some(changed);
        }
    }
    let changed = best.ok_or_else(|| Refusal::new("reports.copy_of_another").at("file"))?;
    Ok(Found { readable: true, changed })
}

/// The format of a file by its ending and its beginning.
pub fn format_of(name: &str, bytes: &[u8]) -> std::result::Result<Format, Refusal> {
    if bytes.len() > LARGEST {
        return Err(Refusal::new("reports.copy_too_large").with("most", LARGEST >> 20).at("file"));
    }
    match Format::of_file(name) {
        Some(Format::Docx) if bytes.starts_with(b"PK\x03\x04") => Ok(Format::Docx),
        Some(Format::Pdf) if bytes.starts_with(b"%PDF-") => Ok(Format::Pdf),
        _ => Err(Refusal::new("reports.copy_kind").with("name", name).at("file")),
    }
}

/// Keeps the signed copy of an issued report: from then on it is what is handed out in its format.
pub async fn keep(
    source: Source<'_>,
    by: &By,
    report: &Report,
    name: &str,
    bytes: Vec<u8>,
    reader: Reader,
) -> Result<Found> {
    if report.state != State::Issued {
        return Err(Refusal::new("reports.copy_before_issue").into());
    }
    let format = format_of(name, &bytes)?;
    let mut tx = source.house.read().await?;
    let paper = frozen(&mut tx, report).await?.paper;
    drop(tx);
    let files = source.house.db.clone();
    let work = tokio::task::spawn_blocking(move || -> Result<_> {
        let found = check(&paper, format, &bytes, reader)?;
        Ok((found, files.files().put(&mut bytes.as_slice())?))
    });
    let (found, stored) = work.await.map_err(|_| db::Stop::fault("comparing a signed copy"))??;
    let row = CopyRow {
        at_ms: by.now.as_millisecond(),
        who: by.account,
        name: kernel::text::tidy(name),
        format: format.extension().to_owned(),
        hash: stored.hash,
        size: stored.size,
        found: serde_json::to_string(&found)?,
    };
    let body =
        json!({ "name": row.name, "sha256": row.hash, "changed": found.changed.len(), "readable": found.readable });
    let mut tx = source.house.db.begin().await?;
    store::add_copy(&mut tx, report.id, &row).await?;
    source.record(&mut tx, by, report.id, "report.copy", body).await?;
    tx.commit().await?;
    Ok(found)
}

/// The latest copy of each format, newest first.
pub async fn copies(tx: &mut db::Tx, report: Id) -> Result<Vec<Copy>> {
    let mut copies: Vec<Copy> = Vec::new();
    for row in store::copies(tx, report).await? {
        let format = Format::of_file(&format!("x.{}", row.format)).ok_or_else(|| db::Stop::fault("reading a copy"))?;
        if copies.iter().all(|known| known.format != format) {
            let found = serde_json::from_str(&row.found)?;
            let CopyRow { at_ms, who, name, hash, size, .. } = row;
            copies.push(Copy { at_ms, who, name, format, hash, size, found });
        }
    }
    Ok(copies)
}
