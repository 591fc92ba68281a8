//! Bars handed down: what those below were given against what the one above them was.

use super::*;

const PLAN: &str = r#"
id = "plan"
label = { vi = "Kế hoạch thử" }

[[target]]
id = "held"
label = { vi = "Tổ chức ít nhất 10 cuộc đối thoại" }
figure = "dialogue.held"
op = ">="
value = 10
from = 2021

[[target]]
id = "kept"
label = { vi = "Thực hiện ít nhất 80% cam kết" }
figure = "commitments_kept_share"
op = ">="
value = 80
from = 2021
"#;

async fn give(house: &House, target: &str, place: &str, value: &str) -> act::Done {
    let book = unit(house, "hai-phong/ubnd", "5/1/2021");
    let input = Input::default()
        .set("target", target)
        .set("year", "2021")
        .set("place", place)
        .set("value", value)
        .set("decision", "15/QĐ-UBND")
        .set("decided_on", "5/1/2021");
    let new = New { unit: book.0, input, ..New::default() };
    act::create(house, &clerk(book.0, day("6/1/2021")), "assignment", new).await.unwrap()
}

fn said(done: &act::Done) -> Vec<(String, Vec<(&'static str, String)>)> {
    let args = |refusal: &kernel::Refusal| {
        let wanted = |name: &&'static str| ["sum", "bar", "rest", "short", "units"].contains(name);
        refusal.args.iter().filter(|(name, _)| wanted(name)).map(|(name, value)| (*name, value.clone())).collect()
    };
    done.warnings.iter().map(|refusal| (refusal.key.to_string(), args(refusal))).collect()
}

#[tokio::test]
async fn what_is_handed_down_comes_to_what_was_given() {
    for scratch in testing::both().await.unwrap() {
        let house = overlaid(&scratch, "programmes/plan.toml", PLAN).await;
        let (first, second) = ("11383", "11296");
        assert_eq!(said(&give(&house, "plan.held", "hai-phong", "10").await), []);
        let short = give(&house, "plan.held", first, "4").await;
        let sum = |sum: &str, rest: &str, short: &str| {
            let args = [("sum", sum), ("bar", "10"), ("rest", rest), ("short", short)];
            vec![("figure.cascade_sum".to_owned(), args.map(|(name, value)| (name, value.to_owned())).to_vec())]
        };
        assert_eq!(said(&short), sum("4", "6", "short"));
        let second_given = give(&house, "plan.held", second, "6").await;
        assert_eq!(said(&second_given), []);
        // Corrected down: the sum no longer comes to it. Taken back: neither.
        let by = clerk(unit(&house, "hai-phong/ubnd", "5/1/2021").0, day("7/1/2021"));
        let record = &second_given.record;
        let less = act::edit(&house, &by, record.id, record.version, Input::default().set("value", "5")).await.unwrap();
        assert_eq!(said(&less), sum("9", "1", "short"));
        let gone = act::void(&house, &by, record.id, less.record.version, "giao nhầm").await.unwrap();
        assert_eq!(said(&gone), sum("4", "6", "short"));

        // The bar that stands is the one that was given.
        let ward = unit(&house, first, "31/12/2021");
        let (heads, snapshot) = (Two(Vec::new(), house.clone()), house.reading());
        let mut tx = house.read().await.unwrap();
        let targets = crate::targets(&mut tx, &house, &snapshot, &heads, year(ward)).await.unwrap();
        let held = targets.iter().find(|target| target.id == "plan.held").unwrap();
        assert_eq!((held.bar.to_string().as_str(), held.assigned), ("4", true));
    }
}

#[tokio::test]
async fn shares_do_not_add_up_but_must_not_be_laxer_below() {
    for scratch in testing::both().await.unwrap() {
        let house = overlaid(&scratch, "programmes/plan.toml", PLAN).await;
        give(&house, "plan.kept", "hai-phong", "80").await;
        assert_eq!(said(&give(&house, "plan.kept", "11383", "90").await), []);
        let lax = said(&give(&house, "plan.kept", "11296", "70").await);
        assert_eq!(lax.len(), 1);
        assert_eq!(lax[0].0, "figure.cascade_lax");
        let name = house.now().tree.at(day("31/12/2021")).name(unit(&house, "11296", "31/12/2021"));
        assert_eq!(lax[0].1, [("bar", "80".to_owned()), ("units", format!("{name} (70)"))]);
    }
}
