//! One unit as people and programs read it from the shell.

use std::fmt::Write;

use kernel::{Day, Refusal, show_day};
use serde::Serialize;

use crate::{Edge, Kind, Tree, Unit, names::capital};

/// A unit as of a day, with what it was before and what became of it. Codes only, no internal numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    pub at: Day,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub level: Option<String>,
    pub parent: Option<String>,
    pub superior: Option<String>,
    pub from: Option<Day>,
    /// The first day on which it is no more.
    pub to: Option<Day>,
    /// `dated`, or `between` when a day is only known to lie between two states.
    pub certainty: &'static str,
    /// By kind: how many places lie right below.
    pub children: Vec<Count>,
    /// By kind: how many places lie in it at all.
    pub inside: Vec<Count>,
    pub bodies: Vec<Line>,
    pub versions: Vec<Past>,
    pub origins: Vec<Line>,
    pub successors: Vec<Line>,
    /// Who holds its ground, when it is not itself.
    pub holder: Option<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    pub kind: String,
    pub count: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub code: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub main: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub loose: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Past {
    pub code: String,
    pub name: String,
    pub kind: String,
    pub parent: Option<String>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// The two states that an uncertain first day lies between.
    pub from_between: Option<[Day; 2]>,
    pub to_between: Option<[Day; 2]>,
    pub decision: String,
    pub source: String,
}

/// `danvan units show CODE [--at DATE]`.
pub fn show(tree: &Tree, code: &str, day: Day) -> Result<Shown, Refusal> {
    let unit = tree.find(code, day)?;
    let at = tree.at(day);
    let line = |unit: Unit, day: Option<Day>| {
        let at = day.map_or(at, |day| tree.at(day));
        Line { code: at.code(unit), name: at.name(unit), day, main: false, loose: false }
    };
    let version = at.version(unit).or_else(|| tree.nearest(unit, day));
    let became = tree.what_became(unit);
    let held = at.holder(unit);
    let mut successors: Vec<Line> =
        became.successors.iter().map(|next| Line { main: next.main, ..line(next.unit, Some(next.day)) }).collect();
    let before = |day: Day| day.yesterday().unwrap_or(day);
    let mut origins: Vec<Line> = tree
        .origins(unit)
        .iter()
        .map(|past| Line { day: Some(past.day), ..line(past.unit, Some(before(past.day))) })
        .collect();
    successors.sort_by(|a, b| (a.day, &a.code).cmp(&(b.day, &b.code)));
    origins.sort_by(|a, b| (a.day, &a.code).cmp(&(b.day, &b.code)));
    let place = unit.slot() == 0;
    let count = |units: Vec<Unit>| {
        let mut counts: Vec<Count> = Vec::new();
        for kind in &tree.kinds().places {
            let of_kind =
                |other: &&Unit| **other != unit && at.place_kind(**other).is_some_and(|other| other.id == kind.id);
            let number = units.iter().filter(of_kind).count();
            if number > 0 {
                counts.push(Count { kind: kind.id.clone(), count: number });
            }
        }
        counts
    };
    let dated = version.is_none_or(|version| version.from.certain() && version.to.certain());
    Ok(Shown {
        at: day,
        code: at.code(unit),
        name: at.name(unit),
        kind: kind_id(tree, at.kind(unit).or(version.map(|version| version.kind))),
        level: at.level(unit).map(|level| tree.kinds().level_def(level).id.clone()),
        parent: at.parent(unit).map(|parent| at.code(parent)),
        superior: at.superior(unit).map(|superior| at.code(superior)),
        from: tree.versions(unit).first().and_then(|version| open(version.from)),
        to: became.ended,
        certainty: if dated { "dated" } else { "between" },
        children: count(at.children(unit)),
        inside: if place { count(at.under(unit, &crate::Scope::default())) } else { Vec::new() },
        bodies: at.bodies(unit).into_iter().map(|body| line(body, None)).collect(),
        versions: tree.versions(unit).iter().map(|version| past(tree, unit, version)).collect(),
        origins,
        successors,
        holder: (held.unit != unit).then(|| Line { loose: held.loose, ..line(held.unit, None) }),
    })
}

fn kind_id(tree: &Tree, kind: Option<Kind>) -> String {
    match kind {
        Some(Kind::Place(kind)) => tree.kinds().places[kind].id.clone(),
        Some(Kind::Body(kind)) => tree.kinds().bodies[kind].id.clone(),
        None => String::new(),
    }
}

fn past(tree: &Tree, unit: Unit, version: &crate::Version) -> Past {
    let at = tree.at(version.from.start());
    let kind = match (unit.slot(), tree.kinds().in_slot(unit.slot())) {
        (1.., Some(body)) => Kind::Body(body),
        _ => version.kind,
    };
    let between = |edge: Edge| match edge {
        Edge::Between { after, by, .. } => Some([after, by]),
        _ => None,
    };
    Past {
        code: at.code(unit),
        name: at.name(unit),
        kind: kind_id(tree, Some(kind)),
        parent: at.parent(unit).map(|parent| at.code(parent)),
        from: open(version.from),
        to: open(version.to),
        from_between: between(version.from),
        to_between: between(version.to),
        decision: version.decision.to_string(),
        source: version.source.to_string(),
    }
}

fn open(edge: Edge) -> Option<Day> {
    match edge {
        Edge::Open => None,
        Edge::On(day) | Edge::Between { taken: day, .. } => Some(day),
    }
}

impl Shown {
    /// The same for a terminal, in Vietnamese.
    pub fn text(&self, tree: &Tree) -> String {
        let mut text = format!("{} ({})\n", capital(&self.name), self.code);
        let label = |kind: &str| {
            let place = tree.kinds().place_kind(kind).map(|kind| tree.kinds().places[kind].label.vi.clone());
            place
                .or_else(|| tree.kinds().body_kind(kind).map(|kind| tree.kinds().bodies[kind].label.vi.clone()))
                .unwrap_or_default()
        };
        let mut put = |name: &str, value: String| {
            if !value.is_empty() {
                let _ = writeln!(text, "  {name}: {value}");
            }
        };
        let codes = |code: &Option<String>| {
            let found = code.as_deref().and_then(|code| tree.find(code, self.at).ok());
            found.map(|unit| tree.at(self.at).with_code(unit)).unwrap_or_default()
        };
        put("Ngày", show_day(self.at));
        put("Loại", label(&self.kind));
        put("Thuộc", codes(&self.parent));
        put("Cấp trên", if self.parent == self.superior { String::new() } else { codes(&self.superior) });
        put("Từ ngày", self.from.map(show_day).unwrap_or_default());
        put("Hết ngày", self.to.and_then(|to| to.yesterday().ok()).map(show_day).unwrap_or_default());
        if self.certainty == "between" {
            put("Ghi chú", "ngày thay đổi chỉ biết trong khoảng giữa hai danh mục".to_owned());
        }
        let counts = |counts: &[Count]| {
            counts
                .iter()
                .map(|count| {
                    format!(
                        "{} {}",
                        kernel::number::grouped(i64::try_from(count.count).unwrap_or(0)),
                        label(&count.kind)
                    )
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        put("Trực thuộc", counts(&self.children));
        put("Trên địa bàn", if self.inside == self.children { String::new() } else { counts(&self.inside) });
        for past in self.versions.iter().filter(|_| self.versions.len() > 1) {
            let from = past.from.map(show_day).unwrap_or_default();
            let to = past.to.and_then(|to| to.yesterday().ok()).map(show_day).unwrap_or_default();
            let parent = past.parent.as_deref().unwrap_or_default();
            put(
                "Từng là",
                format!("{} ({}, thuộc {parent}): {from} – {to} {}", past.name, past.code, past.decision)
                    .trim_end()
                    .to_owned(),
            );
        }
        for line in &self.origins {
            put("Hình thành từ", format!("{} ({})", line.name, line.code));
        }
        for line in &self.successors {
            let main = if line.main { ", chính" } else { "" };
            put(
                "Nhập vào",
                format!("{} ({}{main}) từ ngày {}", line.name, line.code, line.day.map(show_day).unwrap_or_default()),
            );
        }
        if let Some(holder) = &self.holder {
            let loose = if holder.loose { ", chưa phân về xã" } else { "" };
            put("Địa bàn nay do", format!("{} ({}{loose})", holder.name, holder.code));
        }
        for body in &self.bodies {
            put("Cơ quan", format!("{} ({})", body.name, body.code));
        }
        text
    }
}
