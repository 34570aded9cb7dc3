//! `resolve_dispute`: the application decides who gets the credits of a disputed session.

use super::decision::settle_one;
use crate::argument::{MAX_REASON_CHARACTERS, optional_text, required};
use crate::fault::Fault;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::settlement;
use peer_exchange_rules::share;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Divides the credits of a disputed session, once; `docs/reference.md` describes arguments, reply and refusals.
#[pg_extern(volatile)]
fn resolve_dispute(
    p_session_id: Option<pgrx::Uuid>,
    p_client_percent: Option<AnyNumeric>,
    p_reason: Option<&str>,
) -> Result<Json, ErrorReport> {
    let call = Call {
        rpc: "resolve_dispute",
        client_id: None,
        practitioner_id: None,
        session_id: p_session_id.map(uuid),
    };
    let reply = answer(call.session_id, p_client_percent, p_reason)
        .or_else(|error| error.reply(reply::refused::plainly))?;
    Ok(refusal_log::remember(&call, reply)?)
}

fn answer(
    session_id: Option<Uuid>,
    client_percent: Option<AnyNumeric>,
    reason: Option<&str>,
) -> Result<Reply, Error> {
    let session_id = required("p_session_id", session_id)?;
    let client_share = client_share(required("p_client_percent", client_percent)?)?;
    let reason = optional_text("p_reason", reason, MAX_REASON_CHARACTERS)?;
    let reason = required("p_reason", reason)?;
    as_guarded_owner(|connection| {
        settle_one(
            connection,
            session_id,
            None,
            Some(reason),
            |status| Refusal::NotDisputed { status },
            |_, _| Ok(false),
            |_, facts| settlement::resolve(client_share, facts),
        )
    })
}

/// In hundredths of a percent.
fn client_share(percent: AnyNumeric) -> Result<i64, Fault> {
    f64::try_from(percent)
        .ok()
        .and_then(share::of_percent)
        .ok_or_else(|| Fault::invalid_argument("p_client_percent must be between 0 and 100"))
}
