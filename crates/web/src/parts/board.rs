//! The board: units down, targets across. What fails speaks; what is met stays quiet; what is not known is a third thing.

use kernel::Lang;
use maud::{Markup, html};

use crate::{icon, t};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellState {
    Met,
    Missed,
    NoData,
    /// Outside the target's scope.
    Outside,
}

#[derive(Clone, Debug)]
pub struct Cell {
    pub state: CellState,
    /// `4/4`, `91,2%`, `đã làm`; of no data, nothing.
    pub shown: String,
    /// `thiếu 1`.
    pub gap: Option<String>,
    /// The records that make it.
    pub href: Option<String>,
}

#[derive(Clone, Debug)]
pub struct BoardColumn {
    pub title: String,
    /// `≥ 01 cuộc`.
    pub rule: String,
    /// Opens who is missing.
    pub href: Option<String>,
    pub open: bool,
}

#[derive(Clone, Debug)]
pub struct BoardRow {
    pub name: String,
    pub href: Option<String>,
    /// Targets met, of how many in scope.
    pub met: (usize, usize),
    pub cells: Vec<Cell>,
}

/// Rows come failing first.
#[derive(Clone, Debug)]
pub struct Board {
    pub caption: String,
    /// What a row is: đơn vị.
    pub first: String,
    pub columns: Vec<BoardColumn>,
    /// The whole scope, first of all rows.
    pub total: Option<BoardRow>,
    pub rows: Vec<BoardRow>,
}

pub fn board(lang: Lang, board: &Board) -> Markup {
    html! {
        div.panel {
            table.tbl.board.cards role="table" {
                caption.vh { (board.caption) }
                thead role="rowgroup" {
                    tr role="row" {
                        th role="columnheader" scope="col" { (board.first) }
                        @for column in &board.columns {
                            th.sel[column.open] role="columnheader" scope="col" {
                                @match &column.href { Some(href) => { a href=(href) { (column.title) } } None => { (column.title) } }
                                small { (column.rule) }
                            }
                        }
                    }
                }
                tbody role="rowgroup" {
                    @if let Some(total) = &board.total { (row(lang, board, total, true)) }
                    @for unit in &board.rows { (row(lang, board, unit, false)) }
                }
            }
        }
        p.soft.s.row {
            span { (icon("check")) " " (t!(lang, "web.met")) }
            span { (icon("x")) " " (t!(lang, "web.missed_legend")) }
            span { (icon("minus")) " " (t!(lang, "web.no_data")) }
            span { (t!(lang, "web.board_hint")) }
        }
    }
}

fn row(lang: Lang, board: &Board, unit: &BoardRow, total: bool) -> Markup {
    let (met, of) = unit.met;
    html! {
        // On a telephone only what fails is shown, so a row without failure goes whole.
        tr.sum[total].all[!total && met == of] role="row" {
            th role="rowheader" scope="row" {
                @if !total { small { (met) "/" (of) } }
                @match &unit.href { Some(href) => { a href=(href) { (unit.name) } } None => { (unit.name) } }
            }
            @for (cell, column) in unit.cells.iter().zip(&board.columns) { (draw(lang, cell, &column.title)) }
        }
    }
}

fn draw(lang: Lang, cell: &Cell, column: &str) -> Markup {
    let (class, drawing, word) = match cell.state {
        CellState::Met => ("met", "check", t!(lang, "web.met")),
        CellState::Missed => ("miss", "x", t!(lang, "web.missed")),
        CellState::NoData => ("none", "minus", t!(lang, "web.no_data")),
        CellState::Outside => ("met soft", "", t!(lang, "web.outside")),
    };
    let inside = html! {
        @if !drawing.is_empty() { (icon(drawing)) }
        span {
            @if cell.state == CellState::NoData || cell.shown.is_empty() { (word) }
            @else { span.vh { (word) ": " } (cell.shown) }
            @if let Some(gap) = &cell.gap { small { " " (gap) } }
        }
    };
    html! {
        td class=(class) role="cell" data-l=(column) {
            @match &cell.href { Some(href) => { a href=(href) { (inside) } } None => { span { (inside) } } }
        }
    }
}
