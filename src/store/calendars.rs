//! Sessions as they stand in somebody's calendar, and the clocks that she reads them by.

use super::columns;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, uuid};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use chrono::Datelike;
use peer_exchange_rules::calendar::Event;
use peer_exchange_rules::calendar::zone::{ClockChange, Zones};
use peer_exchange_rules::session_page;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

statements! {
    SESSION = Reads concat!(
        include_str!("../../sql/query/calendar_sessions.sql"),
        " where session.id = $2");
    CLOCK_CHANGES = Reads include_str!("../../sql/query/clock_changes.sql");
}

/// A session of this person's; `None` where it is none of hers. `page` is the template of its address.
pub fn session(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    session_id: Uuid,
    page: &str,
) -> Result<Option<Event>, Fault> {
    let arguments = [sql_uuid(person_id).into(), sql_uuid(session_id).into()];
    first_row(run(connection, &SESSION, &arguments)?)
        .map(|row| event(&row, page))
        .transpose()
}

/// The time zones of these sessions, in the years in which they lie.
pub fn zones(connection: &mut Connection<'_>, events: &[Event]) -> Result<Zones, Fault> {
    let mut wanted = BTreeSet::new();
    for event in events {
        if let Some((starts_at, ends_at)) = event.span() {
            wanted.insert((event.time.timezone.as_str(), starts_at.year()));
            wanted.insert((event.time.timezone.as_str(), ends_at.year()));
        }
    }
    let (names, years): (Vec<&str>, Vec<i32>) = wanted.into_iter().unzip();
    let mut changes: BTreeMap<String, Vec<ClockChange>> = BTreeMap::new();
    for row in run(connection, &CLOCK_CHANGES, &[names.into(), years.into()])? {
        changes
            .entry(row.required("timezone")?)
            .or_default()
            .push(ClockChange {
                at: instant(row.required("at")?),
                offset_seconds: row.required("offset_seconds")?,
            });
    }
    Ok(Zones::of(changes))
}

fn event(row: &Row<'_>, page: &str) -> Result<Event, Fault> {
    let id = uuid(row.required("id")?);
    Ok(Event {
        time: columns::session_time(row, id)?,
        is_client: row.required("is_client")?,
        status: row.required("status")?,
        is_expired_hold: row.required("is_expired_hold")?,
        other_party_name: row.required("other_party_name")?,
        practitioner_name: row.required("practitioner_name")?,
        practitioner_email: row.optional("practitioner_email")?,
        session_type: row.optional("session_type")?,
        notes: row.optional("notes")?,
        credit_cost: row.optional("credit_cost")?,
        url: session_page::address(page, id),
        moves: row.required("moves")?,
        changed_at: row.optional::<TimestampWithTimeZone>("changed_at")?.map(instant),
    })
}
