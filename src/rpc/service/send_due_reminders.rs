//! `send_due_reminders`: tells both parties of the sessions that begin soon, and practitioners of requests that expire soon.

use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::rpc::job::Job;
use crate::settings;
use crate::store::reminders::{self, Due, WaitingRequest};
use crate::store::{Connection, notifications, people, places};
use peer_exchange_rules::notification::reminder_notices;
use peer_exchange_rules::notification::request::request_reminder_notice;
use peer_exchange_rules::place::Place;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

const JOB: Job = Job {
    name: "send_due_reminders",
    max_sessions_per_run: 1_000,
};

/// Writes the reminders that are due, each once, and returns how many notifications that were.
#[pg_extern(volatile)]
fn send_due_reminders() -> Result<i32, ErrorReport> {
    Ok(send()?)
}

fn send() -> Result<i32, Fault> {
    let minutes_before = settings::reminder_minutes_before()?;
    as_owner(|connection| {
        let due = reminders::due(connection, &minutes_before, JOB.max_sessions_per_run)?;
        let waiting = reminders::mark_requests(connection, JOB.max_sessions_per_run)?;
        reminders::forget(connection)?;
        let found = due.len();
        let all = (due.into_iter().map(Reminded::Session)).chain(waiting.into_iter().map(Reminded::Request));
        JOB.run(connection, found, all, Reminded::remind, Reminded::session_id)
    })
}

/// What somebody is reminded of.
enum Reminded {
    Session(Due),
    Request(WaitingRequest),
}

impl Reminded {
    fn remind(connection: &mut Connection<'_>, reminded: &Reminded) -> Result<Option<i32>, Fault> {
        match reminded {
            Reminded::Session(due) => remind(connection, due),
            Reminded::Request(waiting) => remind_to_answer(connection, waiting),
        }
        .map(Some)
    }

    fn session_id(&self) -> Uuid {
        match self {
            Reminded::Session(due) => due.session_id,
            Reminded::Request(waiting) => waiting.time.session_id,
        }
    }
}

fn remind(connection: &mut Connection<'_>, due: &Due) -> Result<i32, Fault> {
    let Some(marked) = reminders::mark(connection, due)? else {
        return Ok(0);
    };
    let people = people::read(connection, &[marked.client_id, marked.practitioner_id])?;
    let client = people.get(&marked.client_id).ok_or_else(party_is_gone)?;
    let practitioner = people.get(&marked.practitioner_id).ok_or_else(party_is_gone)?;
    let written_place = places::written(connection, due.session_id)?;
    let place = Place::of_session(written_place, Some(practitioner));
    let notices = reminder_notices(
        &marked.time,
        place.as_ref(),
        &marked.reminder,
        client,
        practitioner,
    );
    notifications::notify_reminder(connection, &notices)?;
    Ok(2)
}

fn remind_to_answer(connection: &mut Connection<'_>, waiting: &WaitingRequest) -> Result<i32, Fault> {
    let people = people::read(connection, &[waiting.client_id])?;
    let client = people.get(&waiting.client_id).ok_or_else(party_is_gone)?;
    let (time, reminder) = (&waiting.time, &waiting.reminder);
    let notice = request_reminder_notice(time, reminder, client, waiting.practitioner_id);
    notifications::notify_request_reminder(connection, &notice)?;
    Ok(1)
}

fn party_is_gone() -> Fault {
    Fault::invariant_violated("a session that was locked has lost a party")
}
