//! `revoke_calendar_feed`: nobody reads one's sessions at that address any more.

use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::json::Json;
use crate::reply::{Reply, calendar};
use crate::store::calendar_feeds;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Ends the caller's own feed; `docs/reference.md` describes reply and faults.
#[pg_extern(volatile)]
fn revoke_calendar_feed() -> Result<Json, ErrorReport> {
    Ok(revoke()?.into())
}

fn revoke() -> Result<Reply, Fault> {
    let person_id = Caller::current()?.require_person()?;
    let was_there = as_owner(|connection| calendar_feeds::revoke(connection, person_id))?;
    calendar::revoked_feed(was_there)
}
