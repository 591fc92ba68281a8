//! A list as a workbook or as CSV: written at once while it is short, as a workbook by a job when it is long.

use std::{
    io::{Cursor, Read as _, Seek as _, Write as _},
    sync::Arc,
};

use axum::extract::Path;
use db::Stop;
use futures::future::BoxFuture;
use jobs::{Ending, JobContext, NewJob, Work};
use kernel::{Id, Lang, civil_day};
use pack::register::Register;
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Answer, Desk, Fields, Page, Shape, Target, Trouble, download, html, main_button, t};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{EXPORT, Office, list_href, office, sheets::XLSX};
use crate::{
    House,
    export::{self, Extent},
    lists::{Asked, Book},
};

/// The kind of job.
pub const JOB: &str = "records.export";
/// The most records of a file made while someone waits.
const AT_ONCE: usize = 20_000;
const PAGE: i64 = 1_000;

/// What a list holds for a reader, page by page.
struct Listed<'a> {
    book: Book<'a>,
    asked: Asked,
    ids: Vec<i64>,
}

impl Listed<'_> {
    /// Whether there are more.
    async fn next(&mut self) -> db::Result<bool> {
        let page = self.book.page(&self.asked).await?;
        self.ids.extend(page.records.iter().map(|record| record.id.0));
        self.asked.after = page.next;
        Ok(self.asked.after.is_some())
    }
}

fn listed<'a>(office: &'a Office, register: &'a Register, query: &Fields) -> Listed<'a> {
    let (mut asked, _) = Asked::read(&office.snapshot, register, query, office.today);
    asked.limit = PAGE;
    Listed { book: office.book(register), asked, ids: Vec::new() }
}

/// In the address: `as=csv`.
const AS: &str = "as";
const CSV: &str = "csv";

fn file_name(register: &Register, day: kernel::Day, ending: &str) -> String {
    format!("{}-{day}.{ending}", kernel::text::slug(&register.label.vi))
}

/// One file, or one for the records and one for each kind of child rows, together.
fn as_csv(register: &Register, day: kernel::Day, files: &[(String, Vec<u8>)]) -> Answer {
    let [(_, only)] = files else {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (rows, bytes) in files {
            let ending = if rows.is_empty() { CSV.to_owned() } else { format!("{rows}.{CSV}") };
            archive
                .start_file(file_name(register, day, &ending), SimpleFileOptions::default())
                .map_err(Trouble::internal)?;
            archive.write_all(bytes).map_err(Trouble::internal)?;
        }
        let bytes = archive.finish().map_err(Trouble::internal)?.into_inner();
        return download(&file_name(register, day, "csv.zip"), "application/zip", bytes);
    };
    download(&file_name(register, day, CSV), "text/csv; charset=utf-8", only.clone())
}

pub(super) async fn export(desk: Desk, Path(register): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    desk.may(EXPORT, &Target::unit(office.unit).register(&register.id))?;
    let mut listed = listed(&office, register, desk.query());
    while listed.next().await? {
        if listed.ids.len() >= AT_ONCE {
            // Half a register must never pass for the whole.
            return ask(&desk, register).await;
        }
    }
    // The list held only what this reader may see.
    let extent = Extent { register: &register.id, ids: Some(&listed.ids), may: &|_| true };
    if desk.query().maybe(AS) == Some(CSV) {
        return as_csv(register, desk.today, &export::csv(&office.house, &extent, desk.lang).await?);
    }
    let bytes = export::xlsx(&office.house, &extent, desk.lang).await?;
    download(&file_name(register, desk.today, "xlsx"), XLSX, bytes)
}

async fn ask(desk: &Desk, register: &Register) -> Answer {
    let (lang, path) = (desk.lang, list_href(&register.id));
    let main = html! {
        form.panel method="post" action=(desk.query().href(&format!("{path}/export"))) {
            (desk.csrf())
            div.pad { p { (t!(lang, "record.export_long", most = AT_ONCE)) } }
            div.bar-end.row {
                (main_button(&t!(lang, "record.export_begin")))
                a href=(desk.query().href(&path)) { (t!(lang, "record.leave")) }
            }
        }
    };
    let page = Page::new(t!(lang, "record.export_title", label = register.label.in_lang(lang)))
        .crumb(register.label.in_lang(lang), &path)
        .here(t!(lang, "record.export"))
        .main(main)
        .shape(Shape::Form)
        .at(&path);
    desk.show(page).await
}

#[derive(Serialize, Deserialize)]
struct Args {
    register: String,
    /// The list as its address has it.
    query: String,
    lang: Lang,
}

/// Queues the writing of a long list.
pub(super) async fn queue(desk: Desk, Path(register): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    desk.may(EXPORT, &Target::unit(office.unit).register(&register.id))?;
    let query = desk.query().href("").trim_start_matches('?').to_owned();
    let args = serde_json::to_value(Args { register: register.id.clone(), query, lang: desk.lang })?;
    let who = desk.who()?;
    let new = NewJob { kind: JOB, args, who: who.account, unit: office.unit, after: None };
    let mut tx = desk.begin().await?;
    let job = jobs::enqueue(&mut tx, &desk.app.ids, desk.now, new).await?;
    let body = json!({ "kind": JOB, "register": register.id });
    desk.record(&mut tx, desk.entry(timeline::Kind::Job.of(job), "job.queue", body)).await?;
    tx.commit().await?;
    desk.back_to(&jobs::href(job), None)
}

/// A file that a job has written, for the one who asked for it.
pub(super) async fn made(desk: Desk, Path((register, job)): Path<(String, String)>) -> Answer {
    let office = Office::of(&desk)?;
    let register = office.register(&register)?;
    let id: Id = job.parse().map_err(|_| Trouble::NotFound)?;
    let job = jobs::find(&mut desk.read().await?, id.0).await?;
    if job.kind != JOB || job.who != desk.who()?.account || job.unit != office.unit {
        return Err(Trouble::NotFound);
    }
    let hash = job.result.as_ref().and_then(|result| result["file"].as_str()).ok_or(Trouble::NotFound)?;
    let mut bytes = Vec::new();
    office.house.db.files().get(hash)?.read_to_end(&mut bytes)?;
    download(&file_name(register, civil_day(job.created), "xlsx"), XLSX, bytes)
}

/// Writes a long list in the background.
pub struct ExportJob {
    pub house: Arc<House>,
}

impl Work for ExportJob {
    fn run<'a>(&'a self, job: &'a mut JobContext) -> BoxFuture<'a, Ending> {
        Box::pin(self.write(job))
    }
}

impl ExportJob {
    async fn write(&self, job: &mut JobContext) -> Ending {
        let Args { register, query, lang } = job.args()?;
        let today = civil_day(job.now());
        let snapshot = self.house.now();
        // What the seat may read now, not what it could read when it asked.
        let scope = office::scope(&snapshot, job.unit, today);
        let register = snapshot.register(&register).map_err(Stop::from)?;
        let (mut asked, _) = Asked::read(&snapshot, register, &Fields::parse(&query), today);
        asked.limit = PAGE;
        let house = self.house.as_ref();
        let book = Book { house, snapshot: &snapshot, scope: &scope, register, today };
        let mut listed = Listed { book, asked, ids: Vec::new() };
        while listed.next().await? {
            let found = i64::try_from(listed.ids.len()).unwrap_or(i64::MAX);
            job.progress(found, 0, "record.export_finding").await?;
        }
        let count = i64::try_from(listed.ids.len()).unwrap_or(i64::MAX);
        job.progress(0, count, "record.export_writing").await?;
        let extent = Extent { register: &register.id, ids: Some(&listed.ids), may: &|_| true };
        let mut file = tempfile::tempfile()?;
        export::xlsx_into(house, &extent, lang, &mut file).await?;
        file.rewind()?;
        let stored = house.db.files().put(&mut file)?;
        job.progress(count, count, "record.export_done").await?;
        let href = format!("{}/exports/{}", list_href(&register.id), Id(job.id));
        Ok(json!({ "file": stored.hash, "href": href }))
    }
}
