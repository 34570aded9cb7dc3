//! Every refusal is remembered, once, for the figures.

use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::isolation::uses_transaction_snapshot;
use crate::postgres::json::Json;
use crate::reply::Reply;
use crate::settings;
use crate::store::{Connection, refusals};
use uuid::Uuid;

/// So many old refusals are looked at when one in so many is remembered: more go than come, so the
/// table is bounded even where nobody ever calls `purge_refusals`.
const PURGE_EVERY: i64 = 100;
const PURGED_AT_MOST: i32 = 200;

/// What was called, and whom and what it named.
pub struct Call {
    pub rpc: &'static str,
    pub client_id: Option<Uuid>,
    pub practitioner_id: Option<Uuid>,
    pub session_id: Option<Uuid>,
}

/// Remembers a reply that is a refusal, and hands it on.
pub fn remember(call: &Call, reply: Reply) -> Result<Json, Fault> {
    if let Some(error_code) = reply.refused_with()
        && settings::refusal_retention_days() > 0
    {
        as_owner(|connection| record(connection, call, error_code))?;
    }
    Ok(reply.into())
}

fn record(connection: &mut Connection<'_>, call: &Call, error_code: &str) -> Result<(), Fault> {
    let named = [call.client_id, call.practitioner_id, call.session_id];
    let number = refusals::record(connection, call.rpc, error_code, named)?;
    // Where one moment of the database is seen throughout, what another purge has deleted since would be an error.
    if number % PURGE_EVERY == 0 && !uses_transaction_snapshot() {
        refusals::purge(connection, PURGED_AT_MOST)?;
    }
    Ok(())
}
