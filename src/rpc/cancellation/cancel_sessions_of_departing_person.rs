//! `cancel_sessions_of_departing_person`: what the deactivation or deletion of a practitioner sets off.

use super::decision::Proposal;
use super::many;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::convert::uuid;
use crate::rpc::requests::expiry;
use crate::rpc::settlement::departure;
use crate::store::accounts::{self, Purpose};
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, departures, people};
use peer_exchange_rules::refund::CancelledBy;
use peer_exchange_rules::status::is_cancellable;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Cancels the upcoming peer sessions of a person on either side and refunds them in full; where
/// the person is deleted, takes what is left on the account out of circulation.
#[pg_extern(volatile)]
fn cancel_sessions_of_departing_person(
    p_user_id: Option<pgrx::Uuid>,
    p_is_deleted: Option<bool>,
) -> Result<(), ErrorReport> {
    let person_id = p_user_id
        .map(uuid)
        .ok_or_else(|| Fault::null_argument("p_user_id"))?;
    Ok(depart(person_id, p_is_deleted.unwrap_or(false))?)
}

fn depart(person_id: Uuid, is_deleted: bool) -> Result<(), Fault> {
    as_owner(|connection| {
        let locked = sessions::lock_of_departing_person(connection, person_id, is_deleted)?;
        let upcoming = upcoming(connection, &locked)?;
        // Who is only deactivated settles what is over as ever.
        let (unsettled, expired) = match is_deleted {
            true => (
                departure::unsettled(connection, &locked, &upcoming)?,
                expiry::of_departing_person(connection, person_id, &upcoming)?,
            ),
            false => (Vec::new(), Vec::new()),
        };
        let mut parties: Vec<Uuid> = (upcoming.iter().chain(&unsettled))
            .flat_map(|session| [session.client_id, session.practitioner_id])
            .flatten()
            .chain(expired.iter().map(|request| request.client_id))
            .collect();
        parties.push(person_id);
        let people = people::read(connection, &parties)?;
        accounts::lock(connection, &parties)?;
        let departing_id = is_deleted.then_some(person_id);
        cancel(connection, proposals(&upcoming, &people, departing_id))?;
        departure::settle(connection, &unsettled, &people, person_id)?;
        for request in &expired {
            expiry::expire(connection, request, Some(person_id))?;
        }
        if is_deleted {
            close_account(connection, person_id)?;
            departures::record(connection, person_id)?;
        }
        Ok(())
    })
}

/// Each is read again under its lock: a refund that it waited for may have ended it.
fn upcoming(connection: &mut Connection<'_>, locked: &[Uuid]) -> Result<Vec<Session>, Fault> {
    let mut upcoming = sessions::lock_all(connection, locked)?;
    upcoming.retain(|session| !session.has_begun && is_cancellable(&session.status));
    Ok(upcoming)
}

/// Those of two people; what else there is goes with its parties.
fn proposals<'a>(
    upcoming: &'a [Session],
    people: &'a People,
    departing_id: Option<Uuid>,
) -> Vec<Proposal<'a>> {
    let reason = match departing_id {
        Some(_) => "The other person has left",
        None => "One of the two is no longer active",
    };
    let proposal = |session: &'a Session| {
        let (client_id, practitioner_id) = session.client_id.zip(session.practitioner_id)?;
        Some(Proposal {
            session,
            status: &session.status,
            client_id,
            practitioner_id,
            cancelled_by: CancelledBy::Service,
            cancelled_by_id: None,
            reason,
            people,
            departing_id,
            is_marked: false,
        })
    };
    upcoming.iter().filter_map(proposal).collect()
}

fn cancel(connection: &mut Connection<'_>, proposals: Vec<Proposal<'_>>) -> Result<(), Fault> {
    let terms = many::terms(connection, &proposals)?;
    let mut agreed = Vec::with_capacity(proposals.len());
    for (proposal, terms) in proposals.into_iter().zip(terms) {
        let terms = terms.map_err(|refusal| {
            let (id, code) = (proposal.session.id, refusal.code());
            Fault::invariant_violated(format!("session {id} can't be cancelled: {code}"))
        })?;
        agreed.push((proposal, terms));
    }
    many::carry_out(connection, &agreed)
}

fn close_account(connection: &mut Connection<'_>, person_id: Uuid) -> Result<(), Fault> {
    let account = accounts::lock(connection, &[person_id])?.of(person_id);
    let purpose = Purpose {
        description: "The person has left",
        session_id: None,
        idempotency_key: None,
    };
    for correction in account.close() {
        accounts::record(connection, [(person_id, correction)], purpose)?;
    }
    accounts::close(connection, person_id)
}
