//! `accept_peer_booking`: the practitioner makes a request the booking that it asks for.

use super::acceptance;
use crate::argument::required;
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use crate::settings;
use crate::store::accounts::{self, Accounts};
use crate::store::bookings::{self, Question, SlotStart};
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, people, requests, session_writes};
use peer_exchange_rules::booking::{Booking, BookingRequest};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::request::Acceptance;
use peer_exchange_rules::schedule::Period;
use peer_exchange_rules::terms::Terms;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Accepts a request, once; `docs/reference.md` describes reply and refusals.
#[pg_extern(volatile)]
fn accept_peer_booking(p_session_id: Option<pgrx::Uuid>) -> Result<Json, ErrorReport> {
    let call = Call {
        rpc: "accept_peer_booking",
        client_id: None,
        practitioner_id: None,
        session_id: p_session_id.map(uuid),
    };
    let reply = answer(call.session_id).or_else(|error| error.reply(reply::refused::booking))?;
    Ok(refusal_log::remember(&call, reply)?)
}

fn answer(session_id: Option<Uuid>) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let session_id = required("p_session_id", session_id)?;
    let terms = settings::terms()?;
    as_guarded_owner(|connection| accept(connection, caller, &terms, session_id))
}

fn accept(
    connection: &mut Connection<'_>,
    caller: Caller,
    terms: &Terms,
    session_id: Uuid,
) -> Result<Reply, Error> {
    let people = people::lock_parties(connection, session_id)?;
    let session = sessions::lock(connection, session_id)?.ok_or(Refusal::SessionNotFound)?;
    caller.require_may_act_for_one_of(&[session.practitioner_id])?;
    if !session.is_peer_booking {
        return Err(Refusal::NotPeerBooking.into());
    }
    let request = session.request.ok_or(Refusal::NotARequest)?;
    if request.is_accepted_still(&session.status) {
        return Ok(accepted(connection, session_id, "scheduled", true)?);
    }
    let (accounts, held) = requests::lock_accounts_and_load(connection, &session)?;
    request.check_open(&session.status, held.credits, held.now)?;
    let asked = BookingRequest {
        client_id: session.client_id.ok_or(Refusal::ClientNotFound)?,
        practitioner_id: session.practitioner_id.ok_or(Refusal::PractitionerNotFound)?,
        duration_minutes: session.time.duration_minutes,
        // What it was asked for as stays as it is, whatever is offered by now.
        product_id: None,
    };
    let acceptance = Acceptance {
        terms,
        request: &asked,
        held: held.credits,
    };
    let (booking, period) = decide(connection, &acceptance, &session, &people, accounts)?;
    sessions::release_holds(connection, &booking.expired_holds)?;
    let status = session_writes::accept(connection, &session, &period, &booking)?;
    let booking = acceptance::apply(connection, &session.time, booking)?;
    if booking.charge.is_held() {
        return Ok(accepted(connection, session_id, &status, false)?);
    }
    Ok(reply::booking::booked(
        session_id,
        &status,
        &booking.receipt(),
        false,
    )?)
}

fn decide(
    connection: &mut Connection<'_>,
    acceptance: &Acceptance<'_>,
    session: &Session,
    people: &People,
    accounts: Accounts,
) -> Result<(Booking, Period), Error> {
    let parties = acceptance.request.parties();
    let decided = decide_on(connection, acceptance, session, people, &accounts)?;
    match accounts::open_missing(connection, &accounts, &parties)? {
        Some(opened) => decide_on(connection, acceptance, session, people, &opened),
        None => Ok(decided),
    }
}

fn decide_on(
    connection: &mut Connection<'_>,
    acceptance: &Acceptance<'_>,
    session: &Session,
    people: &People,
    accounts: &Accounts,
) -> Result<(Booking, Period), Error> {
    let Acceptance { terms, request, .. } = *acceptance;
    let starts_at = (session.time.starts_at())
        .ok_or_else(|| Fault::invalid_argument("a session without a date or a start can't be accepted"))?;
    let question = Question {
        terms,
        request,
        start: Some(SlotStart::Promised(starts_at)),
        own_session_id: Some(session.id),
        people,
    };
    let facts = bookings::load(connection, &question)?.facts;
    let accounts = accounts.pair(request.client_id, request.practitioner_id);
    let booking = acceptance.decide(&facts, &accounts)?;
    let slot = (facts.slot).ok_or_else(|| Fault::invariant_violated("a request is accepted at no time"))?;
    Ok((booking, slot.period))
}

/// What the ledger says of it, so that it is the same for ever.
fn accepted(
    connection: &mut Connection<'_>,
    session_id: Uuid,
    status: &str,
    replayed: bool,
) -> Result<Reply, Fault> {
    let receipt = sessions::charge_of_acceptance(connection, session_id)?.ok_or_else(|| {
        Fault::invariant_violated(format!("session {session_id} was accepted but never charged"))
    })?;
    reply::booking::booked(session_id, status, &receipt, replayed)
}
