//! `get_session_calendar`: one's own session as a file for one's calendar.

use super::session_calendar;
use crate::argument::required;
use crate::caller::Caller;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_owner};
use peer_exchange_rules::refusal::Refusal;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// A session of the caller's; `docs/reference.md` describes arguments, reply and refusals.
#[pg_extern(stable)]
fn get_session_calendar(p_session_id: Option<pgrx::Uuid>) -> Result<Json, ErrorReport> {
    let reply = answer(p_session_id).or_else(|error| error.reply(reply::refused::plainly))?;
    Ok(reply.into())
}

fn answer(session_id: Option<pgrx::Uuid>) -> Result<Reply, Error> {
    let person_id = Caller::current()?.require_person()?;
    let session_id = required("p_session_id", session_id.map(uuid))?;
    let calendar = as_owner(|connection| Ok(session_calendar::text(connection, session_id, person_id)?))?
        .ok_or(Refusal::SessionNotFound)?;
    Ok(reply::calendar::of_session(session_id, &calendar)?)
}
