//! Reminders: which are due, and which were sent.

use super::columns;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, uuid};
use crate::postgres::statement::{Connection, first_row, run, statements};
use peer_exchange_rules::notification::Reminder;
use peer_exchange_rules::notification::request::RequestReminder;
use peer_exchange_rules::request::Wait;
use peer_exchange_rules::session_time::SessionTime;
use pgrx::datum::TimestampWithTimeZone;
use uuid::Uuid;

statements! {
    DUE_REMINDERS = Writes include_str!("../../sql/query/due_reminders.sql");
    MARK_REMINDED = Writes include_str!("../../sql/query/mark_reminded.sql");
    DUE_REQUEST_REMINDERS = Writes include_str!("../../sql/query/due_request_reminders.sql");
    FORGET_REMINDERS = Writes include_str!("../../sql/query/forget_reminders.sql");
}

/// A session whose parties are to be reminded.
pub struct Due {
    pub session_id: Uuid,
    starts_at: TimestampWithTimeZone,
    /// The moments that have passed, the one nearest to the start first.
    minutes_before: Vec<i32>,
}

/// The sessions that are due, the next ones first, at most so many.
pub fn due(connection: &mut Connection<'_>, minutes_before: &[i32], limit: i32) -> Result<Vec<Due>, Fault> {
    run(
        connection,
        &DUE_REMINDERS,
        &[minutes_before.to_vec().into(), limit.into()],
    )?
    .map(|row| {
        Ok(Due {
            session_id: uuid(row.required("id")?),
            starts_at: row.required("starts_at")?,
            minutes_before: row.required("minutes_before")?,
        })
    })
    .collect()
}

/// A session that is locked and marked as reminded.
pub struct Marked {
    pub client_id: Uuid,
    pub practitioner_id: Uuid,
    pub time: SessionTime,
    pub reminder: Reminder,
}

/// Locks the session and marks it as reminded; `None` where it was changed meanwhile, is being changed,
/// or another run was faster.
pub fn mark(connection: &mut Connection<'_>, due: &Due) -> Result<Option<Marked>, Fault> {
    let arguments = [
        sql_uuid(due.session_id).into(),
        due.starts_at.into(),
        due.minutes_before.clone().into(),
    ];
    let Some(row) = first_row(run(connection, &MARK_REMINDED, &arguments)?) else {
        return Ok(None);
    };
    Ok(Some(Marked {
        client_id: uuid(row.required("client_id")?),
        practitioner_id: uuid(row.required("therapist_id")?),
        time: columns::session_time(&row, due.session_id)?,
        reminder: Reminder {
            minutes_before: due.minutes_before[0],
            credits: row.required("credits")?,
            client_balance: row.required("client_balance")?,
            practitioner_balance: row.required("practitioner_balance")?,
        },
    }))
}

/// A request that waits, whose practitioner is marked as reminded of it.
pub struct WaitingRequest {
    pub client_id: Uuid,
    pub practitioner_id: Uuid,
    pub time: SessionTime,
    pub reminder: RequestReminder,
}

/// Locks the requests whose practitioners are to be reminded, at most so many, and marks them.
pub fn mark_requests(connection: &mut Connection<'_>, limit: i32) -> Result<Vec<WaitingRequest>, Fault> {
    run(connection, &DUE_REQUEST_REMINDERS, &[limit.into()])?
        .map(|row| {
            Ok(WaitingRequest {
                client_id: uuid(row.required("client_id")?),
                practitioner_id: uuid(row.required("therapist_id")?),
                time: columns::session_time(&row, uuid(row.required("id")?))?,
                reminder: RequestReminder {
                    credits: row.required("credits")?,
                    practitioner_balance: row.required("practitioner_balance")?,
                    wait: Wait {
                        requested_at: instant(row.required("requested_at")?),
                        expires_at: instant(row.required("expires_at")?),
                    },
                },
            })
        })
        .collect()
}

/// Forgets what was sent for sessions that are over.
pub fn forget(connection: &mut Connection<'_>) -> Result<(), Fault> {
    run(connection, &FORGET_REMINDERS, &[])?;
    Ok(())
}
