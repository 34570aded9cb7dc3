//! Whether a session may be moved, on facts under locks.

use crate::fault::Fault;
use crate::rpc::error::Error;
use crate::store::Connection;
use crate::store::bookings::{self, LocalStart, Question, SlotStart};
use crate::store::people::People;
use crate::store::sessions::Session;
use peer_exchange_rules::refund::{self, CancelledBy};
use peer_exchange_rules::reschedule;
use peer_exchange_rules::schedule::Period;
use peer_exchange_rules::session_time::Start;
use peer_exchange_rules::terms::Terms;
use uuid::Uuid;

/// A move to be decided on. People and session are locked.
pub struct Proposal<'a> {
    pub terms: &'a Terms,
    pub moved_by: CancelledBy,
    pub start: LocalStart,
    pub session: &'a Session,
    pub refund: &'a refund::Facts,
    pub people: &'a People,
}

/// What becomes of a session that may be moved.
pub enum Decision {
    /// It is there already.
    Stays,
    Moves {
        start: Start,
        period: Period,
        /// Sessions whose slot it takes over since nobody paid for them in time.
        expired_holds: Vec<Uuid>,
    },
}

/// Loads the facts and decides.
pub fn decide(connection: &mut Connection<'_>, proposal: &Proposal<'_>) -> Result<Decision, Error> {
    let Proposal {
        terms,
        moved_by,
        refund,
        people,
        session,
        ..
    } = *proposal;
    reschedule::check_session(refund)?;
    let request = session.kept_request()?;
    let question = Question {
        terms,
        request: &request,
        start: Some(SlotStart::OnTheClockOf(&session.time.timezone, proposal.start)),
        own_session_id: Some(session.id),
        people,
    };
    let bookings::Answer {
        facts: target, start, ..
    } = bookings::load(connection, &question)?;
    let (slot, start) =
        (target.slot.zip(start)).ok_or_else(|| Fault::invariant_violated("a session is moved to no time"))?;
    if Some(start.at) == session.time.starts_at() {
        return Ok(Decision::Stays);
    }
    let (client, practitioner) = (
        people.get(&request.client_id),
        people.get(&request.practitioner_id),
    );
    reschedule::check_mover(terms, &request, moved_by, refund, client, practitioner)?;
    Ok(Decision::Moves {
        start,
        period: slot.period,
        expired_holds: reschedule::check_target(terms, &request, moved_by, refund, &target)?,
    })
}
