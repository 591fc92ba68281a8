//! A statutory table for a unit and a period: which version stands, its days, its lines, as a sheet of the form's own heads.

use calendar::{Period, Window};
use db::{Result, Tx};
use figures::form::{Of, Sheet};
use kernel::{Lang, show_day};
use pack::form::{Column, Form};
use papers::{FormCell, FormColumn, FormLine, FormSheet};
use units::Unit;
use web::t;

use crate::{Source, read::ask};

/// A form as it reads for a unit and a period.
pub struct FilledForm<'a> {
    pub form: &'a Form,
    pub unit: Unit,
    pub period: Period,
    /// The days that the regime means by the period.
    pub window: Window,
    /// Those days have been compared with the official text.
    pub certain: bool,
    pub sheet: Sheet,
}

/// Fills a form: `name` is its id, or a code of which the period's last day chooses the version.
pub async fn fill<'a>(
    tx: &mut Tx,
    source: Source<'a>,
    name: &str,
    unit: Unit,
    period: Period,
) -> Result<FilledForm<'a>> {
    let Source { house, snapshot, heads } = source;
    let form = snapshot.pack.form(name, period.window().to)?;
    if form.register.is_some() {
        return Err(kernel::Refusal::new("form.is_a_book").with("form", &form.code).into());
    }
    let regime = snapshot.pack.law.regime(&form.regime, period.window().to)?;
    let window = regime.window(period)?;
    let at = snapshot.tree.at(snapshot.tree.last_day(unit, (window.from, window.to)));
    // Villages keep no books: a commune's form has one line.
    let smallest = at.is_body(unit) || at.level(unit) >= snapshot.tree.kinds().level("commune");
    let below = if smallest { Vec::new() } else { at.children(unit) };
    let sheet = figures::form::sheet(tx, house, snapshot, heads, ask(unit, window), form, &below).await?;
    Ok(FilledForm { form, unit, period, window, certain: regime.certain, sheet })
}

impl FilledForm<'_> {
    /// What the lines of equations that do not hold are called, and what both sides came to.
    pub fn findings(&self, source: Source<'_>, lang: Lang) -> Vec<String> {
        let told = |broken: &figures::form::Broken| {
            let line = self.name(source, lang, broken.line);
            let holds = marks(&broken.holds);
            t!(lang, "reports.form_broken", line = line, holds = holds, left = broken.left, right = broken.right)
        };
        self.sheet.broken.iter().map(told).collect()
    }

    fn name(&self, source: Source<'_>, lang: Lang, line: usize) -> String {
        let tree = &source.snapshot.tree;
        let at = tree.at(tree.last_day(self.unit, (self.window.from, self.window.to)));
        match self.sheet.lines.get(line).map(|line| line.of) {
            Some(Of::Unit(unit)) => at.title(unit),
            Some(Of::Own) => t!(lang, "reports.form_own"),
            _ if self.sheet.lines.len() == 1 => at.title(self.unit),
            _ => t!(lang, "reports.form_whole"),
        }
    }

    /// The form with its heads, as a sheet.
    pub fn face(&self, source: Source<'_>, lang: Lang) -> FormSheet {
        let tree = &source.snapshot.tree;
        let at = tree.at(tree.last_day(self.unit, (self.window.from, self.window.to)));
        let silent = self.sheet.lines.iter().filter(|line| line.silent && matches!(line.of, Of::Unit(_))).count();
        let mut notes: Vec<String> = Vec::new();
        let by_hand = marked(self.form, |column| column.by_hand);
        notes.extend((!by_hand.is_empty()).then(|| t!(lang, "reports.form_by_hand", columns = by_hand.join(", "))));
        let unsure = marked(self.form, |column| !column.certain);
        notes.extend((!unsure.is_empty()).then(|| t!(lang, "reports.form_unsure", columns = unsure.join(", "))));
        notes.extend((silent > 0).then(|| t!(lang, "reports.form_silent", count = silent)));
        notes.extend((!self.certain).then(|| t!(lang, "reports.form_days_unsure")));
        notes.extend(self.form.note.as_ref().map(|note| note.in_lang(lang).to_owned()));
        notes.extend(self.findings(source, lang));
        let days = t!(
            lang,
            "reports.form_days",
            period = self.period.label().in_lang(lang),
            from = show_day(self.window.from),
            to = show_day(self.window.to)
        );
        let cell = |value: &Option<i64>, silent: bool| match value {
            Some(amount) if !silent => FormCell::Number(*amount),
            _ => FormCell::Blank,
        };
        let line = |place: usize| {
            let line = &self.sheet.lines[place];
            FormLine {
                name: self.name(source, lang, place),
                cells: line.values.iter().map(|value| cell(value, line.silent)).collect(),
                total: line.of == Of::Whole,
            }
        };
        FormSheet {
            body: at.title(self.unit),
            code: format!("{}, {}", self.form.code, self.form.basis.in_lang(lang)),
            title: self.form.label.in_lang(lang).to_owned(),
            days,
            first: t!(lang, "reports.unit"),
            columns: self.form.columns.iter().map(column).collect(),
            lines: (0..self.sheet.lines.len()).map(line).collect(),
            notes,
        }
    }
}

fn marked(form: &Form, is: impl Fn(&Column) -> bool) -> Vec<String> {
    form.columns.iter().filter(|column| is(column)).map(|column| column.id.clone()).collect()
}

/// The mark as the form prints it: `1=4+13+22` where the column is reckoned from others.
fn column(column: &Column) -> FormColumn {
    let sum =
        column.value.as_deref().map(marks).filter(|text| text.bytes().all(|byte| b"0123456789+- ".contains(&byte)));
    let mark = sum.map_or_else(|| column.id.clone(), |sum| format!("{}={}", column.id, sum.replace(' ', "")));
    FormColumn { head: column.head.clone(), mark, width: 11 }
}

/// `c1 == c4 + c13` as the form writes it: `1 = 4 + 13`.
fn marks(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let starts = !before.is_ascii_alphanumeric() && before != '.' && before != '_';
        if !(letter == 'c' && starts && letters.peek().is_some_and(char::is_ascii_digit)) {
            shown.push(letter);
        }
        before = letter;
    }
    shown.replace("==", "=")
}
