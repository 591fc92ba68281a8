//! What must be sent, signed and kept, and by when: one's own, and that of those below with who is late, in words to send on.

use std::borrow::Cow;

use calendar::{Kind, Period, Window};
use figures::{Chair, Owed as HeadOwed, Turn, TurnState};
use futures::future::BoxFuture;
use kernel::{Day, Id, Lang, Refusal, show_day};
use pack::duty::{Duty, Every};
use papers::{Appointment, ics};
use units::Unit;
use web::{
    Answer, Desk, Due, Fields, Group, Head, Inputs, Markup, Page, Row, Table, Target, Tone, Trouble, Width, day,
    download, due, empty, html, icon, panel, t, table, tag,
};

use super::{Office, READ, WRITE, href, titled, without_level};
use crate::{
    Owed, Timeliness, owed,
    yearly::{self, Kept},
};

/// Places below that are looked at.
const BELOW: usize = 400;
/// Days back and ahead that the page of today looks, and the lines it shows.
const PAST: i64 = 60;
const AHEAD: i64 = 30;
const TODAY: usize = 8;

pub(crate) async fn page(desk: Desk) -> Answer {
    let (office, lang) = (Office::of(&desk), desk.lang);
    let seat = Unit(desk.seat()?.unit);
    let year = year(&desk)?;
    let tree = &office.snapshot.tree;
    let place = match desk.query().maybe("unit") {
        Some(text) => tree.find(text, Period::year(year).window().to)?.ground(),
        None => tree.at(desk.today).place(seat).unwrap_or_else(|| seat.ground()),
    };
    desk.sees(READ, &Target::unit(place.0))?;
    let end = tree.last_day(place, (Period::year(year).window().from, Period::year(year).window().to));
    let at = tree.at(end);
    let below: Vec<Unit> = at.children(place).into_iter().take(BELOW).collect();
    let mut tx = office.house.read().await?;
    let own = owed::owed(&mut tx, office.source(), &[place], year, desk.today).await?;
    let theirs = owed::owed(&mut tx, office.source(), &below, year, desk.today).await?;
    let all: Vec<Unit> = std::iter::once(place).chain(below.iter().copied()).collect();
    let yearly = yearly::kept(&mut tx, office.source(), (place, &all), year, desk.today).await?;
    drop(tx);
    let (own_yearly, theirs_yearly): (Vec<_>, Vec<_>) = yearly.into_iter().partition(|one| one.unit == place);

    let values: Fields = [("period", year.to_string()), ("unit", at.code(place))].into_iter().collect();
    let errors = web::Errors::none();
    let inputs = Inputs { lang, values: &values, errors: &errors };
    let controls = html! {
        (inputs.text(&web::Ask::new("unit", t!(lang, "reports.unit")).width(Width::Middle)))
        (inputs.text(&web::Ask::new("period", t!(lang, "reports.owed_year")).width(Width::Short)))
    };
    let above = web::filters(lang, "/reports/owed", &controls, &[], None);
    let main = html! {
        @if own.is_empty() && theirs.is_empty() {
            (empty("calendar-days", &t!(lang, "reports.owed_none"), &html! { (t!(lang, "reports.owed_none_why")) }, &html! {}))
        }
        @if !own.is_empty() || !own_yearly.is_empty() {
            p.s { a href=(values.href("/reports/owed/calendar")) { (icon("calendar-days")) " " (t!(lang, "reports.owed_calendar")) } }
        }
        @if !own_yearly.is_empty() { (panel("h-yearly", &t!(lang, "reports.yearly"), None, &yearly_of(&desk, &office, &own_yearly))) }
        @if !own.is_empty() { (panel("h-own", &t!(lang, "reports.owed_own"), None, &mine(&desk, &office, &own))) }
        @if !theirs_yearly.is_empty() { (panel("h-yearly-below", &t!(lang, "reports.yearly_below"), None, &yearly_below(lang, &office, &theirs_yearly))) }
        @if !theirs.is_empty() { (panel("h-below", &t!(lang, "reports.owed_below"), None, &below_of(&desk, &office, &theirs))) }
    };
    let page = Page::new(t!(lang, "reports.owed_title"))
        .crumb(t!(lang, "reports.title"), "/reports")
        .here(t!(lang, "reports.owed_title"))
        .lead(html! { p.soft { (at.title(place)) " · " (year) } })
        .above(above)
        .main(main)
        .at("/reports");
    desk.show(page).await
}

/// What one's own bodies keep this year, with the record that tells of it or the way to write one down.
fn yearly_of(desk: &Desk, office: &Office, own: &[Kept<'_>]) -> Markup {
    let lang = desk.lang;
    let row = |kept: &Kept<'_>| {
        let book = kept.register(&office.snapshot.pack).map(records::pages::list_href);
        let body = office.snapshot.tree.at(kept.window.to).title(kept.body);
        Row::new(vec![
            html! {
                (kept.yearly.label.in_lang(lang)) br; span.soft.s { (body) }
                details.s { summary { (t!(lang, "web.why_this_day")) } p { (kept.yearly.basis) @if kept.yearly.uncertain { " " (tag(Tone::Warn, &t!(lang, "reports.yearly_uncertain"))) } } }
            },
            html! {
                (show_day(kept.window.from)) "–" (day(kept.window.to)) " "
                @if matches!(kept.timeliness, Timeliness::Open | Timeliness::Missing) { (due(lang, left(desk, office, kept.window.to), false)) }
            },
            html! {
                (kept_tag(lang, kept.timeliness))
                @if let Some((record, on)) = kept.done { br; a.s href=(records::pages::href(record)) { (show_day(on)) } }
                @else if let Some(book) = book { br; a.s href=(format!("{book}/new")) { (t!(lang, "reports.yearly_write")) } }
            },
        ])
    };
    let sheet = Table {
        caption: t!(lang, "reports.yearly"),
        heads: vec![
            Head::new(t!(lang, "reports.yearly_what")).main(),
            Head::new(t!(lang, "reports.yearly_days")).main(),
            Head::new(t!(lang, "reports.state")),
        ],
        groups: vec![Group { label: String::new(), rows: own.iter().map(row).collect() }],
        ..Table::default()
    };
    table(lang, &sheet)
}

fn kept_tag(lang: Lang, timeliness: Timeliness) -> Markup {
    let (tone, key) = match timeliness {
        Timeliness::InTime => (Tone::Ok, "reports.yearly_in_time"),
        Timeliness::Late => (Tone::Warn, "reports.yearly_late"),
        Timeliness::Open => (Tone::Info, "reports.yearly_open"),
        Timeliness::Missing => (Tone::Bad, "reports.yearly_missing"),
        Timeliness::Running => (Tone::Plain, "reports.yearly_ahead"),
    };
    tag(tone, &web::words(lang, key, &[]))
}

/// One line for each thing to keep: how many kept it, how many in time, and who did not, in words to send on.
fn yearly_below(lang: Lang, office: &Office, all: &[Kept<'_>]) -> Markup {
    let mut ids: Vec<&str> = all.iter().map(|one| one.yearly.id.as_str()).collect();
    ids.dedup();
    let rows = ids.into_iter().map(|id| {
        let group: Vec<&Kept<'_>> = all.iter().filter(|one| one.yearly.id == id).collect();
        let count = |wanted: Timeliness| group.iter().filter(|one| one.timeliness == wanted).count();
        let waits = |one: &&&Kept<'_>| matches!(one.timeliness, Timeliness::Open | Timeliness::Missing);
        let open: Vec<&&Kept<'_>> = group.iter().filter(waits).collect();
        let names: Vec<String> = open.iter().map(|one| office.snapshot.tree.at(one.window.to).name(one.body)).collect();
        let names = names.join(", ");
        let (label, by) = (group[0].yearly.label.in_lang(Lang::Vi), show_day(group[0].window.to));
        let text = t!(Lang::Vi, "reports.yearly_urge", units = &names, what = label, day = by);
        Row::new(vec![
            html! {
                (group[0].yearly.label.in_lang(lang))
                @if !open.is_empty() {
                    details.s {
                        summary { (t!(lang, "reports.yearly_who", count = open.len())) }
                        p { (names) }
                        label.vh for=(format!("urge-{id}")) { (t!(lang, "reports.owed_text")) }
                        textarea id=(format!("urge-{id}")) readonly rows="3" data-copy=(t!(lang, "reports.owed_copy")) { (text) }
                    }
                }
            },
            html! { (group.len()) },
            html! { (count(Timeliness::InTime)) },
            html! { (count(Timeliness::Late)) },
            html! { (open.len()) },
        ])
    });
    let number = |label: String| Head::new(&label).number().card_label(label);
    let sheet = Table {
        caption: t!(lang, "reports.yearly_below"),
        heads: vec![
            Head::new(t!(lang, "reports.yearly_what")).main(),
            number(t!(lang, "reports.owed_units")),
            number(t!(lang, "reports.owed_count_in_time")),
            number(t!(lang, "reports.owed_count_late")),
            number(t!(lang, "reports.yearly_count_open")),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    table(lang, &sheet)
}

/// What is still to be sent and kept in a year, each on its last day.
pub(crate) async fn calendar(desk: Desk) -> Answer {
    let (office, lang) = (Office::of(&desk), desk.lang);
    let seat = Unit(desk.seat()?.unit);
    let year = year(&desk)?;
    let tree = &office.snapshot.tree;
    let place = match desk.query().maybe("unit") {
        Some(text) => tree.find(text, Period::year(year).window().to)?.ground(),
        None => tree.at(desk.today).place(seat).unwrap_or_else(|| seat.ground()),
    };
    desk.sees(READ, &Target::unit(place.0))?;
    let mut tx = office.house.read().await?;
    let reports = owed::owed(&mut tx, office.source(), &[place], year, desk.today).await?;
    let yearly = yearly::kept(&mut tx, office.source(), (place, &[place]), year, desk.today).await?;
    drop(tx);
    let at = tree.at(Period::year(year).window().to);
    let code = at.code(place);
    let waits = |timeliness| !matches!(timeliness, Timeliness::InTime | Timeliness::Late);
    let mut days: Vec<Appointment> = Vec::new();
    for one in reports.iter().filter(|one| waits(one.timeliness)) {
        let Some(derived) = &one.due else { continue };
        days.push(Appointment {
            uid: format!("{code}-{}-{}@danvan", one.outline.head.id, one.period),
            day: derived.due,
            title: title(lang, one),
            text: format!("{}. {}", at.title(one.body), derived.sentence(lang)),
            href: None,
        });
    }
    for one in yearly.iter().filter(|one| waits(one.timeliness)) {
        days.push(Appointment {
            uid: format!("{code}-{}-{year}@danvan", one.yearly.id),
            day: one.window.to,
            title: one.yearly.label.in_lang(lang).to_owned(),
            text: format!("{}. {}", at.title(one.body), one.yearly.basis),
            href: None,
        });
    }
    days.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
    let name = t!(lang, "reports.owed_calendar_name", unit = at.title(place));
    download("bao-cao-phai-gui.ics", "text/calendar; charset=utf-8", ics(&name, desk.now, &days).into_bytes())
}

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
                    let to = one.report.as_ref().map_or_else(|| begin.href("/reports/new"), |report| href(report.id));
                    lines.push((by, html! { a href=(to) { (title(lang, &one)) } }));
                }
            }
            for one in yearly::kept(&mut tx, office.source(), (place, &[place]), year, desk.today).await? {
                let near = waits(one.timeliness) || one.timeliness == Timeliness::Running;
                if mine(one.body) && near && soon(one.window.to) {
                    let book = one.register(&office.snapshot.pack).map(records::pages::list_href).unwrap_or_default();
                    lines.push((
                        one.window.to,
                        html! { a href=(format!("{book}/new")) { (one.yearly.label.in_lang(lang)) } },
                    ));
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

fn nowhere(_: Id) -> String {
    String::new()
}

fn year(desk: &Desk) -> Result<i16, Refusal> {
    match desk.query().maybe("period") {
        None => Ok(desk.today.year()),
        Some(text) => {
            let period: Period = text.parse().map_err(|refusal: Refusal| refusal.at("period"))?;
            Ok(period.window().to.year())
        }
    }
}

fn title(lang: Lang, owed: &Owed<'_>) -> String {
    let name = without_level(owed.outline.head.label.in_lang(lang));
    titled(name, owed.period.label().in_lang(lang))
}

fn timeliness(lang: Lang, timeliness: Timeliness) -> Markup {
    let (tone, key) = match timeliness {
        Timeliness::InTime => (Tone::Ok, "reports.owed_in_time"),
        Timeliness::Late => (Tone::Warn, "reports.owed_late"),
        Timeliness::Open => (Tone::Info, "reports.owed_open"),
        Timeliness::Missing => (Tone::Bad, "reports.owed_missing"),
        Timeliness::Running => (Tone::Plain, "reports.owed_running"),
    };
    tag(tone, &web::words(lang, key, &[]))
}

fn mine(desk: &Desk, office: &Office, own: &[Owed<'_>]) -> Markup {
    let lang = desk.lang;
    let row = |owed: &Owed<'_>| {
        let begin: Fields =
            [("outline", owed.outline.head.report.clone()), ("period", owed.period.to_string())].into_iter().collect();
        Row::new(vec![
            html! {
                @if let Some(report) = &owed.report { a href=(href(report.id)) { (title(lang, owed)) } } @else { (title(lang, owed)) }
                br; span.soft.s { (t!(lang, "reports.window", from = show_day(owed.window.from), to = show_day(owed.window.to))) }
            },
            html! {
                @if let Some(derived) = &owed.due {
                    (day(derived.due)) " "
                    @if matches!(owed.timeliness, Timeliness::Open | Timeliness::Missing) { (due(lang, left(desk, office, derived.due), false)) }
                    details.s { summary { (t!(lang, "web.why_this_day")) } p { (derived.sentence(lang)) } }
                } @else { span.soft { (t!(lang, "reports.owed_no_day")) } }
            },
            html! {
                (timeliness(lang, owed.timeliness))
                @if let Some(sent) = owed.sent { br; span.soft.s { (show_day(sent)) } }
                @else if owed.report.is_none() && desk.can(WRITE, &Target::unit(owed.body.0)) { br; a.s href=(begin.href("/reports/new")) { (t!(lang, "reports.begin")) } }
            },
        ])
    };
    let sheet = Table {
        caption: t!(lang, "reports.owed_own"),
        heads: vec![
            Head::new(t!(lang, "reports.report")).main(),
            Head::new(t!(lang, "reports.owed_due")).main(),
            Head::new(t!(lang, "reports.state")),
        ],
        groups: vec![Group { label: String::new(), rows: own.iter().map(row).collect() }],
        ..Table::default()
    };
    table(lang, &sheet)
}

fn left(desk: &Desk, office: &Office, due: Day) -> Due {
    let left = office.snapshot.pack.holidays.working_days_between(desk.today, due);
    Due::Left(if due < desk.today { left.min(-1) } else { left })
}

/// One line for each report and period: how many sent it, how many in time, and who did not.
fn below_of(desk: &Desk, office: &Office, all: &[Owed<'_>]) -> Markup {
    let lang = desk.lang;
    let mut groups: Vec<Vec<&Owed<'_>>> = Vec::new();
    for one in all {
        match groups
            .iter_mut()
            .find(|group| group[0].outline.head.report == one.outline.head.report && group[0].period == one.period)
        {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group[0].window.to));
    let rows = groups.iter().map(|group| {
        let count = |wanted: &[Timeliness]| group.iter().filter(|one| wanted.contains(&one.timeliness)).count();
        let (in_time, late) = (count(&[Timeliness::InTime]), count(&[Timeliness::Late]));
        let open: Vec<&&Owed<'_>> =
            group.iter().filter(|one| matches!(one.timeliness, Timeliness::Open | Timeliness::Missing)).collect();
        Row::new(vec![
            html! {
                (title(lang, group[0]))
                @if !open.is_empty() {
                    details.s {
                        summary { (t!(lang, "reports.owed_who", count = open.len())) }
                        (urging(desk, office, &open))
                    }
                }
            },
            html! { (group.len()) },
            html! { (in_time) },
            html! { (late) },
            html! { (open.len()) },
        ])
    });
    let number = |label: String| Head::new(&label).number().card_label(label);
    let sheet = Table {
        caption: t!(lang, "reports.owed_below"),
        heads: vec![
            Head::new(t!(lang, "reports.report")).main(),
            number(t!(lang, "reports.owed_units")),
            number(t!(lang, "reports.owed_count_in_time")),
            number(t!(lang, "reports.owed_count_late")),
            number(t!(lang, "reports.owed_count_open")),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    table(lang, &sheet)
}

/// Those who have not sent it, and a text to send them.
fn urging(desk: &Desk, office: &Office, open: &[&&Owed<'_>]) -> Markup {
    let lang = desk.lang;
    let names: Vec<String> = open.iter().map(|one| office.snapshot.tree.at(one.window.to).name(one.unit)).collect();
    let by = open.iter().filter_map(|one| one.due.as_ref()).map(|due| show_day(due.due)).next();
    let names = names.join(", ");
    let report = title(Lang::Vi, open[0]);
    let text = match by {
        Some(day) => t!(Lang::Vi, "reports.owed_urge", units = &names, report = &report, day = day),
        None => t!(Lang::Vi, "reports.owed_urge_undated", units = &names, report = &report),
    };
    let id = format!("urge-{}-{}", open[0].outline.head.id, open[0].period);
    html! {
        p { (names) }
        label.vh for=(id) { (t!(lang, "reports.owed_text")) }
        textarea id=(id) readonly rows="3" data-copy=(t!(lang, "reports.owed_copy")) { (text) }
    }
}
