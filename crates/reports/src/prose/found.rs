//! The figures of a text: each number with its wording, the noun that it counts, and the words around it.

use serde_json::{Value as Json, json};

use super::{
    Line,
    pass::{glued, passed},
    tokens,
    when::{Mention, mentions},
    words::{Token, TokenKind},
};

/// `n` steps of 10^-`places`, times `scale`: `12,5 tỷ` is 125, 1, 1.000.000.000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub n: i64,
    pub places: u32,
    pub scale: i64,
}

impl Amount {
    pub fn whole(n: i64) -> Self {
        Self { n, places: 0, scale: 1 }
    }

    /// An integer stays one.
    #[expect(clippy::cast_precision_loss, reason = "what JSON holds is a double in any case")]
    pub fn json(self) -> Json {
        let (steps, step) = (i128::from(self.n) * i128::from(self.scale), 10_i128.pow(self.places));
        match i64::try_from(steps / step) {
            Ok(whole) if steps % step == 0 => whole.into(),
            _ => json!(self.n as f64 * self.scale as f64 / step as f64),
        }
    }
}

/// Beside a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compares {
    /// The same period a year earlier.
    YearBefore,
    /// A rise or a fall, a share of a plan, a running total.
    Other,
}

/// A figure of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub line: usize,
    /// Bytes of the line.
    pub from: usize,
    pub to: usize,
    /// As it is written, with its noun.
    pub text: String,
    pub value: Option<Amount>,
    pub of: Option<i64>,
    pub percent: Option<Amount>,
    pub measure: Option<String>,
    pub qualifier: Option<&'static str>,
    pub noun: String,
    pub sentence: String,
    /// Which sentence of the whole text.
    pub place: usize,
    /// From the figure before it, or the sentence's beginning.
    pub lead: String,
    /// Up to the figure after it, or the sentence's end.
    pub tail: String,
    /// A target or a plan, no result.
    pub promise: bool,
    /// What it holds against the result: nothing of its own is counted.
    pub compares: Option<Compares>,
    /// The period that it speaks of, where the text names one.
    pub period: Option<String>,
    /// The cell's table, row and column.
    pub cell: Option<(usize, usize, usize)>,
}

/// What the system counts: nouns and measures, word by word without marks.
#[derive(Clone, Debug, Default)]
pub struct Names {
    nouns: Vec<Vec<String>>,
    measures: Vec<(Vec<String>, String)>,
}

impl Names {
    pub fn new<'a>(nouns: impl Iterator<Item = &'a str>, measures: impl Iterator<Item = &'a str>) -> Self {
        let bare = |text: &str| tokens(text).into_iter().map(|token| token.bare).collect::<Vec<_>>();
        let mut nouns: Vec<Vec<String>> = nouns.map(bare).filter(|noun| !noun.is_empty()).collect();
        nouns.sort();
        nouns.dedup();
        let mut measures: Vec<_> = measures.map(|measure| (bare(measure), measure.to_owned())).collect();
        measures.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        measures.retain(|(words, _)| words.first().is_some_and(|word| word.chars().all(char::is_alphanumeric)));
        Self { nouns, measures }
    }

    /// How many tokens from `at` are a counted noun.
    pub(super) fn noun_at(&self, tokens: &[Token<'_>], at: usize) -> usize {
        let begins = |words: &&Vec<String>| begins(tokens, at, words);
        self.nouns.iter().filter(begins).map(Vec::len).max().unwrap_or(0)
    }

    pub(super) fn measure_at(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, &str)> {
        let found = self.measures.iter().find(|(words, _)| begins(tokens, at, words))?;
        Some((found.0.len(), found.1.as_str()))
    }
}

fn begins(tokens: &[Token<'_>], at: usize, words: &[String]) -> bool {
    tokens.get(at..at + words.len()).is_some_and(|here| here.iter().zip(words).all(|(token, word)| token.bare == *word))
}

/// A number's digits: `2.705` → 2705, 0; `34,1` → 341, 1. What groups wrongly is no number.
pub(super) fn digits(text: &str) -> Option<(i64, u32)> {
    let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
    if fraction.contains(['.', ',']) || fraction.len() > 6 {
        return None;
    }
    let groups: Vec<&str> = whole.split('.').collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let n = if grouped { groups.concat() + fraction } else { return None };
    Some((n.parse().ok()?, u32::try_from(fraction.len()).ok()?))
}

/// No noun goes on over these.
const STOPS: [&str; 52] = [
    "được", "đã", "đang", "sẽ", "trong", "tại", "trên", "của", "về", "cho", "có", "là", "để", "so", "ở", "từ", "đến",
    "với", "theo", "thuộc", "do", "nhằm", "bị", "qua", "khi", "sau", "trước", "vào", "như", "mà", "này", "đó", "không",
    "đạt", "chiếm", "tăng", "giảm", "bằng", "gồm", "nhưng", "nên", "thì", "còn", "cũng", "và", "hoặc", "vì", "giữa",
    "cùng", "nhất", "trở", "phải",
];

const PROMISES: [&str; 12] = [
    "phấn đấu",
    "chỉ tiêu",
    "mục tiêu",
    "yêu cầu",
    "tối thiểu",
    "ít nhất",
    "sẽ ",
    "đặt ra",
    "đề ra",
    "dự kiến",
    "chậm nhất",
    "kế hoạch giao",
];

const RESULTS: [&str; 9] =
    ["đã ", "kết quả", "đạt ", "hoàn thành", "thực hiện được", "vượt", "tổ chức được", "có được", "kết thúc"];

const NOTHING: [&[&str]; 8] = [
    &["không", "để", "xảy", "ra"],
    &["chưa", "để", "xảy", "ra"],
    &["không", "xảy", "ra"],
    &["chưa", "xảy", "ra"],
    &["không", "phát", "sinh"],
    &["chưa", "phát", "sinh"],
    &["không", "còn"],
    &["không", "có"],
];

const SPELLED: [(&str, i64); 9] =
    [("hai", 2), ("ba", 3), ("bốn", 4), ("sáu", 6), ("bảy", 7), ("tám", 8), ("chín", 9), ("mười", 10), ("bẩy", 7)];

/// All figures of a text, in its order.
pub fn find(lines: &[Line], names: &Names) -> Vec<Found> {
    let mut found = Vec::new();
    let mut place = 0;
    let mut chapter = None;
    let mut rows = (0, 0);
    let mut heads: Vec<Head> = Vec::new();
    for line in lines {
        let all = tokens(&line.text);
        if let Some((table, cells)) = &line.row {
            rows = if rows.0 == *table { (*table, rows.1 + 1) } else { (*table, 0) };
            place += 1;
            // The first row names the columns; the first column counts the rows.
            if rows.1 == 0 {
                heads = cells.iter().map(|cell| head(cell)).collect();
            } else {
                found.extend(cells_of(line, (*table, rows.1), cells, &heads, place));
            }
            continue;
        }
        let said = mentions(&all);
        let opening = said.iter().find(|one| one.at <= 4 && !one.compared && !one.named).map(|one| one.period.clone());
        if is_heading(&line.text, &all) && opening.is_some() {
            chapter.clone_from(&opening);
        }
        let paragraph = opening.or_else(|| chapter.clone());
        for (from, to) in sentences(&all) {
            place += 1;
            let sentence = Sentence { line, all: &all[from..to], said: &mentions(&all[from..to]), names, place };
            found.extend(sentence.figures(paragraph.as_ref()));
        }
    }
    found
}

/// A line that names what follows: short, or without an end.
fn is_heading(text: &str, tokens: &[Token<'_>]) -> bool {
    text.starts_with('#') || !text.trim_end().ends_with(['.', ';', ',', ':', '…', '/']) && tokens.len() < 80
}

fn sentences(tokens: &[Token<'_>]) -> Vec<(usize, usize)> {
    let (mut from, mut found) = (0, Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        let ends = matches!(token.text, "." | "!" | "?" | "…")
            && !glued(tokens, at)
            && tokens.get(at + 1).is_some_and(|next| next.is_capital() || next.kind != TokenKind::Word)
            && !at.checked_sub(1).is_some_and(|before| tokens[before].is_capital() && tokens[before].text.len() < 3);
        if ends {
            found.push((from, at + 1));
            from = at + 1;
        }
    }
    found.push((from, tokens.len()));
    found
}

/// Of when a column tells, and whether of results.
#[derive(Default)]
struct Head {
    promise: bool,
    compares: Option<Compares>,
    period: Option<String>,
}

fn head(cell: &str) -> Head {
    let low = cell.to_lowercase();
    let says = |cues: &[&str]| cues.iter().any(|cue| low.contains(cue));
    let compares = match () {
        () if says(&["tăng", "giảm", "so với", "% kế hoạch", "lũy kế", "luỹ kế", "kỳ trước", "kỳ sau"]) => {
            Some(Compares::Other)
        }
        () if says(&["cùng kỳ", "năm trước"]) => Some(Compares::YearBefore),
        () => None,
    };
    let said = mentions(&tokens(cell)).into_iter().find(|one| !one.named).map(|one| one.period);
    Head {
        promise: says(&["chỉ tiêu", "mức giao", "kế hoạch"]), compares, period: said.filter(|_| compares.is_none())
    }
}

/// The numbers of a table's row.
fn cells_of(line: &Line, (table, row): (usize, usize), cells: &[String], heads: &[Head], place: usize) -> Vec<Found> {
    let mut found = Vec::new();
    let plain = Head::default();
    for (column, cell) in cells.iter().enumerate().skip(1) {
        let bare = cell.trim().trim_end_matches('%').trim_end();
        let Some((n, places)) = digits(bare) else { continue };
        let amount = Amount { n, places, scale: 1 };
        let percent = cell.trim().ends_with('%');
        let head = heads.get(column).unwrap_or(&plain);
        found.push(Found {
            line: line.number,
            text: cell.trim().to_owned(),
            value: Some(amount).filter(|_| !percent),
            percent: Some(amount).filter(|_| percent),
            noun: cells.iter().find(|cell| cell.chars().any(char::is_alphabetic)).cloned().unwrap_or_default(),
            sentence: line.text.clone(),
            place,
            promise: head.promise,
            compares: head.compares,
            period: head.period.clone(),
            cell: Some((table, row, column)),
            ..Found::default()
        });
    }
    found
}

struct Sentence<'a> {
    line: &'a Line,
    all: &'a [Token<'a>],
    said: &'a [Mention],
    names: &'a Names,
    place: usize,
}

/// A figure in the tokens, before its surroundings are looked at.
struct Bare {
    from: usize,
    to: usize,
    found: Found,
}

impl Sentence<'_> {
    fn figures(&self, paragraph: Option<&String>) -> Vec<Found> {
        let mut bare: Vec<Bare> = Vec::new();
        let mut at = 0;
        while at < self.all.len() {
            let one = if self.all[at].is_number() || self.all[at].kind == TokenKind::Code {
                match passed(self.all, at, self.names) {
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => self.number(at),
                }
            } else {
                self.nothing(at).or_else(|| self.unnumbered(at)).or_else(|| self.spelled(at))
            };
            at = one.as_ref().map_or(at + 1, |one| one.to.max(at + 1));
            bare.extend(one);
        }
        let bounds: Vec<(usize, usize)> = bare.iter().map(|one| (one.from, one.to)).collect();
        let finished = bare.into_iter().enumerate().map(|(place, one)| {
            let before = place.checked_sub(1).map_or(0, |place| bounds[place].1);
            let after = bounds.get(place + 1).map_or(self.all.len(), |next| next.0);
            self.surrounded(one, before, after, paragraph)
        });
        finished.collect()
    }

    fn text(&self, from: usize, to: usize) -> &str {
        match (self.all.get(from), to.checked_sub(1).and_then(|last| self.all.get(last))) {
            (Some(first), Some(last)) if from < to => &self.line.text[first.from..last.to],
            _ => "",
        }
    }

    fn low(&self, at: usize) -> &str {
        self.all.get(at).map(|token| token.low.as_str()).unwrap_or_default()
    }

    fn surrounded(&self, bare: Bare, before: usize, after: usize, paragraph: Option<&String>) -> Found {
        let Bare { from, to, found } = bare;
        let lead = self.text(0, from).to_lowercase().replace("để hoàn thành", "phấn đấu");
        let last = |cues: &[&str]| cues.iter().filter_map(|cue| lead.rfind(cue)).max();
        let promised = match (last(&PROMISES), last(&RESULTS)) {
            (Some(promise), Some(result)) => promise > result,
            (promise, None) => promise.is_some(),
            (None, _) => false,
        };
        let (head, end) = (&self.all[from], &self.all[to - 1]);
        Found {
            line: self.line.number,
            from: head.from,
            to: end.to,
            text: self.text(from, to).to_owned(),
            sentence: self.text(0, self.all.len()).to_owned(),
            place: self.place,
            lead: self.text(before, from).to_owned(),
            tail: self.text(to, after).to_owned(),
            promise: promised || self.text(to, after.min(to + 3)).to_lowercase().starts_with("trở lên"),
            compares: self.is_change(from).then_some(Compares::Other),
            period: self.period(from).or_else(|| paragraph.cloned()),
            ..found
        }
    }

    /// `tăng 65 cuộc`, `giảm được 12 vụ`
    fn is_change(&self, at: usize) -> bool {
        let back = |steps: usize| at.checked_sub(steps).map(|at| self.low(at)).unwrap_or_default();
        let before = if matches!(back(1), "thêm" | "được" | "đi" | "tới" | "gần" | "hơn") {
            back(2)
        } else {
            back(1)
        };
        matches!(before, "tăng" | "giảm")
    }

    /// The nearest period in the figure's clause, else the one that the sentence begins with.
    fn period(&self, at: usize) -> Option<String> {
        let parts = |token: &Token<'_>| matches!(token.text, ";" | "(" | ")");
        let from = self.all[..at].iter().rposition(parts).map_or(0, |place| place + 1);
        let to = self.all[at..].iter().position(parts).map_or(self.all.len(), |place| at + place);
        let told = |one: &&Mention| !one.compared && !one.named;
        let near = self.said.iter().filter(told).filter(|one| (from..to).contains(&one.at));
        let near = near.min_by_key(|one| one.at.abs_diff(at));
        let opening = || self.said.iter().filter(told).find(|one| one.at <= 4);
        near.or_else(opening).map(|one| one.period.clone())
    }

    /// Where a noun that begins at `at` ends.
    fn noun_end(&self, at: usize) -> usize {
        let counted = self.names.noun_at(self.all, at);
        let (mut end, mut words, mut quoted) = (at, 0, false);
        while let Some(token) = self.all.get(end) {
            let goes_on = match token.kind {
                TokenKind::Word => {
                    words += 1;
                    (quoted || words == 1 || !STOPS.contains(&token.low.as_str()))
                        && words <= if quoted { 14 } else { 8 }
                }
                TokenKind::Mark if matches!(token.text, "“" | "\"" | "”" | "'" | "‘" | "’") => {
                    quoted = token.text == "“" || (token.text == "\"" && !quoted);
                    true
                }
                TokenKind::Mark => token.is_dash() && (quoted || glued(self.all, end)),
                _ => quoted,
            };
            if !goes_on && end >= at + counted {
                break;
            }
            end += 1;
        }
        while end > at && self.all[end - 1].kind == TokenKind::Mark && !matches!(self.all[end - 1].text, "”" | "\"") {
            end -= 1;
        }
        end
    }

    /// The noun after a number, if one begins there.
    fn noun(&self, at: usize) -> Option<(usize, String)> {
        let mut from = at;
        while matches!(self.low(from), "“" | "các" | "những") {
            from += 1;
        }
        let first = self.all.get(from).filter(|token| token.is_word())?;
        if STOPS.contains(&first.low.as_str()) {
            return None;
        }
        let end = self.noun_end(from);
        Some((end, self.text(from, end).to_owned()))
    }

    /// What stands before a number: `Tổng số đơn: 120`, `tỷ lệ đạt 98%`.
    fn subject(&self, at: usize) -> String {
        let parts = |token: &Token<'_>| matches!(token.text, "," | ";" | "(" | ")") || token.is_number();
        let mut to = at;
        while to > 0 && (self.all[to - 1].kind == TokenKind::Mark || STOPS.contains(&self.low(to - 1))) {
            to -= 1;
        }
        let from = self.all[..to].iter().rposition(parts).map_or(0, |place| place + 1).max(to.saturating_sub(10));
        self.text(from, to).to_owned()
    }

    fn number(&self, at: usize) -> Option<Bare> {
        let (n, places) = digits(self.all[at].text)?;
        let mut found = Found { value: Some(Amount { n, places, scale: 1 }), ..Found::default() };
        let from = self.qualified(at, &mut found);
        let mut to = at + 1;
        if self.low(to) == "/" && self.all.get(to + 1).is_some_and(Token::is_number) {
            found.of = digits(self.all[to + 1].text).filter(|(_, places)| *places == 0).map(|(of, _)| of);
            to += 2;
        } else if matches!(self.low(to), "trên" | "trong") {
            let mut whole = to + 1;
            while matches!(self.low(whole), "tổng" | "số") {
                whole += 1;
            }
            let counted = self.all.get(whole).filter(|token| whole > to + 1 && token.is_number());
            if let Some((of, 0)) = counted.and_then(|token| digits(token.text)) {
                found.of = Some(of);
                to = whole + 1;
            }
        }
        if self.low(to) == "%" {
            found.percent = found.value.take();
            to += 1;
        }
        let scale = match (self.low(to), self.low(to + 1)) {
            ("nghìn" | "ngàn", _) => 1_000,
            ("triệu", _) => 1_000_000,
            ("tỷ" | "tỉ", next) if next != "lệ" => 1_000_000_000,
            _ => 1,
        };
        if let (Some(value), true) = (&mut found.value, scale > 1) {
            value.scale = scale;
            to += 1;
        }
        if let (Some((_, measure)), None) = (self.names.measure_at(self.all, to), found.percent) {
            found.measure = Some(measure.to_owned());
        }
        match self.noun(to) {
            Some((end, noun)) => (to, found.noun) = (end, noun),
            None => {
                let told = at.checked_sub(1).map(|before| self.low(before)).unwrap_or_default();
                let stated = matches!(told, ":" | "là" | "đạt" | "=" | "được" | "còn" | "lên" | "bằng");
                if found.percent.is_none() && !stated {
                    return None;
                }
                found.noun = self.subject(from);
            }
        }
        to = self.share_after(to, &mut found);
        Some(Bare { from, to, found })
    }

    /// `922 điển hình (34,1%)`, `98 hồ sơ, đạt 98%`.
    fn share_after(&self, to: usize, found: &mut Found) -> usize {
        if found.percent.is_some() {
            return to;
        }
        let mut at = to;
        while at < to + 4 && matches!(self.low(at), "(" | "," | "đạt" | "chiếm" | "bằng" | "tỷ" | "lệ") {
            at += 1;
        }
        let number = self.all.get(at).filter(|token| at > to && token.is_number());
        match number.and_then(|token| digits(token.text)) {
            Some((n, places)) if self.low(at + 1) == "%" => {
                found.percent = Some(Amount { n, places, scale: 1 });
                at + 2 + usize::from(self.low(at + 2) == ")")
            }
            _ => to,
        }
    }

    /// The words before a number that say how sure it is.
    fn qualified(&self, at: usize, found: &mut Found) -> usize {
        let (one, two) = (at.checked_sub(1), at.checked_sub(2));
        let word = |place: Option<usize>| place.map(|place| self.low(place)).unwrap_or_default();
        let (qualifier, words) = match (word(two), word(one)) {
            ("ít", "nhất") | ("tối", "thiểu") | ("không", "dưới") => ("at_least", 2),
            (_, "≥") => ("at_least", 1),
            (_, "hơn") => ("over", 1),
            (before, "trên") if !matches!(before, "tính" | "dựa" | "số") => ("above", 1),
            (_, "gần") => ("nearly", 1),
            (_, "khoảng") => ("about", 1),
            (_, "dưới") => ("under", 1),
            _ => return at,
        };
        found.qualifier = Some(qualifier);
        at - words
    }

    /// `hàng trăm tác giả`
    fn unnumbered(&self, at: usize) -> Option<Bare> {
        if self.low(at) != "hàng" {
            return None;
        }
        let qualifier = match self.low(at + 1) {
            "chục" => "tens",
            "trăm" => "hundreds",
            "nghìn" | "ngàn" => "thousands",
            "vạn" => "tens_of_thousands",
            _ => return None,
        };
        let (to, noun) = self.noun(at + 2)?;
        Some(Bare { from: at, to, found: Found { qualifier: Some(qualifier), noun, ..Found::default() } })
    }

    /// `không để xảy ra điểm nóng`
    fn nothing(&self, at: usize) -> Option<Bare> {
        let says = |words: &&&[&str]| words.iter().zip(at..).all(|(word, at)| self.low(at) == *word);
        let words = NOTHING.iter().find(says)?;
        let mut from = at + words.len();
        while matches!(self.low(from), "các" | "những" | "bất" | "kỳ" | "trường" | "hợp" | "tình" | "trạng" | "“")
        {
            from += 1;
        }
        if self.names.noun_at(self.all, from) == 0 {
            return None;
        }
        let to = self.noun_end(from);
        let noun = self.text(from, to).to_owned();
        Some(Bare { from: at, to, found: Found { value: Some(Amount::whole(0)), noun, ..Found::default() } })
    }

    /// `hai chỉ tiêu`: only before a noun that is counted.
    fn spelled(&self, at: usize) -> Option<Bare> {
        let (_, n) = SPELLED.iter().find(|(word, _)| self.low(at) == *word)?;
        let ordinal = at.checked_sub(1).is_some_and(|before| matches!(self.low(before), "thứ" | "tháng" | "lần"));
        if ordinal || self.names.noun_at(self.all, at + 1) == 0 {
            return None;
        }
        let (to, noun) = self.noun(at + 1)?;
        Some(Bare { from: at, to, found: Found { value: Some(Amount::whole(*n)), noun, ..Found::default() } })
    }
}
