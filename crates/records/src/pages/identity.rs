//! The way to a sealed identity: ask, a second person agrees, open with one's passphrase. Shown once, never cached.

use axum::extract::Path;
use kernel::Id;
use vault::{Opened as Case, SealedFile};
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, Flash, FormData, Inputs, Markup, Page, Tone, Trouble, Width, facts,
    html, icon, inert, main_button, note, panel, say, t,
};

use super::{IDENTITY, Office, href, list_href, office::Opened};
use crate::{Record, act};

/// Of the seat's own book only.
async fn opened(desk: &Desk, office: &Office, handle: &str) -> Result<Opened, Trouble> {
    let opened = office.open(desk, handle, IDENTITY).await?;
    if opened.record.unit == office.unit { Ok(opened) } else { Err(Trouble::Forbidden) }
}

pub(super) async fn look(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = opened(&desk, &office, &handle).await?;
    draw(&desk, &office, &opened, &Errors::none()).await
}

async fn draw(desk: &Desk, office: &Office, opened: &Opened, errors: &Errors) -> Answer {
    let (lang, record, me) = (desk.lang, &opened.record, desk.who()?.account);
    let register = office.register(&record.register)?;
    let mut tx = office.house.read().await?;
    let last = office.house.vault.opening(&mut tx, record.id.0).await?;
    let handlers = office.house.vault.handlers(&mut tx, record.unit).await?;
    let accounts: Vec<i64> =
        handlers.iter().map(|handler| handler.account).chain(last.as_ref().map(|one| one.asked_by)).collect();
    let names = people::names(&mut tx, &accounts).await?;
    let has_own = !office.house.vault.sealed_places(&mut tx, record.id.0).await?.is_empty();
    drop(tx);
    let receiver = act::identity::receiver(&office.house, record).await?;
    let now = desk.now.as_millisecond();
    let is_handler = handlers.iter().any(|handler| handler.account == me);
    let values = Fields::default();
    let inputs = Inputs { lang, values: &values, errors };
    let at = |act: &str| format!("{}/identity/{act}", href(record.id));
    let running = last.filter(|one| one.waits(now) || one.stands(now));
    let barred = act::identity::barred(&office.house, record);
    let inside: Markup = html! {
        div.box.ask.stack {
            (web::error_summary(lang, errors))
            div.tight { h1 { (t!(lang, "record.identity_title", number = record.reference())) } p { (t!(lang, "record.identity_text")) } }
            @match &running {
                _ if barred.is_some() => { @if let Some(why) = &barred { (note(Tone::Bad, &html! { p { (say(lang, why)) } })) } }
                Some(one) if one.stands(now) && one.asked_by == me => {
                    form.stack method="post" action=(at("open")) autocomplete="off" {
                        (desk.csrf())
                        (inputs.password(&Ask::new("passphrase", t!(lang, "record.identity_passphrase")).hint(t!(lang, "record.identity_passphrase_hint")).autocomplete("off").width(Width::Full)))
                        p { (main_button(&t!(lang, "record.identity_open"))) }
                    }
                    (share_form(desk, &inputs, &at("share"), &handlers, &names, me))
                }
                Some(one) if one.waits(now) && one.asked_by != me => {
                    (facts(&[
                        (t!(lang, "record.identity_asked_by"), html! { (names.get(&one.asked_by).cloned().unwrap_or_default()) }),
                        (t!(lang, "record.reason"), html! { (one.reason) }),
                    ]))
                    form.stack method="post" action=(at("agree")) {
                        (desk.csrf())
                        (inputs.password(&Ask::new("password", t!(lang, "record.identity_password")).autocomplete("current-password").width(Width::Full)))
                        p { (main_button(&t!(lang, "record.identity_agree"))) }
                    }
                }
                Some(one) if one.asked_by == me => { (note(Tone::Info, &html! { p { (t!(lang, "record.identity_waits")) } })) }
                Some(one) if one.agreed_by == me => { (note(Tone::Info, &html! { p { (t!(lang, "record.identity_you_agreed")) } })) }
                Some(_) => { (note(Tone::Info, &html! { p { (t!(lang, "record.identity_others")) } })) }
                None if is_handler => {
                    form.stack method="post" action=(at("ask")) {
                        (desk.csrf())
                        (inputs.text(&Ask::new("reason", t!(lang, "record.reason")).hint(t!(lang, "record.identity_reason_hint")).width(Width::Full)))
                        p { (main_button(&t!(lang, "record.identity_ask"))) }
                    }
                }
                None => { (note(Tone::Info, &html! { p { (t!(lang, "record.identity_no_handler")) } })) }
            }
            @if let Some((there, known)) = receiver.filter(|_| is_handler) {
                (onward(desk, office, &inputs, record, &there, known, has_own))
            }
            p { a href=(href(record.id)) { (t!(lang, "record.back")) } }
        }
    };
    let title = t!(lang, "record.identity_title", number = record.reference());
    desk.show(Page::new(title).bare(inside).faults(errors).private().at(list_href(&register.id))).await
}

/// The identity's way to the body that the letter went to; then the own copy may go.
fn onward(
    desk: &Desk,
    office: &Office,
    inputs: &Inputs<'_>,
    record: &Record,
    there: &Record,
    known: bool,
    has_own: bool,
) -> Markup {
    let lang = desk.lang;
    let body = office.unit_name(there.unit, desk.today);
    let at = |act: &str| format!("{}/identity/{act}", href(record.id));
    html! {
        @if known {
            (note(Tone::Info, &html! { p { (t!(lang, "record.identity_is_there", body = body)) } }))
            @if has_own {
                form.stack method="post" action=(at("release")) {
                    (desk.csrf())
                    p.soft { (t!(lang, "record.identity_release_text")) }
                    p { button.btn type="submit" { (t!(lang, "record.identity_release")) } }
                }
            }
        } @else if has_own {
            details {
                summary { (t!(lang, "record.identity_hand", body = body.clone())) }
                form.stack method="post" action=(at("hand")) autocomplete="off" {
                    (desk.csrf())
                    p.soft { (t!(lang, "record.identity_hand_text")) }
                    (inputs.password(&Ask::new("passphrase", t!(lang, "record.identity_passphrase")).hint(t!(lang, "record.identity_passphrase_hint")).autocomplete("off").width(Width::Full)))
                    p { button.btn type="submit" { (t!(lang, "record.identity_hand_do")) } }
                }
            }
        }
    }
}

fn share_form(
    desk: &Desk,
    inputs: &Inputs<'_>,
    action: &str,
    handlers: &[vault::Handler],
    names: &std::collections::HashMap<i64, String>,
    me: i64,
) -> Markup {
    let lang = desk.lang;
    let others: Vec<Choice> = handlers
        .iter()
        .filter(|handler| handler.account != me)
        .map(|handler| {
            Choice::new(Id(handler.account).handle(), names.get(&handler.account).cloned().unwrap_or_default())
        })
        .collect();
    html! {
        @if !others.is_empty() {
            details {
                summary { (t!(lang, "record.identity_share")) }
                form.stack method="post" action=(action) autocomplete="off" {
                    (desk.csrf())
                    (inputs.select(&Ask::new("to", t!(lang, "record.identity_share_to")).hint(t!(lang, "record.identity_share_hint")), &others))
                    (inputs.password(&Ask::new("passphrase", t!(lang, "record.identity_passphrase")).autocomplete("off").width(Width::Full)))
                    p { button.btn type="submit" { (t!(lang, "record.identity_share_do")) } }
                }
            }
        }
    }
}

/// What an act came to: onward, or the same page with the reason.
async fn settle(desk: &Desk, office: &Office, opened: &Opened, done: db::Result<()>, said: &'static str) -> Answer {
    match done {
        Ok(()) => desk.back_to(&format!("{}/identity", href(opened.record.id)), Some(Flash::ok(said))),
        Err(db::Stop::Refused(refused)) => draw(desk, office, opened, &Errors::of(desk.lang, &refused)).await,
        Err(stop) => Err(stop.into()),
    }
}

pub(super) async fn ask(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = opened(&desk, &office, &handle).await?;
    let done = act::identity::ask(&office.house, &Office::by(&desk)?, opened.record.id, form.get("reason")).await;
    settle(&desk, &office, &opened, done, "record.identity_was_asked").await
}

pub(super) async fn agree(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = opened(&desk, &office, &handle).await?;
    let done = act::identity::agree(&office.house, &Office::by(&desk)?, opened.record.id, form.get("password")).await;
    settle(&desk, &office, &opened, done, "record.identity_was_agreed").await
}

pub(super) async fn share(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = opened(&desk, &office, &handle).await?;
    let to = form.get("to").parse::<Id>().map_or(0, |id| id.0);
    let by = Office::by(&desk)?;
    let done = act::identity::share(&office.house, &by, opened.record.id, form.get("passphrase"), to).await;
    settle(&desk, &office, &opened, done, "record.identity_was_shared").await
}

pub(super) async fn hand(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = opened(&desk, &office, &handle).await?;
    let by = Office::by(&desk)?;
    let done = act::identity::hand(&office.house, &by, opened.record.id, form.get("passphrase")).await;
    settle(&desk, &office, &opened, done, "record.identity_was_handed").await
}

pub(super) async fn release(desk: Desk, Path(handle): Path<String>) -> Answer {
    let office = Office::of(&desk)?;
    let opened = opened(&desk, &office, &handle).await?;
    let done = act::identity::release(&office.house, &Office::by(&desk)?, opened.record.id).await;
    settle(&desk, &office, &opened, done, "record.identity_was_released").await
}

pub(super) async fn open(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let office = Office::of(&desk)?;
    let opened = opened(&desk, &office, &handle).await?;
    let by = Office::by(&desk)?;
    match act::identity::open(&office.house, &by, opened.record.id, form.get("passphrase")).await {
        Ok(case) => match form.maybe("file") {
            None => show(&desk, &office, &opened, &case).await,
            Some(place) => {
                let bytes = case.get(place).ok_or(Trouble::NotFound)?;
                let file: SealedFile = serde_json::from_slice(bytes).map_err(Trouble::internal)?;
                inert(&file.name, file.content)
            }
        },
        Err(db::Stop::Refused(refused)) => draw(&desk, &office, &opened, &Errors::of(desk.lang, &refused)).await,
        Err(stop) => Err(stop.into()),
    }
}

async fn show(desk: &Desk, office: &Office, opened: &Opened, case: &Case) -> Answer {
    let (lang, record) = (desk.lang, &opened.record);
    let register = office.register(&record.register)?;
    let label =
        |id: &str| register.field(id).map_or_else(|| id.to_owned(), |field| field.label.in_lang(lang).to_owned());
    let mut rows: Vec<(String, Markup)> = Vec::new();
    for (place, content) in case {
        let shown = match place.split_once('/') {
            None => {
                let text = String::from_utf8_lossy(content);
                html! { @for line in text.lines() { p { (line) } } }
            }
            Some(_) => {
                let file: SealedFile = serde_json::from_slice(content).map_err(Trouble::internal)?;
                file_form(desk, record.id, place, &file.name)
            }
        };
        rows.push((label(place.split('/').next().unwrap_or(place)), shown));
    }
    let main = html! {
        (panel("h-identity", &t!(lang, "record.identity"), None, &facts(&rows)))
        p.soft.s { (icon("lock")) " " (t!(lang, "record.identity_told")) }
        p { a.btn href=(href(record.id)) { (t!(lang, "record.back")) } }
    };
    let page = Page::new(t!(lang, "record.identity_title", number = record.reference()))
        .crumb(register.label.in_lang(lang), list_href(&register.id))
        .crumb(record.reference(), href(record.id))
        .here(t!(lang, "record.identity"))
        .main(main)
        .private()
        .at(list_href(&register.id));
    desk.show(page).await
}

/// A file comes with the passphrase given again: nothing is kept open in between.
fn file_form(desk: &Desk, record: Id, place: &str, name: &str) -> Markup {
    let lang = desk.lang;
    html! {
        form.row method="post" action=(format!("{}/identity/open", href(record))) autocomplete="off" {
            (desk.csrf())
            input type="hidden" name="file" value=(place);
            span { (name) }
            label.vh for=(format!("p-{place}")) { (t!(lang, "record.identity_passphrase")) }
            input type="password" id=(format!("p-{place}")) name="passphrase" autocomplete="off" placeholder=(t!(lang, "record.identity_passphrase"));
            button.btn type="submit" { (t!(lang, "record.identity_file")) }
        }
    }
}
