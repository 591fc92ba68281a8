//! Letters that may be on the same matter.

use db::{Result, Tx, args};

const ON_TOPIC: &str = "select a.record from attribute a where a.register = $1 and a.field = $2 and a.value = $3 and a.day >= $4 and a.record <> $5
    order by a.day desc, a.record desc limit $6";

/// The newest records of a register whose indexed field holds a value, since a day.
pub(crate) async fn on_topic(
    tx: &mut Tx,
    register: i64,
    field: i64,
    value: i64,
    since: i64,
    but: i64,
) -> Result<Vec<i64>> {
    let found: Vec<(i64,)> = tx.all(ON_TOPIC, args![register, field, value, since, but, MOST]).await?;
    Ok(found.into_iter().map(|(record,)| record).collect())
}

/// So many are looked at: those before are of another time.
const MOST: i64 = 400;
