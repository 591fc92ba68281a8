//! A derivation in words: one sentence, or the lines of a table, in Vietnamese and English.

use kernel::{Day, Label, Lang, number::two_digits, show_day};

use crate::{
    derivation::{Due, Pause, Reason, Step},
    limit::{Term, Unit},
};

/// A line of the derivation's table: days, and what they are to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub days: String,
    pub text: String,
}

impl Due {
    /// The derivation as one sentence: "nhận 28/08/2026 → tính từ 29/08 → 07 ngày làm việc, nghỉ … → hạn 11/09/2026; căn cứ …".
    pub fn sentence(&self, lang: Lang) -> String {
        let say = Say { lang, year: self.due.year() };
        self.steps.iter().map(|step| say.clause(step)).collect()
    }

    /// The derivation as a table, a line for each stretch of days, then its grounds.
    pub fn lines(&self, lang: Lang) -> Vec<Line> {
        let say = Say { lang, year: self.due.year() };
        let mut lines = Vec::new();
        for step in &self.steps {
            lines.push(say.line(step));
            if let Step::Count { skipped, worked, .. } = step {
                lines.extend(skipped.iter().map(|pause| say.pause_line(pause)));
                lines.extend(worked.iter().map(|day| Line {
                    days: show_day(*day),
                    text: say.pick("làm bù, có tính", "worked in exchange, counted").to_owned(),
                }));
            }
            if let Step::Roll { skipped, .. } = step {
                lines.extend(skipped.iter().map(|pause| say.pause_line(pause)));
            }
        }
        lines
    }
}

impl Reason {
    /// Why a day does not count: "cuối tuần", "nghỉ bù Quốc khánh".
    pub fn text(&self, lang: Lang) -> String {
        let vi = lang == Lang::Vi;
        match self {
            Reason::Weekend => if vi { "cuối tuần" } else { "weekend" }.to_owned(),
            Reason::Holiday { name } | Reason::Local { name } => name.in_lang(lang).to_owned(),
            Reason::Compensation { name } if vi => format!("nghỉ bù {}", name.vi),
            Reason::Compensation { name } => format!("in lieu of {}", name.in_lang(lang)),
            Reason::Swap { worked } if vi => format!("hoán đổi, làm bù {}", show_day(*worked)),
            Reason::Swap { worked } => format!("exchanged, worked on {}", show_day(*worked)),
            Reason::Suspended => if vi { "tạm dừng" } else { "suspended" }.to_owned(),
            Reason::Excluded => if vi { "thời gian được trừ" } else { "time left out" }.to_owned(),
        }
    }

    fn stops_the_clock(&self) -> bool {
        matches!(self, Reason::Suspended | Reason::Excluded)
    }
}

impl Term {
    /// "07 ngày làm việc", "45 ngày", "03 tháng".
    pub fn text(self, lang: Lang) -> String {
        let count = i64::from(self.count);
        let plural = if count == 1 { "" } else { "s" };
        match (lang, self.unit) {
            (Lang::Vi, Unit::Days) => format!("{} ngày", two_digits(count)),
            (Lang::Vi, Unit::WorkingDays) => format!("{} ngày làm việc", two_digits(count)),
            (Lang::Vi, Unit::Months) => format!("{} tháng", two_digits(count)),
            (Lang::En, Unit::Days) => format!("{count} day{plural}"),
            (Lang::En, Unit::WorkingDays) => format!("{count} working day{plural}"),
            (Lang::En, Unit::Months) => format!("{count} month{plural}"),
        }
    }
}

/// The language, and the year whose days need no year.
#[derive(Clone, Copy)]
struct Say {
    lang: Lang,
    year: i16,
}

impl Say {
    fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        if self.lang == Lang::Vi { vi } else { en }
    }

    fn day(self, day: Day) -> String {
        if day.year() == self.year { format!("{:02}/{:02}", day.day(), day.month()) } else { show_day(day) }
    }

    /// `29–30/08`, `31/08–02/09`, `05/09`.
    fn span(self, from: Day, to: Day) -> String {
        if from == to {
            self.day(from)
        } else if (from.year(), from.month()) == (to.year(), to.month()) {
            format!("{:02}–{}", from.day(), self.day(to))
        } else {
            format!("{}–{}", self.day(from), self.day(to))
        }
    }

    fn pause(self, pause: &Pause) -> String {
        format!("{} ({})", self.span(pause.from, pause.to), pause.why.text(self.lang))
    }

    /// ", nghỉ 29–30/08 (cuối tuần), 31/08 (…), trừ 03–05/09 (tạm dừng)"
    fn pauses(self, pauses: &[Pause]) -> String {
        let group = |stops: bool, word: &str| {
            let told: Vec<String> =
                pauses.iter().filter(|pause| pause.why.stops_the_clock() == stops).map(|p| self.pause(p)).collect();
            if told.is_empty() { String::new() } else { format!(", {word} {}", told.join(", ")) }
        };
        group(false, self.pick("nghỉ", "off")) + &group(true, self.pick("trừ", "without"))
    }

    /// What a step adds to the sentence, with the sign that joins it.
    fn clause(self, step: &Step) -> String {
        let pick = |vi, en| self.pick(vi, en);
        match step {
            Step::Event { day, what, .. } => format!("{} {}", what.in_lang(self.lang), show_day(*day)),
            Step::Count { from, to, term, extension, skipped, worked, .. } => {
                let start = match (extension, to < from) {
                    (0, true) => format!(" → {} {}", pick("tính lùi từ", "counted back from"), self.day(*from)),
                    (0, false) => format!(" → {} {}", pick("tính từ", "counted from"), self.day(*from)),
                    (number, _) => format!(" → {} {number}", pick("gia hạn lần", "extension")),
                };
                let worked: Vec<String> = worked.iter().map(|day| self.day(*day)).collect();
                let worked = if worked.is_empty() {
                    String::new()
                } else {
                    format!(", {} {}", pick("kể cả ngày làm bù", "with the day worked in exchange"), worked.join(", "))
                };
                format!("{start} → {}{}{worked}", term.text(self.lang), self.pauses(skipped))
            }
            Step::Roll { from, to, skipped, .. } => {
                let moved = if to < from {
                    pick("lùi về ngày làm việc liền trước", "back to the working day before")
                } else {
                    pick("chuyển sang ngày làm việc kế tiếp", "on to the next working day")
                };
                format!(" → {} {}{}, {moved}", pick("ngày cuối", "last day"), self.day(*from), self.pauses(skipped))
            }
            Step::Due { day, backward } => {
                let word = if *backward { pick("chậm nhất", "no later than") } else { pick("hạn", "due") };
                format!(" → {word} {}", show_day(*day))
            }
            Step::Basis { article, .. } => format!("; {} {}", pick("căn cứ", "basis:"), article.in_lang(self.lang)),
            Step::Unconfirmed { .. } | Step::Note { .. } => format!("; {}", self.remark(step)),
        }
    }

    fn line(self, step: &Step) -> Line {
        let pick = |vi, en| self.pick(vi, en);
        let with = |text: String, article: &Option<Label>| match article {
            Some(article) => format!("{text} ({})", article.in_lang(self.lang)),
            None => text,
        };
        match step {
            Step::Event { day, what, article } => {
                let text =
                    format!("{}; {}", what.in_lang(self.lang), pick("ngày này không tính", "this day is not counted"));
                Line { days: show_day(*day), text: with(text, article) }
            }
            Step::Count { from, to, term, extension, article, .. } => {
                let length = term.text(self.lang);
                let text = match extension {
                    0 => length,
                    number => format!("{} {number}: {length}", pick("gia hạn lần", "extension")),
                };
                let (first, last) = if to < from { (to, from) } else { (from, to) };
                Line { days: format!("{}–{}", show_day(*first), show_day(*last)), text: with(text, article) }
            }
            Step::Roll { from, to, article, .. } => {
                let text = format!("{} {}", pick("ngày nghỉ, chuyển đến", "off, moved to"), show_day(*to));
                Line { days: show_day(*from), text: with(text, article) }
            }
            Step::Due { day, backward } => {
                let text = if *backward {
                    pick("chậm nhất, hết ngày", "no later than the end of the day")
                } else {
                    pick("hạn, hết ngày", "due at the end of the day")
                };
                Line { days: show_day(*day), text: text.to_owned() }
            }
            Step::Basis { article, rule_set, since } => {
                let since = format!("{rule_set}, {} {}", pick("áp dụng từ", "in force from"), show_day(*since));
                let text = format!("{} {} ({since})", pick("căn cứ", "basis:"), article.in_lang(self.lang));
                Line { days: String::new(), text }
            }
            Step::Unconfirmed { .. } | Step::Note { .. } => Line { days: String::new(), text: self.remark(step) },
        }
    }

    fn pause_line(self, pause: &Pause) -> Line {
        let word = if pause.why.stops_the_clock() {
            self.pick("không tính", "not counted")
        } else {
            self.pick("nghỉ", "off")
        };
        let days = if pause.from == pause.to {
            show_day(pause.from)
        } else {
            format!("{}–{}", show_day(pause.from), show_day(pause.to))
        };
        Line { days, text: format!("{word}: {}", pause.why.text(self.lang)) }
    }

    fn remark(self, step: &Step) -> String {
        match step {
            Step::Unconfirmed { years } => {
                let years: Vec<String> = years.iter().map(ToString::to_string).collect();
                let years = years.join(", ");
                match self.lang {
                    Lang::Vi => format!("lịch nghỉ năm {years} chưa được xác nhận"),
                    Lang::En => format!("the holidays of {years} are not confirmed yet"),
                }
            }
            Step::Note { text, doubt: true } => {
                format!("{} {}", self.pick("cần đối chiếu:", "to be checked:"), text.in_lang(self.lang))
            }
            Step::Note { text, doubt: false } => {
                format!("{} {}", self.pick("lưu ý:", "note:"), text.in_lang(self.lang))
            }
            _ => String::new(),
        }
    }
}
