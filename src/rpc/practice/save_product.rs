//! `save_product`: what the caller offers, new or changed.

use super::{caller, change, remembered};
use crate::argument::required_text;
use crate::fault::Fault;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply;
use crate::settings;
use crate::store::practices::{self, OwnProduct};
use peer_exchange_rules::refusal::Refusal;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

const MAX_NAME_CHARACTERS: usize = 200;

/// Adds or changes a product; `docs/reference.md` describes arguments, reply and refusals.
#[pg_extern(volatile)]
fn save_product(
    p_product_id: Option<pgrx::Uuid>,
    p_name: Option<&str>,
    p_duration_minutes: default!(Option<i32>, "NULL"),
    p_credit_cost: default!(Option<i32>, "NULL"),
    p_is_active: default!(Option<bool>, "true"),
) -> Result<Json, ErrorReport> {
    let caller_id = caller()?;
    let name = required_text("p_name", p_name, MAX_NAME_CHARACTERS)?.trim();
    let terms = settings::terms()?;
    if let Some(minutes) = p_duration_minutes {
        terms
            .check_duration(minutes)
            .map_err(|refusal| Fault::invalid_argument(refusal.sentence()))?;
    }
    if p_credit_cost.is_some_and(|cost| cost < 1) {
        return Err(Fault::invalid_argument("p_credit_cost must be at least 1").into());
    }
    let answer = change(caller_id, |connection, _| {
        let product = OwnProduct {
            name,
            duration_minutes: p_duration_minutes,
            credit_cost: p_credit_cost,
            is_active: p_is_active.unwrap_or(true),
        };
        let (id, product) = practices::save_product(connection, caller_id, p_product_id.map(uuid), &product)?
            .ok_or(Refusal::ProductNotFound)?;
        Ok(reply::practice::saved_product(id, &product)?)
    });
    Ok(remembered("save_product", caller_id, answer)?)
}
