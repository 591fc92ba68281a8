//! All figures by register, each with its value for a unit and a period; a few letters find one.

use kernel::{Lang, text};
use records::Snapshot;
use web::{
    Answer, Ask as Question, Choice, Desk, Errors, Fields, Group, Head, Inputs, Markup, Page, Row, Table, Width, empty,
    figure, html, no_data, t, table,
};

use super::{
    Asked, READ,
    breakdown::{noun, plain},
};
use crate::{State, Value};

pub(crate) async fn index(desk: Desk) -> Answer {
    let (house, heads, lang) = (super::house(&desk), super::heads(&desk), desk.lang);
    let snapshot = house.reading();
    let asked = Asked::read(&desk, &snapshot, READ)?;
    let (wanted, register) = (desk.query().get("q"), desk.query().get("register"));
    let names: Vec<String> = snapshot
        .pack
        .figure_names()
        .into_iter()
        .filter(|name| register.is_empty() || of_register(name) == register)
        .filter(|name| found(&snapshot, name, wanted))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut tx = desk.read().await?;
    let values = crate::read_all(&mut tx, &house, &snapshot, heads.as_ref(), asked.ask, &names).await?;
    drop(tx);

    let values_asked: Fields = [("q", wanted), ("register", register)].into_iter().collect();
    let errors = Errors::none();
    let inputs = Inputs { lang, values: &values_asked, errors: &errors };
    let registers: Vec<Choice> = snapshot
        .pack
        .registers
        .values()
        .filter(|one| !one.figures.is_empty())
        .map(|one| Choice::new(&one.id, one.label.in_lang(lang)))
        .collect();
    let more = html! {
        (inputs.text(&Question::new("q", t!(lang, "figures.find")).width(Width::Middle)))
        (inputs.select(&Question::new("register", t!(lang, "figures.book")), &registers))
    };
    let form = asked.form(&desk, &snapshot, "/figures", &more, &[]);
    let main = if values.is_empty() {
        let all = desk.query().without("q").without("register").href("/figures");
        let why = html! { (t!(lang, "figures.not_found_why")) };
        empty(
            "search-x",
            &t!(lang, "figures.not_found"),
            &why,
            &html! { a.btn href=(all) { (t!(lang, "figures.show_all")) } },
        )
    } else {
        list(lang, &snapshot, &asked, &values)
    };
    let page = Page::new(t!(lang, "figures.figures")).lead(asked.lead(lang, &snapshot)).at("/figures");
    desk.show(page.above(form).main(main)).await
}

/// The register of a counted figure; of a computed one nothing.
pub(super) fn of_register(name: &str) -> &str {
    name.split_once('.').map_or("", |(register, _)| register)
}

pub(super) fn found(snapshot: &Snapshot, name: &str, wanted: &str) -> bool {
    let wanted = text::fold(wanted);
    let label = snapshot.pack.figure(name).map(|figure| text::fold(&figure.label().vi)).unwrap_or_default();
    wanted.split_whitespace().all(|word| label.contains(word) || name.contains(word))
}

fn list(lang: Lang, snapshot: &Snapshot, asked: &Asked, values: &[Value]) -> Markup {
    let mut groups: Vec<(&str, Group)> = Vec::new();
    for value in values {
        let register = of_register(&value.id);
        if groups.last().is_none_or(|(last, _)| *last != register) {
            let label = snapshot.pack.register(register).map(|register| register.label.in_lang(lang).to_owned());
            let label = label.unwrap_or_else(|| t!(lang, "figures.computed"));
            groups.push((register, Group { label, rows: Vec::new() }));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.rows.push(row(lang, snapshot, asked, value));
        }
    }
    let sheet = Table {
        caption: t!(lang, "figures.figures"),
        heads: vec![
            Head::new(t!(lang, "figures.figure")).main(),
            Head::new(t!(lang, "figures.value")).number(),
            Head::new(t!(lang, "figures.share")).number(),
            Head::new(t!(lang, "figures.silent_head")).number().soft().card_label(t!(lang, "figures.silent_head")),
        ],
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        ..Table::default()
    };
    html! { div.panel { (table(lang, &sheet)) } }
}

fn row(lang: Lang, snapshot: &Snapshot, asked: &Asked, value: &Value) -> Row {
    let label = snapshot.pack.figure(&value.id).map_or(value.id.as_str(), |figure| figure.label().in_lang(lang));
    let href = asked.figure(snapshot, &value.id, asked.ask.unit);
    let shown = if value.state == State::NoData {
        no_data(lang)
    } else {
        figure(&counted(lang, snapshot, value), Some(&href), false)
    };
    Row::new(vec![
        html! { a href=(href) { (label) } },
        shown,
        html! { @if let Some(percent) = value.percent_shown() { (percent) } },
        html! { @if value.silent > 0 && value.state != State::NoData { (kernel::number::grouped(i64::try_from(value.silent).unwrap_or(i64::MAX))) } },
    ])
}

/// The number with what it counts; its share has a column of its own.
fn counted(lang: Lang, snapshot: &Snapshot, value: &Value) -> String {
    let number = plain(lang, &Value { percent: None, ..value.clone() });
    match noun(lang, snapshot, value) {
        Some("%") => format!("{number}%"),
        Some(noun) => format!("{number} {noun}"),
        None => number,
    }
}
