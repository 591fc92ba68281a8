//! Days, periods, holidays, limits of law, and due dates that carry their own derivation. No I/O, no clock: texts and days are passed in.

mod derivation;
mod due;
mod holidays;
mod law;
mod limit;
mod period;
mod regime;
mod window;
mod wording;

pub use derivation::{Due, Mark, Pause, Reason, Step};
pub use due::{Course, Stop, due};
pub use holidays::{
    DayOff, DayWorked, Entered, Holidays, Kind as OffKind, Listed, LocalDays, Lunar, Status, What, Year, is_weekend,
};
pub use law::{Counting, Fact, Facts, Flaw, Law, LawFile, Rule, RuleSet, Value};
pub use limit::{Direction, Extension, Limit, Roll, Row, Term, Unit};
pub use period::{Kind, Period};
pub use regime::{Regime, Start};
pub use window::{Split, Window, month_window};
pub use wording::Line;

#[cfg(test)]
mod tests;
