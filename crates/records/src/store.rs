//! All SQL about records.

pub(crate) mod calls;
mod days;
mod given;
pub(crate) mod list;
mod reading;
pub mod watch;

pub use days::{ChangeRow, DayRow, change, changes, days};
pub(crate) use days::{count_running, enter, running};
pub use given::{Given, Whose, bar, given, whose};
pub use reading::{Reading, note_readings, readings};

use std::collections::HashMap;

use db::{Names, Result, Space, Tx, args};
use kernel::{Day, Id, number_day};

use crate::record::Record;

const FIND: &str = "select id, register, unit, year, number, day, recorded, state, title, due, version, origin, source_key, definition, void, data
    from record where id = $1";
const FIND_MANY: &str = "select id, register, unit, year, number, day, recorded, state, title, due, version, origin, source_key, definition, void, data
    from record where id = any($1) order by id desc";
const BOOKS: &str = "select id, register from record where id = any($1) order by id desc";
const BY_SOURCE: &str = "select id from record where register = $1 and source_key = $2";
const ADD: &str = "insert into record (id, register, unit, place, year, number, day, recorded, state, title, title_key, due, version, origin, source_key,
    definition, void, data) values";
const SAVE: &str = "update record set day = $3, state = $4, title = $5, title_key = $6, due = $7, version = version + 1, definition = $8,
    void = $9, data = $10, source_key = $11 where id = $1 and version = $2";
const NUMBER: &str = "insert into counter (register, unit, year, last) values ($1, $2, $3, $4)
    on conflict (register, unit, year) do update set last = counter.last + $4 returning last";

const DROP_ATTRIBUTES: &str = "delete from attribute where record = $1";
const ADD_ATTRIBUTES: &str =
    "insert into attribute (register, field, value, day, record) values on conflict do nothing";
const DROP_PARTIES: &str = "delete from party where record = $1";
const ADD_PARTIES: &str = "insert into party (record, unit) values on conflict do nothing";
const PARTIES: &str = "select unit from party where record = $1 order by unit";
const PARTIES_OF: &str = "select record, unit from party where record = any($1) order by record, unit";
const DROP_LINKS: &str = "delete from link where source = $1";
const ADD_LINKS: &str = "insert into link (source, field, target) values on conflict do nothing";
const LINKS_TO: &str = "select source, field from link where target = $1 order by source desc limit 500";
const LINKED_BY: &str = "select source from link where target = $1 and field = $2 order by source";
const EXISTING: &str = "select id from record where id = any($1)";
const REGISTER_PAGE: &str = "select id from record where register = $1 and id > $2 order by id limit $3";
const COUNT_REGISTER: &str = "select count(*) from record where register = $1";
const USES_ATTRIBUTE: &str = "select count(*) from attribute where register = $1 and field = $2 and value = $3";

const VERSION: &str = "select version from record where id = $1";
/// What records of some books made that is still in one of these states, with its due day.
const LEFT_OPEN: &str = "select m.id, coalesce(m.due, 9999999) as due from record d
    join link l on l.target = d.id and l.field = $6
    join record m on m.id = l.source and m.register = $7 and m.state = any($8) and m.void = $9
    where d.register = $1 and d.place = any($2) and d.unit = any($3) and d.id <> $4 and d.day <= $5 and d.void = $9
    order by due, m.id limit 200";
/// The records of a book that name one post, of these days.
const OF_SUBJECT: &str = "select r.id from attribute a join record r on r.id = a.record and r.unit = $4 and r.void = $7
    where a.register = $1 and a.field = $2 and a.value = $3 and a.day >= $5 and a.day <= $6 order by r.id limit 2000";
/// Entries of other books on a topic at one of these places within these days.
const MET: &str = "select distinct r.id from attribute t
    join attribute p on p.register = t.register and p.field = $4 and p.value = any($5) and p.day = t.day and p.record = t.record
    join record r on r.id = t.record and r.unit <> $8 and r.void = $9
    where t.register = $1 and t.field = $2 and t.value = $3 and t.day >= $6 and t.day <= $7 order by r.id limit 20";

const ADD_FILE: &str = "insert into attachment (id, record, field, name, media, size, hash, at_ms, account, gone) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const FILES: &str = "select id, record, field, name, media, size, hash, at_ms, account from attachment where record = $1 and gone = $2 order by id";
const FILE: &str =
    "select id, record, field, name, media, size, hash, at_ms, account from attachment where id = $1 and gone = $2";
const DROP_FILE: &str = "update attachment set gone = $3 where id = $1 and record = $2";

#[derive(Clone, Debug, db::FromRow)]
pub(crate) struct Stored {
    id: i64,
    register: i64,
    unit: i64,
    year: i64,
    number: i64,
    day: i64,
    recorded: i64,
    state: i64,
    title: String,
    due: Option<i64>,
    version: i64,
    origin: Option<i64>,
    source_key: Option<String>,
    definition: String,
    void: bool,
    data: String,
}

impl Stored {
    async fn open(self, tx: &mut Tx, names: &Names) -> Result<Record> {
        Ok(Record {
            id: Id(self.id),
            register: names.name(tx, self.register).await?,
            unit: self.unit,
            year: self.year,
            number: self.number,
            day: number_day(self.day),
            recorded: number_day(self.recorded),
            state: if self.state == 0 { None } else { Some(names.name(tx, self.state).await?) },
            title: self.title,
            due: self.due.map(number_day),
            version: self.version,
            origin: self.origin.map(Id),
            source_key: self.source_key,
            definition: self.definition,
            void: self.void,
            document: serde_json::from_str(&self.data)?,
        })
    }
}

/// A file attached to a record.
#[derive(Clone, Debug, PartialEq, Eq, db::FromRow)]
pub struct Attachment {
    pub id: i64,
    pub record: i64,
    pub field: String,
    pub name: String,
    pub media: String,
    pub size: i64,
    pub hash: String,
    pub at_ms: i64,
    pub account: i64,
}

/// What stands beside the document: interned, ready to write.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    pub(crate) register: i64,
    pub(crate) state: i64,
    /// (field, value)
    pub(crate) attributes: Vec<(i64, i64)>,
    pub(crate) parties: Vec<i64>,
    /// (field, target)
    pub(crate) links: Vec<(String, i64)>,
}

pub async fn find(tx: &mut Tx, names: &Names, id: Id) -> Result<Record> {
    let stored: Stored = tx.one(FIND, args![id]).await?;
    stored.open(tx, names).await
}

/// The records of a book that name one post, between two days: interned register, field and post.
pub async fn of_subject(
    tx: &mut Tx,
    names: &Names,
    register: i64,
    field: i64,
    subject: i64,
    unit: i64,
    (from, to): (Day, Day),
) -> Result<Vec<Record>> {
    let (from, to) = (kernel::day_number(from), kernel::day_number(to));
    let ids: Vec<(i64,)> = tx.all(OF_SUBJECT, args![register, field, subject, unit, from, to, false]).await?;
    find_many(tx, names, &ids.into_iter().map(|(id,)| id).collect::<Vec<_>>()).await
}

/// Those of the ids that are there, newest first.
pub async fn find_many(tx: &mut Tx, names: &Names, ids: &[i64]) -> Result<Vec<Record>> {
    let stored: Vec<Stored> = tx.all(FIND_MANY, args![ids]).await?;
    let mut records = Vec::with_capacity(stored.len());
    for one in stored {
        records.push(one.open(tx, names).await?);
    }
    Ok(records)
}

/// Of which register each of the ids is, newest first: without their documents.
pub(crate) async fn books(tx: &mut Tx, ids: &[i64]) -> Result<Vec<(i64, i64)>> {
    tx.all(BOOKS, args![ids]).await
}

pub async fn by_source(tx: &mut Tx, register: i64, source_key: &str) -> Result<Option<Id>> {
    Ok(tx.maybe::<(i64,)>(BY_SOURCE, args![register, source_key]).await?.map(|(id,)| Id(id)))
}

/// Which of the ids are records.
pub(crate) async fn existing(tx: &mut Tx, ids: &[i64]) -> Result<Vec<i64>> {
    Ok(tx.all::<(i64,)>(EXISTING, args![ids]).await?.into_iter().map(|(id,)| id).collect())
}

/// Takes `many` numbers of a book and year, and gives the last of them.
pub(crate) async fn take_numbers(tx: &mut Tx, register: i64, unit: i64, year: i64, many: i64) -> Result<i64> {
    let (last,): (i64,) = tx.one(NUMBER, args![register, unit, year, many]).await?;
    Ok(last)
}

pub(crate) async fn add_all(tx: &mut Tx, records: &[(&Record, &Beside)]) -> Result<()> {
    let mut rows = Vec::with_capacity(records.len());
    for (record, beside) in records {
        rows.push(args![
            record.id,
            beside.register,
            record.unit,
            units::Unit(record.unit).key(),
            record.year,
            record.number,
            record.day,
            record.recorded,
            beside.state,
            &record.title,
            kernel::text::fold(&record.title),
            record.due,
            record.version,
            record.origin,
            record.source_key.as_deref(),
            &record.definition,
            record.void,
            serde_json::to_string(&record.document)?,
        ]);
    }
    tx.fill(ADD, rows).await?;
    add_beside(tx, records).await
}

/// Fails with `Stale` when another officer saved first.
pub(crate) async fn save(tx: &mut Tx, record: &Record, beside: &Beside) -> Result<()> {
    let data = serde_json::to_string(&record.document)?;
    tx.change(
        SAVE,
        args![
            record.id,
            record.version,
            record.day,
            beside.state,
            &record.title,
            kernel::text::fold(&record.title),
            record.due,
            &record.definition,
            record.void,
            data,
            record.source_key.as_deref(),
        ],
    )
    .await?;
    for sql in [DROP_ATTRIBUTES, DROP_PARTIES, DROP_LINKS] {
        tx.run(sql, args![record.id]).await?;
    }
    add_beside(tx, &[(record, beside)]).await
}

async fn add_beside(tx: &mut Tx, records: &[(&Record, &Beside)]) -> Result<()> {
    let mut attributes = Vec::new();
    let mut parties = Vec::new();
    let mut links = Vec::new();
    for (record, beside) in records {
        attributes.extend(
            beside
                .attributes
                .iter()
                .map(|(field, value)| args![beside.register, *field, *value, record.day, record.id]),
        );
        parties.extend(beside.parties.iter().map(|unit| args![record.id, *unit]));
        links.extend(beside.links.iter().map(|(field, target)| args![record.id, field, *target]));
    }
    tx.fill(ADD_ATTRIBUTES, attributes).await?;
    tx.fill(ADD_PARTIES, parties).await?;
    tx.fill(ADD_LINKS, links).await
}

pub async fn parties(tx: &mut Tx, record: Id) -> Result<Vec<i64>> {
    Ok(tx.all::<(i64,)>(PARTIES, args![record]).await?.into_iter().map(|(unit,)| unit).collect())
}

/// The same of several records at once; those without any are left out.
pub async fn parties_of(tx: &mut Tx, records: &[i64]) -> Result<HashMap<i64, Vec<i64>>> {
    let rows: Vec<(i64, i64)> = tx.all(PARTIES_OF, args![records]).await?;
    let mut parties: HashMap<i64, Vec<i64>> = HashMap::new();
    for (record, unit) in rows {
        parties.entry(record).or_default().push(unit);
    }
    Ok(parties)
}

/// The records that point here, with the field by which they do.
pub async fn links_to(tx: &mut Tx, target: Id) -> Result<Vec<(Id, String)>> {
    let rows: Vec<(i64, String)> = tx.all(LINKS_TO, args![target]).await?;
    Ok(rows.into_iter().map(|(source, field)| (Id(source), field)).collect())
}

pub async fn linked_by(tx: &mut Tx, target: Id, field: &str) -> Result<Vec<i64>> {
    Ok(tx.all::<(i64,)>(LINKED_BY, args![target, field]).await?.into_iter().map(|(source,)| source).collect())
}

/// The ids of a register's records after `after`, in order: for a walk over all.
pub async fn page_of_register(tx: &mut Tx, register: i64, after: i64, limit: i64) -> Result<Vec<i64>> {
    Ok(tx.all::<(i64,)>(REGISTER_PAGE, args![register, after, limit]).await?.into_iter().map(|(id,)| id).collect())
}

pub async fn count_of_register(tx: &mut Tx, register: i64) -> Result<i64> {
    Ok(tx.one::<(i64,)>(COUNT_REGISTER, args![register]).await?.0)
}

/// How many records have this value in this indexed field.
pub async fn uses(tx: &mut Tx, names: &Names, register: &str, field: &str, word: &str) -> Result<i64> {
    let found = (
        names.find(tx, Space::Register, register).await?,
        names.find(tx, Space::Field, &format!("{register}.{field}")).await?,
        names.find(tx, Space::Word, word).await?,
    );
    let (Some(register), Some(field), Some(value)) = found else { return Ok(0) };
    Ok(tx.one::<(i64,)>(USES_ATTRIBUTE, args![register, field, value]).await?.0)
}

pub(crate) async fn add_file(tx: &mut Tx, file: &Attachment) -> Result<()> {
    let row = args![
        file.id,
        file.record,
        &file.field,
        &file.name,
        &file.media,
        file.size,
        &file.hash,
        file.at_ms,
        file.account,
        false
    ];
    tx.run(ADD_FILE, row).await.map(|_| ())
}

pub async fn files(tx: &mut Tx, record: Id) -> Result<Vec<Attachment>> {
    tx.all(FILES, args![record, false]).await
}

pub async fn file(tx: &mut Tx, id: Id) -> Result<Attachment> {
    tx.one(FILE, args![id, false]).await
}

pub(crate) async fn drop_file(tx: &mut Tx, id: Id, record: Id) -> Result<()> {
    tx.change(DROP_FILE, args![id, record, true]).await
}

pub async fn version(tx: &mut Tx, record: i64) -> Result<i64> {
    Ok(tx.one::<(i64,)>(VERSION, args![record]).await?.0)
}

/// Which records are asked for by [`met`].
pub(crate) struct Met<'a> {
    pub(crate) register: i64,
    /// The field and its word.
    pub(crate) topic: (i64, i64),
    /// The field and its units.
    pub(crate) places: (i64, &'a [i64]),
    pub(crate) from: Day,
    pub(crate) to: Day,
    /// The book that is not asked.
    pub(crate) but: i64,
}

pub(crate) async fn met(tx: &mut Tx, asked: Met<'_>) -> Result<Vec<i64>> {
    let ((topic, word), (ground, places)) = (asked.topic, asked.places);
    let args = args![asked.register, topic, word, ground, &places.to_vec(), asked.from, asked.to, asked.but, false];
    Ok(tx.all::<(i64,)>(MET, args).await?.into_iter().map(|(id,)| id).collect())
}

/// Which records are asked for by [`left_open`].
pub(crate) struct LeftOpen<'a> {
    pub(crate) register: i64,
    /// The units in whose books the makers stand.
    pub(crate) books: &'a [i64],
    /// The maker that is not asked for.
    pub(crate) but: Id,
    /// The last day of the makers.
    pub(crate) until: Day,
    /// The field by which what was made names its maker.
    pub(crate) link: &'a str,
    pub(crate) made: i64,
    pub(crate) states: &'a [i64],
}

/// What records made that is still open: the ids with the due days.
pub(crate) async fn left_open(tx: &mut Tx, asked: LeftOpen<'_>) -> Result<Vec<(i64, i64)>> {
    let places: Vec<i64> = asked.books.iter().map(|unit| units::Unit(*unit).key()).collect();
    let args = args![
        asked.register,
        &places,
        &asked.books.to_vec(),
        asked.but,
        asked.until,
        asked.link,
        asked.made,
        &asked.states.to_vec(),
        false
    ];
    tx.all(LEFT_OPEN, args).await
}
