//! `quote_peer_booking`: the reply that `create_peer_booking` would give now, and nothing written.

use super::booking::or_fault;
use super::booking_request::{Arguments, Request};
use crate::argument::{TimeOfDay, person_id};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::reply::{self, Reply};
use crate::settings;
use crate::store::bookings::{self, Question};
use crate::store::{Connection, accounts, people, prospects};
use peer_exchange_rules::booking::{self, Target};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::terms::Terms;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// What a booking would cost, or why there would be none; `docs/reference.md` describes arguments,
/// reply and refusals, which are those of `create_peer_booking`.
#[pg_extern(stable)]
#[allow(clippy::too_many_arguments)]
fn quote_peer_booking(
    p_client_id: Option<pgrx::Uuid>,
    p_practitioner_id: Option<pgrx::Uuid>,
    p_session_date: Option<pgrx::datum::Date>,
    p_start_time: Option<TimeOfDay>,
    p_duration_minutes: Option<i32>,
    p_session_type: Option<&str>,
    p_notes: Option<&str>,
    p_product_id: Option<pgrx::Uuid>,
    p_idempotency_key: Option<&str>,
) -> Result<Reply, ErrorReport> {
    let arguments = Arguments {
        client_id: person_id(p_client_id),
        practitioner_id: person_id(p_practitioner_id),
        session_date: p_session_date,
        start_time: p_start_time,
        duration_minutes: p_duration_minutes,
        session_type: p_session_type,
        notes: p_notes,
        product_id: person_id(p_product_id),
        idempotency_key: p_idempotency_key,
    };
    Ok(answer(&arguments)?)
}

fn answer(arguments: &Arguments<'_>) -> Result<Reply, Fault> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let request = match arguments.checked(&terms)? {
        Ok(request) => request,
        Err(refusal) => return reply::booking_refused(&refusal.into()),
    };
    caller.require_may_act_for(request.booking_request.client_id)?;
    as_owner(|connection| quote(connection, &terms, &request))
}

fn quote(connection: &mut Connection<'_>, terms: &Terms, request: &Request<'_>) -> Result<Reply, Fault> {
    if let Some(reply) = replay(connection, request)? {
        return Ok(reply);
    }
    let parties = request.booking_request.parties();
    let question = Question {
        terms,
        request: &request.booking_request,
        start: Some(request.start),
        own_session_id: None,
        people: &people::read(connection, &parties)?,
        accounts: &accounts::read(connection, &parties)?,
    };
    let facts = bookings::read(connection, &question)?;
    match or_fault(booking::decide(
        terms,
        &request.booking_request,
        &Target::NewSession,
        &facts,
    ))? {
        Ok(booking) => reply::booked(None, "scheduled", &booking.receipt(), false),
        Err(refused) => reply::booking_refused(&refused),
    }
}

/// The answer to a key that this client has used before.
fn replay(connection: &mut Connection<'_>, request: &Request<'_>) -> Result<Option<Reply>, Fault> {
    let Some(key) = request.particulars.idempotency_key else {
        return Ok(None);
    };
    let Some(earlier) = prospects::earlier_booking(connection, request.booking_request.client_id, key)?
    else {
        return Ok(None);
    };
    if earlier.digest != request.particulars.idempotency_digest {
        return reply::booking_refused(&Refusal::IdempotencyKeyReused.into()).map(Some);
    }
    let receipt = earlier
        .receipt
        .ok_or_else(|| Fault::broken_promise("a session was booked but never charged"))?;
    reply::booked(earlier.session_id, "scheduled", &receipt, true).map(Some)
}
