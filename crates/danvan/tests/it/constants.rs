//! The string constants of a Rust file, those put together by `concat!` and by small macros of the same file too.

use std::collections::HashMap;

/// A macro with one rule: its parameters in order, and its body.
struct Macro<'t> {
    parameters: Vec<&'t str>,
    body: &'t str,
}

/// The name of each constant of strings, and each text in it: none, if it is made in a way that is not read here.
pub(crate) fn constants(text: &str) -> Vec<(String, Option<String>)> {
    let macros = macros(text);
    let mut found = Vec::new();
    for (at, _) in text.match_indices("const ") {
        let rest = &text[at + 6..];
        let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        let Some((kind, value)) = rest[name.len()..].split_once('=') else { continue };
        let kind = kind.trim_start_matches(':').trim();
        if name.is_empty() || !(kind == "&str" || kind.starts_with("[&str;") || kind == "&[&str]") {
            continue;
        }
        let value = parts(value, ';')[0].trim().trim_start_matches('&');
        let items = value
            .strip_prefix('[')
            .and_then(|list| list.strip_suffix(']'))
            .map_or(vec![value], |list| parts(list, ','));
        for item in items.into_iter().map(str::trim).filter(|item| !item.is_empty()) {
            found.push((name.to_owned(), evaluate(item, &macros)));
        }
    }
    found
}

/// The text of an expression: a literal, a call of `concat!` or of a macro of the file; another constant's name adds none.
fn evaluate(expression: &str, macros: &HashMap<&str, Macro<'_>>) -> Option<String> {
    let expression = expression.trim();
    if expression.starts_with(['"', 'r']) && expression.ends_with(['"', '#']) {
        return Some(literal(expression));
    }
    let Some((name, call)) = expression.split_once('!') else {
        return expression.chars().all(|c| c.is_ascii_uppercase() || c == '_').then(String::new);
    };
    let inside = call.trim().get(1..call.trim().len() - 1)?;
    let arguments: Vec<&str> = parts(inside, ',').into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    if name == "concat" {
        return arguments.into_iter().map(|argument| evaluate(argument, macros)).collect();
    }
    let called = macros.get(name)?;
    let body = called.parameters.iter().zip(arguments).fold(called.body.to_owned(), |body, (parameter, argument)| {
        outside_strings(&body, |code| code.replace(&format!("${parameter}"), argument))
    });
    evaluate(&body, macros)
}

fn macros(text: &str) -> HashMap<&str, Macro<'_>> {
    let mut found = HashMap::new();
    for (at, _) in text.match_indices("macro_rules! ") {
        let rest = &text[at + 13..];
        let (Some(open), Some(close)) = (rest.find('{'), rest.find("\n}")) else { continue };
        let Some((pattern, body)) = rest[open + 1..close].split_once("=>") else { continue };
        let parameters = pattern.split('$').skip(1).filter_map(|part| part.split(':').next()).collect();
        let body = body.trim().trim_start_matches('{').trim_end_matches(';').trim_end().trim_end_matches('}').trim();
        found.insert(rest[..open].trim(), Macro { parameters, body });
    }
    found
}

/// Cut at each `mark` that stands in no string and no bracket.
fn parts(text: &str, mark: char) -> Vec<&str> {
    let (mut depth, mut since, mut found) = (0_usize, 0, Vec::new());
    for (at, c, in_string) in walk(text) {
        match c {
            _ if in_string => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if c == mark && depth == 0 => {
                found.push(&text[since..at]);
                since = at + c.len_utf8();
            }
            _ => {}
        }
    }
    found.push(&text[since..]);
    found
}

fn outside_strings(text: &str, change: impl Fn(&str) -> String) -> String {
    let (mut whole, mut piece, mut was_string) = (String::new(), String::new(), false);
    for (_, c, in_string) in walk(text) {
        if in_string != was_string {
            whole.push_str(&if was_string { piece } else { change(&piece) });
            (piece, was_string) = (String::new(), in_string);
        }
        piece.push(c);
    }
    whole + &if was_string { piece } else { change(&piece) }
}

/// Each character with its place, and whether it stands inside a string (its quotes included); `r#"…"#` is one too.
fn walk(text: &str) -> impl Iterator<Item = (usize, char, bool)> {
    let (mut inside, mut raw, mut escaped) = (false, false, false);
    text.char_indices().map(move |(at, c)| {
        let opens = c == '"' && !inside;
        if opens {
            raw = text[..at].ends_with("r#");
        }
        let closes = c == '"' && !opens && !escaped && (!raw || text[at + 1..].starts_with('#'));
        escaped = inside && !raw && c == '\\' && !escaped;
        inside = (inside || opens) && !closes;
        (at, c, inside || closes)
    })
}

fn literal(quoted: &str) -> String {
    if let Some(raw) = quoted.strip_prefix('r') {
        return raw.trim_matches('#').trim_matches('"').to_owned();
    }
    let mut chars = quoted[1..quoted.len() - 1].chars();
    let mut text = String::new();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (c, false) => text.push(c),
            _ => match chars.next() {
                Some('\n') => chars = chars.as_str().trim_start().chars(),
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
        }
    }
    text
}

#[test]
fn constants_are_read_as_the_compiler_reads_them() {
    let text = r##"
macro_rules! seen {
    () => {
        "($2 or \"x;\")"
    };
}
macro_rules! two {
    ($drive:ident, $n:literal) => {
        concat!("a $n (", $drive!(), ") $", $n)
    };
}
const PLAIN: &str = "one
    two";
const MADE: &str = concat!(two!(seen, "7"), "; end");
const LIST: [&str; 2] = ["a", seen!()];
const NUMBER: i64 = 3;
const RAW: &str = r#" a="1"; "#;
"##;
    let found = constants(text);
    let texts: Vec<&str> = found.iter().filter_map(|(_, text)| text.as_deref()).collect();
    assert_eq!(
        texts,
        ["one\n    two", "a $n (($2 or \"x;\")) $7; end", "a", "($2 or \"x;\")", " a=\"1\"; "],
        "{:?}",
        found.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );
}
