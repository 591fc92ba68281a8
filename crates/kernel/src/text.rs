//! Vietnamese text: folding for search, slugs for addresses, the order of names.

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case, no marks, đ → d, one space between words: `Khiếu nại`, `khieu  nai` and `KHIẾU NẠI` fold to one text.
/// Marks go entirely, so where a tone is written (hoà, hòa) makes no difference.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'đ' => folded.push('d'),
            '’' | '‘' | 'ʼ' => folded.push('\''),
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The words of a folded text: what search stores and asks for.
pub fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// `Thành phố Hải Phòng` → `thanh-pho-hai-phong`.
pub fn slug(text: &str) -> String {
    words(text).join("-")
}

/// Precomposed text with single spaces and no control or zero-width characters: how every typed text is stored.
pub fn tidy(text: &str) -> String {
    let kept = text.nfc().filter(|c| !is_hidden(*c));
    let mut tidy = String::with_capacity(text.len());
    for c in kept {
        if c == '\n' {
            tidy.truncate(tidy.trim_end_matches(' ').len());
            tidy.push('\n');
        } else if c.is_whitespace() {
            if !tidy.is_empty() && !tidy.ends_with([' ', '\n']) {
                tidy.push(' ');
            }
        } else {
            tidy.push(c);
        }
    }
    tidy.trim().to_owned()
}

fn is_hidden(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || c == '\r'
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Compares by the Vietnamese alphabet (a < ă < â …, đ after d, tones last).
pub fn collator() -> CollatorBorrowed<'static> {
    Collator::try_new(locale!("vi").into(), CollatorOptions::default())
        .unwrap_or_else(|_| unreachable!("the Vietnamese collation is compiled in"))
}

/// The order of a list of people: by given name (the last word), then by family and middle names.
pub fn by_given_name<T>(people: &mut [T], name: impl Fn(&T) -> &str) {
    let collator = collator();
    people.sort_by(|a, b| {
        let (a, b) = (name_parts(name(a)), name_parts(name(b)));
        collator.compare(a.0, b.0).then_with(|| collator.compare(a.1, b.1))
    });
}

fn name_parts(name: &str) -> (&str, &str) {
    match name.trim().rsplit_once(' ') {
        Some((before, given)) => (given, before),
        None => (name.trim(), ""),
    }
}
