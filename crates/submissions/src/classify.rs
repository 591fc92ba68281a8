//! The table of classification at work: it proposes, an officer decides, and says why where he decides otherwise.

use kernel::{Lang, Refusal};
use pack::{
    decision::{Decision, Finding},
    facts::{self, Head},
    register::{FieldType, Register, Step},
};
use records::{
    Record, Snapshot,
    behaviour::{Also, Behaviour, Doing, Proposal, Scene},
    save::Change,
    value::Directory as _,
};
use units::Unit;
use web::t;

use crate::route;

/// The field in which an officer says why a letter is handled otherwise than proposed.
const WHY: &str = "other_reason";
/// The field that says whether the body is competent.
const COMPETENT: &str = "competent";

/// Switched on by registers that a table of `decisions/` speaks of.
pub struct Classify;

impl Behaviour for Classify {
    fn name(&self) -> &'static str {
        "classify"
    }

    fn propose<'a>(&'a self, scene: Scene<'a>, lang: Lang, record: &'a Record) -> Doing<'a, Vec<Proposal>> {
        Box::pin(async move {
            if record.state != scene.register.initial {
                return Ok(Vec::new());
            }
            // Where the rules say who is competent, the table is read with that already; the officer confirms both in one form.
            let known = record.document.fields.contains_key(COMPETENT);
            let own = if route::barred(record, Unit(record.unit)) {
                Some(false)
            } else {
                route::competent(scene, record).filter(|_| !known).map(|who| who.own)
            };
            let mut supposed = record.clone();
            supposed.document.fields.extend(own.map(|own| (COMPETENT.to_owned(), own.into())));
            let finding = found(scene.snapshot, scene.register, &record.head(), &supposed);
            let also = finding.also.iter().map(|row| Proposal {
                step: None,
                fields: Vec::new(),
                reason: row.reason.in_lang(lang).to_owned(),
                basis: Some(basis(lang, row)),
            });
            let mut proposals: Vec<Proposal> = also.collect();
            if let Some(row) = finding.proposed {
                let steps = row.steps.iter().filter_map(|step| scene.register.step(step));
                for (place, step) in steps.enumerate() {
                    let reason = row.reason.in_lang(lang);
                    let label = step.label.in_lang(lang);
                    let reason = match place {
                        0 => format!("{label}: {reason}"),
                        _ => t!(lang, "submission.or_else", step = label),
                    };
                    let mut fields = filled(scene, record, row, step);
                    let asked = step.needs.iter().chain(&step.asks).any(|field| field == COMPETENT);
                    fields.extend(
                        own.filter(|_| asked)
                            .map(|own| (COMPETENT.to_owned(), if own { "yes" } else { "no" }.to_owned())),
                    );
                    let basis = (place == 0).then(|| basis(lang, row));
                    proposals.push(Proposal { step: Some(step.id.clone()), fields, reason, basis });
                }
            }
            Ok(proposals)
        })
    }

    fn next_step(&self, snapshot: &Snapshot, register: &Register, record: &Record) -> Option<String> {
        let open = record.state == register.initial;
        let finding = open.then(|| found(snapshot, register, &record.head(), record))?;
        finding.proposed.and_then(|row| row.steps.first().cloned())
    }

    fn before_save<'a>(&'a self, scene: Scene<'a>, was: Option<&'a Record>, change: &'a mut Change) -> Doing<'a, Also> {
        Box::pin(async move {
            let Some(was) = was.filter(|was| was.state == scene.register.initial) else { return Ok(Also::default()) };
            let record = &change.record;
            let taken = record.document.steps.get(was.document.steps.len());
            let Some(taken) = taken.filter(|taken| taken.cause.is_none() && !taken.from_old_book) else {
                return Ok(Also::default());
            };
            let decides = scene.snapshot.pack.deciding_steps(&scene.register.id).any(|step| *step == taken.step);
            // That the accused body keeps the matter is refused on its way, whatever the reason.
            let keeps = scene.register.step(&taken.step).is_some_and(|step| route::keeps(scene.register, step, taken));
            let barred = keeps && route::barred(record, Unit(record.unit));
            if !decides || barred || record.document.fields.contains_key(WHY) {
                return Ok(Also::default());
            }
            let finding = found(scene.snapshot, scene.register, &was.head(), record);
            let Some(row) = finding.proposed.filter(|row| !row.steps.contains(&taken.step)) else {
                return Ok(Also::default());
            };
            let proposed = row.steps.first().and_then(|step| scene.register.step(step));
            let label = proposed.map(|step| step.label.vi.as_str()).unwrap_or_default();
            let refusal = Refusal::new("submission.other_than_proposed").with("step", label);
            Err(refusal.with("reason", &row.reason.vi).with("basis", &row.basis.vi).at(WHY).into())
        })
    }
}

/// What the table says of a record as it stood before the step, with the values that it now has. The accused body is never competent,
/// whatever was entered.
fn found<'p>(snapshot: &'p Snapshot, register: &Register, head: &Head, record: &Record) -> Finding<'p> {
    let mut values = facts::values(register, head, &record.document, snapshot);
    if route::barred(record, Unit(record.unit)) {
        values.set(COMPETENT, &false.into());
    }
    snapshot.pack.classify(&register.id, &values)
}

fn basis(lang: Lang, row: &Decision) -> String {
    let article = row.basis.in_lang(lang);
    if row.certain { article.to_owned() } else { t!(lang, "submission.to_verify", basis = article) }
}

/// What the step's form would hold: the row's own values, and the competent body where the step asks for a body.
fn filled(scene: Scene<'_>, record: &Record, row: &Decision, step: &Step) -> Vec<(String, String)> {
    let shown = |field: &String| step.needs.contains(field) || step.asks.contains(field);
    let own = row.set.iter().filter(|(field, _)| shown(field));
    let mut fields: Vec<(String, String)> = own.map(|(field, text)| (field.clone(), text.clone())).collect();
    let asked = step.needs.iter().filter_map(|need| scene.register.field(need));
    let asked = asked.filter(|field| field.kind == FieldType::Body && !record.document.fields.contains_key(&field.id));
    if let Some(body) = route::competent(scene, record).and_then(|who| who.body) {
        let code = scene.snapshot.code(body.0, scene.by.today);
        fields.extend(asked.map(|field| (field.id.clone(), code.clone())));
    }
    fields
}
