//! Scoring: the arithmetic by table and by property, sheets as records, the page of a round.

use std::collections::HashMap;

use proptest::prelude::*;

use records::fill::RowInput;

use super::*;
use crate::{
    ratio::Ratio,
    scoring::{Criterion, Kind, Mark, Rule, Scale, bands, ranks},
};

fn criterion(code: &str, kind: Kind, full: i64) -> Criterion {
    Criterion {
        code: code.to_owned(),
        text: String::new(),
        group: None,
        kind,
        full: full * 100,
        optional: false,
        cap: None,
        reviewer: None,
        figure: None,
        rule: None,
    }
}

/// 85 points of what everyone does, 15 of administrative reform, which some are not scored on; two bonuses, a deduction, a ceiling, a bar.
fn scale() -> Scale {
    let regular = |code, full| criterion(code, Kind::Regular, full);
    Scale {
        criteria: vec![
            regular("1", 40),
            Criterion { group: Some("A".to_owned()), ..regular("2", 30) },
            Criterion { group: Some("A".to_owned()), ..regular("3", 30) },
            Criterion { optional: true, ..regular("4", 15) },
            criterion("5", Kind::Bonus, 4),
            criterion("6", Kind::Bonus, 4),
            criterion("7", Kind::Penalty, 10),
            Criterion { cap: Some(7_900), ..criterion("8", Kind::Ceiling, 0) },
            criterion("9", Kind::Bar, 0),
        ],
        groups: [("A".to_owned(), 4_500)].into(),
        full: 10_000,
        bonus_cap: Some(500),
        cap: 10_000,
        grades: vec![("excellent", 9_000), ("good", 8_000), ("fair", 6_500)],
    }
}

fn points(all: &[(&str, i64)]) -> HashMap<String, Mark> {
    let mark = |points: i64| Mark { points: Some(points * 100), ..Mark::default() };
    all.iter().map(|(code, points)| ((*code).to_owned(), mark(*points))).collect()
}

#[test]
fn a_sheet_comes_to_its_total() {
    let scale = scale();
    assert_eq!(scale.sum(), 10_000, "the group counts up to its cap");
    let whole = [("1", 40), ("2", 30), ("3", 30), ("4", 15)];
    assert_eq!(scale.total(&points(&whole)).total, 10_000);
    let some = [("1", 34), ("2", 20), ("3", 20), ("4", 9)];
    let outcome = scale.total(&points(&some));
    assert_eq!((outcome.given, outcome.of, outcome.total), (8_300, 10_000, 8_300));
    assert_eq!(scale.grade(outcome.total), Some("good"));
    // Nothing of the fourth arose: 74 of 85 is 87,06 of 100.
    let mut marks = points(&some);
    marks.insert("4".to_owned(), Mark { none: true, ..Mark::default() });
    let outcome = scale.total(&marks);
    assert_eq!((outcome.given, outcome.of, outcome.rescaled, outcome.total), (7_400, 8_500, 8_706, 8_706));
    assert!(outcome.unmarked.is_empty());
    // A bonus of five at most, a deduction of three.
    marks.extend(points(&[("5", 4), ("6", 4), ("7", 3)]));
    let outcome = scale.total(&marks);
    assert_eq!((outcome.bonus, outcome.penalty, outcome.total), (500, 300, 8_906));
    // The ceiling holds the total; the bar leaves it ungraded, whatever it is.
    marks.insert("8".to_owned(), Mark { applies: true, ..Mark::default() });
    marks.insert("9".to_owned(), Mark { applies: true, ..Mark::default() });
    let outcome = scale.total(&marks);
    assert_eq!((outcome.total, outcome.capped_by, outcome.barred_by), (7_900, vec!["8".into()], vec!["9".into()]));
    // Only what may be declared as none can be; what nobody spoke of is named.
    let bare = [("1".to_owned(), Mark { none: true, ..Mark::default() })].into();
    assert_eq!(scale.total(&bare).unmarked, ["1", "2", "3", "4"]);
    assert_eq!(scale.grade(6_499), Some("weak"));
}

#[test]
fn a_value_gives_points_as_the_criterion_says() {
    let by = |rule: Rule| Criterion { rule: Some(rule), ..criterion("1", Kind::Regular, 10) };
    let value = |over: i128, under: i128| Ratio::new(over, under).unwrap();
    let steps = by(Rule::Steps(bands("90=10; 80=8; 50 = 5,5;").unwrap()));
    let table = [
        (by(Rule::Share { goal: 10_000 }), value(855, 10), Some(855)),
        (by(Rule::Share { goal: 9_000 }), value(95, 1), Some(1_000)),
        (by(Rule::Done), value(3, 1), Some(1_000)),
        (by(Rule::Done), value(0, 1), Some(0)),
        (steps.clone(), value(80, 1), Some(800)),
        (steps.clone(), value(7_999, 100), Some(550)),
        (steps, value(49, 1), Some(0)),
        (by(Rule::Each(250)), value(3, 1), Some(750)),
        (by(Rule::Each(250)), value(9, 1), Some(1_000)),
        (criterion("1", Kind::Regular, 10), value(9, 1), None),
    ];
    for (criterion, value, points) in table {
        assert_eq!(criterion.proposed(value), points, "{:?} {value:?}", criterion.rule);
    }
    for unreadable in ["", "90", "90=x", "a=1; 2=3"] {
        assert_eq!(bands(unreadable), None, "{unreadable}");
    }
}

#[test]
fn equals_share_a_place() {
    assert_eq!(ranks(&[Some(80), None, Some(95), Some(80), Some(10)]), [Some(2), None, Some(1), Some(2), Some(4)]);
}

/// Marks of all nine: points of which some lie over the full, and whether it arose and applies.
fn any_marks() -> impl Strategy<Value = HashMap<String, Mark>> {
    let mark = (proptest::option::of(0..6_000_i64), any::<bool>(), any::<bool>())
        .prop_map(|(points, none, applies)| Mark { points, none, applies });
    proptest::collection::vec(mark, 9)
        .prop_map(|marks| marks.into_iter().zip(1..).map(|(mark, code)| (code.to_string(), mark)).collect())
}

proptest! {
    #[test]
    fn a_total_never_leaves_its_bounds(marks in any_marks()) {
        let (scale, outcome) = (scale(), scale().total(&marks));
        let ceiling = if outcome.capped_by.is_empty() { scale.cap } else { 7_900 };
        prop_assert!((0..=ceiling).contains(&outcome.total));
        prop_assert!(outcome.rescaled <= scale.full && outcome.given <= outcome.of);
        prop_assert!(outcome.bonus <= 500);
    }

    /// Whoever has more of a regular criterion never comes to less, whatever did not arise.
    #[test]
    fn more_points_never_come_to_less(marks in any_marks(), code in 1..=4_u8, more in 0..3_000_i64) {
        let scale = scale();
        let mut better = marks.clone();
        if let Some(mark) = better.get_mut(&code.to_string()) {
            mark.points = Some(mark.points.unwrap_or_default() + more);
        }
        prop_assert!(scale.total(&better).rescaled >= scale.total(&marks).rescaled);
        prop_assert!(scale.total(&better).total >= scale.total(&marks).total);
    }
}

/// A house in which scores are reckoned.
async fn scoring(scratch: &Scratch) -> Arc<House> {
    Arc::new(house(scratch).await.unwrap().behaving(vec![Arc::new(crate::Scoring)]))
}

fn line(texts: &[(&str, &str)]) -> RowInput {
    let fields = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    RowInput { n: None, fields }
}

/// A set of the city: dialogues by number, democracy where it arises, a ceiling; two wards in a cluster.
async fn issue(house: &House, full: &str) -> db::Result<act::Done> {
    let city = unit(house, "31/ubnd", "5/1/2021");
    let mut input = Input::default()
        .set("name", "Dân vận chính quyền cấp xã")
        .set("version", "2021")
        .set("for_whom", "communes")
        .set("full", full)
        .set("grade_excellent", "90")
        .set("issued_on", "10/1/2021");
    let regular = [("kind", "regular")];
    let with = |more: &[(&str, &str)]| line(&[more, &regular].concat());
    input.rows.insert(
        "criterion".to_owned(),
        vec![
            with(&[
                ("code", "1"),
                ("text", "Đối thoại"),
                ("full", "60"),
                ("rule", "each"),
                ("each", "20"),
                ("figure", "dialogue.held"),
            ]),
            with(&[("code", "2"), ("text", "Văn bản"), ("full", "25"), ("reviewer", "31/so-noi-vu")]),
            with(&[("code", "3"), ("text", "Cải cách"), ("full", "15"), ("optional", "yes")]),
            line(&[("code", "4"), ("text", "Có vụ việc vượt cấp"), ("kind", "ceiling"), ("full", "0"), ("cap", "79")]),
        ],
    );
    let cluster = line(&[("name", "Cụm số 1"), ("places", "11383; 11296")]);
    input.rows.insert("cluster".to_owned(), vec![cluster]);
    let new = New { unit: city.0, input, steps: vec![("issue".to_owned(), day("10/1/2021"))], ..New::default() };
    act::create(house, &clerk(city.0, day("11/1/2021")), "criteria_set", new).await
}

fn refused<T: std::fmt::Debug>(answer: db::Result<T>) -> Vec<String> {
    match answer {
        Err(db::Stop::Refused(all)) => all.0.iter().map(|one| one.key.to_string()).collect(),
        other => panic!("{other:?}"),
    }
}

/// The rows of a sheet with these values, by code.
fn filled(record: &records::Record, values: &[(&str, &str, &str)]) -> Input {
    let mut input = Input::default();
    let rows = record.document.rows("score").iter().map(|row| {
        let own = values.iter().filter(|(code, ..)| row.fields["code"] == *code);
        let mut fields: indexmap::IndexMap<String, String> =
            own.map(|(_, name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let shown = |name: &str| {
            row.fields.get(name).and_then(serde_json::Value::as_i64).map(|n| kernel::number::decimal(n, 2))
        };
        for name in ["full", "self", "reviewed"] {
            if let Some(text) = shown(name) {
                fields.entry(name.to_owned()).or_insert(text);
            }
        }
        for name in ["code", "text", "kind", "reason"] {
            if let Some(text) = row.fields.get(name).and_then(|one| one.as_str()) {
                fields.entry(name.to_owned()).or_insert_with(|| text.to_owned());
            }
        }
        if row.fields.get("not_arising").is_some() {
            fields.entry("not_arising".to_owned()).or_insert_with(|| "yes".to_owned());
        }
        RowInput { n: Some(row.n), fields }
    });
    input.rows.insert("score".to_owned(), rows.collect());
    input
}

fn number(record: &records::Record, field: &str) -> Option<i64> {
    record.document.fields.get(field).and_then(serde_json::Value::as_i64)
}

#[tokio::test]
async fn a_sheet_is_laid_scored_reviewed_by_whom_it_belongs_and_ranked() {
    for scratch in testing::both().await.unwrap() {
        let house = scoring(&scratch).await;
        assert_eq!(refused(issue(&house, "90").await), ["figure.score_sum"]);
        let set = issue(&house, "100").await.unwrap().record;
        held(&house, "11383/ubnd", "10/3/2021", "periodic", "11383/ubnd:chu-tich-ubnd").await;
        held(&house, "11383/ubnd", "10/6/2021", "periodic", "11383/ubnd:chu-tich-ubnd").await;

        let (on, ward) = (day("1/12/2021"), unit(&house, "11383/ubnd", "1/12/2021"));
        let by = clerk(ward.0, on);
        let input = Input::default()
            .set("year", "2021")
            .set("criteria", set.id.to_string())
            .set("unit_name", "phường An Biên")
            .set("place", "11383")
            .set("reviewer", "31/ubnd");
        let sheet =
            act::create(&house, &by, "assessment", New { unit: ward.0, input, ..New::default() }).await.unwrap().record;
        let codes: Vec<&str> =
            sheet.document.rows("score").iter().filter_map(|row| row.fields["code"].as_str()).collect();
        assert_eq!(codes, ["1", "2", "3", "4"], "every criterion has its row");

        let over = filled(&sheet, &[("1", "not_arising", "yes"), ("1", "self", "60")]);
        assert_eq!(refused(act::edit(&house, &by, sheet.id, 1, over).await), ["figure.score_not_optional"]);
        let own = [("1", "self", "50"), ("2", "self", "24"), ("3", "not_arising", "yes")];
        let sheet = act::edit(&house, &by, sheet.id, 1, filled(&sheet, &own)).await.unwrap().record;
        assert_eq!(number(&sheet, "self_total"), Some(8_706), "74 of 85");
        let sheet = act::take(&house, &by, sheet.id, 2, "submit", on, Input::default()).await.unwrap().record;

        // Handed in, its own points stay; and nobody reviews himself.
        let after = filled(&sheet, &[("1", "self", "60")]);
        assert_eq!(refused(act::edit(&house, &by, sheet.id, 3, after).await), ["figure.score_self_fixed"]);
        let reviewed = [("1", "reviewed", "40"), ("1", "reason", "Có hai cuộc"), ("2", "reviewed", "24")];
        let own_review = act::take(&house, &by, sheet.id, 3, "review_part", on, filled(&sheet, &reviewed)).await;
        assert_eq!(refused(own_review), ["figure.score_not_yours"; 2]);
        // The department gives its criterion, and only that.
        let department = clerk(unit(&house, "31/so-noi-vu", "1/12/2021").0, on);
        let all = act::take(&house, &department, sheet.id, 3, "review_part", on, filled(&sheet, &reviewed)).await;
        assert_eq!(refused(all), ["figure.score_not_yours"]);
        let part = filled(&sheet, &reviewed[2..]);
        let sheet = act::take(&house, &department, sheet.id, 3, "review_part", on, part).await.unwrap().record;
        assert_eq!(number(&sheet, "final_total"), None, "the first is not reviewed yet");
        let city = clerk(unit(&house, "31/ubnd", "1/12/2021").0, on);
        let whole = filled(&sheet, &reviewed[..2]);
        let sheet = act::take(&house, &city, sheet.id, 4, "review", on, whole).await.unwrap().record;
        assert_eq!((number(&sheet, "self_total"), number(&sheet, "reviewed_total")), (Some(8_706), Some(7_529)));
        assert_eq!(sheet.document.fields["grade"], "fair");
        let decide = Input::default().set("number", "9/QĐ-UBND").set("grade", "good");
        let done = act::take(&house, &city, sheet.id, 5, "decide", on, decide).await.unwrap();
        assert!(done.warnings.iter().any(|warning| warning.key == "figure.score_grade"), "{:?}", done.warnings);

        // The set that was issued stays as it was.
        let mut other = Input::default();
        other.rows.insert("criterion".to_owned(), Vec::new());
        let by_city = clerk(set.unit, day("2/12/2021"));
        assert!(act::edit(&house, &by_city, set.id, set.version, other).await.is_err());
        let fuller = Input::default().set("full", "110");
        assert_eq!(refused(act::edit(&house, &by_city, set.id, set.version, fuller).await)[0], "figure.score_issued");

        // What stands beside the points, and the round.
        let town = town(&house, Vec::new());
        let page = town.by("lan").get(&format!("/records/{}", sheet.id)).await;
        page.shows("quy đổi về thang 100: 87,06").shows("/figures/dialogue.held?unit=11383").shows(">40<");
        let round = town.by("lan").get(&format!("/scoring/{}", set.id)).await;
        round.shows("Cụm số 1").shows("phường An Biên").shows("87,06").shows("75,29").shows("chưa chấm").shows("11,77");
        assert_eq!(town.by("hoa").get(&format!("/scoring/{}", set.id)).await.status.as_u16(), 404);
        let file = town.by("lan").get(&format!("/scoring/{}/sheet?year=2021", set.id)).await;
        assert_eq!(file.status.as_u16(), 200);
        assert!(file.bytes.starts_with(b"PK"));
    }
}
