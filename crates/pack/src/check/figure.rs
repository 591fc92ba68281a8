//! Checks of a register's figures: one thing counted, at moments that exist, over fields that can.

use kernel::Refusal;

use super::{
    Sheet,
    lifecycle::moment,
    register::{field, wrong_type},
    typing::private_used,
};
use crate::{
    figure::{Figure, Shape},
    register::{FieldType, Register},
};

/// Breakdowns that are no fields.
const OF_THE_RECORD: &[&str] = &["state", "unit.level", "unit.kind"];

pub(super) fn check(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    sheet.elements(&["figure"], register.figures.iter().map(|figure| (figure.id.as_str(), figure.label.vi.as_str())));
    for figure in &register.figures {
        what(sheet, register, figure);
        when(sheet, register, figure);
        whose(sheet, register, figure);
        breakdown(sheet, register, figure);
    }
}

/// What it counts, sums or reads.
fn what(sheet: &mut Sheet<'_, '_, '_>, register: &Register, figure: &Figure) {
    let at = |key: &'static str| ["figure", figure.id.as_str(), key];
    let named = [&figure.count, &figure.sum, &figure.reading, &figure.overdue];
    if named.iter().filter(|one| one.is_some()).count() != 1 {
        sheet.fault(&["figure", &figure.id], Refusal::new("pack.figure_what").with("figure", &figure.id));
    }
    match figure.count.as_deref().map(|count| (count, count.strip_prefix("rows:"))) {
        None | Some(("records", _)) => {}
        Some((_, Some(rows))) if register.rows(rows).is_some() => {}
        Some((_, Some(rows))) => {
            let known: Vec<&str> = register.rows.iter().map(|rows| rows.id.as_str()).collect();
            sheet.unknown(&at("count"), "pack.unknown_rows", rows, &known);
        }
        Some((count, None)) => sheet.fault(&at("count"), Refusal::new("pack.figure_count").with("count", count)),
    }
    if let Some(sum) = &figure.sum
        && let Some(field) = field(sheet, register, &at("sum"), sum, &[])
    {
        if field.private {
            sheet.fault(&at("sum"), private_used(sum));
        } else if !field.kind.summable() {
            let want = [FieldType::Count, FieldType::Quantity, FieldType::Money];
            sheet.fault(&at("sum"), wrong_type(sum, field.kind, &want));
        }
    }
    if let Some(reading) = &figure.reading
        && let Some(field) = field(sheet, register, &at("reading"), reading, &[])
        && !field.kind.readable()
    {
        let want = [FieldType::Rank, FieldType::Percent, FieldType::Count, FieldType::Quantity, FieldType::Money];
        sheet.fault(&at("reading"), wrong_type(reading, field.kind, &want));
    }
    if let Some(clock) = figure.overdue.as_ref().filter(|clock| register.clock(clock).is_none()) {
        let known: Vec<&str> = register.clocks.iter().map(|clock| clock.id.as_str()).collect();
        sheet.unknown(&at("overdue"), "pack.unknown_clock", clock, &known);
    }
}

/// The moments of its facts.
fn when(sheet: &mut Sheet<'_, '_, '_>, register: &Register, figure: &Figure) {
    let at = |key: &'static str| ["figure", figure.id.as_str(), key];
    let rows = figure.rows();
    let moments = [
        ("day", &figure.day),
        ("since", &figure.since),
        ("from", &figure.from),
        ("to", &figure.to),
        ("through", &figure.through),
    ];
    for (key, text) in moments.iter().filter_map(|(key, text)| Some((*key, text.as_deref()?))) {
        moment(sheet, register, &at(key), text, rows);
    }
    if figure.to.is_some() && figure.through.is_some() {
        sheet.fault(&at("through"), Refusal::new("pack.two_ends").with("figure", &figure.id));
    }
    if figure.from.is_none() && (figure.to.is_some() || figure.through.is_some()) {
        let key = if figure.to.is_some() { "to" } else { "through" };
        sheet.fault(&at(key), Refusal::new("pack.end_without_beginning").with("figure", &figure.id));
    }
    let stock = figure.shape() == Shape::Stock;
    if stock && figure.day.is_some() {
        sheet.fault(&at("day"), Refusal::new("pack.flow_and_stock").with("figure", &figure.id));
    }
    if stock && figure.since.is_some() {
        sheet.fault(&at("since"), Refusal::new("pack.stock_has_no_since").with("figure", &figure.id));
    }
    if figure.reading.is_some() && figure.from.is_some() {
        sheet.fault(&at("from"), Refusal::new("pack.reading_is_no_stock").with("figure", &figure.id));
    }
}

/// The units and subjects it counts for.
fn whose(sheet: &mut Sheet<'_, '_, '_>, register: &Register, figure: &Figure) {
    let at = |key: &'static str| ["figure", figure.id.as_str(), key];
    if let Some(unit) = &figure.unit
        && within(sheet, figure, &at("unit"), unit)
    {
        field(sheet, register, &at("unit"), unit, &[FieldType::Place, FieldType::Body]);
    }
    if let Some(subject) = &figure.subject
        && within(sheet, figure, &at("subject"), subject)
    {
        field(sheet, register, &at("subject"), subject, &[FieldType::Post, FieldType::Link]);
    }
}

fn breakdown(sheet: &mut Sheet<'_, '_, '_>, register: &Register, figure: &Figure) {
    let at = ["figure", figure.id.as_str(), "by"];
    for (place, by) in figure.by.iter().enumerate() {
        if figure.by[..place].contains(by) {
            sheet.fault(&at, Refusal::new("pack.twice").with("id", by));
        }
        if OF_THE_RECORD.contains(&by.as_str()) || !within(sheet, figure, &at, by) {
            continue;
        }
        let Some(field) = field(sheet, register, &at, by, &[]) else { continue };
        if field.private {
            sheet.fault(&at, private_used(by));
        } else if !divides(field.kind) {
            let refusal = Refusal::new("pack.by_not_possible").with("field", by);
            sheet.fault(&at, refusal.with("type", field.kind.name()));
        }
    }
}

/// A short text may name the thing that is counted: a road.
fn divides(kind: FieldType) -> bool {
    matches!(
        kind,
        FieldType::Text
            | FieldType::Choice
            | FieldType::Choices
            | FieldType::Topic
            | FieldType::YesNo
            | FieldType::Year
            | FieldType::Place
            | FieldType::Body
    )
}

/// A field of child rows can stand only in a figure that counts these rows.
fn within(sheet: &mut Sheet<'_, '_, '_>, figure: &Figure, at: &[&str], path: &str) -> bool {
    let outside = path.split_once('.').is_some_and(|(rows, _)| figure.rows() != Some(rows));
    if outside {
        sheet.fault(at, Refusal::new("pack.no_row_here").with("name", path));
    }
    !outside
}
