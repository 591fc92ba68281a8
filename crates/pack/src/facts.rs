//! From a record's document to facts: pure, so that a rebuild changes nothing. Reads the document and the pack, never another record or today.

use kernel::Day;
use serde_json::{Map, Value as Json};

use crate::{
    Pack,
    document::{Amount, Document, Fields, Taken, day_of},
    expression::Values,
    figure::{Figure, Shape},
    register::{Field, FieldType, Register},
    vocabulary::Qualifier,
};

/// One line of evidence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// `dialogue.held@3f2a…`: the name and the hash of its definition.
    pub figure: String,
    /// One combination of the `by` values, as a JSON object in the order of `by`.
    pub part: String,
    pub unit: i64,
    pub subject: Option<String>,
    pub day: Day,
    /// When the thing itself began; never after `day`.
    pub since: Day,
    pub amount: i64,
    pub basis: Basis,
    pub row: i64,
}

/// On record or reported without records; exact or qualified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Basis {
    pub reported: bool,
    pub qualifier: Option<Qualifier>,
}

impl Basis {
    pub fn code(self) -> i64 {
        i64::from(self.reported) * 16 + self.qualifier.map_or(0, Qualifier::code)
    }

    pub fn from_code(code: i64) -> Self {
        Self { reported: code >= 16, qualifier: Qualifier::from_code(code % 16) }
    }
}

/// What facts need to know of units; passed in.
pub trait Ground: Send + Sync {
    fn level(&self, unit: i64, day: Day) -> Option<String>;
    fn kind(&self, unit: i64, day: Day) -> Option<String>;
}

/// The header of a record, as facts and expressions see it.
#[derive(Clone, Debug)]
pub struct Head {
    pub unit: i64,
    pub state: Option<String>,
    /// The day it was recorded.
    pub recorded: Day,
}

/// The day that places a record in time.
pub fn record_day(register: &Register, head: &Head, document: &Document) -> Day {
    document
        .day(&register.day)
        .or_else(|| register.planned.as_ref().and_then(|planned| document.day(planned)))
        .unwrap_or(head.recorded)
}

/// All facts of a record, sorted.
pub fn facts(pack: &Pack, register: &Register, head: &Head, document: &Document, ground: &dyn Ground) -> Vec<Fact> {
    let values = values(register, head, document, ground);
    let mut facts = Vec::new();
    for figure in &register.figures {
        let scribe = Scribe { pack, register, head, document, ground, figure, values: &values };
        match figure.rows() {
            Some(rows) => {
                for row in document.rows(rows) {
                    scribe.write(Some((rows, row.n, &row.fields)), &mut facts);
                }
            }
            None => scribe.write(None, &mut facts),
        }
    }
    if let Some(evidence) = &register.evidence {
        let day = |field: &str| document.day(field);
        if let (Some(figure), Some(from), Some(to)) =
            (document.fields.get(&evidence.figure).and_then(Json::as_str), day(&evidence.from), day(&evidence.to))
            && let Some(figure) = pack.figure_key(figure)
        {
            let amount = evidence.amount.as_ref().and_then(|field| document.fields.get(field)).and_then(Amount::of);
            let amount = amount.unwrap_or(Amount::exact(0));
            facts.push(Fact {
                figure,
                part: "{}".to_owned(),
                unit: head.unit,
                subject: None,
                day: to,
                since: from.min(to),
                amount: amount.n.unwrap_or(0),
                basis: Basis { reported: evidence.amount.is_some(), qualifier: amount.qualifier },
                row: 0,
            });
        }
    }
    facts.sort();
    facts
}

/// The names of a register that expressions may read, with this record's values.
pub fn values(register: &Register, head: &Head, document: &Document, ground: &dyn Ground) -> Values {
    let mut values = Values::default();
    for (id, value) in plain_fields(&register.fields, &document.fields) {
        values.set(id, &value);
    }
    for rows in &register.rows {
        let list: Vec<Json> = document
            .rows(&rows.id)
            .iter()
            .map(|row| Json::Object(plain_fields(&rows.fields, &row.fields).collect()))
            .collect();
        values.set(rows.id.clone(), &Json::Array(list));
    }
    let mut on = Map::new();
    for step in &register.steps {
        on.insert(step.id.clone(), document.taken(&step.id).map_or(Json::Null, |taken| taken.on.to_string().into()));
    }
    values.set("on", &Json::Object(on));
    let late = document.clocks.iter().filter_map(|running| Some((running, running.stopped?)));
    let mut late: Map<String, Json> =
        late.map(|(running, stopped)| (running.clock.clone(), (stopped > running.due).into())).collect();
    for clock in &register.clocks {
        late.entry(clock.id.clone()).or_insert(Json::Null);
    }
    values.set("late", &Json::Object(late));
    values.set("state", &head.state.clone().map_or(Json::Null, Json::from));
    let day = record_day(register, head, document);
    let mut unit = Map::new();
    unit.insert("level".into(), ground.level(head.unit, day).map_or(Json::Null, Json::from));
    unit.insert("kind".into(), ground.kind(head.unit, day).map_or(Json::Null, Json::from));
    values.set("unit", &Json::Object(unit));
    values
}

/// Values as expressions see them: an amount is its number in the smallest step, with or without a qualifier; a rank its rank. Private fields
/// are not there.
fn plain_fields<'a>(fields: &'a [Field], values: &'a Fields) -> impl Iterator<Item = (String, Json)> + 'a {
    fields.iter().filter(|field| !field.private).map(|field| {
        let value = values.get(&field.id);
        let plain = match (field.kind, value) {
            (_, None) => Json::Null,
            (FieldType::Rank, Some(value)) => value.get("rank").cloned().unwrap_or(Json::Null),
            (FieldType::Count | FieldType::Quantity | FieldType::Money | FieldType::Percent, Some(value)) => {
                Amount::of(value).and_then(|amount| amount.n).map_or(Json::Null, Json::from)
            }
            (_, Some(value)) => value.clone(),
        };
        (field.id.clone(), plain)
    })
}

/// Writes the facts of one figure.
struct Scribe<'a> {
    pack: &'a Pack,
    register: &'a Register,
    head: &'a Head,
    document: &'a Document,
    ground: &'a dyn Ground,
    figure: &'a Figure,
    values: &'a Values,
}

type Row<'a> = Option<(&'a str, i64, &'a Fields)>;

impl Scribe<'_> {
    fn write(&self, row: Row<'_>, facts: &mut Vec<Fact>) {
        if !self.counts(row) {
            return;
        }
        let Some((amount, qualifier)) = self.amount(row) else { return };
        let spans = self.spans(row);
        if spans.is_empty() {
            return;
        }
        let since = self.figure.since.as_deref().and_then(|moment| self.moment(moment, row));
        for unit in self.units(row) {
            for subject in self.subjects(row) {
                for part in self.parts(row, unit, spans[0].0) {
                    for (day, sign) in &spans {
                        facts.push(Fact {
                            figure: self.pack.key_of(&self.register.id, self.figure),
                            part: part.clone(),
                            unit,
                            subject: subject.clone(),
                            day: *day,
                            since: since.map_or(*day, |since| since.min(*day)),
                            amount: amount * sign,
                            basis: Basis { reported: false, qualifier },
                            row: row.map_or(0, |(_, n, _)| n),
                        });
                    }
                }
            }
        }
    }

    fn counts(&self, row: Row<'_>) -> bool {
        let Some(only) = &self.figure.only else { return true };
        let Some(expression) = self.pack.expression(only) else { return false };
        match row {
            None => expression.holds(self.values),
            Some((rows, _, fields)) => {
                let known = self.register.rows(rows).map_or(&[][..], |rows| &rows.fields);
                let mut values = self.values.clone();
                values.set("row", &Json::Object(plain_fields(known, fields).collect()));
                expression.holds(&values)
            }
        }
    }

    fn amount(&self, row: Row<'_>) -> Option<(i64, Option<Qualifier>)> {
        if self.figure.count.is_some() || self.figure.overdue.is_some() {
            return Some((1, None));
        }
        let path = self.figure.sum.as_deref().or(self.figure.reading.as_deref())?;
        let value = self.value(path, row)?;
        if let Some(rank) = value.get("rank") {
            return rank.as_i64().map(|rank| (rank, None));
        }
        // A qualifier alone ("một số") is evidence that something was, and never enters a sum.
        Amount::of(value).map(|amount| (amount.n.unwrap_or(0), amount.qualifier))
    }

    /// The days and signs of the facts: one day for a flow, +1 and −1 for a stock.
    fn spans(&self, row: Row<'_>) -> Vec<(Day, i64)> {
        if let Some(clock) = &self.figure.overdue {
            let running = self.document.clocks.iter().filter(|running| &running.clock == clock);
            return running
                .filter(|running| running.stopped.is_none_or(|stopped| stopped > running.due))
                .filter(|running| running.suspended.is_none_or(|since| since > running.due))
                .flat_map(|running| {
                    let late = running.due.tomorrow().unwrap_or(running.due);
                    std::iter::once((late, 1)).chain(running.stopped.map(|stopped| (stopped, -1)))
                })
                .collect();
        }
        if self.figure.shape() == Shape::Stock {
            let Some(from) = self.figure.from.as_deref().and_then(|moment| self.moment(moment, row)) else {
                return Vec::new();
            };
            let to = self.figure.to.as_deref().and_then(|moment| self.moment(moment, row));
            let through = self.figure.through.as_deref().and_then(|moment| self.moment(moment, row));
            let end = to.or(through.and_then(|last| last.tomorrow().ok()));
            return std::iter::once((from, 1)).chain(end.map(|end| (end.max(from), -1))).collect();
        }
        let moment = self.figure.day.as_deref().unwrap_or("day");
        self.moment(moment, row).map(|day| (day, 1)).into_iter().collect()
    }

    fn moment(&self, moment: &str, row: Row<'_>) -> Option<Day> {
        match moment.split_once(':') {
            Some(("step", step)) => self.document.taken(step).map(|taken| taken.on),
            Some(("field", fields)) => fields.split(',').find_map(|field| self.document.day(field)),
            Some(("left", state)) => self.document.steps.iter().find(|taken| taken.to != state).map(|taken| taken.on),
            Some(("row", field)) => row.and_then(|(_, _, fields)| day_of(fields.get(field)?)),
            _ if moment == "created" => Some(self.head.recorded),
            // The day from which it has stood ended; one that was opened again has not.
            _ if moment == "end" => {
                let ended = |taken: &&Taken| self.register.state(&taken.to).is_some_and(|state| state.last);
                self.document.steps.iter().rev().take_while(ended).last().map(|taken| taken.on)
            }
            _ => Some(record_day(self.register, self.head, self.document)),
        }
    }

    fn value<'v>(&'v self, path: &str, row: Row<'v>) -> Option<&'v Json> {
        match (path.split_once('.'), row) {
            (Some((_, field)), Some((_, _, fields))) => fields.get(field),
            _ => self.document.fields.get(path),
        }
    }

    fn units(&self, row: Row<'_>) -> Vec<i64> {
        let named = self.figure.unit.as_deref().and_then(|path| self.value(path, row));
        let units: Vec<i64> = several(named).iter().filter_map(Json::as_i64).collect();
        if units.is_empty() { vec![self.head.unit] } else { units }
    }

    fn subjects(&self, row: Row<'_>) -> Vec<Option<String>> {
        let Some(path) = self.figure.subject.as_deref() else { return vec![None] };
        let subjects: Vec<Option<String>> = several(self.value(path, row))
            .iter()
            .filter_map(Json::as_str)
            .map(|subject| Some(subject.to_owned()))
            .collect();
        if subjects.is_empty() { vec![None] } else { subjects }
    }

    /// Every combination of the breakdown's values.
    fn parts(&self, row: Row<'_>, unit: i64, day: Day) -> Vec<String> {
        let mut parts = vec![Map::new()];
        if self.figure.reading.is_some()
            && let Some(of) =
                self.figure.reading.as_deref().and_then(|path| self.value(path, row)).and_then(|value| value.get("of"))
        {
            parts[0].insert("of".into(), of.clone());
        }
        for by in &self.figure.by {
            let words = self.words(by, row, unit, day);
            parts = parts
                .into_iter()
                .flat_map(|part| {
                    words.iter().map(move |word| {
                        let mut part = part.clone();
                        part.insert(by.clone(), word.clone().into());
                        part
                    })
                })
                .collect();
        }
        parts.into_iter().map(|part| Json::Object(part).to_string()).collect()
    }

    fn words(&self, by: &str, row: Row<'_>, unit: i64, day: Day) -> Vec<String> {
        let one = |word: Option<String>| vec![word.unwrap_or_default()];
        match by {
            "unit.level" => return one(self.ground.level(unit, day)),
            "unit.kind" => return one(self.ground.kind(unit, day)),
            "state" => return one(self.head.state.clone()),
            _ => {}
        }
        let field = self.register.any_field(by);
        let words: Vec<String> = several(self.value(by, row))
            .iter()
            .filter_map(|value| match value {
                Json::String(word) => {
                    let choice = field.and_then(|field| field.choice(word));
                    Some(choice.and_then(|choice| choice.counts_as.clone()).unwrap_or_else(|| word.clone()))
                }
                Json::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
                Json::Number(number) => Some(number.to_string()),
                _ => None,
            })
            .collect();
        if words.is_empty() { vec![String::new()] } else { words }
    }
}

/// A value, or each of a list.
fn several(value: Option<&Json>) -> &[Json] {
    match value {
        None | Some(Json::Null) => &[],
        Some(Json::Array(list)) => list,
        Some(one) => std::slice::from_ref(one),
    }
}
