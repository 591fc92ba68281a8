//! Who is missing: units, posts, records or words, each with the way to it.

use std::collections::HashSet;

use db::{Result, Tx};
use kernel::{Id, Lang};
use pack::{AnyFigure, figure::Over};
use records::{House, Snapshot, value::Directory as _};
use units::Unit;
use web::{Desk, Markup, html, icon, t};

use super::{Asked, asked::capital};
use crate::{Head, TargetStatus, Value};

/// What a coverage found wanting.
pub(crate) struct Found<'v> {
    pub(crate) figure: &'v str,
    pub(crate) units: &'v [Unit],
    pub(crate) names: &'v [String],
    pub(crate) silent: &'v [Unit],
}

impl<'v> From<&'v TargetStatus> for Found<'v> {
    fn from(status: &'v TargetStatus) -> Self {
        let TargetStatus { figure, missing, missing_names, silent_units, .. } = status;
        Self { figure, units: missing, names: missing_names, silent: silent_units }
    }
}

impl<'v> From<&'v Value> for Found<'v> {
    fn from(value: &'v Value) -> Self {
        let Value { id, missing, missing_names, silent_units, .. } = value;
        Self { figure: id, units: missing, names: missing_names, silent: silent_units }
    }
}

/// One that is missing, in words.
pub(crate) struct Line {
    name: String,
    href: Option<String>,
    silent: bool,
}

/// So many stand in sight; the others wait behind their number.
const NAMED: usize = 24;

/// The lines of all that is missing.
pub(crate) async fn lines(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    asked: &Asked,
    lang: Lang,
    found: &Found<'_>,
) -> Result<Vec<Line>> {
    let day = asked.day();
    let over = match snapshot.pack.figure(found.figure) {
        Some(AnyFigure::Derived(derived)) => derived.coverage.as_ref().and_then(|coverage| Over::read(&coverage.over)),
        _ => None,
    };
    let silent: HashSet<Unit> = found.silent.iter().copied().collect();
    let of_unit = |unit: Unit, name: String| Line {
        name,
        href: Some(asked.figure(snapshot, found.figure, unit)),
        silent: silent.contains(&unit),
    };
    Ok(match over {
        Some(Over::Heads | Over::Posts(_)) => {
            let posts = found.names.iter().filter_map(|name| {
                let (unit, post) = name.split_once(':')?;
                let unit = Unit(unit.parse().ok()?);
                Some(of_unit(unit, post_name(snapshot, lang, unit, post, day)))
            });
            posts.collect()
        }
        Some(Over::Records(_)) => {
            let ids: Vec<i64> = found.names.iter().filter_map(|name| name.parse::<Id>().ok()).map(|id| id.0).collect();
            let records = records::store::find_many(tx, &house.names, &ids).await?;
            let line = |record: records::Record| Line {
                href: Some(format!("/records/{}", record.id)),
                name: if record.title.is_empty() { record.reference() } else { record.title },
                silent: false,
            };
            records.into_iter().map(line).collect()
        }
        Some(Over::Parts(field)) => {
            let label = |word: &String| Line {
                name: super::breakdown::word_label(snapshot, lang, found.figure, &field, word, day),
                href: None,
                silent: false,
            };
            found.names.iter().map(label).collect()
        }
        _ => found.units.iter().map(|unit| of_unit(*unit, capital(&snapshot.name(unit.0, day)))).collect(),
    })
}

/// `Bí thư Đảng ủy xã Kiền Bái`, `Chủ tịch Ủy ban nhân dân xã Kiền Bái`: what the post already says of its body is said once.
fn post_name(snapshot: &Snapshot, lang: Lang, unit: Unit, post: &str, day: kernel::Day) -> String {
    let label = snapshot.post_label(post).map_or_else(|| post.to_owned(), |label| label.in_lang(lang).to_owned());
    let body = snapshot.name(unit.0, day);
    let folded = body.to_lowercase();
    let starts = label.char_indices().filter(|(at, _)| *at == 0 || label[..*at].ends_with(' ')).map(|(at, _)| at);
    let twice = starts.into_iter().find(|at| folded.starts_with(&label[*at..].to_lowercase())).unwrap_or(label.len());
    format!("{} {body}", label[..twice].trim_end())
}

/// The lines as a page lists them, vacant posts after them.
pub(crate) fn draw(desk: &Desk, snapshot: &Snapshot, asked: &Asked, lines: &[Line], vacant: &[Head]) -> Markup {
    let (lang, day) = (desk.lang, asked.day());
    let (first, rest) = lines.split_at(lines.len().min(NAMED));
    let list = |lines: &[Line]| {
        html! {
            ul.row {
                @for line in lines {
                    li {
                        (icon(if line.silent { "minus" } else { "x" })) " "
                        @match &line.href { Some(href) => { a href=(href) { (line.name) } } None => { (line.name) } }
                        @if line.silent { " " span.soft { (t!(lang, "figures.silent")) } }
                    }
                }
            }
        }
    };
    let names = |vacant: &[Head]| {
        let names: Vec<_> = vacant.iter().map(|head| post_name(snapshot, lang, head.unit, &head.post, day)).collect();
        names.join("; ")
    };
    html! {
        @if !first.is_empty() { (list(first)) }
        @if !rest.is_empty() {
            details.s { summary { (t!(lang, "figures.more", count = rest.len())) } (list(rest)) }
        }
        @if vacant.len() > NAMED {
            details.s { summary { (t!(lang, "figures.vacant_many", count = vacant.len())) } p { (names(vacant)) } }
        } @else if !vacant.is_empty() {
            p.s { span.soft { (t!(lang, "figures.vacant")) } " " (names(vacant)) }
        }
    }
}
