//! Directions: the items of an issued report become tasks, and the next report answers those tasks one by one.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Period, Window};
use db::{Result, Space, Stop, Tx};
use kernel::{Day, Id, Lang, show_day, text::tidy};
use pack::outline::Moment;
use papers::{Block, Inline};
use records::{
    By, House, Record,
    act::{self, New},
    fill::Input,
    save::{self, Change, Ready},
};
use serde::{Deserialize, Serialize};
use units::{At, Unit};
use web::t;

use crate::{Finding, Report, Scene, Signed, Source, draft::Writer, prose, report::State, store};

/// The register that tasks stand in.
pub(crate) const REGISTER: &str = "task";
/// As long as the register takes it.
pub(crate) const LONGEST: usize = 1_000;
/// What the place for prose of a task is called: `task.` and the record's handle.
const SLOT: &str = "task.";

/// Something to be done, as the directions say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub slot: String,
    pub text: String,
    pub due: Day,
}

/// Where a task of the report before stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    Done,
    /// Its day has not come.
    UnderWay,
    /// Its day lies within the period, and it is still open.
    NotDone,
    Dropped,
    /// Its record was taken back.
    Void,
}

impl Stand {
    pub const ALL: [Stand; 5] = [Self::Done, Self::UnderWay, Self::NotDone, Self::Dropped, Self::Void];

    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::UnderWay => "under_way",
            Self::NotDone => "not_done",
            Self::Dropped => "dropped",
            Self::Void => "void",
        }
    }
}

/// A task that an earlier report set, with what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub record: Id,
    pub title: String,
    pub due: Option<Day>,
    pub stand: Stand,
    /// When it was finished or dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// The result, or why it was dropped, as the record has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// Files that prove it.
    #[serde(default)]
    pub proofs: usize,
}

impl Task {
    /// The place for prose that answers it.
    pub fn slot(&self) -> String {
        format!("{SLOT}{}", self.record)
    }

    pub(crate) fn label(&self) -> String {
        t!(Lang::Vi, "reports.task_slot", title = &self.title)
    }

    /// Its record says itself what came of it.
    pub fn is_told(&self) -> bool {
        matches!(self.stand, Stand::Void) || self.told.is_some()
    }
}

/// The items of a text: those of its lists, or, where it has none, its lines. A line that only introduces is none.
pub fn items(text: &str) -> Vec<String> {
    let blocks = papers::from_markdown(text);
    let lists = blocks.iter().filter_map(|block| match block {
        Block::List { items, .. } => Some(items),
        _ => None,
    });
    let listed: Vec<String> = lists.flatten().map(|item| words(item)).collect();
    let all =
        if listed.is_empty() { text.lines().map(|line| words(&papers::from_markdown(line))).collect() } else { listed };
    let mut seen = BTreeSet::new();
    let item = |text: &String| !text.is_empty() && !text.ends_with(':') && seen.insert(kernel::text::fold(text));
    all.into_iter().filter(item).collect()
}

fn words(blocks: &[Block]) -> String {
    let each = blocks.iter().map(|block| match block {
        Block::Paragraph { text } => papers::plain(text),
        Block::Heading { text, .. } => text.clone(),
        Block::List { items, .. } => items.iter().map(|item| words(item)).collect::<Vec<_>>().join("; "),
        _ => String::new(),
    });
    tidy(&each.collect::<Vec<_>>().join(" "))
}

/// The last day that a text names after `after`: `30/6/2026`, `tháng 6/2026`, `quý II năm 2026`.
pub fn day_in(text: &str, after: Day) -> Option<Day> {
    let date = |word: &str| kernel::parse_day(word.trim_matches(|c: char| !c.is_ascii_digit())).ok();
    let written = text.split_whitespace().filter_map(date).filter(|day| *day > after).max();
    let until = |period: &String| match period.split_once("..") {
        Some((_, to)) => to.parse::<Day>().ok(),
        None => period.parse::<Period>().ok().map(|period| period.window().to),
    };
    written.or_else(|| prose::periods(text).iter().filter_map(until).filter(|day| *day > after).max())
}

/// What a report's directions come to, in the order of its text.
pub fn directed(scene: &Scene<'_>, slots: &BTreeMap<String, String>) -> Vec<Item> {
    let end = scene.window_of(Moment::Next).to;
    let places = scene.outline.slots().into_iter().filter(|slot| slot.tasks);
    let items = places.flat_map(|slot| {
        let text = slots.get(&slot.id).map(String::as_str).unwrap_or_default();
        items(text).into_iter().map(|text| (slot.id.clone(), text))
    });
    let due = |text: &str| day_in(text, scene.window.to).unwrap_or(end);
    items.map(|(slot, text)| Item { due: due(&text), slot, text }).collect()
}

/// The body that a text names behind "chủ trì", of those at the place; else the one that issues the report.
fn lead(at: &At<'_>, place: Unit, text: &str, else_body: Unit) -> Unit {
    let folded = kernel::text::fold(text);
    let Some((_, rest)) = folded.split_once("chu tri") else { return else_body };
    let named = rest.trim_start_matches([':', ' ']);
    let bodies = at.bodies(place).into_iter().map(|body| (kernel::text::fold(&at.name(body)), body));
    bodies
        .filter(|(name, _)| named.starts_with(name.as_str()))
        .max_by_key(|(name, _)| name.len())
        .map_or(else_body, |(_, body)| body)
}

/// The tasks that issuing a report makes, ready for its transaction: those that are not on record yet.
pub(crate) struct Making {
    pub(crate) ready: Vec<Ready>,
    /// By record: from which place of the text.
    pub(crate) slots: BTreeMap<Id, String>,
}

pub(crate) async fn making(source: Source<'_>, by: &By, id: Id, version: i64, signed: &Signed) -> Result<Making> {
    let house = source.house;
    let mut tx = house.read().await?;
    let report = store::find(&mut tx, id).await?;
    if report.version != version {
        return Err(Stop::Stale);
    }
    let scene = source.scene(&report)?;
    let acting = house.now();
    let mut made: Vec<Change> = Vec::new();
    let mut slots = BTreeMap::new();
    if acting.pack.register(REGISTER).is_some() && report.state == State::Accepted {
        let register = house.names.find(&mut tx, Space::Register, REGISTER).await?;
        // A body that has ended hands its work to whoever holds its ground.
        let at = acting.tree.at(by.today);
        let body = if at.exists(report.body) { report.body } else { at.holder(report.body).unit };
        for item in directed(&scene, &report.slots) {
            let key = source_key(&report, &item);
            if let Some(register) = register
                && records::store::by_source(&mut tx, register, &key).await?.is_some()
            {
                continue;
            }
            let input = Input::default()
                .set("subject", &item.text)
                .set("source", "report")
                .set("lead", format!("#{}", lead(&at, report.unit, &item.text, body).0))
                .set("assigned_on", show_day(signed.day))
                .set("due_on", show_day(item.due.max(signed.day)));
            let new = New { unit: body.0, input, source_key: Some(key), made: true, ..New::default() };
            let (changes, _) = act::plan_new(house, &acting, by, REGISTER, new).await?;
            let own = changes.first().map(|change| change.record.id);
            slots.extend(own.map(|own| (own, item.slot)));
            made.extend(changes);
        }
    }
    drop(tx);
    Ok(Making { ready: save::ready(house, &acting, made).await?, slots })
}

/// One item of a report makes one task, however often the report is issued.
fn source_key(report: &Report, item: &Item) -> String {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(kernel::text::fold(&item.text));
    format!("report:{}:{}:{}", report.id, item.slot, data_encoding::HEXLOWER.encode(&hash[..8]))
}

/// Writes down which records a report's directions became; gives their handles.
pub(crate) async fn keep(tx: &mut Tx, house: &House, by: &By, report: Id, making: &Making) -> Result<Vec<String>> {
    let saved = save::write(tx, house, by, &making.ready).await?;
    let mut handles = Vec::new();
    let own = saved.iter().filter_map(|record| Some((record, making.slots.get(&record.id)?)));
    for ((record, slot), position) in own.zip(1..) {
        store::add_task(tx, report, position, slot, record.id).await?;
        handles.push(record.id.handle());
    }
    Ok(handles)
}

/// The records that a report set as tasks, in its order.
pub async fn set_by(tx: &mut Tx, house: &House, report: Id) -> Result<Vec<Record>> {
    let ids: Vec<i64> = store::tasks_of(tx, &[report.0]).await?.into_iter().map(|(_, task)| task).collect();
    in_order(tx, house, &ids).await
}

async fn in_order(tx: &mut Tx, house: &House, ids: &[i64]) -> Result<Vec<Record>> {
    let mut records = records::store::find_many(tx, &house.names, ids).await?;
    records.sort_by_key(|record| ids.iter().position(|id| *id == record.id.0));
    Ok(records)
}

/// What a report has to answer: the tasks of the report before it, and those of still earlier ones that were open when its days began.
pub(crate) async fn to_answer(tx: &mut Tx, source: Source<'_>, scene: &Scene<'_>) -> Result<Vec<Task>> {
    let Some(also) = scene.outline.answers_tasks() else { return Ok(Vec::new()) };
    let own = &scene.outline.head;
    let outlines: Vec<&str> = scene
        .pack
        .outlines
        .values()
        .filter(|outline| outline.head.id == own.id || also.contains(&outline.head.report))
        .map(|outline| outline.head.id.as_str())
        .collect();
    // What those set on whose ground the unit now stands is its own to answer.
    let mut units: Vec<i64> = scene.tree.origins(scene.unit).into_iter().map(|origin| origin.unit.ground().0).collect();
    units.push(scene.unit.0);
    let ends = Window { from: Day::MIN, to: scene.window.to };
    let mut before = store::of_units(tx, &units, ends).await?;
    before.retain(|report| {
        report.state == State::Issued
            && report.window.to < scene.window.to
            && outlines.contains(&report.outline.as_str())
    });
    before.sort_by_key(|report| std::cmp::Reverse(report.window.to));
    let mut latest: BTreeSet<(i64, &str)> = BTreeSet::new();
    let newest: BTreeSet<i64> = before
        .iter()
        .filter(|report| latest.insert((report.unit.0, report.outline.as_str())))
        .map(|report| report.id.0)
        .collect();
    let reports: Vec<i64> = before.iter().map(|report| report.id.0).collect();
    let set = store::tasks_of(tx, &reports).await?;
    let from: BTreeMap<i64, i64> = set.iter().map(|(report, task)| (*task, *report)).collect();
    let mut ids: Vec<(usize, i64)> = Vec::new();
    for (report, task) in &set {
        ids.push((reports.iter().position(|one| one == report).unwrap_or(usize::MAX), *task));
    }
    ids.sort_by_key(|(report, _)| *report);
    let ids: Vec<i64> = ids.into_iter().map(|(_, task)| task).collect();
    let mut tasks = Vec::new();
    for record in in_order(tx, source.house, &ids).await? {
        let task = told(tx, &record, scene.window).await?;
        let old = from.get(&record.id.0).is_some_and(|report| !newest.contains(report));
        let over = task.on.is_some_and(|on| on < scene.window.from) || task.stand == Stand::Void;
        if !(old && over) {
            tasks.push(task);
        }
    }
    Ok(tasks)
}

async fn told(tx: &mut Tx, record: &Record, window: Window) -> Result<Task> {
    let document = &record.document;
    let text = |field: &str| {
        let text = document.fields.get(field).and_then(serde_json::Value::as_str).map(tidy);
        text.filter(|text| !text.is_empty())
    };
    let (finished, dropped) = (document.taken("finish"), document.taken("drop"));
    let due = document.day("due_on");
    let open = if due.is_some_and(|due| due <= window.to) { Stand::NotDone } else { Stand::UnderWay };
    let (stand, on, told) = match record.state.as_deref() {
        _ if record.void => (Stand::Void, None, None),
        Some("done") => (Stand::Done, finished.map(|taken| taken.on), text("result")),
        Some("dropped") => (Stand::Dropped, dropped.map(|taken| taken.on), text("drop_reason")),
        _ => (open, None, None),
    };
    let proofs = records::store::files(tx, record.id).await?.len();
    Ok(Task { record: record.id, title: record.title.clone(), due, stand, on, told, proofs })
}

/// What the place for prose of a report is called: one of its text, the reason of a target, or the answer to a task.
pub(crate) async fn slot(tx: &mut Tx, source: Source<'_>, scene: &Scene<'_>, id: &str) -> Result<Option<String>> {
    if !id.starts_with(SLOT) {
        return Ok(scene.slot(id));
    }
    let tasks = to_answer(tx, source, scene).await?;
    Ok(tasks.iter().find(|task| task.slot() == id).map(Task::label))
}

impl Writer<'_, '_> {
    /// How many tasks there were, and each of them with what came of it.
    pub(crate) fn tasks(&mut self, into: &mut Vec<Block>) {
        let tasks = &self.answers.tasks;
        if tasks.is_empty() {
            return;
        }
        let count = |stand: Stand| tasks.iter().filter(|task| task.stand == stand).count();
        let each = Stand::ALL.into_iter().map(|stand| (stand, count(stand))).filter(|(_, count)| *count > 0);
        let digits = |count: usize| kernel::number::two_digits(i64::try_from(count).unwrap_or(i64::MAX));
        let each = each.map(|(stand, count)| format!("{} {}", stand_words(stand), digits(count)));
        let each = each.collect::<Vec<_>>().join(", ");
        let whole = t!(Lang::Vi, "reports.task_sum", count = digits(tasks.len()), each = each);
        into.push(Block::Paragraph { text: vec![Inline::text(whole)] });
        for (task, n) in tasks.iter().zip(1..) {
            // Whoever wrote the task often wrote its day into it.
            let unsaid = task.due.filter(|due| day_in(&task.title, Day::MIN) != Some(*due));
            let due = unsaid.map(|due| t!(Lang::Vi, "reports.task_due", day = show_day(due)));
            let mut text = vec![Inline::text(format!("{n}. {}{}: ", task.title, due.unwrap_or_default()))];
            let href = records::pages::href(task.record);
            text.push(Inline::Link { text: stand_words(task.stand), href: href.clone() });
            if let Some(on) = task.on {
                text.push(Inline::text(format!(" {}", t!(Lang::Vi, "reports.task_on", day = show_day(on)))));
            }
            if let Some(told) = &task.told {
                text.push(Inline::text(format!(". {}", told.trim_end_matches('.'))));
            }
            if task.proofs > 0 {
                let words = t!(Lang::Vi, "reports.task_proofs", count = task.proofs);
                text.extend([Inline::text("; "), Inline::Link { text: words, href }]);
            }
            text.push(Inline::text("."));
            into.push(Block::Paragraph { text });
            let slot = task.slot();
            let written = self.written_in(&slot);
            if !written && !task.is_told() {
                self.finding(Finding::Unanswered { title: task.title.clone(), slot: slot.clone() });
            }
            if written || !task.is_told() {
                let block = self.place(&slot, &task.label());
                into.push(block);
            }
        }
    }
}

pub(crate) fn stand_words(stand: Stand) -> String {
    web::words(Lang::Vi, &format!("reports.task_{}", stand.name()), &[])
}
