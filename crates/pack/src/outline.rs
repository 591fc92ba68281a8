//! Outlines: report texts with computed sentences, tables, charts and places for prose.
//!
//! The head stands between two lines `+++` as TOML; the text below is Markdown-like. In braces:
//! `{dialogue.held}` a number with its noun, `{dialogue.held[kind=periodic]@year_before|number}` one part of it, of another period, in
//! another form; `|zero "không để xảy ra"` and `|none "chưa tổng hợp"` say a confirmed zero and no data in words of their own, `|list "name"` tells the
//! parts of a breakdown one by one;
//! `{period}`, `{unit}` and the like are words; `{if dialogue.held > 0}…{else}…{end}` chooses; `{slot id "Label"}` is a place for prose;
//! `{table …}`, `{chart …}` and `{targets}` are drawn; `{targets reasons "Nguyên nhân"}` asks people why each target is not met;
//! `{directions id "Label"}` is a place for prose whose items become tasks when the report is issued, `{tasks}` answers those of the report
//! before one by one; `{theme}` and `{theme_by}` say the year's theme and who set it;
//! `{part name}` puts in the text of `outlines/parts/name.md`, which several outlines share.

pub(crate) mod read;

use std::{collections::BTreeMap, fmt::Write as _};

use calendar::Kind;
use indexmap::IndexMap;
use kernel::{Day, Label, Refusal};
use serde::{Deserialize, Serialize};

use crate::{
    expression::nearest,
    fault::{Fault, Faults},
    formula::Formula,
    read::Pack,
    sentence::{Wrong, unknown},
};

/// Where texts stand that several outlines share.
pub(crate) const PARTS: &str = "outlines/parts/";

/// What the code calls a report's text.
#[derive(Clone, Debug)]
pub struct Outline {
    pub head: Head,
    /// What it is about, as the title says it.
    pub about: Vec<Span>,
    pub symbol: Vec<Span>,
    pub recipients: Vec<Vec<Span>>,
    pub to: Vec<Vec<Span>>,
    pub body: Vec<Piece>,
}

/// The head of an outline: which report it is, who issues it, in which form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub id: String,
    /// The report of which it is a variant: `annual`.
    pub report: String,
    pub label: Label,
    /// The levels of place that it is for.
    pub levels: Vec<String>,
    /// The kinds of body that issue it: the first that stands at the place on the period's last day. Its system gives the layout.
    pub body: Vec<String>,
    /// Which days it means by a period.
    #[serde(default = "calendar")]
    pub regime: String,
    #[serde(default = "all_periods")]
    pub periods: Vec<Kind>,
    /// Of these, the ones that must be sent to the superior; the others may be drafted.
    #[serde(default)]
    pub owed: Vec<Kind>,
    /// Of a year's months, quarters or halves only these are owed, by their number in the year; the others a longer report tells.
    #[serde(default)]
    pub turns: BTreeMap<Kind, Vec<u8>>,
    /// Nothing is owed of periods that ended before this day: the rule that asks for it is no older.
    #[serde(default)]
    pub owed_from: Option<Day>,
    /// The limit by which they are due, counted from the window's last day; without one, the regime's.
    #[serde(default)]
    pub due: Option<String>,
    /// "Báo cáo".
    pub kind: String,
    pub about: String,
    /// What follows the number: `BC-UBND`, `BC/BDVTU`.
    pub symbol: String,
    #[serde(default)]
    pub to: Vec<String>,
    #[serde(default)]
    pub authority: Vec<String>,
    pub post: String,
    #[serde(default)]
    pub recipients: Vec<String>,
}

fn calendar() -> String {
    "calendar".to_owned()
}

fn all_periods() -> Vec<Kind> {
    let mut kinds = Kind::NAMED.to_vec();
    kinds.push(Kind::Span);
    kinds
}

/// A block of the text.
#[derive(Clone, Debug)]
pub enum Piece {
    Heading {
        level: u8,
        id: String,
        text: Vec<Span>,
    },
    Paragraph(Vec<Span>),
    List(Vec<Vec<Span>>),
    Slot(Slot),
    Table(Table),
    Break(Breakdown),
    Chart(Chart),
    /// The targets of the unit's programmes with what came of them; of one programme, if named.
    Targets {
        line: usize,
        programme: Option<String>,
        /// How the places are called in which people say why a target is not met, each under the table.
        reasons: Option<String>,
    },
    /// The tasks that the report before this one set, each with what came of it and a place for prose; of further reports, if named.
    Tasks {
        line: usize,
        also: Vec<String>,
    },
    /// What `outlines/parts/name.md` holds.
    Part {
        line: usize,
        name: String,
        body: Vec<Piece>,
    },
    /// What follows stands behind the signature, under this title.
    Annex(String),
    If {
        when: Condition,
        then: Vec<Piece>,
        otherwise: Vec<Piece>,
    },
}

/// A place that a person fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    pub line: usize,
    pub id: String,
    pub label: String,
    /// Its items become records of tasks when the report is issued.
    pub tasks: bool,
}

/// A part of a sentence.
#[derive(Clone, Debug)]
pub enum Span {
    Text {
        text: String,
        bold: bool,
        italic: bool,
    },
    Word {
        word: Word,
        capital: bool,
    },
    Number(Number),
    /// How many targets are met, of how many: "02/02 chỉ tiêu".
    TargetsMet {
        line: usize,
        programme: Option<String>,
    },
    If {
        when: Condition,
        then: Vec<Span>,
        otherwise: Vec<Span>,
    },
}

/// A computed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    pub line: usize,
    pub figure: String,
    /// Only the parts with these words.
    pub part: Vec<(String, String)>,
    pub moment: Moment,
    pub form: Form,
    /// Said for a confirmed zero.
    pub zero: Option<String>,
    /// Said where there is no data.
    pub none: Option<String>,
    /// Each part of this breakdown by itself instead of their sum: "đường ĐH21 (1,85 km), đường ĐH29 (1,01 km)".
    pub list: Option<String>,
}

impl Number {
    /// How a return names it: `dialogue.held[kind=periodic]@year_before`.
    pub fn key(&self) -> String {
        let mut key = self.figure.clone();
        if !self.part.is_empty() {
            let parts: Vec<String> = self.part.iter().map(|(by, word)| format!("{by}={word}")).collect();
            let _ = write!(key, "[{}]", parts.join(","));
        }
        if self.moment != Moment::Now {
            let _ = write!(key, "@{}", self.moment.name());
        }
        key
    }
}

/// Of which days a number is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    #[default]
    Now,
    /// From the start of the regime's year.
    Cumulative,
    YearBefore,
    Before,
    Next,
}

impl Moment {
    pub const ALL: [Moment; 5] = [Self::Now, Self::Cumulative, Self::YearBefore, Self::Before, Self::Next];

    pub fn name(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Cumulative => "cumulative",
            Self::YearBefore => "year_before",
            Self::Before => "before",
            Self::Next => "next",
        }
    }
}

/// What of a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Number and noun: "1.052 cuộc đối thoại", "05/08 vụ việc".
    #[default]
    Shown,
    /// The number alone.
    Number,
    /// Of a share or coverage: how many reached it, with the noun: "14 xã".
    Reached,
    /// Of a share or coverage: "34,1%".
    Percent,
    /// ", tăng 65 cuộc đối thoại (6,6%) so với năm 2020"; nothing where one of both is not known.
    Change,
}

impl Form {
    pub const ALL: [Form; 5] = [Self::Shown, Self::Number, Self::Reached, Self::Percent, Self::Change];

    pub fn name(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Number => "number",
            Self::Reached => "reached",
            Self::Percent => "percent",
            Self::Change => "change",
        }
    }
}

/// A word that the report's unit and period give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// "năm 2021"
    Period,
    /// "năm 2022"
    Next,
    /// "2021"
    Year,
    NextYear,
    /// "từ 15/12/2020 đến 14/12/2021"
    Window,
    /// "thành phố Hải Phòng"
    Unit,
    /// "Hải Phòng"
    Place,
    /// "thành phố"
    Kind,
    /// "Ban Dân vận Thành ủy Hải Phòng"
    Body,
    /// What stands behind the number of its papers: "BTGDV".
    BodySign,
    /// The body above the one that issues it.
    Superior,
    /// "“Tăng cường đối thoại tại cơ sở”": the theme of the year, the highest one set above or here.
    Theme,
    /// The body that set it.
    ThemeBy,
}

impl Word {
    pub const ALL: [(&str, Word); 13] = [
        ("period", Self::Period),
        ("next", Self::Next),
        ("year", Self::Year),
        ("next_year", Self::NextYear),
        ("window", Self::Window),
        ("unit", Self::Unit),
        ("place", Self::Place),
        ("kind", Self::Kind),
        ("body", Self::Body),
        ("body_sign", Self::BodySign),
        ("superior", Self::Superior),
        ("theme", Self::Theme),
        ("theme_by", Self::ThemeBy),
    ];
}

/// What a choice in the text depends on.
#[derive(Clone, Debug)]
pub enum Condition {
    /// The number has data.
    Has(Number),
    /// The number is more than zero: `{if any dialogue.held@next}`.
    Any(Number),
    /// The unit has targets in the period.
    Targets,
    /// The report before set tasks.
    Tasks,
    /// A theme was set for the year.
    Theme,
    /// A condition over figures of the period itself.
    Holds { line: usize, text: String, formula: Formula },
}

/// A table whose rows are figures and whose columns are periods.
#[derive(Clone, Debug)]
pub struct Table {
    pub line: usize,
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<TableRow>,
}

#[derive(Clone, Debug)]
pub enum TableRow {
    Group(String),
    /// Without a label the figure's own.
    Figure {
        number: Number,
        label: Option<String>,
    },
}

/// A column of a table of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Of(Moment),
    /// Against the year before, or the period before where that column stands.
    Change,
    /// Of the year's plan.
    Plan,
}

impl Column {
    pub const ALL: [(&str, Column); 6] = [
        ("now", Self::Of(Moment::Now)),
        ("cumulative", Self::Of(Moment::Cumulative)),
        ("year_before", Self::Of(Moment::YearBefore)),
        ("before", Self::Of(Moment::Before)),
        ("change", Self::Change),
        ("plan", Self::Plan),
    ];
}

/// What a breakdown goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The units below.
    Unit,
    Month,
    /// A `by` of the figure.
    Part(String),
}

/// A table whose rows are the units below, or the words of a breakdown, and whose columns are figures.
#[derive(Clone, Debug)]
pub struct Breakdown {
    pub line: usize,
    pub caption: String,
    pub numbers: Vec<Number>,
    pub by: By,
}

/// One figure drawn, beside another period's if so.
#[derive(Clone, Debug)]
pub struct Chart {
    pub line: usize,
    pub title: String,
    pub number: Number,
    pub by: By,
    pub beside: Option<Moment>,
}

impl Pack {
    /// Reads `outlines/*.md`: prose is not laid by elements, the uppermost layer's text stands.
    pub(crate) fn read_outlines(&mut self, faults: &mut Faults<'_>) {
        let (parts, paths): (Vec<String>, Vec<String>) =
            faults.source.paths("outlines", ".md").into_iter().partition(|path| path.starts_with(PARTS));
        let note = |faults: &mut Faults<'_>, path: &str, wrong: Vec<Wrong>| {
            let file = faults.source.file(path);
            let found = wrong.into_iter().map(|(line, refusal)| Fault { file: file.clone(), line, refusal });
            faults.found.extend(found);
        };
        for path in parts {
            let (body, wrong) = read::body(faults.source.text(&path).unwrap_or_default(), 1);
            note(faults, &path, wrong);
            let name = path.trim_start_matches(PARTS).trim_end_matches(".md").to_owned();
            self.outline_parts.insert(name, body);
        }
        for path in paths {
            let text = faults.source.text(&path).unwrap_or_default();
            let (outline, mut wrong) = Outline::read(text);
            let Some(mut outline) = outline else {
                note(faults, &path, wrong);
                continue;
            };
            fill(&mut outline.body, &self.outline_parts, &mut wrong);
            note(faults, &path, wrong);
            let file = faults.source.file(&path);
            let name = path.trim_start_matches("outlines/").trim_end_matches(".md");
            let id = outline.head.id.clone();
            if id == name {
                self.outlines.insert(id, outline);
            } else {
                let line = text.lines().position(|line| line.starts_with("id")).map_or(1, |line| line + 1);
                let refusal = Refusal::new("pack.not_named_as_file").with("id", id).with("file", name);
                faults.found.push(Fault { file, line, refusal });
            }
        }
    }

    /// An outline by its own name, or the variant of a report for a level.
    pub fn outline(&self, name: &str, level: &str) -> Result<&Outline, Refusal> {
        if let Some(outline) = self.outlines.get(name) {
            return Ok(outline);
        }
        let mut variants = self.outlines.values().filter(|outline| outline.head.report == name).peekable();
        if variants.peek().is_none() {
            let reports = self.outlines.values().map(|outline| &outline.head.report);
            let known: Vec<&String> = self.outlines.keys().chain(reports).collect();
            let nearest = nearest(name, known);
            return Err(Refusal::new("reports.unknown_outline").with("value", name).with("nearest", nearest));
        }
        variants
            .find(|outline| outline.head.levels.iter().any(|one| one == level))
            .ok_or_else(|| Refusal::new("reports.no_variant").with("value", name).with("level", level))
    }
}

impl Outline {
    /// The places for prose, in order; those of targets not met are known only with the unit.
    pub fn slots(&self) -> Vec<&Slot> {
        let mut slots = Vec::new();
        self.pieces(&mut |piece| {
            if let Piece::Slot(slot) = piece {
                slots.push(slot);
            }
        });
        slots
    }

    /// How the places for reasons of the targets of a programme are called, if they are asked for.
    pub fn reasons(&self, programme: &str) -> Option<&str> {
        let mut asked = None;
        self.pieces(&mut |piece| {
            if let Piece::Targets { programme: of, reasons: Some(reasons), .. } = piece
                && of.as_ref().is_none_or(|of| of == programme)
            {
                asked = Some(reasons.as_str());
            }
        });
        asked
    }

    /// Of which other reports the tasks are answered here; none where tasks are not answered at all.
    pub fn answers_tasks(&self) -> Option<&[String]> {
        let mut found = None;
        self.pieces(&mut |piece| {
            if let Piece::Tasks { also, .. } = piece {
                found = Some(also.as_slice());
            }
        });
        found
    }

    /// Whether the text names the days of its period somewhere.
    pub fn tells_window(&self) -> bool {
        let mut found = false;
        self.spans(&mut |span| found |= matches!(span, Span::Word { word: Word::Window, .. }));
        found
    }

    /// Every part of every sentence of the body, those inside choices and parts too.
    pub fn spans<'o>(&'o self, see: &mut dyn FnMut(&'o Span)) {
        self.pieces(&mut |piece| spans_of(piece, see));
    }

    /// Every block, those inside choices and parts too.
    pub fn pieces<'o>(&'o self, see: &mut dyn FnMut(&'o Piece)) {
        walk(&self.body, true, see);
    }
}

/// Every block; what parts hold only if `parts`.
pub(crate) fn walk<'o>(pieces: &'o [Piece], parts: bool, see: &mut dyn FnMut(&'o Piece)) {
    for piece in pieces {
        see(piece);
        match piece {
            Piece::If { then, otherwise, .. } => {
                walk(then, parts, see);
                walk(otherwise, parts, see);
            }
            Piece::Part { body, .. } if parts => walk(body, parts, see),
            _ => {}
        }
    }
}

/// Every part of the sentences of one block.
pub(crate) fn spans_of<'o>(piece: &'o Piece, see: &mut dyn FnMut(&'o Span)) {
    match piece {
        Piece::Heading { text, .. } | Piece::Paragraph(text) => walk_spans(text, see),
        Piece::List(items) => items.iter().for_each(|item| walk_spans(item, see)),
        _ => {}
    }
}

/// Puts the parts where they are named.
fn fill(pieces: &mut [Piece], parts: &IndexMap<String, Vec<Piece>>, wrong: &mut Vec<Wrong>) {
    for piece in pieces {
        match piece {
            Piece::If { then, otherwise, .. } => {
                fill(then, parts, wrong);
                fill(otherwise, parts, wrong);
            }
            Piece::Part { line, name, body } => match parts.get(name) {
                Some(part) => body.clone_from(part),
                None => wrong.push((*line, unknown("pack.outline_no_part", name, parts.keys().map(String::as_str)))),
            },
            _ => {}
        }
    }
}

fn walk_spans<'o>(spans: &'o [Span], see: &mut dyn FnMut(&'o Span)) {
    for span in spans {
        see(span);
        if let Span::If { then, otherwise, .. } = span {
            walk_spans(then, see);
            walk_spans(otherwise, see);
        }
    }
}

#[cfg(test)]
mod tests;
