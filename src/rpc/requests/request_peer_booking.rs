//! `request_peer_booking`: a session that its practitioner is to accept, with its slot and its credits held until then.

use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::postgres::time_of_day::TimeOfDay;
use crate::rpc::booking::arguments::{Arguments, Kind};
use crate::rpc::booking::making;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Asks for a peer session by the rules of a booking; `docs/reference.md` describes arguments, reply and refusals.
#[pg_extern(volatile)]
#[allow(clippy::too_many_arguments)]
fn request_peer_booking(
    p_client_id: Option<pgrx::Uuid>,
    p_practitioner_id: Option<pgrx::Uuid>,
    p_session_date: Option<pgrx::datum::Date>,
    p_start_time: Option<TimeOfDay>,
    p_duration_minutes: Option<i32>,
    p_session_type: Option<&str>,
    p_notes: default!(Option<&str>, "NULL"),
    p_product_id: default!(Option<pgrx::Uuid>, "NULL"),
    p_idempotency_key: default!(Option<&str>, "NULL"),
) -> Result<Json, ErrorReport> {
    let arguments = Arguments {
        client_id: p_client_id.map(uuid),
        practitioner_id: p_practitioner_id.map(uuid),
        session_date: p_session_date,
        start_time: p_start_time,
        duration_minutes: p_duration_minutes,
        session_type: p_session_type,
        notes: p_notes,
        product_id: p_product_id.map(uuid),
        idempotency_key: p_idempotency_key,
    };
    Ok(making::make_session(
        "request_peer_booking",
        Kind::Request,
        &arguments,
    )?)
}
