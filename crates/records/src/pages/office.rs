//! Who reads and writes at this desk, in whose books: the one place where a page meets rights.

use std::{collections::HashMap, sync::Arc};

use db::Tx;
use kernel::{Day, Id, Lang};
use pack::register::{Field, Register, Step};
use serde_json::Value as Json;
use units::Unit;
use web::{Desk, Due, Markup, Target, Tone, Trouble, html, icon};

use crate::{
    By, House, Record, Snapshot, act,
    lists::{Book, Scope},
    paper, store, value,
};

/// The acts of this room, as rights know them.
pub(crate) const READ: &str = "record.read";
pub const WRITE: &str = "record.write";
pub(crate) const STEP: &str = "record.step";
pub(crate) const VOID: &str = "record.void";
pub(crate) const EXPORT: &str = "record.export";
pub(crate) const IMPORT: &str = "record.import";
pub(crate) const PAPER: &str = "record.paper";
pub(crate) const UNSEAL: &str = "record.unseal";
pub(crate) const IDENTITY: &str = "record.identity";

/// What a page of records works with.
pub(crate) struct Office {
    pub(crate) house: Arc<House>,
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) scope: Arc<Scope>,
    pub(crate) lang: Lang,
    pub(crate) today: Day,
    /// The unit of the seat in use.
    pub(crate) unit: i64,
}

/// A record that this reader may see.
pub(crate) struct Opened {
    pub(crate) record: Record,
    /// The names of its filled private fields.
    pub(crate) privates: Vec<String>,
    pub(crate) target: Target,
}

impl Office {
    pub(crate) fn of(desk: &Desk) -> Result<Self, Trouble> {
        let house = desk.app.room::<Arc<House>>().clone();
        let snapshot = house.now();
        let unit = desk.seat()?.unit;
        let scope = house.scopes.of(&snapshot, unit, desk.today, || scope(&snapshot, unit, desk.today));
        Ok(Self { house, snapshot, scope, lang: desk.lang, today: desk.today, unit })
    }

    /// A register as the seat in use sees it.
    pub(crate) fn book<'a>(&'a self, register: &'a Register) -> Book<'a> {
        Book { house: &self.house, snapshot: &self.snapshot, scope: &self.scope, register, today: self.today }
    }

    pub(crate) fn by(desk: &Desk) -> Result<By, Trouble> {
        let who = desk.who()?;
        Ok(By { account: who.account, seat: who.seat.unit, now: desk.now, today: desk.today, old_book: false })
    }

    /// A register that is there; any other is no page.
    pub(crate) fn register(&self, id: &str) -> Result<&Register, Trouble> {
        self.snapshot.pack.register(id).ok_or(Trouble::NotFound)
    }

    /// Opens a record for an act. One that this reader may not see answers as one that is not there.
    pub(crate) async fn open(&self, desk: &Desk, handle: &str, act: &str) -> Result<Opened, Trouble> {
        let id: Id = handle.parse().map_err(|_| Trouble::NotFound)?;
        let (record, privates) = act::read(&self.house, id).await?;
        let mut tx = self.house.read().await?;
        let parties = store::parties(&mut tx, id).await?;
        let target = Target::unit(record.unit).register(&record.register).parties(parties);
        desk.sees(READ, &target)?;
        if act != READ {
            desk.may(act, &target)?;
        }
        self.note_reader(desk, self.register(&record.register)?, &[id]).await?;
        Ok(Opened { record, privates, target })
    }

    /// Where people's data are kept, the file knows its readers: whoever is given the whole of a record, by a page or by a program.
    pub(crate) async fn note_reader(&self, desk: &Desk, register: &Register, records: &[Id]) -> Result<(), Trouble> {
        if register.fields.iter().any(|field| field.private) && !records.is_empty() {
            let (who, seat, now) = (desk.who()?.account, desk.seat()?.unit, desk.now.as_millisecond());
            store::note_readings(&self.house.db, records, desk.today, who, seat, now).await?;
        }
        Ok(())
    }

    /// Those of the records that this reader may see.
    pub(crate) async fn seen(&self, desk: &Desk, tx: &mut Tx, records: Vec<Record>) -> Result<Vec<Record>, Trouble> {
        Ok(seen(desk, tx, records).await?)
    }

    /// Whether this seat takes a step: the right, the roles that the register names, and the party that it waits for.
    pub(crate) fn takes(desk: &Desk, opened: &Opened, step: &Step) -> bool {
        Self::may_take(desk, &opened.record, &opened.target, step)
    }

    pub(crate) fn may_take(desk: &Desk, record: &Record, target: &Target, step: &Step) -> bool {
        let role = desk.seat().map(|seat| seat.role.as_str()).unwrap_or_default();
        let named = step.who.is_empty() || step.who.iter().any(|who| who.name() == role);
        let party = step.party.as_ref().and_then(|field| record.document.fields.get(field)).and_then(Json::as_i64);
        let target = party.map_or_else(|| target.clone(), |unit| Target::unit(unit).register(&record.register));
        named && desk.can(STEP, &target)
    }

    /// What the paper is called in which a step of this record ends.
    pub(crate) fn paper_of(&self, register: &Register, record: &Record, step: &Step) -> Option<&str> {
        let paper = self.snapshot.pack.paper(step.paper.as_deref()?)?;
        let to = step.leads(record.state.as_deref().unwrap_or_default());
        let comes = paper::may_come(&self.snapshot, paper, register, record, Some(to));
        comes.then(|| paper.head.label.in_lang(self.lang))
    }

    pub(crate) fn unit_name(&self, unit: i64, day: Day) -> String {
        self.snapshot.tree.at(day).name(Unit(unit))
    }

    pub(crate) fn unit_title(&self, unit: i64, day: Day) -> String {
        self.snapshot.tree.at(day).title(Unit(unit))
    }

    /// A value as it is read.
    pub(crate) fn show(&self, field: &Field, value: &Json, day: Day) -> String {
        let shown = value::show(&self.snapshot.pack, self.snapshot.as_ref(), field, value, day, self.lang);
        match self.measure(field) {
            Some(measure) if !shown.is_empty() => format!("{shown}\u{a0}{measure}"),
            _ => shown,
        }
    }

    /// What stands behind a number.
    pub(crate) fn measure(&self, field: &Field) -> Option<String> {
        use pack::register::FieldType::{Money, Percent, Quantity};
        match field.kind {
            Money => Some(web::t!(self.lang, "record.dong")),
            Percent => Some("%".to_owned()),
            Quantity => {
                let measure = self.snapshot.pack.measures.find(field.measure.as_deref()?)?;
                Some(measure.label.in_lang(self.lang).to_owned())
            }
            _ => None,
        }
    }

    /// How a due day stands today, in working days.
    pub(crate) fn left(&self, due: Day) -> Due {
        let left = self.snapshot.pack.holidays.working_days_between(self.today, due);
        // Overdue by a weekend only is overdue all the same.
        Due::Left(if due < self.today { left.min(-1) } else { left })
    }

    /// Deadlines of a record that are passed and must not be overlooked, each as a red mark.
    pub(crate) fn alarms(&self, record: &Record) -> Markup {
        let clocks = self.snapshot.pack.register(&record.register).map(|register| &register.clocks);
        let passed = clocks.into_iter().flatten().filter(|clock| {
            let running = record.document.clocks.iter().find(|running| running.clock == clock.id);
            clock.alarm && running.is_some_and(|running| running.runs() && running.due < self.today)
        });
        html! { @for clock in passed { " " span class="due over" { (icon("octagon-x")) (clock.label.in_lang(self.lang)) } } }
    }

    pub(crate) fn spare(&self, stopped: Day, due: Day) -> Due {
        Due::Done(self.snapshot.pack.holidays.working_days_between(stopped, due))
    }

    /// Who wrote entries of the timeline: the person, and the body they worked for; `(account, seat)` each.
    pub(crate) async fn people(&self, tx: &mut db::Tx, wrote: &[(i64, i64)]) -> db::Result<HashMap<i64, String>> {
        let accounts: Vec<i64> = wrote.iter().map(|(account, _)| *account).filter(|account| *account != 0).collect();
        let names = if accounts.is_empty() { HashMap::new() } else { people::names(tx, &accounts).await? };
        let name = |account: i64, seat: i64| match names.get(&account) {
            Some(name) => format!("{name}, {}", self.unit_title(seat, self.today)),
            None if account == 0 => web::t!(self.lang, "record.the_system"),
            None => self.unit_title(seat, self.today),
        };
        Ok(wrote.iter().map(|(account, seat)| (*account, name(*account, *seat))).collect())
    }
}

/// Those of the records that the reader at a desk may see.
pub async fn seen(desk: &Desk, tx: &mut Tx, records: Vec<Record>) -> db::Result<Vec<Record>> {
    let mut seen = Vec::with_capacity(records.len());
    let ids: Vec<i64> = records.iter().map(|record| record.id.0).collect();
    let mut parties = store::parties_of(tx, &ids).await?;
    for record in records {
        let parties = parties.remove(&record.id.0).unwrap_or_default();
        if desk.can(READ, &Target::unit(record.unit).register(&record.register).parties(parties)) {
            seen.push(record);
        }
    }
    Ok(seen)
}

/// How a state is shown: words only while it simply runs, a ground where someone is waited for or all is done.
pub(crate) fn tone(tone: pack::register::Tone) -> Tone {
    match tone {
        pack::register::Tone::Plain | pack::register::Tone::Ended => Tone::Plain,
        pack::register::Tone::Waiting => Tone::Info,
        pack::register::Tone::Done => Tone::Ok,
    }
}

/// The books that a seat reads, as `people` reckons them.
pub(super) fn scope(snapshot: &Snapshot, seat: i64, today: Day) -> Scope {
    let reading = people::reading(&snapshot.tree, Unit(seat), today);
    Scope::new(reading.places, reading.units, reading.seat)
}
