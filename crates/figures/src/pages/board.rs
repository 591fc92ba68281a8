//! The board of targets: who is missing, then units down and targets across, failing first, every cell a way to its number.

use calendar::Window;
use db::Tx;
use kernel::{Lang, number};
use pack::{AnyFigure, programme::Op};
use records::{House, Snapshot, value::Directory as _};
use units::{Geography, Scope, Unit};
use web::{
    Answer, Board, BoardColumn, BoardRow, Cell, CellState, Desk, Markup, Page, Tally, Tone, Trouble, empty, html, icon,
    panel, t, tabs, tag, tallies,
};

use super::{
    Asked, TARGETS,
    asked::capital,
    missing::{self, Found},
};
use crate::{Ratio, Scale, Standing, Standings, TargetStatus, shell};

pub(crate) async fn board(desk: Desk) -> Answer {
    let (house, heads, lang) = (super::house(&desk), super::heads(&desk), desk.lang);
    let snapshot = house.reading();
    let asked = Asked::read(&desk, &snapshot, TARGETS)?;
    let rows = Rows::of(&snapshot, &asked, desk.query().get("rows"));
    let mut tx = desk.read().await?;
    let standings = crate::board(&mut tx, &house, &snapshot, heads.as_ref(), asked.ask, &rows.units).await?;
    let wanting = wanting(&desk, &mut tx, &house, &snapshot, &asked, &standings).await?;
    drop(tx);

    let title = t!(lang, "figures.targets_of", period = asked.period.label().in_lang(lang));
    let lead = asked.lead(lang, &snapshot);
    let page = Page::new(title).lead(lead).wide().at("/targets");
    let kept: &[(&str, &str)] = if rows.communes { &[("rows", "communes")] } else { &[] };
    let form = asked.form(&desk, &snapshot, "/targets", &html! {}, kept);
    if standings.whole.is_empty() {
        let none = empty(
            "target",
            &t!(lang, "figures.no_targets"),
            &html! { (t!(lang, "figures.no_targets_why")) },
            &html! {},
        );
        return desk.show(page.above(form).main(none)).await;
    }
    let above = html! {
        (form)
        (counts(lang, &standings))
    };
    let matrix = (!rows.units.is_empty()).then(|| {
        let title = snapshot.name(asked.ask.unit.0, asked.day());
        matrix(lang, &snapshot, &asked, &standings, &title, desk.query().get("target"))
    });
    let main = html! {
        (wanting)
        p.s { a href=(rows.sheet(&snapshot, &asked)) { (icon("download")) " " (t!(lang, "figures.targets_sheet")) } }
        @if rows.both { (tabs(&t!(lang, "figures.rows"), &rows.tabs(lang, &snapshot, &asked))) }
        @if let Some(matrix) = matrix {
            @let all_met = matrix.rows.iter().filter(|row| row.met.0 == row.met.1).count();
            (web::board(lang, &matrix))
            @if all_met > 0 { p.soft.s { (t!(lang, "figures.all_met", count = all_met)) } }
        }
    };
    desk.show(page.above(above).main(main)).await
}

/// Which units stand in the rows.
pub(crate) struct Rows {
    pub(crate) units: Vec<Unit>,
    communes: bool,
    /// There is a level between the unit and its communes.
    both: bool,
}

impl Rows {
    pub(crate) fn of(snapshot: &Snapshot, asked: &Asked, wanted: &str) -> Self {
        let tree = &snapshot.tree;
        let Window { from, to } = asked.ask.window;
        let day = match asked.ask.geography {
            Geography::Then => tree.last_day(asked.ask.unit, (from, to)),
            Geography::At(day) => day,
        };
        let (at, place) = (tree.at(day), asked.ask.unit);
        let Some(commune) = tree.kinds().level("commune") else {
            return Self { units: Vec::new(), communes: false, both: false };
        };
        let below: Vec<Unit> = at
            .children(place)
            .into_iter()
            .filter(|unit| at.level(*unit).is_some_and(|level| level <= commune))
            .collect();
        let both = below.iter().any(|unit| at.level(*unit) != Some(commune));
        let communes = both && wanted == "communes";
        let mut units = below;
        if communes {
            units = at.under(place, &Scope::of_level(commune));
            units.retain(|unit| *unit != place);
        }
        Self { units, communes, both }
    }

    fn sheet(&self, snapshot: &Snapshot, asked: &Asked) -> String {
        let fields = asked.fields(snapshot, asked.ask.unit);
        if self.communes { fields.with("rows", "communes") } else { fields }.href("/targets/sheet")
    }

    fn tabs(&self, lang: Lang, snapshot: &Snapshot, asked: &Asked) -> Vec<(String, String, bool)> {
        let fields = asked.fields(snapshot, asked.ask.unit);
        vec![
            (t!(lang, "figures.rows_below"), fields.href("/targets"), !self.communes),
            (t!(lang, "figures.rows_communes"), fields.with("rows", "communes").href("/targets"), self.communes),
        ]
    }
}

fn counts(lang: Lang, standings: &Standings) -> Markup {
    let of = |state: Standing| standings.whole.iter().filter(|status| status.state == state).count();
    let cells = standings.each.iter().flat_map(|(_, row)| row);
    let unknown = if standings.each.is_empty() {
        of(Standing::NoData)
    } else {
        cells.filter(|status| status.bound && status.state == Standing::NoData).count()
    };
    let count = |n: usize| number::grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let tally = |tone, icon, n: usize, label: String| Tally { tone, icon, count: count(n), label, href: None };
    tallies(
        &t!(lang, "figures.targets"),
        &[
            tally(Tone::Ok, "check", of(Standing::Met), t!(lang, "figures.targets_met")),
            tally(Tone::Bad, "x", of(Standing::NotMet), t!(lang, "figures.targets_missed")),
            tally(Tone::Plain, "minus", unknown, t!(lang, "figures.cells_without_data")),
        ],
    )
}

/// Each target in its own words, with who is missing behind it; the one that was asked for stands open, else the first that fails.
async fn wanting(
    desk: &Desk,
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    asked: &Asked,
    standings: &Standings,
) -> Result<Markup, Trouble> {
    let lang = desk.lang;
    let wanted = desk.query().get("target");
    let first = standings.whole.iter().position(|status| status.state == Standing::NotMet);
    let mut rows = Vec::with_capacity(standings.whole.len());
    for (place, status) in standings.whole.iter().enumerate() {
        let found = Found::from(status);
        let lines = missing::lines(tx, house, snapshot, asked, lang, &found).await?;
        let open = if wanted.is_empty() { first == Some(place) } else { status.id == wanted };
        let whole = asked.figure(snapshot, &status.figure, asked.ask.unit);
        let (drawing, tone, word) = standing(lang, status.state);
        rows.push(html! {
            li id=(anchor(&status.id)) {
                details open[open] {
                    summary {
                        (icon(drawing)) " " (status.label.in_lang(lang)) " "
                        (tag(tone, &word)) " " b.nw { (shown(lang, status, true)) }
                        @if let Some(gap) = gap(lang, status) { " " span.soft.nw { (gap) } }
                    }
                    div.tight.s {
                        p.soft {
                            (rule(lang, snapshot, status))
                            @if status.assigned { " · " (t!(lang, "figures.bar_given")) }
                            @if let Some(decision) = decision(snapshot, &status.id) { " · " (decision) }
                            " · " a href=(whole) { (t!(lang, "figures.open_number")) }
                        }
                        (missing::draw(desk, snapshot, asked, &lines, &status.vacant))
                        @if lines.is_empty() && status.state == Standing::Met { p { (t!(lang, "figures.nobody_missing")) } }
                        @if lines.is_empty() && status.state == Standing::NoData { p { (t!(lang, "figures.no_data_why")) } }
                    }
                }
            }
        });
    }
    Ok(panel("h-missing", &t!(lang, "figures.each_target"), None, &html! { ul.list { @for row in rows { (row) } } }))
}

fn anchor(id: &str) -> String {
    format!("t-{}", id.replace('.', "-"))
}

fn decision<'p>(snapshot: &'p Snapshot, id: &str) -> Option<&'p str> {
    snapshot.pack.target(id).and_then(|(programme, _)| programme.decision.as_deref())
}

/// Drawing, tone and word of a standing.
pub(crate) fn standing(lang: Lang, standing: Standing) -> (&'static str, Tone, String) {
    match standing {
        Standing::Met => ("check", Tone::Ok, t!(lang, "web.met")),
        Standing::NotMet => ("x", Tone::Bad, t!(lang, "web.missed")),
        Standing::NoData => ("minus", Tone::Plain, t!(lang, "web.no_data")),
    }
}

fn matrix(lang: Lang, snapshot: &Snapshot, asked: &Asked, standings: &Standings, title: &str, open: &str) -> Board {
    let fields = asked.fields(snapshot, asked.ask.unit);
    let column = |status: &TargetStatus| BoardColumn {
        title: figure_label(lang, snapshot, &status.figure),
        rule: rule(lang, snapshot, status),
        href: Some(format!("{}#{}", fields.with("target", &status.id).href("/targets"), anchor(&status.id))),
        open: status.id == open,
    };
    let row = |unit: Unit, name: String, all: &[TargetStatus], whole: bool| {
        let bound = all.iter().filter(|status| status.bound);
        let met = bound.clone().filter(|status| status.state == Standing::Met).count();
        let cell = |status: &TargetStatus| Cell {
            state: match status.state {
                _ if !status.bound => CellState::Outside,
                Standing::Met => CellState::Met,
                Standing::NotMet => CellState::Missed,
                Standing::NoData => CellState::NoData,
            },
            shown: shown(lang, status, status.bound),
            gap: gap(lang, status),
            href: Some(asked.figure(snapshot, &status.figure, unit)),
        };
        let href = (!whole).then(|| asked.targets(snapshot, unit));
        BoardRow { name, href, met: (met, bound.count()), cells: all.iter().map(cell).collect() }
    };
    let day = asked.day();
    let mut rows: Vec<(usize, usize, BoardRow)> = Vec::with_capacity(standings.each.len());
    for (unit, all) in &standings.each {
        let of = |state| all.iter().filter(|status| status.bound && status.state == state).count();
        let name = capital(&snapshot.tree.at(day).name(*unit));
        rows.push((of(Standing::NotMet), of(Standing::NoData), row(*unit, name, all, false)));
    }
    // Stable: units that fail alike stay in order of code.
    rows.sort_by_key(|(missed, unknown, _)| std::cmp::Reverse((*missed, *unknown)));
    Board {
        caption: t!(lang, "figures.targets"),
        first: t!(lang, "figures.unit"),
        columns: standings.whole.iter().map(column).collect(),
        total: Some(row(asked.ask.unit, capital(&t!(lang, "figures.whole_of", unit = title)), &standings.whole, true)),
        rows: rows.into_iter().map(|(_, _, row)| row).collect(),
    }
}

fn figure_label(lang: Lang, snapshot: &Snapshot, figure: &str) -> String {
    snapshot.pack.figure(figure).map_or_else(|| figure.to_owned(), |figure| figure.label().in_lang(lang).to_owned())
}

/// A bar or value in a target's own scale: `95%`, `2`.
fn amount(status: &TargetStatus, ratio: Ratio) -> String {
    match status.scale {
        Scale::Covered | Scale::Percent => format!("{}%", shell::shown(ratio)),
        Scale::Plain => number::decimal(ratio.rounded(status.places.max(2), false), status.places.max(2)),
    }
}

/// `100%`, `≥ 95%`, `≥ 2 cuộc đối thoại`.
pub(crate) fn rule(lang: Lang, snapshot: &Snapshot, status: &TargetStatus) -> String {
    let each = snapshot.pack.target(&status.id).is_some_and(|(_, target)| target.each);
    let bar = if each {
        let plain = TargetStatus { scale: Scale::Plain, ..status.clone() };
        amount(&plain, Ratio::written(status.bar))
    } else {
        amount(status, Ratio::written(status.bar))
    };
    let noun = snapshot.pack.figure(&status.figure).and_then(AnyFigure::noun).map(|noun| noun.in_lang(lang));
    let noun = noun.filter(|_| each || status.scale == Scale::Plain).map(|noun| format!(" {noun}")).unwrap_or_default();
    let sign = if status.op == Op::Equal { String::new() } else { format!("{} ", status.op.sign()) };
    format!("{sign}{bar}{noun}")
}

/// `27/30`, `91,2%`, `1/2`; without a bar of its own the value alone.
pub(crate) fn shown(lang: Lang, status: &TargetStatus, with_bar: bool) -> String {
    let no_data = status.state == Standing::NoData && status.value.is_none();
    let Some(value) = status.value.filter(|_| !no_data) else {
        return if status.bound { t!(lang, "web.no_data") } else { String::new() };
    };
    match (status.scale, status.reached, status.of) {
        (Scale::Covered, Some(reached), Some(of)) => format!("{}/{}", number::grouped(reached), number::grouped(of)),
        (Scale::Plain, ..) if with_bar && !status.op.from_above() => {
            format!("{}/{}", amount(status, value), amount(status, Ratio::written(status.bar)))
        }
        _ => amount(status, value),
    }
}

/// `thiếu 3`, `thiếu 3,8%`; of a ceiling, by how much it is passed.
pub(crate) fn gap(lang: Lang, status: &TargetStatus) -> Option<String> {
    if status.state != Standing::NotMet || !status.bound {
        return None;
    }
    let ceiling = matches!(status.op, Op::AtMost | Op::Under);
    if let (Scale::Covered, Some(reached), Some(of), false) = (status.scale, status.reached, status.of, ceiling) {
        return Some(t!(lang, "figures.short_of", amount = number::grouped(of - reached))).filter(|_| of > reached);
    }
    let (value, bar) = (status.value?, Ratio::written(status.bar));
    if value < bar {
        Some(t!(lang, "figures.short_of", amount = amount(status, bar.minus(value))))
    } else {
        Some(t!(lang, "figures.over_by", amount = amount(status, value.minus(bar)))).filter(|_| value > bar)
    }
}
