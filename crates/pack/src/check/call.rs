//! Checks of what registers call for: registers, fields and steps that are known, and what they are looked up by indexed.

use kernel::Refusal;

use super::{Sheet, register::field};
use crate::register::{FieldType, Register};

pub(super) fn check(sheet: &mut Sheet<'_, '_, '_>, register: &Register) {
    let on = |name: &str| register.behaviours.iter().any(|behaviour| behaviour == name);
    for (name, there) in [("gathers", register.gathers.is_some()), ("renews", register.renews.is_some())] {
        if on(name) != there {
            let at = if there { name } else { "behaviours" };
            sheet.fault(&[at], Refusal::new("pack.behaviour_and_table").with("name", name));
        }
    }
    if let Some(gathers) = &register.gathers {
        let pack = sheet.pack;
        let known: Vec<&str> = pack.registers.keys().map(String::as_str).collect();
        for id in gathers.from.iter().filter(|id| pack.register(id).is_none()) {
            sheet.unknown(&["gathers", "from"], "pack.unknown_register", id, &known);
        }
        let sources = gathers.from.iter().filter_map(|id| pack.register(id));
        for source in sources.chain(std::iter::once(register)) {
            for kind in [FieldType::Topic, FieldType::Place] {
                if source.indexed(kind).is_none() {
                    let refusal = Refusal::new("pack.no_indexed_kind").with("register", &source.id);
                    sheet.fault(&["gathers", "from"], refusal.with("type", kind.name()));
                }
            }
        }
        for id in gathers.set.keys() {
            field(sheet, register, &["gathers", "set"], id, &[]);
        }
    }
    if let Some(renews) = &register.renews {
        for id in &renews.posts {
            field(sheet, register, &["renews", "posts"], id, &[FieldType::Post]);
        }
        for id in &renews.since {
            field(sheet, register, &["renews", "since"], id, &[FieldType::Date]);
        }
        if register.step(&renews.step).is_none() {
            let known: Vec<&str> = register.steps.iter().map(|step| step.id.as_str()).collect();
            sheet.unknown(&["renews", "step"], "pack.unknown_step", &renews.step, &known);
        }
    }
}
