//! What every cancellation shares: facts under locks, a decision, the refund and its notifications.

use super::booking;
use crate::fault::Fault;
use crate::store::accounts::{self, Purpose};
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, notifications, refunds};
use peer_exchange_rules::account::OutOfRange;
use peer_exchange_rules::notification::cancellation_notice;
use peer_exchange_rules::refund::{self, Cancellation, CancelledBy, Facts, NoCancellation};
use peer_exchange_rules::refusal::Refusal;
use uuid::Uuid;

/// A cancellation to be decided on.
pub struct Request<'a> {
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
    /// A person who leaves is told nothing any more.
    pub leaver_id: Option<Uuid>,
    /// Whether the session says so already, by the UPDATE that sets this off.
    pub is_marked: bool,
}

/// Decides on a cancellation and carries it out. The session is locked.
pub fn cancel(
    connection: &mut Connection<'_>,
    request: &Request<'_>,
) -> Result<Result<Cancellation, Refusal>, Fault> {
    let (client_id, practitioner_id) = (request.client_id, request.practitioner_id);
    let (session, status) = (request.session, request.status);
    let (accounts, facts) =
        refunds::lock_accounts_and_load(connection, session, status, client_id, practitioner_id)?;
    let mut decision = outcome(request.cancelled_by, &facts)?;
    if decision
        .as_ref()
        .is_ok_and(|cancellation| cancellation.movements.is_some())
        && let Some(opened) = accounts::open_missing(connection, &accounts, &[client_id, practitioner_id])?
    {
        let facts = refunds::with_accounts(facts, &opened, client_id, practitioner_id);
        decision = outcome(request.cancelled_by, &facts)?;
    }
    match decision {
        Ok(cancellation) => apply(connection, request, cancellation).map(Ok),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Decides on a cancellation without carrying it out. What it is decided by, the lock on the session
/// keeps; the balances that it would lead to do not matter.
pub fn foresee(
    connection: &mut Connection<'_>,
    session: &Session,
    cancelled_by: CancelledBy,
) -> Result<Result<Cancellation, Refusal>, Fault> {
    let facts = refunds::load(connection, session)?;
    outcome(cancelled_by, &facts)
}

/// The refusal of a session one of whose parties is no more.
pub fn refuse_without_a_party(
    connection: &mut Connection<'_>,
    session: &Session,
    cancelled_by: CancelledBy,
) -> Result<Refusal, Fault> {
    let facts = refunds::load(connection, session)?;
    Ok(refund::refusal_without_a_party(cancelled_by, &facts))
}

fn outcome(cancelled_by: CancelledBy, facts: &Facts) -> Result<Result<Cancellation, Refusal>, Fault> {
    match refund::decide(cancelled_by, facts) {
        Ok(cancellation) => Ok(Ok(cancellation)),
        Err(NoCancellation::Refused(refusal)) => Ok(Err(refusal)),
        Err(NoCancellation::OutOfRange) => Err(OutOfRange.into()),
    }
}

fn apply(
    connection: &mut Connection<'_>,
    request: &Request<'_>,
    cancellation: Cancellation,
) -> Result<Cancellation, Fault> {
    let session_id = request.session.id;
    if !request.is_marked {
        let payment_status = cancellation.payment_status();
        sessions::cancel(
            connection,
            session_id,
            request.cancelled_by_id,
            request.reason,
            payment_status,
        )?;
    }
    let mut cancellation = cancellation;
    if let Some((refund, reversal)) = cancellation.movements {
        let movements = vec![(request.client_id, refund), (request.practitioner_id, reversal)];
        let purpose = Purpose {
            description: request.reason,
            session_id: Some(session_id),
            idempotency_key: None,
        };
        let [refund, reversal] = booking::pair(accounts::record(connection, movements, purpose)?)?;
        cancellation = cancellation.moved(refund, reversal);
    }
    // Nobody was told of a session that was never charged, so nobody is told of its end.
    if cancellation.credits_were_deducted {
        notify(connection, request, &cancellation)?;
    }
    Ok(cancellation)
}

fn notify(
    connection: &mut Connection<'_>,
    request: &Request<'_>,
    cancellation: &Cancellation,
) -> Result<(), Fault> {
    let (Some(client), Some(practitioner)) = (
        request.people.get(&request.client_id),
        request.people.get(&request.practitioner_id),
    ) else {
        return Ok(());
    };
    let notices: Vec<_> = [(client, practitioner, true), (practitioner, client, false)]
        .into_iter()
        .filter(|(recipient, ..)| request.leaver_id != Some(recipient.id))
        .map(|(recipient, other, is_client)| {
            let session_time = &request.session.time;
            cancellation_notice(
                session_time,
                cancellation,
                recipient,
                other,
                is_client,
                request.reason,
            )
        })
        .collect();
    notifications::notify_cancellation(connection, &notices)
}
