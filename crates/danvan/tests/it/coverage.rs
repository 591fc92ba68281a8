//! The requirements and their answers: `docs/coverage.md` is written from `packs/danvan/coverage.toml`, and what it claims is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
};

use pack::{Pack, source::Source};
use serde::Deserialize;
use sqlx::SqlitePool;

use crate::tree::top;

const FILE: &str = "docs/coverage.md";

#[derive(Deserialize)]
struct Coverage {
    row: Vec<Row>,
}

/// What answers a row of the requirements.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    asks: String,
    #[serde(default)]
    registers: Vec<String>,
    #[serde(default)]
    figures: Vec<String>,
    #[serde(default)]
    targets: Vec<String>,
    #[serde(default)]
    outlines: Vec<String>,
    /// What the program does without a record.
    code: Option<String>,
    /// Why nothing is kept.
    none: Option<String>,
    /// What is still missing.
    open: Option<String>,
    /// Tests that show it: `FILE::FUNCTION`.
    #[serde(default)]
    proof: Vec<String>,
}

#[derive(Deserialize)]
struct Seeds {
    figure: Vec<Seed>,
}

#[derive(Deserialize)]
struct Seed {
    row: String,
    unit: String,
    period: String,
    shown: String,
}

const PARTS: [(&str, &str); 10] = [
    ("000-", "Quảng Ninh, 2017"),
    ("001-", "Bình Chánh, 2020"),
    ("002-", "Ninh Bình, 2015–2025"),
    ("003-", "Hải Phòng, 2021–2022"),
    ("004-", "Nghệ An, scheme 04"),
    ("T", "Nghệ An, the 24 targets of scheme 04"),
    ("9.2-", "Registers of their own"),
    ("9.3-", "Corrections"),
    ("9.4-", "Words on the screen"),
    ("L10-", "The law on grassroots democracy"),
];

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(top().join("packs/danvan/coverage.toml")).unwrap();
    toml::from_str::<Coverage>(&text).unwrap().row
}

/// The published figures of a row, as the demo's reports state them: `003-08a` is of row `003-08`.
fn published(row: &str) -> Vec<Seed> {
    let seeds: Seeds = toml::from_str(include_str!("seeds.toml")).unwrap();
    let of = |seed: &Seed| seed.row.trim_end_matches(char::is_alphabetic) == row;
    seeds.figure.into_iter().filter(of).collect()
}

#[test]
fn every_answer_is_there_and_shown() {
    let pack = Pack::read_with_faults(Source::base()).0;
    let mut seen = BTreeSet::new();
    for row in rows() {
        let id = &row.id;
        assert!(seen.insert(id.clone()), "{id} stands twice");
        assert!(PARTS.iter().any(|(prefix, _)| id.starts_with(prefix)), "{id} is of no part");
        assert!(row.registers.iter().all(|one| pack.register(one).is_some()), "{id}: {:?}", row.registers);
        assert!(row.figures.iter().all(|one| pack.figure(one).is_some()), "{id}: {:?}", row.figures);
        assert!(row.targets.iter().all(|one| pack.target(one).is_some()), "{id}: {:?}", row.targets);
        assert!(row.outlines.iter().all(|one| pack.outlines.contains_key(one)), "{id}: {:?}", row.outlines);
        for proof in &row.proof {
            let (file, test) = proof.split_once("::").unwrap_or_else(|| panic!("{id}: {proof} is no FILE::TEST"));
            let text = fs::read_to_string(top().join(file)).unwrap_or_else(|_| panic!("{id}: no file {file}"));
            let at = text.find(&format!("fn {test}(")).unwrap_or_else(|| panic!("{id}: no test {test} in {file}"));
            let attribute =
                text[..at].trim_end().trim_end_matches("async").trim_end().lines().last().unwrap_or_default();
            assert!(attribute.trim_start().starts_with("#[") && attribute.contains("test"), "{id}: {test} is no test");
        }
        let shown = !row.registers.is_empty() || !row.targets.is_empty() || !row.proof.is_empty();
        let shown = shown || !published(id).is_empty();
        assert!(shown || row.none.is_some() || row.open.is_some(), "{id} is claimed and nothing shows it");
        assert!(row.none.is_none() || row.registers.is_empty(), "{id} has no record, and a register");
    }
    // The rows of each part follow each other without a gap.
    for (prefix, count) in [("000-", 32), ("001-", 28), ("002-", 28), ("003-", 51), ("004-", 27), ("T", 24)] {
        let missing: Vec<String> =
            (1..=count).map(|n| format!("{prefix}{n:02}")).filter(|id| !seen.contains(id)).collect();
        assert_eq!(missing, Vec::<String>::new());
    }
}

/// Of every register the demo has a record; of one with steps also a record on its way and one at its end.
pub(crate) fn every_register_is_shown(data: &str) {
    let pack = Pack::read_with_faults(Source::base()).0;
    let states: Vec<(String, Option<String>)> = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let pool = SqlitePool::connect(&format!("sqlite:{data}/danvan.db")).await.unwrap();
        let read = "select distinct r.name, s.name from record join name r on r.id = register left join name s on s.id = state";
        sqlx::query_as(read).fetch_all(&pool).await.unwrap()
    });
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (register, state) in states {
        found.entry(register).or_default().extend(state);
    }
    let mut absent = Vec::new();
    for (id, register) in &pack.registers {
        let Some(there) = found.get(id) else {
            absent.push(format!("{id}: no record"));
            continue;
        };
        let (last, open): (Vec<_>, Vec<_>) = register.states.iter().partition(|state| state.last);
        let under_way: Vec<_> = open.into_iter().filter(|state| Some(&state.id) != register.initial.as_ref()).collect();
        for (which, states) in [("at its end", last), ("on its way", under_way)] {
            if !states.is_empty() && !states.iter().any(|state| there.contains(&state.id)) {
                absent.push(format!("{id}: none {which}"));
            }
        }
    }
    assert_eq!(absent, Vec::<String>::new());
}

/// `DANVAN_WRITE=1 cargo test -p danvan coverage` writes the page anew.
#[test]
fn the_page_is_what_the_pack_says() {
    let page = page(&rows());
    let file = top().join(FILE);
    if std::env::var("DANVAN_WRITE").is_ok() {
        fs::write(&file, &page).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        there == page,
        "{FILE} is older than packs/danvan/coverage.toml: DANVAN_WRITE=1 cargo test -p danvan coverage"
    );
}

fn page(rows: &[Row]) -> String {
    let count = |holds: fn(&Row) -> bool| rows.iter().filter(|row| holds(row)).count();
    let mut page = format!(
        "# What is asked, and what answers it\n\n\
         Written from `packs/danvan/coverage.toml` by `crates/danvan/tests/it/coverage.rs`, which holds every name here against the pack \
         and the tests.\n{} rows: {} answered, {} without a record for the reason given, {} open.\n\n\
         The demo has records of every register, of each with steps one on its way and one at its end \
         (`crates/danvan/tests/it/seeds.rs`); published figures and targets are compared there too.\n",
        rows.len(),
        count(|row| row.none.is_none() && row.open.is_none()),
        count(|row| row.none.is_some()),
        count(|row| row.open.is_some()),
    );
    for (prefix, title) in PARTS {
        write!(page, "\n## {title}\n\n| row | asked | answer | shown by |\n|---|---|---|---|\n").unwrap();
        for row in rows.iter().filter(|row| row.id.starts_with(prefix)) {
            writeln!(page, "| {} | {} | {} | {} |", row.id, row.asks, row.answer(), row.shown()).unwrap();
        }
    }
    page
}

impl Row {
    fn answer(&self) -> String {
        let named = |one: &str, many: &str, ids: &[String]| {
            let quoted: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
            (!ids.is_empty()).then(|| format!("{} {}", if ids.len() == 1 { one } else { many }, quoted.join(", ")))
        };
        let parts = [
            self.open.as_ref().map(|what| format!("**open**: {what}")),
            self.none.as_ref().map(|why| format!("no record: {why}")),
            named("register", "registers", &self.registers),
            named("figure", "figures", &self.figures),
            named("target", "targets", &self.targets),
            named("outline", "outlines", &self.outlines),
            self.code.clone(),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    fn shown(&self) -> String {
        let stated = published(&self.id)
            .into_iter()
            .map(|seed| format!("report of {} {}: “{}”", seed.unit, seed.period, seed.shown));
        let tests = self.proof.iter().filter_map(|proof| {
            let (file, test) = proof.split_once("::")?;
            Some(format!("[{}](../{file})", test.replace('_', " ")))
        });
        let mut shown: Vec<String> = stated.chain(tests).collect();
        if !self.targets.is_empty() {
            shown.push("targets of the demo".to_owned());
        }
        if shown.is_empty() && !self.registers.is_empty() {
            shown.push("records of the demo".to_owned());
        }
        shown.join("; ")
    }
}
