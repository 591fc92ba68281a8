//! Papers: the documents that a step produces, as text with places for what is on record.
//!
//! The head stands between two lines `+++` as TOML; the text below is Markdown-like. In braces: `{subject}` a field as it is shown,
//! `{received_on|long}` a date in words, `{on.accept}` the day of a step, `{clock.acceptance.due}` a deadline, `{body}` and the like words
//! of the issuing body; `{if received_on != null}…{else}…{end}` chooses; `{slot id "Label"}` is a place for prose; `{each opinion}…{end}`
//! repeats for each child row, `{table opinion "Caption"}` draws them. What is not on record is left as a line of dots.

mod read;

use std::collections::HashMap;

use kernel::{Label, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    fault::{Fault, Faults},
    outline::Slot,
    read::Pack,
    register::{Choice, Register, Rows},
    sentence::Wrong,
};

/// A document that is filled from a record.
#[derive(Clone, Debug)]
pub struct Paper {
    pub head: Head,
    pub kind: Vec<Span>,
    pub about: Vec<Span>,
    pub symbol: Vec<Span>,
    pub to: Vec<Vec<Span>>,
    pub recipients: Vec<Vec<Span>>,
    pub issuer: Vec<Vec<Span>>,
    pub body: Vec<Piece>,
}

/// The head of a paper: of which records it is, which form of the law it follows, who signs it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub id: String,
    pub label: Label,
    /// The registers whose records it is made from.
    pub register: Vec<String>,
    /// The form of the law: "Mẫu số 03, Nghị định 124/2020/NĐ-CP".
    #[serde(default)]
    pub form: Option<String>,
    /// The form's number or wording has been compared with the official text.
    #[serde(default = "yes")]
    pub certain: bool,
    /// CEL over the record: offered only when it holds.
    #[serde(default)]
    pub when: Option<String>,
    /// "Thông báo"; empty for an official letter.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub about: String,
    /// What follows the number; `{body_sign}` is the body's own sign.
    pub symbol: String,
    #[serde(default)]
    pub to: Vec<String>,
    #[serde(default)]
    pub authority: Vec<String>,
    #[serde(default)]
    pub post: String,
    /// Signed as the body signs: what `kinds.toml` says of its kind takes the place of `authority` and `post`.
    #[serde(default)]
    pub signs: Signs,
    #[serde(default)]
    pub recipients: Vec<String>,
    /// Who stands at its head in place of the body that keeps the record: the people of a village.
    #[serde(default)]
    pub issuer: Vec<String>,
    /// Fields of the record that take the number and the day given after signing, and the day on which the sender received it.
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub day: Option<String>,
    #[serde(default)]
    pub received: Option<String>,
    /// It never names a person of the case: `pack check` refuses private fields in it.
    #[serde(default)]
    pub anonymous: bool,
}

/// Who signs a paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signs {
    /// Whom the paper names.
    #[default]
    Named,
    /// The head, in the name of the body: "TM. Ủy ban nhân dân, Chủ tịch".
    Body,
    /// The head, in his own right: "Chủ tịch".
    Head,
}

fn yes() -> bool {
    true
}

/// A block of the text.
#[derive(Clone, Debug)]
pub enum Piece {
    Heading {
        level: u8,
        text: Vec<Span>,
    },
    Paragraph(Vec<Span>),
    /// `^ **QUYẾT ĐỊNH:**`
    Centred(Vec<Span>),
    List(Vec<Vec<Span>>),
    Slot(Slot),
    /// The text once for each child row.
    Each {
        line: usize,
        rows: String,
        body: Vec<Piece>,
    },
    /// The child rows as a table: a head and a text for each column.
    Table {
        line: usize,
        rows: String,
        caption: String,
        columns: Vec<(String, Vec<Span>)>,
    },
    If {
        line: usize,
        when: String,
        then: Vec<Piece>,
        otherwise: Vec<Piece>,
    },
}

/// A part of a sentence.
#[derive(Clone, Debug)]
pub enum Span {
    Text { text: String, bold: bool, italic: bool },
    Value(Value),
    If { line: usize, when: String, then: Vec<Span>, otherwise: Vec<Span> },
}

/// What is put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub line: usize,
    pub name: Name,
    pub form: Form,
    pub bold: bool,
    pub italic: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    Word(Word),
    /// A field of the record, private ones included.
    Field(String),
    /// A field of the child row being written.
    Row(String),
    /// The day of a step.
    On(String),
    Clock(String, Of),
    /// The field of the record that a link field names.
    Linked(String, String),
}

/// What of a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Due,
    Started,
    /// The reckoning in one sentence, with its article.
    Why,
    Basis,
}

impl Of {
    pub const ALL: [(&str, Of); 4] =
        [("due", Of::Due), ("started", Of::Started), ("why", Of::Why), ("basis", Of::Basis)];
}

/// A word that the body or the record gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// "Ủy ban nhân dân xã Hiệp Hòa", with the first letter as it is written in braces.
    Body,
    Superior,
    Place,
    /// `UBND`: what stands in the sign of its papers.
    BodySign,
    /// The number in the book: `12/2026`.
    Reference,
    /// The day of the record.
    Day,
    /// "Sổ tiếp công dân".
    Register,
    /// The number of the row being written.
    Row,
}

impl Word {
    pub const ALL: [(&str, Word); 8] = [
        ("body", Word::Body),
        ("superior", Word::Superior),
        ("place", Word::Place),
        ("body_sign", Word::BodySign),
        ("reference", Word::Reference),
        ("record_day", Word::Day),
        ("register", Word::Register),
        ("n", Word::Row),
    ];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Shown,
    /// "ngày 05 tháng 01 năm 2026".
    Long,
    Upper,
    Capital,
    /// Nothing where nothing is on record, instead of dots.
    Maybe,
}

impl Form {
    pub const ALL: [(&str, Form); 5] = [
        ("shown", Form::Shown),
        ("long", Form::Long),
        ("upper", Form::Upper),
        ("capital", Form::Capital),
        ("maybe", Form::Maybe),
    ];
}

/// A sentence for a place of prose, with the law that it rests on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    pub id: String,
    pub label: Label,
    pub text: String,
    /// The article that it rests on.
    pub basis: String,
    /// Compared with the official text.
    #[serde(default = "yes")]
    pub certain: bool,
    /// The papers it is offered in; empty: all.
    #[serde(default)]
    pub papers: Vec<String>,
    #[serde(default)]
    pub valid_from: Option<kernel::Day>,
    #[serde(default)]
    pub valid_to: Option<kernel::Day>,
    #[serde(default)]
    pub drop: bool,
}

/// `papers/phrases.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    #[serde(default, rename = "phrase")]
    phrases: Vec<Phrase>,
}

/// `papers/rows.toml`: the child rows that every register with papers keeps.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptRows {
    #[serde(default)]
    rows: Vec<Rows>,
}

/// The child rows of signed papers and of deliveries, and the fields of them that the code reads.
pub const PAPER_ROWS: &str = "paper";
pub const DELIVERY_ROWS: &str = "delivery";

impl Pack {
    /// Reads `papers/*.md`, the phrases, and gives each register that has papers the rows in which they are kept.
    pub(crate) fn read_papers(&mut self, faults: &mut Faults<'_>) {
        for path in faults.source.paths("papers", ".md") {
            let text = faults.source.text(&path).unwrap_or_default();
            let (paper, wrong) = Paper::read(text);
            let file = faults.source.file(&path);
            faults.found.extend(wrong.into_iter().map(|(line, refusal)| Fault { file: file.clone(), line, refusal }));
            let Some(paper) = paper else { continue };
            let name = path.trim_start_matches("papers/").trim_end_matches(".md");
            if paper.head.id == name {
                self.papers.insert(paper.head.id.clone(), paper);
            } else {
                let line = text.lines().position(|line| line.starts_with("id")).map_or(1, |line| line + 1);
                let refusal = Refusal::new("pack.not_named_as_file").with("id", paper.head.id).with("file", name);
                faults.found.push(Fault { file, line, refusal });
            }
        }
        let source = faults.source;
        self.phrases = crate::read::parse::<Phrases>(source, "papers/phrases.toml", faults).unwrap_or_default().phrases;
        let kept = crate::read::parse::<KeptRows>(source, "papers/rows.toml", faults).unwrap_or_default().rows;
        let mut offered: HashMap<String, Vec<Choice>> = HashMap::new();
        for paper in self.papers.values() {
            for register in &paper.head.register {
                let choice = Choice {
                    id: paper.head.id.clone(),
                    vi: paper.head.label.vi.clone(),
                    en: paper.head.label.en.clone(),
                    counts_as: None,
                    retired: false,
                    drop: false,
                };
                offered.entry(register.clone()).or_default().push(choice);
            }
        }
        for (id, choices) in offered {
            let Some(register) = self.registers.get_mut(&id) else { continue };
            for rows in &kept {
                let mut rows = rows.clone();
                if let Some(field) = rows.fields.iter_mut().find(|field| field.id == "paper") {
                    field.choices.clone_from(&choices);
                }
                register.rows.push(rows);
            }
        }
    }

    pub fn paper(&self, id: &str) -> Option<&Paper> {
        self.papers.get(id)
    }

    /// The papers of a register, in the order of their names.
    pub fn papers_of<'p>(&'p self, register: &Register) -> Vec<&'p Paper> {
        self.papers.values().filter(|paper| paper.head.register.contains(&register.id)).collect()
    }

    /// The phrases for a paper that stand on a day.
    pub fn phrases_for(&self, paper: &str, day: kernel::Day) -> Vec<&Phrase> {
        let stands = |phrase: &&Phrase| {
            (phrase.papers.is_empty() || phrase.papers.iter().any(|id| id == paper))
                && phrase.valid_from.is_none_or(|from| from <= day)
                && phrase.valid_to.is_none_or(|to| day <= to)
        };
        self.phrases.iter().filter(stands).collect()
    }
}

impl Paper {
    pub(crate) fn read(text: &str) -> (Option<Self>, Vec<Wrong>) {
        read::read(text)
    }

    /// The places for prose, in order.
    pub fn slots(&self) -> Vec<&Slot> {
        let mut slots = Vec::new();
        self.pieces(&mut |piece, _| {
            if let Piece::Slot(slot) = piece {
                slots.push(slot);
            }
        });
        slots
    }

    /// The sentences around the body.
    fn around(&self) -> impl Iterator<Item = &Vec<Span>> {
        let lines = self.to.iter().chain(&self.recipients).chain(&self.issuer);
        [&self.kind, &self.about, &self.symbol].into_iter().chain(lines)
    }

    /// Every value that the text names, with the child rows in which it stands.
    pub fn values<'p>(&'p self, see: &mut dyn FnMut(&'p Value, Option<&'p str>)) {
        for spans in self.around() {
            spans_of(spans, None, see, &mut |_, _, _| {});
        }
        self.pieces(&mut |piece, row| match piece {
            Piece::Heading { text, .. } | Piece::Paragraph(text) | Piece::Centred(text) => {
                spans_of(text, row, see, &mut |_, _, _| {});
            }
            Piece::List(items) => items.iter().for_each(|item| spans_of(item, row, see, &mut |_, _, _| {})),
            Piece::Table { rows, columns, .. } => {
                for (_, text) in columns {
                    spans_of(text, Some(rows), see, &mut |_, _, _| {});
                }
            }
            _ => {}
        });
    }

    /// Every condition, with its line and the child rows in which it stands.
    pub(crate) fn conditions<'p>(&'p self, see: &mut dyn FnMut(&'p str, usize, Option<&'p str>)) {
        if let Some(when) = &self.head.when {
            see(when, 1, None);
        }
        for spans in self.around() {
            spans_of(spans, None, &mut |_, _| {}, see);
        }
        self.pieces(&mut |piece, row| match piece {
            Piece::Heading { text, .. } | Piece::Paragraph(text) | Piece::Centred(text) => {
                spans_of(text, row, &mut |_, _| {}, see);
            }
            Piece::List(items) => items.iter().for_each(|item| spans_of(item, row, &mut |_, _| {}, see)),
            Piece::Table { rows, columns, .. } => {
                for (_, text) in columns {
                    spans_of(text, Some(rows), &mut |_, _| {}, see);
                }
            }
            Piece::If { when, line, .. } => see(when, *line, row),
            _ => {}
        });
    }

    /// Every block, those inside choices and repetitions too, with the child rows in which it stands.
    pub(crate) fn pieces<'p>(&'p self, see: &mut dyn FnMut(&'p Piece, Option<&'p str>)) {
        walk(&self.body, None, see);
    }
}

fn walk<'p>(pieces: &'p [Piece], row: Option<&'p str>, see: &mut dyn FnMut(&'p Piece, Option<&'p str>)) {
    for piece in pieces {
        see(piece, row);
        match piece {
            Piece::If { then, otherwise, .. } => {
                walk(then, row, see);
                walk(otherwise, row, see);
            }
            Piece::Each { rows, body, .. } => walk(body, Some(rows), see),
            _ => {}
        }
    }
}

type SeeValue<'s, 'p> = &'s mut dyn FnMut(&'p Value, Option<&'p str>);
type SeeWhen<'s, 'p> = &'s mut dyn FnMut(&'p str, usize, Option<&'p str>);

fn spans_of<'p>(spans: &'p [Span], row: Option<&'p str>, value: SeeValue<'_, 'p>, when: SeeWhen<'_, 'p>) {
    for span in spans {
        match span {
            Span::Text { .. } => {}
            Span::Value(one) => value(one, row),
            Span::If { when: text, line, then, otherwise } => {
                when(text, *line, row);
                spans_of(then, row, value, when);
                spans_of(otherwise, row, value, when);
            }
        }
    }
}
