//! Posts and their holders by date, of a place and what lies in it.

use std::sync::Arc;

use kernel::{Day, Id, Refusal, Refused, day_number, number_day, parse_day, show_day};
use maud::html;
use units::{At, Unit};
use web::{
    Answer, Ask, Choice, Desk, Errors, Fields, Flash, FormData, Group, Head, Inputs, Page, Row, Table, Target, Trouble,
    Width, button, main_button, panel, t,
};

use super::Room;
use crate::{
    posts::{self, Holder},
    store,
};

/// So many are listed; a smaller place shows the rest.
const MOST: usize = 500;

/// The bodies at a place and at all places in it; of a body itself.
fn bodies_in(at: &At<'_>, whole: Unit) -> Vec<Unit> {
    if at.is_body(whole) {
        return vec![whole];
    }
    let mut bodies = at.bodies(whole);
    for child in at.children(whole) {
        bodies.extend(bodies_in(at, child));
    }
    bodies
}

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
    let on = desk.query().maybe("on").map(parse_day).transpose().map_err(|refusal| refusal.at("on"))?;
    let day = on.unwrap_or(desk.today);
    let at = tree.at(day);
    let asked = desk.query().maybe("in");
    let place = asked.map(|text| tree.find(text, day)).transpose().map_err(|refusal| refusal.at("in"))?;
    let inside = |unit: Unit| place.is_none_or(|place| unit == place || at.inside(unit, place));
    let mut tx = desk.read().await?;
    let mut holders = store::holders(&mut tx).await?;
    drop(tx);
    holders.retain(|row| inside(Unit(row.unit)) && desk.can("post.list", &Target::unit(row.unit)));
    if on.is_some() {
        let number = day_number(day);
        holders.retain(|row| row.from_day <= number && row.to_day.is_none_or(|end| number < end));
    }
    let vacant = match on {
        Some(on) => {
            let seat = Unit(desk.seat()?.unit);
            let bodies = bodies_in(&at, place.unwrap_or_else(|| at.place(seat).unwrap_or_else(|| seat.ground())));
            let mut heads = room.posts.now().heads_in(&tree, (on, on), &bodies);
            heads.retain(|(unit, _, held)| !held && desk.can("post.list", &Target::unit(unit.0)));
            heads
        }
        None => Vec::new(),
    };
    let whole = holders.len();
    let label = |post: &str| {
        tree.kinds().post(post).map_or_else(|| post.to_owned(), |post| post.label.in_lang(lang).to_owned())
    };
    let rows = holders.iter().take(MOST).map(|row| {
        let end = html! {
            @if let Some(to) = row.to_day { (show_day(number_day(to - 1))) }
            @else if desk.can("post.end", &Target::unit(row.unit)) {
                form method="post" action="/posts/end" {
                    (desk.csrf())
                    (button(&t!(lang, "people.end_post"), "holder", &Id(row.id).handle()))
                }
            }
        };
        Row::new(vec![
            html! { (label(&row.post)) br; span.soft.s { (at.title(Unit(row.unit))) } },
            html! { (row.name) },
            html! { (show_day(number_day(row.from_day))) @if let Some(decision) = &row.decision { br; span.soft.s { (decision) } } },
            end,
        ])
    });
    let unheld = vacant.iter().take(MOST).map(|(unit, post, _)| {
        Row::new(vec![
            html! { (label(post)) br; span.soft.s { (at.title(*unit)) } },
            html! { span.soft { (t!(lang, "people.vacant")) } },
            html! {},
            html! {},
        ])
    });
    let mut groups = vec![Group { label: String::new(), rows: rows.collect() }];
    if !vacant.is_empty() {
        groups.push(Group { label: t!(lang, "people.vacant_posts", count = vacant.len()), rows: unheld.collect() });
    }
    let table = Table {
        caption: t!(lang, "people.posts"),
        heads: vec![
            Head::new(t!(lang, "people.post")).main(),
            Head::new(t!(lang, "people.name")),
            Head::new(t!(lang, "people.from")).card_label(t!(lang, "people.from")),
            Head::new(t!(lang, "people.last_day")).card_label(t!(lang, "people.last_day")),
        ],
        groups,
        ..Table::default()
    };
    let found: Fields = [("in", asked.unwrap_or_default().to_owned()), ("on", on.map(show_day).unwrap_or_default())]
        .into_iter()
        .collect();
    let finder = Inputs { lang, values: &found, errors: &Errors::none() };
    let above = web::filters(
        lang,
        "/posts",
        &html! {
            (finder.text(&Ask::new("in", t!(lang, "people.in_place")).width(Width::Middle)))
            (finder.date(&Ask::new("on", t!(lang, "people.on_day")).hint(t!(lang, "people.on_day_hint"))))
        },
        &[],
        None,
    );
    let posts: Vec<Choice> =
        tree.kinds().posts.iter().map(|post| Choice::new(&post.id, post.label.in_lang(lang))).collect();
    let main = html! {
        (web::error_summary(lang, &errors))
        div.panel { (web::table(lang, &table)) }
    };
    let side = panel(
        "enter",
        &t!(lang, "people.enter_holder"),
        None,
        &html! {
            form.pad.stack method="post" action="/posts" data-keep {
                (desk.csrf())
                (inputs.select(&Ask::new("post", t!(lang, "people.post")).width(Width::Full), &posts))
                (inputs.text(&Ask::new("unit", t!(lang, "people.body")).hint(t!(lang, "people.unit_hint")).width(Width::Full)))
                (inputs.text(&Ask::new("name", t!(lang, "people.name")).width(Width::Full)))
                (inputs.date(&Ask::new("from", t!(lang, "people.from"))))
                (inputs.date(&Ask::new("to", t!(lang, "people.last_day")).optional(true)))
                (inputs.text(&Ask::new("decision", t!(lang, "people.decision")).hint(t!(lang, "people.decision_hint")).optional(true).width(Width::Full)))
                p { (main_button(&t!(lang, "people.enter_button"))) }
            }
        },
    );
    let count = t!(lang, "people.holders_shown", count = whole, shown = whole.min(MOST));
    let page = Page::new(t!(lang, "people.posts")).lead(html! { p.soft { (count) } });
    desk.show(page.above(above).main(main).side(side).faults(&errors).wide()).await
}

pub(crate) async fn enter(desk: Desk, form: FormData) -> Answer {
    let room = desk.app.room::<Arc<Room>>();
    desk.may("post.enter", &Target::unit(desk.seat()?.unit))?;
    let holder = match read(&desk, &form) {
        Ok(holder) => holder,
        Err(refused) => return page(&desk, &form.fields, Some(&refused)).await,
    };
    let by = (desk.who()?.account, desk.seat()?.unit);
    let mut tx = desk.begin().await?;
    posts::enter_by(&mut tx, &desk.app.ids, by, &[holder], form.maybe("decision"), desk.now).await?;
    tx.commit().await?;
    room.posts.refresh(&desk.app.db).await?;
    desk.back_to("/posts", Some(Flash::ok("people.holder_entered").with("name", form.get("name").trim())))
}

fn read(desk: &Desk, form: &Fields) -> Result<Holder, Refused> {
    let tree = (desk.app.room::<Arc<Room>>().tree)();
    let mut refused = Refused::default();
    let post = tree.kinds().post(form.get("post"));
    if post.is_none() {
        refused.push(Refusal::new("people.which_post").at("post"));
    }
    if form.get("name").trim().is_empty() {
        refused.push(Refusal::new("people.name_missing").at("name"));
    }
    let mut keep = |refusal: Refusal, field: &str| refused.push(refusal.at(field));
    let from = parse_day(form.get("from")).map_err(|refusal| keep(refusal, "from")).unwrap_or(desk.today);
    let last =
        form.maybe("to").map(|text| parse_day(text).map_err(|refusal| keep(refusal, "to")).unwrap_or(desk.today));
    let to: Option<Day> = last.and_then(|last| last.tomorrow().ok());
    if to.is_some_and(|to| to <= from) {
        keep(Refusal::new("people.ends_before_it_begins"), "to");
    }
    let unit = match tree.find(form.get("unit"), from) {
        Ok(unit) if !desk.can("post.enter", &Target::unit(unit.0)) => {
            keep(Refusal::new("people.not_your_unit"), "unit");
            unit
        }
        Ok(unit) => unit,
        Err(refusal) => {
            keep(refusal, "unit");
            Unit(0)
        }
    };
    if let Some(post) = post
        && refused.0.is_empty()
        && !posts::belongs(&tree, post, unit, from)
    {
        refused.push(Refusal::new("people.post_elsewhere").with("post", &post.label.vi).at("unit"));
    }
    refused.settle()?;
    let post = post.map(|post| post.id.clone()).unwrap_or_default();
    Ok(Holder { unit, post, name: form.get("name").to_owned(), from, to })
}

/// Ends a holder's time today.
pub(crate) async fn end(desk: Desk, form: FormData) -> Answer {
    let id: Id = form.get("holder").parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = desk.begin().await?;
    let all = store::holders(&mut tx).await?;
    let row = all.iter().find(|row| row.id == id.0).ok_or(Trouble::NotFound)?;
    desk.sees("post.end", &Target::unit(row.unit))?;
    let by = (desk.who()?.account, desk.seat()?.unit);
    posts::end(&mut tx, &desk.app.ids, by, row, desk.today, desk.now).await?;
    tx.commit().await?;
    desk.app.room::<Arc<Room>>().posts.refresh(&desk.app.db).await?;
    desk.back_to("/posts", Some(Flash::ok("people.holder_ended").with("name", &row.name)))
}
