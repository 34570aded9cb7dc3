//! Replies about people's calendars.

use super::{Reply, reply};
use crate::fault::Fault;
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
struct OfSession<'a> {
    success: bool,
    session_id: Uuid,
    calendar: &'a str,
}

/// A session as an iCalendar object.
pub fn of_session(session_id: Uuid, calendar: &str) -> Result<Reply, Fault> {
    reply(&OfSession {
        success: true,
        session_id,
        calendar,
    })
}
