//! The case file as one PDF, its pages stamped through, or as an archive of the papers as they are: an index, the signed papers, the
//! attachments, the deadlines as they were reckoned, and who read and opened what.

use std::{
    collections::HashSet,
    io::{Cursor, Read as _, Write as _},
};

use axum::extract::Path;
use kernel::{Lang, number_day, show_day};
use pack::{paper::PAPER_ROWS, register::Register};
use papers::{Block, Column, Format, Head, Inline, Leaf, Paper, Row, Table};
use serde_json::Value as Json;
use web::{Answer, Desk, FormData, Trouble, download, t};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{Office, PAPER, happened, office::Opened};
use crate::{
    paper::{self, Given},
    store,
};

/// What the timeline calls it, among papers.
const CASE_FILE: &str = "case_file";
/// Entries of the timeline, and days of reading, that the index tells.
const ENTRIES: i64 = 5_000;
/// The most bytes of attachments in one file.
const MOST: u64 = 80 << 20;

pub(super) async fn case_file(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = office.open(&desk, &handle, PAPER).await?;
    let register = office.register(&opened.record.register)?;
    let zip = form.get("format") == "zip";
    let format = if zip { "zip" } else { "pdf" };
    let body = serde_json::json!({ "paper": CASE_FILE, "format": format, "fields": [] });
    paper::produced(&office.house, &Office::by(&desk)?, &opened.record, body).await?;
    let mut kept = papers(&office, register, &opened)?;
    let before = kept.len();
    kept.extend(attachments(&office, &opened, before).await?);
    let index = index(&desk, &office, register, &opened, &kept).await?;
    let index = index.write(Format::Pdf).map_err(Trouble::internal)?;
    let name = format!("ho-so-{}-{}.{format}", register.id, opened.record.reference().replace('/', "-"));
    if zip {
        return download(&name, "application/zip", archive(&index, &kept)?);
    }
    let title = format!("{} {}", register.noun.in_lang(Lang::Vi), opened.record.reference());
    download(&name, "application/pdf", bound(&title, index, &kept)?)
}

/// The papers as they are, under the index.
fn archive(index: &[u8], kept: &[Leaf]) -> Result<Vec<u8>, Trouble> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), Trouble> {
        archive.start_file(name, SimpleFileOptions::default()).map_err(Trouble::internal)?;
        archive.write_all(bytes).map_err(Trouble::internal)
    };
    add("00-muc-luc.pdf", index)?;
    for one in kept {
        add(one.name(), one.bytes())?;
    }
    Ok(archive.finish().map_err(Trouble::internal)?.into_inner())
}

/// One PDF: the index first, then every paper, each sheet with its number and the number of all.
fn bound(title: &str, index: Vec<u8>, kept: &[Leaf]) -> Result<Vec<u8>, Trouble> {
    let index = Leaf::paper("00-muc-luc.pdf".to_owned(), index);
    let all: usize = kept.iter().map(Leaf::sheets).sum();
    let stamp = |key: &str, number: usize, of: usize| {
        let arg = |count: usize| i64::try_from(count).unwrap_or(i64::MAX).into();
        web::words(Lang::Vi, key, &[("number", arg(number)), ("all", arg(of))])
    };
    let own = (1..=index.sheets()).map(|number| stamp("record.case_stamp_index", number, index.sheets()));
    let mut leaves = vec![(&index, own.collect::<Vec<_>>())];
    let mut before = 0;
    for leaf in kept {
        let stamps = (before + 1..=before + leaf.sheets()).map(|number| stamp("record.case_stamp", number, all));
        leaves.push((leaf, stamps.collect()));
        before += leaf.sheets();
    }
    papers::bind(title, &leaves, &t!(Lang::Vi, "record.case_attached")).map_err(Trouble::internal)
}

/// The signed papers, filled anew from the record; what is sealed stays blank in them.
fn papers(office: &Office, register: &Register, opened: &Opened) -> Result<Vec<Leaf>, Trouble> {
    let record = &opened.record;
    let (mut kept, mut known) = (Vec::new(), HashSet::new());
    for row in record.document.rows(PAPER_ROWS) {
        let id = row.fields.get("paper").and_then(Json::as_str).unwrap_or_default();
        let Some(of) = office.snapshot.pack.paper(id).filter(|_| known.insert(id)) else { continue };
        let made = paper::fill(&office.snapshot, of, register, record, &Given::default());
        let bytes = made.write(Format::Pdf).map_err(Trouble::internal)?;
        kept.push(Leaf::paper(format!("{:02}-{}.pdf", known.len(), kernel::text::slug(&of.head.label.vi)), bytes));
    }
    Ok(kept)
}

async fn attachments(office: &Office, opened: &Opened, before: usize) -> Result<Vec<Leaf>, Trouble> {
    let mut tx = office.house.read().await?;
    let files = store::files(&mut tx, opened.record.id).await?;
    drop(tx);
    let mut kept = Vec::with_capacity(files.len());
    let mut left = MOST;
    for (place, file) in files.into_iter().enumerate() {
        let mut bytes = Vec::new();
        let read = office.house.db.files().get(&file.hash)?.take(left + 1).read_to_end(&mut bytes)?;
        left = left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
        if left == 0 {
            return Err(kernel::Refusal::new("record.case_file_too_large").with("most", "80 MB").into());
        }
        // A name never leads out of the archive's own folder.
        let (stem, ending) = file.name.rsplit_once('.').unwrap_or((&file.name, "bin"));
        let name = format!("{:02}-{}.{}", before + place + 1, kernel::text::slug(stem), kernel::text::slug(ending));
        kept.push(Leaf::file(name, bytes));
    }
    Ok(kept)
}

async fn index(
    desk: &Desk,
    office: &Office,
    register: &Register,
    opened: &Opened,
    kept: &[Leaf],
) -> Result<Paper, Trouble> {
    let (lang, record) = (Lang::Vi, &opened.record);
    let cell = |text: &str| vec![Inline::text(text)];
    let mut body = vec![Block::heading(2, t!(lang, "record.case_papers"))];
    let mut page = 1;
    let mut rows = Vec::new();
    for (place, one) in kept.iter().enumerate() {
        let from = page;
        page += one.sheets();
        let pages = if one.sheets() == 1 { from.to_string() } else { format!("{from}–{}", page - 1) };
        let pages = if one.is_notice() { t!(lang, "record.case_notice", page = pages) } else { pages };
        let hash = data_encoding::HEXLOWER.encode(&<sha2::Sha256 as sha2::Digest>::digest(one.bytes())[..8]);
        rows.push(Row::new(vec![cell(&(place + 1).to_string()), cell(one.name()), cell(&pages), cell(&hash)]));
    }
    let columns = vec![
        Column::new("TT", 4),
        Column::new(t!(lang, "record.case_paper"), 30),
        Column::new(t!(lang, "record.case_pages"), 12),
        Column::new("SHA-256", 16),
    ];
    body.push(Block::Table(Table { columns, rows, ..Table::default() }));
    if !record.document.steps.is_empty() {
        body.push(Block::heading(2, t!(lang, "record.case_steps")));
    }
    let step = |taken: &pack::document::Taken| {
        let label = register.step(&taken.step).map_or(taken.step.as_str(), |step| step.label.in_lang(lang));
        vec![Block::paragraph(format!("{}: {label}", show_day(taken.on)))]
    };
    body.push(Block::List { ordered: false, items: record.document.steps.iter().map(step).collect() });
    body.push(Block::heading(2, t!(lang, "record.case_clocks")));
    for running in &record.document.clocks {
        let label = register.clock(&running.clock).map_or(running.clock.as_str(), |clock| clock.label.in_lang(lang));
        let why = serde_json::from_value::<calendar::Due>(running.derivation.clone()).map(|due| due.sentence(lang));
        let done = running.stopped.map(|day| t!(lang, "record.case_stopped", day = show_day(day))).unwrap_or_default();
        body.push(Block::paragraph(format!("{label}: {} {done}", show_day(running.due))));
        body.extend(why.ok().map(Block::paragraph));
    }
    body.push(Block::heading(2, t!(lang, "record.case_access")));
    let mut tx = office.house.read().await?;
    let about = timeline::Kind::Record.of(record.id.0);
    let entries = timeline::list(&mut tx, about, i64::MAX, ENTRIES).await?;
    let wrote: Vec<(i64, i64)> = entries.iter().map(|entry| (entry.who, entry.seat)).collect();
    let read = store::readings(&mut tx, record.id, ENTRIES).await?;
    let readers: Vec<(i64, i64)> = read.iter().map(|one| (one.who, one.seat)).collect();
    let people = office.people(&mut tx, &wrote.into_iter().chain(readers).collect::<Vec<_>>()).await?;
    drop(tx);
    let opened_it = |act: &str| {
        [".unseal", ".paper", ".identity_ask", ".identity_open", ".attach", ".detach"]
            .iter()
            .any(|end| act.ends_with(end))
    };
    let access = entries.iter().filter(|entry| opened_it(&entry.act)).map(|entry| {
        let who = people.get(&entry.who).cloned().unwrap_or_default();
        let what = happened::told(office, register, entry);
        let at = format!("{} {}", show_day(kernel::civil_day(entry.at)), happened::clock_time(entry.at));
        Row::new(vec![cell(&at), cell(&who), cell(&what)])
    });
    let columns = vec![
        Column::new(t!(lang, "record.case_when"), 14),
        Column::new(t!(lang, "record.case_who"), 24),
        Column::new(t!(lang, "record.case_what"), 30),
    ];
    body.push(Block::Table(Table { columns, rows: access.collect(), ..Table::default() }));
    body.push(Block::heading(2, t!(lang, "record.case_read")));
    let days = read.iter().map(|one| {
        let who = people.get(&one.who).cloned().unwrap_or_default();
        let day = show_day(number_day(one.day));
        Row::new(vec![cell(&day), cell(&who)])
    });
    let columns = vec![Column::new(t!(lang, "record.case_day"), 14), Column::new(t!(lang, "record.case_who"), 54)];
    body.push(Block::Table(Table { columns, rows: days.collect(), ..Table::default() }));
    if let Some(last) = entries.first() {
        let code = data_encoding::HEXLOWER.encode(&last.hash[..4]);
        body.push(Block::paragraph(t!(lang, "record.chain", count = last.number, code = code)));
    }
    let (layout, head) = paper::letterhead(&office.snapshot.tree.at(record.day), units::Unit(record.unit));
    let head = Head {
        kind: t!(lang, "record.case_index"),
        about: format!("{} {}: {}", register.noun.in_lang(lang), record.reference(), record.title),
        day: Some(desk.today),
        ..head
    };
    Ok(Paper { layout, head, body, note: desk.app.demo.as_ref().map(|demo| demo.label.vi.clone()), ..Paper::default() })
}
