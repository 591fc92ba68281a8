//! How a form asks, and what was wrong with the answers: fields, choices, measures, errors.

use kernel::{Lang, Refused};
use maud::{Markup, html};

use crate::{say, t};

/// How a field is asked for.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub optional: bool,
    pub private: bool,
    pub width: Width,
    /// In a table of inputs: the row's number from 0; the column's head is the label.
    pub row: Option<usize>,
    pub numeric: bool,
    pub autocomplete: Option<&'static str>,
}

/// How wide the control is: the width tells how long an answer is expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    Short,
    Middle,
    #[default]
    Long,
    Full,
}

impl Width {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Width::Short => "w-s",
            Width::Middle => "w-m",
            Width::Long => "w-l",
            Width::Full => "w-full",
        }
    }
}

impl Ask {
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into()).filter(|hint| !hint.is_empty());
        self
    }

    /// A further hint, after the one that is there.
    #[must_use]
    pub fn hint_too(self, hint: impl AsRef<str>) -> Self {
        let both = match &self.hint {
            Some(first) => format!("{} {}", first.trim_end(), hint.as_ref()),
            None => hint.as_ref().to_owned(),
        };
        self.hint(both)
    }

    #[must_use]
    pub fn optional(mut self, optional: bool) -> Self {
        self.optional = optional;
        self
    }

    /// Marks a field that is kept sealed and read by its own unit only.
    #[must_use]
    pub fn private(mut self, private: bool) -> Self {
        self.private = private;
        self
    }

    #[must_use]
    pub fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    #[must_use]
    pub fn row(mut self, row: usize) -> Self {
        self.row = Some(row);
        self
    }

    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    #[must_use]
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// `opinion.2.text` → `f-opinion-2-text`: where an error leads to.
    pub(crate) fn id(&self) -> String {
        field_id(&self.name)
    }
}

fn field_id(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
    format!("f-{plain}")
}

/// Something to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
    /// What those stand under that belong together: said above the first of them.
    pub group: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, group: None }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub fn under(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }
}

/// The unit of measure at the right of a quantity.
#[derive(Clone, Debug)]
pub enum Measure<'a> {
    Fixed(&'a str),
    /// Chosen beside the number, in a field of its own.
    Among {
        name: &'a str,
        choices: &'a [Choice],
    },
}

/// What was wrong with a form, in words, each at its field.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    lines: Vec<(Option<String>, String)>,
}

impl Errors {
    pub fn none() -> Self {
        Self::default()
    }

    pub fn of(lang: Lang, refused: &Refused) -> Self {
        Self { lines: refused.0.iter().map(|refusal| (refusal.field.clone(), say(lang, refusal))).collect() }
    }

    pub fn at(&self, field: &str) -> Option<&str> {
        self.lines.iter().find(|(known, _)| known.as_deref() == Some(field)).map(|(_, line)| line.as_str())
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// First on the page of a refused form: the same words as at the fields, each leading to its field.
pub fn error_summary(lang: Lang, errors: &Errors) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.errsum.panel role="alert" tabindex="-1" aria-labelledby="h-errors" {
                h2 id="h-errors" { (t!(lang, "web.errors", count = errors.len())) }
                ul {
                    @for (field, line) in &errors.lines {
                        li { @match field { Some(field) => { a href=(format!("#{}", field_id(field))) { (line) } } None => { (line) } } }
                    }
                }
            }
        }
    }
}
