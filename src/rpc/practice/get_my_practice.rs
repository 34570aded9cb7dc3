//! `get_my_practice`: what the caller offers, when, and on which terms.

use super::{caller, look, replied};
use crate::postgres::json::Json;
use crate::reply;
use crate::store::{credit_statements, practices};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// All of the caller's own practice; `docs/reference.md` describes reply and refusals.
#[pg_extern(stable)]
fn get_my_practice() -> Result<Json, ErrorReport> {
    let caller_id = caller()?;
    let answer = look(caller_id, |connection, practitioner| {
        let practice = practices::load(connection, caller_id)?;
        let blocks = practices::blocks(connection, caller_id)?;
        let products = practices::products(connection, caller_id)?;
        let outlook = credit_statements::outlook(connection, caller_id)?;
        Ok(reply::practice::practice(
            practitioner,
            &practice,
            &blocks,
            &products,
            &outlook,
        )?)
    });
    Ok(replied(answer)?)
}
