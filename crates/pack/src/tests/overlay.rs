//! Overlays: laid element by element by id; what they take away, and which figures they change.

use std::collections::BTreeMap;

use super::small;
use crate::{
    Pack,
    change::{Loss, changed_figures, narrowing},
    fault::Fault,
    source::{Layer, Source},
};

fn overlay(files: &[(&str, &str)]) -> Source {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let layer = Layer { name: "hai-phong".to_owned(), files: files.collect::<BTreeMap<_, _>>() };
    Source::alone(small::layer()).with(layer)
}

fn laid(files: &[(&str, &str)]) -> Pack {
    Pack::read(overlay(files)).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn faults(files: &[(&str, &str)]) -> Vec<(String, usize, String)> {
    let faults = Pack::read(overlay(files)).err().unwrap_or_default();
    faults.into_iter().map(|Fault { file, line, refusal }| (file, line, refusal.to_string())).collect()
}

const VISIT: &str = "registers/visit.toml";

#[test]
fn elements_meet_by_id() {
    let pack = laid(&[(
        VISIT,
        r#"
[[field]]
id = "kind"
choices = [{ id = "joint", vi = "phối hợp" }, { id = "far", vi = "ở xa", as = "none" }]

[[field]]
id = "weather"
label = { vi = "Thời tiết" }
type = "text"

[[step]]
id = "hold"
who = ["leader"]

[[clock]]
id = "own"
drop = true

[[figure]]
id = "held"
by = ["kind"]
"#,
    )]);
    let visit = pack.register("visit").unwrap();
    let kind = visit.field("kind").unwrap();
    let choices: Vec<&str> = kind.choices.iter().map(|choice| choice.vi.as_str()).collect();
    assert_eq!(choices, ["thường", "phối hợp", "riêng", "ở xa"]);
    assert_eq!(kind.label.vi, "Loại");
    assert!(visit.field("weather").is_some() && visit.clock("own").is_none());
    let hold = visit.step("hold").unwrap();
    assert_eq!((hold.who.len(), hold.who[0].name(), hold.to.as_deref()), (1, "leader", Some("held")));
    assert_eq!(visit.figure("held").unwrap().by, ["kind"]);
    assert_eq!(visit.figure("held").unwrap().since.as_deref(), Some("field:planned_on"));
}

#[test]
fn law_and_words_are_laid_too() {
    let pack = laid(&[
        ("law/limits.toml", "[[limit]]\nid = \"visit.answer\"\nrow = [{ id = \"near\", days = 5 }]"),
        ("topics.toml", "[[topic]]\nid = \"water\"\nlabel = { vi = \"Nước\" }\nparent = \"land\""),
        (
            "registers/extra.toml",
            "id = \"extra\"\nlabel = { vi = \"Thêm\" }\nnoun = { vi = \"lần\" }\nday = \"on_day\"\ntitle = [\"on_day\"]\nfield = [{ id = \"on_day\", label = { vi = \"Ngày\" }, type = \"date\" }]",
        ),
    ]);
    let limit = &pack.law.limits["visit.answer"];
    let days: Vec<u16> = limit.rows.iter().map(|row| row.term.count).collect();
    assert_eq!(days, [20, 5]);
    assert!(pack.topics.find("water").is_some() && pack.register("extra").is_some());
}

#[test]
fn what_is_dropped_must_be_there_and_unused() {
    let nothing = faults(&[(VISIT, "\n[[field]]\nid = \"colour\"\ndrop = true")]);
    assert_eq!(
        nothing,
        [("hai-phong/registers/visit.toml".to_owned(), 3, "pack.drop_nothing id=\"colour\"".to_owned())]
    );
    let used = faults(&[(VISIT, "[[field]]\nid = \"kind\"\ndrop = true")]);
    assert!(used.iter().any(|(file, _, text)| file == VISIT && text.starts_with("pack.unknown_field")), "{used:?}");
    assert!(used.iter().any(|(_, _, text)| text.starts_with("pack.expression_unknown_name")), "{used:?}");
    let state = faults(&[(VISIT, "[[state]]\nid = \"held\"\ndrop = true")]);
    assert!(state.iter().any(|(_, _, text)| text.starts_with("pack.unknown_state")), "{state:?}");
}

#[test]
fn a_fault_names_the_overlay_that_made_it() {
    let found = faults(&[(VISIT, "# ours\n\n[[field]]\nid = \"topic\"\ntype = \"choice\"")]);
    assert_eq!(found[0].0, "hai-phong/registers/visit.toml");
    assert_eq!(found[0].1, 4);
    let broken = faults(&[(VISIT, "[[field]\nid = 1")]);
    assert!(broken[0].0.starts_with("hai-phong/") && broken[0].2.starts_with("pack.toml_unreadable"), "{broken:?}");
}

#[test]
fn narrowing_lists_what_is_taken_away() {
    let old = laid(&[]);
    let new = laid(&[
        (
            VISIT,
            r#"
[[field]]
id = "length"
drop = true

[[field]]
id = "subject"
type = "long_text"

[[field]]
id = "helper"
many = true

[[field]]
id = "tasks"
many = false

[[field]]
id = "name"
private = false

[[field]]
id = "kind"
choices = [{ id = "local", drop = true }]

[[figure]]
id = "held"
where = "kind != 'joint'"
"#,
        ),
        ("topics.toml", "[[topic]]\nid = \"clearance\"\ndrop = true"),
    ]);
    let register = || "visit".to_owned();
    let losses = narrowing(&old, &new);
    let type_of = |field: &str, from: &str, to: &str| Loss::Type {
        register: register(),
        field: field.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    };
    assert_eq!(
        losses,
        [
            type_of("subject", "text", "long_text"),
            Loss::Choice { register: register(), field: "kind".to_owned(), choice: "local".to_owned() },
            Loss::Field { register: register(), field: "length".to_owned() },
            Loss::Privacy { register: register(), field: "name".to_owned() },
            type_of("tasks", "link, many → task", "link → task"),
            Loss::Topic { topic: "clearance".to_owned() },
        ]
    );
    let refusal = losses[1].refusal();
    assert_eq!((refusal.key.as_ref(), refusal.arg("choice")), ("pack.takes_choice", Some("local")));
    assert_eq!(narrowing(&old, &old), []);
}

#[test]
fn a_figure_changes_with_its_meaning_not_its_name() {
    let old = laid(&[]);
    let renamed = laid(&[(VISIT, "[[figure]]\nid = \"held\"\nlabel = { vi = \"Buổi đã tổ chức\" }")]);
    assert_eq!(changed_figures(&old, &renamed), []);
    let names = |files: &[(&str, &str)]| {
        let changed = changed_figures(&old, &laid(files));
        changed.into_iter().map(|one| (one.name, one.before.is_some(), one.after.is_some())).collect::<Vec<_>>()
    };
    let one = |name: &str, before, after| vec![(name.to_owned(), before, after)];
    assert_eq!(names(&[(VISIT, "[[figure]]\nid = \"held\"\nby = [\"kind\"]")]), one("visit.held", true, true));
    assert_eq!(names(&[(VISIT, "[[figure]]\nid = \"rank\"\ndrop = true")]), one("visit.rank", true, false));
    let mapped = "[[field]]\nid = \"kind\"\nchoices = [{ id = \"local\", as = \"plain\" }]";
    assert_eq!(names(&[(VISIT, mapped)]), one("visit.held", true, true));
    let ending = "[[state]]\nid = \"over\"\nlabel = { vi = \"Hết\" }\nlast = true\n[[step]]\nid = \"stop\"\nlabel = { vi = \"Dừng\" }\nfrom = [\"held\"]\nto = \"over\"\nwho = [\"clerk\"]";
    assert_eq!(names(&[(VISIT, ending)]), one("visit.open", true, true));
    let day = names(&[(VISIT, "planned = \"due_on\"")]);
    assert_eq!(day.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>(), ["visit.people", "visit.rank"]);
}

#[test]
fn a_register_of_the_overlay_is_checked_like_any() {
    let extra = r#"
id = "extra"
label = { vi = "Thêm" }
noun = { vi = "lần" }
day = "happened"
title = ["happened"]

[[field]]
id = "happened"
label = { vi = "Ngày" }
type = "date"

[[field]]
id = "task"
label = { vi = "Việc" }
type = "link"
register = "task"

[[field]]
id = "kind"
label = { vi = "Loại" }
type = "choice"
choices = [{ id = "plain", vi = "thường" }]

[[rows]]
id = "part"
label = { vi = "Phần" }
noun = { vi = "phần" }
field = []

[[step]]
id = "go"
label = { vi = "Đi" }
from = ["here"]
to = "there"
who = ["clerk"]

[[copy]]
link = "task"
fields = { visit_kind = "kind" }
"#;
    let found = faults(&[("registers/extra.toml", extra)]);
    for (line, key) in [(26, "pack.rows_empty"), (31, "pack.steps_without_states"), (40, "pack.copy_chain")] {
        let here = |one: &&(String, usize, String)| one.1 == line && one.2.starts_with(key);
        assert!(found.iter().any(|one| here(&one)), "{key} at {line}: {found:#?}");
    }
}
