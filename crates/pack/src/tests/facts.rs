//! Facts of a document, as tables; and values as expressions see them.

use kernel::Day;
use serde_json::{Value as Json, json};

use super::base;
use crate::{
    Pack,
    document::{Amount, Document, RowDoc, Running, Taken},
    facts::{self, Ground, Head, record_day, values},
    vocabulary::Qualifier,
};

pub(super) struct Places;

impl Ground for Places {
    fn level(&self, unit: i64, _: Day) -> Option<String> {
        Some(if unit < 100 { "province" } else { "commune" }.to_owned())
    }

    fn kind(&self, _: i64, _: Day) -> Option<String> {
        Some("xa".to_owned())
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A document from JSON fields, child rows and steps with their days.
pub(super) fn document(pack: &Pack, register: &str, fields: &Json, rows: &Json, steps: &[(&str, &str)]) -> Document {
    let register = pack.register(register).unwrap();
    let mut document = Document { fields: fields.as_object().unwrap().clone(), ..Document::default() };
    for (id, list) in rows.as_object().unwrap() {
        for fields in list.as_array().unwrap() {
            document.next_row += 1;
            let fields = fields.as_object().unwrap().clone();
            let row = RowDoc { n: document.next_row, fields, by: None };
            document.rows.entry(id.clone()).or_default().push(row);
        }
    }
    let mut state = register.initial.clone().unwrap_or_default();
    for (step, on) in steps {
        state = register.step(step).unwrap().leads(&state).to_owned();
        document.steps.push(Taken {
            step: (*step).to_owned(),
            on: day(on),
            to: state.clone(),
            by: 1,
            at: 0,
            from_old_book: false,
            cause: None,
        });
    }
    document
}

/// The facts of some figures: `figure part unit subject day since amount basis row`.
fn lines(pack: &Pack, register: &str, document: &Document, figures: &[&str]) -> Vec<String> {
    let register = pack.register(register).unwrap();
    let state = document.steps.last().map(|taken| taken.to.clone()).or_else(|| register.initial.clone());
    let head = Head { unit: 31, state, recorded: day("2021-12-01") };
    let facts = facts::facts(pack, register, &head, document, &Places);
    let lines = facts.iter().map(|fact| {
        let name = fact.figure.split('@').next().unwrap_or_default();
        let subject = fact.subject.as_deref().unwrap_or("-");
        let basis = fact.basis.code();
        let (part, unit, on, since, amount, row) = (&fact.part, fact.unit, fact.day, fact.since, fact.amount, fact.row);
        (name.to_owned(), format!("{name} {part} {unit} {subject} {on} {since} {amount} {basis} {row}"))
    });
    lines.filter(|(name, _)| figures.contains(&name.as_str())).map(|(_, line)| line).collect()
}

#[test]
fn what_has_ended_stays_ended_on_its_day() {
    let pack = base();
    let fields = json!({ "kind": "petition", "subject": "Mương", "received_on": "2021-03-01", "topic": "land" });
    let days = |register: &str, fields: &Json, steps: &[(&str, &str)], figure: &str| -> Vec<String> {
        let lines = lines(&pack, register, &document(&pack, register, fields, &json!({}), steps), &[figure]);
        lines.iter().map(|line| line.split(' ').rev().nth(4).unwrap().to_owned()).collect()
    };
    // What is written down afterwards does not open it again.
    let steps = [("transfer", "2021-03-10"), ("inform", "2021-03-12"), ("reply", "2021-04-20")];
    assert_eq!(days("submission", &fields, &steps, "submission.open"), ["2021-03-01", "2021-03-10"]);
    // A first round that nobody decided ends with the second complaint, and was open until then.
    let case = json!({ "round": "first", "accepted_on": "2021-03-01", "second_on": "2021-05-03" });
    assert_eq!(days("complaint", &case, &[], "complaint.unresolved"), ["2021-03-01", "2021-05-03"]);
    let decided = json!({ "round": "first", "accepted_on": "2021-03-01", "decision_on": "2021-04-01", "second_on": "2021-05-03" });
    assert_eq!(days("complaint", &decided, &[], "complaint.unresolved"), ["2021-03-01", "2021-04-01"]);
}

#[test]
fn a_flow_counts_on_its_step_by_kind_level_and_chair() {
    let pack = base();
    let fields = json!({ "subject": "Chỉnh trang đô thị", "kind": "thematic", "planned_on": "2021-03-01", "held_on": "2021-03-05",
        "chairs": ["31/ubnd/chu-tich-ubnd", "31/dang-uy/bi-thu"], "attendance": { "n": 85, "q": "about" } });
    let rows = json!({ "opinion": [
        { "text": "Đường", "topic": "infrastructure", "outcome": "answered" },
        { "text": "Rác", "topic": "environment", "outcome": "accepted", "body": 7, "due_on": "2021-04-01" },
        { "text": "Khác" },
    ] });
    let planned = document(&pack, "dialogue", &fields, &rows, &[]);
    assert_eq!(lines(&pack, "dialogue", &planned, &["dialogue.held", "dialogue.opinions"]), Vec::<String>::new());
    let held = document(&pack, "dialogue", &fields, &rows, &[("hold", "2021-03-05"), ("conclude", "2021-03-12")]);
    let figures = [
        "dialogue.held",
        "dialogue.by_head",
        "dialogue.attendance",
        "dialogue.opinions",
        "dialogue.answered",
        "dialogue.taken_up",
        "dialogue.concluded",
    ];
    assert_eq!(
        lines(&pack, "dialogue", &held, &figures),
        [
            "dialogue.answered {} 31 - 2021-03-05 2021-03-05 1 0 1",
            r#"dialogue.attendance {"kind":"thematic","unit.level":"province"} 31 - 2021-03-05 2021-03-05 85 4 0"#,
            "dialogue.by_head {} 31 31/dang-uy/bi-thu 2021-03-05 2021-03-05 1 0 0",
            "dialogue.by_head {} 31 31/ubnd/chu-tich-ubnd 2021-03-05 2021-03-05 1 0 0",
            "dialogue.concluded {} 31 - 2021-03-12 2021-03-05 1 0 0",
            r#"dialogue.held {"kind":"thematic","unit.level":"province"} 31 - 2021-03-05 2021-03-05 1 0 0"#,
            r#"dialogue.opinions {"opinion.outcome":"","opinion.topic":""} 31 - 2021-03-05 2021-03-05 1 0 3"#,
            r#"dialogue.opinions {"opinion.outcome":"accepted","opinion.topic":"environment"} 31 - 2021-03-05 2021-03-05 1 0 2"#,
            r#"dialogue.opinions {"opinion.outcome":"answered","opinion.topic":"infrastructure"} 31 - 2021-03-05 2021-03-05 1 0 1"#,
            r#"dialogue.taken_up {"opinion.outcome":"accepted"} 31 - 2021-03-05 2021-03-05 1 0 2"#,
        ]
    );
}

#[test]
fn rounds_of_a_model_are_cohorts_and_its_life_a_stock() {
    let pack = base();
    let fields = json!({ "name": "Dòng sông xanh", "kind": "model", "field": "culture", "holder": "collective", "place": 101,
        "theme": ["rivers", "parks"], "started_on": "2020-05-01", "end_reason": "completed" });
    let rows = json!({ "round": [
        { "year": 2020, "level": "commune", "registered_on": "2020-05-01", "awarded_on": "2021-01-10" },
        { "year": 2021, "level": "province", "registered_on": "2021-02-01" },
    ] });
    let mut model = document(&pack, "model", &fields, &rows, &[("end", "2022-06-30")]);
    let figures = ["model.registered", "model.themed", "model.awarded", "model.in_force"];
    let found = lines(&pack, "model", &model, &figures);
    let registered = r#"{"kind":"model","field":"culture","holder":"collective","round.level""#;
    assert_eq!(
        found,
        [
            r#"model.awarded {"field":"culture","holder":"collective"} 101 - 2021-01-10 2020-05-01 1 0 1"#.to_owned(),
            r#"model.in_force {"kind":"model","field":"culture"} 101 - 2020-05-01 2020-05-01 1 0 0"#.to_owned(),
            r#"model.in_force {"kind":"model","field":"culture"} 101 - 2022-06-30 2022-06-30 -1 0 0"#.to_owned(),
            format!(r#"model.registered {registered}:"commune"}} 101 - 2020-05-01 2020-05-01 1 0 1"#),
            format!(r#"model.registered {registered}:"province"}} 101 - 2021-02-01 2021-02-01 1 0 2"#),
            r#"model.themed {"theme":"parks"} 101 - 2020-05-01 2020-05-01 1 0 1"#.to_owned(),
            r#"model.themed {"theme":"parks"} 101 - 2021-02-01 2021-02-01 1 0 2"#.to_owned(),
            r#"model.themed {"theme":"rivers"} 101 - 2020-05-01 2020-05-01 1 0 1"#.to_owned(),
            r#"model.themed {"theme":"rivers"} 101 - 2021-02-01 2021-02-01 1 0 2"#.to_owned(),
        ]
    );
    // A step that marks writes its day into the last open round, once, and takes it back.
    model.mark("round.awarded_on", day("2021-12-20"));
    model.mark("round.awarded_on", day("2021-12-20"));
    assert_eq!(model.rows("round")[1].fields["awarded_on"], json!("2021-12-20"));
    assert_eq!(lines(&pack, "model", &model, &["model.awarded"]).len(), 2);
    model.unmark("round.awarded_on", day("2021-12-20"));
    assert_eq!(lines(&pack, "model", &model, &["model.awarded"]).len(), 1);
}

#[test]
fn a_stock_ends_when_the_record_does_and_lateness_needs_no_nightly_job() {
    let pack = base();
    let fields =
        json!({ "subject": "Sửa cống", "made_on": "2021-03-05", "due_on": "2021-04-01", "kept_on": "2021-04-10" });
    let mut open = document(&pack, "commitment", &fields, &json!({}), &[]);
    let clock = |stopped: Option<&str>| Running {
        clock: "due".to_owned(),
        started: day("2021-03-05"),
        due: day("2021-04-01"),
        stopped: stopped.map(day),
        suspended: None,
        excluded: Vec::new(),
        derivation: Json::Null,
    };
    open.clocks.push(clock(None));
    let figures = ["commitment.open", "commitment.overdue", "commitment.kept", "commitment.kept_on_time"];
    assert_eq!(
        lines(&pack, "commitment", &open, &figures),
        [
            "commitment.open {} 31 - 2021-03-05 2021-03-05 1 0 0",
            "commitment.overdue {} 31 - 2021-04-02 2021-04-02 1 0 0"
        ]
    );
    let mut kept = document(&pack, "commitment", &fields, &json!({}), &[("keep", "2021-04-10")]);
    kept.clocks.push(clock(Some("2021-04-10")));
    assert_eq!(
        lines(&pack, "commitment", &kept, &figures),
        [
            r#"commitment.kept {"kind":""} 31 - 2021-04-10 2021-03-05 1 0 0"#,
            "commitment.open {} 31 - 2021-03-05 2021-03-05 1 0 0",
            "commitment.open {} 31 - 2021-04-10 2021-04-10 -1 0 0",
            "commitment.overdue {} 31 - 2021-04-02 2021-04-02 1 0 0",
            "commitment.overdue {} 31 - 2021-04-10 2021-04-10 -1 0 0",
        ]
    );
    kept.clocks[0].stopped = Some(day("2021-04-01"));
    assert!(lines(&pack, "commitment", &kept, &["commitment.overdue"]).is_empty());
}

#[test]
fn a_case_carried_over_begins_before_it_is_settled() {
    let pack = base();
    let fields = json!({ "issue": "Đất công", "kind": "complex_case", "cause": "land", "place": 102, "opened_on": "2016-02-01",
        "settled_on": "2021-07-01" });
    let case = document(&pack, "critical_case", &fields, &json!({}), &[("settle", "2021-07-01")]);
    assert_eq!(
        lines(
            &pack,
            "critical_case",
            &case,
            &["critical_case.settled", "critical_case.open", "critical_case.hot_spots"]
        ),
        [
            r#"critical_case.open {"cause":"land"} 102 - 2016-02-01 2016-02-01 1 0 0"#,
            r#"critical_case.open {"cause":"land"} 102 - 2021-07-01 2021-07-01 -1 0 0"#,
            r#"critical_case.settled {"cause":"land"} 102 - 2021-07-01 2016-02-01 1 0 0"#,
        ]
    );
}

#[test]
fn amounts_keep_their_qualifier_and_a_qualifier_alone_is_no_number() {
    let pack = base();
    let event = |audience: Json| {
        let fields = json!({ "name": "Bộ luật Lao động", "form": "conference", "topic": "labour", "held_on": "2021-05-01",
            "audience_kind": "workers", "audience": audience });
        document(&pack, "outreach", &fields, &json!({}), &[])
    };
    let workers = |audience: Json| lines(&pack, "outreach", &event(audience), &["outreach.workers"]);
    let part = r#"outreach.workers {"topic":"labour"} 31 - 2021-05-01 2021-05-01"#;
    assert_eq!(workers(json!({ "n": 1000, "q": "over" })), [format!("{part} 1000 1 0")]);
    assert_eq!(workers(json!(250)), [format!("{part} 250 0 0")]);
    assert_eq!(workers(json!({ "q": "hundreds" })), [format!("{part} 0 6 0")]);
    assert!(workers(Json::Null).is_empty());
    assert_eq!(Amount { n: None, qualifier: Some(Qualifier::Some) }.json(), json!({ "q": "some" }));
}

#[test]
fn evidence_confirms_a_zero_or_reports_a_total() {
    let pack = base();
    let mut fields = json!({ "figure": "critical_case.hot_spots", "from_day": "2021-01-01", "to_day": "2021-12-31" });
    let none = document(&pack, "confirmation", &fields, &json!({}), &[]);
    let figures = ["critical_case.hot_spots"];
    let window = "critical_case.hot_spots {} 31 - 2021-12-31 2021-01-01";
    assert_eq!(lines(&pack, "confirmation", &none, &figures), [format!("{window} 0 0 0")]);
    fields["amount"] = json!({ "n": 3, "q": "about" });
    let total = document(&pack, "reported_total", &fields, &json!({}), &[]);
    assert_eq!(lines(&pack, "reported_total", &total, &figures), [format!("{window} 3 20 0")]);
}

#[test]
fn a_local_choice_counts_as_its_standard() {
    let small = Pack::read(crate::source::Source::alone(super::small::layer())).unwrap();
    let held = |kind: &str| {
        let fields = json!({ "subject": "A", "kind": kind, "place": [5, 105], "chairs": [] });
        let visit = document(&small, "visit", &fields, &json!({}), &[("hold", "2021-03-05")]);
        lines(&small, "visit", &visit, &["visit.held", "visit.by_chair"])
    };
    assert_eq!(
        held("joint"),
        [
            "visit.by_chair {} 31 - 2021-03-05 2021-03-05 1 0 0",
            r#"visit.held {"kind":"joint","unit.level":"commune"} 105 - 2021-03-05 2021-03-05 1 0 0"#,
            r#"visit.held {"kind":"joint","unit.level":"province"} 5 - 2021-03-05 2021-03-05 1 0 0"#,
        ]
    );
    // `where` reads the word as it is written, `by` the standard it counts as.
    assert_eq!(held("local").len(), 1);
    let layer = super::small::layer();
    let mut layer = layer;
    let text = layer.files.get_mut("registers/visit.toml").unwrap();
    *text = text.replace("where = \"kind != 'local'\"\n", "");
    let open = Pack::read(crate::source::Source::alone(layer)).unwrap();
    let fields = json!({ "subject": "A", "kind": "local" });
    let visit = document(&open, "visit", &fields, &json!({}), &[("hold", "2021-03-05")]);
    let found = lines(&open, "visit", &visit, &["visit.held"]);
    assert_eq!(found, [r#"visit.held {"kind":"joint","unit.level":"province"} 31 - 2021-03-05 2021-03-05 1 0 0"#]);
}

#[test]
fn a_reading_is_the_rank_of_how_many() {
    let small = Pack::read(crate::source::Source::alone(super::small::layer())).unwrap();
    let fields = json!({ "subject": "A", "held_on": "2021-06-30", "score": { "rank": 12, "of": 63 } });
    let visit = document(&small, "visit", &fields, &json!({}), &[]);
    assert_eq!(
        lines(&small, "visit", &visit, &["visit.rank"]),
        [r#"visit.rank {"of":63} 31 - 2021-06-30 2021-06-30 12 0 0"#]
    );
}

#[test]
fn values_hide_what_is_private_and_missing_is_null() {
    let pack = base();
    let submission = pack.register("submission").unwrap();
    let fields = json!({ "kind": "complaint", "round": "first", "sender_name": "Nguyễn Văn A", "signatories": { "n": 5, "q": "over" } });
    let letter = document(&pack, "submission", &fields, &json!({}), &[("accept", "2021-03-05")]);
    let head = Head { unit: 131, state: Some("accepted".to_owned()), recorded: day("2021-03-01") };
    let values = values(submission, &head, &letter, &Places);
    let holds = |text: &str| crate::expression::Expression::compile(text).unwrap().holds(&values);
    assert!(holds("kind == 'complaint' && signatories > 4 && unit.level == 'commune' && state == 'accepted'"));
    assert!(holds("on.accept == '2021-03-05' && on.settle == null && topic == null"));
    assert!(!holds("sender_name != null") && !holds("settled_on < received_on") && !holds("remote == true"));
    let clock = pack.register("complaint").unwrap().clock("first").unwrap();
    let facts = pack.clock_facts(clock, &values);
    assert_eq!(facts.get("complex"), Some(&calendar::Value::Flag(false)));
    let due = pack.clock_due(clock, &values, &calendar::Course::from(day("2021-03-05"))).unwrap().unwrap();
    assert_eq!(due.due, day("2021-04-05"));
    assert_eq!(record_day(submission, &head, &letter), day("2021-03-01"));
}

#[test]
fn checks_of_the_base_pack_speak_when_they_should() {
    let pack = base();
    let model = pack.register("model").unwrap();
    let head = Head { unit: 31, state: Some("active".to_owned()), recorded: day("2021-03-01") };
    let speaks = |check: &str, rounds: Json| {
        let document = document(&pack, "model", &json!({}), &json!({ "round": rounds }), &[]);
        let check = model.checks.iter().find(|one| one.id == check).unwrap();
        pack.expression(&check.when).unwrap().holds(&values(model, &head, &document, &Places))
    };
    let early =
        json!([{ "registered_on": "2021-02-01" }, { "registered_on": "2021-02-01", "awarded_on": "2021-01-01" }]);
    let right =
        json!([{ "registered_on": "2021-02-01" }, { "registered_on": "2021-02-01", "recognised_on": "2021-11-01" }]);
    assert!(speaks("stages_in_order", early.clone()) && !speaks("stages_in_order", right.clone()));
    assert!(speaks("without_output", right) && !speaks("without_output", early));
}
