//! Lists of a register: what is asked for (kept in the address); `find` finds it quickly whatever the register's size.

mod find;
mod named;
mod scope;
mod waiting;

pub use find::Book;
pub use named::{named, search_query, search_words};
pub use scope::{Scope, Scopes};
pub use waiting::{Waiting, due, open_counts};

use kernel::{Day, Id, Refusal, text};
use pack::register::{Field, FieldType, Register};
use web::Fields;

use crate::{Record, Snapshot, store::list::SLOTS, value::Directory as _};

/// Counts above this are shown as "hơn 1.000".
pub const BOUND: i64 = 1_000;

/// The great division of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Something is still expected of them.
    Open,
    Overdue,
    #[default]
    All,
    Void,
}

impl View {
    pub const EACH: [View; 4] = [View::Open, View::Overdue, View::All, View::Void];

    pub fn id(self) -> &'static str {
        match self {
            View::Open => "open",
            View::Overdue => "overdue",
            View::All => "all",
            View::Void => "void",
        }
    }

    /// Those that a register has: without states nothing is open, without clocks nothing overdue.
    pub fn of(register: &Register) -> Vec<View> {
        let open = register.states.iter().any(|state| state.last);
        let due = !register.clocks.is_empty();
        View::EACH
            .into_iter()
            .filter(|view| match view {
                View::Open => open,
                View::Overdue => due,
                View::All | View::Void => true,
            })
            .collect()
    }
}

/// What sorts a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum By {
    #[default]
    Day,
    Number,
    Due,
    Recorded,
    Title,
    Field(String),
}

/// A condition on an indexed field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub field: String,
    /// The names in the address that carry it: to take it away.
    pub names: Vec<String>,
    /// As it is read.
    pub shown: String,
    low: Bound,
    high: Bound,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Bound {
    Number(i64),
    /// A choice, topic or other word, interned.
    Word(String),
}

/// What a list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub view: View,
    pub text: String,
    pub state: Option<String>,
    pub unit: Option<i64>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub year: Option<i16>,
    pub conditions: Vec<Condition>,
    pub by: By,
    pub falling: bool,
    pub after: Option<Id>,
    pub limit: i64,
}

/// A page of a list.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub records: Vec<Record>,
    /// The last of this page, if there are more.
    pub next: Option<Id>,
}

/// A count, and whether it went to the end.
pub type Counted = (i64, bool);

impl Asked {
    /// Everything, newest first.
    pub fn all(limit: i64) -> Self {
        Self { falling: true, limit, ..Self::default() }
    }

    /// Reads the address. What cannot be read is left out and told.
    pub fn read(snapshot: &Snapshot, register: &Register, query: &Fields, today: Day) -> (Self, Vec<Refusal>) {
        let mut told = Vec::new();
        let mut day = |name: &str| {
            let text = query.maybe(name)?;
            kernel::parse_day(text).map_err(|refusal| told.push(refusal.at(name.to_owned()))).ok()
        };
        let (from, to) = (day("from"), day("to"));
        let views = View::of(register);
        let view = query.maybe("view").and_then(|id| views.iter().copied().find(|view| view.id() == id));
        let sort = query.get("sort");
        let (falling, name) = sort.strip_prefix('-').map_or((false, sort), |name| (true, name));
        let (by, falling) = match name {
            "day" => (By::Day, falling),
            "number" => (By::Number, falling),
            "due" => (By::Due, falling),
            "recorded" => (By::Recorded, falling),
            "title" => (By::Title, falling),
            other => match other.strip_prefix("f.").and_then(|id| register.field(id)) {
                Some(field) if sortable(field) => (By::Field(field.id.clone()), falling),
                _ => (By::Day, true),
            },
        };
        let unit = query
            .maybe("unit")
            .and_then(|text| snapshot.unit(text, today).map_err(|refusal| told.push(refusal.at("unit"))).ok());
        let mut conditions = Vec::new();
        for field in register.fields.iter().filter(|field| field.index && !field.private) {
            match condition(snapshot, field, query, today) {
                Ok(Some(_)) if conditions.len() == SLOTS => {
                    told.push(Refusal::new("record.too_many_filters").with("most", SLOTS));
                }
                Ok(condition) => conditions.extend(condition),
                Err(refusal) => told.push(refusal),
            }
        }
        let limit = query.maybe("rows").and_then(|rows| rows.parse().ok()).filter(|rows| [25, 50, 100].contains(rows));
        let asked = Self {
            view: view.unwrap_or(views[0]),
            text: text::tidy(query.get("q")),
            state: query.maybe("state").filter(|state| register.state(state).is_some()).map(str::to_owned),
            unit,
            from,
            to,
            year: query.maybe("year").and_then(|year| year.parse().ok()).filter(|year| (1945..=2200).contains(year)),
            conditions,
            by,
            falling,
            after: query.maybe("after").and_then(|after| after.parse().ok()),
            limit: limit.unwrap_or(50),
        };
        (asked, told)
    }

    /// It narrows its view.
    pub fn is_filtered(&self) -> bool {
        !self.text.is_empty()
            || self.state.is_some()
            || self.unit.is_some()
            || self.from.is_some()
            || self.to.is_some()
            || self.year.is_some()
            || !self.conditions.is_empty()
    }
}

/// It can be sorted by: an amount, a day, a year, a rank. Choices have no order of their own.
pub fn sortable(field: &Field) -> bool {
    use FieldType::{Count, Date, Money, Month, Percent, Quantity, Rank, Year};
    field.index
        && !field.private
        && matches!(field.kind, Count | Date | Money | Month | Percent | Quantity | Rank | Year)
}

/// Reads a field's condition: `f.kind=complaint`, or a range `f.amount.from`, `f.amount.to`.
fn condition(
    snapshot: &Snapshot,
    field: &Field,
    query: &Fields,
    today: Day,
) -> std::result::Result<Option<Condition>, Refusal> {
    let name = format!("f.{}", field.id);
    let ends = [format!("{name}.from"), format!("{name}.to")];
    let read =
        |text: &str| crate::value::read(&snapshot.pack, snapshot, &Field { many: false, ..field.clone() }, text, today);
    if sortable(field) {
        let mut bounds = [None, None];
        let mut shown = Vec::new();
        for ((end, bound), sign) in ends.iter().zip(&mut bounds).zip(["≥", "≤"]) {
            let Some(text) = query.maybe(end) else { continue };
            let value = read(text).map_err(|refusal| refusal.at(end.clone()))?.unwrap_or_default();
            *bound = number(field, &value);
            let value = crate::value::show(&snapshot.pack, snapshot, field, &value, today, kernel::Lang::Vi);
            shown.push(format!("{sign} {value}"));
        }
        if bounds == [None, None] {
            return Ok(None);
        }
        let [low, high] = bounds;
        return Ok(Some(Condition {
            field: field.id.clone(),
            names: ends.to_vec(),
            shown: shown.join(", "),
            low: Bound::Number(low.unwrap_or(i64::MIN)),
            high: Bound::Number(high.unwrap_or(i64::MAX)),
        }));
    }
    let Some(text) = query.maybe(&name) else { return Ok(None) };
    let one = if field.kind == FieldType::Choices { FieldType::Choice } else { field.kind };
    let one = Field { kind: one, many: false, ..field.clone() };
    let value = crate::value::read(&snapshot.pack, snapshot, &one, text, today)
        .map_err(|refusal| refusal.at(name.clone()))?
        .unwrap_or_default();
    let bound = match (field.kind, &value) {
        (FieldType::YesNo, value) => Bound::Number(i64::from(value.as_bool().unwrap_or_default())),
        (FieldType::Link, value) => {
            Bound::Number(value.as_str().and_then(|handle| handle.parse::<Id>().ok()).map_or(0, |id| id.0))
        }
        (_, serde_json::Value::String(word)) => Bound::Word(word.clone()),
        (_, value) => Bound::Number(value.as_i64().unwrap_or_default()),
    };
    Ok(Some(Condition {
        field: field.id.clone(),
        names: vec![name],
        shown: crate::value::show(&snapshot.pack, snapshot, &one, &value, today, kernel::Lang::Vi),
        low: bound.clone(),
        high: bound,
    }))
}

/// A value as `attribute` holds it.
fn number(field: &Field, value: &serde_json::Value) -> Option<i64> {
    match field.kind {
        FieldType::Date => pack::document::day_of(value).map(kernel::day_number),
        FieldType::Month => pack::document::day_of(value).map(kernel::month_number),
        FieldType::Rank => value.get("rank").and_then(serde_json::Value::as_i64),
        _ => pack::document::Amount::of(value).and_then(|amount| amount.n),
    }
}
