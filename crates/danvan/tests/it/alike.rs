//! The filled demo on both databases: every figure, every target and the annual reports are the same, byte for byte.

use std::{fs, process::Command};

use crate::{seeds::fill, tree::top};

/// The localities, and the year of which each has books.
const ASKED: [(&str, &str); 5] = [
    ("quang-ninh", "2017"),
    ("binh-chanh.thang-binh", "2020"),
    ("ninh-binh", "2021"),
    ("hai-phong", "2021"),
    ("nghe-an", "2025"),
];

fn danvan(place: &[&str], words: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_danvan")).args(words).args(place).current_dir(top()).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "danvan {}: {said}{}", words.join(" "), String::from_utf8_lossy(&done.stderr));
    said
}

/// Everything that is told of the localities, in order, each with what was asked.
fn told(place: &[&str], paper: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (unit, year) in ASKED {
        let (from, to) = (format!("{year}-01-01"), format!("{year}-12-31"));
        let figures = ["figures", "--unit", unit, "--from", &from, "--to", &to];
        for geography in ["then", "now"] {
            let words = [&figures[..], &["--geography", geography, "--json"]].concat();
            all.push((words.join(" "), danvan(place, &words)));
        }
        let words = ["targets", "--unit", unit, "--period", year, "--json"];
        all.push((words.join(" "), danvan(place, &words)));
        let words = ["report", "annual", "--unit", unit, "--period", year, "--out", paper];
        danvan(place, &words);
        all.push((words[..6].join(" "), fs::read_to_string(paper).unwrap()));
    }
    all
}

#[tokio::test]
async fn every_figure_is_the_same_on_both_databases() {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else { return };
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let (a, b, paper) = (at("a"), at("b"), at("paper.md"));
    let url = db::testing::fresh_schema(&url).await.unwrap();
    let sqlite = ["--data", a.as_str()];
    let postgres = ["--data", b.as_str(), "--database", url.as_str()];
    fill(&sqlite);
    fill(&postgres);
    let (one, other) = (told(&sqlite, &paper), told(&postgres, &paper));
    assert_eq!(one.len(), 4 * ASKED.len());
    for ((asked, one), (_, other)) in one.iter().zip(&other) {
        assert!(one == other, "{asked}:\n{}", first_difference(one, other));
        assert!(one.len() > 200 || asked.starts_with("targets"), "{asked} tells nothing: {one}");
    }
}

fn first_difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(80)..text.len().min(at + 80)]).into_owned()
    };
    format!("{}\n{}", around(one), around(other))
}
