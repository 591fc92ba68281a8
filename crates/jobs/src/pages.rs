//! The pages of long work: what is under way, how far it is, how it ended, and a way to cancel it.

use axum::extract::Path;
use jiff::{Timestamp, tz::Offset};
use kernel::{Id, Lang, civil_day, number::grouped, show_day};
use serde_json::json;
use timeline::Kind;
use web::{
    Answer, Arg, Desk, Flash, Group, Head, Markup, Page, Pager, Routes, Row, Table, Target, Tone, Trouble, empty, html,
    narrow_facts, pager, panel, progress, t, table, tabs, tag, words,
};

use crate::{Job, Reason, State, Whose, api, cancel, find, list};

/// Who asked for a job sees and cancels it; others need these rights at its unit.
pub(crate) const SEE: &str = "job.see";
pub(crate) const CANCEL: &str = "job.cancel";

/// Rows of a page of the list.
pub(crate) const SHOWN: i64 = 50;

pub fn routes() -> Routes {
    Routes::new()
        .get("/jobs", SEE, jobs)
        .get("/jobs/{job}", SEE, job)
        .get("/jobs/{job}/progress", SEE, state)
        .post("/jobs/{job}/cancel", CANCEL, stop)
        .merge(api::routes())
}

/// The address of a job's page.
pub fn href(job: i64) -> String {
    format!("/jobs/{}", Id(job))
}

async fn jobs(desk: Desk) -> Answer {
    let (lang, who) = (desk.lang, desk.who()?);
    let unit = who.seat.unit;
    let may_see_unit = desk.can(SEE, &Target::unit(unit));
    let of_unit = may_see_unit && desk.query().get("of") == "unit";
    let whose = if of_unit { Whose::Unit(unit) } else { Whose::Account(who.account) };
    let before = desk.query().maybe("after").and_then(|after| after.parse::<Id>().ok());
    let mut tx = desk.read().await?;
    let mut jobs = list(&mut tx, whose, before.map_or(i64::MAX, |id| id.0), SHOWN + 1).await?;
    drop(tx);
    let more = i64::try_from(jobs.len()).unwrap_or(0) > SHOWN;
    jobs.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));

    let next = jobs.last().filter(|_| more).map(|last| desk.query().with("after", &Id(last.id).handle()).href("/jobs"));
    let rows = jobs.iter().map(|job| {
        let title = title(lang, job);
        Row::new(vec![
            html! { a href=(href(job.id)) { (title) } },
            state_tag(lang, job.state),
            html! { (how_far(job)) },
            moment(job.created),
        ])
    });
    let sheet = Table {
        caption: t!(lang, "jobs.title"),
        heads: vec![
            Head::new(t!(lang, "jobs.work")).main(),
            Head::new(t!(lang, "jobs.state")),
            Head::new(t!(lang, "jobs.how_far")).number(),
            Head::new(t!(lang, "jobs.asked_at")).soft(),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    let shown = i64::try_from(jobs.len()).unwrap_or(0);
    let pages = Pager {
        from: 1,
        to: shown,
        first: before.map(|_| desk.query().without("after").href("/jobs")),
        next,
        ..Pager::default()
    };
    let views = [
        (t!(lang, "jobs.mine"), "/jobs".to_owned(), !of_unit),
        (t!(lang, "jobs.of_unit"), "/jobs?of=unit".to_owned(), of_unit),
    ];
    let main = html! {
        @if jobs.is_empty() {
            (empty("hourglass", &t!(lang, "jobs.none"), &html! { (t!(lang, "jobs.none_why")) }, &html! {}))
        } @else {
            (table(lang, &sheet))
            @if before.is_some() || more { (pager(lang, &pages)) }
        }
    };
    let mut page = Page::new(t!(lang, "jobs.title")).main(main);
    if may_see_unit {
        page = page.above(tabs(&t!(lang, "jobs.whose"), &views));
    }
    desk.show(page).await
}

async fn job(desk: Desk, Path(handle): Path<String>) -> Answer {
    let job = open(&desk, &handle, SEE).await?;
    let lang = desk.lang;
    let title = title(lang, &job);
    let lead = html! { p { (state_tag(lang, job.state)) } };
    let mut page = Page::new(&title).crumb(t!(lang, "jobs.title"), "/jobs").here(&title).lead(lead);
    if !job.state.is_ended() && allowed(&desk, &job, CANCEL) {
        page = page.acts(html! {
            form method="post" action=(format!("{}/cancel", href(job.id))) {
                (desk.csrf())
                button.btn type="submit" { (t!(lang, "jobs.cancel")) }
            }
        });
    }
    let facts = [
        (t!(lang, "jobs.asked_at"), Some(moment(job.created))),
        (t!(lang, "jobs.ended_at"), job.ended.map(moment)),
        (t!(lang, "jobs.how_far"), (job.total > 0).then(|| html! { (how_far(&job)) })),
    ];
    let facts: Vec<(String, Markup)> = facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    let side = panel("h-facts", &t!(lang, "jobs.about"), None, &narrow_facts(&facts));
    desk.show(page.main(inside(lang, &job)).side(side)).await
}

/// What a person waits for, or what came of it.
fn inside(lang: Lang, job: &Job) -> Markup {
    let heading = |text: String, inside: &Markup| panel("h-state", &text, None, &html! { div.pad.stack { (inside) } });
    match job.state {
        State::Waiting | State::Running => {
            let state = format!("{}/progress", href(job.id));
            let inside = html! {
                (progress(lang, &state, job.done, job.total, &told(lang, job)))
                p.soft { (t!(lang, "jobs.leave")) " " a href=(href(job.id)) { (t!(lang, "jobs.look_again")) } }
            };
            heading(t!(lang, "jobs.progress"), &inside)
        }
        State::Failed => {
            let inside = html! {
                ul role="alert" { @for reason in &job.reasons { li { (said(lang, reason)) } } }
                p.soft { (t!(lang, "jobs.kept")) }
            };
            heading(t!(lang, "jobs.why_failed"), &inside)
        }
        State::Cancelled => heading(t!(lang, "jobs.was_cancelled"), &html! { p { (t!(lang, "jobs.kept")) } }),
        State::Done => {
            let found = job.result.as_ref().and_then(|result| result["href"].as_str());
            // Some kinds of work say what it came to.
            let came = job.result.as_ref().map(|result| &result["told"]);
            let came = came.and_then(|told| serde_json::from_value::<Reason>(told.clone()).ok());
            let inside = html! {
                p { (came.map_or_else(|| told(lang, job), |came| said(lang, &came))) }
                @if let Some(found) = found.filter(|found| found.starts_with('/') && !found.starts_with("//")) {
                    p { a href=(found) { (t!(lang, "jobs.open_result")) } }
                }
            };
            heading(t!(lang, "jobs.result"), &inside)
        }
    }
}

/// What the progress bar asks for.
async fn state(desk: Desk, Path(handle): Path<String>) -> Answer {
    let job = open(&desk, &handle, SEE).await?;
    let text = told(desk.lang, &job);
    web::json(&json!({ "ended": job.state.is_ended(), "done": job.done, "whole": job.total, "text": text }))
}

async fn stop(desk: Desk, Path(handle): Path<String>) -> Answer {
    let job = open(&desk, &handle, CANCEL).await?;
    cancel_and_record(&desk, &job).await?;
    desk.back_to(&href(job.id), Some(Flash::ok("jobs.cancelled_now").tone(Tone::Info)))
}

/// The job, for whoever may do that to it; to all others it is not there.
pub(crate) async fn open(desk: &Desk, handle: &str, act: &str) -> Result<Job, Trouble> {
    desk.who()?;
    let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
    let job = find(&mut desk.read().await?, id.0).await?;
    match (allowed(desk, &job, SEE), allowed(desk, &job, act)) {
        (true, true) => Ok(job),
        (true, false) => Err(Trouble::Forbidden),
        (false, _) => Err(Trouble::NotFound),
    }
}

fn allowed(desk: &Desk, job: &Job, act: &str) -> bool {
    desk.who.as_ref().is_some_and(|who| who.account == job.who) || desk.can(act, &Target::unit(job.unit))
}

pub(crate) async fn cancel_and_record(desk: &Desk, job: &Job) -> Result<(), Trouble> {
    let mut tx = desk.begin().await?;
    cancel(&mut tx, job.id, desk.now).await?;
    let body = json!({ "state": { "from": job.state, "to": State::Cancelled }, "kind": job.kind });
    desk.record(&mut tx, desk.entry(Kind::Job.of(job.id), CANCEL, body)).await?;
    Ok(tx.commit().await?)
}

/// `jobs.kind_import` for a job of kind `import`.
pub(crate) fn title(lang: Lang, job: &Job) -> String {
    words(lang, &format!("jobs.kind_{}", job.kind), &[])
}

/// What it is at, in a sentence.
pub(crate) fn told(lang: Lang, job: &Job) -> String {
    if job.note.is_empty() {
        return words(lang, &format!("jobs.told_{}", job.state.as_str()), &[]);
    }
    let done = Arg::Text(grouped(job.done));
    let whole = Arg::Text(grouped(job.total));
    words(lang, &job.note, &[("done", done), ("whole", whole), ("count", Arg::Count(job.done))])
}

pub(crate) fn said(lang: Lang, reason: &Reason) -> String {
    let args: Vec<(&str, Arg)> = reason
        .args
        .iter()
        .map(|(name, value)| match value.parse() {
            Ok(count) if name == "count" => (name.as_str(), Arg::Count(count)),
            _ => (name.as_str(), Arg::Text(value.clone())),
        })
        .collect();
    words(lang, &reason.key, &args)
}

fn how_far(job: &Job) -> String {
    if job.total > 0 { format!("{}/{}", grouped(job.done), grouped(job.total)) } else { String::new() }
}

fn state_tag(lang: Lang, state: State) -> Markup {
    let tone = match state {
        State::Waiting | State::Cancelled => Tone::Plain,
        State::Running => Tone::Info,
        State::Done => Tone::Ok,
        State::Failed => Tone::Bad,
    };
    tag(tone, &words(lang, &format!("jobs.state_{}", state.as_str()), &[]))
}

fn moment(instant: Timestamp) -> Markup {
    let local = Offset::constant(7).to_datetime(instant);
    let shown = format!("{:02}:{:02} {}", local.hour(), local.minute(), show_day(civil_day(instant)));
    html! { time datetime=(instant) { (shown) } }
}
