//! A sheet of points as it is read, with the numbers of the system beside it.

use std::collections::HashMap;

use calendar::{Period, Window};
use db::Result;
use kernel::{Lang, number::decimal};
use records::{Record, behaviour::Scene};
use units::Unit;
use web::{Desk, Group, Head, Markup, Row, Table, Tone, figure, html, note, t, table};

use super::{
    Criterion, Mark, Outcome, PLACES, Scale,
    sheet::{marks, scored_unit, year_of},
};
use crate::{Ask, Value, ratio::Ratio};

/// The figures that criteria name, of the unit and the year.
pub(super) async fn evidence(
    scene: Scene<'_>,
    desk: &Desk,
    sheet: &Record,
    scale: &Scale,
) -> Result<HashMap<String, (Ask, Value)>> {
    let (snapshot, Some(year)) = (scene.snapshot, year_of(sheet)) else { return Ok(HashMap::new()) };
    let mut names: Vec<&str> = scale.criteria.iter().filter_map(|one| one.figure.as_deref()).collect();
    names.retain(|name| snapshot.pack.figure(name).is_some());
    names.sort_unstable();
    names.dedup();
    let window: Window = Period::year(year).window();
    let ask = Ask::of(scored_unit(sheet), window);
    let may = desk.can(crate::pages::READ, &web::Target::unit(ask.unit.0));
    if names.is_empty() || !may {
        return Ok(HashMap::new());
    }
    let heads = crate::pages::heads(desk);
    let mut tx = scene.house.read().await?;
    let values = crate::read_all(&mut tx, scene.house, snapshot, heads.as_ref(), ask, &names).await?;
    Ok(values.into_iter().map(|value| (value.id.clone(), (ask, value))).collect())
}

/// What the value would give, percent as percent.
fn proposed(one: &Criterion, value: &Value) -> Option<i64> {
    if value.state == crate::State::NoData {
        return None;
    }
    let ratio = value.ratio?;
    one.proposed(if value.percent.is_some() { ratio.times(Ratio::whole(100)) } else { ratio })
}

/// The sheet by criteria: full, own, reviewed, and the number of the system beside them.
pub(super) fn drawn(
    scene: Scene<'_>,
    lang: Lang,
    sheet: &Record,
    scale: &Scale,
    evidence: &HashMap<String, (Ask, Value)>,
) -> Markup {
    let document = &sheet.document;
    let (own, reviewed) = (marks(document, "self"), marks(document, "reviewed"));
    let at = scene.snapshot.tree.at(sheet.day);
    let row = |one: &Criterion| {
        let cell = |marks: &HashMap<String, Mark>| told(lang, one, marks.get(&one.code).copied().unwrap_or_default());
        let proof = one.figure.as_ref().and_then(|name| evidence.get(name));
        Row::new(vec![
            html! {
                b { (one.code) } " " (one.text)
                @if let Some(body) = one.reviewer { br; span.soft.s { (t!(lang, "figure.score_by", body = at.name(Unit(body)))) } }
            },
            html! { @if !one.kind.is_condition() { (decimal(one.full, PLACES)) } },
            html! { (cell(&own)) },
            html! { @if !one.kind.is_condition() { (cell(&reviewed)) } },
            html! {
                @if let Some((ask, value)) = proof {
                    (figure(&value.shown, Some(&crate::href(scene.snapshot, &value.id, *ask)), false))
                }
            },
            html! { @if let Some(points) = proof.and_then(|(_, value)| proposed(one, value)) { (decimal(points, PLACES)) } },
        ])
    };
    let table_of = Table {
        caption: t!(lang, "figure.score"),
        heads: vec![
            Head::new(t!(lang, "figure.score_criterion")).main(),
            Head::new(t!(lang, "figure.score_full")).number().card_label(t!(lang, "figure.score_full")),
            Head::new(t!(lang, "figure.score_self")).number().card_label(t!(lang, "figure.score_self")),
            Head::new(t!(lang, "figure.score_reviewed")).number().card_label(t!(lang, "figure.score_reviewed")),
            Head::new(t!(lang, "figure.score_evidence")).number().card_label(t!(lang, "figure.score_evidence")),
            Head::new(t!(lang, "figure.score_proposed")).number().card_label(t!(lang, "figure.score_proposed")),
        ],
        groups: vec![Group { label: String::new(), rows: scale.criteria.iter().map(row).collect() }],
        ..Table::default()
    };
    let spoken = |marks: &HashMap<String, Mark>| marks.values().any(|mark| mark.points.is_some());
    html! {
        (table(lang, &table_of))
        div.pad.s.tight {
            @if spoken(&own) { p { (t!(lang, "figure.score_own_sum")) " " (sentence(lang, scale, &scale.total(&own))) } }
            @if spoken(&reviewed) {
                p { (t!(lang, "figure.score_reviewed_sum")) " " (sentence(lang, scale, &scale.total(&reviewed))) }
            }
        }
        @let barred = scale.total(&own).barred_by;
        @if !barred.is_empty() { (note(Tone::Warn, &html! { p { (t!(lang, "figure.score_barred", codes = barred.join(", "))) } })) }
    }
}

/// One mark as it is read.
pub(crate) fn told(lang: Lang, one: &Criterion, mark: Mark) -> String {
    if one.kind.is_condition() {
        return if mark.applies { t!(lang, "figure.score_applies") } else { String::new() };
    }
    match mark.points {
        _ if mark.none && one.optional => t!(lang, "figure.score_none"),
        Some(points) => decimal(points, PLACES),
        None => "–".to_owned(),
    }
}

/// How a total came about: `74 trên 85 điểm, quy đổi 87,06; thưởng 5; trừ 3; tổng 89,06 điểm.`
fn sentence(lang: Lang, scale: &Scale, outcome: &Outcome) -> String {
    let points = |n: i64| decimal(n, PLACES);
    let mut parts = vec![t!(lang, "figure.score_of", given = points(outcome.given), of = points(outcome.of))];
    if outcome.of != scale.full {
        parts.push(t!(lang, "figure.score_rescaled", points = points(outcome.rescaled), full = points(scale.full)));
    }
    if outcome.bonus > 0 {
        parts.push(t!(lang, "figure.score_bonus", points = points(outcome.bonus)));
    }
    if outcome.penalty > 0 {
        parts.push(t!(lang, "figure.score_penalty", points = points(outcome.penalty)));
    }
    if !outcome.capped_by.is_empty() {
        parts.push(t!(lang, "figure.score_capped", codes = outcome.capped_by.join(", ")));
    }
    parts.push(t!(lang, "figure.score_total", points = points(outcome.total)));
    parts.join("; ")
}
