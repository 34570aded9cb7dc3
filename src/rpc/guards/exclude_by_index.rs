//! `exclude_by_index`: what an adoption by steps calls.

use crate::fault::Fault;
use crate::postgres::exclusion;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Makes an exclusion constraint of an index that holds nothing yet.
#[pg_extern(volatile)]
fn exclude_by_index(
    p_index: Option<pg_sys::Oid>,
    p_name: Option<&str>,
    p_operators: Option<Vec<pg_sys::Oid>>,
) -> Result<(), ErrorReport> {
    let index = p_index.ok_or_else(|| Fault::null_argument("p_index"))?;
    let name = p_name.ok_or_else(|| Fault::null_argument("p_name"))?;
    let operators = p_operators.ok_or_else(|| Fault::null_argument("p_operators"))?;
    Ok(exclusion::constrain(index, name, &operators)?)
}
