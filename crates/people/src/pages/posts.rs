//! Posts and their holders by date.

use std::sync::Arc;

use kernel::{Refusal, Refused, parse_day, show_day};
use maud::html;
use units::Unit;
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, Flash, FormData, Group, Head, Inputs, Page, Row, Table, Target, Trouble,
    Width, button, main_button, panel, paths, t,
};

use super::Room;
use crate::{
    posts::{self, Holder},
    store,
};

pub(crate) async fn list(desk: Desk) -> Answer {
    page(&desk, &Fields::default(), None).await
}

async fn page(desk: &Desk, values: &Fields, refused: Option<&Refused>) -> Answer {
    let lang = desk.lang;
    desk.may("post.list", &Target::unit(desk.seat()?.unit))?;
    let errors = refused.map(|refused| Errors::of(lang, refused)).unwrap_or_default();
    let inputs = Inputs { lang, values, errors: &errors };
    let room = desk.app.room::<Arc<Room>>();
    let tree = (room.tree)();
    let at = tree.at(desk.today);
    let mut tx = desk.read().await?;
    let holders = store::holders(&mut tx).await?;
    let label = |post: &str| {
        tree.kinds().post(post).map_or_else(|| post.to_owned(), |post| post.label.in_lang(lang).to_owned())
    };
    let rows = holders.iter().filter(|row| desk.can("post.list", &Target::unit(row.unit))).take(1_000).map(|row| {
        let end = match row.to_day {
            Some(to) => html! { (show_day(kernel::number_day(to))) },
            None => html! {
                form method="post" action="/posts/end" { (desk.csrf()) (button(&t!(lang, "people.end_post"), "holder", &row.id.to_string())) }
            },
        };
        let from = html! { (show_day(kernel::number_day(row.from_day))) };
        Row::new(vec![html! { (label(&row.post)) }, html! { (at.title(Unit(row.unit))) }, html! { (row.name) }, from, end])
    });
    let table = Table {
        caption: t!(lang, "people.posts"),
        heads: vec![
            Head::new(t!(lang, "people.post")).main(),
            Head::new(t!(lang, "people.body")),
            Head::new(t!(lang, "people.name")),
            Head::new(t!(lang, "people.from")),
            Head::new(t!(lang, "people.to")),
        ],
        groups: vec![Group { label: String::new(), rows: rows.collect() }],
        ..Table::default()
    };
    let posts: Vec<Choice> =
        tree.kinds().posts.iter().map(|post| Choice::new(&post.id, post.label.in_lang(lang))).collect();
    let main = html! {
        (web::error_summary(lang, &errors))
        (web::table(lang, &table))
        (panel("enter", &t!(lang, "people.enter_holder"), None, &html! {
            form method="post" action="/posts" data-keep {
                (desk.csrf())
                (inputs.select(&Ask::new("post", t!(lang, "people.post")).width(Width::Long), &posts))
                (inputs.text(&Ask::new("unit", t!(lang, "people.body")).hint(t!(lang, "people.unit_hint")).width(Width::Middle)))
                (inputs.text(&Ask::new("name", t!(lang, "people.name")).width(Width::Long)))
                (inputs.date(&Ask::new("from", t!(lang, "people.from"))))
                (main_button(&t!(lang, "people.enter_button")))
            }
        }))
    };
    let title = t!(lang, "people.posts");
    desk.show(
        Page::new(&title).crumb(t!(lang, "web.today"), paths::HOME).here(&title).main(main).faults(&errors).wide(),
    )
    .await
}

pub(crate) async fn enter(desk: Desk, form: FormData) -> Answer {
    let room = desk.app.room::<Arc<Room>>();
    let holder = match read(&desk, &form) {
        Ok(holder) => holder,
        Err(refused) => return page(&desk, &form.fields, Some(&refused)).await,
    };
    let by = (desk.who()?.account, desk.seat()?.unit);
    let mut tx = desk.begin().await?;
    posts::enter(&mut tx, &desk.app.ids, by, &[holder], desk.now).await?;
    tx.commit().await?;
    room.posts.refresh(&desk.app.db).await?;
    desk.back_to("/posts", Some(Flash::ok("people.saved")))
}

fn read(desk: &Desk, form: &FormData) -> Result<Holder, Refused> {
    let tree = (desk.app.room::<Arc<Room>>().tree)();
    let post = tree.kinds().post(form.get("post")).map(|post| post.id.clone());
    let unit = tree.find(form.get("unit"), desk.today).map_err(|refusal| refusal.at("unit"));
    let from = parse_day(form.get("from")).map_err(|refusal| refusal.at("from"));
    let mut refused = Refused::default();
    if post.is_none() {
        refused.push(Refusal::new("people.which_post").at("post"));
    }
    if form.get("name").trim().is_empty() {
        refused.push(Refusal::new("people.name_missing").at("name"));
    }
    if let Ok(unit) = &unit
        && !desk.can("post.enter", &Target::unit(unit.0))
    {
        refused.push(Refusal::new("people.not_your_unit").at("unit"));
    }
    match (post, unit, from) {
        (Some(post), Ok(unit), Ok(from)) if refused.0.is_empty() => {
            Ok(Holder { unit, post, name: form.get("name").to_owned(), from, to: None })
        }
        (_, unit, from) => {
            refused.0.extend(unit.err());
            refused.0.extend(from.err());
            Err(refused)
        }
    }
}

/// Ends a holder's time today.
pub(crate) async fn end(desk: Desk, form: FormData) -> Answer {
    let mut tx = desk.begin().await?;
    let all = store::holders(&mut tx).await?;
    let row = all.iter().find(|row| row.id.to_string() == form.get("holder")).ok_or(Trouble::NotFound)?;
    desk.sees("post.end", &Target::unit(row.unit))?;
    let by = (desk.who()?.account, desk.seat()?.unit);
    posts::end(&mut tx, &desk.app.ids, by, row, desk.today, desk.now).await?;
    tx.commit().await?;
    desk.app.room::<Arc<Room>>().posts.refresh(&desk.app.db).await?;
    desk.back_to("/posts", Some(Flash::ok("people.saved")))
}
