//! What stops an act: a rule's no, a missing thing, someone who was faster, or a fault of the machine.

use std::fmt;

use kernel::{Refusal, Refused};

pub type Result<T> = std::result::Result<T, Stop>;

#[derive(Debug)]
pub enum Stop {
    /// A rule said no; a person reads why.
    Refused(Refused),
    /// There is no such thing, or none that this reader may know of.
    Missing,
    /// Someone else saved first.
    Stale,
    /// A fault of the machine.
    Fault(Fault),
}

/// A fault: what was being done, and why it failed. For the log, never for a page.
#[derive(Debug)]
pub struct Fault {
    pub doing: String,
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// The database asks to run the transaction again (deadlock, serialisation, busy).
    pub again: bool,
}

impl Fault {
    pub fn new(doing: impl Into<String>) -> Self {
        Self { doing: doing.into(), source: None, again: false }
    }

    pub fn from_source(doing: impl Into<String>, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { doing: doing.into(), source: Some(source.into()), again: false }
    }
}

impl Stop {
    pub fn fault(doing: impl Into<String>) -> Self {
        Stop::Fault(Fault::new(doing))
    }

    pub(crate) fn sql(doing: &str, source: sqlx::Error) -> Self {
        let again = match &source {
            sqlx::Error::Database(error) => {
                matches!(error.code().as_deref(), Some("40001" | "40P01" | "5" | "517" | "6"))
            }
            _ => false,
        };
        Stop::Fault(Fault {
            doing: doing.split_whitespace().collect::<Vec<_>>().join(" "),
            source: Some(Box::new(source)),
            again,
        })
    }

    pub fn wants_again(&self) -> bool {
        matches!(self, Stop::Fault(fault) if fault.again)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed: {}", self.doing)
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Refused(refused) => refused.fmt(f),
            Stop::Missing => f.write_str("missing"),
            Stop::Stale => f.write_str("someone else saved first"),
            Stop::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Stop {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Stop::Fault(fault) => fault.source(),
            _ => None,
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal.into())
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Stop::Refused(refused)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Fault(fault)
    }
}

impl From<std::io::Error> for Stop {
    fn from(source: std::io::Error) -> Self {
        Stop::Fault(Fault::from_source("reading or writing a file", source))
    }
}

impl From<serde_json::Error> for Stop {
    fn from(source: serde_json::Error) -> Self {
        Stop::Fault(Fault::from_source("reading or writing JSON", source))
    }
}
