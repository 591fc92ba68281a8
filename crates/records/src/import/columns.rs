//! The columns of a register's sheet, the same for import, export and template, and the names by which a header may call them.

use kernel::{Label, Lang, text::fold};
use pack::register::{Field, FieldType, Register, Rows};
use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Handle,
    Unit,
    /// Of a sheet of child rows: the number of the row, on the first sheet, that they belong to.
    Tie,
    /// The day on which a step took place.
    Step(String),
    Field(String),
    /// A field of child rows: `opinion`, `text`. On the first sheet it makes one child row.
    Child(String, String),
    /// A running number, or what nobody asked for.
    Nothing,
}

/// One column and its label.
#[derive(Clone, Debug)]
pub struct Column<'r> {
    pub target: Target,
    pub label: Label,
    pub field: Option<&'r Field>,
}

impl Target {
    /// The name by which a header or a mapping may call it: `handle`, `held_on`, `step:hold`, `opinion.text`.
    pub fn id(&self) -> String {
        match self {
            Target::Handle => "handle".to_owned(),
            Target::Unit => "unit".to_owned(),
            Target::Tie => "row".to_owned(),
            Target::Step(step) => format!("step:{step}"),
            Target::Field(field) => field.clone(),
            Target::Child(rows, field) => format!("{rows}.{field}"),
            Target::Nothing => String::new(),
        }
    }
}

/// The columns of the first sheet. Files and sealed identities are never in sheets; private fields only where they are asked for.
pub fn of_register(register: &Register, private: bool) -> Vec<Column<'_>> {
    let mut columns = vec![
        Column { target: Target::Handle, label: both("Mã hồ sơ", "Handle"), field: None },
        Column { target: Target::Unit, label: both("Đơn vị", "Unit"), field: None },
    ];
    for field in register.fields.iter().filter(|field| in_sheets(field) && !field.sealed && (private || !field.private))
    {
        let target = Target::Field(field.id.clone());
        columns.push(Column { target, label: field.label.clone(), field: Some(field) });
    }
    for step in &register.steps {
        let en = step.label.en.as_ref().map(|en| format!("Day: {en}"));
        let label = Label { vi: format!("Ngày: {}", step.label.vi), en };
        columns.push(Column { target: Target::Step(step.id.clone()), label, field: None });
    }
    told_apart(columns)
}

/// The columns of a sheet of child rows.
pub fn of_rows(rows: &Rows) -> Vec<Column<'_>> {
    let mut columns = vec![
        Column { target: Target::Handle, label: both("Mã hồ sơ", "Handle"), field: None },
        Column { target: Target::Tie, label: both("Dòng", "Row"), field: None },
    ];
    for field in rows.fields.iter().filter(|field| in_sheets(field)) {
        let target = Target::Child(rows.id.clone(), field.id.clone());
        columns.push(Column { target, label: field.label.clone(), field: Some(field) });
    }
    told_apart(columns)
}

fn in_sheets(field: &Field) -> bool {
    field.kind != FieldType::File
}

fn both(vi: &str, en: &str) -> Label {
    Label { vi: vi.to_owned(), en: Some(en.to_owned()) }
}

/// Two columns of one name could not be read back: the later one carries its id.
fn told_apart(mut columns: Vec<Column<'_>>) -> Vec<Column<'_>> {
    for place in 1..columns.len() {
        let (before, rest) = columns.split_at_mut(place);
        let own = &mut rest[0];
        for lang in [Lang::Vi, Lang::En] {
            let same = fold(own.label.in_lang(lang));
            if before.iter().any(|other| fold(other.label.in_lang(lang)) == same) {
                let label = format!("{} [{}]", own.label.in_lang(lang), own.target.id());
                match lang {
                    Lang::Vi => own.label.vi = label,
                    Lang::En => own.label.en = Some(label),
                }
            }
        }
    }
    columns
}

impl Column<'_> {
    pub fn head(&self, lang: Lang) -> &str {
        self.label.in_lang(lang)
    }

    /// How well a header names this column: an id, a label, a usual synonym; less is better. An id is written as it is: `audience`
    /// is one, `Audience` may be the label of another.
    fn fit(&self, written: &str, header: &str) -> Option<u8> {
        let label = |label: &str| fold(label) == header;
        let id = self.target.id();
        if id == written.trim() {
            return Some(0);
        }
        if label(&self.label.vi) || self.label.en.as_deref().is_some_and(label) {
            return Some(1);
        }
        // On a sheet of their own child rows are called by the bare id of the field.
        if let Target::Child(_, field) = &self.target
            && field == written.trim()
        {
            return Some(3);
        }
        let known = match &self.target {
            Target::Handle => ["ma", "ma ban ghi", "ma ho so danvan"].contains(&header),
            Target::Unit => {
                ["ma don vi", "ten don vi", "co quan, don vi", "don vi, dia phuong", "co quan"].contains(&header)
            }
            Target::Tie => ["so dong", "dong so", "thuoc dong"].contains(&header),
            Target::Step(step) => {
                let plain = fold(&self.label.vi).replacen("ngay: ", "ngay ", 1);
                header == step || header == plain || header == format!("on.{step}")
            }
            _ => false,
        };
        (known || id == header).then_some(2)
    }
}

/// The headers of a running number, and of the column that an error file adds.
const RUNNING: [&str; 8] = ["stt", "tt", "so tt", "so thu tu", "no", "no.", "#", "loi"];

/// The column that a header names, among those still free.
pub(super) fn find<'c, 'r>(columns: &'c [Column<'r>], header: &str, taken: &[Target]) -> Option<&'c Column<'r>> {
    spellings(header).into_iter().find_map(|spelling| {
        columns
            .iter()
            .filter(|column| !taken.contains(&column.target))
            .filter_map(|column| Some((column.fit(header, &spelling)?, column)))
            .min_by_key(|(fit, _)| *fit)
            .map(|(_, column)| column)
    })
}

pub(super) fn is_running_number(header: &str) -> bool {
    spellings(header).iter().any(|header| RUNNING.contains(&header.as_str()))
}

/// A header as it stands, without marks of duty (`*`), and without what is in brackets (`(dd/mm/yyyy)`, `(km)`).
fn spellings(header: &str) -> Vec<String> {
    let clean = |text: &str| fold(text.trim().trim_matches(['*', ':', ' ', '.']));
    let mut spellings = vec![clean(header)];
    if let Some((before, _)) = header.split_once(['(', '\n']) {
        spellings.push(clean(before));
    }
    spellings.retain(|spelling| !spelling.is_empty());
    spellings
}
