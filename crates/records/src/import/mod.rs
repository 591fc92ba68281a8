//! Import: sheets become records. Read and recognised, tried dry, staged, applied in batches as a job, taken back as a whole.

mod apply;
mod back;
mod batch;
pub mod columns;
mod draft;
mod fault;
pub mod mapping;
mod plan;
pub mod sheet;
mod store;
mod template;
mod workbook;

use db::Result;
use kernel::{Day, Lang, Refusal};
use pack::register::Register;
use serde::{Deserialize, Serialize};

pub use apply::{ImportJob, JOB, apply, enqueue, enqueue_take_back, under_way};
pub use back::{TakenBack, take_back};
pub use batch::{Batch, batch, batches, forget_old, stage, staged_sheets};
use draft::Drafts;
pub use draft::Skipped;
pub use fault::Fault;
pub use mapping::{Mappings, Said};
use plan::{Known, Planned, Planner};
pub use sheet::{Cell, Row, Sheet};
pub(crate) use template::layout;
pub use template::{error_file, template};

use crate::{
    house::{House, Snapshot},
    record::By,
};

/// Rows of one transaction.
const PAGE: usize = 200;
/// A conflict with another writer is met again so often.
const TRIES: usize = 4;

/// What an import is told beside its sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub register: String,
    /// What people call it: `doi-thoai-2021.xlsx`.
    pub file: String,
    /// The book of rows that name none: a code, slug or name, read as of each row's own day.
    pub unit: Option<String>,
    pub within: Within,
    /// What was said of columns that were not recognised, or not rightly.
    #[serde(default)]
    pub said: Said,
    /// The good rows alone; else all or nothing.
    pub only_good: bool,
}

/// Into whose books an import may write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// The operator's.
    All,
    /// These units' own, those of all that stand under them, and those of units that ended and are held by one of them.
    Units(Vec<i64>),
}

impl Within {
    /// As rights have it: who ended stands where its holder stands.
    fn holds(&self, snapshot: &Snapshot, unit: i64, today: Day) -> bool {
        let Within::Units(units) = self else { return true };
        let at = snapshot.tree.at(today);
        let holder = at.holder(units::Unit(unit)).unit;
        units.iter().map(|mine| units::Unit(*mine)).any(|mine| {
            let below = at.superiors(holder).contains(&mine);
            let inside = mine.slot() == 0 && !at.is_body(mine) && at.inside(holder.ground(), mine);
            unit == mine.0 || holder == mine || below || inside
        })
    }
}

/// What an import comes to; worded when read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub read: i64,
    pub added: i64,
    pub changed: i64,
    pub same: i64,
    /// Rows with at least one fault.
    pub rejected: i64,
    pub faults: Vec<Fault>,
    pub skipped: Skipped,
    /// Headers that nobody knows: their columns are left out.
    pub unknown: Vec<String>,
    /// Whether anything was written.
    pub applied: bool,
}

/// The report as the shell and the API give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub read: i64,
    pub added: i64,
    pub changed: i64,
    pub same: i64,
    pub rejected: Vec<Rejected>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected {
    pub row: u32,
    pub column: String,
    pub value: String,
    pub reason: String,
    pub remedy: String,
}

impl Report {
    pub fn outcome(&self, lang: Lang) -> Outcome {
        let rejected = self.faults.iter().map(|fault| Rejected {
            row: fault.row,
            column: fault.column.clone(),
            value: fault.value.clone(),
            reason: fault.say(lang),
            remedy: fault.remedy(lang),
        });
        let Report { read, added, changed, same, .. } = *self;
        Outcome { read, added, changed, same, rejected: rejected.collect() }
    }

    fn count(&mut self, planned: &Planned) {
        match planned {
            Planned::Added(_) => self.added += 1,
            Planned::Changed(_) => self.changed += 1,
            Planned::Same => self.same += 1,
            Planned::Rejected(faults) => {
                self.rejected += 1;
                self.faults.extend(faults.iter().cloned());
            }
        }
    }
}

/// An import understood: its columns, and a draft of each row.
struct Understood<'a> {
    register: &'a Register,
    mappings: Mappings,
    drafts: Drafts,
}

fn understand<'a>(
    snapshot: &'a Snapshot,
    sheets: &[Sheet],
    terms: &Terms,
    today: Day,
) -> std::result::Result<Understood<'a>, Refusal> {
    let register = snapshot.register(&terms.register)?;
    let mappings = mapping::recognise(register, sheets, &terms.said)?;
    let drafts = draft::read(snapshot, register, sheets, &mappings, terms, today)?;
    Ok(Understood { register, mappings, drafts })
}

impl Understood<'_> {
    /// The report before any row was weighed.
    fn report(&self) -> Report {
        Report {
            read: i64::try_from(self.drafts.rows.len()).unwrap_or(i64::MAX),
            faults: self.orphans(),
            skipped: self.drafts.skipped,
            unknown: self.mappings.unknown().into_iter().map(str::to_owned).collect(),
            ..Report::default()
        }
    }

    /// Child rows that belong to no row.
    fn orphans(&self) -> Vec<Fault> {
        let orphans = self.drafts.orphans.iter().map(|orphan| Fault {
            row: orphan.row,
            rows: Some(orphan.rows.clone()),
            column: orphan.column.clone(),
            value: orphan.value.clone(),
            reason: Refusal::new("import.no_such_row").with("value", &orphan.value).into(),
        });
        orphans.collect()
    }
}

/// How the columns of sheets are understood: for the page on which they may be set right.
pub fn recognise(snapshot: &Snapshot, sheets: &[Sheet], terms: &Terms) -> std::result::Result<Mappings, Refusal> {
    mapping::recognise(snapshot.register(&terms.register)?, sheets, &terms.said)
}

/// What an import would do. Nothing is written.
pub async fn dry_run(house: &House, by: &By, sheets: &[Sheet], terms: &Terms) -> Result<Report> {
    let snapshot = house.now();
    let understood = understand(&snapshot, sheets, terms, by.today)?;
    try_all(house, &snapshot, by, terms, &understood).await
}

async fn try_all(
    house: &House,
    snapshot: &Snapshot,
    by: &By,
    terms: &Terms,
    understood: &Understood<'_>,
) -> Result<Report> {
    let by = By { old_book: true, ..by.clone() };
    let mut report = understood.report();
    let Understood { register, mappings, drafts } = understood;
    let planner = Planner { house, snapshot, by: &by, register, terms, mappings };
    let mut known = Known::default();
    for page in drafts.rows.chunks(PAGE) {
        known.turn_to(house, page).await?;
        for draft in page {
            report.count(&planner.plan(draft, &mut known).await?);
        }
    }
    report.faults.sort_by_key(|fault| fault.row);
    Ok(report)
}

/// Imports at once, without a job: for small sheets, the shell and the demo. The batch is kept, and can be taken back.
pub async fn import(house: &House, by: &By, sheets: &[Sheet], terms: &Terms) -> Result<(kernel::Id, Report)> {
    let batch = stage(house, by, sheets, terms).await?;
    let report = apply(house, by, batch).await?;
    Ok((batch, report))
}

#[cfg(test)]
mod tests;
