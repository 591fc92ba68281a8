//! A new report: which outline, of which unit, for which period.

use calendar::Period;
use db::Stop;
use jiff::ToSpan;
use kernel::{Refusal, Refused};
use units::Unit;
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, FormData, Inputs, Page, Shape, Target, Trouble, Width, error_summary,
    html, main_button, t,
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
    let values: Fields = [
        (
            "outline",
            office.snapshot.pack.outlines.values().next().map_or("", |outline| outline.head.report.as_str()).to_owned(),
        ),
        ("unit", at.code(seat.ground())),
        ("period", year.to_string()),
    ]
    .into_iter()
    .collect();
    form(&desk, &office, &values, &Errors::none()).await
}

async fn form(desk: &Desk, office: &Office, values: &Fields, errors: &Errors) -> Answer {
    let lang = desk.lang;
    let inputs = Inputs { lang, values, errors };
    let mut choices: Vec<Choice> = Vec::new();
    // A report stands once, however many variants it has; the unit's level chooses.
    for outline in office.snapshot.pack.outlines.values() {
        if !choices.iter().any(|choice| choice.value == outline.head.report) {
            let label = without_level(outline.head.label.in_lang(lang));
            choices.push(Choice::new(&outline.head.report, label));
        }
    }
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
