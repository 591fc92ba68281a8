//! Numbers that open: figure links, the head of a figure's page, bars and charts that stay readable at any width.

use kernel::{Lang, number::grouped};
use maud::{Markup, html};

use crate::t;

/// A number with its unit, opening onto what makes it. `returned`: someone asked to look at it again.
pub fn figure(shown: &str, href: Option<&str>, returned: bool) -> Markup {
    let shown = shown.replace(' ', "\u{a0}");
    html! {
        @match href {
            Some(href) => { a.fig.warn[returned] href=(href) { (shown) } }
            None => { span.nw { (shown) } }
        }
    }
}

/// Never 0, never blank, never red.
pub fn no_data(lang: Lang) -> Markup {
    html! { span.soft { (t!(lang, "web.no_data")) } }
}

/// Value and noun large, what backs it, and the chart beside it.
pub fn figure_head(label: &str, shown: &str, noun: &str, notes: &Markup, beside: &Markup) -> Markup {
    html! {
        section.panel.open aria-label=(label) {
            div.tight { p { span.big { (shown) } " " (noun) } (notes) }
            div.tight { (beside) }
        }
    }
}

/// A row of a breakdown.
#[derive(Clone, Debug)]
pub struct Bar {
    pub label: String,
    pub amount: i64,
    pub shown: String,
    pub href: Option<String>,
}

/// A breakdown as a table whose last column is the shape of it.
pub fn bars(lang: Lang, first: &str, second: &str, bars: &[Bar], sum: Option<&str>) -> Markup {
    let most = bars.iter().map(|bar| bar.amount).max().unwrap_or_default().max(1);
    html! {
        table.tbl {
            thead { tr { th scope="col" { (first) } th.num scope="col" { (second) } th scope="col" { span.vh { (t!(lang, "web.shape")) } } } }
            tbody {
                @for bar in bars {
                    tr {
                        th scope="row" { (bar.label) }
                        td.num { (figure(&bar.shown, bar.href.as_deref(), false)) }
                        td { svg.bar aria-hidden="true" { rect width=(format!("{}%", percent(bar.amount, most))) height="100%" {} } }
                    }
                }
            }
            @if let Some(sum) = sum { tfoot { tr { th scope="row" { (t!(lang, "web.sum")) } td.num { (sum) } td {} } } }
        }
    }
}

fn percent(part: i64, whole: i64) -> i64 {
    (part.max(0) * 100 + whole / 2) / whole.max(1)
}

/// A line of values, one for each label; a missing one is no data.
#[derive(Clone, Debug)]
pub struct Series {
    pub name: String,
    pub values: Vec<Option<i64>>,
}

/// Columns by month or the like, with at most one other series as marks.
#[derive(Clone, Debug)]
pub struct Chart<'a> {
    /// Unique on the page.
    pub id: &'a str,
    pub title: String,
    /// The sentence that the drawing says.
    pub says: String,
    pub labels: Vec<String>,
    pub main: Series,
    pub other: Option<Series>,
}

const FLOOR: i64 = 170;
const HIGHEST: i64 = 140;

/// Widths in percent, heights in pixels: text keeps its size at any width. The table behind it holds every number.
pub fn chart(lang: Lang, chart: &Chart<'_>) -> Markup {
    let all = chart.main.values.iter().chain(chart.other.iter().flat_map(|other| &other.values));
    let most = all.filter_map(|value| *value).max().unwrap_or_default().max(1);
    let height = |value: i64| value.max(0) * HIGHEST / most;
    let count = i64::try_from(chart.labels.len()).unwrap_or(1).max(1);
    // In hundredths of a percent, so that whole numbers do.
    let (slot, hundredths) = (10_000 / count, |at: i64| format!("{}.{:02}%", at / 100, at % 100));
    let (title, desc) = (format!("{}-t", chart.id), format!("{}-d", chart.id));
    let value = |values: &[Option<i64>], place: usize| values.get(place).copied().flatten();
    html! {
        div.row.between.s {
            b { (chart.title) }
            span.soft {
                svg.key aria-hidden="true" { rect.a width="12" height="12" rx="2" {} } " " (chart.main.name)
                @if let Some(other) = &chart.other { "  " svg.key aria-hidden="true" { rect.b y="4" width="12" height="4" {} } " " (other.name) }
            }
        }
        svg.chart height="192" role="img" aria-labelledby=(format!("{title} {desc}")) {
            title id=(title) { (chart.title) }
            desc id=(desc) { (chart.says) }
            @for line in [FLOOR, FLOOR - 50, FLOOR - 100] { line x1="0" x2="100%" y1=(line) y2=(line) {} }
            @for (place, (label, at)) in chart.labels.iter().zip((0..).map(|place| place * slot)).enumerate() {
                @let middle = hundredths(at + slot / 2);
                @if let Some(amount) = value(&chart.main.values, place) {
                    rect.a x=(hundredths(at + slot / 5)) width=(hundredths(slot * 3 / 5)) y=(FLOOR - height(amount)) height=(height(amount)) rx="2" {}
                    text.v x=(middle) y=(FLOOR - 6 - height(amount)) { (grouped(amount)) }
                }
                @if let Some(amount) = chart.other.as_ref().and_then(|other| value(&other.values, place)) {
                    rect.b x=(hundredths(at + slot / 10)) width=(hundredths(slot * 4 / 5)) y=(FLOOR - 2 - height(amount)) height="4" {}
                }
                text x=(middle) y="186" { (label) }
            }
        }
        details.s {
            summary { (t!(lang, "web.chart_table")) }
            div.scroll tabindex="0" role="region" aria-label=(t!(lang, "web.chart_table")) {
                table.tbl {
                    thead { tr { th scope="col" {} @for label in &chart.labels { th.num scope="col" { (label) } } } }
                    tbody { @for series in std::iter::once(&chart.main).chain(&chart.other) { (values(lang, series)) } }
                }
            }
        }
    }
}

fn values(lang: Lang, series: &Series) -> Markup {
    html! {
        tr {
            th scope="row" { (series.name) }
            @for value in &series.values {
                td.num { @match value { Some(value) => { (grouped(*value)) } None => { span.soft title=(t!(lang, "web.no_data")) { "–" } } } }
            }
        }
    }
}
