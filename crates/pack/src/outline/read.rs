//! From the text of an outline to its parts; whatever is wrong is said with its line.

use kernel::Refusal;

use super::{
    Breakdown, By, Chart, Column, Condition, Form, Head, Moment, Number, Outline, Piece, Slot, Span, Table, TableRow,
    Word,
};
use crate::{
    formula::Formula,
    sentence::{Dress, Part, Wrong, divide, key_line, parse_head, quoted, sentence, unknown},
};

/// What stands alone on its line.
const BLOCKS: [&str; 11] =
    ["if", "else", "end", "slot", "directions", "tasks", "table", "chart", "targets", "annex", "part"];

impl Outline {
    /// Reads a whole file. Without a head there is nothing to speak of.
    pub(crate) fn read(text: &str) -> (Option<Self>, Vec<Wrong>) {
        let Some((fence, head_text, body)) = divide(text) else {
            return (None, vec![(1, Refusal::new("pack.outline_no_head"))]);
        };
        let head: Head = match parse_head(head_text) {
            Ok(head) => head,
            Err((line, refusal)) => return (None, vec![(line + 1, refusal)]),
        };
        let (body, mut wrong) = self::body(body, fence + 1);
        let mut words = |key: &str, text: &str| sentence(text, 1 + key_line(head_text, key), &mut wrong);
        let about = words("about", &head.about);
        let symbol = words("symbol", &head.symbol);
        let recipients = head.recipients.iter().map(|text| words("recipients", text)).collect();
        let to = head.to.iter().map(|text| words("to", text)).collect();
        (Some(Self { head, about, symbol, recipients, to, body }), wrong)
    }
}

/// The blocks of a text whose first line has this number in its file.
pub(super) fn body(text: &str, first: usize) -> (Vec<Piece>, Vec<Wrong>) {
    let mut reader = Reader { lines: text.lines().collect(), at: 0, first, wrong: Vec::new() };
    let body = reader.pieces(None);
    (body, reader.wrong)
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
    fn line(&self) -> usize {
        self.at + self.first
    }

    fn fault(&mut self, line: usize, refusal: Refusal) {
        self.wrong.push((line, refusal));
    }

    /// The command that fills a line, and what it is given.
    fn command(line: &'t str) -> Option<(&'t str, &'t str)> {
        let inside = line.trim().strip_prefix('{')?.strip_suffix('}')?;
        if inside.contains('}') {
            return None;
        }
        let name = inside.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default();
        let rest = &inside[name.len()..];
        let whole_word = rest.is_empty() || rest.starts_with(' ');
        (BLOCKS.contains(&name) && whole_word).then(|| (name, rest.trim()))
    }

    /// The blocks up to the `{else}` or `{end}` of the choice that was opened on `open`, or up to the end of the text.
    fn pieces(&mut self, open: Option<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        while let Some(&line) = self.lines.get(self.at) {
            let number = self.line();
            if line.trim().is_empty() {
                self.at += 1;
                continue;
            }
            if let Some((command, rest)) = Self::command(line) {
                if matches!(command, "else" | "end") {
                    if open.is_some() {
                        return pieces;
                    }
                    self.fault(number, Refusal::new("pack.outline_stray").with("command", command));
                    self.at += 1;
                    continue;
                }
                self.at += 1;
                pieces.extend(self.block(command, rest, number));
            } else if let Some(heading) = line.strip_prefix('#') {
                let level = 1 + heading.bytes().take_while(|byte| *byte == b'#').count();
                let text = heading.trim_start_matches('#').trim();
                self.at += 1;
                let spans = self.sentence(text, number);
                pieces.push(Piece::Heading {
                    level: u8::try_from(level).unwrap_or(u8::MAX),
                    id: section_id(text),
                    text: spans,
                });
            } else if line.starts_with("- ") {
                let mut items = Vec::new();
                while let Some(item) = self.lines.get(self.at).and_then(|line| line.strip_prefix("- ")) {
                    let number = self.line();
                    self.at += 1;
                    let mut text = item.to_owned();
                    while let Some(more) = self.lines.get(self.at).filter(|line| line.starts_with("  ")) {
                        text.push('\n');
                        text.push_str(more.trim());
                        self.at += 1;
                    }
                    items.push(self.sentence(&text, number));
                }
                pieces.push(Piece::List(items));
            } else {
                let mut text = String::new();
                while let Some(&line) = self.lines.get(self.at) {
                    if line.trim().is_empty() || line.starts_with(['#']) || Self::command(line).is_some() {
                        break;
                    }
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    text.push_str(line.trim());
                    self.at += 1;
                }
                pieces.push(Piece::Paragraph(self.sentence(&text, number)));
            }
        }
        if let Some(open) = open {
            self.fault(open, Refusal::new("pack.outline_not_closed").with("command", "if"));
        }
        pieces
    }

    fn sentence(&mut self, text: &str, line: usize) -> Vec<Span> {
        sentence(text, line, &mut self.wrong)
    }

    fn block(&mut self, command: &str, rest: &'t str, line: usize) -> Option<Piece> {
        match command {
            "if" => Some(self.choice(rest, line)),
            "slot" => self.slot(rest, false, line),
            "directions" => self.slot(rest, true, line),
            "tasks" => Some(Piece::Tasks { line, also: rest.split_whitespace().map(str::to_owned).collect() }),
            "table" => self.table(rest, line),
            "chart" => self.chart(rest, line),
            "annex" => {
                let title = quoted(rest).map(|(title, _)| Piece::Annex(title));
                if title.is_none() {
                    self.fault(line, Refusal::new("pack.outline_caption").with("command", command));
                }
                title
            }
            "part" => Some(Piece::Part { line, name: rest.to_owned(), body: Vec::new() }),
            _ => {
                let (programme, reasons) =
                    rest.split_once("reasons").map_or((rest, None), |(one, name)| (one, Some(name)));
                let reasons = reasons.map(|name| quoted(name).map(|(name, _)| name));
                if reasons == Some(None) {
                    self.fault(line, Refusal::new("pack.outline_caption").with("command", command));
                }
                let programme = Some(programme.trim().to_owned()).filter(|id| !id.is_empty());
                Some(Piece::Targets { line, programme, reasons: reasons.flatten() })
            }
        }
    }

    fn choice(&mut self, rest: &str, line: usize) -> Piece {
        let when = self.keep(condition(rest, line));
        let then = self.pieces(Some(line));
        let mut otherwise = Vec::new();
        if self.lines.get(self.at).and_then(|line| Self::command(line)).is_some_and(|(command, _)| command == "else") {
            self.at += 1;
            otherwise = self.pieces(Some(line));
        }
        self.at += 1;
        match when {
            Some(when) => Piece::If { when, then, otherwise },
            None => Piece::Paragraph(Vec::new()),
        }
    }

    fn keep<T>(&mut self, result: Result<T, Wrong>) -> Option<T> {
        result.map_err(|(line, refusal)| self.fault(line, refusal)).ok()
    }

    fn slot(&mut self, rest: &str, tasks: bool, line: usize) -> Option<Piece> {
        let (id, label) = rest.split_once(' ').unwrap_or((rest, ""));
        let label = quoted(label.trim()).map(|(label, _)| label).unwrap_or_default();
        if label.is_empty() {
            self.fault(line, Refusal::new("pack.outline_slot").with("id", id));
            return None;
        }
        Some(Piece::Slot(Slot { line, id: id.to_owned(), label, tasks }))
    }

    /// `"Caption" now year_before change`, rows, `{end}`; or `"Caption" figure, figure by unit` on its own.
    fn table(&mut self, rest: &str, line: usize) -> Option<Piece> {
        let Some((caption, rest)) = quoted(rest) else {
            self.fault(line, Refusal::new("pack.outline_caption").with("command", "table"));
            return None;
        };
        if let Some((figures, by)) = rest.split_once(" by ") {
            let numbers = figures.split(',').map(|text| number(text.trim(), line));
            let numbers = self.keep(numbers.collect::<Result<Vec<_>, _>>())?;
            return Some(Piece::Break(Breakdown { line, caption, numbers, by: by_of(by.trim()) }));
        }
        let mut columns = Vec::new();
        for name in rest.split_whitespace() {
            match Column::ALL.iter().find(|(known, _)| *known == name) {
                Some((_, column)) => columns.push(*column),
                None => self.fault(line, unknown("pack.outline_column", name, Column::ALL.iter().map(|one| one.0))),
            }
        }
        let mut rows = Vec::new();
        loop {
            let Some(&text) = self.lines.get(self.at) else {
                self.fault(line, Refusal::new("pack.outline_not_closed").with("command", "table"));
                break;
            };
            let row = self.line();
            self.at += 1;
            let text = text.trim();
            if text == "{end}" {
                break;
            }
            if let Some(group) = text.strip_prefix('#') {
                rows.push(TableRow::Group(group.trim().to_owned()));
            } else if let Some(item) = text.strip_prefix("- ") {
                let (spec, label) = item.split_once(" \"").map_or((item, None), |(spec, label)| {
                    (spec, Some(label.trim_end().trim_end_matches('"').to_owned()))
                });
                if let Some(number) = self.keep(number(spec.trim(), row)) {
                    rows.push(TableRow::Figure { number, label });
                }
            } else if !text.is_empty() {
                self.fault(row, Refusal::new("pack.outline_row").with("value", text));
            }
        }
        if columns.is_empty() || rows.is_empty() {
            self.fault(line, Refusal::new("pack.outline_empty_table").with("caption", &caption));
            return None;
        }
        Some(Piece::Table(Table { line, caption, columns, rows }))
    }

    /// `"Title" figure by month with year_before`
    fn chart(&mut self, rest: &str, line: usize) -> Option<Piece> {
        let parts = quoted(rest).and_then(|(title, rest)| {
            let (figure, by) = rest.split_once(" by ")?;
            Some((title, figure.trim().to_owned(), by.trim().to_owned()))
        });
        let Some((title, figure, by)) = parts else {
            self.fault(line, Refusal::new("pack.outline_caption").with("command", "chart"));
            return None;
        };
        let (by, beside) = by.split_once(" with ").map_or((by.as_str(), None), |(by, beside)| (by, Some(beside)));
        let beside = match beside {
            Some(name) => Some(self.keep(moment(name.trim(), line))?),
            None => None,
        };
        let number = self.keep(number(&figure, line))?;
        Some(Piece::Chart(Chart { line, title, number, by: by_of(by.trim()), beside }))
    }
}

fn by_of(text: &str) -> By {
    match text {
        "unit" => By::Unit,
        "month" => By::Month,
        part => By::Part(part.to_owned()),
    }
}

/// `II. Đối thoại {…}` → `ii-doi-thoai`: where a link from beside leads to.
fn section_id(text: &str) -> String {
    let plain = text.split('{').next().unwrap_or_default();
    kernel::text::slug(plain)
}

fn moment(name: &str, line: usize) -> Result<Moment, Wrong> {
    let found = Moment::ALL.into_iter().find(|moment| moment.name() == name);
    found.ok_or_else(|| (line, unknown("pack.outline_moment", name, Moment::ALL.iter().map(|moment| moment.name()))))
}

/// `figure[by=word]@moment|form|zero "…"|none "…"`
fn number(text: &str, line: usize) -> Result<Number, Wrong> {
    let mut pieces = split_bars(text).into_iter();
    let spec = pieces.next().unwrap_or_default();
    let (spec, at) = spec.split_once('@').map_or((spec, Moment::Now.name()), |(spec, at)| (spec, at.trim()));
    let (figure, parts) = match spec.split_once('[') {
        None => (spec, ""),
        Some((figure, parts)) => {
            let open = || (line, Refusal::new("pack.outline_part").with("value", spec));
            (figure, parts.trim_end().strip_suffix(']').ok_or_else(open)?)
        }
    };
    let mut part = Vec::new();
    for pair in parts.split(',').filter(|pair| !pair.trim().is_empty()) {
        let open = || (line, Refusal::new("pack.outline_part").with("value", pair.trim()));
        let (by, word) = pair.split_once('=').ok_or_else(open)?;
        part.push((by.trim().to_owned(), word.trim().to_owned()));
    }
    let mut number = Number {
        line,
        figure: figure.trim().to_owned(),
        part,
        moment: moment(at, line)?,
        form: Form::Shown,
        zero: None,
        none: None,
        list: None,
    };
    for piece in pieces {
        let (name, words) = piece.trim().split_once(' ').unwrap_or((piece.trim(), ""));
        let words = quoted(words).map(|(words, _)| words);
        match (name, words, Form::ALL.into_iter().find(|form| form.name() == name)) {
            ("zero", Some(words), _) => number.zero = Some(words),
            ("none", Some(words), _) => number.none = Some(words),
            ("list", Some(by), _) => number.list = Some(by),
            (_, None, Some(form)) => number.form = form,
            _ => {
                let known = Form::ALL.iter().map(|form| form.name()).chain(["zero \"…\"", "none \"…\"", "list \"…\""]);
                return Err((line, unknown("pack.outline_form", name, known)));
            }
        }
    }
    Ok(number)
}

/// Parts between bars that stand outside quotes.
fn split_bars(text: &str) -> Vec<&str> {
    let mut inside = false;
    text.split(|c: char| {
        inside ^= c == '"';
        c == '|' && !inside
    })
    .collect()
}

fn condition(text: &str, line: usize) -> Result<Condition, Wrong> {
    match text {
        "targets" => return Ok(Condition::Targets),
        "tasks" => return Ok(Condition::Tasks),
        "theme" => return Ok(Condition::Theme),
        _ => {}
    }
    if let Some(text) = text.strip_prefix("any ") {
        return number(text.trim(), line).map(Condition::Any);
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '[' | ']' | '=' | ',' | '@');
    if !text.contains("==") && !text.is_empty() && text.chars().all(plain) {
        return number(text, line).map(Condition::Has);
    }
    let formula = Formula::read(text).map_err(|refusal| (line, refusal))?;
    Ok(Condition::Holds { line, text: text.to_owned(), formula })
}

impl Part for Span {
    fn text(text: String, dress: Dress) -> Self {
        Self::Text { text, bold: dress.bold, italic: dress.italic }
    }

    fn choice(when: &str, line: usize, then: Vec<Self>, otherwise: Vec<Self>) -> Result<Self, Wrong> {
        Ok(Self::If { when: condition(when, line)?, then, otherwise })
    }

    fn inside(inside: &str, line: usize, _: Dress) -> Result<Self, Wrong> {
        if let Some(rest) = inside.strip_prefix("targets")
            && let Some(programme) = rest.strip_suffix("|met")
        {
            let programme = Some(programme.trim().to_owned()).filter(|id| !id.is_empty());
            return Ok(Self::TargetsMet { line, programme });
        }
        let small = inside.to_ascii_lowercase();
        if let Some((_, word)) = Word::ALL.iter().find(|(name, _)| *name == small) {
            return Ok(Self::Word { word: *word, capital: inside.starts_with(|c: char| c.is_ascii_uppercase()) });
        }
        let command = inside.split_whitespace().next().unwrap_or_default();
        if BLOCKS.contains(&command) {
            return Err((line, Refusal::new("pack.outline_own_line").with("command", command)));
        }
        if command.is_empty() || (inside.contains(' ') && !inside.contains('|') && !inside.contains('[')) {
            let known = BLOCKS.into_iter().chain(Word::ALL.iter().map(|(name, _)| *name));
            return Err((line, unknown("pack.outline_command", command, known)));
        }
        number(inside, line).map(Self::Number)
    }
}
