//! `get_peer_session`: one of one's own peer sessions, and what happened to it.

use crate::argument::required;
use crate::caller::Caller;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply, own};
use crate::rpc::error::{Error, as_owner};
use crate::settings;
use crate::store::{peer_sessions, session_histories};
use peer_exchange_rules::refusal::Refusal;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// A session of the caller's; `docs/reference.md` describes arguments, reply and refusals.
#[pg_extern(stable)]
fn get_peer_session(p_session_id: Option<pgrx::Uuid>) -> Result<Json, ErrorReport> {
    let reply = answer(p_session_id).or_else(|error| error.reply(reply::refused::plainly))?;
    Ok(reply.into())
}

fn answer(session_id: Option<pgrx::Uuid>) -> Result<Reply, Error> {
    let person_id = Caller::current()?.require_person()?;
    let session_id = required("p_session_id", session_id.map(uuid))?;
    let terms = settings::terms()?;
    as_owner(|connection| {
        let session =
            peer_sessions::find(connection, person_id, session_id)?.ok_or(Refusal::SessionNotFound)?;
        let history = session_histories::load(connection, session_id)?;
        Ok(own::peer_session(&session, &history, &terms)?)
    })
}
