//! `grant_credits`: how credits come into being.

use crate::argument::{MAX_IDEMPOTENCY_KEY_CHARACTERS, MAX_REASON_CHARACTERS, optional_text, required_text};
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::Reply;
use crate::reply::service::granted;
use crate::store::accounts::{self, Purpose};
use crate::store::{Connection, grants, people};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Grants credits to a person; under one idempotency key only once.
#[pg_extern(volatile)]
fn grant_credits(
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
    let person_id = person_id.ok_or_else(|| Fault::null_argument("p_user_id"))?;
    let amount = amount.ok_or_else(|| Fault::null_argument("p_amount"))?;
    if amount < 1 {
        return Err(Fault::invalid_argument("p_amount must be at least 1")
            .with_hint("Credits leave circulation by an adjustment, not by a grant."));
    }
    let reason = required_text("p_reason", reason, MAX_REASON_CHARACTERS)?;
    let key = optional_text(
        "p_idempotency_key",
        idempotency_key,
        MAX_IDEMPOTENCY_KEY_CHARACTERS,
    )?;
    as_owner(|connection| grant(connection, person_id, amount, reason, key))
}

fn grant(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    amount: i32,
    reason: &str,
    idempotency_key: Option<&str>,
) -> Result<Reply, Fault> {
    // Kept from being deleted and no more, so that grants in the order of people wait for no booking.
    if people::hold(connection, &[person_id])?.is_empty() {
        return Err(Fault::invalid_argument(format!("there is no user {person_id}")));
    }
    let mut accounts = accounts::lock(connection, &[person_id])?;
    if let Some(opened) = accounts::open_missing(connection, &accounts, &[person_id])? {
        accounts = opened;
    }
    if let Some(key) = idempotency_key
        && let Some(earlier) = grants::find_by_key(connection, person_id, key)?
    {
        if earlier.amount != amount {
            return Err(Fault::invalid_argument(
                "this idempotency key was used for another grant",
            ));
        }
        return granted(
            person_id,
            amount,
            earlier.balance_before,
            earlier.balance_after,
            true,
        );
    }
    let movement = accounts.of(person_id).receive_grant(amount)?;
    let purpose = Purpose {
        description: reason,
        session_id: None,
        idempotency_key,
    };
    let [(_, movement)] = accounts::record(connection, [(person_id, movement)], purpose)?;
    granted(
        person_id,
        amount,
        movement.before.balance,
        movement.after.balance,
        false,
    )
}
