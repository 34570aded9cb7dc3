//! The reply to who moves a session.

use super::{Reply, clock, reply};
use crate::fault::Fault;
use chrono::NaiveDate;
use peer_exchange_rules::reschedule::Move;
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
struct Rescheduled<'a> {
    success: bool,
    session_id: Uuid,
    status: &'a str,
    session_date: NaiveDate,
    start_time: String,
    duration_minutes: i32,
    previous_session_date: NaiveDate,
    previous_start_time: String,
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
        session_date: after.session_date,
        start_time: clock(after.start_time),
        duration_minutes: after.duration_minutes,
        previous_session_date: before.session_date,
        previous_start_time: clock(before.start_time),
        credit_cost,
        replayed,
    })
}
