//! Checks of duties: a post that is known, a figure that counts by posts, a rule that ends after it began.

use kernel::{Refusal, show_day};

use super::Sheet;
use crate::{
    fault::Faults,
    read::{AnyFigure, Pack},
    register::FieldType,
};

pub(super) fn check(pack: &Pack, faults: &mut Faults<'_>) {
    for (file, duties) in &pack.duties {
        let sheet = &mut Sheet { pack, path: format!("duties/{file}.toml"), faults };
        sheet.elements(&["duty"], duties.iter().map(|duty| (duty.id.as_str(), duty.label.vi.as_str())));
        for duty in duties {
            let at = |key: &'static str| ["duty", duty.id.as_str(), key];
            sheet.known_kinds(&at("posts"), &duty.posts, &["post"]);
            sheet.known_kinds(&at("levels"), &duty.levels, &["level"]);
            figure(sheet, &at("figure"), &duty.figure);
            if let Some(delegated) = &duty.delegated {
                figure(sheet, &at("delegated"), delegated);
            }
            if duty.times == 0 {
                sheet.fault(&at("times"), Refusal::new("pack.duty_never"));
            }
            if let (Some(from), Some(to)) = (duty.valid_from, duty.valid_to)
                && to < from
            {
                let refusal =
                    Refusal::new("calendar.window_backwards").with("from", show_day(from)).with("to", show_day(to));
                sheet.fault(&at("valid_to"), refusal);
            }
        }
    }
}

/// What bodies keep each year: known kinds, a figure that is counted, days in order.
pub(super) fn yearly(pack: &Pack, faults: &mut Faults<'_>) {
    for (file, all) in &pack.yearly {
        let sheet = &mut Sheet { pack, path: format!("duties/{file}.toml"), faults };
        sheet.elements(&["yearly"], all.iter().map(|one| (one.id.as_str(), one.label.vi.as_str())));
        for one in all {
            let at = |key: &'static str| ["yearly", one.id.as_str(), key];
            sheet.known_kinds(&at("bodies"), &one.bodies, &["body"]);
            sheet.known_kinds(&at("levels"), &one.levels, &["level"]);
            if !matches!(pack.figure(&one.figure), Some(AnyFigure::Counted(..))) {
                let known = pack.figure_names();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                sheet.unknown(&at("figure"), "pack.unknown_figure", &one.figure, &known);
            }
            if one.by < one.from {
                let [from, to] = [one.from, one.by].map(String::from);
                let refusal = Refusal::new("calendar.window_backwards").with("from", from).with("to", to);
                sheet.fault(&at("by"), refusal);
            }
        }
    }
}

/// It must exist, and count by a post.
fn figure(sheet: &mut Sheet<'_, '_, '_>, at: &[&str], name: &str) {
    let pack = sheet.pack;
    match pack.figure(name) {
        None => {
            let known = pack.figure_names();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            sheet.unknown(at, "pack.unknown_figure", name, &known);
        }
        Some(AnyFigure::Counted(register, figure)) => {
            let subject = figure.subject.as_ref().and_then(|path| register.any_field(path));
            if subject.is_none_or(|field| field.kind != FieldType::Post) {
                sheet.fault(at, Refusal::new("pack.duty_by_post").with("figure", name));
            }
        }
        Some(AnyFigure::Derived(_)) => sheet.fault(at, Refusal::new("pack.duty_by_post").with("figure", name)),
    }
}
