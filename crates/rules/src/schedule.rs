//! When a session may take place: its slot, published working hours and overlaps.
//!
//! Time zones are Postgres' business: a slot arrives both as instants and as the wall clock of the
//! practitioner shows them. Overlaps are decided by instants, which no change of the clock moves;
//! working hours by the wall clock, because that is what a practitioner publishes.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

mod working_hours;

pub use working_hours::{HoursToOffer, NotPublishable, UnreadableHours, WorkingHours, publishable};

/// A stretch of time that a session takes or would take, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

impl Period {
    /// Whether less than `buffer` lies between the two. Periods that touch do not overlap.
    pub fn overlaps(&self, other: &Period, buffer: TimeDelta) -> bool {
        self.starts_at < other.ends_at + buffer && other.starts_at < self.ends_at + buffer
    }
}

/// The slot that a client asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub period: Period,
    /// What the practitioner's wall clock shows at the start and at the end.
    pub local_start: NaiveDateTime,
    pub local_end: NaiveDateTime,
}

#[cfg(test)]
mod tests;
