//! A unit on a day: where it lies, what lies in it, what it was, what became of it.

use axum::extract::Path;
use kernel::{Day, Lang, number::grouped, show_day};
use web::{
    Answer, Ask, Desk, Errors, Fields, Group, Head, Inputs, Markup, Moment, Page, Place, Row, Table, Target, Tone,
    Width, day, filters, html, link_button, narrow_facts, panel, t, table, tag, timeline,
};

use super::{day_asked, href, may_decide};
use crate::{At, Edge, Kind, Successor, Tree, Unit, Version, names::capital};

/// The top of the tree, or the unit that was looked for.
pub(super) async fn top(desk: Desk) -> Answer {
    let tree = super::tree(&desk);
    let on = day_asked(&desk)?;
    if let Some(wanted) = desk.query().maybe("q") {
        let found = tree.find(wanted, on)?;
        return desk.back_to(&at_day(&desk, &tree.at(on).code(found), on), None);
    }
    match tree.root() {
        Some(root) => draw(&desk, &tree, root, on).await,
        None => Err(web::Trouble::NotFound),
    }
}

pub(super) async fn unit(desk: Desk, Path(code): Path<String>) -> Answer {
    let tree = super::tree(&desk);
    let on = day_asked(&desk)?;
    let unit = match tree.find(&code, on) {
        Ok(unit) => unit,
        // What is no more has a page too: it says what became of it.
        Err(refusal) => tree.find_ever(&code).ok_or(refusal)?,
    };
    draw(&desk, &tree, unit, on).await
}

/// The address of a unit, on a day where that is not today.
fn at_day(desk: &Desk, code: &str, on: Day) -> String {
    let mut fields = Fields::default();
    if on != desk.today {
        fields.push("at", on.to_string());
    }
    fields.href(&href(code))
}

async fn draw(desk: &Desk, tree: &Tree, unit: Unit, on: Day) -> Answer {
    let lang = desk.lang;
    let at = tree.at(on);
    let (code, title) = (at.code(unit), at.title(unit));
    let mut page = Page::new(&title).at("/units");
    for above in at.ancestors(unit).into_iter().rev().filter(|above| *above != unit) {
        page = page.crumb(capital(&at.name(above)), at_day(desk, &at.code(above), on));
    }
    page = page.here(&title);
    let exists = at.exists(unit);
    let reads = exists && desk.can(NUMBERS, &Target::unit(unit.0));
    let lead = html! {
        p.row {
            @if exists { (tag(Tone::Ok, &t!(lang, "units.stands"))) } @else { (tag(Tone::Warn, &t!(lang, "units.stands_not"))) }
            span.soft { (kind_label(lang, tree, at.kind(unit))) " · " (t!(lang, "units.code_is", code = &code)) " · " (t!(lang, "units.on_day", day = show_day(on))) }
        }
    };
    let mut acts = html! {};
    if may_decide(desk, unit) {
        let new = [("unit", code.as_str())].into_iter().collect::<Fields>().href("/decisions/new");
        acts = link_button(&new, Some("square-pen"), &t!(lang, "units.decide"));
    }
    let main = html! {
        (became(lang, desk, tree, unit, on))
        (children(lang, desk, &at, unit))
        (bodies(lang, desk, &at, unit))
        (history(lang, tree, unit))
    };
    let side = html! { (about(lang, desk, &at, unit)) (numbers(desk, &code, on, reads)) };
    desk.show(page.lead(lead).acts(acts).above(search(desk, on)).main(main).side(side)).await
}

fn search(desk: &Desk, on: Day) -> Markup {
    let lang = desk.lang;
    let values: Fields = [("at", show_day(on).as_str()), ("q", "")].into_iter().collect();
    let errors = Errors::none();
    let inputs = Inputs { lang, values: &values, errors: &errors };
    let controls = html! {
        (inputs.text(&Ask::new("q", t!(lang, "units.find")).width(Width::Long)))
        (inputs.text(&Ask::new("at", t!(lang, "units.at")).width(Width::Short)))
        a href="/decisions" { (t!(lang, "units.decisions")) }
    };
    filters(lang, "/units", &controls, &[], None)
}

pub(super) fn kind_label(lang: Lang, tree: &Tree, kind: Option<Kind>) -> String {
    match kind {
        Some(Kind::Place(kind)) => tree.kinds().places[kind].label.in_lang(lang).to_owned(),
        Some(Kind::Body(kind)) => tree.kinds().bodies[kind].label.in_lang(lang).to_owned(),
        None => t!(lang, "units.kind_unknown"),
    }
}

fn about(lang: Lang, desk: &Desk, at: &At<'_>, unit: Unit) -> Markup {
    let tree = at.tree();
    let link = |other: Unit| html! { a href=(at_day(desk, &at.code(other), at.day)) { (capital(&at.name(other))) } };
    let version = at.version(unit).or_else(|| tree.nearest(unit, at.day));
    let mut rows = vec![(t!(lang, "units.code"), html! { (at.code(unit)) })];
    rows.push((
        t!(lang, "units.kind"),
        html! { (kind_label(lang, tree, at.kind(unit).or(version.map(|version| version.kind)))) },
    ));
    if let Some(parent) = at.parent(unit) {
        rows.push((t!(lang, "units.inside"), link(parent)));
    }
    if let Some(superior) = at.superior(unit).filter(|superior| Some(*superior) != at.parent(unit)) {
        rows.push((t!(lang, "units.superior"), link(superior)));
    }
    let versions = tree.versions(unit);
    if let (Some(first), Some(last)) = (versions.first(), versions.last()) {
        rows.push((t!(lang, "units.since"), edge(lang, first.from, Side::From)));
        if last.to != Edge::Open {
            rows.push((t!(lang, "units.until"), edge(lang, last.to, Side::To)));
        }
    }
    let held = at.holder(unit);
    if held.unit != unit {
        rows.push((
            t!(lang, "units.holder"),
            html! {
                (link(held.unit))
                @if held.loose { " " span.soft { (t!(lang, "units.loose")) } }
            },
        ));
    }
    panel("h-about", &t!(lang, "units.about"), None, &narrow_facts(&rows))
}

/// The right by which the rooms above show numbers.
const NUMBERS: &str = "figure.read";

/// Its numbers in the other rooms, for whoever reads them.
fn numbers(desk: &Desk, code: &str, on: Day, reads: bool) -> Markup {
    let lang = desk.lang;
    let mut fields: Fields = [("unit", code)].into_iter().collect();
    if on != desk.today {
        fields.push("period", on.year().to_string());
        fields.push("at", on.to_string());
    }
    html! {
        @if reads {
            (panel("h-numbers", &t!(lang, "units.numbers"), None, &html! {
                ul.list {
                    li { a href=(fields.href("/targets")) { (t!(lang, "units.targets")) } }
                    li { a href=(fields.href("/figures")) { (t!(lang, "units.figures")) } }
                }
            }))
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    From,
    To,
}

/// A day of beginning or end; one that is only known to lie between two states says so.
fn edge(lang: Lang, edge: Edge, side: Side) -> Markup {
    let last = |day: Day| match side {
        Side::From => day,
        Side::To => day.yesterday().unwrap_or(day),
    };
    match edge {
        Edge::Open => html! { span.soft { (t!(lang, "units.unknown_day")) } },
        Edge::On(on) => day(last(on)),
        Edge::Between { after, by, .. } => html! {
            (tag(Tone::Warn, &t!(lang, "units.between"))) " "
            (t!(lang, "units.between_days", after = show_day(after), by = show_day(by)))
        },
    }
}

fn became(lang: Lang, desk: &Desk, tree: &Tree, unit: Unit, on: Day) -> Markup {
    let became = tree.what_became(unit);
    let origins = tree.origins(unit);
    let list = |all: &[Successor], before: bool| {
        html! {
            ul.list {
                @for one in all {
                    @let seen = if before { one.day.yesterday().unwrap_or(one.day) } else { one.day };
                    @let there = tree.at(seen);
                    li.row {
                        a href=(at_day(desk, &there.code(one.unit), seen)) { (capital(&there.name(one.unit))) }
                        span.soft { (t!(lang, "units.from_day", day = show_day(one.day))) }
                        @if one.main && all.len() > 1 && !before { (tag(Tone::Info, &t!(lang, "units.main_heir"))) }
                        @if !one.rule.is_empty() { span.soft { (one.rule) } }
                    }
                }
            }
        }
    };
    html! {
        @if !became.successors.is_empty() {
            (panel("h-became", &t!(lang, "units.became"), None, &list(&became.successors, false)))
        } @else if let Some(ended) = became.ended.filter(|ended| *ended <= on) {
            @let held = tree.at(on).holder(unit);
            (panel("h-became", &t!(lang, "units.became"), None, &html! {
                p.pad { (t!(lang, "units.ended_without_heir", day = show_day(ended), holder = tree.at(on).name(held.unit))) }
            }))
        }
        @if !origins.is_empty() { (panel("h-origins", &t!(lang, "units.origins"), None, &list(&origins, true))) }
    }
}

fn children(lang: Lang, desk: &Desk, at: &At<'_>, unit: Unit) -> Markup {
    let below = if unit.slot() == 0 { at.children(unit) } else { Vec::new() };
    if below.is_empty() {
        return html! {};
    }
    let row = |child: &Unit| {
        let inside = at.children(*child).len();
        Row::new(vec![
            html! { a href=(at_day(desk, &at.code(*child), at.day)) { (capital(&at.name(*child))) } },
            html! { (at.code(*child)) },
            html! { (kind_label(lang, at.tree(), at.kind(*child))) },
            html! { @if inside > 0 { (grouped(i64::try_from(inside).unwrap_or(i64::MAX))) } },
        ])
    };
    let sheet = Table {
        caption: t!(lang, "units.children"),
        heads: vec![
            Head::new(t!(lang, "units.name")).main(),
            Head::new(t!(lang, "units.code")),
            Head::new(t!(lang, "units.kind")),
            Head::new(t!(lang, "units.children")).number().card_label(t!(lang, "units.children")),
        ],
        groups: vec![Group { label: String::new(), rows: below.iter().map(row).collect() }],
        ..Table::default()
    };
    let title = t!(lang, "units.children_count", count = below.len());
    panel("h-children", &title, None, &table(lang, &sheet))
}

fn bodies(lang: Lang, desk: &Desk, at: &At<'_>, unit: Unit) -> Markup {
    let bodies = at.bodies(unit);
    html! {
        @if !bodies.is_empty() {
            (panel("h-bodies", &t!(lang, "units.bodies"), None, &html! {
                details.pad {
                    summary { (t!(lang, "units.bodies_count", count = bodies.len())) }
                    ul.tight {
                        @for body in &bodies {
                            li { a href=(at_day(desk, &at.code(*body), at.day)) { (capital(&at.name(*body))) } " " span.soft.s { (at.code(*body)) } }
                        }
                    }
                }
            }))
        }
    }
}

/// All versions, newest first.
fn history(lang: Lang, tree: &Tree, unit: Unit) -> Markup {
    let versions = tree.versions(unit);
    let last = versions.len().saturating_sub(1);
    let moment = |(place, version): (usize, &Version)| {
        let at = tree.at(version.from.start());
        let parent = at.parent(unit).map(|parent| at.name(parent));
        Moment {
            place: if place == last && version.to == Edge::Open { Place::Now } else { Place::Done },
            what: html! {
                (capital(&at.name(unit))) " (" (at.code(unit)) ")"
                @if let Some(parent) = parent { ", " (t!(lang, "units.of", parent = parent)) }
            },
            note: Some(html! {
                (edge(lang, version.from, Side::From)) " – "
                @if version.to != Edge::Open { (edge(lang, version.to, Side::To)) }
                @if !version.decision.is_empty() { " · " (version.decision) }
            }),
        }
    };
    let moments: Vec<Moment> = versions.iter().enumerate().rev().map(moment).collect();
    panel("h-history", &t!(lang, "units.history"), None, &html! { div.pad { (timeline(&moments)) } })
}
