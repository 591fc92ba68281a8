//! The cross-table: chosen in the address, drawn with its totals, each cell a way to its records.

pub(super) mod kept;
pub(super) mod sheet;

use calendar::{Kind, Period};
use db::Stop;
use kernel::{Lang, Refused};
use pack::AnyFigure;
use records::{Snapshot, value::Directory as _};
use units::Unit;
use web::{
    Answer, Ask as Question, Choice, Desk, Errors, Fields, Inputs, Markup, Page, Trouble, Width, empty, error_summary,
    figure, html, icon, panel, t,
};

use super::{
    Asked, READ,
    asked::{capital, periods},
    breakdown::{dimension, path, plain, with_words, word_label, words_of},
};
use crate::{
    Ask, State, Value,
    cross::{self, Axis, Cell, Cross, Line, NoTotal, Parts, Shaped, Spot},
};

pub(super) const PATH: &str = "/figures/table";
pub(crate) async fn page(desk: Desk) -> Answer {
    draw(&desk, desk.query(), None).await
}

/// What the address asks for. Without sides: units down, figures across.
pub(super) fn shaped(query: &Fields) -> Shaped {
    let figures = super::pick::picked(query);
    let axis = |name: &str, other: Axis| query.maybe(name).and_then(Axis::parse).unwrap_or(other);
    let only = words_of(query);
    Shaped { figures, rows: axis("rows", Axis::Units), columns: axis("columns", Axis::Figures), only }
}

/// Reckons what an address asks for; a refusal is for the page to say.
pub(super) async fn reckon(
    desk: &Desk,
    snapshot: &Snapshot,
    asked: &Asked,
    shaped: &Shaped,
) -> Result<Result<Cross, Refused>, Trouble> {
    let (house, heads) = (super::house(desk), super::heads(desk));
    let mut tx = desk.read().await?;
    match cross::cross(&mut tx, &house, snapshot, heads.as_ref(), asked.ask, shaped).await {
        Ok(cross) => Ok(Ok(cross)),
        Err(Stop::Refused(refused)) => Ok(Err(refused)),
        Err(stop) => Err(stop.into()),
    }
}

/// The page. `refused`: what was wrong with a name under which it was to be kept, and that name.
async fn draw(desk: &Desk, query: &Fields, refused: Option<(&Refused, &Fields)>) -> Answer {
    let (house, lang) = (super::house(desk), desk.lang);
    let snapshot = house.reading();
    let asked = Asked::of(desk, &snapshot, READ, query)?;
    let shaped = shaped(query);
    let reckoned = if shaped.figures.is_empty() { None } else { Some(reckon(desk, &snapshot, &asked, &shaped).await?) };
    let wrong = match (&reckoned, refused) {
        (Some(Err(refused)), _) | (_, Some((refused, _))) => Errors::of(lang, refused),
        _ => Errors::none(),
    };
    let kept = kept::Beside::read(desk, &snapshot, query).await?;
    let above = html! {
        (error_summary(lang, &wrong))
        (form(desk, &snapshot, &asked, &shaped, query, &wrong))
    };
    let main = html! {
        @match &reckoned {
            Some(Ok(cross)) => {
                (table(lang, &snapshot, &asked, query, cross))
                (kept.draw(desk, query, &wrong, refused.map(|(_, typed)| typed)))
            }
            Some(Err(_)) => {}
            None => {
                (empty("sigma", &t!(lang, "figures.cross_empty"), &html! { (t!(lang, "figures.cross_empty_why")) }, &html! {}))
                (kept.list(desk))
            }
        }
    };
    let title = kept.name().map_or_else(|| t!(lang, "figures.cross"), str::to_owned);
    let mut page = Page::new(&title).crumb(t!(lang, "figures.figures"), "/figures");
    if kept.name().is_some() {
        page = page.crumb(t!(lang, "figures.cross"), PATH);
    }
    if let Some(Ok(_)) = &reckoned {
        let file = query.href(&format!("{PATH}/sheet"));
        page = page.acts(html! { a.btn href=(file) { (icon("download")) (t!(lang, "figures.cross_xlsx")) } });
    }
    desk.show(page.here(title).lead(asked.lead(lang, &snapshot)).above(above).main(main).wide().faults(&wrong).at(PATH))
        .await
}

/// What stands along a side, in words.
fn axis_label(lang: Lang, snapshot: &Snapshot, figure: Option<&str>, axis: &str) -> String {
    match axis {
        "figures" => t!(lang, "figures.figures"),
        "units" => t!(lang, "figures.cross_units"),
        "communes" => t!(lang, "figures.rows_communes"),
        "year" => t!(lang, "figures.cross_year"),
        "half" => t!(lang, "figures.cross_half"),
        "quarter" => t!(lang, "figures.cross_quarter"),
        "month" => t!(lang, "figures.cross_month"),
        _ => {
            let by = axis.strip_prefix("by:").unwrap_or(axis);
            figure.map_or_else(|| by.to_owned(), |figure| dimension(lang, snapshot, figure, by))
        }
    }
}

/// The counted figure by which words are read: of a share its first term.
fn counted(snapshot: &Snapshot, figures: &[String]) -> Option<String> {
    crate::parts_of(snapshot, figures.first()?).into_iter().next().map(|(name, _)| name)
}

fn form(desk: &Desk, snapshot: &Snapshot, asked: &Asked, shaped: &Shaped, query: &Fields, errors: &Errors) -> Markup {
    let lang = desk.lang;
    let told = counted(snapshot, &shaped.figures);
    let dimensions = cross::dimensions(snapshot, &shaped.figures);
    let sides: Vec<Choice> = ["figures", "units", "communes", "year", "half", "quarter", "month"]
        .into_iter()
        .map(str::to_owned)
        .chain(dimensions.iter().map(|by| format!("by:{by}")))
        .map(|axis| Choice::new(&axis, capital(&axis_label(lang, snapshot, told.as_deref(), &axis))))
        .collect();
    let mut offered = periods(asked.period, desk.today);
    offered.dedup();
    let offered: Vec<Choice> =
        offered.into_iter().map(|one| Choice::new(one.to_string(), capital(one.label().in_lang(lang)))).collect();
    let mut values = asked.fields(snapshot, asked.ask.unit).with("period", &asked.period.to_string());
    values.push("rows", query.maybe("rows").unwrap_or("units"));
    values.push("columns", query.maybe("columns").unwrap_or("figures"));
    let inputs = Inputs { lang, values: &values, errors };
    let day = asked.ask.window.to;
    html! {
        form.panel action=(PATH) aria-label=(t!(lang, "figures.cross_shape")) {
            div.group {
                (super::pick::pick(lang, snapshot, query, errors))
            }
            div.group {
                div.pair {
                    (inputs.text(&Question::new("unit", t!(lang, "figures.unit")).width(Width::Middle)))
                    (inputs.select(&Question::new("period", t!(lang, "figures.period")), &offered))
                    (inputs.select(&Question::new("rows", t!(lang, "figures.cross_rows")), &sides))
                    (inputs.select(&Question::new("columns", t!(lang, "figures.cross_columns")), &sides))
                }
                @if !shaped.only.is_empty() {
                    p.row.s.screen {
                        span.soft { (t!(lang, "figures.only")) }
                        @for (by, word) in &shaped.only {
                            input type="hidden" name="by" value=(format!("{by}:{word}"));
                            a.chip href=(query.without_value("by", &format!("{by}:{word}")).href(PATH)) {
                                span.vh { (t!(lang, "web.drop_filter")) " " }
                                (told.as_deref().map(|told| word_label(snapshot, lang, told, by, word, day)).unwrap_or_default())
                                (icon("x"))
                            }
                        }
                    }
                }
                @if asked.geography != "then" {
                    input type="hidden" name="geography" value=(asked.geography);
                    @if let Some(at) = query.maybe("at") { input type="hidden" name="at" value=(at); }
                }
                @if let Some(kept) = query.maybe("table") { input type="hidden" name="table" value=(kept); }
            }
            div.bar-end.row { button.btn.btn-main type="submit" { (icon("list-filter")) (t!(lang, "figures.cross_draw")) } }
        }
    }
}

/// What a line of the table is called.
pub(super) fn line_label(
    lang: Lang,
    snapshot: &Snapshot,
    asked: &Asked,
    cross: &Cross,
    parts: &Parts,
    line: Line,
) -> String {
    let told = counted(snapshot, &cross.figures);
    let day = asked.day();
    let Line::Part(place) = line else {
        return match (line, parts) {
            (Line::Whole, _) => t!(lang, "web.sum"),
            (_, Parts::Words { .. }) => capital(&t!(lang, "figures.not_broken_down")),
            _ => capital(&t!(lang, "figures.elsewhere", unit = snapshot.name(asked.ask.unit.0, day))),
        };
    };
    match parts {
        Parts::Figures(all) => {
            let figure = all.get(place).and_then(|name| snapshot.pack.figure(name));
            figure.map(|figure| figure.label().in_lang(lang).to_owned()).unwrap_or_default()
        }
        Parts::Units(all) => all.get(place).map(|unit| capital(&snapshot.name(unit.0, day))).unwrap_or_default(),
        Parts::Periods(all) => all.get(place).map(|one| period_label(lang, asked, *one)).unwrap_or_default(),
        Parts::Words { by, words } => {
            let word = words.get(place).map(String::as_str).unwrap_or_default();
            told.map(|told| capital(&word_label(snapshot, lang, &told, by, word, asked.ask.window.to)))
                .unwrap_or_default()
        }
    }
}

/// Heads of columns are narrow: a year by its number alone, and a part of the one year that is asked without it.
fn period_label(lang: Lang, asked: &Asked, period: Period) -> String {
    if period.kind() == Kind::Year {
        return period.to_string();
    }
    let label = capital(period.label().in_lang(lang));
    let (from, to) = (asked.ask.window.from.year(), asked.ask.window.to.year());
    let year = [format!(" năm {from}"), format!(" of {from}"), format!(" {from}")];
    let short = year.iter().find_map(|year| label.strip_suffix(year.as_str()));
    short.filter(|_| from == to && period.kind() != Kind::Span).map(str::to_owned).unwrap_or(label)
}

/// Where a cell leads: its figure, of its unit, days and words.
fn href(snapshot: &Snapshot, asked: &Asked, cross: &Cross, spot: Spot) -> String {
    let mut unit = asked.ask.unit;
    let mut period = asked.period;
    let mut words = cross.only.clone();
    for parts in [&cross.rows, &cross.columns] {
        match parts {
            Parts::Units(all) => unit = spot.unit.and_then(|place| all.get(place)).copied().unwrap_or(unit),
            Parts::Periods(all) => period = spot.period.and_then(|place| all.get(place)).copied().unwrap_or(period),
            Parts::Words { by, words: all } => {
                words.extend(spot.word.and_then(|place| all.get(place)).map(|word| (by.clone(), word.clone())));
            }
            Parts::Figures(_) => {}
        }
    }
    let there =
        Asked { ask: Ask { window: period.window(), unit, ..asked.ask }, period, geography: asked.geography.clone() };
    let name = cross.figures.get(spot.figure).map(String::as_str).unwrap_or_default();
    with_words(there.fields(snapshot, unit), &words).href(&path(name))
}

fn table(lang: Lang, snapshot: &Snapshot, asked: &Asked, query: &Fields, cross: &Cross) -> Markup {
    let (rows, columns) = (cross.lines(true), cross.lines(false));
    let told = counted(snapshot, &cross.figures);
    let side =
        |name: &str, other: &str| axis_label(lang, snapshot, told.as_deref(), query.maybe(name).unwrap_or(other));
    let (down, across) = (side("rows", "units"), side("columns", "figures"));
    let caption = t!(lang, "figures.cross_of", rows = down.to_lowercase(), columns = across.to_lowercase());
    let one = cross.figures.first().filter(|_| cross.figures.len() == 1).and_then(|name| snapshot.pack.figure(name));
    let named = |parts: &Parts, line: Line| line_label(lang, snapshot, asked, cross, parts, line);
    let line = |row: Line| {
        html! {
            tr {
                th scope="row" { (named(&cross.rows, row)) }
                @for column in &columns {
                    td.num.sum[row == Line::Whole || *column == Line::Whole] { (cell(lang, snapshot, asked, cross, row, *column)) }
                }
            }
        }
    };
    let nothing = cross.rows.len() == 0 || cross.columns.len() == 0;
    let noun = one.and_then(AnyFigure::noun).map(|noun| noun.in_lang(lang).to_owned());
    let title = one.map_or_else(|| capital(&caption), |figure| figure.label().in_lang(lang).to_owned());
    if nothing {
        let why = html! { (t!(lang, "figures.cross_nothing_why")) };
        return empty("search-x", &t!(lang, "figures.cross_nothing"), &why, &html! {});
    }
    let note = html! { @if let Some(noun) = &noun { (noun) } };
    let inside = html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table.tbl.cross {
                caption.vh { (caption) }
                thead { tr {
                    th scope="col" { (capital(&down)) }
                    @for column in &columns { th.num scope="col" { (named(&cross.columns, *column)) } }
                } }
                tbody { @for row in rows.iter().filter(|row| **row != Line::Whole) { (line(*row)) } }
                @if rows.contains(&Line::Whole) { tfoot { (line(Line::Whole)) } }
            }
        }
        div.pad.s.soft.tight {
            p { (t!(lang, "figures.cross_legend")) }
            @for why in cross.reasons() { p { (reason(lang, why)) } }
        }
    };
    panel("h-cross", &title, Some(&note), &inside)
}

fn cell(lang: Lang, snapshot: &Snapshot, asked: &Asked, cross: &Cross, row: Line, column: Line) -> Markup {
    match cross.cell(row, column) {
        Cell::Value(Value { state: State::NoData, .. }, _) => {
            html! { span.soft title=(t!(lang, "web.no_data")) { "–" } }
        }
        Cell::Value(value, spot) => figure(&plain(lang, value), Some(&href(snapshot, asked, cross, spot)), false),
        Cell::Rest(amount, places) => figure(&kernel::number::decimal(amount, places), None, false),
        Cell::NoTotal(why) => {
            html! { span.soft title=(reason(lang, why)) { (t!(lang, "figures.cross_no_total")) } }
        }
        Cell::Blank => html! {},
    }
}

fn reason(lang: Lang, why: NoTotal) -> String {
    match why {
        NoTotal::Share => t!(lang, "figures.cross_share"),
        NoTotal::Reading => t!(lang, "figures.cross_reading"),
        NoTotal::Stock => t!(lang, "figures.cross_stock"),
        NoTotal::Overlap => t!(lang, "figures.cross_overlap"),
    }
}

/// What a reader is told of a unit that only others may see: nothing; a table that names it is read for their own.
pub(super) fn readable(desk: &Desk, snapshot: &Snapshot, query: &Fields) -> Result<Fields, Trouble> {
    match Asked::of(desk, snapshot, READ, query) {
        Err(Trouble::NotFound) => Ok(query.without("unit")),
        Err(trouble) => Err(trouble),
        Ok(_) => Ok(query.clone()),
    }
}

/// The code of a row's unit, where rows are units.
pub(super) fn code(snapshot: &Snapshot, asked: &Asked, parts: &Parts, line: Line) -> Option<String> {
    let (Parts::Units(all), Line::Part(place)) = (parts, line) else { return None };
    all.get(place).map(|unit: &Unit| snapshot.code(unit.0, asked.day()))
}
