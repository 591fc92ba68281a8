//! A record that someone watches: the button on its page, and what happened to it since they last looked.

use std::collections::HashMap;

use kernel::Id;
use web::{Desk, Markup, Target, Trouble, html, icon, t};

use super::{Office, READ, happened, href};
use crate::{
    Record,
    store::{self, watch},
};

/// Entries that are told of one record.
const TOLD: i64 = 12;

/// The address to which both buttons are posted.
pub const WATCHING: &str = "/watching";

/// What happened to a record since an entry of its timeline.
pub struct Since {
    pub title: String,
    /// The register and the number within the book.
    pub belongs: String,
    /// The number of its latest entry.
    pub last: i64,
    /// Each as one line, the latest first.
    pub told: Vec<Markup>,
    /// There were more than are told.
    pub more: bool,
}

/// The button that watches what stands at an address, or stops it.
pub async fn watch_button(desk: &Desk, address: &str) -> Result<Markup, Trouble> {
    let account = desk.who()?.account;
    let watched = watch::at(&mut desk.read().await?, account, address).await?;
    let lang = desk.lang;
    Ok(html! {
        @if let Some(watch) = watched {
            form method="post" action=(format!("{WATCHING}/{}/drop", Id(watch.id))) {
                (desk.csrf())
                input type="hidden" name="back" value="there";
                button.btn.btn-bare type="submit" { (icon("eye")) (t!(lang, "record.unwatch")) }
            }
        } @else {
            form method="post" action=(WATCHING) {
                (desk.csrf())
                input type="hidden" name="address" value=(address);
                button.btn.btn-bare type="submit" { (icon("eye")) (t!(lang, "record.watch")) }
            }
        }
    })
}

/// The number of the latest entry of a record that this reader may open; any other is not there.
pub async fn last_entry(desk: &Desk, handle: &str) -> Result<(Id, i64), Trouble> {
    let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
    let since = since(desk, &[(id, i64::MAX)]).await?.pop().flatten().ok_or(Trouble::NotFound)?;
    Ok((id, since.last))
}

/// What happened to records since an entry of each; none of one that this reader may not open now.
pub async fn since(desk: &Desk, watched: &[(Id, i64)]) -> Result<Vec<Option<Since>>, Trouble> {
    let office = Office::of(desk)?;
    let ids: Vec<i64> = watched.iter().map(|(id, _)| id.0).collect();
    let mut tx = office.house.read().await?;
    let records: HashMap<i64, Record> = store::find_many(&mut tx, &office.house.names, &ids)
        .await?
        .into_iter()
        .map(|record| (record.id.0, record))
        .collect();
    let mut parties = store::parties_of(&mut tx, &ids).await?;
    let mut all = Vec::with_capacity(watched.len());
    for (id, mark) in watched {
        let known =
            records.get(&id.0).and_then(|record| Some((record, office.snapshot.pack.register(&record.register)?)));
        let Some((record, register)) = known else {
            all.push(None);
            continue;
        };
        let parties = parties.remove(&id.0).unwrap_or_default();
        if !desk.can(READ, &Target::unit(record.unit).register(&record.register).parties(parties)) {
            all.push(None);
            continue;
        }
        let about = timeline::Kind::Record.of(id.0);
        let entries = timeline::list(&mut tx, about, i64::MAX, TOLD + 1).await?;
        let wrote: Vec<(i64, i64)> = entries.iter().map(|entry| (entry.who, entry.seat)).collect();
        let people = office.people(&mut tx, &wrote).await?;
        let new: Vec<_> = entries.iter().filter(|entry| entry.number > *mark).collect();
        let shown = usize::try_from(TOLD).unwrap_or_default();
        let told = new.iter().take(shown).map(|entry| {
            let who = people.get(&entry.who).map(String::as_str).unwrap_or_default();
            html! { (happened::told(&office, register, entry)) " " span.soft.s { (happened::moment(entry.at)) ", " (who) } }
        });
        all.push(Some(Since {
            title: record.title.clone(),
            belongs: format!("{} {}", register.label.in_lang(desk.lang), record.reference()),
            last: entries.first().map_or(0, |entry| entry.number),
            told: told.collect(),
            more: new.len() > shown,
        }));
    }
    Ok(all)
}

/// The button of a record's page.
pub(super) async fn button(desk: &Desk, record: &Record) -> Result<Markup, Trouble> {
    watch_button(desk, &href(record.id)).await
}
