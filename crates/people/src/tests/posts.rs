use jiff::civil::date;
use units::Unit;

use super::{SHELL, commune, houses, now, tree, unit};
use crate::{Holder, Posts, enter_holders};

fn holder(unit: Unit, post: &str, name: &str, from: kernel::Day, to: Option<kernel::Day>) -> Holder {
    Holder { unit, post: post.into(), name: name.into(), from, to }
}

#[tokio::test]
async fn who_held_a_post_on_a_day() {
    for house in houses().await {
        let (province, low) = (unit("31/ubnd"), commune("ubnd"));
        let all = [
            holder(province, "chu-tich-ubnd", "Trần Văn B", date(2021, 6, 1), None),
            holder(province, "chu-tich-ubnd", "Nguyễn Văn A", date(2016, 6, 1), Some(date(2021, 6, 1))),
            holder(low, "chu-tich-ubnd", "Lê Thị C", date(2025, 7, 1), Some(date(2026, 1, 1))),
        ];
        let mut tx = house.db().begin().await.unwrap();
        enter_holders(&mut tx, &house.ids, SHELL, &all, now()).await.unwrap();
        let posts = Posts::load(&mut tx).await.unwrap();
        let entries = timeline::list(&mut tx, timeline::Kind::Unit.of(province.0), i64::MAX, 9).await.unwrap();
        assert_eq!(entries.len(), 2);
        tx.commit().await.unwrap();
        let held = |unit, day| {
            posts.who_held("chu-tich-ubnd", unit, day).iter().map(|held| held.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(held(province, date(2021, 5, 31)), ["Nguyễn Văn A"]);
        assert_eq!(held(province, date(2021, 6, 1)), ["Trần Văn B"]);
        assert!(held(province, date(2010, 1, 1)).is_empty() && held(low, date(2026, 1, 1)).is_empty());
        let tree = tree();
        let heads =
            |year: i16| posts.heads_in(&tree, (date(year, 1, 1), date(year, 12, 31)), &[province, low, unit("31")]);
        let post = || "chu-tich-ubnd".to_owned();
        assert_eq!(heads(2026), [(province, post(), true), (low, post(), false)]);
        assert_eq!(heads(2025), [(province, post(), true), (low, post(), true)]);
    }
}

#[tokio::test]
async fn thousands_of_holders_are_entered_at_once() {
    for house in houses().await {
        let tree = tree();
        let at = tree.at(super::TODAY);
        let scope = tree.kinds().scope(Some("commune"), &["ubnd"], None).unwrap();
        let bodies = at.under(tree.root().unwrap(), &scope);
        let all: Vec<Holder> = bodies
            .iter()
            .map(|body| holder(*body, "chu-tich-ubnd", "Người minh họa", date(2025, 7, 1), None))
            .collect();
        assert!(all.len() > 3_000);
        let mut tx = house.db().begin().await.unwrap();
        enter_holders(&mut tx, &house.ids, SHELL, &all, now()).await.unwrap();
        let posts = Posts::load(&mut tx).await.unwrap();
        let heads = posts.heads_in(&tree, (date(2026, 1, 1), date(2026, 6, 30)), &bodies);
        assert_eq!((heads.len(), heads.iter().filter(|(.., held)| *held).count()), (all.len(), all.len()));
    }
}
