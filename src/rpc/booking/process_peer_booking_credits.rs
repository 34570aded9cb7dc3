//! `process_peer_booking_credits`: charges a session that its client has inserted, once.
//!
//! The older of the two flows. What the session takes is charged, whatever duration the call
//! names: its client wrote the one and the other, and only the first holds the practitioner's time.

use super::charging::{self, Charge};
use crate::argument::required;
use crate::caller::Caller;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use crate::settings;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, people};
use peer_exchange_rules::booking::{BookingRequest, Target};
use peer_exchange_rules::refusal::Refusal;
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
    p_product_id: default!(Option<pgrx::Uuid>, "NULL"),
) -> Result<Json, ErrorReport> {
    let call = Call {
        rpc: "process_peer_booking_credits",
        client_id: p_client_id.map(uuid),
        practitioner_id: p_practitioner_id.map(uuid),
        session_id: p_session_id.map(uuid),
    };
    let arguments = Arguments {
        client_id: call.client_id,
        practitioner_id: call.practitioner_id,
        session_id: call.session_id,
        duration_minutes: p_duration_minutes,
        product_id: p_product_id.map(uuid),
    };
    let reply = answer(&arguments).or_else(|error| error.reply(reply::refused::booking))?;
    Ok(refusal_log::remember(&call, reply)?)
}

/// The arguments as they came.
struct Arguments {
    client_id: Option<Uuid>,
    practitioner_id: Option<Uuid>,
    session_id: Option<Uuid>,
    duration_minutes: Option<i32>,
    product_id: Option<Uuid>,
}

impl Arguments {
    /// The session, and what is asked for it, with everything that a charge can't do without.
    fn checked(&self, terms: &Terms) -> Result<(Uuid, BookingRequest), Refusal> {
        let client_id = required("p_client_id", self.client_id)?;
        let practitioner_id = required("p_practitioner_id", self.practitioner_id)?;
        let session_id = required("p_session_id", self.session_id)?;
        let duration_minutes = required("p_duration_minutes", self.duration_minutes)?;
        terms.check_duration(duration_minutes)?;
        let request = BookingRequest {
            client_id,
            practitioner_id,
            duration_minutes,
            product_id: self.product_id,
        };
        Ok((session_id, request))
    }
}

fn answer(arguments: &Arguments) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let (session_id, request) = arguments.checked(&terms)?;
    caller.require_may_act_for(request.client_id)?;
    as_guarded_owner(|connection| charge(connection, &terms, session_id, request))
}

fn charge(
    connection: &mut Connection<'_>,
    terms: &Terms,
    session_id: Uuid,
    request: BookingRequest,
) -> Result<Reply, Error> {
    let people = people::lock(connection, &request.parties())?;
    let session = sessions::lock(connection, session_id)?;
    let of_these_two = |session: &&Session| {
        session.client_id == Some(request.client_id)
            && session.practitioner_id == Some(request.practitioner_id)
    };
    if let Some(session) = session.as_ref().filter(of_these_two)
        && let Some(reply) = charging::replay(connection, session)?
    {
        return Ok(reply);
    }
    let inserted = session.as_ref().map(charging::inserted_session);
    let charge = Charge {
        terms,
        request,
        target: Target::InsertedSession(inserted),
        session: session.as_ref(),
        people,
    };
    charging::charge(connection, charge)
}
