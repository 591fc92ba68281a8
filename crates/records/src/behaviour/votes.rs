//! A vote is reckoned by the threshold of its day; what the closing step says must agree with it, and with the paper counted twice.

use db::Result;
use kernel::{
    Lang, Refusal, Refused,
    number::{self, Rounding, grouped},
    show_day,
};
use pack::{
    document::Document,
    facts,
    register::Register,
    vote::{Outcome, Votes as Rules},
};
use web::{Desk, Markup, Tone, html, note, say, t, tag};

use super::{Also, Behaviour, Doing, Panel, Proposal, Scene};
use crate::{Record, Snapshot, save::Change};

/// Switched on by registers with a `[votes]` table.
pub struct Votes;

impl Behaviour for Votes {
    fn name(&self) -> &'static str {
        "votes"
    }

    fn next_step(&self, snapshot: &Snapshot, register: &Register, record: &Record) -> Option<String> {
        let rules = register.votes.as_ref()?;
        let steps = if outcome(snapshot, register, rules, record)?.passed() { &rules.passes } else { &rules.fails };
        let state = record.state.as_ref()?;
        steps.iter().find(|step| register.step(step).is_some_and(|step| step.from.contains(state))).cloned()
    }

    fn propose<'a>(&'a self, scene: Scene<'a>, lang: Lang, record: &'a Record) -> Doing<'a, Vec<Proposal>> {
        Box::pin(async move {
            let Some(rules) = scene.register.votes.as_ref() else { return Ok(Vec::new()) };
            if !counts(scene, rules, record).is_empty() {
                return Ok(Vec::new());
            }
            let step = self.next_step(scene.snapshot, scene.register, record);
            let found = outcome(scene.snapshot, scene.register, rules, record);
            let (Some(step), Some(found)) = (step.and_then(|step| scene.register.step(&step)), found) else {
                return Ok(Vec::new());
            };
            let reason = if found.passed() { "record.vote_propose_passed" } else { "record.vote_propose_failed" };
            Ok(vec![Proposal {
                step: Some(step.id.clone()),
                fields: Vec::new(),
                reason: format!("{}: {}", step.label.in_lang(lang), web::words(lang, reason, &[])),
                basis: Some(found.threshold.article.in_lang(lang).to_owned()),
            }])
        })
    }

    fn before_save<'a>(&'a self, scene: Scene<'a>, was: Option<&'a Record>, change: &'a mut Change) -> Doing<'a, Also> {
        Box::pin(async move {
            let Some(rules) = scene.register.votes.as_ref() else { return Ok(Also::default()) };
            if change.record.void {
                return Ok(Also::default());
            }
            sign(scene, rules, was, &mut change.record.document);
            let known = was.map_or(0, |was| was.document.steps.len());
            let closes = |record: &Record, from: usize| {
                let mut steps = record.document.steps.iter().skip(from).rev();
                steps.find_map(|taken| Some((taken.step.clone(), rules.says(&taken.step)?)))
            };
            let record = &change.record;
            if let Some((step, passed)) = closes(record, known) {
                Refused(faults(scene, rules, record, &step, passed)).settle()?;
            } else if let (Some(was), Some((step, passed))) = (was, closes(record, 0))
                && faults(scene, rules, was, &step, passed).is_empty()
            {
                // What was decided stays true when its numbers are corrected later.
                Refused(faults(scene, rules, record, &step, passed)).settle()?;
            }
            Ok(Also::default())
        })
    }

    fn panels<'a>(&'a self, scene: Scene<'a>, desk: &'a Desk, record: &'a Record) -> Doing<'a, Vec<Panel>> {
        Box::pin(async move {
            let (lang, register) = (desk.lang, scene.register);
            let Some(rules) = register.votes.as_ref() else { return Ok(Vec::new()) };
            let Some(on) = record.document.day(&rules.on) else { return Ok(Vec::new()) };
            let values = facts::values(register, &record.head(), &record.document, scene.snapshot);
            let pack = &scene.snapshot.pack;
            let wrong = counts(scene, rules, record);
            let reckoned = match (rules.threshold(pack, &record.document, &values), outcome_of(scene, rules, record)) {
                (_, Some(found)) => drawn(lang, &found, wrong.is_empty()),
                (Some(threshold), None) => {
                    let of = threshold.share();
                    html! { p.pad { (t!(lang, "record.vote_no_numbers", share = of, noun = threshold.noun.in_lang(lang))) } }
                }
                (None, _) => html! { p.pad { (t!(lang, "record.vote_no_law", day = show_day(on))) } },
            };
            let hands = hands(scene, rules, record).await?;
            let body = html! {
                (reckoned)
                @if !wrong.is_empty() {
                    div.pad { (note(Tone::Bad, &html! { @for one in &wrong { p { (say(lang, one)) } } })) }
                }
                @if !hands.is_empty() { p.pad.s.soft { (t!(lang, "record.vote_hands", names = hands.join("; "))) } }
                p.pad.s.soft { (t!(lang, "record.vote_numbers_only")) }
            };
            Ok(vec![Panel { id: "h-vote".to_owned(), title: t!(lang, "record.vote"), body, aside: false }])
        })
    }
}

fn outcome_of<'a>(scene: Scene<'a>, rules: &'a Rules, record: &Record) -> Option<Outcome<'a>> {
    outcome(scene.snapshot, scene.register, rules, record)
}

fn outcome<'a>(snapshot: &Snapshot, register: &Register, rules: &'a Rules, record: &Record) -> Option<Outcome<'a>> {
    let values = facts::values(register, &record.head(), &record.document, snapshot);
    rules.outcome(&snapshot.pack, &record.document, &values)
}

/// Each count that was entered or changed is its account's own.
fn sign(scene: Scene<'_>, rules: &Rules, was: Option<&Record>, document: &mut Document) {
    let Some(rows) = rules.tally.as_ref().and_then(|tally| document.rows.get_mut(&tally.rows)) else { return };
    let stood = |n: i64| {
        let tally = rules.tally.as_ref()?;
        was?.document.rows(&tally.rows).iter().find(|row| row.n == n)
    };
    for row in rows.iter_mut() {
        // What comes from an old book was counted by whom the book says.
        let same = stood(row.n).is_some_and(|known| known.fields == row.fields);
        if !same {
            row.by = (!scene.by.old_book && scene.by.account != 0).then_some(scene.by.account);
        }
    }
}

/// What is wrong with the paper counts, whatever the vote came to.
fn counts(scene: Scene<'_>, rules: &Rules, record: &Record) -> Vec<Refusal> {
    let register = scene.register;
    let Some(tally) = &rules.tally else { return Vec::new() };
    let document = &record.document;
    let rows = document.rows(&tally.rows);
    let values = facts::values(register, &record.head(), document, scene.snapshot);
    let twice = scene.snapshot.pack.expression(&tally.when).is_some_and(|when| when.holds(&values));
    let at = |refusal: Refusal| refusal.at(tally.rows.clone());
    let mut wrong = Vec::new();
    if twice && rows.len() < 2 {
        wrong.push(at(Refusal::new("record.vote_counted_once").with("counted", rows.len())));
    }
    let differing = tally.differing(register, rows);
    if !differing.is_empty() {
        let each = differing.iter().map(|(label, first, second)| format!("{} {first} ≠ {second}", label.vi));
        wrong.push(at(Refusal::new("record.vote_counts_differ").with("what", each.collect::<Vec<_>>().join("; "))));
    } else if let Some((label, said, counted)) = tally.unlike_record(register, document) {
        let refusal = Refusal::new("record.vote_unlike_count").with("label", &label.vi);
        wrong.push(at(refusal.with("said", said).with("counted", counted)));
    }
    if let [first, second, ..] = rows {
        let name = |row: &pack::document::RowDoc| {
            row.fields.get(&tally.counter).and_then(|name| name.as_str()).unwrap_or_default().to_owned()
        };
        let known = |name: &str| kernel::text::words(name).join(" ");
        if known(&name(first)) == known(&name(second)) {
            wrong.push(at(Refusal::new("record.vote_one_counter").with("name", name(first))));
        } else if first.by.is_some() && first.by == second.by {
            wrong.push(at(Refusal::new("record.vote_one_hand")));
        }
    }
    wrong
}

/// Why a step that says what the vote came to does not agree with it. What the law of that day was nobody has on file: a person compares.
fn faults(scene: Scene<'_>, rules: &Rules, record: &Record, step: &str, passed: bool) -> Vec<Refusal> {
    let mut wrong = counts(scene, rules, record);
    let register = scene.register;
    let label = register.step(step).map_or(step, |step| step.label.vi.as_str());
    let values = facts::values(register, &record.head(), &record.document, scene.snapshot);
    let pack = &scene.snapshot.pack;
    match rules.outcome(pack, &record.document, &values) {
        Some(found) if found.passed() != passed => {
            let key = if passed { "record.vote_not_reached" } else { "record.vote_reached" };
            let refusal = Refusal::new(key).with("step", label).with("sum", sum(Lang::Vi, &found));
            wrong.push(refusal.with("article", &found.threshold.article.vi).at(found.threshold.yes.clone()));
        }
        Some(_) => {}
        None => {
            if let Some(threshold) = rules.threshold(pack, &record.document, &values) {
                let missing = [&threshold.whole, &threshold.yes].into_iter().filter_map(|id| register.field(id));
                let missing = missing.filter(|field| !record.document.fields.contains_key(&field.id));
                wrong.extend(missing.map(|field| {
                    let refusal = Refusal::new("step.needs").with("label", &field.label.vi).with("step", label);
                    refusal.at(field.id.clone())
                }));
            }
        }
    }
    wrong
}

/// `187/240 hộ = 77,9% ≥ 2/3 (160)`.
fn sum(lang: Lang, found: &Outcome<'_>) -> String {
    let threshold = found.threshold;
    let percent = |part: i64, of: i64, scale: u32| number::percent(part, of, scale, Rounding::HalfUp);
    let level = found.yes.checked_mul(threshold.of) == found.whole.checked_mul(threshold.part);
    // As many digits as it takes to see that the share is not the threshold.
    let scale = (1..5)
        .find(|scale| level || percent(found.yes, found.whole, *scale) != percent(threshold.part, threshold.of, *scale))
        .unwrap_or(1);
    let share = percent(found.yes, found.whole, scale).map(|share| number::decimal(share, scale)).unwrap_or_default();
    let sign = match (found.passed(), threshold.more) {
        (true, true) => ">",
        (true, false) => "≥",
        (false, true) => "≤",
        (false, false) => "<",
    };
    format!(
        "{}/{} {} = {share}% {sign} {} ({})",
        grouped(found.yes),
        grouped(found.whole),
        threshold.noun.in_lang(lang),
        threshold.share(),
        grouped(found.least)
    )
}

/// What it comes to; passed or failed it is only where the counts may be relied on.
fn drawn(lang: Lang, found: &Outcome<'_>, counted: bool) -> Markup {
    let (tone, word) =
        if found.passed() { (Tone::Ok, "record.vote_passed") } else { (Tone::Bad, "record.vote_failed") };
    let missing = found.least - found.yes;
    html! {
        p.pad.row { b { (sum(lang, found)) } @if counted { (tag(tone, &web::words(lang, word, &[]))) } }
        p.pad.s {
            (t!(lang, "record.vote_basis", article = found.threshold.article.in_lang(lang)))
            @if missing > 0 {
                " " (t!(lang, "record.vote_missing", missing = grouped(missing), noun = found.threshold.noun.in_lang(lang)))
            }
        }
    }
}

/// Who counted and who entered it, count by count.
async fn hands(scene: Scene<'_>, rules: &Rules, record: &Record) -> Result<Vec<String>> {
    let Some(tally) = &rules.tally else { return Ok(Vec::new()) };
    let rows = record.document.rows(&tally.rows);
    let accounts: Vec<i64> = rows.iter().filter_map(|row| row.by).collect();
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let names = people::names(&mut scene.house.read().await?, &accounts).await?;
    let hand = |row: &pack::document::RowDoc| {
        let counter = row.fields.get(&tally.counter).and_then(|name| name.as_str())?;
        Some(format!("{counter} ({})", names.get(&row.by?)?))
    };
    Ok(rows.iter().filter_map(hand).collect())
}
