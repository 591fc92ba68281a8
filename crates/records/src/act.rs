//! What people do with records: open one, edit, take a step, comment, attach, take back. The shell, the API and a form call the same.

use std::collections::BTreeMap;

mod crossing;
pub mod identity;

pub(crate) use crossing::follow;
use crossing::{reached, refresh_copies};

use db::{Result, Stop, Tx};
use kernel::{Day, Id, Refusal};
use pack::{
    document::Document,
    facts::Head,
    register::{FieldType, Register, Step},
};
use serde_json::{Value as Json, json};

use crate::{
    behaviour,
    fill::{self, Input},
    house::{House, Snapshot},
    record::{By, Record},
    save::{Change, save},
    step::Rules,
    store,
    value::{self, Directory as _},
};

/// What a new record is made from.
#[derive(Clone, Debug, Default)]
pub struct New {
    pub unit: i64,
    pub input: Input,
    /// Steps to take at once, with their days, in order.
    pub steps: Vec<(String, Day)>,
    pub source_key: Option<String>,
    pub origin: Option<Id>,
    /// A step of another record opens it: its body must stand on the step's day; what it tells of may be older.
    pub made: bool,
    pub batch: Option<(i64, i64)>,
}

/// A record, and what it warns of.
#[derive(Clone, Debug)]
pub struct Done {
    pub record: Record,
    pub warnings: Vec<Refusal>,
}

/// Opens a record in a book.
pub async fn create(house: &House, by: &By, register: &str, new: New) -> Result<Done> {
    let snapshot = house.now();
    let (changes, warnings) = plan_new(house, &snapshot, by, register, new).await?;
    let records = save(house, &snapshot, by, changes).await?;
    first(records).map(|record| Done { record, warnings })
}

/// The changes that opening a record comes to: itself, what its steps do to others, what its behaviours add.
pub async fn plan_new(
    house: &House,
    snapshot: &Snapshot,
    by: &By,
    register: &str,
    new: New,
) -> Result<(Vec<Change>, Vec<Refusal>)> {
    let (mut changes, mut warnings) = draft_new(house, snapshot, by, register, new).await?;
    warnings.extend(behaviour::consult(house, snapshot, by, None, &mut changes).await?);
    Ok((changes, warnings))
}

/// The same before any behaviour has spoken.
pub(crate) async fn draft_new(
    house: &House,
    snapshot: &Snapshot,
    by: &By,
    register: &str,
    new: New,
) -> Result<(Vec<Change>, Vec<Refusal>)> {
    let register = snapshot.register(register)?;
    let mut document = Document::default();
    let mut input = new.input;
    for field in &register.fields {
        if let Some(default) = &field.default {
            let value = if default == "today" { kernel::show_day(by.today) } else { default.clone() };
            input.fields.entry(field.id.clone()).or_insert(value);
        }
    }
    let filled = fill::fill(&snapshot.pack, snapshot, register, &mut document, &input, by.today)?;
    let privates: Vec<String> =
        filled.privates.iter().filter(|private| private.text.is_some()).map(|private| private.field.clone()).collect();
    let mut head = Head { unit: new.unit, state: register.initial.clone(), recorded: by.today };
    let rules = Rules { pack: &snapshot.pack, directory: snapshot, register, privates: &privates };
    let warnings = fill::check(&snapshot.pack, snapshot, register, &head, &mut document, &privates)?;
    let stands = if new.made { by.today } else { pack::facts::record_day(register, &head, &document) };
    unit_stands(snapshot, &head, stands)?;
    let begun = document.day(&register.day).unwrap_or(by.today).min(by.today);
    rules.start(&head, &mut document, "created", begun)?;
    rules.follow_fields(&head, &mut document)?;
    for (step, on) in &new.steps {
        let step = find_step(register, step)?;
        rules.take(&mut head, &mut document, step, *on, by, None)?;
    }
    let record = Record {
        id: house.ids.next(by.now),
        register: register.id.clone(),
        unit: new.unit,
        year: 0,
        number: 0,
        day: begun,
        recorded: by.today,
        state: head.state,
        title: String::new(),
        due: None,
        version: 1,
        origin: new.origin,
        source_key: new.source_key,
        definition: String::new(),
        void: false,
        document,
    };
    let mut changes = vec![Change {
        was: None,
        record,
        privates: filled.privates,
        changed: filled.changed,
        act: format!("{}.create", register.id),
        on: None,
        batch: new.batch,
    }];
    for (step, on) in &new.steps {
        let step = find_step(register, step)?;
        follow(house, snapshot, by, register, step, *on, &mut changes).await?;
    }
    Ok((changes, warnings))
}

/// Corrects fields. `version` is the one that the editor saw.
pub async fn edit(house: &House, by: &By, id: Id, version: i64, input: Input) -> Result<Done> {
    let snapshot = house.now();
    let (changes, warnings) = plan_edit(house, &snapshot, by, id, Some(version), input).await?;
    if changes.is_empty() {
        let mut tx = house.read().await?;
        return Ok(Done { record: store::find(&mut tx, &house.names, id).await?, warnings });
    }
    let records = save(house, &snapshot, by, changes).await?;
    first(records).map(|record| Done { record, warnings })
}

/// The changes that an edit comes to; none when nothing would change.
pub async fn plan_edit(
    house: &House,
    snapshot: &Snapshot,
    by: &By,
    id: Id,
    version: Option<i64>,
    input: Input,
) -> Result<(Vec<Change>, Vec<Refusal>)> {
    let (record, privates) = read(house, id).await?;
    let (mut changes, mut warnings) = draft_edit(house, snapshot, record.clone(), privates, version, input).await?;
    warnings.extend(behaviour::consult(house, snapshot, by, Some(&record), &mut changes).await?);
    Ok((changes, warnings))
}

/// The same before any behaviour has spoken.
pub(crate) async fn draft_edit(
    house: &House,
    snapshot: &Snapshot,
    mut record: Record,
    mut privates: Vec<String>,
    version: Option<i64>,
    input: Input,
) -> Result<(Vec<Change>, Vec<Refusal>)> {
    let id = record.id;
    if version.is_some_and(|version| version != record.version) {
        return Err(Stop::Stale);
    }
    if record.void {
        return Err(Refusal::new("record.is_void").with("number", record.reference()).into());
    }
    let register = snapshot.register(&record.register)?;
    let mut filled = fill::fill(&snapshot.pack, snapshot, register, &mut record.document, &input, record.day)?;
    keep_only_new(house, id, &mut filled.privates).await?;
    for private in &filled.privates {
        privates.retain(|field| *field != private.field);
        privates.extend(private.text.is_some().then(|| private.field.clone()));
    }
    let head = record.head();
    let warnings = fill::check(&snapshot.pack, snapshot, register, &head, &mut record.document, &privates)?;
    if filled.changed.is_empty() && filled.privates.is_empty() {
        return Ok((Vec::new(), warnings));
    }
    let day = pack::facts::record_day(register, &head, &record.document);
    if day != record.day {
        unit_stands(snapshot, &head, day)?;
    }
    let rules = Rules { pack: &snapshot.pack, directory: snapshot, register, privates: &privates };
    rules.follow_fields(&head, &mut record.document)?;
    let was = Some(record.version);
    let act = format!("{}.save", register.id);
    let mut changes =
        vec![Change { was, record, privates: filled.privates, changed: filled.changed, act, on: None, batch: None }];
    refresh_copies(house, snapshot, &mut changes).await?;
    Ok((changes, warnings))
}

/// Takes a step on a day, with the fields that its form asked for.
pub async fn take(house: &House, by: &By, id: Id, version: i64, step: &str, on: Day, input: Input) -> Result<Done> {
    let snapshot = house.now();
    let (changes, warnings) = plan_step(house, &snapshot, by, id, Some(version), step, on, input).await?;
    let records = save(house, &snapshot, by, changes).await?;
    first(records).map(|record| Done { record, warnings })
}

/// The changes that a step comes to: the record's own, effects on linked records, records it makes.
#[expect(clippy::too_many_arguments, reason = "the act, whole")]
pub async fn plan_step(
    house: &House,
    snapshot: &Snapshot,
    by: &By,
    id: Id,
    version: Option<i64>,
    step: &str,
    on: Day,
    input: Input,
) -> Result<(Vec<Change>, Vec<Refusal>)> {
    let (stood, mut privates) = read(house, id).await?;
    if version.is_some_and(|version| version != stood.version) {
        return Err(Stop::Stale);
    }
    let mut record = stood.clone();
    let register = snapshot.register(&record.register)?;
    let step = find_step(register, step)?;
    let mut input = input;
    if let Some(day) = &step.day {
        input.fields.entry(day.clone()).or_insert_with(|| kernel::show_day(on));
    }
    bodies_of_the_day(snapshot, register, &record, on, &mut input);
    let filled = fill::fill(&snapshot.pack, snapshot, register, &mut record.document, &input, record.day)?;
    privates
        .extend(filled.privates.iter().filter(|private| private.text.is_some()).map(|private| private.field.clone()));
    let mut head = record.head();
    let mut warnings = fill::check(&snapshot.pack, snapshot, register, &head, &mut record.document, &privates)?;
    let rules = Rules { pack: &snapshot.pack, directory: snapshot, register, privates: &privates };
    rules.follow_fields(&head, &mut record.document)?;
    warnings.extend(rules.warnings(&head, &record.document, step));
    rules.take(&mut head, &mut record.document, step, on, by, None)?;
    record.state = head.state;
    let was = Some(record.version);
    let act = format!("{}.{}", register.id, step.id);
    let mut changes = vec![Change {
        was,
        record,
        privates: filled.privates,
        changed: filled.changed,
        act,
        on: Some(on),
        batch: None,
    }];
    follow(house, snapshot, by, register, step, on, &mut changes).await?;
    refresh_copies(house, snapshot, &mut changes).await?;
    warnings.extend(behaviour::consult(house, snapshot, by, Some(&stood), &mut changes).await?);
    Ok((changes, warnings))
}

/// A body that a step names is that of the step's day, be the record of before a merger; what the form only shows again stays as it is.
fn bodies_of_the_day(snapshot: &Snapshot, register: &Register, record: &Record, on: Day, input: &mut Input) {
    input.fields.retain(|id, text| {
        let Some(field) = register.field(id).filter(|field| field.kind == FieldType::Body) else { return true };
        let known = record.document.fields.get(id);
        if known.is_some_and(|known| value::write(&snapshot.pack, snapshot, field, known, record.day) == *text) {
            return false;
        }
        let parts: std::result::Result<Vec<i64>, Refusal> =
            text.split(';').map(|part| snapshot.unit(part.trim(), on)).collect();
        if let Ok(units) = parts {
            *text = units.iter().map(|unit| format!("#{unit}")).collect::<Vec<_>>().join("; ");
        }
        true
    });
}

/// Takes back the last step, and what it did to linked records.
pub async fn undo(house: &House, by: &By, id: Id, version: i64) -> Result<Done> {
    let snapshot = house.now();
    let (record, _) = read(house, id).await?;
    if record.version != version {
        return Err(Stop::Stale);
    }
    let register = snapshot.register(&record.register)?;
    let Some(last) = record.document.steps.last().cloned() else {
        return Err(Refusal::new("step.nothing_to_undo").into());
    };
    if last.cause.is_some() {
        return Err(Refusal::new("step.undo_its_cause").into());
    }
    let mut changes = vec![undone(&snapshot, register, record.clone())?];
    if let Some(step) = register.step(&last.step) {
        if crossing::made_any(house, id, step).await? {
            return Err(Refusal::new("step.made_records").with("step", &step.label.vi).into());
        }
        for effect in &step.effects {
            for target in reached(house, register, &record, &effect.on).await? {
                let (linked, _) = read(house, target).await?;
                if linked.document.steps.last().is_some_and(|taken| taken.cause == Some(id.0)) {
                    let register = snapshot.register(&linked.register)?;
                    changes.push(undone(&snapshot, register, linked)?);
                }
            }
        }
    }
    let warnings = behaviour::consult(house, &snapshot, by, Some(&record), &mut changes).await?;
    let records = save(house, &snapshot, by, changes).await?;
    first(records).map(|record| Done { record, warnings })
}

fn undone(snapshot: &Snapshot, register: &Register, mut record: Record) -> Result<Change> {
    let gone = record.document.steps.pop();
    if let Some(taken) = &gone
        && let Some(path) = register.step(&taken.step).and_then(|step| step.marks.as_ref())
    {
        record.document.unmark(path, taken.on);
    }
    record.state = record.document.steps.last().map(|taken| taken.to.clone()).or_else(|| register.initial.clone());
    let event = gone.as_ref().map(|taken| format!("step:{}", taken.step)).unwrap_or_default();
    record.document.clocks.retain(|running| register.clock(&running.clock).is_none_or(|clock| clock.starts != event));
    for running in &mut record.document.clocks {
        let stops = register
            .clock(&running.clock)
            .is_some_and(|clock| gone.as_ref().is_some_and(|taken| clock.stops.contains(&taken.step)));
        if stops {
            running.stopped = None;
        }
    }
    if let Some(taken) = &gone {
        let rules = Rules { pack: &snapshot.pack, directory: snapshot, register, privates: &[] };
        rules.move_clocks(&record.head(), &mut record.document, &taken.step)?;
    }
    let changed = vec![crate::record::Changed {
        field: "step".into(),
        old: gone.map_or(Json::Null, |taken| json!({ "step": taken.step, "on": taken.on.to_string() })),
        new: Json::Null,
    }];
    let act = format!("{}.undo", register.id);
    Ok(Change { was: Some(record.version), record, privates: Vec::new(), changed, act, on: None, batch: None })
}

/// Takes a record back whole: its number stays and reads "hủy", its evidence goes.
pub fn voided(record: Record, reason: &str) -> Change {
    let act = format!("{}.void", record.register);
    let changed = vec![crate::record::Changed { field: "void".into(), old: Json::Null, new: reason.into() }];
    Change {
        was: Some(record.version),
        record: Record { void: true, ..record },
        privates: Vec::new(),
        changed,
        act,
        on: None,
        batch: None,
    }
}

pub async fn void(house: &House, by: &By, id: Id, version: i64, reason: &str) -> Result<Done> {
    let (record, _) = read(house, id).await?;
    if record.version != version {
        return Err(Stop::Stale);
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("record.void_needs_a_reason").at("reason").into());
    }
    let snapshot = house.now();
    let mut changes = vec![voided(record.clone(), reason)];
    let warnings = behaviour::consult(house, &snapshot, by, Some(&record), &mut changes).await?;
    let records = save(house, &snapshot, by, changes).await?;
    first(records).map(|record| Done { record, warnings })
}

/// An entry of the record's timeline that changes none of its values.
pub(crate) async fn note(tx: &mut Tx, house: &House, by: &By, id: Id, act: &str, body: Json) -> Result<()> {
    let about = timeline::Kind::Record.of(id.0);
    let entry = timeline::Entry { about, act, who: by.account, seat: by.seat, at: by.now, on: None, body, cause: None };
    timeline::record(tx, &house.ids, entry).await.map(|_| ())
}

/// A comment in the record's timeline.
pub async fn comment(house: &House, by: &By, id: Id, text: &str) -> Result<()> {
    let text = kernel::text::tidy(text);
    if text.is_empty() {
        return Err(Refusal::new("record.empty_comment").at("text").into());
    }
    let (record, _) = read(house, id).await?;
    let (text, act) = (text.as_str(), format!("{}.comment", record.register));
    let act = act.as_str();
    house
        .db
        .write(|tx, _| {
            Box::pin(async move {
                let body = json!({ "text": text });
                note(tx, house, by, id, act, body).await
            })
        })
        .await
}

/// Gives a receipt for whoever brought it: shown once, the secret kept nowhere.
pub async fn receipt(house: &House, by: &By, id: Id) -> Result<vault::receipt::Receipt> {
    let (record, _) = read(house, id).await?;
    let mut tx = house.db.begin().await?;
    let receipt = vault::receipt::give(&mut tx, id.0, by.now.as_millisecond()).await?;
    let body = json!({ "reference": receipt.reference, "mark": receipt.mark });
    let (about, act) = (timeline::Kind::Record.of(id.0), format!("{}.receipt", record.register));
    let entry =
        timeline::Entry { about, act: &act, who: by.account, seat: by.seat, at: by.now, on: None, body, cause: None };
    timeline::record(&mut tx, &house.ids, entry).await?;
    tx.commit().await?;
    Ok(receipt)
}

/// Attaches a file that was stored already.
pub async fn attach(
    house: &House,
    by: &By,
    id: Id,
    field: &str,
    name: &str,
    media: &str,
    stored: db::Stored,
) -> Result<Id> {
    let (record, _) = read(house, id).await?;
    let file_id = house.ids.next(by.now);
    let name =
        if house.now().register(&record.register)?.is_sealed() { plain_name(file_id, name) } else { name.to_owned() };
    let file = store::Attachment {
        id: file_id.0,
        record: id.0,
        field: field.to_owned(),
        name: kernel::text::tidy(&name),
        media: media.to_owned(),
        size: stored.size,
        hash: stored.hash,
        at_ms: by.now.as_millisecond(),
        account: by.account,
    };
    let (file, act) = (&file, format!("{}.attach", record.register));
    let act = act.as_str();
    house
        .db
        .write(|tx, _| {
            Box::pin(async move {
                store::add_file(tx, file).await?;
                let body = json!({ "name": file.name, "size": file.size, "hash": file.hash });
                note(tx, house, by, id, act, body).await
            })
        })
        .await?;
    Ok(file_id)
}

/// A name may tell who wrote: of a sealed register's files only the kind is kept.
fn plain_name(file: Id, name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let known = ["pdf", "docx", "xlsx", "jpg", "jpeg", "png", "txt"].into_iter().find(|known| *known == ending);
    format!("tai-lieu-{file}.{}", known.unwrap_or("bin"))
}

/// Takes a file away from a record; the stored bytes and the entry stay.
pub async fn detach(house: &House, by: &By, id: Id, file: Id) -> Result<()> {
    let (record, _) = read(house, id).await?;
    let act = format!("{}.detach", record.register);
    let act = act.as_str();
    house
        .db
        .write(|tx, _| {
            Box::pin(async move {
                let gone = store::file(tx, file).await?;
                store::drop_file(tx, file, id).await?;
                let body = json!({ "name": gone.name, "hash": gone.hash });
                note(tx, house, by, id, act, body).await
            })
        })
        .await
}

/// Opens a record's private fields for someone who says why: the entry stands before anything is shown.
pub async fn unseal(house: &House, by: &By, id: Id, reason: &str) -> Result<BTreeMap<String, String>> {
    let reason = kernel::text::tidy(reason);
    if reason.is_empty() {
        return Err(Refusal::new("record.unseal_needs_a_reason").at("reason").into());
    }
    let (record, fields) = read(house, id).await?;
    let (fields, reason, act) = (fields.as_slice(), reason.as_str(), format!("{}.unseal", record.register));
    let act = act.as_str();
    house
        .db
        .write(|tx, _| {
            Box::pin(async move {
                let body = json!({ "fields": fields, "reason": reason });
                note(tx, house, by, id, act, body).await
            })
        })
        .await?;
    let mut tx = house.read().await?;
    house.vault.all(&mut tx, id.0).await
}

/// A record with the names of its filled private fields.
pub async fn read(house: &House, id: Id) -> Result<(Record, Vec<String>)> {
    let mut tx = house.read().await?;
    let record = store::find(&mut tx, &house.names, id).await?;
    let privates = house.vault.filled(&mut tx, id.0).await?;
    Ok((record, privates))
}

/// A private value that is typed again as it stands is no change.
async fn keep_only_new(house: &House, id: Id, privates: &mut Vec<fill::Private>) -> Result<()> {
    if privates.is_empty() {
        return Ok(());
    }
    let mut tx = house.read().await?;
    let known = house.vault.all(&mut tx, id.0).await?;
    // What is sealed cannot be compared: typed again it is sealed again.
    privates.retain(|private| private.sealed || known.get(&private.field) != private.text.as_ref());
    Ok(())
}

pub(crate) fn find_step<'r>(register: &'r Register, step: &str) -> Result<&'r Step> {
    register.step(step).ok_or_else(|| Refusal::new("step.unknown").with("step", step).into())
}

fn first(records: Vec<Record>) -> Result<Record> {
    records.into_iter().next().ok_or(Stop::Missing)
}

/// A record's unit must be there on its day; else the refusal names the units that were.
fn unit_stands(snapshot: &Snapshot, head: &Head, day: Day) -> Result<()> {
    snapshot.tree.valid_on(units::Unit(head.unit), day).map_err(|refusal| refusal.at("unit").into())
}
