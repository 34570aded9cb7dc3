//! `cancel_session`: what the application calls to cancel for one of the two, or for itself.

use super::process_peer_booking_refund::{Request, refund};
use crate::argument::{MAX_REASON_CHARACTERS, optional_text, required, required_text};
use crate::fault::Fault;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use peer_exchange_rules::refund::{CancelledBy, DEFAULT_REASON};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

const MAX_SIDE_CHARACTERS: usize = 20;

/// Cancels a peer session and refunds it, once, by the rules of the side for which it is done; `docs/reference.md`
/// describes arguments, reply and refusals.
#[pg_extern(volatile)]
fn cancel_session(
    p_session_id: Option<pgrx::Uuid>,
    p_on_behalf_of: Option<&str>,
    p_reason: default!(Option<&str>, "NULL"),
) -> Result<Json, ErrorReport> {
    let call = Call {
        rpc: "cancel_session",
        client_id: None,
        practitioner_id: None,
        session_id: p_session_id.map(uuid),
    };
    let reply = answer(call.session_id, p_on_behalf_of, p_reason)
        .or_else(|error| error.reply(reply::refused::refund))?;
    Ok(refusal_log::remember(&call, reply)?)
}

fn answer(
    session_id: Option<Uuid>,
    on_behalf_of: Option<&str>,
    reason: Option<&str>,
) -> Result<Reply, Error> {
    let session_id = required("p_session_id", session_id)?;
    let cancelled_by = side(required_text(
        "p_on_behalf_of",
        on_behalf_of,
        MAX_SIDE_CHARACTERS,
    )?)?;
    let reason = optional_text("p_reason", reason, MAX_REASON_CHARACTERS)?.unwrap_or(DEFAULT_REASON);
    as_guarded_owner(|connection| {
        let request = |session: &_| Ok(Request::on_behalf_of(cancelled_by, session));
        refund(connection, session_id, reason, request)
    })
}

fn side(name: &str) -> Result<CancelledBy, Fault> {
    match name {
        "client" => Ok(CancelledBy::Client),
        "practitioner" => Ok(CancelledBy::Practitioner),
        "application" => Ok(CancelledBy::Service),
        _ => Err(Fault::invalid_argument(
            "p_on_behalf_of must be client, practitioner or application",
        )),
    }
}
