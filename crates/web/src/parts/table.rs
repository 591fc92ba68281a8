//! Tables of records, and what stands around them: views, filters, acts on a selection, pages.

use kernel::{Lang, number::grouped};
use maud::{Markup, html};

use crate::{Fields, icon, t};

/// A column.
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub label: String,
    /// The name it is sorted by, if it can be.
    pub sort: Option<String>,
    pub number: bool,
    /// The one column whose text wraps; the others hold together.
    pub main: bool,
    pub soft: bool,
    /// On a card, before the value: only where the value does not explain itself.
    pub card_label: Option<String>,
}

impl Head {
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    #[must_use]
    pub fn sort(mut self, name: impl Into<String>) -> Self {
        self.sort = Some(name.into());
        self
    }

    #[must_use]
    pub fn number(mut self) -> Self {
        self.number = true;
        self
    }

    #[must_use]
    pub fn main(mut self) -> Self {
        self.main = true;
        self
    }

    #[must_use]
    pub fn soft(mut self) -> Self {
        self.soft = true;
        self
    }

    #[must_use]
    pub fn card_label(mut self, label: impl Into<String>) -> Self {
        self.card_label = Some(label.into());
        self
    }

    fn class(&self) -> String {
        let mut class: Vec<&str> = Vec::new();
        if self.number {
            class.push("num");
        } else if self.main {
            class.push("c-main");
        } else {
            class.push("nw");
        }
        if self.soft {
            class.push("soft");
        }
        class.join(" ")
    }
}

#[derive(Clone, Debug, Default)]
pub struct Row {
    pub cells: Vec<Markup>,
    /// The value sent when the row is ticked, and what the box is called.
    pub select: Option<(String, String)>,
}

impl Row {
    pub fn new(cells: Vec<Markup>) -> Self {
        Self { cells, select: None }
    }
}

/// Rows under one heading; a table without headings has one group with an empty label.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub label: String,
    pub rows: Vec<Row>,
}

/// How a list is sorted now, and the address that its links change: `sort=name` or `sort=-name`.
pub struct Sort<'a> {
    pub by: &'a str,
    pub falling: bool,
    pub path: &'a str,
    pub query: &'a Fields,
}

#[derive(Default)]
pub struct Table<'a> {
    /// Said to those who do not see it.
    pub caption: String,
    pub heads: Vec<Head>,
    pub groups: Vec<Group>,
    /// The sum: a label over all columns but the numbers, which follow.
    pub sum: Option<(String, Vec<Markup>)>,
    pub sort: Option<Sort<'a>>,
    /// Rows carry boxes of this name.
    pub select: Option<&'a str>,
}

/// A table on a desk, a list of cards on a telephone: the roles are written out, because cards lose them.
pub fn table(lang: Lang, table: &Table<'_>) -> Markup {
    let width = table.heads.len() + usize::from(table.select.is_some());
    html! {
        table.tbl.cards role="table" data-select=[table.select.map(|_| t!(lang, "web.select_all"))] {
            caption.vh { (table.caption) }
            thead role="rowgroup" {
                tr role="row" {
                    @if table.select.is_some() { th role="columnheader" scope="col" { span.vh { (t!(lang, "web.select")) } } }
                    @for head in &table.heads { (heading(table.sort.as_ref(), head)) }
                }
            }
            @for group in &table.groups {
                tbody role="rowgroup" {
                    @if !group.label.is_empty() {
                        tr.grp role="row" {
                            th role="rowheader" scope="rowgroup" colspan=(width) {
                                (group.label) " " span.soft { (grouped(i64::try_from(group.rows.len()).unwrap_or(0))) }
                            }
                        }
                    }
                    @for row in &group.rows { (line(lang, table, row)) }
                }
            }
            @if let Some((label, sums)) = &table.sum {
                tfoot role="rowgroup" {
                    tr role="row" {
                        th role="rowheader" scope="row" colspan=(width.saturating_sub(sums.len()).max(1)) { (label) }
                        @for sum in sums { td.num role="cell" { (sum) } }
                    }
                }
            }
        }
    }
}

fn heading(sort: Option<&Sort<'_>>, head: &Head) -> Markup {
    let linked = sort.zip(head.sort.as_deref());
    let order = linked.filter(|(sort, name)| sort.by == *name).map(|(sort, _)| sort.falling);
    let aria = order.map(|falling| if falling { "descending" } else { "ascending" });
    html! {
        th role="columnheader" scope="col" class=[head.number.then_some("num")] aria-sort=[aria] {
            @if let Some((sort, name)) = linked {
                @let next = if order == Some(false) { format!("-{name}") } else { name.to_owned() };
                a href=(sort.query.without("after").with("sort", &next).href(sort.path)) {
                    (head.label)
                    @if let Some(falling) = order { (icon(if falling { "chevron-down" } else { "chevron-up" })) }
                }
            } @else { (head.label) }
        }
    }
}

fn line(lang: Lang, table: &Table<'_>, row: &Row) -> Markup {
    html! {
        tr role="row" {
            @if let Some(name) = table.select {
                td role="cell" {
                    @if let Some((value, label)) = &row.select {
                        input type="checkbox" name=(name) value=(value) aria-label=(t!(lang, "web.select_one", name = label));
                    }
                }
            }
            @for (cell, head) in row.cells.iter().zip(&table.heads) {
                td role="cell" class=(head.class()) data-l=[&head.card_label] { (cell) }
            }
        }
    }
}

/// Saved views as tabs: label with count, address, whether it is the one in hand.
pub fn tabs(label: &str, tabs: &[(String, String, bool)]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for (name, href, current) in tabs { a href=(href) aria-current=[current.then_some("page")] { (name) } }
        }
    }
}

/// A condition that is on, and the address without it.
#[derive(Clone, Debug)]
pub struct Chip {
    pub label: String,
    pub href: String,
}

/// The conditions of a list: a form that changes the address, then what is on.
pub fn filters(lang: Lang, action: &str, controls: &Markup, chips: &[Chip], save: Option<&str>) -> Markup {
    html! {
        // On a telephone the conditions are folded until they are asked for or in use.
        input.fold.vh type="checkbox" id="filters-open" checked[!chips.is_empty()];
        label.btn for="filters-open" { (icon("list-filter")) (t!(lang, "web.filter_list")) }
        form.filters action=(action) aria-label=(t!(lang, "web.filter_list")) {
            (controls)
            button.btn type="submit" { (icon("list-filter")) (t!(lang, "web.filter")) }
        }
        @if !chips.is_empty() {
            div.row.s.screen {
                span.soft { (t!(lang, "web.filtered")) }
                @for chip in chips {
                    a.chip href=(chip.href) { span.vh { (t!(lang, "web.drop_filter")) " " } (chip.label) (icon("x")) }
                }
                a href=(action) { (t!(lang, "web.drop_filters")) }
                @if let Some(save) = save { span.soft { "·" } a href=(save) { (t!(lang, "web.save_view")) } }
            }
        }
    }
}

/// Acts on the ticked rows; always there, because nothing but the form knows what is ticked.
pub fn bulk(lang: Lang, controls: &Markup) -> Markup {
    html! { div.bar-end.row { span { (t!(lang, "web.with_selected")) " " span data-chosen {} } (controls) } }
}

/// Where a page of a list stands. Pages go by key, so there is a next and a first, no number 7.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    pub from: i64,
    pub to: i64,
    /// How many there are, and whether they were counted to the end.
    pub whole: Option<(i64, bool)>,
    pub first: Option<String>,
    pub next: Option<String>,
    /// Anything said at the left beside the count.
    pub note: Option<String>,
}

pub fn pager(lang: Lang, pager: &Pager) -> Markup {
    let (from, to) = (grouped(pager.from), grouped(pager.to));
    let shown = match pager.whole {
        Some((whole, true)) => t!(lang, "web.page_of", from = from, to = to, whole = grouped(whole)),
        Some((whole, false)) => t!(lang, "web.page_of_more", from = from, to = to, whole = grouped(whole)),
        None => t!(lang, "web.page_open", from = from, to = to),
    };
    html! {
        nav.pager.row.between aria-label=(t!(lang, "web.pages")) {
            span { (shown) @if let Some(note) = &pager.note { ". " (note) } }
            span.row {
                @if let Some(first) = &pager.first { a href=(first) { (t!(lang, "web.first_page")) } }
                @if let Some(next) = &pager.next { a href=(next) rel="next" { (t!(lang, "web.next_page")) } }
            }
        }
    }
}
