//! `allocate_credits`: what each practitioner gets once a month, or however long a period is.
//!
//! People come in the order of their ids and in batches, one a call, so that a booking never waits for longer than
//! a batch takes, and never for somebody who waits for the booking.

use crate::argument::{MAX_IDEMPOTENCY_KEY_CHARACTERS, MAX_REASON_CHARACTERS, required_text};
use crate::fault::Fault;
use crate::postgres::as_guarded_owner;
use crate::postgres::convert::uuids;
use crate::settings;
use crate::store::grants::{self, Allocation};
use crate::store::{Connection, accounts, people};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// So many people a call.
const BATCH: i32 = 500;
/// So many may be named.
const MAX_PEOPLE: usize = 10_000;
/// What the idempotency key of a period begins with.
const KEY_PREFIX: &str = "allocation:";

/// Grants a batch of people what the period brings, each once, and returns how many that were; 0 when all have it.
#[pg_extern(volatile)]
fn allocate_credits(
    p_amount: Option<i32>,
    p_reason: Option<&str>,
    p_period: Option<&str>,
    p_user_ids: default!(Option<Vec<Option<pgrx::Uuid>>>, "NULL"),
) -> Result<i32, ErrorReport> {
    Ok(answer(p_amount, p_reason, p_period, p_user_ids)?)
}

fn answer(
    amount: Option<i32>,
    reason: Option<&str>,
    period: Option<&str>,
    user_ids: Option<Vec<Option<pgrx::Uuid>>>,
) -> Result<i32, Fault> {
    let amount = amount.ok_or_else(|| Fault::null_argument("p_amount"))?;
    if amount < 1 {
        return Err(Fault::invalid_argument("p_amount must be at least 1"));
    }
    let reason = required_text("p_reason", reason, MAX_REASON_CHARACTERS)?;
    let longest_period = MAX_IDEMPOTENCY_KEY_CHARACTERS - KEY_PREFIX.len();
    let period = required_text("p_period", period, longest_period)?;
    let people: Option<Vec<Uuid>> = user_ids.map(uuids);
    if people.as_ref().is_some_and(|people| people.len() > MAX_PEOPLE) {
        return Err(Fault::invalid_argument(format!(
            "p_user_ids must have at most {MAX_PEOPLE} elements"
        )));
    }
    let allocation = Allocation {
        amount,
        reason,
        people: people.as_deref(),
        practitioner_roles: &settings::practitioner_roles()?,
        idempotency_key: &format!("{KEY_PREFIX}{period}"),
    };
    as_guarded_owner(|connection| allocate(connection, &allocation))
}

fn allocate(connection: &mut Connection<'_>, allocation: &Allocation<'_>) -> Result<i32, Fault> {
    if let Some(named) = allocation.people {
        let known = people::read(connection, named)?;
        if let Some(unknown) = named.iter().find(|id| !known.contains_key(id)) {
            return Err(Fault::invalid_argument(format!("there is no user {unknown}")));
        }
    }
    loop {
        let ids = grants::hold_people_to_allocate_to(connection, allocation, BATCH)?;
        if ids.is_empty() {
            return Ok(0);
        }
        let locked = accounts::lock(connection, &ids)?;
        let accounts = accounts::open_missing(connection, &locked, &ids)?.unwrap_or(locked);
        // Asked again under the locks: another call may have been faster with some of them, or with all.
        let still_due = Allocation {
            people: Some(&ids),
            ..*allocation
        };
        let ids = grants::hold_people_to_allocate_to(connection, &still_due, BATCH)?;
        if !ids.is_empty() {
            grants::allocate(connection, allocation, &ids, &accounts)?;
            return i32::try_from(ids.len())
                .map_err(|_| Fault::invariant_violated("a batch beyond all numbers"));
        }
    }
}
