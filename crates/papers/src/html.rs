//! A paper as a page: the document sheet of the look, with its figure links and prose slots; and as a file that stands alone.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    Align, Block, Chart, Face, Figure, HeadCell, Inline, Mark, Paper, Row, RowKind, Slot, Table,
    layout::{Blank, Lines},
    leads_somewhere,
};

/// A draft's prose slots show where they may be written: the word of the link and where it leads, by slot.
pub struct Edit<'a> {
    pub word: &'a str,
    pub href: &'a dyn Fn(&str) -> String,
}

/// The document sheet. With `edit` it is a draft: slots carry their rule, label and link.
pub fn html(paper: &Paper, edit: Option<&Edit<'_>>) -> Markup {
    let lines = paper.lines(Blank::Ellipsis);
    let page = Page { edit, links: true };
    html! {
        article.doc.panel aria-label=(lines.title) { (page.sheet(paper, &lines)) }
    }
}

/// Blocks alone, as a page may want to show what was written in one slot.
pub fn html_blocks(blocks: &[Block]) -> Markup {
    Page { edit: None, links: true }.blocks(blocks, 0)
}

/// A chart with its table behind it.
pub fn html_chart(chart: &Chart) -> Markup {
    Page { edit: None, links: true }.chart(chart)
}

/// A file that stands alone. Links within the system are left out, for they lead nowhere from a file.
pub fn html_page(paper: &Paper) -> String {
    let lines = paper.lines(Blank::Ellipsis);
    let page = Page { edit: None, links: false };
    let markup = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (lines.title) }
                style { (PreEscaped(include_str!("paper.css"))) }
            }
            body { main.doc { (page.sheet(paper, &lines)) } }
        }
    };
    markup.into_string()
}

struct Page<'a> {
    edit: Option<&'a Edit<'a>>,
    /// Links within the system, not only those to the world outside.
    links: bool,
}

impl Page<'_> {
    fn sheet(&self, paper: &Paper, lines: &Lines) -> Markup {
        html! {
            @if let Some(note) = &lines.note { p.flag { (note) } }
            (motto(lines))
            @if !lines.kind.is_empty() {
                div.title {
                    p { b { (lines.kind) } }
                    @for (place, line) in lines.about.iter().enumerate() {
                        @let last = !lines.party && place + 1 == lines.about.len();
                        p class=[ruled(last)] { b { (line) } }
                    }
                    @if lines.party { p { "-----" } }
                }
            }
            @if !lines.to.is_empty() { p.for { "Kính gửi: " (lines.to.join("; ")) } }
            (self.blocks(&paper.body, 0))
            (ending(lines))
            @for (annex, head) in paper.annexes.iter().zip(&lines.annexes) {
                section.annex {
                    div.title {
                        p { b { (head.name) } }
                        @if !head.title.is_empty() { p { b { (head.title) } } }
                        p { i { (head.with) } }
                    }
                    (self.blocks(&annex.body, 0))
                }
            }
        }
    }

    fn blocks(&self, blocks: &[Block], depth: usize) -> Markup {
        html! { @for block in blocks { (self.block(block, depth)) } }
    }

    fn block(&self, block: &Block, depth: usize) -> Markup {
        match block {
            Block::Heading { level, text, id } => heading(*level, text, id),
            Block::Paragraph { text } => html! { p { (self.words(text)) } (self.notes(text)) },
            Block::Centred { text } => html! { p.mid { (self.words(text)) } },
            Block::List { ordered: true, items } => html! {
                ol { @for item in items { li { (self.item(item, depth)) } } }
            },
            Block::List { ordered: false, items } => html! {
                ul { @for item in items { li { (self.item(item, depth)) } } }
            },
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Slot(slot) => self.slot(slot),
            Block::PageBreak => html! {},
        }
    }

    /// An item of one line needs no paragraph.
    fn item(&self, blocks: &[Block], depth: usize) -> Markup {
        match blocks {
            [Block::Paragraph { text }, rest @ ..] => html! {
                (self.words(text)) (self.notes(text)) (self.blocks(rest, depth + 1))
            },
            _ => self.blocks(blocks, depth + 1),
        }
    }

    fn slot(&self, slot: &Slot) -> Markup {
        let text = slot.text.as_deref().unwrap_or_default();
        let Some(edit) = self.edit else {
            return self.blocks(text, 0);
        };
        html! {
            div.slot id={ "slot-" (slot.id) } {
                @let to = (edit.href)(&slot.id);
                small { (slot.label) @if !to.is_empty() { ". " a href=(to) { (edit.word) } } }
                (self.blocks(text, 0))
            }
        }
    }

    fn words(&self, text: &[Inline]) -> Markup {
        html! { @for inline in text { (self.inline(inline)) } }
    }

    fn inline(&self, inline: &Inline) -> Markup {
        match inline {
            Inline::Text { text, bold: true, italic: true } => html! { b { i { (text) } } },
            Inline::Text { text, bold: true, .. } => html! { b { (text) } },
            Inline::Text { text, italic: true, .. } => html! { i { (text) } },
            Inline::Text { text, .. } => html! { (text) },
            Inline::Figure(figure) => self.figure(figure),
            Inline::Link { text, href } if self.follows(href) => html! { a href=(href) { (text) } },
            Inline::Link { text, .. } => html! { (text) },
            Inline::Break => html! { br; },
        }
    }

    fn figure(&self, figure: &Figure) -> Markup {
        let class = if figure.mark == Some(Mark::Returned) { "fig warn" } else { "fig" };
        html! {
            @if let Some(href) = figure.href.as_deref().filter(|href| self.follows(href)) {
                a class=(class) href=(href) { (figure.shown) }
            } @else {
                (figure.shown)
            }
        }
    }

    fn follows(&self, href: &str) -> bool {
        leads_somewhere(href) && (self.links || href.contains(':'))
    }

    /// What is to be said of the figures in these lines, below them.
    fn notes(&self, text: &[Inline]) -> Markup {
        let said = text.iter().filter_map(|inline| match inline {
            Inline::Figure(figure) if self.links && (figure.mark.is_some() || !figure.note.is_empty()) => Some(figure),
            _ => None,
        });
        html! {
            @for figure in said {
                div.note.warn {
                    p {
                        @match &figure.mark {
                            Some(Mark::Returned) => { b { "Số " (figure.shown) " bị trả lại." } " " }
                            Some(Mark::Restated { now }) => { b { (figure.shown) " → " (now) "." } " " }
                            None => {}
                        }
                        (self.words(&figure.note))
                    }
                }
            }
        }
    }

    fn table(&self, table: &Table) -> Markup {
        let (totals, rows): (Vec<&Row>, Vec<&Row>) = split_totals(&table.rows);
        html! {
            div.pan {
                table.tbl {
                    @if let Some(caption) = &table.caption { caption { (caption) } }
                    thead {
                        @for heads in table.head_rows() {
                            tr {
                                @for cell in heads {
                                    (head(cell))
                                }
                            }
                        }
                    }
                    tbody { @for row in rows { (self.row(table, row)) } }
                    @if !totals.is_empty() { tfoot { @for row in totals { (self.row(table, row)) } } }
                }
            }
            @for row in &table.rows { @for cell in &row.cells { (self.notes(cell)) } }
        }
    }

    fn row(&self, table: &Table, row: &Row) -> Markup {
        let count = table.columns.len();
        let class = match row.kind {
            RowKind::Plain => None,
            RowKind::Group => Some("grp"),
            RowKind::Total => Some("sum"),
        };
        html! {
            tr class=[class] {
                @for (place, cell) in row.cells.iter().enumerate() {
                    @let span = row.span(place, count);
                    @let align = table.columns.get(place).map(|column| column.align).filter(|_| span == 1);
                    @let side = match align { Some(Align::End) => Some("num"), Some(Align::Center) => Some("mid"), _ => None };
                    @if row.kind == RowKind::Group {
                        th scope="rowgroup" class=[side] colspan=[over_one(span)] { (self.words(cell)) }
                    } @else {
                        td class=[side] colspan=[over_one(span)] { (self.words(cell)) }
                    }
                }
            }
        }
    }

    fn chart(&self, chart: &Chart) -> Markup {
        let table = Table { caption: None, ..chart.table() };
        html! {
            figure.plot {
                figcaption { (chart.title) }
                @if let Ok(svg) = chart.svg(if self.links { Face::Screen } else { Face::Paper }) {
                    (PreEscaped(svg))
                    details { summary { "Bảng số liệu" } (self.table(&table)) }
                } @else {
                    (self.table(&table))
                }
            }
        }
    }
}

/// A head without words is a corner, not a head.
fn head(cell: HeadCell<'_>) -> Markup {
    let (across, down) = (over_one(cell.span), over_one(cell.depth));
    let scope = if cell.span > 1 { "colgroup" } else { "col" };
    html! {
        @if cell.head.is_empty() {
            td colspan=[across] rowspan=[down] {}
        } @else {
            th scope=(scope) colspan=[across] rowspan=[down] { (cell.head) }
        }
    }
}

fn motto(lines: &Lines) -> Markup {
    let last = lines.body.len().saturating_sub(1);
    html! {
        div.motto {
            div {
                @if let Some(superior) = &lines.superior { p { (superior) } }
                @for (place, line) in lines.body.iter().enumerate() {
                    p class=[ruled(place == last && !lines.party)] { b { (line) } }
                }
                @if lines.party { p { "*" } }
            }
            div {
                p class=[ruled(lines.party)] { b { (lines.nation) } }
                @if let Some(motto) = lines.motto { p.line { b { (motto) } } }
            }
            p { (lines.number) @if let Some(subject) = &lines.subject { br; (subject) } }
            p { i { (lines.dated) } }
        }
    }
}

fn ending(lines: &Lines) -> Markup {
    let signs = !lines.authority.is_empty() || !lines.post.is_empty() || lines.name.is_some();
    html! {
        @if signs || !lines.recipients.is_empty() {
            div.ending {
                div.copies {
                    @if !lines.recipients.is_empty() {
                        p { @if lines.party { u { "Nơi nhận:" } } @else { b { i { "Nơi nhận:" } } } }
                        @for line in &lines.recipients { p { (line) } }
                    }
                }
                div.sign {
                    p {
                        @for line in &lines.authority { b { (line) } br; }
                        @if lines.party { (lines.post) } @else { b { (lines.post) } }
                    }
                    @if let Some(name) = &lines.name { p { b { (name) } } }
                }
            }
        }
    }
}

fn heading(level: u8, text: &str, id: &str) -> Markup {
    let id = (!id.is_empty()).then_some(id);
    match level {
        0 | 1 => html! { h2 id=[id] { (text) } },
        2 => html! { h3 id=[id] { (text) } },
        3 => html! { h4 id=[id] { (text) } },
        _ => html! { h5 id=[id] { (text) } },
    }
}

/// A drawn line stands below.
fn ruled(is: bool) -> Option<&'static str> {
    is.then_some("rule")
}

fn over_one(span: usize) -> Option<usize> {
    (span > 1).then_some(span)
}

/// Totals at the end are the table's foot; one in the middle stays where it is.
fn split_totals(rows: &[Row]) -> (Vec<&Row>, Vec<&Row>) {
    let tail = rows.iter().rev().take_while(|row| row.kind == RowKind::Total).count();
    let (body, foot) = rows.split_at(rows.len() - tail);
    (foot.iter().collect(), body.iter().collect())
}
