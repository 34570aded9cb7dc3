//! `cancel_orphaned_sessions`: frees the slots of sessions that their clients never had charged.

use crate::fault::Fault;
use crate::postgres::as_guarded_owner;
use crate::store::sessions;
use pgrx::datum::Interval;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Cancels peer sessions of the two-step flow that were never charged, and returns how many.
#[pg_extern(volatile)]
fn cancel_orphaned_sessions(
    p_older_than: default!(Option<Interval>, "'15 minutes'"),
) -> Result<i32, ErrorReport> {
    Ok(cancel(p_older_than)?)
}

fn cancel(older_than: Option<Interval>) -> Result<i32, Fault> {
    let older_than = older_than.ok_or_else(|| Fault::null_argument("p_older_than"))?;
    if older_than.as_micros() < 0 {
        return Err(Fault::invalid_argument("p_older_than must not be negative"));
    }
    as_guarded_owner(|connection| sessions::cancel_orphans(connection, older_than))
}
