//! What bodies below wrote: the prose of their reports at the same place and for the same days, taken over with its source named.

use std::collections::BTreeSet;

use db::{Result, Stop, Tx};
use kernel::{Id, Lang, Refusal};
use records::By;
use units::Unit;
use web::t;

use crate::{Report, Scene, Source, act, report::State, store};

/// What one body wrote at a place for prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub report: Report,
    /// "Ủy ban nhân dân xã Tân Tiến"
    pub by: String,
    pub parts: Vec<String>,
}

/// The places right below whose reports of this kind there are: through a level that writes none.
pub fn places(scene: &Scene<'_>) -> Vec<Unit> {
    let (at, kinds) = (scene.at(), scene.tree.kinds());
    let variants = scene.pack.outlines.values().filter(|outline| outline.head.report == scene.outline.head.report);
    let levels: BTreeSet<&str> = variants.flat_map(|outline| &outline.head.levels).map(String::as_str).collect();
    let mut found = Vec::new();
    let mut open = vec![scene.unit];
    while let Some(place) = open.pop() {
        for child in at.children(place) {
            let writes = at.level(child).is_some_and(|level| levels.contains(kinds.level_def(level).id.as_str()));
            if writes { found.push(child) } else { open.push(child) }
        }
    }
    found
}

/// What those below wrote at this place, of reports accepted or issued, in order of name.
pub async fn told(tx: &mut Tx, scene: &Scene<'_>, slot: &str) -> Result<Vec<Told>> {
    let places: Vec<i64> = places(scene).into_iter().map(|place| place.0).collect();
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let ends = calendar::Window { from: scene.window.from, to: scene.window.to.max(scene.period.window().to) };
    let mut all = store::of_units(tx, &places, ends).await?;
    let kind = &scene.outline.head.report;
    all.retain(|report| {
        let same = scene.pack.outlines.get(&report.outline).is_some_and(|outline| outline.head.report == *kind);
        same && report.period == scene.period && matches!(report.state, State::Accepted | State::Issued)
    });
    let told = all.into_iter().filter_map(|report| {
        let parts = parts(report.slots.get(slot)?);
        let by = scene.tree.at(report.window.to).name(report.body);
        (!parts.is_empty()).then_some(Told { report, by, parts })
    });
    let mut told: Vec<Told> = told.collect();
    let collator = kernel::text::collator();
    told.sort_by(|a, b| collator.compare(&a.by, &b.by));
    Ok(told)
}

/// A text's paragraphs: an empty line parts them.
fn parts(text: &str) -> Vec<String> {
    let all = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    all.map(str::to_owned).collect()
}

/// A paragraph with its source: `… (theo báo cáo của Ủy ban nhân dân xã Tân Tiến).`
pub fn sourced(part: &str, by: &str) -> String {
    let source = t!(Lang::Vi, "reports.below_source", by = by);
    match part.trim_end().strip_suffix('.') {
        Some(part) => format!("{part} {source}."),
        None => format!("{} {source}", part.trim_end()),
    }
}

/// Takes a paragraph over into one's own report, behind what stands there.
pub async fn take(
    source: Source<'_>,
    by: &By,
    (id, version): (Id, i64),
    slot: &str,
    from: Id,
    part: usize,
) -> Result<()> {
    let mut tx = source.house.read().await?;
    let report = store::find(&mut tx, id).await?;
    let scene = source.scene(&report)?;
    let told = told(&mut tx, &scene, slot).await?;
    drop(tx);
    let theirs = told.iter().find(|one| one.report.id == from);
    let Some((theirs, part)) = theirs.and_then(|one| Some((one, one.parts.get(part)?))) else {
        return Err(Stop::Missing);
    };
    let taken = sourced(part, &theirs.by);
    let own = report.slots.get(slot).map(String::as_str).unwrap_or_default();
    if own.contains(&taken) {
        return Err(Refusal::new("reports.below_taken").with("by", &theirs.by).into());
    }
    let text = if own.is_empty() { taken } else { format!("{own}\n\n{taken}") };
    act::write(source, by, id, version, slot, &text).await
}
