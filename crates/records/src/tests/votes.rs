//! Community decisions end as their numbers say, and ballots are counted by two people.

use std::sync::Arc;

use db::{Stop, testing::both};
use kernel::Id;

use super::faces::TODAY;
use crate::{
    By, House,
    act::{self, New},
    behaviour::Votes,
    fill::{Input, RowInput},
    testing::{clerk, house},
};

/// One count of the ballots.
fn count(n: Option<i64>, round: &str, who: &str, agreed: &str) -> RowInput {
    let against = (210 - agreed.parse::<i64>().unwrap()).to_string();
    let texts = [
        ("round", round),
        ("counted_by", who),
        ("issued", "240"),
        ("collected", "210"),
        ("agreed", agreed),
        ("disagreed", &against),
        ("invalid", "0"),
    ];
    let fields = texts.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    RowInput { n, fields }
}

fn counts(rows: Vec<RowInput>) -> Input {
    let mut input = Input::default();
    input.rows.insert("tally".to_owned(), rows);
    input
}

/// The keys and texts of what an act refused.
fn refusals<T>(done: Result<T, Stop>) -> Vec<(String, String)> {
    match done {
        Err(Stop::Refused(all)) => all
            .0
            .iter()
            .map(|one| {
                let told = ["what", "sum", "name", "said"].into_iter().find_map(|name| one.arg(name));
                (one.key.to_string(), told.unwrap_or_default().to_owned())
            })
            .collect(),
        Err(stop) => panic!("another stop: {stop:?}"),
        Ok(_) => Vec::new(),
    }
}

async fn held(house: &House, by: &By, matter: &str, form: &str, agreed: &str) -> Id {
    let code = crate::value::Directory::code(&*house.now(), units::Unit(by.seat).ground().0, TODAY);
    let input = Input::default()
        .set("subject", "Mức đóng góp làm đường ngõ")
        .set("matter", matter)
        .set("scope", "village")
        .set("place", code)
        .set("form", form)
        .set("households", "240")
        .set("present", "210")
        .set("agreed", agreed);
    let steps = vec![("hold".to_owned(), TODAY)];
    let made = act::create(house, by, "community_decision", New { unit: by.seat, input, steps, ..New::default() });
    made.await.unwrap().record.id
}

async fn take(house: &House, by: &By, id: Id, step: &str) -> Result<act::Done, Stop> {
    let (record, _) = act::read(house, id).await.unwrap();
    let input = Input::default().set("refusal_reason", "Chưa đủ số hộ tán thành");
    let by = By { old_book: true, ..by.clone() };
    act::take(house, &by, id, record.version, step, TODAY, input).await
}

async fn edit(house: &House, by: &By, id: Id, input: Input) -> Result<act::Done, Stop> {
    let (record, _) = act::read(house, id).await.unwrap();
    act::edit(house, by, id, record.version, input).await
}

#[tokio::test]
async fn a_vote_ends_as_its_numbers_say() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap().behaving(vec![Arc::new(Votes)]);
        let by = clerk(house.now().tree.find("11383/ubnd", TODAY).unwrap().0, TODAY);
        for (matter, agreed, passes, sum) in [
            ("works", "159", false, "159/240 hộ = 66,3% < 2/3 (160)"),
            ("works", "160", true, "160/240 hộ = 66,7% ≥ 2/3 (160)"),
            ("works", "187", true, "187/240 hộ = 77,9% ≥ 2/3 (160)"),
            ("covenant", "120", false, "120/240 hộ = 50% ≤ 50% (121)"),
            ("covenant", "121", true, "121/240 hộ = 50,4% > 50% (121)"),
        ] {
            let id = held(&house, &by, matter, "meeting", agreed).await;
            let (wrong, right) = if passes { ("reject", "adopt") } else { ("adopt", "reject") };
            let key = if passes { "record.vote_reached" } else { "record.vote_not_reached" };
            let refused = refusals(take(&house, &by, id, wrong).await);
            assert_eq!(refused, [(key.to_owned(), sum.to_owned())], "{matter} {agreed}");
            assert!(refusals(take(&house, &by, id, right).await).is_empty(), "{matter} {agreed}");
            // Corrected later, it must still agree with what was decided.
            let other = if passes { "100" } else { "200" };
            let corrected = edit(&house, &by, id, Input::default().set("agreed", other)).await;
            assert_eq!(refusals(corrected).len(), 1, "{matter} {agreed}");
        }
    }
}

#[tokio::test]
async fn ballots_are_counted_by_two_people_who_enter_their_own() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap().behaving(vec![Arc::new(Votes)]);
        let first = clerk(house.now().tree.find("11383/ubnd", TODAY).unwrap().0, TODAY);
        let second = By { account: 8, ..first.clone() };
        let id = held(&house, &first, "works", "ballot", "187").await;
        let keys = |done: Result<act::Done, Stop>| refusals(done).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(keys(take(&house, &first, id, "adopt").await), ["record.vote_counted_once"]);

        let one = count(None, "first", "Trần Thị Mai", "187");
        edit(&house, &first, id, counts(vec![one])).await.unwrap();
        let both = |who: &str, agreed: &str| {
            counts(vec![count(Some(1), "first", "Trần Thị Mai", "187"), count(None, "second", who, agreed)])
        };
        // The second person finds another number: named, and nothing closes.
        edit(&house, &second, id, both("Lê Văn Hải", "186")).await.unwrap();
        let refused = refusals(take(&house, &second, id, "adopt").await);
        let what = "Tán thành 187 ≠ 186; Không tán thành 23 ≠ 24";
        assert_eq!(refused, [("record.vote_counts_differ".to_owned(), what.to_owned())]);
        // One and the same person, by name; then by account.
        edit(&house, &second, id, both("Trần thị  MAI", "187")).await.unwrap();
        assert_eq!(keys(take(&house, &second, id, "adopt").await), ["record.vote_one_counter"]);
        edit(&house, &first, id, both("Lê Văn Hải", "187")).await.unwrap();
        assert_eq!(keys(take(&house, &first, id, "adopt").await), ["record.vote_one_hand"]);

        edit(&house, &second, id, both("Lê Văn Hải (Mặt trận)", "187")).await.unwrap();
        let (record, _) = act::read(&house, id).await.unwrap();
        let hands: Vec<_> = record.document.rows("tally").iter().map(|row| row.by).collect();
        assert_eq!(hands, [Some(7), Some(8)]);
        assert!(refusals(take(&house, &second, id, "adopt").await).is_empty());
    }
}
