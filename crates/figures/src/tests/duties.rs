//! What heads owe: turn by turn, by whom the post was held, and what a deputy did apart.

use calendar::Window;
use pack::duty::Every;
use people::{Holder, Posts};
use units::Unit;

use super::*;
use crate::{Chair, TurnState, chairs, owed};

fn holder(unit: Unit, post: &str, from: &str, to: Option<&str>) -> Holder {
    Holder { unit, post: post.into(), name: "Người minh họa".into(), from: day(from), to: to.map(day) }
}

async fn posts(house: &House, holders: &[Holder]) -> Posts {
    let mut tx = house.db.begin().await.unwrap();
    people::enter_holders(&mut tx, &house.ids, (0, 0), holders, NOW.parse().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    Posts::load(&mut house.read().await.unwrap()).await.unwrap()
}

async fn standing(house: &House, chair: &Chair, window: Window, today: &str) -> Vec<(String, Vec<TurnState>)> {
    let snapshot = house.now();
    let mut tx = house.read().await.unwrap();
    let all = owed(&mut tx, house, &snapshot, std::slice::from_ref(chair), window, day(today)).await.unwrap();
    let each = all[0].iter();
    each.map(|owed| (owed.duty.id.clone(), owed.turns.iter().map(|turn| turn.state).collect())).collect()
}

#[tokio::test]
async fn a_head_owes_by_turns_and_only_while_the_post_is_held() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        let ward = unit(&house, "11383", "31/12/2021");
        let chairman = "11383/ubnd:chu-tich-ubnd";
        held(&house, "11383/ubnd", "3/5/2021", "periodic", chairman).await;
        // Co-chaired elsewhere, in another body's book: it counts for the post all the same.
        held(&house, "11296/ubnd", "4/6/2021", "periodic", &format!("11296/ubnd:chu-tich-ubnd; {chairman}")).await;
        let ubnd = unit(&house, "11383/ubnd", "31/12/2021");
        let book = posts(&house, &[holder(ubnd, "chu-tich-ubnd", "1/7/2020", None)]).await;
        let year = Period::year(2021).window();
        let all = chairs(&house.now(), &book, ward, year);
        let chair = all.iter().find(|chair| chair.post == "chu-tich-ubnd").unwrap();
        let vacant = all.iter().find(|chair| chair.post == "bi-thu").unwrap();
        assert!(vacant.holders.is_empty(), "the post stands though nobody held it");

        let state = |all: &[(String, Vec<TurnState>)], id: &str| all.iter().find(|one| one.0 == id).unwrap().1.clone();
        let after = standing(&house, chair, year, "10/1/2022").await;
        assert_eq!(state(&after, "dialogue"), [TurnState::Done]);
        assert_eq!(state(&after, "youth"), [TurnState::Missed]);
        // A rule that stood from July 2023 is not owed in 2021.
        assert!(after.iter().all(|(id, _)| id != "annual_conference"), "{after:?}");
        let during = standing(&house, chair, year, "10/6/2021").await;
        assert_eq!(state(&during, "youth"), [TurnState::Due]);
        let before = standing(&house, chair, year, "31/12/2020").await;
        assert_eq!(state(&before, "youth"), [TurnState::Ahead]);
        let nobody = standing(&house, vacant, year, "10/1/2022").await;
        assert_eq!(state(&nobody, "dialogue"), [TurnState::Vacant]);
    }
}

#[test]
fn a_list_of_heads_tells_duties_of_one_name_in_one_line() {
    let pack = pack::Pack::base().unwrap();
    let duty = pack.duties.values().flatten().find(|duty| duty.id == "dialogue").unwrap();
    let turn =
        |state| crate::Turn { window: Period::year(2021).window(), done: Vec::new(), state, due: day("31/12/2021") };
    let one = |states: &[TurnState]| crate::Owed {
        duty: std::borrow::Cow::Borrowed(duty),
        turns: states.iter().copied().map(turn).collect(),
        delegated: Vec::new(),
        href: None,
    };
    let all =
        [one(&[TurnState::Done, TurnState::Missed, TurnState::Vacant]), one(&[TurnState::Missed, TurnState::Ahead])];
    let lines = crate::duty::lines(&all, kernel::Lang::Vi);
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((line.done, line.whole, line.missed), (1, 4, 2));
    // Nobody held the post, or no turn falls into the window: nothing is owed, and nothing is said.
    assert!(crate::duty::lines(&[one(&[TurnState::Vacant]), one(&[])], kernel::Lang::Vi).is_empty());
}

#[test]
fn turns_are_owed_whole() {
    let pack = pack::Pack::base().unwrap();
    let duty = pack.duties.values().flatten().find(|duty| duty.id == "dialogue").unwrap();
    let every = |every, from: &str, to: &str| {
        let duty = pack::duty::Duty {
            every,
            valid_from: Some(day("6/1/2025")),
            valid_to: Some(day("30/6/2026")),
            ..duty.clone()
        };
        duty.turns(Window::new(day(from), day(to)).unwrap()).len()
    };
    // 2025 begins on a Wednesday: its first whole week under the rule begins on Monday the 6th.
    assert_eq!(every(Every::Week, "1/1/2025", "31/12/2025"), 51);
    assert_eq!(every(Every::Month, "1/1/2025", "31/12/2025"), 11);
    assert_eq!(every(Every::Year, "1/1/2026", "31/12/2026"), 0);
    assert_eq!(every(Every::Half, "1/1/2026", "31/12/2026"), 1);
}

/// Turns are told as an officer would write them: runs of months, quarters in Roman numbers, reporting windows by their days.
#[test]
fn turns_are_told_in_few_words() {
    let window = |from: &str, to: &str| Window { from: day(from), to: day(to) };
    let months = |numbers: &[i8]| -> Vec<Window> {
        let month = |month: &i8| format!("2026-{month:02}").parse::<Period>().unwrap().window();
        numbers.iter().map(month).collect()
    };
    let told = |turns: &[Window]| crate::turns::told(kernel::Lang::Vi, turns);
    assert_eq!(told(&months(&[1, 3, 4, 5])), "tháng 1, 3–5/2026");
    assert_eq!(told(&months(&[1, 2, 12])), "tháng 1, 2, 12/2026");
    let quarter = |number: i8| format!("2026-Q{number}").parse::<Period>().unwrap().window();
    assert_eq!(told(&[quarter(1), quarter(3)]), "quý I, III/2026");
    assert_eq!(told(&[Period::year(2025).window(), Period::year(2026).window()]), "năm 2025; năm 2026");
    assert_eq!(told(&[window("1/7/2026", "31/12/2026")]), "6 tháng cuối năm 2026");
    let weeks = [window("5/1/2026", "11/1/2026"), window("12/1/2026", "18/1/2026"), window("26/1/2026", "1/2/2026")];
    assert_eq!(told(&weeks), "2 kỳ từ 05/01/2026 đến 18/01/2026; 26/01/2026–01/02/2026");
    assert_eq!(told(&[]), "");
}
