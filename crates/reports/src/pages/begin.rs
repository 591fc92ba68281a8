//! A new report: which outline, of which unit, for which period.

use calendar::{Kind, Period};
use db::Stop;
use jiff::ToSpan;
use kernel::{Day, Lang, Refusal, Refused};
use pack::outline::Outline;
use units::Unit;
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, FormData, Inputs, Page, Shape, Target, Trouble, Width, error_summary,
    html, main_button, t, words,
};

use super::{Office, WRITE, by, href, without_level};
use crate::{Scene, act};

pub(crate) async fn ask(desk: Desk) -> Answer {
    let seat = Unit(desk.seat()?.unit);
    desk.may(WRITE, &Target::unit(seat.0))?;
    let office = Office::of(&desk);
    // Until spring people still write about the year before.
    let year = desk.today.saturating_sub(100.days()).year();
    let at = office.snapshot.tree.at(desk.today);
    let first = kinds(&office, seat, desk.today, desk.lang).into_iter().next();
    let values: Fields = [
        ("outline", first.map(|choice| choice.value).unwrap_or_default()),
        ("unit", at.code(seat.ground())),
        ("period", year.to_string()),
    ]
    .into_iter()
    .collect();
    form(&desk, &office, &values, &Errors::none()).await
}

/// The kinds of report, what one's own body owes first, then what it may write, what others at the place write, and the rest. Of each the
/// turns at which it is owed. A report stands once, however many variants it has; the unit's level chooses.
fn kinds(office: &Office, seat: Unit, today: Day, lang: Lang) -> Vec<Choice> {
    let (pack, tree) = (&office.snapshot.pack, &office.snapshot.tree);
    let at = tree.at(today);
    let level = at.level(seat.ground()).map(|level| tree.kinds().level_def(level).id.as_str());
    let is_seat = |kind: &String| {
        let slot = tree.kinds().body_kind(kind).and_then(|kind| tree.kinds().bodies[kind].slot);
        seat.slot() == 0 || slot == Some(seat.slot())
    };
    let place = |outline: &Outline| {
        let here = level.is_some_and(|level| outline.head.levels.iter().any(|one| one == level));
        match (here, outline.head.body.iter().any(is_seat), outline.head.owed.is_empty()) {
            (true, true, false) => 0,
            (true, true, true) => 1,
            (true, false, _) => 2,
            _ => 3,
        }
    };
    let mut all: Vec<(u8, u8, &Outline)> = Vec::new();
    for outline in pack.outlines.values() {
        // The rarer it is owed the more is told in it; what is owed at many turns follows what is owed at one.
        let turns = u8::try_from(outline.head.owed.len()).unwrap_or(u8::MAX);
        let rank = (place(outline), if turns == 0 { u8::MAX } else { turns }, outline);
        match all.iter_mut().find(|(.., known)| known.head.report == outline.head.report) {
            Some(known) if rank.0 < known.0 => *known = rank,
            Some(_) => {}
            None => all.push(rank),
        }
    }
    all.sort_by_key(|(place, turns, outline)| {
        (*place, *turns, outline.head.owed.iter().max().map(|kind| std::cmp::Reverse(*kind)))
    });
    let groups = ["reports.new_owed", "reports.new_own", "reports.new_here", "reports.new_else"];
    let choice = |(place, _, outline): &(u8, u8, &Outline)| {
        let turns = outline.head.owed.iter().map(|kind| words(lang, turn(*kind), &[]));
        let label = without_level(outline.head.label.in_lang(lang));
        let choice = Choice::new(&outline.head.report, label).under(words(lang, groups[usize::from(*place)], &[]));
        match turns.collect::<Vec<_>>().join(", ") {
            turns if turns.is_empty() => choice,
            turns => choice.hint(turns),
        }
    };
    all.iter().map(choice).collect()
}

fn turn(kind: Kind) -> &'static str {
    match kind {
        Kind::Month => "reports.turn_month",
        Kind::Quarter => "reports.turn_quarter",
        Kind::Half => "reports.turn_half",
        Kind::NineMonths => "reports.turn_nine_months",
        Kind::Year | Kind::Span => "reports.turn_year",
    }
}

async fn form(desk: &Desk, office: &Office, values: &Fields, errors: &Errors) -> Answer {
    let lang = desk.lang;
    let inputs = Inputs { lang, values, errors };
    let choices = kinds(office, Unit(desk.seat()?.unit), desk.today, lang);
    let main = html! {
        (error_summary(lang, errors))
        form.box.stack method="post" action="/reports/new" {
            (desk.csrf())
            (inputs.radios(&Ask::new("outline", t!(lang, "reports.outline")), &choices))
            (inputs.text(&Ask::new("unit", t!(lang, "reports.unit")).hint(t!(lang, "reports.unit_hint")).width(Width::Middle)))
            (inputs.text(&Ask::new("period", t!(lang, "reports.period")).hint(t!(lang, "reports.period_hint")).width(Width::Middle)))
            div.row { (main_button(&t!(lang, "reports.begin"))) a.btn href="/reports" { (t!(lang, "reports.leave")) } }
        }
    };
    let page = Page::new(t!(lang, "reports.new")).crumb(t!(lang, "reports.title"), "/reports");
    desk.show(page.here(t!(lang, "reports.new")).shape(Shape::Form).main(main).faults(errors).at("/reports")).await
}

pub(crate) async fn begin(desk: Desk, data: FormData) -> Answer {
    desk.who()?;
    let office = Office::of(&desk);
    match made(&desk, &office, &data).await {
        Ok(to) => desk.back_to(&to, None),
        Err(Trouble::Refused(refused)) => form(&desk, &office, &data, &Errors::of(desk.lang, &refused)).await,
        Err(trouble) => Err(trouble),
    }
}

async fn made(desk: &Desk, office: &Office, data: &FormData) -> Result<String, Trouble> {
    let mut refused = Refused::default();
    let period = data.get("period").parse::<Period>().map_err(|refusal| refused.push(refusal.at("period"))).ok();
    let day = period.map_or(desk.today, |period| period.window().to);
    let unit =
        office.snapshot.tree.find(data.get("unit"), day).map_err(|refusal| refused.push(refusal.at("unit"))).ok();
    let outline = data.maybe("outline");
    if outline.is_none() {
        refused.push(Refusal::new("reports.outline_missing").at("outline"));
    }
    refused.settle()?;
    let (Some(period), Some(unit), Some(outline)) = (period, unit, outline) else { return Err(Trouble::Unreadable) };
    let scene = Scene::new(&office.snapshot.pack, &office.snapshot.tree, outline, unit, period)?;
    desk.may(WRITE, &Target::unit(scene.body.0))?;
    match act::create(office.source(), &by(desk)?, outline, unit, period).await {
        Ok(report) => Ok(href(report.id)),
        Err(Stop::Refused(refused)) => Err(Trouble::Refused(refused)),
        Err(stop) => Err(stop.into()),
    }
}
