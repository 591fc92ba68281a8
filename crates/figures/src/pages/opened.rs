//! The records behind a number: those that the reader may read, each with what it adds, the rest in one line, the sum at the foot.

use std::collections::HashMap;

use db::Tx;
use kernel::{Lang, number};
use records::{House, Snapshot, value::Directory as _};
use web::{Desk, Fields, Group, Head, Markup, Pager, Row, Table, Target, Trouble, day, html, pager, panel, t, table};

use super::RECORD;
use crate::{Opening, Part};

/// Records of a page of the list.
const SHOWN: usize = 50;
/// Records asked for at once.
const BATCH: usize = 2_000;

/// One side of the number as this reader may see it.
pub(crate) struct Side {
    /// The figure that it opens: of a share one of its terms.
    pub(crate) figure: String,
    pub(crate) places: u32,
    whole: i64,
    pub(crate) count: usize,
    readable: usize,
    hidden_amount: i64,
    from: usize,
    rows: Vec<(Opening, records::Record)>,
}

/// Which rows of which side are shown: `side` and `after` of the address.
fn place(query: &Fields, side: usize) -> usize {
    if query.get("side").parse::<usize>().unwrap_or(0) != side {
        return 0;
    }
    query.get("after").parse().unwrap_or(0)
}

/// Looks up whose the records are, and reads those on the page.
pub(crate) async fn read(
    desk: &Desk,
    tx: &mut Tx,
    house: &House,
    part: Part,
    places: u32,
    side: usize,
) -> Result<Side, Trouble> {
    let ids: Vec<i64> = part.records.iter().map(|one| one.record.0).collect();
    let mut whose = HashMap::with_capacity(ids.len());
    for batch in ids.chunks(BATCH) {
        whose.extend(records::store::whose(tx, &house.names, batch).await?);
    }
    let (whole, count) = (part.records.iter().map(|one| one.amount).sum(), part.records.len());
    let snapshot = house.reading();
    let under_seal = |register: &str| snapshot.pack.register(register).is_some_and(pack::register::Register::is_sealed);
    let may = |one: &Opening| {
        // A number of denunciations opens onto none of them, whoever asks.
        whose.get(&one.record.0).filter(|whose| !under_seal(&whose.register)).is_some_and(|whose| {
            let target = Target::unit(whose.unit).register(&whose.register).parties(whose.parties.clone());
            desk.can(RECORD, &target)
        })
    };
    let (readable, hidden): (Vec<Opening>, Vec<Opening>) = part.records.into_iter().partition(may);
    let from = place(desk.query(), side).min(readable.len());
    let shown: Vec<Opening> = readable[from..].iter().take(SHOWN).cloned().collect();
    let ids: Vec<i64> = shown.iter().map(|one| one.record.0).collect();
    let mut found: HashMap<i64, records::Record> = records::store::find_many(tx, &house.names, &ids)
        .await?
        .into_iter()
        .map(|record| (record.id.0, record))
        .collect();
    let rows = shown.into_iter().filter_map(|one| found.remove(&one.record.0).map(|record| (one, record))).collect();
    Ok(Side {
        figure: part.figure,
        places,
        whole,
        count,
        readable: readable.len(),
        hidden_amount: hidden.iter().map(|one| one.amount).sum(),
        from,
        rows,
    })
}

/// The list. `label` tells the sides of a share apart.
pub(crate) fn draw(desk: &Desk, snapshot: &Snapshot, side: &Side, place: usize, label: Option<&str>) -> Markup {
    let lang = desk.lang;
    let hidden = side.count - side.readable;
    let title = match label {
        Some(label) => t!(lang, "figures.records_of", count = side.count, figure = label),
        None => t!(lang, "figures.records", count = side.count),
    };
    let amount = |n: i64| number::decimal(n, side.places);
    let row = |(one, record): &(Opening, records::Record)| {
        let name = if record.title.is_empty() {
            snapshot.pack.register(&record.register).map(|register| register.label.in_lang(lang).to_owned())
        } else {
            Some(record.title.clone())
        };
        Row::new(vec![
            day(one.day),
            html! { a href=(format!("/records/{}", record.id)) { (record.reference()) } },
            html! { (snapshot.name(record.unit, record.day)) },
            html! { (name.unwrap_or_default()) },
            html! { (amount(one.amount)) },
        ])
    };
    let shown: i64 = side.rows.iter().map(|(one, _)| one.amount).sum();
    let sum_label = if side.rows.len() < side.count {
        t!(lang, "figures.sum_page", amount = amount(shown))
    } else {
        t!(lang, "web.sum")
    };
    let sheet = Table {
        caption: title.clone(),
        heads: vec![
            Head::new(t!(lang, "figures.day")),
            Head::new(t!(lang, "figures.number")),
            Head::new(t!(lang, "figures.unit")).main(),
            Head::new(t!(lang, "figures.title")).main(),
            Head::new(t!(lang, "figures.adds")).number().card_label(t!(lang, "figures.adds_card")),
        ],
        groups: vec![Group { label: String::new(), rows: side.rows.iter().map(row).collect() }],
        sum: Some((sum_label, vec![html! { b { (amount(side.whole)) } }])),
        ..Table::default()
    };
    let next = side.from + side.rows.len();
    let query = desk.query().with("side", &place.to_string());
    let id = format!("h-records-{place}");
    let to = |after: usize| format!("{}#{id}", query.with("after", &after.to_string()).href(desk.path()));
    let pages = Pager {
        from: i64::try_from(side.from + 1).unwrap_or(1),
        to: i64::try_from(next).unwrap_or(i64::MAX),
        whole: Some((i64::try_from(side.readable).unwrap_or(i64::MAX), true)),
        first: (side.from > 0).then(|| to(0)),
        next: (next < side.readable).then(|| to(next)),
        note: None,
    };
    panel(
        &id,
        &title,
        None,
        &html! {
            @if !side.rows.is_empty() { (table(lang, &sheet)) }
            @if hidden > 0 { p.pad.s.soft { (rest(lang, side, hidden)) } }
            @if side.count == 0 { p.pad.soft { (t!(lang, "figures.no_records")) } }
            @if side.rows.len() < side.readable { (pager(lang, &pages)) }
        },
    )
}

/// `và 3 hồ sơ của đơn vị khác hoặc được niêm phong, cộng 4`.
fn rest(lang: Lang, side: &Side, hidden: usize) -> String {
    t!(lang, "figures.hidden", count = hidden, amount = number::decimal(side.hidden_amount, side.places))
}
