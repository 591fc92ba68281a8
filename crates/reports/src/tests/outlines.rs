//! Every outline of the pack, for a unit and each kind of period that it fits: written from silence, from zeros and from numbers, in every format.

use std::collections::BTreeMap;

use calendar::Kind;
use papers::{Block, Format, Layout};
use records::{Snapshot, testing::snapshot};

use super::{counted, period, text};
use crate::{Added, Answer, Answers, Part, Scene, Standing, answer::Target, draft};

const PERIODS: [(Kind, &str); 6] = [
    (Kind::Month, "2021-04"),
    (Kind::Quarter, "2021-Q1"),
    (Kind::Half, "2021-H1"),
    (Kind::NineMonths, "2021-9M"),
    (Kind::Year, "2021"),
    (Kind::Span, "2021-01-01..2021-12-31"),
];

/// The outlines with a fitting place, once for each kind of period that they know.
fn scenes(snapshot: &Snapshot) -> Vec<Scene<'_>> {
    let mut scenes = Vec::new();
    for outline in snapshot.pack.outlines.values() {
        for level in &outline.head.levels {
            let place = if level == "province" { "hai-phong" } else { "tan-tien.an-duong" };
            for (kind, of) in PERIODS.iter().filter(|(kind, _)| outline.head.periods.contains(kind)) {
                let unit = snapshot.tree.find(place, period(of).window().to).unwrap();
                let scene = Scene::new(&snapshot.pack, &snapshot.tree, &outline.head.id, unit, period(of));
                scenes.push(scene.unwrap_or_else(|refusal| panic!("{} {level} {kind:?}: {refusal}", outline.head.id)));
            }
        }
    }
    scenes
}

/// Everything asked has this amount, and each of its parts too; shares are of twice as much.
fn all(scene: &Scene<'_>, amount: i64) -> Answers {
    let mut answers = Answers::default();
    for question in scene.questions() {
        let figure = scene.pack.figure(&question.figure).unwrap();
        let noun = figure.noun().map_or("việc", |noun| noun.vi.as_str());
        let by: Vec<String> = match figure {
            pack::AnyFigure::Counted(_, figure) => figure.by.clone(),
            pack::AnyFigure::Derived(_) => Vec::new(),
        };
        let words = |by: &str| -> Vec<String> {
            let register = match figure {
                pack::AnyFigure::Counted(register, _) => register,
                pack::AnyFigure::Derived(_) => return Vec::new(),
            };
            let Some(field) = register.any_field(by) else { return Vec::new() };
            // What is typed has any word.
            if field.choices.is_empty() {
                return vec!["A1".to_owned()];
            }
            field.choices.iter().map(|choice| choice.id.clone()).collect()
        };
        let parts = by.iter().flat_map(|by| words(by).into_iter().map(|word| (by.clone(), word)));
        let parts = parts.map(|(by, word)| Part { by: BTreeMap::from([(by, word)]), value: amount }).collect();
        let share = matches!(figure, pack::AnyFigure::Derived(figure) if figure.formula.is_none());
        let answer =
            if share { super::share(amount, amount * 2, noun) } else { Answer { parts, ..counted(amount, noun) } };
        answers.values.insert(question, answer);
    }
    let targets = scene.pack.programmes.values().flat_map(|programme| {
        programme.targets.iter().map(|target| (format!("{}.{}", programme.id, target.id), target.label.vi.clone()))
    });
    answers.targets = targets
        .enumerate()
        .map(|(at, (id, label))| Target {
            id,
            label,
            figure: String::new(),
            bar: "= 100%".to_owned(),
            shown: "1/2".to_owned(),
            standing: [Standing::Met, Standing::NotMet, Standing::NoData][at % 3],
            reached: None,
            missing: 0,
        })
        .collect();
    answers
}

/// What stands in sentences, not in tables.
fn sentences(written: &str) -> Vec<&str> {
    written.lines().filter(|line| !line.starts_with(['|', '#', '*']) && !line.trim().is_empty()).collect()
}

#[test]
fn no_outline_writes_an_empty_sentence() {
    let snapshot = snapshot();
    let scenes = scenes(&snapshot);
    assert!(scenes.len() > 30, "{}", scenes.len());
    let mut wrong = Vec::new();
    for scene in &scenes {
        for (what, answers) in [("silence", Answers::default()), ("zeros", all(scene, 0)), ("numbers", all(scene, 7))] {
            let written = text(&draft(scene, &answers, &Added::default()).paper);
            let body = written.split_once("# I. ").and_then(|(_, body)| body.split_once('\n')).unwrap_or_default().1;
            for line in sentences(body) {
                let mut say = |why: &str| {
                    wrong.push(format!("{} {} {what}, {why}: {line}", scene.outline.head.id, scene.period));
                };
                // A number that nobody gave, with the noun that was to follow it, or as the object of a deed.
                for noun in ["cuộc", "đơn", "mô hình", "ý kiến", "kỳ", "lượt", "vụ", "nhiệm vụ", "hộ", "nội dung"]
                {
                    if line.contains(&format!("số liệu {noun} ")) || line.contains(&format!("phát sinh {noun} ")) {
                        say("a noun without a number");
                    }
                }
                if what == "zeros" {
                    let bare = |one: &str| one == "0" || one.starts_with("0%") || one == "(0%)";
                    if line.split([' ', ';', ',']).any(bare) {
                        say("a zero where silence is meant");
                    }
                    if line.contains("không phát sinh") {
                        say("a deed that did not happen");
                    }
                }
                let ugly = ["  ", " .", " ,", " ;", " :", "..", ",.", ";.", ",,", "( ", " )", "()", "{", "}"];
                if ugly.iter().any(|one| line.contains(one)) {
                    say("stops or spaces");
                }
                if !line.ends_with(['.', ':', ']', '”', ';']) && !line.starts_with('-') {
                    say("no end");
                }
                let first = line.chars().next().unwrap_or_default();
                if first.is_lowercase() {
                    say("no capital");
                }
                let small = |(at, _): (usize, &str)| line[at + 2..].chars().next().is_some_and(char::is_lowercase);
                if line.match_indices(". ").any(small) {
                    say("no capital after a stop");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} in all", wrong.join("\n"), wrong.len());
}

#[test]
fn every_outline_is_written_in_every_format() {
    let snapshot = snapshot();
    let mut seen = Vec::new();
    for scene in scenes(&snapshot) {
        let id = scene.outline.head.id.as_str();
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        let paper = draft(&scene, &all(&scene, 7), &Added::default()).paper;
        let party = scene.at().system(scene.body) == Some("party");
        assert_eq!(paper.layout == Layout::Party, party, "{id}");
        let begins: [(Format, &[u8]); 5] = [
            (Format::Docx, b"PK"),
            (Format::Xlsx, b"PK"),
            (Format::Pdf, b"%PDF"),
            (Format::Html, b"<!"),
            (Format::Markdown, b""),
        ];
        for (format, begin) in begins {
            let bytes = paper.write(format).unwrap();
            assert!(bytes.starts_with(begin) && bytes.len() > 500, "{id} {format:?}: {} bytes", bytes.len());
        }
        let headings: Vec<&str> = paper
            .body
            .iter()
            .filter_map(|block| match block {
                Block::Heading { level: 2, text, .. } | Block::Heading { level: 1, text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        // Results, shortcomings with their causes, and what comes next, in this order.
        let at = |word: &str| headings.iter().rposition(|text| text.to_lowercase().contains(word));
        let first = headings.iter().position(|text| text.to_lowercase().contains("kết quả"));
        assert!(first.is_some() && first < at("hạn chế") && at("hạn chế") < at("nhiệm vụ"), "{id}: {headings:?}");
    }
    assert_eq!(seen.len(), snapshot.pack.outlines.len());
}

#[test]
fn why_a_target_is_not_met_is_asked_under_the_table() {
    let snapshot = snapshot();
    let unit = snapshot.tree.find("nghe-an", period("2025").window().to).unwrap();
    let scene = Scene::new(&snapshot.pack, &snapshot.tree, "scheme-closing", unit, period("2025")).unwrap();
    let mut answers = all(&scene, 7);
    answers.targets.retain(|target| target.id.starts_with("scheme-04."));
    assert_eq!(answers.targets.len(), 24);
    let open = answers.targets.iter().filter(|target| target.standing != Standing::Met).count();
    let one = answers.targets.iter().find(|target| target.standing == Standing::NotMet).unwrap().id.clone();
    let added = Added { slots: BTreeMap::from([(one.clone(), "Mới thí điểm.".to_owned())]), ..Added::default() };
    let paper = draft(&scene, &answers, &added).paper;
    let reasons: Vec<&papers::Slot> = paper
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Slot(slot) if slot.id.starts_with("scheme-04.") => Some(slot),
            _ => None,
        })
        .collect();
    assert_eq!(reasons.len(), open);
    assert!(reasons.iter().all(|slot| slot.text.is_some() == (slot.id == one)), "{reasons:?}");
    assert!(text(&paper).contains("Mới thí điểm."));
    assert_eq!(scene.slot(&one), Some(reasons.iter().find(|slot| slot.id == one).unwrap().label.clone()));
    assert_eq!(scene.slot("scheme-04.T99"), None);
    let annual = super::scene(&snapshot, "hai-phong", "2021");
    assert_eq!(annual.slot(&one), None, "other outlines ask no reasons");
}
