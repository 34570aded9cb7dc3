//! `expire_requests`: tidies up after requests that nobody accepted in time. What they held is free without it.

use super::expiry;
use crate::fault::Fault;
use crate::postgres::as_guarded_owner;
use crate::rpc::job::Job;
use crate::store::{Connection, accounts, requests};
use peer_exchange_rules::request::ExpiredRequest;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

const JOB: Job = Job {
    name: "expire_requests",
    max_sessions_per_run: 500,
};

/// Ends the requests that have expired, tells both parties of each, and returns how many those were.
#[pg_extern(volatile)]
fn expire_requests() -> Result<i32, ErrorReport> {
    Ok(expire()?)
}

fn expire() -> Result<i32, Fault> {
    as_guarded_owner(|connection| {
        let expired = requests::lock_expired(connection, JOB.max_sessions_per_run)?;
        let clients: Vec<Uuid> = expired.iter().map(|request| request.client_id).collect();
        accounts::hold(connection, &clients)?;
        let expire = |connection: &mut Connection<'_>, request: &ExpiredRequest| {
            expiry::expire(connection, request, None).map(|()| Some(1))
        };
        JOB.run(connection, expired.len(), expired, expire, |request| {
            request.time.session_id
        })
    })
}
