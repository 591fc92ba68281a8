//! The register that CONTRIBUTING adds with text files alone.

use std::{fs, path::Path, process::Command, sync::Arc};

use danvan::lay;

use pack::{
    Pack,
    source::{Layer, Source},
};

use serde_json::Value;

use crate::{
    town::{Inhabited, now},
    tree::{sources, top},
};

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
    assert!(pack.registers.contains_key("digital_team"));
    assert!(pack.programmes.contains_key("field-days") && pack.outlines.contains_key("field-days"));
}

/// What the reader copies is what was tried: every definition in the text stands in a file, and every file is named.
#[test]
fn the_text_shows_it_as_it_stands() {
    let text = fs::read_to_string(top().join("CONTRIBUTING.md")).unwrap();
    let files = sources(EXAMPLE);
    let sheets =
        sources("docs").into_iter().filter(|file| Path::new(&file.path).extension().is_some_and(|kind| kind == "csv"));
    let known: Vec<String> = files.iter().map(|file| file.text.clone()).chain(sheets.map(|file| file.text)).collect();
    let mut blocks = 0;
    for language in ["toml", "markdown", "csv"] {
        for block in text.split(&format!("```{language}\n")).skip(1) {
            let block = block.split("```\n").next().unwrap();
            assert!(known.iter().any(|text| text.contains(block)), "stands in no file of {EXAMPLE}:\n{block}");
            blocks += 1;
        }
    }
    assert!(blocks > 8, "{blocks} definitions in the text");
    for file in &files {
        let (whole, named) = (text.contains(&file.text), text.contains(&file.path));
        assert!(whole || named, "CONTRIBUTING.md neither shows nor names {}", file.path);
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
fn follow(place: &[&str], paper: &str) -> [Value; 6] {
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

    // The second example: steps, a deadline, child rows on a sheet of their own.
    let teams = json(&["import", "digital_team", "docs/example-teams.csv", "--unit", "hai-phong/ubnd"]);
    assert_eq!((&teams["added"], &teams["rejected"]), (&3.into(), &Value::Array(Vec::new())));
    let told = json(&[&figures[..], &["--figure", "digital_team.active", "--figure", "digital_team.people"]].concat());
    assert_eq!(told["figures"][0]["shown"], "02 tổ công nghệ số");
    assert_eq!(told["figures"][1]["shown"], "73 lượt người");
    danvan(place, &["report", "digital-teams", "--unit", "hai-phong", "--period", "2026", "--out", paper]);
    let report = fs::read_to_string(paper).unwrap();
    assert!(report.contains("có 02 tổ công nghệ số, ở 02/114 xã, phường, đặc khu"), "{report}");
    assert!(report.contains("| Trong đó: dịch vụ công trực tuyến | buổi hướng dẫn | 2 |"), "{report}");
    [first, again, days, targets, teams, told]
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

/// The same register in a browser: it is listed, written by its form, taken a step further, counted and held to its target.
#[tokio::test]
async fn it_has_a_form_a_list_steps_and_numbers() {
    let town = Inhabited::open().await;
    let layer = Layer::read(&top().join(EXAMPLE)).unwrap();
    let laid = lay::lay(&town.house, layer, now()).await.unwrap().unwrap_or_else(|faults| panic!("{faults:?}"));
    // New figures are read once the books have been gone through.
    let work = jobs::Jobs::new().with(lay::JOB, Arc::new(lay::Rebuild { house: town.house.clone() }));
    jobs::see_through(&town.house.db, Arc::new(work), Arc::new(now), laid.job.unwrap(), |_| {}).await.unwrap();
    let clerk = town.by("clerk");
    clerk.get("/registers").await.shows("Tổ công nghệ số cộng đồng");
    clerk
        .get("/registers/digital_team/new")
        .await
        .shows("Hạn thành lập")
        .shows("Ghi ở các bước sau")
        .shows("Buổi hướng dẫn");
    let fields = [
        ("shown", "name"),
        ("name", "Tổ công nghệ số Lê Chân 1"),
        ("shown", "place"),
        ("place", "11383"),
        ("shown", "planned_on"),
        ("planned_on", "30/09/2026"),
        ("shown", "session"),
        ("session.0.held_on", "02/09/2026"),
        ("session.0.about", "safety"),
        ("session.0.people", "27"),
    ];
    let made = clerk.post("/registers/digital_team/new", &fields).await;
    let record = made.header("location").to_owned();
    assert!(record.starts_with("/records/"), "{}: {}", made.status, made.text());
    clerk.get(&record).await.shows("Chờ thành lập").shows("30/09/2026").shows("an toàn trên mạng");
    clerk.get("/registers/digital_team").await.shows("Tổ công nghệ số Lê Chân 1");
    let found = [
        ("version", "1"),
        ("on", "03/09/2026"),
        ("shown", "founded_on"),
        ("founded_on", "03/09/2026"),
        ("shown", "number"),
        ("number", "21/QĐ-UBND"),
        ("shown", "members"),
        ("members", "8"),
    ];
    let page = clerk.get(&format!("{record}/steps/found")).await;
    page.shows("Số thành viên");
    let taken = clerk.post(&format!("{record}/steps/found"), &found).await;
    assert_eq!(taken.header("location"), record, "{}: {}", taken.status, taken.text());
    clerk.get(&record).await.shows("Đang hoạt động");
    let asked = "/api/v1/figures?period=2026&figure=digital_team.active&figure=digital_team.people";
    let figures = town.program("clerk").api(axum::http::Method::GET, asked, None).await.json();
    let shown: Vec<&Value> = figures["figures"].as_array().unwrap().iter().map(|one| &one["shown"]).collect();
    assert_eq!(shown, ["01 tổ công nghệ số", "27 lượt người"]);
    let above = town.by("clerk-above");
    above
        .get("/targets?unit=hai-phong&period=2026")
        .await
        .shows("100% xã, phường, đặc khu có tổ công nghệ số cộng đồng");
}
