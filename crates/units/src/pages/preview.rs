//! What a decision will change, in sentences, before anyone enters it.

use kernel::{Day, Lang, show_day};
use web::t;

use crate::{Tree, Unit, names::capital};

/// So many changes are told one by one.
const TOLD: usize = 60;

/// The differences between two trees around a day: who ends, who begins, who is called or lies otherwise.
pub(super) fn changes(lang: Lang, old: &Tree, new: &Tree, day: Day) -> Vec<String> {
    let mut told = Vec::new();
    // A decision taken back changes the day it was for; what it changes shows on that day.
    let (before, after) = (old.at(day), new.at(day));
    let mut units: Vec<Unit> = new.units().collect();
    units.extend(old.units());
    units.sort_unstable();
    units.dedup();
    for unit in units {
        match (before.exists(unit), after.exists(unit)) {
            (true, false) => {
                let held = after.holder(unit).unit;
                told.push(t!(
                    lang,
                    "units.will_end",
                    unit = capital(&before.with_code(unit)),
                    day = show_day(day),
                    holder = after.name(held)
                ));
            }
            (false, true) => {
                let parent = after.parent(unit).map(|parent| after.name(parent)).unwrap_or_default();
                told.push(t!(
                    lang,
                    "units.will_begin",
                    unit = capital(&after.with_code(unit)),
                    day = show_day(day),
                    parent = parent
                ));
            }
            (true, true) => {
                if before.with_code(unit) != after.with_code(unit) {
                    told.push(t!(
                        lang,
                        "units.will_change",
                        old = capital(&before.with_code(unit)),
                        new = after.with_code(unit)
                    ));
                }
                let (from, to) = (before.parent(unit), after.parent(unit));
                if let (Some(from), Some(to)) = (from, to)
                    && from != to
                {
                    told.push(t!(
                        lang,
                        "units.will_move",
                        unit = capital(&after.name(unit)),
                        from = before.name(from),
                        to = after.name(to)
                    ));
                }
            }
            (false, false) => {}
        }
    }
    if told.len() > TOLD {
        let more = told.len() - TOLD;
        told.truncate(TOLD);
        told.push(t!(lang, "units.more_changes", count = more));
    }
    told
}
