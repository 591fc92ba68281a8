//! Saving: every change of a record goes through here, whole or not at all. Locks in one order: numbers, records with what stands
//! beside them, facts, cells once, then the timeline.

use std::collections::BTreeMap;

use db::{Result, Space, Stop, Tx};
use kernel::{Day, Id, Refusal, Refused};
use pack::{
    facts,
    register::{Card, Field, FieldType, Register},
};
use serde_json::{Value as Json, json};
use zeroize::Zeroizing;

use crate::{
    fill::{self, Private},
    house::{House, Snapshot},
    record::{By, Changed, Record},
    step,
    store::{self, Beside},
};

/// A record as it will stand, and what to say of it in the timeline.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version it was read at; none for a new record.
    pub was: Option<i64>,
    pub record: Record,
    pub privates: Vec<Private>,
    pub changed: Vec<Changed>,
    /// `dialogue.hold`, `dialogue.save`.
    pub act: String,
    /// The day a step took place.
    pub on: Option<Day>,
    /// The row of an import that it came from.
    pub batch: Option<(i64, i64)>,
}

/// A change with every name interned, ready for the transaction.
pub struct Ready {
    pub(crate) change: Change,
    beside: Beside,
    lines: Vec<ledger::Line>,
    words: String,
    readers: String,
    sender: Option<SenderFields>,
}

/// The private fields that tell who sent a record, where a behaviour asks for repeats.
pub(crate) struct SenderFields {
    pub(crate) name: String,
    pub(crate) number: String,
}

/// Saves changes in one transaction and gives the records back as they stand.
pub async fn save(house: &House, snapshot: &Snapshot, by: &By, changes: Vec<Change>) -> Result<Vec<Record>> {
    let ready = ready(house, snapshot, changes).await?;
    let ready = ready.as_slice();
    house.db.write(|tx, _| Box::pin(async move { write(tx, house, by, ready).await })).await
}

/// Changes on their way into a transaction that an act of a room above opens: before it does, for names are interned by themselves.
pub async fn ready(house: &House, snapshot: &Snapshot, changes: Vec<Change>) -> Result<Vec<Ready>> {
    let mut ready = Vec::with_capacity(changes.len());
    for change in changes {
        ready.push(prepare(house, snapshot, change).await?);
    }
    Ok(ready)
}

/// The parts of a save that need names or read nothing of the database.
pub(crate) async fn prepare(house: &House, snapshot: &Snapshot, mut change: Change) -> Result<Ready> {
    let pack = &snapshot.pack;
    let register = snapshot.register(&change.record.register)?;
    let record = &mut change.record;
    record.day = facts::record_day(register, &record.head(), &record.document);
    record.title = fill::title(pack, snapshot, register, &record.document, record.day);
    record.due = if record.void { None } else { step::next_due(&record.document) };
    record.definition = pack.register_hash(&register.id);
    let lines = ledger::intern(&house.db, &house.names, &snapshot.evidence(record)).await?;
    let beside = beside(house, register, record).await?;
    let words = if record.void || register.is_sealed() {
        // What is under seal is found by its number only.
        String::new()
    } else {
        fill::search_words(pack, snapshot, register, &record.document, record.day)
    };
    let words = format!("{} {words}", record.reference().replace('/', " "));
    let readers = readers(snapshot, record.unit, &beside.parties, record.day);
    let sender = sender_fields(house, register);
    Ok(Ready { change, beside, lines, words, readers, sender })
}

/// Where a register keeps its sender, if repeats are looked for in it.
pub(crate) fn sender_fields(house: &House, register: &Register) -> Option<SenderFields> {
    let of = |card: Card| register.fields.iter().find(|field| field.card == Some(card)).map(|field| field.id.clone());
    let asked = house.behaviours_of(register).iter().any(|behaviour| behaviour.marks_senders());
    asked.then_some(())?;
    Some(SenderFields { name: of(Card::Name)?, number: of(Card::Number)? })
}

/// Marks the sender anew when name or number change. What is sealed is known here only while it is written: both, or the mark is gone.
async fn mark_sender(
    tx: &mut Tx,
    house: &House,
    change: &Change,
    sender: &SenderFields,
    record: &Record,
) -> Result<()> {
    let typed = |field: &str| change.privates.iter().find(|private| private.field == field);
    if typed(&sender.name).is_none() && typed(&sender.number).is_none() {
        return Ok(());
    }
    let mut known = [Zeroizing::default(), Zeroizing::default()];
    for (value, field) in known.iter_mut().zip([&sender.name, &sender.number]) {
        *value = Zeroizing::new(match typed(field) {
            Some(private) => private.text.clone().unwrap_or_default(),
            None if change.was.is_none() => String::new(),
            None => house.vault.get(tx, record.id.0, field).await?.unwrap_or_default(),
        });
    }
    if change.was.is_none() && known.iter().any(|value| value.is_empty()) {
        return Ok(());
    }
    mark(tx, house, record, &known[0], &known[1]).await
}

/// Marks who sent a record within its book.
pub(crate) async fn mark(tx: &mut Tx, house: &House, record: &Record, name: &str, number: &str) -> Result<()> {
    let book = format!("{}/{}", record.unit, record.register);
    house.vault.mark_sender(tx, &book, record.id.0, name, number).await
}

/// Attributes, parties and links, as integers.
async fn beside(house: &House, register: &Register, record: &Record) -> Result<Beside> {
    let (db, names) = (&house.db, &house.names);
    let mut beside = Beside { register: names.intern(db, Space::Register, &register.id).await?, ..Beside::default() };
    if let Some(state) = &record.state {
        beside.state = names.intern(db, Space::Word, state).await?;
    }
    for field in register.fields.iter().filter(|field| field.index && !field.private) {
        let Some(value) = record.document.fields.get(&field.id) else { continue };
        let id = names.intern(db, Space::Field, &format!("{}.{}", register.id, field.id)).await?;
        for one in several(value) {
            if let Some(value) = attribute(house, field, one).await? {
                beside.attributes.push((id, value));
            }
        }
    }
    for field in &register.parties {
        beside
            .parties
            .extend(record.document.fields.get(field).map(several).unwrap_or_default().iter().filter_map(Json::as_i64));
    }
    beside.parties.retain(|unit| *unit != record.unit);
    beside.parties.sort_unstable();
    beside.parties.dedup();
    for (path, value) in links(register, record) {
        beside.links.push((path, value.0));
    }
    Ok(beside)
}

/// The records that a record's link fields name, with the path of the field.
pub fn links(register: &Register, record: &Record) -> Vec<(String, Id)> {
    let mut links = Vec::new();
    let mut add = |path: String, value: Option<&Json>| {
        let handles = value.map(several).unwrap_or_default().iter().filter_map(Json::as_str);
        links.extend(handles.filter_map(|handle| handle.parse::<Id>().ok()).map(|id| (path.clone(), id)));
    };
    for field in register.fields.iter().filter(|field| field.kind == FieldType::Link) {
        add(field.id.clone(), record.document.fields.get(&field.id));
    }
    for rows in &register.rows {
        for field in rows.fields.iter().filter(|field| field.kind == FieldType::Link) {
            for row in record.document.rows(&rows.id) {
                add(format!("{}.{}", rows.id, field.id), row.fields.get(&field.id));
            }
        }
    }
    links
}

fn several(value: &Json) -> &[Json] {
    match value {
        Json::Null => &[],
        Json::Array(list) => list,
        one => std::slice::from_ref(one),
    }
}

/// A field's value as one integer, in the right order on both databases.
pub(crate) async fn attribute(house: &House, field: &Field, value: &Json) -> Result<Option<i64>> {
    let day = || pack::document::day_of(value);
    Ok(match field.kind {
        FieldType::Date => day().map(kernel::day_number),
        FieldType::Month => day().map(kernel::month_number),
        FieldType::YesNo => value.as_bool().map(i64::from),
        FieldType::Rank => value.get("rank").and_then(Json::as_i64),
        FieldType::Link => value.as_str().and_then(|handle| handle.parse::<Id>().ok()).map(|id| id.0),
        FieldType::Choice
        | FieldType::Choices
        | FieldType::Topic
        | FieldType::Post
        | FieldType::Figure
        | FieldType::Target => match value.as_str() {
            Some(word) => Some(house.names.intern(&house.db, Space::Word, word).await?),
            None => None,
        },
        _ => pack::document::Amount::of(value).and_then(|amount| amount.n),
    })
}

/// The tokens of those who may read: the record's body, its superiors, and the parties with theirs.
fn readers(snapshot: &Snapshot, unit: i64, parties: &[i64], day: Day) -> String {
    let at = snapshot.tree.at(day);
    let mut units: Vec<i64> = Vec::new();
    for one in std::iter::once(unit).chain(parties.iter().copied()) {
        let one = units::Unit(one);
        units.push(one.0);
        units.extend(at.superiors(one).into_iter().map(|unit| unit.0));
        // A seat at a place reads what lies in it.
        units.push(one.ground().0);
        units.extend(at.ancestors(one.ground()).into_iter().map(|unit| unit.0));
    }
    units.sort_unstable();
    units.dedup();
    let tokens = units.iter().map(|unit| format!("u{unit}"));
    std::iter::once("all".to_owned()).chain(tokens).collect::<Vec<_>>().join(" ")
}

/// Writes what is ready, in the caller's transaction, and gives the records back as they stand.
pub async fn write(tx: &mut Tx, house: &House, by: &By, ready: &[Ready]) -> Result<Vec<Record>> {
    let mut records: Vec<Record> = ready.iter().map(|one| one.change.record.clone()).collect();
    links_exist(tx, ready).await?;
    give_numbers(tx, ready, &mut records).await?;
    let new: Vec<(&Record, &Beside)> = ready
        .iter()
        .zip(&records)
        .filter(|(one, _)| one.change.was.is_none())
        .map(|(one, record)| (record, &one.beside))
        .collect();
    store::add_all(tx, &new).await?;
    for (one, record) in ready.iter().zip(&mut records) {
        if let Some(was) = one.change.was {
            record.version = was;
            store::save(tx, record, &one.beside).await?;
            record.version = was + 1;
        }
    }
    let mut entry = ledger::Entry::default();
    let fresh: Vec<(i64, &[ledger::Line])> = ready
        .iter()
        .zip(&records)
        .filter(|(one, _)| one.change.was.is_none())
        .map(|(one, record)| (record.id.0, one.lines.as_slice()))
        .collect();
    entry.insert_all(tx, &fresh).await?;
    for (one, record) in ready.iter().zip(&records).filter(|(one, _)| one.change.was.is_some()) {
        entry.replace(tx, record.id.0, &one.lines).await?;
    }
    for (one, record) in ready.iter().zip(&records) {
        if one.change.was.is_none() {
            db::dialect::index_first(tx, record.id.0, &one.words, &one.readers).await?;
        } else {
            db::dialect::index(tx, record.id.0, &one.words, &one.readers).await?;
        }
    }
    entry.close(tx).await?;
    let mut bodies = Vec::with_capacity(ready.len());
    for (one, record) in ready.iter().zip(&records) {
        bodies.push(body(tx, house, one, record).await?);
    }
    let entries = ready.iter().zip(&records).zip(bodies).map(|((one, record), body)| timeline::Entry {
        about: timeline::Kind::Record.of(record.id.0),
        act: &one.change.act,
        who: by.account,
        seat: by.seat,
        at: by.now,
        on: one.change.on,
        body,
        cause: None,
    });
    timeline::record_all(tx, &house.ids, entries.collect()).await?;
    Ok(records)
}

/// A link must name a record that is there, or one of this very save.
async fn links_exist(tx: &mut Tx, ready: &[Ready]) -> Result<()> {
    let mut wanted: Vec<i64> =
        ready.iter().flat_map(|one| one.beside.links.iter().map(|(_, target)| *target)).collect();
    wanted.retain(|target| !ready.iter().any(|one| one.change.record.id.0 == *target));
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(());
    }
    let known = store::existing(tx, &wanted).await?;
    let mut refused = Refused::default();
    for one in ready {
        for (field, target) in
            one.beside.links.iter().filter(|(_, target)| wanted.contains(target) && !known.contains(target))
        {
            refused.push(Refusal::new("record.no_such_link").with("value", Id(*target)).at(field.clone()));
        }
    }
    refused.settle().map_err(Stop::from)
}

/// Numbers without gaps or doubles: taken from the book's counter inside the transaction.
async fn give_numbers(tx: &mut Tx, ready: &[Ready], records: &mut [Record]) -> Result<()> {
    let mut wanted: BTreeMap<(i64, i64, i64), Vec<usize>> = BTreeMap::new();
    for (place, one) in ready.iter().enumerate().filter(|(_, one)| one.change.was.is_none()) {
        let record = &mut records[place];
        record.year = i64::from(record.day.year());
        wanted.entry((one.beside.register, record.unit, record.year)).or_default().push(place);
    }
    for ((register, unit, year), places) in wanted {
        let many = i64::try_from(places.len()).unwrap_or(i64::MAX);
        let last = store::take_numbers(tx, register, unit, year, many).await?;
        for (number, place) in (last - many + 1..).zip(places) {
            records[place].number = number;
        }
    }
    Ok(())
}

/// What the timeline keeps of a change. Private values go to the vault here, and leave their salted hash.
async fn body(tx: &mut Tx, house: &House, one: &Ready, record: &Record) -> Result<Json> {
    let mut changed = serde_json::to_value(&one.change.changed)?;
    let contents: Vec<(String, Zeroizing<Vec<u8>>)> = one
        .change
        .privates
        .iter()
        .filter(|private| private.sealed)
        .map(|private| (private.field.clone(), Zeroizing::new(private.text.clone().unwrap_or_default().into_bytes())))
        .collect();
    if !contents.is_empty() {
        for (field, mark) in house.vault.seal_case(tx, record.id.0, record.unit, &contents).await? {
            if let Json::Array(list) = &mut changed {
                list.push(json!({ "field": field, "sealed": mark }));
            }
        }
    }
    if let Some(sender) = &one.sender {
        mark_sender(tx, house, &one.change, sender, record).await?;
    }
    for (field, hash) in put_privates(tx, house, one, record).await? {
        if let Json::Array(list) = &mut changed {
            list.push(json!({ "field": field, "hash": hash }));
        }
    }
    let mut body = json!({ "version": record.version, "changed": changed });
    if one.change.was.is_none() {
        body["number"] = record.reference().into();
    }
    if let Some(state) = &record.state {
        body["state"] = state.clone().into();
    }
    Ok(body)
}

/// Private values into the vault, with the hash of each that changed.
async fn put_privates<'r>(
    tx: &mut Tx,
    house: &House,
    one: &'r Ready,
    record: &Record,
) -> Result<Vec<(&'r str, String)>> {
    let open = one.change.privates.iter().filter(|private| !private.sealed);
    let given = open.map(|private| (private.field.as_str(), private.text.as_deref().unwrap_or_default()));
    if one.change.was.is_none() {
        let filled: Vec<(&str, &str)> = given.filter(|(_, text)| !text.is_empty()).collect();
        if filled.is_empty() {
            return Ok(Vec::new());
        }
        let hashes = house.vault.put_first(tx, record.id.0, &filled).await?;
        return Ok(filled.into_iter().map(|(field, _)| field).zip(hashes).collect());
    }
    let mut changed = Vec::new();
    for (field, text) in given {
        let filled = house.vault.get(tx, record.id.0, field).await?;
        if filled.as_deref() == Some(text) || (filled.is_none() && text.is_empty()) {
            continue;
        }
        changed.push((field, house.vault.put(tx, record.id.0, field, text).await?));
    }
    Ok(changed)
}
