//! The five localities of the demo: their reports state every published figure, and scheme 04 stands as it was promised.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use serde::Deserialize;
use serde_json::Value;

use crate::tree::top;

#[derive(Deserialize)]
struct Seeds {
    figure: Vec<Seed>,
    targets: BTreeMap<String, (String, i64, String)>,
}

#[derive(Deserialize)]
struct Seed {
    row: String,
    unit: String,
    period: String,
    shown: String,
}

/// Opens the demo until it says that it is ready: it is filled then.
pub(crate) fn fill(place: &[&str]) {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_danvan"))
        .args(["demo", "--listen", "127.0.0.1:0"])
        .args(place)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(demo.stdout.take().unwrap());
    let ready = said.lines().map_while(Result::ok).any(|line| line.contains("http://"));
    demo.kill().unwrap();
    demo.wait().unwrap();
    assert!(ready, "the demo ended before it was ready");
}

fn danvan(data: &str, words: &[&str]) -> Value {
    let done = Command::new(env!("CARGO_BIN_EXE_danvan"))
        .args(words)
        .args(["--json", "--data", data])
        .current_dir(top())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "danvan {}: {said}{}", words.join(" "), String::from_utf8_lossy(&done.stderr));
    serde_json::from_str(&said).unwrap()
}

/// The models of a unit, under way on the last day of 2020, in a geography.
fn under_way(data: &str, unit: &str, geography: &str) -> i64 {
    let asked = ["figures", "--unit", unit, "--from", "2020-01-01", "--to", "2020-12-31", "--geography", geography];
    let told = danvan(data, &[&asked[..], &["--figure", "model.in_force"]].concat());
    told["figures"][0]["value"].as_i64().unwrap()
}

#[test]
fn the_five_localities_are_told_as_published() {
    let dir = tempfile::tempdir().unwrap();
    let data = &dir.path().join("demo").display().to_string();
    fill(&["--data", data]);
    crate::coverage::every_register_is_shown(data);
    let seeds: Seeds = toml::from_str(include_str!("seeds.toml")).unwrap();

    let mut reports: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut absent = Vec::new();
    for seed in &seeds.figure {
        let report = reports.entry((seed.unit.clone(), seed.period.clone())).or_insert_with(|| {
            let out = dir.path().join("report.md").display().to_string();
            danvan(data, &["report", "annual", "--unit", &seed.unit, "--period", &seed.period, "--out", &out]);
            fs::read_to_string(out).unwrap()
        });
        // As a number of its own: "01 đơn" is not the end of "101 đơn".
        let begins = |at: usize| !report[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == '/');
        if !report.match_indices(&seed.shown).any(|(at, _)| begins(at)) {
            absent.push(format!("{} {}: “{}” of {}", seed.unit, seed.period, seed.shown, seed.row));
        }
    }
    assert_eq!(absent, Vec::<String>::new());

    let told = danvan(data, &["targets", "--unit", "nghe-an", "--period", "2025"]);
    let targets = told["targets"].as_array().unwrap();
    let stand = |target: &Value| -> (String, (String, i64, String)) {
        let text = |key: &str| target[key].as_str().unwrap().to_owned();
        let id = text("id").strip_prefix("scheme-04.").unwrap().to_owned();
        (id, (text("op"), target["value"].as_i64().unwrap(), text("state")))
    };
    let stands: BTreeMap<String, (String, i64, String)> = targets.iter().map(stand).collect();
    assert_eq!(stands, seeds.targets);
    let of = |id: &str| targets.iter().find(|target| target["id"] == format!("scheme-04.{id}")).unwrap();
    // A committee with each of six partners; every agency by itself; heads in office, those of the districts too.
    assert_eq!((of("T16")["reached"].as_i64(), of("T16")["of"].as_i64()), (Some(784), Some(786)));
    assert_eq!((of("T04")["reached"].as_i64(), of("T04")["of"].as_i64()), (Some(138), Some(141)));
    assert_eq!(of("T18")["of"].as_i64(), Some(1 + 20 + 130));
    assert_eq!(of("T20")["of"].as_i64(), Some(130), "there are no districts any more");
    for target in
        targets.iter().filter(|target| target["state"] == "not_met" && target["op"] != "<=" && target["of"].is_i64())
    {
        assert!(!target["missing"].as_array().unwrap().is_empty(), "{} is not met, and nobody is named", target["id"]);
    }

    // Three provinces became one: what they had then is what it has now.
    let then: Vec<i64> = ["ninh-binh", "ha-nam", "nam-dinh"].iter().map(|unit| under_way(data, unit, "then")).collect();
    assert_eq!(then, [1045, 40, 65]);
    assert_eq!(under_way(data, "ninh-binh", "now"), 1045 + 40 + 65);

    // Which decision ended Bình Chánh nobody has entered: its last day is told as a span, no heir is made up, and its figures stay its own.
    let shown = danvan(data, &["units", "show", "binh-chanh.thang-binh", "--at", "2020-12-31"]);
    assert_eq!(shown["certainty"], "between", "{shown}");
    let asked = ["figures", "--unit", "binh-chanh.thang-binh", "--from", "2020-01-01", "--to", "2020-12-31"];
    for geography in ["then", "now"] {
        let told = ["--figure", "letters_handled_share", "--geography", geography];
        let letters = danvan(data, &[&asked[..], &told[..]].concat());
        assert_eq!(letters["figures"][0]["shown"], "09/09 đơn");
    }

    // The programme of Hải Phòng: 14 communes, then 35 more.
    let of_year = |year: &str| {
        let (from, to) = (format!("{year}-01-01"), format!("{year}-12-31"));
        let asked = ["figures", "--unit", "31", "--from", &from, "--to", &to, "--figure", "new_rural_models"];
        danvan(data, &asked)["figures"][0]["of"].as_i64()
    };
    assert_eq!((of_year("2021"), of_year("2022")), (Some(14), Some(49)));
}
