//! `quote_peer_booking`: the reply that `create_peer_booking` would give now, and nothing written.

use super::arguments::{Arguments, Asked, Kind};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::postgres::time_of_day::TimeOfDay;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_owner};
use crate::settings;
use crate::store::bookings::{self, Question, SlotStart};
use crate::store::{Connection, accounts, people, policies, prospects, requests};
use peer_exchange_rules::booking::{self, Target};
use peer_exchange_rules::refund::tiers;
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::request::Wait;
use peer_exchange_rules::terms::Terms;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// What a booking would cost, or why there would be none; `docs/reference.md` describes arguments,
/// reply and refusals, which are those of `create_peer_booking`.
#[pg_extern(stable)]
#[allow(clippy::too_many_arguments)]
fn quote_peer_booking(
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
    let reply = answer(&arguments).or_else(|error| error.reply(reply::refused::booking))?;
    Ok(reply.into())
}

fn answer(arguments: &Arguments<'_>) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let asked = arguments.checked(Kind::Booking, &terms)?;
    caller.require_may_act_for(asked.request.client_id)?;
    as_owner(|connection| quote(connection, &terms, &asked))
}

fn quote(connection: &mut Connection<'_>, terms: &Terms, asked: &Asked<'_>) -> Result<Reply, Error> {
    if let Some(reply) = replay(connection, asked)? {
        return Ok(reply);
    }
    let request = &asked.request;
    let question = Question {
        terms,
        request,
        start: Some(SlotStart::OnHerClock(asked.start)),
        own_session_id: None,
        people: &people::read(connection, &request.parties())?,
    };
    let facts = bookings::read(connection, &question)?.facts;
    let accounts = accounts::read(connection, &request.parties())?;
    let mut accounts = accounts.pair(request.client_id, request.practitioner_id);
    accounts.client = requests::available_to(connection, request.client_id, accounts.client)?;
    let booking = booking::decide(terms, request, &Target::NewSession, &facts, &accounts)?;
    let slot = (facts.slot).ok_or_else(|| Fault::invariant_violated("a quote is for no time"))?;
    let starts_at = slot.period.starts_at;
    let wait = Wait::of(terms, facts.now, starts_at);
    let policy = policies::read(connection, request.practitioner_id)?;
    let tiers = tiers::of_booking(&booking, policy, facts.now, starts_at);
    Ok(reply::booking::quoted(
        &booking.receipt(),
        wait.expires_at,
        &tiers,
    )?)
}

/// The answer to a key that this client has used before.
fn replay(connection: &mut Connection<'_>, asked: &Asked<'_>) -> Result<Option<Reply>, Error> {
    let Some(key) = asked.particulars.idempotency_key else {
        return Ok(None);
    };
    let Some(earlier) = prospects::earlier_booking(connection, asked.request.client_id, key)? else {
        return Ok(None);
    };
    if earlier.digest != asked.particulars.idempotency_digest || earlier.is_of_former_client {
        return Err(Refusal::IdempotencyKeyReused.into());
    }
    let receipt = earlier
        .receipt
        .ok_or_else(|| Fault::invariant_violated("a session was booked but never charged"))?;
    Ok(Some(reply::booking::booked(
        earlier.session_id,
        "scheduled",
        &receipt,
        true,
    )?))
}
