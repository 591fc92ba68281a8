//! Two bodies that plan the same topic at the same place in the same month are told of each other; nothing is forbidden.

use db::{Result, Space};
use kernel::{Day, Id, Refusal, show_day};
use pack::{
    document::Document,
    register::{FieldType, Register, Tone},
};
use serde_json::Value as Json;
use units::Unit;
use web::{Desk, Group, Head, Row, Table, day, html, t, table};

use super::{Also, Behaviour, Doing, Panel, Scene};
use crate::{Record, pages::href, save::Change, store};

/// Switched on by every register whose entries could meet: those of all of them are compared, by their indexed topic and place.
pub struct Overlap;

const NAME: &str = "overlap";

impl Behaviour for Overlap {
    fn name(&self) -> &'static str {
        NAME
    }

    fn before_save<'a>(&'a self, scene: Scene<'a>, was: Option<&'a Record>, change: &'a mut Change) -> Doing<'a, Also> {
        Box::pin(async move {
            // What comes from an old book is planned no more.
            if scene.by.old_book {
                return Ok(Also::default());
            }
            let mut record = change.record.clone();
            record.day = pack::facts::record_day(scene.register, &record.head(), &record.document);
            // Said when it is planned or moved, not at each later word.
            let same = |was: &Record| {
                was.day == record.day
                    && matter(scene.register, &was.document) == matter(scene.register, &record.document)
            };
            if record.is_finished(scene.register) || was.is_some_and(same) {
                return Ok(Also::default());
            }
            let met = met(scene, &record).await?;
            let Some(first) = met.first() else { return Ok(Also::default()) };
            let at = scene.snapshot.tree.at(record.day);
            let mut bodies: Vec<String> = met.iter().map(|one| at.title(Unit(one.unit))).collect();
            bodies.dedup();
            let warning =
                Refusal::new("record.overlap").with("bodies", bodies.join(", ")).with("day", show_day(first.day));
            Ok(Also { warnings: vec![warning.at(scene.register.day.as_str())], changes: Vec::new() })
        })
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            if record.is_finished(scene.register) {
                return Ok(Vec::new());
            }
            let met = met(scene, record).await?;
            if met.is_empty() {
                return Ok(Vec::new());
            }
            let readable: Vec<Id> = scene.seen(desk, met.clone()).await?.into_iter().map(|one| one.id).collect();
            let at = scene.snapshot.tree.at(record.day);
            let row = |one: &Record| {
                let register = scene.snapshot.pack.register(&one.register);
                let what = register.map(|register| register.label.in_lang(desk.lang).to_owned()).unwrap_or_default();
                Row::new(vec![
                    day(one.day),
                    html! { (at.title(Unit(one.unit))) },
                    html! {
                        @if readable.contains(&one.id) { a href=(href(one.id)) { (one.title) } } @else { (what) }
                    },
                ])
            };
            let sheet = Table {
                caption: t!(desk.lang, "record.overlaps"),
                heads: vec![
                    Head::new(t!(desk.lang, "record.overlap_day")),
                    Head::new(t!(desk.lang, "record.overlap_body")).main(),
                    Head::new(t!(desk.lang, "record.overlap_what")).main(),
                ],
                groups: vec![Group { label: String::new(), rows: met.iter().map(row).collect() }],
                ..Table::default()
            };
            let body = html! { p.pad.s.soft { (t!(desk.lang, "record.overlap_why")) } (table(desk.lang, &sheet)) };
            Ok(vec![Panel { id: "h-overlap".to_owned(), title: t!(desk.lang, "record.overlaps"), body, aside: false }])
        })
    }
}

/// What it is about and where, by the first indexed fields of those kinds.
pub(super) fn matter<'d>(register: &Register, document: &'d Document) -> Option<(&'d str, Vec<i64>)> {
    let value = |kind: FieldType| document.fields.get(register.indexed(kind)?);
    let places = match value(FieldType::Place)? {
        Json::Array(all) => all.iter().filter_map(Json::as_i64).collect(),
        one => one.as_i64().into_iter().collect(),
    };
    Some((value(FieldType::Topic)?.as_str()?, places))
}

/// Entries of other bodies on the same topic at one of the same places in the month, the earliest first.
async fn met(scene: Scene<'_>, record: &Record) -> Result<Vec<Record>> {
    let (names, pack) = (&scene.house.names, &scene.snapshot.pack);
    let Some((topic, places)) = matter(scene.register, &record.document) else { return Ok(Vec::new()) };
    let (from, to): (Day, Day) = (record.day.first_of_month(), record.day.last_of_month());
    let mut tx = scene.house.read().await?;
    let Some(word) = names.find(&mut tx, Space::Word, topic).await? else { return Ok(Vec::new()) };
    let mut ids = Vec::new();
    for register in pack.registers.values().filter(|register| register.behaviours.iter().any(|name| name == NAME)) {
        let (Some(about), Some(ground)) = (register.indexed(FieldType::Topic), register.indexed(FieldType::Place))
        else {
            continue;
        };
        let name = |field: &str| format!("{}.{field}", register.id);
        let found = (
            names.find(&mut tx, Space::Register, &register.id).await?,
            names.find(&mut tx, Space::Field, &name(about)).await?,
            names.find(&mut tx, Space::Field, &name(ground)).await?,
        );
        let (Some(id), Some(about), Some(ground)) = found else { continue };
        let asked =
            store::Met { register: id, topic: (about, word), places: (ground, &places), from, to, but: record.unit };
        ids.extend(store::met(&mut tx, asked).await?);
    }
    let mut all = store::find_many(&mut tx, names, &ids).await?;
    let called_off = |one: &Record| {
        let register = pack.register(&one.register);
        register.and_then(|register| one.state_of(register)).is_some_and(|state| state.tone == Tone::Ended)
    };
    all.retain(|one| one.id != record.id && !called_off(one));
    all.sort_by_key(|one| (one.day, one.id));
    Ok(all)
}
