//! Ranks against the year before: gained, lost, and not to be compared.

use super::*;
use crate::{Standing, State, Value};

async fn published(house: &House, place: &str, rank: &str, on: &str) {
    let book = unit(house, "nghe-an/ubnd", on);
    let input = Input::default()
        .set("index", "sipas")
        .set("year", on.rsplit('/').next().unwrap())
        .set("place", place)
        .set("rank", rank)
        .set("published_on", on);
    let new = New { unit: book.0, input, ..New::default() };
    act::create(house, &clerk(book.0, day(on)), "external_index", new).await.unwrap();
}

async fn gained(house: &Arc<House>, place: Unit, year: i16) -> (Value, Standing) {
    let (heads, snapshot) = (Two(Vec::new(), house.clone()), house.reading());
    let ask = Ask::of(place, Period::year(year).window());
    let mut tx = house.read().await.unwrap();
    let value = crate::read(&mut tx, house, &snapshot, &heads, ask, "sipas_gain").await.unwrap();
    let targets = crate::targets(&mut tx, house, &snapshot, &heads, ask).await.unwrap();
    let target = targets.into_iter().find(|target| target.id == "scheme-04.T10").unwrap();
    assert_eq!(target.shown, value.shown);
    (value, target.state)
}

#[tokio::test]
async fn a_rank_gained_is_the_fall_of_its_number_and_only_within_one_field() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        let place = unit(&house, "nghe-an", "1/1/2024");
        for (rank, on) in [("40/63", "6/4/2022"), ("30/63", "10/6/2023"), ("33/63", "17/4/2024"), ("12/34", "2/7/2025")]
        {
            published(&house, "nghe-an", rank, on).await;
        }
        // Another province's ranks are its own.
        published(&house, "hai-phong", "1/63", "10/6/2023").await;

        let (value, standing) = gained(&house, place, 2023).await;
        assert_eq!((value.value, value.shown.as_str(), standing), (Some(10), "10 bậc (40/63 → 30/63)", Standing::Met));
        let (value, standing) = gained(&house, place, 2024).await;
        assert_eq!((value.value, value.shown.as_str()), (Some(-3), "-03 bậc (30/63 → 33/63)"));
        assert_eq!(standing, Standing::NotMet);
        // 63 provinces, then 34: both ranks are shown, and nothing is made of them.
        let (value, standing) = gained(&house, place, 2025).await;
        assert_eq!((value.state, value.value, standing), (State::NoData, None, Standing::NoData));
        assert!(value.shown.starts_with("33/63 → 12/34, không so sánh được"), "{}", value.shown);
        // Nothing was published the year before.
        let (value, standing) = gained(&house, place, 2022).await;
        assert_eq!((value.state, standing), (State::NoData, Standing::NoData));

        // What opens sums to it: the rank before less the rank now.
        let (heads, snapshot) = (Two(Vec::new(), house.clone()), house.reading());
        let ask = Ask::of(place, Period::year(2024).window());
        let mut tx = house.read().await.unwrap();
        let opened = crate::open(&mut tx, &house, &snapshot, &heads, ask, "sipas_gain", &[]).await.unwrap();
        let amounts: Vec<i64> = opened[0].records.iter().map(|one| one.amount).collect();
        assert_eq!(amounts, [-33, 30]);
    }
}

#[tokio::test]
async fn a_pack_may_say_how_ranks_of_two_fields_compare() {
    let text = "[[figure]]\nid = \"sipas_gain\"\nlabel = { vi = \"Số bậc SIPAS tăng\" }\nnoun = { vi = \"bậc\" }\n\
        formula = \"gain(external_index.sipas_rank, 'scaled')\"\n";
    for scratch in testing::both().await.unwrap() {
        let house = overlaid(&scratch, "figures/scheme.toml", text).await;
        let place = unit(&house, "nghe-an", "1/1/2024");
        published(&house, "nghe-an", "33/63", "17/4/2024").await;
        published(&house, "nghe-an", "12/34", "2/7/2025").await;
        // 33 of 63 would be 18 of 34.
        let (value, standing) = gained(&house, place, 2025).await;
        assert_eq!((value.value, standing), (Some(6), Standing::Met));
    }
}
