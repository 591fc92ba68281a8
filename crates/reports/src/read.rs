//! Fetching the answers to a report's questions: one look at the ledger for each window, cut to the units below.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Window;
use db::{Result, Tx};
use figures::{Ask, Heads, Scale, State, Study, TargetStatus, Value};
use kernel::number::decimal;
use pack::{
    outline::{Span, Word},
    programme::Op,
};
use records::{
    House, Snapshot,
    lists::{Asked, Book, Scope},
};
use serde_json::Value as Json;
use units::{Geography, Unit};

use crate::{
    Scene,
    answer::{Answer, Answers, Part, Question, Standing, Target, Theme},
    directions,
};

/// The register of the themes of a year.
const THEME: &str = "theme";
const MOST_THEMES: i64 = 50;

/// Where numbers come from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub house: &'a House,
    pub snapshot: &'a Snapshot,
    pub heads: &'a dyn Heads,
}

/// Everything that the scene's outline asks for, as the ledger says it now.
pub async fn answers(tx: &mut Tx, source: Source<'_>, scene: &Scene<'_>) -> Result<Answers> {
    let values = values(tx, source, scene.unit, &scene.questions()).await?;
    let Source { house, snapshot, heads } = source;
    let standing = figures::targets(tx, house, snapshot, heads, ask(scene.unit, scene.window)).await?;
    Ok(Answers {
        values,
        tasks: directions::to_answer(tx, source, scene).await?,
        themes: themes(source, scene).await?,
        targets: standing.iter().filter(|target| target.bound).map(|target| told(snapshot, target)).collect(),
    })
}

/// The themes of the report's year that the place and those above it set, of the highest place first; only where the text names one.
async fn themes(source: Source<'_>, scene: &Scene<'_>) -> Result<Vec<Theme>> {
    let mut told = false;
    scene.outline.spans(&mut |span| told |= matches!(span, Span::Word { word: Word::Theme | Word::ThemeBy, .. }));
    let Source { house, snapshot, .. } = source;
    let Some(register) = snapshot.pack.register(THEME).filter(|_| told) else { return Ok(Vec::new()) };
    let (at, year) = (scene.at(), i64::from(scene.period.window().to.year()));
    let mut places = at.ancestors(scene.unit);
    places.reverse();
    places.push(scene.unit);
    let mut themes = Vec::new();
    for place in places {
        for body in at.bodies(place) {
            let asked = Asked { unit: Some(body.0), ..Asked::all(MOST_THEMES) };
            let found = Book { house, snapshot, scope: &Scope::operator(), register, today: scene.window.to }
                .page(&asked)
                .await?;
            // What was set for a while besides is no theme of the year; of several the newest stands.
            let of_year = found.records.iter().find(|record| {
                let fields = &record.document.fields;
                let is = |field: &str| fields.get(field).and_then(Json::as_bool) == Some(true);
                let of = fields.get("year").and_then(pack::document::Amount::of).and_then(|amount| amount.n);
                !record.void && of == Some(year) && !is("joint")
            });
            let wording = of_year.and_then(|record| record.document.fields.get("wording")).and_then(Json::as_str);
            themes.extend(wording.map(|wording| Theme { wording: wording.to_owned(), by: at.name(body) }));
        }
    }
    Ok(themes)
}

pub(crate) fn ask(unit: Unit, window: Window) -> Ask {
    Ask { geography: Geography::Then, ..Ask::of(unit, window) }
}

/// The answers to these questions of a unit and of units below it.
pub(crate) async fn values(
    tx: &mut Tx,
    source: Source<'_>,
    unit: Unit,
    questions: &BTreeSet<Question>,
) -> Result<BTreeMap<Question, Answer>> {
    let Source { house, snapshot, heads } = source;
    let mut by_window: BTreeMap<Window, Vec<&Question>> = BTreeMap::new();
    // A figure that an overlay has since dropped is not asked for: it has no data.
    for question in questions.iter().filter(|question| snapshot.pack.figure(&question.figure).is_some()) {
        by_window.entry(question.window).or_default().push(question);
    }
    let mut values = BTreeMap::new();
    for (window, asked) in by_window {
        let names: BTreeSet<&str> = asked.iter().map(|question| question.figure.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let study = Study::open(tx, house, snapshot, heads, ask(unit, window), &names).await?;
        let below: BTreeSet<i64> = asked.iter().map(|question| question.unit).filter(|one| *one != unit.0).collect();
        let below: Vec<Unit> = below.into_iter().map(Unit).collect();
        let parts = study.split(&below);
        for question in asked {
            let place = below.iter().position(|one| one.0 == question.unit);
            let study = place.and_then(|place| parts.get(place)).unwrap_or(&study);
            values.insert(question.clone(), answer(snapshot, study.value(&question.figure)?));
        }
    }
    Ok(values)
}

fn answer(snapshot: &Snapshot, value: Value) -> Answer {
    let keys = figures::parts_of(snapshot, &value.id);
    Answer {
        known: value.state != State::NoData,
        value: value.value,
        of: value.of,
        percent: value.percent,
        places: value.places,
        noun: value.noun,
        number: value.number,
        shown: value.shown,
        silent: value.silent,
        parts: value
            .parts
            .into_iter()
            .map(|part| Part { by: part.by.into_iter().collect(), value: part.value })
            .collect(),
        keys: keys.iter().filter_map(|(figure, _)| snapshot.figure_key(figure)).collect(),
    }
}

fn told(snapshot: &Snapshot, status: &TargetStatus) -> Target {
    let bar = figures::Ratio::written(status.bar);
    // Of each unit by itself the bar is in the figure's own measure, though the result is a share of the units.
    let each = snapshot.pack.target(&status.id).is_some_and(|(_, target)| target.each);
    let unit = if each || status.scale == Scale::Plain { "" } else { "%" };
    let reached = status.value.filter(|_| status.scale == Scale::Plain).and_then(|value| value.by(bar));
    // As the board says it: what the whole lacks, which may be several of one unit.
    let short = status.of.zip(status.reached).and_then(|(of, reached)| usize::try_from(of - reached).ok());
    Target {
        id: status.id.clone(),
        label: status.label.vi.clone(),
        figure: status.figure.clone(),
        bar: match status.op {
            Op::Equal => format!("{}{unit}", decimal(bar.rounded(2, false), 2)),
            op => format!("{}\u{a0}{}{unit}", op.sign(), decimal(bar.rounded(2, false), 2)),
        },
        shown: status.shown.clone(),
        standing: match status.state {
            figures::Standing::Met => Standing::Met,
            figures::Standing::NotMet => Standing::NotMet,
            figures::Standing::NoData => Standing::NoData,
        },
        reached: reached.map(|share| share.times(figures::Ratio::whole(100)).rounded(1, false)),
        missing: short.unwrap_or(status.missing.len()),
    }
}
