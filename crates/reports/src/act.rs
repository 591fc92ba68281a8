//! What people do to a report: begin it, write, submit, send back, answer, accept, issue. Each is one transaction with its entry in the timeline.

use std::collections::BTreeMap;

use calendar::Period;
use db::{Result, Tx};
use kernel::{Id, Refusal, Refused, text::tidy};
use records::By;
use serde_json::{Value as Json, json};
use timeline::{Entry, Kind};
use units::Unit;

use crate::{
    Scene,
    answer::Answers,
    directions,
    draft::{Added, Draft, draft},
    frozen,
    read::{self, Source},
    report::{Act, Report, Return, Signed, State, Target},
    store,
};

/// The longest text of one place for prose.
const LONGEST_PROSE: usize = 20_000;
const LONGEST_REASON: usize = 1_000;

/// Who begins a report.
const CREATE: &str = "report.create";
const ANSWER: &str = "report.answer";

impl<'a> Source<'a> {
    /// What a kept report is about. An outline that an overlay has dropped is refused.
    pub fn scene(&self, report: &Report) -> Result<Scene<'a>> {
        let snapshot = self.snapshot;
        Ok(Scene::new(&snapshot.pack, &snapshot.tree, &report.outline, report.unit, report.period)?)
    }

    fn entry<'e>(by: &By, report: Id, act: &'e str, body: Json) -> Entry<'e> {
        let about = Kind::Report.of(report.0);
        Entry { about, act, who: by.account, seat: by.seat, at: by.now, on: None, body, cause: None }
    }

    pub(crate) async fn record(&self, tx: &mut Tx, by: &By, report: Id, act: &str, body: Json) -> Result<()> {
        timeline::record(tx, &self.house.ids, Self::entry(by, report, act, body)).await.map(|_| ())
    }
}

/// A report as it would read now, with the numbers that it was written from.
pub async fn drafted(
    tx: &mut Tx,
    source: Source<'_>,
    report: &Report,
    returns: &[Return],
    note: Option<&str>,
) -> Result<(Draft, Answers)> {
    let scene = source.scene(report)?;
    let answers = read::answers(tx, source, &scene).await?;
    let added =
        Added { slots: report.slots.clone(), returned: Report::returned(returns), note: note.map(str::to_owned) };
    let mut draft = draft(&scene, &answers, &added);
    if let Some(signed) = &report.signed {
        sign(&mut draft, signed);
    }
    Ok((draft, answers))
}

fn sign(draft: &mut Draft, signed: &Signed) {
    draft.paper.head.number = Some(signed.number.clone());
    draft.paper.head.day = Some(signed.day);
    draft.paper.sign.name.clone_from(&signed.signer);
}

pub async fn find(tx: &mut Tx, id: Id) -> Result<(Report, Vec<Return>)> {
    let report = store::find(tx, id).await?;
    let returns = store::returns(tx, id).await?;
    Ok((report, returns))
}

/// The reports before that one (`Id(i64::MAX)` for the first page), newest first.
pub async fn list(tx: &mut Tx, before: Id, limit: i64) -> Result<Vec<Report>> {
    store::list(tx, before.0, limit).await
}

/// The reports that wait for someone's next act: to be accepted, mended or issued; newest first.
pub async fn waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Report>> {
    store::waiting(tx, limit).await
}

/// Begins a report, or finds the one that was begun before: of an outline, unit and period there is one.
pub async fn create(source: Source<'_>, by: &By, name: &str, unit: Unit, period: Period) -> Result<Report> {
    let snapshot = source.snapshot;
    let scene = Scene::new(&snapshot.pack, &snapshot.tree, name, unit, period)?;
    let report = Report {
        id: source.house.ids.next(by.now),
        outline: scene.outline.head.id.clone(),
        unit: scene.unit,
        body: scene.body,
        period,
        window: scene.window,
        state: State::Draft,
        version: 1,
        round: 0,
        slots: BTreeMap::new(),
        signed: None,
        created: by.now,
        changed: by.now,
    };
    let mut tx = source.house.db.begin().await?;
    if !store::add(&mut tx, &report).await? {
        let same = store::same(&mut tx, &report.outline, report.unit, report.window).await?;
        let id = same.ok_or(db::Stop::Missing)?;
        return store::find(&mut tx, id).await;
    }
    let body = json!({ "outline": report.outline, "unit": report.unit, "body": report.body, "period": period });
    source.record(&mut tx, by, report.id, CREATE, body).await?;
    tx.commit().await?;
    Ok(report)
}

/// Opens a report for an act, at the version that the reader saw.
async fn take(tx: &mut Tx, by: &By, id: Id, version: i64, act: Act) -> Result<(Report, State)> {
    let mut report = store::find(tx, id).await?;
    if report.version != version {
        return Err(db::Stop::Stale);
    }
    let before = report.state;
    report.state = before.take(act)?;
    report.changed = by.now;
    Ok((report, before))
}

/// A place for prose: one of the text, the reason of a target, or the answer to a task.
pub(crate) struct Place {
    pub(crate) label: String,
    /// Its items become tasks.
    pub(crate) tasks: bool,
}

pub(crate) async fn place(tx: &mut Tx, source: Source<'_>, scene: &Scene<'_>, slot: &str) -> Result<Option<Place>> {
    let tasks = scene.outline.slots().iter().any(|one| one.id == slot && one.tasks);
    Ok(directions::slot(tx, source, scene, slot).await?.map(|label| Place { label, tasks }))
}

/// Saves the prose of one place. Nothing written empties it.
pub async fn write(source: Source<'_>, by: &By, id: Id, version: i64, slot: &str, text: &str) -> Result<()> {
    let mut tx = source.house.db.begin().await?;
    let (mut report, _) = take(&mut tx, by, id, version, Act::Write).await?;
    let scene = source.scene(&report)?;
    if report.state == State::Returned {
        let returns = store::returns(&mut tx, id).await?;
        let (draft, _) = drafted(&mut tx, source, &report, &returns, None).await?;
        if !draft.is_open(&report, &returns, slot) {
            return Err(Refusal::new("reports.slot_stands").at("text").into());
        }
    }
    let Some(place) = place(&mut tx, source, &scene, slot).await? else { return Err(db::Stop::Missing) };
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.chars().count() > LONGEST_PROSE {
        let refusal = Refusal::new("reports.prose_too_long").with("count", LONGEST_PROSE);
        return Err(refusal.at("text").into());
    }
    if place.tasks
        && let Some(long) = directions::items(&text).iter().find(|item| item.chars().count() > directions::LONGEST)
    {
        let begins: String = long.chars().take(60).collect();
        let refusal = Refusal::new("reports.task_too_long").with("text", begins).with("count", directions::LONGEST);
        return Err(refusal.at("text").into());
    }
    let old = report.slots.get(slot).cloned().unwrap_or_default();
    if old == text {
        return Ok(());
    }
    let body = json!({ "slot": slot, "old": old, "new": text });
    if text.is_empty() {
        report.slots.remove(slot);
    } else {
        report.slots.insert(slot.to_owned(), text);
    }
    store::change(&mut tx, &report).await?;
    source.record(&mut tx, by, id, Act::Write.right(), body).await?;
    tx.commit().await
}

/// Hands the report to the reader above. What was sent back must have been answered; numbers that do not agree need a reason.
pub async fn submit(source: Source<'_>, by: &By, id: Id, version: i64, reason: &str) -> Result<()> {
    let reason = tidy(reason);
    if reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::new("reports.reason_too_long").with("count", LONGEST_REASON).at("reason").into());
    }
    let mut tx = source.house.db.begin().await?;
    let (mut report, before) = take(&mut tx, by, id, version, Act::Submit).await?;
    let open = store::returns(&mut tx, id).await?.iter().filter(|one| one.settled.is_none()).count();
    if open > 0 {
        return Err(Refusal::new("reports.returns_open").with("count", open).into());
    }
    let (draft, _) = drafted(&mut tx, source, &report, &[], None).await?;
    let contradictions = draft.contradictions();
    if contradictions > 0 && reason.is_empty() {
        return Err(Refusal::new("reports.submit_why").with("count", contradictions).at("reason").into());
    }
    report.round += 1;
    store::change(&mut tx, &report).await?;
    let mut body = json!({ "state": change(before, report.state), "round": report.round });
    if contradictions > 0 {
        body["contradictions"] = contradictions.into();
        body["reason"] = reason.into();
    }
    source.record(&mut tx, by, id, Act::Submit.right(), body).await?;
    tx.commit().await
}

/// Sends one section or one number back, with the reason.
pub async fn send_back(source: Source<'_>, by: &By, id: Id, version: i64, target: &str, reason: &str) -> Result<()> {
    let reason = tidy(reason);
    let target = Target::parse(target);
    let mut refused = Refused::default();
    if target.is_none() {
        refused.push(Refusal::new("reports.return_what").at("target"));
    }
    if reason.is_empty() {
        refused.push(Refusal::new("reports.return_why").at("reason"));
    }
    if reason.chars().count() > LONGEST_REASON {
        refused.push(Refusal::new("reports.reason_too_long").with("count", LONGEST_REASON).at("reason"));
    }
    refused.settle()?;
    let Some(target) = target else { return Err(db::Stop::Missing) };
    let mut tx = source.house.db.begin().await?;
    let (report, before) = take(&mut tx, by, id, version, Act::Return).await?;
    let (draft, _) = drafted(&mut tx, source, &report, &[], None).await?;
    let label = match &target {
        Target::Section(section) => {
            draft.sections.iter().find(|known| known.id == *section).map(|known| known.title.clone())
        }
        Target::Number(key) => draft.numbers.iter().find(|known| known.key == *key).map(|known| known.shown.clone()),
    };
    let label = label.ok_or_else(|| Refusal::new("reports.return_what").at("target"))?;
    store::change(&mut tx, &report).await?;
    let one = Return {
        id: source.house.ids.next(by.now),
        round: report.round,
        target,
        label,
        reason,
        who: by.account,
        at: by.now,
        answer: None,
        settled: None,
    };
    store::add_return(&mut tx, id, &one).await?;
    let body = json!({
        "state": change(before, report.state), "target": one.target.to_string(), "label": one.label, "reason": one.reason,
    });
    source.record(&mut tx, by, id, Act::Return.right(), body).await?;
    tx.commit().await
}

/// Answers a return and marks it done.
pub async fn answer(source: Source<'_>, by: &By, id: Id, one: Id, text: &str) -> Result<()> {
    let text = tidy(text);
    if text.is_empty() {
        return Err(Refusal::new("reports.answer_missing").at("answer").into());
    }
    if text.chars().count() > LONGEST_REASON {
        return Err(Refusal::new("reports.reason_too_long").with("count", LONGEST_REASON).at("answer").into());
    }
    let mut tx = source.house.db.begin().await?;
    let report = store::find(&mut tx, id).await?;
    report.state.take(Act::Write)?;
    if !store::settle(&mut tx, id, one, &text, by.now).await? {
        return Err(db::Stop::Stale);
    }
    source.record(&mut tx, by, id, ANSWER, json!({ "return": one.handle(), "answer": text })).await?;
    tx.commit().await
}

pub async fn accept(source: Source<'_>, by: &By, id: Id, version: i64) -> Result<()> {
    let mut tx = source.house.db.begin().await?;
    let (report, before) = take(&mut tx, by, id, version, Act::Accept).await?;
    store::change(&mut tx, &report).await?;
    let body = json!({ "state": change(before, report.state) });
    source.record(&mut tx, by, id, Act::Accept.right(), body).await?;
    tx.commit().await
}

/// The number alone of what is often typed whole: `12-BC/BDVTU` is 12, for the outline knows the rest.
fn bare(number: &str) -> String {
    let whole = tidy(number);
    match whole.split_once(['-', '/']) {
        Some((number, _)) if number.starts_with(|first: char| first.is_ascii_digit()) => number.trim_end().to_owned(),
        _ => whole,
    }
}

/// Issues the report after it was signed: number, day and signer are entered, everything is frozen as it reads now.
pub async fn issue(
    source: Source<'_>,
    by: &By,
    id: Id,
    version: i64,
    signed: Signed,
    note: Option<&str>,
) -> Result<()> {
    let signed = Signed { number: bare(&signed.number), ..signed };
    let mut refused = Refused::default();
    if signed.number.is_empty() {
        refused.push(Refusal::new("reports.number_missing").at("number"));
    }
    if signed.day > by.today {
        let day = kernel::show_day(signed.day);
        refused.push(Refusal::new("reports.signed_later").with("day", day).at("day"));
    }
    refused.settle()?;
    let making = directions::making(source, by, id, version, &signed).await?;
    let mut tx = source.house.db.begin().await?;
    let (mut report, before) = take(&mut tx, by, id, version, Act::Issue).await?;
    if signed.day < report.window.to {
        let refusal = Refusal::new("reports.signed_before_end").with("day", kernel::show_day(report.window.to));
        return Err(refusal.at("day").into());
    }
    let name = signed.signer.as_deref().map(tidy).filter(|name| !name.is_empty());
    report.signed = Some(Signed { signer: name, ..signed });
    let (draft, answers) = drafted(&mut tx, source, &report, &[], note).await?;
    let hash = frozen::freeze(&mut tx, source, &report, &draft, &answers, by.now).await?;
    store::change(&mut tx, &report).await?;
    let tasks = directions::keep(&mut tx, source.house, by, id, &making).await?;
    let body = json!({
        "state": change(before, report.state),
        "tasks": tasks,
        "number": report.signed.as_ref().map(|signed| &signed.number),
        "day": report.signed.as_ref().map(|signed| signed.day),
        "hash": data_encoding::HEXLOWER.encode(&hash),
    });
    source.record(&mut tx, by, id, Act::Issue.right(), body).await?;
    tx.commit().await
}

fn change(from: State, to: State) -> Json {
    json!({ "from": from.name(), "to": to.name() })
}

/// The paper of a report for the shell: frozen if it was issued, else as it would read now with the prose that was written.
pub async fn paper(
    source: Source<'_>,
    name: &str,
    unit: Unit,
    period: Period,
    note: Option<&str>,
) -> Result<papers::Paper> {
    let snapshot = source.snapshot;
    let scene = Scene::new(&snapshot.pack, &snapshot.tree, name, unit, period)?;
    let mut tx = source.house.read().await?;
    let id = store::same(&mut tx, &scene.outline.head.id, scene.unit, scene.window).await?;
    let mut added = Added { note: note.map(str::to_owned), ..Added::default() };
    if let Some(id) = id {
        let report = store::find(&mut tx, id).await?;
        if report.state == State::Issued {
            return Ok(frozen::frozen(&mut tx, &report).await?.paper);
        }
        added.slots = report.slots;
    }
    let answers = read::answers(&mut tx, source, &scene).await?;
    Ok(draft(&scene, &answers, &added).paper)
}
