//! From rows of sheets to drafts of records: what is no row is left out, cells become the texts that a form would have sent.

use std::collections::HashMap;

use indexmap::IndexMap;
use kernel::{Day, Refusal, number_day, parse_day, show_day, text::fold, text::tidy};
use pack::register::{Field, FieldType, Register};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    Terms,
    columns::Target,
    mapping::{Mapping, Mappings},
    sheet::{Cell, MAX_ROWS, Row, Sheet, grouped_size},
};
use crate::{
    fill::{Input, RowInput},
    house::Snapshot,
    value::Directory,
};

/// What one row says, not yet believed.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Its number on the first sheet.
    pub(super) row: u32,
    pub(super) handle: Option<String>,
    /// How the row writes its book; where it does not, what was said of the whole file holds.
    pub(super) unit_text: String,
    /// Its book: read as of its own day.
    pub(super) unit: Result<Option<i64>, Refusal>,
    pub(super) input: Input,
    pub(super) steps: Vec<Given>,
    /// The numbers of its child rows on their own sheets, in the order of `input.rows`.
    pub(super) children: IndexMap<String, Vec<u32>>,
    /// The child rows that stand on the first sheet: one beside others that the record may have.
    pub(super) inline: Vec<String>,
    /// By what the row is known when it comes again.
    pub(super) key: String,
}

/// The days on which a step took place.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) step: String,
    pub(super) text: String,
    /// Read from the step's date field, because the file has no column for the step.
    pub(super) inferred: bool,
}

/// Rows that are none: counted, so that nothing is passed over in silence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Without anything in a column that is known.
    pub empty: usize,
    /// "Cộng", "Tổng số".
    pub totals: usize,
    /// "I. Huyện Thủy Nguyên".
    pub groups: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Orphan {
    pub(super) rows: String,
    pub(super) row: u32,
    pub(super) column: String,
    pub(super) value: String,
}

#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) rows: Vec<Draft>,
    pub(super) skipped: Skipped,
    /// Child rows whose row is not there.
    pub(super) orphans: Vec<Orphan>,
}

/// Reads all rows of all sheets.
pub(super) fn read(
    snapshot: &Snapshot,
    register: &Register,
    sheets: &[Sheet],
    mappings: &Mappings,
    terms: &Terms,
    today: Day,
) -> Result<Drafts, Refusal> {
    let mut found = Drafts::default();
    let mut by_handle: HashMap<String, usize> = HashMap::new();
    let mut by_row: HashMap<u32, usize> = HashMap::new();
    let main = &mappings.main;
    let rows = sheets.get(main.sheet).and_then(|sheet| sheet.rows.get(main.first..)).unwrap_or_default();
    for row in rows {
        if passed_over(row, main, &mut found.skipped) {
            continue;
        }
        if found.rows.len() == MAX_ROWS {
            return Err(Refusal::new("import.too_many_rows").with("most", grouped_size(MAX_ROWS)));
        }
        let draft = draft(register, row, mappings);
        by_row.insert(row.number, found.rows.len());
        if let Some(handle) = &draft.handle {
            by_handle.insert(handle.clone(), found.rows.len());
        }
        found.rows.push(draft);
    }
    for (id, mapping) in &mappings.children {
        let Some(rows) = register.rows(id) else { continue };
        let sheet = &sheets[mapping.sheet];
        for row in sheet.rows.get(mapping.first..).unwrap_or_default() {
            if passed_over(row, mapping, &mut found.skipped) {
                continue;
            }
            let handle = handle(mapping.cell(row, &Target::Handle));
            let tie = mapping.cell(row, &Target::Tie).text();
            let place = handle.as_ref().and_then(|handle| by_handle.get(handle)).or_else(|| {
                let number = tie.trim().replace('.', "").parse::<u32>().ok()?;
                by_row.get(&number)
            });
            let Some(place) = place else {
                let (column, value) = match handle {
                    Some(handle) => (Target::Handle, handle),
                    None => (Target::Tie, tie),
                };
                let column = format!("{}: {}", rows.label.vi, mapping.header(&column).unwrap_or_default());
                found.orphans.push(Orphan { rows: id.clone(), row: row.number, column, value });
                continue;
            };
            let draft = &mut found.rows[*place];
            let keep_blank = draft.handle.is_some();
            let fields = child_fields(&rows.fields, id, row, mapping, keep_blank);
            draft.input.rows.entry(id.clone()).or_default().push(RowInput { n: None, fields });
            draft.children.entry(id.clone()).or_default().push(row.number);
        }
    }
    settle(snapshot, register, terms, today, &mut found.rows);
    Ok(found)
}

fn draft(register: &Register, row: &Row, mappings: &Mappings) -> Draft {
    let main = &mappings.main;
    let mut draft = Draft {
        row: row.number,
        handle: handle(main.cell(row, &Target::Handle)),
        unit_text: tidy(&main.cell(row, &Target::Unit).text()),
        unit: Ok(None),
        input: Input::default(),
        steps: Vec::new(),
        children: IndexMap::new(),
        inline: Vec::new(),
        key: String::new(),
    };
    let keep_blank = draft.handle.is_some();
    for field in &register.fields {
        if let Some(place) = main.place(&Target::Field(field.id.clone())) {
            let text = row.cells.get(place).map(|cell| field_text(field, cell)).unwrap_or_default();
            if keep_blank || !text.trim().is_empty() {
                draft.input.fields.insert(field.id.clone(), text);
            }
        }
    }
    for step in &register.steps {
        let target = Target::Step(step.id.clone());
        let given = if main.place(&target).is_some() {
            Some((days_text(main.cell(row, &target)), false))
        } else {
            // A step that leaves the state as it is took place only where somebody says so.
            let moves = step.to.as_ref().is_some_and(|to| !step.from.contains(to));
            let day = step.day.as_ref().filter(|_| moves).and_then(|day| draft.input.fields.get(day));
            day.map(|day| (day.clone(), true))
        };
        if let Some((text, inferred)) = given.filter(|(text, _)| !text.trim().is_empty()) {
            draft.steps.push(Given { step: step.id.clone(), text, inferred });
        }
    }
    for given in draft.steps.iter().filter(|given| !given.inferred) {
        let day = register.step(&given.step).and_then(|step| step.day.as_ref());
        if let (Some(day), Some(last)) = (day, given.text.split(';').next_back()) {
            let known = draft.input.fields.entry(day.clone()).or_default();
            if known.trim().is_empty() {
                last.trim().clone_into(known);
            }
        }
    }
    for rows in &register.rows {
        // A sheet of its own says all child rows; what stands beside the record's own fields is one of them.
        if mappings.children.contains_key(&rows.id) {
            draft.input.rows.entry(rows.id.clone()).or_default();
        }
        let fields = child_fields(&rows.fields, &rows.id, row, main, false);
        if !fields.is_empty() {
            draft.input.rows.entry(rows.id.clone()).or_default().push(RowInput { n: None, fields });
            draft.children.entry(rows.id.clone()).or_default().push(row.number);
            if !mappings.children.contains_key(&rows.id) {
                draft.inline.push(rows.id.clone());
            }
        }
    }
    draft
}

fn child_fields(
    fields: &[Field],
    rows: &str,
    row: &Row,
    mapping: &Mapping,
    keep_blank: bool,
) -> IndexMap<String, String> {
    let texts = fields.iter().filter_map(|field| {
        let place = mapping.place(&Target::Child(rows.to_owned(), field.id.clone()))?;
        let text = row.cells.get(place).map(|cell| field_text(field, cell)).unwrap_or_default();
        (keep_blank || !text.trim().is_empty()).then(|| (field.id.clone(), text))
    });
    texts.collect()
}

fn handle(cell: &Cell) -> Option<String> {
    let text = cell.text().trim().to_ascii_lowercase();
    (!text.is_empty()).then_some(text)
}

/// Looks the units up, each as of its row's own day, and gives each row the key by which it is known again.
fn settle(snapshot: &Snapshot, register: &Register, terms: &Terms, today: Day, drafts: &mut [Draft]) {
    let mut units: HashMap<(String, Day), Result<i64, Refusal>> = HashMap::new();
    let mut met: HashMap<String, usize> = HashMap::new();
    for draft in drafts {
        let field_day = |field: &str| draft.input.fields.get(field).and_then(|text| parse_day(text).ok());
        let day = field_day(&register.day).or_else(|| register.planned.as_deref().and_then(field_day)).unwrap_or(today);
        let written = Some(&draft.unit_text).filter(|text| !text.is_empty()).or(terms.unit.as_ref());
        draft.unit = match written {
            None => Ok(None),
            Some(text) => {
                let known = units.entry((text.clone(), day));
                known.or_insert_with_key(|(text, day)| snapshot.unit(text, *day)).clone().map(Some)
            }
        };
        let said = digest(register, draft);
        let times = met.entry(said.clone()).or_default();
        *times += 1;
        // What comes from the national database is known again by its code there, whatever else the row says.
        draft.key = match national_code(register, draft) {
            Some(code) => format!("{NATIONAL}{code}"),
            None => format!("r:{said}:{times}"),
        };
    }
}

/// The field of a record's code in the national database, and how a row with one is known again.
pub(super) const NATIONAL_CODE: &str = "national_code";
pub(super) const NATIONAL: &str = "n:";

fn national_code(register: &Register, draft: &Draft) -> Option<String> {
    register.field(NATIONAL_CODE)?;
    let code = kernel::text::tidy(draft.input.fields.get(NATIONAL_CODE)?);
    (!code.is_empty()).then_some(code)
}

/// The hash of what a row says. Private fields are left out: their texts are few enough to be guessed from a hash.
fn digest(register: &Register, draft: &Draft) -> String {
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        hasher.update(text.as_bytes());
        hasher.update([0]);
    };
    add(&register.id);
    add(&draft.unit.as_ref().ok().copied().flatten().unwrap_or_default().to_string());
    let public = |id: &str| register.field(id).is_none_or(|field| !field.private);
    let mut say = |fields: &IndexMap<String, String>| {
        let mut fields: Vec<_> = fields.iter().filter(|(id, text)| public(id) && !text.trim().is_empty()).collect();
        fields.sort();
        for (id, text) in fields {
            add(id);
            add(&tidy(text));
        }
        add("");
    };
    say(&draft.input.fields);
    say(&draft.steps.iter().map(|given| (given.step.clone(), given.text.clone())).collect());
    let mut rows: Vec<_> = draft.input.rows.iter().collect();
    rows.sort_by_key(|(id, _)| *id);
    for (id, rows) in rows {
        for row in rows {
            say(&IndexMap::from([(String::new(), id.clone())]));
            say(&row.fields);
        }
    }
    data_encoding::HEXLOWER.encode(&hasher.finalize()[..16])
}

const TOTALS: [&str; 9] =
    ["cong", "tong", "tong cong", "tong so", "cong chung", "tong chung", "toan tinh", "toan thanh pho", "total"];

fn passed_over(row: &Row, mapping: &Mapping, skipped: &mut Skipped) -> bool {
    let filled: Vec<(usize, &Cell)> = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
    let known = |place: usize| mapping.columns.get(place).is_some_and(|column| column.target != Target::Nothing);
    if is_total(&filled) {
        skipped.totals += 1;
    } else if is_group(&filled, mapping) {
        skipped.groups += 1;
    } else if !filled.iter().any(|(place, _)| known(*place)) {
        skipped.empty += 1;
    } else {
        return false;
    }
    true
}

/// A line of sums: the word, and numbers.
fn is_total(filled: &[(usize, &Cell)]) -> bool {
    let word = |cell: &Cell| match cell {
        Cell::Text(text) => {
            let text = fold(text.trim().trim_end_matches([':', '.']));
            TOTALS.contains(&text.as_str()) || text.starts_with("tong cong")
        }
        _ => false,
    };
    let number = |cell: &Cell| match cell {
        Cell::Number(_) | Cell::Share(_) => true,
        Cell::Text(text) => text.chars().all(|c| c.is_ascii_digit() || " .,%-/".contains(c)),
        _ => false,
    };
    let Some(at) = filled.iter().take(3).position(|(_, cell)| word(cell)) else { return false };
    filled.iter().enumerate().all(|(place, (_, cell))| place == at || number(cell))
}

/// A line that only names what follows.
fn is_group(filled: &[(usize, &Cell)], mapping: &Mapping) -> bool {
    let wanted = mapping.columns.iter().filter(|column| column.target != Target::Nothing).count();
    if wanted < 3 {
        return false;
    }
    match filled {
        [(place, Cell::Text(text))] if mapping.is_running_number(*place) => text.trim().parse::<u32>().is_err(),
        [(_, Cell::Text(text))] => is_heading(text),
        [(place, Cell::Text(number)), (_, Cell::Text(_))] if mapping.is_running_number(*place) => {
            is_ordinal(number.trim().trim_end_matches(['.', ')', '/']))
        }
        _ => false,
    }
}

/// `I`, `IV`, `A`: numbers of parts, not of rows.
fn is_ordinal(text: &str) -> bool {
    let roman = text.chars().all(|c| "IVXL".contains(c));
    !text.is_empty() && (roman || (text.len() == 1 && text.chars().all(|c| c.is_ascii_uppercase())))
}

fn is_heading(text: &str) -> bool {
    const KINDS: [&str; 11] = [
        "huyen ",
        "quan ",
        "thi xa ",
        "thanh pho ",
        "xa ",
        "phuong ",
        "thi tran ",
        "dac khu ",
        "khoi ",
        "nhom ",
        "cap ",
    ];
    let text = text.trim();
    let numbered = text.split_once(['.', ')', '/']).is_some_and(|(number, _)| is_ordinal(number.trim()));
    let folded = fold(text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters > 3 && !text.chars().any(char::is_lowercase);
    numbered || shouted || KINDS.iter().any(|kind| folded.starts_with(kind))
}

/// A cell as the text that its field reads: a spreadsheet keeps days as numbers and drops the zero of telephones.
fn field_text(field: &Field, cell: &Cell) -> String {
    match (field.kind, cell) {
        (FieldType::Date, Cell::Number(_) | Cell::Text(_)) => days_text(cell),
        (FieldType::Month, Cell::Day(day)) => month_text(*day),
        (FieldType::Month, Cell::Number(number)) => serial(*number).map_or_else(|| cell.text(), month_text),
        (FieldType::Month, Cell::Text(text)) => parse_day(text).map_or_else(|_| text.clone(), month_text),
        (FieldType::Year, Cell::Day(day)) => day.year().to_string(),
        (FieldType::Phone, Cell::Number(_)) => {
            let digits = cell.text();
            if digits.len() == 9 && !digits.starts_with('0') { format!("0{digits}") } else { digits }
        }
        (FieldType::Text | FieldType::LongText, Cell::Flag(flag)) => flag.to_string(),
        _ => cell.text(),
    }
}

fn month_text(day: Day) -> String {
    format!("{:02}/{}", day.month(), day.year())
}

/// One day or several, parted by `;`.
fn days_text(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => serial(*number).map_or_else(|| cell.text(), show_day),
        Cell::Text(text) => {
            let bare = |text: &str| {
                let text = text.trim();
                // `31/12/2021 00:00`, `2021-12-31T00:00:00`
                let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
                let timed = !time.is_empty() && time.bytes().all(|b| b.is_ascii_digit() || b":.Z".contains(&b));
                if timed { day.to_owned() } else { text.to_owned() }
            };
            text.split(';').map(bare).filter(|day| !day.is_empty()).collect::<Vec<_>>().join("; ")
        }
        _ => cell.text(),
    }
}

/// The day of a serial number, from 1955 to 2119: what a cell holds that lost its date format.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn serial(number: f64) -> Option<Day> {
    const EPOCH: i64 = 25_569;
    (20_000.0..80_000.0).contains(&number).then(|| number_day(number.floor() as i64 - EPOCH))
}
