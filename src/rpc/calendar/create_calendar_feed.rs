//! `create_calendar_feed`: an address at which one's calendar reads one's sessions.

use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_guarded_owner;
use crate::postgres::json::Json;
use crate::reply::{Reply, calendar};
use crate::store::calendar_feeds;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// The secret of a new feed, this once; `docs/reference.md` describes reply and faults.
#[pg_extern(volatile)]
fn create_calendar_feed() -> Result<Json, ErrorReport> {
    Ok(create()?.into())
}

fn create() -> Result<Reply, Fault> {
    let person_id = Caller::current()?.require_person()?;
    let feed = as_guarded_owner(|connection| calendar_feeds::create(connection, person_id))?
        .ok_or_else(|| Fault::not_allowed("only an active person has a calendar feed"))?;
    calendar::new_feed(&feed)
}
