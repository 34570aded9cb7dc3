//! `expire_requests`: tidies up after requests that nobody accepted in time. What they held is free without it.

use super::expiry;
use crate::fault::Fault;
use crate::postgres::as_guarded_owner;
use crate::store::{accounts, requests};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Bounds how long a run keeps sessions locked; what is left is the next run's.
const MAX_REQUESTS_PER_RUN: i32 = 500;

/// Ends the requests that have expired, tells both parties of each, and returns how many those were.
#[pg_extern(volatile)]
fn expire_requests() -> Result<i32, ErrorReport> {
    Ok(expire()?)
}

fn expire() -> Result<i32, Fault> {
    as_guarded_owner(|connection| {
        let expired = requests::lock_expired(connection, MAX_REQUESTS_PER_RUN)?;
        let clients: Vec<Uuid> = expired.iter().map(|request| request.client_id).collect();
        accounts::lock(connection, &clients)?;
        let mut count = 0;
        for request in &expired {
            expiry::expire(connection, request, None)?;
            count += 1;
        }
        Ok(count)
    })
}
