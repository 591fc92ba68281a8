//! Charts as SVG, in one palette, with Vietnamese numbers; a table stands behind each.

use std::sync::LazyLock;

use charts_rs::{
    BarChart, Box as Edge, ChartBase, Color, HorizontalBarChart, LegendCategory, LineChart, Symbol, YAxisConfig,
};
use kernel::number::decimal;
use serde::{Deserialize, Serialize};

use crate::{Column, Inline, PaperError, Row, Table, xml_holds};

/// Two series at most read well; amounts are in steps of 10^-`scale`, nothing where there is no data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chart {
    pub title: String,
    pub kind: ChartKind,
    pub scale: u32,
    /// "cuộc", "%": said once, in the table's heads.
    pub measure: String,
    pub categories: Vec<String>,
    pub series: Vec<Series>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Series {
    pub name: String,
    pub amounts: Vec<Option<i64>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    #[default]
    Bar,
    /// Bars lying across, for long names.
    Across,
    Line,
}

/// Where a chart is seen: on a page, in its font and the theme's colours, or on white paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Screen,
    Paper,
}

/// The theme's colours by their token, with the literal that stands where the token is not known. The only palette.
const SERIES: [(&str, &str); 4] = [("act", "#1C4F86"), ("gold", "#B07A1A"), ("ok", "#1A6A3D"), ("soft", "#5B564D")];
const INK: (&str, &str) = ("ink", "#23211D");
const SOFT: (&str, &str) = ("soft", "#5B564D");
const LINE: (&str, &str) = ("line", "#E0DCD3");

const WIDTH: f32 = 640.0;
const HEIGHT: f32 = 300.0;
const SERIF: &str = "Liberation Serif";

/// Charts for paper are measured by the font they are printed in.
static FONT: LazyLock<bool> = LazyLock::new(|| {
    charts_rs::add_fonts(&[include_bytes!("../fonts/LiberationSerif-Regular.ttf").as_slice()]).is_ok()
});

impl Chart {
    /// The drawing as one `<svg>` with a title for those who cannot see it.
    pub fn svg(&self, face: Face) -> Result<String, PaperError> {
        let series: Vec<charts_rs::Series> = self.series.iter().map(|series| self.drawn(series, face)).collect();
        let categories = self.categories.clone();
        let raw = match self.kind {
            ChartKind::Bar => {
                let mut chart = BarChart::new(series, categories);
                dress(&mut chart.base, &mut chart.y_axis_configs, face, self.series.len());
                chart.radius = Some(2.0);
                chart.svg()?
            }
            ChartKind::Across => {
                let mut chart = HorizontalBarChart::new(series, categories);
                let bars: f32 = self.categories.iter().map(|_| 26.0).sum();
                dress(&mut chart.base, &mut chart.y_axis_configs, face, self.series.len());
                chart.base.height = (bars + 70.0).max(120.0);
                chart.svg()?
            }
            ChartKind::Line => {
                let mut chart = LineChart::new(series, categories);
                dress(&mut chart.base, &mut chart.y_axis_configs, face, self.series.len());
                chart.svg()?
            }
        };
        Ok(self.finish(&raw, face))
    }

    /// The same numbers as a table.
    pub fn table(&self) -> Table {
        let measure = if self.measure.is_empty() { String::new() } else { format!(" ({})", self.measure) };
        let heads = self.series.iter().map(|series| Column::number(format!("{}{measure}", series.name), 2));
        let rows = self.categories.iter().enumerate().map(|(place, category)| {
            let amounts = self.series.iter().map(|series| {
                let amount = series.amounts.get(place).copied().flatten();
                vec![Inline::text(amount.map_or_else(|| "–".to_owned(), |amount| decimal(amount, self.scale)))]
            });
            Row::new([vec![Inline::text(category.clone())]].into_iter().chain(amounts).collect())
        });
        Table {
            caption: Some(self.title.clone()),
            columns: [Column::new("", 3)].into_iter().chain(heads).collect(),
            bands: Vec::new(),
            rows: rows.collect(),
        }
    }

    fn drawn(&self, series: &Series, face: Face) -> charts_rs::Series {
        // The page's own font may be wider than the one the key is measured in.
        let room = if face == Face::Screen { "\u{a0}\u{a0}\u{a0}" } else { "" };
        charts_rs::Series {
            name: format!("{}{room}", series.name),
            data: series.amounts.iter().map(|amount| amount.and_then(|amount| real(amount, self.scale))).collect(),
            label_show: true,
            ..charts_rs::Series::default()
        }
    }

    /// Gives the drawing its name, its numbers their commas, and on a screen its colours and font back to the theme.
    fn finish(&self, raw: &str, face: Face) -> String {
        let mut svg = vietnamese_numbers(raw);
        svg.retain(xml_holds);
        if let Some(end) = svg.find('>') {
            svg.insert_str(end + 1, &format!("<title>{}</title>", escape(&self.title.replace(|c| !xml_holds(c), ""))));
        }
        svg = svg.replacen("<svg ", "<svg role=\"img\" ", 1);
        if face == Face::Screen {
            svg = svg.replace(" font-family=\"Roboto\"", "");
            for (token, literal) in SERIES.iter().chain([&INK, &SOFT, &LINE]) {
                svg = svg.replace(&format!("\"{literal}\""), &format!("\"var(--{token},{})\"", literal.to_lowercase()));
            }
        }
        svg
    }
}

fn dress(base: &mut ChartBase, axes: &mut Vec<YAxisConfig>, face: Face, series: usize) {
    let colour = |(_, literal): (&str, &str)| Color::from(literal);
    base.width = WIDTH;
    base.height = HEIGHT;
    base.margin = Edge::from(4.0);
    base.background_color = Color::transparent();
    if face == Face::Paper && *FONT {
        SERIF.clone_into(&mut base.font_family);
    }
    base.legend.show = Some(series > 1);
    base.legend.font.color = colour(INK);
    base.legend.category = LegendCategory::RoundRect;
    base.series.colors = SERIES.iter().map(|&token| colour(token)).collect();
    base.series.label.font.color = colour(INK);
    base.series.label.font.size = 12.0;
    "{t}".clone_into(&mut base.series.label.formatter);
    base.series.symbol = Some(Symbol::Circle(3.0, None));
    base.x_axis.font.color = colour(SOFT);
    base.x_axis.stroke_color = colour(LINE);
    base.grid.stroke_color = colour(LINE);
    if axes.is_empty() {
        axes.push(YAxisConfig::default());
    }
    for axis in axes {
        axis.font.color = colour(SOFT);
        axis.formatter = Some("{t}".to_owned());
    }
}

/// The drawing needs no more than the first seven digits.
fn real(amount: i64, scale: u32) -> Option<f32> {
    format!("{amount}e-{scale}").parse().ok()
}

/// `1,052` and `4.1` between tags become `1.052` and `4,1`; words are left alone.
fn vietnamese_numbers(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(start) = rest.find('>') {
        let (tag, after) = rest.split_at(start + 1);
        let (text, next) = after.split_at(after.find('<').unwrap_or(after.len()));
        out.push_str(tag);
        let trimmed = text.trim();
        let number = trimmed.starts_with(|c: char| c == '-' || c.is_ascii_digit())
            && trimmed.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ',' | '.'));
        if number {
            out.extend(trimmed.chars().map(|c| match c {
                ',' => '.',
                '.' => ',',
                other => other,
            }));
        } else {
            out.push_str(text);
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
