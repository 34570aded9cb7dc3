//! `purge_refusals`: forgets the refused calls that are no longer kept.

use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::store::refusals;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

const BATCH: i32 = 10_000;

/// Deletes refused calls older than the retention, batch by batch, and returns how many.
#[pg_extern(volatile)]
fn purge_refusals() -> Result<i64, ErrorReport> {
    Ok(purge()?)
}

fn purge() -> Result<i64, Fault> {
    as_owner(|connection| {
        let mut purged = 0;
        loop {
            match refusals::purge(connection, BATCH)? {
                0 => return Ok(purged),
                deleted => purged += deleted,
            }
        }
    })
}
