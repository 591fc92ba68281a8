//! What the form of the calendar says: one day, many in pasted lines, or a whole year confirmed.

use calendar::What;
use kernel::{Day, Lang, Refusal, Refused, text::fold};
use web::{Fields, words};

use crate::days::{Draft, Wanted};

/// What a line may be; a whole year is confirmed by itself.
pub(super) const KINDS: [What; 4] = [What::Holiday, What::Compensation, What::Local, What::Worked];
/// The longest run of days in one line.
const LONGEST: usize = 31;

/// A kind as forms and pasted lines name it.
pub(super) fn kind(lang: Lang, what: What) -> String {
    words(lang, &format!("days.kind_{}", what.as_str()), &[])
}

fn kind_of(text: &str) -> Option<What> {
    let typed = fold(text);
    let named = |what: &What| [Lang::Vi, Lang::En].into_iter().any(|lang| fold(&kind(lang, *what)) == typed);
    KINDS.into_iter().find(|what| what.as_str() == text || named(what))
}

pub(super) fn read(values: &Fields) -> Result<Draft, Refused> {
    let mut refused = Refused::default();
    let confirmed = values.get("standing") != "provisional";
    let mut draft = Draft {
        decision: kernel::text::tidy(values.get("decision")),
        reason: kernel::text::tidy(values.get("reason")),
        ..Draft::default()
    };
    if draft.decision.is_empty() {
        refused.push(Refusal::new("days.no_decision").at("decision"));
    }
    if let Some(text) = values.maybe("decided") {
        match kernel::parse_day(text) {
            Ok(day) => draft.decided = Some(day),
            Err(refusal) => refused.push(refusal.at("decided")),
        }
    }
    if let Some(text) = values.maybe("day") {
        match kernel::parse_day(text) {
            Ok(day) => match kind_of(values.get("kind")) {
                Some(what) => {
                    let name = kernel::text::tidy(values.get("name"));
                    draft.days.push(Wanted { day, what, name, confirmed });
                }
                None => refused.push(Refusal::new("days.no_kind").at("kind")),
            },
            Err(refusal) => refused.push(refusal.at("day")),
        }
    }
    for (number, line) in values.get("lines").lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match self::line(line, confirmed) {
            Ok(days) => draft.days.extend(days),
            Err(refusal) => refused.push(refusal.with("line", number + 1).at("lines")),
        }
    }
    if let Some(day) = values.maybe("confirm").and_then(|year| Day::new(year.parse().ok()?, 1, 1).ok()) {
        draft.days.push(Wanted { day, what: What::Year, name: String::new(), confirmed: true });
    }
    refused.settle().map(|()| draft)
}

/// `16/02/2026-20/02/2026 <tab> nghỉ lễ <tab> Tết Âm lịch`: a day or several in a row, what they are, what they are called.
fn line(line: &str, confirmed: bool) -> Result<Vec<Wanted>, Refusal> {
    let mut cells = line.split(['\t', ';']).map(kernel::text::tidy);
    let (days, what) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
    let name = cells.next().unwrap_or_default();
    let unreadable = || Refusal::new("days.line_day").with("text", &days);
    let read = |text: &str| kernel::parse_day(text.trim()).map_err(|_| unreadable());
    let (from, to) = match (kernel::parse_day(&days), days.split_once(['-', '–'])) {
        (Ok(day), _) => (day, day),
        (Err(_), Some((from, to))) => (read(from)?, read(to)?),
        (Err(_), None) => return Err(unreadable()),
    };
    let window = calendar::Window::new(from, to).map_err(|_| unreadable())?;
    let what = kind_of(&what).ok_or_else(|| Refusal::new("days.line_kind").with("text", &what))?;
    let days: Vec<Day> = window.days().take(LONGEST + 1).collect();
    if days.len() > LONGEST {
        return Err(unreadable());
    }
    Ok(days.into_iter().map(|day| Wanted { day, what, name: name.clone(), confirmed }).collect())
}
