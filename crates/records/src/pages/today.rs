//! Today: what waits for this seat, the most urgent first, and what moved lately.

use std::collections::HashMap;

use futures::future::BoxFuture;
use kernel::Day;
use pack::register::Register;
use web::{
    Answer, Desk, Due, Fields, Group, Head, Markup, Page, Row, Table, Tally, Target, Tone, Trouble, Weekday, day, due,
    empty, html, icon, link_button, panel, short_day, t, table, tallies,
};

use super::{Office, READ, WRITE, happened, href, list_href, way};
use crate::{
    Record, behaviour,
    lists::{self, Waiting},
    store,
};

/// Rows of what waits; the lists hold the rest.
const ROWS: usize = 40;
/// Entries of the timeline that are looked through for what moved lately, and records that are shown of them.
const ENTRIES: i64 = 200;
const MOVED: usize = 8;
/// Registers in which a new entry is one step away.
const QUICK: usize = 8;

/// How urgent something is: its heading, its tone, its drawing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Urgency {
    Over,
    Now,
    Soon,
    Later,
}

impl Urgency {
    const EACH: [Urgency; 4] = [Urgency::Over, Urgency::Now, Urgency::Soon, Urgency::Later];

    fn of(left: Due) -> Self {
        match left {
            Due::Left(left) if left < 0 => Urgency::Over,
            Due::Left(0 | 1) => Urgency::Now,
            Due::Left(2..=5) => Urgency::Soon,
            _ => Urgency::Later,
        }
    }

    fn tally(self) -> (Tone, &'static str, &'static str) {
        match self {
            Urgency::Over => (Tone::Over, "octagon-x", "record.tally_over"),
            Urgency::Now => (Tone::Bad, "triangle-alert", "record.tally_now"),
            Urgency::Soon => (Tone::Warn, "hourglass", "record.tally_soon"),
            Urgency::Later => (Tone::Ok, "clock", "record.tally_later"),
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Urgency::Over => "record.over",
            Urgency::Now => "record.now",
            Urgency::Soon => "record.soon",
            Urgency::Later => "record.later_on",
        }
    }
}

/// A panel on this page: what waits in a room above, or nothing.
pub type TodayPart = for<'a> fn(&'a Desk) -> BoxFuture<'a, Result<Option<Markup>, Trouble>>;

/// The panels of rooms above, in order; laid in at the start.
pub struct TodayParts(pub Vec<TodayPart>);

pub(super) async fn today(desk: Desk) -> Answer {
    let office = Office::of(&desk)?;
    let (lang, pack) = (desk.lang, &office.snapshot.pack);
    let waiting = lists::due(&office.house, &office.scope, Day::MAX).await?;
    let urgency = |one: &Waiting| Urgency::of(office.left(one.due));
    let bounded = i64::try_from(waiting.len()).unwrap_or_default() > lists::BOUND;
    let count = |wanted: Urgency| waiting.iter().filter(|one| urgency(one) == wanted).count();
    let counts = Urgency::EACH.map(|urgency| {
        let (tone, icon, label) = urgency.tally();
        // Only the last of them can be cut off by the bound: the list is in order of urgency.
        let more = if bounded && urgency == Urgency::Later { "+" } else { "" };
        let count = kernel::number::grouped(i64::try_from(count(urgency)).unwrap_or_default());
        Tally {
            tone: if count == "0" { Tone::Plain } else { tone },
            icon,
            count: format!("{count}{more}"),
            label: web::words(lang, label, &[]),
            href: None,
        }
    });
    let first: Vec<&Waiting> = waiting.iter().take(ROWS).collect();
    let ids: Vec<i64> = first.iter().map(|one| one.id.0).collect();
    let mut tx = office.house.read().await?;
    let records = store::find_many(&mut tx, &office.house.names, &ids).await?;
    let mut parties = store::parties_of(&mut tx, &ids).await?;
    let moved = moved(&desk, &office, &mut tx).await?;
    drop(tx);
    let mut by_id: HashMap<i64, (&Record, Target)> = HashMap::new();
    for record in &records {
        let parties = parties.remove(&record.id.0).unwrap_or_default();
        let target = Target::unit(record.unit).register(&record.register).parties(parties);
        by_id.insert(record.id.0, (record, target));
    }
    let groups: Vec<Group> = Urgency::EACH
        .into_iter()
        .map(|wanted| Group {
            label: web::words(lang, wanted.heading(), &[]),
            rows: first
                .iter()
                .filter(|one| urgency(one) == wanted)
                .filter_map(|one| by_id.get(&one.id.0).map(|(record, target)| row(&desk, &office, one, record, target)))
                .collect(),
        })
        .filter(|group| !group.rows.is_empty())
        .collect();
    let sheet = Table {
        caption: t!(lang, "record.waiting"),
        heads: vec![
            Head::new(t!(lang, "record.due")),
            Head::new(t!(lang, "record.work")).main(),
            Head::new(t!(lang, "record.next_step")).soft().main(),
        ],
        groups,
        ..Table::default()
    };
    let total = i64::try_from(waiting.len()).unwrap_or_default().min(lists::BOUND);
    let told = lists::BOUND;
    let note = html! { (t!(lang, if bounded { "record.waiting_more" } else { "record.waiting_count" }, count = if bounded { told } else { total })) };
    let mut parts = Vec::new();
    for part in desk.app.laid::<TodayParts>().map(|parts| parts.0.as_slice()).unwrap_or_default() {
        parts.extend(part(&desk).await?);
    }
    let by = Office::by(&desk)?;
    let calls = behaviour::calls(&office.house, &office.snapshot, &by, &desk, pack.registers.values()).await?;
    parts.extend(calls.iter().map(|one| panel(&one.id, &one.title, None, &one.body)));
    let main = html! {
        @for part in &parts { (part) }
        @if waiting.is_empty() {
            (empty("circle-check", &t!(lang, "record.nothing_waits"), &html! { (t!(lang, "record.nothing_waits_why")) }, &link_button("/registers", None, &t!(lang, "record.books"))))
        } @else {
            section.panel aria-labelledby="h-waiting" {
                header { h2 id="h-waiting" { (t!(lang, "record.waiting")) } span.s.soft { (note) } }
                (table(lang, &sheet))
                p.pad.s.soft { (t!(lang, "record.shown_of", shown = first.len(), whole = total)) " " (t!(lang, "record.working_days_note")) }
            }
        }
        (by_register(&desk, &office, &waiting))
    };
    let used = nav_counts(&desk).await?;
    let side = html! {
        (quick(&desk, &office, &used))
        (super::calendar::offer(&desk, office.unit))
        @if !moved.is_empty() {
            section.panel aria-labelledby="h-moved" {
                h2 id="h-moved" { (t!(lang, "record.moved")) }
                ul.list {
                    @for (record, at) in &moved {
                        @let register = pack.register(&record.register);
                        li {
                            a href=(href(record.id)) { (record.title) }
                            br; span.soft.s { (register.map(|register| register.label.in_lang(lang)).unwrap_or_default()) " " (record.reference()) " · " (happened::moment(*at)) }
                        }
                    }
                }
            }
        }
    };
    let page = Page::new(t!(lang, "record.today"))
        .lead(html! { p.soft { (Weekday(desk.today).name(lang)) ", " (day(desk.today)) } })
        .above(tallies(&t!(lang, "record.tally"), &counts))
        .main(main)
        .side(side)
        .at("/");
    desk.show(page).await
}

fn row(desk: &Desk, office: &Office, one: &Waiting, record: &Record, target: &Target) -> Row {
    let (lang, pack) = (desk.lang, &office.snapshot.pack);
    let register = pack.register(&record.register);
    let next = register.and_then(|register| way::open_steps(office, register, record).steps.first().copied());
    let belongs = register.map(|register| register.label.in_lang(lang)).unwrap_or_default();
    Row::new(vec![
        html! { (short_day(one.due, desk.today.year())) " " (due(lang, office.left(one.due), false)) (office.alarms(record)) },
        html! {
            a href=(href(record.id)) { (record.title) }
            br;
            span.soft.s { (belongs) "\u{a0}" (record.reference()) @if record.unit != office.unit { ", " (office.unit_name(record.unit, record.day)) } }
        },
        html! {
            @if let Some(step) = next {
                @let label = step.label.in_lang(lang);
                @if Office::may_take(desk, record, target, step) { a href=(format!("{}/steps/{}", href(record.id), step.id)) { (label) } }
                @else { (label) }
            }
        },
    ])
}

/// How much of each register runs against a deadline.
fn by_register(desk: &Desk, office: &Office, waiting: &[Waiting]) -> Markup {
    let lang = desk.lang;
    let mut counts: Vec<(&Register, usize, usize)> = Vec::new();
    for one in waiting {
        let Some(register) = office.snapshot.pack.register(&one.register) else { continue };
        let over = usize::from(one.due < desk.today);
        match counts.iter_mut().find(|(known, ..)| known.id == register.id) {
            Some((_, all, late)) => {
                *all += 1;
                *late += over;
            }
            None => counts.push((register, 1, over)),
        }
    }
    if counts.is_empty() {
        return html! {};
    }
    let sheet = Table {
        caption: t!(lang, "record.by_book"),
        heads: vec![
            Head::new(t!(lang, "record.book")).main(),
            Head::new(t!(lang, "record.running")).number().card_label(t!(lang, "record.running")),
            Head::new(t!(lang, "record.over")).number().card_label(t!(lang, "record.over")),
        ],
        groups: vec![Group {
            label: String::new(),
            rows: counts
                .into_iter()
                .map(|(register, all, late)| {
                    let path = list_href(&register.id);
                    let overdue = Fields::from_iter([("view", "overdue"), ("sort", "due")]).href(&path);
                    Row::new(vec![
                        html! { a href=(Fields::from_iter([("sort", "due")]).href(&path)) { (register.label.in_lang(lang)) } },
                        html! { (all) },
                        html! { @if late > 0 { a href=(overdue) { (late) } } @else { "0" } },
                    ])
                })
                .collect(),
        }],
        ..Table::default()
    };
    panel("h-by-book", &t!(lang, "record.by_book"), None, &table(lang, &sheet))
}

/// The registers that this seat works in most, a step away; the others are behind one link.
fn quick(desk: &Desk, office: &Office, used: &[(String, i64)]) -> Markup {
    let lang = desk.lang;
    let pack = &office.snapshot.pack;
    let writes = |register: &&Register| desk.can(WRITE, &Target::unit(office.unit).register(&register.id));
    let open = |register: &Register| used.iter().find(|(id, _)| *id == register.id).map_or(0, |(_, count)| *count);
    let mut registers: Vec<&Register> = pack.registers.values().filter(writes).collect();
    if registers.is_empty() {
        return html! {};
    }
    let group =
        |register: &Register| pack.about.groups.iter().position(|group| Some(&group.id) == register.group.as_ref());
    registers.sort_by_key(|register| (-open(register), group(register), register.order));
    let inside = html! {
        ul.list {
            @for register in registers.into_iter().take(QUICK) {
                li { (icon(super::list::drawing(register))) " " a href=(format!("{}/new", list_href(&register.id))) { (register.label.in_lang(lang)) } }
            }
            li { a.s href="/registers" { (t!(lang, "record.all_books")) } }
        }
    };
    panel("h-quick", &t!(lang, "record.new_into"), None, &inside)
}

/// Records of this scope that were written to lately, with when.
async fn moved(desk: &Desk, office: &Office, tx: &mut db::Tx) -> Result<Vec<(Record, jiff::Timestamp)>, web::Trouble> {
    let entries = timeline::latest(tx, None, i64::MAX, ENTRIES).await?;
    let mut at: Vec<(i64, jiff::Timestamp)> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.about.kind == timeline::Kind::Record) {
        if !at.iter().any(|(id, _)| *id == entry.about.id) {
            at.push((entry.about.id, entry.at));
        }
    }
    let ids: Vec<i64> = at.iter().map(|(id, _)| *id).collect();
    let records = store::find_many(tx, &office.house.names, &ids).await?;
    let mut parties = store::parties_of(tx, &ids).await?;
    let mut moved = Vec::new();
    for (id, at) in at {
        let Some(record) = records.iter().find(|record| record.id.0 == id) else { continue };
        let parties = parties.remove(&id).unwrap_or_default();
        if desk.can(READ, &Target::unit(record.unit).register(&record.register).parties(parties)) {
            moved.push((record.clone(), at));
        }
        if moved.len() == MOVED {
            break;
        }
    }
    Ok(moved)
}

/// What the menu shows beside each register: how much is open. Nothing for wide scopes, where it would be counted on every page.
pub async fn nav_counts(desk: &Desk) -> db::Result<Vec<(String, i64)>> {
    match Office::of(desk) {
        Ok(office) => lists::open_counts(&office.house, &office.snapshot, &office.scope).await,
        Err(_) => Ok(Vec::new()),
    }
}
