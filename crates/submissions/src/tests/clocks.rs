//! The worked deadlines of the law, out of records: each case enters its day and facts and finds its due day on the clock.

use db::{Stop, testing::both};
use kernel::Lang;
use records::{
    act,
    behaviour::{Behaviour as _, Scene},
    fill::{Input, RowInput},
};

use super::{day, due, house, input, late_in_2026, made};
use crate::Classify;

struct Case {
    name: &'static str,
    register: &'static str,
    fields: &'static [(&'static str, &'static str)],
    steps: &'static [(&'static str, &'static str)],
    dues: &'static [(&'static str, &'static str)],
}

const LETTER: [(&str, &str); 2] = [("subject", "Nội dung thử"), ("topic", "land")];
const FIRST: (&str, &str) = ("round", "first");

const CASES: &[Case] = &[
    Case {
        name: "T01",
        register: "submission",
        fields: &[("kind", "complaint"), FIRST, ("received_on", "5/3/2026")],
        steps: &[],
        dues: &[("acceptance", "16/3/2026")],
    },
    Case {
        name: "T03",
        register: "submission",
        fields: &[("kind", "complaint"), FIRST, ("received_on", "28/8/2026")],
        steps: &[],
        dues: &[("acceptance", "11/9/2026")],
    },
    Case {
        name: "T05",
        register: "complaint",
        fields: &[FIRST, ("accepted_on", "16/3/2026")],
        steps: &[],
        dues: &[("first", "15/4/2026")],
    },
    Case {
        name: "T06 complex",
        register: "complaint",
        fields: &[FIRST, ("accepted_on", "16/3/2026"), ("complex", "có")],
        steps: &[],
        dues: &[("first", "4/5/2026")],
    },
    Case {
        name: "T06 remote",
        register: "complaint",
        fields: &[FIRST, ("accepted_on", "16/3/2026"), ("remote", "có")],
        steps: &[],
        dues: &[("first", "4/5/2026")],
    },
    Case {
        name: "T07",
        register: "complaint",
        fields: &[FIRST, ("accepted_on", "16/3/2026"), ("remote", "có"), ("complex", "có")],
        steps: &[],
        dues: &[("first", "15/5/2026")],
    },
    Case {
        name: "T09",
        register: "complaint",
        fields: &[("round", "second"), ("accepted_on", "5/1/2026"), ("complex", "có")],
        steps: &[],
        dues: &[("second", "6/3/2026")],
    },
    Case {
        name: "T10",
        register: "complaint",
        fields: &[("round", "second"), ("accepted_on", "5/1/2026"), ("complex", "có"), ("remote", "có")],
        steps: &[],
        dues: &[("second", "16/3/2026")],
    },
    Case {
        name: "T13",
        register: "complaint",
        fields: &[FIRST, ("accepted_on", "5/1/2026"), ("decision_received_on", "20/1/2026")],
        steps: &[],
        dues: &[("second_window", "23/2/2026")],
    },
    Case {
        name: "T14",
        register: "complaint",
        fields: &[FIRST, ("accepted_on", "5/1/2026"), ("decision_received_on", "20/1/2026"), ("remote", "có")],
        steps: &[],
        dues: &[("second_window", "6/3/2026")],
    },
    Case {
        name: "T15, T17",
        register: "complaint",
        fields: &[FIRST, ("accepted_on", "5/1/2026"), ("result", "upheld")],
        steps: &[("decide", "12/2/2026")],
        dues: &[("send_first", "24/2/2026"), ("publish", "27/2/2026")],
    },
    Case {
        name: "T18",
        register: "complaint",
        fields: &[FIRST, ("accepted_on", "5/3/2026"), ("result", "upheld")],
        steps: &[("decide", "1/4/2026"), ("send", "3/4/2026"), ("take_effect", "2/5/2026")],
        dues: &[("effect", "1/5/2026"), ("execution", "8/5/2026")],
    },
    Case {
        name: "T20",
        register: "denunciation",
        fields: &[("form", "letter"), ("received_on", "9/2/2026"), ("several_places", "có")],
        steps: &[],
        dues: &[("intake", "2/3/2026")],
    },
    Case {
        name: "T21",
        register: "denunciation",
        fields: &[("form", "letter"), ("received_on", "11/2/2026"), ("competent", "không")],
        steps: &[],
        dues: &[("transfer", "25/2/2026")],
    },
    Case {
        name: "T22, T25",
        register: "denunciation",
        fields: &[("form", "letter"), ("received_on", "12/1/2026"), ("competent", "có"), ("conditions_met", "có")],
        steps: &[("accept", "19/1/2026")],
        dues: &[("resolve", "23/2/2026"), ("notice", "26/1/2026")],
    },
    Case {
        name: "T26",
        register: "denunciation",
        fields: &[
            ("form", "letter"),
            ("received_on", "2/3/2026"),
            ("competent", "có"),
            ("conditions_met", "có"),
            ("conclusion", "upheld"),
        ],
        steps: &[("accept", "4/3/2026"), ("conclude", "20/3/2026")],
        dues: &[("send", "27/3/2026"), ("act", "31/3/2026"), ("publish", "31/3/2026")],
    },
    Case {
        name: "T27",
        register: "denunciation",
        fields: &[("form", "letter"), ("received_on", "2/2/2026"), ("channel", "press")],
        steps: &[],
        dues: &[("forwarder", "23/2/2026")],
    },
    Case {
        name: "T29",
        register: "denunciation",
        fields: &[("form", "letter"), ("received_on", "27/8/2026"), ("overdue_told_on", "27/8/2026")],
        steps: &[],
        dues: &[("overdue_demand", "8/9/2026")],
    },
    Case {
        name: "T30",
        register: "submission",
        fields: &[("kind", "petition"), ("channel", "reception"), ("received_on", "6/2/2026")],
        steps: &[],
        dues: &[("first_answer", "27/2/2026")],
    },
    Case {
        name: "T32",
        register: "complaint",
        fields: &[FIRST, ("accepted_on", "20/7/2026"), ("dialogue_planned_on", "20/8/2026")],
        steps: &[],
        dues: &[("dialogue_notice", "14/8/2026")],
    },
    Case {
        name: "T36",
        register: "submission",
        fields: &[
            ("kind", "feedback"),
            ("received_on", "24/4/2026"),
            ("administrative_rule", "có"),
            ("competent", "không"),
        ],
        steps: &[],
        dues: &[("rule_transfer", "6/5/2026")],
    },
    Case {
        name: "T37",
        register: "denunciation",
        fields: &[("form", "letter"), ("received_on", "22/1/2025")],
        steps: &[],
        dues: &[("intake", "7/2/2025")],
    },
    Case {
        name: "45 days",
        register: "submission",
        fields: &[("kind", "petition"), ("received_on", "3/8/2026")],
        steps: &[],
        dues: &[("alert", "17/9/2026")],
    },
];

#[tokio::test]
async fn the_worked_deadlines_come_out_of_records() {
    for scratch in both().await.unwrap().into_iter().take(1) {
        let house = house(&scratch).await;
        let by = late_in_2026(&house, 0);
        for case in CASES {
            // The commune of 2025 has another body: the book is that of the day of receipt.
            let on = if case.name == "T37" { day("22/1/2025") } else { day("1/12/2026") };
            let by = records::By { seat: super::committee(&house, 0, on).0, ..by.clone() };
            let fields: Vec<(&str, &str)> = LETTER.iter().chain(case.fields).copied().collect();
            let record = made(&house, &by, case.register, &fields, case.steps).await;
            for (clock, expected) in case.dues {
                assert_eq!(due(&record, clock), Some(day(expected)), "{} {clock}", case.name);
            }
        }
    }
}

#[tokio::test]
async fn a_stopped_clock_waits_and_an_extended_one_goes_on() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await;
        let by = late_in_2026(&house, 0);
        let unit = super::code(&house, units::Unit(by.seat), by.today);
        let fields = [&LETTER[..], &[FIRST, ("accepted_on", "3/8/2026"), ("about", "decision")]].concat();
        let case = made(&house, &by, "complaint", &fields, &[]).await;
        assert_eq!(due(&case, "first"), Some(day("3/9/2026")), "2/9 is a holiday");
        super::stepped(&house, &by, &case, "assign", "4/8/2026", &[("verified_by", &unit)]).await;
        let halted =
            super::stepped(&house, &by, &case, "suspend", "10/8/2026", &[("suspension_ground", "awaits")]).await;
        let first = halted.document.clocks.iter().find(|running| running.clock == "first").unwrap();
        assert_eq!((first.runs(), first.suspended), (false, Some(day("10/8/2026"))));
        assert_eq!(due(&halted, "send_suspension"), Some(day("13/8/2026")));
        let resumed = super::stepped(&house, &by, &case, "resume", "20/8/2026", &[]).await;
        assert_eq!(due(&resumed, "first"), Some(day("14/9/2026")), "ten days were not counted; 12/9 is a Saturday");
        let complex = [("complex", "có"), ("complex_ground", "places")];
        let complex = super::stepped(&house, &by, &case, "complicate", "21/8/2026", &complex).await;
        assert_eq!(due(&complex, "first"), Some(day("28/9/2026")), "45 days and ten; 27/9 is a Sunday");
        let back = records::act::undo(&house, &by, case.id, complex.version).await.unwrap().record;
        assert_eq!(back.document.steps.len(), 3);

        let fields = [
            &LETTER[..],
            &[("form", "letter"), ("received_on", "12/1/2026"), ("competent", "có"), ("conditions_met", "có")],
        ]
        .concat();
        let denounced = made(&house, &by, "denunciation", &fields, &[("accept", "19/1/2026")]).await;
        let extended = [("extension_paper", "Quyết định 05/QĐ-UBND"), ("complex", "có")];
        let extended = super::stepped(&house, &by, &denounced, "extend", "18/2/2026", &extended).await;
        assert_eq!(due(&extended, "resolve"), Some(day("20/3/2026")), "60 days from acceptance");
    }
}

/// Obstacles by rows: from, to, why.
fn obstacles(rows: &[[&str; 3]]) -> Input {
    let row = |row: &[&str; 3]| {
        let fields =
            ["from", "to", "why"].into_iter().zip(row).map(|(name, text)| (name.to_owned(), (*text).to_owned()));
        RowInput { n: None, fields: fields.collect() }
    };
    let mut input = Input::default();
    input.rows.insert("obstacle".to_owned(), rows.iter().map(row).collect());
    input
}

#[tokio::test]
async fn time_of_obstacles_does_not_count_and_decides_what_is_proposed() {
    for scratch in both().await.unwrap() {
        let house = house(&scratch).await;
        let snapshot = house.now();
        let by = late_in_2026(&house, 0);
        let scene =
            Scene { house: &house, snapshot: &snapshot, by: &by, register: snapshot.register("submission").unwrap() };
        let more = [
            FIRST,
            ("kind", "complaint"),
            ("about", "decision"),
            ("learned_on", "5/1/2026"),
            ("received_on", "20/4/2026"),
            ("competent", "có"),
        ];
        let letter = made(&house, &by, "submission", &[&LETTER[..], &more].concat(), &[]).await;
        let proposed = async |record: &records::Record| {
            let proposals = Classify.propose(scene, Lang::Vi, record).await.unwrap();
            let first = proposals.into_iter().find(|one| one.step.is_some()).unwrap();
            (first.step.unwrap(), first.fields)
        };
        assert_eq!(due(&letter, "time_bar"), Some(day("6/4/2026")), "90 days, and 5/4 is a Sunday");
        let (step, fields) = proposed(&letter).await;
        assert_eq!((step.as_str(), &fields[0]), ("refuse", &("article_11".to_owned(), "time_bar".to_owned())));
        let against = act::take(&house, &by, letter.id, letter.version, "accept", by.today, Input::default()).await;
        let Err(Stop::Refused(refused)) = against else { panic!("the table proposes otherwise") };
        assert_eq!(refused.0[0].key, "submission.other_than_proposed");

        let backwards = obstacles(&[["20/3/2026", "1/3/2026", "illness"]]);
        let Err(Stop::Refused(refused)) = act::edit(&house, &by, letter.id, letter.version, backwards).await else {
            panic!("an interval does not run backwards")
        };
        assert_eq!(
            (refused.0[0].key.as_ref(), refused.0[0].field.as_deref()),
            ("calendar.window_backwards", Some("obstacle.0.to"))
        );
        let ill = obstacles(&[["1/3/2026", "10/3/2026", "illness"], ["11/3/2026", "20/3/2026", "disaster"]]);
        let ill = act::edit(&house, &by, letter.id, letter.version, ill).await.unwrap().record;
        let bar = ill.document.clocks.iter().find(|running| running.clock == "time_bar").unwrap();
        assert_eq!((bar.due, bar.excluded.len()), (day("28/4/2026"), 2), "twenty days more; 25–27/4 are off");
        let derived: calendar::Due = serde_json::from_value(bar.derivation.clone()).unwrap();
        assert!(
            derived.sentence(Lang::Vi).contains("trừ 01–20/03 (thời gian được trừ)"),
            "{}",
            derived.sentence(Lang::Vi)
        );
        assert_eq!(proposed(&ill).await.0, "accept", "within the time-bar now");
        // Taken away again, the time counts again.
        let well = act::edit(&house, &by, letter.id, ill.version, obstacles(&[])).await.unwrap().record;
        assert_eq!((due(&well, "time_bar"), proposed(&well).await.0.as_str()), (Some(day("6/4/2026")), "refuse"));
        let mut tx = house.read().await.unwrap();
        assert_eq!(ledger::differences(&mut tx).await.unwrap(), []);
    }
}

#[tokio::test]
async fn nothing_runs_before_the_signed_letter() {
    let scratches = both().await.unwrap();
    let house = house(&scratches[0]).await;
    let by = late_in_2026(&house, 0);
    let online =
        [("kind", "complaint"), FIRST, ("channel", "online"), ("received_on", "3/8/2026"), ("competent", "có")];
    let announced = made(&house, &by, "submission", &[&LETTER[..], &online].concat(), &[]).await;
    assert_eq!((due(&announced, "acceptance"), due(&announced, "alert").is_some()), (None, true));
    let early = act::take(&house, &by, announced.id, announced.version, "accept", day("5/8/2026"), Input::default());
    assert!(early.await.is_err(), "not accepted without a signature");
    let signed = act::edit(&house, &by, announced.id, announced.version, input(&[("signed_on", "10/8/2026")])).await;
    assert_eq!(due(&signed.unwrap().record, "acceptance"), Some(day("19/8/2026")));

    let boxed = [("subject", "Tin báo"), ("topic", "land"), ("form", "letter"), ("channel", "sealed_box")];
    let boxed = [&boxed[..], &[("received_on", "3/8/2026")]].concat();
    let told = made(&house, &by, "denunciation", &boxed, &[]).await;
    assert_eq!((due(&told, "intake"), due(&told, "alert").is_some()), (None, true));
    let signed = [&boxed[..], &[("signed_on", "10/8/2026")]].concat();
    let letter = made(&house, &by, "denunciation", &signed, &[]).await;
    assert_eq!(due(&letter, "intake"), Some(day("19/8/2026")));
}

#[tokio::test]
async fn a_case_keeps_its_state_where_a_step_only_adds_to_it() {
    let scratches = both().await.unwrap();
    let house = house(&scratches[0]).await;
    let by = late_in_2026(&house, 0);
    let fields = [&LETTER[..], &[FIRST, ("accepted_on", "3/8/2026"), ("about", "decision")]].concat();
    let case = made(&house, &by, "complaint", &fields, &[]).await;
    let less = super::stepped(&house, &by, &case, "withdraw_part", "4/8/2026", &[("withdrawn_content", "ý hai")]).await;
    assert_eq!(less.state.as_deref(), Some("accepted"), "not verified yet");
    super::stepped(&house, &by, &less, "decide", "10/8/2026", &[("result", "rejected")]).await;
    super::stepped(&house, &by, &less, "send", "11/8/2026", &[]).await;
    let sued = super::stepped(&house, &by, &less, "sue", "14/8/2026", &[]).await;
    let told = super::stepped(&house, &by, &sued, "publish", "20/8/2026", &[("published_by", "posting")]).await;
    assert_eq!(told.state.as_deref(), Some("court"));
    assert!(told.document.clocks.iter().all(|running| running.clock != "publish" || !running.runs()));
}
