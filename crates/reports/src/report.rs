//! A report as it is kept: its state, the prose that people wrote, what was sent back; and the one table of what may follow what.

use std::collections::BTreeMap;

use calendar::{Period, Window};
use jiff::Timestamp;
use kernel::{Day, Id, Refusal};
use units::Unit;

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    Draft,
    Submitted,
    Returned,
    Accepted,
    Issued,
}

/// What is done to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    Write,
    Submit,
    Return,
    Accept,
    Issue,
}

impl State {
    pub const ALL: [State; 5] = [Self::Draft, Self::Submitted, Self::Returned, Self::Accepted, Self::Issued];

    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Issued => "issued",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// What comes of an act; none where the act has no place.
    pub fn after(self, act: Act) -> Option<State> {
        match (self, act) {
            (Self::Draft | Self::Returned, Act::Write) => Some(self),
            (Self::Draft | Self::Returned, Act::Submit) => Some(Self::Submitted),
            // A second place may be sent back while the first is being mended.
            (Self::Submitted | Self::Returned | Self::Accepted, Act::Return) => Some(Self::Returned),
            (Self::Submitted, Act::Accept) => Some(Self::Accepted),
            (Self::Accepted, Act::Issue) => Some(Self::Issued),
            _ => None,
        }
    }

    /// The state after an act, or a refusal that says why not.
    pub fn take(self, act: Act) -> Result<State, Refusal> {
        self.after(act).ok_or_else(|| {
            let refusal = Refusal::new("reports.not_now");
            refusal.with("state", self.name()).with("act", act.right())
        })
    }
}

impl Act {
    /// The right to do it, which is also its name in the timeline.
    pub fn right(self) -> &'static str {
        match self {
            Self::Write => "report.write",
            Self::Submit => "report.submit",
            Self::Return => "report.return",
            Self::Accept => "report.accept",
            Self::Issue => "report.issue",
        }
    }
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub id: Id,
    pub outline: String,
    /// The place that it tells of.
    pub unit: Unit,
    pub body: Unit,
    pub period: Period,
    pub window: Window,
    pub state: State,
    pub version: i64,
    /// How often it was submitted.
    pub round: i64,
    /// Prose by slot.
    pub slots: BTreeMap<String, String>,
    pub signed: Option<Signed>,
    pub created: Timestamp,
    pub changed: Timestamp,
}

/// What is known once the paper has been signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub number: String,
    pub day: Day,
    pub signer: Option<String>,
}

/// A section or a number that was sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    pub id: Id,
    pub round: i64,
    pub target: Target,
    pub label: String,
    pub reason: String,
    pub who: i64,
    pub at: Timestamp,
    pub answer: Option<String>,
    pub settled: Option<Timestamp>,
}

/// What a return speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Section(String),
    Number(String),
}

impl Target {
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("section", id) if !id.is_empty() => Some(Self::Section(id.to_owned())),
            ("number", key) if !key.is_empty() => Some(Self::Number(key.to_owned())),
            _ => None,
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Section(id) => write!(f, "section:{id}"),
            Self::Number(key) => write!(f, "number:{key}"),
        }
    }
}

impl Report {
    /// The reasons for which numbers were sent back and that nobody has answered yet, by the number's key.
    pub fn returned(returns: &[Return]) -> BTreeMap<String, String> {
        let open = returns.iter().filter(|one| one.settled.is_none());
        open.filter_map(|one| match &one.target {
            Target::Number(key) => Some((key.clone(), one.reason.clone())),
            Target::Section(_) => None,
        })
        .collect()
    }
}
