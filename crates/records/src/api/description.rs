//! The description of the API for programs (`OpenAPI` 3.1): the doors, and a schema for each register, drawn from the pack.

use pack::{
    Pack,
    register::{Field, FieldType, Register, Rows},
};
use serde_json::{Map, Value as Json, json};
use web::api::{Described, asked, operation};

/// The document served at `/api/v1/openapi.json`.
pub fn openapi(pack: &Pack, others: &Described) -> Json {
    let mut schemas = Map::new();
    for register in pack.registers.values() {
        schemas.insert(format!("{}.fields", register.id), fields_of(pack, &register.fields));
        schemas.insert(format!("{}.rows", register.id), rows_of(pack, register));
        schemas.insert(format!("{}.record", register.id), record_of(register));
    }
    schemas.insert("problem".into(), problem());
    let some = |kind: &str| -> Vec<Json> {
        pack.registers.keys().map(|id| json!({ "$ref": format!("#/components/schemas/{id}.{kind}") })).collect()
    };
    schemas.insert("record".into(), json!({ "oneOf": some("record") }));
    schemas
        .insert("any_fields".into(), json!({ "type": "object", "description": "The fields of the register, by id." }));
    schemas.insert(
        "any_rows".into(),
        json!({ "type": "object", "additionalProperties": { "type": "array", "items": { "type": "object" } } }),
    );
    let ids: Vec<&String> = pack.registers.keys().collect();
    let mut all = others.0.clone();
    if let Json::Object(own) = paths(&ids) {
        all.extend(own);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": pack.about.label.in_lang(kernel::Lang::En), "version": "1" },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "paths": all,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
        },
    })
}

fn paths(registers: &[&String]) -> Json {
    let register = || json!({ "name": "register", "in": "path", "required": true, "schema": { "type": "string", "enum": registers } });
    let record = || json!({ "name": "record", "in": "path", "required": true, "schema": { "type": "string", "minLength": 14, "maxLength": 14 } });
    let step = json!({ "name": "step", "in": "path", "required": true, "schema": { "type": "string" } });
    let seen = || {
        json!({ "name": "If-Match", "in": "header", "required": true, "schema": { "type": "string" },
        "description": "The version that was read, in quotes: the record's ETag." })
    };
    let once = json!({ "name": "Idempotency-Key", "in": "header", "required": false, "schema": { "type": "string", "maxLength": 200 } });
    let body = |required: bool| {
        json!({ "required": required, "content": { "application/json": { "schema": {
            "type": "object", "additionalProperties": false,
            "properties": {
                "unit": { "type": "string", "description": "The book, by code, slug or name; the seat's own by default." },
                "fields": { "$ref": "#/components/schemas/any_fields" },
                "rows": { "$ref": "#/components/schemas/any_rows" },
                "steps": { "type": "array", "items": { "type": "object", "required": ["step", "on"], "additionalProperties": false,
                    "properties": { "step": { "type": "string" }, "on": { "type": "string" } } } },
                "on": { "type": "string", "description": "The day of a step; today by default." },
            } } } } })
    };
    let record_ref = || json!({ "$ref": "#/components/schemas/record" });
    let registers_shape = json!({ "type": "object", "required": ["registers"], "properties": { "registers": { "type": "array", "items": { "type": "object" } } } });
    let list_shape = json!({ "type": "object", "required": ["records", "next", "count", "counted_to_the_end"], "properties": {
        "records": { "type": "array", "items": record_ref() },
        "next": { "type": ["string", "null"], "description": "Given as `after`, the next page." },
        "count": { "type": "integer" },
        "counted_to_the_end": { "type": "boolean" } } });
    json!({
        "/api/v1/openapi.json": { "get": operation("describe", "This description", &[], None, "200", &json!({ "type": "object" })) },
        "/api/v1/registers": { "get": operation("registers", "The registers", &[], None, "200", &registers_shape) },
        "/api/v1/registers/{register}": { "get": operation("register", "The definition of a register", &[register()], None, "200", &json!({ "type": "object" })) },
        "/api/v1/registers/{register}/records": {
            "get": operation("list", "The records of a register; `f.FIELD` filters by an indexed field", &[
                register(), asked("q", "Words of the text"), asked("view", "open, overdue, all or void"), asked("state", "A state"),
                asked("unit", "A place or body, with all that lies in it"), asked("from", "First day"), asked("to", "Last day"),
                asked("year", "A year"), asked("sort", "day, number, due, title or f.FIELD; falling with a minus"),
                asked("rows", "25, 50 or 100"), asked("after", "The `next` of the page before"),
            ], None, "200", &list_shape),
            "post": operation("create", "Opens a record", &[register(), once], Some(body(true)), "201", &record_ref()),
        },
        "/api/v1/records/{record}": {
            "get": operation("record", "A record", &[record()], None, "200", &record_ref()),
            "put": operation("edit", "Corrects the fields that are named; rows that are named are replaced whole", &[record(), seen()], Some(body(true)), "200", &record_ref()),
        },
        "/api/v1/records/{record}/steps/{step}": {
            "post": operation("step", "Takes a step", &[record(), step, seen()], Some(body(false)), "200", &record_ref()),
        },
    })
}

fn problem() -> Json {
    json!({ "type": "object", "required": ["type", "title", "status", "detail"], "properties": {
        "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" }, "detail": { "type": "string" },
        "code": { "type": "string" },
        "refusals": { "type": "array", "items": { "type": "object", "properties": {
            "key": { "type": "string" }, "field": { "type": ["string", "null"] }, "message": { "type": "string" } } } } } })
}

fn record_of(register: &Register) -> Json {
    let states: Vec<&str> = register.states.iter().map(|state| state.id.as_str()).collect();
    let state = if states.is_empty() { json!({ "type": "null" }) } else { json!({ "enum": states }) };
    let steps: Vec<&str> = register.steps.iter().map(|step| step.id.as_str()).collect();
    let date = || json!({ "type": "string", "format": "date" });
    let maybe_date = || json!({ "type": ["string", "null"], "format": "date" });
    let step = if steps.is_empty() { json!({ "type": "string" }) } else { json!({ "enum": steps }) };
    json!({
        "type": "object",
        "title": register.label.vi,
        "required": ["id", "register", "unit", "number", "day", "state", "title", "due", "version", "void", "fields", "rows", "steps", "clocks", "files", "sealed"],
        "properties": {
            "id": { "type": "string" },
            "register": { "const": register.id },
            "unit": { "type": "string" },
            "number": { "type": "string" },
            "day": date(),
            "state": state,
            "title": { "type": "string" },
            "due": maybe_date(),
            "version": { "type": "integer" },
            "void": { "type": "boolean" },
            "origin": { "type": ["string", "null"] },
            "fields": { "$ref": format!("#/components/schemas/{}.fields", register.id) },
            "rows": { "$ref": format!("#/components/schemas/{}.rows", register.id) },
            "steps": { "type": "array", "items": { "type": "object", "properties": { "step": step, "on": date(), "to": { "type": "string" } } } },
            "clocks": { "type": "array", "items": { "type": "object", "properties": { "clock": { "type": "string" }, "started": date(), "due": date(), "stopped": maybe_date() } } },
            "files": { "type": "array", "items": { "type": "object", "properties": { "id": { "type": "string" }, "name": { "type": "string" }, "media": { "type": "string" },
                "size": { "type": "integer" }, "sha256": { "type": "string" } } } },
            "sealed": { "type": "array", "items": { "type": "string" }, "description": "Private fields that are filled; their values are opened on the desk only." },
        },
    })
}

fn rows_of(pack: &Pack, register: &Register) -> Json {
    let rows: Map<String, Json> = register.rows.iter().map(|rows| (rows.id.clone(), list_of(pack, rows))).collect();
    json!({ "type": "object", "properties": rows, "additionalProperties": false })
}

fn list_of(pack: &Pack, rows: &Rows) -> Json {
    let mut item = fields_of(pack, &rows.fields);
    item["properties"]["n"] = json!({ "type": "integer", "description": "The row's number; without one it is new." });
    json!({ "type": "array", "title": rows.label.vi, "items": item })
}

fn fields_of(pack: &Pack, fields: &[Field]) -> Json {
    let properties: Map<String, Json> = fields.iter().map(|field| (field.id.clone(), schema_of(pack, field))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn schema_of(pack: &Pack, field: &Field) -> Json {
    let text = || json!({ "type": "string" });
    let one = match field.kind {
        FieldType::Choice => json!({ "enum": field.choices.iter().map(|choice| &choice.id).collect::<Vec<_>>() }),
        FieldType::Choices => {
            json!({ "type": "array", "items": { "enum": field.choices.iter().map(|choice| &choice.id).collect::<Vec<_>>() } })
        }
        FieldType::Topic => json!({ "enum": pack.topics.topics.iter().map(|topic| &topic.id).collect::<Vec<_>>() }),
        FieldType::YesNo => json!({ "type": "boolean" }),
        FieldType::Date => json!({ "type": "string", "format": "date" }),
        FieldType::Month => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$" }),
        FieldType::Year | FieldType::Money => json!({ "type": "integer" }),
        FieldType::Count => json!({ "oneOf": [
            { "type": "integer" },
            { "type": "object", "properties": { "n": { "type": "integer" }, "q": { "type": "string" } }, "required": ["q"] } ] }),
        FieldType::Quantity | FieldType::Percent => json!({ "type": "number" }),
        FieldType::Rank => {
            json!({ "type": "object", "properties": { "rank": { "type": "integer" }, "of": { "type": "integer" } }, "required": ["rank"] })
        }
        _ => text(),
    };
    let mut schema = if field.many { json!({ "type": "array", "items": one }) } else { one };
    schema["title"] = field.label.vi.clone().into();
    if let Some(hint) = &field.hint {
        schema["description"] = hint.vi.clone().into();
    }
    if field.private {
        schema["writeOnly"] = true.into();
    }
    schema
}
