//! What happened to a session, read from what its row, its moves and its entries say.

use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, wall_clock};
use crate::postgres::statement::{Connection, Row, run, statements};
use peer_exchange_rules::session_history::{Event, ToldStart};
use pgrx::datum::Timestamp;
use uuid::Uuid;

statements! {
    SESSION_HISTORY = Reads include_str!("../../sql/query/session_history.sql");
}

/// Oldest first.
pub fn load(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Vec<Event>, Fault> {
    run(connection, &SESSION_HISTORY, &[sql_uuid(session_id).into()])?
        .map(|row| event(&row))
        .collect()
}

fn event(row: &Row<'_>) -> Result<Event, Fault> {
    let former = told_start(row, ["former_clock", "former_timezone", "former_starts_at"])?;
    let present = told_start(row, ["present_clock", "present_timezone", "present_starts_at"])?;
    Ok(Event {
        name: row.required("name")?,
        at: row.optional("at")?.map(instant),
        by: row.optional("by")?,
        credits: row.optional("credits")?,
        reason: row.optional("reason")?,
        moved: former.zip(present),
    })
}

fn told_start(row: &Row<'_>, [clock, timezone, at]: [&str; 3]) -> Result<Option<ToldStart>, Fault> {
    let Some(clock) = row.optional::<Timestamp>(clock)? else {
        return Ok(None);
    };
    Ok(Some(ToldStart {
        on_the_clock: wall_clock(clock),
        timezone: row.optional(timezone)?,
        at: row.optional(at)?.map(instant),
    }))
}
