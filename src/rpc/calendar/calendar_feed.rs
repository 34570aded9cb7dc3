//! `calendar_feed`: what `get_calendar_feed` answers, or NULL, which it raises as a fault of PostgREST's own.

use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::settings;
use crate::store::{Connection, calendar_feeds, calendars};
use peer_exchange_rules::calendar;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// More sessions than anybody has in a year.
const MAX_SESSIONS: i64 = 2_000;

/// The sessions of whoever made the feed of this secret; whoever knows it may read them.
#[pg_extern(stable)]
fn calendar_feed(p_secret: Option<&str>) -> Result<Option<String>, ErrorReport> {
    let Some(secret) = p_secret else {
        return Ok(None);
    };
    Ok(as_owner(|connection| text(connection, secret))?)
}

fn text(connection: &mut Connection<'_>, secret: &str) -> Result<Option<String>, Fault> {
    let Some(person_id) = calendar_feeds::person(connection, secret)? else {
        return Ok(None);
    };
    let page = settings::session_page()?;
    let events = calendars::latest(connection, person_id, MAX_SESSIONS, &page)?;
    let zones = calendars::zones(connection, &events)?;
    Ok(Some(calendar::feed(&events, &zones)))
}
