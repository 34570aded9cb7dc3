//! `refresh_occupancy`: what `setup()` calls for sessions that are older than their guards.

use crate::store::own_writes::OwnWrites;
use crate::store::sessions;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Brings `occupied_during` of every session in line with its date, time, duration and status.
#[pg_extern(volatile, security_definer)]
#[search_path(pg_catalog, pg_temp)]
fn refresh_occupancy() -> Result<(), ErrorReport> {
    let _own_writes = OwnWrites::begin();
    Ok(Spi::connect_mut(sessions::refresh_occupancy)?)
}
