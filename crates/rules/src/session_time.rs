//! When a session takes place, on its practitioner's wall clock.

use chrono::{NaiveDate, NaiveTime};
use uuid::Uuid;

/// The time of one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTime {
    pub session_id: Uuid,
    pub session_date: NaiveDate,
    pub start_time: NaiveTime,
    pub duration_minutes: i32,
}
