//! What happened to a session.

use chrono::{DateTime, NaiveDateTime, Utc};

/// One thing that happened to it, or that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub name: String,
    /// `None` where an older generation has kept none.
    pub at: Option<DateTime<Utc>>,
    /// Whose doing it was: a party's, the application's, or that of time alone; `None` where it follows from something else.
    pub by: Option<String>,
    pub credits: Option<i32>,
    pub reason: Option<String>,
    /// Of a move: from where and to where.
    pub moved: Option<(ToldStart, ToldStart)>,
}

/// When a session was to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldStart {
    pub on_the_clock: NaiveDateTime,
    /// Neither is known of what version 0.1.0 moved.
    pub timezone: Option<String>,
    pub at: Option<DateTime<Utc>>,
}
