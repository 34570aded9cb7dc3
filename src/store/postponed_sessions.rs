//! Sessions with which a job could do nothing, and which it leaves for a while so that others have their turn.

use crate::fault::Fault;
use crate::postgres::convert::sql_uuids;
use crate::postgres::statement::{Connection, run, statements};
use uuid::Uuid;

statements! {
    POSTPONE_SESSIONS = Writes include_str!("../../sql/query/postpone_sessions.sql");
}

/// Leaves these for a while; each time for longer.
pub fn postpone(connection: &mut Connection<'_>, job: &str, session_ids: &[Uuid]) -> Result<(), Fault> {
    if !session_ids.is_empty() {
        run(
            connection,
            &POSTPONE_SESSIONS,
            &[sql_uuids(session_ids).into(), job.into()],
        )?;
    }
    Ok(())
}
