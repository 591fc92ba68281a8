//! Beside a place for prose: what those below wrote at the same place of theirs, each paragraph to take with one press.

use axum::extract::Path;
use db::Stop;
use kernel::Id;
use web::{
    Answer, Desk, Errors, Flash, FormData, Page, Pager, Shape, Tone, Trouble, empty, error_summary, html, note, pager,
    panel, t,
};

use super::{Office, READ, WRITE, by, href, state_tag, target};
use crate::{Act, Report, Scene, below};

/// Bodies on a page.
const SHOWN: usize = 20;

/// Where the page stands, if there is anyone below to read.
pub(crate) fn way(scene: &Scene<'_>, report: &Report, slot: &str) -> Option<String> {
    let own = scene.outline.slots().iter().any(|one| one.id == slot);
    (own && !below::places(scene).is_empty()).then(|| format!("{}/slot/{slot}/below", href(report.id)))
}

pub(crate) async fn show(desk: Desk, Path((handle, slot)): Path<(String, String)>) -> Answer {
    page(&desk, &handle, &slot, desk.query().get("after"), &Errors::none()).await
}

async fn page(desk: &Desk, handle: &str, slot: &str, after: &str, errors: &Errors) -> Answer {
    let (office, lang) = (Office::of(desk), desk.lang);
    let (report, _, mut tx) = office.open(desk, handle, WRITE).await?;
    report.state.take(Act::Write)?;
    let scene = office.source().scene(&report)?;
    let label = scene.slot(slot).ok_or(Trouble::NotFound)?;
    let mut all = below::told(&mut tx, &scene, slot).await?;
    drop(tx);
    all.retain(|one| desk.can(READ, &target(&one.report)));
    let whole = all.len();
    let first: usize = after.parse().unwrap_or(0).min(whole.saturating_sub(1) / SHOWN * SHOWN);
    let here = format!("{}/slot/{slot}/below", href(report.id));
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let next = (first + SHOWN < whole).then(|| format!("{here}?after={}", first + SHOWN));
    let pages = Pager {
        from: count(first + 1),
        to: count(whole.min(first + SHOWN)),
        whole: Some((count(whole), true)),
        first: (first > 0).then(|| here.clone()),
        next,
        ..Pager::default()
    };
    let own = report.slots.get(slot).map(String::as_str).unwrap_or_default();
    let main = html! {
        (error_summary(lang, errors))
        details.panel.pad open[!own.is_empty()] {
            summary { (t!(lang, "reports.below_own")) }
            div {
                @if own.is_empty() { p.soft { (t!(lang, "reports.unwritten")) } } @else { (papers::html_blocks(&papers::from_markdown(own))) }
                p { a href=(format!("{}/slot/{slot}", href(report.id))) { (t!(lang, "reports.edit_slot")) } }
            }
        }
        @if all.is_empty() {
            (empty("file-text", &t!(lang, "reports.below_none"), &html! { (t!(lang, "reports.below_none_why")) }, &html! {}))
        }
        @for one in all.iter().skip(first).take(SHOWN) {
            @let id = format!("r-{}", one.report.id);
            @let inside = html! {
                @for (n, part) in one.parts.iter().enumerate() {
                    @let taken = own.contains(&below::sourced(part, &one.by));
                    div.pad {
                        (papers::html_blocks(&papers::from_markdown(part)))
                        @if taken { p.s.soft { (t!(lang, "reports.below_was_taken")) } } @else {
                            form method="post" action=(here) {
                                (desk.csrf())
                                input type="hidden" name="version" value=(report.version);
                                input type="hidden" name="from" value=(one.report.id);
                                input type="hidden" name="part" value=(n);
                                input type="hidden" name="after" value=(first);
                                button.btn type="submit" { (t!(lang, "reports.below_take")) span.vh { " " (one.by) ", " (n + 1) } }
                            }
                        }
                    }
                }
            };
            @let state = html! { (state_tag(lang, &one.report, &[])) " " a href=(href(one.report.id)) { (t!(lang, "reports.below_report")) } };
            (panel(&id, &one.by, Some(&state), &inside))
        }
        @if whole > SHOWN { (pager(lang, &pages)) }
        @else if whole > 0 { (note(Tone::Info, &html! { p { (t!(lang, "reports.below_count", count = whole)) } })) }
    };
    let title = office.title(lang, &report);
    let page = Page::new(t!(lang, "reports.below_title", slot = &label))
        .crumb(t!(lang, "reports.title"), "/reports")
        .crumb(title, href(report.id))
        .crumb(label, format!("{}/slot/{slot}", href(report.id)))
        .here(t!(lang, "reports.below"));
    desk.show(page.shape(Shape::Form).main(main).faults(errors).at("/reports")).await
}

pub(crate) async fn take(desk: Desk, Path((handle, slot)): Path<(String, String)>, data: FormData) -> Answer {
    let office = Office::of(&desk);
    let (report, _, tx) = office.open(&desk, &handle, WRITE).await?;
    drop(tx);
    // What the reader may not see cannot be taken either.
    let (theirs, _, tx) = office.open(&desk, data.get("from"), READ).await?;
    drop(tx);
    let version: i64 = data.get("version").parse().map_err(|_| Trouble::Unreadable)?;
    let part: usize = data.get("part").parse().map_err(|_| Trouble::Unreadable)?;
    let from: Id = theirs.id;
    match below::take(office.source(), &by(&desk)?, (report.id, version), &slot, from, part).await {
        Ok(()) => {
            let after = data.maybe("after").filter(|after| *after != "0").map(|after| format!("?after={after}"));
            let to = format!("{}/slot/{slot}/below{}#r-{from}", href(report.id), after.unwrap_or_default());
            desk.back_to(&to, Some(Flash::ok("reports.below_was_taken")))
        }
        Err(Stop::Refused(refused)) => {
            page(&desk, &handle, &slot, data.get("after"), &Errors::of(desk.lang, &refused)).await
        }
        Err(stop) => Err(stop.into()),
    }
}
