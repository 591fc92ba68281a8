//! What heads owe in person, and what came of it: each turn of each duty done, due or missed. What a deputy did stands apart.

use std::{borrow::Cow, collections::HashMap, pin::Pin};

use calendar::Window;
use db::{Result, Space, Tx};
use kernel::{Day, Id, Lang};
use ledger::Done;
use pack::duty::Duty;
use people::{Holder, Posts};
use records::{House, Snapshot};
use units::Unit;
use web::{Desk, Trouble};

/// The post of a head, as it stood within a window.
#[derive(Clone, Debug)]
pub struct Chair {
    pub unit: Unit,
    pub post: String,
    /// Who held it, in order of time; none for a vacant post.
    pub holders: Vec<Holder>,
}

/// One duty of a post within a window.
#[derive(Clone, Debug)]
pub struct Owed<'p> {
    pub duty: Cow<'p, Duty>,
    pub turns: Vec<Turn>,
    /// What a deputy did instead.
    pub delegated: Vec<(Id, Day)>,
    /// Where what was done opens, if that is no record; empty where this reader may not open it.
    pub href: Option<fn(Id) -> String>,
}

/// What rooms above know of heads' duties: for each of the chairs, in order, what it owes besides within a window.
pub type DutyPart = for<'a> fn(&'a Desk, &'a [Chair], Window) -> Besides<'a>;
type Besides<'a> = Pin<Box<dyn Future<Output = std::result::Result<Vec<Vec<Owed<'static>>>, Trouble>> + Send + 'a>>;

/// Laid in at the start.
pub struct DutyParts(pub Vec<DutyPart>);

/// One month, year, week of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub window: Window,
    pub done: Vec<(Id, Day)>,
    pub state: TurnState,
    /// The last day on which it may be done: the window's, unless the rule leaves time behind it.
    pub due: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnState {
    Done,
    Missed,
    /// It runs, and is not done yet.
    Due,
    /// It has not begun.
    Ahead,
    /// Nobody held the post: named, not counted.
    Vacant,
}

impl Owed<'_> {
    pub fn count(&self, state: TurnState) -> usize {
        self.turns.iter().filter(|turn| turn.state == state).count()
    }

    /// Turns that count: someone held the post.
    pub fn whole(&self) -> usize {
        self.turns.len() - self.count(TurnState::Vacant)
    }
}

/// What a list of heads says in one line: turns done, owed and missed of the duties that go by one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told<'o> {
    pub(crate) label: &'o str,
    pub(crate) done: usize,
    pub(crate) whole: usize,
    pub(crate) missed: usize,
}

/// The lines of one head: a report of each quarter and of the year are one. What no turn of the window asks for is left out.
pub(crate) fn lines<'o>(owed: &'o [Owed<'_>], lang: Lang) -> Vec<Told<'o>> {
    let mut lines: Vec<Told<'o>> = Vec::new();
    for one in owed.iter().filter(|one| one.whole() > 0) {
        let label = one.duty.label.in_lang(lang);
        let (done, missed) = (one.count(TurnState::Done), one.count(TurnState::Missed));
        if let Some(line) = lines.iter_mut().find(|line| line.label == label) {
            (line.done, line.whole, line.missed) = (line.done + done, line.whole + one.whole(), line.missed + missed);
        } else {
            lines.push(Told { label, done, whole: one.whole(), missed });
        }
    }
    lines
}

/// The posts of head of a place's own bodies that stood within a window.
pub fn chairs(snapshot: &Snapshot, posts: &Posts, place: Unit, window: Window) -> Vec<Chair> {
    let tree = &snapshot.tree;
    let at = tree.at(tree.last_day(place, (window.from, window.to)));
    let mut bodies = at.bodies(place);
    bodies.sort_unstable();
    let stood = posts.heads_in(tree, (window.from, window.to), &bodies);
    stood
        .into_iter()
        .map(|(unit, post, _)| {
            let within = |holder: &&Holder| holder.from <= window.to && holder.to.is_none_or(|end| window.from < end);
            let mine = posts.all().iter().filter(|holder| holder.unit == unit && holder.post == post);
            Chair { unit, holders: mine.filter(within).cloned().collect(), post }
        })
        .collect()
}

/// What each of these posts owes within a window, and what came of it by today.
pub async fn owed<'p>(
    tx: &mut Tx,
    house: &House,
    snapshot: &'p Snapshot,
    chairs: &[Chair],
    window: Window,
    today: Day,
) -> Result<Vec<Vec<Owed<'p>>>> {
    let duties: Vec<&Duty> = snapshot.pack.duties.values().flatten().collect();
    let mut figures: HashMap<&str, i64> = HashMap::new();
    let mut names: Vec<&str> = duties.iter().map(|duty| duty.figure.as_str()).collect();
    names.extend(duties.iter().filter_map(|duty| duty.delegated.as_deref()));
    for name in names {
        if let Some(key) = snapshot.figure_key(name)
            && let Some(id) = house.names.find(tx, Space::Figure, &key).await?
        {
            figures.insert(name, id);
        }
    }
    let mut subjects: Vec<Option<i64>> = Vec::with_capacity(chairs.len());
    for chair in chairs {
        subjects.push(house.names.find(tx, Space::Subject, &format!("{}:{}", chair.unit.0, chair.post)).await?);
    }
    let known: Vec<i64> = subjects.iter().flatten().copied().collect();
    let ids: Vec<i64> = figures.values().copied().collect();
    // A week that ends within the window may begin before it.
    let from = duties.iter().map(|duty| duty.every.around(window.from).from).min().unwrap_or(window.from);
    let done = if known.is_empty() || ids.is_empty() {
        Vec::new()
    } else {
        ledger::done_by(tx, &known, &ids, (from, window.to)).await?
    };
    let mut by: HashMap<(i64, i64), Vec<&Done>> = HashMap::new();
    for one in &done {
        by.entry((one.subject, one.figure)).or_default().push(one);
    }
    let of = |subject: Option<i64>, figure: &str| {
        let key = subject.zip(figures.get(figure).copied());
        key.and_then(|key| by.get(&key)).map_or(&[][..], Vec::as_slice)
    };
    Ok(chairs
        .iter()
        .zip(&subjects)
        .map(|(chair, subject)| {
            let bound = duties.iter().filter(|duty| binds(snapshot, duty, chair, window));
            bound
                .map(|duty| {
                    let turn = |turn: &Window| state(*turn, duty, of(*subject, &duty.figure), &chair.holders, today);
                    let delegated = duty.delegated.as_deref().map_or(&[][..], |figure| of(*subject, figure));
                    Owed {
                        duty: Cow::Borrowed(*duty),
                        href: None,
                        turns: duty.turns(window).iter().map(turn).collect(),
                        delegated: delegated
                            .iter()
                            .filter(|one| window.contains(one.day))
                            .map(|one| (Id(one.record), one.day))
                            .collect(),
                    }
                })
                .filter(|owed| !owed.turns.is_empty())
                .collect()
        })
        .collect())
}

/// Whether a duty is this post's, at the level of its place.
fn binds(snapshot: &Snapshot, duty: &Duty, chair: &Chair, window: Window) -> bool {
    let tree = &snapshot.tree;
    let at = tree.at(tree.last_day(chair.unit.ground(), (window.from, window.to)));
    let place = at.place(chair.unit).unwrap_or_else(|| chair.unit.ground());
    let level = at.level(place).map(|level| tree.kinds().level_def(level).id.as_str());
    duty.posts.contains(&chair.post)
        && (duty.levels.is_empty() || level.is_some_and(|level| duty.levels.iter().any(|one| one == level)))
}

fn state(turn: Window, duty: &Duty, all: &[&Done], holders: &[Holder], today: Day) -> Turn {
    let done: Vec<(Id, Day)> =
        all.iter().filter(|one| turn.contains(one.day)).map(|one| (Id(one.record), one.day)).collect();
    let count: i64 = all.iter().filter(|one| turn.contains(one.day)).map(|one| one.amount).sum();
    let held = holders.iter().any(|one| one.from <= turn.to && one.to.is_none_or(|end| turn.from < end));
    let state = if count >= i64::from(duty.times) {
        TurnState::Done
    } else if !held {
        TurnState::Vacant
    } else if turn.to < today {
        TurnState::Missed
    } else if turn.from <= today {
        TurnState::Due
    } else {
        TurnState::Ahead
    };
    Turn { window: turn, done, state, due: turn.to }
}
