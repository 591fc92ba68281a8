//! One person: seats by date, whom they stand in for, the link to choose a password, the account shut and opened.

use std::sync::Arc;

use axum::extract::Path;
use kernel::{Id, Refusal, Refused, number_day, show_day};
use maud::html;
use web::{
    Answer, Ask, Desk, Errors, Fields, Flash, FormData, Group, Head, Inputs, Page, Row, Table, Target, Trouble, Width,
    button, main_button, panel, t,
};

use super::{
    Room,
    register::{Person, link, mine, read_seat, seat_fields},
};
use crate::{
    account::{self, Invitation},
    seats::{role_label, told},
    store::{self, SeatRow},
};

/// An account that this administrator manages; any other is not there.
async fn find(desk: &Desk, handle: &str) -> Result<Person, Trouble> {
    let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
    let all = mine(desk).await?;
    all.into_iter().find(|(account, _)| account.id == id.0).ok_or(Trouble::NotFound)
}

/// Whether the whole account is this administrator's: no seat of it, now or to come, stands elsewhere. Who could shut or reset an
/// account for one small seat could take it over with all its others.
fn owns(desk: &Desk, seats: &[SeatRow]) -> bool {
    let today = kernel::day_number(desk.today);
    let open = seats.iter().filter(|seat| seat.to_day.is_none_or(|to| today < to));
    open.into_iter().all(|seat| desk.can("people.invite", &Target::unit(seat.unit)))
}

fn owned(desk: &Desk, seats: &[SeatRow]) -> Result<(), Refusal> {
    if owns(desk, seats) { Ok(()) } else { Err(Refusal::new("people.not_all_yours")) }
}

pub(crate) async fn one(desk: Desk, Path(handle): Path<String>) -> Answer {
    let person = find(&desk, &handle).await?;
    show(&desk, &person, &Fields::default(), None, None).await
}

async fn show(
    desk: &Desk,
    (account, seats): &Person,
    values: &Fields,
    refused: Option<&Refused>,
    invitation: Option<Invitation>,
) -> Answer {
    let lang = desk.lang;
    let errors = refused.map(|refused| Errors::of(lang, refused)).unwrap_or_default();
    let inputs = Inputs { lang, values, errors: &errors };
    let base = format!("/people/{}", Id(account.id));
    let table = Table {
        caption: t!(lang, "people.seats"),
        heads: vec![
            Head::new(t!(lang, "people.role")),
            Head::new(t!(lang, "people.unit")).main(),
            Head::new(t!(lang, "people.from")).card_label(t!(lang, "people.from")),
            Head::new(t!(lang, "people.last_day")).card_label(t!(lang, "people.last_day")),
            Head::new(t!(lang, "people.acts")),
        ],
        groups: vec![Group { label: String::new(), rows: seats.iter().map(|seat| line(desk, &base, seat)).collect() }],
        ..Table::default()
    };
    let main = html! {
        (web::error_summary(lang, &errors))
        @if let Some(invitation) = &invitation { (link(desk, &account.login, invitation)) }
        (panel("seats", &t!(lang, "people.seats"), None, &web::table(lang, &table)))
    };
    let access = html! {
        div.pad.stack {
            @if owns(desk, seats) {
                form method="post" action={ (base) "/invite" } {
                    (desk.csrf())
                    (button(&t!(lang, "people.new_link"), "invite", "yes"))
                    p.soft.s { (t!(lang, "people.new_link_hint")) }
                }
                form method="post" action={ (base) "/disable" } {
                    (desk.csrf())
                    @if account.disabled { (button(&t!(lang, "people.enable"), "disabled", "no")) }
                    @else { (button(&t!(lang, "people.disable"), "disabled", "yes")) }
                }
            } @else { p.soft { (t!(lang, "people.not_all_yours")) } }
        }
    };
    let side = html! {
        (panel("give", &t!(lang, "people.give_seat"), None, &html! {
            form.pad.stack method="post" action={ (base) "/seat" } data-keep {
                (desk.csrf())
                (seat_fields(desk, &inputs))
                (inputs.text(&Ask::new("absent", t!(lang, "people.absent")).hint(t!(lang, "people.absent_hint")).optional(true).width(Width::Full)))
                p { (main_button(&t!(lang, "people.give_button"))) }
            }
        }))
        (panel("access", &t!(lang, "people.access"), None, &access))
    };
    let page = Page::new(&account.name).crumb(t!(lang, "people.people"), "/people").here(&account.name);
    desk.show(page.lead(html! { p.soft { (account.login) } }).main(main).side(side).faults(&errors).at("/people")).await
}

fn line(desk: &Desk, base: &str, row: &SeatRow) -> Row {
    let (lang, tree) = (desk.lang, (desk.app.room::<Arc<Room>>().tree)());
    let seat = told(&tree, row, desk.today);
    let role = role_label(&row.role);
    let last = row.to_day.map(|to| show_day(number_day(to - 1)));
    let ends = row.to_day.is_none_or(|to| kernel::day_number(desk.today) < to);
    let act = html! {
        @if ends && desk.can("people.end_seat", &Target::unit(row.unit)) {
            form method="post" action={ (base) "/seat/end" } {
                (desk.csrf())
                (button(&t!(lang, "people.end_seat"), "seat", &Id(row.id).handle()))
            }
        }
    };
    Row::new(vec![
        html! {
            (role.in_lang(lang))
            @if let Some(name) = &seat.for_whom { " " span.soft { (t!(lang, "people.for", name = name)) } }
        },
        html! { (seat.unit_name) },
        html! { (show_day(number_day(row.from_day))) },
        html! { (last.unwrap_or_default()) },
        act,
    ])
}

pub(crate) async fn seat(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let person = find(&desk, &handle).await?;
    let by = (desk.who()?.account, desk.seat()?.unit);
    let mut seat = match read_seat(&desk, &form) {
        Ok(seat) => seat,
        Err(refused) => return show(&desk, &person, &form.fields, Some(&refused), None).await,
    };
    let mut tx = desk.begin().await?;
    if let Some(login) = form.maybe("absent") {
        let Some(absent) = store::by_login(&mut tx, &kernel::text::slug(login)).await? else {
            drop(tx);
            let refused = Refusal::new("people.no_such_login").with("login", login).at("absent").into();
            return show(&desk, &person, &form.fields, Some(&refused), None).await;
        };
        seat.stands_in_for = Some(absent.id);
    }
    match account::give_seat(&mut tx, &desk.app.ids, by, person.0.id, &seat, desk.now).await {
        Ok(_) => tx.commit().await?,
        Err(db::Stop::Refused(refused)) => {
            drop(tx);
            return show(&desk, &person, &form.fields, Some(&refused), None).await;
        }
        Err(other) => return Err(other.into()),
    }
    desk.back_to(&format!("/people/{}", Id(person.0.id)), Some(Flash::ok("people.seat_given")))
}

/// Ends a seat today.
pub(crate) async fn end_seat(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let (account, seats) = find(&desk, &handle).await?;
    let id: Id = form.get("seat").parse().map_err(|_| Trouble::NotFound)?;
    let today = kernel::day_number(desk.today);
    let open = |seat: &&SeatRow| seat.id == id.0 && seat.to_day.is_none_or(|to| today < to);
    let seat = seats.iter().find(open).ok_or(Trouble::NotFound)?;
    desk.may("people.end_seat", &Target::unit(seat.unit))?;
    let by = (desk.who()?.account, desk.seat()?.unit);
    let mut tx = desk.begin().await?;
    account::end_seat(&mut tx, &desk.app.ids, by, account.id, seat.id, desk.now).await?;
    tx.commit().await?;
    let flash = Flash::ok("people.seat_ended").with("day", show_day(desk.today));
    desk.back_to(&format!("/people/{}", Id(account.id)), Some(flash))
}

/// A link by which the person chooses a new password.
pub(crate) async fn invite(desk: Desk, Path(handle): Path<String>, _form: FormData) -> Answer {
    let person = find(&desk, &handle).await?;
    owned(&desk, &person.1)?;
    let by = (desk.who()?.account, desk.seat()?.unit);
    let mut tx = desk.begin().await?;
    let invitation = account::invite(&mut tx, &desk.app.ids, by, person.0.id, desk.now).await?;
    tx.commit().await?;
    show(&desk, &person, &Fields::default(), None, Some(invitation)).await
}

pub(crate) async fn disable(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let (account, seats) = find(&desk, &handle).await?;
    owned(&desk, &seats)?;
    let by = (desk.who()?.account, desk.seat()?.unit);
    if account.id == by.0 {
        return Err(Refusal::new("people.not_yourself").into());
    }
    let disabled = form.get("disabled") == "yes";
    let mut tx = desk.begin().await?;
    account::set_disabled(&mut tx, &desk.app.ids, by, account.id, disabled, desk.now).await?;
    tx.commit().await?;
    let flash = Flash::ok(if disabled { "people.shut" } else { "people.opened" });
    desk.back_to(&format!("/people/{}", Id(account.id)), Some(flash))
}
