//! A number beside those of other days: the period before, the same a year ago, the year so far, the bar it was given, month by month.

use calendar::{Period, Window, month_window};
use db::{Result, Tx};
use kernel::{Lang, month_number, number};
use pack::figure::Shape;
use records::{House, Snapshot};
use web::{Chart, Group, Head, Markup, Row, Series, Table, chart, figure, html, no_data, panel, t, table, tag};

use super::{
    Asked,
    asked::capital,
    board::{gap, rule, standing},
    breakdown::{path, plain, with_words},
};
use crate::{Ask, Heads, Ratio, State, Study, TargetStatus, Value};

/// The same figure of other days.
pub(crate) struct Compared {
    /// Told, its period, its value.
    rows: Vec<(Said, Period, Value)>,
    months: Option<Months>,
    bars: Vec<TargetStatus>,
}

/// Amounts of the months of the window, and of those a year before.
struct Months {
    labels: Vec<String>,
    now: Vec<Option<i64>>,
    before: Vec<Option<i64>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Before,
    YearBefore,
    SoFar,
}

/// What a figure is read with.
pub(crate) struct Reading<'a> {
    pub(crate) house: &'a House,
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) heads: &'a dyn Heads,
    pub(crate) figure: &'a str,
    pub(crate) words: &'a [(String, String)],
}

impl Reading<'_> {
    async fn of(&self, tx: &mut Tx, ask: Ask) -> Result<Value> {
        let study = Study::open(tx, self.house, self.snapshot, self.heads, ask, &[self.figure]).await?;
        let study = if self.words.is_empty() { study } else { study.only(self.words) };
        Ok(study.value(self.figure)?)
    }

    /// Reads what the number is compared with.
    pub(crate) async fn compare(&self, tx: &mut Tx, asked: &Asked, today: kernel::Day) -> Result<Compared> {
        let period = asked.period;
        let mut wanted = vec![(Said::Before, period.before())];
        if period.year_before() != period.before() {
            wanted.push((Said::YearBefore, period.year_before()));
        }
        if period.cumulative().from < period.window().from {
            wanted.push((Said::SoFar, super::asked::named(period.cumulative())));
        }
        let mut rows = Vec::with_capacity(wanted.len());
        for (said, period) in wanted {
            rows.push((said, period, self.of(tx, Ask { window: period.window(), ..asked.ask }).await?));
        }
        let months = self.months(tx, asked.ask, today).await?;
        let bars = if self.words.is_empty() {
            crate::target::of_figure(tx, self.house, self.snapshot, self.heads, asked.ask, self.figure).await?
        } else {
            Vec::new()
        };
        Ok(Compared { rows, months, bars })
    }

    /// A flow month by month, with the same months of the year before.
    async fn months(&self, tx: &mut Tx, ask: Ask, today: kernel::Day) -> Result<Option<Months>> {
        let Window { from, to } = ask.window;
        let (first, last) = (month_number(from), month_number(to));
        if self.snapshot.pack.shape(self.figure) != Some(Shape::Flow) || !(1..=12).contains(&(last - first)) {
            return Ok(None);
        }
        let (mut labels, mut now, mut before) = (Vec::new(), Vec::new(), Vec::new());
        for month in first..=last {
            labels.push((month.rem_euclid(12) + 1).to_string());
            now.push(self.month(tx, ask, month_window(month).intersection(&ask.window), today).await?);
            before.push(self.month(tx, ask, Some(month_window(month - 12)), today).await?);
        }
        Ok(Some(Months { labels, now, before }))
    }

    async fn month(&self, tx: &mut Tx, ask: Ask, days: Option<Window>, today: kernel::Day) -> Result<Option<i64>> {
        match days.filter(|days| days.from <= today) {
            Some(window) => Ok(self.of(tx, Ask { window, ..ask }).await?.value),
            None => Ok(None),
        }
    }
}

impl Compared {
    /// How the number stands to the one before, in one line beside it.
    pub(crate) fn line(&self, lang: Lang, value: &Value) -> Markup {
        let before = self.rows.iter().find(|(said, ..)| *said != Said::SoFar);
        html! {
            @if let Some((_, period, before)) = before && let Some(difference) = difference(lang, value, before) {
                p { (t!(lang, "figures.against", period = period.label().in_lang(lang))) " " b { (difference) } }
            }
        }
    }

    pub(crate) fn table(
        &self,
        lang: Lang,
        snapshot: &Snapshot,
        asked: &Asked,
        value: &Value,
        words: &[(String, String)],
    ) -> Markup {
        let shown = |value: &Value, href: Option<&str>| {
            if value.state == State::NoData { no_data(lang) } else { figure(&plain(lang, value), href, false) }
        };
        let mut rows = vec![Row::new(vec![
            html! { b { (capital(asked.period.label().in_lang(lang))) } },
            shown(value, None),
            html! {},
        ])];
        for (said, period, other) in &self.rows {
            let there = Asked {
                ask: Ask { window: period.window(), ..asked.ask },
                period: *period,
                geography: asked.geography.clone(),
            };
            let href = with_words(there.fields(snapshot, asked.ask.unit), words).href(&path(&value.id));
            let name = match said {
                Said::SoFar => t!(lang, "figures.so_far"),
                Said::Before | Said::YearBefore => capital(period.label().in_lang(lang)),
            };
            let change = if *said == Said::SoFar { None } else { difference(lang, value, other) };
            rows.push(Row::new(vec![
                html! { (name) },
                shown(other, Some(&href)),
                html! { (change.unwrap_or_else(|| "–".to_owned())) },
            ]));
        }
        let sheet = Table {
            caption: t!(lang, "figures.compared"),
            heads: vec![
                Head::new(t!(lang, "figures.period")).main(),
                Head::new(t!(lang, "figures.value")).number(),
                Head::new(t!(lang, "figures.change")).number(),
            ],
            groups: vec![Group { label: String::new(), rows }],
            ..Table::default()
        };
        panel("h-compare", &t!(lang, "figures.compared"), None, &table(lang, &sheet))
    }

    pub(crate) fn chart(&self, lang: Lang, asked: &Asked, value: &Value) -> Option<Markup> {
        let Months { labels, now, before } = self.months.as_ref()?;
        let scale = 10_i64.pow(value.places);
        // The drawing writes whole numbers: what has decimals is told in whole steps of its measure.
        let whole = |values: &[Option<i64>]| {
            values.iter().map(|value| value.map(|n| (2 * n + scale).div_euclid(2 * scale))).collect()
        };
        let Window { from, to } = asked.ask.window;
        let name = |back: i16| {
            if from.year() == to.year() {
                (from.year() - back).to_string()
            } else {
                format!("{}–{}", from.year() - back, to.year() - back)
            }
        };
        let other = before.iter().any(Option::is_some).then(|| Series { name: name(1), values: whole(before) });
        let highest = labels
            .iter()
            .zip(now)
            .filter_map(|(label, value)| Some((value.as_ref()?, label)))
            .max_by_key(|(value, _)| **value);
        let says = highest.map_or_else(
            || t!(lang, "web.no_data"),
            |(most, label)| {
                t!(lang, "figures.chart_says", month = label, amount = number::decimal(*most, value.places))
            },
        );
        let drawn = Chart {
            id: "by-month",
            title: t!(lang, "figures.by_month"),
            says,
            labels: labels.clone(),
            main: Series { name: name(0), values: whole(now) },
            other,
        };
        Some(chart(lang, &drawn))
    }

    /// The bars set or given for this figure, and how much of each is reached.
    pub(crate) fn plan(&self, lang: Lang, snapshot: &Snapshot, asked: &Asked) -> Markup {
        let fields = asked.fields(snapshot, asked.ask.unit);
        html! {
            @if self.bars.iter().any(|status| status.bound) {
                (panel("h-plan", &t!(lang, "figures.against_plan"), None, &html! {
                    ul.list {
                        @for status in self.bars.iter().filter(|status| status.bound) {
                            @let (_, tone, word) = standing(lang, status.state);
                            li.tight {
                                a href=(fields.with("target", &status.id).href("/targets")) { (status.label.in_lang(lang)) }
                                p.row {
                                    (tag(tone, &word))
                                    span { (t!(lang, "figures.bar", bar = rule(lang, snapshot, status))) }
                                    @if let Some(percent) = reached(status) { b { (t!(lang, "figures.of_plan", percent = percent)) } }
                                    @if let Some(gap) = gap(lang, status) { span.soft { (gap) } }
                                }
                            }
                        }
                    }
                }))
            }
        }
    }
}

/// `87,5%`: how much of the bar is there.
fn reached(status: &TargetStatus) -> Option<String> {
    let part = status.value?.by(Ratio::written(status.bar))?.times(Ratio::whole(100));
    Some(format!("{}%", crate::shell::shown(part)))
}

/// `+65 (+6,6%)`; of shares the points between them.
fn difference(lang: Lang, now: &Value, then: &Value) -> Option<String> {
    if now.state == State::NoData || then.state == State::NoData {
        return None;
    }
    if let (Some(now), Some(then)) = (now.percent, then.percent) {
        return Some(t!(lang, "figures.points", amount = signed(now - then, 1)));
    }
    let (now_amount, then_amount) = (now.value?, then.value?);
    let change = signed(now_amount - then_amount, now.places);
    let share = Ratio::new(i128::from(now_amount - then_amount) * 100, then_amount.into());
    Some(match share.filter(|_| now_amount != then_amount) {
        Some(share) => format!("{change} ({}%)", signed(share.rounded(1, false), 1)),
        None => change,
    })
}

fn signed(amount: i64, places: u32) -> String {
    let sign = if amount > 0 { "+" } else { "" };
    format!("{sign}{}", number::decimal(amount, places))
}
