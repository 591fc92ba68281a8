//! The figures of a text: each number with its wording, the noun that it counts, and the words around it.

use serde_json::{Value as Json, json};

use super::{
    Line,
    cells::{Head, cells_of, head},
    sentence::{Sentence, sentences},
    tokens,
    when::mentions,
    words::Token,
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

/// A line that names what follows: short, or without an end. One that begins small goes on from the line before (a caption of two lines).
fn is_heading(text: &str, tokens: &[Token<'_>]) -> bool {
    let open = !text.trim_end().ends_with(['.', ';', ',', ':', '…', '/']) && tokens.len() < 80;
    // `a) Kết quả năm 2018` begins small too, and is one.
    let small =
        |word: &str| word.starts_with(char::is_lowercase) && word.chars().nth(1).is_some_and(char::is_alphabetic);
    text.starts_with('#') || open && !text.split_whitespace().next().is_some_and(small)
}
