//! `complete_peer_session`: the practitioner says that the session took place, and earns what is held for it.

use super::decision::settle_one;
use crate::argument::required;
use crate::caller::Caller;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use crate::settings;
use crate::store::sessions::Session;
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::settlement::{self, State};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Completes a peer session, once; `docs/reference.md` describes reply and refusals.
#[pg_extern(volatile)]
fn complete_peer_session(p_session_id: Option<pgrx::Uuid>) -> Result<Json, ErrorReport> {
    let call = Call {
        rpc: "complete_peer_session",
        client_id: None,
        practitioner_id: None,
        session_id: p_session_id.map(uuid),
    };
    let reply = answer(call.session_id).or_else(|error| error.reply(reply::refused::plainly))?;
    Ok(refusal_log::remember(&call, reply)?)
}

fn answer(session_id: Option<Uuid>) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let session_id = required("p_session_id", session_id)?;
    let terms = settings::settlement_terms();
    let check = |session: &Session, state: &State| {
        caller.require_may_act_for_one_of(&[session.practitioner_id])?;
        Ok(state.is_completed() || state.was_contradicted())
    };
    as_guarded_owner(|connection| {
        settle_one(
            connection,
            session_id,
            caller.person_id(),
            None,
            |status| Refusal::NotCompletable { status },
            check,
            |_, facts| settlement::complete(facts, &terms),
        )
    })
}
