//! JSON Schema of the definition files, for editors.

use schemars::schema_for;
use serde_json::{Value, json};

use crate::{
    decision::DecisionFile,
    duty::DutyFile,
    figure::DerivedFile,
    form::Form,
    programme::Programme,
    register::Register,
    vocabulary::{About, Measures, Topics},
};

/// One schema with a definition for each kind of file.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "danvan pack",
        "files": {
            "pack.toml": schema_for!(About),
            "registers/*.toml": schema_for!(Register),
            "figures/*.toml": schema_for!(DerivedFile),
            "decisions/*.toml": schema_for!(DecisionFile),
            "duties/*.toml": schema_for!(DutyFile),
            "programmes/*.toml": schema_for!(Programme),
            "forms/*.toml": schema_for!(Form),
            "topics.toml": schema_for!(Topics),
            "measures.toml": schema_for!(Measures),
        }
    })
}
