//! `process_peer_booking_credits`: charges a session that its client has inserted, once.
//!
//! The older of the two flows. What the session takes is charged, whatever duration the call
//! names: its client wrote the one and the other, and only the first holds the practitioner's time.

use super::booking::{self, Decided, Proposal};
use super::refusing::{self, Call};
use crate::argument::person_id;
use crate::caller::Caller;
use crate::domain::booking::{InsertedSession, Target, Wish};
use crate::domain::notification::Occasion;
use crate::domain::refusal::Refusal;
use crate::domain::terms::Terms;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::reply::{self, Reply};
use crate::settings;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, accounts, people, session_writes};
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
            Wish {
                client_id,
                practitioner_id,
                duration_minutes,
                product_id,
            },
        ))
    };
    let (session_id, wish) = match checked() {
        Ok(checked) => checked,
        Err(refusal) => return reply::booking_refused(&refusal.into()),
    };
    caller.require_may_act_for(wish.client_id)?;
    as_owner(|connection| charge(connection, &terms, session_id, wish))
}

fn charge(
    connection: &mut Connection<'_>,
    terms: &Terms,
    session_id: Uuid,
    wish: Wish,
) -> Result<Reply, Fault> {
    let people = people::lock(connection, &wish.parties())?;
    let session = sessions::lock(connection, session_id)?;
    if let Some(reply) = replay(connection, session.as_ref(), &wish)? {
        return Ok(reply);
    }
    let wish = match session.as_ref().map(|session| session.occasion.duration_minutes) {
        Some(duration_minutes) => Wish {
            duration_minutes,
            ..wish
        },
        None => wish,
    };
    if let Err(refusal) = booking::check_duration(terms, wish.duration_minutes) {
        return reply::booking_refused(&refusal.into());
    }
    let accounts = accounts::lock(connection, &wish.parties())?;
    let proposal = Proposal {
        terms,
        wish,
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
    let occasion = Occasion {
        duration_minutes: booking.duration_minutes,
        ..session.occasion
    };
    let status = session_writes::charge(connection, &session, &period, &booking)?;
    let booking = booking::apply(connection, &occasion, booking)?;
    reply::booked(session_id, &status, &booking.receipt(), false)
}

/// The answer for a session of these two that has been charged before.
fn replay(
    connection: &mut Connection<'_>,
    session: Option<&Session>,
    wish: &Wish,
) -> Result<Option<Reply>, Fault> {
    let of_these_two = |session: &&Session| {
        session.client_id == Some(wish.client_id) && session.practitioner_id == Some(wish.practitioner_id)
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
