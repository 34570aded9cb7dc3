//! Whether a session may be moved, on facts under locks.

use crate::fault::Fault;
use crate::rpc::error::Error;
use crate::store::Connection;
use crate::store::bookings::{self, LocalStart, Question};
use crate::store::people::People;
use crate::store::sessions::Session;
use peer_exchange_rules::booking::BookingRequest;
use peer_exchange_rules::refund::{self, CancelledBy};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::reschedule::{self, Move};
use peer_exchange_rules::schedule::Period;
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
    pub moved: &'a Move,
}

/// What becomes of a session that may be moved.
pub enum Decision {
    /// It is there already.
    Stays,
    Moves {
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
    let request = BookingRequest {
        client_id: session.client_id.ok_or(Refusal::ClientNotFound)?,
        practitioner_id: session.practitioner_id.ok_or(Refusal::PractitionerNotFound)?,
        duration_minutes: session.time.duration_minutes,
        // What was paid for stays as it is, whatever is offered by now.
        product_id: None,
    };
    let question = Question {
        terms,
        request: &request,
        start: Some(proposal.start),
        own_session_id: Some(session.id),
        people,
    };
    let target = bookings::load(connection, &question)?;
    let slot = target
        .slot
        .ok_or_else(|| Fault::invariant_violated("a session is moved to no time"))?;
    let period = slot.period;
    if proposal.moved.after == proposal.moved.before && period.starts_at == session.starts_at {
        return Ok(Decision::Stays);
    }
    let (client, practitioner) = (
        people.get(&request.client_id),
        people.get(&request.practitioner_id),
    );
    reschedule::check_mover(terms, &request, moved_by, refund, client, practitioner)?;
    Ok(Decision::Moves {
        period,
        expired_holds: reschedule::check_target(terms, &request, moved_by, refund, &target)?,
    })
}
