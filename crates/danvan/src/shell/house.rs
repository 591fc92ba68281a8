//! Instance, units, timeline, copies.

use std::fmt::Write as _;

use std::path::Path;

use db::{Place, Result};
use jiff::Timestamp;
use kernel::{Lang, Refusal, civil_day, parse_day};
use serde_json::json;
use web::t;

use super::{Said, open, operator};
use crate::{cli::UnitsCommand, instance, store};

pub(crate) async fn init(place: Place, units: Option<&Path>, now: Timestamp) -> Result<Said> {
    let made = instance::init(place.clone(), units, now).await?;
    let snapshot = made.house.now();
    let count = snapshot.tree.units().count();
    let text = t!(Lang::Vi, "shell.made", dir = place.data.display().to_string(), count = count);
    Ok(Said::fine(text, json!({ "data": place.data, "places": count })))
}

pub(crate) async fn units(command: UnitsCommand, place: Place, now: Timestamp) -> Result<Said> {
    let house = open(place, now).await?.house;
    let snapshot = house.now();
    match command {
        UnitsCommand::Show { code, at } => {
            let day = at.map_or(Ok(civil_day(now)), |text| parse_day(&text))?;
            let shown = units::show(&snapshot.tree, &code, day)?;
            Ok(Said::fine(shown.text(&snapshot.tree), serde_json::to_value(&shown)?))
        }
        UnitsCommand::Import { file } => {
            let text = std::fs::read_to_string(&file)
                .map_err(|_| Refusal::new("instance.no_such_file").with("file", file.display()))?;
            let mut tx = house.db.begin().await?;
            let imported = units::store::import(&mut tx, &text, snapshot.tree.kinds(), civil_day(now)).await?;
            let by = operator(now);
            let body = json!({ "file": file.file_name().map(|name| name.to_string_lossy()), "imported": &imported });
            let entry = timeline::Entry {
                about: timeline::Kind::Instance.of(0),
                act: "unit.import",
                who: by.account,
                seat: by.seat,
                at: now,
                on: None,
                body: body.clone(),
                cause: None,
            };
            timeline::record(&mut tx, &house.ids, entry).await?;
            store::raise_generation(&mut tx).await?;
            tx.commit().await?;
            let json = serde_json::to_value(imported)?;
            let (read, changed, same) = (imported.read, imported.changed, imported.same);
            Ok(Said::fine(t!(Lang::Vi, "shell.units_read", read = read, changed = changed, same = same), json))
        }
    }
}

pub(crate) async fn verify(place: Place, now: Timestamp) -> Result<Said> {
    let house = open(place, now).await?.house;
    let mut tx = house.read().await?;
    let verified = timeline::verify(&mut tx, &house.vault.seal_public()).await?;
    let cells = ledger::differences(&mut tx).await?;
    let findings: Vec<String> =
        verified.findings.iter().map(|finding| web::say(Lang::Vi, &finding.wording())).collect();
    let sound = verified.is_sound() && cells.is_empty();
    let (entries, seals, open) = (verified.entries, verified.seals, verified.unsealed);
    let mut text = t!(Lang::Vi, "shell.verified", entries = entries, seals = seals, open = open);
    text.push('\n');
    for finding in &findings {
        text.push_str(finding);
        text.push('\n');
    }
    for (figure, unit, _) in &cells {
        let figure = house.names.name(&mut tx, *figure).await?;
        let _ = writeln!(text, "{}", t!(Lang::Vi, "shell.cell_off", figure = figure, unit = unit.to_string()));
    }
    if sound {
        text.push_str(&t!(Lang::Vi, "shell.sound"));
    }
    let json = json!({
        "entries": verified.entries,
        "seals": verified.seals,
        "unsealed": verified.unsealed,
        "sound": sound,
        "findings": findings,
        "cells_off": cells.len(),
    });
    Ok(Said { text, json, found_fault: !sound })
}

pub(crate) async fn backup(place: Place, file: &Path, now: Timestamp) -> Result<Said> {
    let house = open(place, now).await?.house;
    let contents = db::backup(&house.db, file).await?;
    let rows: u64 = contents.tables.values().sum();
    let (tables, files, to) = (contents.tables.len(), contents.files, file.display().to_string());
    let text = t!(Lang::Vi, "shell.backed_up", rows = rows, tables = tables, files = files, file = to);
    Ok(Said::fine(text, serde_json::to_value(&contents)?))
}

/// Into an instance without records; its key file must be the one of the copy.
pub(crate) async fn restore(place: Place, file: &Path) -> Result<Said> {
    let vault = vault::Vault::open(&place.data)?;
    let db = db::Db::open(place).await?;
    let contents = db::restore(&db, file).await?;
    let mut tx = db.begin().await?;
    vault.bind(&mut tx).await?;
    tx.commit().await?;
    let rows: u64 = contents.tables.values().sum();
    let text = t!(Lang::Vi, "shell.restored", rows = rows, files = contents.files);
    Ok(Said::fine(text, serde_json::to_value(&contents)?))
}
