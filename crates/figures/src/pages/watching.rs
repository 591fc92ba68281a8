//! What someone watches, records and figures, with what changed since they last looked. What they may no longer open is not told.

use axum::extract::Path;
use kernel::{Id, Refusal};
use records::{
    Snapshot,
    pages::{Since, WATCHING, last_entry, since},
    store::watch::{self, Watch},
};
use web::{
    Answer, Desk, Fields, Flash, FormData, Group, Head, Markup, Page, Row, Table, Trouble, empty, html, icon,
    link_button, t, table,
};

use super::{
    Asked, READ,
    breakdown::{path, with_words, words_of},
    heads, house,
};
use crate::Study;

/// To watch what one may read.
pub(super) const WATCH: &str = "watch.own";
/// As many as one person looks through.
const MOST: usize = 100;

/// A figure as an address asks for it.
struct Shown {
    /// The same address, written in one way.
    address: String,
    label: String,
    /// Unit and period.
    of: String,
    value: String,
}

pub(super) async fn page(desk: Desk) -> Answer {
    let lang = desk.lang;
    let all = watch::watched(&mut desk.read().await?, desk.who()?.account).await?;
    let rows = rows(&desk, &all).await?;
    let (new, same): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(changed, _)| *changed);
    let group = |label: &str, rows: Vec<(bool, Row)>| Group {
        label: web::words(lang, label, &[]),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    };
    let changed = new.len();
    let groups = [group("figures.watch_changed", new), group("figures.watch_same", same)];
    let sheet = Table {
        caption: t!(lang, "figures.watching"),
        heads: vec![
            Head::new(t!(lang, "figures.watch_what")).main(),
            Head::new(t!(lang, "figures.watch_since")).main(),
            Head::new(t!(lang, "figures.watch_stop")),
        ],
        groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
        ..Table::default()
    };
    let acts = html! {
        @if changed > 0 {
            form method="post" action=(format!("{WATCHING}/seen")) {
                (desk.csrf())
                button.btn type="submit" { (icon("check")) (t!(lang, "figures.watch_seen")) }
            }
        }
    };
    let main = html! {
        @if all.is_empty() {
            (empty("eye", &t!(lang, "figures.watch_none"), &html! { (t!(lang, "figures.watch_none_why")) }, &link_button("/registers", None, &t!(lang, "record.books"))))
        } @else {
            section.panel { (table(lang, &sheet)) }
        }
    };
    let lead = html! { @if !all.is_empty() { p.soft { (t!(lang, "figures.watch_lead", changed = changed, all = all.len())) } } };
    desk.show(Page::new(t!(lang, "figures.watching")).lead(lead).acts(acts).main(main).at(WATCHING)).await
}

/// A row of each, and whether something is new.
async fn rows(desk: &Desk, all: &[Watch]) -> Result<Vec<(bool, Row)>, Trouble> {
    let lang = desk.lang;
    let mut told = records_since(desk, all).await?.into_iter();
    let mut rows = Vec::with_capacity(all.len());
    for one in all {
        let looked = jiff::Timestamp::from_millisecond(one.looked_ms).unwrap_or_default();
        let looked = kernel::show_day(kernel::civil_day(looked));
        let same = html! { span.soft.s { (t!(lang, "figures.watch_nothing", day = &looked)) } };
        let known = match one.record {
            0 => figure(desk, &one.address).await?.map(|now| {
                let changed = now.value != one.mark;
                let then = (one.mark.as_str(), now.value.as_str());
                let what = html! { a href=(one.address) { (now.label) } br; span.soft.s { (now.of) } };
                let since = if changed {
                    html! { (then.0) " → " b { (then.1) } br; span.soft.s { (t!(lang, "figures.watch_after", day = &looked)) } }
                } else {
                    html! { (then.1) br; (same) }
                };
                (changed, what, since)
            }),
            _ => told.next().flatten().map(|since| {
                let what = html! { a href=(one.address) { (since.title) } br; span.soft.s { (since.belongs) } };
                let happened = html! {
                    @if since.told.is_empty() { (same) }
                    @else { @for line in &since.told { div { (line) } } @if since.more { div.soft { (t!(lang, "figures.watch_more")) } } }
                };
                (!since.told.is_empty(), what, happened)
            }),
        };
        // What it was is not told to someone who may not open it now.
        let gone = || (false, html! { span.soft { (t!(lang, "figures.watch_gone")) } }, html! {});
        let (changed, what, since) = known.unwrap_or_else(gone);
        rows.push((changed, Row::new(vec![what, since, stop(desk, one)])));
    }
    Ok(rows)
}

fn stop(desk: &Desk, one: &Watch) -> Markup {
    let label = t!(desk.lang, "record.unwatch");
    html! {
        form method="post" action=(format!("{WATCHING}/{}/drop", Id(one.id))) {
            (desk.csrf())
            button.btn.btn-bare type="submit" { (icon("x")) (label) }
        }
    }
}

/// What happened to the records among them, in their order.
async fn records_since(desk: &Desk, all: &[Watch]) -> Result<Vec<Option<Since>>, Trouble> {
    let watched = all.iter().filter(|one| one.record != 0);
    let watched: Vec<(Id, i64)> = watched.map(|one| (Id(one.record), one.mark.parse().unwrap_or(0))).collect();
    since(desk, &watched).await
}

/// Reads a figure's address as this reader: none of a unit that is not theirs to see, or a figure that the pack has no more.
async fn figure(desk: &Desk, address: &str) -> Result<Option<Shown>, Trouble> {
    let (house, heads, lang) = (house(desk), heads(desk), desk.lang);
    let snapshot = house.reading();
    let (place, query) = address.split_once('?').unwrap_or((address, ""));
    let (Some(id), query) = (place.strip_prefix("/figures/"), Fields::parse(query)) else { return Ok(None) };
    let Some(any) = snapshot.pack.figure(id) else { return Ok(None) };
    let asked = match Asked::of(desk, &snapshot, READ, &query) {
        Ok(asked) => asked,
        Err(Trouble::NotFound | Trouble::Refused(_)) => return Ok(None),
        Err(trouble) => return Err(trouble),
    };
    let words = words_of(&query);
    let mut tx = desk.read().await?;
    let study = Study::open(&mut tx, &house, &snapshot, heads.as_ref(), asked.ask, &[id]).await?;
    let study = if words.is_empty() { study } else { study.only(&words) };
    let value = study.value(id)?;
    let value =
        value.percent_shown().map_or_else(|| value.shown.clone(), |percent| format!("{} = {percent}", value.number));
    let period = asked.period.label();
    Ok(Some(Shown {
        address: address_of(&snapshot, &asked, id, &words),
        label: any.label().in_lang(lang).to_owned(),
        of: format!("{} · {}", asked.whose(&snapshot), period.in_lang(lang)),
        value,
    }))
}

/// A figure's address, written in one way.
pub(super) fn address_of(snapshot: &Snapshot, asked: &Asked, id: &str, words: &[(String, String)]) -> String {
    with_words(asked.fields(snapshot, asked.ask.unit), words).href(&path(id))
}

pub(super) async fn watch(desk: Desk, form: FormData) -> Answer {
    let account = desk.who()?.account;
    let address = form.get("address");
    let (address, record, mark) = match address.strip_prefix("/records/") {
        Some(handle) => {
            let (id, last) = last_entry(&desk, handle).await?;
            (records::pages::href(id), id.0, last.to_string())
        }
        None => {
            let shown = figure(&desk, address).await?.ok_or(Trouble::NotFound)?;
            (shown.address, 0, shown.value)
        }
    };
    if watch::watched(&mut desk.read().await?, account).await?.len() >= MOST {
        return Err(Refusal::new("figures.watch_too_many").with("most", MOST).into());
    }
    let looked_ms = desk.now.as_millisecond();
    let one = Watch { id: desk.new_id().0, address, record, mark, looked_ms };
    let mut tx = desk.begin().await?;
    watch::add(&mut tx, account, &one).await?;
    tx.commit().await?;
    desk.back_to(&one.address, Some(Flash::ok("figures.watch_begun")))
}

pub(super) async fn drop(desk: Desk, Path(one): Path<String>, form: FormData) -> Answer {
    let account = desk.who()?.account;
    let id: Id = one.parse().map_err(|_| Trouble::NotFound)?;
    let all = watch::watched(&mut desk.read().await?, account).await?;
    let known = all.into_iter().find(|one| one.id == id.0).ok_or(Trouble::NotFound)?;
    let mut tx = desk.begin().await?;
    watch::drop(&mut tx, account, id.0).await?;
    tx.commit().await?;
    let there = form.get("back") == "there";
    desk.back_to(if there { &known.address } else { WATCHING }, Some(Flash::ok("figures.watch_ended")))
}

/// All of it was looked at: from here on only what is new is told.
pub(super) async fn seen(desk: Desk) -> Answer {
    let account = desk.who()?.account;
    let all = watch::watched(&mut desk.read().await?, account).await?;
    let mut told = records_since(&desk, &all).await?.into_iter();
    let mut marks: Vec<(i64, String)> = Vec::new();
    for one in &all {
        let mark = match one.record {
            0 => figure(&desk, &one.address).await?.map(|now| now.value),
            _ => told.next().flatten().map(|since| since.last.to_string()),
        };
        marks.extend(mark.map(|mark| (one.id, mark)));
    }
    let mut tx = desk.begin().await?;
    for (id, mark) in marks {
        watch::looked(&mut tx, account, id, &mark, desk.now.as_millisecond()).await?;
    }
    tx.commit().await?;
    desk.back_to(WATCHING, Some(Flash::ok("figures.watch_all_seen")))
}
