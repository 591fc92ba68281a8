//! What outlines and papers are written in: a head between fences, then lines with commands between braces.

use kernel::Refusal;
use serde::de::DeserializeOwned;
use toml::Value;

use crate::expression::nearest;

/// What is wrong, and on which line.
pub(crate) type Wrong = (usize, Refusal);

const FENCE: &str = "+++";

/// The line of the head on which a key stands, from 1.
pub(crate) fn key_line(head: &str, key: &str) -> usize {
    let names = |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.starts_with([' ', '=']));
    head.lines().position(names).map_or(1, |at| at + 1)
}

/// The line of the second fence, the head and the body.
pub(crate) fn divide(text: &str) -> Option<(usize, &str, &str)> {
    let rest = text.strip_prefix(FENCE)?.strip_prefix('\n')?;
    let (head, body) = rest.split_once(&format!("\n{FENCE}\n"))?;
    Some((head.split('\n').count() + 2, head, body))
}

pub(crate) fn parse_head<T: DeserializeOwned>(text: &str) -> Result<T, Wrong> {
    let line = |offset: usize| text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(1, |span| line(span.start));
        (at, Refusal::new("pack.toml_unreadable").with("reason", error.message()))
    })?;
    serde_path_to_error::deserialize(Value::Table(table)).map_err(|error| {
        let path = error.path().to_string();
        let key = path.split(['.', '[']).next().unwrap_or_default();
        let refusal = Refusal::new("pack.does_not_fit").with("at", &path).with("reason", reason(&error));
        (key_line(text, key), refusal)
    })
}

/// What the reader of definitions says, without the second line that says again where.
pub(crate) fn reason(error: &serde_path_to_error::Error<toml::de::Error>) -> String {
    error.inner().to_string().lines().next().unwrap_or_default().trim().to_owned()
}

pub(crate) fn unknown<'k>(key: &'static str, name: &str, known: impl Iterator<Item = &'k str>) -> Refusal {
    let known: Vec<String> = known.map(str::to_owned).collect();
    Refusal::new(key).with("name", name).with("nearest", nearest(name, &known))
}

/// `"a label" rest` → the label and the rest.
pub(crate) fn quoted(text: &str) -> Option<(String, &str)> {
    let (label, rest) = text.trim().strip_prefix('"')?.split_once('"')?;
    Some((label.to_owned(), rest.trim())).filter(|(label, _)| !label.trim().is_empty())
}

/// How a part is set: what stands within a choice is set as what stands around it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Dress {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

/// A part of a sentence. Outlines and papers differ in what they say between braces, and in nothing else.
pub(crate) trait Part: Sized {
    fn text(text: String, dress: Dress) -> Self;
    /// `{if when}then{else}otherwise{end}`
    fn choice(when: &str, line: usize, then: Vec<Self>, otherwise: Vec<Self>) -> Result<Self, Wrong>;
    /// What stands between braces and is no choice.
    fn inside(inside: &str, line: usize, dress: Dress) -> Result<Self, Wrong>;
}

/// The parts of one sentence that begins on `line`; what is wrong with it goes to `wrong`.
pub(crate) fn sentence<P: Part>(text: &str, line: usize, wrong: &mut Vec<Wrong>) -> Vec<P> {
    Sentence { text, at: 0, line, wrong }.parts(&[], Dress::default()).0
}

struct Sentence<'t, 'w> {
    text: &'t str,
    at: usize,
    line: usize,
    wrong: &'w mut Vec<Wrong>,
}

impl<'t> Sentence<'t, '_> {
    fn line(&self) -> usize {
        self.line + self.text[..self.at].bytes().filter(|byte| *byte == b'\n').count()
    }

    /// The parts up to one of the commands in `until`, which is told, or to the end.
    fn parts<P: Part>(&mut self, until: &[&str], mut dress: Dress) -> (Vec<P>, Option<&'t str>) {
        let mut parts = Vec::new();
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            if rest.starts_with("**") {
                dress.bold = !dress.bold;
                self.at += 2;
            } else if rest.starts_with('*') {
                dress.italic = !dress.italic;
                self.at += 1;
            } else if let Some(open) = rest.strip_prefix('{') {
                let line = self.line();
                let Some((inside, _)) = open.split_once('}').filter(|(inside, _)| !inside.contains('{')) else {
                    self.wrong.push((line, Refusal::new("pack.outline_brace")));
                    self.at = self.text.len();
                    break;
                };
                self.at += inside.len() + 2;
                let inside = inside.trim();
                if until.contains(&inside) {
                    return (parts, Some(inside));
                }
                match self.inside(inside, line, dress) {
                    Ok(part) => parts.push(part),
                    Err(wrong) => self.wrong.push(wrong),
                }
            } else {
                let end = rest.find(['{', '*']).unwrap_or(rest.len());
                let text = rest[..end].replace('\n', " ");
                self.at += end;
                parts.push(P::text(text, dress));
            }
        }
        (parts, None)
    }

    fn inside<P: Part>(&mut self, inside: &str, line: usize, dress: Dress) -> Result<P, Wrong> {
        let Some(when) = inside.strip_prefix("if ") else {
            if matches!(inside, "else" | "end") {
                return Err((line, Refusal::new("pack.outline_stray").with("command", inside)));
            }
            return P::inside(inside, line, dress);
        };
        let (then, mut ended) = self.parts(&["else", "end"], dress);
        let mut otherwise = Vec::new();
        if ended == Some("else") {
            (otherwise, ended) = self.parts(&["end"], dress);
        }
        if ended.is_none() {
            self.wrong.push((line, Refusal::new("pack.outline_not_closed").with("command", "if")));
        }
        P::choice(when.trim(), line, then, otherwise)
    }
}
