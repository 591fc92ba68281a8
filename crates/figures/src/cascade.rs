//! Targets handed down: what the units below were given is set against what the unit above them was given.

use std::collections::HashMap;

use db::Result;
use jiff::civil::date;
use kernel::{Day, Id, Refusal, number::decimal};
use pack::{
    AnyFigure,
    figure::Shape,
    programme::{Op, Target},
    register::Assigns,
};
use records::{
    Record, Snapshot,
    behaviour::{Also, Behaviour, Doing, Panel, Scene},
    save::Change,
    store::{self, Given},
};
use serde_json::Value as Json;
use units::Unit;
use web::{Desk, Group, Head, Markup, Row, Table, Tone, html, note, say, t, table};

/// Switched on by the register that gives out bars (`assigns`).
pub struct Cascade;

impl Behaviour for Cascade {
    fn name(&self) -> &'static str {
        "cascade"
    }

    fn before_save<'a>(
        &'a self,
        scene: Scene<'a>,
        _was: Option<&'a Record>,
        change: &'a mut Change,
    ) -> Doing<'a, Also> {
        Box::pin(async move {
            let Some(handed) = Handed::down(scene, &change.record).await? else { return Ok(Also::default()) };
            let mut warnings = Vec::new();
            // What was given out anew is judged in both directions; what was taken back, from above alone.
            if !change.record.void {
                warnings.extend(handed.fault(scene.snapshot, handed.own));
            }
            warnings.extend(handed.above.and_then(|above| handed.fault(scene.snapshot, above)));
            Ok(Also { warnings, changes: Vec::new() })
        })
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            let Some(handed) = Handed::down(scene, record).await? else { return Ok(Vec::new()) };
            let ids: Vec<i64> = handed.given.values().map(|given| given.record.0).collect();
            let records = store::find_many(&mut scene.house.read().await?, &scene.house.names, &ids).await?;
            let readable: Vec<Id> = scene.seen(desk, records).await?.into_iter().map(|record| record.id).collect();
            let mut panels = Vec::new();
            for (id, unit) in [("h-below", Some(handed.own)), ("h-above", handed.above)] {
                let Some(unit) = unit.filter(|unit| !handed.below(*unit).is_empty()) else { continue };
                let name = scene.snapshot.tree.at(handed.day).name(unit);
                panels.push(Panel {
                    id: id.to_owned(),
                    title: t!(desk.lang, "figure.cascade", unit = name),
                    body: handed.drawn(scene.snapshot, desk, unit, &readable),
                    aside: false,
                });
            }
            Ok(panels)
        })
    }
}

/// All bars of one target and year, as they stand with one record as it will be.
struct Handed<'a> {
    op: Op,
    /// The figure adds up over units: so must the bars.
    adds: bool,
    /// The last day of the year: who lies under whom.
    day: Day,
    given: HashMap<Unit, Given>,
    /// The nearest unit above that was given a bar, of each.
    over: HashMap<Unit, Unit>,
    own: Unit,
    above: Option<Unit>,
    assigns: &'a Assigns,
}

impl<'a> Handed<'a> {
    async fn down(scene: Scene<'a>, record: &Record) -> Result<Option<Self>> {
        let (pack, register) = (&scene.snapshot.pack, scene.register);
        let fields = &record.document.fields;
        let text = |id: &String| fields.get(id).and_then(Json::as_str);
        let number = |id: &String| fields.get(id).and_then(Json::as_i64);
        let Some(assigns) = register.assigns.as_ref() else { return Ok(None) };
        let (Some(name), Some(year)) = (text(&assigns.target), number(&assigns.year)) else { return Ok(None) };
        let Some(own) = assigns.to.iter().find_map(number).map(Unit) else { return Ok(None) };
        let (Some((_, target)), Ok(year)) = (pack.target(name), i16::try_from(year)) else { return Ok(None) };
        let mut tx = scene.house.read().await?;
        let known = store::given(&mut tx, &scene.house.names, pack, &[name], year).await?;
        drop(tx);
        let mut given: HashMap<Unit, Given> = known.into_iter().map(|((_, unit), given)| (Unit(unit), given)).collect();
        // The record as it will be, whoever it was given to before.
        given.retain(|_, given| given.record != record.id);
        if let Some((steps, places)) = store::bar(pack, register, assigns, &record.document).filter(|_| !record.void) {
            given.insert(own, Given { record: record.id, steps, places });
        }
        let day = date(year, 12, 31);
        let at = scene.snapshot.tree.at(day);
        let lines = |unit: Unit| if at.is_body(unit) { at.superiors(unit) } else { at.ancestors(unit) };
        let nearest = |unit: Unit| lines(unit).into_iter().find(|above| *above != unit && given.contains_key(above));
        let over = given.keys().filter_map(|unit| Some((*unit, nearest(*unit)?))).collect();
        let above = nearest(own);
        Ok(Some(Self { op: target.op, adds: adds(pack, target), day, given, over, own, above, assigns }))
    }

    /// The units that were given their part of this unit's bar, by code.
    fn below(&self, unit: Unit) -> Vec<(Unit, Given)> {
        let mut all: Vec<(Unit, Given)> = self
            .over
            .iter()
            .filter(|(_, above)| **above == unit)
            .map(|(below, _)| (*below, self.given[below]))
            .collect();
        all.sort_unstable_by_key(|(unit, _)| *unit);
        all
    }

    fn sum(&self, unit: Unit) -> i64 {
        self.below(unit).iter().map(|(_, given)| given.steps).sum()
    }

    /// What does not fit below a unit.
    fn fault(&self, snapshot: &Snapshot, unit: Unit) -> Option<Refusal> {
        let (bar, below) = (*self.given.get(&unit)?, self.below(unit));
        let at = snapshot.tree.at(self.day);
        if self.adds {
            let sum = self.sum(unit);
            let fits = below.is_empty() || self.fits(sum, bar.steps);
            return (!fits).then(|| {
                Refusal::new("figure.cascade_sum")
                    .with("unit", at.name(unit))
                    .with("sum", decimal(sum, bar.places))
                    .with("count", below.len())
                    .with("bar", decimal(bar.steps, bar.places))
                    .with("rest", decimal((bar.steps - sum).abs(), bar.places))
                    .with("short", if sum < bar.steps { "short" } else { "over" })
                    .at(&self.assigns.value)
            });
        }
        let lax: Vec<String> = below
            .iter()
            .filter(|(_, given)| !self.fits(given.steps, bar.steps))
            .map(|(unit, given)| format!("{} ({})", at.name(*unit), decimal(given.steps, given.places)))
            .collect();
        (!lax.is_empty()).then(|| {
            Refusal::new("figure.cascade_lax")
                .with("unit", at.name(unit))
                .with("bar", decimal(bar.steps, bar.places))
                .with("units", lax.join(", "))
                .at(&self.assigns.value)
        })
    }

    /// Whoever keeps the bars below keeps the one above.
    fn fits(&self, below: i64, above: i64) -> bool {
        match self.op {
            Op::Equal => below == above,
            Op::AtLeast | Op::Over => below >= above,
            Op::AtMost | Op::Under => below <= above,
        }
    }

    fn drawn(&self, snapshot: &Snapshot, desk: &Desk, unit: Unit, readable: &[Id]) -> Markup {
        let lang = desk.lang;
        let at = snapshot.tree.at(self.day);
        let shown = |given: &Given| decimal(given.steps, given.places);
        let mut rows: Vec<Row> = self
            .below(unit)
            .iter()
            .map(|(below, given)| {
                let name = at.name(*below);
                Row::new(vec![
                    html! {
                        @if readable.contains(&given.record) { a href=(records::pages::href(given.record)) { (name) } }
                        @else { (name) }
                    },
                    html! { (shown(given)) },
                ])
            })
            .collect();
        let bar = self.given.get(&unit);
        if self.adds {
            let places = bar.map_or(2, |bar| bar.places);
            rows.push(Row::new(vec![
                html! { b { (t!(lang, "figure.cascade_total")) } },
                html! { b { (decimal(self.sum(unit), places)) } },
            ]));
        }
        if let Some(bar) = bar {
            rows.push(Row::new(vec![
                html! { b { (t!(lang, "figure.cascade_bar", unit = at.name(unit))) } },
                html! { b { (shown(bar)) } },
            ]));
        }
        let sheet = Table {
            caption: t!(lang, "figure.cascade", unit = at.name(unit)),
            heads: vec![
                Head::new(t!(lang, "figure.cascade_unit")).main(),
                Head::new(t!(lang, "figure.cascade_value")).number(),
            ],
            groups: vec![Group { label: String::new(), rows }],
            ..Table::default()
        };
        html! {
            @if let Some(fault) = self.fault(snapshot, unit) { (note(Tone::Warn, &html! { p { (say(lang, &fault)) } })) }
            (table(lang, &sheet))
        }
    }
}

/// Counts and sums add up over units; shares, coverage, stocks of readings and what each unit must reach by itself do not.
fn adds(pack: &pack::Pack, target: &Target) -> bool {
    let counted =
        matches!(pack.figure(&target.figure), Some(AnyFigure::Counted(_, figure)) if figure.shape() != Shape::Reading);
    counted && !target.each
}
