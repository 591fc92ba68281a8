//! A decision that names posts is renewed when who held one of them has left since: said with name and day, on its page, over the list and today.

use db::{Result, Space};
use kernel::{Day, Lang, show_day};
use pack::{call::Renews as Rules, document::Document, register::Register};
use people::Posts;
use serde_json::Value as Json;
use units::Unit;
use web::{Desk, Group, Head, Markup, Row, Table, Target, Tone, html, link_button, note, t, table};

use super::{Behaviour, Doing, Panel, Proposal, Scene};
use crate::{
    Record, Snapshot,
    pages::{STEP, href},
    store::{self, calls},
    value::Directory as _,
};

/// Switched on by registers with a `[renews]` table.
pub struct Renews;

/// Someone who left a post that a record names.
struct Gone {
    post: String,
    unit: Unit,
    name: String,
    on: Day,
    /// Who holds it now.
    now: Vec<String>,
}

impl Behaviour for Renews {
    fn name(&self) -> &'static str {
        "renews"
    }

    fn propose<'a>(&'a self, scene: Scene<'a>, lang: Lang, record: &'a Record) -> Doing<'a, Vec<Proposal>> {
        Box::pin(async move {
            let Some((rules, step)) = waits(scene.register, record) else { return Ok(Vec::new()) };
            let gone = gone(scene, rules, std::slice::from_ref(record)).await?.remove(0);
            let Some(last) = gone.iter().map(|one| one.on).max() else { return Ok(Vec::new()) };
            let day = step.day.iter().map(|field| (field.clone(), show_day(last)));
            Ok(vec![Proposal {
                step: Some(step.id.clone()),
                fields: day.collect(),
                reason: t!(lang, "record.renews_propose", step = step.label.in_lang(lang)),
                basis: None,
            }])
        })
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            let Some(rules) = scene.register.renews.as_ref() else { return Ok(Vec::new()) };
            if record.is_finished(scene.register) {
                return Ok(Vec::new());
            }
            let gone = gone(scene, rules, std::slice::from_ref(record)).await?.remove(0);
            if gone.is_empty() {
                return Ok(Vec::new());
            }
            let inside = html! { @for one in &gone { p { (one.told(desk.lang, scene.snapshot)) } } };
            let body = html! { div.pad { (note(Tone::Warn, &inside)) } };
            Ok(vec![Panel { id: "h-renews".to_owned(), title: t!(desk.lang, "record.renews"), body, aside: false }])
        })
    }

    fn calls<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk) -> Doing<'a, Option<Panel>> {
        Box::pin(async move {
            let (lang, register) = (desk.lang, scene.register);
            let Some(rules) = register.renews.as_ref() else { return Ok(None) };
            let records = kept(scene, rules).await?;
            let mut rows = Vec::new();
            for (record, gone) in records.iter().zip(gone(scene, rules, &records).await?) {
                if gone.is_empty() {
                    continue;
                }
                let why = html! { @for one in &gone { div { (one.told(lang, scene.snapshot)) } } };
                let step = register.step(&rules.step).map(|step| step.label.in_lang(lang)).unwrap_or_default();
                let path = format!("{}/steps/{}", href(record.id), rules.step);
                let may = desk.can(STEP, &Target::unit(record.unit).register(&register.id));
                rows.push(Row::new(vec![
                    html! { a href=(href(record.id)) { (record.title) } br; span.soft.s { (record.reference()) } },
                    why,
                    html! { @if may { (link_button(&path, None, &format!("{step}…"))) } },
                ]));
            }
            if rows.is_empty() {
                return Ok(None);
            }
            let label = register.label.in_lang(lang);
            let title = format!("{}: {}", label, t!(lang, "record.renews"));
            let sheet = Table {
                caption: title.clone(),
                heads: vec![
                    Head::new(t!(lang, "record.title")).main(),
                    Head::new(t!(lang, "record.renews_why")).main(),
                    Head::new(t!(lang, "record.next_step")),
                ],
                groups: vec![Group { label: String::new(), rows }],
                ..Table::default()
            };
            let id = format!("h-renews-{}", register.id);
            Ok(Some(Panel { id, title, body: table(lang, &sheet), aside: false }))
        })
    }
}

impl Gone {
    /// Who left which post on which day, and who holds it now.
    fn told(&self, lang: Lang, snapshot: &Snapshot) -> Markup {
        let label = snapshot.post_label(&self.post);
        let label = label.as_ref().map_or(self.post.as_str(), |label| label.in_lang(lang));
        let (unit, on) = (snapshot.name(self.unit.0, self.on), show_day(self.on));
        let left = t!(lang, "record.renews_left", name = &self.name, post = label, unit = unit, day = on);
        let now = if self.now.is_empty() {
            t!(lang, "record.renews_vacant")
        } else {
            t!(lang, "record.renews_now", names = self.now.join(", "))
        };
        html! { (left) " " (now) }
    }
}

/// The step that says that people changed, where the record could take it.
fn waits<'r>(register: &'r Register, record: &Record) -> Option<(&'r Rules, &'r pack::register::Step)> {
    let rules = register.renews.as_ref()?;
    let step = register.step(&rules.step)?;
    let state = record.state.as_ref()?;
    (!record.void && step.from.contains(state)).then_some((rules, step))
}

/// The records of this seat's own book of which nobody said yet that people changed.
async fn kept(scene: Scene<'_>, rules: &Rules) -> Result<Vec<Record>> {
    let (names, register) = (&scene.house.names, scene.register);
    let mut tx = scene.house.read().await?;
    let Some(id) = names.find(&mut tx, Space::Register, &register.id).await? else { return Ok(Vec::new()) };
    let mut states = Vec::new();
    for state in register.step(&rules.step).map(|step| step.from.as_slice()).unwrap_or_default() {
        states.extend(names.find(&mut tx, Space::Word, state).await?);
    }
    let ids = calls::standing(&mut tx, id, scene.by.seat, &states).await?;
    store::find_many(&mut tx, names, &ids).await
}

/// Who left the posts of each of the records since its latest decision.
async fn gone(scene: Scene<'_>, rules: &Rules, records: &[Record]) -> Result<Vec<Vec<Gone>>> {
    let named: Vec<Vec<(Unit, String)>> = records.iter().map(|record| posts(rules, &record.document)).collect();
    let mut bodies: Vec<i64> = named.iter().flatten().map(|(unit, _)| unit.0).collect();
    bodies.sort_unstable();
    bodies.dedup();
    let held =
        if bodies.is_empty() { Posts::default() } else { Posts::at(&mut scene.house.read().await?, &bodies).await? };
    let today = scene.by.today;
    let of = |(record, posts): (&Record, &Vec<(Unit, String)>)| {
        let since = rules.since.iter().filter_map(|field| record.document.day(field)).max().unwrap_or(record.day);
        let left = posts.iter().filter_map(|(unit, post)| {
            let one = held.left(post, *unit, since, today)?;
            let now = held.who_held(post, *unit, today).iter().map(|holder| holder.name.clone()).collect();
            Some(Gone { post: post.clone(), unit: *unit, name: one.name.clone(), on: one.to?, now })
        });
        left.collect()
    };
    Ok(records.iter().zip(&named).map(of).collect())
}

/// The posts that a record names, each once.
fn posts(rules: &Rules, document: &Document) -> Vec<(Unit, String)> {
    let mut found: Vec<(Unit, String)> = Vec::new();
    let mut add = |value: Option<&Json>| {
        let values = match value {
            Some(Json::Array(all)) => all.iter().collect(),
            one => one.into_iter().collect::<Vec<_>>(),
        };
        for (unit, post) in values.into_iter().filter_map(Json::as_str).filter_map(|text| text.split_once(':')) {
            let Ok(unit) = unit.parse().map(Unit) else { continue };
            if !found.iter().any(|(known, its)| *known == unit && its == post) {
                found.push((unit, post.to_owned()));
            }
        }
    };
    for path in &rules.posts {
        match path.split_once('.') {
            Some((rows, field)) => document.rows(rows).iter().for_each(|row| add(row.fields.get(field))),
            None => add(document.fields.get(path)),
        }
    }
    found
}
