//! People of the seat's body and those under it: adding, pasting a list, seats, invitations.

use std::sync::Arc;

use axum::extract::Path;
use kernel::{Id, Refusal, Refused, civil_day};
use maud::{Markup, html};
use pack::register::Role;
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, Flash, FormData, Head, Inputs, Page, Row, Table, Target, Trouble, Width,
    button, main_button, panel, paths, t,
};

use super::Room;
use crate::{
    account,
    seats::{role_label, told},
    store::{self, Account, SeatRow},
};

pub(crate) async fn list(desk: Desk) -> Answer {
    page(&desk, &Fields::default(), None, &[]).await
}

/// Those with a seat where this administrator manages people.
async fn mine(desk: &Desk) -> Result<Vec<(Account, Vec<SeatRow>)>, Trouble> {
    let mut tx = desk.read().await?;
    let seats = store::all_seats(&mut tx).await?;
    let accounts = store::list(&mut tx).await?;
    let held = |account: &Account| seats.iter().filter(|seat| seat.account == account.id).cloned().collect::<Vec<_>>();
    let all = accounts.into_iter().map(|account| {
        let seats = held(&account);
        (account, seats)
    });
    Ok(all.filter(|(_, seats)| seats.iter().any(|seat| desk.can("people.see", &Target::unit(seat.unit)))).collect())
}

async fn page(desk: &Desk, values: &Fields, refused: Option<&Refused>, invitations: &[(String, String)]) -> Answer {
    let lang = desk.lang;
    desk.may("people.list", &Target::unit(desk.seat()?.unit))?;
    let errors = refused.map(|refused| Errors::of(lang, refused)).unwrap_or_default();
    let inputs = Inputs { lang, values, errors: &errors };
    let tree = (desk.app.room::<Arc<Room>>().tree)();
    let people = mine(desk).await?;
    let rows = people.iter().map(|(account, seats)| {
        let seats: Vec<String> = seats
            .iter()
            .filter(|seat| seat.stands(desk.today))
            .map(|seat| {
                format!("{}, {}", role_label(&seat.role).in_lang(lang), told(&tree, seat, desk.today).unit_name)
            })
            .collect();
        let state = if account.disabled {
            t!(lang, "people.disabled")
        } else if account.password.is_none() {
            t!(lang, "people.invited")
        } else {
            t!(lang, "people.active")
        };
        let link = html! { a href={ "/people/" (Id(account.id)) } { (account.name) } };
        Row::new(vec![link, html! { (account.login) }, html! { (seats.join("; ")) }, html! { (state) }])
    });
    let table = Table {
        caption: t!(lang, "people.people"),
        heads: vec![
            Head::new(t!(lang, "people.name")).main(),
            Head::new(t!(lang, "people.login")),
            Head::new(t!(lang, "people.seats")),
            Head::new(t!(lang, "people.state")),
        ],
        groups: vec![web::Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    let main = html! {
        (web::error_summary(lang, &errors))
        @for (login, path) in invitations {
            (web::note(web::Tone::Info, &html! { (t!(lang, "people.invitation_for", login = login.as_str())) br; code { (path) } }))
        }
        (web::table(lang, &table))
        (panel("add", &t!(lang, "people.add"), None, &html! {
            form method="post" action="/people" data-keep {
                (desk.csrf())
                (inputs.text(&Ask::new("login", t!(lang, "people.login")).width(Width::Middle)))
                (inputs.text(&Ask::new("name", t!(lang, "people.name")).width(Width::Long)))
                (seat_fields(desk, &inputs))
                (inputs.long_text(&Ask::new("paste", t!(lang, "people.paste")).hint(t!(lang, "people.paste_hint")).optional(true).width(Width::Full), 5))
                (main_button(&t!(lang, "people.add_button")))
            }
        }))
    };
    let title = t!(lang, "people.people");
    desk.show(
        Page::new(&title).crumb(t!(lang, "web.today"), paths::HOME).here(&title).main(main).faults(&errors).wide(),
    )
    .await
}

fn seat_fields(desk: &Desk, inputs: &Inputs<'_>) -> Markup {
    let lang = desk.lang;
    let roles: Vec<Choice> =
        Role::ALL.iter().map(|role| Choice::new(role.name(), role_label(role.name()).in_lang(lang))).collect();
    html! {
        (inputs.select(&Ask::new("role", t!(lang, "people.role")).width(Width::Middle), &roles))
        (inputs.text(&Ask::new("unit", t!(lang, "people.unit")).hint(t!(lang, "people.unit_hint")).width(Width::Middle)))
    }
}

/// A role and a unit as they were typed; the unit must be one where people are this seat's to manage.
fn read_seat(desk: &Desk, role: &str, unit: &str) -> Result<(Role, i64), Refusal> {
    let tree = (desk.app.room::<Arc<Room>>().tree)();
    let folded = kernel::text::fold(role);
    let role = Role::ALL
        .into_iter()
        .find(|one| one.name() == role || kernel::text::fold(&role_label(one.name()).vi) == folded)
        .ok_or_else(|| Refusal::new("people.unknown_role").with("value", role).at("role"))?;
    let unit = tree.find(unit, desk.today).map_err(|refusal| refusal.at("unit"))?;
    if desk.can("people.add", &Target::unit(unit.0)) {
        Ok((role, unit.0))
    } else {
        Err(Refusal::new("people.not_your_unit").at("unit"))
    }
}

/// Adds one person, or each line of a block pasted from a spreadsheet: login, name, role, unit. All lines or none.
pub(crate) async fn add(desk: Desk, form: FormData) -> Answer {
    let lines: Vec<[String; 4]> = if form.get("paste").trim().is_empty() {
        vec![["login", "name", "role", "unit"].map(|field| form.get(field).to_owned())]
    } else {
        form.get("paste").lines().filter(|line| !line.trim().is_empty()).map(columns).collect()
    };
    let mut refused = Refused::default();
    let mut read = Vec::new();
    for (place, [login, name, role, unit]) in lines.iter().enumerate() {
        match read_seat(&desk, role.trim(), unit.trim()) {
            Ok((role, unit)) => read.push((login, name, role, unit)),
            Err(refusal) if lines.len() > 1 => {
                refused.push(Refusal { field: Some("paste".into()), ..refusal }.with("line", place + 1))
            }
            Err(refusal) => refused.push(refusal),
        }
        if kernel::text::slug(login).is_empty() {
            refused.push(Refusal::new("people.login_missing").at(if lines.len() > 1 { "paste" } else { "login" }));
        }
    }
    if let Err(refused) = refused.settle() {
        return page(&desk, &form.fields, Some(&refused), &[]).await;
    }
    let by = (desk.who()?.account, desk.seat()?.unit);
    let mut invitations = Vec::new();
    for (login, name, role, unit) in read {
        let (account, invitation) =
            account::add(&desk.app.db, &desk.app.ids, by, login, name, role, unit, desk.now).await?;
        invitations.extend(invitation.map(|invitation| (account.login, invitation.path())));
    }
    page(&desk, &Fields::default(), None, &invitations).await
}

fn columns(line: &str) -> [String; 4] {
    let mut cells = line.split(['\t', ';']).map(str::to_owned);
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}

/// An account that this administrator manages; any other is not there.
async fn find(desk: &Desk, handle: &str) -> Result<(Account, Vec<SeatRow>), Trouble> {
    let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
    let all = mine(desk).await?;
    all.into_iter().find(|(account, _)| account.id == id.0).ok_or(Trouble::NotFound)
}

pub(crate) async fn one(desk: Desk, Path(handle): Path<String>) -> Answer {
    let (account, seats) = find(&desk, &handle).await?;
    show(&desk, &account, &seats, &Fields::default(), None, None).await
}

async fn show(
    desk: &Desk,
    account: &Account,
    seats: &[SeatRow],
    values: &Fields,
    refused: Option<&Refused>,
    invitation: Option<String>,
) -> Answer {
    let lang = desk.lang;
    let errors = refused.map(|refused| Errors::of(lang, refused)).unwrap_or_default();
    let inputs = Inputs { lang, values, errors: &errors };
    let tree = (desk.app.room::<Arc<Room>>().tree)();
    let base = format!("/people/{}", Id(account.id));
    let main = html! {
        (web::error_summary(lang, &errors))
        @if let Some(path) = &invitation {
            (web::note(web::Tone::Info, &html! { (t!(lang, "people.invitation_for", login = account.login.as_str())) br; code { (path) } }))
        }
        (panel("seats", &t!(lang, "people.seats"), None, &html! {
            ul { @for seat in seats {
                li {
                    (role_label(&seat.role).in_lang(lang)) ", " (told(&tree, seat, desk.today).unit_name)
                    " · " (t!(lang, "people.since", day = kernel::show_day(kernel::number_day(seat.from_day))))
                    @if let Some(to) = seat.to_day { " · " (t!(lang, "people.until", day = kernel::show_day(kernel::number_day(to)))) }
                    @else if desk.can("people.end_seat", &Target::unit(seat.unit)) {
                        form method="post" action={ (base) "/seat/end" } { (desk.csrf()) (button(&t!(lang, "people.end_seat"), "seat", &seat.id.to_string())) }
                    }
                }
            } }
            form method="post" action={ (base) "/seat" } { (desk.csrf()) (seat_fields(desk, &inputs)) (main_button(&t!(lang, "people.give_seat"))) }
        }))
        (panel("access", &t!(lang, "people.access"), None, &html! {
            form method="post" action={ (base) "/invite" } { (desk.csrf()) (button(&t!(lang, "people.new_link"), "invite", "yes")) }
            form method="post" action={ (base) "/disable" } {
                (desk.csrf())
                @if account.disabled { (button(&t!(lang, "people.enable"), "disabled", "no")) }
                @else { (button(&t!(lang, "people.disable"), "disabled", "yes")) }
            }
        }))
    };
    let page = Page::new(&account.name).crumb(t!(lang, "people.people"), "/people").here(&account.name);
    desk.show(page.lead(html! { (account.login) }).main(main).faults(&errors)).await
}

pub(crate) async fn seat(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let (account, seats) = find(&desk, &handle).await?;
    let (role, unit) = match read_seat(&desk, form.get("role"), form.get("unit")) {
        Ok(read) => read,
        Err(refusal) => return show(&desk, &account, &seats, &form.fields, Some(&refusal.into()), None).await,
    };
    let by = (desk.who()?.account, desk.seat()?.unit);
    let mut tx = desk.begin().await?;
    account::give_seat(&mut tx, &desk.app.ids, by, account.id, role, unit, None, desk.now).await?;
    tx.commit().await?;
    desk.back_to(&format!("/people/{}", Id(account.id)), Some(Flash::ok("people.seat_given")))
}

pub(crate) async fn end_seat(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let (account, seats) = find(&desk, &handle).await?;
    let seat = seats
        .iter()
        .find(|seat| seat.id.to_string() == form.get("seat") && seat.to_day.is_none())
        .ok_or(Trouble::NotFound)?;
    desk.may("people.end_seat", &Target::unit(seat.unit))?;
    let by = (desk.who()?.account, desk.seat()?.unit);
    let mut tx = desk.begin().await?;
    account::end_seat(&mut tx, &desk.app.ids, by, account.id, seat.id, desk.now).await?;
    tx.commit().await?;
    desk.back_to(
        &format!("/people/{}", Id(account.id)),
        Some(Flash::ok("people.seat_ended").with("day", kernel::show_day(civil_day(desk.now)))),
    )
}

pub(crate) async fn invite(desk: Desk, Path(handle): Path<String>, _form: FormData) -> Answer {
    let (account, seats) = find(&desk, &handle).await?;
    let by = (desk.who()?.account, desk.seat()?.unit);
    let mut tx = desk.begin().await?;
    let invitation = account::invite(&mut tx, &desk.app.ids, by, account.id, desk.now).await?;
    tx.commit().await?;
    show(&desk, &account, &seats, &Fields::default(), None, Some(invitation.path())).await
}

pub(crate) async fn disable(desk: Desk, Path(handle): Path<String>, form: FormData) -> Answer {
    let (account, _) = find(&desk, &handle).await?;
    let by = (desk.who()?.account, desk.seat()?.unit);
    if account.id == by.0 {
        return Err(Refusal::new("people.not_yourself").into());
    }
    let mut tx = desk.begin().await?;
    account::set_disabled(&mut tx, &desk.app.ids, by, account.id, form.get("disabled") == "yes", desk.now).await?;
    tx.commit().await?;
    desk.back_to(&format!("/people/{}", Id(account.id)), Some(Flash::ok("people.saved")))
}
