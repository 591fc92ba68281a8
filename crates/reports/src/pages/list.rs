//! The list of reports, newest first.

use futures::future::BoxFuture;
use kernel::Id;
use web::{
    Answer, Desk, Group, Head, Markup, Page, Pager, Row, Table, Trouble, empty, html, link_button, pager, panel, t,
    table,
};

use super::{Office, READ, WRITE, acts_of, href, moment, state_tag, target};
use crate::{Act, Report, State, act};

const SHOWN: usize = 50;
/// On the page of today: so many of the newest that wait for anyone are looked at, and so many lines shown.
const LOOKED_AT: i64 = 400;
const TODAY: usize = 8;

/// The reports before one, newest first, and whether there are more. A page is filled with what this reader may see, however far back that
/// lies.
pub(crate) async fn page_of(desk: &Desk, tx: &mut db::Tx, before: Option<Id>) -> db::Result<(Vec<Report>, bool)> {
    let mut before = before.unwrap_or(Id(i64::MAX));
    let mut seen: Vec<Report> = Vec::new();
    while seen.len() <= SHOWN {
        let some = act::list(tx, before, 200).await?;
        let Some(last) = some.last() else { break };
        before = last.id;
        seen.extend(some.into_iter().filter(|report| desk.can(READ, &target(report))));
    }
    let more = seen.len() > SHOWN;
    seen.truncate(SHOWN);
    Ok((seen, more))
}

/// On the page of today: the reports whose next act is the reader's, to accept, to mend or to issue.
pub fn today(desk: &Desk) -> BoxFuture<'_, Result<Option<Markup>, Trouble>> {
    Box::pin(async move {
        if desk.seat().is_err() {
            return Ok(None);
        }
        let (office, lang) = (Office::of(desk), desk.lang);
        let mut tx = office.house.read().await?;
        let mut waiting = act::waiting(&mut tx, LOOKED_AT).await?;
        drop(tx);
        waiting.retain(|report| {
            let next = match report.state {
                State::Submitted => Act::Accept,
                State::Accepted => Act::Issue,
                _ => Act::Submit,
            };
            desk.can(READ, &target(report)) && acts_of(desk, report).contains(&next)
        });
        let inside = html! {
            ul.list {
                @for report in waiting.iter().take(TODAY) {
                    li.row.between {
                        span { a href=(href(report.id)) { (office.title(lang, report)) } br; span.soft.s { (office.body(report)) } }
                        (state_tag(lang, report, &[]))
                    }
                }
            }
            @if waiting.len() > TODAY { p.pad.s { a href="/reports" { (t!(lang, "reports.title")) } } }
        };
        Ok((!waiting.is_empty()).then(|| panel("h-reports", &t!(lang, "reports.wait_for_you"), None, &inside)))
    })
}

pub(crate) async fn list(desk: Desk) -> Answer {
    let lang = desk.lang;
    desk.who()?;
    let office = Office::of(&desk);
    let mut tx = office.house.read().await?;
    let first = desk.query().maybe("after").and_then(|after| after.parse::<Id>().ok());
    let (seen, more) = page_of(&desk, &mut tx, first).await?;
    let next = seen.last().filter(|_| more).map(|last| desk.query().with("after", &last.id.handle()).href("/reports"));
    let rows = seen.iter().map(|report| {
        Row::new(vec![
            html! { a href=(href(report.id)) { (office.title(lang, report)) } },
            html! { (office.unit(report)) },
            html! { (office.body(report)) },
            state_tag(lang, report, &[]),
            moment(report.changed),
        ])
    });
    let sheet = Table {
        caption: t!(lang, "reports.title"),
        heads: vec![
            Head::new(t!(lang, "reports.report")).main(),
            Head::new(t!(lang, "reports.unit")),
            Head::new(t!(lang, "reports.body")).soft(),
            Head::new(t!(lang, "reports.state")),
            Head::new(t!(lang, "reports.changed")).soft(),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    let shown = i64::try_from(seen.len()).unwrap_or(0);
    let pages = Pager { from: 1, to: shown, first: first.map(|_| "/reports".to_owned()), next, ..Pager::default() };
    let writes = desk.seat().is_ok_and(|seat| desk.can(WRITE, &web::Target::unit(seat.unit)));
    let begin = html! {
        @if writes { a.btn.btn-main href="/reports/new" { (t!(lang, "reports.new")) } }
    };
    let main = html! {
        p { a href="/reports/owed" { (t!(lang, "reports.owed_title")) } }
        @if seen.is_empty() {
            (empty("file-text", &t!(lang, "reports.none"), &html! { (t!(lang, "reports.none_why")) }, &html! {
                @if writes { (link_button("/reports/new", None, &t!(lang, "reports.new"))) }
            }))
        } @else {
            (table(lang, &sheet))
            @if first.is_some() || more { (pager(lang, &pages)) }
        }
    };
    let mut page = Page::new(t!(lang, "reports.title")).main(main);
    if writes && !seen.is_empty() {
        page = page.acts(begin);
    }
    desk.show(page).await
}
