//! A refusal: a rule said no, and a person can act on it. The key is looked up in the language files; the arguments fill it.
//! Faults of the machine are not refusals; they are `web::Trouble`.

use std::{borrow::Cow, fmt};

/// Why a rule said no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The wording's key, `room.reason`.
    pub key: Cow<'static, str>,
    pub args: Vec<(&'static str, String)>,
    /// The field of the form that it speaks of, if one: `held_on`, or `opinion.2.text` for a child row.
    pub field: Option<String>,
}

impl Refusal {
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new(), field: None }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// For logs and tests only; people read the wording.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.key)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value:?}")?;
        }
        self.field.iter().try_for_each(|field| write!(f, " at {field}"))
    }
}

impl std::error::Error for Refusal {}

/// One or more refusals of one act: a form shows them all at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused(pub Vec<Refusal>);

impl Refused {
    /// Nothing was refused: carry on.
    pub fn settle(self) -> Result<(), Refused> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    pub fn push(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(vec![refusal])
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, refusal) in self.0.iter().enumerate() {
            write!(f, "{}{refusal}", if place == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}
