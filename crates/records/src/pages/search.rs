//! Search over all registers: without accents, newest first, with a count by register.

use db::dialect;
use kernel::Id;
use web::{
    Answer, Desk, Fields, Group, Head, Page, Pager, Row, Table, Tone, empty, html, note, pager, paths, short_day, t,
    table, tabs,
};

use super::{Office, href, list::counted_text};
use crate::{Record, lists, store};

const ROWS: i64 = 50;

pub(super) async fn search(desk: Desk) -> Answer {
    let office = Office::of(&desk)?;
    let (lang, query) = (desk.lang, desk.query());
    let typed = kernel::text::tidy(query.get("q"));
    if kernel::text::words(&typed).is_empty() {
        let inside =
            empty("search", &t!(lang, "record.search_how"), &html! { (t!(lang, "record.search_how_text")) }, &html! {});
        return desk.show(Page::new(t!(lang, "record.search")).main(inside)).await;
    }
    let before = query.maybe("after").and_then(|after| after.parse::<Id>().ok()).map_or(i64::MAX, |id| id.0);
    let tokens = office.scope.tokens();
    let mut tx = office.house.read().await?;
    let mut asked = lists::search_query(query.get("q").trim_start(), &tokens);
    let mut ids = dialect::search(&mut tx, &asked, before, lists::BOUND + 1).await?;
    let loose = ids.is_empty() && before == i64::MAX;
    if loose {
        asked = lists::search_words(&typed, &tokens);
        ids = dialect::search(&mut tx, &asked, before, lists::BOUND + 1).await?;
    }
    // Only the newest thousand are counted by register, and only a page of them is read.
    let only = query.maybe("register").filter(|id| office.snapshot.pack.register(id).is_some());
    let books = store::books(&mut tx, &ids).await?;
    let whole = i64::try_from(books.len()).unwrap_or_default() <= lists::BOUND;
    let mut counts: Vec<(String, i64)> = Vec::new();
    let mut shown = Vec::new();
    for (place, (id, register)) in books.iter().enumerate() {
        let register = office.house.names.name(&mut tx, *register).await?;
        if only.is_none_or(|only| register == only) {
            shown.push(*id);
        }
        if i64::try_from(place).is_ok_and(|place| place < lists::BOUND) {
            match counts.iter_mut().find(|(known, _)| *known == register) {
                Some((_, count)) => *count += 1,
                None => counts.push((register, 1)),
            }
        }
    }
    counts.sort_by(|(a, many), (b, few)| few.cmp(many).then_with(|| a.cmp(b)));
    let rows = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let more = shown.len() > rows;
    shown.truncate(rows);
    let shown = store::find_many(&mut tx, &office.house.names, &shown).await?;
    drop(tx);
    let base = Fields::from_iter([("q", query.get("q"))]);
    let total = i64::try_from(books.len()).unwrap_or_default().min(lists::BOUND);
    let label = |register: &str| {
        let known = office.snapshot.pack.register(register);
        known.map_or_else(|| register.to_owned(), |register| register.label.in_lang(lang).to_owned())
    };
    let count = |count: i64| {
        if whole { kernel::number::grouped(count) } else { format!("{}+", kernel::number::grouped(count)) }
    };
    let mut views =
        vec![(format!("{} {}", t!(lang, "record.all_books"), count(total)), base.href(paths::SEARCH), only.is_none())];
    for (register, found) in &counts {
        let here = base.with("register", register).href(paths::SEARCH);
        views.push((format!("{} {}", label(register), count(*found)), here, only == Some(register)));
    }
    let line = |record: &Record| {
        let register = office.snapshot.pack.register(&record.register);
        let state = register.and_then(|register| record.state_of(register)).map(|state| state.label.in_lang(lang));
        Row::new(vec![
            html! { a href=(href(record.id)) { (record.title) } },
            html! { (label(&record.register)) " " (record.reference()) },
            html! { (office.unit_name(record.unit, record.day)) },
            short_day(record.day, desk.today.year()),
            html! { (state.unwrap_or_default()) },
        ])
    };
    let sheet = Table {
        caption: t!(lang, "record.search"),
        heads: vec![
            Head::new(t!(lang, "record.title")).main(),
            Head::new(t!(lang, "record.book")).soft().main(),
            Head::new(t!(lang, "record.of_unit")).soft().main(),
            Head::new(t!(lang, "record.day")).soft(),
            Head::new(t!(lang, "record.state")).soft(),
        ],
        groups: vec![Group { label: String::new(), rows: shown.iter().map(line).collect() }],
        ..Table::default()
    };
    let next = shown.last().filter(|_| more).map(|last| query.with("after", &last.id.handle()).href(paths::SEARCH));
    let pages = Pager {
        from: 1,
        to: i64::try_from(shown.len()).unwrap_or_default(),
        whole: None,
        first: (before != i64::MAX).then(|| query.without("after").href(paths::SEARCH)),
        next,
        note: None,
    };
    let main = html! {
        @if shown.is_empty() {
            (empty("search-x", &t!(lang, "record.search_none", text = &typed), &html! { (t!(lang, "record.search_none_do")) }, &html! {}))
        } @else {
            @if loose { (note(Tone::Plain, &html! { p { (t!(lang, "record.search_loose")) } })) }
            section.panel { (table(lang, &sheet)) @if pages.next.is_some() || pages.first.is_some() { (pager(lang, &pages)) } }
        }
    };
    let title = t!(lang, "record.search_title", text = &typed);
    let mut page = Page::new(title)
        .lead(html! { p.soft { (counted_text(lang, (total, whole), &t!(lang, "record.records"))) } })
        .main(main);
    if counts.len() > 1 {
        page = page.above(tabs(&t!(lang, "record.by_book"), &views));
    }
    desk.show(page).await
}
