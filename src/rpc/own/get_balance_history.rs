//! `get_balance_history`: what one had at the end of each day.

use crate::caller::Caller;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::convert::date;
use crate::postgres::json::Json;
use crate::reply::Reply;
use crate::reply::own;
use crate::store::balance_histories;
use peer_exchange_rules::balance_history::{MOST_DAYS, Period};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// The caller's own balance, day by day; `docs/reference.md` describes arguments, reply and faults.
#[pg_extern(stable)]
fn get_balance_history(
    p_from: default!(Option<pgrx::datum::Date>, "NULL"),
    p_to: default!(Option<pgrx::datum::Date>, "NULL"),
) -> Result<Json, ErrorReport> {
    Ok(answer(p_from, p_to)?.into())
}

fn answer(from: Option<pgrx::datum::Date>, to: Option<pgrx::datum::Date>) -> Result<Reply, Fault> {
    let person_id = Caller::current()?.require_person()?;
    let history = as_owner(|connection| {
        let calendar = balance_histories::calendar(connection, person_id)?;
        let period = Period::of(from.map(date), to.map(date), calendar.today).ok_or_else(|| {
            Fault::invalid_argument(format!(
                "p_from must not be after p_to, and at most {MOST_DAYS} days are told at a time"
            ))
        })?;
        balance_histories::load(connection, person_id, period, calendar.timezone)
    })?;
    own::balance_history(&history)
}
