//! `exclude_by_index`: what an adoption by steps calls.

use crate::postgres::exclusion;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Makes an exclusion constraint of an index that holds nothing yet. Postgres is told that the index is one by the caller.
#[pg_extern(volatile)]
fn exclude_by_index(
    p_index: pg_sys::Oid,
    p_name: &str,
    p_operators: Vec<pg_sys::Oid>,
) -> Result<(), ErrorReport> {
    Ok(exclusion::constrain(p_index, p_name, &p_operators)?)
}
