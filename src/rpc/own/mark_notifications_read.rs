//! `mark_notifications_read`: one's own notifications have been read.

use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_guarded_owner;
use crate::postgres::convert::uuids;
use crate::store::inbox;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// More than a page of them, and few enough to be locked at once.
const MAX_NOTIFICATIONS: usize = 1_000;

/// Marks the caller's own notifications as read; `docs/reference.md` describes arguments and faults.
#[pg_extern(volatile)]
fn mark_notifications_read(p_ids: Option<Vec<Option<pgrx::Uuid>>>) -> Result<i32, ErrorReport> {
    Ok(mark(p_ids)?)
}

fn mark(ids: Option<Vec<Option<pgrx::Uuid>>>) -> Result<i32, Fault> {
    let reader_id = Caller::current()?.require_person()?;
    let ids = ids.ok_or_else(|| Fault::null_argument("p_ids"))?;
    if ids.len() > MAX_NOTIFICATIONS {
        return Err(Fault::invalid_argument(format!(
            "p_ids must have at most {MAX_NOTIFICATIONS} elements"
        )));
    }
    let ids: Vec<Uuid> = uuids(ids);
    let marked = as_guarded_owner(|connection| inbox::mark_read(connection, reader_id, &ids))?;
    Ok(i32::try_from(marked).expect("no more than were asked for"))
}
