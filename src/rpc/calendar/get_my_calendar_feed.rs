//! `get_my_calendar_feed`: whether one has a feed, and whether calendars can read it.

use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::json::Json;
use crate::reply::{Reply, calendar};
use crate::store::calendar_feeds;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// What is known of the caller's own feed, which is not its secret; `docs/reference.md` describes reply and faults.
#[pg_extern(stable)]
fn get_my_calendar_feed() -> Result<Json, ErrorReport> {
    Ok(answer()?.into())
}

fn answer() -> Result<Reply, Fault> {
    let person_id = Caller::current()?.require_person()?;
    let feed = as_owner(|connection| calendar_feeds::of_person(connection, person_id))?;
    calendar::own_feed(&feed)
}
