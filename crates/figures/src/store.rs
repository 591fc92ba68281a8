//! SQL about records that figures lead to: whose they are, and the bars that were given out.

use std::collections::HashMap;

use db::{Names, Result, Space, Tx, args};
use pack::document::{Amount, Document};

const WHOSE: &str = "select id, register, unit from record where id = any($1)";
const PARTIES: &str = "select record, unit from party where record = any($1)";
/// Bars given for a year, the newest of each unit last.
const GIVEN: &str = "select t.value, u.value, r.data from attribute t
    join attribute y on y.record = t.record and y.register = $1 and y.field = $4 and y.value = $5
    join attribute u on u.record = t.record and u.register = $1 and (u.field = $6 or u.field = $7)
    join record r on r.id = t.record and r.void = $8
    where t.register = $1 and t.field = $2 and t.value = any($3) order by r.day, r.id";

/// Whose a record is: enough to know who may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Whose {
    pub(crate) register: String,
    pub(crate) unit: i64,
    pub(crate) parties: Vec<i64>,
}

pub(crate) async fn whose(tx: &mut Tx, names: &Names, ids: &[i64]) -> Result<HashMap<i64, Whose>> {
    let mut all = HashMap::with_capacity(ids.len());
    for (id, register, unit) in tx.all::<(i64, i64, i64)>(WHOSE, args![ids]).await? {
        let register = names.name(tx, register).await?;
        all.insert(id, Whose { register, unit, parties: Vec::new() });
    }
    for (id, unit) in tx.all::<(i64, i64)>(PARTIES, args![ids]).await? {
        if let Some(whose) = all.get_mut(&id) {
            whose.parties.push(unit);
        }
    }
    Ok(all)
}

/// The measure of a given bar keeps two decimals.
const STEPS: f64 = 100.0;

/// The bars given to units for a year, by target and unit ("Giao chỉ tiêu").
#[expect(clippy::cast_precision_loss, reason = "bars of targets are small numbers")]
pub(crate) async fn given(
    tx: &mut Tx,
    names: &Names,
    targets: &[&str],
    year: i16,
) -> Result<HashMap<(String, i64), f64>> {
    let mut words: HashMap<i64, &str> = HashMap::new();
    for target in targets {
        words.extend(names.find(tx, Space::Word, target).await?.map(|id| (id, *target)));
    }
    let Some(register) = names.find(tx, Space::Register, "assignment").await?.filter(|_| !words.is_empty()) else {
        return Ok(HashMap::new());
    };
    let mut fields = Vec::new();
    for field in ["target", "year", "place", "body"] {
        fields.push(names.find(tx, Space::Field, &format!("assignment.{field}")).await?.unwrap_or(-1));
    }
    let ids: Vec<i64> = words.keys().copied().collect();
    let args = args![register, fields[0], &ids, fields[1], i64::from(year), fields[2], fields[3], false];
    let mut all = HashMap::new();
    for (target, unit, data) in tx.all::<(i64, i64, String)>(GIVEN, args).await? {
        let document: Document = serde_json::from_str(&data)?;
        let steps = document.fields.get("value").and_then(Amount::of).and_then(|amount| amount.n);
        all.extend(steps.map(|steps| ((words[&target].to_owned(), unit), steps as f64 / STEPS)));
    }
    Ok(all)
}
