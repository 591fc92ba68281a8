//! The answer of one body: figures as the system has them, what it types, kept as a draft, sent, corrected until the request is closed.

use axum::extract::Path;
use db::Stop;
use kernel::{Id, Refused};
use records::value::Directory as _;
use units::Unit;
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, Flash, FormData, Inputs, Markup, Page, Shape, Target, Trouble, Width,
    error_summary, facts, html, icon, t,
};

use super::{
    super::{Office, by, moment},
    ANSWER, PATH, READ, hour, of_unit, own, shown, state, title,
};
use crate::request::{self, Given, Holds, Request, Row, RowState, field};

pub(super) fn href(office: &Office, desk: &Desk, id: Id, unit: Unit) -> String {
    of_unit(&format!("{PATH}/{id}/answer"), &office.snapshot.code(unit.0, desk.today))
}

/// The row that an address names, of a body of this reader's own; without a name their first.
async fn open(desk: &Desk, office: &Office, handle: &str, code: &str) -> Result<(Request, Row), Trouble> {
    desk.who()?;
    let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = office.house.read().await?;
    let (request, rows) = request::find(&mut tx, id).await?;
    let own = own(desk, office)?;
    let named = if code.is_empty() { None } else { Some(office.snapshot.tree.find(code, desk.today)?) };
    let theirs = |row: &Row| own.contains(&row.unit.0) && named.is_none_or(|unit| unit == row.unit);
    let row = rows.into_iter().find(theirs).ok_or(Trouble::NotFound)?;
    desk.sees(READ, &Target::unit(row.unit.0))?;
    Ok((request, row))
}

/// Leads from a request to the reader's own row of it.
pub(super) async fn own_row(desk: &Desk, office: &Office, handle: &str) -> Answer {
    let (request, row) = open(desk, office, handle, "").await?;
    desk.back_to(&href(office, desk, request.id, row.unit), None)
}

pub(crate) async fn page(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk);
    let (request, row) = open(&desk, &office, &handle, desk.query().get("unit")).await?;
    draw(&desk, &office, &request, &row, &typed(&request, &row), &Errors::none()).await
}

/// What is on record, as the form holds it.
fn typed(request: &Request, row: &Row) -> Fields {
    let mut fields = Fields::default();
    for place in 0..request.columns.len() {
        let name = field(place);
        match row.given(place) {
            Given::Number { shown, .. } => fields.push(name, shown),
            Given::Text { text } => fields.push(name, text),
            Given::Yes => fields.push(name, "yes"),
            Given::No => fields.push(name, "no"),
            Given::NoData if request.columns[place].holds == Holds::YesNo => fields.push(name, "none"),
            Given::NoData => fields.push(format!("{name}.none"), "yes"),
            Given::Blank => {}
        }
    }
    fields
}

async fn draw(desk: &Desk, office: &Office, request: &Request, row: &Row, typed: &Fields, errors: &Errors) -> Answer {
    let lang = desk.lang;
    let mut tx = office.house.read().await?;
    let live = request::figures_of(&mut tx, office.source(), request, row.unit).await?;
    drop(tx);
    let answers = request.closed.is_none() && desk.can(ANSWER, &Target::unit(row.unit.0));
    let ask = figures::Ask::of(request::place_of(office.source(), request, row.unit), request.window);
    let figure = |name: &str, given: &Given| match given {
        Given::Number { shown, .. } => web::figure(shown, Some(&figures::href(&office.snapshot, name, ask)), false),
        _ => shown(lang, &Given::NoData),
    };
    let inputs = Inputs { lang, values: typed, errors };
    let about = facts(&[
        (t!(lang, "request.by"), html! { (title(office, desk, request.unit)) }),
        (t!(lang, "request.due"), html! { (hour(lang, request.due)) }),
        (t!(lang, "request.body"), html! { (title(office, desk, row.unit)) }),
        (
            t!(lang, "reports.state"),
            html! { (state(lang, request, row, desk.now)) @if let Some(sent) = row.sent { " " (moment(sent)) } },
        ),
    ]);
    let filled: Vec<(&str, &str, &Given)> = request
        .columns
        .iter()
        .zip(&live)
        .enumerate()
        .filter_map(|(place, (column, live))| match &column.holds {
            // What was sent stands until it is sent again.
            Holds::Figure { figure } if row.state == RowState::Sent => {
                Some((column.label.as_str(), figure.as_str(), row.given(place)))
            }
            Holds::Figure { figure } => Some((column.label.as_str(), figure.as_str(), live)),
            _ => None,
        })
        .collect();
    let filled = html! {
        @if !filled.is_empty() {
            div.group {
                h2 { (t!(lang, "request.filled")) }
                p.soft.s { (t!(lang, "request.filled_why")) }
                dl.facts { @for (label, name, given) in &filled { div { dt { (label) } dd { (figure(name, given)) } } } }
            }
        }
    };
    let body = if answers {
        let version = row.version.to_string();
        html! {
            form.panel method="post" action=(format!("{PATH}/{}/answer", request.id)) {
                (desk.csrf())
                input type="hidden" name="unit" value=(office.snapshot.code(row.unit.0, desk.today));
                input type="hidden" name="version" value=(version);
                (filled)
                div.group { @for (place, column) in request.columns.iter().enumerate() { (ask_for(&inputs, desk, place, column)) } }
                div.bar-end.row {
                    @if row.state == RowState::Sent {
                        button.btn.btn-main type="submit" name="do" value="send" { (icon("send")) (t!(lang, "request.correct_do")) }
                    } @else {
                        button.btn.btn-main type="submit" name="do" value="send" { (icon("send")) (t!(lang, "request.send_do")) }
                        button.btn type="submit" name="do" value="draft" { (t!(lang, "request.draft_do")) }
                    }
                }
            }
        }
    } else {
        let lines: Vec<(String, Markup)> = request
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| !matches!(column.holds, Holds::Figure { .. }))
            .map(|(place, column)| (column.label.clone(), shown(lang, row.given(place))))
            .collect();
        html! { section.panel { (filled) (facts(&lines)) } }
    };
    let main = html! {
        (error_summary(lang, errors))
        @if request.closed.is_some() { p { (t!(lang, "request.closed")) } }
        section.panel { (about) @if !request.note.is_empty() { p.pad { (request.note) } } }
        (body)
    };
    let page = Page::new(&request.title).crumb(t!(lang, "request.title"), PATH).here(&request.title);
    desk.show(page.shape(Shape::Form).main(main).faults(errors).at(PATH)).await
}

/// One typed column: its control, and a box for "no data".
fn ask_for(inputs: &Inputs<'_>, desk: &Desk, place: usize, column: &request::Column) -> Markup {
    let lang = desk.lang;
    let name = field(place);
    let ask = Ask::new(&name, &column.label).hint(&column.hint);
    let none = Ask::new(format!("{name}.none"), t!(lang, "request.no_data"));
    match column.holds {
        Holds::Number => html! { div { (inputs.text(&ask.width(Width::Short).numeric())) (inputs.tick(&none)) } },
        Holds::Text => html! { div { (inputs.long_text(&ask, 2)) (inputs.tick(&none)) } },
        Holds::YesNo => {
            let choices = [
                Choice::new("yes", t!(lang, "web.yes")),
                Choice::new("no", t!(lang, "web.no")),
                Choice::new("none", t!(lang, "request.no_data")),
            ];
            inputs.radios(&ask, &choices)
        }
        Holds::Figure { .. } => html! {},
    }
}

pub(crate) async fn answer(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk);
    let (request, row) = open(&desk, &office, &handle, form.get("unit")).await?;
    desk.may(ANSWER, &Target::unit(row.unit.0))?;
    match sent(&desk, &office, &request, &row, &form).await {
        Ok(send) => {
            let key = if send { "request.sent_now" } else { "request.draft_now" };
            desk.back_to(&href(&office, &desk, request.id, row.unit), Some(Flash::ok(key)))
        }
        Err(Trouble::Refused(refused)) => {
            draw(&desk, &office, &request, &row, &form.fields, &Errors::of(desk.lang, &refused)).await
        }
        Err(trouble) => Err(trouble),
    }
}

async fn sent(desk: &Desk, office: &Office, request: &Request, row: &Row, form: &FormData) -> Result<bool, Trouble> {
    let version = form.get("version").parse().map_err(|_| Trouble::Unreadable)?;
    let send = form.get("do") == "send";
    let mut refused = Refused::default();
    let mut given = Vec::with_capacity(request.columns.len());
    for (place, column) in request.columns.iter().enumerate() {
        let name = field(place);
        let none = form.get(&format!("{name}.none")) == "yes";
        match request::read(column, form.get(&name), none, &name) {
            Ok(one) => given.push(one),
            Err(refusal) => {
                refused.push(refusal);
                given.push(Given::Blank);
            }
        }
    }
    refused.settle()?;
    match request::answer(office.source(), &by(desk)?, request.id, row.unit, version, given, send).await {
        Ok(()) => Ok(send),
        Err(Stop::Refused(refused)) => Err(Trouble::Refused(refused)),
        Err(stop) => Err(stop.into()),
    }
}
