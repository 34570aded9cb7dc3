//! `process_peer_booking_credits`: charges a session that its client has inserted, once.
//!
//! The older of the two flows. What the session takes is charged, whatever duration the call
//! names: its client wrote the one and the other, and only the first holds the practitioner's time.

use super::booking::{self, Decided, Proposal};
use super::refusing::{self, Call};
use crate::argument::person_id;
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::reply::{self, Reply};
use crate::settings;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, accounts, people, session_writes};
use peer_exchange_rules::booking::{BookingRequest, InsertedSession, Target};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::session_time::SessionTime;
use peer_exchange_rules::terms::Terms;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Charges a peer session that was inserted before; `docs/reference.md` describes arguments, reply
/// and refusals.
#[pg_extern(volatile)]
fn process_peer_booking_credits(
    p_client_id: Option<pgrx::Uuid>,
    p_practitioner_id: Option<pgrx::Uuid>,
    p_session_id: Option<pgrx::Uuid>,
    p_duration_minutes: Option<i32>,
    p_product_id: Option<pgrx::Uuid>,
) -> Result<Reply, ErrorReport> {
    let call = Call {
        rpc: "process_peer_booking_credits",
        client_id: person_id(p_client_id),
        practitioner_id: person_id(p_practitioner_id),
        session_id: person_id(p_session_id),
    };
    let reply = answer(
        (call.client_id, call.practitioner_id),
        call.session_id,
        p_duration_minutes,
        person_id(p_product_id),
    )?;
    Ok(refusing::remember(&call, reply)?)
}

fn answer(
    (client_id, practitioner_id): (Option<Uuid>, Option<Uuid>),
    session_id: Option<Uuid>,
    duration_minutes: Option<i32>,
    product_id: Option<Uuid>,
) -> Result<Reply, Fault> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let checked = || -> Result<_, Refusal> {
        let client_id = booking::required("p_client_id", client_id)?;
        let practitioner_id = booking::required("p_practitioner_id", practitioner_id)?;
        let session_id = booking::required("p_session_id", session_id)?;
        let duration_minutes = booking::required("p_duration_minutes", duration_minutes)?;
        booking::check_duration(&terms, duration_minutes)?;
        Ok((
            session_id,
            BookingRequest {
                client_id,
                practitioner_id,
                duration_minutes,
                product_id,
            },
        ))
    };
    let (session_id, booking_request) = match checked() {
        Ok(checked) => checked,
        Err(refusal) => return reply::booking_refused(&refusal.into()),
    };
    caller.require_may_act_for(booking_request.client_id)?;
    as_owner(|connection| charge(connection, &terms, session_id, booking_request))
}

fn charge(
    connection: &mut Connection<'_>,
    terms: &Terms,
    session_id: Uuid,
    booking_request: BookingRequest,
) -> Result<Reply, Fault> {
    let people = people::lock(connection, &booking_request.parties())?;
    let session = sessions::lock(connection, session_id)?;
    if let Some(reply) = replay(connection, session.as_ref(), &booking_request)? {
        return Ok(reply);
    }
    let booking_request = match session.as_ref().map(|session| session.time.duration_minutes) {
        Some(duration_minutes) => BookingRequest {
            duration_minutes,
            ..booking_request
        },
        None => booking_request,
    };
    if let Err(refusal) = booking::check_duration(terms, booking_request.duration_minutes) {
        return reply::booking_refused(&refusal.into());
    }
    let accounts = accounts::lock(connection, &booking_request.parties())?;
    let proposal = Proposal {
        terms,
        booking_request,
        target: Target::InsertedSession(session.as_ref().map(inserted_session)),
        start: session.as_ref().map(Session::start),
        own_session_id: Some(session_id),
        people,
        accounts,
    };
    let (Decided { booking, period }, session) = match (booking::decide(connection, &proposal)?, session) {
        (Ok(decided), Some(session)) => (decided, session),
        (Ok(_), None) => {
            return Err(Fault::broken_promise(
                "a session that is not there was to be charged",
            ));
        }
        (Err(refused), _) => return reply::booking_refused(&refused),
    };
    if !booking.expired_holds.is_empty() {
        sessions::release_holds(connection, &booking.expired_holds)?;
    }
    let session_time = SessionTime {
        duration_minutes: booking.duration_minutes,
        ..session.time
    };
    let status = session_writes::charge(connection, &session, &period, &booking)?;
    let booking = booking::apply(connection, &session_time, booking)?;
    reply::booked(session_id, &status, &booking.receipt(), false)
}

/// The answer for a session of these two that has been charged before.
fn replay(
    connection: &mut Connection<'_>,
    session: Option<&Session>,
    booking_request: &BookingRequest,
) -> Result<Option<Reply>, Fault> {
    let of_these_two = |session: &&Session| {
        session.client_id == Some(booking_request.client_id)
            && session.practitioner_id == Some(booking_request.practitioner_id)
    };
    let Some(session) = session.filter(of_these_two) else {
        return Ok(None);
    };
    let Some(receipt) = sessions::receipt(connection, session.id)? else {
        return Ok(None);
    };
    reply::booked(session.id, &session.status, &receipt, true).map(Some)
}

fn inserted_session(session: &Session) -> InsertedSession {
    InsertedSession {
        practitioner_id: session.practitioner_id,
        client_id: session.client_id,
        is_peer_booking: session.is_peer_booking,
        status: session.status.clone(),
    }
}
