//! Letters that came before: near-same words on the same topic, proposed and linked, never deleted. Nothing personal is kept for it.

use std::collections::{BTreeMap, HashSet};

use db::{Result, Space};
use kernel::{Id, Lang, day_number};
use records::{
    Record,
    behaviour::{Behaviour, Doing, Panel, Proposal, Scene},
};
use serde_json::Value as Json;
use units::Unit;
use web::{Desk, html, t};

use crate::store;

/// Near-same words.
const ALIKE: u32 = 60;
/// Words that are alike enough when the sender is the same.
const ALIKE_BY_ONE: u32 = 35;
/// How far back a letter may lie.
const DAYS: i64 = 400;
const SHOWN: usize = 3;
/// The field that names the letter which this one repeats, and the private one by which senders are compared.
const LINK: &str = "same_as";
const SENDER: &str = "sender_name";

/// Switched on by registers of letters.
pub struct Repeats;

/// A letter that may be the same.
#[derive(Clone, Debug)]
struct Known {
    record: Record,
    percent: u32,
    same_sender: bool,
}

impl Behaviour for Repeats {
    fn name(&self) -> &'static str {
        "repeats"
    }

    fn marks_senders(&self) -> bool {
        true
    }

    fn propose<'a>(&'a self, scene: Scene<'a>, lang: Lang, record: &'a Record) -> Doing<'a, Vec<Proposal>> {
        Box::pin(async move {
            let fields = &record.document.fields;
            let links = scene.register.field(LINK).is_some();
            if !links
                || record.state != scene.register.initial
                || fields.contains_key(LINK)
                || fields.contains_key("part_of")
            {
                return Ok(Vec::new());
            }
            // Only of its own book, whose readers are this record's, and only what came before.
            let before = |known: &Known| known.record.unit == record.unit && known.record.id < record.id;
            let own = alike(scene, record).await?.into_iter().filter(before);
            let proposal = |known: Known| {
                let number = known.record.reference();
                let percent = i64::from(known.percent);
                let key = if known.same_sender { "submission.same_sender" } else { "submission.alike" };
                let reason = web::words(lang, key, &[("number", number.into()), ("percent", percent.into())]);
                let fields = vec![(LINK.to_owned(), known.record.id.handle())];
                Proposal { step: None, fields, reason, basis: None }
            };
            Ok(own.take(SHOWN).map(proposal).collect())
        })
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            if record.is_finished(scene.register) {
                return Ok(Vec::new());
            }
            let elsewhere = alike(scene, record).await?.into_iter().filter(|known| known.record.unit != record.unit);
            let percent: BTreeMap<Id, u32> = elsewhere.clone().map(|known| (known.record.id, known.percent)).collect();
            let readable = scene.seen(desk, elsewhere.map(|known| known.record).collect()).await?;
            let mut tx = scene.house.read().await?;
            let same = scene.house.vault.same_sender(&mut tx, record.id.0).await?;
            let same = records::store::find_many(&mut tx, &scene.house.names, &same).await?;
            drop(tx);
            let same = scene.seen(desk, same.into_iter().filter(|one| !one.void).collect()).await?;
            let mut panels = Vec::new();
            if !same.is_empty() {
                let body = html! {
                    ul.list { @for one in &same { li { a href=(records::pages::href(one.id)) { (one.title) } br; span.soft.s { (one.reference()) } } } }
                };
                let title = t!(desk.lang, "submission.same_senders");
                panels.push(Panel { id: "h-same-sender".to_owned(), title, body, aside: true });
            }
            if readable.is_empty() {
                return Ok(panels);
            }
            let name = |one: &Record| scene.snapshot.tree.at(one.day).name(Unit(one.unit));
            let body = html! {
                ul.list {
                    @for one in readable.iter().take(SHOWN) {
                        li {
                            a href=(records::pages::href(one.id)) { (one.title) }
                            br; span.soft.s { (name(one)) " · " (one.reference()) " · " (percent.get(&one.id).copied().unwrap_or_default()) "%" }
                        }
                    }
                }
            };
            let title = t!(desk.lang, "submission.elsewhere");
            panels.push(Panel { id: "h-elsewhere".to_owned(), title, body, aside: true });
            Ok(panels)
        })
    }
}

/// Letters on the same topic in near-same words, the likest first.
async fn alike(scene: Scene<'_>, record: &Record) -> Result<Vec<Known>> {
    let names = &scene.house.names;
    let Some(topic) = record.document.fields.get("topic").and_then(Json::as_str) else { return Ok(Vec::new()) };
    let mut tx = scene.house.read().await?;
    let field = format!("{}.topic", scene.register.id);
    let (Some(register), Some(field), Some(topic)) = (
        names.find(&mut tx, Space::Register, &scene.register.id).await?,
        names.find(&mut tx, Space::Field, &field).await?,
        names.find(&mut tx, Space::Word, topic).await?,
    ) else {
        return Ok(Vec::new());
    };
    let since = day_number(record.day) - DAYS;
    let ids = store::on_topic(&mut tx, register, field, topic, since, record.id.0).await?;
    let found = records::store::find_many(&mut tx, names, &ids).await?;
    let mut likely: Vec<Known> = Vec::new();
    for one in found.into_iter().filter(|one| !one.void && !related(record, one)) {
        let percent = likeness(&record.title, &one.title);
        if percent >= ALIKE_BY_ONE {
            likely.push(Known { record: one, percent, same_sender: false });
        }
    }
    likely.sort_by_key(|known| (std::cmp::Reverse(known.percent), known.record.id));
    likely.truncate(SHOWN * 4);
    // The sender is compared in memory and told only as “the same”.
    let sender = scene.house.vault.get(&mut tx, record.id.0, SENDER).await?.map(|name| kernel::text::fold(&name));
    for known in likely.iter_mut().filter(|known| known.record.unit == record.unit) {
        let other = scene.house.vault.get(&mut tx, known.record.id.0, SENDER).await?;
        known.same_sender = sender.is_some() && other.map(|name| kernel::text::fold(&name)) == sender;
    }
    likely.retain(|known| known.same_sender || known.percent >= ALIKE);
    likely.sort_by_key(|known| (!known.same_sender, std::cmp::Reverse(known.percent), known.record.id));
    Ok(likely)
}

/// One came from the other: transferred, or split from it.
fn related(one: &Record, other: &Record) -> bool {
    let names = |from: &Record, to: &Record| {
        let handle = to.id.handle();
        let links = ["transferred_from", "part_of", LINK];
        links.iter().any(|link| from.document.fields.get(*link).and_then(Json::as_str) == Some(handle.as_str()))
    };
    names(one, other) || names(other, one)
}

/// How alike two texts are, in percent: what share of their three-letter pieces they have in common, accents and spelling marks aside.
pub fn likeness(one: &str, other: &str) -> u32 {
    let (one, other) = (pieces(one), pieces(other));
    let all = one.len() + other.len();
    if all == 0 {
        return 0;
    }
    let common = one.intersection(&other).count();
    u32::try_from(common * 200 / all).unwrap_or(100)
}

/// Pieces that lie within a word and across the space to the next: one letter written wrong spoils three of them.
fn pieces(text: &str) -> HashSet<[char; 3]> {
    let letters: Vec<char> = kernel::text::words(text).join(" ").chars().collect();
    letters.windows(3).map(|three| [three[0], three[1], three[2]]).collect()
}
