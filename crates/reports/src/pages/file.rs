//! A report as a file: written at once where that is quick, as a job where the place is large.

use std::{io::Read as _, sync::Arc};

use axum::extract::Path;
use db::Stop;
use figures::Heads;
use futures::future::BoxFuture;
use jobs::{Ending, Halt, JobContext, NewJob, Work};
use kernel::Id;
use papers::{Format, Paper};
use records::House;
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Answer, Desk, Trouble, download};

use super::{Office, READ, href, note};
use crate::{Report, Source, State, act, copy::copies, frozen};

/// The kind of job.
pub(crate) const KIND: &str = "report";

fn format_of(name: &str) -> Result<Format, Trouble> {
    Format::of_file(name).filter(|format| format.extension() == name).ok_or(Trouble::NotFound)
}

/// Whether writing it takes long enough to be a job: what an issued report says is on record already.
pub(crate) fn is_long(office: &Office, report: &Report) -> bool {
    let at = office.snapshot.tree.at(report.window.to);
    let province = office.snapshot.tree.kinds().level("province");
    report.state != State::Issued && at.level(report.unit) <= province
}

async fn paper(tx: &mut db::Tx, source: Source<'_>, report: &Report, note: Option<&str>) -> db::Result<Paper> {
    if report.state == State::Issued {
        return Ok(frozen(tx, report).await?.paper);
    }
    Ok(act::drafted(tx, source, report, &[], note).await?.0.paper)
}

/// The file, or for a large place the job that writes it.
pub(crate) async fn file(desk: Desk, Path((handle, name)): Path<(String, String)>) -> Answer {
    let format = format_of(&name)?;
    let office = Office::of(&desk);
    let (report, _, mut tx) = office.open(&desk, &handle, READ).await?;
    // What came back from signing is what was issued.
    if let Some(copy) = copies(&mut tx, report.id).await?.into_iter().find(|copy| copy.format == format) {
        drop(tx);
        let mut bytes = Vec::new();
        office.house.db.files().get(&copy.hash)?.read_to_end(&mut bytes)?;
        return download(&copy.name, format.media_type(), bytes);
    }
    let paper = paper(&mut tx, office.source(), &report, note(&desk)).await?;
    let bytes = paper.write(format).map_err(Trouble::internal)?;
    download(&paper.file_name(format), format.media_type(), bytes)
}

#[derive(Serialize, Deserialize)]
struct Args {
    report: Id,
    format: String,
    note: Option<String>,
}

/// Queues the writing of a large place's report.
pub(crate) async fn queue(desk: Desk, Path((handle, name)): Path<(String, String)>) -> Answer {
    let format = format_of(&name)?;
    let office = Office::of(&desk);
    let (report, _, tx) = office.open(&desk, &handle, READ).await?;
    drop(tx);
    if !is_long(&office, &report) {
        return desk.back_to(&format!("{}/file/{}", href(report.id), format.extension()), None);
    }
    let who = desk.who()?;
    let args = Args { report: report.id, format: format.extension().to_owned(), note: note(&desk).map(str::to_owned) };
    let new =
        NewJob { kind: KIND, args: serde_json::to_value(args)?, who: who.account, unit: who.seat.unit, after: None };
    let mut tx = desk.begin().await?;
    let job = jobs::enqueue(&mut tx, &desk.app.ids, desk.now, new).await?;
    let body = json!({ "kind": KIND, "report": report.id.handle() });
    desk.record(&mut tx, desk.entry(timeline::Kind::Job.of(job), "job.queue", body)).await?;
    tx.commit().await?;
    desk.back_to(&jobs::href(job), None)
}

/// A file that a job has written.
pub(crate) async fn made(desk: Desk, Path((handle, hash, name)): Path<(String, String, String)>) -> Answer {
    let format = format_of(&name)?;
    let office = Office::of(&desk);
    let (report, _, tx) = office.open(&desk, &handle, READ).await?;
    drop(tx);
    let mut bytes = Vec::new();
    office.house.db.files().get(&hash)?.read_to_end(&mut bytes)?;
    let title = kernel::text::slug(&office.title(kernel::Lang::Vi, &report));
    download(&format!("{title}.{}", format.extension()), format.media_type(), bytes)
}

/// Writes a report's file in the background.
pub struct FileWork {
    pub house: Arc<House>,
    pub heads: Arc<dyn Heads>,
}

impl Work for FileWork {
    fn run<'a>(&'a self, job: &'a mut JobContext) -> BoxFuture<'a, Ending> {
        Box::pin(self.write(job))
    }
}

impl FileWork {
    async fn write(&self, job: &mut JobContext) -> Ending {
        let args: Args = job.args()?;
        let format = Format::of_file(&args.format).ok_or(Halt::Failed(Stop::Missing))?;
        job.progress(0, 3, "reports.job_reading").await?;
        let snapshot = self.house.reading();
        let source = Source { house: &self.house, snapshot: &snapshot, heads: self.heads.as_ref() };
        let mut tx = self.house.read().await?;
        let (report, _) = act::find(&mut tx, args.report).await?;
        let paper = paper(&mut tx, source, &report, args.note.as_deref()).await?;
        drop(tx);
        job.progress(1, 3, "reports.job_writing").await?;
        let bytes = paper.write(format).map_err(|error| Stop::fault(error.to_string()))?;
        job.progress(2, 3, "reports.job_keeping").await?;
        let stored = self.house.db.files().put(&mut bytes.as_slice())?;
        job.progress(3, 3, "reports.job_done").await?;
        Ok(json!({ "href": format!("{}/made/{}/{}", href(report.id), stored.hash, format.extension()) }))
    }
}
