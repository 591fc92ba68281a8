//! One's own account: the seat in use, the password, the sessions that are open.

use jiff::Timestamp;
use kernel::{Refusal, Refused};
use maud::html;
use web::{
    Answer, Ask, Desk, Errors, Fields, Flash, FormData, Inputs, Page, Trouble, Width, button, main_button, panel,
    paths, t,
};

use crate::{account, store};

/// Works on in another of one's seats.
pub(crate) async fn take_seat(desk: Desk, form: FormData) -> Answer {
    let who = desk.who()?;
    let seat = form
        .get("seat")
        .parse::<i64>()
        .ok()
        .and_then(|id| who.seats.iter().find(|seat| seat.id == id))
        .ok_or(Trouble::NotFound)?;
    let hash = desk.session_hash().ok_or(Trouble::SignIn)?;
    let mut tx = desk.begin().await?;
    store::take_seat(&mut tx, &hash, seat.id, who.account).await?;
    let about = timeline::Kind::Account.of(who.account);
    desk.record(&mut tx, desk.entry(about, "account.seat", serde_json::json!({ "seat": seat.id }))).await?;
    tx.commit().await?;
    desk.back_to(paths::HOME, Some(Flash::ok("people.seat_taken").with("unit", &seat.unit_name)))
}

pub(crate) async fn account(desk: Desk) -> Answer {
    page(&desk, None).await
}

async fn page(desk: &Desk, refused: Option<&Refused>) -> Answer {
    let (lang, who) = (desk.lang, desk.who()?);
    let errors = refused.map(|refused| Errors::of(lang, refused)).unwrap_or_default();
    let values = Fields::default();
    let inputs = Inputs { lang, values: &values, errors: &errors };
    let mut tx = desk.read().await?;
    let sessions = store::sessions(&mut tx, who.account).await?;
    let own = desk.session_hash();
    let main = html! {
        (web::error_summary(lang, &errors))
        (panel("seats", &t!(lang, "people.seats"), None, &html! {
            ul { @for seat in &who.seats {
                li { (seat.role_label.in_lang(lang)) ", " (seat.unit_name) @if seat.id == who.seat.id { " · " (t!(lang, "people.in_use")) } }
            } }
        }))
        (panel("password", &t!(lang, "people.change_password"), None, &html! {
            form method="post" action="/account/password" {
                (desk.csrf())
                (inputs.password(&Ask::new("old", t!(lang, "people.old_password")).autocomplete("current-password").width(Width::Long)))
                (inputs.password(&Ask::new("password", t!(lang, "people.new_password")).hint(t!(lang, "people.password_hint")).autocomplete("new-password").width(Width::Long)))
                (main_button(&t!(lang, "people.save_password")))
            }
        }))
        (panel("sessions", &t!(lang, "people.sessions"), None, &html! {
            ul { @for (hash, begun, seen) in &sessions {
                li {
                    (t!(lang, "people.session", begun = moment(*begun), seen = moment(*seen)))
                    @if Some(hash) == own.as_ref() { " · " (t!(lang, "people.this_session")) }
                    @else {
                        form method="post" action="/account/sessions/end" {
                            (desk.csrf())
                            (button(&t!(lang, "people.end_session"), "session", hash))
                        }
                    }
                }
            } }
        }))
    };
    let title = t!(lang, "people.account");
    desk.show(
        Page::new(&title).crumb(t!(lang, "web.today"), paths::HOME).here(&title).main(main).faults(&errors).private(),
    )
    .await
}

/// An instant on the clock of Vietnam.
fn moment(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    jiff::tz::Offset::constant(7).to_datetime(at).strftime("%d/%m/%Y %H:%M").to_string()
}

pub(crate) async fn password(desk: Desk, form: FormData) -> Answer {
    let account = desk.who()?.account;
    match account::renew_password(&desk.app.db, &desk.app.ids, account, form.get("old"), form.get("password"), desk.now)
        .await
    {
        Ok(()) => desk.end_session(desk.back_to(paths::SIGN_IN, Some(Flash::ok("people.password_saved")))),
        Err(db::Stop::Refused(refused)) => page(&desk, Some(&refused)).await,
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn end_session(desk: Desk, form: FormData) -> Answer {
    let account = desk.who()?.account;
    let mut tx = desk.begin().await?;
    let own = store::sessions(&mut tx, account).await?;
    let Some((hash, ..)) = own.iter().find(|(hash, ..)| hash == form.get("session")) else {
        return Err(Refusal::new("people.session_gone").into());
    };
    store::end_session(&mut tx, hash).await?;
    let about = timeline::Kind::Account.of(account);
    desk.record(&mut tx, desk.entry(about, "account.end_session", serde_json::json!({}))).await?;
    tx.commit().await?;
    desk.back_to(paths::ACCOUNT, Some(Flash::ok("people.session_ended")))
}
