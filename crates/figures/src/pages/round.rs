//! A round of scoring: the units of each cluster by the criteria of one set, who has not scored, who is not graded; the same as a workbook.

use std::collections::HashSet;

use axum::extract::Path;
use kernel::{Id, Lang, number::decimal};
use papers::{
    Format,
    sheet::{Cell, Column, Kind as Written, Sheet, xlsx},
};
use records::{House, Record, Snapshot, store};
use units::Unit;
use web::{
    Answer, Desk, Markup, Page, Target, Tone, Trouble, download, empty, html, icon, link_button, panel, t, tabs, tag,
};

use super::RECORD;
use crate::scoring::{Criterion, PLACES, Round, Scored, ranks, told};

/// The address of a round.
pub(crate) fn href(set: Id, year: i16) -> String {
    format!("/scoring/{set}?year={year}")
}

/// One unit of a cluster.
struct Line<'r> {
    unit: Unit,
    scored: Option<&'r Scored>,
    rank: Option<usize>,
    /// There is a sheet that this reader may not open.
    hidden: bool,
}

/// Units under one heading, best first; those that have not scored come last.
struct Cluster<'r> {
    name: String,
    lines: Vec<Line<'r>>,
}

struct Told {
    round: Round,
    hidden: HashSet<Unit>,
}

/// The round as this reader may see it: of others' sheets only that they are there.
async fn told_to(desk: &Desk, house: &House, set: &str) -> Result<Told, Trouble> {
    let id: Id = set.parse().map_err(|_| Trouble::NotFound)?;
    let mut tx = desk.read().await?;
    let set = store::find_many(&mut tx, &house.names, &[id.0]).await?.pop().ok_or(Trouble::NotFound)?;
    let parties = store::parties(&mut tx, set.id).await?;
    let is_set = house.now().pack.register(&set.register).is_some_and(|register| register.rows("criterion").is_some());
    if !is_set || set.void {
        return Err(Trouble::NotFound);
    }
    desk.sees(RECORD, &Target::unit(set.unit).register(&set.register).parties(parties))?;
    let year = desk.query().maybe("year").and_then(|year| year.parse().ok());
    let mut round = Round::open(house, set, year).await?;
    let sheets: Vec<Record> = round.scored.iter().map(|scored| scored.sheet.clone()).collect();
    let seen: HashSet<Id> =
        records::pages::seen(desk, &mut tx, sheets).await?.into_iter().map(|sheet| sheet.id).collect();
    drop(tx);
    let (readable, hidden): (Vec<Scored>, Vec<Scored>) =
        std::mem::take(&mut round.scored).into_iter().partition(|scored| seen.contains(&scored.sheet.id));
    round.scored = readable;
    Ok(Told { round, hidden: hidden.into_iter().map(|scored| scored.unit).collect() })
}

impl Told {
    fn clusters(&self, lang: Lang) -> Vec<Cluster<'_>> {
        let round = &self.round;
        let named: HashSet<Unit> = round.clusters.iter().flat_map(|(_, units)| units).copied().collect();
        let others = round.scored.iter().map(|scored| scored.unit);
        let mut others: Vec<Unit> =
            others.chain(self.hidden.iter().copied()).filter(|unit| !named.contains(unit)).collect();
        others.sort_unstable();
        others.dedup();
        let rest = if named.is_empty() { t!(lang, "figures.round_all") } else { t!(lang, "figures.round_rest") };
        let rest = (rest, others);
        let all = round.clusters.iter().chain(std::iter::once(&rest)).filter(|(_, units)| !units.is_empty());
        all.map(|(name, units)| self.cluster(name, units)).collect()
    }

    fn cluster(&self, name: &str, units: &[Unit]) -> Cluster<'_> {
        let of = |unit: Unit| self.round.scored.iter().filter(move |scored| scored.unit == unit);
        let mut lines: Vec<Line<'_>> = Vec::new();
        for unit in units {
            let hidden = self.hidden.contains(unit);
            let before = lines.len();
            lines.extend(of(*unit).map(|scored| Line { unit: *unit, scored: Some(scored), rank: None, hidden: false }));
            if lines.len() == before {
                lines.push(Line { unit: *unit, scored: None, rank: None, hidden });
            }
        }
        let totals: Vec<Option<i64>> = lines.iter().map(|line| line.scored.and_then(Scored::standing)).collect();
        for (line, rank) in lines.iter_mut().zip(ranks(&totals)) {
            line.rank = rank;
        }
        lines.sort_by_key(|line| (line.rank.unwrap_or(usize::MAX), line.scored.is_none()));
        Cluster { name: name.to_owned(), lines }
    }
}

pub(crate) async fn round(desk: Desk, Path(set): Path<String>) -> Answer {
    let (house, lang) = (super::house(&desk), desk.lang);
    let snapshot = house.now();
    let told = told_to(&desk, &house, &set).await?;
    let round = &told.round;
    let clusters = told.clusters(lang);
    let years: Vec<(String, String, bool)> = round
        .years
        .iter()
        .rev()
        .map(|year| (year.to_string(), href(round.set.id, *year), *year == round.year))
        .collect();
    let missing: usize =
        clusters.iter().flat_map(|cluster| &cluster.lines).filter(|line| !line.hidden && line.scored.is_none()).count();
    let lead = html! {
        p.soft {
            a href=(records::pages::href(round.set.id)) { (round.set.title) } " · "
            (t!(lang, "figures.round_count", scored = round.scored.len(), missing = missing))
        }
    };
    let sheet = format!("/scoring/{}/sheet?year={}", round.set.id, round.year);
    let page = Page::new(t!(lang, "figures.round", year = round.year.to_string()))
        .crumb(round.set.title.clone(), records::pages::href(round.set.id))
        .here(round.year.to_string())
        .lead(lead)
        .acts(link_button(&sheet, Some("download"), "XLSX"))
        .wide();
    let above = html! { @if years.len() > 1 { (tabs(&t!(lang, "figures.round_years"), &years)) } };
    if clusters.is_empty() {
        let why = html! { (t!(lang, "figures.round_none_why")) };
        return desk
            .show(page.above(above).main(empty("badge-check", &t!(lang, "figures.round_none"), &why, &html! {})))
            .await;
    }
    let main = html! {
        @for (place, cluster) in clusters.iter().enumerate() { (drawn(lang, &snapshot, round, cluster, place)) }
        (legend(lang, round))
    };
    desk.show(page.above(above).main(main)).await
}

fn drawn(lang: Lang, snapshot: &Snapshot, round: &Round, cluster: &Cluster<'_>, place: usize) -> Markup {
    let criteria = &round.scale.criteria;
    let row = |line: &Line<'_>| {
        html! {
            tr {
                td.num { @if let Some(rank) = line.rank { (rank) } }
                th scope="row" {
                    @match line.scored {
                        Some(scored) => { a href=(records::pages::href(scored.sheet.id)) { (Round::unit_name(snapshot, scored)) } }
                        None => { (name(snapshot, round, line.unit)) }
                    }
                    " " (standing(lang, snapshot, line))
                }
                @for field in TOTALS { td.num { (points(line.scored.and_then(|scored| scored.amount(field)))) } }
                td.num { (points(line.scored.and_then(gap))) }
                @for one in criteria { td.num { @if let Some(scored) = line.scored { (cell(lang, one, scored)) } } }
            }
        }
    };
    let inside = html! {
        div.scroll tabindex="0" role="region" aria-label=(cluster.name) {
            table.tbl.cross {
                caption.vh { (cluster.name) }
                thead { tr {
                    th.num scope="col" { (t!(lang, "figures.round_rank")) }
                    th scope="col" { (t!(lang, "figures.unit")) }
                    th.num scope="col" { (t!(lang, "figures.round_self")) }
                    th.num scope="col" { (t!(lang, "figures.round_reviewed")) }
                    th.num scope="col" { (t!(lang, "figures.round_final")) }
                    th.num scope="col" { (t!(lang, "figures.round_gap")) }
                    @for one in criteria { th.num scope="col" title=(one.text) { (one.code) } }
                } }
                tbody { @for line in &cluster.lines { (row(line)) } }
            }
        }
    };
    panel(&format!("h-cluster-{place}"), &cluster.name, None, &inside)
}

const TOTALS: [&str; 3] = ["self_total", "reviewed_total", "final_total"];

fn points(amount: Option<i64>) -> Markup {
    html! { @match amount { Some(amount) => { (decimal(amount, PLACES)) } None => { span.soft { "–" } } } }
}

/// By how much the unit scored itself higher than its reviewers did.
fn gap(scored: &Scored) -> Option<i64> {
    Some(scored.amount("self_total")? - scored.amount("reviewed_total")?)
}

/// The reviewed points, where there are any; else one's own.
fn cell(lang: Lang, one: &Criterion, scored: &Scored) -> String {
    let of = |marks: &std::collections::HashMap<String, _>| marks.get(&one.code).copied().unwrap_or_default();
    let reviewed: crate::scoring::Mark = of(&scored.reviewed);
    told(lang, one, if reviewed.points.is_some() { reviewed } else { of(&scored.own) })
}

fn name(snapshot: &Snapshot, round: &Round, unit: Unit) -> String {
    let end = jiff::civil::date(round.year, 12, 31);
    let day = snapshot.tree.last_day(unit, (end, end));
    super::asked::capital(&snapshot.tree.at(day).name(unit))
}

/// What holds the unit back, or where its sheet stands.
fn standing(lang: Lang, snapshot: &Snapshot, line: &Line<'_>) -> Markup {
    let Some(scored) = line.scored else {
        let (tone, word) = if line.hidden {
            (Tone::Plain, t!(lang, "figures.round_hidden"))
        } else {
            (Tone::Warn, t!(lang, "figures.round_missing"))
        };
        return tag(tone, &word);
    };
    let register = snapshot.pack.register(&scored.sheet.register);
    let state = register.and_then(|register| scored.sheet.state_of(register)).filter(|state| !state.last);
    html! {
        @if scored.is_ineligible() {
            (tag(Tone::Bad, &t!(lang, "figures.round_barred"))) br; span.soft.s { (scored.why_ineligible()) }
        }
        @if let Some(state) = state { (tag(Tone::Info, state.label.in_lang(lang))) }
    }
}

/// The criteria in full, which the heads of the table only number.
fn legend(lang: Lang, round: &Round) -> Markup {
    html! {
        details.panel.pad {
            summary { (icon("list")) " " (t!(lang, "figures.round_criteria")) }
            ul.plain.s { @for one in &round.scale.criteria {
                li {
                    b { (one.code) } " " (one.text)
                    @if !one.kind.is_condition() { " (" (decimal(one.full, PLACES)) ")" }
                }
            } }
        }
    }
}

pub(crate) async fn sheet(desk: Desk, Path(set): Path<String>) -> Answer {
    let (house, lang) = (super::house(&desk), desk.lang);
    let snapshot = house.now();
    let told = told_to(&desk, &house, &set).await?;
    let round = &told.round;
    let mut columns = vec![
        Column::new(t!(lang, "figures.round_cluster"), 24, Written::Text),
        Column::new(t!(lang, "figures.round_rank"), 8, Written::Text),
        Column::new(t!(lang, "figures.unit"), 32, Written::Text),
        Column::new(t!(lang, "figures.standing"), 28, Written::Text),
    ];
    let totals = ["round_self", "round_reviewed", "round_final", "round_gap"];
    columns
        .extend(totals.map(|word| Column::new(web::words(lang, &format!("figures.{word}"), &[]), 12, Written::Text)));
    columns.extend(
        round.scale.criteria.iter().map(|one| Column::new(format!("{} {}", one.code, one.text), 12, Written::Text)),
    );
    let shown = |amount: Option<i64>| amount.map_or(Cell::Blank, |amount| Cell::Text(decimal(amount, PLACES)));
    let mut rows = Vec::new();
    for cluster in told.clusters(lang) {
        for line in &cluster.lines {
            let unit = match line.scored {
                Some(scored) => Round::unit_name(&snapshot, scored),
                None => name(&snapshot, round, line.unit),
            };
            let mut cells = vec![
                Cell::Text(cluster.name.clone()),
                line.rank.map_or(Cell::Blank, |rank| Cell::Text(rank.to_string())),
                Cell::Text(unit),
                Cell::Text(stands(lang, &snapshot, line)),
            ];
            cells.extend(TOTALS.map(|field| shown(line.scored.and_then(|scored| scored.amount(field)))));
            cells.push(shown(line.scored.and_then(gap)));
            let each = round.scale.criteria.iter();
            cells.extend(each.map(|one| line.scored.map_or(Cell::Blank, |scored| Cell::Text(cell(lang, one, scored)))));
            rows.push(cells);
        }
    }
    let title = t!(lang, "figures.round", year = round.year.to_string());
    let sheet = Sheet { name: title.clone(), columns };
    let bytes = xlsx(&title, Some(desk.today), &sheet, rows).map_err(Trouble::internal)?;
    download(&format!("cham-diem-{}.xlsx", round.year), Format::Xlsx.media_type(), bytes)
}

/// The same in a cell.
fn stands(lang: Lang, snapshot: &Snapshot, line: &Line<'_>) -> String {
    match line.scored {
        None if line.hidden => t!(lang, "figures.round_hidden"),
        None => t!(lang, "figures.round_missing"),
        Some(scored) if scored.is_ineligible() => {
            format!("{}: {}", t!(lang, "figures.round_barred"), scored.why_ineligible())
        }
        Some(scored) => {
            let register = snapshot.pack.register(&scored.sheet.register);
            let state = register.and_then(|register| scored.sheet.state_of(register));
            state.map(|state| state.label.in_lang(lang).to_owned()).unwrap_or_default()
        }
    }
}
