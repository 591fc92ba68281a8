//! An issued report: the paper, the values behind its numbers and the facts behind those, under one hash; and what has changed since.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Window;
use db::{Result, Stop, Tx};
use jiff::Timestamp;
use ledger::Kept;
use pack::AnyFigure;
use papers::{Block, Figure, Inline, Mark, Paper};
use records::House;
use sha2::{Digest, Sha256};

use crate::{
    answer::{Answer, Answers, Question},
    draft::{Draft, NO_DATA, Written, in_prose, with_noun},
    facts::{Facts, pack_facts, unpack_facts},
    read::{self, Source},
    report::Report,
    store::{self, IssueRow},
};

/// What an issued report keeps.
#[derive(Clone, Debug, PartialEq)]
pub struct Frozen {
    pub at: Timestamp,
    pub paper: Paper,
    pub answers: Answers,
    pub numbers: Vec<Written>,
    pub geography: String,
    pub facts: Vec<Facts>,
    pub hash: [u8; 32],
    /// What is stored is what was hashed.
    pub whole: bool,
}

/// Freezes a draft: fetches the facts behind its numbers and lays everything down.
pub(crate) async fn freeze(
    tx: &mut Tx,
    source: Source<'_>,
    report: &Report,
    draft: &Draft,
    answers: &Answers,
    at: Timestamp,
) -> Result<[u8; 32]> {
    let Source { house, snapshot, heads } = source;
    let mut facts: Vec<Facts> = Vec::new();
    // Months and units below are cut out of the whole: its facts are theirs.
    let asked: BTreeSet<(&str, Window)> = draft
        .numbers
        .iter()
        .filter(|number| number.question.unit == report.unit.0)
        .map(|number| (number.question.figure.as_str(), number.question.window))
        .collect();
    for (figure, window) in asked {
        for (figure, take, list) in
            figures::kept(tx, house, snapshot, heads, read::ask(report.unit, window), figure).await?
        {
            if !facts.iter().any(|one| one.figure == figure && one.take == take && one.window == window) {
                facts.push(Facts { figure, take, window, list });
            }
        }
    }
    let (lists, evidence) = pack_facts(&facts)?;
    let mut row = IssueRow {
        at_ms: at.as_millisecond(),
        paper: serde_json::to_string(&draft.paper)?,
        answers: serde_json::to_string(answers)?,
        numbers: serde_json::to_string(&draft.numbers)?,
        geography: "then".to_owned(),
        lists,
        evidence,
        hash: Vec::new(),
    };
    let hash = hash_of(&row);
    row.hash = hash.to_vec();
    store::issue(tx, report.id, row).await?;
    Ok(hash)
}

/// An issued report, as it was issued.
pub async fn frozen(tx: &mut Tx, report: &Report) -> Result<Frozen> {
    let row = store::issued(tx, report.id).await?;
    let hash = hash_of(&row);
    let kept: [u8; 32] = row.hash.as_slice().try_into().map_err(|_| Stop::fault("reading a report's hash"))?;
    Ok(Frozen {
        at: Timestamp::from_millisecond(row.at_ms).map_err(|_| Stop::fault("reading a report's instant"))?,
        paper: serde_json::from_str(&row.paper)?,
        answers: serde_json::from_str(&row.answers)?,
        numbers: serde_json::from_str(&row.numbers)?,
        geography: row.geography,
        facts: unpack_facts(&row.lists, &row.evidence)?,
        whole: hash == kept,
        hash: kept,
    })
}

fn hash_of(row: &IssueRow) -> [u8; 32] {
    let mut hasher = Sha256::new_with_prefix(b"danvan report 1\n");
    let texts = [&row.paper, &row.answers, &row.numbers, &row.geography, &row.lists].map(String::as_bytes);
    for bytes in texts.into_iter().chain([row.evidence.as_slice()]) {
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().into()
}

impl Frozen {
    /// The first eight digits of the hash, as people compare them: `51e0 9f3c`.
    pub fn code(&self) -> String {
        let [a, b, c, d, ..] = self.hash;
        format!("{a:02x}{b:02x} {c:02x}{d:02x}")
    }

    /// The paper with the numbers that now read otherwise marked.
    pub fn marked(&self, restated: &[Restated]) -> Paper {
        let mut paper = self.paper.clone();
        let by_place: BTreeMap<(&str, &str), &Restated> =
            restated.iter().map(|one| ((one.number.href.as_str(), one.number.shown.as_str()), one)).collect();
        // Of one figure the first number tells for all its parts and forms; the list of changes has every one.
        let mut told: BTreeSet<&Question> = BTreeSet::new();
        let mut mark = |figure: &mut Figure| {
            let found = figure.href.as_deref().and_then(|href| by_place.get(&(href, figure.shown.as_str())));
            if let Some(one) = found.filter(|one| told.insert(&one.number.question)) {
                figure.mark = Some(Mark::Restated { now: one.now.clone() });
                figure.note = vec![Inline::text(one.told())];
            }
        };
        for block in &mut paper.body {
            each_figure(block, &mut mark);
        }
        for block in paper.annexes.iter_mut().flat_map(|annex| &mut annex.body) {
            each_figure(block, &mut mark);
        }
        paper
    }
}

fn each_figure(block: &mut Block, see: &mut dyn FnMut(&mut Figure)) {
    let line = |text: &mut Vec<Inline>, see: &mut dyn FnMut(&mut Figure)| {
        for inline in text {
            if let Inline::Figure(figure) = inline {
                see(figure);
            }
        }
    };
    match block {
        Block::Paragraph { text } | Block::Centred { text } => line(text, see),
        Block::List { items, .. } => items.iter_mut().flatten().for_each(|block| each_figure(block, see)),
        Block::Table(table) => {
            for row in &mut table.rows {
                for cell in &mut row.cells {
                    line(cell, see);
                }
            }
        }
        _ => {}
    }
}

/// A number that now reads otherwise, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restated {
    pub number: Written,
    pub label: String,
    /// "1.055 cuộc đối thoại"
    pub now: String,
    pub causes: Vec<Cause>,
}

/// What made a number change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Records that came later, what one is called, and which they are.
    Added {
        noun: String,
        records: Vec<i64>,
    },
    Gone {
        noun: String,
        records: Vec<i64>,
    },
    Changed {
        noun: String,
        records: Vec<i64>,
    },
    /// The figure is counted in another way than then.
    Definition,
}

impl Cause {
    /// The records that made it, if records did.
    pub fn records(&self) -> Option<&[i64]> {
        match self {
            Self::Added { records, .. } | Self::Gone { records, .. } | Self::Changed { records, .. } => Some(records),
            Self::Definition => None,
        }
    }
}

impl Restated {
    /// "3 cuộc đối thoại nhập muộn."
    pub fn told(&self) -> String {
        let mut told: Vec<String> = self
            .causes
            .iter()
            .map(|cause| match cause {
                Cause::Added { noun, records } => format!("{} {noun} nhập muộn", count(records)),
                Cause::Gone { noun, records } => format!("{} {noun} không còn được tính", count(records)),
                Cause::Changed { noun, records } => format!("{} {noun} đã sửa", count(records)),
                Cause::Definition => "cách tính đã đổi".to_owned(),
            })
            .collect();
        if told.is_empty() {
            told.push("dữ liệu đã đổi sau khi phát hành".to_owned());
        }
        format!("{}.", crate::draft::cased(told.join("; "), true))
    }
}

fn count(records: &[i64]) -> String {
    kernel::number::grouped(i64::try_from(records.len()).unwrap_or(i64::MAX))
}

/// Which numbers of an issued report now read otherwise.
pub async fn restated(tx: &mut Tx, source: Source<'_>, report: &Report, frozen: &Frozen) -> Result<Vec<Restated>> {
    let Source { house, snapshot, heads } = source;
    let questions: BTreeSet<Question> = frozen.answers.values.keys().cloned().collect();
    let now = read::values(tx, source, report.unit, &questions).await?;
    let nothing = Answer::default();
    let mut found = Vec::new();
    for number in &frozen.numbers {
        let old = frozen.answers.values.get(&number.question).unwrap_or(&nothing);
        let new = now.get(&number.question).unwrap_or(&nothing);
        let same = |a: &Answer, b: &Answer| {
            a.known == b.known && a.amount(&number.part) == b.amount(&number.part) && a.of == b.of
        };
        if same(old, new) {
            continue;
        }
        let now = shown(number, new);
        if now == number.shown {
            continue;
        }
        let mut causes = Vec::new();
        if old.keys != new.keys {
            causes.push(Cause::Definition);
        }
        if number.question.unit == report.unit.0 {
            let ask = read::ask(report.unit, number.question.window);
            let mut differences = Differences::new();
            for (figure, take, list) in figures::kept(tx, house, snapshot, heads, ask, &number.question.figure).await? {
                let before = frozen
                    .facts
                    .iter()
                    .find(|one| one.figure == figure && one.take == take && one.window == number.question.window);
                let before = before.map_or(&[][..], |one| one.list.as_slice());
                let part = &number.part;
                let (before, list) = (of_part(tx, house, before, part).await?, of_part(tx, house, &list, part).await?);
                // Whatever a figure counts, what came late is a record of its register.
                let noun = match snapshot.pack.figure(&figure) {
                    Some(AnyFigure::Counted(register, _)) => register.noun.vi.clone(),
                    _ => "hồ sơ".to_owned(),
                };
                compare(&before, &list, differences.entry(noun).or_default());
            }
            causes.extend(differences.into_iter().flat_map(|(noun, [added, gone, changed])| {
                let list = |records: BTreeSet<i64>| records.into_iter().collect::<Vec<i64>>();
                [
                    Cause::Added { noun: noun.clone(), records: list(added) },
                    Cause::Gone { noun: noun.clone(), records: list(gone) },
                    Cause::Changed { noun, records: list(changed) },
                ]
            }));
            causes.retain(|cause| !cause.records().is_some_and(<[i64]>::is_empty));
        }
        let label = snapshot.pack.figure(&number.question.figure).map(|figure| figure.label().vi.clone());
        found.push(Restated { now, label: label.unwrap_or_default(), number: number.clone(), causes });
    }
    Ok(found)
}

/// What a number reads now, in the form in which it was written.
fn shown(number: &Written, answer: &Answer) -> String {
    if !answer.known {
        return NO_DATA.to_owned();
    }
    let amount = answer.amount(&number.part).unwrap_or_default();
    if number.shown.ends_with('%')
        && let Some(tenths) = answer.percent
    {
        return format!("{}%", kernel::number::decimal(tenths, 1));
    }
    let plain = match answer.of.filter(|_| number.shown.contains('/')) {
        Some(_) => answer.number.clone(),
        None => in_prose(amount, answer.places),
    };
    let with_its_noun = answer.noun.as_deref().filter(|noun| number.shown.ends_with(noun));
    with_noun(plain, with_its_noun)
}

/// By what one is called: the records that came, those that went, and those that count otherwise.
type Differences = BTreeMap<String, [BTreeSet<i64>; 3]>;

fn compare(before: &[Kept], after: &[Kept], found: &mut [BTreeSet<i64>; 3]) {
    let by_record = |list: &[Kept]| {
        let mut records: BTreeMap<i64, Vec<Kept>> = BTreeMap::new();
        for kept in list {
            records.entry(kept.record).or_default().push(kept.clone());
        }
        for lines in records.values_mut() {
            lines.sort();
        }
        records
    };
    let (before, after) = (by_record(before), by_record(after));
    let [added, gone, changed] = found;
    added.extend(after.keys().filter(|record| !before.contains_key(record)));
    gone.extend(before.keys().filter(|record| !after.contains_key(record)));
    let differs = |(record, lines): &(&i64, &Vec<Kept>)| after.get(record).is_some_and(|now| now != *lines);
    changed.extend(before.iter().filter(differs).map(|(record, _)| record));
}

/// Those of the facts whose part of the breakdown holds all these words.
async fn of_part(tx: &mut Tx, house: &House, list: &[Kept], only: &[(String, String)]) -> Result<Vec<Kept>> {
    if only.is_empty() {
        return Ok(list.to_vec());
    }
    let mut holds: BTreeMap<i64, bool> = BTreeMap::new();
    let mut found = Vec::new();
    for kept in list {
        let known = if let Some(known) = holds.get(&kept.part) {
            *known
        } else {
            let name = house.names.name(tx, kept.part).await?;
            let words: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&name)?;
            let has = |(by, word): &(String, String)| words.get(by).and_then(serde_json::Value::as_str) == Some(word);
            let all = only.iter().all(has);
            holds.insert(kept.part, all);
            all
        };
        if known {
            found.push(kept.clone());
        }
    }
    Ok(found)
}
