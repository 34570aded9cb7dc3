//! `set_cancellation_policy`: what goes back to clients who cancel with the caller.

use super::{caller, change, given, remembered};
use crate::fault::Fault;
use crate::postgres::json::Json;
use crate::reply;
use crate::store::practices::{self, OwnPolicy};
use peer_exchange_rules::share;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// A year: the same bound as in `peer_exchange.policy_bounds()`.
const MAX_HOURS: i32 = 366 * 24;

/// Sets the caller's cancellation policy; `docs/reference.md` describes arguments, reply and faults.
#[pg_extern(volatile)]
fn set_cancellation_policy(
    p_full_refund_hours: Option<i32>,
    p_partial_refund_hours: Option<i32>,
    p_partial_refund_percent: Option<AnyNumeric>,
) -> Result<Json, ErrorReport> {
    let caller_id = caller()?;
    let policy = policy(
        p_full_refund_hours,
        p_partial_refund_hours,
        p_partial_refund_percent,
    )?;
    let answer = change(caller_id, |connection, _| {
        practices::set_policy(connection, caller_id, policy)?;
        let practice = practices::stored(connection, caller_id)?;
        Ok(reply::practice::policy(&practice)?)
    });
    Ok(remembered("set_cancellation_policy", caller_id, answer)?)
}

/// None of her own where nothing is said of any of it.
fn policy(
    full_refund_hours: Option<i32>,
    partial_refund_hours: Option<i32>,
    percent: Option<AnyNumeric>,
) -> Result<Option<OwnPolicy>, Fault> {
    if full_refund_hours.is_none() && partial_refund_hours.is_none() && percent.is_none() {
        return Ok(None);
    }
    let policy = OwnPolicy {
        full_refund_hours: hours("p_full_refund_hours", full_refund_hours)?,
        partial_refund_hours: hours("p_partial_refund_hours", partial_refund_hours)?,
        partial_refund_percent: percentage(given("p_partial_refund_percent", percent)?)?,
    };
    if policy.partial_refund_hours > policy.full_refund_hours {
        return Err(Fault::invalid_argument(
            "p_partial_refund_hours must not be more than p_full_refund_hours",
        ));
    }
    Ok(Some(policy))
}

fn percentage(percent: AnyNumeric) -> Result<f64, Fault> {
    f64::try_from(percent)
        .ok()
        .filter(|percent| share::of_percent(*percent).is_some())
        .ok_or_else(|| Fault::invalid_argument("p_partial_refund_percent must be between 0 and 100"))
}

fn hours(parameter: &str, argument: Option<i32>) -> Result<i32, Fault> {
    let hours = given(parameter, argument)?;
    if !(0..=MAX_HOURS).contains(&hours) {
        return Err(Fault::invalid_argument(format!(
            "{parameter} must be between 0 and {MAX_HOURS}"
        )));
    }
    Ok(hours)
}
