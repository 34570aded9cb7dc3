//! The time that sessions take, derived for those that are older than their guards.

use crate::fault::Fault;
use crate::postgres::convert::uuid;
use crate::postgres::own_writes::{OwnWrite, Payment};
use crate::postgres::statement::{Connection, run, statements};
use pgrx::datum::TimestampWithTimeZone;
use uuid::Uuid;

statements! {
    STALE_SESSIONS = Writes include_str!("../../sql/query/stale_sessions.sql");
    REFRESH_OCCUPANCY = Writes include_str!("../../sql/query/refresh_occupancy.sql");
}

/// So many sessions are brought in line at once.
const REFRESHED_AT_ONCE: usize = 1_000;

/// Brings the occupied time of every session in line with the session.
pub fn refresh(connection: &mut Connection<'_>) -> Result<(), Fault> {
    let stale = run(connection, &STALE_SESSIONS, &[])?
        .map(|row| {
            let starts_at: Option<TimestampWithTimeZone> = row.optional("starts_at")?;
            let ends_at: Option<TimestampWithTimeZone> = row.optional("ends_at")?;
            Ok((row.required::<pgrx::Uuid>("id")?, starts_at, ends_at))
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    for batch in stale.chunks(REFRESHED_AT_ONCE) {
        let session_ids: Vec<pgrx::Uuid> = batch.iter().map(|(id, ..)| *id).collect();
        let own_ids: Vec<Uuid> = session_ids.iter().copied().map(uuid).collect();
        let starts: Vec<_> = batch.iter().map(|(_, starts_at, _)| *starts_at).collect();
        let ends: Vec<_> = batch.iter().map(|(.., ends_at)| *ends_at).collect();
        let _own_write = OwnWrite::changing(&own_ids, Payment::default());
        let arguments = [session_ids.into(), starts.into(), ends.into()];
        if run(connection, &REFRESH_OCCUPANCY, &arguments)?.len() != batch.len() {
            return Err(Fault::changed_by_trigger(
                "the time that a session takes can't be written",
            ));
        }
    }
    Ok(())
}
