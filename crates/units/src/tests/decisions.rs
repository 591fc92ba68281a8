//! Decisions, on a small province and on the country.

use std::sync::Arc;

use jiff::civil::date;
use kernel::Day;

use super::{kinds, lists, vietnam};
use crate::{
    Act, Decision, Edge, Heir, New, Part, Rows, Scope, SuccessionRow, Target, Tree, Unit, VersionRow, record, replay,
};

pub(super) fn row(place: i64, code: &str, name: &str, kind: &str, parent: i64) -> VersionRow {
    VersionRow {
        place,
        code: code.into(),
        name: name.into(),
        kind: kind.into(),
        parent: (parent != 0).then_some(parent),
        from: Edge::Open,
        to: Edge::Open,
        decision: String::new(),
        source: "test".into(),
    }
}

/// vn (1) · tỉnh A (2) with huyện K (3: xã 5, 6, 7), huyện L (4: xã 8, 9).
pub(super) fn small() -> Rows {
    let versions = vec![
        row(1, "vn", "Việt Nam", "quoc-gia", 0),
        row(2, "90", "A", "tinh", 1),
        row(3, "901", "K", "huyen", 2),
        row(4, "902", "L", "huyen", 2),
        row(5, "90005", "Năm", "xa", 3),
        row(6, "90006", "Sáu", "xa", 3),
        row(7, "90007", "Bảy", "xa", 3),
        row(8, "90008", "Tám", "xa", 4),
        row(9, "90009", "Chín", "xa", 4),
    ];
    Rows { versions, successions: Vec::new() }
}

pub(super) fn decision(id: i64, day: Day, acts: Vec<Act>) -> Decision {
    Decision {
        id,
        number: format!("{id}/NQ"),
        issued: None,
        issuer: "HĐND".into(),
        day,
        acts,
        undoes: None,
        note: String::new(),
    }
}

pub(super) fn new(key: i64, code: &str, name: &str, kind: &str, parent: i64) -> New {
    New { unit: Unit::place(key), code: code.into(), name: name.into(), kind: kind.into(), parent: Unit::place(parent) }
}

fn at(rows: &Rows, day: Day) -> String {
    let tree = Tree::build(rows, kinds()).unwrap();
    let view = tree.at(day);
    let units = view.under(Unit::place(2), &Scope::default());
    let told = |unit: Unit| {
        format!("{}<{}", view.name(unit), view.parent(unit).map(|parent| view.bare_name(parent)).unwrap_or_default())
    };
    units.into_iter().map(told).collect::<Vec<_>>().join(" · ")
}

#[test]
fn decisions_change_the_tree_from_their_day_and_can_be_taken_back() {
    let [early, day, late] = [date(2024, 1, 1), date(2024, 6, 1), date(2025, 1, 1)];
    let unit = Unit::place;
    let (base, kinds) = (small(), kinds());
    let merge = decision(
        10,
        late,
        vec![Act::Merge { units: vec![unit(5), unit(6)], into: Target::New(new(100, "90005", "Mới", "phuong", 3)) }],
    );
    let mut all = vec![merge];
    let rows = record(&base, &[], &all[0], &kinds).unwrap();
    assert_eq!(
        at(&rows, late),
        "tỉnh A<Việt Nam · huyện K<A · phường Mới<K · xã Bảy<K · huyện L<A · xã Tám<L · xã Chín<L"
    );
    assert!(at(&rows, day).contains("xã Năm<K · xã Sáu<K"));
    // Entered late, in force earlier: a new name, a new kind and a move; the merger after it stands.
    let change = decision(
        11,
        day,
        vec![
            Act::Rename { unit: unit(6), name: "Sáu Mới".into() },
            Act::Rekind { unit: unit(7), kind: "thi-tran".into() },
            Act::Move { unit: unit(8), parent: unit(3) },
        ],
    );
    let rows = record(&base, &all, &change, &kinds).unwrap();
    all.push(change);
    assert_eq!(
        at(&rows, day),
        "tỉnh A<Việt Nam · huyện K<A · xã Năm<K · xã Sáu Mới<K · thị trấn Bảy<K · xã Tám<K · huyện L<A · xã Chín<L"
    );
    assert!(at(&rows, early).contains("xã Sáu<K") && at(&rows, late).contains("thị trấn Bảy<K · xã Tám<K"));
    // A unit that a standing decision needs cannot go earlier.
    let clash = decision(12, early, vec![Act::Close { unit: unit(6), heir: Some(unit(7)) }]);
    let refused = record(&base, &all, &clash, &kinds).unwrap_err();
    assert_eq!((refused.0[0].key.as_ref(), refused.0[0].arg("number")), ("units.later_decision", Some("11/NQ")));
    // Taken back, and set right on another day: the trace of both stays.
    let mut correction = decision(13, day, vec![Act::Rename { unit: unit(6), name: "Sáu Đúng".into() }]);
    correction.undoes = Some(11);
    let rows = record(&base, &all, &correction, &kinds).unwrap();
    all.push(correction);
    assert!(at(&rows, day).contains("xã Sáu Đúng<K · xã Bảy<K · huyện L<A · xã Tám<L"));
    let mut back = decision(14, day, vec![]);
    back.undoes = Some(13);
    all.push(back.clone());
    let (rows, clashes) = replay(&base, &all, &kinds);
    assert!(
        clashes.is_empty() && at(&rows, day).contains("xã Sáu Mới<K"),
        "undoing the correction brings the first back"
    );
    assert_eq!(record(&base, &all, &back, &kinds).unwrap_err().0[0].key, "units.nothing_to_undo");
}

#[test]
fn a_split_asks_to_whom_and_a_late_main_successor_answers() {
    let day = date(2024, 6, 1);
    let unit = Unit::place;
    let (base, kinds) = (small(), kinds());
    let part = |target, rule: &str| Part { into: target, main: false, rule: rule.into() };
    let into = vec![
        part(Target::New(new(100, "90100", "Đông", "xa", 3)), "các thôn 1, 2"),
        part(Target::Old(unit(6)), "thôn 3"),
    ];
    let split = decision(10, day, vec![Act::Split { unit: unit(5), into: into.clone() }]);
    let rows = record(&base, &[], &split, &kinds).unwrap();
    let tree = Tree::build(&rows, Arc::clone(&kinds)).unwrap();
    let held = |tree: &Tree| (tree.holder(unit(5).body(1), day).unit, tree.holder(unit(5), day).loose);
    assert_eq!(held(&tree), (unit(3).body(1), true), "chưa phân về xã");
    assert_eq!(
        tree.what_became(unit(5)).successors.iter().map(|next| next.rule.as_str()).collect::<Vec<_>>(),
        ["các thôn 1, 2", "thôn 3"]
    );
    let settle =
        decision(11, day, vec![Act::Settle { unit: unit(5), heirs: vec![Heir { unit: unit(100), main: true }] }]);
    let rows = record(&base, &[split], &settle, &kinds).unwrap();
    let tree = Tree::build(&rows, Arc::clone(&kinds)).unwrap();
    assert_eq!(held(&tree), (unit(100).body(1), false));
    // A district with communes needs a main part, or an act that says where each goes.
    let halves = vec![
        part(Target::New(new(101, "903", "Bắc", "huyen", 2)), ""),
        part(Target::New(new(102, "904", "Nam", "huyen", 2)), ""),
    ];
    let split = decision(12, day, vec![Act::Split { unit: unit(3), into: halves.clone() }]);
    let refused = record(&base, &[], &split, &kinds).unwrap_err();
    assert_eq!(
        (refused.0[0].key.as_ref(), refused.0[0].arg("children")),
        ("units.children_left", Some("Năm, Sáu, Bảy"))
    );
    let to = |child, parent| Act::Move { unit: unit(child), parent: unit(parent) };
    let acts = vec![Act::Split { unit: unit(3), into: halves }, to(5, 101), to(6, 102), to(7, 102)];
    let rows = record(&base, &[], &decision(12, day, acts), &kinds).unwrap();
    assert_eq!(
        at(&rows, day),
        "tỉnh A<Việt Nam · huyện L<A · xã Tám<L · xã Chín<L · huyện Bắc<A · xã Năm<Bắc · huyện Nam<A · xã Sáu<Nam · xã Bảy<Nam"
    );
}

#[test]
fn a_decision_gives_an_uncertain_change_its_day_and_its_successor() {
    let (base, kinds) = (lists(), kinds());
    let tree = vietnam();
    let before = date(2018, 1, 1);
    let day = date(2019, 12, 17);
    let [gone, heir] = ["huyen-hoanh-bo", "thanh-pho-ha-long"].map(|code| tree.find(code, before).unwrap());
    let merge = decision(1, day, vec![Act::Close { unit: gone, heir: Some(heir) }]);
    let rows = record(base, &[], &merge, &kinds).unwrap();
    let tree = Tree::build(&rows, Arc::clone(&kinds)).unwrap();
    let became = tree.what_became(gone);
    assert_eq!((became.ended, became.certain), (Some(day), true));
    assert_eq!(tree.holder(gone.body(1), date(2021, 1, 1)).unit, heir.body(1));
    assert!(tree.valid_on(gone, date(2019, 12, 31)).unwrap_err().arg("were").unwrap().contains("Hạ Long"));
    let too_late = decision(2, date(2023, 5, 1), vec![Act::Close { unit: gone, heir: Some(heir) }]);
    assert_eq!(record(base, &[], &too_late, &kinds).unwrap_err().0[0].key, "units.not_there_then");
}

#[test]
fn a_decision_that_makes_no_sense_is_refused() {
    let day = date(2024, 6, 1);
    let unit = Unit::place;
    let (base, kinds) = (small(), kinds());
    let merged = |units: &[i64], into| Act::Merge { units: units.iter().map(|key| unit(*key)).collect(), into };
    for (act, key) in [
        (merged(&[5], Target::New(new(100, "x", "X", "xa", 3))), "units.merge_of_whom"),
        (merged(&[5, 5], Target::New(new(100, "x", "X", "xa", 3))), "units.merge_of_whom"),
        (merged(&[5, 6], Target::New(new(7, "x", "X", "xa", 3))), "units.key_taken"),
        (merged(&[5, 6], Target::New(new(100, "90007", "X", "xa", 3))), "units.code_taken"),
        (merged(&[5, 6], Target::New(new(100, "x", "X", "xa", 9))), "units.parent_not_above"),
        (merged(&[5, 6], Target::New(new(100, "x", "X", "lang", 3))), "units.unknown_kind"),
        (merged(&[5, 6], Target::New(new(100, "x", " ", "xa", 3))), "units.name_missing"),
        (merged(&[5], Target::Old(unit(3))), "units.heir_above"),
        (Act::Split { unit: unit(5), into: vec![] }, "units.split_into_whom"),
        (Act::Move { unit: unit(3), parent: unit(5) }, "units.parent_not_above"),
        (Act::Move { unit: unit(3), parent: unit(2) }, "units.already_so"),
        (Act::Rename { unit: unit(77), name: "X".into() }, "units.not_a_place"),
        (Act::Rename { unit: unit(5).body(1), name: "X".into() }, "units.not_a_place"),
        (Act::Close { unit: unit(3), heir: None }, "units.children_left"),
        (Act::Close { unit: unit(5), heir: Some(unit(77)) }, "units.not_a_place"),
    ] {
        let refused = record(&base, &[], &decision(1, day, vec![act.clone()]), &kinds).unwrap_err();
        assert_eq!(refused.0[0].key, key, "{act:?}");
    }
    let close = decision(1, day, vec![Act::Close { unit: unit(5), heir: Some(unit(6)) }]);
    let again = decision(2, date(2025, 1, 1), vec![Act::Rename { unit: unit(5), name: "X".into() }]);
    assert_eq!(record(&base, &[close], &again, &kinds).unwrap_err().0[0].key, "units.not_there_then");
    let rows = Rows {
        successions: vec![SuccessionRow {
            from: 5,
            to: 500,
            day,
            main: true,
            rule: String::new(),
            source: String::new(),
        }],
        ..small()
    };
    assert_eq!(Tree::build(&rows, Arc::clone(&kinds)).unwrap_err().0[0].key, "units.succession_unknown");
    let mut rows = small();
    rows.versions.push(row(10, "90005", "Trùng", "xa", 4));
    assert_eq!(Tree::build(&rows, kinds).unwrap_err().0[0].key, "units.code_twice");
}
