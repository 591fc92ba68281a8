//! One-off requests: what waits for an answer, what was asked, the table as it fills, its workbook and its end.

pub(super) mod answer;
pub(super) mod new;

use axum::extract::Path;
use db::Tx;
use futures::future::BoxFuture;
use jiff::Timestamp;
use kernel::{Id, Lang, civil_day, number};
use papers::{
    Format,
    sheet::{Cell, Column as Head, Kind, Sheet, xlsx},
};
use records::value::Directory as _;
use units::Unit;
use web::{
    Answer, Desk, Fields, Flash, FormData, Group, Markup, Page, Row as Line, Table, Tally, Target, Tone, Trouble,
    download, empty, html, icon, link_button, panel, t, table, tag, tallies,
};

use super::{Office, by, moment};
use crate::request::{self, Given, Holds, Request, Row, RowState};

pub(crate) const READ: &str = "request.read";
/// To ask a table from bodies.
pub(crate) const ASK: &str = "request.ask";
pub(crate) const ANSWER: &str = "request.answer";
pub(crate) const CLOSE: &str = "request.close";
const PATH: &str = "/requests";

fn href(id: Id) -> String {
    format!("{PATH}/{id}")
}

/// `16:30 ngày 12/01/2026`, as a sentence says it.
fn hour(lang: Lang, at: Timestamp) -> String {
    let local = jiff::tz::Offset::constant(7).to_datetime(at);
    let hour = format!("{:02}:{:02}", local.hour(), local.minute());
    t!(lang, "request.hour_of", hour = hour, day = kernel::show_day(civil_day(at)))
}

/// The bodies for which a seat reads and answers: its own; of a place all that stand there.
fn own(desk: &Desk, office: &Office) -> Result<Vec<i64>, Trouble> {
    let seat = Unit(desk.seat()?.unit);
    let at = office.snapshot.tree.at(desk.today);
    let mut own = vec![seat.0];
    if !at.is_body(seat) {
        own.extend(at.bodies(seat).into_iter().map(|unit| unit.0));
    }
    Ok(own)
}

fn title(office: &Office, desk: &Desk, unit: Unit) -> String {
    office.snapshot.tree.at(desk.today).title(unit)
}

/// What the row of a body waits for, in a word.
fn state(lang: Lang, request: &Request, row: &Row, now: Timestamp) -> Markup {
    match row.state {
        RowState::Sent if row.is_late(request) => tag(Tone::Warn, &t!(lang, "request.sent_late")),
        RowState::Sent => tag(Tone::Ok, &t!(lang, "request.sent")),
        RowState::Asked | RowState::Draft if request.closed.is_some() => tag(Tone::Plain, &t!(lang, "request.never")),
        RowState::Asked | RowState::Draft if request.due < now => tag(Tone::Bad, &t!(lang, "request.overdue")),
        RowState::Draft => tag(Tone::Info, &t!(lang, "request.drafted")),
        RowState::Asked => tag(Tone::Plain, &t!(lang, "request.waits")),
    }
}

pub(crate) async fn list(desk: Desk) -> Answer {
    let (office, lang) = (Office::of(&desk), desk.lang);
    let own = own(&desk, &office)?;
    let mut tx = office.house.read().await?;
    let waiting = request::waiting(&mut tx, &own).await?;
    let asked = request::asked(&mut tx, &own).await?;
    let mut counts = Vec::with_capacity(asked.len());
    for request in &asked {
        let (_, rows) = request::find(&mut tx, request.id).await?;
        counts.push((rows.iter().filter(|row| row.state == RowState::Sent).count(), rows.len()));
    }
    drop(tx);
    let asks = desk.can(ASK, &Target::unit(desk.seat()?.unit));
    let new = link_button("/requests/new", Some("plus"), &t!(lang, "request.new"));
    let ours = |(request, (sent, whole)): (&Request, &(usize, usize))| {
        Line::new(vec![
            html! { a href=(href(request.id)) { (request.title) } },
            moment(request.due),
            html! { (t!(lang, "request.sent_of", sent = *sent, whole = *whole)) },
            html! { @if request.closed.is_some() { (tag(Tone::Plain, &t!(lang, "request.closed_state"))) }
            @else if sent == whole { (tag(Tone::Ok, &t!(lang, "request.complete"))) }
            @else if request.due < desk.now { (tag(Tone::Bad, &t!(lang, "request.overdue"))) }
            @else { (tag(Tone::Info, &t!(lang, "request.running"))) } },
        ])
    };
    let sheet = Table {
        caption: t!(lang, "request.asked"),
        heads: vec![
            web::Head::new(t!(lang, "request.request")).main(),
            web::Head::new(t!(lang, "request.due")),
            web::Head::new(t!(lang, "request.answered")),
            web::Head::new(t!(lang, "reports.state")),
        ],
        groups: vec![Group { label: String::new(), rows: asked.iter().zip(&counts).map(ours).collect() }],
        ..Table::default()
    };
    let main = html! {
        @if waiting.is_empty() && asked.is_empty() {
            (empty("inbox", &t!(lang, "request.none"), &html! { (t!(lang, "request.none_why")) }, &html! { @if asks { (new) } }))
        }
        @if !waiting.is_empty() { (panel("h-waiting", &t!(lang, "request.to_answer"), None, &received(&desk, &office, &waiting))) }
        @if !asked.is_empty() { (panel("h-asked", &t!(lang, "request.asked"), None, &table(lang, &sheet))) }
    };
    let mut page =
        Page::new(t!(lang, "request.title")).lead(html! { p.soft { (t!(lang, "request.lead")) } }).main(main);
    if asks && !(waiting.is_empty() && asked.is_empty()) {
        page = page.acts(html! { a.btn.btn-main href="/requests/new" { (icon("plus")) (t!(lang, "request.new")) } });
    }
    desk.show(page.at(PATH)).await
}

/// What bodies were asked, each a way to its answer.
fn received(desk: &Desk, office: &Office, waiting: &[(Request, Row)]) -> Markup {
    let lang = desk.lang;
    let row = |(request, row): &(Request, Row)| {
        Line::new(vec![
            moment(request.due),
            html! {
                a href=(answer::href(office, desk, request.id, row.unit)) { (request.title) }
                br; span.soft.s { (title(office, desk, row.unit)) }
            },
            html! { (title(office, desk, request.unit)) },
            state(lang, request, row, desk.now),
        ])
    };
    let sheet = Table {
        caption: t!(lang, "request.to_answer"),
        heads: vec![
            web::Head::new(t!(lang, "request.due")),
            web::Head::new(t!(lang, "request.request")).main(),
            web::Head::new(t!(lang, "request.by")).main().soft(),
            web::Head::new(t!(lang, "reports.state")),
        ],
        groups: vec![Group { label: String::new(), rows: waiting.iter().map(row).collect() }],
        ..Table::default()
    };
    table(lang, &sheet)
}

/// On the page of today: what this seat's bodies were asked and have not sent, with the hour.
pub fn today(desk: &Desk) -> BoxFuture<'_, Result<Option<Markup>, Trouble>> {
    Box::pin(async move {
        let office = Office::of(desk);
        let own = own(desk, &office)?;
        let mut tx = office.house.read().await?;
        let mut waiting = request::waiting(&mut tx, &own).await?;
        drop(tx);
        waiting.retain(|(request, row)| request.closed.is_none() && row.state != RowState::Sent);
        let title = t!(desk.lang, "request.to_answer");
        Ok((!waiting.is_empty()).then(|| panel("h-requests", &title, None, &received(desk, &office, &waiting))))
    })
}

/// A request of this reader's own body.
async fn open(desk: &Desk, office: &Office, handle: &str, act: &str) -> Result<(Request, Vec<Row>, Tx), Trouble> {
    desk.who()?;
    let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = office.house.read().await?;
    let (request, mut rows) = request::find(&mut tx, id).await?;
    let target = Target::unit(request.unit.0);
    desk.sees(READ, &target)?;
    if act != READ {
        desk.may(act, &target)?;
    }
    let at = office.snapshot.tree.at(desk.today);
    rows.sort_by_cached_key(|row| at.code(row.unit));
    Ok((request, rows, tx))
}

pub(crate) async fn show(desk: Desk, Path(handle): Path<String>) -> Answer {
    let (office, lang) = (Office::of(&desk), desk.lang);
    let (request, rows, tx) = match open(&desk, &office, &handle, READ).await {
        // Whoever was asked finds their own row behind the same address.
        Err(Trouble::NotFound) => return answer::own_row(&desk, &office, &handle).await,
        opened => opened?,
    };
    drop(tx);
    let open_rows: Vec<&Row> = rows.iter().filter(|row| row.state != RowState::Sent).collect();
    let late = rows.iter().filter(|row| row.state == RowState::Sent && row.is_late(&request)).count();
    let count = |n: usize| number::grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let tally = |tone, icon, n: usize, label: String| Tally {
        tone: if n == 0 { Tone::Plain } else { tone },
        icon,
        count: count(n),
        label,
        href: None,
    };
    let above = tallies(
        &t!(lang, "request.answered"),
        &[
            tally(Tone::Ok, "check", rows.len() - open_rows.len(), t!(lang, "request.tally_sent")),
            tally(Tone::Warn, "hourglass", late, t!(lang, "request.tally_late")),
            tally(Tone::Bad, "triangle-alert", open_rows.len(), t!(lang, "request.tally_open")),
        ],
    );
    let main = html! {
        @if !request.note.is_empty() { p { (request.note) } }
        @if request.closed.is_none() && !open_rows.is_empty() { (silent(&desk, &office, &request, &open_rows)) }
        (grid(&desk, &office, &request, &rows))
        @if let Some(closed) = request.closed { p.soft { (t!(lang, "request.closed_at", hour = hour(lang, closed))) } }
    };
    let closes = request.closed.is_none() && desk.can(CLOSE, &Target::unit(request.unit.0));
    let acts = html! {
        a.btn href=(format!("{}/xlsx", href(request.id))) { (icon("download")) (t!(lang, "figures.cross_xlsx")) }
        @if closes {
            form method="post" action=(format!("{}/close", href(request.id))) {
                (desk.csrf())
                input type="hidden" name="version" value=(request.version);
                button.btn type="submit" { (t!(lang, "request.close")) }
            }
        }
    };
    let lead = html! { p.soft { (t!(lang, "request.due_by", hour = hour(lang, request.due))) } };
    let page =
        Page::new(&request.title).crumb(t!(lang, "request.title"), PATH).here(&request.title).lead(lead).acts(acts);
    desk.show(page.above(above).main(main).wide().at(PATH)).await
}

/// Who has not answered, and a text to send them.
fn silent(desk: &Desk, office: &Office, request: &Request, open: &[&Row]) -> Markup {
    let lang = desk.lang;
    // Of bodies below the name of their place says enough, and a hundred of them still make a text.
    let at = office.snapshot.tree.at(desk.today);
    let name = |row: &&Row| match request::place_of(office.source(), request, row.unit) {
        unit if unit == row.unit => at.title(unit),
        place => at.name(place),
    };
    let names: Vec<String> = open.iter().map(name).collect();
    let names = names.join(", ");
    let text = t!(Lang::Vi, "request.urge", units = &names, title = &request.title, hour = hour(Lang::Vi, request.due));
    let note = html! { (t!(lang, "request.count_units", count = open.len())) };
    panel(
        "h-silent",
        &t!(lang, "request.silent"),
        Some(&note),
        &html! {
            div.pad.tight {
                details.s { summary { (t!(lang, "request.silent_names")) } p { (names) } }
                label.vh for="urge" { (t!(lang, "reports.owed_text")) }
                textarea id="urge" readonly rows="3" data-copy=(t!(lang, "reports.owed_copy")) { (text) }
            }
        },
    )
}

/// An answer as people read it.
fn shown(lang: Lang, given: &Given) -> Markup {
    match given {
        Given::Blank => html! { span.soft { "–" } },
        Given::NoData => html! { span.soft { (t!(lang, "web.no_data")) } },
        Given::Number { shown, .. } => html! { span.nw { (shown) } },
        Given::Text { text } => html! { (text) },
        Given::Yes => html! { (t!(lang, "web.yes")) },
        Given::No => html! { (t!(lang, "web.no")) },
    }
}

/// Of a figure, where its number opens.
fn opened(office: &Office, request: &Request, row: &Row, holds: &Holds, given: &Given) -> Option<String> {
    let (Holds::Figure { figure }, Given::Number { .. }) = (holds, given) else { return None };
    let ask = figures::Ask::of(request::place_of(office.source(), request, row.unit), request.window);
    Some(figures::href(&office.snapshot, figure, ask))
}

/// The table: bodies down, columns across, the sum of what may be summed.
fn grid(desk: &Desk, office: &Office, request: &Request, rows: &[Row]) -> Markup {
    let lang = desk.lang;
    let numeric = |holds: &Holds| matches!(holds, Holds::Number | Holds::Figure { .. });
    let cell = |row: &Row, place: usize, holds: &Holds| {
        let given = if row.state == RowState::Sent { row.given(place) } else { &Given::Blank };
        html! {
            td.num[numeric(holds)] {
                @match (given, opened(office, request, row, holds, given)) {
                    (Given::Number { shown, .. }, Some(href)) => (web::figure(shown, Some(&href), false)),
                    _ => (shown(lang, given)),
                }
            }
        }
    };
    let sums: Vec<Option<(i64, u32)>> =
        (0..request.columns.len()).map(|place| request::total(office.source(), request, rows, place)).collect();
    let yes =
        |place: usize| rows.iter().filter(|row| row.state == RowState::Sent && *row.given(place) == Given::Yes).count();
    let inside = html! {
        div.scroll tabindex="0" role="region" aria-label=(request.title) {
            table.tbl.cross {
                caption.vh { (request.title) }
                thead { tr {
                    th scope="col" { (t!(lang, "request.body")) }
                    th scope="col" { (t!(lang, "reports.state")) }
                    @for column in &request.columns { th.num[numeric(&column.holds)] scope="col" { (column.label) } }
                } }
                tbody { @for row in rows {
                    tr {
                        th scope="row" { (title(office, desk, row.unit)) }
                        td { (state(lang, request, row, desk.now)) @if let Some(sent) = row.sent { " " span.soft.s { (moment(sent)) } } }
                        @for (place, column) in request.columns.iter().enumerate() { (cell(row, place, &column.holds)) }
                    }
                } }
                tfoot { tr {
                    th scope="row" { (t!(lang, "web.sum")) }
                    td { (t!(lang, "request.sent_of", sent = rows.iter().filter(|row| row.state == RowState::Sent).count(), whole = rows.len())) }
                    @for (place, (column, sum)) in request.columns.iter().zip(&sums).enumerate() {
                        td.num[numeric(&column.holds)].sum {
                            @match (sum, &column.holds) {
                                (Some((amount, places)), _) => (number::decimal(*amount, *places)),
                                (None, Holds::YesNo) => (t!(lang, "request.yes_count", count = yes(place))),
                                (None, Holds::Figure { .. }) if !request::sums(office.source(), column) => {
                                    span.soft { (t!(lang, "figures.cross_no_total")) }
                                },
                                _ => {}
                            }
                        }
                    }
                } }
            }
        }
        p.pad.s.soft { (t!(lang, "request.grid_note")) }
    };
    panel("h-grid", &t!(lang, "request.answers"), None, &inside)
}

/// The table as a workbook, with its sum.
pub(crate) async fn workbook(desk: Desk, Path(handle): Path<String>) -> Answer {
    let (office, lang) = (Office::of(&desk), desk.lang);
    let (request, rows, tx) = open(&desk, &office, &handle, READ).await?;
    drop(tx);
    let mut heads = vec![
        Head::new(t!(lang, "figures.unit_code"), 14, Kind::Text),
        Head::new(t!(lang, "request.body"), 40, Kind::Text),
        Head::new(t!(lang, "reports.state"), 18, Kind::Text),
        Head::new(t!(lang, "request.sent_when"), 18, Kind::Text),
    ];
    let scale = |place: usize| {
        let places = rows.iter().filter_map(|row| match row.given(place) {
            Given::Number { places, .. } => Some(*places),
            _ => None,
        });
        places.max().unwrap_or(0)
    };
    let scales: Vec<u32> = (0..request.columns.len()).map(scale).collect();
    for (column, scale) in request.columns.iter().zip(&scales) {
        let kind = match column.holds {
            Holds::Number | Holds::Figure { .. } if *scale == 0 => Kind::Integer,
            Holds::Number | Holds::Figure { .. } => Kind::Decimal(*scale),
            Holds::Text | Holds::YesNo => Kind::Text,
        };
        heads.push(Head::new(&column.label, 20, kind).noted(&column.hint));
    }
    let line = |row: &Row| {
        let sent = row.state == RowState::Sent;
        let word = match row.state {
            RowState::Sent if row.is_late(&request) => t!(lang, "request.sent_late"),
            RowState::Sent => t!(lang, "request.sent"),
            RowState::Asked | RowState::Draft => t!(lang, "request.waits"),
        };
        let mut cells = vec![
            Cell::Text(office.snapshot.code(row.unit.0, desk.today)),
            Cell::Text(title(&office, &desk, row.unit)),
            Cell::Text(word),
            row.sent.map_or(Cell::Blank, |at| Cell::Text(hour(lang, at))),
        ];
        cells.extend(scales.iter().enumerate().map(|(place, scale)| match row.given(place) {
            _ if !sent => Cell::Blank,
            // A share is written as it reads: its number alone would say something else.
            Given::Number { shown, .. } if shown.contains('/') => Cell::Text(shown.clone()),
            Given::Number { amount, places, .. } => Cell::Number(amount * 10_i64.pow(scale - (*places).min(*scale))),
            Given::NoData => Cell::Text(t!(lang, "web.no_data")),
            Given::Text { text } => Cell::Text(text.clone()),
            Given::Yes => Cell::Text(t!(lang, "web.yes")),
            Given::No => Cell::Text(t!(lang, "web.no")),
            Given::Blank => Cell::Blank,
        }));
        cells
    };
    let mut lines: Vec<Vec<Cell>> = rows.iter().map(line).collect();
    let mut sum = vec![Cell::Blank, Cell::Text(t!(lang, "web.sum")), Cell::Blank, Cell::Blank];
    sum.extend(scales.iter().enumerate().map(|(place, scale)| {
        let total = request::total(office.source(), &request, &rows, place);
        total.map_or(Cell::Blank, |(amount, places)| Cell::Number(amount * 10_i64.pow(scale - places.min(*scale))))
    }));
    lines.push(sum);
    let sheet = Sheet { name: t!(lang, "request.answers"), columns: heads };
    let bytes = xlsx(&request.title, Some(desk.today), &sheet, lines).map_err(Trouble::internal)?;
    download(&format!("phieu-thu-thap-{}.xlsx", request.id), Format::Xlsx.media_type(), bytes)
}

pub(crate) async fn close(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk);
    let (request, _, tx) = open(&desk, &office, &handle, CLOSE).await?;
    drop(tx);
    let version = form.get("version").parse().map_err(|_| Trouble::Unreadable)?;
    request::close(office.source(), &by(&desk)?, request.id, version).await?;
    desk.back_to(&href(request.id), Some(Flash::ok("request.closed_now")))
}

/// The address of a body's answer carries its code.
fn of_unit(path: &str, code: &str) -> String {
    Fields::from_iter([("unit", code)]).href(path)
}
