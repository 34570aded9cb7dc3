//! What a plain `UPDATE` of `status` to `cancelled` sets off, as older clients cancel.
//!
//! The rules are those of the refund RPC, but there is no reply to put a refusal in: for a person it becomes
//! an error, and the update does not happen; the application's update happens, and moves no credits. The trigger before each row asks for the terms and writes
//! them into the row; the trigger after the statement moves the credits, with all balances locked in
//! order. So the session is written once: a second update of a row in one transaction would have
//! Postgres check its foreign keys once more, and wait for a person who is being deleted.

use super::decision::{self, Proposal};
use super::many::{self, Agreed};
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::convert::{sql_uuid, uuid};
use crate::rpc::error::{Error, as_owner};
use crate::store::people::People;
use crate::store::sessions::{self, Session};
use crate::store::{Connection, accounts, people};
use chrono::DateTime;
use peer_exchange_rules::refund::{CancelledBy, DEFAULT_REASON};
use peer_exchange_rules::refusal::Refusal;
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the row of a session that is being cancelled shall say: what became of the payment (NULL:
/// as it was) and who cancelled it. `p_named` is whom the writer named.
#[pg_extern(volatile)]
#[allow(clippy::type_complexity)]
fn cancellation_terms(
    p_session_id: Option<pgrx::Uuid>,
    p_named: Option<pgrx::Uuid>,
) -> Result<
    TableIterator<
        'static,
        (
            name!(payment_status, Option<String>),
            name!(cancelled_by, Option<pgrx::Uuid>),
        ),
    >,
    ErrorReport,
> {
    let session_id = p_session_id
        .map(uuid)
        .ok_or_else(|| Fault::null_argument("p_session_id"))?;
    let (payment_status, cancelled_by) =
        terms(session_id, p_named.map(uuid)).map_err(|error| error.fault(refused))?;
    Ok(TableIterator::once((
        payment_status.map(str::to_owned),
        cancelled_by.map(sql_uuid),
    )))
}

fn terms(session_id: Uuid, named: Option<Uuid>) -> Result<(Option<&'static str>, Option<Uuid>), Error> {
    let writer = Caller::writer()?;
    as_owner(|connection| {
        let session = sessions::load(connection, session_id)?.ok_or_else(session_is_gone)?;
        writer.require_may_act_for_one_of(&[session.client_id, session.practitioner_id])?;
        let (on_behalf_of, author_id) = author(writer, named, &session);
        match (refund_terms(connection, &session, on_behalf_of), writer) {
            (Ok(payment_status), _) => Ok((payment_status, author_id)),
            // What the application sets is taken as it is, and moves no credits where the rules would move none.
            (Err(Error::Refused(_)), Caller::Service) => Ok((None, author_id)),
            (Err(error), _) => Err(error),
        }
    })
}

fn refund_terms(
    connection: &mut Connection<'_>,
    session: &Session,
    on_behalf_of: CancelledBy,
) -> Result<Option<&'static str>, Error> {
    if session.client_id.is_some() && session.practitioner_id.is_some() {
        return Ok(decision::terms(connection, session, on_behalf_of)?.payment_status());
    }
    // One of the two is no more: only a session that was never charged can be cancelled still.
    if sessions::first_charge(connection, session.id)?.is_some() {
        return Err(decision::refusal_without_a_party(connection, session, on_behalf_of)?.into());
    }
    Ok(None)
}

/// Refunds sessions that were set to cancelled directly, on the terms that were given before. One
/// JSON object a session: what it was before, who cancelled it and why.
#[pg_extern(volatile)]
fn refund_cancelled_sessions(p_changes: Option<pgrx::JsonB>) -> Result<(), ErrorReport> {
    let changes = p_changes.ok_or_else(|| Fault::null_argument("p_changes"))?;
    let changes: Vec<Change> = serde_json::from_value(changes.0)
        .map_err(|error| Fault::invalid_argument(format!("p_changes can't be read: {error}")))?;
    let in_order = (changes.into_iter())
        .map(|change| (change.session_id, change))
        .collect();
    Ok(refund(in_order).map_err(|error| error.fault(refused))?)
}

/// One session set to cancelled.
#[derive(Deserialize)]
struct Change {
    session_id: Uuid,
    former_status: String,
    /// When it was to begin, in microseconds since 1970; its row says so no longer.
    former_start: Option<i64>,
    cancelled_by: Option<Uuid>,
    reason: Option<String>,
}

fn refund(changes: BTreeMap<Uuid, Change>) -> Result<(), Error> {
    let writer = Caller::writer()?;
    as_owner(|connection| {
        let sessions = load_all(connection, &changes)?;
        let parties: Vec<Uuid> = sessions
            .iter()
            .flat_map(|session| [session.client_id, session.practitioner_id])
            .flatten()
            .collect();
        let people = people::read(connection, &parties)?;
        accounts::lock(connection, &parties)?;
        let proposals: Vec<_> = (changes.values().zip(&sessions))
            .filter_map(|(change, session)| proposal(writer, change, session, &people))
            .collect();
        let agreed = agreed(connection, writer, proposals)?;
        Ok(many::carry_out(connection, &agreed)?)
    })
}

/// The sessions of these changes, in their order.
fn load_all(
    connection: &mut Connection<'_>,
    changes: &BTreeMap<Uuid, Change>,
) -> Result<Vec<Session>, Fault> {
    let former_start = |change: &Change| change.former_start.and_then(DateTime::from_timestamp_micros);
    let former_starts = (changes.iter())
        .map(|(session_id, change)| (*session_id, former_start(change)))
        .collect();
    let sessions = sessions::load_all(connection, &former_starts)?;
    match sessions.len() == changes.len() {
        true => Ok(sessions),
        false => Err(session_is_gone()),
    }
}

/// `None` where one of the two is no more.
fn proposal<'a>(
    writer: Caller,
    change: &'a Change,
    session: &'a Session,
    people: &'a People,
) -> Option<Proposal<'a>> {
    let (client_id, practitioner_id) = session.client_id.zip(session.practitioner_id)?;
    let (on_behalf_of, author_id) = author(writer, change.cancelled_by, session);
    let reason = change
        .reason
        .as_deref()
        .filter(|reason| !reason.trim().is_empty());
    Some(Proposal {
        session,
        status: &change.former_status,
        client_id,
        practitioner_id,
        cancelled_by: on_behalf_of,
        cancelled_by_id: author_id,
        reason: reason.unwrap_or(DEFAULT_REASON),
        people,
        departing_id: None,
        is_marked: true,
    })
}

/// What a person may not cancel is refused; what the application cancels so moves no credits.
fn agreed<'a>(
    connection: &mut Connection<'_>,
    writer: Caller,
    proposals: Vec<Proposal<'a>>,
) -> Result<Vec<Agreed<'a>>, Error> {
    let terms = many::terms(connection, &proposals)?;
    let mut agreed = Vec::with_capacity(proposals.len());
    for (proposal, terms) in proposals.into_iter().zip(terms) {
        match (terms, writer) {
            (Ok(terms), _) => agreed.push((proposal, terms)),
            (Err(_), Caller::Service) => {}
            (Err(refusal), Caller::Person(_)) => return Err(refusal.into()),
        }
    }
    Ok(agreed)
}

fn session_is_gone() -> Fault {
    Fault::invariant_violated("a session that is being cancelled is gone")
}

/// On whose behalf it is cancelled, and who is written down for it: a person's own, whoever she names; the application's for
/// the party whose claims it was called with, or else its own, whoever it names.
fn author(writer: Caller, named: Option<Uuid>, session: &Session) -> (CancelledBy, Option<Uuid>) {
    let parties = [session.client_id, session.practitioner_id];
    let claimed = match writer {
        Caller::Person(id) => Some(id),
        Caller::Service => Caller::claimed_person(),
    };
    let party = claimed.filter(|id| parties.contains(&Some(*id)));
    let author_id = match writer {
        Caller::Person(id) => Some(id),
        Caller::Service => party.or(named),
    };
    (CancelledBy::side_of(party, session.practitioner_id), author_id)
}

fn refused(refusal: &Refusal) -> Fault {
    Fault::new(PgSqlErrorCode::ERRCODE_CHECK_VIOLATION, refusal.sentence())
        .with_hint(format!("The refund was refused with {}.", refusal.code()))
}
