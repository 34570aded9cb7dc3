//! `send_due_reminders`: tells both parties of the sessions that begin soon.

use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::settings;
use crate::store::reminders::{self, Due};
use crate::store::{Connection, notifications, people};
use peer_exchange_rules::notification::reminder_notices;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Bounds how long a run keeps sessions locked; what is left is the next run's.
const MAX_SESSIONS_PER_RUN: i32 = 1_000;

/// Writes the reminders that are due, each once, and returns how many notifications that were.
#[pg_extern(volatile)]
fn send_due_reminders() -> Result<i32, ErrorReport> {
    Ok(send()?)
}

fn send() -> Result<i32, Fault> {
    let minutes_before = settings::reminder_minutes_before()?;
    as_owner(|connection| {
        let mut written = 0;
        for due in reminders::due(connection, &minutes_before, MAX_SESSIONS_PER_RUN)? {
            written += remind(connection, &due)?;
        }
        reminders::forget(connection)?;
        Ok(written)
    })
}

fn remind(connection: &mut Connection<'_>, due: &Due) -> Result<i32, Fault> {
    let Some(marked) = reminders::mark(connection, due)? else {
        return Ok(0);
    };
    let gone = || Fault::invariant_violated("a session that was locked has lost a party");
    let people = people::read(connection, &[marked.client_id, marked.practitioner_id])?;
    let client = people.get(&marked.client_id).ok_or_else(gone)?;
    let practitioner = people.get(&marked.practitioner_id).ok_or_else(gone)?;
    let notices = reminder_notices(&marked.time, &marked.reminder, client, practitioner);
    notifications::notify_reminder(connection, &notices)?;
    Ok(2)
}
