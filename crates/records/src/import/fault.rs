//! Faults of rows: where on the sheets they belong, what is wrong, and what to do about it.

use jobs::Reason;
use kernel::{Day, Lang, Refusal, parse_day, show_day};
use serde::{Deserialize, Serialize};
use web::{Arg, words};

use super::{
    columns::{self, Target},
    draft::Draft,
    plan::Planner,
};

/// Why a row was refused, and where. Worded when read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// As the spreadsheet numbers it, on its own sheet.
    pub row: u32,
    /// The child rows of whose sheet that is; none for the first sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<String>,
    pub column: String,
    pub value: String,
    pub reason: Reason,
}

/// The remedy of each reason; all others have the general one.
const REMEDIES: [(&str, &str); 25] = [
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
    ("number.not_whole", "import.write_number"),
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

impl Planner<'_> {
    /// Says where on the sheets a refusal belongs.
    pub(super) fn fault(&self, draft: &Draft, refusal: Refusal) -> Fault {
        let at = refusal.field.clone().unwrap_or_default();
        let (main, register) = (&self.mappings.main, self.register);
        let own = columns::of_register(register, true);
        let head = |target: &Target| {
            let label = own.iter().find(|column| column.target == *target).map(|column| column.label.vi.clone());
            main.header(target).map(str::to_owned).or(label).unwrap_or_default()
        };
        let (row, reason) = (draft.row, refusal.into());
        let mut fault = Fault { row, rows: None, column: String::new(), value: String::new(), reason };
        let parts: Vec<&str> = at.split('.').collect();
        match parts.as_slice() {
            ["unit"] => {
                fault.column = head(&Target::Unit);
                let default = self.terms.unit.clone().unwrap_or_default();
                fault.value = if draft.unit_text.is_empty() { default } else { draft.unit_text.clone() };
            }
            ["handle"] => {
                fault.column = head(&Target::Handle);
                fault.value = draft.handle.clone().unwrap_or_default();
            }
            ["on"] => {
                let day = fault.reason.args.iter().find(|(name, _)| name == "day").map(|(_, day)| day.clone());
                let day = day.unwrap_or_default();
                let step = draft.steps.iter().find(|given| days(&given.text).any(|on| show_day(on) == day));
                fault.column = step.map(|given| head(&Target::Step(given.step.clone()))).unwrap_or_default();
                fault.value = day;
            }
            [step] if step.starts_with("step:") => {
                let step = step.trim_start_matches("step:");
                fault.column = head(&Target::Step(step.to_owned()));
                let given = draft.steps.iter().find(|given| given.step == step);
                fault.value = given.map(|given| given.text.clone()).unwrap_or_default();
            }
            [field] if register.field(field).is_some_and(|field| !field.private) => {
                fault.column = head(&Target::Field((*field).to_owned()));
                fault.value = draft.input.fields.get(*field).cloned().unwrap_or_default();
            }
            [field] if register.field(field).is_some() => fault.column = head(&Target::Field((*field).to_owned())),
            [rows, rest @ ..] if register.rows(rows).is_some() => {
                self.child_fault(draft, rows, rest, &mut fault);
            }
            _ => {}
        }
        fault
    }

    fn child_fault(&self, draft: &Draft, rows: &str, rest: &[&str], fault: &mut Fault) {
        let Some(rows) = self.register.rows(rows) else { return };
        let place = rest.first().and_then(|place| place.parse::<usize>().ok());
        let field = rest.last().and_then(|field| rows.field(field));
        let header = field.and_then(|field| {
            let target = Target::Child(rows.id.clone(), field.id.clone());
            let mapping = self.mappings.children.get(&rows.id).unwrap_or(&self.mappings.main);
            mapping.header(&target).map(str::to_owned).or_else(|| Some(field.label.vi.clone()))
        });
        fault.column = match header {
            Some(header) => format!("{}: {header}", rows.label.vi),
            None => rows.label.vi.clone(),
        };
        let Some(place) = place else { return };
        if let Some(number) = draft.children.get(&rows.id).and_then(|numbers| numbers.get(place)) {
            fault.row = *number;
            fault.rows = self.mappings.children.contains_key(&rows.id).then(|| rows.id.clone());
        }
        let input = draft.input.rows.get(&rows.id).and_then(|inputs| inputs.get(place));
        fault.value =
            field.and_then(|field| input.and_then(|input| input.fields.get(&field.id))).cloned().unwrap_or_default();
    }
}

fn days(text: &str) -> impl Iterator<Item = Day> + '_ {
    text.split(';').filter_map(|day| parse_day(day).ok())
}
