//! Reports: drafting from given answers, states, facts packed and unpacked, and on both databases the way from draft to restatement.

mod agree;
mod copy;
mod directions;
mod forms;
mod life;
mod outlines;
mod owed;
mod prose;
mod request;
mod today;

use std::collections::{BTreeMap, BTreeSet};

use calendar::Period;
use pack::outline::Moment;
use papers::{Block, Format, Inline, Layout, Mark, Paper};
use records::{Snapshot, testing::snapshot};

use crate::{
    Act, Added, Answer, Answers, Draft, Finding, Part, Question, Scene, Standing, State, answer::Target, draft,
};

pub(crate) fn period(text: &str) -> Period {
    text.parse().unwrap()
}

pub(crate) fn scene<'a>(snapshot: &'a Snapshot, place: &str, of: &str) -> Scene<'a> {
    let period = period(of);
    let unit = snapshot.tree.find(place, period.window().to).unwrap();
    Scene::new(&snapshot.pack, &snapshot.tree, "annual", unit, period).unwrap()
}

fn counted(amount: i64, noun: &str) -> Answer {
    let number = crate::draft::in_prose(amount, 0);
    let shown = if amount == 0 { "không phát sinh".to_owned() } else { format!("{number} {noun}") };
    Answer { known: true, value: Some(amount), noun: Some(noun.to_owned()), number, shown, ..Answer::default() }
}

fn share(value: i64, of: i64, noun: &str) -> Answer {
    let number = format!("{}/{}", crate::draft::in_prose(value, 0), crate::draft::in_prose(of, 0));
    let percent = kernel::number::percent(value, of, 1, kernel::number::Rounding::HalfUp);
    let shown = format!("{number} {noun}");
    let (value, of, noun) = (Some(value), Some(of), Some(noun.to_owned()));
    Answer { known: true, value, of, percent, noun, number, shown, ..Answer::default() }
}

fn parts(answer: Answer, parts: &[(&[(&str, &str)], i64)]) -> Answer {
    let word = |(by, word): &(&str, &str)| ((*by).to_owned(), (*word).to_owned());
    let part = |(by, value): &(&[(&str, &str)], i64)| Part { by: by.iter().map(word).collect(), value: *value };
    Answer { parts: parts.iter().map(part).collect(), ..answer }
}

/// What was published of Hải Phòng's year 2021, as the figures would answer.
fn published(scene: &Scene<'_>) -> Answers {
    let now: Vec<(&str, Answer)> = vec![
        (
            "dialogue.held",
            parts(
                counted(1052, "cuộc đối thoại"),
                &[(&[("kind", "periodic")], 620), (&[("kind", "thematic")], 402), (&[("kind", "ad_hoc")], 30)],
            ),
        ),
        ("heads_in_dialogue", share(466, 466, "người đứng đầu")),
        ("complex_cases_settled", share(5, 8, "vụ việc")),
        ("critical_case.hot_spots", counted(0, "điểm nóng")),
        ("model.registered", counted(1489, "mô hình")),
        ("award.merit_recipients", counted(38, "tập thể, cá nhân")),
        ("recognition.new_rural_chosen", counted(14, "xã")),
        (
            "publication.sheets",
            parts(
                counted(14_000, "tờ gấp"),
                &[
                    (&[("kind", "leaflet"), ("topic", "elections")], 4000),
                    (&[("kind", "leaflet"), ("topic", "workplace_democracy")], 10_000),
                ],
            ),
        ),
        (
            "publication.volumes",
            parts(
                counted(3250, "cuốn"),
                &[
                    (&[("kind", "handbook"), ("topic", "labour")], 950),
                    (&[("kind", "book"), ("topic", "grassroots_democracy")], 2000),
                    (&[("kind", "book"), ("topic", "belief")], 300),
                ],
            ),
        ),
        ("publication.titles", counted(5, "ấn phẩm")),
        (
            "outreach.workers",
            Answer {
                number: "hơn 1.000".to_owned(),
                shown: "hơn 1.000 công nhân lao động".to_owned(),
                ..counted(1000, "công nhân lao động")
            },
        ),
    ];
    let mut answers = Answers::default();
    for (figure, answer) in now {
        answers.values.insert(scene.question_at(figure, Moment::Now), answer);
    }
    let next = scene.question_at("recognition.new_rural_chosen", Moment::Next);
    answers.values.insert(next, counted(35, "xã"));
    let target = |id: &str, figure: &str| Target {
        id: format!("hai-phong-2021.{id}"),
        label: id.to_owned(),
        figure: figure.to_owned(),
        bar: "= 100%".to_owned(),
        shown: "217/217".to_owned(),
        standing: Standing::Met,
        reached: None,
        missing: 0,
    };
    answers.targets = vec![target("themed_models", "themed_models_2021"), target("heads", "heads_in_dialogue")];
    answers
}

fn text(paper: &Paper) -> String {
    String::from_utf8(paper.write(Format::Markdown).unwrap()).unwrap()
}

fn write(scene: &Scene<'_>, answers: &Answers) -> Draft {
    draft(scene, answers, &Added::default())
}

#[test]
fn the_report_of_hai_phong_states_every_published_number() {
    let snapshot = snapshot();
    let scene = scene(&snapshot, "hai-phong", "2021");
    let drafted = write(&scene, &published(&scene));
    let text = text(&drafted.paper);
    let computed = figures_of(&drafted.paper);
    let published = [
        "02/02 chỉ tiêu",
        "1.489 mô hình",
        "38 tập thể, cá nhân",
        "1.052 cuộc đối thoại",
        "không để xảy ra",
        "05/08 vụ việc",
        "4.000 tờ gấp",
        "10.000 tờ gấp",
        "950 cuốn",
        "2.000 cuốn",
        "300 cuốn",
        "hơn 1.000 công nhân lao động",
        "14 xã",
        "35 xã",
    ];
    let missing: Vec<&str> = published
        .into_iter()
        .filter(|shown| !text.contains(shown) || !computed.iter().any(|one| one == shown))
        .collect();
    assert!(missing.is_empty(), "not said, or not computed: {missing:?} in {computed:?}");
    assert!(text.contains("620 cuộc đối thoại định kỳ, 402 cuộc đối thoại theo chuyên đề, 30 cuộc đối thoại đột xuất"));
    let untidy: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with('|') && ["  ", " ,", " ."].iter().any(|two| line.trim().contains(two)))
        .collect();
    assert!(untidy.is_empty(), "{untidy:?}");
    let head = &drafted.paper.head;
    assert_eq!(drafted.paper.layout, Layout::Party);
    assert_eq!((head.superior.as_deref(), head.body.as_str()), (Some("Thành ủy Hải Phòng"), "Ban Dân vận"));
    assert_eq!(head.about, "Kết quả công tác dân vận năm 2021; phương hướng, nhiệm vụ năm 2022");
    assert_eq!(head.number, None, "the office's clerk gives the number");
}

/// The wordings of all computed numbers in sentences.
fn figures_of(paper: &Paper) -> Vec<String> {
    let mut found = Vec::new();
    for block in &paper.body {
        if let Block::Paragraph { text } = block {
            found.extend(text.iter().filter_map(|inline| match inline {
                Inline::Figure(figure) => Some(figure.shown.clone()),
                _ => None,
            }));
        }
    }
    found
}

#[test]
fn silence_is_said_and_never_counts_in_favour() {
    let snapshot = snapshot();
    let scene = scene(&snapshot, "hai-phong", "2021");
    let nothing = write(&scene, &Answers::default());
    let said = text(&nothing.paper);
    assert!(said.contains("chính quyền các cấp: chưa có số liệu"), "{said}");
    assert!(said.contains("chưa có đủ xác nhận của các đơn vị về “điểm nóng”"), "{said}");
    assert!(!said.contains("không để xảy ra") && !said.contains("hoàn thành"), "{said}");
    assert!(!said.contains("Tại các cuộc đối thoại, Nhân dân nêu"), "a condition without data does not hold");
    let no_data = nothing.findings.iter().filter(|one| matches!(one, Finding::NoData { .. })).count();
    assert!(no_data >= 3, "{:?}", nothing.findings);

    let mut some = published(&scene);
    let held = scene.question_at("dialogue.held", Moment::Now);
    some.values.get_mut(&held).unwrap().silent = 3;
    let drafted = write(&scene, &some);
    let silent = |one: &&Finding| matches!(one, Finding::Silent { units: 3, .. });
    assert_eq!(drafted.findings.iter().filter(silent).count(), 1, "said once, though three kinds stand in the text");
}

#[test]
fn changes_name_the_period_compared() {
    let snapshot = snapshot();
    let scene = scene(&snapshot, "hai-phong", "2021");
    let before = scene.question_at("dialogue.held", Moment::YearBefore);
    for (old, said) in [
        (987, "1.052 cuộc đối thoại, tăng 65 cuộc đối thoại (6,6%) so với năm 2020"),
        (1060, "1.052 cuộc đối thoại, giảm 08 cuộc đối thoại (0,8%) so với năm 2020"),
        (1052, "1.052 cuộc đối thoại, bằng năm 2020"),
        (0, "1.052 cuộc đối thoại, tăng 1.052 cuộc đối thoại so với năm 2020"),
    ] {
        let mut answers = published(&scene);
        answers.values.insert(before.clone(), counted(old, "cuộc đối thoại"));
        let text = text(&write(&scene, &answers).paper);
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(text(&write(&scene, &published(&scene)).paper).contains("1.052 cuộc đối thoại. Trong đó"));
}

#[test]
fn prose_is_kept_and_returns_are_marked() {
    let snapshot = snapshot();
    let scene = scene(&snapshot, "hai-phong", "2021");
    let added = Added {
        slots: BTreeMap::from([("lessons".to_owned(), "Một là, **bám sát** cơ sở.".to_owned())]),
        returned: BTreeMap::from([("model.registered".to_owned(), "Rà lại một huyện.".to_owned())]),
        note: Some("Dữ liệu minh họa".to_owned()),
    };
    let mut answers = published(&scene);
    let first = draft(&scene, &answers, &added);
    answers.values.insert(scene.question_at("model.registered", Moment::Now), counted(1490, "mô hình"));
    let second = draft(&scene, &answers, &added);
    for (drafted, shown) in [(&first, "1.489 mô hình"), (&second, "1.490 mô hình")] {
        assert!(text(&drafted.paper).contains("**bám sát**"), "{}", text(&drafted.paper));
        let marked: Vec<&str> = drafted
            .paper
            .body
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph { text } => Some(text),
                _ => None,
            })
            .flatten()
            .filter_map(|inline| match inline {
                Inline::Figure(figure) if figure.mark == Some(Mark::Returned) => Some(figure.shown.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(marked, [shown]);
    }
    let lessons = first.sections.iter().find(|section| section.id == "iii-bai-hoc-kinh-nghiem").unwrap();
    assert_eq!(lessons.unwritten, 0);
    assert!(first.sections.iter().any(|section| section.unwritten > 0));
    assert_eq!(first.paper.note.as_deref(), Some("Dữ liệu minh họa"));
}

#[test]
fn tables_compare_periods_and_list_units() {
    let snapshot = snapshot();
    let scene = scene(&snapshot, "hai-phong", "2021");
    let mut answers = published(&scene);
    let before = scene.question_at("dialogue.held", Moment::YearBefore);
    answers.values.insert(before, counted(987, "cuộc đối thoại"));
    let below = scene.below();
    assert_eq!(below.len(), 15, "the city's districts of 2021");
    let whole = scene.question_at("dialogue.held", Moment::Now);
    answers.values.insert(Question { unit: below[0].0, ..whole }, counted(61, "cuộc đối thoại"));
    let drafted = write(&scene, &answers);
    let tables: Vec<&papers::Table> =
        drafted.paper.body.iter().chain(&drafted.paper.annexes[0].body).filter_map(table).collect();
    let [targets, figures, units] = tables.as_slice() else { panic!("{} tables", tables.len()) };
    assert_eq!(targets.rows.len(), 2);
    let row = |table: &papers::Table, at: usize| {
        table.rows[at].cells.iter().map(|cell| papers::plain(cell)).collect::<Vec<_>>()
    };
    let heads: Vec<&str> = figures.columns.iter().map(|column| column.head.as_str()).collect();
    assert_eq!(heads, ["Nội dung", "Đơn vị tính", "Kỳ này", "Cùng kỳ", "Tăng, giảm"], "no plan, no column for it");
    assert_eq!(row(figures, 1)[1..], ["cuộc đối thoại", "1.052", "987", "+65 (+6,6%)"]);
    assert_eq!(units.rows.len(), 17);
    assert_eq!(row(units, 15)[1..3], ["Cơ quan cấp tỉnh", "991"], "what no district did");
    assert_eq!(row(units, 16)[1..3], ["Cộng", "1.052"]);
    assert!((0..15).any(|at| row(units, at)[2] == "61"));
    let pdf = drafted.paper.write(Format::Pdf).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
}

fn table(block: &Block) -> Option<&papers::Table> {
    match block {
        Block::Table(table) => Some(table),
        _ => None,
    }
}

#[test]
fn a_commune_reports_in_the_states_form_and_other_bodies_are_refused() {
    let snapshot = snapshot();
    let scene = scene(&snapshot, "tan-tien.an-duong", "2021");
    let drafted = write(&scene, &Answers::default());
    assert_eq!(drafted.paper.layout, Layout::State);
    assert_eq!(drafted.paper.head.body, "Ủy ban nhân dân\nxã Tân Tiến");
    assert_eq!(drafted.paper.head.symbol, "BC-UBND");
    let day = period("2021").window().to;
    let district = snapshot.tree.find("an-duong.hai-phong", day).unwrap();
    let refused =
        |unit, of: &str| Scene::new(&snapshot.pack, &snapshot.tree, "annual", unit, period(of)).err().unwrap().key;
    assert_eq!(refused(district, "2021"), "reports.no_variant");
    assert_eq!(refused(scene.unit, "2021-Q1"), "reports.period_not_for");
}

#[test]
fn questions_cover_all_that_a_draft_reads() {
    let snapshot = snapshot();
    let scene = scene(&snapshot, "hai-phong", "2021");
    let asked = scene.questions();
    let windows: BTreeSet<_> = asked.iter().map(|question| question.window).collect();
    assert_eq!(windows.len(), 3 + 12, "this year, the one before, the next, and twelve months");
    let drafted = write(
        &scene,
        &Answers {
            values: asked.iter().map(|one| (one.clone(), counted(7, "việc"))).collect(), ..Answers::default()
        },
    );
    let silent: Vec<String> =
        text(&drafted.paper).lines().filter(|line| line.contains("chưa có số liệu")).map(str::to_owned).collect();
    assert_eq!(silent.len(), 1, "only where the words are explained: {silent:?}");
    assert!(
        !drafted.findings.iter().any(|finding| matches!(finding, Finding::NoData { .. })),
        "{:?}",
        drafted.findings
    );
    assert!(drafted.numbers.iter().all(|number| asked.contains(&number.question)));
}

#[test]
fn states_follow_each_other_in_one_order() {
    use Act::{Accept, Issue, Return, Submit, Write};
    use State::{Accepted, Draft, Issued, Returned, Submitted};
    let allowed = [
        (Draft, Write, Draft),
        (Draft, Submit, Submitted),
        (Submitted, Return, Returned),
        (Submitted, Accept, Accepted),
        (Returned, Write, Returned),
        (Returned, Return, Returned),
        (Returned, Submit, Submitted),
        (Accepted, Return, Returned),
        (Accepted, Issue, Issued),
    ];
    for state in State::ALL {
        for act in [Write, Submit, Return, Accept, Issue] {
            let to = allowed.iter().find(|row| (row.0, row.1) == (state, act)).map(|row| row.2);
            assert_eq!(state.after(act), to, "{state:?} {act:?}");
        }
        assert_eq!(State::parse(state.name()), Some(state));
    }
}

#[test]
fn a_title_says_its_period_once() {
    for (name, period, title) in [
        ("Báo cáo công tác dân vận quý", "quý I năm 2025", "Báo cáo công tác dân vận quý I năm 2025"),
        ("Báo cáo công tác dân vận 6 tháng", "6 tháng đầu năm 2025", "Báo cáo công tác dân vận 6 tháng đầu năm 2025"),
        ("Báo cáo công tác dân vận", "năm 2025", "Báo cáo công tác dân vận năm 2025"),
        ("Báo cáo", "Báo cáo", "Báo cáo Báo cáo"),
    ] {
        assert_eq!(crate::pages::titled(name, period), title);
    }
}
