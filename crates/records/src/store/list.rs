//! SQL of lists and search results. A text is put together of three parts: what it is driven from, what it lets through, and its order.

mod views;
mod waiting;

pub(crate) use views::{add_view, drop_view, views};
pub(crate) use waiting::{due, open, party_to};

use db::{Result, Tx, Value, args};
use kernel::{Day, Id, day_number};

/// Who reads, as parameters 2 to 6; 1 is the register. Of a bit PostgreSQL expects that it is seldom one and nearly always other than zero:
/// said the second way it walks an order instead of sorting everything.
macro_rules! seen {
    () => {
        "($2 or (r.place = any($3) and ((cast($4 as bigint) >> cast(r.unit & 63 as integer)) & 1 <> 0 or r.unit = any($5))) or r.id = any($6))"
    };
}

/// The same where the place is among theirs already: said twice, PostgreSQL would reckon with far fewer than there are.
macro_rules! seen_here {
    () => {
        "($2 or (cast($4 as bigint) >> cast(r.unit & 63 as integer)) & 1 <> 0 or r.unit = any($5) or r.id = any($6))"
    };
}

/// A condition on an indexed field, looked up among the record's own. A count, other than `exists`, is never turned into a walk over all of
/// them.
macro_rules! has {
    ($field:literal, $low:literal, $high:literal) => {
        concat!(
            " and ($",
            $field,
            " = 0 or (select count(*) from attribute a where a.record = r.id and a.field = $",
            $field,
            " and a.value >= $",
            $low,
            " and a.value <= $",
            $high,
            ") > 0)"
        )
    };
}

/// What a list lets through. A plus keeps SQLite from driving by what only lets through.
macro_rules! passes {
    ($who:ident, $day:literal) => {
        concat!(
            $who!(),
            " and ($7 or +r.state = any($8)) and ",
            $day,
            " >= $9 and ",
            $day,
            " <= $10 and r.void = $11",
            " and ($12 = 0 or r.due < $12) and ($13 = 0 or r.due >= $13)",
            has!("14", "15", "16"),
            has!("17", "18", "19"),
            has!("20", "21", "22"),
            has!("23", "24", "25")
        )
    };
}

/// The whole register, in whatever order its index has.
macro_rules! wide {
    ($columns:expr, $ids:literal) => {
        concat!("select ", $columns, " from record r where r.register = $1 and ", passes!(seen, "r.day"))
    };
}

/// A few places, and the records elsewhere in which their units take part.
macro_rules! narrow {
    ($columns:expr, $ids:literal) => {
        concat!(
            "select ",
            $columns,
            " from record r where r.register = $1 and r.place = any($3) and ",
            passes!(seen_here, "r.day"),
            " union all select ",
            $columns,
            " from record r where +r.register = $1 and r.id = any($6) and not (r.place = any($3)) and ",
            passes!(seen, "r.day")
        )
    };
}

/// The records that a rare condition names.
macro_rules! named {
    ($columns:expr, $ids:literal) => {
        concat!(
            "select ",
            $columns,
            " from record r where r.id = any($",
            $ids,
            ") and +r.register = $1 and ",
            passes!(seen, "r.day")
        )
    };
}

/// The records in a few states.
macro_rules! stated {
    ($columns:expr, $ids:literal) => {
        concat!(
            "select ",
            $columns,
            " from record r where r.register = $1 and r.state = any($8) and ",
            passes!(seen, "r.day")
        )
    };
}

/// Everything that sorts as an integer, turned so that the largest comes first.
macro_rules! key {
    () => {
        "r.id as id, $27 * (case cast($26 as bigint) when 1 then r.day when 2 then r.year * 1000000 + r.number when 3 then coalesce(r.due, 9000000)
            when 4 then r.recorded else coalesce((select max(v.value) from attribute v where v.record = r.id and v.field = $28),
            -4000000000000000000) end) as k"
    };
}

macro_rules! by_key {
    ($drive:ident) => {
        concat!(
            "select id from (",
            $drive!(key!(), "32"),
            ") as found where k < $29 or (k = $29 and id < $30)
            order by k desc, id desc limit $31"
        )
    };
}

macro_rules! by_title {
    ($drive:ident, $beyond:literal, $order:literal) => {
        concat!(
            "select id from (",
            $drive!("r.id as id, substr(r.title_key, 1, 120) as k", "29"),
            ") as found where k ",
            $beyond,
            " $26 or (k = $26 and id ",
            $beyond,
            " $27) order by k ",
            $order,
            ", id ",
            $order,
            " limit $28"
        )
    };
}

macro_rules! by_title_first {
    ($drive:ident, $order:literal) => {
        concat!(
            "select id from (",
            $drive!("r.id as id, substr(r.title_key, 1, 120) as k", "27"),
            ") as found order by k ",
            $order,
            ", id ",
            $order,
            " limit $26"
        )
    };
}

macro_rules! counted {
    ($drive:ident) => {
        concat!(
            "select count(*) from (select 1 as one from (",
            $drive!("r.id", "27"),
            ") as found limit $26) as counted"
        )
    };
}

/// In the order of an index: what it is sorted by, and the id.
macro_rules! wide_by {
    ($key:literal, $beyond:literal, $order:literal, $day:literal) => {
        concat!(
            "select r.id from record r where r.register = $1 and ",
            passes!(seen, $day),
            " and (",
            $key,
            ", r.id) ",
            $beyond,
            " ($26, $27) order by ",
            $key,
            $order,
            ", r.id",
            $order,
            " limit $28"
        )
    };
}

const NARROW: &str = by_key!(narrow);
const NAMED: &str = by_key!(named);
const WIDE_BY_DAY: &str = wide_by!("r.day", "<", " desc", "r.day");
const WIDE_BY_DAY_UP: &str = wide_by!("r.day", ">", "", "r.day");
const WIDE_BY_RECORDED: &str = wide_by!("r.recorded", "<", " desc", "+r.day");
const WIDE_BY_RECORDED_UP: &str = wide_by!("r.recorded", ">", "", "+r.day");
const WIDE_BY_DUE: &str = wide_by!("coalesce(r.due, 9000000)", "<", " desc", "+r.day");
const WIDE_BY_DUE_UP: &str = wide_by!("coalesce(r.due, 9000000)", ">", "", "+r.day");
const WIDE_BY_NUMBER: &str = concat!(
    "select r.id from record r where r.register = $1 and ",
    passes!(seen, "+r.day"),
    " and (r.year, r.number, r.id) < ($26, $27, $28) order by r.year desc, r.number desc, r.id desc limit $29"
);
const WIDE_BY_NUMBER_UP: &str = concat!(
    "select r.id from record r where r.register = $1 and ",
    passes!(seen, "+r.day"),
    " and (r.year, r.number, r.id) > ($26, $27, $28) order by r.year, r.number, r.id limit $29"
);
const WIDE_BY_FIELD: &str = concat!(
    "select r.id from attribute v cross join record r where r.id = v.record and v.register = $1 and v.field = $26 and ",
    passes!(seen, "r.day"),
    " and (v.value, v.day, v.record) < ($27, $28, $29) order by v.value desc, v.day desc, v.record desc limit $30"
);
const WIDE_BY_FIELD_UP: &str = concat!(
    "select r.id from attribute v cross join record r where r.id = v.record and v.register = $1 and v.field = $26 and ",
    passes!(seen, "r.day"),
    " and (v.value, v.day, v.record) > ($27, $28, $29) order by v.value, v.day, v.record limit $30"
);
const WIDE_BY_TITLE: &str = wide_by!("substr(r.title_key, 1, 120)", ">", "", "+r.day");
const WIDE_BY_TITLE_DOWN: &str = wide_by!("substr(r.title_key, 1, 120)", "<", " desc", "+r.day");
const WIDE_BY_TITLE_DOWN_FIRST: &str = concat!(
    "select r.id from record r where r.register = $1 and ",
    passes!(seen, "+r.day"),
    " order by substr(r.title_key, 1, 120) desc, r.id desc limit $26"
);
const NARROW_BY_TITLE: &str = by_title!(narrow, ">", "asc");
const NARROW_BY_TITLE_DOWN: &str = by_title!(narrow, "<", "desc");
const NARROW_BY_TITLE_DOWN_FIRST: &str = by_title_first!(narrow, "desc");
const NAMED_BY_TITLE: &str = by_title!(named, ">", "asc");
const NAMED_BY_TITLE_DOWN: &str = by_title!(named, "<", "desc");
const NAMED_BY_TITLE_DOWN_FIRST: &str = by_title_first!(named, "desc");
const WIDE_COUNT: &str = counted!(wide);
const NARROW_COUNT: &str = counted!(narrow);
const NAMED_COUNT: &str = counted!(named);
const STATED_COUNT: &str = counted!(stated);

const WHERE_IT_STANDS: &str = "select r.id, r.day, r.recorded, r.year, r.number, r.due, substr(r.title_key, 1, 120) as title_key,
    (select max(v.value) from attribute v where v.record = r.id and v.field = $2) as value from record r where r.id = $1";
/// Of the newest records of a register, how many a reader has.
const SHARE: &str = concat!(
    "select count(*) from (select n.id, n.place, n.unit from record n where n.register = $1 order by n.day desc, n.id desc limit $7) as r where ",
    seen!()
);
const RARE: &str =
    "select record from attribute where register = $1 and field = $2 and value >= $3 and value <= $4 limit $5";
const VOID: &str = "select r.id from record r where r.register = $1 and r.void limit $2";
const STATED: &str = "select r.id from record r where r.register = $1 and r.state = any($2) limit $3";
const BOTH: &str =
    "select a.record from attribute a where a.register = $1 and a.field = $2 and a.value >= $3 and a.value <= $4 and
    (select count(*) from attribute b where b.record = a.record and b.field = $5 and b.value >= $6 and b.value <= $7) > 0 limit $8";
const BY_NUMBER: &str = concat!(
    "select r.id from record r where r.register = $1 and ",
    seen!(),
    " and r.year = $7 and r.number = $8 order by r.id desc limit $9"
);

/// Who reads, ready for the database.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readers {
    pub(crate) everything: bool,
    /// Keys of places.
    pub(crate) places: Vec<i64>,
    /// Bit by bit the slots that are read at each of them, and units that are read there besides.
    pub(crate) slots: i64,
    pub(crate) others: Vec<i64>,
    /// Records elsewhere in which they take part.
    pub(crate) party_to: Vec<i64>,
}

/// A range of an indexed field's values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) field: i64,
    pub(crate) low: i64,
    pub(crate) high: i64,
}

/// The most conditions on fields that one list takes.
pub(crate) const SLOTS: usize = 4;

/// What a list lets through, as integers.
#[derive(Clone, Debug)]
pub(crate) struct Sieve {
    pub(crate) register: i64,
    pub(crate) readers: Readers,
    /// None: any.
    pub(crate) states: Option<Vec<i64>>,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
    pub(crate) void: bool,
    pub(crate) due_before: Option<Day>,
    pub(crate) due_from: Option<Day>,
    pub(crate) slots: [Slot; SLOTS],
}

/// What a list is driven from.
#[derive(Clone, Debug)]
pub(crate) enum Drive {
    Wide,
    Narrow,
    Named(Vec<i64>),
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Day,
    Number,
    Due,
    Recorded,
    Title,
    /// An indexed field.
    Field(i64),
}

/// Where the last record of the page before stands.
#[derive(Clone, Debug, db::FromRow)]
struct Standing {
    id: i64,
    day: i64,
    recorded: i64,
    year: i64,
    number: i64,
    due: Option<i64>,
    title_key: String,
    value: Option<i64>,
}

impl Readers {
    fn args(&self, register: i64) -> Vec<Value> {
        args![register, self.everything, &self.places, self.slots, &self.others, &self.party_to]
    }
}

impl Sieve {
    fn args(&self) -> Vec<Value> {
        let mut values = self.readers.args(self.register);
        let none = Vec::new();
        let bound = |day: Option<Day>, open: i64| day.map_or(open, day_number);
        values.extend(args![
            self.states.is_none(),
            self.states.as_ref().unwrap_or(&none),
            bound(self.from, i64::MIN),
            bound(self.to, i64::MAX),
            self.void,
            bound(self.due_before, 0),
            bound(self.due_from, 0),
        ]);
        for slot in self.slots {
            values.extend(args![slot.field, slot.low, slot.high]);
        }
        values
    }
}

/// A page of ids in order, those after `after`.
pub(crate) async fn page(
    tx: &mut Tx,
    sieve: &Sieve,
    drive: &Drive,
    order: Order,
    falling: bool,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<i64>> {
    let field = if let Order::Field(field) = order { field } else { 0 };
    let last: Option<Standing> = match after {
        Some(after) => tx.maybe(WHERE_IT_STANDS, args![after, field]).await?,
        None => None,
    };
    let mut values = sieve.args();
    let end = if falling { i64::MAX } else { i64::MIN };
    let sql = match (order, drive) {
        (Order::Number, Drive::Wide) => {
            let (year, number, id) = last.map_or((end, end, end), |last| (last.year, last.number, last.id));
            values.extend(args![year, number, id, limit]);
            if falling { WIDE_BY_NUMBER } else { WIDE_BY_NUMBER_UP }
        }
        (Order::Field(field), Drive::Wide) => {
            let (value, day, id) = last.map_or((end, end, end), |last| (last.value.unwrap_or(end), last.day, last.id));
            values.extend(args![field, value, day, id, limit]);
            if falling { WIDE_BY_FIELD } else { WIDE_BY_FIELD_UP }
        }
        (Order::Title, drive) => {
            let texts = match drive {
                Drive::Wide => [WIDE_BY_TITLE, WIDE_BY_TITLE_DOWN, WIDE_BY_TITLE_DOWN_FIRST],
                Drive::Narrow => [NARROW_BY_TITLE, NARROW_BY_TITLE_DOWN, NARROW_BY_TITLE_DOWN_FIRST],
                Drive::Named(_) => [NAMED_BY_TITLE, NAMED_BY_TITLE_DOWN, NAMED_BY_TITLE_DOWN_FIRST],
            };
            match last {
                Some(last) => values.extend(args![last.title_key, last.id, limit]),
                // No text is the last of all texts, so the first page from the end has a statement of its own.
                None if falling => values.extend(args![limit]),
                None => values.extend(args!["", i64::MIN, limit]),
            }
            match (falling, after) {
                (false, _) => texts[0],
                (true, Some(_)) => texts[1],
                (true, None) => texts[2],
            }
        }
        (Order::Day | Order::Recorded | Order::Due, Drive::Wide) => {
            let (key, id) = last.map_or((end, end), |last| (last.key(order), last.id));
            values.extend(args![key, id, limit]);
            match (order, falling) {
                (Order::Recorded, true) => WIDE_BY_RECORDED,
                (Order::Recorded, false) => WIDE_BY_RECORDED_UP,
                (Order::Due, true) => WIDE_BY_DUE,
                (Order::Due, false) => WIDE_BY_DUE_UP,
                (_, true) => WIDE_BY_DAY,
                (_, false) => WIDE_BY_DAY_UP,
            }
        }
        (order, drive) => {
            let (kind, sign) = (kind_of(order), if falling { 1 } else { -1 });
            let (key, id) = last.map_or((i64::MAX, i64::MAX), |last| (sign * last.key(order), last.id));
            values.extend(args![kind, sign, field, key, id, limit]);
            if matches!(drive, Drive::Named(_)) { NAMED } else { NARROW }
        }
    };
    if let Drive::Named(ids) = drive {
        values.extend(args![ids]);
    }
    Ok(tx.all::<(i64,)>(sql, values).await?.into_iter().map(|(id,)| id).collect())
}

fn kind_of(order: Order) -> i64 {
    match order {
        Order::Day => 1,
        Order::Number => 2,
        Order::Due => 3,
        Order::Recorded => 4,
        Order::Title | Order::Field(_) => 5,
    }
}

impl Standing {
    fn key(&self, order: Order) -> i64 {
        match order {
            Order::Day => self.day,
            Order::Number => self.year * 1_000_000 + self.number,
            Order::Due => self.due.unwrap_or(9_000_000),
            Order::Recorded => self.recorded,
            Order::Title | Order::Field(_) => self.value.unwrap_or(-4_000_000_000_000_000_000),
        }
    }
}

/// How many pass, counted up to `bound`.
pub(crate) async fn count(tx: &mut Tx, sieve: &Sieve, drive: &Drive, bound: i64) -> Result<i64> {
    let mut values = sieve.args();
    values.extend(args![bound]);
    let sql = match drive {
        Drive::Wide if sieve.states.is_some() => STATED_COUNT,
        Drive::Wide => WIDE_COUNT,
        Drive::Narrow => NARROW_COUNT,
        Drive::Named(ids) => {
            values.extend(args![ids]);
            NAMED_COUNT
        }
    };
    Ok(tx.one::<(i64,)>(sql, values).await?.0)
}

/// How many of the newest `limit` records of a register a reader has.
pub(crate) async fn share(tx: &mut Tx, readers: &Readers, register: i64, limit: i64) -> Result<i64> {
    let mut values = readers.args(register);
    values.extend(args![limit]);
    Ok(tx.one::<(i64,)>(SHARE, values).await?.0)
}

/// The records with a value of a field in a range, `limit` at most.
pub(crate) async fn rare(tx: &mut Tx, register: i64, slot: Slot, limit: i64) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = tx.all(RARE, args![register, slot.field, slot.low, slot.high, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The records that meet two conditions of which neither is rare, `limit` at most: a walk over those that meet the first, not over all.
pub(crate) async fn both(tx: &mut Tx, register: i64, one: Slot, other: Slot, limit: i64) -> Result<Vec<i64>> {
    let values = args![register, one.field, one.low, one.high, other.field, other.low, other.high, limit];
    Ok(tx.all::<(i64,)>(BOTH, values).await?.into_iter().map(|(id,)| id).collect())
}

/// The records of a register that were taken back, `limit` at most.
pub(crate) async fn void(tx: &mut Tx, register: i64, limit: i64) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = tx.all(VOID, args![register, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The records of a register in one of the states, `limit` at most.
pub(crate) async fn stated(tx: &mut Tx, register: i64, states: &[i64], limit: i64) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = tx.all(STATED, args![register, states, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The records that people call `number/year`.
pub(crate) async fn by_number(
    tx: &mut Tx,
    readers: &Readers,
    register: i64,
    year: i64,
    number: i64,
) -> Result<Vec<i64>> {
    let mut values = readers.args(register);
    values.extend(args![year, number, 20]);
    Ok(tx.all::<(i64,)>(BY_NUMBER, values).await?.into_iter().map(|(id,)| id).collect())
}
