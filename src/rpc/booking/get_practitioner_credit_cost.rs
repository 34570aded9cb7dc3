//! `get_practitioner_credit_cost`: what a session would cost.

use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::convert::uuid;
use crate::settings;
use crate::store::quotes;
use peer_exchange_rules::account::OutOfRange;
use peer_exchange_rules::cost::credit_cost;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// The cost in credits; `docs/reference.md` describes arguments and faults.
#[pg_extern(stable)]
fn get_practitioner_credit_cost(
    p_practitioner_id: Option<pgrx::Uuid>,
    p_duration_minutes: Option<i32>,
    p_product_id: default!(Option<pgrx::Uuid>, "NULL"),
) -> Result<i32, ErrorReport> {
    Ok(quote(
        p_practitioner_id.map(uuid),
        p_duration_minutes,
        p_product_id.map(uuid),
    )?)
}

fn quote(
    practitioner_id: Option<Uuid>,
    duration_minutes: Option<i32>,
    product_id: Option<Uuid>,
) -> Result<i32, Fault> {
    let practitioner_id = practitioner_id.ok_or_else(|| Fault::null_argument("p_practitioner_id"))?;
    let duration_minutes = duration_minutes.ok_or_else(|| Fault::null_argument("p_duration_minutes"))?;
    let terms = settings::terms()?;
    terms
        .check_duration(duration_minutes)
        .map_err(|refusal| Fault::invalid_argument(refusal.sentence()))?;
    let facts = as_owner(|connection| quotes::load(connection, practitioner_id, product_id))?;
    if !facts.has_practitioner {
        return Err(Fault::invalid_argument(format!(
            "there is no practitioner {practitioner_id}"
        )));
    }
    if product_id.is_some() && facts.product.is_none() {
        return Err(Fault::invalid_argument(
            "p_product_id is not an active product of this practitioner",
        ));
    }
    credit_cost(duration_minutes, facts.product, terms.credits_per_minute).ok_or_else(|| OutOfRange.into())
}
