//! What can be read of values that anybody may have written.

use peer_exchange_rules::schedule::WorkingHours;
use peer_exchange_rules::written_json;
use pgrx::JsonB;
use pgrx::prelude::*;
use serde_json::{Map, Value};

/// Those columns of a row, written as JSON, that can be read: what is in the others can't get in their way.
#[pg_extern(immutable, parallel_safe)]
fn readable_columns(p_row: Option<&str>, p_column_names: Option<Vec<Option<String>>>) -> Option<JsonB> {
    let columns = written_json::members(p_row?)?;
    let readable = |name: String| {
        let value = written_json::value(columns.get(&name)?.get())?;
        Some((name, value))
    };
    let wanted = p_column_names?.into_iter().flatten();
    Some(JsonB(Value::Object(
        wanted.filter_map(readable).collect::<Map<_, _>>(),
    )))
}

/// A value, or of an object that can't be read whole those members that can be; NULL where nothing can be.
#[pg_extern(immutable, parallel_safe)]
fn readable_json(p_json: Option<&str>) -> Option<JsonB> {
    let json = p_json?;
    let whole = written_json::value(json);
    whole.or_else(|| written_json::readable_members(json)).map(JsonB)
}

/// The first weekday of these hours that can't be read, with what is written there; NULL where all can.
#[pg_extern(immutable, parallel_safe)]
fn unreadable_hours(p_working_hours: Option<&str>) -> Option<String> {
    let hours = WorkingHours::read(p_working_hours);
    let unreadable = hours.unreadable()?;
    Some(format!("{}: {}", unreadable.day, unreadable.value))
}
