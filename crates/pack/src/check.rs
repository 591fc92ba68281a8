//! What must hold over a whole pack, beyond what its types can say.

use crate::{fault::Faults, read::Pack, register::Register, source::Source};

/// Every expression of a register with the place where it stands.
pub(crate) fn expressions(register: &Register) -> Vec<(Vec<String>, &str)> {
    let mut all = Vec::new();
    let place = |steps: &[&str]| steps.iter().map(|&step| step.to_owned()).collect::<Vec<String>>();
    let lists = std::iter::once((None, &register.fields))
        .chain(register.rows.iter().map(|rows| (Some(rows.id.as_str()), &rows.fields)));
    for (rows, fields) in lists {
        for field in fields {
            let at = match rows {
                None => place(&["field", &field.id]),
                Some(rows) => place(&["rows", rows, "field", &field.id]),
            };
            all.extend(field.required_when.iter().chain(&field.shown_when).map(|text| (at.clone(), text.as_str())));
        }
    }
    for step in &register.steps {
        let at = place(&["step", &step.id]);
        // A need that is a field's id is no expression.
        let needs = step.needs.iter().filter(|need| register.any_field(need).is_none());
        all.extend(needs.chain(step.warns.iter().map(|warn| &warn.when)).map(|text| (at.clone(), text.as_str())));
        all.extend(step.makes.iter().filter_map(|make| make.when.as_ref()).map(|text| (at.clone(), text.as_str())));
    }
    for clock in &register.clocks {
        let at = place(&["clock", &clock.id]);
        all.extend(clock.when.iter().chain(clock.facts.values()).map(|text| (at.clone(), text.as_str())));
    }
    for figure in &register.figures {
        all.extend(figure.only.iter().map(|text| (place(&["figure", &figure.id]), text.as_str())));
    }
    all.extend(register.checks.iter().map(|check| (place(&["check", &check.id]), check.when.as_str())));
    all
}

pub(crate) fn place_of_derived(_pack: &Pack, source: &Source, id: &str) -> (String, usize) {
    let path = source.paths("figures", ".toml").into_iter().find(|path| source.locate(path, &["figure", id]).1 > 1);
    let path = path.unwrap_or_else(|| "figures".to_owned());
    source.locate(&path, &["figure", id])
}

pub(crate) fn all(_pack: &Pack, _faults: &mut Faults<'_>) {}
