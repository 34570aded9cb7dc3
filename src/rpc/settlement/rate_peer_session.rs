//! `rate_peer_session`: the client says how a session was that took place.

use crate::argument::{MAX_COMMENT_CHARACTERS, optional_text, required};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use crate::store::people::{self, People};
use crate::store::sessions::{self, Session};
use crate::store::{Connection, accounts, notifications, ratings, refunds};
use peer_exchange_rules::notification::rating::rated_notice;
use peer_exchange_rules::rating::{self, Decision, Rating};
use peer_exchange_rules::refusal::Refusal;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Rates a peer session; `docs/reference.md` describes arguments, reply and refusals.
#[pg_extern(volatile)]
fn rate_peer_session(
    p_session_id: Option<pgrx::Uuid>,
    p_stars: Option<i32>,
    p_comment: default!(Option<&str>, "NULL"),
) -> Result<Json, ErrorReport> {
    let call = Call {
        rpc: "rate_peer_session",
        client_id: None,
        practitioner_id: None,
        session_id: p_session_id.map(uuid),
    };
    let reply =
        answer(call.session_id, p_stars, p_comment).or_else(|error| error.reply(reply::refused::plainly))?;
    Ok(refusal_log::remember(&call, reply)?)
}

fn answer(session_id: Option<Uuid>, stars: Option<i32>, comment: Option<&str>) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let session_id = required("p_session_id", session_id)?;
    let wanted = Rating {
        stars: rating::stars(required("p_stars", stars)?)?,
        comment: optional_text("p_comment", comment, MAX_COMMENT_CHARACTERS)?.map(str::to_owned),
    };
    as_guarded_owner(|connection| rate(connection, caller, session_id, &wanted))
}

fn rate(
    connection: &mut Connection<'_>,
    caller: Caller,
    session_id: Uuid,
    wanted: &Rating,
) -> Result<Reply, Error> {
    ratings::require_kept(connection)??;
    // Before the session, as everywhere: what its practitioner is told may have a foreign key to her.
    let people = people::hold_parties(connection, session_id)?;
    let session = sessions::lock(connection, session_id)?.ok_or(Refusal::SessionNotFound)?;
    require_client(caller, &session)?;
    let facts = ratings::facts(connection, &session)?;
    let closes_at = facts.closes_at();
    let (given, is_replay) = match facts.decide(wanted)? {
        Decision::Keep(given) => (given, true),
        Decision::Write { is_first } => {
            let given = ratings::write(connection, &session, wanted)?;
            if is_first {
                tell(connection, &session, &people, &given.rating)?;
            }
            (given, false)
        }
    };
    Ok(reply::settlement::rated(
        session_id, &given, closes_at, is_replay,
    )?)
}

/// A session of others is none to her.
fn require_client(caller: Caller, session: &Session) -> Result<(), Error> {
    let parties = [session.client_id, session.practitioner_id];
    if caller.person_id().is_some_and(|id| !parties.contains(&Some(id))) {
        return Err(Refusal::SessionNotFound.into());
    }
    caller.require_may_act_for_one_of(&[session.client_id])?;
    match session.is_peer_booking {
        true => Ok(()),
        false => Err(Refusal::NotPeerBooking.into()),
    }
}

/// Who has left is told nothing any more, and nobody speaks for who has.
fn tell(
    connection: &mut Connection<'_>,
    session: &Session,
    people: &People,
    rating: &Rating,
) -> Result<(), Fault> {
    let (Some(client_id), Some(practitioner_id)) = (session.client_id, session.practitioner_id) else {
        return Ok(());
    };
    let Some(client) = people.get(&client_id) else {
        return Ok(());
    };
    let credits = refunds::load(connection, session)?.stake.paid;
    let balance = accounts::read(connection, &[practitioner_id])?
        .of(practitioner_id)
        .balance;
    let notice = rated_notice(&session.time, practitioner_id, balance, credits, client, rating);
    notifications::notify_rating(connection, &notice)
}
