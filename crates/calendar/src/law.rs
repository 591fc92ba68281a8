//! The law of a pack: rule sets by date, the facts that conditions speak of, the limits and the regimes, read from its files.

use std::{collections::BTreeMap, fmt};

use kernel::{Day, Label, Refusal, show_day};
use serde::{Deserialize, Serialize};

use crate::{
    limit::{Limit, Row},
    regime::Regime,
};

/// What is wrong in a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub file: String,
    pub line: Option<usize>,
    pub what: String,
}

impl Flaw {
    pub(crate) fn of(file: &str, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1);
        Self { file: file.to_owned(), line, what: error.message().to_owned() }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// A state of the law from one day to another; a family's sets follow each other.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    pub id: String,
    pub family: String,
    pub label: Label,
    pub valid_from: Day,
    #[serde(default)]
    pub valid_to: Option<Day>,
    #[serde(default = "yes")]
    pub certain: bool,
    #[serde(default)]
    pub note: Option<Label>,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    Flag(bool),
    Count(i64),
    Word(String),
}

/// Facts by id: what conditions are evaluated over.
pub type Facts = BTreeMap<String, Value>;

/// A fact that conditions may speak of; its default says its type.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub id: String,
    pub label: Label,
    pub default: Value,
    #[serde(default)]
    pub choices: Vec<String>,
}

/// The articles on counting itself, which a derivation quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counting {
    /// The day of the event is not counted.
    pub event: Option<Label>,
    /// A last day that is off moves.
    pub roll: Option<Label>,
    /// A term in months ends on the corresponding day.
    pub months: Option<Label>,
}

/// All of a pack's law.
#[derive(Clone, Debug, Default)]
pub struct Law {
    pub rule_sets: Vec<RuleSet>,
    pub facts: Vec<Fact>,
    pub limits: BTreeMap<String, Limit>,
    pub regimes: Vec<Regime>,
    pub counting: Counting,
}

/// The row that applies, with the limit and the state of the law it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    pub limit: &'a Limit,
    pub row: &'a Row,
    pub set: &'a RuleSet,
    pub counting: &'a Counting,
}

/// Any file under `law/`: it may hold any of these.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawFile {
    #[serde(default)]
    pub rule_set: Vec<RuleSet>,
    #[serde(default)]
    pub fact: Vec<Fact>,
    #[serde(default)]
    pub limit: Vec<Limit>,
    #[serde(default)]
    pub regime: Vec<Regime>,
    pub counting: Option<Counting>,
}

fn yes() -> bool {
    true
}

impl Law {
    /// Reads the files, each with its name for the flaws, and checks them together.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, Vec<Flaw>> {
        let (mut parsed, mut flaws) = (Vec::new(), Vec::new());
        for (name, text) in files {
            match toml::from_str::<LawFile>(text) {
                Ok(file) => parsed.push(((*name).to_owned(), file)),
                Err(error) => flaws.push(Flaw::of(name, text, &error)),
            }
        }
        if flaws.is_empty() { Self::gather(parsed) } else { Err(flaws) }
    }

    /// Puts files together that have been read, and checks them against each other.
    pub fn gather(files: Vec<(String, LawFile)>) -> Result<Self, Vec<Flaw>> {
        let (mut law, mut flaws) = (Self::default(), Vec::new());
        for (name, file) in files {
            let wrong = law.lay(file);
            flaws.extend(wrong.into_iter().map(|what| Flaw { file: name.clone(), line: None, what }));
        }
        let what = law.disagreements();
        flaws.extend(what.into_iter().map(|what| Flaw { file: "law".to_owned(), line: None, what }));
        if flaws.is_empty() { Ok(law) } else { Err(flaws) }
    }

    fn lay(&mut self, file: LawFile) -> Vec<String> {
        let mut wrong = Vec::new();
        self.rule_sets.extend(file.rule_set);
        self.facts.extend(file.fact);
        self.regimes.extend(file.regime);
        for limit in file.limit {
            if let Some(known) = self.limits.insert(limit.id.clone(), limit) {
                wrong.push(format!("the limit {} is defined twice", known.id));
            }
        }
        if let Some(counting) = file.counting {
            self.counting = counting;
        }
        wrong
    }

    /// What the files say against each other.
    fn disagreements(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (place, set) in self.rule_sets.iter().enumerate() {
            for other in self.rule_sets[..place].iter().filter(|other| other.family == set.family) {
                let apart = other.valid_to.is_some_and(|to| to < set.valid_from)
                    || set.valid_to.is_some_and(|to| to < other.valid_from);
                if other.id == set.id || !apart {
                    wrong.push(format!("the rule sets {} and {} overlap or share a name", other.id, set.id));
                }
            }
        }
        let families = |family: &str| self.rule_sets.iter().any(|set| set.family == family);
        let homeless = self.limits.values().filter(|limit| !families(&limit.family));
        wrong.extend(homeless.map(|limit| format!("{}: no rule set of the family {}", limit.id, limit.family)));
        for (place, fact) in self.facts.iter().enumerate() {
            if self.facts[..place].iter().any(|other| other.id == fact.id) {
                wrong.push(format!("the fact {} is defined twice", fact.id));
            }
            let unknown = |word: &String| !fact.choices.is_empty() && !fact.choices.contains(word);
            if matches!(&fact.default, Value::Word(word) if unknown(word)) {
                wrong.push(format!("the default of the fact {} is not one of its choices", fact.id));
            }
        }
        let unknown = |regime: &&Regime| regime.limit.as_ref().is_some_and(|limit| !self.limits.contains_key(limit));
        let lost = self.regimes.iter().filter(unknown);
        wrong.extend(lost.map(|regime| format!("the regime {} names an unknown limit", regime.id)));
        wrong
    }

    /// Every condition with the limit it stands in, for a check that each can be evaluated.
    pub fn conditions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.limits
            .values()
            .flat_map(|limit| limit.rows.iter().filter_map(|row| Some((limit.id.as_str(), row.when.as_deref()?))))
    }

    /// All facts: their defaults, and what was set as `remote`, `remote=false`, `extensions=2` or `basis=decree`.
    pub fn facts<T: AsRef<str>>(&self, set: &[T]) -> Result<Facts, Refusal> {
        let mut facts: Facts = self.facts.iter().map(|fact| (fact.id.clone(), fact.default.clone())).collect();
        for text in set {
            let text = text.as_ref().trim();
            let (id, value) = text.split_once('=').map_or((text, "true"), |(id, value)| (id.trim(), value.trim()));
            let Some(fact) = self.facts.iter().find(|fact| fact.id == id) else {
                let known: Vec<&str> = self.facts.iter().map(|fact| fact.id.as_str()).collect();
                return Err(Refusal::new("calendar.unknown_fact").with("fact", id).with("known", known.join(", ")));
            };
            facts.insert(fact.id.clone(), fact.read(value)?);
        }
        Ok(facts)
    }

    /// The row of a limit that applies to an event on a day: in force that day, and the first whose condition holds.
    pub fn rule(&self, id: &str, on: Day, holds: &dyn Fn(&str) -> Result<bool, Refusal>) -> Result<Rule<'_>, Refusal> {
        let refuse = |key| Refusal::new(key).with("limit", id).with("day", show_day(on));
        let limit = self.limits.get(id).ok_or_else(|| Refusal::new("calendar.unknown_limit").with("limit", id))?;
        let in_force = |set: &&RuleSet| {
            set.family == limit.family && set.valid_from <= on && set.valid_to.is_none_or(|to| on <= to)
        };
        let set = self.rule_sets.iter().find(in_force).ok_or_else(|| refuse("calendar.not_in_force"))?;
        let mut any = false;
        for row in limit.rows.iter().filter(|row| row.in_force(on)) {
            any = true;
            if row.when.as_deref().map_or(Ok(true), holds)? {
                return Ok(Rule { limit, row, set, counting: &self.counting });
            }
        }
        Err(refuse(if any { "calendar.no_case" } else { "calendar.not_in_force" }))
    }

    /// The regime of a name that is in force on a day, as a rule the last of the period.
    pub fn regime(&self, id: &str, on: Day) -> Result<&Regime, Refusal> {
        let mut named = self.regimes.iter().filter(|regime| regime.id == id).peekable();
        if named.peek().is_none() {
            return Err(Refusal::new("calendar.unknown_regime").with("regime", id));
        }
        named
            .find(|regime| regime.in_force(on))
            .ok_or_else(|| Refusal::new("calendar.regime_not_in_force").with("regime", id).with("day", show_day(on)))
    }
}

impl Fact {
    fn read(&self, text: &str) -> Result<Value, Refusal> {
        let value = match self.default {
            Value::Flag(_) => text.parse().ok().map(Value::Flag),
            Value::Count(_) => text.parse().ok().filter(|count| *count >= 0).map(Value::Count),
            Value::Word(_) => {
                let known = self.choices.is_empty() || self.choices.iter().any(|choice| choice == text);
                known.then(|| Value::Word(text.to_owned()))
            }
        };
        value.ok_or_else(|| {
            let right = match self.default {
                Value::Flag(_) => "true, false".to_owned(),
                Value::Count(_) => "0, 1, 2 …".to_owned(),
                Value::Word(_) => self.choices.join(", "),
            };
            Refusal::new("calendar.fact_unreadable").with("fact", &self.id).with("value", text).with("right", right)
        })
    }
}
