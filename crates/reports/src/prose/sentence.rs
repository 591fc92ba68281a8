//! The figures of one sentence: a number, a noun, and what stands around them.

use super::{
    Line,
    found::{Amount, Compares, Found, Names, digits},
    pass::{glued, passed},
    when::Mention,
    words::{Token, TokenKind},
};

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

/// Where each sentence of a paragraph begins and ends.
pub(super) fn sentences(tokens: &[Token<'_>]) -> Vec<(usize, usize)> {
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

pub(super) struct Sentence<'a> {
    pub(super) line: &'a Line,
    pub(super) all: &'a [Token<'a>],
    pub(super) said: &'a [Mention],
    pub(super) names: &'a Names,
    pub(super) place: usize,
}

/// A figure in the tokens, before its surroundings are looked at.
struct Bare {
    from: usize,
    to: usize,
    found: Found,
}

impl Sentence<'_> {
    pub(super) fn figures(&self, paragraph: Option<&String>) -> Vec<Found> {
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
