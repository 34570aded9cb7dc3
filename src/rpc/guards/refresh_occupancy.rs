//! `refresh_occupancy`: what `setup()` calls for sessions that are older than their guards.

use crate::postgres::as_owner;
use crate::store::occupancy;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Brings `occupied_during` of every session in line with its date, time, duration and status.
#[pg_extern(volatile)]
fn refresh_occupancy() -> Result<(), ErrorReport> {
    Ok(as_owner(occupancy::refresh)?)
}
