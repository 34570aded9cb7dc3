//! What every cancellation shares: facts under locks, a decision, the refund and its notifications.

use crate::fault::Fault;
use crate::rpc::error::Error;
use crate::store::accounts::{self, Purpose};
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, notifications, refunds};
use peer_exchange_rules::notification::request::{declined_notice, withdrawn_notice};
use peer_exchange_rules::notification::{Notification, cancellation_notice};
use peer_exchange_rules::person::Person;
use peer_exchange_rules::refund::{self, Cancellation, CancelledBy, Ending, RefundTerms};
use peer_exchange_rules::refusal::Refusal;
use uuid::Uuid;

/// A cancellation to be decided on.
pub struct Proposal<'a> {
    pub session: &'a Session,
    /// The status that counts: the session's own, or the one that it had before a client set it to
    /// cancelled herself.
    pub status: &'a str,
    pub client_id: Uuid,
    pub practitioner_id: Uuid,
    pub cancelled_by: CancelledBy,
    pub cancelled_by_id: Option<Uuid>,
    pub reason: &'a str,
    /// Who is to be told; a party that is no more is told nothing.
    pub people: &'a People,
    /// A person who departs is told nothing any more.
    pub departing_id: Option<Uuid>,
    /// Whether the session says so already, by the UPDATE that sets this off.
    pub is_marked: bool,
}

impl Proposal<'_> {
    /// What becomes of the session on these terms.
    pub fn ending(&self, terms: &RefundTerms) -> Ending {
        Ending::of(self.cancelled_by, terms)
    }
}

/// Decides on a cancellation and carries it out. The session is locked.
pub fn cancel(connection: &mut Connection<'_>, proposal: &Proposal<'_>) -> Result<Cancellation, Error> {
    let parties = [proposal.client_id, proposal.practitioner_id];
    let (mut accounts, facts) =
        refunds::lock_accounts_and_load(connection, proposal.session, proposal.status, &parties)?;
    let terms = refund::terms(proposal.cancelled_by, &facts)?;
    if terms.credits_were_deducted
        && let Some(opened) = accounts::open_missing(connection, &accounts, &parties)?
    {
        accounts = opened;
    }
    let cancellation = refund::cancel(terms, accounts.pair(proposal.client_id, proposal.practitioner_id))?;
    Ok(apply(connection, proposal, cancellation)?)
}

/// On which terms a session would be cancelled. What decides that, the lock on the session keeps.
pub fn terms(
    connection: &mut Connection<'_>,
    session: &Session,
    cancelled_by: CancelledBy,
) -> Result<RefundTerms, Error> {
    let facts = refunds::load(connection, session)?;
    Ok(refund::terms(cancelled_by, &facts)?)
}

/// The refusal of a session one of whose parties is no more.
pub fn refusal_without_a_party(
    connection: &mut Connection<'_>,
    session: &Session,
    cancelled_by: CancelledBy,
) -> Result<Refusal, Fault> {
    let facts = refunds::load(connection, session)?;
    Ok(refund::refusal_without_a_party(cancelled_by, &facts))
}

fn apply(
    connection: &mut Connection<'_>,
    proposal: &Proposal<'_>,
    mut cancellation: Cancellation,
) -> Result<Cancellation, Fault> {
    sessions::cancel(
        connection,
        &[proposal.session.id],
        proposal.ending(&cancellation.terms).status(),
        proposal.cancelled_by_id,
        proposal.reason,
        cancellation.terms.payment_status(),
    )?;
    let purpose = Purpose {
        description: proposal.reason,
        session_id: Some(proposal.session.id),
        idempotency_key: None,
    };
    let parties = (proposal.client_id, proposal.practitioner_id);
    accounts::record_division(connection, parties, &mut cancellation.credits, purpose)?;
    let ending = proposal.ending(&cancellation.terms);
    notifications::notify_cancellations(connection, ending, &notices(proposal, &cancellation))?;
    Ok(cancellation)
}

/// What the two are told of a cancellation.
pub fn notices(proposal: &Proposal<'_>, cancellation: &Cancellation) -> Vec<Notification> {
    let (Some(client), Some(practitioner)) = (
        proposal.people.get(&proposal.client_id),
        proposal.people.get(&proposal.practitioner_id),
    ) else {
        return Vec::new();
    };
    // Nobody was told of a session that was never charged, so nobody is told of its end.
    if !cancellation.terms.credits_were_deducted {
        return Vec::new();
    }
    let (time, reason) = (&proposal.session.time, proposal.reason);
    match proposal.ending(&cancellation.terms) {
        Ending::Declined => {
            return vec![declined_notice(
                time,
                cancellation,
                client.id,
                practitioner,
                reason,
            )];
        }
        Ending::Withdrawn => {
            return vec![withdrawn_notice(
                time,
                cancellation,
                practitioner.id,
                client,
                reason,
            )];
        }
        Ending::Cancelled => {}
    }
    let notice = |recipient: &Person, other: &Person, is_client: bool| {
        let session_time = &proposal.session.time;
        cancellation_notice(
            session_time,
            cancellation,
            recipient,
            other,
            is_client,
            proposal.cancelled_by,
            proposal.reason,
        )
    };
    [(client, practitioner, true), (practitioner, client, false)]
        .into_iter()
        .filter(|(recipient, ..)| proposal.departing_id != Some(recipient.id))
        .map(|(recipient, other, is_client)| notice(recipient, other, is_client))
        .collect()
}
