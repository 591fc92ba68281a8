//! From the text of a paper to its parts; whatever is wrong is said with its line.

use kernel::Refusal;

use super::{Form, Head, Name, Of, Paper, Piece, Span, Value, Word};
use crate::{
    outline::Slot,
    sentence::{Dress, Part, Wrong, divide, key_line, parse_head, quoted, sentence, unknown},
};

/// What stands alone on its line.
const BLOCKS: [&str; 6] = ["if", "else", "end", "slot", "each", "table"];

pub(super) fn read(text: &str) -> (Option<Paper>, Vec<Wrong>) {
    let Some((fence, head_text, body)) = divide(text) else {
        return (None, vec![(1, Refusal::new("pack.outline_no_head"))]);
    };
    let head: Head = match parse_head(head_text) {
        Ok(head) => head,
        Err((line, refusal)) => return (None, vec![(line + 1, refusal)]),
    };
    let mut reader = Reader { lines: body.lines().collect(), at: 0, first: fence + 1, wrong: Vec::new() };
    let body = reader.pieces(None);
    let mut wrong = reader.wrong;
    let mut words = |key: &str, text: &str| sentence(text, 1 + key_line(head_text, key), &mut wrong);
    let kind = words("kind", &head.kind);
    let about = words("about", &head.about);
    let symbol = words("symbol", &head.symbol);
    let to = head.to.iter().map(|text| words("to", text)).collect();
    let recipients = head.recipients.iter().map(|text| words("recipients", text)).collect();
    let issuer = head.issuer.iter().map(|text| words("issuer", text)).collect();
    (Some(Paper { head, kind, about, symbol, to, recipients, issuer, body }), wrong)
}

/// Reads blocks line by line.
struct Reader<'t> {
    lines: Vec<&'t str>,
    at: usize,
    /// The number of the first line in its file.
    first: usize,
    wrong: Vec<Wrong>,
}

impl<'t> Reader<'t> {
    /// The command that fills a line, and what it is given.
    fn command(line: &'t str) -> Option<(&'t str, &'t str)> {
        let inside = line.trim().strip_prefix('{')?.strip_suffix('}').filter(|inside| !inside.contains('}'))?;
        let name = inside.split(' ').next().unwrap_or_default();
        BLOCKS.contains(&name).then(|| (name, inside[name.len()..].trim()))
    }

    /// The blocks up to the `{else}` or `{end}` of what was opened on `open`, or up to the end of the text.
    fn pieces(&mut self, open: Option<(usize, &str)>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        while let Some(&line) = self.lines.get(self.at) {
            let number = self.at + self.first;
            if line.trim().is_empty() {
                self.at += 1;
            } else if let Some((command, rest)) = Self::command(line) {
                if matches!(command, "else" | "end") && open.is_some() {
                    return pieces;
                }
                self.at += 1;
                pieces.extend(self.block(command, rest, number));
            } else if let Some(heading) = line.strip_prefix('#') {
                let level = 1 + heading.bytes().take_while(|byte| *byte == b'#').count();
                self.at += 1;
                let text = self.sentence(heading.trim_start_matches('#').trim(), number);
                pieces.push(Piece::Heading { level: u8::try_from(level).unwrap_or(u8::MAX), text });
            } else if let Some(middle) = line.strip_prefix("^ ") {
                self.at += 1;
                pieces.push(Piece::Centred(self.sentence(middle.trim(), number)));
            } else if line.starts_with("- ") {
                let mut items = Vec::new();
                while let Some(item) = self.lines.get(self.at).and_then(|line| line.strip_prefix("- ")) {
                    let number = self.at + self.first;
                    self.at += 1;
                    let text = self.more(item, |line| line.starts_with("  "));
                    items.push(self.sentence(&text, number));
                }
                pieces.push(Piece::List(items));
            } else {
                self.at += 1;
                let goes_on = |line: &str| {
                    !line.trim().is_empty() && !line.starts_with(['#', '-', '^']) && Self::command_of(line).is_none()
                };
                let text = self.more(line.trim(), goes_on);
                pieces.push(Piece::Paragraph(self.sentence(&text, number)));
            }
        }
        if let Some((open, command)) = open {
            self.wrong.push((open, Refusal::new("pack.outline_not_closed").with("command", command)));
        }
        pieces
    }

    fn command_of(line: &str) -> Option<()> {
        Reader::command(line).map(|_| ())
    }

    /// A line with those that go on.
    fn more(&mut self, first: &str, goes_on: impl Fn(&str) -> bool) -> String {
        let mut text = first.to_owned();
        while let Some(line) = self.lines.get(self.at).filter(|line| goes_on(line)) {
            text.push('\n');
            text.push_str(line.trim());
            self.at += 1;
        }
        text
    }

    fn sentence(&mut self, text: &str, line: usize) -> Vec<Span> {
        sentence(text, line, &mut self.wrong)
    }

    fn block(&mut self, command: &str, rest: &'t str, line: usize) -> Option<Piece> {
        match command {
            "if" => {
                let then = self.pieces(Some((line, "if")));
                let mut otherwise = Vec::new();
                let at_else = self.lines.get(self.at).and_then(|line| Self::command(line));
                if at_else.is_some_and(|(command, _)| command == "else") {
                    self.at += 1;
                    otherwise = self.pieces(Some((line, "if")));
                }
                self.at += 1;
                Some(Piece::If { line, when: rest.to_owned(), then, otherwise })
            }
            "each" => {
                let body = self.pieces(Some((line, "each")));
                self.at += 1;
                Some(Piece::Each { line, rows: rest.to_owned(), body })
            }
            "slot" => {
                let (id, label) = rest.split_once(' ').unwrap_or((rest, ""));
                let label = quoted(label.trim()).map(|(label, _)| label);
                if label.is_none() {
                    self.wrong.push((line, Refusal::new("pack.outline_slot").with("id", id)));
                }
                Some(Piece::Slot(Slot { line, id: id.to_owned(), label: label?, tasks: false }))
            }
            "table" => self.table(rest, line),
            _ => {
                self.wrong.push((line, Refusal::new("pack.outline_stray").with("command", command)));
                None
            }
        }
    }

    /// `{table opinion "Caption"}`, a line `- "Head" text` for each column, `{end}`.
    fn table(&mut self, rest: &str, line: usize) -> Option<Piece> {
        let (rows, caption) = rest.split_once(' ').unwrap_or((rest, ""));
        let caption = quoted(caption).map(|(caption, _)| caption).unwrap_or_default();
        let mut columns = Vec::new();
        loop {
            let Some(&text) = self.lines.get(self.at) else {
                self.wrong.push((line, Refusal::new("pack.outline_not_closed").with("command", "table")));
                break;
            };
            let number = self.at + self.first;
            self.at += 1;
            let text = text.trim();
            if text == "{end}" {
                break;
            }
            match text.strip_prefix("- ").and_then(quoted) {
                Some((head, text)) => columns.push((head, self.sentence(text, number))),
                None if text.is_empty() => {}
                None => self.wrong.push((number, Refusal::new("pack.outline_row").with("value", text))),
            }
        }
        if columns.is_empty() {
            self.wrong.push((line, Refusal::new("pack.outline_empty_table").with("caption", &caption)));
            return None;
        }
        Some(Piece::Table { line, rows: rows.to_owned(), caption, columns })
    }
}

impl Part for Span {
    fn text(text: String, dress: Dress) -> Self {
        Self::Text { text, bold: dress.bold, italic: dress.italic }
    }

    fn choice(when: &str, line: usize, then: Vec<Self>, otherwise: Vec<Self>) -> Result<Self, Wrong> {
        Ok(Self::If { line, when: when.to_owned(), then, otherwise })
    }

    fn inside(inside: &str, line: usize, dress: Dress) -> Result<Self, Wrong> {
        let command = inside.split_whitespace().next().unwrap_or_default();
        if BLOCKS.contains(&command) {
            return Err((line, Refusal::new("pack.outline_own_line").with("command", command)));
        }
        value(inside, line, dress).map(Self::Value)
    }
}

/// `name|form`
fn value(inside: &str, line: usize, dress: Dress) -> Result<Value, Wrong> {
    let Dress { bold, italic } = dress;
    let (name, form) = inside.split_once('|').map_or((inside, ""), |(name, form)| (name.trim(), form.trim()));
    let mut form = match Form::ALL.iter().find(|(known, _)| *known == form) {
        Some((_, form)) => *form,
        None if form.is_empty() => Form::Shown,
        None => return Err((line, unknown("pack.outline_form", form, Form::ALL.iter().map(|(known, _)| *known)))),
    };
    let small = name.to_ascii_lowercase();
    if let Some((_, word)) = Word::ALL.iter().find(|(known, _)| *known == small) {
        if name.starts_with(|c: char| c.is_ascii_uppercase()) {
            form = Form::Capital;
        }
        return Ok(Value { line, name: Name::Word(*word), form, bold, italic });
    }
    let parts: Vec<&str> = name.split('.').collect();
    let name = match parts.as_slice() {
        ["row", field] => Name::Row((*field).to_owned()),
        // For a field that is called like a word: the body that a recommendation goes to is not the body that writes.
        ["field", field] => Name::Field((*field).to_owned()),
        ["on", step] => Name::On((*step).to_owned()),
        ["clock", clock, of] => match Of::ALL.iter().find(|(known, _)| known == of) {
            Some((_, of)) => Name::Clock((*clock).to_owned(), *of),
            None => return Err((line, unknown("pack.paper_clock", of, Of::ALL.iter().map(|(known, _)| *known)))),
        },
        [field] if !field.is_empty() && !field.contains(' ') => Name::Field((*field).to_owned()),
        [link, field] => Name::Linked((*link).to_owned(), (*field).to_owned()),
        _ => {
            let known = BLOCKS.into_iter().chain(Word::ALL.iter().map(|(name, _)| *name));
            return Err((line, unknown("pack.outline_command", name, known)));
        }
    };
    Ok(Value { line, name, form, bold, italic })
}
