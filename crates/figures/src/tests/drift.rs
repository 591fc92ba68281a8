//! Nothing drifts: whatever is written, corrected, stepped, taken back, the cells are the facts and the facts are the records.

use proptest::prelude::*;
use records::store;

use super::*;

#[derive(Clone, Debug)]
enum Done {
    Hold { month: u8, attendance: u16, thematic: bool },
    Correct { which: usize, attendance: u16 },
    Undo { which: usize },
    Void { which: usize },
}

fn done() -> impl Strategy<Value = Done> {
    prop_oneof![
        3 => (1..=12_u8, 1..500_u16, any::<bool>()).prop_map(|(month, attendance, thematic)| Done::Hold { month, attendance, thematic }),
        2 => (0..8_usize, 1..500_u16).prop_map(|(which, attendance)| Done::Correct { which, attendance }),
        1 => (0..8_usize).prop_map(|which| Done::Undo { which }),
        1 => (0..8_usize).prop_map(|which| Done::Void { which }),
    ]
}

async fn act_out(house: &House, all: &[Done]) {
    let book = unit(house, "11383/ubnd", "3/5/2021");
    let mut by = clerk(book.0, day("10/1/2022"));
    by.old_book = true;
    let mut made: Vec<Id> = Vec::new();
    for one in all {
        let found = |which: usize| (!made.is_empty()).then(|| made[which % made.len()]);
        match one {
            Done::Hold { month, attendance, thematic } => {
                let kind = if *thematic { "thematic" } else { "periodic" };
                let id = held(house, "11383/ubnd", &format!("3/{month}/2021"), kind, "11383/ubnd:chu-tich-ubnd").await;
                made.push(id);
                correct(house, &by, id, *attendance).await;
            }
            Done::Correct { which, attendance } => {
                if let Some(id) = found(*which) {
                    correct(house, &by, id, *attendance).await;
                }
            }
            Done::Undo { which } => {
                if let Some(id) = found(*which) {
                    // A record that was taken back, or took no step, refuses: nothing may change then.
                    let _ = act::undo(house, &by, id, version(house, id).await).await;
                }
            }
            Done::Void { which } => {
                if let Some(id) = found(*which) {
                    let _ = act::void(house, &by, id, version(house, id).await, "ghi trùng").await;
                }
            }
        }
    }
}

async fn version(house: &House, id: Id) -> i64 {
    let mut tx = house.read().await.unwrap();
    store::version(&mut tx, id.0).await.unwrap()
}

async fn correct(house: &House, by: &records::By, id: Id, attendance: u16) {
    let mut input = Input::default();
    input.fields.insert("attendance".into(), attendance.to_string());
    let _ = act::edit(house, by, id, version(house, id).await, input).await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn cells_are_facts_and_facts_are_records(all in prop::collection::vec(done(), 1..12)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let checked: Result<(), TestCaseError> = runtime.block_on(async {
            for scratch in testing::both().await.unwrap() {
                let house = settled(&scratch).await;
                act_out(&house, &all).await;
                let mut tx = house.read().await.unwrap();
                prop_assert_eq!(ledger::differences(&mut tx).await.unwrap(), []);
                drop(tx);
                let rebuilt = crate::rebuild::all(&house).await.unwrap();
                prop_assert_eq!(rebuilt.changed, 0, "{:?}", rebuilt);

                // And what opens sums to the number.
                let city = unit(&house, "hai-phong", "31/12/2021");
                let (heads, snapshot) = (Two(Vec::new(), house.clone()), house.now());
                let mut tx = house.read().await.unwrap();
                for figure in ["dialogue.held", "dialogue.attendance"] {
                    let value = crate::read(&mut tx, &house, &snapshot, &heads, year(city), figure).await.unwrap();
                    let opened = crate::open(&mut tx, &house, &snapshot, &heads, year(city), figure, &[]).await.unwrap();
                    let sum: i64 = opened[0].records.iter().map(|one| one.amount).sum();
                    prop_assert_eq!(value.value.unwrap_or(0), sum);
                }
            }
            Ok(())
        });
        checked?;
    }
}
