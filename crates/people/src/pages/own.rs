//! One's own account: the seat in use, the password, the sessions that are open.

use jiff::Timestamp;
use kernel::{Refusal, Refused};
use maud::html;
use web::{
    Answer, Ask, Desk, Errors, Fields, Flash, FormData, Group, Head, Inputs, Page, Row, Table, Tone, Trouble, Width,
    button, main_button, panel, paths, t, tag,
};

use crate::{account, seats::IDLE_MS, store};

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
    let sessions = store::sessions(&mut tx, who.account, desk.now.as_millisecond() - IDLE_MS).await?;
    drop(tx);
    let rows = who.seats.iter().map(|seat| {
        let role = html! {
            (seat.role_label.in_lang(lang))
            @if let Some(name) = &seat.for_whom { " " span.soft { (t!(lang, "people.for", name = name)) } }
        };
        let act = html! {
            @if seat.id == who.seat.id { (tag(Tone::Info, &t!(lang, "people.in_use"))) }
            @else {
                form method="post" action=(paths::SEAT) { (desk.csrf()) (button(&t!(lang, "web.work_as"), "seat", &seat.id.to_string())) }
            }
        };
        Row::new(vec![role, html! { (seat.unit_name) }, act])
    });
    let seats = Table {
        caption: t!(lang, "people.seats"),
        heads: vec![
            Head::new(t!(lang, "people.role")),
            Head::new(t!(lang, "people.unit")).main(),
            Head::new(t!(lang, "people.acts")),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    let own = desk.session_hash();
    let rows = sessions.iter().map(|(hash, begun, seen)| {
        let act = html! {
            @if Some(hash) == own.as_ref() { (tag(Tone::Info, &t!(lang, "people.this_session"))) }
            @else {
                form method="post" action="/account/sessions/end" { (desk.csrf()) (button(&t!(lang, "people.end_session"), "session", hash)) }
            }
        };
        Row::new(vec![html! { (moment(*begun)) }, html! { (moment(*seen)) }, act])
    });
    let sessions = Table {
        caption: t!(lang, "people.sessions"),
        heads: vec![
            Head::new(t!(lang, "people.session_begun")).card_label(t!(lang, "people.session_begun")),
            Head::new(t!(lang, "people.session_seen")).card_label(t!(lang, "people.session_seen")).main(),
            Head::new(t!(lang, "people.acts")),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    let main = html! {
        (web::error_summary(lang, &errors))
        (panel("seats", &t!(lang, "people.seats"), None, &web::table(lang, &seats)))
        (panel("sessions", &t!(lang, "people.sessions"), None, &web::table(lang, &sessions)))
    };
    let side = html! {
        (panel("password", &t!(lang, "people.change_password"), None, &html! {
            form.pad.stack method="post" action="/account/password" {
                (desk.csrf())
                (inputs.password(&Ask::new("old", t!(lang, "people.old_password")).autocomplete("current-password").width(Width::Full)))
                (inputs.password(&Ask::new("password", t!(lang, "people.new_password")).hint(t!(lang, "people.password_hint")).autocomplete("new-password").width(Width::Full)))
                p { (main_button(&t!(lang, "people.save_password"))) }
            }
        }))
    };
    let title = t!(lang, "people.account");
    let lead = html! { p.soft { (who.name) " · " (who.login) } };
    desk.show(Page::new(title).lead(lead).main(main).side(side).faults(&errors).private()).await
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
    let own = store::sessions(&mut tx, account, 0).await?;
    let Some((hash, ..)) = own.iter().find(|(hash, ..)| hash == form.get("session")) else {
        return Err(Refusal::new("people.session_gone").into());
    };
    store::end_session(&mut tx, hash).await?;
    let about = timeline::Kind::Account.of(account);
    desk.record(&mut tx, desk.entry(about, "account.end_session", serde_json::json!({}))).await?;
    tx.commit().await?;
    desk.back_to(paths::ACCOUNT, Some(Flash::ok("people.session_ended")))
}
