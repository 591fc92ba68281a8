//! People of the seat's body and those under it: the list, and adding one person or a block pasted from a spreadsheet.

use std::{collections::HashMap, sync::Arc};

use kernel::{Day, Id, Refusal, Refused, parse_day, text};
use maud::{Markup, html};
use pack::register::Role;
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, FormData, Group, Head, Inputs, Page, Row, Table, Target, Tone, Trouble,
    Width, main_button, panel, t, tag,
};

use super::Room;
use crate::{
    account::{self, Invitation, NewSeat},
    seats::{role_label, told},
    store::{self, Account, SeatRow},
};

/// Someone with all their seats.
pub(super) type Person = (Account, Vec<SeatRow>);

pub(crate) async fn list(desk: Desk) -> Answer {
    page(&desk, &Fields::default(), None, &[]).await
}

/// Those with a seat where this administrator manages people, in the order of Vietnamese names.
pub(super) async fn mine(desk: &Desk) -> Result<Vec<Person>, Trouble> {
    let mut tx = desk.read().await?;
    let mut seats: HashMap<i64, Vec<SeatRow>> = HashMap::new();
    for seat in store::all_seats(&mut tx).await? {
        seats.entry(seat.account).or_default().push(seat);
    }
    let all = store::list(&mut tx).await?.into_iter().map(|account| {
        let seats = seats.remove(&account.id).unwrap_or_default();
        (account, seats)
    });
    let managed = |seat: &SeatRow| desk.can("people.see", &Target::unit(seat.unit));
    let mut mine: Vec<Person> = all.filter(|(_, seats)| seats.iter().any(managed)).collect();
    text::by_given_name(&mut mine, |(account, _)| &account.name);
    Ok(mine)
}

async fn page(desk: &Desk, values: &Fields, refused: Option<&Refused>, invitations: &[(String, Invitation)]) -> Answer {
    let lang = desk.lang;
    desk.may("people.list", &Target::unit(desk.seat()?.unit))?;
    let errors = refused.map(|refused| Errors::of(lang, refused)).unwrap_or_default();
    let inputs = Inputs { lang, values, errors: &errors };
    let people = mine(desk).await?;
    let table = Table {
        caption: t!(lang, "people.people"),
        heads: vec![
            Head::new(t!(lang, "people.name")),
            Head::new(t!(lang, "people.login")),
            Head::new(t!(lang, "people.seats")).main(),
            Head::new(t!(lang, "people.state")),
        ],
        groups: vec![Group { label: String::new(), rows: people.iter().map(|person| line(desk, person)).collect() }],
        ..Table::default()
    };
    let main = html! {
        (web::error_summary(lang, &errors))
        @for (login, invitation) in invitations { (link(desk, login, invitation)) }
        div.panel { (web::table(lang, &table)) }
    };
    let side = html! {
        (panel("add", &t!(lang, "people.add"), None, &html! {
            form.pad.stack method="post" action="/people" data-keep {
                (desk.csrf())
                (inputs.text(&Ask::new("login", t!(lang, "people.login")).hint(t!(lang, "people.login_hint")).width(Width::Full)))
                (inputs.text(&Ask::new("name", t!(lang, "people.name")).width(Width::Full)))
                (seat_fields(desk, &inputs))
                p { (main_button(&t!(lang, "people.add_button"))) }
            }
        }))
        (panel("paste", &t!(lang, "people.paste"), None, &html! {
            form.pad.stack method="post" action="/people" data-keep {
                (desk.csrf())
                (inputs.long_text(&Ask::new("paste", t!(lang, "people.paste_rows")).hint(t!(lang, "people.paste_hint")), 6))
                p { button.btn type="submit" { (t!(lang, "people.paste_button")) } }
            }
        }))
    };
    let title = t!(lang, "people.people");
    let count = t!(lang, "people.count", count = people.len());
    desk.show(Page::new(title).lead(html! { p.soft { (count) } }).main(main).side(side).faults(&errors).wide()).await
}

fn line(desk: &Desk, (account, seats): &Person) -> Row {
    let (lang, tree) = (desk.lang, (desk.app.room::<Arc<Room>>().tree)());
    let seats = seats.iter().filter(|seat| seat.stands(desk.today)).map(|row| {
        let seat = told(&tree, row, desk.today);
        format!("{}, {}", seat.role_label.in_lang(lang), seat.unit_name)
    });
    let seats: Vec<String> = seats.collect();
    let state = match (account.disabled, account.password.is_some(), seats.is_empty()) {
        (true, ..) => tag(Tone::Warn, &t!(lang, "people.disabled")),
        (_, false, _) => tag(Tone::Info, &t!(lang, "people.invited")),
        (_, _, true) => html! { (t!(lang, "people.without_seat")) },
        _ => html! { (t!(lang, "people.active")) },
    };
    let name = html! { a href={ "/people/" (Id(account.id)) } { (account.name) } };
    Row::new(vec![name, html! { (account.login) }, html! { (seats.join("; ")) }, state])
}

/// The link that someone chooses a password by: shown once, to be handed over.
pub(super) fn link(desk: &Desk, login: &str, invitation: &Invitation) -> Markup {
    let path = invitation.path();
    let said = t!(desk.lang, "people.invitation_for", login = login);
    web::note(Tone::Info, &html! { p { (said) } p { a href=(path) { code { (path) } } } })
}

pub(super) fn seat_fields(desk: &Desk, inputs: &Inputs<'_>) -> Markup {
    let lang = desk.lang;
    let choice = |role: Role| {
        let hint = t!(lang, format!("people.role_{}", role.name()).as_str());
        Choice::new(role.name(), format!("{}: {hint}", role_label(role.name()).in_lang(lang)))
    };
    let roles = Role::ALL.map(choice);
    html! {
        (inputs.select(&Ask::new("role", t!(lang, "people.role")).width(Width::Full), &roles))
        (inputs.text(&Ask::new("unit", t!(lang, "people.unit")).hint(t!(lang, "people.unit_hint")).width(Width::Full)))
        (inputs.date(&Ask::new("from", t!(lang, "people.from")).hint(t!(lang, "people.from_hint")).optional(true)))
        (inputs.date(&Ask::new("to", t!(lang, "people.last_day")).optional(true)))
    }
}

/// A seat as it was typed; its unit must be one where people are this seat's to manage.
pub(super) fn read_seat(desk: &Desk, typed: &Fields) -> Result<NewSeat, Refused> {
    let tree = (desk.app.room::<Arc<Room>>().tree)();
    let mut refused = Refused::default();
    let day = |field: &str| -> Result<Option<Day>, Refusal> {
        typed.maybe(field).map(|text| parse_day(text).map_err(|refusal| refusal.at(field))).transpose()
    };
    let folded = text::fold(typed.get("role"));
    let role = Role::ALL.into_iter().find(|role| {
        let label = role_label(role.name());
        role.name() == folded || text::fold(label.in_lang(desk.lang)) == folded || text::fold(&label.vi) == folded
    });
    let role = role.ok_or_else(|| Refusal::new("people.unknown_role").with("value", typed.get("role")).at("role"));
    let unit = tree.find(typed.get("unit"), desk.today).map_err(|refusal| refusal.at("unit")).and_then(|unit| {
        let allowed = desk.can("people.seat", &Target::unit(unit.0));
        if allowed { Ok(unit.0) } else { Err(Refusal::new("people.not_your_unit").at("unit")) }
    });
    let mut keep = |refusal| refused.push(refusal);
    let seat = NewSeat {
        role: role.map_err(&mut keep).unwrap_or(Role::Auditor),
        unit: unit.map_err(&mut keep).unwrap_or_default(),
        from: day("from").map_err(&mut keep).unwrap_or_default().unwrap_or(desk.today),
        to: day("to").map_err(&mut keep).unwrap_or_default().and_then(|last| last.tomorrow().ok()),
        stands_in_for: None,
    };
    refused.settle().map(|()| seat)
}

/// Adds one person, or each line of a pasted block: all of them or none.
pub(crate) async fn add(desk: Desk, form: FormData) -> Answer {
    desk.may("people.add", &Target::unit(desk.seat()?.unit))?;
    let by = (desk.who()?.account, desk.seat()?.unit);
    let block = form.has("paste");
    let lines = if block { pasted(form.get("paste")) } else { vec![(None, form.fields.clone())] };
    let mut refused = Refused::default();
    if lines.is_empty() {
        refused.push(Refusal::new("people.nothing_pasted").at("paste"));
    }
    let place = |refusal: Refusal, line: Option<usize>| match line {
        Some(line) => refusal.with("line", line).at("paste"),
        None => refusal,
    };
    let mut invitations = Vec::new();
    let mut tx = desk.begin().await?;
    for (line, typed) in lines {
        let seat = match read_seat(&desk, &typed) {
            Ok(seat) => seat,
            Err(several) => {
                refused.0.extend(several.0.into_iter().map(|refusal| place(refusal, line)));
                continue;
            }
        };
        let (login, name) = (typed.get("login"), typed.get("name"));
        match account::enrol(&mut tx, &desk.app.ids, by, login, name, &seat, desk.now).await {
            Ok((account, invitation)) => {
                invitations.extend(invitation.map(|invitation| (account.login, invitation)));
            }
            Err(db::Stop::Refused(several)) => {
                refused.0.extend(several.0.into_iter().map(|refusal| place(refusal, line)));
            }
            Err(other) => return Err(other.into()),
        }
    }
    if let Err(refused) = refused.settle() {
        drop(tx);
        return page(&desk, &form.fields, Some(&refused), &[]).await;
    }
    tx.commit().await?;
    page(&desk, &Fields::default(), None, &invitations).await
}

const COLUMNS: [&str; 6] = ["login", "name", "role", "unit", "from", "to"];

/// The lines of a block from a spreadsheet or a CSV file, each with its number; a line of headings is left out.
fn pasted(block: &str) -> Vec<(Option<usize>, Fields)> {
    let delimiter = [b'\t', b';'].into_iter().find(|mark| block.as_bytes().contains(mark)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(block.trim_start_matches('\u{feff}').as_bytes());
    let mut lines = Vec::new();
    for (place, record) in reader.records().enumerate() {
        // What is no text cannot arrive here; a line that the reader gives up on fails as an empty one would.
        let record = record.unwrap_or_default();
        let first = text::fold(record.get(0).unwrap_or_default());
        let heads = place == 0 && matches!(first.as_str(), "login" | "ten dang nhap" | "tai khoan" | "sign-in name");
        if heads || record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cells: Fields = COLUMNS.into_iter().zip(record.iter()).map(|(name, cell)| (name, cell.trim())).collect();
        lines.push((Some(place + 1), cells));
    }
    lines
}
