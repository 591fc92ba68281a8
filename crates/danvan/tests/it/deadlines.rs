//! `danvan deadline` over the worked examples of the law, as text and as JSON: what a person at the shell is told.

use clap::Parser;
use danvan::{
    cli::Cli,
    shell::{self, Said},
};
use kernel::{parse_day, show_day};

/// What follows `danvan deadline`, with the nominal day (where the roll moves it) and the due day.
const EXAMPLES: &[(&str, Option<&str>, &str)] = &[
    ("complaint.acceptance --from 2026-03-05", Some("2026-03-15"), "2026-03-16"),
    ("complaint.acceptance --from 2026-03-05 --set basis=decree", None, "2026-03-19"),
    ("complaint.acceptance --from 2026-08-28", None, "2026-09-11"),
    ("complaint.first --from 2026-03-16", None, "2026-04-15"),
    ("complaint.first --from 2026-03-16 --set complex", Some("2026-04-30"), "2026-05-04"),
    ("complaint.first --from 2026-03-16 --set remote", Some("2026-04-30"), "2026-05-04"),
    ("complaint.first --from 2026-03-16 --set remote --set complex", None, "2026-05-15"),
    ("complaint.second --from 2026-01-05 --set complex", None, "2026-03-06"),
    ("complaint.second --from 2026-01-05 --set remote", None, "2026-03-06"),
    ("complaint.second --from 2026-01-05 --set remote --set complex", None, "2026-03-16"),
    ("complaint.time_bar --from 2025-12-01", Some("2026-03-01"), "2026-03-02"),
    ("complaint.second_window --from 2026-01-20", Some("2026-02-19"), "2026-02-23"),
    ("complaint.second_window --from 2026-01-20 --set remote", None, "2026-03-06"),
    ("complaint.send_first --from 2026-02-12", None, "2026-02-24"),
    ("complaint.send_second --from 2026-03-05", None, "2026-03-12"),
    ("complaint.send_second --from 2026-03-05 --set basis=decree", None, "2026-03-16"),
    ("complaint.publish --from 2026-02-12", None, "2026-02-27"),
    ("complaint.effect --from 2026-04-01", None, "2026-05-01"),
    ("complaint.execution --from 2026-05-02", None, "2026-05-08"),
    ("complaint.dialogue_notice --from 2026-08-20", Some("2026-08-15"), "2026-08-14"),
    ("complaint.first --from 2026-03-16 --suspend 2026-04-01..2026-04-11", Some("2026-04-25"), "2026-04-28"),
    ("complaint.first --from 2026-03-16 --exclude 2026-04-01..2026-04-11", Some("2026-04-26"), "2026-04-28"),
    ("discipline.time_bar --from 2026-01-30", Some("2026-02-14"), "2026-02-23"),
    ("discipline.time_bar --from 2026-03-02 --set round=2", None, "2026-03-12"),
    ("discipline.time_bar --from 2026-03-02 --set round=2 --set dismissal", None, "2026-04-01"),
    ("discipline.first --from 2026-03-16 --set complex", Some("2026-04-30"), "2026-05-04"),
    ("denunciation.intake --from 2026-02-09 --set several_places", None, "2026-03-02"),
    ("denunciation.intake --from 2025-01-22", None, "2025-02-07"),
    ("denunciation.transfer --from 2026-02-11", None, "2026-02-25"),
    ("denunciation.resolve --from 2026-01-19", Some("2026-02-18"), "2026-02-23"),
    ("denunciation.resolve --from 2026-01-19 --set complex --set extensions=1", None, "2026-03-20"),
    (
        "denunciation.resolve --from 2026-01-19 --set especially_complex --set extensions=2",
        Some("2026-04-19"),
        "2026-04-20",
    ),
    ("denunciation.notice --from 2026-01-19", None, "2026-01-26"),
    ("denunciation.send --from 2026-03-20", None, "2026-03-27"),
    ("denunciation.act --from 2026-03-20", None, "2026-03-31"),
    ("denunciation.publish --from 2026-03-20", None, "2026-03-31"),
    ("denunciation.review --from 2026-02-02", None, "2026-02-23"),
    ("denunciation.forwarder --from 2026-02-02", Some("2026-02-22"), "2026-02-23"),
    ("denunciation.overdue_demand --from 2026-08-27", None, "2026-09-08"),
    ("reception.answer --from 2026-02-06", None, "2026-02-27"),
    ("reception.schedule --from 2026-09-07", None, "2026-08-26"),
    ("reception.refusal --from 2026-08-28", None, "2026-09-07"),
    ("feedback.transfer --from 2026-04-24", None, "2026-05-06"),
];

async fn ask(line: &str) -> db::Result<Said> {
    shell::dispatch(Cli::parse_from(["danvan", "deadline"].into_iter().chain(line.split_whitespace()))).await
}

#[tokio::test]
async fn the_shell_gives_the_worked_examples_as_text_and_as_json() {
    for (line, nominal, due) in EXAMPLES {
        let said = ask(line).await.unwrap_or_else(|stop| panic!("{line}: {stop}"));
        let told = show_day(parse_day(due).unwrap());
        assert!(said.text.lines().next().is_some_and(|sentence| sentence.contains(&told)), "{line}: {}", said.text);
        assert!(said.text.contains("Điều"), "{line} names its article: {}", said.text);
        let keys: Vec<&String> = said.json.as_object().unwrap().keys().collect();
        for key in ["due", "nominal", "basis", "rule_set", "certain", "steps"] {
            assert!(keys.iter().any(|known| *known == key), "{line}: {key} in {keys:?}");
        }
        assert_eq!(said.json["due"], *due, "{line}");
        if let Some(nominal) = nominal {
            assert_eq!(said.json["nominal"], *nominal, "{line}");
        }
        assert!(!said.json["steps"].as_array().unwrap().is_empty(), "{line}");
    }
    let decree = ask("complaint.acceptance --from 2026-03-05 --set basis=decree").await.unwrap();
    assert_eq!(decree.json["certain"], false, "law and decree differ: to be asked");
}

#[tokio::test]
async fn what_it_does_not_know_it_refuses() {
    for line in [
        "complaint.accept --from 2026-03-05",
        "complaint.first --from 2026-03-05 --set hurried",
        "complaint.first --from 2026-13-05",
        "complaint.first --from 2026-03-05 --suspend 2026-04-01",
    ] {
        assert!(matches!(ask(line).await, Err(db::Stop::Refused(_))), "{line}");
    }
}
