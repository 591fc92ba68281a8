//! Where many open voices pile up on one topic at one place, a record that answers them together is proposed: a dialogue.

use std::collections::BTreeMap;

use db::{Names, Result, Space, Tx};
use jiff::ToSpan;
use kernel::Day;
use pack::{
    call::Gathers as Rules,
    register::{FieldType, Register, Tone},
};
use units::Unit;
use web::{Desk, Fields, Group, Head, Row, Table, Target, day, html, link_button, t, table};

use super::{Behaviour, Doing, Panel, Scene, overlap};
use crate::{
    Record, Snapshot,
    pages::{Office, READ, WRITE, href, list_href},
    store::{self, calls},
    value::Directory as _,
};

/// Switched on by registers with a `[gathers]` table.
pub struct Gathers;

/// So many open records of each register, on one topic at one place.
struct Pile {
    topic: String,
    place: i64,
    /// Register and count, in the order of the pack's list.
    parts: Vec<(String, i64)>,
}

impl Pile {
    fn sum(&self) -> i64 {
        self.parts.iter().map(|(_, count)| count).sum()
    }
}

impl Behaviour for Gathers {
    fn name(&self) -> &'static str {
        "gathers"
    }

    fn calls<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk) -> Doing<'a, Option<Panel>> {
        Box::pin(async move {
            let Some(rules) = scene.register.gathers.as_ref() else { return Ok(None) };
            if !desk.can(WRITE, &Target::unit(scene.by.seat).register(&scene.register.id)) {
                return Ok(None);
            }
            let piles = piles(scene, desk, rules).await?;
            if piles.is_empty() {
                return Ok(None);
            }
            let (lang, pack) = (desk.lang, &scene.snapshot.pack);
            let noun = scene.register.noun.in_lang(lang);
            let row = |pile: &Pile| {
                let topic = pack.topics.find(&pile.topic).map_or(pile.topic.as_str(), |one| one.label.in_lang(lang));
                let place = scene.snapshot.code(pile.place, desk.today);
                let new = {
                    let own = [(FieldType::Topic, pile.topic.clone()), (FieldType::Place, place.clone())];
                    let own = own.into_iter().filter_map(|(kind, text)| Some((scene.register.indexed(kind)?, text)));
                    let set = rules.set.iter().map(|(field, text)| (field.as_str(), text.clone()));
                    let fields = own.chain(set).map(|(field, text)| (format!("f.{field}"), text));
                    fields.collect::<Fields>().href(&format!("{}/new", list_href(&scene.register.id)))
                };
                let parts = pile.parts.iter().filter_map(|(id, count)| {
                    let register = pack.register(id)?;
                    let (topic, ground) = (register.indexed(FieldType::Topic)?, register.indexed(FieldType::Place)?);
                    let asked = [
                        ("view".to_owned(), "open".to_owned()),
                        (format!("f.{topic}"), pile.topic.clone()),
                        (format!("f.{ground}"), place.clone()),
                    ];
                    let list = asked.into_iter().collect::<Fields>().href(&list_href(id));
                    Some(html! { div { a href=(list) { (count) " " (register.noun.in_lang(lang)) } } })
                });
                Row::new(vec![
                    html! { (topic) br; span.soft.s { (scene.snapshot.name(pile.place, desk.today)) } },
                    html! { @for part in parts { (part) } },
                    html! { (pile.sum()) },
                    html! { (link_button(&new, Some("plus"), &t!(lang, "record.new_one", noun = noun))) },
                ])
            };
            let title = t!(lang, "record.gathers", noun = noun);
            let sheet = Table {
                caption: title.clone(),
                heads: vec![
                    Head::new(t!(lang, "record.gathers_topic")).main(),
                    Head::new(t!(lang, "record.gathers_voices")),
                    Head::new(t!(lang, "record.gathers_sum")).number().card_label(t!(lang, "record.gathers_sum")),
                    Head::new(t!(lang, "record.gathers_do")),
                ],
                groups: vec![Group { label: String::new(), rows: piles.iter().map(row).collect() }],
                ..Table::default()
            };
            let why = t!(lang, "record.gathers_why", least = rules.least, days = i64::from(rules.days), noun = noun);
            let body = html! {
                p.pad.s.soft { (rules.reason.in_lang(lang)) " " (why) }
                (table(lang, &sheet))
            };
            Ok(Some(Panel { id: format!("h-gathers-{}", scene.register.id), title, body, aside: false }))
        })
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            let (lang, pack) = (desk.lang, &scene.snapshot.pack);
            let Some(rules) = scene.register.gathers.as_ref() else { return Ok(Vec::new()) };
            if record.is_finished(scene.register) {
                return Ok(Vec::new());
            }
            let open = scene.seen(desk, open_on(scene, rules, record).await?).await?;
            if open.is_empty() {
                return Ok(Vec::new());
            }
            let row = |one: &Record| {
                let register = pack.register(&one.register);
                let label = register.map(|register| register.label.in_lang(lang)).unwrap_or_default();
                Row::new(vec![
                    day(one.day),
                    html! { a href=(href(one.id)) { (one.title) } },
                    html! { (label) " " (one.reference()) },
                ])
            };
            let title = t!(lang, "record.gathered");
            let sheet = Table {
                caption: title.clone(),
                heads: vec![
                    Head::new(t!(lang, "record.day")),
                    Head::new(t!(lang, "record.title")).main(),
                    Head::new(t!(lang, "record.book")).main(),
                ],
                groups: vec![Group { label: String::new(), rows: open.iter().map(row).collect() }],
                ..Table::default()
            };
            Ok(vec![Panel { id: "h-gathered".to_owned(), title, body: table(lang, &sheet), aside: false }])
        })
    }
}

/// A register whose open records count, as integers.
struct Source<'a> {
    register: &'a Register,
    id: i64,
    topic: i64,
    ground: i64,
    /// The states in which something is still expected.
    states: Vec<i64>,
}

/// None as long as nothing stands in it.
async fn source<'a>(tx: &mut Tx, names: &Names, register: &'a Register) -> Result<Option<Source<'a>>> {
    let (Some(topic), Some(ground)) = (register.indexed(FieldType::Topic), register.indexed(FieldType::Place)) else {
        return Ok(None);
    };
    let name = |field: &str| format!("{}.{field}", register.id);
    let found = (
        names.find(tx, Space::Register, &register.id).await?,
        names.find(tx, Space::Field, &name(topic)).await?,
        names.find(tx, Space::Field, &name(ground)).await?,
    );
    let (Some(id), Some(topic), Some(ground)) = found else { return Ok(None) };
    let mut states = Vec::new();
    for state in register.states.iter().filter(|state| !state.last) {
        states.extend(names.find(tx, Space::Word, &state.id).await?);
    }
    Ok(Some(Source { register, id, topic, ground, states }))
}

fn back(today: Day, days: u16) -> Day {
    today.checked_sub(i64::from(days).days()).unwrap_or(Day::MIN)
}

/// What piles up at the place of this seat and nobody answers together yet, the most first.
async fn piles(scene: Scene<'_>, desk: &Desk, rules: &Rules) -> Result<Vec<Pile>> {
    let Ok(office) = Office::of(desk) else { return Ok(Vec::new()) };
    let (names, pack, seat) = (&scene.house.names, &scene.snapshot.pack, scene.by.seat);
    let from = back(scene.by.today, rules.days);
    let place = Unit(seat).key();
    let units = office.scope.books_at(place);
    let mut tx = scene.house.read().await?;
    let mut found: BTreeMap<(i64, i64), Vec<(String, i64)>> = BTreeMap::new();
    for register in rules.from.iter().filter_map(|id| pack.register(id)) {
        if register.is_sealed() || !desk.can(READ, &Target::unit(seat).register(&register.id)) {
            continue;
        }
        let Some(source) = source(&mut tx, names, register).await? else { continue };
        let asked = calls::Piled {
            register: source.id,
            topic: source.topic,
            ground: source.ground,
            place,
            units: units.as_deref(),
            states: &source.states,
            from,
        };
        for (topic, place, count) in calls::piled(&mut tx, asked).await? {
            found.entry((topic, place)).or_default().push((source.register.id.clone(), count));
        }
    }
    let mut piles = Vec::new();
    for ((topic, place), parts) in found {
        let pile = Pile { topic: names.name(&mut tx, topic).await?, place, parts };
        let enough = usize::try_from(pile.sum()).is_ok_and(|sum| sum >= rules.least);
        if enough && !answered(&mut tx, scene, &pile, from).await? {
            piles.push(pile);
        }
    }
    piles.sort_by_key(|pile| std::cmp::Reverse(pile.sum()));
    Ok(piles)
}

/// Whether one is planned, or was held within the time that counts.
async fn answered(tx: &mut Tx, scene: Scene<'_>, pile: &Pile, from: Day) -> Result<bool> {
    let ids = about(tx, scene, scene.register, &pile.topic, &[pile.place], (from, Day::MAX)).await?;
    let records = store::find_many(tx, &scene.house.names, &ids).await?;
    let stands = |one: &Record| one.state_of(scene.register).is_none_or(|state| state.tone != Tone::Ended);
    Ok(records.iter().any(stands))
}

/// Records of a register on a topic at one of these places within the days.
async fn about(
    tx: &mut Tx,
    scene: Scene<'_>,
    register: &Register,
    topic: &str,
    places: &[i64],
    (from, to): (Day, Day),
) -> Result<Vec<i64>> {
    let names = &scene.house.names;
    let Some(source) = source(tx, names, register).await? else { return Ok(Vec::new()) };
    let Some(word) = names.find(tx, Space::Word, topic).await? else { return Ok(Vec::new()) };
    let (topic, places) = ((source.topic, word), (source.ground, places));
    store::met(tx, store::Met { register: source.id, topic, places, from, to, but: 0 }).await
}

/// The open records that this one would answer, the latest first.
async fn open_on(scene: Scene<'_>, rules: &Rules, record: &Record) -> Result<Vec<Record>> {
    let snapshot: &Snapshot = scene.snapshot;
    let Some((topic, places)) = overlap::matter(scene.register, &record.document) else { return Ok(Vec::new()) };
    let days = (back(record.day, rules.days), record.day);
    let mut tx = scene.house.read().await?;
    let mut ids = Vec::new();
    for register in rules.from.iter().filter_map(|id| snapshot.pack.register(id)).filter(|one| !one.is_sealed()) {
        ids.extend(about(&mut tx, scene, register, topic, &places, days).await?);
    }
    let mut open = store::find_many(&mut tx, &scene.house.names, &ids).await?;
    open.retain(|one| snapshot.pack.register(&one.register).is_some_and(|register| !one.is_finished(register)));
    open.sort_by_key(|one| std::cmp::Reverse((one.day, one.id)));
    Ok(open)
}
