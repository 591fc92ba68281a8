//! The numbers of a table: what a row counts, and of when and against what each column tells.

use super::{
    Line,
    found::{Amount, Compares, Found, digits},
    when::mentions,
    words::tokens,
};

/// Of when a column tells, and whether of results.
#[derive(Default)]
pub(super) struct Head {
    promise: bool,
    compares: Option<Compares>,
    period: Option<String>,
}

pub(super) fn head(cell: &str) -> Head {
    let low = cell.to_lowercase();
    let says = |cues: &[&str]| cues.iter().any(|cue| low.contains(cue));
    let compares = match () {
        () if says(&["tăng", "giảm", "so với", "% kế hoạch", "lũy kế", "luỹ kế", "kỳ trước", "kỳ sau"]) => {
            Some(Compares::Other)
        }
        () if says(&["cùng kỳ", "năm trước"]) => Some(Compares::YearBefore),
        () => None,
    };
    let said = mentions(&tokens(cell)).into_iter().find(|one| !one.named).map(|one| one.period);
    Head {
        promise: says(&["chỉ tiêu", "mức giao", "kế hoạch"]), compares, period: said.filter(|_| compares.is_none())
    }
}

/// The numbers of a table's row.
pub(super) fn cells_of(
    line: &Line,
    (table, row): (usize, usize),
    cells: &[String],
    heads: &[Head],
    place: usize,
) -> Vec<Found> {
    let mut found = Vec::new();
    let plain = Head::default();
    for (column, cell) in cells.iter().enumerate().skip(1) {
        let bare = cell.trim().trim_end_matches('%').trim_end();
        let Some((n, places)) = digits(bare) else { continue };
        let amount = Amount { n, places, scale: 1 };
        let percent = cell.trim().ends_with('%');
        let head = heads.get(column).unwrap_or(&plain);
        found.push(Found {
            line: line.number,
            text: cell.trim().to_owned(),
            value: Some(amount).filter(|_| !percent),
            percent: Some(amount).filter(|_| percent),
            noun: cells.iter().find(|cell| cell.chars().any(char::is_alphabetic)).cloned().unwrap_or_default(),
            sentence: line.text.clone(),
            place,
            promise: head.promise,
            compares: head.compares,
            period: head.period.clone(),
            cell: Some((table, row, column)),
            ..Found::default()
        });
    }
    found
}
