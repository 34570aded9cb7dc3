//! Sessions as they stand in somebody's calendar, and the clocks that she reads them by.

use super::columns;
use super::people::{self, People};
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, uuid};
use crate::postgres::statement::{Connection, Row, run, statements};
use chrono::Datelike;
use peer_exchange_rules::calendar::Event;
use peer_exchange_rules::calendar::zone::{ClockChange, Zones};
use peer_exchange_rules::place::Place;
use peer_exchange_rules::session_page;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

statements! {
    SESSION = Reads concat!(
        "select ",
        columns::session_type!(),
        include_str!("../../sql/query/written_places.sql"),
        include_str!("../../sql/query/calendar_sessions.sql"),
        " where session.id = $2");
    LATEST = Reads concat!(
        "select ",
        columns::session_type!(),
        include_str!("../../sql/query/written_places.sql"),
        include_str!("../../sql/query/calendar_sessions.sql"),
        include_str!("../../sql/query/calendar_feed_sessions.sql"));
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
    let rows: Vec<Row<'_>> = run(connection, &SESSION, &arguments)?.collect();
    Ok(events(connection, &rows, page)?.pop())
}

/// Her sessions of the last ninety days and those to come, so many at most.
pub fn latest(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    limit: i64,
    page: &str,
) -> Result<Vec<Event>, Fault> {
    let arguments = [sql_uuid(person_id).into(), limit.into()];
    let rows: Vec<Row<'_>> = run(connection, &LATEST, &arguments)?.collect();
    events(connection, &rows, page)
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

fn events(connection: &mut Connection<'_>, rows: &[Row<'_>], page: &str) -> Result<Vec<Event>, Fault> {
    let mut ids = BTreeSet::new();
    for row in rows {
        ids.extend(person_id(row, "counterpart_id")?);
        ids.extend(person_id(row, "therapist_id")?);
    }
    let people = people::read(connection, &ids.into_iter().collect::<Vec<_>>())?;
    rows.iter().map(|row| event(row, &people, page)).collect()
}

fn event(row: &Row<'_>, people: &People, page: &str) -> Result<Event, Fault> {
    let id = uuid(row.required("id")?);
    let person = |column| Ok::<_, Fault>(person_id(row, column)?.and_then(|id| people.get(&id)).cloned());
    let practitioner = person("therapist_id")?;
    Ok(Event {
        time: columns::session_time(row, id)?,
        is_client: row.required("is_client")?,
        status: row.required("status")?,
        is_expired_hold: row.required("is_expired_hold")?,
        place: Place::of_session(columns::written_place(row)?, practitioner.as_ref()),
        counterpart: person("counterpart_id")?,
        practitioner,
        session_type: row.optional("session_type")?,
        notes: row.optional("notes")?,
        credit_cost: row.optional("credit_cost")?,
        url: session_page::address(page, id),
        moves: row.required("moves")?,
        changed_at: row.optional::<TimestampWithTimeZone>("changed_at")?.map(instant),
    })
}

fn person_id(row: &Row<'_>, column: &str) -> Result<Option<Uuid>, Fault> {
    Ok(row.optional(column)?.map(uuid))
}
