//! The calendar of the office: a year's days with their standing, days entered or taken back, and first which deadlines that moves.

mod draft;

use std::{collections::BTreeSet, sync::Arc};

use axum::extract::Path;
use calendar::{Listed, Status, What};
use kernel::{Day, Id, Lang, Refused, number_day, show_day};
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, Flash, FormData, Group, Head, Inputs, Markup, Page, Row, Shape, Table,
    Target, Tone, Trouble, Weekday, Width, day, error_summary, html, link_button, main_button, note, panel, t, table,
    tabs, tag,
};

use super::{Office, happened, href, office::seen};
use crate::{
    House, Record,
    days::{self, Consequences, Deadline, Draft, ENTER, Plan, SHOWN, cited},
    paper::capital,
    store::{self, ChangeRow, DayRow},
};

/// To look at the calendar.
pub(super) const LOOK: &str = "calendar.read";
const PATH: &str = "/days";
/// So many changes are told below the year.
const TOLD: i64 = 20;

pub(super) async fn year(desk: Desk) -> Answer {
    let (lang, snapshot) = (desk.lang, desk.app.room::<Arc<House>>().now());
    let holidays = &snapshot.pack.holidays;
    let asked = desk.query().maybe("year").and_then(|year| year.parse().ok());
    let year: i16 = asked.unwrap_or(desk.today.year());
    let mut tx = desk.read().await?;
    let rows = store::days(&mut tx).await?;
    let changes = store::changes(&mut tx, TOLD).await?;
    let accounts: Vec<i64> = changes.iter().map(|change| change.account).collect();
    let names = people::names(&mut tx, &accounts).await?;
    drop(tx);
    let may = may_enter(&desk).await?;
    let years: BTreeSet<i16> =
        holidays.years().chain(days::standing(&rows).map(|row| row.day().year())).chain([year]).collect();
    // The years that one looks for come first: on a telephone the rest are out of sight.
    let views: Vec<(String, String, bool)> =
        years.into_iter().rev().map(|one| (one.to_string(), format!("{PATH}?year={one}"), one == year)).collect();
    let acts = may && holidays.listed(year).any(|one| one.entered || one.status == Status::Provisional);
    let listed: Vec<Row> = holidays.listed(year).map(|one| row(lang, one, &rows, acts)).collect();
    let sheet = Table {
        caption: t!(lang, "days.of_year", year = year.to_string()),
        heads: [
            Head::new(t!(lang, "record.day")),
            Head::new(t!(lang, "days.what")).main(),
            Head::new(t!(lang, "days.standing")),
            Head::new(t!(lang, "days.decision")).soft().main(),
        ]
        .into_iter()
        .chain(acts.then(|| Head::new(t!(lang, "days.acts"))))
        .collect(),
        groups: vec![Group { label: String::new(), rows: listed }],
        ..Table::default()
    };
    let by = |change: &ChangeRow| names.get(&change.account).cloned().unwrap_or_default();
    let main = html! {
        (of_the_year(lang, holidays.year(year), year, &rows, may))
        @if !sheet.groups[0].rows.is_empty() { section.panel { (table(lang, &sheet)) } }
        @if !changes.is_empty() {
            (panel("h-changes", &t!(lang, "days.changes"), None, &html! {
                ul.list {
                    @for change in &changes {
                        li {
                            p { (told(lang, change, &rows)) }
                            p.s.soft { (happened::moment(at(change))) ", " (by(change)) @if !change.reason.is_empty() { ". " (t!(lang, "days.because", reason = &change.reason)) } }
                        }
                    }
                }
            }))
        }
    };
    let acts = html! {
        @if may { (link_button(&format!("{PATH}/new?year={year}"), Some("square-pen"), &t!(lang, "days.enter"))) }
    };
    let page = Page::new(t!(lang, "days.title"))
        .lead(html! { (t!(lang, "days.lead")) })
        .above(tabs(&t!(lang, "days.years"), &views));
    desk.show(page.at(PATH).acts(acts).main(main)).await
}

fn at(change: &ChangeRow) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(change.at_ms).unwrap_or_default()
}

/// What an act on the calendar did, in a line.
fn told(lang: Lang, change: &ChangeRow, rows: &[DayRow]) -> String {
    let days = |of: &dyn Fn(&&DayRow) -> bool| -> Vec<String> {
        let name = |row: &DayRow| match row.kind.as_str() {
            "year" => t!(lang, "days.whole_year", year = row.day().year().to_string()),
            _ => show_day(row.day()),
        };
        rows.iter().filter(of).map(name).collect()
    };
    let entered = days(&|row| row.change == change.id);
    let decision = cited(&change.decision, change.decided.map(number_day));
    if entered.is_empty() {
        let back = days(&|row| row.back == Some(change.id));
        return t!(lang, "days.did_back", days = back.join(", "), decision = decision);
    }
    t!(lang, "days.did_enter", days = entered.join(", "), decision = decision)
}

/// What is known of the year as a whole.
fn of_the_year(lang: Lang, known: Option<&(Status, kernel::Label)>, year: i16, rows: &[DayRow], may: bool) -> Markup {
    let entered = days::standing(rows).find(|row| row.kind == What::Year.as_str() && row.day().year() == year);
    let year_text = year.to_string();
    match known {
        None => note(Tone::Warn, &html! { p { (t!(lang, "days.no_table", year = &year_text)) } }),
        Some((Status::Provisional, decision)) => note(
            Tone::Warn,
            &html! {
                p { (t!(lang, "days.year_provisional", year = &year_text, decision = decision.in_lang(lang))) }
                @if may { p { a href=(format!("{PATH}/new?confirm={year}")) { (t!(lang, "days.confirm_year", year = &year_text)) } } }
            },
        ),
        Some((Status::Confirmed, decision)) => html! {
            p.soft {
                (t!(lang, "days.year_confirmed", year = &year_text, decision = decision.in_lang(lang)))
                @if let Some(row) = entered.filter(|_| may) { " " a href=(format!("{PATH}/{}/back", Id(row.id))) { (t!(lang, "days.take_back")) } }
            }
        },
    }
}

/// A day with its standing; with a column of acts where some day of the year has one.
fn row(lang: Lang, one: &Listed, rows: &[DayRow], acts: bool) -> Row {
    let entered = days::standing(rows).find(|row| row.day() == one.day && row.kind != What::Year.as_str());
    let entered = entered.filter(|_| one.entered);
    let name = one.off.as_ref().map_or_else(|| t!(lang, "days.kind_worked"), |reason| reason.text(lang));
    let source = match (&one.decision, one.entered) {
        (Some(decision), _) => decision.in_lang(lang).to_owned(),
        (None, _) => t!(lang, "days.as_the_year"),
    };
    let known = rows.iter().find(|row| Some(row.id) == entered.map(|row| row.id));
    let act = html! {
        @if one.status == Status::Provisional { a href=(confirming(one, known)) { (t!(lang, "days.confirm")) } " " }
        @if let Some(row) = entered { a href=(format!("{PATH}/{}/back", Id(row.id))) { (t!(lang, "days.take_back")) } }
    };
    let cells = [
        html! { (day(one.day)) " " span.soft { (Weekday(one.day).name(lang)) } },
        html! { (capital(&name)) @if one.entered { " " span.soft { (t!(lang, "days.entered_here")) } } },
        standing(lang, one.status),
        html! { (source) },
    ];
    Row::new(cells.into_iter().chain(acts.then_some(act)).collect())
}

fn standing(lang: Lang, status: Status) -> Markup {
    match status {
        Status::Confirmed => html! { (t!(lang, "days.confirmed")) },
        Status::Provisional => tag(Tone::Warn, &t!(lang, "days.provisional")),
    }
}

/// The form with a provisional day filled in, as it is to be confirmed.
fn confirming(one: &Listed, known: Option<&DayRow>) -> String {
    let (what, name) = match (&one.off, known) {
        (_, Some(row)) => (row.kind.clone(), row.name.clone()),
        (None, None) => (What::Worked.as_str().to_owned(), String::new()),
        (Some(calendar::Reason::Compensation { name }), None) => {
            (What::Compensation.as_str().to_owned(), name.vi.clone())
        }
        (Some(calendar::Reason::Local { name }), None) => (What::Local.as_str().to_owned(), name.vi.clone()),
        (Some(reason), None) => (What::Holiday.as_str().to_owned(), reason.text(Lang::Vi)),
    };
    let mut fields = Fields::default();
    fields.push("day", show_day(one.day));
    fields.push("kind", what);
    fields.push("name", name);
    fields.href(&format!("{PATH}/new"))
}

/// Days hold for everyone here: who enters them sits above all who have a seat.
async fn may_enter(desk: &Desk) -> Result<bool, Trouble> {
    match enters(desk).await {
        Ok(()) => Ok(true),
        Err(Trouble::Forbidden | Trouble::NotFound) => Ok(false),
        Err(trouble) => Err(trouble),
    }
}

async fn enters(desk: &Desk) -> Result<(), Trouble> {
    desk.may(ENTER, &Target::unit(desk.seat()?.unit))?;
    let units = people::units_in_use(&mut desk.read().await?, desk.today).await?;
    units.into_iter().try_for_each(|unit| desk.may(ENTER, &Target::unit(unit)))
}

pub(super) async fn blank(desk: Desk) -> Answer {
    enters(&desk).await?;
    let mut values = desk.query().clone();
    if values.maybe("standing").is_none() {
        values = values.with("standing", "confirmed");
    }
    form(&desk, &values, &Errors::none()).await
}

async fn form(desk: &Desk, values: &Fields, errors: &Errors) -> Answer {
    let (lang, snapshot) = (desk.lang, desk.app.room::<Arc<House>>().now());
    let inputs = Inputs { lang, values, errors };
    let kinds: Vec<Choice> =
        draft::KINDS.iter().map(|what| Choice::new(what.as_str(), capital(&draft::kind(lang, *what)))).collect();
    let kind_names: Vec<String> = draft::KINDS.iter().map(|what| draft::kind(lang, *what)).collect();
    let standings =
        ["confirmed", "provisional"].map(|one| Choice::new(one, web::words(lang, &format!("days.{one}"), &[])));
    // A year that no file holds yet is confirmed once its days are entered.
    let this = desk.today.year();
    let years: BTreeSet<i16> =
        snapshot.pack.holidays.years().filter(|year| *year >= this).chain(this..=this + 2).collect();
    let years = years.into_iter().rev();
    let years: Vec<Choice> = years.map(|year| Choice::new(year.to_string(), year.to_string())).collect();
    let ask = |name: &str, key: &str| Ask::new(name, t!(lang, key));
    let main = html! {
        (error_summary(lang, errors))
        form.panel method="post" action=(format!("{PATH}/new")) {
            (desk.csrf())
            div.group {
                h2 { (t!(lang, "days.decision")) }
                (inputs.text(&ask("decision", "days.number").hint(t!(lang, "days.number_hint")).width(Width::Full)))
                (inputs.date(&ask("decided", "days.decided").optional(true)))
                (inputs.radios(&ask("standing", "days.standing"), &standings))
            }
            div.group {
                h2 { (t!(lang, "days.one")) }
                div.pair {
                    (inputs.date(&ask("day", "record.day").optional(true)))
                    (inputs.select(&ask("kind", "days.kind").optional(true), &kinds))
                }
                (inputs.text(&ask("name", "days.name").hint(t!(lang, "days.name_hint")).optional(true).width(Width::Full)))
            }
            div.group {
                h2 { (t!(lang, "days.many")) }
                (inputs.long_text(&ask("lines", "days.lines").hint(t!(lang, "days.lines_hint", kinds = kind_names.join(", "))).optional(true), 6))
            }
            div.group {
                h2 { (t!(lang, "days.whole")) }
                (inputs.select(&ask("confirm", "days.confirm_whole").hint(t!(lang, "days.confirm_whole_hint")).optional(true), &years))
            }
            div.bar-end.row { (main_button(&t!(lang, "days.look"))) a href=(PATH) { (t!(lang, "record.leave")) } }
        }
    };
    let page = Page::new(t!(lang, "days.enter")).crumb(t!(lang, "days.title"), PATH).here(t!(lang, "days.enter"));
    desk.show(page.at(PATH).shape(Shape::Form).faults(errors).main(main)).await
}

/// First what it would move; written down once that was seen.
pub(super) async fn enter(desk: Desk, data: FormData) -> Answer {
    enters(&desk).await?;
    let draft = match draft::read(&data) {
        Ok(draft) => draft,
        Err(refused) => return form(&desk, &data, &Errors::of(desk.lang, &refused)).await,
    };
    let action = format!("{PATH}/new");
    match go(&desk, &draft, &data, &action).await {
        Err(Trouble::Refused(refused)) => form(&desk, &data, &Errors::of(desk.lang, &refused)).await,
        answer => answer,
    }
}

pub(super) async fn ask_back(desk: Desk, Path(handle): Path<String>) -> Answer {
    enters(&desk).await?;
    let draft = taking_back(&desk, &handle, &Fields::default()).await?;
    preview(&desk, &draft, &Fields::default(), &format!("{PATH}/{handle}/back"), &Refused::default()).await
}

pub(super) async fn take_back(desk: Desk, Path(handle): Path<String>, data: FormData) -> Answer {
    enters(&desk).await?;
    let draft = taking_back(&desk, &handle, &data).await?;
    go(&desk, &draft, &data, &format!("{PATH}/{handle}/back")).await
}

/// Taking back a row that stands, by the decision that it came with.
async fn taking_back(desk: &Desk, handle: &str, values: &Fields) -> Result<Draft, Trouble> {
    let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
    let rows = store::days(&mut desk.read().await?).await?;
    let row = days::standing(&rows).find(|row| row.id == id.0).ok_or(Trouble::NotFound)?;
    let (decision, decided) = (row.decision.clone(), row.decided.map(number_day));
    let reason = kernel::text::tidy(values.get("reason"));
    Ok(Draft { days: Vec::new(), back: vec![id.0], decision, decided, reason })
}

async fn go(desk: &Desk, draft: &Draft, data: &Fields, action: &str) -> Answer {
    if data.get("go") != "apply" {
        return preview(desk, draft, data, action, &Refused::default()).await;
    }
    let ticked: BTreeSet<(i64, String)> = data
        .all("move")
        .filter_map(|text| {
            let (handle, clock) = text.split_once('.')?;
            Some((handle.parse::<Id>().ok()?.0, clock.to_owned()))
        })
        .collect();
    let house = desk.app.room::<Arc<House>>();
    let applied = match days::apply(house, &Office::by(desk)?, draft, ticked).await {
        Ok(applied) => applied,
        Err(db::Stop::Refused(refused)) => return preview(desk, draft, data, action, &refused).await,
        Err(stop) => return Err(stop.into()),
    };
    (desk.app.room::<units::Room>().renew)().await?;
    let flash = match applied.job {
        Some(job) => Flash::ok("days.applied").link(jobs::href(job), t!(desk.lang, "days.job")),
        None => Flash::ok("days.applied_still"),
    };
    let rows = store::days(&mut desk.read().await?).await?;
    let back = rows.iter().filter(|row| draft.back.contains(&row.id)).map(DayRow::day);
    let year = draft.days.iter().map(|one| one.day).chain(back).next().unwrap_or(desk.today).year();
    desk.back_to(&format!("{PATH}?year={year}"), Some(flash))
}

/// The days as they would be, the deadlines that are past and move only when ticked, and those that move.
async fn preview(desk: &Desk, draft: &Draft, values: &Fields, action: &str, refused: &Refused) -> Answer {
    let lang = desk.lang;
    let office = Office::of(desk)?;
    let mut tx = desk.read().await?;
    let rows = store::days(&mut tx).await?;
    drop(tx);
    let plan = Plan::of(&rows, &office.snapshot.pack.holidays, draft)?;
    let found = days::consequences(&office.house, &office.snapshot, &plan, desk.today).await?;
    let errors = Errors::of(lang, refused);
    let inputs = Inputs { lang, values, errors: &errors };
    let kept = values.without("csrf").without("go").without("move").without("reason");
    let back = !draft.back.is_empty();
    let past = found.past_count > 0;
    let (moved, unseen) = seen_of(desk, found.moved.clone()).await?;
    let (late, unseen_late) = seen_of(desk, found.past.clone()).await?;
    let ticked: Vec<&str> = values.all("move").collect();
    let asks = back || !late.is_empty();
    let title = t!(lang, if back { "days.back_title" } else { "days.preview_title" });
    let verb = t!(lang, if back { "days.take_back_now" } else { "days.apply" });
    let main = html! {
        (error_summary(lang, &errors))
        form.stack method="post" action=(action) {
            (desk.csrf())
            @for (name, value) in kept.iter() { input type="hidden" name=(name) value=(value); }
            input type="hidden" name="go" value="apply";
            (panel("h-days", &t!(lang, "days.changed"), None, &what_changes(lang, &plan)))
            (summary(lang, &found))
            @if past {
                (panel("h-past", &t!(lang, "days.past"), Some(&counted(found.past_count)), &html! {
                    div.pad { p { (t!(lang, "days.past_stay")) } }
                    @if !late.is_empty() { (deadlines(&office, &late, Some(&ticked))) }
                    (cut(lang, found.past_count, late.len(), (unseen_late, "days.unseen_past")))
                }))
            }
            @if !moved.is_empty() {
                (panel("h-moved", &t!(lang, "days.moved"), Some(&counted(found.moved_count)),
                    &html! { (deadlines(&office, &moved, None)) (cut(lang, found.moved_count, moved.len(), (unseen, "days.unseen"))) }))
            }
            section.panel {
                @if asks {
                    div.group { (inputs.long_text(&Ask::new("reason", t!(lang, "days.reason")).hint(t!(lang, if back { "days.reason_back" } else { "days.reason_past" })).optional(!back), 2)) }
                }
                div.bar-end.row {
                    (main_button(&verb))
                    @if back { a href=(PATH) { (t!(lang, "record.leave")) } }
                    @else { a href=(kept.href(&format!("{PATH}/new"))) { (t!(lang, "days.change_again")) } }
                }
            }
        }
    };
    let page = Page::new(&title).crumb(t!(lang, "days.title"), PATH).here(&title).at(PATH).wide().faults(&errors);
    desk.show(page.main(main)).await
}

/// Those that this reader may see, and how many of those shown are not theirs to see.
async fn seen_of(desk: &Desk, found: Vec<(Record, Deadline)>) -> Result<(Vec<(Record, Deadline)>, usize), Trouble> {
    let mut tx = desk.read().await?;
    let whole = found.len();
    let (records, deadlines): (Vec<Record>, Vec<Deadline>) = found.into_iter().unzip();
    let mut unique = records.clone();
    unique.sort_by_key(|record| record.id.0);
    unique.dedup_by_key(|record| record.id);
    let mine: BTreeSet<i64> = seen(desk, &mut tx, unique).await?.into_iter().map(|record| record.id.0).collect();
    let shown: Vec<(Record, Deadline)> =
        records.into_iter().zip(deadlines).filter(|(record, _)| mine.contains(&record.id.0)).collect();
    let unseen = whole - shown.len();
    Ok((shown, unseen))
}

fn counted(count: usize) -> Markup {
    html! { (kernel::number::grouped(i64::try_from(count).unwrap_or(i64::MAX))) }
}

/// How many are counted and not shown.
fn cut(lang: Lang, count: usize, shown: usize, (unseen, why): (usize, &str)) -> Markup {
    html! {
        @if unseen > 0 { p.pad.s.soft { (t!(lang, why, count = unseen)) } }
        @if count > SHOWN { p.pad.s.soft { (t!(lang, "days.cut", shown = shown)) } }
    }
}

fn summary(lang: Lang, found: &Consequences) -> Markup {
    html! {
        @if found.moved_count + found.past_count == 0 { (note(Tone::Info, &html! { p { (t!(lang, "days.none_moves")) } })) }
        @if found.settled > 0 { (note(Tone::Info, &html! { p { (t!(lang, "days.settled", count = found.settled)) } })) }
    }
}

/// What a day is called, and whether that is decided.
type Standing = (String, bool);

/// Each day that is other than it was; days in a row that change alike stand in one line.
fn what_changes(lang: Lang, plan: &Plan) -> Markup {
    let text = |holidays: &calendar::Holidays, one: Day| {
        let off = holidays.reason(one).map_or_else(|| t!(lang, "days.kind_worked"), |reason| reason.text(lang));
        (off, holidays.certain(one))
    };
    let mut spans: Vec<(Day, Day, Standing, Standing)> = Vec::new();
    for one in plan.changed() {
        let (before, after) = (text(&plan.before, one), text(&plan.after, one));
        match spans.last_mut() {
            Some((_, to, was, now)) if to.tomorrow().ok() == Some(one) && *was == before && *now == after => *to = one,
            _ => spans.push((one, one, before, after)),
        }
    }
    // A whole year that is confirmed is no list of its days.
    let settled = spans.iter().filter(|(_, _, was, now)| was.0 == now.0).count();
    spans.retain(|(_, _, was, now)| settled <= 20 || was.0 != now.0);
    let state = |(name, certain): &Standing| {
        html! { (capital(name)) @if !certain { " " (tag(Tone::Warn, &t!(lang, "days.provisional"))) } }
    };
    let row = |(from, to, was, now): &(Day, Day, Standing, Standing)| {
        let named = html! { (day(*from)) @if from != to { " – " (day(*to)) } };
        Row::new(vec![named, state(was), state(now)])
    };
    let sheet = Table {
        caption: t!(lang, "days.changed"),
        heads: vec![
            Head::new(t!(lang, "record.day")),
            Head::new(t!(lang, "days.was")).main().card_label(t!(lang, "days.was")),
            Head::new(t!(lang, "days.now")).main().card_label(t!(lang, "days.now")),
        ],
        groups: vec![Group { label: String::new(), rows: spans.iter().map(row).collect() }],
        ..Table::default()
    };
    html! {
        @if spans.is_empty() && settled == 0 { div.pad { p { (t!(lang, "days.same")) } } }
        @if settled > 20 { div.pad { p { (t!(lang, "days.year_settled")) } } }
        @if !spans.is_empty() { (table(lang, &sheet)) }
    }
}

/// Record, deadline, the day it had and the day it gets, whose book it stands in; past ones with a box each.
fn deadlines(office: &Office, found: &[(Record, Deadline)], ticked: Option<&Vec<&str>>) -> Markup {
    let lang = office.lang;
    let row = |(record, deadline): &(Record, Deadline)| {
        let register = office.snapshot.pack.register(&record.register);
        let noun = register.map_or("", |register| register.noun.in_lang(lang));
        let clock = register.and_then(|register| register.clock(&deadline.clock));
        let clock = clock.map_or(deadline.clock.as_str(), |clock| clock.label.in_lang(lang));
        let sealed = register.is_some_and(pack::register::Register::is_sealed);
        let name = capital(&format!("{noun} {}", record.reference()));
        let value = format!("{}.{}", record.id, deadline.clock);
        let mut cells = vec![
            html! { a href=(href(record.id)) { (name) } @if !sealed && !record.title.is_empty() { ": " (record.title) } },
            html! { (clock) },
            html! { (day(deadline.old)) " → " b { (day(deadline.now.due)) } @if deadline.now.is_unconfirmed() { " " (tag(Tone::Warn, &t!(lang, "days.provisional"))) } },
            html! { (office.unit_title(record.unit, office.today)) },
        ];
        if let Some(ticked) = ticked {
            let label = t!(lang, "days.move_one", name = &name);
            let on = ticked.contains(&value.as_str());
            cells.push(html! { label { input type="checkbox" name="move" value=(value) checked[on] aria-label=(label); " " (t!(lang, "days.move")) } });
        }
        Row::new(cells)
    };
    let mut heads = vec![
        Head::new(t!(lang, "days.record")).main(),
        Head::new(t!(lang, "days.clock")).main(),
        Head::new(t!(lang, "days.due")),
        Head::new(t!(lang, "days.handler")).soft().main(),
    ];
    if ticked.is_some() {
        heads.push(Head::new(t!(lang, "days.move")));
    }
    let rows = found.iter().map(row).collect();
    let sheet = Table {
        caption: t!(lang, if ticked.is_some() { "days.past" } else { "days.moved" }),
        heads,
        groups: vec![Group { label: String::new(), rows }],
        ..Table::default()
    };
    table(lang, &sheet)
}
