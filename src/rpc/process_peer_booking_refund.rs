//! `process_peer_booking_refund`: cancels a peer session and gives back what was paid for it.

use super::booking::required;
use super::cancelling::{self, Request};
use super::refusing::{self, Call};
use crate::argument::{MAX_REASON_CHARACTERS, optional_text, person_id};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::reply::{self, Reply};
use crate::store::sessions::{self, Session};
use crate::store::{Connection, people};
use peer_exchange_rules::refund::{CancelledBy, DEFAULT_REASON};
use peer_exchange_rules::refusal::Refusal;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Cancels a peer session and refunds it, once; `docs/reference.md` describes arguments, reply and
/// refusals.
#[pg_extern(volatile)]
fn process_peer_booking_refund(
    p_session_id: Option<pgrx::Uuid>,
    p_cancellation_reason: Option<&str>,
) -> Result<Reply, ErrorReport> {
    let call = Call {
        rpc: "process_peer_booking_refund",
        client_id: None,
        practitioner_id: None,
        session_id: person_id(p_session_id),
    };
    Ok(refusing::remember(
        &call,
        answer(call.session_id, p_cancellation_reason)?,
    )?)
}

fn answer(session_id: Option<Uuid>, reason: Option<&str>) -> Result<Reply, Fault> {
    let caller = Caller::current()?;
    let session_id = match required("p_session_id", session_id) {
        Ok(session_id) => session_id,
        Err(refusal) => return reply::refund_refused(&refusal),
    };
    let reason = optional_text("p_cancellation_reason", reason, MAX_REASON_CHARACTERS)?;
    as_owner(|connection| refund(connection, caller, session_id, reason.unwrap_or(DEFAULT_REASON)))
}

fn refund(
    connection: &mut Connection<'_>,
    caller: Caller,
    session_id: Uuid,
    reason: &str,
) -> Result<Reply, Fault> {
    let people = people::hold_parties(connection, session_id)?;
    let Some(session) = sessions::lock(connection, session_id)? else {
        return reply::refund_refused(&Refusal::SessionNotFound);
    };
    caller.require_may_act_for_one_of(&[session.client_id, session.practitioner_id])?;
    if !session.is_peer_booking {
        return reply::refund_refused(&Refusal::NotPeerBooking);
    }
    let cancelled_by = cancelled_by(caller, &session);
    let (Some(client_id), Some(practitioner_id)) = (session.client_id, session.practitioner_id) else {
        let refusal = cancelling::refuse_without_a_party(connection, &session, cancelled_by)?;
        return reply::refund_refused(&refusal);
    };
    let request = Request {
        session: &session,
        status: &session.status,
        client_id,
        practitioner_id,
        cancelled_by,
        cancelled_by_id: caller.person_id(),
        reason,
        people: &people,
        leaver_id: None,
        is_marked: false,
    };
    match cancelling::cancel(connection, &request)? {
        Ok(cancellation) => reply::cancelled(session_id, &cancellation),
        Err(refusal) => reply::refund_refused(&refusal),
    }
}

/// On whose behalf this caller cancels; that they may has been settled.
pub fn cancelled_by(caller: Caller, session: &Session) -> CancelledBy {
    match caller {
        Caller::Service => CancelledBy::Service,
        Caller::Person(id) if session.practitioner_id == Some(id) => CancelledBy::Practitioner,
        Caller::Person(_) => CancelledBy::Client,
    }
}
