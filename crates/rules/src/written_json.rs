//! JSON as anybody may have written it. Postgres keeps what no value of Rust can hold: numbers beyond all bounds, halves of
//! characters, nesting without a bottom. What can't be read harms nothing beside it.

use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// So much of a value is told of.
const SHOWN_CHARACTERS: usize = 100;

/// The members of an object, each still to be read; `None` where the names can't be read, or it is no object.
pub fn members(json: &str) -> Option<BTreeMap<String, &RawValue>> {
    serde_json::from_str(json).ok()
}

/// The object of those of its members that can be read; `None` where the names can't be, or it is no object.
pub fn readable_members(json: &str) -> Option<Value> {
    let readable = |(name, member): (String, &RawValue)| Some((name, value(member.get())?));
    Some(Value::Object(
        members(json)?.into_iter().filter_map(readable).collect(),
    ))
}

/// The value; `None` where it can't be read.
pub fn value(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok().filter(is_storable)
}

/// Whether it is an object, readable or not.
pub fn is_object(json: &str) -> bool {
    json.trim_start().starts_with('{')
}

/// The beginning of a text that may be long.
pub fn beginning(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// No text of Postgres' contains a zero byte.
fn is_storable(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.contains('\0'),
        Value::Array(elements) => elements.iter().all(is_storable),
        Value::Object(members) => members
            .iter()
            .all(|(name, value)| !name.contains('\0') && is_storable(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

#[cfg(test)]
mod tests;
