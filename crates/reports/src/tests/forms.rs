//! A statutory table from receptions and letters: its days, its carry-over, its equations, its heads as a workbook.

use db::testing::both;
use kernel::{Day, Lang, show_day};
use papers::FormCell;
use records::{
    By, House,
    act::{self, New},
    fill::Input,
    save,
    testing::{clerk, house},
};
use units::Unit;

use super::{life::NoHeads, period};
use crate::{Source, form};

const TODAY: Day = Day::constant(2024, 12, 20);

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn body(house: &House, code: &str) -> Unit {
    let snapshot = house.now();
    let kinds = snapshot.tree.kinds();
    let slot = kinds.bodies[kinds.body_kind("ubnd").unwrap()].slot.unwrap();
    snapshot.tree.find(code, day("2024-06-01")).unwrap().body(slot)
}

async fn keep(house: &House, by: &By, unit: Unit, register: &str, input: Input, steps: &[(&str, &str)]) {
    let snapshot = house.now();
    let steps = steps.iter().map(|(step, on)| ((*step).to_owned(), day(on))).collect();
    let new = New { unit: unit.0, input, steps, ..New::default() };
    let by = By { old_book: true, ..by.clone() };
    let (changes, _) = act::plan_new(house, &snapshot, &by, register, new).await.unwrap();
    save::save(house, &snapshot, &by, changes).await.unwrap();
}

fn visit(on: &str, reception: &str, persons: &str, turn: &str) -> Input {
    Input::default()
        .set("received_on", show_day(day(on)))
        .set("reception", reception)
        .set("subject", format!("Lượt ngày {on}"))
        .set("kind", "petition")
        .set("persons", persons)
        .set("turn", turn)
}

fn letter(on: &str, kind: &str) -> Input {
    let input = Input::default()
        .set("received_on", show_day(day(on)))
        .set("subject", format!("Đơn ngày {on}"))
        .set("kind", kind)
        .set("topic", "land")
        .set("competent", "yes");
    if kind == "complaint" { input.set("round", "first") } else { input.set("outcome", "answered") }
}

#[tokio::test]
async fn a_quarter_runs_from_the_fifteenth_and_takes_over_what_was_open() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await.unwrap();
        let (one, other) = (body(&house, "11383"), body(&house, "11311"));
        let by = clerk(one.0, TODAY);
        // The 14th of June is the second quarter's; the 15th the third's.
        keep(&house, &by, one, "visit", visit("2024-06-14", "regular", "1", "first"), &[]).await;
        keep(&house, &by, one, "visit", visit("2024-06-15", "regular", "1", "first"), &[]).await;
        keep(&house, &by, one, "visit", visit("2024-07-02", "head", "7", "repeat"), &[]).await;
        keep(&house, &by, other, "visit", visit("2024-09-14", "regular", "2", "first"), &[]).await;
        // One letter lies over from the quarter before, one comes and is settled, one stays.
        keep(&house, &by, one, "submission", letter("2024-06-10", "petition"), &[("settle", "2024-07-01")]).await;
        keep(&house, &by, one, "submission", letter("2024-08-01", "petition"), &[("settle", "2024-08-05")]).await;
        keep(&house, &by, one, "submission", letter("2024-09-10", "petition"), &[]).await;
        let (snapshot, mut tx) = (house.now(), house.read().await.unwrap());
        let source = Source { house: &house, snapshot: &snapshot, heads: &NoHeads };
        let place = one.ground();
        let filled = form::fill(&mut tx, source, "01/TCD", place, period("2024-Q3")).await.unwrap();
        assert_eq!(filled.form.id, "01-tcd-2024");
        assert_eq!((filled.window.from, filled.window.to), (day("2024-06-15"), day("2024-09-14")));
        let of = |filled: &form::FilledForm<'_>, mark: &str| {
            let at = filled.form.columns.iter().position(|column| column.id == mark).unwrap();
            filled.sheet.lines[0].values[at]
        };
        assert_eq!((of(&filled, "1"), of(&filled, "2"), of(&filled, "4")), (Some(2), Some(8), Some(1)));
        assert_eq!((of(&filled, "17"), of(&filled, "18"), of(&filled, "20")), (Some(1), Some(7), Some(1)), "a group");
        assert_eq!(filled.sheet.broken, []);
        let letters = form::fill(&mut tx, source, "04/XLD", place, period("2024-Q3")).await.unwrap();
        let (carried, came, done) = (of(&letters, "2"), of(&letters, "3"), of(&letters, "4"));
        assert_eq!((carried, came, done), (Some(1), Some(2), Some(2)));
        assert_eq!((of(&letters, "5"), of(&letters, "6")), (Some(1), Some(1)), "one of those processed lay over");
        let all = form::fill(&mut tx, source, "01/XLD", place, period("2024-Q3")).await.unwrap();
        assert_eq!((of(&all, "1"), of(&all, "4"), of(&all, "5")), (Some(3), Some(2), Some(1)));
        assert_eq!(all.sheet.broken, []);
        // What is carried out of one period is carried into the next.
        let next = form::fill(&mut tx, source, "01/XLD", place, period("2024-Q4")).await.unwrap();
        assert_eq!(of(&next, "2"), of(&all, "5"));
        let unknown = form::fill(&mut tx, source, "01/TCD", place, period("2026-Q1")).await.map(|_| ());
        let Err(db::Stop::Refused(refused)) = unknown else { panic!("its columns were made up") };
        assert_eq!(refused.0[0].key, "form.unknown_columns");
        // The workbook has the form's heads, merged over and under.
        let face = filled.face(source, Lang::Vi);
        assert_eq!((face.depth(), face.columns.len()), (5, 29));
        let heads = face.heads();
        assert_eq!((heads[0][0].text, heads[0][0].span, heads[0][0].depth), ("Tổng số lượt tiếp", 1, 5));
        assert_eq!(face.columns[0].mark, "1=4+13+22");
        let covered: usize = heads[0].iter().map(|head| head.span).sum();
        assert_eq!(covered, 29, "the top heads cover every column once");
        assert!(matches!(face.lines[0].cells[0], FormCell::Number(2)));
        assert!(face.write().unwrap().starts_with(b"PK"));
    }
}
