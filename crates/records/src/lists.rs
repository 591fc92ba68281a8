//! Lists of a register: what is asked for (kept in the address), and how it is found quickly whatever its size.

mod scope;

pub use scope::{Scope, Scopes};

use db::{Result, Space, Tx, dialect};
use kernel::{Day, Id, Refusal, text};
use pack::register::{Field, FieldType, Register};
use web::Fields;

use crate::{
    House, Record, Snapshot,
    store::{
        self,
        list::{self, Drive, Order, SLOTS, Sieve, Slot},
    },
    value::Directory as _,
};

/// Counts above this are shown as "hơn 1.000".
pub const BOUND: i64 = 1_000;
/// A condition with at most so many records drives the list.
const RARE: i64 = 2_000;
/// The newest records by which a scope's share of a register is judged.
const PROBE: i64 = 200;

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

/// What drives a list, and what it lets through.
struct Plan {
    sieve: Sieve,
    drive: Drive,
    order: Order,
}

async fn plan(
    tx: &mut Tx,
    house: &House,
    snapshot: &Snapshot,
    scope: &Scope,
    register: &Register,
    asked: &Asked,
    today: Day,
) -> Result<Option<Plan>> {
    // A name that was never given stands for no record.
    let Some(id) = house.names.find(tx, Space::Register, &register.id).await? else { return Ok(None) };
    let narrowed = asked.unit.map(|unit| scope.within(snapshot, unit, today));
    let scope = narrowed.as_ref().unwrap_or(scope);
    let mut wanted: Option<Vec<&str>> = asked.state.as_deref().map(|state| vec![state]);
    if wanted.is_none() && asked.view == View::Open {
        wanted = Some(register.states.iter().filter(|state| !state.last).map(|state| state.id.as_str()).collect());
    }
    let states = match wanted {
        None => None,
        Some(wanted) => {
            let mut states = Vec::new();
            for state in wanted {
                states.extend(house.names.find(tx, Space::Word, state).await?);
            }
            Some(states)
        }
    };
    let year = |month, day| asked.year.and_then(|year| Day::new(year, month, day).ok());
    let mut slots = [Slot::default(); SLOTS];
    for (slot, condition) in slots.iter_mut().zip(&asked.conditions) {
        let Some(field) = field_id(tx, house, register, &condition.field).await? else { return Ok(None) };
        let (Some(low), Some(high)) =
            (bound(tx, house, &condition.low).await?, bound(tx, house, &condition.high).await?)
        else {
            return Ok(None);
        };
        *slot = Slot { field, low, high };
    }
    let sieve = Sieve {
        register: id,
        readers: scope.readers(tx, id).await?,
        states,
        from: asked.from.max(year(1, 1)),
        to: match (asked.to, year(12, 31)) {
            (Some(to), Some(end)) => Some(to.min(end)),
            (to, end) => to.or(end),
        },
        void: asked.view == View::Void,
        due_before: (asked.view == View::Overdue).then_some(today),
        due_from: None,
        slots,
    };
    let order = match &asked.by {
        By::Day => Order::Day,
        By::Number => Order::Number,
        By::Due => Order::Due,
        By::Recorded => Order::Recorded,
        By::Title => Order::Title,
        By::Field(field) => match field_id(tx, house, register, field).await? {
            Some(field) => Order::Field(field),
            None => Order::Day,
        },
    };
    let drive = drive(tx, scope, &sieve, asked, today).await?;
    Ok(Some(Plan { sieve, drive, order }))
}

async fn field_id(tx: &mut Tx, house: &House, register: &Register, field: &str) -> Result<Option<i64>> {
    house.names.find(tx, Space::Field, &format!("{}.{field}", register.id)).await
}

async fn bound(tx: &mut Tx, house: &House, bound: &Bound) -> Result<Option<i64>> {
    match bound {
        Bound::Number(number) => Ok(Some(*number)),
        Bound::Word(word) => house.names.find(tx, Space::Word, word).await,
    }
}

/// The rarest condition drives. Where none is rare, a scope with most of the register is walked in the register's own order, another place by
/// place: either way it is not long until a page is full.
async fn drive(tx: &mut Tx, scope: &Scope, sieve: &Sieve, asked: &Asked, today: Day) -> Result<Drive> {
    if !asked.text.is_empty() {
        let query = search_query(&asked.text, &scope.tokens());
        let found =
            if query.phrases.is_empty() { Vec::new() } else { dialect::search(tx, &query, i64::MAX, RARE).await? };
        return Ok(Drive::Named(found));
    }
    let mut rarest: Option<Vec<i64>> = None;
    let few = |ids: &Vec<i64>| i64::try_from(ids.len()).is_ok_and(|count| count <= RARE);
    if asked.view == View::Void {
        rarest = Some(list::void(tx, sieve.register, RARE + 1).await?).filter(few);
    } else if let Some(states) = sieve.states.as_ref().filter(|_| !scope.is_narrow()) {
        rarest = Some(list::stated(tx, sieve.register, states, RARE + 1).await?).filter(few);
    }
    for slot in sieve.slots.iter().filter(|slot| slot.field != 0) {
        let most = rarest.as_ref().map_or(RARE, |ids| i64::try_from(ids.len()).unwrap_or(RARE));
        let ids = list::rare(tx, sieve.register, *slot, most + 1).await?;
        if i64::try_from(ids.len()).is_ok_and(|count| count <= most) {
            rarest = Some(ids);
        }
    }
    if let ([one, other, ..], None) = (&sieve.slots, &rarest)
        && other.field != 0
        && !scope.is_narrow()
    {
        rarest = Some(list::both(tx, sieve.register, *one, *other, RARE + 1).await?).filter(few);
    }
    if asked.view == View::Overdue {
        let due = list::due(tx, &sieve.readers, scope.is_narrow(), sieve.register, today, RARE + 1).await?;
        if i64::try_from(due.len()).is_ok_and(|count| count <= RARE) {
            return Ok(Drive::Named(due.into_iter().map(|(id, ..)| id).collect()));
        }
    }
    if let Some(ids) = rarest {
        return Ok(Drive::Named(ids));
    }
    if scope.everything {
        return Ok(Drive::Wide);
    }
    let share = list::share(tx, &sieve.readers, sieve.register, PROBE).await?;
    Ok(if share * 5 >= PROBE { Drive::Wide } else { Drive::Narrow })
}

/// A page of what is asked for.
pub async fn page(
    house: &House,
    snapshot: &Snapshot,
    scope: &Scope,
    register: &Register,
    asked: &Asked,
    today: Day,
) -> Result<Found> {
    let mut tx = house.read().await?;
    let Some(plan) = plan(&mut tx, house, snapshot, scope, register, asked, today).await? else {
        return Ok(Found::default());
    };
    let limit = asked.limit + 1;
    let mut ids = list::page(&mut tx, &plan.sieve, &plan.drive, plan.order, asked.falling, asked.after, limit).await?;
    let most = usize::try_from(asked.limit).unwrap_or(usize::MAX);
    let more = ids.len() > most;
    ids.truncate(most);
    let mut records = store::find_many(&mut tx, &house.names, &ids).await?;
    records.sort_by_key(|record| ids.iter().position(|id| *id == record.id.0));
    Ok(Found { next: records.last().filter(|_| more).map(|record| record.id), records })
}

/// How many there are, up to the bound.
pub async fn count(
    house: &House,
    snapshot: &Snapshot,
    scope: &Scope,
    register: &Register,
    asked: &Asked,
    today: Day,
) -> Result<Counted> {
    let mut tx = house.read().await?;
    let Some(plan) = plan(&mut tx, house, snapshot, scope, register, asked, today).await? else {
        return Ok((0, true));
    };
    if asked.view == View::Overdue && !asked.is_filtered() && !matches!(plan.drive, Drive::Named(_)) {
        // They were too many to name.
        return Ok((BOUND, false));
    }
    let count = list::count(&mut tx, &plan.sieve, &plan.drive, BOUND + 1).await?;
    Ok((count.min(BOUND), count <= BOUND))
}

/// What a person typed, as the index is asked: words in a row are one phrase, because single syllables stand nearly everywhere; quotes begin
/// another. The last word may be unfinished unless a quote or a space ends it.
pub fn search_query(typed: &str, readers: &[String]) -> dialect::Query {
    let parts =
        typed.split(['"', '“', '”']).map(|part| text::words(part).into_iter().take(12).collect::<Vec<String>>());
    let unfinished = typed.ends_with(char::is_alphanumeric);
    dialect::Query { phrases: parts.filter(|words| !words.is_empty()).collect(), unfinished, readers: readers.to_vec() }
}

/// The same, word by word: for when the phrase is nowhere.
pub fn search_words(typed: &str, readers: &[String]) -> dialect::Query {
    let words = text::words(typed).into_iter().take(12);
    dialect::Query { phrases: words.map(|word| vec![word]).collect(), unfinished: false, readers: readers.to_vec() }
}

/// A record with a clock that runs.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: Id,
    pub register: String,
    pub due: Day,
}

/// What is due before a day, the most urgent first; bounded.
pub async fn due(house: &House, scope: &Scope, before: Day) -> Result<Vec<Waiting>> {
    let mut tx = house.read().await?;
    let readers = scope.readers(&mut tx, 0).await?;
    let rows = list::due(&mut tx, &readers, scope.is_narrow(), 0, before, BOUND + 1).await?;
    let mut waiting = Vec::with_capacity(rows.len());
    for (id, register, due) in rows {
        let register = house.names.name(&mut tx, register).await?;
        waiting.push(Waiting { id: Id(id), register, due: kernel::number_day(due) });
    }
    Ok(waiting)
}

/// How many records are open, by register: for the menu. Of a wide scope nothing is counted, because it would be counted on every page.
pub async fn open_counts(house: &House, snapshot: &Snapshot, scope: &Scope) -> Result<Vec<(String, i64)>> {
    if !scope.is_narrow() {
        return Ok(Vec::new());
    }
    let mut tx = house.read().await?;
    let (mut registers, mut states) = (Vec::new(), Vec::new());
    for register in snapshot.pack.registers.values() {
        if register.states.iter().any(|state| state.last)
            && let Some(id) = house.names.find(&mut tx, Space::Register, &register.id).await?
        {
            registers.push(id);
        }
    }
    // A word may be a last state of one register and an open one of another: then it is left to the open ones.
    let each = snapshot.pack.registers.values().flat_map(|register| &register.states);
    for state in each.filter(|state| !state.last) {
        states.extend(house.names.find(&mut tx, Space::Word, &state.id).await?);
    }
    let readers = scope.readers(&mut tx, 0).await?;
    let mut counts = Vec::new();
    for (register, count) in list::open(&mut tx, &readers, &registers, &states).await? {
        counts.push((house.names.name(&mut tx, register).await?, count));
    }
    Ok(counts)
}

/// The records of a register that a text names: a handle, `12/2026`, or words of the title.
pub async fn named(house: &House, scope: &Scope, register: &str, typed: &str, limit: i64) -> Result<Vec<Record>> {
    let mut tx = house.read().await?;
    let Some(register_id) = house.names.find(&mut tx, Space::Register, register).await? else {
        return Ok(Vec::new());
    };
    let handle = typed.split(|c: char| !c.is_ascii_alphanumeric()).find_map(|word| word.parse::<Id>().ok());
    let number = || {
        let (number, rest) = typed.split_once('/')?;
        let year: String = rest.chars().take_while(char::is_ascii_digit).collect();
        Some((number.trim().parse::<i64>().ok()?, year.parse::<i64>().ok().filter(|_| year.len() == 4)?))
    };
    let ids = if let Some(handle) = handle {
        vec![handle.0]
    } else if let Some((number, year)) = number() {
        let readers = scope.readers(&mut tx, register_id).await?;
        list::by_number(&mut tx, &readers, register_id, year, number).await?
    } else {
        let query = search_query(typed, &scope.tokens());
        if query.phrases.is_empty() { Vec::new() } else { dialect::search(&mut tx, &query, i64::MAX, 500).await? }
    };
    let found = store::find_many(&mut tx, &house.names, &ids).await?;
    let mut records = Vec::new();
    for record in found.into_iter().filter(|record| record.register == register && !record.void) {
        if scope.holds(&record) || store::parties(&mut tx, record.id).await?.contains(&scope.seat) {
            records.push(record);
        }
    }
    records.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(records)
}
