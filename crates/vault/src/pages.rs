//! The faces: a body's sealed cases (who may open them, what was opened), one's own key pair; in public the intake and receipts.

mod public;

use std::sync::Arc;

use db::Stop;
use jiff::Timestamp;
use kernel::{Id, Refusal, Refused};
use serde_json::json;
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, Flash, FormData, Group, Head, Inputs, Markup, OPEN, Page, Routes, Row,
    Table, Target, Tone, Trouble, Width, button, html, main_button, note, panel, t, tag,
};

use crate::{Opening, Vault};

const HOME: &str = "/sealed";
/// Openings on the page.
const MOST: i64 = 50;

pub fn routes() -> Routes {
    Routes::new()
        .get(HOME, "vault.see", see)
        .post("/sealed/key", "vault.key", choose)
        .post("/sealed/handlers", "vault.name", name)
        .post("/sealed/handlers/drop", "vault.name", dismiss)
        .post("/sealed/seen", "vault.name", seen)
        .get("/intake", OPEN, public::ask)
        .post("/intake", OPEN, public::take)
        .get("/receipt", OPEN, public::ask_receipt)
        .post("/receipt", OPEN, public::look)
}

fn vault(desk: &Desk) -> Arc<Vault> {
    desk.app.room::<Arc<Vault>>().clone()
}

async fn see(desk: Desk) -> Answer {
    page(&desk, &Errors::none()).await
}

struct Body {
    handlers: Vec<(i64, String, String)>,
    candidates: Vec<(i64, String)>,
    openings: Vec<(Opening, String, String, String)>,
    escrow: Option<(i64, i64, i64)>,
    own_pair: bool,
    unseen: i64,
}

async fn body(desk: &Desk) -> Result<Body, Trouble> {
    let (vault, who) = (vault(desk), desk.who()?);
    let unit = who.seat.unit;
    let mut tx = desk.read().await?;
    let handlers = vault.handlers(&mut tx, unit).await?;
    let openings = vault.openings(&mut tx, unit, MOST).await?;
    let seated = people::seated(&mut tx, unit, desk.today).await?;
    let pairs = vault.with_pairs(&mut tx, &seated).await?;
    let mut accounts: Vec<i64> = seated;
    accounts.extend(handlers.iter().flat_map(|one| [one.account, one.named_by]));
    accounts.extend(openings.iter().flat_map(|one| [one.asked_by, one.agreed_by, one.seen_by]));
    accounts.sort_unstable();
    accounts.dedup();
    let names = people::names(&mut tx, &accounts).await?;
    let name = |account: i64| names.get(&account).cloned().unwrap_or_default();
    let free = |account: &i64| !handlers.iter().any(|one| one.account == *account);
    Ok(Body {
        candidates: pairs.into_iter().filter(free).map(|account| (account, name(account))).collect(),
        openings: openings
            .into_iter()
            .map(|one| {
                let (asked, agreed, seen) = (name(one.asked_by), name(one.agreed_by), name(one.seen_by));
                (one, asked, agreed, seen)
            })
            .collect(),
        handlers: handlers.iter().map(|one| (one.account, name(one.account), moment(one.named_ms))).collect(),
        escrow: vault.escrow(&mut tx).await?,
        own_pair: vault.has_pair(&mut tx, who.account).await?,
        unseen: vault.unseen(&mut tx, unit).await?,
    })
}

async fn page(desk: &Desk, errors: &Errors) -> Answer {
    let lang = desk.lang;
    let unit = desk.seat()?.unit;
    desk.may("vault.see", &Target::unit(unit))?;
    let names = desk.can("vault.name", &Target::unit(unit));
    let body = body(desk).await?;
    let main = html! {
        (web::error_summary(lang, errors))
        @if body.handlers.is_empty() { (note(Tone::Warn, &html! { p { (t!(lang, "vault.no_handlers")) } })) }
        @if names && body.unseen > 0 {
            (note(Tone::Info, &html! {
                form.row method="post" action="/sealed/seen" {
                    (desk.csrf())
                    p { (t!(lang, "vault.unseen", count = body.unseen)) }
                    button.btn type="submit" { (t!(lang, "vault.see")) }
                }
            }))
        }
        (panel("h-openings", &t!(lang, "vault.openings"), None, &openings(desk, &body)))
        (panel("h-handlers", &t!(lang, "vault.handlers"), None, &handlers(desk, &body, names)))
    };
    let side = html! {
        (own_key(desk, &body, errors))
        (panel("h-escrow", &t!(lang, "vault.escrow"), None, &html! {
            div.pad.tight {
                @match body.escrow {
                    Some((need, shares, made)) => { p { (t!(lang, "vault.escrow_is", need = need, shares = shares, at = moment(made))) } }
                    None => { p { (t!(lang, "vault.escrow_none")) } }
                }
                p.s.soft { (t!(lang, "vault.escrow_what")) }
            }
        }))
    };
    let lead = html! { p.soft { (t!(lang, "vault.lead")) } };
    desk.show(Page::new(t!(lang, "vault.title")).lead(lead).main(main).side(side).faults(errors).at(HOME)).await
}

fn openings(desk: &Desk, body: &Body) -> Markup {
    let lang = desk.lang;
    if body.openings.is_empty() {
        return html! { p.pad { (t!(lang, "vault.nothing_opened")) } };
    }
    let now = desk.now.as_millisecond();
    let rows = body.openings.iter().map(|(one, asked, agreed, seen)| {
        let state = if one.opened_ms != 0 {
            tag(Tone::Warn, &t!(lang, "vault.was_opened", at = moment(one.opened_ms)))
        } else if one.stands(now) {
            tag(Tone::Info, &t!(lang, "vault.was_agreed"))
        } else if one.waits(now) {
            tag(Tone::Plain, &t!(lang, "vault.is_waiting"))
        } else {
            tag(Tone::Plain, &t!(lang, "vault.is_over"))
        };
        let known = if one.seen_ms >= one.opened_ms && one.seen_ms != 0 { seen.as_str() } else { "" };
        Row::new(vec![
            html! { a href=(format!("/records/{}", Id(one.record))) { (moment(one.asked_ms)) } },
            html! { (asked) },
            html! { (one.reason) },
            html! { (agreed) },
            state,
            html! { (known) },
        ])
    });
    let table = Table {
        caption: t!(lang, "vault.openings"),
        heads: vec![
            Head::new(t!(lang, "vault.asked_at")),
            Head::new(t!(lang, "vault.asked_by")),
            Head::new(t!(lang, "vault.reason")).main(),
            Head::new(t!(lang, "vault.agreed_by")),
            Head::new(t!(lang, "vault.state")),
            Head::new(t!(lang, "vault.seen_by")),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    web::table(lang, &table)
}

fn handlers(desk: &Desk, body: &Body, names: bool) -> Markup {
    let lang = desk.lang;
    let rows = body.handlers.iter().map(|(account, name, named)| {
        let act = html! {
            @if names {
                form method="post" action="/sealed/handlers/drop" { (desk.csrf()) (button(&t!(lang, "vault.dismiss"), "account", &Id(*account).handle())) }
            }
        };
        Row::new(vec![html! { (name) }, html! { (named) }, act])
    });
    let table = Table {
        caption: t!(lang, "vault.handlers"),
        heads: vec![
            Head::new(t!(lang, "vault.handler")).main(),
            Head::new(t!(lang, "vault.named_at")),
            Head::new(t!(lang, "vault.acts")),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    let values = Fields::default();
    let errors = Errors::none();
    let inputs = Inputs { lang, values: &values, errors: &errors };
    let choices: Vec<Choice> =
        body.candidates.iter().map(|(account, name)| Choice::new(Id(*account).handle(), name)).collect();
    html! {
        @if !body.handlers.is_empty() { (web::table(lang, &table)) }
        @if names {
            form.pad.stack method="post" action="/sealed/handlers" {
                (desk.csrf())
                @if choices.is_empty() { p.soft { (t!(lang, "vault.nobody_to_name")) } }
                @else {
                    (inputs.select(&Ask::new("account", t!(lang, "vault.name_handler")).hint(t!(lang, "vault.name_hint")), &choices))
                    p { (main_button(&t!(lang, "vault.name_do"))) }
                }
            }
        }
    }
}

fn own_key(desk: &Desk, body: &Body, errors: &Errors) -> Markup {
    let lang = desk.lang;
    let values = Fields::default();
    let inputs = Inputs { lang, values: &values, errors };
    panel(
        "h-key",
        &t!(lang, "vault.own_key"),
        None,
        &html! {
            form.pad.stack method="post" action="/sealed/key" {
                (desk.csrf())
                p.s { (t!(lang, if body.own_pair { "vault.key_is_there" } else { "vault.key_is_none" })) }
                @if body.own_pair {
                    (inputs.password(&Ask::new("old", t!(lang, "vault.old_passphrase")).hint(t!(lang, "vault.old_hint")).optional(true).autocomplete("off").width(Width::Full)))
                }
                (inputs.password(&Ask::new("passphrase", t!(lang, "vault.new_passphrase")).hint(t!(lang, "vault.passphrase_hint")).autocomplete("off").width(Width::Full)))
                (inputs.password(&Ask::new("again", t!(lang, "vault.passphrase_again")).autocomplete("off").width(Width::Full)))
                (inputs.password(&Ask::new("password", t!(lang, "vault.own_password")).autocomplete("current-password").width(Width::Full)))
                p { (main_button(&t!(lang, "vault.save_passphrase"))) }
            }
        },
    )
}

async fn choose(desk: Desk, form: FormData) -> Answer {
    let account = desk.who()?.account;
    let refuse = |refusal: Refusal| Errors::of(desk.lang, &Refused::from(refusal));
    if !people::is_own_password(&desk.app.db, account, form.get("password"), desk.now).await? {
        return page(&desk, &refuse(Refusal::new("people.wrong_password").at("password"))).await;
    }
    if form.get("passphrase") != form.get("again") {
        return page(&desk, &refuse(Refusal::new("vault.passphrases_differ").at("again"))).await;
    }
    let old = form.maybe("old");
    let now = desk.now.as_millisecond();
    match vault(&desk).choose_passphrase(&desk.app.db, account, old, form.get("passphrase"), now).await {
        Ok(public) => {
            let mut tx = desk.begin().await?;
            let about = timeline::Kind::Account.of(account);
            let body = json!({ "key": public.mark(), "kept": old.is_some() });
            desk.record(&mut tx, desk.entry(about, "vault.key", body)).await?;
            tx.commit().await?;
            desk.back_to(HOME, Some(Flash::ok("vault.passphrase_saved")))
        }
        Err(Stop::Refused(refused)) => page(&desk, &Errors::of(desk.lang, &refused)).await,
        Err(other) => Err(other.into()),
    }
}

/// The account that a form names: someone seated in this body.
async fn chosen(desk: &Desk, tx: &mut db::Tx, form: &FormData, seated: bool) -> Result<i64, Trouble> {
    let account = form.get("account").parse::<Id>().map_err(|_| Refusal::new("vault.nobody_chosen").at("account"))?.0;
    if seated && !people::seated(tx, desk.seat()?.unit, desk.today).await?.contains(&account) {
        return Err(Trouble::NotFound);
    }
    Ok(account)
}

async fn name(desk: Desk, form: FormData) -> Answer {
    let (unit, by) = (desk.seat()?.unit, desk.who()?.account);
    desk.may("vault.name", &Target::unit(unit))?;
    let mut tx = desk.begin().await?;
    let account = chosen(&desk, &mut tx, &form, true).await?;
    vault(&desk).name_handler(&mut tx, unit, account, by, desk.now.as_millisecond()).await?;
    let body = json!({ "account": account });
    desk.record(&mut tx, desk.entry(timeline::Kind::Unit.of(unit), "vault.name", body)).await?;
    tx.commit().await?;
    desk.back_to(HOME, Some(Flash::ok("vault.was_named")))
}

async fn dismiss(desk: Desk, form: FormData) -> Answer {
    let unit = desk.seat()?.unit;
    desk.may("vault.name", &Target::unit(unit))?;
    let mut tx = desk.begin().await?;
    let account = chosen(&desk, &mut tx, &form, false).await?;
    vault(&desk).dismiss_handler(&mut tx, unit, account).await?;
    let body = json!({ "account": account });
    desk.record(&mut tx, desk.entry(timeline::Kind::Unit.of(unit), "vault.dismiss", body)).await?;
    tx.commit().await?;
    desk.back_to(HOME, Some(Flash::ok("vault.was_dismissed")))
}

async fn seen(desk: Desk, _form: FormData) -> Answer {
    let (unit, by) = (desk.seat()?.unit, desk.who()?.account);
    desk.may("vault.name", &Target::unit(unit))?;
    let mut tx = desk.begin().await?;
    let count = vault(&desk).see(&mut tx, unit, by, desk.now.as_millisecond()).await?;
    desk.record(&mut tx, desk.entry(timeline::Kind::Unit.of(unit), "vault.seen", json!({ "openings": count }))).await?;
    tx.commit().await?;
    desk.back_to(HOME, Some(Flash::ok("vault.were_seen")))
}

/// An instant on the clock of Vietnam.
fn moment(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    jiff::tz::Offset::constant(7).to_datetime(at).strftime("%d/%m/%Y %H:%M").to_string()
}
