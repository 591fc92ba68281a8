//! Tables and charts of a report: figures by period, by unit, by month or by the words of a breakdown; targets with what came of them.

use std::{collections::BTreeMap, fmt::Write as _};

use kernel::number::{Rounding, decimal, grouped, percent};
use pack::{
    AnyFigure,
    outline::{self, Breakdown, By, Column, Moment, Number, TableRow},
    register::FieldType,
};
use papers::{Align, Block, Chart, ChartKind, Inline, Row, Series, Table};

use crate::{
    answer::{Answer, Question, Standing, against},
    draft::{NO_DATA, Writer, in_prose, with_noun},
};

/// Stands in a table where there is no data, and is explained below it.
const UNKNOWN: &str = "…";

/// The breakdown by the level of who did it.
const BY_LEVEL: &str = "unit.level";

impl Writer<'_, '_> {
    pub(crate) fn table(&mut self, table: &outline::Table, into: &mut Vec<Block>) {
        let planned = |number: &Number| self.answers.targets.iter().find(|target| target.figure == number.figure);
        let has_plan = table.rows.iter().any(|row| match row {
            TableRow::Figure { number, .. } => planned(number).is_some_and(|target| target.reached.is_some()),
            TableRow::Group(_) => false,
        });
        let columns: Vec<Column> =
            table.columns.iter().copied().filter(|column| self.adds(*column, has_plan)).collect();
        let mut drawn = Table { caption: Some(table.caption.clone()), ..Table::default() };
        drawn.columns = vec![papers::Column::new("Nội dung", 6), papers::Column::new("Đơn vị tính", 3)];
        drawn.columns.extend(columns.iter().map(|column| papers::Column::number(Self::head(*column), 2)));
        let mut unknown = false;
        for row in &table.rows {
            let (number, label) = match row {
                TableRow::Group(title) => {
                    drawn.rows.push(Row::group(title));
                    continue;
                }
                TableRow::Figure { number, label } => (number, label),
            };
            let noun = self.scene.pack.figure(&number.figure).and_then(AnyFigure::noun).map(|noun| noun.vi.clone());
            let noun = self.answer(&self.scene.question(number)).and_then(|answer| answer.noun.clone()).or(noun);
            let mut cells = vec![
                vec![Inline::text(label.clone().unwrap_or_else(|| self.label(&number.figure)))],
                vec![Inline::text(noun.unwrap_or_default())],
            ];
            for column in &columns {
                let cell = match column {
                    Column::Of(moment) => {
                        let question = self.scene.question_at(&number.figure, *moment);
                        self.cell(number, question, &mut unknown)
                    }
                    Column::Change => self.change_cell(number, against(&table.columns)),
                    Column::Plan => self.plan_cell(number),
                };
                cells.push(cell);
            }
            drawn.rows.push(Row::new(cells));
        }
        into.push(Block::Table(drawn));
        explain(unknown, into);
    }

    /// A column that would say what another says, or nothing, is left out.
    fn adds(&self, column: Column, has_plan: bool) -> bool {
        match column {
            Column::Plan => has_plan,
            Column::Of(Moment::Cumulative) => self.scene.window_of(Moment::Cumulative) != self.scene.window,
            _ => true,
        }
    }

    fn head(column: Column) -> &'static str {
        match column {
            Column::Of(Moment::Now) => "Kỳ này",
            Column::Of(Moment::Cumulative) => "Lũy kế",
            Column::Of(Moment::YearBefore) => "Cùng kỳ",
            Column::Of(Moment::Before) => "Kỳ trước",
            Column::Of(Moment::Next) => "Kỳ sau",
            Column::Change => "Tăng, giảm",
            Column::Plan => "% kế hoạch",
        }
    }

    fn cell(&mut self, number: &Number, question: Question, unknown: &mut bool) -> Vec<Inline> {
        let href = self.href(&question, &number.part);
        let shown = self.answer(&question).filter(|answer| answer.known).map(|answer| in_table(answer, number));
        *unknown |= shown.is_none();
        let shown = shown.unwrap_or_else(|| UNKNOWN.to_owned());
        self.written(number, question, &shown, &href);
        vec![Inline::figure(shown, Some(href))]
    }

    fn change_cell(&self, number: &Number, then: Moment) -> Vec<Inline> {
        let amount = |moment| {
            let answer = self.answer(&self.scene.question_at(&number.figure, moment)).filter(|answer| answer.known)?;
            // What is only "over 1.000" has no exact difference.
            let exact = !answer.number.contains(char::is_alphabetic);
            Some((answer.amount(&number.part).filter(|_| exact)?, answer.places))
        };
        let (Some((new, places)), Some((old, _))) = (amount(Moment::Now), amount(then)) else { return Vec::new() };
        let sign = |amount: i64| match amount {
            0 => "",
            1.. => "+",
            _ => "\u{2212}",
        };
        let difference = new - old;
        let mut text = format!("{}{}", sign(difference), decimal(difference.abs(), places));
        if difference != 0
            && let Some(tenths) = percent(difference.abs(), old, 1, Rounding::HalfUp)
        {
            let _ = write!(text, " ({}{}%)", sign(difference), decimal(tenths, 1));
        }
        vec![Inline::text(text)]
    }

    fn plan_cell(&self, number: &Number) -> Vec<Inline> {
        let target = self.answers.targets.iter().find(|target| target.figure == number.figure);
        let tenths = target.and_then(|target| target.reached).filter(|_| number.part.is_empty());
        tenths.map(|tenths| vec![Inline::text(format!("{}%", decimal(tenths, 1)))]).unwrap_or_default()
    }

    /// Rows by unit, month or word; a last row sums them where the figures can be summed.
    pub(crate) fn breakdown(&mut self, breakdown: &Breakdown, into: &mut Vec<Block>) {
        let mut drawn = Table { caption: Some(breakdown.caption.clone()), ..Table::default() };
        let first = match &breakdown.by {
            By::Unit => "Đơn vị",
            By::Month => "Tháng",
            By::Part(_) => "Phân loại",
        };
        drawn.columns = vec![
            papers::Column { align: Align::Center, ..papers::Column::new("TT", 1) },
            papers::Column::new(first, 5),
        ];
        drawn.columns.extend(
            breakdown.numbers.iter().map(|number| papers::Column::number(self.column_label(&number.figure), 3)),
        );
        let mut unknown = false;
        let Some(lead) = breakdown.numbers.first() else { return };
        let rows = match &breakdown.by {
            By::Unit => {
                self.scene.below().into_iter().map(|unit| (self.scene.name(unit), Line::Unit(unit.0))).collect()
            }
            By::Month => self
                .scene
                .months(lead.moment)
                .into_iter()
                .map(|(month, window)| (crate::draft::cased(month.label().vi, true), Line::Days(window)))
                .collect(),
            By::Part(by) => self.words_of(lead, by),
        };
        for (place, (label, line)) in rows.into_iter().enumerate() {
            let order = i64::try_from(place + 1).unwrap_or_default();
            let mut cells = vec![vec![Inline::text(grouped(order))], vec![Inline::text(label)]];
            for number in &breakdown.numbers {
                let whole = self.scene.question(number);
                let cell = match &line {
                    Line::Unit(unit) => self.cell(number, Question { unit: *unit, ..whole }, &mut unknown),
                    Line::Days(window) => self.cell(number, Question { window: *window, ..whole }, &mut unknown),
                    Line::Word(by, word) => {
                        let mut part = number.part.clone();
                        part.push((by.clone(), word.clone()));
                        self.cell(&Number { part, ..number.clone() }, whole, &mut unknown)
                    }
                };
                cells.push(cell);
            }
            drawn.rows.push(Row::new(cells));
        }
        if breakdown.by == By::Unit {
            drawn.rows.extend(self.own_row(breakdown));
        }
        let mut cells = vec![Vec::new(), vec![Inline::text("Cộng")]];
        for number in &breakdown.numbers {
            let whole = self.scene.question(number);
            cells.push(self.cell(number, whole, &mut unknown));
        }
        drawn.rows.push(Row::total(cells));
        into.push(Block::Table(drawn));
        explain(unknown, into);
    }

    /// What the place's own bodies add to the places below, so that the rows come to the whole; nothing where they add nothing.
    fn own_row(&self, breakdown: &Breakdown) -> Option<Row> {
        let rests: Vec<Option<(i64, &Answer)>> = breakdown.numbers.iter().map(|number| self.rest(number)).collect();
        rests.iter().flatten().any(|(rest, _)| *rest > 0).then_some(())?;
        let level = self.scene.own_level()?;
        let mut cells = vec![Vec::new(), vec![Inline::text(format!("Cơ quan {}", level.label.vi.to_lowercase()))]];
        for (number, rest) in breakdown.numbers.iter().zip(rests) {
            cells.push(rest.map_or_else(Vec::new, |(rest, whole)| {
                let mut part = number.part.clone();
                let by = |figure: AnyFigure<'_>| matches!(figure, AnyFigure::Counted(_, one) if one.by.iter().any(|by| by == BY_LEVEL));
                if self.scene.pack.figure(&number.figure).is_some_and(by) {
                    part.push((BY_LEVEL.to_owned(), level.id.clone()));
                }
                let href = self.href(&self.scene.question(number), &part);
                vec![Inline::figure(decimal(rest, whole.places), Some(href))]
            }));
        }
        Some(Row::new(cells))
    }

    /// Of numbers that add up.
    fn rest(&self, number: &Number) -> Option<(i64, &Answer)> {
        let whole = self.scene.question(number);
        let amount = |question: &Question| {
            let answer = self.answer(question).filter(|answer| answer.known && answer.of.is_none())?;
            Some((answer.amount(&number.part)?, answer)).filter(|_| !answer.number.contains(char::is_alphabetic))
        };
        let below = self.scene.below().into_iter();
        let below = below.filter_map(|unit| Some(amount(&Question { unit: unit.0, ..whole.clone() })?.0));
        let (all, answer) = amount(&whole)?;
        Some((all - below.sum::<i64>(), answer))
    }

    fn column_label(&self, figure: &str) -> String {
        let label = self.label(figure);
        match self.scene.pack.figure(figure).and_then(AnyFigure::noun) {
            Some(noun) => format!("{label} ({})", noun.vi),
            None => label,
        }
    }

    fn words_of(&self, number: &Number, by: &str) -> Vec<(String, Line)> {
        let sums: BTreeMap<String, i64> =
            self.answer(&self.scene.question(number)).map(|answer| answer.by(by)).unwrap_or_default();
        let words = self.known_words(&number.figure, by);
        let mut found: Vec<(String, Line)> = words
            .iter()
            .filter(|(word, _)| sums.contains_key(word))
            .map(|(word, label)| (label.clone(), Line::Word(by.to_owned(), word.clone())))
            .collect();
        let others = sums.keys().filter(|word| !words.iter().any(|(known, _)| known == *word));
        found.extend(others.map(|word| (word.clone(), Line::Word(by.to_owned(), word.clone()))));
        found
    }

    /// The parts of a breakdown one by one, never their sum: "đường ĐH21 (1,85 km), đường ĐH29 (1,01 km)".
    pub(crate) fn listed(&self, number: &Number, by: &str, answer: &Answer) -> String {
        let sums = answer.by(by);
        let told = self.words_of(number, by).into_iter().filter_map(|(label, line)| {
            let Line::Word(_, word) = line else { return None };
            let amount = in_prose(*sums.get(&word)?, answer.places);
            Some(format!("{label} ({})", with_noun(amount, answer.noun.as_deref())))
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// The words that a breakdown may have, in the pack's order, as people read them.
    fn known_words(&self, figure: &str, by: &str) -> Vec<(String, String)> {
        let (pack, kinds) = (self.scene.pack, self.scene.tree.kinds());
        let Some(AnyFigure::Counted(register, _)) = pack.figure(figure) else { return Vec::new() };
        match by {
            "unit.level" => kinds.levels.iter().map(|level| (level.id.clone(), level.label.vi.clone())).collect(),
            "unit.kind" => kinds.places.iter().map(|kind| (kind.id.clone(), kind.label.vi.clone())).collect(),
            "state" => register.states.iter().map(|state| (state.id.clone(), state.label.vi.clone())).collect(),
            _ => match register.any_field(by) {
                Some(field) if field.kind == FieldType::Topic => {
                    pack.topics.topics.iter().map(|topic| (topic.id.clone(), topic.label.vi.clone())).collect()
                }
                Some(field) if field.kind == FieldType::YesNo => {
                    vec![("yes".to_owned(), "có".to_owned()), ("no".to_owned(), "không".to_owned())]
                }
                Some(field) => {
                    field.choices.iter().map(|choice| (choice.id.clone(), choice.label().vi.clone())).collect()
                }
                None => Vec::new(),
            },
        }
    }

    pub(crate) fn chart(&mut self, chart: &outline::Chart, into: &mut Vec<Block>) {
        let number = &chart.number;
        let whole = self.scene.question(number);
        let Some(answer) = self.answer(&whole).filter(|answer| answer.known) else { return };
        let (scale, measure) = (answer.places, answer.noun.clone().unwrap_or_default());
        let mut categories = Vec::new();
        let mut series = Vec::new();
        for moment in [Some(number.moment), chart.beside].into_iter().flatten() {
            let at = self.scene.question_at(&number.figure, moment);
            let value = |question: &Question| {
                self.answer(question).filter(|answer| answer.known).and_then(|answer| answer.amount(&number.part))
            };
            let (labels, amounts): (Vec<String>, Vec<Option<i64>>) = match &chart.by {
                By::Month => self
                    .scene
                    .months(moment)
                    .into_iter()
                    .map(|(month, window)| {
                        (format!("T{}", month.window().from.month()), value(&Question { window, ..at.clone() }))
                    })
                    .unzip(),
                By::Unit => self
                    .scene
                    .below()
                    .into_iter()
                    .map(|unit| (self.scene.name(unit), value(&Question { unit: unit.0, ..at.clone() })))
                    .unzip(),
                By::Part(by) => {
                    let sums = self.answer(&at).map(|answer| answer.by(by)).unwrap_or_default();
                    let words = self.known_words(&number.figure, by).into_iter();
                    words.map(|(word, label)| (label, sums.get(&word).copied())).unzip()
                }
            };
            if categories.is_empty() {
                categories = labels;
            }
            let name = crate::draft::cased(self.scene.period_of(moment).label().vi, true);
            series.push(Series { name, amounts });
        }
        let kind = if chart.by == By::Month { ChartKind::Bar } else { ChartKind::Across };
        into.push(Block::Chart(Chart { title: chart.title.clone(), kind, scale, measure, categories, series }));
    }

    pub(crate) fn targets(&mut self, programme: Option<&str>, into: &mut Vec<Block>) {
        let href = self.targets_href();
        let rows: Vec<Row> = self
            .targets_of(programme)
            .into_iter()
            .enumerate()
            .map(|(place, target)| {
                let order = i64::try_from(place + 1).unwrap_or_default();
                let standing = match target.standing {
                    Standing::Met => "đạt".to_owned(),
                    Standing::NotMet if target.missing > 0 => {
                        format!("chưa đạt, thiếu {}", grouped(i64::try_from(target.missing).unwrap_or_default()))
                    }
                    Standing::NotMet => "chưa đạt".to_owned(),
                    Standing::NoData => NO_DATA.to_owned(),
                };
                Row::new(vec![
                    vec![Inline::text(grouped(order))],
                    vec![Inline::text(&target.label)],
                    vec![Inline::text(&target.bar)],
                    vec![Inline::figure(&target.shown, Some(href.clone()))],
                    vec![Inline::text(standing)],
                ])
            })
            .collect();
        if rows.is_empty() {
            return;
        }
        let centered = |head: &str, share| papers::Column { align: Align::Center, ..papers::Column::new(head, share) };
        into.push(Block::Table(Table {
            caption: Some(format!("Kết quả thực hiện chỉ tiêu {}", self.scene.period.label().vi)),
            columns: vec![
                centered("TT", 1),
                papers::Column::new("Chỉ tiêu", 8),
                centered("Mức giao", 2),
                centered("Kết quả", 3),
                centered("Đánh giá", 2),
            ],
            rows,
            ..Table::default()
        }));
    }
}

/// What one row of a breakdown stands for.
enum Line {
    Unit(i64),
    Days(calendar::Window),
    Word(String, String),
}

/// Plain digits; of a share how many of how many.
fn in_table(answer: &Answer, number: &Number) -> String {
    let amount = answer.amount(&number.part).unwrap_or_default();
    match answer.of.filter(|_| number.part.is_empty()) {
        Some(of) => format!("{}/{}", grouped(amount), grouped(of)),
        None if number.part.is_empty() && amount != 0 && answer.number.contains(char::is_alphabetic) => {
            answer.number.clone()
        }
        None => decimal(amount, answer.places),
    }
}

fn explain(unknown: bool, into: &mut Vec<Block>) {
    if unknown {
        let text = "Ghi chú: “…” là chưa có số liệu; “0” là đã xác nhận không phát sinh.";
        into.push(Block::Paragraph { text: vec![Inline::italic(text)] });
    }
}
