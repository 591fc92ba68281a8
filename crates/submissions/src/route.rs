//! Who is competent, and the way that a letter has gone: hops counted, back-and-forth told, the accused body never at work on its own case.

use db::Result;
use kernel::{Day, Id, Lang, Refusal, show_day};
use pack::{
    decision::{Competence, Handler},
    document::Taken,
    facts::{self, Ground as _},
    register::{Make, Register, Step},
};
use records::{
    Record, Snapshot,
    behaviour::{Also, Behaviour, Doing, Panel, Proposal, Scene},
    save::Change,
    store,
};
use serde_json::Value as Json;
use units::Unit;
use web::{Markup, html, t};

/// The people's committee in `kinds.toml`.
const COMMITTEE: &str = "ubnd";
const PROVINCE: &str = "province";
/// So many transfers in a row are told.
const MANY: usize = 2;
/// A chain longer than this is cut: it would be one that runs in circles.
const LONGEST: usize = 20;

/// Switched on by registers whose records go from body to body.
pub struct Route;

/// What the rules of competence say of a record.
#[derive(Clone, Copy, Debug)]
pub struct Competent<'p> {
    pub rule: &'p Competence,
    /// The body, as it stood on the day of receipt or as whoever holds its ground now.
    pub body: Option<Unit>,
    /// It is the body in whose book the record stands.
    pub own: bool,
}

impl Behaviour for Route {
    fn name(&self) -> &'static str {
        "route"
    }

    fn propose<'a>(&'a self, scene: Scene<'a>, lang: Lang, record: &'a Record) -> Doing<'a, Vec<Proposal>> {
        Box::pin(async move {
            let open = record.state == scene.register.initial && !record.document.fields.contains_key("competent");
            let known = scene.register.field("competent").is_some();
            let Some(who) = competent(scene, record).filter(|_| open && known) else { return Ok(Vec::new()) };
            let name = match (who.body, &who.rule.named) {
                (Some(body), _) => scene.snapshot.tree.at(scene.by.today).name(body),
                (None, Some(named)) => named.in_lang(lang).to_owned(),
                (None, None) => return Ok(Vec::new()),
            };
            let answer = if who.own { "yes" } else { "no" };
            let key = if who.own { "submission.competent" } else { "submission.not_competent" };
            let reason =
                format!("{} {}", who.rule.reason.in_lang(lang), web::words(lang, key, &[("body", name.into())]));
            let fields = vec![("competent".to_owned(), answer.to_owned())];
            let basis = Some(who.rule.basis.in_lang(lang).to_owned());
            Ok(vec![Proposal { step: None, fields, reason, basis }])
        })
    }

    fn bars_identity(&self, snapshot: &Snapshot, record: &Record) -> Option<Refusal> {
        let body = Unit(record.unit);
        let name = || snapshot.tree.at(record.day).name(body);
        barred(record, body).then(|| Refusal::new("submission.accused_opens").with("body", name()))
    }

    fn before_save<'a>(&'a self, scene: Scene<'a>, was: Option<&'a Record>, change: &'a mut Change) -> Doing<'a, Also> {
        Box::pin(async move {
            let record = &change.record;
            let known = was.map_or(0, |was| was.document.steps.len());
            let mut warnings = Vec::new();
            for taken in record.document.steps.iter().skip(known).filter(|taken| !taken.from_old_book) {
                let Some(step) = scene.register.step(&taken.step) else { continue };
                if let Some(target) = handed_to(scene.register, step, record) {
                    warnings.extend(told(scene, record, step, target).await?);
                } else if keeps(scene.register, step, taken) {
                    not_the_accused(scene, record, Unit(record.unit), step)?;
                }
            }
            Ok(Also { warnings, changes: Vec::new() })
        })
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a web::Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            let back = way(scene, record).await?;
            let on = onward(scene, record).await?;
            if back.is_empty() && on.is_empty() {
                return Ok(Vec::new());
            }
            let hops = back.len();
            let all: Vec<Record> = back.into_iter().rev().chain(std::iter::once(record.clone())).chain(on).collect();
            let readable: Vec<Id> = scene.seen(desk, all.clone()).await?.into_iter().map(|one| one.id).collect();
            let title = t!(desk.lang, "submission.way", count = i64::try_from(hops).unwrap_or_default());
            let body = drawn(scene, desk.lang, record, &all, &readable);
            Ok(vec![Panel { id: "h-route".to_owned(), title, body, aside: true }])
        })
    }
}

/// The body that the rules name for a record, by the level of the one complained of or denounced, on the day of receipt.
pub fn competent<'a>(scene: Scene<'a>, record: &Record) -> Option<Competent<'a>> {
    let snapshot = scene.snapshot;
    let against = accused(record)?;
    let day = record.document.day("received_on").unwrap_or(record.day);
    let mut values = facts::values(scene.register, &record.head(), &record.document, snapshot);
    values.set("level", &snapshot.level(against.0, day).map_or(Json::Null, Json::from));
    let rule = snapshot.pack.competence(&scene.register.id, &values, day)?;
    let stood = resolve(snapshot, rule.handler, against, day);
    let body = stood.map(|body| holding(snapshot, body, scene.by.today));
    let own = Unit(record.unit);
    Some(Competent { rule, body, own: body == Some(own) || stood == Some(own) })
}

/// The body complained of, or that of the denounced.
pub(crate) fn accused(record: &Record) -> Option<Unit> {
    let field = |id: &str| record.document.fields.get(id).and_then(Json::as_i64).map(Unit);
    field("respondent").or_else(|| field("denounced_body"))
}

pub(crate) fn resolve(snapshot: &Snapshot, handler: Handler, against: Unit, day: Day) -> Option<Unit> {
    let at = snapshot.tree.at(day);
    let committee = |place: Unit| {
        let kinds = snapshot.tree.kinds();
        let slot = kinds.body_kind(COMMITTEE).and_then(|kind| kinds.bodies[kind].slot)?;
        Some(place.body(slot)).filter(|body| at.exists(*body))
    };
    match handler {
        Handler::Respondent => Some(against),
        Handler::Committee => committee(at.place(against)?),
        Handler::Superior => at.superior(against),
        Handler::Province => {
            let province = |place: &Unit| snapshot.level(place.0, day).as_deref() == Some(PROVINCE);
            at.ancestors(against).into_iter().find(province).and_then(committee)
        }
        Handler::Outside => None,
    }
}

/// Whoever goes on with a body's work on a day.
fn holding(snapshot: &Snapshot, body: Unit, day: Day) -> Unit {
    if snapshot.tree.at(day).exists(body) { body } else { snapshot.tree.holder(body, day).unit }
}

/// The make of a step that opens a record of the same register in another body's book.
fn handing<'r>(register: &Register, step: &'r Step) -> Option<&'r Make> {
    step.makes.iter().find(|make| make.register == register.id && make.rows.is_none() && make.book.is_some())
}

fn handed_to(register: &Register, step: &Step, record: &Record) -> Option<Unit> {
    let book = handing(register, step)?.book.as_ref()?;
    record.document.fields.get(book).and_then(Json::as_i64).map(Unit)
}

/// A step by which a body takes the matter up itself: it leads out of the first state, and on.
pub(crate) fn keeps(register: &Register, step: &Step, taken: &Taken) -> bool {
    let first = register.initial.as_ref().is_some_and(|initial| step.from.contains(initial));
    first && register.initial.as_ref() != Some(&taken.to) && register.state(&taken.to).is_some_and(|state| !state.last)
}

/// The accused body never works on the case: of denunciations when its head, a deputy or the body itself is denounced; of second complaints.
pub(crate) fn barred(record: &Record, body: Unit) -> bool {
    let word = |id: &str| record.document.fields.get(id).and_then(Json::as_str).unwrap_or_default();
    let never = match word("denounced_rank") {
        "" => word("round") == "second",
        rank => matches!(rank, "head" | "deputy" | "body"),
    };
    never && accused(record) == Some(body)
}

fn not_the_accused(scene: Scene<'_>, record: &Record, body: Unit, step: &Step) -> Result<()> {
    if !barred(record, body) {
        return Ok(());
    }
    let name = scene.snapshot.tree.at(record.day).name(body);
    Err(Refusal::new("submission.accused_handles").with("body", name).with("step", &step.label.vi).into())
}

/// What stands against a transfer, and what is told of it.
async fn told(scene: Scene<'_>, record: &Record, step: &Step, target: Unit) -> Result<Vec<Refusal>> {
    let name = |unit: Unit| scene.snapshot.tree.at(scene.by.today).name(unit);
    if target.0 == record.unit {
        return Err(Refusal::new("submission.to_itself").with("body", name(target)).into());
    }
    not_the_accused(scene, record, target, step)?;
    let before = way(scene, record).await?;
    let mut told = Vec::new();
    if let Some(known) = before.iter().find(|one| one.unit == target.0) {
        let refusal = Refusal::new("submission.came_back").with("body", name(target));
        told.push(refusal.with("number", known.reference()));
    }
    let hops = before.len() + 1;
    if hops >= MANY {
        told.push(Refusal::new("submission.many_hops").with("count", hops));
    }
    if let Some(who) = competent(scene, record)
        && let Some(body) = who.body.filter(|body| *body != target)
    {
        let refusal = Refusal::new("submission.another_is_competent").with("body", name(body));
        told.push(refusal.with("basis", &who.rule.basis.vi));
    }
    Ok(told)
}

/// The records of other bodies that this one came from, the nearest first.
async fn way(scene: Scene<'_>, record: &Record) -> Result<Vec<Record>> {
    let link = scene.register.steps.iter().find_map(|step| handing(scene.register, step)).map(|make| &make.link);
    let Some(link) = link else { return Ok(Vec::new()) };
    let mut way: Vec<Record> = Vec::new();
    let mut tx = scene.house.read().await?;
    let from = |record: &Record| {
        record.document.fields.get(link).and_then(Json::as_str).and_then(|handle| handle.parse::<Id>().ok())
    };
    let mut next = from(record);
    while let Some(id) = next.filter(|id| way.len() < LONGEST && way.iter().all(|one| one.id != *id)) {
        let one = store::find(&mut tx, &scene.house.names, id).await?;
        next = from(&one);
        way.push(one);
    }
    Ok(way)
}

/// The records that other bodies opened on this one.
async fn onward(scene: Scene<'_>, record: &Record) -> Result<Vec<Record>> {
    let link = scene.register.steps.iter().find_map(|step| handing(scene.register, step)).map(|make| &make.link);
    let Some(link) = link else { return Ok(Vec::new()) };
    let mut tx = scene.house.read().await?;
    let to_here = store::links_to(&mut tx, record.id).await?;
    let ids: Vec<i64> = to_here.into_iter().filter(|(_, field)| field == link).map(|(id, _)| id.0).collect();
    let mut found = store::find_many(&mut tx, &scene.house.names, &ids).await?;
    found.retain(|one| one.register == record.register && !one.void);
    Ok(found)
}

fn drawn(scene: Scene<'_>, lang: Lang, record: &Record, all: &[Record], readable: &[Id]) -> Markup {
    let received = |one: &Record| one.document.day("received_on");
    html! {
        ol.list {
            @for one in all {
                li {
                    @let name = scene.snapshot.tree.at(one.day).name(Unit(one.unit));
                    @if one.id == record.id { strong { (name) } }
                    @else if readable.contains(&one.id) { a href=(records::pages::href(one.id)) { (name) } }
                    @else { (name) }
                    br;
                    span.soft.s {
                        @match received(one) {
                            Some(day) => (t!(lang, "submission.received_on", day = show_day(day))),
                            None => (t!(lang, "submission.not_received")),
                        }
                        @if let Some(taken) = left(scene.register, one) { " · " (t!(lang, "submission.sent_on", day = show_day(taken.on))) }
                    }
                }
            }
        }
    }
}

/// The step by which a record was handed on.
fn left<'r>(register: &Register, record: &'r Record) -> Option<&'r Taken> {
    let hands_on = |taken: &&Taken| register.step(&taken.step).is_some_and(|step| handing(register, step).is_some());
    record.document.steps.iter().rev().find(hands_on)
}
