//! `adjust_credits`: a correction by hand.

use super::credit_change::{self, Change, Kind};
use crate::fault::Fault;
use crate::postgres::as_guarded_owner;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::Reply;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Gives credits to a person or takes some, outside of any session; under one idempotency key only once. What the
/// balance does not have is owed.
#[pg_extern(volatile)]
fn adjust_credits(
    p_user_id: Option<pgrx::Uuid>,
    p_amount: Option<i32>,
    p_reason: Option<&str>,
    p_idempotency_key: default!(Option<&str>, "NULL"),
) -> Result<Json, ErrorReport> {
    let reply = answer(p_user_id.map(uuid), p_amount, p_reason, p_idempotency_key)?;
    Ok(reply.into())
}

fn answer(
    person_id: Option<Uuid>,
    amount: Option<i32>,
    reason: Option<&str>,
    idempotency_key: Option<&str>,
) -> Result<Reply, Fault> {
    let change = Change::checked(Kind::Adjustment, person_id, amount, reason, idempotency_key)?;
    if change.amount == 0 {
        return Err(Fault::invalid_argument("p_amount must not be 0"));
    }
    as_guarded_owner(|connection| credit_change::make(connection, &change))
}
