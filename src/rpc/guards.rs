//! What the guard triggers of `sql/schema/guards/` ask the library.

use crate::argument::person_id;
use crate::caller::Caller;
use crate::settings;
use crate::store::own_writes;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Whether the write that a trigger looks at is made by a function of this extension.
#[pg_extern(volatile, parallel_unsafe)]
#[search_path(pg_catalog, pg_temp)]
fn is_own_write() -> bool {
    own_writes::are_under_way()
}

/// Raises 42501 unless the caller may act for this person.
#[pg_extern(volatile)]
#[search_path(pg_catalog, pg_temp)]
fn require_may_act_for(p_user_id: Option<pgrx::Uuid>) -> Result<(), ErrorReport> {
    let caller = Caller::current()?;
    Ok(match person_id(p_user_id) {
        Some(id) => caller.require_may_act_for(id),
        None => caller.require_service(),
    }?)
}

/// Whether the caller is a person, who may change less than the application may.
#[pg_extern(volatile)]
#[search_path(pg_catalog, pg_temp)]
fn is_called_by_person() -> Result<bool, ErrorReport> {
    Ok(matches!(Caller::current()?, Caller::Person(_)))
}

/// Whether Postgres knows a time zone of this name; not its abbreviations.
#[pg_extern(stable)]
#[search_path(pg_catalog, pg_temp)]
fn is_time_zone(p_name: Option<&str>) -> bool {
    p_name.is_some_and(settings::is_time_zone)
}

/// The time zone of practitioners who have published none.
#[pg_extern(stable)]
#[search_path(pg_catalog, pg_temp)]
fn default_time_zone() -> Result<String, ErrorReport> {
    Ok(settings::default_time_zone()?)
}
