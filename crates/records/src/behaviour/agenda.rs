//! What earlier meetings of the same body left open heads the next one's agenda.

use db::{Result, Space};
use kernel::{Id, Lang};
use units::Unit;
use web::{Desk, Due, Group, Head, Markup, Row, Table, day, due, html, t, table};

use super::{Behaviour, Doing, Panel, Scene};
use crate::{Record, pages::href, store};

/// Which records those are, the register's own text says: what its steps make, as long as it is not in a last state.
pub struct NextAgenda;

impl Behaviour for NextAgenda {
    fn name(&self) -> &'static str {
        "next_agenda"
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            if !is_ahead(scene, record) {
                return Ok(Vec::new());
            }
            let open = left_open(scene, record).await?;
            let readable = scene.seen(desk, open.clone()).await?;
            if open.is_empty() {
                return Ok(Vec::new());
            }
            let title = t!(desk.lang, "record.agenda");
            let body = drawn(scene, desk.lang, &readable, open.len() - readable.len());
            Ok(vec![Panel { id: "h-agenda".to_owned(), title, body, aside: false }])
        })
    }
}

/// The meeting is still to come: none of the steps that make such records was taken, and it was not called off.
fn is_ahead(scene: Scene<'_>, record: &Record) -> bool {
    let made = |step: &str| scene.register.step(step).is_some_and(|step| !step.makes.is_empty());
    !record.is_finished(scene.register) && !record.document.steps.iter().any(|taken| made(&taken.step))
}

/// What earlier records of this body's book made and nobody has brought to an end, the longest overdue first.
pub async fn left_open(scene: Scene<'_>, record: &Record) -> Result<Vec<Record>> {
    let (names, pack) = (&scene.house.names, &scene.snapshot.pack);
    let books = books(scene, record);
    let mut tx = scene.house.read().await?;
    let Some(register) = names.find(&mut tx, Space::Register, &record.register).await? else { return Ok(Vec::new()) };
    let mut ids: Vec<(i64, i64)> = Vec::new();
    for make in scene.register.steps.iter().flat_map(|step| &step.makes) {
        let Some(made) = pack.register(&make.register) else { continue };
        let Some(theirs) = names.find(&mut tx, Space::Register, &made.id).await? else { continue };
        let mut states = Vec::new();
        for state in made.states.iter().filter(|state| !state.last) {
            states.extend(names.find(&mut tx, Space::Word, &state.id).await?);
        }
        let asked = store::LeftOpen {
            register,
            books: &books,
            but: record.id,
            until: record.day,
            link: &make.link,
            made: theirs,
            states: &states,
        };
        ids.extend(store::left_open(&mut tx, asked).await?);
    }
    ids.sort_unstable_by_key(|(id, due)| (*due, *id));
    ids.dedup();
    let wanted: Vec<i64> = ids.iter().map(|(id, _)| *id).collect();
    let mut found = store::find_many(&mut tx, names, &wanted).await?;
    found.sort_by_key(|record| wanted.iter().position(|id| Id(*id) == record.id));
    Ok(found)
}

/// The books whose work this record's body goes on with: its own, and those of bodies whose ground it holds.
fn books(scene: Scene<'_>, record: &Record) -> Vec<i64> {
    let (tree, own) = (&scene.snapshot.tree, Unit(record.unit));
    let mut all = vec![own];
    let mut next = 0;
    while let Some(unit) = all.get(next).copied() {
        next += 1;
        for before in tree.origins(unit) {
            if !all.contains(&before.unit) && tree.holder(before.unit, record.day).unit == own {
                all.push(before.unit);
            }
        }
    }
    all.into_iter().map(|unit| unit.0).collect()
}

fn drawn(scene: Scene<'_>, lang: Lang, open: &[Record], hidden: usize) -> Markup {
    let (snapshot, today) = (scene.snapshot, scene.by.today);
    let row = |record: &Record| {
        let body = snapshot.tree.at(record.day).name(Unit(record.unit));
        let when = record.due.map(|on| {
            let left = snapshot.pack.holidays.working_days_between(today, on);
            (on, Due::Left(if on < today { left.min(-1) } else { left }))
        });
        Row::new(vec![
            html! { a href=(href(record.id)) { (record.title) } },
            html! { (body) },
            html! { @if let Some((on, left)) = when { (day(on)) " " (due(lang, left, false)) } },
        ])
    };
    let sheet = Table {
        caption: t!(lang, "record.agenda"),
        heads: vec![
            Head::new(t!(lang, "record.agenda_promise")).main(),
            Head::new(t!(lang, "record.agenda_body")).soft().main(),
            Head::new(t!(lang, "record.due")),
        ],
        groups: vec![Group { label: String::new(), rows: open.iter().map(row).collect() }],
        ..Table::default()
    };
    html! {
        p.pad.s.soft { (t!(lang, "record.agenda_why")) }
        @if !open.is_empty() { (table(lang, &sheet)) }
        @if hidden > 0 { p.pad.s.soft { (t!(lang, "record.agenda_hidden", count = hidden)) } }
    }
}
