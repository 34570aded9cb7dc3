//! Charging a session that is there already, once, for its client or for the application.

use super::decision::{self, Decided, Proposal};
use crate::fault::Fault;
use crate::reply::{self, Reply};
use crate::rpc::error::Error;
use crate::store::bookings::SlotStart;
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, accounts, places, session_writes};
use peer_exchange_rules::booking::{BookingRequest, InsertedSession, Target};
use peer_exchange_rules::session_time::SessionTime;
use peer_exchange_rules::status;
use peer_exchange_rules::terms::Terms;

/// What is to be charged. People and session are locked.
pub struct Charge<'a> {
    pub terms: &'a Terms,
    pub request: BookingRequest,
    pub target: Target,
    /// `None` where there is no such session.
    pub session: Option<&'a Session>,
    pub people: People,
}

/// Charges what the session takes, whatever duration the request names.
pub fn charge(connection: &mut Connection<'_>, charge: Charge<'_>) -> Result<Reply, Error> {
    let mut request = charge.request;
    if let Some(session) = charge.session {
        request.duration_minutes = session.time.duration_minutes;
    }
    charge.terms.check_duration(request.duration_minutes)?;
    let proposal = Proposal {
        terms: charge.terms,
        request,
        target: charge.target,
        start: charge
            .session
            .and_then(|session| session.time.starts_at())
            .map(SlotStart::Promised),
        own_session_id: charge.session.map(|session| session.id),
        people: charge.people,
        accounts: accounts::lock(connection, &request.parties())?,
    };
    let Decided { booking, period, .. } = decision::decide(connection, &proposal)?;
    let session = charge
        .session
        .ok_or_else(|| Fault::invariant_violated("a session that is not there was to be charged"))?;
    let session_time = SessionTime {
        duration_minutes: booking.duration_minutes,
        ..session.time.clone()
    };
    let status = session_writes::charge(connection, session, &session_time, &period, &booking)?;
    let written_place = places::written(connection, session.id)?;
    let booking = decision::apply(connection, &session_time, written_place, booking)?;
    let receipt = booking.receipt();
    Ok(reply::booking::booked(session.id, &status, &receipt, false)?)
}

/// The answer for a session that has been charged before. What was given back when it was cancelled is not paid any more:
/// where the application has it take place after all, it is charged anew.
pub fn replay(connection: &mut Connection<'_>, session: &Session) -> Result<Option<Reply>, Fault> {
    let receipt = if status::is_chargeable(&session.status) {
        sessions::charge_in_force(connection, session.id)?
    } else {
        sessions::first_charge(connection, session.id)?
    };
    let Some(receipt) = receipt else { return Ok(None) };
    let (id, status) = (session.id, session.status.as_str());
    Ok(Some(match session.request {
        Some(request) if status == status::PENDING_APPROVAL => {
            reply::booking::requested(id, status, &receipt, request.expires_at, true)?
        }
        _ => reply::booking::booked(id, status, &receipt, true)?,
    }))
}

pub fn inserted_session(session: &Session) -> InsertedSession {
    InsertedSession {
        practitioner_id: session.practitioner_id,
        client_id: session.client_id,
        is_peer_booking: session.is_peer_booking,
        status: session.status.clone(),
    }
}
