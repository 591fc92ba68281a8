//! The lines and sizes that the layouts fix (NĐ 30/2020, Annex I; HD 36-HD/VPTW), worded once for every file.

use serde::Serialize;

use crate::{Layout, Paper};

/// What stands around the body of a paper, ready to be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Lines {
    pub party: bool,
    pub title: String,
    pub nation: &'static str,
    pub motto: Option<&'static str>,
    pub superior: Option<String>,
    pub body: Vec<String>,
    pub number: String,
    pub dated: String,
    pub kind: String,
    /// Empty for an official letter, which has a `subject` instead.
    pub about: Vec<String>,
    pub subject: Option<String>,
    pub to: Vec<String>,
    pub authority: Vec<String>,
    pub post: String,
    pub name: Option<String>,
    pub recipients: Vec<String>,
    pub note: Option<String>,
    pub sizes: Sizes,
    pub annexes: Vec<AnnexLines>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct AnnexLines {
    pub name: String,
    pub title: String,
    pub with: String,
    pub across: bool,
}

/// Type sizes in points and the right margin in millimetres; the other margins are the same in both systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Sizes {
    pub nation: u8,
    pub motto: u8,
    pub superior: u8,
    pub body: u8,
    pub number: u8,
    pub dated: u8,
    pub kind: u8,
    pub about: u8,
    pub text: u8,
    pub cell: u8,
    pub sign: u8,
    pub copies: u8,
    pub copy: u8,
    pub right: u8,
}

pub(crate) const TOP: u8 = 20;
pub(crate) const BOTTOM: u8 = 20;
pub(crate) const LEFT: u8 = 30;

const STATE: Sizes = Sizes {
    nation: 12,
    motto: 13,
    superior: 12,
    body: 12,
    number: 13,
    dated: 13,
    kind: 14,
    about: 14,
    text: 14,
    cell: 12,
    sign: 13,
    copies: 12,
    copy: 11,
    right: 15,
};

const PARTY: Sizes = Sizes {
    nation: 15,
    motto: 13,
    superior: 14,
    body: 14,
    number: 14,
    dated: 14,
    kind: 16,
    about: 14,
    text: 14,
    cell: 12,
    sign: 14,
    copies: 14,
    copy: 12,
    right: 20,
};

/// What a blank looks like: room for a pen on paper, an ellipsis on a screen.
#[derive(Clone, Copy)]
pub(crate) enum Blank {
    Room,
    Ellipsis,
}

impl Blank {
    fn text(self) -> &'static str {
        match self {
            Self::Room => "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}",
            Self::Ellipsis => "…",
        }
    }
}

impl Paper {
    /// What the paper is called: "Báo cáo: Kết quả công tác dân vận năm 2021".
    pub fn title(&self) -> String {
        let (kind, about) = (sentence_case(&self.head.kind), self.head.about.replace('\n', " "));
        match (kind.is_empty(), about.is_empty()) {
            (true, _) => about,
            (_, true) => kind,
            _ => format!("{kind}: {about}"),
        }
    }

    pub(crate) fn lines(&self, blank: Blank) -> Lines {
        let (head, party) = (&self.head, self.layout == Layout::Party);
        let letter = head.kind.trim().is_empty();
        let about = || head.about.lines().map(str::to_owned).filter(|line| !line.trim().is_empty());
        Lines {
            party,
            title: self.title(),
            nation: if party {
                "ĐẢNG CỘNG SẢN VIỆT NAM"
            } else {
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
            },
            motto: (!party).then_some("Độc lập - Tự do - Hạnh phúc"),
            superior: head.superior.as_deref().filter(|name| !name.trim().is_empty()).map(str::to_uppercase),
            body: head.body.lines().map(str::to_uppercase).collect(),
            // Without a sign the paper has no number at all: minutes, receipts, indexes.
            number: if head.symbol.is_empty() && head.number.is_none() {
                String::new()
            } else if party {
                format!("Số {}-{}", self.number(blank), head.symbol)
            } else {
                format!("Số: {}/{}", self.number(blank), head.symbol)
            },
            dated: format!("{}, {}", head.place, self.day_words(blank)),
            kind: head.kind.to_uppercase(),
            about: if letter { Vec::new() } else { about().collect() },
            subject: (letter && !head.about.is_empty()).then(|| format!("V/v {}", head.about.replace('\n', " "))),
            to: head.to.clone(),
            authority: self.sign.authority.iter().map(|line| line.to_uppercase()).collect(),
            post: self.sign.post.to_uppercase(),
            name: self.sign.name.clone(),
            recipients: self.recipient_lines(),
            note: self.note.clone(),
            sizes: if party { PARTY } else { STATE },
            annexes: self.annex_lines(blank),
        }
    }

    /// Numbers under ten take a leading zero (NĐ 30).
    fn number(&self, blank: Blank) -> String {
        match self.head.number.as_deref().map(str::trim).filter(|number| !number.is_empty()) {
            Some(number) if number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()) => format!("0{number}"),
            Some(number) => number.to_owned(),
            None => blank.text().to_owned(),
        }
    }

    /// "ngày 05 tháng 01 năm 2026": days under ten, January and February take a leading zero.
    fn day_words(&self, blank: Blank) -> String {
        match self.head.day {
            Some(day) => {
                let zero = if day.month() < 3 { "0" } else { "" };
                format!("ngày {:02} tháng {zero}{} năm {}", day.day(), day.month(), day.year())
            }
            None => format!("ngày {0} tháng {0} năm {0}", blank.text()),
        }
    }

    /// "- …;" each, the last with a full stop.
    fn recipient_lines(&self) -> Vec<String> {
        let names: Vec<&str> = self
            .recipients
            .iter()
            .map(|line| line.trim().trim_start_matches("- ").trim_end_matches([';', '.', ',']))
            .filter(|line| !line.is_empty())
            .collect();
        let last = names.len().saturating_sub(1);
        names
            .iter()
            .enumerate()
            .map(|(place, name)| format!("- {name}{}", if place == last { "." } else { ";" }))
            .collect()
    }

    fn annex_lines(&self, blank: Blank) -> Vec<AnnexLines> {
        let paper = if self.head.kind.trim().is_empty() { "Công văn".into() } else { sentence_case(&self.head.kind) };
        let join = if self.layout == Layout::Party { '-' } else { '/' };
        let with =
            format!("(Kèm theo {paper} số {}{join}{} {})", self.number(blank), self.head.symbol, self.day_words(blank));
        let several = self.annexes.len() > 1;
        self.annexes
            .iter()
            .enumerate()
            .map(|(place, annex)| AnnexLines {
                name: if several { format!("Phụ lục {}", roman(place + 1)) } else { "Phụ lục".to_owned() },
                title: annex.title.to_uppercase(),
                with: with.clone(),
                across: annex.across,
            })
            .collect()
    }
}

/// "BÁO CÁO" → "Báo cáo".
fn sentence_case(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let mut letters = lower.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}
