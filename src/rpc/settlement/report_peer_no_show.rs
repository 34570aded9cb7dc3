//! `report_peer_no_show`: either party says that the other one did not come.

use super::decision::settle_one;
use crate::argument::{MAX_REASON_CHARACTERS, optional_text, required};
use crate::caller::Caller;
use crate::postgres::convert::uuid;
use crate::postgres::json::Json;
use crate::reply::{self, Reply};
use crate::rpc::error::{Error, as_guarded_owner};
use crate::rpc::refusal_log::{self, Call};
use crate::settings;
use crate::store::sessions::Session;
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::settlement::{self, Side, State};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Reports a no-show, once; `docs/reference.md` describes arguments, reply and refusals.
#[pg_extern(volatile)]
fn report_peer_no_show(
    p_session_id: Option<pgrx::Uuid>,
    p_reason: default!(Option<&str>, "NULL"),
) -> Result<Json, ErrorReport> {
    let call = Call {
        rpc: "report_peer_no_show",
        client_id: None,
        practitioner_id: None,
        session_id: p_session_id.map(uuid),
    };
    let reply = answer(call.session_id, p_reason).or_else(|error| error.reply(reply::refused::plainly))?;
    Ok(refusal_log::remember(&call, reply)?)
}

fn answer(session_id: Option<Uuid>, reason: Option<&str>) -> Result<Reply, Error> {
    let caller = Caller::current()?;
    let session_id = required("p_session_id", session_id)?;
    let reason = optional_text("p_reason", reason, MAX_REASON_CHARACTERS)?;
    let terms = settings::settlement_terms();
    let check = |session: &Session, state: &State| {
        caller.require_may_act_for_one_of(&[session.client_id, session.practitioner_id])?;
        let side = side_of(caller, session);
        Ok(state.was_reported_by(side) || side == Side::Practitioner && state.was_contradicted())
    };
    as_guarded_owner(|connection| {
        settle_one(
            connection,
            session_id,
            caller.person_id(),
            reason,
            |status| Refusal::NotReportable { status },
            check,
            |session, facts| settlement::report(side_of(caller, session), facts, &terms),
        )
    })
}

/// The side for which the caller speaks.
pub fn side_of(caller: Caller, session: &Session) -> Side {
    match caller {
        Caller::Person(id) if session.client_id == Some(id) => Side::Client,
        Caller::Person(_) | Caller::Service => Side::Practitioner,
    }
}
