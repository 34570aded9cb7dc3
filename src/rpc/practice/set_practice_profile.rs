//! `set_practice_profile`: what the caller is found by, and where she gives sessions.

use super::{caller, change, remembered};
use crate::argument::limited_text;
use crate::fault::Fault;
use crate::postgres::json::Json;
use crate::reply;
use crate::store::practices;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use serde_json::{Map, Value, json};

const MAX_PLACE_CHARACTERS: usize = 300;
const MAX_SPECIALIZATIONS: usize = 50;
const MAX_SPECIALIZATION_CHARACTERS: usize = 100;

/// Changes what is given, and leaves the rest; `docs/reference.md` describes arguments, reply and faults.
#[pg_extern(volatile)]
fn set_practice_profile(
    p_location: default!(Option<&str>, "NULL"),
    p_visit_address: default!(Option<&str>, "NULL"),
    p_specializations: default!(Option<Vec<Option<String>>>, "NULL"),
) -> Result<Json, ErrorReport> {
    let caller_id = caller()?;
    let mut changes = Map::new();
    for (column, parameter, text) in [
        ("location", "p_location", p_location),
        ("visit_address", "p_visit_address", p_visit_address),
    ] {
        if let Some(text) = text {
            let text = limited_text(parameter, text, MAX_PLACE_CHARACTERS)?.trim();
            let written = (!text.is_empty()).then(|| Value::from(text));
            changes.insert(column.into(), written.unwrap_or(Value::Null));
        }
    }
    if let Some(list) = p_specializations {
        changes.insert("specializations".into(), specializations(list)?);
    }
    let changes = Value::Object(changes);
    let answer = change(caller_id, |connection, _| {
        if changes != json!({}) {
            practices::write_profile(connection, caller_id, &changes)?;
        }
        let practice = practices::stored(connection, caller_id)?;
        Ok(reply::practice::profile(&practice)?)
    });
    Ok(remembered("set_practice_profile", caller_id, answer)?)
}

/// The list without blanks and without what stands there twice.
fn specializations(list: Vec<Option<String>>) -> Result<Value, Fault> {
    if list.len() > MAX_SPECIALIZATIONS {
        return Err(Fault::invalid_argument(format!(
            "p_specializations must have at most {MAX_SPECIALIZATIONS} elements"
        )));
    }
    let mut kept: Vec<String> = Vec::new();
    for entry in list.into_iter().flatten() {
        let entry = limited_text("p_specializations", &entry, MAX_SPECIALIZATION_CHARACTERS)?.trim();
        if !entry.is_empty() && !kept.iter().any(|former| former == entry) {
            kept.push(entry.to_owned());
        }
    }
    Ok(kept.into())
}
