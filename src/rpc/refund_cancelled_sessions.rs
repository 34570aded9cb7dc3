//! `refund_cancelled_sessions`: what a plain `UPDATE` of `status` to `cancelled` sets off.
//!
//! Older clients cancel so. The guard trigger hands over the sessions with the status that they
//! had before; the rules are those of the refund RPC, but there is no reply to put a refusal in:
//! it becomes an error, and the update does not happen.

use super::cancelling::{self, Request};
use super::process_peer_booking_refund::{DEFAULT_REASON, caller_id, cancelled_by};
use crate::argument::person_id;
use crate::caller::Caller;
use crate::domain::refund::CancelledBy;
use crate::domain::refusal::Refusal;
use crate::fault::Fault;
use crate::store::own_writes::OwnWrites;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, accounts};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Refunds sessions that were set to cancelled directly. One element a session: its id, the status
/// it had, whom the writer named as the one who cancelled, and the reason given.
#[pg_extern(volatile, security_definer)]
#[search_path(pg_catalog, pg_temp)]
fn refund_cancelled_sessions(
    p_session_ids: Option<Vec<Option<pgrx::Uuid>>>,
    p_former_statuses: Option<Vec<Option<String>>>,
    p_cancelled_by: Option<Vec<Option<pgrx::Uuid>>>,
    p_reasons: Option<Vec<Option<String>>>,
) -> Result<(), ErrorReport> {
    let ids = p_session_ids.unwrap_or_default();
    let statuses = p_former_statuses.unwrap_or_default();
    let writers = p_cancelled_by.unwrap_or_default();
    let reasons = p_reasons.unwrap_or_default();
    let changes = ids.into_iter().zip(statuses).zip(writers).zip(reasons);
    let mut changes: Vec<Change> = changes
        .filter_map(|(((id, status), writer), reason)| {
            Some(Change {
                session_id: person_id(id)?,
                former_status: status?,
                named_by_writer: person_id(writer),
                reason,
            })
        })
        .collect();
    changes.sort_by_key(|change| change.session_id);
    Ok(refund(&changes)?)
}

/// One session set to cancelled.
struct Change {
    session_id: Uuid,
    former_status: String,
    named_by_writer: Option<Uuid>,
    reason: Option<String>,
}

fn refund(changes: &[Change]) -> Result<(), Fault> {
    let caller = Caller::current()?;
    let _own_writes = OwnWrites::begin();
    Spi::connect_mut(|connection| {
        let mut sessions = Vec::new();
        for change in changes {
            let session = sessions::lock(connection, change.session_id)?
                .ok_or_else(|| Fault::broken_promise("a session that was cancelled is gone"))?;
            sessions.push((change, session));
        }
        let parties: Vec<Uuid> = sessions
            .iter()
            .flat_map(|(_, session)| [session.client_id, session.practitioner_id])
            .flatten()
            .collect();
        accounts::lock(connection, &parties)?;
        sessions
            .iter()
            .try_for_each(|(change, session)| refund_one(connection, caller, change, session))
    })
}

fn refund_one(
    connection: &mut Connection<'_>,
    caller: Caller,
    change: &Change,
    session: &Session,
) -> Result<(), Fault> {
    caller.require_may_act_for_one_of(&[session.client_id, session.practitioner_id])?;
    let (Some(client_id), Some(practitioner_id)) = (session.client_id, session.practitioner_id) else {
        return cancel_without_a_party(connection, caller, change, session);
    };
    let (on_behalf_of, cancelled_by_id) = match (caller, change.named_by_writer) {
        (Caller::Service, Some(id)) if id == client_id => (CancelledBy::Client, Some(id)),
        (Caller::Service, Some(id)) if id == practitioner_id => (CancelledBy::Practitioner, Some(id)),
        (Caller::Service, named) => (CancelledBy::Service, named),
        (Caller::Person(_), _) => (cancelled_by(caller, session), caller_id(caller)),
    };
    let request = Request {
        session,
        status: &change.former_status,
        client_id,
        practitioner_id,
        cancelled_by: on_behalf_of,
        cancelled_by_id,
        reason: change
            .reason
            .as_deref()
            .filter(|reason| !reason.trim().is_empty())
            .unwrap_or(DEFAULT_REASON),
        leaver_id: None,
    };
    match cancelling::cancel(connection, &request)? {
        Ok(_) => Ok(()),
        Err(refusal) => Err(refused(&refusal)),
    }
}

/// One of the two is no more: only a session that was never charged can be cancelled still.
fn cancel_without_a_party(
    connection: &mut Connection<'_>,
    caller: Caller,
    change: &Change,
    session: &Session,
) -> Result<(), Fault> {
    if sessions::receipt(connection, session.id)?.is_none() {
        return Ok(());
    }
    let on_behalf_of = cancelled_by(caller, session);
    let status = &change.former_status;
    let refusal = cancelling::refuse_without_a_party(connection, session, status, on_behalf_of)?;
    Err(refused(&refusal))
}

fn refused(refusal: &Refusal) -> Fault {
    Fault::new(PgSqlErrorCode::ERRCODE_CHECK_VIOLATION, refusal.sentence())
        .with_hint(format!("The refund was refused with {}.", refusal.code()))
}
