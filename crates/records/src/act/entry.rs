//! Writing down and correcting: what a new record and an edit come to, before anything is saved.

use db::{Result, Stop};
use kernel::{Day, Id, Refusal};
use pack::{document::Document, facts::Head, register::Register};

use super::{Done, New, find_step, first, follow, read, refresh_copies};
use crate::{
    behaviour,
    fill::{self, Input},
    house::{House, Snapshot},
    record::{By, Record},
    save::{Change, save},
    step::Rules,
    store,
};

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
    let rules = Rules { pack: &snapshot.pack, directory: snapshot, register, privates: &privates, today: by.today };
    let warnings = fill::check(&snapshot.pack, snapshot, register, &head, &mut document, &privates)?;
    let whence = if new.made { Whence::Made(by.today) } else { Whence::Entered };
    unit_stands(snapshot, register, &head, &document, whence)?;
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
    let (mut changes, mut warnings) = draft_edit(house, snapshot, by, record.clone(), privates, version, input).await?;
    warnings.extend(behaviour::consult(house, snapshot, by, Some(&record), &mut changes).await?);
    Ok((changes, warnings))
}

/// The same before any behaviour has spoken.
pub(crate) async fn draft_edit(
    house: &House,
    snapshot: &Snapshot,
    by: &By,
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
    unit_stands(snapshot, register, &head, &record.document, Whence::Known(record.day))?;
    let rules = Rules { pack: &snapshot.pack, directory: snapshot, register, privates: &privates, today: by.today };
    rules.follow_fields(&head, &mut record.document)?;
    let was = Some(record.version);
    let act = format!("{}.save", register.id);
    let mut changes =
        vec![Change { was, record, privates: filled.privates, changed: filled.changed, act, on: None, batch: None }];
    refresh_copies(house, snapshot, &mut changes).await?;
    Ok((changes, warnings))
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

/// Where a record that is to be saved comes from: this says on which day its body must stand.
#[derive(Clone, Copy)]
enum Whence {
    /// Someone writes it down: on the day that it tells of.
    Entered,
    /// A step of another record opens it: on the step's day; what it tells of may be older.
    Made(Day),
    /// It is there, under this day: only if it tells of another day now.
    Known(Day),
}

/// A record's unit must be there on its day; else the refusal names the units that were.
fn unit_stands(
    snapshot: &Snapshot,
    register: &Register,
    head: &Head,
    document: &Document,
    whence: Whence,
) -> Result<()> {
    let told = pack::facts::record_day(register, head, document);
    let day = match whence {
        Whence::Known(day) if day == told => return Ok(()),
        Whence::Entered | Whence::Known(_) => told,
        Whence::Made(day) => day,
    };
    snapshot.tree.valid_on(units::Unit(head.unit), day).map_err(|refusal| refusal.at("unit").into())
}
