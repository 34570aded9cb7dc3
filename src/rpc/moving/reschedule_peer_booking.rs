//! `reschedule_peer_booking`: the same session at another time, without paying anew.

use super::decision::{self, Decision, Proposal};
use super::refused;
use crate::argument::{MAX_IDEMPOTENCY_KEY_CHARACTERS, before_midnight, optional_text, required};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::convert::{date, uuid};
use crate::postgres::json::Json;
use crate::postgres::time_of_day::TimeOfDay;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use crate::settings;
use crate::store::bookings::LocalStart;
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, departures, moves, notifications, people, places, refunds, session_writes};
use peer_exchange_rules::notification::move_notice;
use peer_exchange_rules::place::Place;
use peer_exchange_rules::refund::CancelledBy;
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::reschedule::Move;
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
    p_idempotency_key: default!(Option<&str>, "NULL"),
) -> Result<Json, ErrorReport> {
    let arguments = Arguments {
        session_id: p_session_id.map(uuid),
        session_date: p_session_date,
        start_time: p_start_time,
        idempotency_key: p_idempotency_key,
    };
    let call = Call {
        rpc: "reschedule_peer_booking",
        client_id: None,
        practitioner_id: None,
        session_id: arguments.session_id,
    };
    let reply = refused::reply(answer(&arguments), CancelledBy::Client)?;
    Ok(refusal_log::remember(&call, reply)?)
}

/// The arguments as they came.
struct Arguments<'a> {
    session_id: Option<Uuid>,
    session_date: Option<pgrx::datum::Date>,
    start_time: Option<TimeOfDay>,
    idempotency_key: Option<&'a str>,
}

/// What is asked for, with everything that it needs.
struct Asked<'a> {
    session_id: Uuid,
    start: LocalStart,
    idempotency_key: Option<&'a str>,
}

impl<'a> Arguments<'a> {
    fn checked(&self) -> Result<Asked<'a>, Error> {
        let session_id = required("p_session_id", self.session_id)?;
        let session_date = required("p_session_date", self.session_date)?;
        let start_time = required("p_start_time", self.start_time)?;
        Ok(Asked {
            session_id,
            start: LocalStart {
                session_date: date(session_date),
                start_time: before_midnight("p_start_time", start_time)?,
            },
            idempotency_key: optional_text(
                "p_idempotency_key",
                self.idempotency_key,
                MAX_IDEMPOTENCY_KEY_CHARACTERS,
            )?,
        })
    }
}

fn answer(arguments: &Arguments<'_>) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let asked = arguments.checked()?;
    as_guarded_owner(|connection| reschedule(connection, caller, &terms, &asked))
}

fn reschedule(
    connection: &mut Connection<'_>,
    caller: Caller,
    terms: &Terms,
    asked: &Asked<'_>,
) -> Result<Reply, Error> {
    let people = people::lock_parties(connection, asked.session_id)?;
    let session = sessions::lock(connection, asked.session_id)?.ok_or(Refusal::SessionNotFound)?;
    caller.require_may_act_for_one_of(&[session.client_id, session.practitioner_id])?;
    let mover_id = caller.person_id();
    let moved_by = CancelledBy::side_of(mover_id, session.practitioner_id);
    let moved = move_session(connection, terms, asked, &session, &people, mover_id);
    Ok(refused::reply(moved, moved_by)?)
}

fn move_session(
    connection: &mut Connection<'_>,
    terms: &Terms,
    asked: &Asked<'_>,
    session: &Session,
    people: &People,
    mover_id: Option<Uuid>,
) -> Result<Reply, Error> {
    if !session.is_peer_booking {
        return Err(Refusal::NotPeerBooking.into());
    }
    let refund = refunds::load(connection, session)?;
    let mut moved = Move {
        moved_by: mover_id,
        before: session.time.clone(),
        asked: asked.start.wall_clock(),
        after: session.time.clone(),
        status: session.status.clone(),
    };
    if let Some(former) = find_former(connection, asked, &moved)? {
        return Ok(reply::moving::rescheduled(&former, refund.credit_cost(), true)?);
    }
    let proposal = Proposal {
        terms,
        moved_by: CancelledBy::side_of(mover_id, session.practitioner_id),
        start: asked.start,
        session,
        refund: &refund,
        people,
    };
    match decision::decide(connection, &proposal)? {
        Decision::Stays if asked.idempotency_key.is_none() => {}
        Decision::Stays => moves::record(connection, &moved, asked.idempotency_key)?,
        Decision::Moves {
            start,
            period,
            expired_holds,
        } => {
            sessions::release_holds(connection, &expired_holds)?;
            moved.after = SessionTime {
                start: Some(start),
                ..session.time.clone()
            };
            session_writes::carry_out_move(connection, session, asked.start, &moved.after, &period)?;
            moves::record(connection, &moved, asked.idempotency_key)?;
            notify(connection, &proposal, &moved)?;
        }
    }
    Ok(reply::moving::rescheduled(&moved, refund.credit_cost(), false)?)
}

/// The same move, where it was made before under this key.
fn find_former(
    connection: &mut Connection<'_>,
    asked: &Asked<'_>,
    moved: &Move,
) -> Result<Option<Move>, Error> {
    let Some(key) = asked.idempotency_key else {
        return Ok(None);
    };
    let Some((former, moved_at)) = moves::find_by_key(connection, &moved.before, key)? else {
        return Ok(None);
    };
    let is_another = (former.moved_by, former.asked) != (moved.moved_by, moved.asked);
    let mover_has_left = match moved.moved_by {
        Some(mover_id) => departures::have_been_since(connection, mover_id, moved_at)?,
        None => false,
    };
    if is_another || mover_has_left {
        return Err(Refusal::IdempotencyKeyReused.into());
    }
    Ok(Some(former))
}

/// Tells both parties.
fn notify(connection: &mut Connection<'_>, proposal: &Proposal<'_>, moved: &Move) -> Result<(), Fault> {
    let ids: Vec<Uuid> = proposal.people.keys().copied().collect();
    let [one, other] = ids[..] else {
        return Err(Fault::invariant_violated("a session of other than two people"));
    };
    let balances = moves::balances(connection, &ids)?;
    let session = proposal.session;
    let practitioner = session.practitioner_id.and_then(|id| proposal.people.get(&id));
    let place = Place::of_session(places::written(connection, session.id)?, practitioner);
    let Move { before, after, .. } = moved;
    let notice = |recipient_id: Uuid, other_id: Uuid| {
        let balance = balances.get(&recipient_id).copied().unwrap_or_default();
        let other = &proposal.people[&other_id];
        move_notice(
            before,
            after,
            place.as_ref(),
            recipient_id,
            other,
            proposal.refund.stake.credits(),
            balance,
        )
    };
    notifications::notify_move(connection, &[notice(one, other), notice(other, one)])
}
