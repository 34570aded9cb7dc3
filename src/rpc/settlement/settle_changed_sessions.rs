//! What a plain `UPDATE` of `status` sets off that says what became of a session.
//!
//! The rules are those of the RPCs. The trigger before each row asks what the row shall say then; the trigger after the
//! statement moves the credits, with all balances locked in order.

use super::decision::{self, Proposal};
use super::report_peer_no_show::side_of;
use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::convert::{sql_uuid, uuid};
use crate::settings;
use crate::store::people::{self, People};
use crate::store::sessions::{self, Session};
use crate::store::{Connection, refunds, settlements};
use chrono::DateTime;
use peer_exchange_rules::settlement::{self, Facts, Outcome, Report, Side, State};
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the row of a session shall say whose status is set to `p_status`: whether that settles it and what became of the
/// payment (NULL: as it was), or whether it is a report of a no-show, and whose.
#[pg_extern(volatile)]
#[allow(clippy::type_complexity)]
fn settlement_terms(
    p_session_id: Option<pgrx::Uuid>,
    p_status: Option<&str>,
) -> Result<
    TableIterator<
        'static,
        (
            name!(is_settled, bool),
            name!(payment_status, Option<String>),
            name!(is_reported, bool),
            name!(reported_by, Option<pgrx::Uuid>),
        ),
    >,
    ErrorReport,
> {
    let session_id = p_session_id
        .map(uuid)
        .ok_or_else(|| Fault::null_argument("p_session_id"))?;
    let wanted = p_status.ok_or_else(|| Fault::null_argument("p_status"))?;
    let writer = Caller::writer()?;
    let outcome = terms(writer, session_id, wanted)?;
    Ok(TableIterator::once((
        outcome.is_some_and(|outcome| outcome.is_final()),
        outcome
            .and_then(|outcome| outcome.payment_status())
            .map(str::to_owned),
        outcome.is_some_and(|outcome| outcome.is_report()),
        writer.person_id().map(sql_uuid),
    )))
}

fn terms(writer: Caller, session_id: Uuid, wanted: &str) -> Result<Option<Outcome>, Fault> {
    as_owner(|connection| {
        let session = sessions::load(connection, session_id)?.ok_or_else(session_is_gone)?;
        let state = settlements::state(connection, session_id)?;
        let people = People::new();
        let Some(proposal) = Proposal::of(&session, state, &people) else {
            return Ok(None);
        };
        let facts = decision::facts(&proposal, &refunds::load(connection, &session)?);
        Ok(set_directly(writer, &session, wanted, &facts))
    })
}

fn set_directly(writer: Caller, session: &Session, wanted: &str, facts: &Facts) -> Option<Outcome> {
    let terms = settings::settlement_terms();
    settlement::set_directly(wanted, side_of(writer, session), facts, &terms)
}

/// Settles sessions whose status says directly what became of them, on the terms that were given before. One JSON object a
/// session: what it was before, and what it is set to.
#[pg_extern(volatile)]
fn settle_changed_sessions(p_changes: Option<pgrx::JsonB>) -> Result<(), ErrorReport> {
    let changes = p_changes.ok_or_else(|| Fault::null_argument("p_changes"))?;
    let changes: Vec<Change> = serde_json::from_value(changes.0)
        .map_err(|error| Fault::invalid_argument(format!("p_changes can't be read: {error}")))?;
    let changes = (changes.into_iter())
        .map(|change| (change.session_id, change))
        .collect();
    Ok(settle(&changes)?)
}

/// One session of which something was said. Its former start and the report's are in microseconds since 1970.
#[derive(Deserialize)]
struct Change {
    session_id: Uuid,
    status: String,
    former_status: String,
    former_start: Option<i64>,
    reported_at: Option<i64>,
    is_reported_by_client: bool,
}

impl Change {
    /// What was said before. What is settled already is not settled again, so this was not.
    fn former_state(&self) -> State {
        let by = match self.is_reported_by_client {
            true => Side::Client,
            false => Side::Practitioner,
        };
        let reported_at = self.reported_at.and_then(DateTime::from_timestamp_micros);
        State {
            status: self.former_status.clone(),
            report: reported_at.map(|reported_at| Report { by, reported_at }),
            is_settled: false,
        }
    }
}

fn settle(changes: &BTreeMap<Uuid, Change>) -> Result<(), Fault> {
    let writer = Caller::writer()?;
    as_owner(|connection| {
        let sessions = load_all(connection, changes)?;
        let parties: Vec<Uuid> = (sessions.iter())
            .flat_map(|session| [session.client_id, session.practitioner_id])
            .flatten()
            .collect();
        let people = people::read(connection, &parties)?;
        (changes.values().zip(&sessions))
            .try_for_each(|(change, session)| settle_one(connection, writer, change, session, &people))
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

fn settle_one(
    connection: &mut Connection<'_>,
    writer: Caller,
    change: &Change,
    session: &Session,
    people: &People,
) -> Result<(), Fault> {
    let Some(proposal) = Proposal::of(session, change.former_state(), people) else {
        return Ok(());
    };
    let proposal = Proposal {
        author_id: writer.person_id(),
        is_marked: true,
        ..proposal
    };
    let decide = |facts: &Facts| Ok(set_directly(writer, session, &change.status, facts));
    decision::settle(connection, &proposal, decide)
        .map(drop)
        .map_err(decision::never_refused)
}

fn session_is_gone() -> Fault {
    Fault::invariant_violated("a session whose status is set is gone")
}
