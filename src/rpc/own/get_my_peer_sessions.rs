//! `get_my_peer_sessions`: one's own peer sessions, and what can be done about each.

use crate::argument::page_size;
use crate::caller::Caller;
use crate::cursor::Position;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::json::Json;
use crate::reply::Reply;
use crate::reply::own;
use crate::settings;
use crate::store::peer_sessions::{self, Scope};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

const MAX_SESSIONS: i32 = 100;
const DEFAULT_SESSIONS: i32 = 20;

/// One page of the caller's own peer sessions; `docs/reference.md` describes arguments, reply and faults.
#[pg_extern(stable)]
fn get_my_peer_sessions(
    p_scope: default!(Option<&str>, "'upcoming'"),
    p_limit: default!(Option<i32>, "20"),
    p_before: default!(Option<&str>, "NULL"),
) -> Result<Json, ErrorReport> {
    Ok(answer(p_scope, p_limit, p_before)?.into())
}

fn answer(scope: Option<&str>, limit: Option<i32>, before: Option<&str>) -> Result<Reply, Fault> {
    let person_id = Caller::current()?.require_person()?;
    let terms = settings::terms()?;
    let scope = match scope {
        None | Some("upcoming") => Scope::Upcoming,
        Some("past") => Scope::Past,
        Some("all") => Scope::All,
        Some(_) => return Err(Fault::invalid_argument("p_scope must be upcoming, past or all")),
    };
    let before = Position::of_cursor("p_before", scope.list(), before)?;
    let limit = page_size("p_limit", limit.unwrap_or(DEFAULT_SESSIONS), MAX_SESSIONS)?;
    let page = as_owner(|connection| peer_sessions::load(connection, person_id, scope, before, limit))?;
    own::peer_sessions(&page, &terms)
}
