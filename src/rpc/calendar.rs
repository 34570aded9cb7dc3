//! Sessions in people's calendars.

pub mod get_session_calendar;
pub mod session_calendar;
