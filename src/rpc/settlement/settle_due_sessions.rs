//! `settle_due_sessions`: what time decides where nobody has said anything.

use super::decision::{self, Proposal};
use crate::fault::Fault;
use crate::postgres::as_guarded_owner;
use crate::rpc::job::Job;
use crate::settings;
use crate::store::people::{self, People};
use crate::store::settlements::Due;
use crate::store::{Connection, accounts, sessions, settlements};
use peer_exchange_rules::settlement::{self, Terms};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const JOB: Job = Job {
    name: "settle_due_sessions",
    max_sessions_per_run: 500,
};

/// Settles the sessions and reports whose time is up, and returns how many.
#[pg_extern(volatile)]
fn settle_due_sessions() -> Result<i32, ErrorReport> {
    Ok(settle_due()?)
}

fn settle_due() -> Result<i32, Fault> {
    let terms = settings::settlement_terms();
    as_guarded_owner(|connection| {
        let due = settlements::due(
            connection,
            settings::settle_after_hours(),
            JOB.max_sessions_per_run,
        )?;
        let parties: Vec<Uuid> = due.iter().flat_map(|due| due.parties).collect();
        // Also where nothing is due: on a standby this is what fails, as every call does that writes.
        let people = people::hold(connection, &parties)?;
        if due.is_empty() {
            return Ok(0);
        }
        let locked = lock(connection, &due, &people)?;
        accounts::hold(connection, &locked.parties)?;
        let settle = |connection: &mut Connection<'_>, session_id: &Uuid| {
            settle(connection, *session_id, &people, &terms)
        };
        JOB.run(connection, due.len(), locked.session_ids, settle, |session_id| {
            *session_id
        })
    })
}

struct Locked {
    session_ids: Vec<Uuid>,
    parties: Vec<Uuid>,
}

/// Who has left since the sessions were looked for gets no account any more.
fn lock(connection: &mut Connection<'_>, due: &[Due], people: &People) -> Result<Locked, Fault> {
    let found: Vec<Uuid> = due.iter().map(|due| due.session_id).collect();
    let session_ids = settlements::lock_due(connection, &found)?;
    let parties: BTreeSet<Uuid> = (due.iter())
        .filter(|due| session_ids.contains(&due.session_id))
        .flat_map(|due| due.parties)
        .filter(|party| people.contains_key(party))
        .collect();
    Ok(Locked {
        session_ids,
        parties: parties.into_iter().collect(),
    })
}

/// Asked again under the lock; 1 where it was settled, `None` where it can't be.
fn settle(
    connection: &mut Connection<'_>,
    session_id: Uuid,
    people: &People,
    terms: &Terms,
) -> Result<Option<i32>, Fault> {
    let Some(session) = sessions::lock(connection, session_id)? else {
        return Ok(None);
    };
    let state = settlements::state(connection, session_id)?;
    let Some(proposal) = Proposal::of(&session, state, people) else {
        return Ok(None);
    };
    decision::settle(connection, &proposal, |facts| {
        Ok(settlement::time_out(facts, terms))
    })
    .map(|settlement| settlement.map(|_| 1))
    .map_err(decision::never_refused)
}
