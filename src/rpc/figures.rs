//! What the figures of `sql/schema/figures/` ask the library.

use crate::settings;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// For how many days, today included, refused calls are remembered.
#[pg_extern(stable)]
fn refusal_retention_days() -> i32 {
    settings::refusal_retention_days()
}

/// The values of `users.user_role` that may book and be booked.
#[pg_extern(stable)]
fn practitioner_roles() -> Result<Vec<String>, ErrorReport> {
    Ok(settings::practitioner_roles()?)
}
