//! `reschedule_peer_booking`: the same session at another time, without paying anew.

use super::booking::required;
use super::process_peer_booking_refund::cancelled_by;
use super::refusing::{self, Call};
use crate::argument::{MAX_IDEMPOTENCY_KEY_CHARACTERS, TimeOfDay, calendar_date, optional_text, person_id};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::reply::{self, Reply};
use crate::settings;
use crate::store::accounts::Accounts;
use crate::store::bookings::{self, LocalStart, Question};
use crate::store::moves;
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, notifications, people, refunds, session_writes};
use peer_exchange_rules::booking::{BookingRequest, NoBooking};
use peer_exchange_rules::notification::move_notice;
use peer_exchange_rules::refund::{self, CancelledBy};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::reschedule::{self, Move};
use peer_exchange_rules::schedule::Period;
use peer_exchange_rules::session_time::SessionTime;
use peer_exchange_rules::terms::Terms;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Moves a peer session that is paid for; `docs/reference.md` describes arguments, reply and refusals.
#[pg_extern(volatile)]
fn reschedule_peer_booking(
    p_session_id: Option<pgrx::Uuid>,
    p_session_date: Option<pgrx::datum::Date>,
    p_start_time: Option<TimeOfDay>,
    p_idempotency_key: Option<&str>,
) -> Result<Reply, ErrorReport> {
    let session_id = person_id(p_session_id);
    let call = Call {
        rpc: "reschedule_peer_booking",
        client_id: None,
        practitioner_id: None,
        session_id,
    };
    let reply = answer(session_id, p_session_date, p_start_time, p_idempotency_key)?;
    Ok(refusing::remember(&call, reply)?)
}

/// A request that has everything it needs.
struct Request<'a> {
    session_id: Uuid,
    start: LocalStart,
    idempotency_key: Option<&'a str>,
}

fn answer(
    session_id: Option<Uuid>,
    session_date: Option<pgrx::datum::Date>,
    start_time: Option<TimeOfDay>,
    idempotency_key: Option<&str>,
) -> Result<Reply, Fault> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let complete = || {
        Ok((
            required("p_session_id", session_id)?,
            required("p_session_date", session_date)?,
            required("p_start_time", start_time)?,
        ))
    };
    let (session_id, session_date, start_time) = match complete() {
        Ok(complete) => complete,
        Err(refusal) => return reply::move_refused(&refusal, true),
    };
    let request = Request {
        session_id,
        start: LocalStart {
            session_date: calendar_date(session_date),
            start_time: start_time.checked("p_start_time")?,
        },
        idempotency_key: optional_text(
            "p_idempotency_key",
            idempotency_key,
            MAX_IDEMPOTENCY_KEY_CHARACTERS,
        )?,
    };
    as_owner(|connection| reschedule(connection, caller, &terms, &request))
}

fn reschedule(
    connection: &mut Connection<'_>,
    caller: Caller,
    terms: &Terms,
    request: &Request<'_>,
) -> Result<Reply, Fault> {
    // Whose session it is can't change, so it says whom to lock before it is locked itself.
    let Some(seen) = sessions::load(connection, request.session_id)? else {
        return reply::move_refused(&Refusal::SessionNotFound, true);
    };
    caller.require_may_act_for_one_of(&[seen.client_id, seen.practitioner_id])?;
    let moved_by = cancelled_by(caller, &seen);
    let decided = match seen.is_peer_booking {
        true => move_session(connection, caller.person_id(), moved_by, terms, request, &seen)?,
        false => Err(Refusal::NotPeerBooking),
    };
    match decided {
        Ok(reply) => Ok(reply),
        Err(refusal) => reply::move_refused(&refusal, moved_by == CancelledBy::Client),
    }
}

fn move_session(
    connection: &mut Connection<'_>,
    mover_id: Option<Uuid>,
    moved_by: CancelledBy,
    terms: &Terms,
    request: &Request<'_>,
    seen: &Session,
) -> Result<Result<Reply, Refusal>, Fault> {
    let parties: Vec<Uuid> = [seen.client_id, seen.practitioner_id]
        .into_iter()
        .flatten()
        .collect();
    let people = people::lock(connection, &parties)?;
    let Some(session) = sessions::lock(connection, request.session_id)? else {
        return Ok(Err(Refusal::SessionNotFound));
    };
    let refund = refunds::load(connection, &session)?;
    let moved = Move {
        moved_by: mover_id,
        before: session.time,
        after: SessionTime {
            session_date: request.start.session_date,
            start_time: request.start.start_time,
            ..session.time
        },
        status: session.status.clone(),
    };
    if let Some(key) = request.idempotency_key
        && let Some(former) = moves::find_by_key(connection, &session.time, key)?
    {
        return match (former.moved_by, former.after) == (moved.moved_by, moved.after) {
            true => reply::rescheduled(&former, refund.credit_cost(), true).map(Ok),
            false => Ok(Err(Refusal::IdempotencyKeyReused)),
        };
    }
    let proposal = Proposal {
        terms,
        moved_by,
        start: request.start,
        session: &session,
        refund: &refund,
        people: &people,
        moved: &moved,
    };
    match decide(connection, &proposal)? {
        Ok(Decision::Stays) if request.idempotency_key.is_none() => {}
        Ok(Decision::Stays) => moves::record(connection, &moved, request.idempotency_key)?,
        Ok(Decision::Moves {
            period,
            expired_holds,
        }) => {
            if !expired_holds.is_empty() {
                sessions::release_holds(connection, &expired_holds)?;
            }
            session_writes::carry_out_move(connection, &session, moved.after, &period)?;
            moves::record(connection, &moved, request.idempotency_key)?;
            tell(connection, &proposal)?;
        }
        Err(refusal) => return Ok(Err(refusal)),
    }
    reply::rescheduled(&moved, refund.credit_cost(), false).map(Ok)
}

/// A move to be decided on. People and session are locked.
struct Proposal<'a> {
    terms: &'a Terms,
    moved_by: CancelledBy,
    start: LocalStart,
    session: &'a Session,
    refund: &'a refund::Facts,
    people: &'a People,
    moved: &'a Move,
}

/// What becomes of a session that may be moved.
enum Decision {
    /// It is there already.
    Stays,
    Moves {
        period: Period,
        /// Sessions whose slot it takes over since nobody paid for them in time.
        expired_holds: Vec<Uuid>,
    },
}

fn decide(
    connection: &mut Connection<'_>,
    proposal: &Proposal<'_>,
) -> Result<Result<Decision, Refusal>, Fault> {
    let Proposal {
        terms,
        moved_by,
        start,
        session,
        refund,
        people,
        moved,
    } = *proposal;
    if let Err(refusal) = reschedule::check_session(refund) {
        return Ok(Err(refusal));
    }
    let (client_id, practitioner_id) = match (session.client_id, session.practitioner_id) {
        (Some(client_id), Some(practitioner_id)) => (client_id, practitioner_id),
        (None, _) => return Ok(Err(Refusal::ClientNotFound)),
        (_, None) => return Ok(Err(Refusal::PractitionerNotFound)),
    };
    let booking_request = BookingRequest {
        client_id,
        practitioner_id,
        duration_minutes: session.time.duration_minutes,
        // What was paid for stays as it is, whatever is offered by now.
        product_id: None,
    };
    // Balances stay as they are, and decide nothing.
    let question = Question {
        terms,
        request: &booking_request,
        start: Some(start),
        own_session_id: Some(session.id),
        people,
        accounts: &Accounts::default(),
    };
    let target = bookings::load(connection, &question)?;
    let period = target
        .slot
        .map(|slot| slot.period)
        .ok_or_else(|| Fault::broken_promise("a session is moved to no time"))?;
    if moved.after == moved.before && period.starts_at == session.starts_at {
        return Ok(Ok(Decision::Stays));
    }
    let (client, practitioner) = (people.get(&client_id), people.get(&practitioner_id));
    if let Err(refusal) =
        reschedule::check_mover(terms, &booking_request, moved_by, refund, client, practitioner)
    {
        return Ok(Err(refusal));
    }
    match reschedule::check_target(terms, &booking_request, moved_by, refund, &target) {
        Ok(expired_holds) => Ok(Ok(Decision::Moves {
            period,
            expired_holds,
        })),
        Err(NoBooking::Refused(refused)) => Ok(Err(refused.refusal)),
        Err(NoBooking::OutOfRange) => Err(Fault::broken_promise("moving a session moves no credits")),
        Err(NoBooking::UnreadableHours(hours)) => Err(hours.into()),
    }
}

/// Tells both parties.
fn tell(connection: &mut Connection<'_>, proposal: &Proposal<'_>) -> Result<(), Fault> {
    let ids: Vec<Uuid> = proposal.people.keys().copied().collect();
    let [one, other] = ids[..] else {
        return Err(Fault::broken_promise("a session of other than two people"));
    };
    let balances = moves::balances(connection, &ids)?;
    let Move { before, after, .. } = proposal.moved;
    let notice = |recipient_id: Uuid, other_id: Uuid| {
        let balance = balances.get(&recipient_id).copied().unwrap_or_default();
        let other = &proposal.people[&other_id];
        move_notice(before, after, recipient_id, other, proposal.refund.paid, balance)
    };
    notifications::notify_move(connection, &[notice(one, other), notice(other, one)])
}
