//! `charge_session`: what the application calls for a session that it, or its client, has inserted.

use super::charging::{self, Charge};
use crate::argument::required;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use crate::settings;
use crate::store::{Connection, people, sessions};
use peer_exchange_rules::booking::{BookingRequest, Target};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::terms::Terms;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Charges a peer session that was inserted before, once, also when it is over; `docs/reference.md` describes reply
/// and refusals.
#[pg_extern(volatile)]
fn charge_session(p_session_id: Option<pgrx::Uuid>) -> Result<Json, ErrorReport> {
    let call = Call {
        rpc: "charge_session",
        client_id: None,
        practitioner_id: None,
        session_id: p_session_id.map(uuid),
    };
    let reply = answer(call.session_id).or_else(|error| error.reply(reply::refused::booking))?;
    Ok(refusal_log::remember(&call, reply)?)
}

fn answer(session_id: Option<Uuid>) -> Result<Reply, Error> {
    let session_id = required("p_session_id", session_id)?;
    let terms = settings::terms()?;
    as_guarded_owner(|connection| charge(connection, &terms, session_id))
}

fn charge(connection: &mut Connection<'_>, terms: &Terms, session_id: Uuid) -> Result<Reply, Error> {
    let people = people::lock_parties(connection, session_id)?;
    let session = sessions::lock(connection, session_id)?.ok_or(Refusal::SessionNotFound)?;
    if let Some(reply) = charging::replay(connection, &session)? {
        return Ok(reply);
    }
    let charge = Charge {
        terms,
        request: BookingRequest {
            client_id: session.client_id.ok_or(Refusal::ClientNotFound)?,
            practitioner_id: session.practitioner_id.ok_or(Refusal::PractitionerNotFound)?,
            duration_minutes: session.time.duration_minutes,
            product_id: session.product_id,
        },
        target: Target::ArrangedSession(charging::inserted_session(&session)),
        session: Some(&session),
        people,
    };
    charging::charge(connection, charge)
}
