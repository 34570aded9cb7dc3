//! Replies to who looks for a practitioner or for a time.

use super::terms::CancellationPolicy;
use super::{Reply, reply};
use crate::fault::Fault;
use crate::store::prospects::Prospects;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use peer_exchange_rules::schedule::Slot;
use peer_exchange_rules::session_time::clock;
use serde::{Serialize, Serializer};
use uuid::Uuid;

#[derive(Serialize)]
struct Available<'a> {
    success: bool,
    practitioner_id: Uuid,
    timezone: &'a str,
    duration_minutes: i32,
    credit_cost: i64,
    cancellation_policy: CancellationPolicy,
    slots: Vec<OfferedSlot>,
}

#[derive(Serialize)]
struct OfferedSlot {
    session_date: NaiveDate,
    start_time: String,
    #[serde(serialize_with = "with_offset")]
    starts_at: DateTime<Utc>,
    #[serde(serialize_with = "with_offset")]
    ends_at: DateTime<Utc>,
}

/// Slots that this practitioner can still give: so long, at this price.
pub fn available(
    practitioner_id: Uuid,
    prospects: &Prospects,
    duration_minutes: i32,
    credit_cost: i64,
    slots: &[Slot],
) -> Result<Reply, Fault> {
    let offered = |slot: &Slot| offered_slot(slot, prospects.told_start(slot));
    reply(&Available {
        success: true,
        practitioner_id,
        timezone: &prospects.timezone,
        duration_minutes,
        credit_cost,
        cancellation_policy: prospects.policy.into(),
        slots: slots.iter().map(offered).collect(),
    })
}

fn offered_slot(slot: &Slot, told_start: NaiveDateTime) -> OfferedSlot {
    OfferedSlot {
        session_date: told_start.date(),
        start_time: clock(told_start.time()),
        starts_at: slot.period.starts_at,
        ends_at: slot.period.ends_at,
    }
}

/// An instant as Postgres writes it in JSON under the time zone UTC.
fn with_offset<S: Serializer>(instant: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&instant.format("%Y-%m-%dT%H:%M:%S%.f+00:00"))
}

/// A practitioner as a search shows her.
#[derive(Serialize)]
pub struct FoundPractitioner {
    pub practitioner_id: Uuid,
    pub name: String,
    pub user_role: String,
    pub location: Option<String>,
    pub specializations: Vec<String>,
    pub credit_cost: i32,
    pub rating: Option<f64>,
    pub rating_count: Option<i64>,
    pub completed_sessions: i64,
    pub cancellation_policy: CancellationPolicy,
    pub next_free_slot: Option<NextSlot>,
}

#[derive(Serialize)]
pub struct NextSlot {
    session_date: NaiveDate,
    start_time: String,
    #[serde(serialize_with = "with_offset")]
    starts_at: DateTime<Utc>,
    timezone: String,
}

impl NextSlot {
    pub fn new(slot: &Slot, timezone: &str) -> NextSlot {
        NextSlot {
            session_date: slot.local_start.date(),
            start_time: clock(slot.local_start.time()),
            starts_at: slot.period.starts_at,
            timezone: timezone.to_owned(),
        }
    }
}

#[derive(Serialize)]
struct FoundPractitioners {
    total: i64,
    practitioners: Vec<FoundPractitioner>,
}

/// What a search has found: how many in all, and some of them.
pub fn found(total: i64, practitioners: Vec<FoundPractitioner>) -> Result<Reply, Fault> {
    reply(&FoundPractitioners { total, practitioners })
}
