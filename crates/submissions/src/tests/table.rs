//! The tables of classification and competence: every row is hit, by the record that the law means.

use std::collections::BTreeSet;

use pack::{
    decision::Handler,
    document::Document,
    facts::{self, Head},
};
use records::testing::snapshot;
use serde_json::{Value as Json, json};

use super::{body, day};
use crate::{likeness, route};

const SUB: &str = "submission";
const DEN: &str = "denunciation";

fn record(register: &str, unit: i64, fields: &Json) -> records::Record {
    let document = Document { fields: fields.as_object().unwrap().clone(), ..Document::default() };
    let day = document.day("received_on").unwrap();
    records::Record {
        id: kernel::Id(1),
        register: register.to_owned(),
        unit,
        year: 2026,
        number: 1,
        day,
        recorded: day,
        state: Some("received".to_owned()),
        title: String::new(),
        due: None,
        version: 1,
        origin: None,
        source_key: None,
        definition: String::new(),
        void: false,
        document,
    }
}

#[test]
fn every_row_of_classification_is_hit() {
    let snapshot = snapshot();
    let c = |more: Json| with(json!({ "kind": "complaint", "round": "first", "received_on": "2026-08-03" }), &more);
    let p = |more: Json| with(json!({ "kind": "petition", "received_on": "2026-08-03" }), &more);
    let d = |more: Json| with(json!({ "form": "letter", "received_on": "2026-08-03" }), &more);
    let cases = [
        (DEN, d(json!({})), "sealed", ""),
        (DEN, d(json!({ "crime_signs": true, "anonymous": true })), "crime", "hand_to_investigators"),
        (DEN, d(json!({ "damage": true })), "damage", ""),
        (SUB, p(json!({ "unreadable": true, "competent": true })), "unreadable", "file"),
        (SUB, p(json!({ "kind": "mixed", "competent": true })), "mixed_competent", "split"),
        (SUB, p(json!({ "kind": "mixed" })), "mixed", "split"),
        (DEN, d(json!({ "mixed": true })), "mixed_denunciation", ""),
        (DEN, d(json!({ "anonymous": true, "evidence": true })), "inspect", "inspect"),
        (DEN, d(json!({ "anonymous": true, "competent": true })), "anonymous_denunciation", "file"),
        (SUB, p(json!({ "anonymous": true, "competent": true })), "anonymous", "file"),
        (SUB, p(json!({ "same_as": "x", "competent": true })), "duplicate_letter", "file"),
        (SUB, c(json!({ "same_as": "x", "competent": true })), "duplicate", "join"),
        (SUB, c(json!({ "guided_before": true, "competent": false })), "guided_before", "file"),
        (SUB, c(json!({ "sent_to_many": true, "competent": true })), "sent_to_many", "file"),
        (DEN, d(json!({ "sent_to_many": true, "competent": true })), "sent_to_many_denunciation", "file"),
        (SUB, c(json!({ "outside": "litigation" })), "outside", "guide"),
        (DEN, d(json!({ "party_rules": true })), "party", "transfer"),
        (SUB, c(json!({ "originals_attached": true })), "originals", ""),
        (SUB, p(json!({ "tense_group": true })), "tense", ""),
        (SUB, c(json!({ "in_force_doubt": true })), "in_force", ""),
        (SUB, c(json!({ "harm": true })), "harm", ""),
        (SUB, c(json!({ "lower_overdue": true, "competent": false })), "lower_overdue", "transfer"),
        (SUB, c(json!({ "competent": true, "article_11": "time_bar", "incomplete": true })), "article_11", "refuse"),
        (SUB, c(json!({ "competent": true, "learned_on": "2026-02-02", "incomplete": true })), "late_first", "refuse"),
        (
            SUB,
            c(json!({ "competent": true, "learned_on": "2026-02-02", "article_11": "court" })),
            "article_11",
            "refuse",
        ),
        (SUB, c(json!({ "competent": true, "learned_on": "2026-02-02", "late_excused": true })), "accept", "accept"),
        (SUB, c(json!({ "competent": true, "learned_on": "2026-06-01" })), "accept", "accept"),
        (SUB, c(json!({ "competent": false, "learned_on": "2026-02-02" })), "guide_or_transfer", "guide"),
        (SUB, c(json!({ "competent": true, "round": "second", "learned_on": "2026-06-01" })), "late_second", "refuse"),
        (
            SUB,
            c(json!({ "competent": true, "about": "discipline", "learned_on": "2026-06-01" })),
            "late_discipline",
            "refuse",
        ),
        (SUB, c(json!({ "channel": "online", "competent": true })), "unsigned", "supplement"),
        (SUB, c(json!({ "competent": true, "incomplete": true })), "incomplete", "supplement"),
        (SUB, c(json!({ "competent": true, "signatories": 7 })), "group", "supplement"),
        (SUB, c(json!({ "competent": true, "signatories": 7, "nomination": true })), "accept", "accept"),
        (SUB, c(json!({ "competent": false, "channel": "forwarded" })), "forwarded", "transfer"),
        (SUB, c(json!({ "competent": false, "channel": "post" })), "guide_or_transfer", "guide"),
        (SUB, c(json!({ "competent": false, "received_on": "2026-06-30" })), "guide", "guide"),
        (SUB, p(json!({ "administrative_rule": true, "competent": false })), "administrative_rule", "transfer"),
        (SUB, p(json!({ "competent": true })), "petition", "accept"),
        (SUB, p(json!({ "competent": false })), "petition_transfer", "transfer"),
        (DEN, d(json!({ "channel": "press" })), "forwarder", ""),
        (DEN, d(json!({ "from_settled_complaint": true, "competent": true })), "settled_complaint", "refuse"),
        (DEN, d(json!({ "follows": "x", "competent": true })), "follow_up", "accept"),
        (DEN, d(json!({ "lower_overdue": true })), "overdue", "demand"),
        (DEN, d(json!({ "competent": false, "form": "oral" })), "oral", "guide"),
        (DEN, d(json!({ "competent": false })), "transfer_denunciation", "transfer"),
        (DEN, d(json!({ "competent": true, "conditions_met": true })), "accept_denunciation", "accept"),
        (DEN, d(json!({ "competent": true, "conditions_met": false })), "refuse_denunciation", "refuse"),
    ];
    let mut hit = BTreeSet::new();
    for (id, fields, expected, step) in cases {
        let register = snapshot.pack.register(id).unwrap();
        let mut document = Document { fields: fields.as_object().unwrap().clone(), ..Document::default() };
        let head = Head { unit: 31, state: register.initial.clone(), recorded: day("3/8/2026") };
        let (pack, today) = (&snapshot.pack, day("3/8/2026"));
        let rules = records::step::Rules { pack, directory: &snapshot, register, privates: &[], today };
        rules.follow_fields(&head, &mut document).unwrap();
        let finding = snapshot.pack.classify(id, &facts::values(register, &head, &document, &snapshot));
        if step.is_empty() {
            assert!(finding.also.iter().any(|row| row.id == expected), "{expected}: {finding:?}");
        } else {
            let row = finding.proposed.unwrap_or_else(|| panic!("{expected}: nothing is proposed"));
            assert_eq!((row.id.as_str(), row.steps[0].as_str()), (expected, step));
        }
        hit.insert(expected);
    }
    let all: BTreeSet<&str> = snapshot.pack.decisions.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(hit, all);
}

#[test]
fn every_row_of_competence_is_hit_by_level_round_and_date() {
    let snapshot = snapshot();
    let (old, new) = (day("1/3/2021"), day("3/8/2026"));
    let at = |level: &str, kind: &str, on| body(&snapshot, level, kind, 0, on);
    let commune = at("commune", "ubnd", new);
    let commune_old = at("commune", "ubnd", old);
    let district = at("district", "ubnd", old);
    let province = at("province", "ubnd", new);
    let department = at("province", "so-noi-vu", new);
    let superior = |unit, on| snapshot.tree.at(on).superior(unit);
    let complaint = |against: units::Unit, about: &str, by: &str, round: &str| json!({ "kind": "complaint", "respondent": against.0, "about": about, "respondent_is": by, "round": round });
    let denounced = |against: units::Unit, rank: &str| json!({ "denounced_body": against.0, "denounced_rank": rank });
    let cases = [
        (SUB, new, complaint(commune, "discipline", "chair", "first"), "discipline_first", Some(commune)),
        (SUB, new, complaint(commune, "discipline", "chair", "second"), "discipline_second", superior(commune, new)),
        (SUB, new, complaint(commune, "act", "public_unit", "first"), "public_unit_first", Some(commune)),
        (SUB, new, complaint(commune, "act", "public_unit", "second"), "public_unit_second", superior(commune, new)),
        (SUB, new, complaint(commune, "decision", "chair", "first"), "commune_chair_first", Some(commune)),
        (SUB, new, complaint(commune, "act", "unit_head", "first"), "commune_unit_first", Some(commune)),
        (
            SUB,
            old,
            complaint(commune_old, "decision", "chair", "second"),
            "commune_second_old",
            superior(commune_old, old),
        ),
        (SUB, new, complaint(commune, "decision", "chair", "second"), "commune_second", Some(province)),
        (SUB, old, complaint(district, "act", "unit_head", "first"), "district_unit_first", Some(district)),
        (SUB, old, complaint(district, "act", "unit_head", "second"), "district_unit_second", Some(district)),
        (SUB, old, complaint(district, "decision", "chair", "first"), "district_chair_first", Some(district)),
        (
            SUB,
            old,
            complaint(district, "decision", "chair", "second"),
            "district_chair_second",
            Some(at("province", "ubnd", old)),
        ),
        (SUB, new, complaint(department, "decision", "unit_head", "first"), "department_first", Some(department)),
        (
            SUB,
            new,
            complaint(department, "decision", "unit_head", "second"),
            "department_second",
            superior(department, new),
        ),
        (SUB, new, complaint(province, "decision", "chair", "first"), "province_first", Some(province)),
        (SUB, new, complaint(province, "decision", "chair", "second"), "province_second", None),
        (DEN, new, with(denounced(commune, "officer"), &json!({ "field_violation": true })), "field_violation", None),
        (DEN, old, denounced(commune_old, "head"), "denounced_chair_old", superior(commune_old, old)),
        (DEN, new, denounced(commune, "head"), "denounced_head", superior(commune, new)),
        (DEN, new, denounced(commune, "officer"), "denounced_officer", Some(commune)),
    ];
    let district_of = superior(commune_old, old).and_then(|unit| facts::Ground::level(&snapshot, unit.0, old));
    assert_eq!(district_of.as_deref(), Some("district"), "until 30/6/2025 a district decided second");
    assert_eq!(superior(commune, new), Some(province));
    let mut hit = BTreeSet::new();
    for (id, on, fields, expected, handler) in cases {
        let fields = with(json!({ "received_on": on.to_string() }), &fields);
        let record = record(id, commune.0, &fields);
        let register = snapshot.pack.register(id).unwrap();
        let mut values = facts::values(register, &record.head(), &record.document, &snapshot);
        let level = record.document.fields.get("respondent").or(record.document.fields.get("denounced_body"));
        let level = facts::Ground::level(&snapshot, level.and_then(Json::as_i64).unwrap(), on);
        values.set("level", &level.map_or(Json::Null, Json::from));
        let rule = snapshot.pack.competence(id, &values, on).unwrap_or_else(|| panic!("{expected}: no rule"));
        assert_eq!(rule.id, expected);
        let against = route::accused(&record).unwrap();
        assert_eq!(route::resolve(&snapshot, rule.handler, against, on), handler, "{expected}");
        hit.insert(expected);
    }
    let all = snapshot.pack.competences.iter().filter(|row| !row.id.starts_with("minister"));
    assert_eq!(hit, all.map(|row| row.id.as_str()).collect());
    assert!(snapshot.pack.competences.iter().any(|row| row.handler == Handler::Outside));
}

fn with(mut one: Json, more: &Json) -> Json {
    one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    one
}

#[test]
fn near_same_words_are_known_again() {
    let one = "Khiếu nại quyết định thu hồi đất tại thôn Đồng Lý";
    assert_eq!(likeness(one, one), 100);
    assert!(likeness(one, "khieu nai quyet dinh thu hoi dat tai thon dong ly") == 100, "accents");
    assert!(likeness(one, "Khiếu nại quyết đinh thu hồi đất ở thôn Đồng Lí") >= 70, "spelling");
    assert!(likeness(one, "Phản ánh tiếng ồn của cơ sở sản xuất gạch") < 35);
    assert_eq!(likeness("", ""), 0);
}
