//! Papers made from a record: the pack's text filled with what is on record, for the body whose book it is.

use std::collections::{BTreeMap, HashMap};

use db::Result;
use kernel::{Day, Id, Lang, show_day};
use pack::{
    Pack,
    document::{Document, Fields, day_of},
    expression::Values,
    facts,
    paper::{DELIVERY_ROWS, Form, Name, Of, PAPER_ROWS, Paper, Piece, Signs, Span, Value, Word},
    register::{Field, FieldType, Register},
};
use papers::{Block, Head, Inline, Layout, Sign};
use serde_json::{Value as Json, json};
use units::{At, Unit};

use crate::{House, Record, Snapshot, act, record::By, value};

/// Where nothing is on record: room for a pen.
const DOTS: &str = "……………………";

/// The people's committee in `kinds.toml`.
const COMMITTEE: &str = "ubnd";

/// What a paper is filled from besides the record.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Private fields that the one who makes it may read.
    pub privates: BTreeMap<String, String>,
    /// Records that link fields name.
    pub linked: HashMap<i64, Record>,
    /// What was written in the places for prose.
    pub slots: HashMap<String, String>,
    pub signer: Option<String>,
    /// The place of the record in a list, from 1.
    pub place: Option<usize>,
    /// Stands at the foot of every page.
    pub note: Option<String>,
}

/// The paper as it would read now.
pub fn fill(snapshot: &Snapshot, paper: &Paper, register: &Register, record: &Record, given: &Given) -> papers::Paper {
    let values = facts::values(register, &record.head(), &record.document, snapshot);
    let scribe = Scribe { snapshot, register, record, given, values, row: None };
    let (mut layout, mut head) = letterhead(&snapshot.tree.at(record.day), Unit(record.unit));
    let line = |spans: &Vec<Span>| papers::plain(&scribe.sentence(spans));
    if !paper.issuer.is_empty() {
        layout = Layout::State;
        (head.superior, head.body) = (None, paper.issuer.iter().map(line).collect::<Vec<_>>().join("\n"));
    }
    head.symbol = line(&paper.symbol);
    if layout == Layout::Party {
        // The state writes TB-UBND, the Party TB/ĐU.
        head.symbol = head.symbol.replacen('-', "/", 1);
    }
    head.kind = line(&paper.kind);
    head.about = line(&paper.about);
    head.to = paper.to.iter().map(line).collect();
    let signed = signed(record, &paper.head.id);
    head.number = signed.as_ref().map(|(number, _)| digits(number).to_owned());
    head.day = signed.map(|(_, day)| day);
    let mut body = Vec::new();
    scribe.pieces(&paper.body, &mut body);
    papers::Paper {
        layout,
        head,
        body,
        sign: Sign {
            name: given.signer.clone().filter(|name| !name.trim().is_empty()),
            ..signing(snapshot, paper, record)
        },
        recipients: paper.recipients.iter().map(line).collect(),
        note: given.note.clone(),
        ..papers::Paper::default()
    }
}

/// A text of a form's column, filled.
pub fn words(snapshot: &Snapshot, register: &Register, record: &Record, given: &Given, text: &[Span]) -> String {
    let values = facts::values(register, &record.head(), &record.document, snapshot);
    let scribe = Scribe { snapshot, register, record, given, values, row: None };
    papers::plain(&scribe.sentence(text)).trim().trim_matches(',').to_owned()
}

/// `12` of `12/TB-UBND`: the sign is the paper's own.
fn digits(number: &str) -> &str {
    number.split(['/', '-']).next().unwrap_or(number).trim()
}

/// The number and the day that a paper of the record was given after signing.
fn signed(record: &Record, paper: &str) -> Option<(String, Day)> {
    let row = record.document.rows(PAPER_ROWS).iter().rev().find(|row| text(&row.fields, "paper") == Some(paper))?;
    Some((text(&row.fields, "number")?.to_owned(), day_of(row.fields.get("signed_on")?)?))
}

fn text<'d>(fields: &'d Fields, id: &str) -> Option<&'d str> {
    fields.get(id)?.as_str()
}

/// In whose name a body signs a paper, and who does.
fn signing(snapshot: &Snapshot, paper: &Paper, record: &Record) -> Sign {
    let kinds = snapshot.tree.kinds();
    // What a place keeps on record, its people's committee signs.
    let own = snapshot.tree.at(record.day).signing(Unit(record.unit));
    let own = own.or_else(|| kinds.body_kind(COMMITTEE).map(|kind| &kinds.bodies[kind].signing));
    let own = own.cloned().unwrap_or_default();
    let post = own.post.unwrap_or_default();
    match paper.head.signs {
        Signs::Named => {
            Sign { authority: paper.head.authority.clone(), post: paper.head.post.clone(), ..Sign::default() }
        }
        Signs::Body => Sign { authority: own.authority.into_iter().collect(), post, ..Sign::default() },
        Signs::Head => Sign { post, ..Sign::default() },
    }
}

/// Whose form a paper of a body wears, and how its head names the body.
pub fn letterhead(at: &At<'_>, unit: Unit) -> (Layout, Head) {
    let layout = match at.system(unit) {
        Some("party") => Layout::Party,
        Some("front" | "union") => Layout::Front,
        _ => Layout::State,
    };
    let ground = unit.ground();
    let superior = at.superior(unit).filter(|superior| superior.ground() == ground && at.is_body(unit));
    let superior = superior.map(|superior| at.name(superior));
    let (whole, place) = (at.name(unit), at.name(ground));
    // What stands in the line above is not said again; the place begins a line of its own.
    let body = match &superior {
        Some(superior) => whole.strip_suffix(superior.as_str()).map(|short| short.trim_end().to_owned()),
        None => whole.strip_suffix(place.as_str()).map(|kind| format!("{}\n{place}", kind.trim_end())),
    };
    let body = body.filter(|body| !body.trim().is_empty()).unwrap_or(whole);
    (layout, Head { superior, body, place: at.bare_name(ground), ..Head::default() })
}

/// Number, day and receipt stand in the rows of papers; the fields that a paper names for them follow.
pub(crate) fn follow(pack: &Pack, register: &Register, document: &mut Document) {
    for paper in pack.papers_of(register) {
        let (id, head) = (paper.head.id.as_str(), &paper.head);
        let mut found: Vec<(&String, Json)> = Vec::new();
        let of = |rows: &str| {
            let mine = document.rows(rows).iter().rev().filter(|row| text(&row.fields, "paper") == Some(id));
            mine.map(|row| row.fields.clone()).collect::<Vec<_>>()
        };
        if let Some(last) = of(PAPER_ROWS).first() {
            found.extend(head.number.as_ref().zip(last.get("number").cloned()));
            found.extend(head.day.as_ref().zip(last.get("signed_on").cloned()));
        }
        let reached = of(DELIVERY_ROWS).into_iter().filter(|row| text(row, "to") == Some("sender"));
        let first = reached.filter_map(|row| row.get("received_on").cloned()).min_by_key(day_of);
        found.extend(head.received.as_ref().zip(first));
        for (field, value) in found {
            document.fields.insert(field.clone(), value);
        }
    }
}

/// The private fields that a paper names.
pub fn private_fields<'p>(paper: &'p Paper, register: &Register) -> Vec<&'p str> {
    let mut named: Vec<&str> = Vec::new();
    paper.values(&mut |value, _| {
        if let Name::Field(id) = &value.name
            && register.field(id).is_some_and(|field| field.private && !field.sealed)
            && !named.contains(&id.as_str())
        {
            named.push(id);
        }
    });
    named
}

/// Whether a paper is offered for a record as it stands.
pub fn offered(snapshot: &Snapshot, paper: &Paper, register: &Register, record: &Record) -> bool {
    offered_in(snapshot, paper, register, record, &record.head())
}

fn offered_in(snapshot: &Snapshot, paper: &Paper, register: &Register, record: &Record, head: &facts::Head) -> bool {
    let Some(when) = paper.head.when.as_ref().and_then(|when| snapshot.pack.expression(when)) else { return true };
    when.holds(&facts::values(register, head, &record.document, snapshot))
}

/// Whether a step that leads to that state may still end in this paper: it is offered before or after, or a field that decides it is not
/// yet filled.
pub(crate) fn may_come(
    snapshot: &Snapshot,
    paper: &Paper,
    register: &Register,
    record: &Record,
    to: Option<&str>,
) -> bool {
    let when = || snapshot.pack.expression(paper.head.when.as_ref()?);
    let open =
        |name: &String| register.field(name).is_some() && record.document.fields.get(name).is_none_or(Json::is_null);
    let after = facts::Head { state: to.map(str::to_owned), ..record.head() };
    offered(snapshot, paper, register, record)
        || offered_in(snapshot, paper, register, record, &after)
        || when().is_some_and(|when| when.reads().iter().any(open))
}

/// Writes that a paper was made, before it is handed out: which one, in which form, which private fields it names.
pub async fn produced(house: &House, by: &By, record: &Record, body: Json) -> Result<()> {
    let name = format!("{}.paper", record.register);
    let (name, body, id) = (name.as_str(), &body, record.id);
    house.db.write(|tx, _| Box::pin(async move { act::note(tx, house, by, id, name, body.clone()).await })).await
}

/// Writes of each record that a list with its private fields was printed, before it is handed out.
pub async fn printed(house: &House, by: &By, records: &[Record], form: &str, fields: &[String]) -> Result<()> {
    let body = json!({ "paper": form, "format": "xlsx", "fields": fields });
    let body = &body;
    house
        .db
        .write(|tx, _| {
            Box::pin(async move {
                for record in records {
                    act::note(tx, house, by, record.id, &format!("{}.paper", record.register), body.clone()).await?;
                }
                Ok(())
            })
        })
        .await
}

/// What the timeline keeps of a paper that was made.
pub fn told(paper: &Paper, format: &str, fields: &[&str]) -> Json {
    json!({ "paper": paper.head.id, "format": format, "fields": fields })
}

/// Writes one paper.
struct Scribe<'a> {
    snapshot: &'a Snapshot,
    register: &'a Register,
    record: &'a Record,
    given: &'a Given,
    values: Values,
    row: Option<Row<'a>>,
}

/// A column's share of the width, in letters: no word of it is broken, and no text asks for more than a line of its own.
fn width<'c>(head: &str, cells: impl Iterator<Item = &'c Vec<Inline>>) -> u16 {
    const MOST: usize = 36;
    let letters = |text: &str| text.chars().count();
    let longest = |text: &str| text.split_whitespace().map(letters).max().unwrap_or(0);
    let texts = cells.map(|cell| papers::plain(cell)).map(|text| longest(&text).max(letters(&text).min(MOST)));
    let need = texts.max().unwrap_or(0).max(longest(head)).max(letters(head).min(12));
    u16::try_from(need.clamp(3, MOST)).unwrap_or(8)
}

/// The child row being written, its place from 1.
#[derive(Clone, Copy)]
struct Row<'a> {
    place: usize,
    rows: &'a str,
    fields: &'a Fields,
}

impl<'a> Scribe<'a> {
    fn in_row(&self, row: Row<'a>) -> Scribe<'a> {
        let mut values = self.values.clone();
        let mut fields = row.fields.clone();
        for field in self.register.rows(row.rows).into_iter().flat_map(|rows| &rows.fields) {
            fields.entry(field.id.clone()).or_insert(Json::Null);
        }
        values.set("row", &Json::Object(fields));
        Scribe { values, row: Some(row), ..*self }
    }

    fn rows(&self, id: &'a str) -> Vec<Scribe<'a>> {
        let rows = self.record.document.rows(id).iter().enumerate();
        rows.map(|(place, row)| self.in_row(Row { place: place + 1, rows: id, fields: &row.fields })).collect()
    }

    fn holds(&self, when: &str) -> bool {
        self.snapshot.pack.expression(when).is_some_and(|expression| expression.holds(&self.values))
    }

    fn pieces(&self, pieces: &'a [Piece], blocks: &mut Vec<Block>) {
        for piece in pieces {
            match piece {
                Piece::Heading { level, text } => {
                    blocks.push(Block::heading(*level, papers::plain(&self.sentence(text))));
                }
                Piece::Paragraph(text) => blocks.push(Block::Paragraph { text: self.sentence(text) }),
                Piece::Centred(text) => blocks.push(Block::Centred { text: self.sentence(text) }),
                Piece::List(items) => {
                    let item = |text: &Vec<Span>| vec![Block::Paragraph { text: self.sentence(text) }];
                    blocks.push(Block::List { ordered: false, items: items.iter().map(item).collect() });
                }
                Piece::Slot(slot) => match self.given.slots.get(&slot.id).filter(|text| !text.trim().is_empty()) {
                    Some(text) => blocks.extend(papers::from_markdown(text)),
                    None => blocks.push(Block::paragraph(format!("{}: {DOTS}", slot.label))),
                },
                Piece::Each { rows, body, .. } => {
                    for row in self.rows(rows) {
                        row.pieces(body, blocks);
                    }
                }
                Piece::Table { rows, caption, columns, .. } => blocks.push(self.table(rows, caption, columns)),
                Piece::If { when, then, otherwise, .. } => {
                    self.pieces(if self.holds(when) { then } else { otherwise }, blocks);
                }
            }
        }
    }

    fn table(&self, rows: &'a str, caption: &str, columns: &'a [(String, Vec<Span>)]) -> Block {
        let cells = |row: Scribe<'a>| papers::Row::new(columns.iter().map(|(_, text)| row.cell(text)).collect());
        let rows: Vec<papers::Row> = self.rows(rows).into_iter().map(cells).collect();
        let column = |(place, (head, _)): (usize, &(String, Vec<Span>))| {
            papers::Column::new(head, width(head, rows.iter().filter_map(|row| row.cells.get(place))))
        };
        Block::Table(papers::Table {
            caption: Some(caption.to_owned()).filter(|caption| !caption.is_empty()),
            columns: columns.iter().enumerate().map(column).collect(),
            rows,
            ..papers::Table::default()
        })
    }

    /// Of values of which one may be missing, none begins with a space.
    fn cell(&self, spans: &[Span]) -> Vec<Inline> {
        let mut line = self.sentence(spans);
        while let Some(Inline::Text { text, .. }) = line.first_mut() {
            let trimmed = text.trim_start();
            if !trimmed.is_empty() {
                *text = trimmed.to_owned();
                break;
            }
            line.remove(0);
        }
        line
    }

    fn sentence(&self, spans: &[Span]) -> Vec<Inline> {
        let mut line = Vec::new();
        self.spans(spans, &mut line);
        line
    }

    fn spans(&self, spans: &[Span], line: &mut Vec<Inline>) {
        for span in spans {
            match span {
                Span::Text { text, bold, italic } => {
                    line.push(Inline::Text { text: text.clone(), bold: *bold, italic: *italic });
                }
                Span::Value(value) => {
                    let shown = self.value(value);
                    for (place, part) in shown.lines().filter(|part| !part.trim().is_empty()).enumerate() {
                        if place > 0 {
                            line.push(Inline::Break);
                        }
                        line.push(Inline::Text { text: part.to_owned(), bold: value.bold, italic: value.italic });
                    }
                }
                Span::If { when, then, otherwise, .. } => {
                    self.spans(if self.holds(when) { then } else { otherwise }, line);
                }
            }
        }
    }

    fn value(&self, value: &Value) -> String {
        let known = match (&value.name, value.form) {
            (name, Form::Long) => self.day(name).map(day_words),
            (name, _) => self.shown(name),
        };
        let known = known.filter(|text| !text.trim().is_empty());
        match (known, value.form) {
            (Some(text), Form::Upper) => text.to_uppercase(),
            (Some(text), Form::Capital) => capital(&text),
            (Some(text), _) => text,
            (None, Form::Maybe) => String::new(),
            (None, Form::Long) => "ngày …… tháng …… năm ………".to_owned(),
            (None, _) => DOTS.to_owned(),
        }
    }

    fn day(&self, name: &Name) -> Option<Day> {
        let document = &self.record.document;
        match name {
            Name::Field(id) => document.day(id).or_else(|| kernel::parse_day(self.given.privates.get(id)?).ok()),
            Name::Row(id) => day_of(self.row?.fields.get(id)?),
            Name::On(step) => document.taken(step).map(|taken| taken.on),
            Name::Clock(clock, of) => {
                let running = document.clocks.iter().rev().find(|running| running.clock == *clock)?;
                Some(if *of == Of::Started { running.started } else { running.due })
            }
            Name::Linked(link, id) => self.linked(link)?.document.day(id),
            Name::Word(Word::Day) => Some(self.record.day),
            Name::Word(_) => None,
        }
    }

    fn linked(&self, link: &str) -> Option<&Record> {
        let handle = self.record.document.fields.get(link)?.as_str()?;
        self.given.linked.get(&handle.parse::<Id>().ok()?.0)
    }

    fn shown(&self, name: &Name) -> Option<String> {
        let document = &self.record.document;
        match name {
            Name::Word(word) => self.word(*word),
            Name::Field(id) => {
                let field = self.register.field(id)?;
                if field.private {
                    return self.given.privates.get(id).cloned();
                }
                Some(self.show(field, document.fields.get(id)?))
            }
            Name::Row(id) => {
                let row = self.row?;
                Some(self.show(self.register.rows(row.rows)?.field(id)?, row.fields.get(id)?))
            }
            Name::On(_) => self.day(name).map(show_day),
            Name::Clock(clock, of) => {
                let running = document.clocks.iter().rev().find(|running| running.clock == *clock)?;
                let derived = serde_json::from_value::<calendar::Due>(running.derivation.clone()).ok();
                match of {
                    Of::Due => Some(show_day(running.due)),
                    Of::Started => Some(show_day(running.started)),
                    Of::Why => derived.map(|derived| derived.sentence(Lang::Vi)),
                    Of::Basis => derived.map(|derived| derived.basis),
                }
            }
            Name::Linked(link, id) => {
                let linked = self.linked(link)?;
                let register = self.snapshot.pack.register(&linked.register)?;
                let field = register.field(id).filter(|field| !field.private)?;
                let value = linked.document.fields.get(id)?;
                Some(value::show(&self.snapshot.pack, self.snapshot, field, value, linked.day, Lang::Vi))
            }
        }
    }

    fn show(&self, field: &Field, value: &Json) -> String {
        if field.kind == FieldType::Link {
            let handles = value.as_str().into_iter().filter_map(|handle| handle.parse::<Id>().ok());
            let titles = handles.filter_map(|id| self.given.linked.get(&id.0)).map(|record| record.title.clone());
            return titles.collect::<Vec<_>>().join("; ");
        }
        value::show(&self.snapshot.pack, self.snapshot, field, value, self.record.day, Lang::Vi)
    }

    fn word(&self, word: Word) -> Option<String> {
        let at = self.snapshot.tree.at(self.record.day);
        let unit = Unit(self.record.unit);
        match word {
            Word::Body => Some(at.name(unit)),
            Word::Superior => at.superior(unit).map(|superior| at.name(superior)),
            Word::Place => Some(at.name(unit.ground())),
            Word::BodySign => at.sign(unit).map(str::to_owned),
            Word::Reference => Some(self.record.reference()),
            Word::Day => Some(show_day(self.record.day)),
            Word::Register => Some(self.register.label.vi.clone()),
            Word::Row => self.row.map(|row| row.place).or(self.given.place).map(|place| place.to_string()),
        }
    }
}

/// "ngày 05 tháng 01 năm 2026".
pub(crate) fn day_words(day: Day) -> String {
    let zero = if day.month() < 3 { "0" } else { "" };
    format!("ngày {:02} tháng {zero}{} năm {}", day.day(), day.month(), day.year())
}

pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
