//! Records from and to spreadsheets; reports as papers.

use std::fmt::Write as _;

use std::{fs, path::Path};

use calendar::Period;
use db::{Place, Result, Stop};
use jiff::Timestamp;
use kernel::{Lang, Refusal, civil_day};
use papers::Format;
use records::{
    By, Record, export,
    import::{self, Terms, Within, sheet},
    value::Directory as _,
};
use serde_json::json;
use units::Unit;
use web::t;

use super::{Said, open, operator};

pub(crate) struct Order<'a> {
    pub(crate) register: &'a str,
    pub(crate) file: &'a Path,
    pub(crate) unit: &'a str,
    pub(crate) dry_run: bool,
    pub(crate) all_or_nothing: bool,
    pub(crate) errors: Option<&'a Path>,
}

pub(crate) async fn import(place: Place, order: Order<'_>, now: Timestamp) -> Result<Said> {
    if let Some(errors) = order.errors.filter(|file| file.extension().is_none_or(|ending| ending != "xlsx")) {
        return Err(Refusal::new("danvan.ending_unknown").with("file", errors.display()).with("known", "xlsx").into());
    }
    let house = open(place, now).await?.house;
    let sheets = sheet::open(order.file)?;
    let terms = Terms {
        register: order.register.to_owned(),
        file: order.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        unit: Some(order.unit.to_owned()),
        within: Within::All,
        said: import::Said::default(),
        only_good: !order.all_or_nothing,
    };
    let by = By { old_book: true, ..operator(now) };
    let report = if order.dry_run {
        import::dry_run(&house, &by, &sheets, &terms).await?
    } else {
        import::import(&house, &by, &sheets, &terms).await?.1
    };
    let outcome = report.outcome(Lang::Vi);
    if let Some(errors) = order.errors {
        fs::write(errors, import::error_file(&house.now(), &sheets, &terms, &report.faults, Lang::Vi)?)?;
    }
    let mut text = t!(
        Lang::Vi,
        "shell.imported",
        read = outcome.read,
        added = outcome.added,
        changed = outcome.changed,
        same = outcome.same,
        rejected = report.rejected
    );
    text.push('\n');
    for rejected in &outcome.rejected {
        let (row, column, value) = (i64::from(rejected.row), rejected.column.as_str(), rejected.value.as_str());
        let line = t!(Lang::Vi, "shell.rejected", row = row, column = column, value = value);
        let _ = writeln!(text, "  {line}: {}. {}", rejected.reason.trim_end_matches('.'), rejected.remedy);
    }
    let found_fault = !outcome.rejected.is_empty();
    Ok(Said { text, json: serde_json::to_value(&outcome)?, found_fault })
}

pub(crate) async fn export(
    place: Place,
    register: &str,
    out: &Path,
    unit: Option<&str>,
    now: Timestamp,
) -> Result<Said> {
    let house = open(place, now).await?.house;
    let snapshot = house.now();
    snapshot.register(register)?;
    let today = civil_day(now);
    let within: Option<Unit> = unit.map(|code| snapshot.tree.find(code, today)).transpose()?;
    let tree = snapshot.tree.clone();
    let may = move |record: &Record| {
        within.is_none_or(|unit| {
            let at = tree.at(record.day);
            let own = Unit(record.unit);
            own == unit || (unit.slot() == 0 && (own.ground() == unit || at.inside(own.ground(), unit)))
        })
    };
    let extent = export::Extent { register, ids: None, may: &may };
    let files: Vec<(String, Vec<u8>)> = match out.extension().and_then(|ending| ending.to_str()) {
        Some("xlsx") => vec![(String::new(), export::xlsx(&house, &extent, Lang::Vi).await?)],
        Some("csv") => export::csv(&house, &extent, Lang::Vi).await?,
        _ => {
            return Err(Refusal::new("danvan.ending_unknown")
                .with("file", out.display())
                .with("known", "xlsx, csv")
                .into());
        }
    };
    let mut written = Vec::new();
    for (rows, bytes) in &files {
        // Child rows stand beside the file: x.opinion.csv beside x.csv.
        let path = if rows.is_empty() { out.to_owned() } else { out.with_extension(format!("{rows}.csv")) };
        fs::write(&path, bytes)?;
        written.push(path.display().to_string());
    }
    Ok(Said::fine(t!(Lang::Vi, "shell.written", files = written.join(", ")), json!({ "files": written })))
}

pub(crate) async fn report(
    place: Place,
    outline: &str,
    unit: &str,
    period: &str,
    out: &Path,
    now: Timestamp,
) -> Result<Said> {
    let format = Format::of_file(&out.to_string_lossy()).ok_or_else(|| {
        Refusal::new("danvan.ending_unknown").with("file", out.display()).with("known", "docx, pdf, xlsx, html, md")
    })?;
    let house = open(place, now).await?.house;
    let snapshot = house.reading();
    let period: Period = period.parse()?;
    let unit = snapshot.tree.find(unit, period.window().to)?;
    let posts = super::figures::heads(&house).await?;
    let source = reports::Source { house: &house, snapshot: &snapshot, heads: &posts };
    let paper = reports::act::paper(source, outline, unit, period, None).await?;
    let bytes = paper.write(format).map_err(|error| Stop::Fault(db::Fault::from_source("writing the paper", error)))?;
    fs::write(out, &bytes)?;
    Ok(Said::fine(
        t!(Lang::Vi, "shell.written", files = out.display().to_string()),
        json!({ "file": out, "bytes": bytes.len() }),
    ))
}

/// A statutory table: its lines, and the equations that do not hold, which are a finding.
pub(crate) async fn form(
    place: Place,
    name: &str,
    unit: &str,
    period: &str,
    out: Option<&Path>,
    now: Timestamp,
) -> Result<Said> {
    let house = open(place, now).await?.house;
    let snapshot = house.reading();
    let period: Period = period.parse()?;
    let unit = snapshot.tree.find(unit, period.window().to)?;
    let posts = super::figures::heads(&house).await?;
    let source = reports::Source { house: &house, snapshot: &snapshot, heads: &posts };
    let mut tx = house.read().await?;
    let filled = reports::form::fill(&mut tx, source, name, unit, period).await?;
    let face = filled.face(source, Lang::Vi);
    let mut text = format!("{}\n{}\n{}\n", face.code, face.title, face.days);
    for line in &face.lines {
        let cells = line.cells.iter().zip(&filled.form.columns).filter_map(|(cell, column)| match cell {
            papers::FormCell::Number(number) => Some(format!("{}: {number}", column.id)),
            papers::FormCell::Text(text) => Some(format!("{}: {text}", column.id)),
            papers::FormCell::Blank => None,
        });
        let _ = writeln!(text, "  {} · {}", line.name, cells.collect::<Vec<_>>().join(" "));
    }
    for note in &face.notes {
        let _ = writeln!(text, "  {note}");
    }
    if let Some(out) = out {
        let bytes = face.write().map_err(|error| Stop::Fault(db::Fault::from_source("writing the form", error)))?;
        fs::write(out, &bytes)?;
        text.push_str(&t!(Lang::Vi, "shell.written", files = out.display().to_string()));
    }
    let json = json!({
        "form": filled.form.id,
        "unit": snapshot.code(unit.0, filled.window.to),
        "period": period.to_string(),
        "from": filled.window.from.to_string(),
        "to": filled.window.to.to_string(),
        "columns": filled.form.columns.iter().map(|column| &column.id).collect::<Vec<_>>(),
        "lines": filled.sheet.lines.iter().map(|line| {
            let unit = match line.of {
                figures::form::Of::Whole => Some(snapshot.code(unit.0, filled.window.to)),
                figures::form::Of::Unit(unit) => Some(snapshot.code(unit.0, filled.window.to)),
                figures::form::Of::Own => None,
            };
            json!({ "unit": unit, "silent": line.silent, "values": line.values })
        }).collect::<Vec<_>>(),
        "broken": filled.sheet.broken.iter().map(|one| {
            json!({ "line": one.line, "holds": one.holds, "left": one.left, "right": one.right })
        }).collect::<Vec<_>>(),
    });
    Ok(Said { text, json, found_fault: !filled.sheet.broken.is_empty() })
}
