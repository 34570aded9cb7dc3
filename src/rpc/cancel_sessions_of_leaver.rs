//! `cancel_sessions_of_leaver`: what the deactivation or deletion of a practitioner sets off.

use super::cancelling::{self, Request};
use crate::argument::person_id;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::store::accounts::{self, Purpose};
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, people};
use peer_exchange_rules::refund::CancelledBy;
use peer_exchange_rules::status::is_cancellable;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Cancels the upcoming peer sessions of a person on either side and refunds them in full; where
/// the person is deleted, takes what is left on the account out of circulation.
#[pg_extern(volatile)]
fn cancel_sessions_of_leaver(
    p_user_id: Option<pgrx::Uuid>,
    p_is_deleted: Option<bool>,
) -> Result<(), ErrorReport> {
    let Some(person_id) = person_id(p_user_id) else {
        return Err(Fault::null_argument("p_user_id").into());
    };
    Ok(leave(person_id, p_is_deleted.unwrap_or(false))?)
}

fn leave(person_id: Uuid, is_deleted: bool) -> Result<(), Fault> {
    as_owner(|connection| {
        let upcoming = lock_upcoming(connection, person_id, is_deleted)?;
        let mut parties: Vec<Uuid> = upcoming
            .iter()
            .flat_map(|session| [session.client_id, session.practitioner_id])
            .flatten()
            .collect();
        parties.push(person_id);
        let people = people::read(connection, &parties)?;
        accounts::lock(connection, &parties)?;
        for session in &upcoming {
            cancel(connection, session, &people, person_id, is_deleted)?;
        }
        if is_deleted {
            close_account(connection, person_id)?;
        }
        Ok(())
    })
}

/// Each is read again under its lock: a refund that it waited for may have ended it.
fn lock_upcoming(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    is_deleted: bool,
) -> Result<Vec<Session>, Fault> {
    let mut upcoming = Vec::new();
    for session_id in sessions::lock_of_leaver(connection, person_id, is_deleted)? {
        let session = sessions::lock(connection, session_id)?;
        upcoming.extend(session.filter(|session| !session.has_begun && is_cancellable(&session.status)));
    }
    Ok(upcoming)
}

fn cancel(
    connection: &mut Connection<'_>,
    session: &Session,
    people: &People,
    leaver_id: Uuid,
    is_deleted: bool,
) -> Result<(), Fault> {
    let (Some(client_id), Some(practitioner_id)) = (session.client_id, session.practitioner_id) else {
        return Ok(());
    };
    let request = Request {
        session,
        status: &session.status,
        client_id,
        practitioner_id,
        cancelled_by: CancelledBy::Service,
        cancelled_by_id: None,
        reason: match is_deleted {
            true => "The other person has left",
            false => "One of the two is no longer active",
        },
        people,
        leaver_id: is_deleted.then_some(leaver_id),
        is_marked: false,
    };
    match cancelling::cancel(connection, &request)? {
        Ok(_) => Ok(()),
        Err(refusal) => Err(Fault::broken_promise(format!(
            "session {} can't be cancelled: {}",
            session.id,
            refusal.code()
        ))),
    }
}

fn close_account(connection: &mut Connection<'_>, person_id: Uuid) -> Result<(), Fault> {
    let account = accounts::lock(connection, &[person_id])?.of(person_id);
    let purpose = Purpose {
        description: "The person has left",
        session_id: None,
        idempotency_key: None,
    };
    for correction in account.close() {
        accounts::record(connection, vec![(person_id, correction)], purpose)?;
    }
    accounts::close(connection, person_id)
}
