//! The base pack reads; every kind of fault is found where it stands; facts come out of documents as they must; overlays lay element by element.

mod book;
mod facts;
mod faults;
mod overlay;
mod papers;
mod small;

use calendar::{Course, Facts, Value};

use crate::{
    Pack,
    formula::{Arithmetic, Formula, Take, Term},
    programme::Op,
    schema,
};

/// The base pack, or everything wrong with it.
fn base() -> Pack {
    Pack::base().unwrap_or_else(|faults| {
        let lines = faults.iter().map(|fault| format!("{}:{} {}", fault.file, fault.line, fault.refusal));
        panic!("{}", lines.collect::<Vec<_>>().join("\n"))
    })
}

#[test]
fn base_pack_reads_without_a_fault() {
    let pack = base();
    for register in ["dialogue", "commitment", "model", "award", "publication", "outreach", "critical_case"] {
        assert!(pack.register(register).is_some(), "{register}");
    }
    for register in ["submission", "confirmation", "reported_total", "assignment"] {
        assert!(pack.register(register).is_some(), "{register}");
    }
    let english = |label: &kernel::Label| assert!(label.en.is_some(), "{} has no English", label.vi);
    for register in pack.registers.values() {
        english(&register.label);
        english(&register.noun);
        let rows = register.rows.iter().flat_map(|rows| &rows.fields);
        for field in register.fields.iter().chain(rows) {
            english(&field.label);
            field.choices.iter().for_each(|choice| english(&choice.label()));
        }
        register.figures.iter().for_each(|figure| english(&figure.label));
    }
}

#[test]
fn figures_of_the_base_pack_have_names_and_keys() {
    let pack = base();
    let key = pack.figure_key("dialogue.held").unwrap();
    assert!(key.starts_with("dialogue.held@"), "{key}");
    assert_eq!(
        pack.figure_keys().count(),
        pack.registers.values().map(|register| register.figures.len()).sum::<usize>()
    );
    assert_eq!(pack.figure("award.recipients").unwrap().noun().unwrap().vi, "tập thể, cá nhân");
    assert_eq!(pack.figure("dialogue.held").unwrap().noun().unwrap().vi, "cuộc đối thoại");
    assert_eq!(pack.figure("model.registered").unwrap().noun().unwrap().vi, "mô hình");
    let (programme, target) = pack.target("hai-phong-2021.themed_models").unwrap();
    assert_eq!((programme.targets.len(), target.stands_in(2021), target.stands_in(2022)), (4, true, false));
}

#[test]
fn schemas_name_every_kind_of_file() {
    let schema = schema();
    let files = schema["files"].as_object().unwrap();
    assert_eq!(files.len(), 9);
    assert!(files["registers/*.toml"]["properties"]["field"].is_object());
    assert!(files["pack.toml"]["properties"]["group"].is_object());
}

#[test]
fn a_limit_chooses_its_row_by_date_and_facts() {
    let pack = base();
    let due = |limit: &str, facts: &Facts, from: &str| {
        let course = Course::from(from.parse().unwrap());
        pack.limit_due(limit, facts, &course).map(|due| due.due.to_string()).map_err(|refusal| refusal.key.into_owned())
    };
    let plain = Facts::new();
    let complex = Facts::from([("complex".to_owned(), Value::Flag(true))]);
    // 30 days from 1 June 2026, 45 when complex.
    assert_eq!(due("complaint.first", &plain, "2026-06-01").unwrap(), "2026-07-01");
    assert_eq!(due("complaint.first", &complex, "2026-06-01").unwrap(), "2026-07-16");
    // 10 days until 30/6/2026, 7 working days from 1/7/2026.
    assert_eq!(due("complaint.acceptance", &plain, "2026-06-30").unwrap(), "2026-07-10");
    assert_eq!(due("complaint.acceptance", &plain, "2026-07-01").unwrap(), "2026-07-10");
    assert_eq!(due("complaint.nothing", &plain, "2026-07-01").unwrap_err(), "calendar.unknown_limit");
    let stray = Facts::from([("colour".to_owned(), Value::Flag(true))]);
    assert_eq!(due("complaint.first", &stray, "2026-06-01").unwrap_err(), "calendar.unknown_fact");
}

#[test]
fn formulas_read_as_terms() {
    let term = |figure: &str, take, part: Option<(&str, &str)>| {
        let part = part.map(|(by, word)| (by.to_owned(), word.to_owned()));
        Box::new(Formula::Term(Term { figure: figure.to_owned(), take, part }))
    };
    let settled = term("critical_case.settled", Take::Carried, None);
    let open = term("critical_case.open", Take::Opening, None);
    assert_eq!(
        Formula::read("carried(critical_case.settled) / opening(critical_case.open)").unwrap(),
        Formula::Op(settled, Arithmetic::Divide, open)
    );
    assert_eq!(Formula::read("gain(a.rank)").unwrap(), *term("a.rank", Take::Gain, None));
    assert_eq!(Formula::read("gain(a.rank, 'scaled')").unwrap(), *term("a.rank", Take::Scaled, None));
    let part = |word| term("a.b", Take::Window, Some(("theme", word)));
    let both = Box::new(Formula::Op(part("river"), Arithmetic::Add, part("park")));
    assert_eq!(
        Formula::read("part(a.b, 'theme', 'river') + part(a.b, 'theme', 'park') >= 0.5").unwrap(),
        Formula::Compare(both, Op::AtLeast, Box::new(Formula::Number(500_000)))
    );
    let read = |text: &str| Formula::read(text).map_err(|refusal| refusal.key);
    for wrong in ["opening(1)", "part(a.b, 1, 'x')", "max(a.b, 1)", "gain(a.b, 'other')", "a.b ? 1 : 2", "'text'"] {
        assert_eq!(read(wrong).unwrap_err(), "pack.formula_unreadable", "{wrong}");
    }
    assert_eq!(read("a.b /").unwrap_err(), "pack.expression_unreadable");
    let formula = Formula::read("a.b - c.d * 2 / opening(e.f)").unwrap();
    let terms: Vec<&str> = formula.terms().iter().map(|term| term.figure.as_str()).collect();
    assert_eq!(terms, ["a.b", "c.d", "e.f"]);
    assert!(formula.sides().is_none() && !formula.is_condition());
}
