//! Making a session that is booked or asked for: facts under locks, a decision, session, credits and notifications.

use super::arguments::{Arguments, Asked, Kind};
use super::decision::{self, Decided, Proposal};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use crate::settings;
use crate::store::bookings::SlotStart;
use crate::store::parties::{self, Parties};
use crate::store::session_writes::{self, Made};
use crate::store::sessions;
use crate::store::{Connection, departures};
use peer_exchange_rules::booking::{Booking, Refused};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::session_time::SessionTime;
use peer_exchange_rules::status;
use peer_exchange_rules::terms::Terms;
use pgrx::prelude::*;
use uuid::Uuid;

/// What a call to this function that makes a session of this kind is answered with.
pub fn make_session(rpc: &'static str, kind: Kind, arguments: &Arguments<'_>) -> Result<Json, Fault> {
    let call = Call {
        rpc,
        client_id: arguments.client_id,
        practitioner_id: arguments.practitioner_id,
        session_id: None,
    };
    let reply = answer(kind, arguments).or_else(|error| error.reply(reply::refused::booking))?;
    refusal_log::remember(&call, reply)
}

fn answer(kind: Kind, arguments: &Arguments<'_>) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let asked = arguments.checked(kind, &terms)?;
    caller.require_may_act_for(asked.request.client_id)?;
    as_guarded_owner(|connection| make(connection, &terms, &asked))
}

/// Makes the session that is asked for, or answers as before where it was made.
fn make(connection: &mut Connection<'_>, terms: &Terms, asked: &Asked<'_>) -> Result<Reply, Error> {
    let Parties { people, accounts } = parties::lock(connection, &asked.request.parties())?;
    if let Some(reply) = replay(connection, asked)? {
        return Ok(reply);
    }
    let proposal = Proposal {
        terms,
        request: asked.request,
        target: asked.kind.target(),
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
    let Made {
        session_id,
        status,
        written_place,
    } = made.ok_or_else(|| slot_taken(&booking))?;
    let session_time = SessionTime {
        session_id,
        ..session_time
    };
    let booking = decision::apply(connection, &session_time, written_place, booking)?;
    let receipt = booking.receipt();
    Ok(match booking.wait {
        Some(wait) => reply::booking::requested(session_id, &status, &receipt, Some(wait.expires_at), false)?,
        None => reply::booking::booked(session_id, &status, &receipt, false)?,
    })
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
    Ok(Some(match asked.kind {
        Kind::Booking => reply::booking::booked(earlier.id, "scheduled", &receipt, true)?,
        Kind::Request => {
            let expires_at = earlier.expires_at;
            reply::booking::requested(earlier.id, status::PENDING_APPROVAL, &receipt, expires_at, true)?
        }
    }))
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
