//! What the registers of the whole book hold people to: votes, committees, drafts, scores; what is asked of no person; what answers each row
//! of the requirements.

use serde_json::{Value as Json, json};

use super::{
    base,
    facts::{Places, document},
};
use crate::{
    Pack,
    facts::{Head, values},
    register::Field,
};

/// The book of a province is below 100, see `Places`.
const PROVINCE: i64 = 31;
const COMMUNE: i64 = 11_560;

/// What a step or the record itself says over these values; what refuses stands before what warns.
fn said(pack: &Pack, register: &str, step: Option<&str>, unit: i64, fields: &Json, rows: &Json) -> Vec<(bool, String)> {
    let document = document(pack, register, fields, rows, &[]);
    let register = pack.register(register).unwrap();
    let head = Head { unit, state: register.initial.clone(), recorded: "2026-01-12".parse().unwrap() };
    let values = values(register, &head, &document, &Places);
    let holds = |when: &str| pack.expression(when).unwrap().holds(&values);
    let mut all: Vec<(bool, String)> = match step {
        Some(step) => {
            let warns = register.step(step).unwrap().warns.iter().filter(|warn| holds(&warn.when));
            warns.map(|warn| (warn.stop, warn.say.vi.clone())).collect()
        }
        None => {
            let checks = register.checks.iter().filter(|check| holds(&check.when));
            checks.map(|check| (!check.warn, check.id.clone())).collect()
        }
    };
    all.sort_by_key(|(stop, _)| !stop);
    all
}

#[test]
fn a_vote_is_reckoned_over_all_households() {
    let pack = base();
    let register = pack.register("community_decision").unwrap();
    let rules = register.votes.as_ref().unwrap();
    let reckoned = |matter: &str, scope: &str, on: &str, (yes, whole): (i64, i64)| {
        let fields = json!({ "matter": matter, "scope": scope, "form": "meeting", "held_on": on, "households": whole,
            "agreed": yes, "villages": 9, "villages_agreed": 6 });
        let document = document(&pack, "community_decision", &fields, &json!({}), &[]);
        let head = Head { unit: COMMUNE, state: None, recorded: "2026-01-12".parse().unwrap() };
        let outcome = rules.outcome(&pack, &document, &values(register, &head, &document, &Places));
        outcome.map(|found| (found.threshold.id.clone(), found.least, found.passed()))
    };
    let village = |matter: &str, numbers: (i64, i64)| reckoned(matter, "village", "2026-03-01", numbers).unwrap();
    // Matter, in favour, of how many, the least that passes, passed.
    for (matter, yes, whole, least, passed) in [
        ("works", 159, 240, 160, false),
        ("works", 160, 240, 160, true),
        ("funds", 160, 241, 161, false),
        ("funds", 161, 241, 161, true),
        ("works", 100, 150, 100, true),
        ("works", 1, 1, 1, true),
        ("covenant", 120, 240, 121, false),
        ("covenant", 121, 240, 121, true),
        ("village_head", 120, 241, 121, false),
        ("boards", 121, 241, 121, true),
        ("other", 0, 1, 1, false),
    ] {
        let found = village(matter, (yes, whole));
        assert_eq!((found.1, found.2), (least, passed), "{matter} {yes}/{whole}");
    }
    // Of the whole commune two thirds of the villages decide, for what people pay.
    assert_eq!(reckoned("works", "commune", "2026-03-01", (1, 240)), Some(("villages".to_owned(), 6, true)));
    assert_eq!(reckoned("other", "commune", "2026-03-01", (1, 240)), Some(("other_matters".to_owned(), 121, false)));
    // The law of 2023 does not reach back.
    assert_eq!(reckoned("works", "village", "2023-06-30", (160, 240)), None);
    assert!(reckoned("works", "village", "2023-07-01", (160, 240)).is_some());
}

#[test]
fn every_number_of_two_counts_is_compared() {
    let pack = base();
    let register = pack.register("community_decision").unwrap();
    let tally = register.votes.as_ref().unwrap().tally.as_ref().unwrap();
    let count = |round: &str, agreed: i64, collected: i64| {
        json!({ "round": round, "counted_by": "Tổ kiểm phiếu", "issued": 150, "collected": collected, "agreed": agreed,
            "disagreed": 38, "invalid": 2 })
    };
    let counted =
        |rows: Json| document(&pack, "community_decision", &json!({ "agreed": 100 }), &json!({ "tally": rows }), &[]);
    let alike = counted(json!([count("first", 100, 140), count("second", 100, 140)]));
    assert!(tally.differing(register, alike.rows("tally")).is_empty());
    assert!(tally.unlike_record(register, &alike).is_none());
    let unlike = counted(json!([count("first", 100, 140), count("second", 99, 139)]));
    let differing = tally.differing(register, unlike.rows("tally"));
    assert_eq!(
        differing.iter().map(|(label, first, second)| (label.vi.as_str(), *first, *second)).collect::<Vec<_>>(),
        [("Số phiếu thu về", 140, 139), ("Tán thành", 100, 99)]
    );
    assert_eq!(tally.unlike_record(register, &unlike).map(|(_, said, counted)| (said, counted)), Some((100, 99)));
    let checks = |tally: Json| said(&pack, "community_decision", None, COMMUNE, &json!({}), &json!({ "tally": tally }));
    let twice = checks(json!([count("first", 100, 141), count("first", 100, 140)]));
    assert_eq!(twice, [(true, "tally_adds_up".to_owned()), (true, "tally_twice".to_owned())]);
}

#[test]
fn the_head_of_a_committee_fits_its_level() {
    let pack = base();
    let member = json!({ "member": [{ "post": "1:chu-tich-ubnd", "role": "head" }] });
    let check = |unit: i64, head: &str| {
        let fields = json!({ "kind": "government_engagement", "head": head });
        said(&pack, "steering_committee", None, unit, &fields, &member)
    };
    assert!(check(COMMUNE, "11561:chu-tich-ubnd").is_empty());
    assert_eq!(check(COMMUNE, "11561:pho-chu-tich-ubnd"), [(true, "commune_head".to_owned())]);
    assert!(check(PROVINCE, "31:pho-chu-tich-ubnd").is_empty());
    assert_eq!(check(PROVINCE, "31:giam-doc-so-noi-vu"), [(true, "province_head".to_owned())]);
}

#[test]
fn a_policy_without_survey_criticism_or_consultation_needs_its_reason() {
    let pack = base();
    let issue = |fields: Json| said(&pack, "policy_draft", Some("issue"), PROVINCE, &fields, &json!({}));
    let whole = json!({ "surveyed_on": "2026-01-05", "criticised_on": "2026-02-05", "consulted_on": "2026-03-05" });
    assert!(issue(whole).is_empty());
    let bare = issue(json!({ "surveyed_on": "2026-01-05", "criticised_on": "2026-02-05" }));
    assert_eq!(bare.iter().map(|(stop, _)| *stop).collect::<Vec<_>>(), [true, false]);
    let reasoned = issue(json!({ "gate_reason": "Ban hành theo thủ tục rút gọn" }));
    assert_eq!(reasoned.iter().map(|(stop, _)| *stop).collect::<Vec<_>>(), [false, false, false]);
}

#[test]
fn a_reviewed_score_that_differs_says_why() {
    let pack = base();
    let review = |reason: Json| {
        let row = json!({ "code": "1.1", "full": 1000, "self": 1000, "reviewed": 700, "reason": reason });
        let said = said(&pack, "assessment", Some("review"), COMMUNE, &json!({}), &json!({ "score": [row] }));
        said.iter().any(|(stop, _)| *stop)
    };
    assert!(review(Json::Null));
    assert!(!review(json!("Thiếu kế hoạch ban hành trong quý I")));
}

#[test]
fn no_field_asks_for_faith_origin_or_attitude() {
    let pack = base();
    let forbidden = ["ton giao", "dan toc", "tin nguong", "chinh kien", "thai do", "lap truong"];
    for register in pack.registers.values() {
        let rows = register.rows.iter().flat_map(|rows| &rows.fields);
        let asked = |field: &&Field| {
            let (id, label) = (field.id.as_str(), kernel::text::fold(&field.label.vi));
            forbidden.iter().any(|word| label.contains(word)) || ["religion", "ethnicity", "attitude"].contains(&id)
        };
        let found: Vec<&str> =
            register.fields.iter().chain(rows).filter(asked).map(|field| field.id.as_str()).collect();
        assert!(found.is_empty(), "{}: {found:?}", register.id);
    }
}

/// Everything that a conclusion gives to a body by a day stands in the one list of promises.
#[test]
fn conclusions_become_commitments() {
    let pack = base();
    for register in [
        "dialogue",
        "visit",
        "conference",
        "review",
        "inspection",
        "working_session",
        "field_visit",
        "recommendation",
        "voter_opinion",
    ] {
        let makes = pack.register(register).unwrap().steps.iter().flat_map(|step| &step.makes);
        assert!(makes.into_iter().any(|make| make.register == "commitment" && make.book.is_some()), "{register}");
    }
}
