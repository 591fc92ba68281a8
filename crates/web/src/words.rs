//! Wordings: every sentence that danvan says, in `words/vi` and `words/en`, a file for each room. A key is `room.reason` in code and `room-reason` there.

use std::sync::LazyLock;

use fluent_templates::{
    FluentBundle, LanguageIdentifier,
    fluent_bundle::{FluentArgs, FluentResource, FluentValue},
    langid,
};
use kernel::{Lang, Refusal};

type Wordings = FluentBundle<FluentResource>;

static VI: LazyLock<Wordings> =
    LazyLock::new(|| gather(langid!("vi"), &include!(concat!(env!("OUT_DIR"), "/words-vi.rs"))));
static EN: LazyLock<Wordings> =
    LazyLock::new(|| gather(langid!("en"), &include!(concat!(env!("OUT_DIR"), "/words-en.rs"))));

/// What cannot be read or is there twice is left out and logged: the guard tests find it first.
fn gather(lang: LanguageIdentifier, files: &[&str]) -> Wordings {
    let mut bundle = Wordings::new_concurrent(vec![lang]);
    // Invisible marks around arguments would end up in copied text.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(numbers_of(&bundle)));
    if let Err(error) = bundle.add_function("HAS", |args, _| has(args)) {
        tracing::error!(%error, "wordings lack a function");
    }
    for text in files {
        let file = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, errors)| {
            tracing::error!(?errors, "wordings cannot be read");
            rest
        });
        if let Err(errors) = bundle.add_resource(file) {
            tracing::error!(?errors, "wordings are there twice");
        }
    }
    bundle
}

/// Numbers are written as the language writes them.
fn numbers_of<M>(bundle: &Wordings) -> fn(&FluentValue, &M) -> Option<String> {
    let english = bundle.locales.first().is_some_and(|lang| lang.language.as_str() == "en");
    if english { in_english } else { in_vietnamese }
}

/// `HAS($nearest)` in a wording: `yes` or `no`, whether the argument is there and says something.
fn has<'a>(args: &[FluentValue<'a>]) -> FluentValue<'a> {
    let says = match args.first() {
        Some(FluentValue::String(text)) => !text.is_empty(),
        Some(FluentValue::Number(_)) => true,
        _ => false,
    };
    if says { "yes" } else { "no" }.into()
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

/// The wording of a key in a language. A key without wording shows as itself and is logged, as is an argument that nobody gave:
/// the guard tests find them first.
pub fn words(lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
    let wordings = match lang {
        Lang::Vi => &VI,
        Lang::En => &EN,
    };
    let found = wordings.get_message(&key.replace('.', "-"));
    let Some(pattern) = found.and_then(|message| message.value()) else {
        tracing::error!(key, "a wording is missing");
        return key.to_owned();
    };
    let mut given = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        match arg {
            Arg::Text(text) => given.set(*name, text.as_str()),
            Arg::Count(count) => given.set(*name, *count),
        }
    }
    let mut wrong = Vec::new();
    let said = wordings.format_pattern(pattern, Some(&given), &mut wrong).into_owned();
    if !wrong.is_empty() {
        tracing::error!(key, ?wrong, "a wording was not given all that it says");
    }
    said
}

/// `t!(lang, "web.skip")`, `t!(lang, "web.rows", count = 3)`.
#[macro_export]
macro_rules! t {
    ($lang:expr, $key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words($lang, $key, &[$((stringify!($name), $crate::Arg::from($value))),*])
    };
}

/// A refusal as a person reads it. An argument named `count` is a number, all others stand as they were given; `line` is the
/// line of a file that it speaks of.
pub fn say(lang: Lang, refusal: &Refusal) -> String {
    let args: Vec<(&str, Arg)> = refusal
        .args
        .iter()
        .map(|(name, value)| match value.parse() {
            Ok(count) if *name == "count" => (*name, Arg::Count(count)),
            _ => (*name, Arg::Text(value.clone())),
        })
        .collect();
    let said = words(lang, &refusal.key, &args);
    match refusal.arg("line") {
        Some(line) => crate::t!(lang, "web.on_line", line = line, said = said),
        None => said,
    }
}
