//! Checks of votes: days, steps, counts and rows that are known, shares that are shares.

use kernel::{Refusal, show_day};

use super::{Sheet, register::field};
use crate::register::{FieldType, Register};

pub(super) fn check(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    const NAME: &str = "votes";
    let switched = register.behaviours.iter().any(|behaviour| behaviour == NAME);
    let Some(votes) = register.votes.as_ref() else {
        if switched {
            sheet.fault(&["behaviours"], Refusal::new("pack.votes_without_thresholds"));
        }
        return;
    };
    if !switched {
        sheet.fault(&[NAME], Refusal::new("pack.votes_not_switched_on"));
    }
    field(sheet, register, &[NAME, "on"], &votes.on, &[FieldType::Date]);
    for (key, steps) in [("passes", &votes.passes), ("fails", &votes.fails)] {
        for step in steps.iter().filter(|step| register.step(step).is_none()) {
            let known: Vec<&str> = register.steps.iter().map(|step| step.id.as_str()).collect();
            sheet.unknown(&[NAME, key], "pack.unknown_step", step, &known);
        }
    }
    if let Some(tally) = &votes.tally {
        if register.rows(&tally.rows).is_none() {
            let known: Vec<&str> = register.rows.iter().map(|rows| rows.id.as_str()).collect();
            sheet.unknown(&[NAME, "tally"], "pack.unknown_rows", &tally.rows, &known);
        }
        let of_row = |id: &str| format!("{}.{id}", tally.rows);
        field(sheet, register, &[NAME, "tally"], &of_row(&tally.counter), &[FieldType::Text]);
        for (counted, own) in &tally.same {
            field(sheet, register, &[NAME, "tally"], &of_row(counted), &[FieldType::Count]);
            field(sheet, register, &[NAME, "tally"], own, &[FieldType::Count]);
        }
    }
    let thresholds = votes.thresholds.iter();
    sheet.elements(&[NAME, "threshold"], thresholds.map(|one| (one.id.as_str(), one.article.vi.as_str())));
    for one in &votes.thresholds {
        let at = |key: &'static str| [NAME, "threshold", one.id.as_str(), key];
        field(sheet, register, &at("whole"), &one.whole, &[FieldType::Count]);
        field(sheet, register, &at("yes"), &one.yes, &[FieldType::Count]);
        if one.of <= 0 || one.part <= 0 || one.part > one.of {
            let share = format!("{}/{}", one.part, one.of);
            sheet.fault(&at("part"), Refusal::new("pack.not_a_share").with("share", share));
        }
        if let (Some(from), Some(to)) = (one.valid_from, one.valid_to)
            && to < from
        {
            let refusal = Refusal::new("calendar.window_backwards");
            let refusal = refusal.with("from", show_day(from)).with("to", show_day(to));
            sheet.fault(&at("valid_to"), refusal);
        }
    }
}
