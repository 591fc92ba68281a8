//! Sets of criteria and score sheets as records: what a register that switches `scoring` on is refused, given and shown.

use std::collections::{BTreeMap, HashMap, HashSet};

use db::Result;
use kernel::{Id, Refusal, Refused, number::decimal};
use pack::document::{Amount, Document, Fields, RowDoc};
use records::{
    House, Record,
    behaviour::{Also, Behaviour, Doing, Panel, Scene},
    save::Change,
    store,
};
use serde_json::Value as Json;
use units::Unit;
use web::{Desk, t};

use super::{
    Criterion, Kind, Mark, PLACES, Rule, Scale, bands,
    round::rounds,
    shown::{drawn, evidence},
    writing::Writing,
};

/// The child rows of a set of criteria, and those of a sheet of points.
const CRITERIA: &str = "criterion";
pub(super) const POINTS: &str = "score";

/// Switched on by the register of sets of criteria and by that of score sheets.
pub struct Scoring;

impl Behaviour for Scoring {
    fn name(&self) -> &'static str {
        "scoring"
    }

    fn before_save<'a>(&'a self, scene: Scene<'a>, was: Option<&'a Record>, change: &'a mut Change) -> Doing<'a, Also> {
        Box::pin(async move {
            if change.record.void {
                return Ok(Also::default());
            }
            if scene.register.rows(CRITERIA).is_some() {
                issued_as_it_was(was, &change.record)?;
                sound(&change.record)?;
                return Ok(Also::default());
            }
            let Some(set) = set_of(scene.house, &change.record).await? else { return Ok(Also::default()) };
            let scale = scale(&set);
            if was.is_none() && set.state.as_deref() == Some("draft") {
                return Err(Refusal::new("figure.score_not_issued").with("set", &set.title).at("criteria").into());
            }
            let mut writing = Writing { scene, was, change, scale: &scale };
            writing.lay();
            writing.judge()?;
            Ok(Also { warnings: writing.total(), changes: Vec::new() })
        })
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            if scene.register.rows(CRITERIA).is_some() {
                return rounds(scene, desk.lang, record).await;
            }
            let Some(set) = set_of(scene.house, record).await? else { return Ok(Vec::new()) };
            let scale = scale(&set);
            let evidence = evidence(scene, desk, record, &scale).await?;
            let body = drawn(scene, desk.lang, record, &scale, &evidence);
            Ok(vec![Panel { id: "h-points".to_owned(), title: t!(desk.lang, "figure.score"), body, aside: false }])
        })
    }
}

pub(super) fn text<'d>(fields: &'d Fields, name: &str) -> Option<&'d str> {
    fields.get(name).and_then(Json::as_str)
}

pub(super) fn amount(fields: &Fields, name: &str) -> Option<i64> {
    fields.get(name).and_then(Amount::of).and_then(|amount| amount.n)
}

pub(super) fn yes(fields: &Fields, name: &str) -> bool {
    fields.get(name).and_then(Json::as_bool) == Some(true)
}

/// A set of criteria as its record has it; what it leaves open counts as not said.
pub(super) fn scale(set: &Record) -> Scale {
    let (document, fields) = (&set.document, &set.document.fields);
    let whole = |name: &str| amount(fields, name).map(|points| points * super::ONE);
    let full = whole("full").unwrap_or_default();
    let grades = ["excellent", "good", "fair", "average"];
    let group = |row: &RowDoc| Some((text(&row.fields, "code")?.to_owned(), amount(&row.fields, "cap")?));
    Scale {
        criteria: document.rows(CRITERIA).iter().filter_map(|row| criterion(&row.fields)).collect(),
        groups: document.rows("group").iter().filter_map(group).collect::<BTreeMap<_, _>>(),
        full,
        bonus_cap: amount(fields, "bonus_cap"),
        cap: amount(fields, "total_cap").unwrap_or(full),
        grades: grades.into_iter().filter_map(|grade| Some((grade, whole(&format!("grade_{grade}"))?))).collect(),
    }
}

fn criterion(fields: &Fields) -> Option<Criterion> {
    let rule = match text(fields, "rule") {
        Some("share") => Some(Rule::Share { goal: amount(fields, "goal").unwrap_or(100 * super::ONE) }),
        Some("done") => Some(Rule::Done),
        Some("steps") => text(fields, "bands").and_then(bands).map(Rule::Steps),
        Some("each") => amount(fields, "each").map(Rule::Each),
        _ => None,
    };
    Some(Criterion {
        code: text(fields, "code")?.to_owned(),
        text: text(fields, "text").unwrap_or_default().to_owned(),
        group: text(fields, "group").map(str::to_owned),
        kind: text(fields, "kind").and_then(Kind::parse)?,
        full: amount(fields, "full").unwrap_or_default(),
        optional: yes(fields, "optional"),
        cap: amount(fields, "cap"),
        reviewer: fields.get("reviewer").and_then(Json::as_i64),
        figure: text(fields, "figure").map(str::to_owned),
        rule,
    })
}

/// What was issued stays as it was: another issue is another set.
fn issued_as_it_was(was: Option<&Record>, record: &Record) -> Result<()> {
    let Some(was) = was.filter(|was| was.state.as_deref() != Some("draft")) else { return Ok(()) };
    let same = |rows: &str| was.document.rows(rows) == record.document.rows(rows);
    let points = ["full", "bonus_cap", "total_cap"];
    let kept = points.iter().all(|name| was.document.fields.get(*name) == record.document.fields.get(*name));
    if same(CRITERIA) && same("group") && kept {
        return Ok(());
    }
    Err(Refusal::new("figure.score_issued").with("set", &was.title).at(CRITERIA).into())
}

/// A set that can be scored by: each code once, groups that are there, bands that read, and when it is issued, points that add up.
fn sound(set: &Record) -> std::result::Result<(), Refused> {
    let (scale, mut refused, mut codes) = (scale(set), Refused::default(), HashSet::new());
    for (row, one) in set.document.rows(CRITERIA).iter().zip(&scale.criteria) {
        if !codes.insert(&one.code) {
            refused.push(Refusal::new("figure.score_code_twice").with("code", &one.code).at(CRITERIA));
        }
        if let Some(group) = one.group.as_ref().filter(|group| !scale.groups.contains_key(*group)) {
            refused
                .push(Refusal::new("figure.score_no_group").with("code", &one.code).with("group", group).at(CRITERIA));
        }
        if text(&row.fields, "rule") == Some("steps") && one.rule.is_none() {
            let written = text(&row.fields, "bands").unwrap_or_default();
            refused
                .push(Refusal::new("figure.score_bands").with("code", &one.code).with("bands", written).at(CRITERIA));
        }
    }
    if set.state.as_deref() == Some("in_force") && scale.sum() != scale.full {
        let (sum, full) = (decimal(scale.sum(), PLACES), decimal(scale.full, PLACES));
        refused.push(Refusal::new("figure.score_sum").with("sum", sum).with("full", full).at("full"));
    }
    refused.settle()
}

/// The set by which a sheet is scored.
pub(super) async fn set_of(house: &House, sheet: &Record) -> Result<Option<Record>> {
    let Some(id) = text(&sheet.document.fields, "criteria").and_then(|handle| handle.parse::<Id>().ok()) else {
        return Ok(None);
    };
    let mut tx = house.read().await?;
    Ok(store::find_many(&mut tx, &house.names, &[id.0]).await?.pop())
}

/// What a sheet says of each criterion, by its own points or by the reviewed ones.
pub(super) fn marks(document: &Document, column: &str) -> HashMap<String, Mark> {
    let mark = |row: &RowDoc| {
        let mark = Mark {
            points: amount(&row.fields, column),
            none: yes(&row.fields, "not_arising"),
            applies: yes(&row.fields, "applies"),
        };
        Some((text(&row.fields, "code")?.to_owned(), mark))
    };
    document.rows(POINTS).iter().filter_map(mark).collect()
}

/// Whom a sheet is about: the place or the body that was scored, else whose book it stands in.
pub(super) fn scored_unit(sheet: &Record) -> Unit {
    let named = ["place", "body"].into_iter().find_map(|name| sheet.document.fields.get(name).and_then(Json::as_i64));
    Unit(named.unwrap_or(sheet.unit))
}

pub(super) fn year_of(sheet: &Record) -> Option<i16> {
    sheet.document.fields.get("year").and_then(Json::as_i64).and_then(|year| i16::try_from(year).ok())
}
