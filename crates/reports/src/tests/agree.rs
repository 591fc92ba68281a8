//! Figures held against one another: each relation broken once, and sound answers that dispute nothing.

use calendar::Window;
use pack::outline::Moment;
use records::testing::snapshot;

use super::{counted, parts, scene, share};
use crate::{
    Answer, Answers, Question, Relation,
    agree::{Dispute, disputes},
};

#[test]
fn what_does_not_agree_is_named_and_what_does_is_not() {
    let snapshot = snapshot();
    let scene = scene(&snapshot, "hai-phong", "2021");
    let at = |figure: &str| scene.question_at(figure, Moment::Now);
    let open = at("submission.open");
    let year = scene.window_of(Moment::YearBefore);
    let before = Question { window: Window { to: open.window.from.yesterday().unwrap(), ..year }, ..open.clone() };
    let below = Question { unit: scene.below()[0].0, ..at("dialogue.held") };
    let letters = |amount| counted(amount, "đơn");
    let held =
        |periodic| parts(counted(10, "cuộc"), &[(&[("kind", "periodic")], periodic), (&[("kind", "ad_hoc")], 3)]);
    let stock = |left| {
        let told = [(at("submission.received"), letters(30)), (at("submission.handled"), letters(28))];
        let ends = [(before.clone(), letters(5)), (open.clone(), letters(left))];
        told.into_iter().chain(ends).collect::<Vec<_>>()
    };
    let hand = |told| {
        let mut made = stock(7);
        made.push((at("letters_on_hand"), letters(told)));
        made
    };
    let settled = |percent| Answer { percent: Some(percent), ..share(5, 8, "vụ việc") };
    let found = |told: Vec<(Question, Answer)>| -> Vec<Dispute> {
        disputes(&scene, &Answers { values: told.into_iter().collect(), ..Answers::default() })
    };
    let rough = Answer { number: "hơn 10".to_owned(), ..held(8) };
    let sound = [
        vec![(at("dialogue.held"), held(7))],
        vec![(at("dialogue.held"), held(6))],
        vec![(at("dialogue.held"), rough)],
        vec![(at("dialogue.held"), counted(10, "cuộc")), (below.clone(), counted(10, "cuộc"))],
        vec![(at("complex_cases_settled"), settled(625))],
        stock(7),
        hand(35),
    ];
    for told in sound {
        assert_eq!(found(told), []);
    }
    let broken = [
        (Relation::Parts, vec![(at("dialogue.held"), held(8))], "11"),
        (Relation::Below, vec![(at("dialogue.held"), counted(10, "cuộc")), (below, counted(11, "cuộc"))], "11"),
        (Relation::Share, vec![(at("complex_cases_settled"), share(9, 8, "vụ việc"))], "8"),
        (Relation::Percent, vec![(at("complex_cases_settled"), settled(630))], "62,5%"),
        (Relation::Stock, stock(8), "7"),
        (Relation::Formula, hand(36), "35"),
    ];
    for (relation, told, expected) in broken {
        let found = found(told);
        let [one] = found.as_slice() else { panic!("{relation:?}: {found:?}") };
        assert_eq!((one.relation, one.expected.shown.as_str()), (relation, expected));
        assert!(one.told.href.starts_with("/figures/") && one.expected.href.starts_with("/figures/"), "{one:?}");
    }
}
