//! Values of fields: read from what a person typed, a sheet held or an API sent, and written back in a form that reads the same again.

use kernel::{Day, Id, Label, Lang, Refusal, number, parse_day, show_day, text};
use pack::{
    Pack,
    document::Amount,
    register::{Field, FieldType},
    vocabulary::Qualifier,
};
use serde_json::{Value as Json, json};

/// What values need to know of places, bodies and posts: passed in.
pub trait Directory: pack::facts::Ground + Send + Sync {
    /// The unit that a code, slug or name means on a day.
    fn unit(&self, text: &str, day: Day) -> Result<i64, Refusal>;
    /// Its official code or slug, which reads back: `31`, `11443/ubnd`.
    fn code(&self, unit: i64, day: Day) -> String;
    /// Its full name on a day: `xã Kiền Bái`.
    fn name(&self, unit: i64, day: Day) -> String;
    /// The kinds it is of, for fields that take only some: kind of place or body, level, group.
    fn is_of(&self, unit: i64, kinds: &[String], day: Day) -> bool;
    /// The kind of post with this id or label.
    fn post(&self, text: &str) -> Option<String>;
    fn post_label(&self, post: &str) -> Option<Label>;
}

/// The words that mean yes and no in sheets.
const YES: [&str; 6] = ["x", "co", "yes", "true", "1", "dung"];
const NO: [&str; 5] = ["khong", "no", "false", "0", "sai"];

/// Decimal places kept by a field's amounts.
pub fn places(pack: &Pack, field: &Field) -> u32 {
    match field.kind {
        FieldType::Percent => 2,
        FieldType::Quantity => {
            field.measure.as_ref().and_then(|id| pack.measures.find(id)).map_or(0, |measure| measure.places)
        }
        _ => 0,
    }
}

/// Reads the text of one field. Empty text is no value.
pub fn read(
    pack: &Pack,
    directory: &dyn Directory,
    field: &Field,
    input: &str,
    day: Day,
) -> Result<Option<Json>, Refusal> {
    let typed = text::tidy(input);
    if typed.is_empty() {
        return Ok(None);
    }
    let several = |read: &dyn Fn(&str) -> Result<Json, Refusal>| -> Result<Json, Refusal> {
        let parts = typed.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let values = parts.map(read).collect::<Result<Vec<Json>, Refusal>>()?;
        Ok(Json::Array(values))
    };
    let unit = |typed: &str| -> Result<Json, Refusal> {
        let unit = match typed.strip_prefix('#').and_then(|number| number.parse().ok()) {
            Some(unit) => unit,
            None => directory.unit(typed, day)?,
        };
        if field.of.is_empty() || directory.is_of(unit, &field.of, day) {
            Ok(unit.into())
        } else {
            Err(Refusal::new("value.wrong_kind_of_unit").with("value", typed).with("kinds", field.of.join(", ")))
        }
    };
    let value = match field.kind {
        FieldType::Text | FieldType::LongText | FieldType::Address => Json::String(typed.clone()),
        FieldType::Phone => phone(&typed)?,
        FieldType::Choice => choice(field, &typed)?,
        FieldType::Choices => several(&|part| choice(field, part))?,
        FieldType::Topic => topic(pack, &typed)?,
        FieldType::YesNo => {
            let folded = text::fold(&typed);
            if YES.contains(&folded.as_str()) {
                Json::Bool(true)
            } else if NO.contains(&folded.as_str()) {
                Json::Bool(false)
            } else {
                return Err(Refusal::new("value.not_yes_or_no").with("value", typed));
            }
        }
        FieldType::Date => Json::String(parse_day(&typed)?.to_string()),
        FieldType::Month => month(&typed)?,
        FieldType::Count => count(&typed)?.json(),
        FieldType::Year => match typed.parse::<i16>() {
            Ok(year @ 1900..=2200) => year.into(),
            _ => return Err(Refusal::new("value.not_a_year").with("value", typed)),
        },
        FieldType::Quantity | FieldType::Money | FieldType::Percent => {
            let bare = strip_measure(pack, field, &typed);
            number::parse_amount(&bare, places(pack, field))?.into()
        }
        FieldType::Rank => rank(&typed)?,
        FieldType::Place | FieldType::Body if field.many => several(&unit)?,
        FieldType::Place | FieldType::Body => unit(&typed)?,
        FieldType::Post if field.many => several(&|part| post(directory, part, day))?,
        FieldType::Post => post(directory, &typed, day)?,
        FieldType::Link | FieldType::File if field.many => {
            several(&|part| part.parse::<Id>().map(|id| json!(id.handle())))?
        }
        FieldType::Link | FieldType::File => json!(typed.parse::<Id>()?.handle()),
        FieldType::Figure => {
            let known = pack.figure_names();
            if !known.contains(&typed) {
                let nearest = pack::expression::nearest(&typed, known.iter());
                return Err(Refusal::new("value.unknown_figure").with("value", typed).with("nearest", nearest));
            }
            Json::String(typed.clone())
        }
        FieldType::Target => {
            if pack.target(&typed).is_none() {
                return Err(Refusal::new("value.unknown_target").with("value", typed));
            }
            Json::String(typed.clone())
        }
    };
    bounds(pack, field, &value)?;
    Ok(Some(value))
}

/// A value as people read it; what it gives, [`read`] takes.
pub fn show(pack: &Pack, directory: &dyn Directory, field: &Field, value: &Json, day: Day, lang: Lang) -> String {
    let text = || value.as_str().unwrap_or_default().to_owned();
    match field.kind {
        FieldType::Choice => choice_label(field, value, lang),
        FieldType::Choices => each(value, |one| choice_label(field, one, lang)),
        FieldType::Topic => pack.topics.find(&text()).map_or_else(text, |topic| topic.label.in_lang(lang).to_owned()),
        FieldType::YesNo => match (value.as_bool(), lang) {
            (Some(true), Lang::Vi) => "có".to_owned(),
            (Some(true), Lang::En) => "yes".to_owned(),
            (_, Lang::Vi) => "không".to_owned(),
            (_, Lang::En) => "no".to_owned(),
        },
        FieldType::Date => text().parse().map_or_else(|_| text(), show_day),
        FieldType::Month => text().split_once('-').map_or_else(text, |(year, month)| format!("{month}/{year}")),
        FieldType::Count => Amount::of(value).map(show_count).unwrap_or_default(),
        FieldType::Year => value.as_i64().map(|year| year.to_string()).unwrap_or_default(),
        FieldType::Quantity | FieldType::Money | FieldType::Percent => {
            value.as_i64().map(|amount| number::decimal(amount, places(pack, field))).unwrap_or_default()
        }
        FieldType::Rank => {
            let part = |key| value.get(key).and_then(Json::as_i64);
            match (part("rank"), part("of")) {
                (Some(rank), Some(of)) => format!("{rank}/{of}"),
                (Some(rank), None) => rank.to_string(),
                _ => String::new(),
            }
        }
        FieldType::Place | FieldType::Body => {
            each(value, |one| one.as_i64().map(|unit| directory.name(unit, day)).unwrap_or_default())
        }
        FieldType::Post => each(value, |one| show_post(directory, one.as_str().unwrap_or_default(), day, lang)),
        FieldType::Link | FieldType::File => each(value, |one| one.as_str().unwrap_or_default().to_owned()),
        FieldType::Figure => pack.figure(&text()).map_or_else(text, |figure| figure.label().in_lang(lang).to_owned()),
        FieldType::Target => {
            pack.target(&text()).map_or_else(text, |(_, target)| target.label.in_lang(lang).to_owned())
        }
        FieldType::Text | FieldType::LongText | FieldType::Phone | FieldType::Address => text(),
    }
}

/// A value for a sheet or a form's input: like [`show`], but units, posts, figures and targets by their codes, which are never ambiguous.
pub fn write(pack: &Pack, directory: &dyn Directory, field: &Field, value: &Json, day: Day) -> String {
    match field.kind {
        FieldType::Place | FieldType::Body => {
            each(value, |one| one.as_i64().map(|unit| directory.code(unit, day)).unwrap_or_default())
        }
        FieldType::Post => each(value, |one| write_post(directory, one.as_str().unwrap_or_default(), day)),
        FieldType::Figure | FieldType::Target => value.as_str().unwrap_or_default().to_owned(),
        _ => show(pack, directory, field, value, day, Lang::Vi),
    }
}

fn each(value: &Json, show: impl Fn(&Json) -> String) -> String {
    match value {
        Json::Array(list) => list.iter().map(show).collect::<Vec<_>>().join("; "),
        one => show(one),
    }
}

fn choice(field: &Field, typed: &str) -> Result<Json, Refusal> {
    let folded = text::fold(typed);
    let same = |label: &str| text::fold(label) == folded;
    let found = field
        .choices
        .iter()
        .filter(|choice| !choice.retired)
        .find(|choice| choice.id == typed || same(&choice.vi) || choice.en.as_deref().is_some_and(same));
    found.map(|choice| Json::String(choice.id.clone())).ok_or_else(|| {
        let known: Vec<&str> =
            field.choices.iter().filter(|choice| !choice.retired).map(|choice| choice.vi.as_str()).collect();
        Refusal::new("value.unknown_choice").with("value", typed).with("choices", known.join(", "))
    })
}

fn choice_label(field: &Field, value: &Json, lang: Lang) -> String {
    let id = value.as_str().unwrap_or_default();
    field.choice(id).map_or_else(|| id.to_owned(), |choice| choice.label().in_lang(lang).to_owned())
}

fn topic(pack: &Pack, typed: &str) -> Result<Json, Refusal> {
    let folded = text::fold(typed);
    let found = pack.topics.topics.iter().find(|topic| {
        topic.id == typed
            || text::fold(&topic.label.vi) == folded
            || topic.label.en.as_deref().is_some_and(|en| text::fold(en) == folded)
    });
    found.map(|topic| Json::String(topic.id.clone())).ok_or_else(|| {
        let labels: Vec<&String> = pack.topics.topics.iter().map(|topic| &topic.label.vi).collect();
        // A part of a topic's name before a name that is spelt alike.
        let part = labels.iter().find(|label| text::fold(label).contains(&folded)).map(|label| (*label).clone());
        let nearest = part.unwrap_or_else(|| pack::expression::nearest(typed, labels));
        Refusal::new("value.unknown_topic").with("value", typed).with("nearest", nearest)
    })
}

fn phone(typed: &str) -> Result<Json, Refusal> {
    let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')')).collect();
    let bare = digits.strip_prefix('+').unwrap_or(&digits);
    if (8..=15).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit()) {
        Ok(Json::String(digits))
    } else {
        Err(Refusal::new("value.not_a_phone").with("value", typed))
    }
}

/// `05/2021`, `5-2021`, `2021-05`.
fn month(typed: &str) -> Result<Json, Refusal> {
    let refuse = || Refusal::new("value.not_a_month").with("value", typed);
    let (a, b) = typed.split_once(['/', '-', '.']).ok_or_else(refuse)?;
    let (year, month) = if a.trim().len() == 4 { (a, b) } else { (b, a) };
    match (year.trim().parse::<i16>(), month.trim().parse::<i8>()) {
        (Ok(year @ 1000..=9999), Ok(month @ 1..=12)) => Ok(Json::String(format!("{year:04}-{month:02}"))),
        _ => Err(refuse()),
    }
}

/// `1.052`, `hơn 1.000`, `một số`.
fn count(typed: &str) -> Result<Amount, Refusal> {
    if let Some(qualifier) = Qualifier::parse(typed).filter(|qualifier| qualifier.alone()) {
        return Ok(Amount { n: None, qualifier: Some(qualifier) });
    }
    let folded = text::fold(typed);
    let lead = Qualifier::ALL.into_iter().filter(|qualifier| !qualifier.alone()).find_map(|qualifier| {
        let rest = folded.strip_prefix(&text::fold(qualifier.vi()))?.strip_prefix(' ')?.to_owned();
        Some((qualifier, rest))
    });
    let (qualifier, digits) = lead.map_or((None, typed.to_owned()), |(qualifier, rest)| (Some(qualifier), rest));
    let n = number::parse_amount(&digits, 0)
        .map_err(|refusal| Refusal { args: vec![("value", typed.to_owned())], ..refusal })?;
    Ok(Amount { n: Some(n), qualifier })
}

/// An amount with its qualifier, as it is read: `hơn 1.000`.
pub fn show_count(amount: Amount) -> String {
    match (amount.n, amount.qualifier) {
        (Some(n), Some(qualifier)) => format!("{} {}", qualifier.vi(), number::grouped(n)),
        (Some(n), None) => number::grouped(n),
        (None, Some(qualifier)) => qualifier.vi().to_owned(),
        (None, None) => String::new(),
    }
}

/// `12/63`, or `12` where the field of ranks is not known.
fn rank(typed: &str) -> Result<Json, Refusal> {
    let refuse = || Refusal::new("value.not_a_rank").with("value", typed);
    let (rank, of) = match typed.split_once('/') {
        Some((rank, of)) => (rank, Some(of)),
        None => (typed, None),
    };
    let rank: i64 = rank.trim().parse().map_err(|_| refuse())?;
    let of: Option<i64> = of.map(|of| of.trim().parse().map_err(|_| refuse())).transpose()?;
    if rank < 1 || of.is_some_and(|of| rank > of) {
        return Err(refuse());
    }
    Ok(of.map_or_else(|| json!({ "rank": rank }), |of| json!({ "rank": rank, "of": of })))
}

/// A post at a body: `31/ubnd:chu-tich-ubnd`, kept as `UNIT:POST`.
fn post(directory: &dyn Directory, typed: &str, day: Day) -> Result<Json, Refusal> {
    let refuse = || Refusal::new("value.unknown_post").with("value", typed);
    let (unit, post) = typed.rsplit_once(':').ok_or_else(refuse)?;
    let unit = match unit.trim().strip_prefix('#') {
        Some(number) => number.parse().map_err(|_| refuse())?,
        None => directory.unit(unit.trim(), day)?,
    };
    let post = directory.post(post.trim()).ok_or_else(refuse)?;
    Ok(Json::String(format!("{unit}:{post}")))
}

fn show_post(directory: &dyn Directory, value: &str, day: Day, lang: Lang) -> String {
    match value.split_once(':') {
        Some((unit, post)) => {
            let label =
                directory.post_label(post).map_or_else(|| post.to_owned(), |label| label.in_lang(lang).to_owned());
            let name = unit.parse().map(|unit| directory.name(unit, day)).unwrap_or_default();
            format!("{label}, {name}")
        }
        None => value.to_owned(),
    }
}

fn write_post(directory: &dyn Directory, value: &str, day: Day) -> String {
    match value.split_once(':') {
        Some((unit, post)) => {
            format!("{}:{post}", unit.parse().map(|unit| directory.code(unit, day)).unwrap_or_default())
        }
        None => value.to_owned(),
    }
}

/// `4,1 km` is `4,1` where the measure is km; `12 đồng` is `12`; `34,1%` is `34,1`.
fn strip_measure(pack: &Pack, field: &Field, typed: &str) -> String {
    let measure = field.measure.as_ref().and_then(|id| pack.measures.find(id));
    let tails = match field.kind {
        FieldType::Percent => vec!["%".to_owned()],
        FieldType::Money => vec!["đồng".to_owned(), "đ".to_owned()],
        _ => measure.map(|measure| vec![measure.label.vi.clone(), measure.id.clone()]).unwrap_or_default(),
    };
    let found = tails.iter().find_map(|tail| typed.strip_suffix(tail.as_str()));
    found.unwrap_or(typed).trim().to_owned()
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "bounds are small numbers written by hand in definitions"
)]
fn bounds(pack: &Pack, field: &Field, value: &Json) -> Result<(), Refusal> {
    if field.min.is_none() && field.max.is_none() {
        return Ok(());
    }
    let amount = match field.kind {
        FieldType::Text | FieldType::LongText => value.as_str().map(|text| text.chars().count() as f64),
        _ => Amount::of(value)
            .and_then(|amount| amount.n)
            .map(|n| n as f64 / 10_f64.powi(places(pack, field).cast_signed())),
    };
    let Some(amount) = amount else { return Ok(()) };
    let shown = |bound: f64| number::decimal((bound * 1_000.0).round() as i64, 3);
    let letters = matches!(field.kind, FieldType::Text | FieldType::LongText);
    if let Some(min) = field.min.filter(|min| amount < *min) {
        return Err(Refusal::new(if letters { "value.too_short" } else { "value.too_small" }).with("min", shown(min)));
    }
    if let Some(max) = field.max.filter(|max| amount > *max) {
        return Err(Refusal::new(if letters { "value.too_long" } else { "value.too_large" }).with("max", shown(max)));
    }
    Ok(())
}
