//! An oracle that knows the days off from its own table and finds due days by looking, never by counting on.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::civil::{Weekday, date};
use kernel::{Day, Label, number_day};
use proptest::{collection::vec, prelude::*};

use super::holidays;
use crate::{
    Counting, Course, Direction, Due, Extension, Holidays, Limit, Roll, Row, Rule, RuleSet, Stop, Term, Unit, Window,
    due, month_window,
};

/// Year, weekdays off, working Saturdays: days as day/month, with a range written within a month.
const OFF: &[(i16, &str, &str)] = &[
    (2021, "1/1 10-16/2 21/4 30/4 3/5 2-3/9", ""),
    (2022, "3/1 31/1 1-4/2 11/4 2-3/5 1-2/9", ""),
    (2023, "2/1 20-26/1 1-3/5 1/9 4/9", ""),
    (2024, "1/1 8-14/2 18/4 29-30/4 1/5 2-3/9", "4/5"),
    (2025, "1/1 27-31/1 7/4 30/4 1-2/5 1-2/9", "26/4"),
    (2026, "1-2/1 16-20/2 27/4 30/4 1/5 31/8 1-2/9 24/11", "10/1 22/8"),
    (2027, "1/1 4-10/2 16/4 30/4 3/5 2-3/9 24/11", ""),
    (2028, "3/1 24-28/1 4/4 1-2/5 1/9 4/9 24/11", ""),
];

static WORKING: LazyLock<BTreeMap<Day, bool>> = LazyLock::new(|| {
    let days = |year: i16, text: &str| -> Vec<Day> {
        let spans = text.split_whitespace().map(|span| {
            let (days, month) = span.split_once('/').unwrap();
            let (from, to) = days.split_once('-').unwrap_or((days, days));
            (from.parse::<i8>().unwrap()..=to.parse().unwrap()).map(move |day| date(year, month.parse().unwrap(), day))
        });
        spans.flatten().collect()
    };
    let all = Window { from: date(2020, 1, 1), to: date(2029, 12, 31) };
    let mut working: BTreeMap<Day, bool> =
        all.days().map(|day| (day, !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))).collect();
    for (year, off, worked) in OFF {
        working.extend(days(*year, off).into_iter().map(|day| (day, false)));
        working.extend(days(*year, worked).into_iter().map(|day| (day, true)));
    }
    working
});

static HOLIDAYS: LazyLock<Holidays> = LazyLock::new(holidays);

#[derive(Clone, Debug)]
struct Case {
    from: Day,
    term: Term,
    extensions: u16,
    direction: Direction,
    roll: Roll,
    stops: Vec<Stop>,
    exclusions: Vec<Window>,
}

impl Case {
    fn stopped(&self, day: Day) -> bool {
        let suspended =
            self.stops.iter().any(|(stop, resume)| *stop <= day && resume.is_some_and(|resume| day < resume));
        suspended || self.exclusions.iter().any(|window| window.from <= day && day <= window.to)
    }

    /// Every day after one, in the direction of the case.
    fn after(&self, day: Day) -> impl Iterator<Item = Day> + use<> {
        let backward = self.direction == Direction::Backward;
        std::iter::successors(Some(day), move |day| if backward { day.yesterday() } else { day.tomorrow() }.ok())
            .skip(1)
    }

    fn counts(&self, day: Day) -> bool {
        !self.stopped(day) && (self.term.unit != Unit::WorkingDays || WORKING[&day])
    }

    /// Of the days after the event that count, the one whose place is the term's length.
    fn end_of_term(&self, from: Day) -> Day {
        let wanted = match self.term.unit {
            Unit::Days | Unit::WorkingDays => usize::from(self.term.count),
            Unit::Months => {
                let end = self.month_end(from);
                self.after(from).position(|day| day == end).unwrap() + 1
            }
        };
        self.after(from).filter(|day| self.counts(*day)).nth(wanted - 1).unwrap()
    }

    /// Walks month by month to the corresponding day, or that month's last.
    fn month_end(&self, from: Day) -> Day {
        let mut first = from.first_of_month();
        for _ in 0..self.term.count {
            let inside = if self.direction == Direction::Backward {
                first.yesterday().unwrap()
            } else {
                first.last_of_month().tomorrow().unwrap()
            };
            first = inside.first_of_month();
        }
        let month = Window { from: first, to: first.last_of_month() };
        month.days().find(|day| day.day() == from.day()).unwrap_or(month.to)
    }

    fn answer(&self) -> (Day, Day) {
        let nominal = (0..=self.extensions).fold(self.from, |from, _| self.end_of_term(from));
        let open = |day: &Day| WORKING[day] && !self.stopped(*day);
        let due = match self.roll {
            Roll::None => Some(nominal),
            Roll::Forward => WORKING.range(nominal..).map(|(day, _)| *day).find(open),
            Roll::Backward => WORKING.range(..=nominal).rev().map(|(day, _)| *day).find(open),
        };
        (nominal, due.unwrap())
    }

    fn ask(&self) -> Due {
        let name = || Label::vi("x");
        let extension =
            Extension { term: self.term, most: self.extensions, article: name(), authority: None, paper: None };
        let row = Row {
            id: "x".into(),
            when: None,
            term: self.term,
            article: name(),
            valid_from: None,
            valid_to: None,
            extension: Some(extension),
            certain: true,
            note: None,
        };
        let (direction, roll) = (self.direction, self.roll);
        let limit = Limit {
            id: "x".into(),
            label: name(),
            event: name(),
            family: "x".into(),
            direction,
            roll,
            rows: vec![row],
        };
        let set = RuleSet {
            id: "x".into(),
            family: "x".into(),
            label: name(),
            valid_from: Day::MIN,
            valid_to: None,
            certain: true,
            note: None,
        };
        let counting = Counting::default();
        let rule = Rule { limit: &limit, row: &limit.rows[0], set: &set, counting: &counting };
        let course = Course {
            from: self.from,
            extensions: self.extensions,
            suspensions: &self.stops,
            exclusions: &self.exclusions,
        };
        due(&rule, &course, &HOLIDAYS).unwrap()
    }
}

fn any_day() -> impl Strategy<Value = Day> {
    (18_628_i64..21_300).prop_map(number_day)
}

fn any_case() -> impl Strategy<Value = Case> {
    let units = prop_oneof![Just(Unit::Days), Just(Unit::WorkingDays), Just(Unit::Months)];
    let rolls = prop_oneof![3 => Just(Roll::Forward), 1 => Just(Roll::None), 1 => Just(Roll::Backward)];
    let pauses = || vec((-10_i64..60, 0_i64..20), 0..3);
    let span = (any_day(), 1_u16..60, units, 0_u16..3);
    (span, prop::bool::weighted(0.2), rolls, pauses(), pauses()).prop_map(
        |((from, count, unit, extensions), backward, roll, stops, exclusions)| {
            let place = |(start, length): (i64, i64)| {
                let start = kernel::day_number(from) + start;
                (number_day(start), number_day(start + length))
            };
            let count = if unit == Unit::Months { count % 4 + 1 } else { count };
            let (direction, extensions, stops, exclusions) = if backward {
                (Direction::Backward, 0, Vec::new(), Vec::new())
            } else {
                (Direction::Forward, extensions, stops, exclusions)
            };
            Case {
                from,
                term: Term { count, unit },
                extensions,
                direction,
                roll,
                stops: stops.into_iter().map(place).map(|(stop, resume)| (stop, Some(resume))).collect(),
                exclusions: exclusions.into_iter().map(place).map(|(from, to)| Window { from, to }).collect(),
            }
        },
    )
}

/// 20.000, or what `PROPTEST_CASES` asks for. A million before a release:
/// `PROPTEST_CASES=1000000 cargo test --release -p calendar oracle`.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(20_000), failure_persistence: None, ..ProptestConfig::default() }
}

#[test]
fn the_pack_has_the_days_off_of_the_oracle() {
    for (day, working) in WORKING.range(date(2021, 1, 1)..=date(2028, 12, 31)) {
        assert_eq!(HOLIDAYS.is_working(*day), *working, "{day}");
        assert_eq!(HOLIDAYS.reason(*day).is_none(), *working, "{day}");
    }
    assert!(HOLIDAYS.certain(date(2026, 12, 31)) && HOLIDAYS.certain(date(2027, 1, 1)));
    assert!(!HOLIDAYS.certain(date(2027, 1, 4)) && !HOLIDAYS.certain(date(2029, 1, 4)));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn due_days_are_those_of_the_oracle(case in any_case()) {
        let got = case.ask();
        prop_assert_eq!((got.nominal, got.due), case.answer());
        let marks = got.marks();
        prop_assert!(marks[&got.due].due && marks[&case.from].event);
        if case.term.unit != Unit::Months {
            let numbered = marks.values().filter(|mark| mark.number.is_some()).count();
            prop_assert_eq!(numbered, usize::from(case.term.count) * usize::from(case.extensions + 1));
        }
        for (day, mark) in &marks {
            let off = !WORKING[day] || case.stopped(*day);
            prop_assert!(mark.skipped.is_none() || off, "{} is skipped without reason", day);
        }
    }

    #[test]
    fn working_days_between_are_those_of_the_table(from in any_day(), to in any_day()) {
        let (first, last) = (from.min(to), from.max(to));
        let found = WORKING.range(first..=last).filter(|(day, working)| **day != first && **working).count();
        let sign = if to < from { -1 } else { 1 };
        prop_assert_eq!(HOLIDAYS.working_days_between(from, to), sign * i64::try_from(found).unwrap());
    }

    #[test]
    fn windows_are_their_months_and_edges(from in any_day(), length in 0_i64..500) {
        let window = Window { from, to: number_day(kernel::day_number(from) + length) };
        let split = window.months_inside();
        prop_assert!(split.edges.len() <= 2);
        let months = split.months.map(month_window);
        let mut days: Vec<Day> = months.chain(split.edges).flat_map(|part| part.days().collect::<Vec<_>>()).collect();
        days.sort();
        prop_assert_eq!(days, window.days().collect::<Vec<_>>());
    }
}
