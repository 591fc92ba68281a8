//! JSON Schema of the definition files, for editors.

use schemars::schema_for;
use serde_json::{Value, json};

use crate::{
    figure::DerivedFile,
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
            "programmes/*.toml": schema_for!(Programme),
            "topics.toml": schema_for!(Topics),
            "measures.toml": schema_for!(Measures),
        }
    })
}
