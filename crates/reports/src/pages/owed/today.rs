//! Reports to send and to sign, for the page of today and among a head's duties.

use std::borrow::Cow;

use calendar::{Kind, Window};
use figures::{Chair, Owed as HeadOwed, Turn, TurnState};
use futures::future::BoxFuture;
use kernel::{Day, Id, Lang};
use pack::duty::{Duty, Every};
use units::Unit;
use web::{Desk, Fields, Markup, Target, Trouble, day, due, html, panel, t};

use super::{Office, READ, WRITE, href, left, title, without_level};
use crate::{Owed, Timeliness, owed, yearly};

/// Days back and ahead that are looked at, and the lines shown.
const PAST: i64 = 60;
const AHEAD: i64 = 30;
const TODAY: usize = 8;

/// On the page of today: what this seat's body must send or keep within a month, and what it is late with.
pub fn today(desk: &Desk) -> BoxFuture<'_, Result<Option<Markup>, Trouble>> {
    Box::pin(async move {
        let (office, lang) = (Office::of(desk), desk.lang);
        let Ok(seat) = desk.seat() else { return Ok(None) };
        let seat = Unit(seat.unit);
        let place = office.snapshot.tree.at(desk.today).place(seat).unwrap_or_else(|| seat.ground());
        let soon = |due: Day| {
            let days = kernel::day_number(due) - kernel::day_number(desk.today);
            (-PAST..=AHEAD).contains(&days)
        };
        let waits = |timeliness| matches!(timeliness, Timeliness::Open | Timeliness::Missing);
        // A seat at a place writes for all bodies there.
        let mine = |body: Unit| body == seat || seat.slot() == 0 && body.ground() == seat;
        let mut lines: Vec<(Day, Markup)> = Vec::new();
        let mut tx = office.house.read().await?;
        // What was due in winter is of the year before.
        for year in [desk.today.year() - 1, desk.today.year()] {
            for one in owed::owed(&mut tx, office.source(), &[place], year, desk.today).await? {
                let Some(by) = one.due.as_ref().map(|derived| derived.due) else { continue };
                if mine(one.body) && waits(one.timeliness) && soon(by) {
                    let begin: Fields =
                        [("outline", one.outline.head.report.clone()), ("period", one.period.to_string())]
                            .into_iter()
                            .collect();
                    let begins = desk.can(WRITE, &Target::unit(one.body.0)).then(|| begin.href("/reports/new"));
                    let to = one.report.as_ref().map(|report| href(report.id)).or(begins);
                    lines.push((by, linked(to, &title(lang, &one))));
                }
            }
            for one in yearly::kept(&mut tx, office.source(), (place, &[place]), year, desk.today).await? {
                let near = waits(one.timeliness) || one.timeliness == Timeliness::Running;
                if mine(one.body) && near && soon(one.window.to) {
                    let new = super::own::new_href(desk, &office, &one);
                    lines.push((one.window.to, linked(new, one.yearly.label.in_lang(lang))));
                }
            }
        }
        drop(tx);
        lines.sort_by_key(|(by, _)| *by);
        let inside = html! {
            ul.list {
                @for (by, what) in lines.iter().take(TODAY) { li { (what) br; span.s { (day(*by)) " " (due(lang, left(desk, &office, *by), false)) } } }
            }
            p.pad.s { a href="/reports/owed" { (t!(lang, "reports.owed_title")) } }
        };
        Ok((!lines.is_empty()).then(|| panel("h-owed", &t!(lang, "reports.owed_today"), None, &inside)))
    })
}

/// What heads have to sign: the reports that their bodies owe for periods that end within a window, by report and turn.
pub fn sign<'a>(
    desk: &'a Desk,
    chairs: &'a [Chair],
    window: Window,
) -> BoxFuture<'a, Result<Vec<Vec<HeadOwed<'static>>>, Trouble>> {
    Box::pin(async move {
        let office = Office::of(desk);
        let mut places: Vec<Unit> = chairs.iter().map(|chair| chair.unit.ground()).collect();
        places.sort_unstable();
        places.dedup();
        let mut tx = office.house.read().await?;
        let mut all: Vec<Owed<'_>> = Vec::new();
        for year in window.from.year()..=window.to.year() {
            all.extend(owed::owed(&mut tx, office.source(), &places, year, desk.today).await?);
        }
        drop(tx);
        all.retain(|one| window.contains(one.window.to));
        let of = |chair: &Chair| {
            let mut groups: Vec<(Every, &str, Vec<&Owed<'_>>)> = Vec::new();
            for one in all.iter().filter(|one| one.body == chair.unit) {
                let (every, id) = (every(one.period.kind()), one.outline.head.id.as_str());
                match groups.iter_mut().find(|(known, name, _)| *known == every && *name == id) {
                    Some((.., group)) => group.push(one),
                    None => groups.push((every, id, vec![one])),
                }
            }
            let opens = desk.can(READ, &Target::unit(chair.unit.0));
            groups.into_iter().map(|(every, _, group)| signed(chair, every, &group, opens, desk.today)).collect()
        };
        Ok(chairs.iter().map(of).collect())
    })
}

fn every(kind: Kind) -> Every {
    match kind {
        Kind::Month => Every::Month,
        // Nine months are told at the third quarter's turn.
        Kind::Quarter | Kind::NineMonths => Every::Quarter,
        Kind::Half => Every::Half,
        Kind::Year | Kind::Span => Every::Year,
    }
}

/// One report of a head, turn by turn.
fn signed(chair: &Chair, every: Every, group: &[&Owed<'_>], opens: bool, today: Day) -> HeadOwed<'static> {
    let head = &group[0].outline.head;
    let turn = |one: &&Owed<'_>| {
        let until = one.due.as_ref().map_or(one.window.to, |derived| derived.due);
        let held = chair
            .holders
            .iter()
            .any(|holder| holder.from <= until && holder.to.is_none_or(|end| one.window.from < end));
        let state = match one.timeliness {
            Timeliness::InTime | Timeliness::Late => TurnState::Done,
            _ if !held => TurnState::Vacant,
            Timeliness::Missing => TurnState::Missed,
            Timeliness::Running if today < one.window.from => TurnState::Ahead,
            Timeliness::Running | Timeliness::Open => TurnState::Due,
        };
        let done = one.report.as_ref().zip(one.sent).map(|(report, sent)| (report.id, sent));
        Turn { window: one.window, done: done.into_iter().collect(), state, due: until }
    };
    let derived = group.iter().find_map(|one| one.due.as_ref());
    let duty = Duty {
        id: format!("report_{}_{}", head.id.replace('-', "_"), every.name()),
        label: kernel::Label {
            vi: t!(Lang::Vi, "reports.sign", report = without_level(head.label.in_lang(Lang::Vi))),
            en: Some(t!(Lang::En, "reports.sign", report = without_level(head.label.in_lang(Lang::En)))),
        },
        posts: vec![chair.post.clone()],
        levels: Vec::new(),
        every,
        times: 1,
        figure: String::new(),
        delegated: None,
        basis: derived.map(|derived| derived.basis.clone()).unwrap_or_default(),
        uncertain: derived.is_some_and(|derived| !derived.certain),
        valid_from: None,
        valid_to: None,
        drop: false,
    };
    let to: fn(Id) -> String = if opens { href } else { nowhere };
    HeadOwed { duty: Cow::Owned(duty), turns: group.iter().map(turn).collect(), delegated: Vec::new(), href: Some(to) }
}

/// A line that leads on for whoever may go there.
fn linked(to: Option<String>, label: &str) -> Markup {
    html! { @if let Some(to) = to { a href=(to) { (label) } } @else { (label) } }
}

fn nowhere(_: Id) -> String {
    String::new()
}
