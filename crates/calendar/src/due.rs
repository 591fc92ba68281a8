//! Due dates: a walk over the days from the event, which notes why each day that does not count does not.

use std::collections::BTreeSet;

use kernel::{Day, Label, Refusal, day_number, show_day};

use crate::{
    derivation::{Due, Pause, Reason, Step},
    holidays::Holidays,
    law::Rule,
    limit::{Direction, Roll, Term, Unit},
    window::{Window, months_on},
};

/// A clock stops on the first day and runs again from the second, itself counted; without one it has not resumed.
pub type Stop = (Day, Option<Day>);

/// What a clock has gone through.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// The day of the event.
    pub from: Day,
    /// How often the term has been extended.
    pub extensions: u16,
    pub suspensions: &'a [Stop],
    /// Days that fall out, both ends included.
    pub exclusions: &'a [Window],
}

impl Course<'_> {
    /// From an event, with nothing in between.
    pub fn from(day: Day) -> Self {
        Self { from: day, extensions: 0, suspensions: &[], exclusions: &[] }
    }
}

/// When what the rule asks for is due, and the derivation.
pub fn due(rule: &Rule<'_>, course: &Course<'_>, holidays: &Holidays) -> Result<Due, Refusal> {
    permit(rule, course)?;
    let backward = rule.limit.direction == Direction::Backward;
    let article = rule.counting.event.clone();
    let event = Step::Event { day: course.from, what: rule.limit.event.clone(), article };
    let mut walk = Walk {
        course,
        holidays,
        backward,
        at: course.from,
        skipped: Vec::new(),
        worked: Vec::new(),
        undecided: BTreeSet::new(),
        steps: vec![event],
    };
    let months = rule.counting.months.as_ref().filter(|_| rule.row.term.unit == Unit::Months);
    walk.count(rule.row.term, 0, months.cloned())?;
    if let Some(extension) = &rule.row.extension {
        for number in 1..=course.extensions {
            walk.count(extension.term, number, Some(extension.article.clone()))?;
        }
    }
    let nominal = walk.at;
    walk.roll(rule.limit.roll, rule.counting.roll.as_ref())?;

    let Walk { at: due, undecided, mut steps, .. } = walk;
    let decided = undecided.is_empty();
    steps.push(Step::Due { day: due, backward });
    let since = rule.row.valid_from.map_or(rule.set.valid_from, |from| from.max(rule.set.valid_from));
    steps.push(Step::Basis { article: rule.row.article.clone(), rule_set: rule.set.id.clone(), since });
    if !decided {
        steps.push(Step::Unconfirmed { years: undecided.into_iter().collect() });
    }
    for (note, certain) in [(&rule.row.note, rule.row.certain), (&rule.set.note, rule.set.certain)] {
        steps.extend(note.clone().map(|text| Step::Note { text, doubt: !certain }));
    }
    Ok(Due {
        due,
        nominal,
        basis: rule.row.article.vi.clone(),
        rule_set: rule.set.id.clone(),
        certain: decided && rule.row.certain && rule.set.certain,
        steps,
    })
}

/// What the rule does not allow its clock to go through.
fn permit(rule: &Rule<'_>, course: &Course<'_>) -> Result<(), Refusal> {
    let id = &rule.limit.id;
    let most = rule.row.extension.as_ref().map_or(0, |extension| extension.most);
    if course.extensions > most {
        let refusal = Refusal::new("calendar.extension_not_allowed");
        return Err(refusal.with("limit", id).with("most", most).with("asked", course.extensions));
    }
    if rule.limit.direction == Direction::Backward && !(course.suspensions.is_empty() && course.exclusions.is_empty()) {
        return Err(Refusal::new("calendar.backward_never_stops").with("limit", id));
    }
    for (stop, resume) in course.suspensions {
        Window::new(*stop, resume.unwrap_or(*stop))?;
    }
    Ok(())
}

struct Walk<'a> {
    course: &'a Course<'a>,
    holidays: &'a Holidays,
    backward: bool,
    at: Day,
    /// Notes for the step being made.
    skipped: Vec<Pause>,
    worked: Vec<Day>,
    /// Years of days that mattered and are not decided.
    undecided: BTreeSet<i16>,
    steps: Vec<Step>,
}

impl Walk<'_> {
    /// Lets a term run from where the walk stands.
    fn count(&mut self, term: Term, extension: u16, article: Option<Label>) -> Result<(), Refusal> {
        let first = next(self.at, self.backward)?;
        match term.unit {
            Unit::Days | Unit::WorkingDays => {
                for left in (1..=i64::from(term.count)).rev() {
                    self.advance(term.unit == Unit::WorkingDays, left)?;
                }
            }
            Unit::Months => self.count_months(i64::from(term.count))?,
        }
        let (skipped, worked) = (std::mem::take(&mut self.skipped), std::mem::take(&mut self.worked));
        let from = if term.count == 0 { self.at } else { first };
        self.steps.push(Step::Count { from, to: self.at, term, extension, article, skipped, worked });
        Ok(())
    }

    /// To the corresponding day, then on by as many days as were stopped on the way.
    fn count_months(&mut self, months: i64) -> Result<(), Refusal> {
        let end = months_on(self.at, if self.backward { -months } else { months });
        let mut owed = 0;
        while self.at != end {
            self.at = next(self.at, self.backward)?;
            let left = (day_number(end) - day_number(self.at)).abs() + 1 + owed;
            if let Some(why) = self.stopped(self.at, left)? {
                note(&mut self.skipped, self.at, why);
                owed += 1;
            }
        }
        for left in (1..=owed).rev() {
            self.advance(false, left)?;
        }
        Ok(())
    }

    /// One counted day on.
    fn advance(&mut self, working: bool, left: i64) -> Result<(), Refusal> {
        loop {
            self.at = next(self.at, self.backward)?;
            if let Some(why) = self.stopped(self.at, left)? {
                note(&mut self.skipped, self.at, why);
                continue;
            }
            if !working {
                return Ok(());
            }
            self.rely_on(self.at);
            let Some(why) = self.holidays.reason(self.at) else {
                if self.holidays.is_made_up(self.at) {
                    self.worked.push(self.at);
                }
                return Ok(());
            };
            note(&mut self.skipped, self.at, why);
        }
    }

    /// Moves a last day that is off.
    fn roll(&mut self, roll: Roll, article: Option<&Label>) -> Result<(), Refusal> {
        let backward = match roll {
            Roll::None => return Ok(()),
            Roll::Forward => false,
            Roll::Backward => true,
        };
        let from = self.at;
        loop {
            let stopped = self.stopped(self.at, 0)?;
            if stopped.is_none() {
                self.rely_on(self.at);
            }
            let Some(why) = stopped.or_else(|| self.holidays.reason(self.at)) else { break };
            note(&mut self.skipped, self.at, why);
            self.at = next(self.at, backward)?;
        }
        if self.at != from {
            let skipped = std::mem::take(&mut self.skipped);
            self.steps.push(Step::Roll { from, to: self.at, article: article.cloned(), skipped });
        }
        Ok(())
    }

    fn rely_on(&mut self, day: Day) {
        if !self.holidays.certain(day) {
            self.undecided.insert(day.year());
        }
    }

    /// Why the clock does not run on a day, weekends and holidays aside; refused when it has not started again.
    fn stopped(&self, day: Day, left: i64) -> Result<Option<Reason>, Refusal> {
        for (stop, resume) in self.course.suspensions.iter().filter(|(stop, _)| *stop <= day) {
            match resume {
                Some(resume) if *resume <= day => {}
                Some(_) => return Ok(Some(Reason::Suspended)),
                None => {
                    let refusal = Refusal::new("calendar.clock_stopped");
                    return Err(refusal.with("since", show_day(*stop)).with("left", left));
                }
            }
        }
        Ok(self.course.exclusions.iter().any(|window| window.contains(day)).then_some(Reason::Excluded))
    }
}

fn next(day: Day, backward: bool) -> Result<Day, Refusal> {
    let next = if backward { day.yesterday() } else { day.tomorrow() };
    next.map_err(|_| Refusal::new("calendar.out_of_calendar").with("day", show_day(day)))
}

/// Adds a day to the last pause where it continues it.
fn note(pauses: &mut Vec<Pause>, day: Day, why: Reason) {
    if let Some(last) = pauses.last_mut().filter(|last| last.why == why) {
        if last.to.tomorrow().ok() == Some(day) {
            last.to = day;
            return;
        }
        if last.from.yesterday().ok() == Some(day) {
            last.from = day;
            return;
        }
    }
    pauses.push(Pause { from: day, to: day, why });
}
