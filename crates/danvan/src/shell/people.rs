//! People and tokens.

use db::{Place, Result};
use jiff::Timestamp;
use kernel::{Lang, Refusal, civil_day};
use pack::register::Role;
use serde_json::json;
use web::t;

use super::{Said, open};
use crate::cli::UserCommand;

pub(crate) async fn user(command: UserCommand, place: Place, now: Timestamp) -> Result<Said> {
    let UserCommand::Add { name, role, unit, full_name } = command;
    let house = open(place, now).await?.house;
    let role = Role::parse(&role).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        Refusal::new("people.unknown_role_of").with("value", &role).with("known", known.join(", "))
    })?;
    let unit = house.now().tree.find(&unit, civil_day(now))?;
    let full_name = full_name.unwrap_or_else(|| name.clone());
    let (account, invitation) =
        people::add(&house.db, &house.ids, (0, 0), &name, &full_name, role, unit.0, now).await?;
    let path = invitation.as_ref().map(people::Invitation::path);
    let text = match &path {
        Some(path) => format!("{}\n{path}", t!(Lang::Vi, "shell.user_added", login = &account.login)),
        None => t!(Lang::Vi, "shell.seat_added", login = &account.login),
    };
    Ok(Said::fine(text, json!({ "login": account.login, "invitation": path })))
}

pub(crate) async fn token(place: Place, name: &str, now: Timestamp) -> Result<Said> {
    let house = open(place, now).await?.house;
    let token = people::token(&house.db, &house.ids, name, now).await?;
    Ok(Said::fine(token.clone(), json!({ "token": token })))
}
