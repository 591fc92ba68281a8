//! The frame around every page: head, header with search and person, side menu, and the drawings that the page uses.

use std::sync::atomic::Ordering;

use kernel::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    Desk, Nav, NavGroup, Page, Portal, Seat, Who, icon,
    look::{EMBLEM, SCRIPT, STYLE, seal, sprite},
    paths, t,
};

pub(crate) async fn draw(desk: &Desk, page: &Page) -> String {
    let body = match (&page.portal, &desk.who) {
        (Some(portal), _) => public(desk, portal, page),
        (None, Some(who)) => {
            let nav = (desk.app.nav)(desk).await.unwrap_or_else(|stop| {
                // The page itself is worth more than its menu.
                tracing::error!(%stop, "the side menu could not be read");
                Nav::default()
            });
            inner(desk, who, &nav, page)
        }
        (None, None) => public(desk, &anyone(desk.lang), page),
    };
    document(desk, page, &body).into_string()
}

/// The frame of pages that nobody laid out for the public: sign-in, trouble before it.
fn anyone(lang: Lang) -> Portal {
    Portal { name: t!(lang, "web.product"), place: t!(lang, "web.product_line"), ..Portal::default() }
}

fn document(desk: &Desk, page: &Page, body: &Markup) -> Markup {
    let lang = desk.lang;
    let owner = match (&page.portal, &desk.who) {
        (Some(portal), _) => portal.name.clone(),
        (None, Some(who)) => who.seat.unit_name.clone(),
        (None, None) => t!(lang, "web.product"),
    };
    let class = if page.portal.is_some() || desk.who.is_none() { "portal" } else { "desk" };
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title {
                    @if page.faults > 0 { (t!(lang, "web.title_faults")) " " }
                    (page.title) " · " (owner)
                }
                link rel="stylesheet" href=(STYLE.path);
                link rel="icon" type="image/svg+xml" href=(EMBLEM.path);
                script type="module" src=(SCRIPT.path) {}
            }
            body class=(class) {
                (sprite(&body.0))
                a.skip href="#main" { (t!(lang, "web.skip")) }
                (body)
            }
        }
    }
}

fn inner(desk: &Desk, who: &Who, nav: &Nav, page: &Page) -> Markup {
    let lang = desk.lang;
    html! {
        header.top {
            a.brand href=(paths::HOME) {
                (seal())
                span.two-line { b { (who.seat.unit_name) } small { (who.seat.place_name) } }
            }
            form.find role="search" action=(paths::SEARCH) {
                button type="submit" aria-label=(t!(lang, "web.find")) { (icon("search")) }
                label.vh for="q" { (t!(lang, "web.find_label")) }
                input id="q" name="q" type="search" placeholder=(t!(lang, "web.find_hint"))
                    value=[(desk.path() == paths::SEARCH).then(|| desk.query().get("q"))];
            }
            @if let Some(demo) = &desk.app.demo { span.tag.warn { (demo.label.in_lang(lang)) } }
            div.end {
                @if let Some(unread) = nav.unread {
                    a.nw href=(paths::NOTICES) {
                        (icon("bell")) " " b { (unread) } span.vh { " " (t!(lang, "web.unread")) }
                    }
                }
                (person(desk, who))
                a.btn.to-nav href="#nav" { (icon("menu")) (t!(lang, "web.menu")) }
            }
        }
        (side_menu(desk, nav, page))
        main id="main" tabindex="-1" class=[page.wide.then_some("wide")] { (flash(desk)) (page.inside(lang)) }
    }
}

fn person(desk: &Desk, who: &Who) -> Markup {
    let lang = desk.lang;
    let csrf = desk.csrf();
    let others: Vec<&Seat> = who.seats.iter().filter(|seat| seat.id != who.seat.id).collect();
    html! {
        details.menu {
            summary {
                (icon("user"))
                span.two-line { (who.name) small { (seat_label(lang, &who.seat)) } }
                (icon("chevron-down"))
            }
            div.panel {
                p { (t!(lang, "web.working_as")) " " b { (seat_label(lang, &who.seat)) ", " (who.seat.unit_name) } }
                @if !others.is_empty() {
                    form method="post" action=(paths::SEAT) {
                        (csrf)
                        @for seat in others {
                            button type="submit" name="seat" value=(seat.id) {
                                (t!(lang, "web.work_as")) " " (seat_label(lang, seat)) ", " (seat.unit_name)
                            }
                        }
                    }
                }
                hr;
                a href=(paths::ACCOUNT) { (t!(lang, "web.account")) }
                (other_language(desk))
                hr;
                form method="post" action=(paths::SIGN_OUT) {
                    (csrf)
                    button type="submit" { (t!(lang, "web.sign_out")) }
                }
            }
        }
    }
}

fn seat_label(lang: Lang, seat: &Seat) -> String {
    let label = seat.role_label.in_lang(lang);
    match &seat.for_whom {
        Some(name) => t!(lang, "web.for_whom", role = label, name = name),
        None => label.to_owned(),
    }
}

/// The same page in the other language.
fn other_language(desk: &Desk) -> Markup {
    let (code, name) = match desk.lang {
        Lang::Vi => ("en", "English"),
        Lang::En => ("vi", "Tiếng Việt"),
    };
    let here = if desk.visit.again { desk.path() } else { paths::HOME };
    html! { a lang=(code) hreflang=(code) href=(desk.query().with("lang", code).href(here)) { (name) } }
}

fn side_menu(desk: &Desk, nav: &Nav, page: &Page) -> Markup {
    let lang = desk.lang;
    let here = page.at.as_deref().unwrap_or(desk.path());
    let items = nav.groups.iter().flat_map(|group| &group.items);
    // The longest address that leads to this one; home leads to nothing but itself.
    let leads =
        |href: &str| here == href || (href != "/" && here.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')));
    let current = items.map(|item| item.href.as_str()).filter(|href| leads(href)).max_by_key(|href| href.len());
    html! {
        nav.nav id="nav" aria-label=(t!(lang, "web.menu")) {
            a.btn href="#main" { (icon("x")) (t!(lang, "web.close_menu")) }
            @for group in &nav.groups {
                @if group.folded {
                    details open[group.items.iter().any(|item| current == Some(item.href.as_str()))] {
                        summary { (group.label) (icon("chevron-down")) }
                        (items_of(lang, group, current))
                    }
                } @else {
                    @if !group.label.is_empty() { h2 { (group.label) } }
                    (items_of(lang, group, current))
                }
            }
        }
    }
}

fn items_of(lang: Lang, group: &NavGroup, current: Option<&str>) -> Markup {
    html! {
        ul {
            @for item in &group.items {
                li {
                    a href=(item.href) aria-current=[(current == Some(item.href.as_str())).then_some("page")] {
                        (icon(item.icon)) (item.label)
                        @if let Some(count) = item.count.filter(|count| *count > 0) {
                            " " span.n { (kernel::number::grouped(count)) span.vh { " " (t!(lang, "web.open_work")) } }
                        }
                    }
                }
            }
        }
    }
}

fn public(desk: &Desk, portal: &Portal, page: &Page) -> Markup {
    let lang = desk.lang;
    html! {
        header.p-top {
            @if let Some(demo) = &desk.app.demo { p.demo { span.wrap.row { (demo.label.in_lang(lang)) } } }
            div.wrap {
                a.brand href=(paths::HOME) {
                    (seal())
                    span.two-line { b { (portal.name) } small { (portal.place) } }
                }
                nav aria-label=(t!(lang, "web.menu")) {
                    ul.links {
                        @for (label, href) in &portal.links { li { a href=(href) { (label) } } }
                        li { (other_language(desk)) }
                    }
                }
            }
        }
        main id="main" tabindex="-1" {
            @let inside = html! { (flash(desk)) (page.inside(lang)) };
            @if page.bare && page.portal.is_some() { (inside) } @else { div.wrap.stack.sect { (inside) } }
        }
        footer.p-foot { div.wrap.tight { @if let Some(foot) = &portal.foot { (foot) } } }
    }
}

/// What was just done, once.
fn flash(desk: &Desk) -> Markup {
    let Some(flash) = &desk.visit.flash else { return PreEscaped(String::new()) };
    desk.visit.flash_shown.store(true, Ordering::Relaxed);
    flash.draw(desk.lang, &desk.csrf())
}
