//! What must be sent, signed and kept, and by when: one's own, and that of those below with who is late, in words to send on.

mod below;
mod own;
mod today;

use calendar::Period;
use kernel::{Day, Lang, Refusal};
use papers::{Appointment, ics};
pub use today::{sign, today};
use units::Unit;
use web::{Answer, Desk, Due, Fields, Inputs, Page, Target, Width, download, empty, html, icon, panel, t};

use super::{Office, READ, WRITE, href, titled, without_level};
use crate::{Owed, Timeliness, owed, yearly};

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
        @if !own_yearly.is_empty() { (panel("h-yearly", &t!(lang, "reports.yearly"), None, &own::yearly(&desk, &office, &own_yearly))) }
        @if !own.is_empty() { (panel("h-own", &t!(lang, "reports.owed_own"), None, &own::reports(&desk, &office, &own))) }
        @if !theirs_yearly.is_empty() { (panel("h-yearly-below", &t!(lang, "reports.yearly_below"), None, &below::kept(lang, &office, &theirs_yearly))) }
        @if !theirs.is_empty() { (panel("h-below", &t!(lang, "reports.owed_below"), None, &below::sent(&desk, &office, &theirs))) }
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

fn left(desk: &Desk, office: &Office, due: Day) -> Due {
    let left = office.snapshot.pack.holidays.working_days_between(desk.today, due);
    Due::Left(if due < desk.today { left.min(-1) } else { left })
}
