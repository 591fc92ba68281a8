//! Checks of states, steps and clocks: every state is reached and left, every step is someone's, every clock starts, stops and has a limit.

use kernel::Refusal;

use super::{
    Sheet,
    register::{field, wrong_type},
};
use crate::register::{Clock, FieldType, Keep, Register, Step};

pub(super) fn check(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    sheet.elements(&["state"], register.states.iter().map(|state| (state.id.as_str(), state.label.vi.as_str())));
    sheet.elements(&["step"], register.steps.iter().map(|step| (step.id.as_str(), step.label.vi.as_str())));
    sheet.elements(&["clock"], register.clocks.iter().map(|clock| (clock.id.as_str(), clock.label.vi.as_str())));
    match &register.initial {
        Some(initial) => known_state(sheet, register, &["initial"], initial),
        None if !register.states.is_empty() => sheet.fault(&["state"], Refusal::new("pack.no_initial")),
        None => {}
    }
    if register.states.is_empty() && !register.steps.is_empty() {
        sheet.fault(&["step"], Refusal::new("pack.steps_without_states"));
    }
    for step in &register.steps {
        check_step(sheet, register, step);
    }
    reach(sheet, register);
    for clock in &register.clocks {
        check_clock(sheet, register, clock);
    }
}

fn known_state(sheet: &mut Sheet<'_, '_, '_>, register: &Register, at: &[&str], id: &str) {
    if register.state(id).is_none() {
        let known: Vec<&str> = register.states.iter().map(|state| state.id.as_str()).collect();
        sheet.unknown(at, "pack.unknown_state", id, &known);
    }
}

fn known_step(sheet: &mut Sheet<'_, '_, '_>, register: &Register, at: &[&str], id: &str) {
    if register.step(id).is_none() {
        let known: Vec<&str> = register.steps.iter().map(|step| step.id.as_str()).collect();
        sheet.unknown(at, "pack.unknown_step", id, &known);
    }
}

fn check_step(sheet: &mut Sheet<'_, '_, '_>, register: &Register, step: &Step) {
    let at = |key: &'static str| ["step", step.id.as_str(), key];
    for from in &step.from {
        known_state(sheet, register, &at("from"), from);
    }
    if let Some(to) = &step.to {
        known_state(sheet, register, &at("to"), to);
    }
    if step.from.is_empty() {
        sheet.fault(&at("from"), Refusal::new("pack.step_from_nowhere").with("step", &step.id));
    }
    if step.who.is_empty() {
        sheet.fault(&at("who"), Refusal::new("pack.step_of_nobody").with("step", &step.id));
    }
    if let Some(party) = &step.party {
        field(sheet, register, &at("party"), party, &[FieldType::Body]);
        if !register.parties.contains(party) {
            let known: Vec<&str> = register.parties.iter().map(String::as_str).collect();
            sheet.unknown(&at("party"), "pack.not_a_party", party, &known);
        }
    }
    if let Some(day) = &step.day {
        field(sheet, register, &at("day"), day, &[FieldType::Date]);
    }
    if let Some(marks) = &step.marks
        && let Some(found) = field(sheet, register, &at("marks"), marks, &[FieldType::Date])
        && register.field(marks).is_some()
    {
        sheet.fault(&at("marks"), Refusal::new("pack.marks_outside_rows").with("field", &found.id));
    }
    for asked in &step.asks {
        if register.rows(asked).is_none() {
            field(sheet, register, &at("asks"), asked, &[]);
        }
    }
    if let Some(keeps) = &step.keeps {
        check_keep(sheet, register, step, keeps);
    }
    for (place, warn) in step.warns.iter().enumerate() {
        let place = place.to_string();
        sheet.label(&["step", &step.id, "warns", &place], &step.id, &warn.say.vi);
    }
}

/// What is kept goes into a field of the same type; what is emptied is not required.
fn check_keep(sheet: &mut Sheet<'_, '_, '_>, register: &Register, step: &Step, keeps: &Keep) {
    let at = ["step", step.id.as_str(), "keeps"];
    known_rows(sheet, register, &at, &keeps.rows);
    for (to, from) in keeps.was.iter().chain(&keeps.now) {
        let Some(kept) = field(sheet, register, &at, from, &[]) else { continue };
        field(sheet, register, &at, &format!("{}.{to}", keeps.rows), &[kept.kind]);
    }
    for id in &keeps.clears {
        if field(sheet, register, &at, id, &[]).is_some_and(|field| field.required) {
            sheet.fault(&at, Refusal::new("pack.clears_required").with("field", id));
        }
    }
}

fn known_rows(sheet: &mut Sheet<'_, '_, '_>, register: &Register, at: &[&str], id: &str) {
    if register.rows(id).is_none() {
        let known: Vec<&str> = register.rows.iter().map(|rows| rows.id.as_str()).collect();
        sheet.unknown(at, "pack.unknown_rows", id, &known);
    }
}

fn reach(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    let mut reached: Vec<&str> = register.initial.iter().map(String::as_str).collect();
    let mut next = 0;
    while let Some(&state) = reached.get(next) {
        next += 1;
        for step in register.steps.iter().filter(|step| step.from.iter().any(|from| from == state)) {
            if !reached.contains(&step.leads(state)) {
                reached.push(step.leads(state));
            }
        }
    }
    for state in &register.states {
        let at = ["state", state.id.as_str()];
        if register.initial.is_some() && !reached.contains(&state.id.as_str()) {
            sheet.fault(&at, Refusal::new("pack.state_unreachable").with("state", &state.id));
        }
        if !state.last && !register.steps.iter().any(|step| step.from.contains(&state.id)) {
            sheet.fault(&at, Refusal::new("pack.state_without_exit").with("state", &state.id));
        }
    }
}

fn check_clock(sheet: &mut Sheet<'_, '_, '_>, register: &Register, clock: &Clock) {
    let at = |key: &'static str| ["clock", clock.id.as_str(), key];
    match clock.starts.split_once(':') {
        Some(("step", step)) => known_step(sheet, register, &at("starts"), step),
        Some(("field", _)) => {
            for id in clock.start_fields() {
                field(sheet, register, &at("starts"), id, &[FieldType::Date]);
            }
        }
        _ if clock.starts == "created" => {}
        _ => sheet.fault(&at("starts"), Refusal::new("pack.clock_start").with("start", &clock.starts)),
    }
    if let Some(met) = &clock.met {
        field(sheet, register, &at("met"), met, &[FieldType::Date]);
    }
    if clock.stops.is_empty() && clock.met.is_none() {
        sheet.fault(&at("stops"), Refusal::new("pack.clock_never_stops").with("clock", &clock.id));
    }
    for (key, steps) in [
        ("stops", &clock.stops),
        ("suspends", &clock.suspends),
        ("resumes", &clock.resumes),
        ("extends", &clock.extends),
        ("again", &clock.again),
        ("restarts", &clock.restarts),
    ] {
        for step in steps {
            known_step(sheet, register, &at(key), step);
        }
    }
    if clock.limit.is_some() == clock.due.is_some() {
        sheet.fault(&["clock", &clock.id], Refusal::new("pack.clock_limit_or_due").with("clock", &clock.id));
    }
    if let Some(due) = &clock.due {
        field(sheet, register, &at("due"), due, &[FieldType::Date]);
    }
    let law = &sheet.pack.law;
    if let Some(excludes) = &clock.excludes {
        known_rows(sheet, register, &at("excludes"), &excludes.rows);
        for (id, want) in [
            (&excludes.from, [FieldType::Date].as_slice()),
            (&excludes.to, &[FieldType::Date]),
            (&excludes.why, &[FieldType::Choice, FieldType::Text]),
        ] {
            field(sheet, register, &at("excludes"), &format!("{}.{id}", excludes.rows), want);
        }
        let limit = clock.limit.as_ref().and_then(|limit| law.limits.get(limit));
        if limit.is_some_and(|limit| limit.direction == calendar::Direction::Backward) {
            sheet.fault(&at("excludes"), Refusal::new("calendar.backward_never_stops").with("limit", &clock.id));
        }
    }
    if let Some(limit) = clock.limit.as_ref().filter(|limit| !law.limits.contains_key(*limit)) {
        let known: Vec<&str> = law.limits.keys().map(String::as_str).collect();
        sheet.unknown(&at("limit"), "pack.unknown_limit", limit, &known);
    }
    for fact in clock.facts.keys().filter(|id| law.facts.iter().all(|fact| fact.id != **id)) {
        let known: Vec<&str> = law.facts.iter().map(|fact| fact.id.as_str()).collect();
        sheet.unknown(&at("facts"), "pack.unknown_fact", fact, &known);
    }
}

/// A moment of a figure: a step that is known, a date field, the day of a row that is counted.
pub(super) fn moment(
    sheet: &mut Sheet<'_, '_, '_>,
    register: &Register,
    at: &[&str],
    moment: &str,
    rows: Option<&str>,
) {
    let dates = [FieldType::Date, FieldType::Month];
    match (moment.split_once(':'), rows) {
        (Some(("step", step)), _) => known_step(sheet, register, at, step),
        (Some(("field", ids)), _) => {
            for id in ids.split(',') {
                field(sheet, register, at, id, &dates);
            }
        }
        (Some(("left", state)), _) => {
            if register.state(state).is_none() {
                let known: Vec<&str> = register.states.iter().map(|state| state.id.as_str()).collect();
                sheet.unknown(at, "pack.unknown_state", state, &known);
            }
        }
        (Some(("row", _)), None) => sheet.fault(at, Refusal::new("pack.no_row_here").with("name", moment)),
        (Some(("row", id)), Some(rows)) => {
            let found = register.rows(rows).and_then(|rows| rows.field(id));
            match found {
                Some(field) if dates.contains(&field.kind) => {}
                Some(field) => sheet.fault(at, wrong_type(id, field.kind, &dates)),
                None => {
                    let fields = register.rows(rows).into_iter().flat_map(|rows| &rows.fields);
                    let known: Vec<&str> = fields.map(|field| field.id.as_str()).collect();
                    sheet.unknown(at, "pack.unknown_field", id, &known);
                }
            }
        }
        _ if moment == "end" && register.states.iter().all(|state| !state.last) => {
            sheet.fault(at, Refusal::new("pack.no_end").with("name", moment));
        }
        _ if matches!(moment, "day" | "created" | "end") => {}
        _ => sheet.fault(at, Refusal::new("pack.unknown_moment").with("name", moment)),
    }
}
