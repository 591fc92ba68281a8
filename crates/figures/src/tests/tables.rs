//! The statutory tables on letters: how far each matter is settled, what was answered to a transfer, and equations that hold.

use calendar::Window;
use kernel::Id;
use records::fill::RowInput;

use super::*;

const BOOK: &str = "binh-chanh.thang-binh";

struct Desk {
    house: Arc<House>,
    book: i64,
}

impl Desk {
    /// A letter of 01/07/2024, with the steps it took and the days on which its transfer was answered.
    async fn letter(&self, register: &str, fields: &[(&str, &str)], steps: &[(&str, &str)], replies: &[&str]) -> Id {
        let mut input = Input::default().set("received_on", "1/7/2024").set("subject", "Đơn thử").set("topic", "land");
        for (field, text) in fields {
            input = input.set(field, *text);
        }
        let replies = replies
            .iter()
            .map(|on| RowInput { fields: [("on".to_owned(), (*on).to_owned())].into(), ..RowInput::default() });
        input.rows.insert("reply".to_owned(), replies.collect());
        let steps = steps.iter().map(|(step, on)| ((*step).to_owned(), day(on))).collect();
        let by = clerk(self.book, day("30/9/2024"));
        let new = New { unit: self.book, input, steps, ..New::default() };
        act::create(&self.house, &by, register, new).await.unwrap_or_else(|stop| panic!("{stop}")).record.id
    }

    async fn complaint(&self, round: &str, fields: &[(&str, &str)], steps: &[(&str, &str)], replies: &[&str]) {
        let fields = [&[("kind", "complaint"), ("round", round)], fields].concat();
        self.letter("submission", &fields, steps, replies).await;
    }

    async fn petition(&self, fields: &[(&str, &str)], steps: &[(&str, &str)], replies: &[&str]) {
        let fields = [&[("kind", "petition"), ("outcome", "answered")], fields].concat();
        self.letter("submission", &fields, steps, replies).await;
    }

    async fn denunciation(&self, fields: &[(&str, &str)], steps: &[(&str, &str)], replies: &[&str]) -> Id {
        let fields = [&[("form", "letter"), ("conditions_met", "có")], fields].concat();
        self.letter("denunciation", &fields, steps, replies).await
    }
}

const OURS: (&str, &str) = ("competent", "có");
const THEIRS: [(&str, &str); 3] =
    [("competent", "không"), ("guided_to", "thang-binh/ubnd"), ("transferred_to", "thang-binh/ubnd")];
const ACCEPTED: (&str, &str) = ("accept", "5/7/2024");
const GUIDED: [(&str, &str); 1] = [("guide", "5/7/2024")];
const TRANSFERRED: [(&str, &str); 1] = [("transfer", "5/7/2024")];
/// In the quarter, and after it.
const IN: (&str, &str) = ("settle", "1/8/2024");
const AFTER: (&str, &str) = ("settle", "20/9/2024");
const CONCLUDED: (&str, &str) = ("conclude", "1/8/2024");

fn settled_before(how: &'static str) -> Vec<(&'static str, &'static str)> {
    [&THEIRS[..], &[("settlement", how)]].concat()
}

async fn letters(desk: &Desk) {
    desk.complaint("first", &[OURS], &[ACCEPTED, IN], &[]).await;
    desk.complaint("second", &[OURS, ("settlement", "first")], &[ACCEPTED, IN], &[]).await;
    desk.complaint("second", &[OURS, ("settlement", "first")], &[ACCEPTED], &[]).await;
    desk.complaint("first", &[OURS], &[ACCEPTED], &[]).await;
    desk.complaint("first", &[OURS], &[ACCEPTED, AFTER], &[]).await;
    desk.complaint("first", &settled_before("judged"), &GUIDED, &[]).await;
    desk.complaint("second", &settled_before("again"), &GUIDED, &[]).await;
    desk.complaint("first", &settled_before("in_progress"), &GUIDED, &[]).await;
    desk.complaint("first", &THEIRS, &GUIDED, &[]).await;
    // One answer came in the quarter, one after it.
    desk.complaint("first", &THEIRS, &TRANSFERRED, &["1/8/2024", "20/9/2024"]).await;
    // Nobody has handled this one: it is in no column of settlement.
    desk.complaint("first", &[OURS, ("settlement", "judged")], &[], &[]).await;

    desk.petition(&[OURS], &[IN], &[]).await;
    desk.petition(&[OURS], &[ACCEPTED], &[]).await;
    desk.petition(&[OURS], &[ACCEPTED, AFTER], &[]).await;
    desk.petition(&settled_before("first"), &GUIDED, &[]).await;
    desk.petition(&[&THEIRS[..], &[("channel", "reception")]].concat(), &TRANSFERRED, &["2/8/2024"]).await;
    desk.petition(&settled_before("unsettled"), &GUIDED, &[]).await;

    let first = desk.denunciation(&[OURS, ("topic", "corruption")], &[ACCEPTED], &[]).await.handle();
    let again = [OURS, ("follows", &first), ("conclusion", "rejected")];
    desk.denunciation(&again, &[ACCEPTED, CONCLUDED], &[]).await;
    // True: money to be recovered and most of it recovered, people to be sanctioned, two handed to investigators.
    let upheld = [
        OURS,
        ("conclusion", "upheld"),
        ("state_money", "20.000.000"),
        ("sanctioned", "3"),
        ("officials_sanctioned", "1"),
        ("handed_over", "có"),
        ("handed_persons", "2"),
        ("executed_on", "10/8/2024"),
        ("state_money_done", "15.000.000"),
        ("sanctioned_done", "2"),
        ("officials_sanctioned_done", "1"),
    ];
    desk.denunciation(&upheld, &[ACCEPTED, CONCLUDED], &[]).await;
    let overdue = [&THEIRS[..], &[("lower_overdue", "có")]].concat();
    desk.denunciation(&overdue, &TRANSFERRED, &["3/8/2024"]).await;
    desk.denunciation(&settled_before("in_progress"), &GUIDED, &[]).await;
    desk.denunciation(&THEIRS, &GUIDED, &[]).await;
}

#[tokio::test]
async fn settlement_and_replies_are_counted_and_every_equation_of_the_tables_holds() {
    for scratch in testing::both().await.unwrap() {
        let house = settled(&scratch).await;
        let commune = unit(&house, BOOK, "1/7/2024");
        let kinds = house.now().tree.kinds().clone();
        let book = commune.body(kinds.bodies[kinds.body_kind("ubnd").unwrap()].slot.unwrap()).0;
        let desk = Desk { house: house.clone(), book };
        letters(&desk).await;
        let snapshot = house.now();
        let heads = Two(Vec::new(), house.clone());
        let window = Window::new(day("15/6/2024"), day("14/9/2024")).unwrap();
        let of = async |form: &str, marks: &[(&str, i64)]| {
            let table = snapshot.pack.form(form, window.to).unwrap();
            let mut tx = house.read().await.unwrap();
            let ask = Ask::of(commune, window);
            let sheet = crate::form::sheet(&mut tx, &house, &snapshot, &heads, ask, table, &[]).await.unwrap();
            assert_eq!(sheet.broken, [], "{form}");
            let found: Vec<(&str, i64)> = marks
                .iter()
                .map(|(mark, _)| {
                    let at = table.columns.iter().position(|column| column.id == *mark).unwrap();
                    (*mark, sheet.lines[0].values[at].unwrap())
                })
                .collect();
            assert_eq!(found, marks, "{form}");
        };
        of("02-xld-2024", &[("8", 10), ("16", 2), ("17", 2), ("18", 1), ("19", 3), ("20", 2), ("27", 1)]).await;
        of("02-xld-2021", &[("10", 10), ("18", 2), ("19", 2), ("20", 1), ("21", 3), ("22", 2), ("30", 1)]).await;
        of("04-xld-2024", &[("8", 6), ("13", 2), ("14", 4), ("19", 1)]).await;
        of("04-xld-2021", &[("12", 6), ("17", 2), ("18", 2), ("19", 2), ("24", 1)]).await;
        let denounced =
            [("8", 6), ("14", 1), ("17", 0), ("18", 1), ("19", 1), ("20", 4), ("25", 2), ("26", 1), ("27", 1)];
        of("03-xld-2024", &denounced).await;
        of("03-xld-2021", &[("12", 6), ("18", 1), ("22", 1), ("23", 3), ("24", 1), ("25", 1), ("32", 1), ("33", 1)])
            .await;
        of("01-xld-2024", &[("6", 22), ("11", 6), ("12", 3), ("13", 13), ("21", 1), ("22", 3)]).await;
        of("01-xld-2021", &[("9", 22), ("14", 6), ("15", 3), ("16", 7), ("17", 6), ("25", 1), ("26", 3)]).await;
        of("02-tcd-2021", &[("16", 1)]).await;
        let resolved = [("4", 3), ("5", 1), ("6", 2), ("7", 1), ("8", 1), ("11", 20), ("19", 3), ("20", 1), ("21", 1)];
        of("03-kqgq-2021", &resolved).await;
        of("03-kqgq-2021", &[("22", 2), ("24", 1), ("25", 0), ("26", 1), ("27", 1), ("30", 2)]).await;
        of("04-kqgq-2021", &[("1", 2), ("2", 1), ("3", 20), ("5", 15), ("20", 2), ("21", 1), ("22", 0)]).await;
    }
}
