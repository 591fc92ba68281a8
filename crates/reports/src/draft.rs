//! From outline and answers to a paper: sentences, choices, places for prose. No database, no clock: the same answers give the same words.

use std::{collections::BTreeMap, fmt::Write as _};

use kernel::number::{decimal, two_digits};
use pack::outline::{Form, Moment, Number, Piece, Span, Word};
use papers::{Annex, Block, Figure, Head, Inline, Layout, Mark, Paper, Sign, Slot};
use serde::{Deserialize, Serialize};

use crate::{
    Report, Return, Scene, State,
    agree::{Dispute, disputes},
    answer::{Answer, Answers, Question, Standing, Target},
    check::{Slip, own},
    report,
};

pub(crate) const NO_DATA: &str = "chưa có số liệu";

/// A report as it would read now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub paper: Paper,
    /// The numbers in the text, in order, each once.
    pub numbers: Vec<Written>,
    pub sections: Vec<Section>,
    pub findings: Vec<Finding>,
}

/// A number that stands in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// How a return names it: `dialogue.held[kind=periodic]`.
    pub key: String,
    pub question: Question,
    pub part: Vec<(String, String)>,
    pub shown: String,
    pub href: String,
    pub section: String,
}

/// A heading of the first two levels, with what it still needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub id: String,
    pub title: String,
    pub level: u8,
    pub unwritten: usize,
    pub without_data: usize,
}

/// What should be looked at before the report leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nobody has said anything.
    NoData { label: String, href: String },
    /// So many units of the scope have said nothing.
    Silent { label: String, href: String, units: usize },
    /// Numbers of the text do not agree with one another.
    Slip(Slip),
    /// Numbers behind the text do not agree with one another.
    Dispute(Dispute),
    /// A place for prose is empty.
    Unwritten { label: String, slot: String },
    /// A task of the report before is open, and nobody said what came of it.
    Unanswered { title: String, slot: String },
}

/// What people have added: prose by slot, numbers sent back with their reasons, and who signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    pub slots: BTreeMap<String, String>,
    /// By the number's key.
    pub returned: BTreeMap<String, String>,
    /// Stands at the foot of every page.
    pub note: Option<String>,
}

impl Draft {
    /// Numbers that do not agree, in the text or behind it.
    pub fn contradictions(&self) -> usize {
        self.findings.iter().filter(|one| matches!(one, Finding::Slip(_) | Finding::Dispute(_))).count()
    }

    /// The headings of the first two levels that a place for prose stands under.
    pub fn sections_of(&self, slot: &str) -> Vec<&str> {
        let (mut one, mut two) = (None, None);
        for block in &self.paper.body {
            match block {
                Block::Heading { level: 1, id, .. } => (one, two) = (Some(id.as_str()), None),
                Block::Heading { level: 2, id, .. } => two = Some(id.as_str()),
                Block::Slot(place) if place.id == slot => return one.into_iter().chain(two).collect(),
                _ => {}
            }
        }
        Vec::new()
    }

    /// Whether this place may be written in: of a report that was sent back only what was sent back this time, the rest stands.
    pub fn is_open(&self, report: &Report, returns: &[Return], slot: &str) -> bool {
        if report.state != State::Returned {
            return true;
        }
        let sections = self.sections_of(slot);
        returns.iter().filter(|one| one.round == report.round).any(|one| match &one.target {
            report::Target::Section(id) => sections.contains(&id.as_str()),
            report::Target::Number(key) => {
                self.numbers.iter().any(|known| known.key == *key && sections.contains(&known.section.as_str()))
            }
        })
    }
}

/// Writes the report.
pub fn draft(scene: &Scene<'_>, answers: &Answers, added: &Added) -> Draft {
    let mut writer = Writer { scene, answers, added, draft: Draft::default(), section: String::new(), sub: None };
    let mut body = Vec::new();
    if !scene.outline.tells_window() {
        let text = format!("Kỳ số liệu: {} ({}).", scene.days(), scene.regime.label.vi);
        body.push(Block::Paragraph { text: vec![Inline::italic(text)] });
    }
    let mut annexes: Vec<Annex> = Vec::new();
    let pieces = &scene.outline.body;
    let first = pieces.iter().position(|piece| matches!(piece, Piece::Annex(_))).unwrap_or(pieces.len());
    writer.pieces(&pieces[..first], &mut body);
    for piece in &pieces[first..] {
        if let Piece::Annex(title) = piece {
            (writer.section, writer.sub) = (String::new(), None);
            annexes.push(Annex { title: title.clone(), ..Annex::default() });
        } else if let Some(annex) = annexes.last_mut() {
            writer.pieces(std::slice::from_ref(piece), &mut annex.body);
        }
    }
    let mut draft = writer.draft;
    draft.paper = Paper { body, annexes, ..paper(scene, added) };
    draft.findings.extend(own(scene.pack, &draft.paper).into_iter().map(Finding::Slip));
    draft.findings.extend(disputes(scene, answers).into_iter().map(Finding::Dispute));
    draft
}

/// All but the body: whose form it wears, who issues it, who signs.
fn paper(scene: &Scene<'_>, added: &Added) -> Paper {
    let (at, head) = (scene.at(), &scene.outline.head);
    let layout = match at.system(scene.body) {
        Some("party") => Layout::Party,
        Some("front" | "union") => Layout::Front,
        _ => Layout::State,
    };
    let place = at.name(scene.unit);
    let superior = scene.superior().map(|superior| at.name(superior));
    let whole = at.name(scene.body);
    // What stands in the line above is not said again; the place begins a line of its own.
    let body = match &superior {
        Some(superior) => whole.strip_suffix(superior.as_str()).map(|short| short.trim_end().to_owned()),
        None => whole.strip_suffix(place.as_str()).map(|kind| format!("{}\n{place}", kind.trim_end())),
    };
    let line = |spans: &[Span]| {
        let text = spans.iter().map(|span| match span {
            Span::Text { text, .. } => text.clone(),
            Span::Word { word, capital } => cased(scene.word(*word), *capital),
            _ => String::new(),
        });
        text.collect::<String>()
    };
    Paper {
        layout,
        head: Head {
            superior,
            body: body.filter(|body| !body.is_empty()).unwrap_or(whole),
            symbol: line(&scene.outline.symbol),
            place: at.bare_name(scene.unit),
            kind: head.kind.clone(),
            about: line(&scene.outline.about),
            to: scene.outline.to.iter().map(|text| line(text)).collect(),
            ..Head::default()
        },
        sign: Sign { authority: head.authority.clone(), post: head.post.clone(), name: None },
        recipients: scene.outline.recipients.iter().map(|text| line(text)).collect(),
        note: added.note.clone(),
        ..Paper::default()
    }
}

pub(crate) fn cased(text: String, capital: bool) -> String {
    let mut letters = text.chars();
    match letters.next().filter(|_| capital) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}

impl Scene<'_> {
    /// Where a number opens.
    pub(crate) fn href(&self, question: &Question, part: &[(String, String)]) -> String {
        let unit = self.code(units::Unit(question.unit));
        let mut href =
            format!("/figures/{}?unit={unit}&from={}&to={}", question.figure, question.window.from, question.window.to);
        for (by, word) in part {
            let _ = write!(href, "&by={by}:{word}");
        }
        href
    }
}

pub(crate) struct Writer<'a, 's> {
    pub(crate) scene: &'a Scene<'s>,
    pub(crate) answers: &'a Answers,
    added: &'a Added,
    draft: Draft,
    section: String,
    /// Where in `sections` the current one stands.
    sub: Option<usize>,
}

impl Writer<'_, '_> {
    fn pieces(&mut self, pieces: &[Piece], into: &mut Vec<Block>) {
        for piece in pieces {
            match piece {
                Piece::Heading { level, id, text } => into.push(self.heading(*level, id, text)),
                Piece::Paragraph(text) => {
                    let text = self.sentence(text);
                    if !papers::plain(&text).trim().is_empty() {
                        into.push(Block::Paragraph { text });
                    }
                }
                Piece::List(items) => {
                    let items = items.iter().map(|item| vec![Block::Paragraph { text: self.sentence(item) }]).collect();
                    into.push(Block::List { ordered: false, items });
                }
                Piece::Slot(slot) => into.push(self.slot(&slot.id, &slot.label)),
                Piece::Table(table) => self.table(table, into),
                Piece::Break(breakdown) => self.breakdown(breakdown, into),
                Piece::Chart(chart) => self.chart(chart, into),
                Piece::Targets { programme, reasons, .. } => {
                    self.targets(programme.as_deref(), into);
                    if let Some(reasons) = reasons {
                        self.reasons(programme.as_deref(), reasons, into);
                    }
                }
                Piece::Tasks { .. } => self.tasks(into),
                Piece::Part { body, .. } => self.pieces(body, into),
                Piece::Annex(title) => into.push(Block::heading(1, title)),
                Piece::If { when, then, otherwise } => {
                    let chosen = if self.holds(when) { then } else { otherwise };
                    self.pieces(chosen, into);
                }
            }
        }
    }

    fn heading(&mut self, level: u8, id: &str, text: &[Span]) -> Block {
        let text = papers::plain(&self.sentence(text));
        if level <= 2 {
            id.clone_into(&mut self.section);
            self.sub = Some(self.draft.sections.len());
            let section = Section { id: id.to_owned(), title: text.clone(), level, ..Section::default() };
            self.draft.sections.push(section);
        }
        Block::Heading { level, text, id: id.to_owned() }
    }

    /// Under the table of targets, one place for each target that is not met.
    fn reasons(&mut self, programme: Option<&str>, reasons: &str, into: &mut Vec<Block>) {
        let open = self.targets_of(programme).into_iter().filter(|target| target.standing != Standing::Met);
        let open: Vec<(String, String)> =
            open.map(|target| (target.id.clone(), format!("{reasons}: {}", target.label))).collect();
        for (id, label) in open {
            into.push(self.slot(&id, &label));
        }
    }

    fn slot(&mut self, id: &str, label: &str) -> Block {
        if !self.written_in(id) {
            let finding = Finding::Unwritten { label: label.to_owned(), slot: id.to_owned() };
            self.draft.findings.push(finding);
            if let Some(section) = self.sub.and_then(|at| self.draft.sections.get_mut(at)) {
                section.unwritten += 1;
            }
        }
        self.place(id, label)
    }

    /// Whether people have written something there.
    pub(crate) fn written_in(&self, id: &str) -> bool {
        self.added.slots.get(id).is_some_and(|text| !text.trim().is_empty())
    }

    /// A place for prose with what stands in it.
    pub(crate) fn place(&self, id: &str, label: &str) -> Block {
        let text = self.added.slots.get(id).filter(|text| !text.trim().is_empty());
        let text = text.map(|text| papers::from_markdown(text));
        Block::Slot(Slot { id: id.to_owned(), label: label.to_owned(), text })
    }

    fn sentence(&mut self, spans: &[Span]) -> Vec<Inline> {
        let mut line = Vec::new();
        self.spans(spans, &mut line);
        tidy(line)
    }

    fn spans(&mut self, spans: &[Span], line: &mut Vec<Inline>) {
        for span in spans {
            match span {
                Span::Text { text, bold, italic } => {
                    line.push(Inline::Text { text: text.clone(), bold: *bold, italic: *italic });
                }
                Span::Word { word, capital } => line.push(Inline::text(cased(self.word(*word), *capital))),
                Span::Number(number) if number.form == Form::Change => self.change(number, line),
                Span::Number(number) => {
                    let figure = self.number(number);
                    line.push(figure);
                }
                Span::TargetsMet { programme, .. } => {
                    let of: Vec<&Target> = self.targets_of(programme.as_deref());
                    let met = of.iter().filter(|target| target.standing == Standing::Met).count();
                    let shown = format!("{}/{} chỉ tiêu", two(met), two(of.len()));
                    line.push(Inline::figure(shown, Some(self.targets_href())));
                }
                Span::If { when, then, otherwise } => {
                    let chosen = if self.holds(when) { then } else { otherwise };
                    self.spans(chosen, line);
                }
            }
        }
    }

    fn word(&self, word: Word) -> String {
        let theme = self.answers.themes.first();
        match word {
            Word::Theme => theme.map(|theme| format!("“{}”", theme.wording)).unwrap_or_default(),
            Word::ThemeBy => theme.map(|theme| theme.by.clone()).unwrap_or_default(),
            word => self.scene.word(word),
        }
    }

    pub(crate) fn targets_of(&self, programme: Option<&str>) -> Vec<&Target> {
        let of = |target: &&Target| programme.is_none_or(|id| target.id.split('.').next() == Some(id));
        self.answers.targets.iter().filter(of).collect()
    }

    pub(crate) fn targets_href(&self) -> String {
        format!("/targets?unit={}&period={}", self.scene.code(self.scene.unit), self.scene.period)
    }

    pub(crate) fn answer(&self, question: &Question) -> Option<&Answer> {
        self.answers.values.get(question)
    }

    pub(crate) fn href(&self, question: &Question, part: &[(String, String)]) -> String {
        self.scene.href(question, part)
    }

    pub(crate) fn label(&self, figure: &str) -> String {
        self.scene.pack.figure(figure).map(|figure| figure.label().vi.clone()).unwrap_or_default()
    }

    /// A number in a sentence; what is missing or silent is noted.
    fn number(&mut self, number: &Number) -> Inline {
        let question = self.scene.question(number);
        let href = self.href(&question, &number.part);
        // Said of the figure, however many of its parts stand in the text.
        let (label, whole) = (self.label(&number.figure), self.href(&question, &[]));
        let (shown, silent) = match self.answer(&question).filter(|answer| answer.known) {
            None => {
                self.finding(Finding::NoData { label: label.clone(), href: whole.clone() });
                if let Some(section) = self.sub.and_then(|at| self.draft.sections.get_mut(at)) {
                    section.without_data += 1;
                }
                (number.none.clone().unwrap_or_else(|| NO_DATA.to_owned()), 0)
            }
            Some(answer) => {
                let shown = match &number.list {
                    Some(by) => self.listed(number, by, answer),
                    None => worded(number, answer),
                };
                (shown, answer.silent)
            }
        };
        // Where nothing said means nothing done, nobody is silent.
        let counts = match self.scene.pack.figure(&number.figure) {
            Some(pack::AnyFigure::Counted(_, figure)) => !figure.silent_is_zero,
            _ => false,
        };
        if silent > 0 && counts {
            self.finding(Finding::Silent { label, href: whole, units: silent });
        }
        self.written(number, question, &shown, &href);
        let key = number.key();
        let note = self.added.returned.get(&key).map(|reason| vec![Inline::text(reason)]);
        let mark = note.is_some().then_some(Mark::Returned);
        Inline::Figure(Figure { shown, href: Some(href), mark, note: note.unwrap_or_default() })
    }

    pub(crate) fn finding(&mut self, finding: Finding) {
        if !self.draft.findings.contains(&finding) {
            self.draft.findings.push(finding);
        }
    }

    pub(crate) fn written(&mut self, number: &Number, question: Question, shown: &str, href: &str) {
        if !self.draft.numbers.iter().any(|one| one.href == href && one.shown == shown) {
            self.draft.numbers.push(Written {
                key: number.key(),
                question,
                part: number.part.clone(),
                shown: shown.to_owned(),
                href: href.to_owned(),
                section: self.section.clone(),
            });
        }
    }

    /// ", tăng 65 cuộc đối thoại (6,6%) so với năm 2020"; nothing where one of both is not known.
    fn change(&mut self, number: &Number, line: &mut Vec<Inline>) {
        let now = self.scene.question(number);
        let then = self.scene.question_at(&number.figure, Moment::YearBefore);
        let amount = |question: &Question| {
            let answer = self.answer(question).filter(|answer| answer.known)?;
            Some((answer.amount(&number.part)?, answer))
        };
        let (Some((new, answer)), Some((old, _))) = (amount(&now), amount(&then)) else { return };
        let period = self.scene.period_of(Moment::YearBefore).label().vi;
        let href = Some(self.href(&then, &number.part));
        if new == old {
            line.extend([Inline::text(", bằng "), Inline::figure(period, href)]);
            return;
        }
        let verb = if new > old { ", tăng " } else { ", giảm " };
        let difference = in_prose((new - old).abs(), answer.places);
        let shown = with_noun(difference, answer.noun.as_deref());
        line.extend([Inline::text(verb), Inline::figure(shown, href)]);
        if let Some(tenths) = kernel::number::percent((new - old).abs(), old, 1, kernel::number::Rounding::HalfUp) {
            line.push(Inline::text(format!(" ({}%)", decimal(tenths, 1))));
        }
        line.push(Inline::text(format!(" so với {period}")));
    }
}

/// A known number in its form.
fn worded(number: &Number, answer: &Answer) -> String {
    let amount = answer.amount(&number.part);
    if let Some(zero) = number.zero.as_ref().filter(|_| amount == Some(0)) {
        return zero.clone();
    }
    let whole = number.part.is_empty();
    match number.form {
        Form::Percent => match answer.percent {
            Some(tenths) => format!("{}%", decimal(tenths, 1)),
            None => answer.number.clone(),
        },
        Form::Reached => with_noun(in_prose(amount.unwrap_or_default(), 0), answer.noun.as_deref()),
        Form::Number if whole && answer.of.is_none() => answer.number.clone(),
        Form::Number if whole => in_prose(amount.unwrap_or_default(), 0),
        Form::Number => in_prose(amount.unwrap_or_default(), answer.places),
        Form::Shown | Form::Change if whole => answer.shown.clone(),
        Form::Shown | Form::Change => {
            with_noun(in_prose(amount.unwrap_or_default(), answer.places), answer.noun.as_deref())
        }
    }
}

/// Two digits under ten, as prose writes counts; nothing but zero has one.
pub(crate) fn in_prose(amount: i64, places: u32) -> String {
    if places == 0 && amount > 0 { two_digits(amount) } else { decimal(amount, places) }
}

pub(crate) fn with_noun(number: String, noun: Option<&str>) -> String {
    match noun {
        Some("%") => format!("{number}%"),
        Some(noun) => format!("{number} {noun}"),
        None => number,
    }
}

fn two(count: usize) -> String {
    in_prose(i64::try_from(count).unwrap_or(i64::MAX), 0)
}

/// Joins neighbouring texts of one dress, and leaves no double or lost spaces where a choice came to nothing.
fn tidy(line: Vec<Inline>) -> Vec<Inline> {
    let mut tidied: Vec<Inline> = Vec::new();
    for inline in line {
        match (tidied.last_mut(), inline) {
            (
                Some(Inline::Text { text, bold, italic }),
                Inline::Text { text: more, bold: its_bold, italic: its_italic },
            ) if (*bold, *italic) == (its_bold, its_italic) => {
                text.push_str(&more);
            }
            (_, inline) => tidied.push(inline),
        }
    }
    let last = tidied.len().saturating_sub(1);
    for (place, inline) in tidied.iter_mut().enumerate() {
        if let Inline::Text { text, .. } = inline {
            let mut plain = String::with_capacity(text.len());
            for letter in text.chars() {
                if letter != ' ' || !plain.ends_with(' ') {
                    plain.push(letter);
                }
            }
            let mut plain = plain.as_str();
            if place == 0 {
                plain = plain.trim_start();
            }
            if place == last {
                plain = plain.trim_end();
            }
            *text = plain.replace(" .", ".").replace(" ,", ",").replace(" ;", ";");
        }
    }
    tidied.retain(|inline| !matches!(inline, Inline::Text { text, .. } if text.is_empty()));
    tidied
}
