//! The door: signing in and out, and the link by which a password is chosen.

use std::sync::Arc;

use axum::{extract::Path, http::StatusCode};
use data_encoding::HEXLOWER;
use kernel::{Lang, Refusal, Refused};
use maud::{Markup, html};
use sha2::{Digest, Sha256};
use web::{
    Answer, Ask, Desk, Errors, Fields, Flash, FormData, Inputs, Page, Portal, Trouble, Width, icon, main_button, paths,
    t,
};

use super::Room;
use crate::{account, seats::LONGEST_MS, store};

pub(crate) async fn ask(desk: Desk) -> Answer {
    page(&desk, &Fields::default(), None).await
}

async fn page(desk: &Desk, values: &Fields, refused: Option<&Refused>) -> Answer {
    let lang = desk.lang;
    let errors = refused.map(|refused| Errors::of(lang, refused)).unwrap_or_default();
    let inputs = Inputs { lang, values, errors: &errors };
    let next = if values.has("next") { values.get("next") } else { desk.query().get("next") };
    let room = desk.app.room::<Arc<Room>>();
    let title = t!(lang, "people.sign_in");
    let main = html! {
        div.wrap.two {
            form.box.stack method="post" action=(paths::SIGN_IN) {
                (desk.csrf())
                input type="hidden" name="next" value=(next);
                h1 { (title) }
                (web::error_summary(lang, &errors))
                (inputs.text(&Ask::new("login", t!(lang, "people.login")).autocomplete("username").width(Width::Full)))
                (inputs.password(&Ask::new("password", t!(lang, "people.password")).autocomplete("current-password").width(Width::Full)))
                (main_button(&t!(lang, "people.enter")))
                p.s { (t!(lang, "people.forgotten")) }
            }
            @if !room.demo.is_empty() { (demo(desk, &room.demo, next)) }
        }
    };
    desk.show(Page::new(title).bare(main).portal(door(lang)).faults(&errors)).await
}

/// The frame of pages before one has signed in.
fn door(lang: Lang) -> Portal {
    Portal { name: t!(lang, "web.product"), place: t!(lang, "web.product_line"), ..Portal::default() }
}

/// In the demo each role is one press away; its name and password stand there for those who want to type them.
fn demo(desk: &Desk, accounts: &[super::DemoAccount], next: &str) -> Markup {
    let lang = desk.lang;
    html! {
        section.tight aria-labelledby="h-demo" {
            h2 id="h-demo" { (t!(lang, "people.demo_accounts")) }
            p.soft.s { (t!(lang, "people.demo_note")) }
            ul.roles {
                @for account in accounts {
                    li {
                        form method="post" action=(paths::SIGN_IN) {
                            (desk.csrf())
                            input type="hidden" name="next" value=(next);
                            input type="hidden" name="login" value=(account.login);
                            input type="hidden" name="password" value=(account.password);
                            button.btn type="submit" {
                                (icon("user"))
                                span.two-line { b { (account.what) } small { (account.login) " · " (account.password) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(crate) async fn sign_in(desk: Desk, form: FormData) -> Answer {
    let (login, password) = (form.get("login").to_owned(), form.get("password").to_owned());
    match account::sign_in(&desk.app.db, &desk.app.ids, &login, &password, desk.now).await {
        Ok(token) => {
            let next = form.get("next");
            let own = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
            let answer = desk.back_to(if own { next } else { paths::HOME }, None);
            desk.keep_session(answer, &token, LONGEST_MS / 1_000)
        }
        Err(db::Stop::Refused(refused)) => page(&desk, &form.fields.without("password"), Some(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn sign_out(desk: Desk, _form: FormData) -> Answer {
    if let Some(hash) = desk.session_hash() {
        let mut tx = desk.begin().await?;
        store::end_session(&mut tx, &hash).await?;
        let about = timeline::Kind::Account.of(desk.who()?.account);
        desk.record(&mut tx, desk.entry(about, "account.sign_out", serde_json::json!({}))).await?;
        tx.commit().await?;
    }
    desk.end_session(desk.back_to(paths::SIGN_IN, None))
}

fn hash_of(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token))
}

pub(crate) async fn invited(desk: Desk, Path(token): Path<String>) -> Answer {
    let mut tx = desk.read().await?;
    match account::invited(&mut tx, &hash_of(&token), desk.now).await {
        Ok(account) => choose(&desk, &token, &account.login, None).await,
        Err(db::Stop::Refused(_)) => over(&desk).await,
        Err(other) => Err(other.into()),
    }
}

async fn over(desk: &Desk) -> Answer {
    let lang = desk.lang;
    let title = t!(lang, "people.invitation_over_title");
    let main = html! { div.wrap.two { div.box.stack { h1 { (title) } p { (t!(lang, "people.invitation_over")) } } } };
    desk.show(Page::new(title).bare(main).portal(door(lang)).status(StatusCode::GONE)).await
}

async fn choose(desk: &Desk, token: &str, login: &str, refused: Option<&Refused>) -> Answer {
    let lang = desk.lang;
    let errors = refused.map(|refused| Errors::of(lang, refused)).unwrap_or_default();
    let values = Fields::default();
    let inputs = Inputs { lang, values: &values, errors: &errors };
    let title = t!(lang, "people.choose_password");
    let main = html! {
        div.wrap.two {
            form.box.stack method="post" action={ "/invitation/" (token) } {
                (desk.csrf())
                h1 { (title) }
                (web::error_summary(lang, &errors))
                p { (t!(lang, "people.choose_for", login = login)) }
                (inputs.password(&Ask::new("password", t!(lang, "people.new_password")).hint(t!(lang, "people.password_hint")).autocomplete("new-password").width(Width::Full)))
                (inputs.password(&Ask::new("again", t!(lang, "people.password_again")).autocomplete("new-password").width(Width::Full)))
                (main_button(&t!(lang, "people.save_password")))
            }
        }
    };
    desk.show(Page::new(title).bare(main).portal(door(lang)).faults(&errors).private()).await
}

pub(crate) async fn accept(desk: Desk, Path(token): Path<String>, form: FormData) -> Answer {
    let hash = hash_of(&token);
    let mut tx = desk.read().await?;
    let account = match account::invited(&mut tx, &hash, desk.now).await {
        Ok(account) => account,
        Err(db::Stop::Refused(_)) => return over(&desk).await,
        Err(other) => return Err(other.into()),
    };
    drop(tx);
    let chosen = form.get("password");
    if chosen != form.get("again") {
        let refused = Refused::from(Refusal::new("people.passwords_differ").at("again"));
        return choose(&desk, &token, &account.login, Some(&refused)).await;
    }
    match account::accept(&desk.app.db, &desk.app.ids, &hash, chosen, desk.now).await {
        Ok(_) => desk.back_to(paths::SIGN_IN, Some(Flash::ok("people.password_saved"))),
        Err(db::Stop::Refused(refused)) => choose(&desk, &token, &account.login, Some(&refused)).await,
        Err(other) => Err(Trouble::from(other)),
    }
}
