//! How the doors of the API describe themselves (`OpenAPI` 3.1): each room hands over its own with its routes.

use serde_json::{Map, Value as Json, json};

/// The described doors of all rooms: by address, then by method.
#[derive(Clone, Debug, Default)]
pub struct Described(pub Map<String, Json>);

impl Described {
    pub(crate) fn add(&mut self, paths: Json) {
        let Json::Object(paths) = paths else { return };
        for (path, acts) in paths {
            match (self.0.get_mut(&path), acts) {
                (Some(Json::Object(known)), Json::Object(acts)) => known.extend(acts),
                (_, acts) => {
                    self.0.insert(path, acts);
                }
            }
        }
    }
}

/// One door: its name, what it does, its parameters, what it answers; a second answer for what was made before.
pub fn operation(id: &str, summary: &str, parameters: &[Json], body: Option<Json>, ok: &str, shape: &Json) -> Json {
    let trouble = json!({ "description": "Why not", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/problem" } } } });
    let done = json!({ "description": "Done", "content": { "application/json": { "schema": shape } } });
    let mut operation = json!({ "operationId": id, "summary": summary, "parameters": parameters, "responses": { ok: done, "default": trouble } });
    // A key that was sent before answers with what it made then.
    if ok == "201" {
        operation["responses"]["200"] = operation["responses"]["201"].clone();
    }
    if let Some(body) = body {
        operation["requestBody"] = body;
    }
    operation
}

/// A parameter of the query, not required.
pub fn asked(name: &str, about: &str) -> Json {
    json!({ "name": name, "in": "query", "required": false, "schema": { "type": "string" }, "description": about })
}

/// A part of the address.
pub fn placed(name: &str, about: &str) -> Json {
    json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" }, "description": about })
}

/// An object of which these properties are always there.
pub fn object(properties: &Json) -> Json {
    let required: Vec<&String> = properties.as_object().map(|all| all.keys().collect()).unwrap_or_default();
    json!({ "type": "object", "required": required, "properties": properties })
}
