//! Sessions in people's calendars.

pub mod calendar_feed;
pub mod create_calendar_feed;
pub mod get_my_calendar_feed;
pub mod get_session_calendar;
pub mod revoke_calendar_feed;
pub mod session_calendar;
