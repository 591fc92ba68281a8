//! The calendar of an office: days entered over those of the pack, which open deadlines they move, and the moving. One that is past, or
//! would be, moves only by someone's own decision.

mod work;

use std::collections::{BTreeSet, HashSet};

use calendar::{Due, Entered, Holidays, Status, What};
use db::{Result, Tx};
use jobs::NewJob;
use kernel::{Day, Id, Label, Refusal, Refused, day_number, number_day};
use pack::Pack;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    By, House, Record, Snapshot,
    step::Rules,
    store::{self, ChangeRow, DayRow},
};
pub use work::{JOB, MoveDeadlines};

/// The right to change the calendar, and the act in its timeline.
pub(crate) const ENTER: &str = "calendar.enter";
/// So many records are looked at in one go.
const PAGE: i64 = 500;

/// Lays the days that were entered here over those of the pack: the one place where the calendar is put together.
pub async fn lay(tx: &mut Tx, pack: &mut Pack) -> Result<()> {
    pack.holidays = pack.holidays.entering(&entered(standing(&store::days(tx).await?)));
    Ok(())
}

/// Those that no later change took back.
pub(crate) fn standing(rows: &[DayRow]) -> impl Iterator<Item = &DayRow> {
    rows.iter().filter(|row| row.back.is_none())
}

fn entered<'a>(rows: impl Iterator<Item = &'a DayRow>) -> Vec<Entered> {
    let one = |row: &DayRow| {
        let text = |text: &str| Label { vi: text.to_owned(), en: None };
        let decision = cited(&row.decision, row.decided.map(number_day));
        Some(Entered {
            day: row.day(),
            what: What::parse(&row.kind)?,
            name: text(&row.name),
            status: if row.confirmed { Status::Confirmed } else { Status::Provisional },
            decision: text(&decision),
        })
    };
    rows.filter_map(one).collect()
}

/// A decision as it is cited: number, and day where it has one.
pub(crate) fn cited(number: &str, decided: Option<Day>) -> String {
    match decided {
        Some(day) => format!("{number} ({})", kernel::show_day(day)),
        None => number.to_owned(),
    }
}

/// A day to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub day: Day,
    pub what: What,
    pub name: String,
    pub confirmed: bool,
}

/// What someone wants of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub days: Vec<Wanted>,
    /// Rows that are taken back.
    pub back: Vec<i64>,
    pub decision: String,
    pub decided: Option<Day>,
    pub reason: String,
}

/// A draft over what stands: the calendar before and after it.
pub struct Plan {
    pub before: Holidays,
    pub after: Holidays,
    /// The rows that no longer stand after it.
    back: Vec<i64>,
}

impl Plan {
    /// Whether it is the same question: a day, or a whole year.
    fn replaces(wanted: &Wanted, row: &DayRow) -> bool {
        row.day() == wanted.day && (row.kind == What::Year.as_str()) == (wanted.what == What::Year)
    }

    pub fn of(rows: &[DayRow], holidays: &Holidays, draft: &Draft) -> std::result::Result<Self, Refused> {
        let mut refused = Refused::default();
        let mut seen = HashSet::new();
        for one in &draft.days {
            let day = || kernel::show_day(one.day);
            if !seen.insert((one.day, one.what == What::Year)) {
                refused.push(Refusal::new("days.twice").with("day", day()).at("lines"));
            }
            if one.name.is_empty() && !matches!(one.what, What::Worked | What::Year) {
                refused.push(Refusal::new("days.no_name").with("day", day()).at("lines"));
            }
            if one.what == What::Compensation && calendar::is_weekend(one.day) {
                refused.push(Refusal::new("days.off_anyhow").with("day", day()).at("lines"));
            }
        }
        if draft.days.is_empty() && draft.back.is_empty() {
            refused.push(Refusal::new("days.none").at("lines"));
        }
        refused.settle()?;
        let mut back: Vec<i64> = draft.back.clone();
        back.extend(
            standing(rows).filter(|row| draft.days.iter().any(|wanted| Self::replaces(wanted, row))).map(|row| row.id),
        );
        let kept = standing(rows).filter(|row| !back.contains(&row.id));
        let mut days = entered(kept);
        let decision = Label { vi: cited(&draft.decision, draft.decided), en: None };
        days.extend(draft.days.iter().map(|one| Entered {
            day: one.day,
            what: one.what,
            name: Label { vi: one.name.clone(), en: None },
            status: if one.confirmed { Status::Confirmed } else { Status::Provisional },
            decision: decision.clone(),
        }));
        let after = holidays.entering(&days);
        // A year without a day off is no plan that anyone confirms.
        let bare = |one: &&Wanted| one.what == What::Year && after.listed(one.day.year()).next().is_none();
        if let Some(one) = draft.days.iter().find(bare) {
            return Err(Refusal::new("days.year_empty").with("year", one.day.year()).at("confirm").into());
        }
        Ok(Self { before: holidays.entering(&entered(standing(rows))), after, back })
    }

    /// What a change that is written down did, whatever came after it.
    pub(crate) fn of_change(rows: &[DayRow], holidays: &Holidays, change: i64) -> Self {
        let before = rows.iter().filter(|row| row.change != change && row.back.is_none_or(|back| back == change));
        let before = holidays.entering(&entered(before));
        Self { before, after: holidays.entering(&entered(standing(rows))), back: Vec::new() }
    }

    /// The days that are not what they were.
    pub fn changed(&self) -> BTreeSet<Day> {
        self.before.differing(&self.after)
    }

    /// The deadlines of a record that this moves, or settles where they stand.
    pub fn deadlines(
        &self,
        snapshot: &Snapshot,
        record: &Record,
        changed: &BTreeSet<Day>,
        today: Day,
    ) -> Vec<Deadline> {
        let Ok(register) = snapshot.register(&record.register) else { return Vec::new() };
        let rules = Rules { pack: &snapshot.pack, directory: snapshot, register, privates: &[], today };
        let head = record.head();
        let mut found = Vec::new();
        for running in record.document.clocks.iter().filter(|running| running.runs()) {
            let (first, last) = (running.started.min(running.due), running.started.max(running.due));
            if changed.range(first..=last).next().is_none() {
                continue;
            }
            let by = |holidays: &Holidays| rules.reckoned(&head, &record.document, running, holidays);
            let (Some(was), Some(now)) = (by(&self.before), by(&self.after)) else { continue };
            // One that was left where it stood by an earlier change stays, unless this one moves it.
            let stays = was == now || (was.due == now.due && running.due != now.due);
            let known = serde_json::from_value::<Due>(running.derivation.clone()).is_ok_and(|known| known == now);
            if !stays && !known {
                found.push(Deadline { record: record.id, clock: running.clock.clone(), old: running.due, now });
            }
        }
        found
    }
}

/// A deadline under another calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub record: Id,
    pub clock: String,
    pub old: Day,
    pub now: Due,
}

impl Deadline {
    pub fn moves(&self) -> bool {
        self.now.due != self.old
    }

    /// It is past, or would be: nothing moves it but someone's own decision.
    pub fn is_past(&self, today: Day) -> bool {
        self.moves() && (self.old < today || self.now.due < today)
    }
}

/// What a draft would do to open deadlines.
#[derive(Clone, Debug, Default)]
pub struct Consequences {
    /// Those that move of themselves, at most [`SHOWN`] of them.
    pub moved: Vec<(Record, Deadline)>,
    pub past: Vec<(Record, Deadline)>,
    pub moved_count: usize,
    pub past_count: usize,
    /// Due days that stay, and are reckoned from other days than before: mostly such as are now confirmed.
    pub settled: usize,
}

/// So many are shown one by one.
pub const SHOWN: usize = 200;

/// Looks at every open deadline.
pub async fn consequences(house: &House, snapshot: &Snapshot, plan: &Plan, today: Day) -> Result<Consequences> {
    let (mut found, changed) = (Consequences::default(), plan.changed());
    if changed.is_empty() {
        return Ok(found);
    }
    let mut after = (i64::MIN, i64::MIN);
    loop {
        let mut tx = house.read().await?;
        let page = store::running(&mut tx, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = *last;
        let ids: Vec<i64> = page.iter().map(|(_, id)| *id).collect();
        let mut records = store::find_many(&mut tx, &house.names, &ids).await?;
        drop(tx);
        records.sort_by_key(|record| (record.due, record.id.0));
        for record in records {
            for deadline in plan.deadlines(snapshot, &record, &changed, today) {
                let (list, count) = match (deadline.is_past(today), deadline.moves()) {
                    (true, _) => (&mut found.past, &mut found.past_count),
                    (false, true) => (&mut found.moved, &mut found.moved_count),
                    (false, false) => {
                        found.settled += 1;
                        continue;
                    }
                };
                *count += 1;
                if list.len() < SHOWN {
                    list.push((record.clone(), deadline));
                }
            }
        }
    }
    // A record has several deadlines, and its nearest may not be the one that moves.
    for list in [&mut found.moved, &mut found.past] {
        list.sort_by_key(|(record, deadline)| (deadline.old, record.id.0));
    }
    Ok(found)
}

/// What the job that moves deadlines is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Told {
    pub(crate) change: i64,
    /// Record and clock of those past ones that someone decided to move.
    pub(crate) ticked: BTreeSet<(i64, String)>,
}

/// What was written down.
pub struct Applied {
    pub change: i64,
    /// The job that moves the deadlines; none where no day is other than it was.
    pub job: Option<i64>,
}

/// Writes a change of the calendar down and queues the moving of deadlines. Whoever holds the snapshot has it read again afterwards.
pub async fn apply(house: &House, by: &By, draft: &Draft, ticked: BTreeSet<(i64, String)>) -> Result<Applied> {
    let snapshot = house.now();
    let mut refused = Refused::default();
    if draft.decision.is_empty() {
        refused.push(Refusal::new("days.no_decision").at("decision"));
    }
    if draft.reason.is_empty() && !(ticked.is_empty() && draft.back.is_empty()) {
        refused.push(Refusal::new("days.no_reason").at("reason"));
    }
    refused.settle()?;
    let mut tx = house.db.begin().await?;
    let plan = Plan::of(&store::days(&mut tx).await?, &snapshot.pack.holidays, draft)?;
    let change = ChangeRow {
        id: house.ids.next(by.now).0,
        at_ms: by.now.as_millisecond(),
        account: by.account,
        seat: by.seat,
        decision: draft.decision.clone(),
        decided: draft.decided.map(day_number),
        reason: draft.reason.clone(),
    };
    let row = |one: &Wanted| DayRow {
        id: house.ids.next(by.now).0,
        change: change.id,
        back: None,
        day: day_number(one.day),
        kind: one.what.as_str().to_owned(),
        name: one.name.clone(),
        confirmed: one.confirmed,
        decision: change.decision.clone(),
        decided: change.decided,
    };
    let rows: Vec<DayRow> = draft.days.iter().map(row).collect();
    store::enter(&mut tx, &change, &rows, &plan.back).await?;
    let days = |one: &Wanted| json!({ "day": one.day.to_string(), "kind": one.what.as_str(), "name": one.name, "confirmed": one.confirmed });
    let body = json!({
        "decision": cited(&draft.decision, draft.decided),
        "days": draft.days.iter().map(days).collect::<Vec<_>>(),
        "back": plan.back.iter().map(|id| Id(*id).handle()).collect::<Vec<_>>(),
        "reason": draft.reason,
        "past_moved": ticked.len(),
    });
    let about = timeline::Kind::Calendar.of(change.id);
    let (who, seat, at) = (by.account, by.seat, by.now);
    let entry = timeline::Entry { about, act: ENTER, who, seat, at, on: None, body, cause: None };
    timeline::record(&mut tx, &house.ids, entry).await?;
    let job = if plan.changed().is_empty() {
        None
    } else {
        let args = serde_json::to_value(Told { change: change.id, ticked })?;
        let new = NewJob { kind: JOB, args, who: by.account, unit: by.seat, after: None };
        Some(jobs::enqueue(&mut tx, &house.ids, by.now, new).await?)
    };
    units::store::raise_generation(&mut tx).await?;
    tx.commit().await?;
    Ok(Applied { change: change.id, job })
}
