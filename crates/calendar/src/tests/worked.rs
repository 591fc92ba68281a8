//! The worked examples, each as a person would ask for it.

use super::{ask, day, holidays, run};
use crate::{Course, Window};

/// Name, limit, from, facts, nominal, due.
type Example = (&'static str, &'static str, &'static str, &'static [&'static str], &'static str, &'static str);

const EXAMPLES: &[Example] = &[
    ("T01", "complaint.acceptance", "05/03/2026", &[], "15/03/2026", "16/03/2026"),
    ("T02", "complaint.acceptance", "05/03/2026", &["basis=decree"], "19/03/2026", "19/03/2026"),
    ("T03", "complaint.acceptance", "28/08/2026", &[], "11/09/2026", "11/09/2026"),
    ("T05", "complaint.first", "16/03/2026", &[], "15/04/2026", "15/04/2026"),
    ("T06 complex", "complaint.first", "16/03/2026", &["complex"], "30/04/2026", "04/05/2026"),
    ("T06 remote", "complaint.first", "16/03/2026", &["remote"], "30/04/2026", "04/05/2026"),
    ("T07", "complaint.first", "16/03/2026", &["remote", "complex"], "15/05/2026", "15/05/2026"),
    ("T09 complex", "complaint.second", "05/01/2026", &["complex"], "06/03/2026", "06/03/2026"),
    ("T09 remote", "complaint.second", "05/01/2026", &["remote"], "06/03/2026", "06/03/2026"),
    ("T10", "complaint.second", "05/01/2026", &["remote", "complex"], "16/03/2026", "16/03/2026"),
    ("T11", "complaint.time_bar", "01/12/2025", &[], "01/03/2026", "02/03/2026"),
    ("T13", "complaint.second_window", "20/01/2026", &[], "19/02/2026", "23/02/2026"),
    ("T14", "complaint.second_window", "20/01/2026", &["remote"], "06/03/2026", "06/03/2026"),
    ("T15", "complaint.send_first", "12/02/2026", &[], "24/02/2026", "24/02/2026"),
    ("T17", "complaint.publish", "12/02/2026", &[], "27/02/2026", "27/02/2026"),
    ("T18 wait", "complaint.effect", "01/04/2026", &[], "01/05/2026", "01/05/2026"),
    ("T18 execute", "complaint.execution", "02/05/2026", &[], "08/05/2026", "08/05/2026"),
    ("T20", "denunciation.intake", "09/02/2026", &["several_places"], "02/03/2026", "02/03/2026"),
    ("T21", "denunciation.transfer", "11/02/2026", &[], "25/02/2026", "25/02/2026"),
    ("T22", "denunciation.resolve", "19/01/2026", &[], "18/02/2026", "23/02/2026"),
    ("T25", "denunciation.notice", "19/01/2026", &[], "26/01/2026", "26/01/2026"),
    ("T26 send", "denunciation.send", "20/03/2026", &[], "27/03/2026", "27/03/2026"),
    ("T26 act", "denunciation.act", "20/03/2026", &[], "31/03/2026", "31/03/2026"),
    ("T26 publish", "denunciation.publish", "20/03/2026", &[], "31/03/2026", "31/03/2026"),
    ("T27", "denunciation.forwarder", "02/02/2026", &[], "22/02/2026", "23/02/2026"),
    ("T29", "denunciation.overdue_demand", "27/08/2026", &[], "08/09/2026", "08/09/2026"),
    ("T30", "reception.answer", "06/02/2026", &[], "27/02/2026", "27/02/2026"),
    ("T32", "complaint.dialogue_notice", "20/08/2026", &[], "15/08/2026", "14/08/2026"),
    ("T34", "discipline.time_bar", "30/01/2026", &[], "14/02/2026", "23/02/2026"),
    ("T36", "feedback.transfer", "24/04/2026", &[], "06/05/2026", "06/05/2026"),
    ("T37", "denunciation.intake", "22/01/2025", &[], "07/02/2025", "07/02/2025"),
];

#[test]
fn the_worked_examples_hold() {
    for (name, limit, from, set, nominal, due) in EXAMPLES {
        let got = ask(limit, from, set).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert_eq!((got.nominal, got.due), (day(nominal), day(due)), "{name}");
        // Where the decree departs from the law, the answer says that it is to be asked.
        assert_eq!(got.certain, !set.contains(&"basis=decree"), "{name}");
        let set = match day(from) {
            from if from < day("01/07/2025") => "RS-2021",
            from if from < day("01/07/2026") => "RS-2025-07",
            _ => "RS-2026-07",
        };
        assert_eq!(got.rule_set, set, "{name}");
    }
}

#[test]
fn other_facts_choose_other_rows() {
    for (limit, from, set, due) in [
        ("complaint.send_second", "05/03/2026", &[][..], "12/03/2026"),
        ("complaint.send_second", "05/03/2026", &["basis=decree"], "16/03/2026"),
        ("complaint.acceptance", "30/06/2026", &[], "10/07/2026"),
        ("complaint.acceptance", "01/07/2026", &["basis=decree"], "10/07/2026"),
        ("discipline.time_bar", "02/03/2026", &["round=2"], "12/03/2026"),
        ("discipline.time_bar", "02/03/2026", &["round=2", "dismissal"], "01/04/2026"),
        ("discipline.first", "16/03/2026", &["complex"], "04/05/2026"),
        ("denunciation.review", "02/02/2026", &[], "23/02/2026"),
        ("reception.schedule", "20/08/2026", &[], "13/08/2026"),
        ("reception.schedule", "07/09/2026", &[], "26/08/2026"),
        ("reception.refusal", "28/08/2026", &[], "07/09/2026"),
        ("report.due", "14/12/2026", &["level=province"], "22/12/2026"),
        ("denunciation.resolve", "19/01/2026", &["complex", "extensions=1"], "20/03/2026"),
        ("denunciation.resolve", "19/01/2026", &["especially_complex", "extensions=2"], "20/04/2026"),
    ] {
        assert_eq!(ask(limit, from, set).unwrap().due, day(due), "{limit} {from} {set:?}");
    }
}

#[test]
fn time_that_the_law_leaves_out_is_left_out() {
    let from = Course::from(day("16/03/2026"));
    let stop = [(day("01/04/2026"), Some(day("11/04/2026")))];
    let stopped = run("complaint.first", &[], Course { suspensions: &stop, ..from }).unwrap();
    assert_eq!(stopped.nominal, day("25/04/2026"), "ten days: from the first on, the second runs again");
    assert_eq!(stopped.due, day("28/04/2026"), "a Saturday, a Sunday, and the day in lieu of 26/04");
    let out = [Window::parse("01/04/2026..11/04/2026").unwrap()];
    let excluded = run("complaint.first", &[], Course { exclusions: &out, ..from }).unwrap();
    assert_eq!(excluded.nominal, day("26/04/2026"), "eleven days: both fall out");
    let late = [(day("16/04/2026"), None)];
    let done = run("complaint.first", &[], Course { suspensions: &late, ..from }).unwrap();
    assert_eq!(done.due, day("15/04/2026"), "what stops later does not matter");
}

#[test]
fn badges_count_working_days() {
    let left = |from, to| holidays().working_days_between(day(from), day(to));
    assert_eq!(left("04/09/2026", "11/09/2026"), 5);
    assert_eq!(left("28/08/2026", "03/09/2026"), 1);
    assert_eq!(left("21/08/2026", "24/08/2026"), 2, "Saturday 22/8 is worked");
    assert_eq!(left("11/09/2026", "11/09/2026"), 0);
    assert_eq!(left("15/09/2026", "11/09/2026"), -2);
    assert_eq!(holidays().working_day_from(day("31/08/2026")), day("03/09/2026"));
}
