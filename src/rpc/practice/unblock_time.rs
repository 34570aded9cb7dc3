//! `unblock_time`: takes a block back.

use super::{caller, change, given, remembered};
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply;
use crate::store::practices;
use peer_exchange_rules::refusal::Refusal;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Takes a block out of the caller's calendar; `docs/reference.md` describes arguments, reply and refusals.
#[pg_extern(volatile)]
fn unblock_time(p_event_id: Option<pgrx::Uuid>) -> Result<Json, ErrorReport> {
    let caller_id = caller()?;
    let event_id = uuid(given("p_event_id", p_event_id)?);
    let answer = change(caller_id, |connection, _| {
        if !practices::unblock(connection, caller_id, event_id)? {
            return Err(Refusal::BlockNotFound.into());
        }
        Ok(reply::practice::unblocked(event_id)?)
    });
    Ok(remembered("unblock_time", caller_id, answer)?)
}
