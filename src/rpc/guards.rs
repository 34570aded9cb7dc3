//! What the guard triggers of `sql/schema/guards/` ask the library.

use crate::argument::person_id;
use crate::caller::Caller;
use crate::postgres::as_owner;
use crate::settings;
use crate::store::sessions;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Raises 42501 unless the caller may act for this person.
#[pg_extern(volatile)]
fn require_may_act_for(p_user_id: Option<pgrx::Uuid>) -> Result<(), ErrorReport> {
    let caller = Caller::current()?;
    Ok(match person_id(p_user_id) {
        Some(id) => caller.require_may_act_for(id),
        None => caller.require_service(),
    }?)
}

/// Sets those of these sessions to expired whose payment is overdue, so that their slots are free.
#[pg_extern(volatile)]
fn release_expired_holds(p_session_ids: Option<Vec<Option<pgrx::Uuid>>>) -> Result<(), ErrorReport> {
    let session_ids: Vec<Uuid> = p_session_ids
        .unwrap_or_default()
        .into_iter()
        .filter_map(person_id)
        .collect();
    if session_ids.is_empty() {
        return Ok(());
    }
    Ok(as_owner(|connection| {
        sessions::release_holds(connection, &session_ids)
    })?)
}

/// Whether the caller is a person, who may change less than the application may.
#[pg_extern(volatile)]
fn is_called_by_person() -> Result<bool, ErrorReport> {
    Ok(matches!(Caller::current()?, Caller::Person(_)))
}

/// Whether Postgres knows a time zone of this name; not its abbreviations.
#[pg_extern(stable)]
fn is_time_zone(p_name: Option<&str>) -> bool {
    p_name.is_some_and(settings::is_time_zone)
}

/// The time zone of practitioners who have published none.
#[pg_extern(stable)]
fn default_time_zone() -> Result<String, ErrorReport> {
    Ok(settings::default_time_zone()?)
}
