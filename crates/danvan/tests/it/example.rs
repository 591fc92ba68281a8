//! The register that CONTRIBUTING adds with text files alone.

use std::{fs, process::Command};

use pack::{
    Pack,
    source::{Layer, Source},
};

use serde_json::Value;

use crate::tree::{sources, top};

const EXAMPLE: &str = "docs/example";

#[test]
fn it_lies_on_the_base_without_a_fault() {
    let layer = Layer::read(&top().join(EXAMPLE)).unwrap();
    let (pack, faults) = Pack::read_with_faults(Source::base().with(layer));
    let faults: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}:{}: {}", fault.file, fault.line, web::say(kernel::Lang::En, &fault.refusal)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let days = pack.registers.get("field_day").unwrap();
    assert_eq!(days.figures.len(), 3);
    assert!(pack.programmes.contains_key("field-days") && pack.outlines.contains_key("field-days"));
}

/// What the reader copies is what was tried.
#[test]
fn the_text_shows_it_as_it_stands() {
    let text = fs::read_to_string(top().join("CONTRIBUTING.md")).unwrap();
    for file in sources(EXAMPLE) {
        assert!(text.contains(&file.text), "{} is not in CONTRIBUTING.md as it stands", file.path);
    }
}

/// Runs the program as the text says, and gives what it prints.
fn danvan(place: &[&str], words: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_danvan")).args(words).args(place).current_dir(top()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "danvan {}: {said}{}", words.join(" "), String::from_utf8_lossy(&done.stderr));
    said
}

/// Every command of the text, in its order, with what must come of it.
fn follow(place: &[&str], paper: &str) -> [Value; 4] {
    let json = |words: &[&str]| serde_json::from_str::<Value>(&danvan(place, &[words, &["--json"]].concat())).unwrap();
    danvan(place, &["init"]);
    danvan(place, &["pack", "lay", EXAMPLE]);
    let import = ["import", "field_day", "docs/example-visits.csv", "--unit", "hai-phong/ubnd"];
    let (first, again) = (json(&import), json(&import));
    assert_eq!((&first["added"], &again["added"], &again["same"]), (&2.into(), &0.into(), &2.into()));
    let figures = ["figures", "--unit", "hai-phong", "--from", "2026-01-01", "--to", "2026-12-31"];
    let days = json(&[&figures[..], &["--figure", "field_day.days", "--figure", "proposals_settled_share"]].concat());
    assert_eq!(days["figures"][0]["shown"], "02 chuyến về cơ sở");
    assert_eq!(days["figures"][1]["percent"], 60.0);
    let targets = json(&["targets", "--unit", "hai-phong", "--period", "2026"]);
    let every =
        targets["targets"].as_array().unwrap().iter().find(|one| one["id"] == "field-days.every_commune").unwrap();
    assert_eq!((&every["state"], &every["reached"], &every["of"]), (&"not_met".into(), &2.into(), &114.into()));
    assert!(!every["missing"].as_array().unwrap().contains(&"11383".into()), "the visited ward is not missing");
    danvan(place, &["report", "field-days", "--unit", "hai-phong", "--period", "2026", "--out", paper]);
    let report = fs::read_to_string(paper).unwrap();
    assert!(report.contains("02 chuyến về cơ sở, đến 02/114 xã, phường, đặc khu"), "{report}");
    [first, again, days, targets]
}

#[tokio::test]
async fn it_works_on_both_databases_alike() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let sqlite = follow(&["--data", &at("a")], &at("a.md"));
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        let url = db::testing::fresh_schema(&url).await.unwrap();
        assert_eq!(follow(&["--data", &at("b"), "--database", &url], &at("b.md")), sqlite);
    }
}
