//! The pack's real law and calendar against the worked examples, the tables of periods, and an oracle.

mod oracle;
mod worked;

use std::{fs, path::Path};

use jiff::civil::date;
use kernel::{Day, Label, Lang, Refusal, parse_day};

use crate::{
    Course, Due, Entered, Facts, Holidays, Kind, Law, LocalDays, OffKind, Period, Reason, Status, Value, What, Window,
    due, month_window,
};

/// The files of a folder of the pack, in order of name.
fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/danvan").join(folder);
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

fn named(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

fn law() -> Law {
    Law::read(&named(&files("law"))).unwrap()
}

fn holidays() -> Holidays {
    Holidays::read(&named(&files("calendar")), &LocalDays::default()).unwrap()
}

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

/// Conditions of the pack are evaluated by CEL; this knows what they use: `&&`, `||`, `!`, `==`.
fn holds(facts: &Facts, when: &str) -> bool {
    when.split("||").any(|side| {
        side.split("&&").all(|part| {
            let part = part.trim();
            if let Some((id, value)) = part.split_once("==") {
                return match &facts[id.trim()] {
                    Value::Flag(flag) => flag.to_string() == value.trim(),
                    Value::Count(count) => count.to_string() == value.trim(),
                    Value::Word(word) => format!("\"{word}\"") == value.trim(),
                };
            }
            match part.strip_prefix('!') {
                Some(id) => facts[id] == Value::Flag(false),
                None => facts[part] == Value::Flag(true),
            }
        })
    })
}

/// What `danvan deadline LIMIT --from DAY --set …` asks.
fn ask(limit: &str, from: &str, set: &[&str]) -> Result<Due, Refusal> {
    run(limit, set, Course::from(day(from)))
}

fn run(limit: &str, set: &[&str], mut course: Course<'_>) -> Result<Due, Refusal> {
    let law = law();
    let facts = law.facts(set)?;
    let rule = law.rule(limit, course.from, &|when| Ok(holds(&facts, when)))?;
    if let Value::Count(extensions) = facts["extensions"] {
        course.extensions = u16::try_from(extensions).unwrap();
    }
    due(&rule, &course, &holidays())
}

#[test]
fn days_that_an_office_enters_stand_over_the_files() {
    let file = r#"
year = 2027
status = "provisional"
decision = { vi = "chưa có quyết định" }
[[off]]
day = "2027-02-09"
kind = "holiday"
name = { vi = "Tết" }
"#;
    let files = Holidays::read(&[("2027", file)], &LocalDays::default()).unwrap();
    let day = |day: i8| Day::constant(2027, 2, day);
    let entered = |day: Day, what: What, status: Status| Entered {
        day,
        what,
        name: Label::vi("Lễ hội"),
        status,
        decision: Label::vi("Thông báo 1"),
    };
    let local = entered(day(11), What::Local, Status::Confirmed);
    let worked = entered(day(9), What::Worked, Status::Provisional);
    let over = files.entering(&[local.clone(), worked]);
    assert!(over.is_working(day(9)) && !over.is_working(day(11)) && over.certain(day(11)) && !over.certain(day(12)));
    assert_eq!(files.differing(&over).into_iter().collect::<Vec<_>>(), [day(9), day(11)]);
    let year = entered(Day::constant(2027, 1, 1), What::Year, Status::Confirmed);
    let settled = over.entering(&[year, local]);
    assert!(
        !settled.is_working(day(9)) && settled.certain(day(9)) && settled.certain(day(12)),
        "what was entered before is gone"
    );
    assert_eq!(settled.listed(2027).filter(|row| row.entered).count(), 1);
    assert!(settled.entering(&[]).differing(&files).is_empty());
}

#[test]
fn the_json_is_the_contract() {
    let due = ask("complaint.acceptance", "28/08/2026", &[]).unwrap();
    let json = serde_json::to_value(&due).unwrap();
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["due", "nominal", "basis", "rule_set", "certain", "steps"]);
    assert_eq!(json["due"], "2026-09-11");
    assert_eq!(json["certain"], true);
    assert_eq!(json["steps"][1]["skipped"][1]["why"], "swap");
    let back: Due = serde_json::from_value(json).unwrap();
    assert_eq!(back, due, "a clock stores its derivation");
}

#[test]
fn a_derivation_reads_as_one_sentence() {
    let told = |limit, from, set: &[&str], lang| ask(limit, from, set).unwrap().sentence(lang);
    assert_eq!(
        told("complaint.acceptance", "28/08/2026", &[], Lang::Vi),
        "nhận 28/08/2026 → tính từ 29/08 → 07 ngày làm việc, nghỉ 29–30/08 (cuối tuần), 31/08 (hoán đổi, làm bù \
         22/08/2026), 01–02/09 (Quốc khánh), 05–06/09 (cuối tuần) → hạn 11/09/2026; căn cứ Điều 27 Luật Khiếu nại, sửa \
         đổi bởi Luật 136/2025/QH15"
    );
    assert_eq!(
        told("complaint.first", "16/03/2026", &["complex"], Lang::En),
        "accepted 16/03/2026 → counted from 17/03 → 45 days → last day 30/04, off 30/04 (Victory Day), 01/05 \
         (International Labour Day), 02–03/05 (weekend), on to the next working day → due 04/05/2026; basis: Article 28, \
         Law on Complaints 02/2011/QH13"
    );
    assert_eq!(
        told("complaint.dialogue_notice", "20/08/2026", &[], Lang::Vi),
        "đối thoại 20/08/2026 → tính lùi từ 19/08 → 05 ngày → ngày cuối 15/08, nghỉ 15/08 (cuối tuần), lùi về ngày làm \
         việc liền trước → chậm nhất 14/08/2026; căn cứ Nghị định 155/2026/NĐ-CP; lưu ý: nghị định mới được đọc qua một \
         bản chép"
    );
    let lines = ask("complaint.acceptance", "28/08/2026", &[]).unwrap().lines(Lang::Vi);
    let lines: Vec<String> = lines.into_iter().map(|line| format!("{} | {}", line.days, line.text)).collect();
    assert_eq!(lines[0], "28/08/2026 | nhận; ngày này không tính (khoản 2, 3 Điều 147 Bộ luật Dân sự 2015)");
    assert_eq!(lines[1], "29/08/2026–11/09/2026 | 07 ngày làm việc");
    assert_eq!(lines[4], "01/09/2026–02/09/2026 | nghỉ: Quốc khánh");
    assert_eq!(
        lines[7],
        " | căn cứ Điều 27 Luật Khiếu nại, sửa đổi bởi Luật 136/2025/QH15 (RS-2026-07, áp dụng từ 01/07/2026)"
    );
}

#[test]
fn the_calendar_panel_is_read_off_the_stored_steps() {
    let marks = ask("complaint.acceptance", "28/08/2026", &[]).unwrap().marks();
    assert!(marks[&date(2026, 8, 28)].event);
    assert_eq!(marks[&date(2026, 8, 31)].skipped, Some(Reason::Swap { worked: date(2026, 8, 22) }));
    assert_eq!(marks[&date(2026, 9, 3)].number, Some(1));
    assert_eq!(marks[&date(2026, 9, 11)].number, Some(7));
    assert!(marks[&date(2026, 9, 11)].due);
    assert_eq!(marks.len(), 15);

    let marks = ask("complaint.first", "16/03/2026", &["remote"]).unwrap().marks();
    assert_eq!(marks[&date(2026, 4, 30)].number, Some(45), "the last day was counted, then found off");
    assert!(marks[&date(2026, 4, 30)].skipped.is_some() && marks[&date(2026, 5, 4)].due);
}

#[test]
fn what_is_not_decided_says_so() {
    let late = ask("complaint.first", "10/12/2026", &[]).unwrap();
    assert_eq!((late.due, late.certain), (date(2027, 1, 11), false));
    assert!(late.sentence(Lang::Vi).ends_with("; lịch nghỉ năm 2027 chưa được xác nhận"));
    assert!(ask("complaint.first", "10/11/2026", &[]).unwrap().certain);
    let local = ask("dialogue.conclusion_notice", "10/11/2026", &[]).unwrap();
    assert!(!local.certain && local.rule_set == "DP");
    assert!(local.sentence(Lang::Vi).contains("cần đối chiếu: thường trong 5–10 ngày làm việc"));
    let unknown = ask("reception.answer", "20/12/2031", &[]).unwrap();
    assert!(!unknown.certain, "a year without a table");
    let old = ask("reception.answer", "02/03/2020", &[]).unwrap();
    assert_eq!((old.rule_set.as_str(), old.certain), ("RS-2014", false));
}

#[test]
fn refusals_name_what_stands_in_the_way() {
    let key = |result: Result<Due, Refusal>| result.unwrap_err().key.into_owned();
    assert_eq!(key(ask("complaint.third", "01/04/2026", &[])), "calendar.unknown_limit");
    assert_eq!(key(ask("complaint.first", "01/04/2012", &[])), "calendar.not_in_force");
    assert_eq!(key(ask("complaint.dialogue_notice", "30/06/2026", &[])), "calendar.not_in_force");
    assert_eq!(key(ask("complaint.first", "01/04/2026", &["rémote"])), "calendar.unknown_fact");
    assert_eq!(key(ask("complaint.first", "01/04/2026", &["basis=custom"])), "calendar.fact_unreadable");
    assert_eq!(key(ask("complaint.first", "01/04/2026", &["extensions=1"])), "calendar.extension_not_allowed");
    let refusal = ask("denunciation.resolve", "19/01/2026", &["complex", "extensions=2"]).unwrap_err();
    assert_eq!((refusal.key.as_ref(), refusal.arg("most")), ("calendar.extension_not_allowed", Some("1")));

    let open = [(day("10/02/2026"), None)];
    let stopped = run("complaint.first", &[], Course { suspensions: &open, ..Course::from(day("02/02/2026")) });
    let refusal = stopped.unwrap_err();
    assert_eq!((refusal.key.as_ref(), refusal.arg("left")), ("calendar.clock_stopped", Some("23")));
    let exclusions = [Window::parse("01/08/2026..02/08/2026").unwrap()];
    let backward = Course { exclusions: &exclusions, ..Course::from(day("20/08/2026")) };
    assert_eq!(key(run("complaint.dialogue_notice", &[], backward)), "calendar.backward_never_stops");
}

#[test]
fn files_are_read_whole_or_refused_with_their_line() {
    let flaw = |text: &str| Law::read(&[("own.toml", text)]).unwrap_err()[0].to_string();
    let head = "[[limit]]\nid = \"x\"\nlabel = { vi = \"x\" }\nevent = { vi = \"x\" }\narticle = { vi = \"x\" }\n";
    let said = flaw(&format!("{head}[[limit.row]]\nid = \"1\"\ndays = 3\nworking_days = 4\n"));
    assert_eq!(said, "own.toml:1: x: a length is exactly one of days, working_days, months");
    assert!(
        flaw(&format!("{head}[[limit.row]]\nid = \"1\"\ndayz = 3\n")).starts_with("own.toml:8: unknown field `dayz`")
    );
    let lost = flaw(&format!("{head}[[limit.row]]\nid = \"1\"\ndays = 3\n"));
    assert_eq!(lost, "law: x: no rule set of the family petitions");

    let year = "year = 2030\nstatus = \"provisional\"\ndecision = { vi = \"x\" }\n[[off]]\nday = \"2030-05-02\"\n";
    let text = format!("{year}kind = \"compensation\"\ninstead_of = \"2030-05-01\"\n");
    let flaws = Holidays::read(&[("2030.toml", &text)], &LocalDays::default()).unwrap_err();
    assert!(flaws[0].to_string().starts_with("2030.toml: 2030-05-02 cannot make up for 2030-05-01"));

    let local: LocalDays =
        toml::from_str("[[off]]\nday = \"2026-11-20\"\nkind = \"local\"\nname = { vi = \"Lễ hội\" }").unwrap();
    assert_eq!(local.off[0].kind, OffKind::Local);
    let holidays = Holidays::read(&named(&files("calendar")), &local).unwrap();
    assert!(!holidays.is_working(date(2026, 11, 20)));
}

#[test]
fn every_limit_of_the_pack_can_be_asked() {
    let law = law();
    let facts = law.facts::<&str>(&[]).unwrap();
    let holidays = holidays();
    for id in law.limits.keys() {
        let on = date(2026, 11, 2);
        let rule = law.rule(id, on, &|when| Ok(holds(&facts, when))).unwrap_or_else(|no| panic!("{id}: {no}"));
        let due = due(&rule, &Course::from(on), &holidays).unwrap();
        assert!(!due.sentence(Lang::Vi).is_empty() && !due.lines(Lang::En).is_empty(), "{id}");
        assert!(rule.limit.label.en.is_some() && rule.row.article.en.is_some(), "{id}");
    }
    for (id, when) in law.conditions() {
        for word in when.split(|c: char| !c.is_alphanumeric() && c != '_') {
            let literal = word.is_empty() || word.parse::<i64>().is_ok() || ["decree", "province"].contains(&word);
            assert!(literal || facts.contains_key(word), "{id}: {word} is no fact");
        }
    }
}

#[test]
fn periods_are_read_written_and_named() {
    for (text, canonical, window, vi, en) in [
        ("2021", "2021", "2021-01-01..2021-12-31", "năm 2021", "2021"),
        ("2021-Q1", "2021-Q1", "2021-01-01..2021-03-31", "quý I năm 2021", "first quarter of 2021"),
        ("2021-q4", "2021-Q4", "2021-10-01..2021-12-31", "quý IV năm 2021", "fourth quarter of 2021"),
        ("2021-H1", "2021-H1", "2021-01-01..2021-06-30", "6 tháng đầu năm 2021", "first half of 2021"),
        ("2021-H2", "2021-H2", "2021-07-01..2021-12-31", "6 tháng cuối năm 2021", "second half of 2021"),
        ("2021-9M", "2021-9M", "2021-01-01..2021-09-30", "9 tháng năm 2021", "first nine months of 2021"),
        (" 2024-02 ", "2024-02", "2024-02-01..2024-02-29", "tháng 2 năm 2024", "February 2024"),
        (
            "15/12/2020..14/12/2021",
            "2020-12-15..2021-12-14",
            "2020-12-15..2021-12-14",
            "từ 15/12/2020 đến 14/12/2021",
            "15/12/2020 to 14/12/2021",
        ),
        ("2021-01-05..2021-01-05", "2021-01-05..2021-01-05", "2021-01-05..2021-01-05", "ngày 05/01/2021", "05/01/2021"),
    ] {
        let period: Period = text.parse().unwrap();
        assert_eq!(period.to_string(), canonical);
        assert_eq!(period.to_string().parse(), Ok(period));
        assert_eq!(period.window(), Window::parse(window).unwrap(), "{text}");
        let label = period.label();
        assert_eq!((label.vi.as_str(), label.en.as_deref()), (vi, Some(en)));
    }
    for text in
        ["", "21", "2021-", "2021-Q5", "2021-H3", "2021-13", "2021-5", "2021-Q01", "2021-6M", "20211", "2021-00"]
    {
        assert_eq!(text.parse::<Period>().unwrap_err().key, "calendar.period_unreadable", "{text}");
    }
    assert_eq!("2021-05-01..2021-04-01".parse::<Period>().unwrap_err().key, "calendar.window_backwards");
    assert_eq!("2021-05-01..2021-02-30".parse::<Period>().unwrap_err().key, "day.not_in_calendar");
}

#[test]
fn periods_know_their_neighbours() {
    for (text, before, year_before) in [
        ("2021", "2020", "2020"),
        ("2021-Q1", "2020-Q4", "2020-Q1"),
        ("2021-H1", "2020-H2", "2020-H1"),
        ("2021-9M", "2020-9M", "2020-9M"),
        ("2021-01", "2020-12", "2020-01"),
        ("2020-12-15..2021-12-14", "2019-12-15..2020-12-14", "2019-12-15..2020-12-14"),
        ("2021-03-01..2021-04-30", "2021-01-01..2021-02-28", "2020-03-01..2020-04-30"),
        ("2021-03-05..2021-03-11", "2021-02-26..2021-03-04", "2020-03-05..2020-03-11"),
        ("2025-02-01..2025-02-28", "2025-01-01..2025-01-31", "2024-02-01..2024-02-29"),
    ] {
        let period: Period = text.parse().unwrap();
        assert_eq!(period.before().to_string(), before);
        assert_eq!(period.year_before().to_string(), year_before);
        if period.kind() != Kind::Span {
            assert_eq!(period.before().after(), period);
        }
    }
    let third: Period = "2021-Q3".parse().unwrap();
    assert_eq!(third.cumulative(), Window::parse("2021-01-01..2021-09-30").unwrap());
    assert_eq!(third.since(date(2020, 6, 15)).unwrap().day_count(), 473);
    assert!(third.since(date(2022, 1, 1)).is_err());
    assert_eq!(Period::containing(Kind::Quarter, date(2021, 8, 2)), third);
}

#[test]
fn regimes_say_which_days_a_period_means() {
    let law = law();
    for (regime, period, window, cumulative) in [
        ("calendar", "2021", "2021-01-01..2021-12-31", "2021-01-01..2021-12-31"),
        ("statistics", "2021", "2020-12-15..2021-12-14", "2020-12-15..2021-12-14"),
        ("statistics", "2022-Q1", "2021-12-15..2022-03-14", "2021-12-15..2022-03-14"),
        ("statistics", "2022-Q2", "2022-03-15..2022-06-14", "2021-12-15..2022-06-14"),
        ("statistics", "2022-Q3", "2022-06-15..2022-09-14", "2021-12-15..2022-09-14"),
        ("statistics", "2022-Q4", "2022-09-15..2022-12-14", "2021-12-15..2022-12-14"),
        ("statistics", "2022-H1", "2021-12-15..2022-06-14", "2021-12-15..2022-06-14"),
        ("statistics", "2022-9M", "2021-12-15..2022-09-14", "2021-12-15..2022-09-14"),
        ("statistics", "2022-03", "2022-02-15..2022-03-14", "2021-12-15..2022-03-14"),
        ("statistics", "2022-02-01..2022-12-20", "2022-02-01..2022-12-20", "2022-12-15..2022-12-20"),
        ("assembly", "2025", "2024-08-01..2025-07-31", "2024-08-01..2025-07-31"),
    ] {
        let period: Period = period.parse().unwrap();
        let regime = law.regime(regime, period.window().to).unwrap();
        assert_eq!(regime.window(period).unwrap(), Window::parse(window).unwrap(), "{period}");
        assert_eq!(regime.cumulative(period).unwrap(), Window::parse(cumulative).unwrap(), "{period}");
        if period.kind() != Kind::Span && period.kind() != Kind::NineMonths {
            for inside in [regime.window(period).unwrap().from, regime.window(period).unwrap().to] {
                assert_eq!(regime.containing(period.kind(), inside).unwrap(), period);
            }
        }
    }
    let assembly = law.regime("assembly", date(2025, 7, 31)).unwrap();
    assert_eq!(assembly.window("2025-Q1".parse().unwrap()).unwrap_err().key, "calendar.period_not_in_regime");
    assert_eq!(law.regime("weekly", date(2025, 7, 31)).unwrap_err().key, "calendar.unknown_regime");
    assert!(!law.regime("statistics", date(2026, 12, 31)).unwrap().certain);
}

#[test]
fn windows_fall_into_months_and_edges() {
    let split = |text: &str| Window::parse(text).unwrap().months_inside();
    let year = split("15/12/2020..14/12/2021");
    assert_eq!((month_window(year.months.start).from, year.months.clone().count()), (date(2021, 1, 1), 11));
    assert_eq!(
        year.edges,
        [Window::parse("15/12/2020..31/12/2020").unwrap(), Window::parse("01/12/2021..14/12/2021").unwrap()]
    );
    assert_eq!(split("10/05/2021..10/06/2021").edges.len(), 1, "no whole month: one edge");
    assert!(split("01/05/2021..31/05/2021").edges.is_empty());
}
