//! Entering a decision: its form, what it will change, then the act; and taking one back.

use std::sync::Arc;

use axum::extract::Path;
use kernel::{Id, Refused, show_day};
use serde_json::json;
use web::{
    Answer, Ask, Choice, Confirm, Desk, Errors, Fields, Flash, FormData, Group, Head, Inputs, Markup, Page, Row, Shape,
    Table, Target as Right, Trouble, Width, confirm, day, empty, error_summary, html, link_button, main_button, t,
    table, tabs,
};

use super::{
    DECIDE, Room,
    draft::{self, ACTS, PARTS},
    href, preview,
};
use crate::{Decision, Tree, Unit, decision, store};

/// All decisions that were entered here, newest first.
pub(super) async fn list(desk: Desk) -> Answer {
    let (lang, tree) = (desk.lang, super::tree(&desk));
    let mut tx = desk.read().await?;
    let books = store::books(&mut tx).await?;
    drop(tx);
    let may = may_anywhere(&desk, &tree);
    let undone = |decision: &Decision| books.decisions.iter().any(|other| other.undoes == Some(decision.id));
    let row = |decision: &Decision| {
        let what = if decision.undoes.is_some() { t!(lang, "units.act_undo") } else { told(&desk, &tree, decision) };
        Row::new(vec![
            day(decision.day),
            html! { (decision.number) },
            html! { (what) @if !decision.note.is_empty() { br; span.soft { (decision.note) } } },
            html! {
                @if undone(decision) { span.soft { (t!(lang, "units.undone")) } }
                @else if may && decision.undoes.is_none() { a href=(format!("/decisions/{}/undo", Id(decision.id))) { (t!(lang, "units.undo")) } }
            },
        ])
    };
    let sheet = Table {
        caption: t!(lang, "units.decisions"),
        heads: vec![
            Head::new(t!(lang, "units.in_force_from")),
            Head::new(t!(lang, "units.number")),
            Head::new(t!(lang, "units.what")).main(),
            Head::new(""),
        ],
        groups: vec![Group { label: String::new(), rows: books.decisions.iter().rev().map(row).collect() }],
        ..Table::default()
    };
    let ways = html! { @if may { (link_button("/decisions/new", Some("square-pen"), &t!(lang, "units.decide"))) } };
    let main = if books.decisions.is_empty() {
        empty("landmark", &t!(lang, "units.no_decisions"), &html! { (t!(lang, "units.no_decisions_why")) }, &ways)
    } else {
        html! { div.panel { (table(lang, &sheet)) } }
    };
    let page = Page::new(t!(lang, "units.decisions"))
        .crumb(t!(lang, "units.title"), "/units")
        .here(t!(lang, "units.decisions"));
    desk.show(page.at("/units").acts(ways).main(main)).await
}

fn told(desk: &Desk, tree: &Tree, decision: &Decision) -> String {
    let at = tree.at(decision.day);
    let names: Vec<String> = draft::concerned(decision).into_iter().map(|unit| at.name(unit)).collect();
    let act = decision.acts.first().map_or("", act_name);
    format!("{}: {}", t!(desk.lang, &format!("units.act_{act}")), names.join(", "))
}

fn act_name(act: &crate::Act) -> &'static str {
    use crate::Act;
    match act {
        Act::Open { .. } => "open",
        Act::Rename { .. } | Act::Recode { .. } | Act::Rekind { .. } => "rename",
        Act::Move { .. } => "move",
        Act::Merge { .. } => "merge",
        Act::Split { .. } => "split",
        Act::Close { .. } => "close",
        Act::Settle { .. } => "settle",
    }
}

/// Whether the seat in use decides on any unit at all: its own place first.
fn may_anywhere(desk: &Desk, tree: &Tree) -> bool {
    let seat = desk.seat().ok().map(|seat| Unit(seat.unit));
    seat.is_some_and(|seat| super::may_decide(desk, tree.holder(seat, desk.today).unit.ground()))
}

pub(super) async fn blank(desk: Desk) -> Answer {
    desk.may(DECIDE, &Right::unit(desk.seat()?.unit))?;
    let mut values = desk.query().clone();
    let unit = values.get("unit").to_owned();
    if values.maybe("units").is_none() {
        values = values.with("units", &unit);
    }
    if values.maybe("act").is_none() {
        values = values.with("act", "merge");
    }
    // A unit opens in the one it was asked from; merged ones go on lying where they lay.
    let tree = super::tree(&desk);
    let at = tree.at(desk.today);
    let parent = match values.get("act") {
        "open" => Some(unit),
        "merge" => at.find(&unit).ok().and_then(|unit| at.parent(unit)).map(|parent| at.code(parent)),
        _ => None,
    };
    if let Some(parent) = parent.filter(|_| values.maybe("parent").is_none()) {
        values = values.with("parent", &parent);
    }
    form(&desk, &values, &Errors::none()).await
}

/// The form of one kind of act; the kinds are tabs, so that no script is needed to show the fields of one.
async fn form(desk: &Desk, values: &Fields, errors: &Errors) -> Answer {
    let (lang, tree) = (desk.lang, super::tree(desk));
    let act = ACTS.into_iter().find(|act| *act == values.get("act")).unwrap_or("merge");
    let inputs = Inputs { lang, values, errors };
    let text = |name: &str, label: &str, hint: &str| {
        let mut ask = Ask::new(name, t!(lang, label)).width(Width::Full);
        if !hint.is_empty() {
            ask = ask.hint(t!(lang, hint));
        }
        inputs.text(&ask)
    };
    let kinds = kinds(desk, &tree);
    let of = html! {
        div.group {
            h2 { (t!(lang, "units.paper")) }
            div.pair {
                (inputs.text(&Ask::new("number", t!(lang, "units.number")).hint(t!(lang, "units.number_hint")).width(Width::Middle)))
                (inputs.date(&Ask::new("issued", t!(lang, "units.issued")).optional(true)))
            }
            (inputs.text(&Ask::new("issuer", t!(lang, "units.issuer")).optional(true).width(Width::Full)))
            (inputs.date(&Ask::new("day", t!(lang, "units.in_force_from")).hint(t!(lang, "units.day_hint"))))
        }
    };
    let new_unit = |optional: bool| {
        html! {
            (inputs.text(&Ask::new("name", t!(lang, "units.new_name")).hint(t!(lang, "units.new_name_hint")).optional(optional).width(Width::Full)))
            div.pair {
                (inputs.select(&Ask::new("kind", t!(lang, "units.kind")).optional(optional), &kinds))
                (inputs.text(&Ask::new("code", t!(lang, "units.code")).optional(true).width(Width::Short)))
            }
        }
    };
    let what = match act {
        "open" => html! { (new_unit(false)) (text("parent", "units.inside", "units.unit_hint")) },
        "rename" => html! { (text("unit", "units.which", "units.unit_hint")) (new_unit(true)) },
        "move" => {
            html! { (text("unit", "units.which", "units.unit_hint")) (text("parent", "units.new_parent", "units.unit_hint")) }
        }
        "split" => html! { (text("unit", "units.which", "units.unit_hint")) (parts(desk, &inputs, &kinds)) },
        "close" => html! {
            (text("unit", "units.which", "units.unit_hint"))
            (inputs.text(&Ask::new("into", t!(lang, "units.heir")).hint(t!(lang, "units.heir_hint")).optional(true).width(Width::Full)))
        },
        _ => html! {
            (inputs.long_text(&Ask::new("units", t!(lang, "units.merged")).hint(t!(lang, "units.merged_hint")), 4))
            (inputs.text(&Ask::new("into", t!(lang, "units.into")).hint(t!(lang, "units.into_hint")).optional(true).width(Width::Full)))
            div.when { h3 { (t!(lang, "units.or_new")) } (new_unit(true)) (text("parent", "units.inside", "")) }
        },
    };
    let carried = values.without("csrf").without("go");
    let views: Vec<(String, String, bool)> = ACTS
        .into_iter()
        .map(|one| (t!(lang, &format!("units.act_{one}")), carried.with("act", one).href("/decisions/new"), one == act))
        .collect();
    let main = html! {
        (error_summary(lang, errors))
        form.panel method="post" action="/decisions/new" {
            (desk.csrf())
            input type="hidden" name="act" value=(act);
            (of)
            div.group { h2 { (t!(lang, &format!("units.act_{act}"))) } (what) }
            div.group { (inputs.long_text(&Ask::new("note", t!(lang, "units.note")).optional(true), 2)) }
            div.bar-end.row { (main_button(&t!(lang, "units.preview"))) }
        }
    };
    let page = Page::new(t!(lang, "units.decide_title"))
        .crumb(t!(lang, "units.title"), "/units")
        .crumb(t!(lang, "units.decisions"), "/decisions")
        .here(t!(lang, "units.decide_title"))
        .at("/units")
        .shape(Shape::Form)
        .faults(errors)
        .above(tabs(&t!(lang, "units.act"), &views))
        .main(main);
    desk.show(page).await
}

/// Kinds of place, then kinds of body that have rows of their own.
fn kinds(desk: &Desk, tree: &Tree) -> Vec<Choice> {
    let kinds = tree.kinds();
    let places = kinds.places.iter().map(|kind| Choice::new(&kind.id, kind.label.in_lang(desk.lang)));
    let bodies = kinds.bodies.iter().filter(|kind| kind.slot.is_none());
    places.chain(bodies.map(|kind| Choice::new(&kind.id, kind.label.in_lang(desk.lang)))).collect()
}

/// The parts of a split, two in sight, the others waiting.
fn parts(desk: &Desk, inputs: &Inputs<'_>, kinds: &[Choice]) -> Markup {
    const IN_SIGHT: usize = 2;
    let lang = desk.lang;
    let part = |row: usize| {
        let ask = |name: &str, key: &str| Ask::new(format!("part.{row}.{name}"), t!(lang, key)).optional(true);
        let chosen = inputs.values.get("main") == row.to_string();
        html! {
            fieldset.when {
                legend { (t!(lang, "units.part", row = row + 1)) }
                (inputs.text(&ask("name", "units.part_name").width(Width::Full)))
                div.pair {
                    (inputs.select(&ask("kind", "units.kind"), kinds))
                    (inputs.text(&ask("code", "units.code").width(Width::Short)))
                }
                (inputs.text(&ask("into", "units.part_into").width(Width::Full)))
                (inputs.text(&ask("rule", "units.part_rule").width(Width::Full)))
                label { input type="radio" name="main" value=(row) checked[chosen]; " " (t!(lang, "units.main_heir")) }
            }
        }
    };
    let filled =
        |row: usize| ["name", "into"].iter().any(|name| inputs.values.maybe(&format!("part.{row}.{name}")).is_some());
    html! {
        p.soft.s { (t!(lang, "units.parts_hint")) }
        @for row in 0..IN_SIGHT { (part(row)) }
        details open[(IN_SIGHT..PARTS).any(filled)] {
            summary { (t!(lang, "units.parts")) }
            div.stack { @for row in IN_SIGHT..PARTS { (part(row)) } }
        }
    }
}

/// First what it will change; entered once that was seen.
pub(super) async fn enter(desk: Desk, data: FormData) -> Answer {
    let tree = super::tree(&desk);
    let mut tx = desk.begin().await?;
    let books = store::books(&mut tx).await?;
    let decision = match draft::read(&data, &tree, desk.new_id().0, books.next_key(0)) {
        Ok(decision) => decision,
        Err(refused) => return form(&desk, &data, &Errors::of(desk.lang, &refused)).await,
    };
    for unit in draft::concerned(&decision) {
        desk.may(DECIDE, &Right::unit(unit.0))?;
    }
    let new = match preview_of(&books, &decision, &tree) {
        Ok(new) => new,
        Err(refused) => return form(&desk, &data, &Errors::of(desk.lang, &refused)).await,
    };
    if data.get("go") != "enter" {
        drop(tx);
        return preview_page(&desk, &tree, &new, &decision, &data).await;
    }
    commit(&desk, tx, &tree, (&decision, &decision), &new).await
}

/// The tree as it would be.
fn preview_of(books: &store::Books, decision: &Decision, tree: &Tree) -> Result<Tree, Refused> {
    let rows = decision::record(&books.rows, &books.decisions, decision, tree.kinds())?;
    Tree::build(&rows, tree.kinds().clone())
}

async fn preview_page(desk: &Desk, old: &Tree, new: &Tree, decision: &Decision, data: &FormData) -> Answer {
    let lang = desk.lang;
    let consequences = preview::changes(lang, old, new, decision.day);
    let fields = data.fields.without("csrf").without("go");
    let hidden = html! {
        @for (name, value) in fields.iter() { input type="hidden" name=(name) value=(value); }
        input type="hidden" name="go" value="enter";
    };
    let title = t!(lang, "units.confirm", number = &decision.number);
    let text = t!(lang, "units.confirm_text", day = show_day(decision.day));
    let asked = Confirm {
        title: &title,
        text: &text,
        action: "/decisions/new",
        fields: hidden,
        consequences: &consequences,
        yes: &t!(lang, "units.enter"),
        risky: false,
        no: &t!(lang, "units.do_not_enter"),
        back: &fields.href("/decisions/new"),
    };
    desk.show(Page::new(&title).at("/units").bare(confirm(&desk.csrf(), &asked))).await
}

/// Writes it down, with an entry in the timeline of each unit that it speaks of, and has every server read the tree again. What takes a
/// decision back has no acts of its own: it speaks of the units of `spoken`, the one taken back.
async fn commit(
    desk: &Desk,
    mut tx: db::Tx,
    tree: &Tree,
    (decision, spoken): (&Decision, &Decision),
    new: &Tree,
) -> Answer {
    store::apply(&mut tx, decision, tree.kinds()).await?;
    let mut units = draft::concerned(spoken);
    units.extend(spoken.acts.iter().flat_map(crate::Act::opens));
    units.sort_unstable();
    units.dedup();
    let body = json!({ "number": decision.number, "day": decision.day.to_string(), "acts": decision.acts, "undoes": decision.undoes });
    for unit in &units {
        let mut entry = desk.entry(timeline::Kind::Unit.of(unit.0), DECIDE, body.clone());
        entry.on = Some(decision.day);
        desk.record(&mut tx, entry).await?;
    }
    store::raise_generation(&mut tx).await?;
    tx.commit().await?;
    (desk.app.room::<Room>().renew)().await?;
    let at = new.at(decision.day);
    let shown = decision.acts.iter().flat_map(crate::Act::opens).next().or(units.first().copied());
    let back =
        shown.map_or_else(|| "/decisions".to_owned(), |unit| format!("{}?at={}", href(&at.code(unit)), decision.day));
    let key = if decision.undoes.is_some() { "units.was_undone" } else { "units.entered" };
    let flash = Flash::ok(key).with("number", &decision.number).with("day", show_day(decision.day));
    desk.back_to(&back, Some(flash))
}

pub(super) async fn ask_undo(desk: Desk, Path(handle): Path<String>) -> Answer {
    let lang = desk.lang;
    let (undoing, _, tree, new) = undoing(&desk, &handle, "").await?;
    let consequences = preview::changes(lang, &tree, &new, undoing.day);
    let title = t!(lang, "units.confirm_undo", number = &undoing.number);
    let values = Fields::default();
    let errors = Errors::none();
    let inputs = Inputs { lang, values: &values, errors: &errors };
    let asked = Confirm {
        title: &title,
        text: &t!(lang, "units.confirm_undo_text"),
        action: &format!("/decisions/{handle}/undo"),
        fields: inputs.long_text(&Ask::new("note", t!(lang, "units.why")).optional(true), 2),
        consequences: &consequences,
        yes: &t!(lang, "units.undo"),
        risky: true,
        no: &t!(lang, "units.do_not_undo"),
        back: "/decisions",
    };
    desk.show(Page::new(&title).at("/units").bare(confirm(&desk.csrf(), &asked))).await
}

pub(super) async fn undo(desk: Desk, Path(handle): Path<String>, data: FormData) -> Answer {
    let (undoing, earlier, tree, new) = undoing(&desk, &handle, data.get("note")).await?;
    let tx = desk.begin().await?;
    commit(&desk, tx, &tree, (&undoing, &earlier), &new).await
}

/// The decision that takes another back, that other one, and the tree now and without it.
async fn undoing(desk: &Desk, handle: &str, note: &str) -> Result<(Decision, Decision, Arc<Tree>, Tree), Trouble> {
    let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
    let tree = super::tree(desk);
    let mut tx = desk.read().await?;
    let books = store::books(&mut tx).await?;
    drop(tx);
    let earlier = books.decisions.iter().find(|decision| decision.id == id.0).ok_or(Trouble::NotFound)?;
    for unit in draft::concerned(earlier) {
        desk.may(DECIDE, &Right::unit(unit.0))?;
    }
    let undoing = Decision {
        id: desk.new_id().0,
        number: earlier.number.clone(),
        issued: None,
        issuer: earlier.issuer.clone(),
        day: earlier.day,
        acts: Vec::new(),
        undoes: Some(earlier.id),
        note: kernel::text::tidy(note),
    };
    let new = preview_of(&books, &undoing, &tree)?;
    Ok((undoing, earlier.clone(), tree, new))
}
