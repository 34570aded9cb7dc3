//! When a session takes place, and what people are told of it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta, Utc};
use uuid::Uuid;

/// The time of one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionTime {
    pub session_id: Uuid,
    pub duration_minutes: i32,
    /// In which it was promised, and is told whatever its practitioner publishes later.
    pub timezone: String,
    /// `None` where an application has stored none that could be an instant.
    pub start: Option<Start>,
}

/// The instant at which a session begins, and what a clock in its time zone shows then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    pub at: DateTime<Utc>,
    pub on_the_clock: NaiveDateTime,
}

impl Start {
    pub fn date(&self) -> NaiveDate {
        self.on_the_clock.date()
    }

    pub fn time(&self) -> NaiveTime {
        self.on_the_clock.time()
    }
}

impl SessionTime {
    pub fn starts_at(&self) -> Option<DateTime<Utc>> {
        self.start.map(|start| start.at)
    }

    pub fn ends_at(&self) -> Option<DateTime<Utc>> {
        let duration = TimeDelta::minutes(self.duration_minutes.into());
        self.starts_at()?.checked_add_signed(duration)
    }
}

/// A time of day as people read it.
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// An instant as Postgres' own JSON has it, in UTC; it writes years beyond 9999 without a sign.
pub fn instant(instant: DateTime<Utc>) -> String {
    let text = instant.to_rfc3339_opts(SecondsFormat::AutoSi, false);
    text.trim_start_matches('+').to_owned()
}
