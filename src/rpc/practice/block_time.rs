//! `block_time`: a time at which the caller gives no sessions.

use super::{caller, change, given, remembered};
use crate::argument::optional_text;
use crate::fault::Fault;
use crate::postgres::convert::instant;
use crate::postgres::json::Json;
use crate::reply;
use crate::store::practices::{self, Block};
use chrono::{DateTime, Datelike, Utc};
use peer_exchange_rules::schedule::Period;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

const MAX_TITLE_CHARACTERS: usize = 200;
/// What a block is called that has no name; an application may want every event to have one.
const UNTITLED: &str = "Unavailable";

/// Blocks a time in the caller's calendar; `docs/reference.md` describes arguments, reply and faults.
#[pg_extern(volatile)]
fn block_time(
    p_starts_at: Option<TimestampWithTimeZone>,
    p_ends_at: Option<TimestampWithTimeZone>,
    p_title: default!(Option<&str>, "NULL"),
) -> Result<Json, ErrorReport> {
    let caller_id = caller()?;
    let period = Period {
        starts_at: in_the_calendar("p_starts_at", p_starts_at)?,
        ends_at: in_the_calendar("p_ends_at", p_ends_at)?,
    };
    if period.ends_at <= period.starts_at {
        return Err(Fault::invalid_argument("p_ends_at must be after p_starts_at").into());
    }
    let title = optional_text("p_title", p_title, MAX_TITLE_CHARACTERS)?.map_or(UNTITLED, str::trim);
    let answer = change(caller_id, |connection, _| {
        let block = Block {
            event_id: practices::block(connection, caller_id, &period, title)?,
            title: Some(title.to_owned()),
            period,
        };
        let practice = practices::stored(connection, caller_id)?;
        let within = practices::sessions_to_come(connection, caller_id, Some(period), &practice.timezone)?;
        Ok(reply::practice::blocked(&block, &within)?)
    });
    Ok(remembered("block_time", caller_id, answer)?)
}

/// An instant of a year with four digits.
fn in_the_calendar(parameter: &str, argument: Option<TimestampWithTimeZone>) -> Result<DateTime<Utc>, Fault> {
    let instant = instant(given(parameter, argument)?);
    if !(1..=9999).contains(&instant.year()) {
        return Err(Fault::invalid_argument(format!(
            "{parameter} must lie in the years 1 to 9999"
        )));
    }
    Ok(instant)
}
