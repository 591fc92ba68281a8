//! From the one SQL text to what each database reads. Two differences are bridged here: `any($n)`, a list of ids as one parameter, is an
//! array for PostgreSQL and a sub-select over a JSON list for SQLite; and `+column` steers the planner of SQLite alone.

use std::{collections::HashMap, fmt::Write, sync::RwLock};

static EXPANDED: RwLock<Option<HashMap<(usize, bool), &'static str>>> = RwLock::new(None);

/// The text for one database. Texts are constants of the store files, so each is expanded once and kept.
pub(crate) fn text(sql: &'static str, sqlite: bool) -> String {
    if !sql.contains(if sqlite { "any($" } else { " +" }) {
        return sql.to_owned();
    }
    let key = (sql.as_ptr().addr(), sqlite);
    if let Ok(known) = EXPANDED.read()
        && let Some(text) = known.as_ref().and_then(|known| known.get(&key))
    {
        return (*text).to_owned();
    }
    let text = expand(sql, sqlite);
    if let Ok(mut known) = EXPANDED.write() {
        known.get_or_insert_default().insert(key, Box::leak(text.clone().into_boxed_str()));
    }
    text
}

/// `unit = any($2)` as each reads it. `+r.state` keeps SQLite from looking records up by what only lets them through; PostgreSQL knows how
/// many there are of each, but not of a sum, and is given the column.
pub fn expand(sql: &str, sqlite: bool) -> String {
    if !sqlite {
        return plain(sql);
    }
    let mut text = String::with_capacity(sql.len() + 64);
    let mut rest = sql;
    while let Some(at) = rest.find("any($") {
        let (before, after) = rest.split_at(at);
        let number: String = after.chars().skip(5).take_while(char::is_ascii_digit).collect();
        let before = before.trim_end().strip_suffix('=').map_or(before, str::trim_end);
        text.push_str(before);
        let _ = write!(text, " in (select value from json_each(${number}))");
        rest = &after[5 + number.len() + 1..];
    }
    text.push_str(rest);
    text
}

fn plain(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find(" +") {
        let (before, after) = rest.split_at(at + 1);
        text.push_str(before);
        let column = after[1..].starts_with(|c: char| c.is_ascii_lowercase());
        text.push_str(if column { "" } else { "+" });
        rest = &after[1..];
    }
    text.push_str(rest);
    text
}

/// `insert into t (a, b) values` with `rows` tuples of `width` parameters; what follows `values` in the text comes after them.
pub(crate) fn filled(sql: &str, width: usize, rows: usize, sqlite: bool) -> String {
    let (head, tail) = sql.split_once(" values").unwrap_or((sql, ""));
    let mut text = format!("{head} values ");
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..width {
            let separator = if column == 0 { "" } else { "," };
            // SQLite looks a numbered parameter up among all others, which for thousands takes longer than the insert.
            let _ = if sqlite {
                write!(text, "{separator}?")
            } else {
                write!(text, "{separator}${}", row * width + column + 1)
            };
        }
        text.push(')');
    }
    text.push_str(tail);
    text
}
