//! `process_peer_booking_refund`: cancels a peer session and gives back what was paid for it.

use super::decision::{self, Proposal};
use crate::argument::{MAX_REASON_CHARACTERS, optional_text, required};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
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
    p_cancellation_reason: default!(Option<&str>, "'Session cancelled'"),
) -> Result<Json, ErrorReport> {
    let call = Call {
        rpc: "process_peer_booking_refund",
        client_id: None,
        practitioner_id: None,
        session_id: p_session_id.map(uuid),
    };
    let reply = answer(call.session_id, p_cancellation_reason)
        .or_else(|error| error.reply(reply::refused::refund))?;
    Ok(refusal_log::remember(&call, reply)?)
}

fn answer(session_id: Option<Uuid>, reason: Option<&str>) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let session_id = required("p_session_id", session_id)?;
    let reason = optional_text("p_cancellation_reason", reason, MAX_REASON_CHARACTERS)?;
    let request = |session: &Session| {
        caller.require_may_act_for_one_of(&[session.client_id, session.practitioner_id])?;
        Ok(Request {
            cancelled_by: CancelledBy::side_of(caller.person_id(), session.practitioner_id),
            cancelled_by_id: caller.person_id(),
        })
    };
    as_guarded_owner(|connection| refund(connection, session_id, reason.unwrap_or(DEFAULT_REASON), request))
}

/// Who cancels, and on which side.
pub struct Request {
    cancelled_by: CancelledBy,
    cancelled_by_id: Option<Uuid>,
}

impl Request {
    /// The party of this side herself.
    pub fn on_behalf_of(cancelled_by: CancelledBy, session: &Session) -> Self {
        let cancelled_by_id = match cancelled_by {
            CancelledBy::Client => session.client_id,
            CancelledBy::Practitioner => session.practitioner_id,
            CancelledBy::Service => None,
        };
        Request {
            cancelled_by,
            cancelled_by_id,
        }
    }
}

/// Locks the session, cancels it for whoever may, and gives back what was paid.
pub fn refund(
    connection: &mut Connection<'_>,
    session_id: Uuid,
    reason: &str,
    request_for: impl FnOnce(&Session) -> Result<Request, Fault>,
) -> Result<Reply, Error> {
    let people = people::hold_parties(connection, session_id)?;
    let session = sessions::lock(connection, session_id)?.ok_or(Refusal::SessionNotFound)?;
    let Request {
        cancelled_by,
        cancelled_by_id,
    } = request_for(&session)?;
    if !session.is_peer_booking {
        return Err(Refusal::NotPeerBooking.into());
    }
    let (Some(client_id), Some(practitioner_id)) = (session.client_id, session.practitioner_id) else {
        return Err(decision::refusal_without_a_party(connection, &session, cancelled_by)?.into());
    };
    let proposal = Proposal {
        session: &session,
        status: &session.status,
        client_id,
        practitioner_id,
        cancelled_by,
        cancelled_by_id,
        reason,
        people: &people,
        departing_id: None,
        is_marked: false,
    };
    let cancellation = decision::cancel(connection, &proposal)?;
    Ok(reply::cancellation::cancelled(session_id, &cancellation)?)
}
