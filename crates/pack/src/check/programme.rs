//! Checks of programmes: each target promises a figure that exists, a value that can be, in years that follow.

use kernel::Refusal;

use super::{Sheet, derived::scope};
use crate::{
    fault::Faults,
    figure::Over,
    read::{AnyFigure, Pack},
};

pub(super) fn check(pack: &Pack, faults: &mut Faults<'_>) {
    for programme in pack.programmes.values() {
        let sheet = &mut Sheet { pack, path: format!("programmes/{}.toml", programme.id), faults };
        sheet.label(&["label"], &programme.id, &programme.label.vi);
        let targets = &programme.targets;
        // A target may bear the number that its decision gives it: T01.
        let ids: Vec<String> = targets.iter().map(|target| target.id.to_ascii_lowercase()).collect();
        let labels = targets.iter().map(|target| target.label.vi.as_str());
        sheet.elements(&["target"], ids.iter().map(String::as_str).zip(labels));
        for target in targets {
            let at = |key: &'static str| ["target", target.id.as_str(), key];
            let figure = pack.figure(&target.figure);
            if figure.is_none() {
                let known = pack.figure_names();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                sheet.unknown(&at("figure"), "pack.unknown_figure", &target.figure, &known);
            }
            let percent = matches!(figure, Some(AnyFigure::Derived(figure)) if figure.coverage.is_some());
            if !target.value.is_finite() || target.value < 0.0 || (percent && target.value > 100.0) {
                sheet.fault(&at("value"), Refusal::new("pack.target_value").with("value", target.value));
            }
            if let Some(to) = target.to.filter(|to| *to < target.from) {
                let refusal = Refusal::new("pack.years_reversed").with("from", target.from).with("to", to);
                sheet.fault(&at("to"), refusal);
            }
            for of in target.scopes() {
                scope(sheet, &at("scope"), of);
            }
            if let Some(over) = &target.over
                && !(target.each && matches!(Over::read(over), Some(Over::Posts(_) | Over::Records(_))))
            {
                sheet.fault(&at("over"), Refusal::new("pack.coverage_over").with("over", over));
            }
            if target.later.windows(2).any(|two| two[0].from >= two[1].from) {
                sheet.fault(&at("later"), Refusal::new("pack.scopes_not_in_order").with("target", &target.id));
            }
        }
    }
}
