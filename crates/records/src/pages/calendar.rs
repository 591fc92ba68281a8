//! The due days of someone's own books, as a calendar that a telephone reads under a secret address. It names papers by number, never by content.

use std::sync::Arc;

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::IntoResponse as _,
};
use kernel::Day;
use papers::Appointment;
use web::{Answer, Desk, Markup, Page, Shape, Target, Trouble, html, panel, t};

use super::{WRITE, office};
use crate::{House, lists, store};

pub(super) async fn read(desk: Desk, Path(token): Path<String>) -> Answer {
    let house = desk.app.room::<Arc<House>>().clone();
    let snapshot = house.now();
    let mut tx = house.read().await?;
    let who = people::calendar_reader(&mut tx, &snapshot.tree, &token, desk.now).await?.ok_or(Trouble::NotFound)?;
    drop(tx);
    let unit = who.seat.unit;
    let scope = house.scopes.of(&snapshot, unit, desk.today, || office::scope(&snapshot, unit, desk.today));
    let ids: Vec<i64> = lists::due(&house, &scope, Day::MAX).await?.into_iter().map(|one| one.id.0).collect();
    let records = store::find_many(&mut house.read().await?, &house.names, &ids).await?;
    let mut days = Vec::new();
    for record in records {
        let own = Target::unit(record.unit).register(&record.register);
        let Some(register) = snapshot.pack.register(&record.register) else { continue };
        if !desk.app.access.may(&who, WRITE, &own, desk.today) {
            continue;
        }
        for running in record.document.clocks.iter().filter(|running| running.runs()) {
            let Some(clock) = register.clock(&running.clock) else { continue };
            let label = clock.label.in_lang(desk.lang);
            // The article and the arithmetic hold nothing of the matter.
            let why = serde_json::from_value::<calendar::Due>(running.derivation.clone());
            days.push(Appointment {
                uid: format!("{}-{}@danvan", record.id, clock.id),
                day: running.due,
                title: format!("{label}: {} {}", register.label.in_lang(desk.lang), record.reference()),
                text: why.map(|due| due.sentence(desk.lang)).unwrap_or_default(),
                href: None,
            });
        }
    }
    let name = t!(desk.lang, "record.calendar");
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], papers::ics(&name, desk.now, &days)).into_response())
}

/// A new address; the one before ends.
pub(super) async fn address(desk: Desk) -> Answer {
    let who = desk.who()?;
    desk.may(WRITE, &Target::unit(who.seat.unit))?;
    let mut tx = desk.begin().await?;
    let token = people::calendar_address(&mut tx, &desk.app.ids, who, desk.now).await?;
    tx.commit().await?;
    let (lang, path) = (desk.lang, format!("/calendar/{token}"));
    let title = t!(lang, "record.calendar");
    let main = html! {
        section.panel {
            div.group {
                p { (t!(lang, "record.calendar_copy")) }
                p { a href=(path) { (path) } }
                label.vh for="f-address" { (title) }
                textarea id="f-address" readonly rows="2" data-copy=(t!(lang, "record.calendar_copy_do")) data-address { (path) }
                p.soft.s { (t!(lang, "record.calendar_secret")) }
            }
        }
    };
    desk.show(Page::new(&title).here(&title).main(main).shape(Shape::Form).at("/")).await
}

/// Where one asks for it.
pub(super) fn offer(desk: &Desk, unit: i64) -> Markup {
    let lang = desk.lang;
    if !desk.can(WRITE, &Target::unit(unit)) {
        return html! {};
    }
    let body = html! {
        form.pad.tight method="post" action="/calendar" {
            (desk.csrf())
            p.soft.s { (t!(lang, "record.calendar_why")) }
            p { button.btn type="submit" { (t!(lang, "record.calendar_do")) } }
        }
    };
    panel("h-calendar", &t!(lang, "record.calendar"), None, &body)
}
