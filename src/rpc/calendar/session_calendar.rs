//! `session_calendar`: a session as a file for a party's calendar, for whoever sends it to her.

use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::convert::uuid;
use crate::settings;
use crate::store::{Connection, calendars};
use peer_exchange_rules::calendar;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// NULL where the person is no party of such a session; `docs/reference.md` describes the text.
#[pg_extern(stable)]
fn session_calendar(
    p_session_id: Option<pgrx::Uuid>,
    p_recipient_id: Option<pgrx::Uuid>,
) -> Result<Option<String>, ErrorReport> {
    let (Some(session_id), Some(recipient_id)) = (p_session_id.map(uuid), p_recipient_id.map(uuid)) else {
        return Ok(None);
    };
    Ok(as_owner(|connection| text(connection, session_id, recipient_id))?)
}

/// The same for the functions beside.
pub(super) fn text(
    connection: &mut Connection<'_>,
    session_id: Uuid,
    person_id: Uuid,
) -> Result<Option<String>, Fault> {
    let page = settings::session_page()?;
    let Some(event) = calendars::session(connection, person_id, session_id, &page)? else {
        return Ok(None);
    };
    let zones = calendars::zones(connection, std::slice::from_ref(&event))?;
    Ok(calendar::of_session(&event, &zones))
}
