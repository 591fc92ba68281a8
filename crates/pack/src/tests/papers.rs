//! Papers and statutory tables of the base pack, and the faults that are told of them.

use std::collections::BTreeMap;

use super::base;
use crate::{
    Pack,
    form::column_of,
    formula::Formula,
    paper::{DELIVERY_ROWS, PAPER_ROWS},
    source::{Layer, Source},
};

/// The faults of the base with one more file: key, line, what it says.
fn faults_with(path: &str, text: &str) -> Vec<(&'static str, usize, String)> {
    let layer = Layer { name: "over".into(), files: BTreeMap::from([(path.to_owned(), text.to_owned())]) };
    let (_, faults) = Pack::read_with_faults(Source::base().with(layer));
    let told = |fault: crate::Fault| {
        let said = fault.refusal.to_string();
        let key: &'static str = fault.refusal.key.into_owned().leak();
        (key, fault.line, said)
    };
    faults.into_iter().map(told).collect()
}

#[test]
fn every_register_with_papers_keeps_them_and_their_deliveries() {
    let pack = base();
    for (register, papers) in [("visit", 4), ("complaint", 4), ("denunciation", 7), ("submission", 7), ("dialogue", 1)]
    {
        let register = pack.register(register).unwrap();
        assert_eq!(pack.papers_of(register).len(), papers, "{}", register.id);
        for rows in [PAPER_ROWS, DELIVERY_ROWS] {
            let field = register.rows(rows).unwrap().field("paper").unwrap();
            assert_eq!(field.choices.len(), papers, "{} {rows}", register.id);
        }
    }
    assert!(pack.register("training").unwrap().rows(PAPER_ROWS).is_none());
    let of_denunciations = pack.papers_of(pack.register("denunciation").unwrap());
    assert!(of_denunciations.iter().all(|paper| paper.head.anonymous), "no paper names a denouncer");
    let day = |text: &str| text.parse().unwrap();
    // What answers a citizen can be written out of sentences that name their law.
    for paper in [
        "guidance",
        "non_acceptance_notice",
        "feedback_answer",
        "reception_refusal",
        "denunciation_refusal",
        "denunciation_acceptance_notice",
        "denunciation_conclusion",
    ] {
        assert!(!pack.phrases_for(paper, day("2026-07-01")).is_empty(), "{paper} has no phrase");
        assert!(!pack.papers[paper].slots().is_empty(), "{paper} has no place to put one");
    }
    let known = |day| pack.phrases_for("reception_refusal", day).iter().any(|phrase| phrase.id == "answered_before");
    assert!(known(day("2026-07-01")) && !known(day("2026-06-30")), "a phrase stands from the day of its decree");
}

#[test]
fn a_paper_tells_what_is_not_on_record() {
    let paper = |head: &str, body: &str| {
        format!(
            "+++\nid = \"odd\"\nlabel = {{ vi = \"Lạ\" }}\nregister = [\"visit\"]\nsymbol = \"\"\n{head}\n+++\n\n{body}\n"
        )
    };
    let keys = |text: &str| -> Vec<(&'static str, usize)> {
        faults_with("papers/odd.md", text).into_iter().map(|(key, line, _)| (key, line)).collect()
    };
    assert_eq!(keys(&paper("", "Về {subject}.")), []);
    let faults = faults_with("papers/odd.md", &paper("", "Về {subjekt}."));
    assert_eq!((faults[0].0, faults[0].1), ("pack.paper_field", 9), "{faults:?}");
    assert!(faults[0].2.contains("subject"), "{faults:?}");
    assert_eq!(keys(&paper("anonymous = true", "{citizen_name}")), [("pack.paper_names_a_person", 9)]);
    assert_eq!(keys(&paper("", "{row.name}")), [("pack.paper_row_outside", 9)]);
    assert_eq!(keys(&paper("", "{each dokument}\n{row.name}\n{end}")).first(), Some(&("pack.paper_rows", 9)));
    assert_eq!(keys(&paper("", "{on.helt}")), [("pack.paper_step", 9)]);
    assert_eq!(keys(&paper("", "{clock.answer.duo}")), [("pack.paper_clock", 9)]);
    assert_eq!(keys(&paper("", "{if citizen_name != null}x{end}")), [("pack.expression_unknown_name", 9)]);
    assert_eq!(keys(&paper("number = \"received_on\"", "x")), [("pack.paper_field_kind", 6)]);
    assert_eq!(keys(&paper("", "{if competent == true}\nx")), [("pack.outline_not_closed", 9)]);
}

#[test]
fn statutory_tables_have_the_columns_of_their_circulars() {
    let pack = base();
    let day = |text: &str| text.parse().unwrap();
    let columns = |name: &str, on: &str| pack.form(name, day(on)).unwrap().columns.len();
    assert_eq!(columns("01/TCD", "2024-12-14"), 29);
    assert_eq!(columns("01/XLD", "2024-12-14"), 22);
    assert_eq!(columns("02/XLD", "2024-12-14"), 27);
    assert_eq!(columns("03/XLD", "2024-12-14"), 27);
    assert_eq!(columns("04/XLD", "2024-12-14"), 20);
    assert_eq!(columns("01/XLD", "2022-12-14"), 26);
    assert_eq!(columns("02/XLD", "2022-12-14"), 30);
    assert_eq!(columns("03/XLD", "2022-12-14"), 33);
    assert_eq!(columns("04/XLD", "2022-12-14"), 24);
    assert_eq!((columns("01/KQGQ", "2022-12-14"), columns("02/KQGQ", "2022-12-14")), (26, 19));
    assert_eq!((columns("03/KQGQ", "2022-12-14"), columns("04/KQGQ", "2022-12-14")), (31, 24));
    assert_eq!(columns("03-tcd", "2026-07-01"), 13, "the register of receptions");
    assert!(pack.form("01/TCD", day("2026-06-14")).unwrap().unknown, "its columns are not made up");
    assert_eq!(pack.forms.values().filter(|form| form.unknown).count(), 6);
    assert!(pack.form("01/TCD", day("2019-06-14")).is_err());
    // What is printed as a sum of columns is a sum of columns that are there.
    for form in pack.forms.values() {
        let terms = form.texts().filter_map(|text| pack.formula(text)).flat_map(Formula::terms);
        let marks = terms.filter_map(column_of);
        assert!(marks.into_iter().all(|mark| form.column(mark).is_some()), "{}", form.id);
    }
}

#[test]
fn a_table_tells_a_column_that_is_not_there_and_one_reckoned_from_itself() {
    let form = |column: &str| {
        format!(
            "id = \"odd\"\ncode = \"9/O\"\nlabel = {{ vi = \"Lạ\" }}\nbasis = {{ vi = \"không\" }}\n\n[[column]]\nid = \"1\"\nhead = [\"A\"]\n{column}\n"
        )
    };
    let keys = |text: &str| -> Vec<&'static str> {
        faults_with("forms/odd.toml", text).into_iter().map(|(key, ..)| key).collect()
    };
    assert_eq!(keys(&form("value = \"visit.turns\"")), Vec::<&str>::new());
    assert_eq!(keys(&form("value = \"visit.turn\"")), ["pack.unknown_figure"]);
    assert_eq!(keys(&form("value = \"c2 + c2\"")), ["pack.form_column"]);
    assert_eq!(keys(&form("value = \"c1 + visit.turns\"")), ["pack.form_circle"]);
    assert_eq!(keys(&form("value = \"visit.turns\"\nby_hand = true")), ["pack.form_source"]);
    assert_eq!(keys(&form("value = \"part(visit.first_matters, 'reception', 'hed')\"")), ["pack.unknown_choice"]);
    assert_eq!(keys(&form("by_hand = true\n[[check]]\nid = \"e1\"\nholds = \"c1 == c3\"")), ["pack.form_column"]);
}
