//! The law of the pack, laid like everything else: limits with their conditions, holidays, regimes; and a due day reckoned by them.

use std::collections::BTreeMap;

use calendar::{Course, Due, Facts, Holidays, Law, LawFile, LocalDays, Value, Year};
use kernel::Refusal;

use crate::{
    expression::{Expression, Values},
    fault::Faults,
    read::{Pack, parse},
};

impl Pack {
    /// Reads `law/*.toml` and `calendar/*.toml`; a year's file is named by the year, a locality's own days stand in `calendar/local.toml`.
    pub(crate) fn read_law(&mut self, faults: &mut Faults<'_>) {
        let source = faults.source;
        let laws = source.paths("law", ".toml").into_iter();
        let laws: Vec<(String, LawFile)> =
            laws.filter_map(|path| parse(source, &path, faults).map(|file| (path, file))).collect();
        match Law::gather(laws) {
            Ok(law) => self.law = law,
            Err(flaws) => flaws.into_iter().for_each(|flaw| faults.flaw(flaw)),
        }
        let (mut years, mut local) = (Vec::new(), LocalDays::default());
        for path in source.paths("calendar", ".toml") {
            if path == "calendar/local.toml" {
                local = parse(source, &path, faults).unwrap_or_default();
            } else if let Some(year) = parse::<Year>(source, &path, faults)
                && faults.named_as_its_file(&path, &year.year.to_string())
            {
                years.push((path, year));
            }
        }
        match Holidays::gather(&years, &local) {
            Ok(holidays) => self.holidays = holidays,
            Err(flaws) => flaws.into_iter().for_each(|flaw| faults.flaw(flaw)),
        }
    }

    /// When what a limit asks for is due: the row in force on the day of the event whose condition holds over the facts. Facts that are not
    /// given have their defaults.
    pub fn limit_due(&self, limit: &str, facts: &Facts, course: &Course<'_>) -> Result<Due, Refusal> {
        self.limit_due_by(limit, facts, course, &self.holidays)
    }

    /// The same by another calendar.
    fn limit_due_by(
        &self,
        limit: &str,
        facts: &Facts,
        course: &Course<'_>,
        holidays: &Holidays,
    ) -> Result<Due, Refusal> {
        let mut all = self.law.facts::<&str>(&[])?;
        for (id, value) in facts {
            if !all.contains_key(id) {
                let known: Vec<String> = all.keys().cloned().collect();
                return Err(Refusal::new("calendar.unknown_fact").with("fact", id).with("known", known.join(", ")));
            }
            all.insert(id.clone(), value.clone());
        }
        let values = values(&all);
        let holds = |condition: &str| match self.expression(condition) {
            Some(expression) => Ok(expression.holds(&values)),
            None => Expression::compile(condition).map(|expression| expression.holds(&values)),
        };
        let rule = self.law.rule(limit, course.from, &holds)?;
        calendar::due(&rule, course, holidays)
    }

    /// The facts of a record for a clock's limit: its definitions evaluated over the record's values. What has no value keeps its default.
    pub fn clock_facts(&self, clock: &crate::register::Clock, values: &Values) -> Facts {
        let mut facts = BTreeMap::new();
        for (id, text) in &clock.facts {
            let value = match self.expression(text).and_then(|expression| expression.value(values)) {
                Some(cel::Value::Bool(value)) => Value::Flag(value),
                Some(cel::Value::Int(value)) => Value::Count(value),
                Some(cel::Value::String(value)) => Value::Word(value.to_string()),
                _ => continue,
            };
            facts.insert(id.clone(), value);
        }
        facts
    }

    /// The due day of a clock that a limit governs, for what it has gone through.
    pub fn clock_due(
        &self,
        clock: &crate::register::Clock,
        values: &Values,
        course: &Course<'_>,
    ) -> Result<Option<Due>, Refusal> {
        self.clock_due_by(clock, values, course, &self.holidays)
    }

    /// The same by another calendar.
    pub fn clock_due_by(
        &self,
        clock: &crate::register::Clock,
        values: &Values,
        course: &Course<'_>,
        holidays: &Holidays,
    ) -> Result<Option<Due>, Refusal> {
        let Some(limit) = &clock.limit else { return Ok(None) };
        self.limit_due_by(limit, &self.clock_facts(clock, values), course, holidays).map(Some)
    }
}

fn values(facts: &Facts) -> Values {
    let mut values = Values::default();
    for (id, value) in facts {
        let json = match value {
            Value::Flag(value) => (*value).into(),
            Value::Count(value) => (*value).into(),
            Value::Word(value) => value.clone().into(),
        };
        values.set(id.clone(), &json);
    }
    values
}
