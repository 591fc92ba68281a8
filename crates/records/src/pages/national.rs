//! What is not yet in the national database on reception and petitions: by register, with the ways to enter it, hand it out and take it in.

use pack::register::Register;
use web::{Answer, Desk, Fields, Group, Head, Page, Row, Table, Target, html, t, table};

use super::{IMPORT, Office, list_href};
use crate::lists::{self, Asked};

/// The field that says whether a record is there.
const STATE: &str = "national_state";

pub(super) async fn national(desk: Desk) -> Answer {
    let office = Office::of(&desk)?;
    let lang = desk.lang;
    let kept = |register: &&Register| register.field(STATE).is_some_and(|field| field.index && !field.private);
    let mut rows = Vec::new();
    for register in office.snapshot.pack.registers.values().filter(kept) {
        let path = list_href(&register.id);
        let asked = |state: &str| {
            let name = format!("f.{STATE}");
            Fields::from_iter([(name.as_str(), state), ("view", lists::View::All.id())])
        };
        let mut counts = Vec::new();
        for state in ["pending", "entered"] {
            let (asked, _) = Asked::read(&office.snapshot, register, &asked(state), desk.today);
            let asked = Asked { unit: Some(office.unit), ..asked };
            let counted = office.book(register).count(&asked).await?;
            counts.push(super::list::counted_text(lang, counted, register.noun.in_lang(lang)));
        }
        let pending =
            asked("pending").with("unit", &office.snapshot.tree.at(desk.today).code(units::Unit(office.unit)));
        let imports = desk.can(IMPORT, &Target::unit(office.unit).register(&register.id));
        rows.push(Row::new(vec![
            html! { a href=(pending.href(&path)) { (register.label.in_lang(lang)) } },
            html! { (counts[0]) },
            html! { (counts[1]) },
            html! {
                a href=(pending.href(&format!("{path}/export"))) { (t!(lang, "record.export")) span.vh { " " (register.label.in_lang(lang)) } }
                @if imports { " · " a href=(format!("{path}/import")) { (t!(lang, "record.import")) span.vh { " " (register.label.in_lang(lang)) } } }
            },
        ]));
    }
    let sheet = Table {
        caption: t!(lang, "record.national"),
        heads: vec![
            Head::new(t!(lang, "record.national_book")).main(),
            Head::new(t!(lang, "record.national_pending")),
            Head::new(t!(lang, "record.national_entered")),
            Head::new(t!(lang, "record.national_sheets")).soft(),
        ],
        groups: vec![Group { label: String::new(), rows }],
        ..Table::default()
    };
    let main = html! {
        p { (t!(lang, "record.national_how")) }
        (table(lang, &sheet))
    };
    let page = Page::new(t!(lang, "record.national")).crumb(t!(lang, "record.books"), "/registers");
    desk.show(page.here(t!(lang, "record.national")).main(main).at("/registers")).await
}
