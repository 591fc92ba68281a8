//! Checks of outlines: every figure, part, unit of the head and target that the text names is there, and fits where it stands.

use kernel::Refusal;

use super::{Sheet, derived::terms};
use crate::{
    fault::Faults,
    formula::{Formula, Take, Term},
    outline::{By, Condition, Form, Number, Outline, PARTS, Piece, Span, TableRow, spans_of, walk},
    read::{AnyFigure, Pack},
};

pub(super) fn check(pack: &Pack, faults: &mut Faults<'_>) {
    for (name, body) in &pack.outline_parts {
        let mut reader = Reader { sheet: Sheet { pack, path: format!("{PARTS}{name}.md"), faults } };
        reader.slots(body);
        reader.body(body);
        walk(body, false, &mut |piece| {
            if let Piece::Part { line, .. } = piece {
                reader.sheet.fault_on(*line, Refusal::new("pack.outline_part_in_part"));
            }
        });
    }
    for outline in pack.outlines.values() {
        let path = format!("outlines/{}.md", outline.head.id);
        let mut reader = Reader { sheet: Sheet { pack, path, faults } };
        reader.head(outline);
        reader.slots(&outline.body);
        reader.body(&outline.body);
    }
}

struct Reader<'p, 's, 'f> {
    sheet: Sheet<'p, 's, 'f>,
}

impl Reader<'_, '_, '_> {
    fn head(&mut self, outline: &Outline) {
        let (pack, head) = (self.sheet.pack, &outline.head);
        if head.label.vi.trim().is_empty() {
            self.sheet.fault_on(self.sheet.line_of("label"), Refusal::new("pack.no_label").with("id", &head.id));
        }
        for (key, list, words) in [("levels", "level", &head.levels), ("body", "body", &head.body)] {
            let known = pack.kinds.get(list).cloned().unwrap_or_default();
            for word in words.iter().filter(|word| !known.contains(word)) {
                self.sheet.unknown_on(
                    self.sheet.line_of(key),
                    "pack.unknown_kind",
                    word,
                    known.iter().map(String::as_str),
                );
            }
            if words.is_empty() {
                self.sheet.fault_on(self.sheet.line_of(key), Refusal::new("pack.outline_for_nobody").with("key", key));
            }
        }
        if let Some(due) = head.due.as_ref().filter(|due| !pack.law.limits.contains_key(*due)) {
            self.sheet.unknown_on(
                self.sheet.line_of("due"),
                "pack.unknown_limit",
                due,
                pack.law.limits.keys().map(String::as_str),
            );
        }
        if head.owed.iter().any(|kind| !head.periods.contains(kind)) {
            self.sheet.fault_on(self.sheet.line_of("owed"), Refusal::new("pack.owed_period"));
        }
        if let Err(refusal) = pack.law.regime(&head.regime, kernel::Day::MAX)
            && refusal.key == "calendar.unknown_regime"
        {
            self.sheet.fault_on(self.sheet.line_of("regime"), refusal);
        }
        let same = |other: &&Outline| {
            other.head.report == head.report && other.head.levels.iter().any(|level| head.levels.contains(level))
        };
        if let Some(other) = pack.outlines.values().take_while(|other| other.head.id != head.id).find(same) {
            let refusal = Refusal::new("pack.outline_twice").with("report", &head.report);
            self.sheet.fault_on(self.sheet.line_of("levels"), refusal.with("other", &other.head.id));
        }
        let sentences = [&outline.about, &outline.symbol].into_iter().chain(&outline.recipients).chain(&outline.to);
        if sentences.flatten().any(|span| !matches!(span, Span::Text { .. } | Span::Word { .. })) {
            self.sheet.fault_on(self.sheet.line_of("about"), Refusal::new("pack.outline_number_in_head"));
        }
    }

    /// Ids that are no ids, or stand twice; what a part holds stands where the part is named, and its ids are checked with the part.
    fn slots(&mut self, body: &[Piece]) {
        let mut seen: Vec<&str> = Vec::new();
        let take = |sheet: &mut Sheet<'_, '_, '_>, line: usize, id: &'_ str, own: bool, twice: bool| {
            if twice {
                sheet.fault_on(line, Refusal::new("pack.twice").with("id", id));
            }
            let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if own && (id.is_empty() || !id.chars().all(letters)) {
                let right = kernel::text::slug(id).replace('-', "_");
                sheet.fault_on(line, Refusal::new("pack.bad_id").with("id", id).with("right", right));
            }
        };
        walk(body, false, &mut |piece| match piece {
            Piece::Slot(slot) => {
                take(&mut self.sheet, slot.line, &slot.id, true, seen.contains(&slot.id.as_str()));
                seen.push(&slot.id);
            }
            Piece::Part { line, body, .. } => walk(body, true, &mut |piece| {
                if let Piece::Slot(slot) = piece {
                    take(&mut self.sheet, *line, &slot.id, false, seen.contains(&slot.id.as_str()));
                    seen.push(&slot.id);
                }
            }),
            _ => {}
        });
    }

    fn body(&mut self, body: &[Piece]) {
        let pack = self.sheet.pack;
        let mut spans = Vec::new();
        walk(body, false, &mut |piece| spans_of(piece, &mut |span| spans.push(span)));
        for span in spans {
            match span {
                Span::Number(number) => self.number(number),
                Span::TargetsMet { line, programme } => self.programme(*line, programme.as_deref()),
                Span::If { when, .. } => self.condition(when),
                Span::Text { .. } | Span::Word { .. } => {}
            }
        }
        walk(body, false, &mut |piece| match piece {
            Piece::If { when, .. } => self.condition(when),
            Piece::Targets { line, programme, .. } => self.programme(*line, programme.as_deref()),
            Piece::Table(table) => {
                for row in &table.rows {
                    if let TableRow::Figure { number, .. } = row {
                        self.number(number);
                    }
                }
            }
            Piece::Break(breakdown) => {
                for number in &breakdown.numbers {
                    self.number(number);
                    self.by(number, &breakdown.by);
                }
            }
            Piece::Chart(chart) => {
                self.number(&chart.number);
                self.by(&chart.number, &chart.by);
            }
            Piece::Heading { .. }
            | Piece::Paragraph(_)
            | Piece::List(_)
            | Piece::Slot(_)
            | Piece::Part { .. }
            | Piece::Annex(_) => {}
            Piece::Tasks { line, also } => {
                let mut known: Vec<&str> = pack.outlines.values().map(|one| one.head.report.as_str()).collect();
                known.dedup();
                for name in also.iter().filter(|name| !known.contains(&name.as_str())) {
                    self.sheet.unknown_on(*line, "pack.unknown_report", name, known.iter().copied());
                }
            }
        });
    }

    fn programme(&mut self, line: usize, programme: Option<&str>) {
        let pack = self.sheet.pack;
        if let Some(programme) = programme.filter(|id| !pack.programmes.contains_key(*id)) {
            self.sheet.unknown_on(
                line,
                "pack.unknown_programme",
                programme,
                pack.programmes.keys().map(String::as_str),
            );
        }
    }

    fn number(&mut self, number: &Number) {
        let pack = self.sheet.pack;
        let whole = match pack.figure(&number.figure) {
            None => {
                let known = pack.figure_names();
                return self.sheet.unknown_on(
                    number.line,
                    "pack.unknown_figure",
                    &number.figure,
                    known.iter().map(String::as_str),
                );
            }
            Some(AnyFigure::Counted(..)) => false,
            Some(AnyFigure::Derived(figure)) => {
                if let Some((by, _)) = number.part.first() {
                    self.sheet.unknown_on(number.line, "pack.unknown_part", by, std::iter::empty());
                }
                figure.formula.is_none()
            }
        };
        if matches!(number.form, Form::Percent | Form::Reached) && !whole {
            let refusal = Refusal::new("pack.outline_not_a_share").with("figure", &number.figure);
            self.sheet.fault_on(number.line, refusal.with("form", number.form.name()));
        }
        if let Some(by) = &number.list {
            self.by(number, &By::Part(by.clone()));
        }
        for part in &number.part {
            let term = Term { figure: number.figure.clone(), take: Take::Window, part: Some(part.clone()) };
            if !matches!(pack.figure(&number.figure), Some(AnyFigure::Derived(_))) {
                self.formula(number.line, &Formula::Term(term));
            }
        }
    }

    /// A breakdown goes by something that the figure has.
    fn by(&mut self, number: &Number, by: &By) {
        let By::Part(by) = by else { return };
        match self.sheet.pack.figure(&number.figure) {
            Some(AnyFigure::Counted(_, figure)) if !figure.by.contains(by) => {
                let known = figure.by.iter().map(String::as_str).chain(["unit", "month"]);
                self.sheet.unknown_on(number.line, "pack.unknown_part", by, known);
            }
            Some(AnyFigure::Derived(_)) => {
                self.sheet.unknown_on(number.line, "pack.unknown_part", by, ["unit", "month"].into_iter());
            }
            _ => {}
        }
    }

    fn condition(&mut self, when: &Condition) {
        match when {
            Condition::Targets | Condition::Tasks | Condition::Theme => {}
            Condition::Has(number) | Condition::Any(number) => self.number(number),
            Condition::Holds { line, text, formula } => {
                self.formula(*line, formula);
                if !formula.is_condition() {
                    self.sheet.fault_on(*line, Refusal::new("pack.each_not_condition").with("expression", text));
                }
                if let Some(term) = formula.terms().into_iter().find(|term| term.take != Take::Window) {
                    self.sheet.fault_on(*line, Refusal::new("pack.outline_take").with("figure", &term.figure));
                }
            }
        }
    }

    /// What a formula names, said at the line of the text instead of an element of TOML.
    fn formula(&mut self, line: usize, formula: &Formula) {
        let before = self.sheet.faults.found.len();
        terms(&mut self.sheet, &[], formula);
        let file = self.sheet.faults.source.file(&self.sheet.path);
        for fault in &mut self.sheet.faults.found[before..] {
            (fault.file, fault.line) = (file.clone(), line);
        }
    }
}
