//! SQL of what waits for someone: by due day, by register, and of other bodies.

use db::{Result, Tx, args};
use kernel::Day;

use super::Readers;

/// Who reads, as parameters 2 to 6; 1 is the register, or any.
macro_rules! seen {
    () => {
        "($2 or (r.place = any($3) and ((cast($4 as bigint) >> cast(r.unit & 63 as integer)) & 1 <> 0 or r.unit = any($5))) or r.id = any($6))"
    };
}

/// The same where the place is among theirs already.
macro_rules! seen_here {
    () => {
        "($2 or (cast($4 as bigint) >> cast(r.unit & 63 as integer)) & 1 <> 0 or r.unit = any($5) or r.id = any($6))"
    };
}

const PARTY_OF: &str = "select p.record from party p join record r on r.id = p.record where p.unit = any($1) and ($2 = 0 or r.register = $2)
    order by p.record desc limit $3";
const DUE_WIDE: &str = concat!(
    "select r.id, r.register, r.due from record r where r.due is not null and ($1 = 0 or r.register = $1) and ",
    seen!(),
    " and r.void = $7 and r.due < $8 order by r.due, r.id limit $9"
);
const DUE_NARROW: &str = concat!(
    "select id, register, due from (select r.id, r.register, r.due from record r where r.due is not null and r.place = any($3)
        and ($1 = 0 or r.register = $1) and ",
    seen_here!(),
    " and r.void = $7 and r.due < $8
    union all select r.id, r.register, r.due from record r where r.id = any($6) and not (r.place = any($3)) and +r.due is not null
        and ($1 = 0 or r.register = $1) and r.void = $7 and r.due < $8) as found order by due, id limit $9"
);
/// A plus keeps a planner from driving by state: the open ones of a whole register are more than all of a few places.
const OPEN: &str = concat!(
    "select r.register, count(*) from record r where r.register = any($1) and r.place = any($3) and ",
    seen_here!(),
    " and r.void = $7 and +r.state = any($8) group by r.register"
);

/// The newest records in which one of the units takes part; of one register, unless it is 0.
pub(crate) async fn party_to(tx: &mut Tx, units: &[i64], register: i64, limit: i64) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = tx.all(PARTY_OF, args![units, register, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What is due before a day, the most urgent first: record, register, due day.
pub(crate) async fn due(
    tx: &mut Tx,
    readers: &Readers,
    narrow: bool,
    register: i64,
    before: Day,
    limit: i64,
) -> Result<Vec<(i64, i64, i64)>> {
    let mut values = readers.args(register);
    values.extend(args![false, before, limit]);
    tx.all(if narrow { DUE_NARROW } else { DUE_WIDE }, values).await
}

/// How many records of a few places stand in one of the states, by register.
pub(crate) async fn open(tx: &mut Tx, readers: &Readers, registers: &[i64], states: &[i64]) -> Result<Vec<(i64, i64)>> {
    let mut values = args![registers];
    values.extend(readers.args(0).into_iter().skip(1));
    values.extend(args![false, states]);
    tx.all(OPEN, values).await
}
