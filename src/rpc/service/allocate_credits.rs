//! `allocate_credits`: what each practitioner gets once a month, or however long a period is.
//!
//! People come in the order of their ids and in batches, one a call, so that a booking never waits for longer than
//! a batch takes, and never for somebody who waits for the booking. Where the last batch of a connection ended, the next one
//! of the same period goes on: looking through everybody for each would take the square of their number. That everybody
//! has it is only said by who has looked from the first person on.

use crate::argument::{MAX_IDEMPOTENCY_KEY_CHARACTERS, MAX_REASON_CHARACTERS, required_text};
use crate::fault::Fault;
use crate::postgres::apart::{self, Outcome};
use crate::postgres::convert::uuids;
use crate::postgres::{as_guarded_owner, plan_by_index};
use crate::settings;
use crate::store::grants::{self, Allocation};
use crate::store::{Connection, accounts, people};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::cell::RefCell;
use uuid::Uuid;

/// So many people a call.
const BATCH: i32 = 500;
/// So many may be named.
const MAX_PEOPLE: usize = 10_000;
/// What the idempotency key of a period begins with.
const KEY_PREFIX: &str = "allocation:";

thread_local! {
    /// The key of the period and the last person of the batch that this connection allocated last to everybody.
    static REACHED: RefCell<Option<(String, Uuid)>> = const { RefCell::new(None) };
}

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
    let idempotency_key = format!("{KEY_PREFIX}{period}");
    let practitioner_roles = settings::practitioner_roles()?;
    as_guarded_owner(|connection| {
        // The first allocation finds an empty ledger.
        plan_by_index(connection);
        let from = match people {
            None => reached(connection, &idempotency_key)?,
            Some(_) => None,
        };
        let from_there = Allocation {
            amount,
            reason,
            people: people.as_deref(),
            practitioner_roles: &practitioner_roles,
            idempotency_key: &idempotency_key,
            from,
        };
        require_known(connection, &from_there)?;
        let mut outcome = allocate(connection, from_there)?;
        if from.is_some() && !outcome.is_any_done() {
            let from_the_first = Allocation {
                from: None,
                ..from_there
            };
            outcome = allocate(connection, from_the_first)?;
        }
        outcome.sum_or_failure("user")
    })
}

/// Whom of everybody this connection has reached in a period; nobody where that was rolled back.
fn reached(connection: &mut Connection<'_>, idempotency_key: &str) -> Result<Option<Uuid>, Fault> {
    let last = REACHED.with_borrow(|reached| match reached {
        Some((key, person)) if key == idempotency_key => Some(*person),
        _ => None,
    });
    match last {
        Some(person) if grants::find_by_key(connection, person, idempotency_key)?.is_some() => Ok(last),
        _ => Ok(None),
    }
}

fn require_known(connection: &mut Connection<'_>, allocation: &Allocation<'_>) -> Result<(), Fault> {
    if let Some(named) = allocation.people {
        let known = people::read(connection, named)?;
        if let Some(unknown) = named.iter().find(|id| !known.contains_key(id)) {
            return Err(Fault::invalid_argument(format!("there is no user {unknown}")));
        }
    }
    Ok(())
}

/// To a batch. Of everybody, whoever can be given nothing stops nobody else: where that is a whole batch, the next one follows.
fn allocate(connection: &mut Connection<'_>, mut allocation: Allocation<'_>) -> Result<Outcome, Fault> {
    let mut outcome = Outcome::default();
    loop {
        let ids = grants::hold_people_to_allocate_to(connection, &allocation, BATCH)?;
        let Some(last) = ids.last() else {
            return Ok(outcome);
        };
        let to = |connection: &mut Connection<'_>, ids: &[Uuid]| allocate_to(connection, &allocation, ids);
        outcome.add(match allocation.people {
            Some(_) => Outcome::all(to(connection, &ids)?),
            None => apart::all_or_each(connection, &ids, to, |id| *id),
        });
        if outcome.is_any_done() {
            return Ok(outcome);
        }
        let Some(next) = last.as_u128().checked_add(1) else {
            return Ok(outcome);
        };
        allocation.from = Some(Uuid::from_u128(next));
    }
}

fn allocate_to(
    connection: &mut Connection<'_>,
    allocation: &Allocation<'_>,
    ids: &[Uuid],
) -> Result<i32, Fault> {
    let locked = accounts::lock(connection, ids)?;
    let accounts = accounts::open_missing(connection, &locked, ids)?.unwrap_or(locked);
    // Asked again under the locks: another call may have been faster with some of them, or with all.
    let still_due = Allocation {
        people: Some(ids),
        from: None,
        ..*allocation
    };
    let ids = grants::hold_people_to_allocate_to(connection, &still_due, BATCH)?;
    let Some(last) = ids.last() else {
        return Ok(0);
    };
    grants::allocate(connection, allocation, &ids, &accounts)?;
    if allocation.people.is_none() {
        let key = allocation.idempotency_key.to_owned();
        REACHED.set(Some((key, *last)));
    }
    i32::try_from(ids.len()).map_err(|_| Fault::invariant_violated("a batch beyond all numbers"))
}
