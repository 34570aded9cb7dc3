//! `get_credit_statement`: one's own movements of credits, newest first.

use crate::argument::page_size;
use crate::caller::Caller;
use crate::cursor::Position;
use crate::fault::Fault;
use crate::postgres::as_owner;
use crate::postgres::convert::{date, uuid};
use crate::postgres::json::Json;
use crate::reply::Reply;
use crate::reply::own;
use crate::store::credit_statements::{self, Extract};
use peer_exchange_rules::credit_statement::KINDS;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

const MAX_ENTRIES: i32 = 200;
const DEFAULT_ENTRIES: i32 = 50;

/// One page of the caller's own statement; `docs/reference.md` describes arguments, reply and faults.
#[pg_extern(stable)]
fn get_credit_statement(
    p_from: default!(Option<pgrx::datum::Date>, "NULL"),
    p_to: default!(Option<pgrx::datum::Date>, "NULL"),
    p_limit: default!(Option<i32>, "50"),
    p_before: default!(Option<&str>, "NULL"),
    p_kind: default!(Option<&str>, "NULL"),
    p_counterpart_id: default!(Option<pgrx::Uuid>, "NULL"),
) -> Result<Json, ErrorReport> {
    Ok(answer(p_from, p_to, p_limit, p_before, p_kind, p_counterpart_id)?.into())
}

fn answer(
    from: Option<pgrx::datum::Date>,
    to: Option<pgrx::datum::Date>,
    limit: Option<i32>,
    before: Option<&str>,
    kind: Option<&str>,
    counterpart_id: Option<pgrx::Uuid>,
) -> Result<Reply, Fault> {
    let person_id = Caller::current()?.require_person()?;
    let extract = Extract {
        first_day: from.map(date),
        last_day: to.map(date),
        before: Position::of_cursor("p_before", credit_statements::LIST, before)?,
        limit: page_size("p_limit", limit.unwrap_or(DEFAULT_ENTRIES), MAX_ENTRIES)?,
        kind: known_kind(kind)?,
        counterpart_id: counterpart_id.map(uuid),
    };
    if let (Some(first), Some(last)) = (extract.first_day, extract.last_day)
        && first > last
    {
        return Err(Fault::invalid_argument("p_from must not be after p_to"));
    }
    let statement = as_owner(|connection| credit_statements::load(connection, person_id, &extract))?;
    own::credit_statement(&statement)
}

/// Blank counts as none.
fn known_kind(kind: Option<&str>) -> Result<Option<&'static str>, Fault> {
    let Some(kind) = kind.map(str::trim).filter(|kind| !kind.is_empty()) else {
        return Ok(None);
    };
    KINDS
        .into_iter()
        .find(|known| *known == kind)
        .map(Some)
        .ok_or_else(|| {
            let (last, others) = KINDS.split_last().expect("there are some");
            Fault::invalid_argument(format!("p_kind must be {} or {last}", others.join(", ")))
        })
}
