//! `create_peer_booking`: session, payment and notifications in one call.

use super::booking::{self, Decided, Proposal};
use super::booking_request::{Arguments, Request};
use super::refusing::{self, Call};
use crate::argument::{TimeOfDay, person_id};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::reply::{self, Reply};
use crate::settings;
use crate::store::Connection;
use crate::store::parties::{self, Parties};
use crate::store::session_writes::{self, Made};
use crate::store::sessions;
use peer_exchange_rules::booking::{Booking, Refused, Target};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::session_time::SessionTime;
use peer_exchange_rules::terms::Terms;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Books a peer session and pays for it, wholly or not at all; `docs/reference.md` describes
/// arguments, reply and refusals.
#[pg_extern(volatile)]
#[allow(clippy::too_many_arguments)]
fn create_peer_booking(
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
    let call = Call {
        rpc: "create_peer_booking",
        client_id: arguments.client_id,
        practitioner_id: arguments.practitioner_id,
        session_id: None,
    };
    Ok(refusing::remember(&call, answer(&arguments)?)?)
}

fn answer(arguments: &Arguments<'_>) -> Result<Reply, Fault> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let request = match arguments.checked(&terms)? {
        Ok(request) => request,
        Err(refusal) => return reply::booking_refused(&refusal.into()),
    };
    caller.require_may_act_for(request.booking_request.client_id)?;
    as_owner(|connection| book(connection, &terms, &request))
}

fn book(connection: &mut Connection<'_>, terms: &Terms, request: &Request<'_>) -> Result<Reply, Fault> {
    let Parties { people, accounts } = parties::lock(connection, &request.booking_request.parties())?;
    if let Some(reply) = replay(connection, request)? {
        return Ok(reply);
    }
    let proposal = Proposal {
        terms,
        booking_request: request.booking_request,
        target: Target::NewSession,
        start: Some(request.start),
        own_session_id: None,
        people,
        accounts,
    };
    let Decided { booking, period } = match booking::decide(connection, &proposal)? {
        Ok(decided) => decided,
        Err(refused) => return reply::booking_refused(&refused),
    };
    let session_time = SessionTime {
        session_id: Uuid::now_v7(),
        session_date: request.start.session_date,
        start_time: request.start.start_time,
        duration_minutes: booking.duration_minutes,
    };
    if !booking.expired_holds.is_empty() {
        sessions::release_holds(connection, &booking.expired_holds)?;
    }
    let made = session_writes::insert(connection, &session_time, &period, &request.particulars, &booking)?;
    let Some(Made { session_id, status }) = made else {
        return slot_taken(&booking);
    };
    let session_time = SessionTime {
        session_id,
        ..session_time
    };
    let booking = booking::apply(connection, &session_time, booking)?;
    reply::booked(session_id, &status, &booking.receipt(), false)
}

/// The answer to a key that this client has used before.
fn replay(connection: &mut Connection<'_>, request: &Request<'_>) -> Result<Option<Reply>, Fault> {
    let Some(key) = request.particulars.idempotency_key else {
        return Ok(None);
    };
    let Some((session_id, digest)) =
        sessions::find_by_key(connection, request.booking_request.client_id, key)?
    else {
        return Ok(None);
    };
    if digest != request.particulars.idempotency_digest {
        return reply::booking_refused(&Refusal::IdempotencyKeyReused.into()).map(Some);
    }
    let receipt = sessions::receipt(connection, session_id)?
        .ok_or_else(|| Fault::broken_promise(format!("session {session_id} was booked but never charged")))?;
    reply::booked(session_id, "scheduled", &receipt, true).map(Some)
}

/// An index of the application's own, or a hold that is being changed right now, has the slot.
fn slot_taken(booking: &Booking) -> Result<Reply, Fault> {
    if !booking.expired_holds.is_empty() {
        // Other holds have been released already, and a refusal writes nothing.
        return Err(Fault::new(
            PgSqlErrorCode::ERRCODE_EXCLUSION_VIOLATION,
            "the slot was taken while an expired hold on it was being released",
        ));
    }
    reply::booking_refused(&Refused {
        refusal: Refusal::SlotConflict,
        credit_cost: Some(booking.credit_cost),
    })
}
