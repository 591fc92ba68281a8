//! Wordings: every sentence that danvan says, in `words/vi.ftl` and `words/en.ftl`. A key is `room.reason` in code and `room-reason` there.

use std::{borrow::Cow, collections::HashMap};

use fluent_templates::{
    FluentBundle, LanguageIdentifier, Loader,
    fluent_bundle::{FluentResource, FluentValue},
    static_loader,
};
use kernel::{Lang, Refusal};

static_loader! {
    static WORDS = {
        locales: "./words",
        fallback_language: "vi",
        customise: |bundle| {
            // Invisible marks around arguments would end up in copied text.
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(numbers_of(bundle)));
        },
    };
}

/// Numbers are written as the language writes them.
fn numbers_of<M>(bundle: &FluentBundle<&'static FluentResource>) -> fn(&FluentValue, &M) -> Option<String> {
    let english = bundle.locales.first().is_some_and(|lang| lang.language.as_str() == "en");
    if english { in_english } else { in_vietnamese }
}

fn in_vietnamese<M>(value: &FluentValue, _: &M) -> Option<String> {
    whole(value).map(kernel::number::grouped)
}

fn in_english<M>(value: &FluentValue, _: &M) -> Option<String> {
    whole(value).map(|number| kernel::number::grouped(number).replace('.', ","))
}

fn whole(value: &FluentValue) -> Option<i64> {
    let FluentValue::Number(number) = value else { return None };
    format!("{:.0}", number.value).parse().ok()
}

/// What fills a wording: a text as it stands, or a count, which is grouped and chooses the plural.
#[derive(Clone, Debug)]
pub enum Arg {
    Text(String),
    Count(i64),
}

macro_rules! arg_from {
    ($($from:ty => |$value:ident| $to:expr),* $(,)?) => {
        $(impl From<$from> for Arg { fn from($value: $from) -> Self { $to } })*
    };
}

arg_from! {
    &str => |text| Arg::Text(text.to_owned()),
    &String => |text| Arg::Text(text.clone()),
    String => |text| Arg::Text(text),
    i64 => |count| Arg::Count(count),
    i32 => |count| Arg::Count(count.into()),
    u32 => |count| Arg::Count(count.into()),
    usize => |count| Arg::Count(i64::try_from(count).unwrap_or(i64::MAX)),
    u64 => |count| Arg::Count(i64::try_from(count).unwrap_or(i64::MAX)),
}

/// The wording of a key in a language. A key without wording shows as itself and is logged: the guard test finds it first.
pub fn words(lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
    static VI: LanguageIdentifier = fluent_templates::langid!("vi");
    static EN: LanguageIdentifier = fluent_templates::langid!("en");
    let args: HashMap<Cow<'static, str>, FluentValue> = args
        .iter()
        .map(|(name, arg)| {
            let value = match arg {
                Arg::Text(text) => FluentValue::from(text.as_str()),
                Arg::Count(count) => FluentValue::from(*count),
            };
            (Cow::Owned((*name).to_owned()), value)
        })
        .collect();
    let lang = match lang {
        Lang::Vi => &VI,
        Lang::En => &EN,
    };
    WORDS.try_lookup_with_args(lang, &key.replace('.', "-"), &args).unwrap_or_else(|| {
        tracing::error!(key, "a wording is missing");
        key.to_owned()
    })
}

/// `t!(lang, "web.skip")`, `t!(lang, "web.rows", count = 3)`.
#[macro_export]
macro_rules! t {
    ($lang:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words($lang, $key, &[$((stringify!($name), $crate::Arg::from($value))),*])
    };
}

/// A refusal as a person reads it. An argument named `count` is a number, all others stand as they were given.
pub fn say(lang: Lang, refusal: &Refusal) -> String {
    let args: Vec<(&str, Arg)> = refusal
        .args
        .iter()
        .map(|(name, value)| match value.parse() {
            Ok(count) if *name == "count" => (*name, Arg::Count(count)),
            _ => (*name, Arg::Text(value.clone())),
        })
        .collect();
    words(lang, &refusal.key, &args)
}
