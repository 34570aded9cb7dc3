//! `set_working_hours`: when the caller gives sessions, and by whose clock.

use super::{caller, change, given, remembered};
use crate::argument::optional_text;
use crate::fault::Fault;
use crate::postgres::configuration;
use crate::postgres::json::{Json, JsonbText};
use crate::reply;
use crate::rpc::error::Error;
use crate::store::practices::{self, SessionToCome};
use peer_exchange_rules::schedule::{WorkingHours, publishable};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

const MAX_HOURS_CHARACTERS: usize = 100_000;
const MAX_TIME_ZONE_CHARACTERS: usize = 100;

/// Publishes working hours; `docs/reference.md` describes arguments, reply and faults.
#[pg_extern(volatile)]
fn set_working_hours(
    p_working_hours: Option<JsonbText>,
    p_timezone: Option<&str>,
) -> Result<Json, ErrorReport> {
    let caller_id = caller()?;
    let json = given("p_working_hours", p_working_hours)?.0;
    check(&json)?;
    let timezone = known_time_zone(p_timezone)?;
    let answer = change(caller_id, |connection, _| {
        practices::publish(connection, caller_id, &json, timezone)?;
        let practice = practices::stored(connection, caller_id)?;
        let to_come = practices::sessions_to_come(connection, caller_id, None, &practice.timezone)?;
        let outside = outside(to_come, &practice.working_hours)?;
        Ok(reply::practice::hours(&practice, &outside)?)
    });
    Ok(remembered("set_working_hours", caller_id, answer)?)
}

/// Faults where not all of it means something.
fn check(json: &str) -> Result<(), Fault> {
    if json.len() > MAX_HOURS_CHARACTERS {
        return Err(Fault::invalid_argument(format!(
            "p_working_hours must have at most {MAX_HOURS_CHARACTERS} characters"
        )));
    }
    match publishable(json) {
        Ok(_) => Ok(()),
        Err(reason) => Err(Fault::invalid_argument(reason.sentence()).with_hint(
            r#"Write {"monday": {"enabled": true, "hours": [{"start": "09:00", "end": "17:00"}]}, "exceptions": {"2026-12-24": []}}."#,
        )),
    }
}

/// A time zone that Postgres lists; blank counts as none of her own.
fn known_time_zone(timezone: Option<&str>) -> Result<Option<&str>, Fault> {
    let timezone = optional_text("p_timezone", timezone, MAX_TIME_ZONE_CHARACTERS)?.map(str::trim);
    match timezone {
        Some(name) if !configuration::is_time_zone(name) => {
            Err(Fault::invalid_argument(format!("{name:?} is no time zone"))
                .with_hint("Write a name that pg_timezone_names lists, such as Europe/London."))
        }
        _ => Ok(timezone),
    }
}

/// Those that were booked and would not be any more.
fn outside(to_come: Vec<SessionToCome>, hours: &WorkingHours) -> Result<Vec<SessionToCome>, Error> {
    let mut outside = Vec::new();
    for session in to_come {
        if !hours.cover(&session.slot).map_err(Fault::from)? {
            outside.push(session);
        }
    }
    Ok(outside)
}
