//! The reply to who moves a session.

use super::{Reply, reply};
use crate::fault::Fault;
use chrono::NaiveDate;
use peer_exchange_rules::reschedule::Move;
use peer_exchange_rules::session_time::{clock, instant};
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
struct Rescheduled<'a> {
    success: bool,
    session_id: Uuid,
    status: &'a str,
    session_date: Option<NaiveDate>,
    start_time: Option<String>,
    timezone: &'a str,
    starts_at: Option<String>,
    ends_at: Option<String>,
    duration_minutes: i32,
    previous_session_date: Option<NaiveDate>,
    previous_start_time: Option<String>,
    previous_timezone: &'a str,
    previous_starts_at: Option<String>,
    credit_cost: i64,
    replayed: bool,
}

/// A session was moved; or, `replayed`, had been under the same key.
pub fn rescheduled(moved: &Move, credit_cost: i64, replayed: bool) -> Result<Reply, Fault> {
    let Move { before, after, .. } = moved;
    reply(&Rescheduled {
        success: true,
        session_id: after.session_id,
        status: &moved.status,
        session_date: after.start.map(|start| start.date()),
        start_time: after.start.map(|start| clock(start.time())),
        timezone: &after.timezone,
        starts_at: after.starts_at().map(instant),
        ends_at: after.ends_at().map(instant),
        duration_minutes: after.duration_minutes,
        previous_session_date: before.start.map(|start| start.date()),
        previous_start_time: before.start.map(|start| clock(start.time())),
        previous_timezone: &before.timezone,
        previous_starts_at: before.starts_at().map(instant),
        credit_cost,
        replayed,
    })
}
