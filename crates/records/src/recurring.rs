//! Records that come round: a period's days by a rule, moved off days off, held against what stands already and against what the law asks.

use calendar::{Reason, Window};
use db::{Result, Space};
use jiff::{ToSpan, civil::Weekday};
use kernel::{Day, Refusal};
use pack::{
    AnyFigure,
    document::{Document, day_of},
    duty::Duty,
    figure::Figure,
    register::{FieldType, Recurs, Register},
};
use serde_json::Value as Json;

use crate::{
    By, House, Record, Snapshot,
    act::{self, New},
    fill::Input,
    save::Change,
    store,
};

/// The longest window of one rule, in days: two years.
const LONGEST: i64 = 731;
/// The most records of one act.
const MOST: usize = 250;
/// The last such weekday of a month.
pub const LAST: i8 = -1;

/// How the days come round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// These days of every month; a shorter month has it on its last day.
    Month(Vec<i8>),
    /// These days of every week.
    Week(Vec<Weekday>),
    /// The first, second … ([`LAST`]) such weekday of every month.
    Nth(Vec<i8>, Vec<Weekday>),
}

impl Rule {
    /// The days within a window, each once, in order.
    pub fn days(&self, within: Window) -> Vec<Day> {
        let mut days = Vec::new();
        match self {
            Rule::Week(weekdays) => days.extend(within.days().filter(|day| weekdays.contains(&day.weekday()))),
            Rule::Month(numbers) => {
                for first in months(within) {
                    let last = first.last_of_month();
                    days.extend(
                        numbers.iter().filter_map(|number| first.with().day((*number).min(last.day())).build().ok()),
                    );
                }
            }
            Rule::Nth(places, weekdays) => {
                for first in months(within) {
                    let each = places.iter().flat_map(|place| weekdays.iter().map(move |weekday| (*place, *weekday)));
                    days.extend(each.filter_map(|(place, weekday)| first.nth_weekday_of_month(place, weekday).ok()));
                }
            }
        }
        days.retain(|day| within.contains(*day));
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// The first days of the months that a window touches.
fn months(within: Window) -> impl Iterator<Item = Day> {
    let first = std::iter::successors(Some(within.from.first_of_month()), |first| first.checked_add(1.month()).ok());
    first.take_while(move |first| *first <= within.to)
}

/// What a rule comes to before anything is saved.
#[derive(Debug)]
pub struct Plan<'p> {
    pub days: Vec<Planned>,
    pub owed: Vec<Owed<'p>>,
}

/// A day of the rule, and what becomes of it.
#[derive(Debug)]
pub struct Planned {
    /// The day that the rule gives, and the working day that it becomes.
    pub nominal: Day,
    pub on: Day,
    /// Why the day of the rule is off.
    pub moved: Option<Reason>,
    /// Whether it has been decided that these days are worked or off.
    pub certain: bool,
    pub found: Found,
}

#[derive(Debug)]
pub enum Found {
    /// A record is to be made; by when it is to be made known, as far as a clock says so.
    New { changes: Vec<Change>, notice: Option<Notice> },
    /// Another day of the rule fell on it.
    SameDay,
    /// A record stands on it already.
    Known(Box<Record>),
    /// A record stood on it and was put off.
    PutOff(Box<Record>, Day),
}

/// The last day of a notice, and the article that asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub due: Day,
    pub basis: String,
}

/// What a duty of the post asks for in the window, turn by turn, and how much of it is planned or done.
#[derive(Debug)]
pub struct Owed<'p> {
    pub duty: &'p Duty,
    pub turns: Vec<(Window, u32)>,
}

impl Owed<'_> {
    pub fn missing(&self) -> impl Iterator<Item = &(Window, u32)> {
        self.turns.iter().filter(|(_, count)| *count < self.duty.times)
    }
}

/// What a rule is laid over.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub register: &'a Register,
    pub recurs: &'a Recurs,
    pub unit: i64,
    pub rule: &'a Rule,
    pub within: Window,
}

/// A window that a rule may fill: from today on, and no longer than anyone plans.
pub fn window(from: Day, to: Day, today: Day) -> std::result::Result<Window, Refusal> {
    let window = Window::new(from, to).map_err(|refusal| refusal.at("to"))?;
    if from < today {
        return Err(Refusal::new("record.rule_in_the_past").with("day", kernel::show_day(today)).at("from"));
    }
    if window.day_count() > LONGEST {
        return Err(Refusal::new("record.rule_too_long").at("to"));
    }
    Ok(window)
}

/// Lays a rule over a period: each day drafted as the record that it would be, nothing saved.
pub async fn plan<'p>(
    house: &House,
    snapshot: &'p Snapshot,
    by: &By,
    asked: Asked<'_>,
    input: &Input,
) -> Result<Plan<'p>> {
    let (register, within) = (asked.register, asked.within);
    let holidays = &snapshot.pack.holidays;
    let nominal = asked.rule.days(within);
    if nominal.is_empty() {
        return Err(Refusal::new("record.rule_no_day").at("every").into());
    }
    if nominal.len() > MOST {
        return Err(Refusal::new("record.rule_too_many").with("most", MOST).at("to").into());
    }
    let subject = input.fields.get(&asked.recurs.by).map_or("", String::as_str);
    let subject = post(snapshot, register, asked.recurs, subject, by.today)?;
    let standing = standing(house, asked, &subject).await?;
    let planned = register.planned.as_ref().unwrap_or(&register.day);
    let mut days: Vec<Planned> = Vec::with_capacity(nominal.len());
    for nominal in nominal {
        let on = holidays.working_day_from(nominal);
        let known = standing.iter().find(|record| record.document.day(planned) == Some(on));
        let put_off =
            || standing.iter().find_map(|record| put_off(register, record, planned, on).map(|to| (record, to)));
        let found = if days.iter().any(|one| one.on == on) {
            Found::SameDay
        } else if let Some(record) = known {
            Found::Known(Box::new(record.clone()))
        } else if let Some((record, to)) = put_off() {
            Found::PutOff(Box::new(record.clone()), to)
        } else {
            let input = input.clone().set(planned, kernel::show_day(on));
            let new = New { unit: asked.unit, input, ..New::default() };
            let (changes, _) = act::plan_new(house, snapshot, by, &register.id, new).await?;
            let notice = changes.first().and_then(|change| notice(asked.recurs, &change.record.document));
            Found::New { changes, notice }
        };
        let certain = Window { from: nominal, to: on }.days().all(|day| holidays.certain(day));
        days.push(Planned { nominal, on, moved: holidays.reason(nominal), certain, found });
    }
    let owed = owed(snapshot, asked, &subject, &days, &standing);
    Ok(Plan { days, owed })
}

impl Plan<'_> {
    /// The changes of the days that were chosen; a day that is no longer free refuses them all.
    pub fn chosen(self, chosen: &[Day]) -> std::result::Result<Vec<Change>, Refusal> {
        let mut all = Vec::new();
        let mut left = chosen.to_vec();
        for day in self.days {
            if let (Found::New { changes, .. }, Some(place)) = (day.found, left.iter().position(|one| *one == day.on)) {
                left.swap_remove(place);
                all.extend(changes);
            }
        }
        match left.first() {
            Some(day) => Err(Refusal::new("record.rule_day_taken").with("day", kernel::show_day(*day))),
            None if all.is_empty() => Err(Refusal::new("record.rule_none_chosen")),
            None => Ok(all),
        }
    }
}

/// The post as records keep it.
fn post(snapshot: &Snapshot, register: &Register, recurs: &Recurs, text: &str, day: Day) -> Result<String> {
    let needed = || {
        let label = register.field(&recurs.by).map_or(recurs.by.as_str(), |field| field.label.vi.as_str());
        Refusal::new("record.required").with("label", label).at(recurs.by.clone())
    };
    let field = register.field(&recurs.by).filter(|field| field.kind == FieldType::Post).ok_or_else(needed)?;
    let value = crate::value::read(&snapshot.pack, snapshot, field, text, day);
    let value = value.map_err(|refusal| refusal.at(recurs.by.clone()))?;
    Ok(value.as_ref().and_then(Json::as_str).map(str::to_owned).ok_or_else(needed)?)
}

/// The post's records in this book around the window, but those taken back.
async fn standing(house: &House, asked: Asked<'_>, subject: &str) -> Result<Vec<Record>> {
    let names = &house.names;
    let mut tx = house.read().await?;
    let field = format!("{}.{}", asked.register.id, asked.recurs.by);
    let (Some(register), Some(field), Some(subject)) = (
        names.find(&mut tx, Space::Register, &asked.register.id).await?,
        names.find(&mut tx, Space::Field, &field).await?,
        names.find(&mut tx, Space::Word, subject).await?,
    ) else {
        return Ok(Vec::new());
    };
    // What was put off stands under its new day, at most a year on.
    let year = 366.days();
    let around = (asked.within.from.saturating_sub(year), asked.within.to.saturating_add(year));
    store::of_subject(&mut tx, names, register, field, subject, asked.unit, around).await
}

/// The day to which a record was put off from this one.
fn put_off(register: &Register, record: &Record, planned: &str, from: Day) -> Option<Day> {
    let keeps = register.steps.iter().filter_map(|step| step.keeps.as_ref());
    let mut moved = keeps.flat_map(|keeps| {
        let old = keeps.was.iter().filter(|(_, ours)| *ours == planned).map(|(to, _)| to);
        old.flat_map(|old| record.document.rows(&keeps.rows).iter().filter_map(|row| day_of(row.fields.get(old)?)))
    });
    moved.any(|day| day == from).then(|| record.document.day(planned)).flatten()
}

fn notice(recurs: &Recurs, document: &Document) -> Option<Notice> {
    let running = document.clocks.iter().find(|running| Some(&running.clock) == recurs.notice.as_ref())?;
    let derived: calendar::Due = serde_json::from_value(running.derivation.clone()).ok()?;
    Some(Notice { due: running.due, basis: derived.basis })
}

/// The duties of the post that records of this register are evidence for, with what is planned and done of each turn.
fn owed<'p>(
    snapshot: &'p Snapshot,
    asked: Asked<'_>,
    subject: &str,
    days: &[Planned],
    standing: &[Record],
) -> Vec<Owed<'p>> {
    let Some((unit, post)) = subject.split_once(':') else { return Vec::new() };
    let unit: Option<i64> = unit.parse().ok();
    let level = unit.and_then(|unit| pack::facts::Ground::level(snapshot, unit, asked.within.from));
    let all = snapshot.pack.duties.values().flatten();
    let bound = all.filter(|duty| {
        duty.posts.iter().any(|one| one == post)
            && (duty.levels.is_empty() || level.as_ref().is_some_and(|level| duty.levels.contains(level)))
    });
    let owed = bound.filter_map(|duty| {
        let AnyFigure::Counted(register, figure) = snapshot.pack.figure(&duty.figure)? else { return None };
        if register.id != asked.register.id || figure.subject.as_ref() != Some(&asked.recurs.by) {
            return None;
        }
        let fresh = days.iter().filter(|day| matches!(day.found, Found::New { .. })).map(|day| day.on);
        let counted: Vec<Day> =
            fresh.chain(standing.iter().filter_map(|record| counts(register, figure, record))).collect();
        let turns = duty.turns(asked.within).into_iter().map(|turn| {
            let count = counted.iter().filter(|day| turn.contains(**day)).count();
            (turn, u32::try_from(count).unwrap_or(u32::MAX))
        });
        let turns: Vec<(Window, u32)> = turns.collect();
        (!turns.is_empty()).then_some(Owed { duty, turns })
    });
    owed.collect()
}

/// The day on which a record counts for a figure, or still may: the step that it waits for can be taken.
fn counts(register: &Register, figure: &Figure, record: &Record) -> Option<Day> {
    let Some(step) = figure.day.as_deref().and_then(|day| day.strip_prefix("step:")) else { return Some(record.day) };
    if let Some(taken) = record.document.taken(step) {
        return Some(taken.on);
    }
    let open = register.step(step)?.from.iter().any(|from| Some(from) == record.state.as_ref());
    open.then_some(record.day)
}
