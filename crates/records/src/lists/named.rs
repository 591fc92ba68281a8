//! Records named by a text: a number, a handle, words of the title.

use db::{Result, Space, dialect};
use kernel::{Id, text};

use super::Scope;
use crate::{
    House, Record,
    store::{self, list},
};

/// What a person typed, as the index is asked: words in a row are one phrase, because single syllables stand nearly everywhere; quotes begin
/// another. The last word may be unfinished unless a quote or a space ends it.
pub fn search_query(typed: &str, readers: &[String]) -> dialect::Query {
    let parts =
        typed.split(['"', '“', '”']).map(|part| text::words(part).into_iter().take(12).collect::<Vec<String>>());
    let unfinished = typed.ends_with(char::is_alphanumeric);
    dialect::Query { phrases: parts.filter(|words| !words.is_empty()).collect(), unfinished, readers: readers.to_vec() }
}

/// The same, word by word: for when the phrase is nowhere.
pub fn search_words(typed: &str, readers: &[String]) -> dialect::Query {
    let words = text::words(typed).into_iter().take(12);
    dialect::Query { phrases: words.map(|word| vec![word]).collect(), unfinished: false, readers: readers.to_vec() }
}

/// The records of a register that a text names: a handle, `12/2026`, or words of the title.
pub async fn named(house: &House, scope: &Scope, register: &str, typed: &str, limit: i64) -> Result<Vec<Record>> {
    let mut tx = house.read().await?;
    let Some(register_id) = house.names.find(&mut tx, Space::Register, register).await? else {
        return Ok(Vec::new());
    };
    let handle = typed.split(|c: char| !c.is_ascii_alphanumeric()).find_map(|word| word.parse::<Id>().ok());
    let number = || {
        let (number, rest) = typed.split_once('/')?;
        let year: String = rest.chars().take_while(char::is_ascii_digit).collect();
        Some((number.trim().parse::<i64>().ok()?, year.parse::<i64>().ok().filter(|_| year.len() == 4)?))
    };
    let ids = if let Some(handle) = handle {
        vec![handle.0]
    } else if let Some((number, year)) = number() {
        let readers = scope.readers(&mut tx, register_id).await?;
        list::by_number(&mut tx, &readers, register_id, year, number).await?
    } else {
        let query = search_query(typed, &scope.tokens());
        if query.phrases.is_empty() { Vec::new() } else { dialect::search(&mut tx, &query, i64::MAX, 500).await? }
    };
    let found = store::find_many(&mut tx, &house.names, &ids).await?;
    let mut records = Vec::new();
    for record in found.into_iter().filter(|record| record.register == register && !record.void) {
        if scope.holds(&record) || store::parties(&mut tx, record.id).await?.contains(&scope.seat) {
            records.push(record);
        }
    }
    records.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(records)
}
