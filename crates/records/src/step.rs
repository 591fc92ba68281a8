//! Taking a step: the only way a record's state changes.

use calendar::{Course, Due, Holidays, Window};
use jiff::Timestamp;
use kernel::{Day, Refusal, Refused};
use pack::{
    Pack,
    document::{Document, Running, Taken, day_of},
    expression::Values,
    facts::{self, Head},
    register::{Clock, FieldType, Register, Step},
};
use serde_json::Value as Json;

use crate::{record::By, value::Directory};

/// What the rules of one register decide by.
pub struct Rules<'a> {
    pub pack: &'a Pack,
    pub directory: &'a dyn Directory,
    pub register: &'a Register,
    /// The private fields that are filled: their values are not for rules.
    pub privates: &'a [String],
    /// What lies before it is past: a due day there moves by no calendar of its own accord.
    pub today: Day,
}

impl<'a> Rules<'a> {
    /// Why a step cannot be taken now: shown beside it before anyone tries.
    pub fn hindrances(&self, head: &Head, document: &Document, step: &Step, old_book: bool) -> Vec<Refusal> {
        let state = head.state.as_deref().unwrap_or_default();
        if !step.from.iter().any(|from| from == state) {
            let label = self.register.state(state).map_or(state, |state| state.label.vi.as_str());
            return vec![Refusal::new("step.not_from_here").with("step", &step.label.vi).with("state", label)];
        }
        let values = facts::values(self.register, head, document, self.directory);
        let standing = self.standing(document, &values, step, old_book);
        standing.into_iter().map(|(refusal, _)| refusal).collect()
    }

    /// The steps from the state a record is in, each with what stands against it.
    pub(crate) fn open(&self, head: &Head, document: &Document) -> Vec<(&'a Step, Vec<(Refusal, bool)>)> {
        let state = head.state.as_deref().unwrap_or_default();
        let values = facts::values(self.register, head, document, self.directory);
        let steps = self.register.steps.iter().filter(|step| step.from.iter().any(|from| from == state));
        steps.map(|step| (step, self.standing(document, &values, step, false))).collect()
    }

    /// What stands against a step, each with whether its own form may mend it: whether it asks for a field that the rule reads.
    fn standing(&self, document: &Document, values: &Values, step: &Step, old_book: bool) -> Vec<(Refusal, bool)> {
        let register = self.register;
        let mut found = Vec::new();
        let asked =
            |name: &String| step.needs.contains(name) || step.asks.contains(name) || step.day.as_ref() == Some(name);
        let needs = |label: &str| Refusal::new("step.needs").with("label", label).with("step", &step.label.vi);
        for need in &step.needs {
            if let Some(field) = register.field(need) {
                let waived = old_book && field.kind == FieldType::File;
                let filled =
                    if field.private { self.privates.contains(need) } else { document.fields.contains_key(need) };
                if !waived && !filled {
                    found.push((needs(&field.label.vi).at(need.clone()), true));
                }
            } else if let Some(rows) = register.rows(need) {
                if document.rows(need).is_empty() {
                    found.push((needs(&rows.label.vi).at(need.clone()), true));
                }
            } else if let Some(expression) = self.pack.expression(need).filter(|one| !one.holds(values)) {
                // People read what the condition is about, not how it is written.
                let reads = expression.reads();
                let about: Vec<&str> =
                    reads.iter().filter_map(|name| register.field(name).map(|field| field.label.vi.as_str())).collect();
                let label = if about.is_empty() { need.clone() } else { about.join(", ") };
                let refusal = Refusal::new("step.needs_condition").with("label", label).with("step", &step.label.vi);
                found.push((refusal, reads.iter().any(asked)));
            }
        }
        for warn in step.warns.iter().filter(|warn| warn.stop) {
            if let Some(expression) = self.pack.expression(&warn.when).filter(|when| when.holds(values)) {
                found.push((said(&step.id, &warn.say), expression.reads().iter().any(asked)));
            }
        }
        found
    }

    /// What a step warns of without refusing it.
    pub fn warnings(&self, head: &Head, document: &Document, step: &Step) -> Vec<Refusal> {
        let values = facts::values(self.register, head, document, self.directory);
        let warns = step.warns.iter().filter(|warn| !warn.stop);
        warns
            .filter(|warn| self.pack.expression(&warn.when).is_some_and(|expression| expression.holds(&values)))
            .map(|warn| said(&step.id, &warn.say))
            .collect()
    }

    /// Takes a step on a day: the state changes, clocks start and stop.
    pub fn take(
        &self,
        head: &mut Head,
        document: &mut Document,
        step: &Step,
        on: Day,
        by: &By,
        cause: Option<i64>,
    ) -> Result<(), Refused> {
        let register = self.register;
        let dated = step.day.as_ref().filter(|day| !document.fields.contains_key(*day));
        if let Some(day) = dated {
            document.fields.insert(day.clone(), on.to_string().into());
        }
        let mut refused = Refused(self.hindrances(head, document, step, by.old_book));
        if on > by.today {
            refused.push(Refusal::new("step.in_the_future").with("day", kernel::show_day(on)).at("on"));
        }
        if let Some(last) = document.steps.last().filter(|last| on < last.on) {
            let before = register.step(&last.step).map_or(last.step.as_str(), |step| step.label.vi.as_str());
            refused.push(
                Refusal::new("step.before_the_last")
                    .with("day", kernel::show_day(on))
                    .with("before", before)
                    .with("last", kernel::show_day(last.on))
                    .at("on"),
            );
        }
        refused.settle()?;
        let to = step.leads(head.state.as_deref().unwrap_or_default()).to_owned();
        document.steps.push(Taken {
            step: step.id.clone(),
            on,
            to: to.clone(),
            by: by.account,
            at: by.now.as_millisecond(),
            from_old_book: by.old_book,
            cause,
        });
        head.state = Some(to);
        if let Some(path) = &step.marks {
            document.mark(path, on);
        }
        for clock in &register.clocks {
            if clock.stops.contains(&step.id) {
                stop(document, clock, on);
            }
        }
        for running in &mut document.clocks {
            if register.clock(&running.clock).is_some_and(|clock| clock.restarts.contains(&step.id)) {
                running.stopped = None;
            }
        }
        self.move_clocks(head, document, &step.id)?;
        if dated.is_some() {
            self.follow_fields(head, document)?;
        }
        self.start(head, document, &format!("step:{}", step.id), on)
    }

    /// Reckons anew what a step suspends, lets run on, extends or finds out more about; also after that step was taken back.
    pub(crate) fn move_clocks(&self, head: &Head, document: &mut Document, step: &str) -> Result<(), Refused> {
        for clock in self.register.clocks.iter().filter(|clock| clock.movers().any(|mover| mover == step)) {
            let running = document.clocks.iter().find(|running| running.clock == clock.id && running.stopped.is_none());
            if let Some(started) = running.map(|running| running.started) {
                self.begin(head, document, clock, started)?;
            }
        }
        Ok(())
    }

    /// Starts the clocks that begin with `event`: `created`, `step:…`, or any field clock whose day is now known.
    pub fn start(&self, head: &Head, document: &mut Document, event: &str, on: Day) -> Result<(), Refused> {
        for clock in self.register.clocks.iter().filter(|clock| clock.starts == event) {
            self.begin(head, document, clock, on)?;
        }
        Ok(())
    }

    /// Starts or moves the clocks that hang on fields: a corrected day of receipt moves the due day that came of it.
    pub fn follow_fields(&self, head: &Head, document: &mut Document) -> Result<(), Refused> {
        for clock in &self.register.clocks {
            let excluded = exclusions(clock, document)?;
            let other = |running: &Running| running.excluded != excluded;
            let started = clock.start_fields().find_map(|field| document.day(field));
            if let Some(on) = started {
                let known = document.clocks.iter().find(|running| running.clock == clock.id);
                let due_field = clock.due.as_ref().and_then(|field| document.day(field));
                let same = known.is_some_and(|running| {
                    running.started == on
                        && due_field.is_none_or(|due| due == running.due)
                        && (clock.met.is_none() || running.stopped == met(clock, document))
                });
                // What its limit asks may have been corrected: one that still runs is reckoned over what is now known, unless
                // only a step may move it.
                let asks = (clock.when.is_some() || !clock.facts.is_empty())
                    && clock.movers().next().is_none()
                    && known.is_none_or(|running| running.stopped.is_none());
                let unlike = !same || known.is_some_and(other);
                if asks || unlike {
                    let stood = known.filter(|_| !unlike).cloned();
                    self.begin(head, document, clock, on)?;
                    if let Some(stood) = stood {
                        self.keep_past(document, stood);
                    }
                }
            } else if let Some(running) =
                document.clocks.iter().find(|running| running.clock == clock.id && other(running))
            {
                let started = running.started;
                self.begin(head, document, clock, started)?;
            } else if let (Some(field), Some(running)) =
                (&clock.due, document.clocks.iter().position(|running| running.clock == clock.id))
                && let Some(due) = document.day(field)
            {
                document.clocks[running].due = due;
            }
        }
        Ok(())
    }

    /// Puts a deadline back that only another calendar moved, out of the past or into it: that is an act of its own, with its reason.
    fn keep_past(&self, document: &mut Document, stood: Running) {
        let Some(place) = document.clocks.iter().position(|running| running.clock == stood.clock) else { return };
        let now = &document.clocks[place];
        let past = stood.due < self.today || now.due < self.today;
        let read = |running: &Running| serde_json::from_value::<Due>(running.derivation.clone()).ok();
        if past
            && now.due != stood.due
            && let (Some(before), Some(after)) = (read(&stood), read(now))
            && before.counts_like(&after)
        {
            document.clocks[place] = stood;
        }
    }

    /// What a clock that runs comes to by another calendar; none where no limit reckons it, or the limit refuses.
    pub(crate) fn reckoned(
        &self,
        head: &Head,
        document: &Document,
        running: &Running,
        holidays: &Holidays,
    ) -> Option<Due> {
        let clock = self.register.clock(&running.clock)?;
        let values = facts::values(self.register, head, document, self.directory);
        let (suspensions, _, extensions) = course(clock, document, running.started);
        let exclusions = &running.excluded;
        let course = Course { from: running.started, extensions, suspensions: &suspensions, exclusions };
        self.pack.clock_due_by(clock, &values, &course, holidays).ok().flatten()
    }

    fn begin(&self, head: &Head, document: &mut Document, clock: &Clock, on: Day) -> Result<(), Refused> {
        let values = facts::values(self.register, head, document, self.directory);
        if clock.when.as_ref().and_then(|when| self.pack.expression(when)).is_some_and(|when| !when.holds(&values)) {
            document.clocks.retain(|running| running.clock != clock.id);
            return Ok(());
        }
        let (suspensions, suspended, extensions) = course(clock, document, on);
        let excluded = exclusions(clock, document)?;
        let course = Course { from: on, extensions, suspensions: &suspensions, exclusions: &excluded };
        let reckoned = match self.pack.clock_due(clock, &values, &course) {
            // An event from before the law was in force had no such term.
            Err(refusal) if refusal.key == "calendar.not_in_force" => return Ok(()),
            reckoned => reckoned?,
        };
        let due = match reckoned {
            Some(due) => Some((due.due, serde_json::to_value(&due).unwrap_or_default())),
            None => clock.due.as_ref().and_then(|field| document.day(field)).map(|due| (due, Json::Null)),
        };
        let known = document.clocks.iter().position(|running| running.clock == clock.id);
        let before = known.and_then(|place| document.clocks[place].stopped);
        let stopped = if clock.met.is_some() { met(clock, document) } else { before };
        match (due, known) {
            (Some((due, derivation)), known) => {
                let clock = clock.id.clone();
                let running = Running { clock, started: on, due, stopped, suspended, excluded, derivation };
                match known {
                    Some(place) => document.clocks[place] = running,
                    None => document.clocks.push(running),
                }
            }
            (None, Some(place)) => {
                document.clocks.remove(place);
            }
            (None, None) => {}
        }
        Ok(())
    }
}

/// The time that a record's rows leave out of a clock; a row that ends before it begins is refused where it stands.
fn exclusions(clock: &Clock, document: &Document) -> Result<Vec<Window>, Refused> {
    let Some(excludes) = &clock.excludes else { return Ok(Vec::new()) };
    let (mut windows, mut refused) = (Vec::new(), Refused::default());
    for (place, row) in document.rows(&excludes.rows).iter().enumerate() {
        let day = |id: &String| row.fields.get(id).and_then(day_of);
        let (Some(from), Some(to)) = (day(&excludes.from), day(&excludes.to)) else { continue };
        match Window::new(from, to) {
            Ok(window) => windows.push(window),
            Err(refusal) => refused.push(refusal.at(format!("{}.{place}.{}", excludes.rows, excludes.to))),
        }
    }
    refused.settle().map(|()| windows)
}

/// What a clock has gone through since it started: its stops, since when it stands still, how often it was extended.
fn course(clock: &Clock, document: &Document, started: Day) -> (Vec<calendar::Stop>, Option<Day>, u16) {
    let (mut stops, mut halted, mut extensions) = (Vec::new(), None, 0);
    for taken in document.steps.iter().filter(|taken| taken.on >= started) {
        if clock.suspends.contains(&taken.step) {
            halted = halted.or(Some(taken.on));
        } else if clock.resumes.contains(&taken.step) {
            stops.extend(halted.take().map(|since| (since, Some(taken.on))));
        }
        extensions += u16::from(clock.extends.contains(&taken.step));
    }
    (stops, halted, extensions)
}

/// What a rule of the pack says, in both languages.
/// The key under which a rule of the pack says no.
pub(crate) const RULE: &str = "record.check";

pub(crate) fn said(id: &str, say: &kernel::Label) -> Refusal {
    let refusal = Refusal::new(RULE).with("id", id).with("vi", &say.vi);
    refusal.with("en", say.en.as_deref().unwrap_or(&say.vi))
}

/// The day that meets a clock which a field meets.
fn met(clock: &Clock, document: &Document) -> Option<Day> {
    clock.met.as_ref().and_then(|field| document.day(field))
}

fn stop(document: &mut Document, clock: &Clock, on: Day) {
    for running in document.clocks.iter_mut().filter(|running| running.clock == clock.id && running.stopped.is_none()) {
        running.stopped = Some(on);
    }
}

/// The nearest due day of what still runs.
pub fn next_due(document: &Document) -> Option<Day> {
    document.clocks.iter().filter(|running| running.runs()).map(|running| running.due).min()
}

/// When a step was recorded, for those who read the record.
pub fn recorded_at(taken: &Taken) -> Timestamp {
    Timestamp::from_millisecond(taken.at).unwrap_or(Timestamp::UNIX_EPOCH)
}
