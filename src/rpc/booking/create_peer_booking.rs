//! `create_peer_booking`: session, payment and notifications in one call.

use super::arguments::{Arguments, Asked};
use super::decision::{self, Decided, Proposal};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::postgres::time_of_day::TimeOfDay;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use crate::settings;
use crate::store::bookings::SlotStart;
use crate::store::parties::{self, Parties};
use crate::store::session_writes::{self, Made};
use crate::store::sessions;
use crate::store::{Connection, departures};
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
    let call = Call {
        rpc: "create_peer_booking",
        client_id: arguments.client_id,
        practitioner_id: arguments.practitioner_id,
        session_id: None,
    };
    let reply = answer(&arguments).or_else(|error| error.reply(reply::refused::booking))?;
    Ok(refusal_log::remember(&call, reply)?)
}

fn answer(arguments: &Arguments<'_>) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let asked = arguments.checked(&terms)?;
    caller.require_may_act_for(asked.request.client_id)?;
    as_guarded_owner(|connection| book(connection, &terms, &asked))
}

fn book(connection: &mut Connection<'_>, terms: &Terms, asked: &Asked<'_>) -> Result<Reply, Error> {
    let Parties { people, accounts } = parties::lock(connection, &asked.request.parties())?;
    if let Some(reply) = replay(connection, asked)? {
        return Ok(reply);
    }
    let proposal = Proposal {
        terms,
        request: asked.request,
        target: Target::NewSession,
        start: Some(SlotStart::OnHerClock(asked.start)),
        own_session_id: None,
        people,
        accounts,
    };
    let Decided {
        booking,
        period,
        timezone,
        start,
    } = decision::decide(connection, &proposal)?;
    let session_time = SessionTime {
        session_id: Uuid::now_v7(),
        duration_minutes: booking.duration_minutes,
        timezone,
        start: Some(start),
    };
    let made = session_writes::insert(
        connection,
        asked.start,
        &session_time,
        &period,
        &asked.particulars,
        &booking,
    )?;
    let Made { session_id, status } = made.ok_or_else(|| slot_taken(&booking))?;
    let session_time = SessionTime {
        session_id,
        ..session_time
    };
    let booking = decision::apply(connection, &session_time, booking)?;
    Ok(reply::booking::booked(
        session_id,
        &status,
        &booking.receipt(),
        false,
    )?)
}

/// The answer to a key that this client has used before.
fn replay(connection: &mut Connection<'_>, asked: &Asked<'_>) -> Result<Option<Reply>, Error> {
    let Some(key) = asked.particulars.idempotency_key else {
        return Ok(None);
    };
    let client_id = asked.request.client_id;
    let Some(earlier) = sessions::find_by_key(connection, client_id, key)? else {
        return Ok(None);
    };
    if earlier.digest != asked.particulars.idempotency_digest
        || departures::have_been_since(connection, client_id, earlier.made_at)?
    {
        return Err(Refusal::IdempotencyKeyReused.into());
    }
    let receipt = sessions::first_charge(connection, earlier.id)?.ok_or_else(|| {
        Fault::invariant_violated(format!("session {} was booked but never charged", earlier.id))
    })?;
    Ok(Some(reply::booking::booked(
        earlier.id,
        "scheduled",
        &receipt,
        true,
    )?))
}

/// An index of the application's own, or a hold that is being changed right now, has the slot.
fn slot_taken(booking: &Booking) -> Error {
    if !booking.expired_holds.is_empty() {
        // Other holds have been released already, and a refusal writes nothing.
        return Fault::new(
            PgSqlErrorCode::ERRCODE_EXCLUSION_VIOLATION,
            "the slot was taken while an expired hold on it was being released",
        )
        .into();
    }
    Error::Refused(Refused {
        refusal: Refusal::SlotConflict,
        credit_cost: Some(booking.credit_cost),
    })
}
