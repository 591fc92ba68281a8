//! The board of targets as a sheet: units down, each target's number and standing across.

use kernel::Lang;
use papers::{
    Format,
    sheet::{Cell, Column, Kind, Sheet, xlsx},
};
use records::{Snapshot, value::Directory as _};
use units::Unit;
use web::{Answer, Desk, Trouble, download, t};

use super::{
    Asked, TARGETS,
    asked::capital,
    board::{Rows, rule, shown, standing},
};
use crate::{Standing, Standings, TargetStatus};

pub(crate) async fn export(desk: Desk) -> Answer {
    let (house, heads, lang) = (super::house(&desk), super::heads(&desk), desk.lang);
    let snapshot = house.reading();
    let asked = Asked::read(&desk, &snapshot, TARGETS)?;
    let rows = Rows::of(&snapshot, &asked, desk.query().get("rows"));
    let mut tx = desk.read().await?;
    let standings = crate::board(&mut tx, &house, &snapshot, heads.as_ref(), asked.ask, &rows.units).await?;
    drop(tx);
    let title = t!(lang, "figures.targets_of", period = asked.period.label().in_lang(lang));
    let sheet = Sheet { name: t!(lang, "figures.targets"), columns: columns(lang, &snapshot, &standings) };
    let bytes = xlsx(&title, Some(desk.today), &sheet, lines(lang, &snapshot, &asked, &standings))
        .map_err(Trouble::internal)?;
    let unit = snapshot.code(asked.ask.unit.0, asked.day());
    download(&format!("chi-tieu-{}-{}.xlsx", unit.replace('/', "-"), asked.period), Format::Xlsx.media_type(), bytes)
}

fn columns(lang: Lang, snapshot: &Snapshot, standings: &Standings) -> Vec<Column> {
    let mut columns = vec![
        Column::new(t!(lang, "figures.unit_code"), 12, Kind::Text),
        Column::new(t!(lang, "figures.unit"), 32, Kind::Text),
        Column::new(t!(lang, "figures.targets_met"), 10, Kind::Text),
    ];
    for status in &standings.whole {
        let head = format!("{} ({})", status.label.in_lang(lang), rule(lang, snapshot, status));
        columns.push(Column::new(head, 28, Kind::Text));
        columns.push(Column::new(t!(lang, "figures.standing"), 16, Kind::Text));
    }
    columns
}

fn lines(lang: Lang, snapshot: &Snapshot, asked: &Asked, standings: &Standings) -> Vec<Vec<Cell>> {
    let day = asked.day();
    let line = |unit: Unit, all: &[TargetStatus]| {
        let bound = all.iter().filter(|status| status.bound);
        let met = bound.clone().filter(|status| status.state == Standing::Met).count();
        let mut cells = vec![
            Cell::Text(snapshot.code(unit.0, day)),
            Cell::Text(capital(&snapshot.tree.at(day).name(unit))),
            Cell::Text(format!("{met}/{}", bound.count())),
        ];
        for status in all {
            let (_, _, word) = standing(lang, status.state);
            let told = if status.bound { Cell::Text(word) } else { Cell::Blank };
            cells.extend([Cell::Text(shown(lang, status, status.bound)), told]);
        }
        cells
    };
    let whole = std::iter::once(line(asked.ask.unit, &standings.whole));
    whole.chain(standings.each.iter().map(|(unit, all)| line(*unit, all))).collect()
}
