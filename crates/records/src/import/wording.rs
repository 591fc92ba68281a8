//! Faults of rows in words: what is wrong, and what to do about it.

use kernel::Lang;
use web::{Arg, words};

use super::Fault;

/// The remedy of each reason; all others have the general one.
const REMEDIES: [(&str, &str); 24] = [
    ("record.required", "import.fill_it_in"),
    ("record.too_few_rows", "import.add_child_rows"),
    ("record.no_such_link", "import.import_target_first"),
    ("record.is_void", "import.clear_handle"),
    ("value.unknown_choice", "import.choose_listed"),
    ("value.unknown_topic", "import.choose_listed"),
    ("value.unknown_post", "import.write_post"),
    ("day.unreadable", "import.write_day"),
    ("day.not_in_calendar", "import.write_day"),
    ("number.unreadable", "import.write_number"),
    ("number.too_fine", "import.write_number"),
    ("units.unknown", "import.write_unit"),
    ("units.ambiguous", "import.write_unit_code"),
    ("units.unknown_then", "import.write_unit_of_then"),
    ("units.not_valid_then", "import.write_unit_of_then"),
    ("step.needs", "import.fill_before_step"),
    ("step.in_the_future", "import.leave_step_blank"),
    ("step.before_the_last", "import.order_step_days"),
    ("step.not_from_here", "import.order_step_days"),
    ("import.no_unit", "import.say_unit"),
    ("import.not_your_unit", "import.ask_unit"),
    ("import.handle_twice", "import.one_row_each"),
    ("import.changed_meanwhile", "import.try_again"),
    ("import.no_such_row", "import.tie_again"),
];

impl Fault {
    /// The reason.
    pub fn say(&self, lang: Lang) -> String {
        words(lang, &self.reason.key, &self.args())
    }

    /// What to do.
    pub fn remedy(&self, lang: Lang) -> String {
        let own = REMEDIES.iter().find(|(key, _)| *key == self.reason.key).map(|(_, remedy)| *remedy);
        words(lang, own.unwrap_or("import.set_right"), &self.args())
    }

    fn args(&self) -> Vec<(&str, Arg)> {
        let args = self.reason.args.iter().map(|(name, value)| {
            let count = value.parse::<i64>().ok().filter(|_| name == "count");
            (name.as_str(), count.map_or_else(|| Arg::Text(value.clone()), Arg::Count))
        });
        args.collect()
    }
}
