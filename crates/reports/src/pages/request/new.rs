//! A new request: which bodies, which columns, by which hour.

use calendar::Period;
use db::Stop;
use kernel::{Lang, Refusal, Refused, parse_day, show_day};
use records::value::Directory as _;
use units::Unit;
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, Flash, FormData, Inputs, Page, RowColumn, Shape, Target, Trouble, Width,
    child_rows, error_summary, html, main_button, t,
};

use super::{
    super::{Office, by},
    ASK, PATH, href,
};
use crate::request::{self, Column, Holds, New};

/// Empty rows for typed columns.
const SPARE: usize = 2;
/// And so many more where they are asked for.
const MORE: usize = 3;

/// Bodies that may be asked together.
struct Circle {
    /// `below.ubnd`, `below.ubnd.phuong`, `beside`.
    id: String,
    label: String,
    units: Vec<Unit>,
}

/// Whom this seat may ask: by kind of body at the places right below, all of them or by kind of place; and the bodies beside it.
fn circles(desk: &Desk, office: &Office) -> Result<Vec<Circle>, Trouble> {
    let seat = Unit(desk.seat()?.unit);
    let tree = &office.snapshot.tree;
    let (at, kinds) = (tree.at(desk.today), tree.kinds());
    let lang = desk.lang;
    let place = at.place(seat).unwrap_or_else(|| seat.ground());
    let may = |unit: &Unit| *unit != seat && desk.can(ASK, &Target::unit(unit.0));
    let mut all: Vec<Circle> = Vec::new();
    let mut add = |id: String, label: String, unit: Unit| match all.iter_mut().find(|one| one.id == id) {
        Some(circle) => circle.units.push(unit),
        None => all.push(Circle { id, label, units: vec![unit] }),
    };
    let mut standing: Vec<(Unit, Unit)> = Vec::new();
    for child in at.children(place) {
        standing.extend(at.bodies(child).into_iter().filter(may).map(|body| (child, body)));
    }
    // All of a kind of body first, then the same by kind of place.
    for by_place in [false, true] {
        for (child, body) in &standing {
            let Some(kind) = kinds.in_slot(body.slot()).filter(|_| body.slot() != 0) else { continue };
            let kind = &kinds.bodies[kind];
            let body_label = kind.label.in_lang(lang);
            match at.place_kind(*child).filter(|_| by_place) {
                Some(place_kind) => add(
                    format!("below.{}.{}", kind.id, place_kind.id),
                    t!(
                        lang,
                        "request.circle_kind",
                        body = body_label,
                        kind = place_kind.label.in_lang(lang).to_lowercase()
                    ),
                    *body,
                ),
                None if !by_place => {
                    add(format!("below.{}", kind.id), t!(lang, "request.circle", body = body_label), *body);
                }
                None => {}
            }
        }
    }
    for body in at.bodies(place).into_iter().filter(may) {
        add("beside".to_owned(), t!(lang, "request.circle_beside"), body);
    }
    // A circle of one kind of place alone says no more than the whole.
    let whole: Vec<(String, usize)> = all.iter().map(|one| (one.id.clone(), one.units.len())).collect();
    all.retain(|one| {
        let parent = one.id.rsplit_once('.').map(|(parent, _)| parent);
        !whole.iter().any(|(id, count)| Some(id.as_str()) == parent && *count == one.units.len())
    });
    Ok(all)
}

pub(crate) async fn page(desk: Desk) -> Answer {
    desk.may(ASK, &Target::unit(desk.seat()?.unit))?;
    let office = Office::of(&desk);
    let (day, hour) = request::suggested(desk.now);
    let mut values = Fields::default();
    values.push("day", show_day(day));
    values.push("hour", hour);
    values.push("period", desk.today.year().to_string());
    form(&desk, &office, &values, &Errors::none()).await
}

async fn form(desk: &Desk, office: &Office, values: &Fields, errors: &Errors) -> Answer {
    let lang = desk.lang;
    let inputs = Inputs { lang, values, errors };
    let circles = circles(desk, office)?;
    let choices: Vec<Choice> =
        circles.iter().map(|one| Choice::new(&one.id, format!("{} ({})", one.label, one.units.len()))).collect();
    let chosen = circles.iter().find(|one| one.id == values.get("to"));
    let listed = chosen.filter(|_| values.get("find") == "to" || values.has("picked"));
    let ticked: Vec<&str> = values.all("unit").collect();
    let fresh = values.get("find") == "to";
    let rows = values.rows("column");
    let typed = |row: &&usize| {
        ["label", "holds", "hint"].iter().any(|name| values.maybe(&format!("column.{row}.{name}")).is_some())
    };
    let filled = rows.iter().filter(typed).max().map_or(0, |last| last + 1);
    let count = if values.has("more") { rows.len() + MORE } else { filled.max(1) + SPARE };
    let kinds = [
        Choice::new("number", t!(lang, "request.holds_number")),
        Choice::new("text", t!(lang, "request.holds_text")),
        Choice::new("yes_no", t!(lang, "request.holds_yes_no")),
    ];
    let row = |place: usize| {
        let ask =
            |name: &str, label: String| Ask::new(format!("column.{place}.{name}"), label).row(place).width(Width::Full);
        vec![
            inputs.text(&ask("label", t!(lang, "request.column"))),
            inputs.select(&ask("holds", t!(lang, "request.holds")), &kinds),
            inputs.text(&ask("hint", t!(lang, "request.hint"))),
        ]
    };
    let rows: Vec<_> = (0..count).map(row).collect();
    let heads = [t!(lang, "request.column"), t!(lang, "request.holds"), t!(lang, "request.hint")]
        .map(|label| RowColumn { label, number: false });
    let at = office.snapshot.tree.at(desk.today);
    let main = html! {
        (error_summary(lang, errors))
        form.panel method="post" action="/requests/new" {
            (desk.csrf())
            div.group {
                (inputs.text(&Ask::new("title", t!(lang, "request.what")).hint(t!(lang, "request.what_hint"))))
                (inputs.long_text(&Ask::new("note", t!(lang, "request.note")).optional(true), 2))
                div.pair {
                    (inputs.date(&Ask::new("day", t!(lang, "request.day"))))
                    (inputs.text(&Ask::new("hour", t!(lang, "request.hour")).hint(t!(lang, "request.hour_hint")).width(Width::Short)))
                }
            }
            div.group {
                h2 { (t!(lang, "request.whom")) }
                div.pair {
                    (inputs.select(&Ask::new("to", t!(lang, "request.circles")), &choices))
                    button.btn type="submit" name="find" value="to" formnovalidate { (t!(lang, "request.pick_units")) }
                }
                @if let Some(circle) = listed {
                    input type="hidden" name="picked" value=(circle.id);
                    fieldset.field {
                        legend { (t!(lang, "request.count_units", count = circle.units.len())) }
                        div.choices.many {
                            @for (place, unit) in circle.units.iter().enumerate() {
                                @let code = office.snapshot.code(unit.0, desk.today);
                                @let id = format!("f-unit-{place}");
                                div.choice {
                                    input type="checkbox" id=(id) name="unit" value=(code) checked[fresh || ticked.contains(&code.as_str())];
                                    span { label for=(id) { (at.title(*unit)) } }
                                }
                            }
                        }
                    }
                }
            }
            div.group {
                h2 { (t!(lang, "request.figures")) }
                p.soft.s { (t!(lang, "request.figures_why")) }
                (figures::pick(lang, &office.snapshot, values, errors))
                div.row { button.btn type="submit" name="find" value="figures" formnovalidate { (t!(lang, "request.find_figures")) } }
                (inputs.text(&Ask::new("period", t!(lang, "request.period")).hint(t!(lang, "reports.period_hint")).width(Width::Middle)))
            }
            div.group {
                h2 { (t!(lang, "request.columns")) }
                p.soft.s { (t!(lang, "request.columns_why")) }
                (child_rows(lang, "column", &t!(lang, "request.columns"), &heads, &rows))
            }
            div.bar-end.row { (main_button(&t!(lang, "request.ask_do"))) a.btn href=(PATH) { (t!(lang, "reports.leave")) } }
        }
    };
    let page = Page::new(t!(lang, "request.new")).crumb(t!(lang, "request.title"), PATH).here(t!(lang, "request.new"));
    desk.show(page.shape(Shape::Form).main(main).faults(errors).at(PATH)).await
}

pub(crate) async fn ask(desk: Desk, data: FormData) -> Answer {
    desk.may(ASK, &Target::unit(desk.seat()?.unit))?;
    let office = Office::of(&desk);
    // A search, or one more row: everything typed stays.
    if data.has("find") || data.has("more") {
        return form(&desk, &office, &data, &Errors::none()).await;
    }
    match made(&desk, &office, &data).await {
        Ok((to, count)) => desk.back_to(&to, Some(Flash::ok("request.asked_now").with("count", count))),
        Err(Trouble::Refused(refused)) => form(&desk, &office, &data, &Errors::of(desk.lang, &refused)).await,
        Err(trouble) => Err(trouble),
    }
}

async fn made(desk: &Desk, office: &Office, data: &FormData) -> Result<(String, usize), Trouble> {
    let mut refused = Refused::default();
    let day = parse_day(data.get("day")).map_err(|refusal| refused.push(refusal.at("day"))).ok();
    let due = day.and_then(|day| request::instant(day, data.get("hour")).map_err(|refusal| refused.push(refusal)).ok());
    let period = data.get("period").parse::<Period>().map_err(|refusal| refused.push(refusal.at("period"))).ok();
    let units = units(desk, office, data)?;
    let columns = columns(office, data, &mut refused);
    refused.settle()?;
    let (Some(due), Some(period)) = (due, period) else { return Err(Trouble::Unreadable) };
    let count = units.len();
    let (title, note) = (data.get("title").to_owned(), data.get("note").to_owned());
    let new = New { title, note, columns, units, period, due };
    match request::ask(office.source(), &by(desk)?, new).await {
        Ok(request) => Ok((href(request.id), count)),
        Err(Stop::Refused(refused)) => Err(Trouble::Refused(refused)),
        Err(stop) => Err(stop.into()),
    }
}

/// The circle that was chosen, or those of it that are ticked; nobody outside it is asked.
fn units(desk: &Desk, office: &Office, data: &FormData) -> Result<Vec<Unit>, Trouble> {
    let circle = circles(desk, office)?.into_iter().find(|one| one.id == data.get("to"));
    let Some(circle) = circle else { return Ok(Vec::new()) };
    // Ticks of a circle that was left again count no more.
    if data.get("picked") != circle.id {
        return Ok(circle.units);
    }
    let ticked: Vec<&str> = data.all("unit").collect();
    let code = |unit: &Unit| office.snapshot.code(unit.0, desk.today);
    Ok(circle.units.into_iter().filter(|unit| ticked.contains(&code(unit).as_str())).collect())
}

/// Figures first, in the order they were ticked; then what is typed.
fn columns(office: &Office, data: &FormData, refused: &mut Refused) -> Vec<Column> {
    let mut columns = Vec::new();
    for name in figures::picked(data) {
        match office.snapshot.pack.figure(&name) {
            Some(figure) => columns.push(Column {
                label: figure.label().in_lang(Lang::Vi).to_owned(),
                hint: String::new(),
                holds: Holds::Figure { figure: name },
            }),
            None => refused.push(Refusal::new("figure.unknown").with("value", &name).at("q")),
        }
    }
    for place in data.rows("column") {
        let get = |name: &str| data.get(&format!("column.{place}.{name}")).trim().to_owned();
        let (label, hint) = (get("label"), get("hint"));
        match (label.is_empty(), Holds::typed(&get("holds"))) {
            (true, None) if hint.is_empty() => {}
            (true, _) => refused.push(Refusal::new("request.column_unnamed").at(format!("column.{place}.label"))),
            (false, None) => refused.push(Refusal::new("request.column_untyped").at(format!("column.{place}.holds"))),
            (false, Some(holds)) => columns.push(Column { label, hint, holds }),
        }
    }
    columns
}
