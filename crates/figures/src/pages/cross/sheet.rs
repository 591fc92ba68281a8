//! The cross-table as a workbook, and as CSV that a spreadsheet reads by itself under a secret address.

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use kernel::Lang;
use papers::{
    Format,
    sheet::{Cell as Field, Column, Kind, Sheet, csv, xlsx},
};
use records::{Snapshot, value::Directory as _};
use std::sync::Arc;
use web::{Answer, Desk, Fields, Trouble, download, t};

use super::{
    super::{Asked, READ, house},
    code, line_label, readable, reckon, shaped,
};
use crate::{
    State, Value,
    cross::{Cell, Cross, Line, Parts},
    store,
};

/// The workbook of the table in the address.
pub(crate) async fn workbook(desk: Desk) -> Answer {
    let snapshot = house(&desk).reading();
    let asked = Asked::read(&desk, &snapshot, READ)?;
    let cross = reckon(&desk, &snapshot, &asked, &shaped(desk.query())).await??;
    let written = Written::of(desk.lang, &snapshot, &asked, &cross);
    let title = t!(desk.lang, "figures.cross");
    let bytes = xlsx(&title, Some(desk.today), &written.sheet, written.rows).map_err(Trouble::internal)?;
    let unit = snapshot.code(asked.ask.unit.0, asked.day()).replace('/', "-");
    download(&format!("bang-cheo-{unit}-{}.xlsx", asked.period), Format::Xlsx.media_type(), bytes)
}

/// A kept table, with the rights of whoever made the address, as of today.
pub(crate) async fn feed(mut desk: Desk, Path(token): Path<String>) -> Answer {
    let snapshot = house(&desk).reading();
    let mut tx = desk.read().await?;
    let found = store::feed(&mut tx, &people::address_hash(&token)).await?;
    let (table, account, seat) = found.ok_or(Trouble::NotFound)?;
    let kept = store::find(&mut tx, table).await?.ok_or(Trouble::NotFound)?;
    let who = people::reader(&mut tx, &snapshot.tree, account, seat, desk.now).await?.ok_or(Trouble::NotFound)?;
    drop(tx);
    desk.who = Some(Arc::new(who));
    // A program's table does not change with the language of a browser.
    desk.lang = Lang::Vi;
    if !super::kept::reads(&desk, &snapshot, &kept) {
        return Err(Trouble::NotFound);
    }
    let query = readable(&desk, &snapshot, &Fields::parse(&kept.query))?;
    let asked = Asked::of(&desk, &snapshot, READ, &query)?;
    let cross = reckon(&desk, &snapshot, &asked, &shaped(&query)).await??;
    let written = Written::of(desk.lang, &snapshot, &asked, &cross);
    let bytes = csv(&written.sheet, written.rows).map_err(Trouble::internal)?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let stored = HeaderValue::from_static("no-store");
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, stored)], bytes).into_response())
}

struct Written {
    sheet: Sheet,
    rows: Vec<Vec<Field>>,
}

impl Written {
    fn of(lang: Lang, snapshot: &Snapshot, asked: &Asked, cross: &Cross) -> Self {
        let (rows, columns) = (cross.lines(true), cross.lines(false));
        let coded = matches!(cross.rows, Parts::Units(_));
        let mut heads = Vec::new();
        if coded {
            heads.push(Column::new(t!(lang, "figures.unit_code"), 14, Kind::Text));
        }
        let one =
            cross.figures.first().filter(|_| cross.figures.len() == 1).and_then(|name| snapshot.pack.figure(name));
        let corner = one.map_or_else(|| t!(lang, "figures.cross"), |figure| figure.label().in_lang(lang).to_owned());
        heads.push(Column::new(corner, 40, Kind::Text));
        let label = |parts: &Parts, line: Line| {
            let label = line_label(lang, snapshot, asked, cross, parts, line);
            if is_share(cross, parts, line) { format!("{label} (%)") } else { label }
        };
        let mut places = Vec::with_capacity(columns.len());
        for column in &columns {
            let cells = rows.iter().map(|row| cross.cell(*row, *column));
            let most = cells.map(|cell| scale(&cell)).max().unwrap_or(0);
            let kind = if most == 0 { Kind::Integer } else { Kind::Decimal(most) };
            heads.push(Column::new(label(&cross.columns, *column), 18, kind));
            places.push(most);
        }
        let line = |row: &Line| {
            let mut cells = Vec::with_capacity(heads.len());
            if coded {
                cells.push(code(snapshot, asked, &cross.rows, *row).map_or(Field::Blank, Field::Text));
            }
            cells.push(Field::Text(label(&cross.rows, *row)));
            let numbers = columns.iter().zip(&places);
            cells.extend(numbers.map(|(column, places)| amount(&cross.cell(*row, *column), *places)));
            cells
        };
        let rows = rows.iter().map(line).collect();
        Self { sheet: Sheet { name: t!(lang, "figures.cross"), columns: heads }, rows }
    }
}

/// Whether a line is of a figure whose cells are percents.
fn is_share(cross: &Cross, parts: &Parts, line: Line) -> bool {
    let (Parts::Figures(_), Line::Part(place)) = (parts, line) else { return false };
    cross.is_share(place)
}

fn scale(cell: &Cell<'_>) -> u32 {
    match cell {
        Cell::Value(Value { percent: Some(_), .. }, _) => 1,
        Cell::Value(value, _) => value.places,
        Cell::Rest(_, places) => *places,
        Cell::NoTotal(_) | Cell::Blank => 0,
    }
}

/// A number in the steps of its column; a share as its percent. What is not known stays blank: it is no zero.
fn amount(cell: &Cell<'_>, places: u32) -> Field {
    let known = match cell {
        Cell::Value(value, _) if value.state == State::NoData => None,
        Cell::Value(value, _) => value.percent.or(value.value),
        Cell::Rest(amount, _) => Some(*amount),
        Cell::NoTotal(_) | Cell::Blank => None,
    };
    known.map_or(Field::Blank, |amount| Field::Number(amount * 10_i64.pow(places - scale(cell).min(places))))
}
