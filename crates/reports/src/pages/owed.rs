//! What must be sent and by when: one's own, and that of those below with who is late, in words to send on.

use calendar::Period;
use kernel::{Day, Lang, Refusal, show_day};
use units::Unit;
use web::{
    Answer, Desk, Due, Fields, Group, Head, Inputs, Markup, Page, Row, Table, Target, Tone, Width, day, due, empty,
    html, panel, t, table, tag,
};

use super::{Office, READ, WRITE, href, titled, without_level};
use crate::{Owed, Timeliness, owed};

/// Places below that are looked at.
const BELOW: usize = 400;

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
    drop(tx);

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
        @if !own.is_empty() { (panel("h-own", &t!(lang, "reports.owed_own"), None, &mine(&desk, &office, &own))) }
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
