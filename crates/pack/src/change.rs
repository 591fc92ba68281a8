//! From one pack to another: what it takes away, which records might hold, and which figures mean something else.

use kernel::Refusal;

use crate::{
    Pack,
    register::{Field, Register},
};

/// What a new pack takes away. It is refused where records use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    Register {
        register: String,
    },
    Rows {
        register: String,
        rows: String,
    },
    /// `field` is a path: `topic`, or `opinion.topic` in child rows.
    Field {
        register: String,
        field: String,
    },
    Choice {
        register: String,
        field: String,
        choice: String,
    },
    State {
        register: String,
        state: String,
    },
    Step {
        register: String,
        step: String,
    },
    Topic {
        topic: String,
    },
    Type {
        register: String,
        field: String,
        from: String,
        to: String,
    },
    Measure {
        register: String,
        field: String,
        from: String,
        to: String,
    },
    /// From the vault into ordinary data, or back.
    Privacy {
        register: String,
        field: String,
    },
}

impl Loss {
    pub fn refusal(&self) -> Refusal {
        let named = |key, names: &[(&'static str, &String)]| {
            names.iter().fold(Refusal::new(key), |refusal, (name, value)| refusal.with(name, value))
        };
        match self {
            Self::Register { register } => named("pack.takes_register", &[("register", register)]),
            Self::Rows { register, rows } => named("pack.takes_rows", &[("register", register), ("rows", rows)]),
            Self::Field { register, field } => named("pack.takes_field", &[("register", register), ("field", field)]),
            Self::Choice { register, field, choice } => {
                named("pack.takes_choice", &[("register", register), ("field", field), ("choice", choice)])
            }
            Self::State { register, state } => named("pack.takes_state", &[("register", register), ("state", state)]),
            Self::Step { register, step } => named("pack.takes_step", &[("register", register), ("step", step)]),
            Self::Topic { topic } => named("pack.takes_topic", &[("topic", topic)]),
            Self::Type { register, field, from, to } => {
                named("pack.changes_type", &[("register", register), ("field", field), ("from", from), ("to", to)])
            }
            Self::Measure { register, field, from, to } => {
                named("pack.changes_measure", &[("register", register), ("field", field), ("from", from), ("to", to)])
            }
            Self::Privacy { register, field } => {
                named("pack.changes_privacy", &[("register", register), ("field", field)])
            }
        }
    }
}

/// Everything that stood in the old pack and does not in the new one, or stands otherwise.
pub fn narrowing(old: &Pack, new: &Pack) -> Vec<Loss> {
    let mut losses = Vec::new();
    for was in old.registers.values() {
        match new.register(&was.id) {
            None => losses.push(Loss::Register { register: was.id.clone() }),
            Some(is) => narrowed_register(was, is, &mut losses),
        }
    }
    let gone = old.topics.topics.iter().filter(|topic| new.topics.find(&topic.id).is_none());
    losses.extend(gone.map(|topic| Loss::Topic { topic: topic.id.clone() }));
    // A measure kept under its name but with other places changes every amount.
    for was in new.registers.values() {
        for field in was.fields.iter().chain(was.rows.iter().flat_map(|rows| &rows.fields)) {
            let places =
                |pack: &Pack| field.measure.as_ref().and_then(|id| pack.measures.find(id)).map(|one| one.places);
            if let (Some(before), Some(after)) = (places(old), places(new))
                && before != after
            {
                losses.push(Loss::Measure {
                    register: was.id.clone(),
                    field: field.id.clone(),
                    from: before.to_string(),
                    to: after.to_string(),
                });
            }
        }
    }
    losses
}

fn narrowed_register(was: &Register, is: &Register, losses: &mut Vec<Loss>) {
    let register = || was.id.clone();
    for field in &was.fields {
        narrowed_field(&was.id, &field.id, field, is.field(&field.id), losses);
    }
    for rows in &was.rows {
        let Some(now) = is.rows(&rows.id) else {
            losses.push(Loss::Rows { register: register(), rows: rows.id.clone() });
            continue;
        };
        for field in &rows.fields {
            narrowed_field(&was.id, &format!("{}.{}", rows.id, field.id), field, now.field(&field.id), losses);
        }
    }
    let gone = was.states.iter().filter(|state| is.state(&state.id).is_none());
    losses.extend(gone.map(|state| Loss::State { register: register(), state: state.id.clone() }));
    let gone = was.steps.iter().filter(|step| is.step(&step.id).is_none());
    losses.extend(gone.map(|step| Loss::Step { register: register(), step: step.id.clone() }));
}

fn narrowed_field(register: &str, path: &str, was: &Field, is: Option<&Field>, losses: &mut Vec<Loss>) {
    let (register, field) = (register.to_owned(), path.to_owned());
    let Some(is) = is else {
        losses.push(Loss::Field { register, field });
        return;
    };
    let shape = |field: &Field| {
        let target = field.register.as_deref().map(|register| format!(" → {register}")).unwrap_or_default();
        format!("{}{}{target}", field.kind.name(), if field.many { ", many" } else { "" })
    };
    // One value fits where several may stand; the other way round does not.
    let widened = was.kind == is.kind && was.register == is.register && is.many;
    if shape(was) != shape(is) && !widened {
        losses.push(Loss::Type { register, field, from: shape(was), to: shape(is) });
        return;
    }
    if was.private != is.private {
        losses.push(Loss::Privacy { register: register.clone(), field: field.clone() });
    }
    if let (Some(from), Some(to)) = (&was.measure, &is.measure)
        && from != to
    {
        let (from, to) = (from.clone(), to.clone());
        losses.push(Loss::Measure { register: register.clone(), field: field.clone(), from, to });
    }
    let gone = was.choices.iter().filter(|choice| is.choice(&choice.id).is_none());
    losses.extend(gone.map(|choice| Loss::Choice {
        register: register.clone(),
        field: field.clone(),
        choice: choice.id.clone(),
    }));
}

/// A counted figure whose definition is not what it was: its key before and after, none if it was not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub name: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The figures that must be written anew for every record of their register, in order of name.
pub fn changed_figures(old: &Pack, new: &Pack) -> Vec<Changed> {
    let mut names: Vec<&str> = old.figure_keys().chain(new.figure_keys()).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    let changed = names.into_iter().map(|name| Changed {
        name: name.to_owned(),
        before: old.figure_key(name),
        after: new.figure_key(name),
    });
    changed.filter(|one| one.before != one.after).collect()
}

impl Loss {
    /// The register it is of; a topic is of all.
    pub fn register(&self) -> Option<&str> {
        match self {
            Self::Topic { .. } => None,
            Self::Register { register }
            | Self::Rows { register, .. }
            | Self::Field { register, .. }
            | Self::Choice { register, .. }
            | Self::State { register, .. }
            | Self::Step { register, .. }
            | Self::Type { register, .. }
            | Self::Measure { register, .. }
            | Self::Privacy { register, .. } => Some(register),
        }
    }
}
