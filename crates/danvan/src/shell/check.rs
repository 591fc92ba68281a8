//! A report in prose against the system.

use std::{fmt::Write as _, fs, path::Path};

use calendar::Period;
use db::{Place, Result};
use jiff::Timestamp;
use kernel::{Lang, Refusal};
use reports::{
    Source,
    check::{Status, check},
    prose::Prose,
};
use web::t;

use super::{Said, open};

pub(crate) async fn report(place: Place, file: &Path, unit: &str, period: &str, now: Timestamp) -> Result<Said> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = fs::read(file).map_err(|_| Refusal::new("reports.prose_unreadable").with("file", file.display()))?;
    let prose = Prose::read(&name, &bytes)?;
    let house = open(place, now).await?.house;
    let snapshot = house.reading();
    let period: Period = period.parse()?;
    let unit = snapshot.tree.find(unit, period.window().to)?;
    let posts = super::figures::heads(&house).await?;
    let source = Source { house: &house, snapshot: &snapshot, heads: &posts };
    let mut tx = house.read().await?;
    let checked = check(&mut tx, source, unit, period, &prose).await?;
    let lang = Lang::Vi;
    let mut text = String::new();
    for one in &checked.figures {
        let line = t!(lang, "shell.checked_line", line = one.found.line);
        let figure = one.figure.as_deref().unwrap_or_default();
        let _ = writeln!(text, "  {line:<10} {:<40} {} {figure}", one.found.text, one.say(lang));
    }
    for slip in &checked.slips {
        let line = t!(lang, "shell.checked_line", line = slip.line);
        let _ = writeln!(text, "  {line:<10} {:<40} {}", slip.text, slip.say(lang));
    }
    text.push_str(&t!(
        lang,
        "shell.checked",
        figures = checked.figures.len(),
        equal = checked.count(Status::Equal),
        different = checked.count(Status::Different),
        not_computed = checked.count(Status::NotComputed),
        unclear = checked.count(Status::Unclear),
        slips = checked.slips.len()
    ));
    Ok(Said { text, json: checked.json(&snapshot, unit, period, &name), found_fault: checked.finds() })
}
