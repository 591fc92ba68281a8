//! What figures and targets ask of records: whose a record is, and the bars that were given out for a year.

use std::collections::HashMap;

use db::{Names, Result, Space, Tx, args};
use kernel::Id;
use pack::{
    Pack,
    document::{Amount, Document},
    register::{Assigns, Register},
};

const WHOSE: &str = "select id, register, unit from record where id = any($1)";
const WHOSE_PARTIES: &str = "select record, unit from party where record = any($1)";
/// Bars given for a year, the newest of each unit last.
const GIVEN: &str = "select r.id, t.value as target, u.value as unit, r.data from attribute t
    join attribute y on y.record = t.record and y.register = $1 and y.field = $4 and y.value = $5
    join attribute u on u.record = t.record and u.register = $1 and u.field = any($6)
    join record r on r.id = t.record and r.void = $7
    where t.register = $1 and t.field = $2 and t.value = any($3) order by r.day, r.id";

/// Whose a record is: enough to know who may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose {
    pub register: String,
    pub unit: i64,
    pub parties: Vec<i64>,
}

pub async fn whose(tx: &mut Tx, names: &Names, ids: &[i64]) -> Result<HashMap<i64, Whose>> {
    let mut all = HashMap::with_capacity(ids.len());
    for (id, register, unit) in tx.all::<(i64, i64, i64)>(WHOSE, args![ids]).await? {
        let register = names.name(tx, register).await?;
        all.insert(id, Whose { register, unit, parties: Vec::new() });
    }
    for (id, unit) in tx.all::<(i64, i64)>(WHOSE_PARTIES, args![ids]).await? {
        if let Some(whose) = all.get_mut(&id) {
            whose.parties.push(unit);
        }
    }
    Ok(all)
}

/// A bar that was given to a unit, and the record by which it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    pub record: Id,
    /// In the smallest step of the measure.
    pub steps: i64,
    pub places: u32,
}

impl Given {
    #[expect(clippy::cast_precision_loss, reason = "bars of targets are small numbers")]
    pub fn value(&self) -> f64 {
        self.steps as f64 / 10_f64.powi(self.places.cast_signed())
    }
}

/// The bars given to units for a year, by target and unit ("Giao chỉ tiêu"): from each register that assigns targets.
pub async fn given(
    tx: &mut Tx,
    names: &Names,
    pack: &Pack,
    targets: &[&str],
    year: i16,
) -> Result<HashMap<(String, i64), Given>> {
    let mut words: HashMap<i64, &str> = HashMap::new();
    for target in targets {
        words.extend(names.find(tx, Space::Word, target).await?.map(|id| (id, *target)));
    }
    let mut all = HashMap::new();
    if words.is_empty() {
        return Ok(all);
    }
    let ids: Vec<i64> = words.keys().copied().collect();
    for register in pack.registers.values() {
        let Some(assigns) = &register.assigns else { continue };
        let Some(known) = names.find(tx, Space::Register, &register.id).await? else { continue };
        let mut fields = Vec::new();
        let named: Vec<&String> = [&assigns.target, &assigns.year].into_iter().chain(&assigns.to).collect();
        for id in named {
            fields.push(names.find(tx, Space::Field, &format!("{}.{id}", register.id)).await?.unwrap_or(-1));
        }
        let to = fields.split_off(2);
        let args = args![known, fields[0], &ids, fields[1], i64::from(year), &to, false];
        for (record, target, unit, data) in tx.all::<(i64, i64, i64, String)>(GIVEN, args).await? {
            let document: Document = serde_json::from_str(&data)?;
            let given = bar(pack, register, assigns, &document).map(|(steps, places)| Given {
                record: Id(record),
                steps,
                places,
            });
            all.extend(given.map(|given| ((words[&target].to_owned(), unit), given)));
        }
    }
    Ok(all)
}

/// The bar that a document gives, in the smallest step of its measure.
pub fn bar(pack: &Pack, register: &Register, assigns: &Assigns, document: &Document) -> Option<(i64, u32)> {
    let measure = register.field(&assigns.value).and_then(|field| field.measure.as_deref());
    let places = measure.and_then(|id| pack.measures.find(id)).map_or(0, |measure| measure.places);
    let steps = document.fields.get(&assigns.value).and_then(Amount::of)?.n?;
    Some((steps, places))
}
