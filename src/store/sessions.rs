//! Sessions: made, charged, locked, moved, cancelled.

use super::bookings::LocalStart;
use super::columns;
use crate::domain::booking::{Booking, Receipt};
use crate::domain::notification::Occasion;
use crate::domain::schedule::Period;
use crate::fault::Fault;
use crate::postgres::convert::{
    date, instant, sql_date, sql_instant, sql_time, sql_uuid, sql_uuids, time, uuid,
};
use crate::postgres::own_writes::OwnWrite;
use crate::postgres::statement::{Connection, Row, Statement, first_row, run, statements};
use crate::postgres::unique_rules;
use crate::settings;
use chrono::{DateTime, Utc};
use pgrx::datum::{DatumWithOid, Interval, TimestampWithTimeZone};
use std::ffi::CStr;
use std::thread::LocalKey;
use uuid::Uuid;

statements! {
    SESSION_BY_KEY = Writes include_str!("../../sql/query/session_by_key.sql");
    RECEIPT = Writes include_str!("../../sql/query/receipt.sql");
    INSERT_SESSION = Writes concat!(
        include_str!("../../sql/query/insert_session.sql"),
        include_str!("../../sql/query/session_as_stored.sql"));
    INSERT_SESSION_UNLESS_TAKEN = Writes concat!(
        include_str!("../../sql/query/insert_session.sql"),
        " on conflict do nothing ",
        include_str!("../../sql/query/session_as_stored.sql"));
    CHARGE_SESSION = Writes concat!(
        include_str!("../../sql/query/charge_session.sql"),
        include_str!("../../sql/query/session_as_stored.sql"));
    MOVE_SESSION = Writes concat!(
        include_str!("../../sql/query/move_session.sql"),
        include_str!("../../sql/query/session_as_stored.sql"));
    SESSION = Writes include_str!("../../sql/query/session.sql");
    LOCKED_SESSION = Writes concat!(include_str!("../../sql/query/session.sql"), " for no key update of session");
    CANCEL_SESSION = Writes include_str!("../../sql/query/cancel_session.sql");
    RELEASE_HOLDS = Writes include_str!("../../sql/query/release_holds.sql");
    LOCK_SESSIONS_OF_LEAVER = Writes include_str!("../../sql/query/lock_sessions_of_leaver.sql");
    LOCK_ORPHANS = Writes include_str!("../../sql/query/lock_orphans.sql");
    CANCEL_ORPHANS = Writes include_str!("../../sql/query/cancel_orphans.sql");
    STALE_SESSIONS = Writes include_str!("../../sql/query/stale_sessions.sql");
    REFRESH_OCCUPANCY = Writes include_str!("../../sql/query/refresh_occupancy.sql");
}

/// A session as it stands, locked.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: Uuid,
    pub practitioner_id: Option<Uuid>,
    pub client_id: Option<Uuid>,
    pub is_peer_booking: bool,
    pub status: String,
    pub occasion: Occasion,
    pub starts_at: DateTime<Utc>,
    pub has_begun: bool,
}

impl Session {
    pub fn start(&self) -> LocalStart {
        LocalStart {
            session_date: self.occasion.session_date,
            start_time: self.occasion.start_time,
        }
    }
}

/// What a client says of a session beyond when and with whom it is.
#[derive(Debug, Clone, Copy)]
pub struct Particulars<'a> {
    pub session_type: &'a str,
    pub notes: Option<&'a str>,
    pub product_id: Option<Uuid>,
    pub idempotency_key: Option<&'a str>,
    pub idempotency_digest: Option<Uuid>,
}

/// The session that this client made under this key, and the digest of what was asked for.
pub fn find_by_key(
    connection: &mut Connection<'_>,
    client_id: Uuid,
    idempotency_key: &str,
) -> Result<Option<(Uuid, Option<Uuid>)>, Fault> {
    let arguments = [sql_uuid(client_id).into(), idempotency_key.into()];
    let Some(row) = first_row(run(connection, &SESSION_BY_KEY, &arguments)?) else {
        return Ok(None);
    };
    let digest = row.optional("idempotency_digest")?.map(uuid);
    Ok(Some((uuid(row.required("id")?), digest)))
}

/// How a session was charged; `None` where it never was.
pub fn receipt(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Option<Receipt>, Fault> {
    first_row(run(connection, &RECEIPT, &[sql_uuid(session_id).into()])?)
        .map(|row| columns::receipt(&row))
        .transpose()
}

/// What of a session is decided on, and must be stored so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Terms {
    practitioner_id: Option<Uuid>,
    client_id: Option<Uuid>,
    is_peer_booking: bool,
    occasion: Occasion,
    period: Option<Period>,
}

/// A session as it is stored, whatever a trigger of the application made of it.
struct Stored {
    terms: Terms,
    status: String,
}

impl Stored {
    fn read(row: &Row<'_>) -> Result<Self, Fault> {
        let starts_at = row.optional("starts_at")?.map(instant);
        let ends_at = row.optional("ends_at")?.map(instant);
        Ok(Stored {
            terms: Terms {
                practitioner_id: row.optional("therapist_id")?.map(uuid),
                client_id: row.optional("client_id")?.map(uuid),
                is_peer_booking: row.required("is_peer_booking")?,
                occasion: Occasion {
                    session_id: uuid(row.required("id")?),
                    session_date: date(row.required("session_date")?),
                    start_time: time(row.required("start_time")?),
                    duration_minutes: row.required("duration_minutes")?,
                },
                period: starts_at
                    .zip(ends_at)
                    .map(|(starts_at, ends_at)| Period { starts_at, ends_at }),
            },
            status: row.required("status")?,
        })
    }

    /// A fault where it is not what was decided.
    fn if_decided(self, decided: &Terms) -> Result<Self, Fault> {
        match self.terms == *decided {
            true => Ok(self),
            false => Err(Fault::meddled("a session was not written as it was decided")),
        }
    }
}

/// A session that has been made: its id, which a trigger may have set, and its status.
pub struct Made {
    pub session_id: Uuid,
    pub status: String,
}

/// Rules of ours, which the decision has asked under the locks.
const ASKED_BEFORE: [&CStr; 2] = [
    c"client_sessions_no_overlap",
    c"client_sessions_idempotency_key_idx",
];

/// Makes the session; `None` where an index of the application's own holds the slot, or a trigger of its own
/// turns the session away.
pub fn insert(
    connection: &mut Connection<'_>,
    occasion: &Occasion,
    period: &Period,
    particulars: &Particulars<'_>,
    booking: &Booking,
) -> Result<Option<Made>, Fault> {
    let (practitioner_id, client_id) = (booking.practitioner.id, booking.client.id);
    let arguments = [
        sql_uuid(occasion.session_id).into(),
        sql_uuid(practitioner_id).into(),
        sql_uuid(client_id).into(),
        booking.client.name.as_str().into(),
        booking.client.email.as_deref().into(),
        sql_date(occasion.session_date)?.into(),
        sql_time(occasion.start_time)?.into(),
        booking.duration_minutes.into(),
        particulars.session_type.into(),
        particulars.notes.into(),
        particulars.product_id.map(sql_uuid).into(),
        booking.credit_cost.into(),
        particulars.idempotency_key.into(),
        particulars.idempotency_digest.map(sql_uuid).into(),
        sql_instant(period.starts_at)?.into(),
        sql_instant(period.ends_at)?.into(),
    ];
    let statement = match may_be_taken(booking)? {
        true => &INSERT_SESSION_UNLESS_TAKEN,
        false => &INSERT_SESSION,
    };
    let own_write = OwnWrite::making(practitioner_id, client_id);
    let inserted = first_row(run(connection, statement, &arguments)?);
    drop(own_write);
    let Some(row) = inserted else { return Ok(None) };
    let stored = Stored::read(&row)?;
    let session_id = stored.terms.occasion.session_id;
    let decided = Terms {
        practitioner_id: Some(practitioner_id),
        client_id: Some(client_id),
        is_peer_booking: true,
        occasion: Occasion {
            session_id,
            ..*occasion
        },
        period: Some(*period),
    };
    let status = stored.if_decided(&decided)?.status;
    Ok(Some(Made { session_id, status }))
}

/// Whether the slot may be taken after all, so that the server is asked before it inserts: that costs a second look into
/// every index. Where a rule is deferrable it can't be asked, and what breaks a rule is a fault.
fn may_be_taken(booking: &Booking) -> Result<bool, Fault> {
    let rules = unique_rules::of(c"client_sessions", &ASKED_BEFORE)?;
    let is_unasked = rules.has_others
        // Somebody may be paying for the hold right now.
        || !booking.expired_holds.is_empty()
        // What was asked may have changed since the transaction's one moment.
        || unique_rules::uses_transaction_snapshot();
    Ok(is_unasked && !rules.has_deferrable)
}

/// Marks a session that its client inserted as charged, and returns its status.
pub fn charge(
    connection: &mut Connection<'_>,
    session: &Session,
    period: &Period,
    booking: &Booking,
) -> Result<String, Fault> {
    let arguments = [
        sql_uuid(session.id).into(),
        booking.credit_cost.into(),
        booking.duration_minutes.into(),
        sql_instant(period.starts_at)?.into(),
        sql_instant(period.ends_at)?.into(),
    ];
    let occasion = Occasion {
        duration_minutes: booking.duration_minutes,
        ..session.occasion
    };
    let is_over = session.status == "completed";
    let period = (!is_over).then_some(*period);
    write(connection, &CHARGE_SESSION, &arguments, session, occasion, period)
}

/// Moves a session; `period` is the time that it takes there.
pub fn carry_out_move(
    connection: &mut Connection<'_>,
    session: &Session,
    target: Occasion,
    period: &Period,
) -> Result<(), Fault> {
    let arguments = [
        sql_uuid(session.id).into(),
        sql_date(target.session_date)?.into(),
        sql_time(target.start_time)?.into(),
        sql_instant(period.starts_at)?.into(),
        sql_instant(period.ends_at)?.into(),
    ];
    write(
        connection,
        &MOVE_SESSION,
        &arguments,
        session,
        target,
        Some(*period),
    )
    .map(drop)
}

/// Changes when a session takes place, and returns its status.
fn write(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    arguments: &[DatumWithOid<'_>],
    session: &Session,
    occasion: Occasion,
    period: Option<Period>,
) -> Result<String, Fault> {
    let own_write = OwnWrite::changing(&[session.id]);
    let written = first_row(run(connection, statement, arguments)?);
    drop(own_write);
    let row = written.ok_or_else(|| Fault::meddled("a session can't be changed"))?;
    let decided = Terms {
        practitioner_id: session.practitioner_id,
        client_id: session.client_id,
        is_peer_booking: session.is_peer_booking,
        occasion,
        period,
    };
    Ok(Stored::read(&row)?.if_decided(&decided)?.status)
}

/// Locks a session; `None` where there is none.
pub fn lock(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Option<Session>, Fault> {
    select(connection, &LOCKED_SESSION, session_id)
}

/// A session that is locked already, by the statement whose trigger asks.
pub fn load(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Option<Session>, Fault> {
    select(connection, &SESSION, session_id)
}

fn select(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    session_id: Uuid,
) -> Result<Option<Session>, Fault> {
    let arguments = [sql_uuid(session_id).into(), settings::default_time_zone()?.into()];
    let Some(row) = first_row(run(connection, statement, &arguments)?) else {
        return Ok(None);
    };
    Ok(Some(Session {
        id: session_id,
        practitioner_id: row.optional("therapist_id")?.map(uuid),
        client_id: row.optional("client_id")?.map(uuid),
        is_peer_booking: row.required("is_peer_booking")?,
        status: row.required("status")?,
        occasion: Occasion {
            session_id,
            session_date: date(row.required("session_date")?),
            start_time: time(row.required("start_time")?),
            duration_minutes: row.required("duration_minutes")?,
        },
        starts_at: instant(row.required("starts_at")?),
        has_begun: row.required("has_begun")?,
    }))
}

/// Marks a session as cancelled and frees its slot.
pub fn cancel(
    connection: &mut Connection<'_>,
    session_id: Uuid,
    cancelled_by: Option<Uuid>,
    reason: &str,
    payment_status: Option<&str>,
) -> Result<(), Fault> {
    let arguments = [
        sql_uuid(session_id).into(),
        cancelled_by.map(sql_uuid).into(),
        reason.into(),
        payment_status.into(),
    ];
    let own_write = OwnWrite::cancelling(&[session_id]);
    let cancelled = first_row(run(connection, &CANCEL_SESSION, &arguments)?);
    drop(own_write);
    let status: Option<String> = cancelled.map(|row| row.required("status")).transpose()?;
    match status.as_deref() {
        Some("cancelled") => Ok(()),
        _ => Err(Fault::meddled("a session can't be cancelled")),
    }
}

/// Gives up the slots of sessions whose payment is overdue, but of those that somebody is changing
/// right now.
pub fn release_holds(connection: &mut Connection<'_>, session_ids: &[Uuid]) -> Result<(), Fault> {
    let _own_write = OwnWrite::changing(session_ids);
    run(connection, &RELEASE_HOLDS, &[sql_uuids(session_ids).into()])?;
    Ok(())
}

/// Locks the peer sessions of a person who leaves, on either side: those that have not begun, or, of
/// one who is deleted, all.
pub fn lock_of_leaver(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    is_deleted: bool,
) -> Result<Vec<Uuid>, Fault> {
    let arguments = [
        sql_uuid(person_id).into(),
        settings::default_time_zone()?.into(),
        is_deleted.into(),
    ];
    ids(connection, &LOCK_SESSIONS_OF_LEAVER, &arguments)
}

/// Cancels peer sessions that nobody charged within this time, and returns them.
pub fn cancel_orphans(connection: &mut Connection<'_>, older_than: Interval) -> Result<Vec<Uuid>, Fault> {
    let found = ids(connection, &LOCK_ORPHANS, &[older_than.into()])?;
    let _own_write = OwnWrite::cancelling(&found);
    ids(connection, &CANCEL_ORPHANS, &[sql_uuids(&found).into()])
}

/// So many sessions are brought in line at once.
const REFRESHED_AT_ONCE: usize = 1_000;

/// Brings the occupied time of every session in line with the session.
pub fn refresh_occupancy(connection: &mut Connection<'_>) -> Result<(), Fault> {
    let stale = run(connection, &STALE_SESSIONS, &[])?
        .map(|row| {
            let starts_at: Option<TimestampWithTimeZone> = row.optional("starts_at")?;
            let ends_at: Option<TimestampWithTimeZone> = row.optional("ends_at")?;
            Ok((row.required::<pgrx::Uuid>("id")?, starts_at, ends_at))
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    for batch in stale.chunks(REFRESHED_AT_ONCE) {
        let session_ids: Vec<pgrx::Uuid> = batch.iter().map(|(id, ..)| *id).collect();
        let own_ids: Vec<Uuid> = session_ids.iter().copied().map(uuid).collect();
        let starts: Vec<_> = batch.iter().map(|(_, starts_at, _)| *starts_at).collect();
        let ends: Vec<_> = batch.iter().map(|(.., ends_at)| *ends_at).collect();
        let _own_write = OwnWrite::changing(&own_ids);
        let arguments = [session_ids.into(), starts.into(), ends.into()];
        if run(connection, &REFRESH_OCCUPANCY, &arguments)?.len() != batch.len() {
            return Err(Fault::meddled("the time that a session takes can't be written"));
        }
    }
    Ok(())
}

fn ids(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    arguments: &[DatumWithOid<'_>],
) -> Result<Vec<Uuid>, Fault> {
    run(connection, statement, arguments)?
        .map(|row| row.required("id").map(uuid))
        .collect()
}
