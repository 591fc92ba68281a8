//! Markdown both ways: what people write in a prose slot becomes blocks; a paper becomes a plain file.

use std::fmt::Write as _;

use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd};

use crate::{Align, Block, Column, Inline, Paper, Row, Slot, Table, layout::Blank, leads_somewhere, plain};

/// Reads headings, paragraphs, emphasis, links, lists and tables; anything else stays as the words it is.
pub fn from_markdown(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reader.take(event);
    }
    reader.paragraph();
    reader.blocks
}

/// The blocks read so far at this depth; `lists` keeps those around it.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    lists: Vec<OpenList>,
    line: Vec<Inline>,
    bold: u8,
    italic: u8,
    link: Option<(String, usize)>,
    table: Table,
    cells: Vec<Vec<Inline>>,
}

/// A list being read, and what stood before it.
struct OpenList {
    ordered: bool,
    items: Vec<Vec<Block>>,
    before: Vec<Block>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text)
            | Event::Code(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.words(&text),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.line.push(Inline::Break),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.paragraph();
                let before = std::mem::take(&mut self.blocks);
                self.lists.push(OpenList { ordered: first.is_some(), items: Vec::new(), before });
            }
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.to_string(), self.line.len())),
            Tag::Table(aligns) => {
                self.table = Table {
                    columns: aligns
                        .into_iter()
                        .map(|align| Column { align: side(align), ..Column::new("", 1) })
                        .collect(),
                    ..Table::default()
                };
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let text = plain(&std::mem::take(&mut self.line));
                self.blocks.push(Block::heading(level as u8, text));
            }
            TagEnd::Item => {
                self.paragraph();
                let item = std::mem::take(&mut self.blocks);
                if let Some(list) = self.lists.last_mut() {
                    list.items.push(item);
                }
            }
            TagEnd::List(_) => {
                if let Some(OpenList { ordered, items, before }) = self.lists.pop() {
                    self.blocks = before;
                    self.blocks.push(Block::List { ordered, items });
                }
            }
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Link => self.close_link(),
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.line)),
            TagEnd::TableHead => {
                for (column, head) in self.table.columns.iter_mut().zip(std::mem::take(&mut self.cells)) {
                    column.head = plain(&head);
                }
            }
            TagEnd::TableRow => {
                let cells = std::mem::take(&mut self.cells);
                self.table.rows.push(Row::new(cells));
            }
            TagEnd::Table => {
                let mut table = std::mem::take(&mut self.table);
                share_by_words(&mut table);
                self.blocks.push(Block::Table(table));
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::BlockQuote(_) => self.paragraph(),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        let after = self.link.as_ref().map_or(0, |(_, start)| *start);
        let last = if self.line.len() > after { self.line.last_mut() } else { None };
        match last {
            Some(Inline::Text { text: words, bold: b, italic: i }) if (*b, *i) == (bold, italic) => {
                words.push_str(text);
            }
            _ => self.line.push(Inline::Text { text: text.to_owned(), bold, italic }),
        }
    }

    fn close_link(&mut self) {
        if let Some((href, start)) = self.link.take()
            && leads_somewhere(&href)
        {
            let text = plain(&self.line.split_off(start));
            self.line.push(Inline::Link { text, href });
        }
    }

    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.line);
        if !plain(&text).trim().is_empty() {
            self.blocks.push(Block::Paragraph { text });
        }
    }
}

fn side(align: Alignment) -> Align {
    match align {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}

/// A column is as wide as its longest cell, within bounds, so that one long text does not starve the rest.
fn share_by_words(table: &mut Table) {
    for (place, column) in table.columns.iter_mut().enumerate() {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(place));
        let longest = cells.map(|cell| plain(cell).chars().count()).chain([column.head.chars().count()]).max();
        column.share = u16::try_from(longest.unwrap_or(1).clamp(4, 40)).unwrap_or(40);
    }
}

/// The paper as a plain Markdown file.
pub fn markdown(paper: &Paper) -> String {
    let lines = paper.lines(Blank::Ellipsis);
    let mut out = String::new();
    let top = lines.superior.iter().cloned().chain([lines
        .body
        .iter()
        .map(|line| format!("**{line}**"))
        .collect::<Vec<_>>()
        .join("\\\n")]);
    let left: Vec<String> = top.chain([lines.number.clone()]).chain(lines.subject.clone()).collect();
    let right: Vec<String> = [format!("**{}**", lines.nation)]
        .into_iter()
        .chain(lines.motto.map(|motto| format!("**{motto}**")))
        .chain([format!("*{}*", lines.dated)])
        .collect();
    paragraph(&mut out, &left.join("\\\n"));
    paragraph(&mut out, &right.join("\\\n"));
    if !lines.kind.is_empty() {
        paragraph(&mut out, &format!("# {}", escape(&lines.kind)));
        paragraph(
            &mut out,
            &lines.about.iter().map(|line| format!("**{}**", escape(line))).collect::<Vec<_>>().join("\\\n"),
        );
    }
    if !lines.to.is_empty() {
        paragraph(&mut out, &format!("Kính gửi: {}", escape(&lines.to.join("; "))));
    }
    blocks(&mut out, &paper.body, "");
    let signed: Vec<String> = lines
        .authority
        .iter()
        .chain([&lines.post])
        .chain(&lines.name)
        .filter(|line| !line.is_empty())
        .map(|line| format!("**{}**", escape(line)))
        .collect();
    paragraph(&mut out, &signed.join("\\\n"));
    if !lines.recipients.is_empty() {
        paragraph(&mut out, "***Nơi nhận:***");
        paragraph(&mut out, &lines.recipients.join("\n"));
    }
    for (annex, lines) in paper.annexes.iter().zip(&lines.annexes) {
        paragraph(&mut out, &format!("# {}", lines.name));
        paragraph(&mut out, &format!("**{}**", escape(&lines.title)));
        paragraph(&mut out, &format!("*{}*", lines.with));
        blocks(&mut out, &annex.body, "");
    }
    if let Some(note) = &lines.note {
        paragraph(&mut out, &format!("*{}*", escape(note)));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn paragraph(out: &mut String, text: &str) {
    if !text.trim().is_empty() {
        out.push_str(text);
        out.push_str("\n\n");
    }
}

/// `indent` is that of the list item the blocks stand in.
fn blocks(out: &mut String, blocks_: &[Block], indent: &str) {
    for block in blocks_ {
        match block {
            Block::Heading { level, text, .. } => {
                let _ = writeln!(out, "{indent}{} {}\n", "#".repeat(usize::from(*level) + 1), escape(text));
            }
            Block::Paragraph { text } | Block::Centred { text } => {
                let _ = writeln!(out, "{indent}{}\n", line(text));
            }
            Block::List { ordered, items } => list(out, *ordered, items, indent),
            Block::Table(table_) => table(out, table_),
            Block::Chart(chart) => table(out, &chart.table()),
            Block::Slot(Slot { text: Some(text), .. }) => blocks(out, text, indent),
            Block::Slot(Slot { label, .. }) => {
                let _ = writeln!(out, "{indent}*[{}: …]*\n", escape(label));
            }
            Block::PageBreak => {}
        }
    }
}

fn list(out: &mut String, ordered: bool, items: &[Vec<Block>], indent: &str) {
    for (place, item) in items.iter().enumerate() {
        let mark = if ordered { format!("{}. ", place + 1) } else { "- ".to_owned() };
        let mut inner = String::new();
        let deeper = format!("{indent}{}", " ".repeat(mark.len()));
        blocks(&mut inner, item, &deeper);
        let _ = writeln!(out, "{indent}{mark}{}", inner.trim());
    }
    out.push('\n');
}

fn table(out: &mut String, table: &Table) {
    if let Some(caption) = &table.caption {
        paragraph(out, &format!("**{}**", escape(caption)));
    }
    let heads: Vec<String> = head_words(table).iter().map(|head| cell_text(head)).collect();
    let rules: Vec<&str> = table
        .columns
        .iter()
        .map(|column| match column.align {
            Align::Start => "---",
            Align::Center => ":---:",
            Align::End => "---:",
        })
        .collect();
    let _ = writeln!(out, "| {} |\n| {} |", heads.join(" | "), rules.join(" | "));
    for row in &table.rows {
        let mut cells: Vec<String> =
            row.cells.iter().map(|cell| line(cell).replace('\n', " ").replace('|', "\\|")).collect();
        cells.resize(table.columns.len(), String::new());
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push('\n');
}

/// Markdown and worksheets have one row of heads: the band's words go before the column's.
pub(crate) fn head_words(table: &Table) -> Vec<String> {
    let mut bands = table.bands.iter().flat_map(|band| std::iter::repeat_n(band.head.as_str(), band.span));
    table
        .columns
        .iter()
        .map(|column| match bands.next().unwrap_or_default() {
            "" => column.head.clone(),
            band => format!("{band}: {}", column.head),
        })
        .collect()
}

fn line(text: &[Inline]) -> String {
    let mut out = String::new();
    for inline in text {
        match inline {
            Inline::Text { text, bold, italic } => {
                let mark = match (bold, italic) {
                    (true, true) => "***",
                    (true, false) => "**",
                    (false, true) => "*",
                    (false, false) => "",
                };
                let _ = write!(out, "{mark}{}{mark}", escape(text));
            }
            Inline::Figure(figure) => out.push_str(&escape(&figure.shown)),
            Inline::Link { text, href } => {
                let _ = write!(out, "[{}]({})", escape(text), href.replace([' ', ')'], ""));
            }
            Inline::Break => out.push_str("\\\n"),
        }
    }
    out
}

fn cell_text(text: &str) -> String {
    escape(text).replace('\n', " ").replace('|', "\\|")
}

/// Only what would be read as a sign: a text stays readable.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
