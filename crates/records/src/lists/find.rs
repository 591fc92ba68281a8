//! How a list is found: the rarest thing that is asked drives it.

use db::{Result, Space, Tx, dialect};
use kernel::Day;
use pack::register::Register;

use super::{Asked, BOUND, Bound, By, Counted, Found, Scope, View, search_query};
use crate::{
    House, Snapshot,
    store::{
        self,
        list::{self, Drive, Order, SLOTS, Sieve, Slot},
    },
};

/// A condition with at most so many records drives the list.
const RARE: i64 = BOUND;
/// The newest records by which a scope's share of a register is judged.
const PROBE: i64 = 200;

/// What drives a list, and what it lets through.
struct Plan {
    sieve: Sieve,
    drive: Drive,
    order: Order,
    /// What drives it is all that passes.
    whole: bool,
}

/// A register as one reader sees it on a day.
#[derive(Clone, Copy)]
pub struct Book<'a> {
    pub house: &'a House,
    pub snapshot: &'a Snapshot,
    pub scope: &'a Scope,
    pub register: &'a Register,
    pub today: Day,
}

impl Book<'_> {
    /// A page of what is asked for.
    pub async fn page(&self, asked: &Asked) -> Result<Found> {
        let mut tx = self.house.read().await?;
        let Some(plan) = self.plan(&mut tx, asked).await? else { return Ok(Found::default()) };
        let ids = plan.page(&mut tx, asked, asked.limit + 1).await?;
        self.found(&mut tx, asked, ids).await
    }

    /// A page, and how many there are up to the bound: found together, because what is looked for is looked for once.
    pub async fn page_counted(&self, asked: &Asked) -> Result<(Found, Counted)> {
        let mut tx = self.house.read().await?;
        let Some(plan) = self.plan(&mut tx, asked).await? else { return Ok((Found::default(), (0, true))) };
        // All that passes is gathered for the first page anyway, unless an index has it in order.
        let at_once = asked.after.is_none() && !matches!(plan.drive, Drive::Wide);
        let limit = if at_once { asked.limit.max(BOUND) } else { asked.limit };
        let ids = plan.page(&mut tx, asked, limit + 1).await?;
        let counted = if at_once { counted(&ids) } else { plan.count(&mut tx).await? };
        Ok((self.found(&mut tx, asked, ids).await?, counted))
    }

    /// How many there are, up to the bound.
    pub async fn count(&self, asked: &Asked) -> Result<Counted> {
        let mut tx = self.house.read().await?;
        match self.plan(&mut tx, asked).await? {
            Some(plan) => plan.count(&mut tx).await,
            None => Ok((0, true)),
        }
    }

    async fn plan(&self, tx: &mut Tx, asked: &Asked) -> Result<Option<Plan>> {
        // A name that was never given stands for no record.
        let Some(id) = self.house.names.find(tx, Space::Register, &self.register.id).await? else { return Ok(None) };
        let narrowed = asked.unit.map(|unit| self.scope.within(self.snapshot, unit, self.today));
        let scope = narrowed.as_ref().unwrap_or(self.scope);
        let mut wanted: Option<Vec<&str>> = asked.state.as_deref().map(|state| vec![state]);
        if wanted.is_none() && asked.view == View::Open {
            wanted =
                Some(self.register.states.iter().filter(|state| !state.last).map(|state| state.id.as_str()).collect());
        }
        let states = match wanted {
            None => None,
            Some(wanted) => {
                let mut states = Vec::new();
                for state in wanted {
                    states.extend(self.house.names.find(tx, Space::Word, state).await?);
                }
                Some(states)
            }
        };
        let year = |month, day| asked.year.and_then(|year| Day::new(year, month, day).ok());
        let mut slots = [Slot::default(); SLOTS];
        for (slot, condition) in slots.iter_mut().zip(&asked.conditions) {
            let Some(field) = self.field_id(tx, &condition.field).await? else { return Ok(None) };
            let (Some(low), Some(high)) =
                (self.bound(tx, &condition.low).await?, self.bound(tx, &condition.high).await?)
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
            due_before: (asked.view == View::Overdue).then_some(self.today),
            due_from: None,
            slots,
        };
        let order = match &asked.by {
            By::Day => Order::Day,
            By::Number => Order::Number,
            By::Due => Order::Due,
            By::Recorded => Order::Recorded,
            By::Title => Order::Title,
            By::Field(field) => match self.field_id(tx, field).await? {
                Some(field) => Order::Field(field),
                None => Order::Day,
            },
        };
        let drive = drive(tx, scope, &sieve, asked, self.today).await?;
        let whole = asked.view == View::Overdue && !asked.is_filtered();
        Ok(Some(Plan { sieve, drive, order, whole }))
    }

    async fn field_id(&self, tx: &mut Tx, field: &str) -> Result<Option<i64>> {
        self.house.names.find(tx, Space::Field, &format!("{}.{field}", self.register.id)).await
    }

    async fn bound(&self, tx: &mut Tx, bound: &Bound) -> Result<Option<i64>> {
        match bound {
            Bound::Number(number) => Ok(Some(*number)),
            Bound::Word(word) => self.house.names.find(tx, Space::Word, word).await,
        }
    }

    /// The records of a page, whose ids are in order and go beyond its end where there are more.
    async fn found(&self, tx: &mut Tx, asked: &Asked, mut ids: Vec<i64>) -> Result<Found> {
        let most = usize::try_from(asked.limit).unwrap_or(usize::MAX);
        let more = ids.len() > most;
        ids.truncate(most);
        let mut records = store::find_many(tx, &self.house.names, &ids).await?;
        records.sort_by_key(|record| ids.iter().position(|id| *id == record.id.0));
        Ok(Found { next: records.last().filter(|_| more).map(|record| record.id), records })
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

impl Plan {
    async fn page(&self, tx: &mut Tx, asked: &Asked, limit: i64) -> Result<Vec<i64>> {
        list::page(tx, &self.sieve, &self.drive, self.order, asked.falling, asked.after, limit).await
    }

    async fn count(&self, tx: &mut Tx) -> Result<Counted> {
        match &self.drive {
            Drive::Named(ids) if self.whole => return Ok(counted(ids)),
            // They were too many to name.
            _ if self.whole => return Ok((BOUND, false)),
            _ => {}
        }
        let count = list::count(tx, &self.sieve, &self.drive, BOUND + 1).await?;
        Ok((count.min(BOUND), count <= BOUND))
    }
}

fn counted(ids: &[i64]) -> Counted {
    let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    (count.min(BOUND), count <= BOUND)
}
