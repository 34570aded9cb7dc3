//! What becomes of sessions that have had their time when one of the two is deleted: nobody could settle them any more.

use super::decision::{self, Proposal};
use crate::fault::Fault;
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, settlements};
use peer_exchange_rules::settlement::{self, Side};
use uuid::Uuid;

/// Those of these locked sessions that are still to be settled, but for those that are cancelled now.
pub fn unsettled(
    connection: &mut Connection<'_>,
    locked: &[Uuid],
    upcoming: &[Session],
) -> Result<Vec<Session>, Fault> {
    let mut unsettled = settlements::unsettled(connection, locked)?;
    unsettled.retain(|session_id| !upcoming.iter().any(|session| session.id == *session_id));
    sessions::lock_all(connection, &unsettled)
}

/// Settles them. All balances are locked.
pub fn settle(
    connection: &mut Connection<'_>,
    unsettled: &[Session],
    people: &People,
    departing_id: Uuid,
) -> Result<(), Fault> {
    for session in unsettled {
        let state = settlements::state(connection, session.id)?;
        let Some(proposal) = Proposal::of(session, state, people) else {
            continue;
        };
        let proposal = Proposal {
            departing_id: Some(departing_id),
            ..proposal
        };
        let leaving = match session.client_id == Some(departing_id) {
            true => Side::Client,
            false => Side::Practitioner,
        };
        decision::settle(connection, &proposal, |facts| {
            Ok(settlement::depart(leaving, facts))
        })
        .map_err(decision::never_refused)?;
    }
    Ok(())
}
