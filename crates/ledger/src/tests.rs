use db::testing;
use kernel::{Day, day_number, parse_day};

use crate::{Entry, Ground, Line, Moment, differences, opened, split, sums};

fn day(text: &str) -> Day {
    parse_day(text).unwrap()
}

fn line(unit: i64, on: &str, since: &str, amount: i64) -> Line {
    Line {
        figure: 1,
        part: 2,
        unit: unit * 64 + 1,
        subject: 0,
        day: day_number(day(on)),
        since: day_number(day(since)),
        amount,
        basis: 0,
        line: 0,
    }
}

fn ground(from: &str, to: &str, units: &[i64]) -> Vec<Ground> {
    vec![Ground { from: day(from), to: day(to), keys: units.to_vec(), slots: u64::MAX }]
}

#[test]
fn a_window_is_whole_months_and_ragged_edges() {
    let months = |from: &str, to: &str| {
        let (before, months, after) = split(day(from), day(to));
        (before.is_some(), months.map(|(first, last)| last - first + 1), after.is_some())
    };
    assert_eq!(months("1/1/2021", "31/12/2021"), (false, Some(12), false));
    assert_eq!(months("15/12/2020", "14/12/2021"), (true, Some(11), true));
    assert_eq!(months("2/5/2021", "30/5/2021"), (true, None, false));
    assert_eq!(months("2/5/2021", "1/6/2021"), (true, None, false));
    assert_eq!(months("28/2/2021", "31/3/2021"), (true, Some(1), false));
}

#[tokio::test]
async fn a_record_s_evidence_is_replaced_and_every_sum_follows() {
    for scratch in testing::both().await.unwrap() {
        let mut tx = scratch.db.begin().await.unwrap();
        let mut entry = Entry::default();
        entry.insert(&mut tx, 10, &[line(7, "3/5/2021", "1/5/2021", 1)]).await.unwrap();
        entry
            .insert(&mut tx, 11, &[line(7, "20/12/2020", "20/12/2020", 4), line(8, "1/1/2021", "30/12/2020", 1)])
            .await
            .unwrap();
        entry.close(&mut tx).await.unwrap();

        let total = async |tx: &mut db::Tx, moment, from: &str, to: &str, units: &[i64]| {
            let found = sums(tx, &[1], &ground(from, to, units), moment).await.unwrap();
            let listed = opened(tx, &[1], &ground(from, to, units), moment).await.unwrap();
            let sum: i64 = found.iter().map(|sum| sum.amount).sum();
            assert_eq!(sum, listed.iter().map(|one| one.amount).sum::<i64>(), "an opened number comes to itself");
            sum
        };
        assert_eq!(total(&mut tx, Moment::Window, "1/1/2021", "31/12/2021", &[7, 8]).await, 2);
        assert_eq!(total(&mut tx, Moment::Window, "15/12/2020", "14/12/2021", &[7, 8]).await, 6);
        assert_eq!(total(&mut tx, Moment::Carried, "1/1/2021", "31/12/2021", &[7, 8]).await, 1);
        assert_eq!(total(&mut tx, Moment::UpTo, "1/1/2021", "31/1/2021", &[7]).await, 4);
        assert_eq!(
            total(&mut tx, Moment::Cohort { cut_off: day("31/1/2021") }, "1/12/2020", "31/12/2020", &[7, 8]).await,
            5
        );

        let mut entry = Entry::default();
        entry.replace(&mut tx, 11, &[line(8, "1/1/2021", "30/12/2020", 3)]).await.unwrap();
        entry.close(&mut tx).await.unwrap();
        assert_eq!(total(&mut tx, Moment::Window, "15/12/2020", "14/12/2021", &[7, 8]).await, 4);
        let mut entry = Entry::default();
        entry.replace(&mut tx, 11, &[]).await.unwrap();
        entry.replace(&mut tx, 10, &[]).await.unwrap();
        entry.close(&mut tx).await.unwrap();
        assert_eq!(total(&mut tx, Moment::UpTo, "1/1/2000", "14/12/2031", &[7, 8]).await, 0);
        assert_eq!(
            tx.one::<(i64,)>("select count(*) from cell", vec![]).await.unwrap().0,
            0,
            "an emptied cell is gone"
        );
        assert_eq!(differences(&mut tx).await.unwrap(), []);
    }
}
