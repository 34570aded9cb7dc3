//! The terms on which bookings are made here: the settings, as the rules see them.

use crate::refusal::Refusal;
use chrono::TimeDelta;

/// No peer session is longer: the setting `max_duration_minutes` can't be more, no product may be, and
/// the guard of inserted sessions admits no more. So what takes a slot begins within so many days before.
pub const LONGEST_SESSION_DAYS: u64 = 7;
pub const LONGEST_SESSION_MINUTES: i32 = LONGEST_SESSION_DAYS as i32 * 24 * 60;

/// One value per setting of the same name; `docs/reference.md` says what each means.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    pub credits_per_minute: f64,
    pub max_duration_minutes: i32,
    pub min_notice_minutes: i32,
    pub max_advance_days: i32,
    pub buffer_minutes: i32,
    pub practitioner_roles: Vec<String>,
    pub settlement: Settlement,
    pub request_hours: i32,
}

/// When the practitioner gets what the client pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// At once.
    Booking,
    /// When the session has taken place; until then it is held.
    Completion,
}

impl Terms {
    /// Whether a duration lies within what may be booked at all, which comes before everything that needs facts.
    pub fn check_duration(&self, duration_minutes: i32) -> Result<(), Refusal> {
        if (1..=self.max_duration_minutes).contains(&duration_minutes) {
            return Ok(());
        }
        Err(Refusal::InvalidDuration {
            duration_minutes,
            max_duration_minutes: self.max_duration_minutes,
        })
    }

    pub fn min_notice(&self) -> TimeDelta {
        TimeDelta::minutes(self.min_notice_minutes.into())
    }

    pub fn max_advance(&self) -> TimeDelta {
        TimeDelta::days(self.max_advance_days.into())
    }

    pub fn buffer(&self) -> TimeDelta {
        TimeDelta::minutes(self.buffer_minutes.into())
    }
}
