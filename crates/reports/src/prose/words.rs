//! A line cut into words, numbers and marks, each with its place.

use kernel::text::fold;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    /// Digits, grouped by points, with a comma before decimals.
    Number,
    /// Digits and letters in one: a code.
    Code,
    Mark,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    /// Lower case, with its marks: `mức` is not `mục`.
    pub(crate) low: String,
    /// Without marks too.
    pub(crate) bare: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) kind: TokenKind,
}

impl Token<'_> {
    pub(crate) fn is(&self, mark: &str) -> bool {
        self.text == mark
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    pub(crate) fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    pub(crate) fn is_dash(&self) -> bool {
        matches!(self.text, "-" | "–" | "—")
    }

    pub(crate) fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// Measures that are written onto a number: `4,1km`.
const GLUED: [&str; 8] = ["km", "m", "m2", "m²", "ha", "kg", "tr", "km2"];

pub(crate) fn tokens(line: &str) -> Vec<Token<'_>> {
    let letters: Vec<(usize, char)> = line.char_indices().collect();
    let end = |at: usize| letters.get(at).map_or(line.len(), |(place, _)| *place);
    let is = |at: usize, test: fn(char) -> bool| letters.get(at).is_some_and(|(_, letter)| test(*letter));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((from, letter)) = letters.get(at).copied() {
        let mut to = at + 1;
        let kind = if letter.is_whitespace() {
            at += 1;
            continue;
        } else if letter.is_ascii_digit() {
            while is(to, |c| c.is_ascii_digit())
                || (is(to, |c| matches!(c, '.' | ',')) && is(to + 1, |c| c.is_ascii_digit()))
            {
                to += 1;
            }
            let mut rest = to;
            while is(rest, is_letter) || (rest > to && is(rest, char::is_numeric)) {
                rest += 1;
            }
            if rest > to && !GLUED.contains(&line[end(to)..end(rest)].to_lowercase().as_str()) {
                to = rest;
                TokenKind::Code
            } else {
                TokenKind::Number
            }
        } else if is_letter(letter) {
            while is(to, |c| is_letter(c) || c.is_numeric()) {
                to += 1;
            }
            TokenKind::Word
        } else {
            TokenKind::Mark
        };
        let text = &line[from..end(to)];
        found.push(Token { text, low: text.to_lowercase(), bare: fold(text), from, to: end(to), kind });
        at = to;
    }
    found
}

/// A combining mark belongs to the letter before it.
fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || matches!(letter, '\u{300}'..='\u{36f}')
}
