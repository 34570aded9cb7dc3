//! Sessions that somebody writes directly: what their guards ask.

use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_instant, sql_uuid, sql_uuids, uuid};
use crate::postgres::statement::{Connection, first_row, run, statements};
use peer_exchange_rules::schedule::Period;
use pgrx::datum::{Range, TimestampWithTimeZone};
use uuid::Uuid;

statements! {
    LOCK_WRITTEN_PARTIES = Writes include_str!("../../sql/query/lock_written_parties.sql");
    TIME_ZONE = Reads "select hours.timezone from peer_exchange.hours_of($1) as hours";
    ENGAGEMENTS_WITHIN = Writes include_str!("../../sql/query/engagements_within.sql");
    LATEST_SESSION_IN_THE_WAY = ReadsLatest include_str!("../../sql/query/latest_session_in_the_way.sql");
}

/// Locks people as a booking does, and says which of them there are.
pub fn lock_parties(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<Vec<Uuid>, Fault> {
    run(connection, &LOCK_WRITTEN_PARTIES, &[sql_uuids(ids).into()])?
        .map(|row| row.required("id").map(uuid))
        .collect()
}

/// The time zone that a practitioner has published, else the setting.
pub fn time_zone(connection: &mut Connection<'_>, practitioner_id: Uuid) -> Result<String, Fault> {
    first_row(run(connection, &TIME_ZONE, &[sql_uuid(practitioner_id).into()])?)
        .ok_or_else(|| Fault::invariant_violated("nobody knows a time zone"))?
        .required("timezone")
}

/// What a person has within a time, what this very statement has written so far included.
pub fn engagements_within(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    within: Period,
) -> Result<Vec<Period>, Fault> {
    let arguments = [
        sql_uuid(person_id).into(),
        sql_instant(within.starts_at)?.into(),
        sql_instant(within.ends_at)?.into(),
    ];
    run(connection, &ENGAGEMENTS_WITHIN, &arguments)?
        .map(|row| {
            Ok(Period {
                starts_at: instant(row.required("starts_at")?),
                ends_at: instant(row.required("ends_at")?),
            })
        })
        .collect()
}

/// A session that is written directly, as far as it may overlap others of its parties, who are locked.
pub struct Written {
    pub session_id: Option<Uuid>,
    pub practitioner_id: Option<Uuid>,
    pub client_id: Option<Uuid>,
    pub is_peer_booking: bool,
    pub during: Range<TimestampWithTimeZone>,
}

/// A fault where a party has another session at that time by now. That the transaction sees none was asked before.
pub fn require_nobody_unseen(connection: &mut Connection<'_>, written: Written) -> Result<(), Fault> {
    let arguments = [
        written.session_id.map(sql_uuid).into(),
        written.practitioner_id.map(sql_uuid).into(),
        written.client_id.map(sql_uuid).into(),
        written.is_peer_booking.into(),
        written.during.into(),
    ];
    match first_row(run(connection, &LATEST_SESSION_IN_THE_WAY, &arguments)?) {
        None => Ok(()),
        Some(_) => Err(Fault::outdated_view()),
    }
}
