//! Where a session can be moved to: the starts that `reschedule_peer_booking` would accept from this caller now.

use super::refused;
use crate::caller::Caller;
use crate::reply::{self, Reply};
use crate::rpc::error::Error;
use crate::store::prospects::{self, Question};
use crate::store::sessions::{self, Session};
use crate::store::{Connection, refunds};
use chrono::NaiveDateTime;
use peer_exchange_rules::refund::CancelledBy;
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::reschedule;
use peer_exchange_rules::terms::Terms;
use uuid::Uuid;

/// Which session, of whom, and the starts that would suit.
pub struct Wanted<'a> {
    pub session_id: Uuid,
    pub practitioner_id: Uuid,
    pub starts: &'a [NaiveDateTime],
}

pub fn answer(
    connection: &mut Connection<'_>,
    caller: Caller,
    terms: &Terms,
    wanted: &Wanted<'_>,
) -> Result<Reply, Error> {
    let session = sessions::read(connection, wanted.session_id)?.ok_or(Refusal::SessionNotFound)?;
    caller.require_may_act_for_one_of(&[session.client_id, session.practitioner_id])?;
    let moved_by = CancelledBy::side_of(caller.person_id(), session.practitioner_id);
    let targets = targets(connection, terms, wanted, &session, moved_by);
    Ok(refused::reply(targets, moved_by)?)
}

/// By the rules of a move, in their order.
fn targets(
    connection: &mut Connection<'_>,
    terms: &Terms,
    wanted: &Wanted<'_>,
    session: &Session,
    moved_by: CancelledBy,
) -> Result<Reply, Error> {
    if !session.is_peer_booking {
        return Err(Refusal::NotPeerBooking.into());
    }
    if session
        .practitioner_id
        .is_some_and(|id| id != wanted.practitioner_id)
    {
        return Err(Refusal::ParticipantMismatch.into());
    }
    let refund = refunds::read(connection, session)?;
    reschedule::check_session(&refund)?;
    let request = session.kept_request()?;
    let enquiry = request.enquiry();
    let question = Question {
        terms,
        enquiry: &enquiry,
        starts: wanted.starts,
        moved: Some(session),
    };
    let prospects = prospects::load(connection, &question)?;
    let facts = &prospects.facts;
    let (client, practitioner) = (facts.client.as_ref(), facts.practitioner.as_ref());
    reschedule::check_mover(terms, &request, moved_by, &refund, client, practitioner)?;
    let slots = reschedule::free_targets(terms, &request, moved_by, &refund, facts, &prospects.slots)?;
    Ok(reply::finding::available(
        request.practitioner_id,
        &prospects,
        request.duration_minutes,
        refund.credit_cost(),
        &slots,
    )?)
}
