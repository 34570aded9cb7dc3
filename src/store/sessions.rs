//! Sessions: found, locked, cancelled. `session_writes` makes, charges and moves them.

use super::as_decided::{self, keeps_but_for_status};
use super::columns;
use crate::fault::Fault;
use crate::postgres::apart;
use crate::postgres::convert::{instant, sql_instant, sql_uuid, sql_uuids, uuid, wall_clock};
use crate::postgres::isolation;
use crate::postgres::own_writes::{OwnWrite, Payment};
use crate::postgres::statement::{Connection, Row, Statement, first_row, run, statements};
use chrono::{DateTime, NaiveDateTime, Utc};
use peer_exchange_rules::booking::{BookingRequest, Receipt};
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::request::Request;
use peer_exchange_rules::session_time::SessionTime;
use peer_exchange_rules::status;
use pgrx::datum::{DatumWithOid, Interval, Timestamp, TimestampWithTimeZone};
use std::collections::{BTreeMap, BTreeSet};
use std::thread::LocalKey;
use uuid::Uuid;

/// Sessions in the order of their ids, so that locks are always taken in it.
macro_rules! sessions {
    ($wanted:literal, $lock:literal) => {
        concat!(
            include_str!("../../sql/query/session.sql"),
            $wanted,
            include_str!("../../sql/query/wanted_sessions.sql"),
            $lock,
            include_str!("../../sql/query/session_time.sql")
        )
    };
}

/// The status is a literal, so that it fits a text column and an enum alike.
macro_rules! cancel_sessions {
    ($status:literal) => {
        concat!(
            "update public.client_sessions as session set status = '",
            $status,
            "',\n",
            keeps_but_for_status!(
                include_str!("../../sql/query/cancel_sessions.sql"),
                "session",
                "terms",
                "judgement"
            )
        )
    };
}

statements! {
    SESSION_BY_KEY = Writes include_str!("../../sql/query/session_by_key.sql");
    FIRST_CHARGE = Writes concat!(
        include_str!("../../sql/query/receipt.sql"),
        include_str!("../../sql/query/first_charge.sql"));
    CHARGE_OF_ACCEPTANCE = Writes concat!(
        include_str!("../../sql/query/receipt.sql"),
        include_str!("../../sql/query/charge_of_acceptance.sql"));
    CHARGE_IN_FORCE = Writes concat!(
        include_str!("../../sql/query/receipt.sql"),
        include_str!("../../sql/query/charge_in_force.sql"));
    LOCKED_SESSION = Writes sessions!("(values ($1, $2))", "for no key update of session");
    LOCKED_SESSIONS = Writes sessions!("unnest($1, $2)", "for no key update of session");
    SEEN_SESSION = Reads sessions!("(values ($1, $2))", "");
    SESSION = Writes sessions!("(values ($1, $2))", "");
    SESSIONS = Writes sessions!("unnest($1, $2)", "");
    CANCEL_SESSIONS = Writes cancel_sessions!("cancelled");
    DECLINE_SESSIONS = Writes cancel_sessions!("declined");
    LOCK_EXPIRED_HOLDS = Writes include_str!("../../sql/query/lock_expired_holds.sql");
    RELEASE_HOLDS = Writes keeps_but_for_status!(
        include_str!("../../sql/query/release_holds.sql"), "session", "terms", "judgement");
    LOCK_SESSIONS_OF_DEPARTING_PERSON = Writes concat!(
        include_str!("../../sql/query/sessions_of_departing_person.sql"),
        " for no key update of session");
    LATEST_SESSIONS_OF_DEPARTING_PERSON = ReadsLatest include_str!("../../sql/query/sessions_of_departing_person.sql");
    LOCK_ORPHANS = Writes include_str!("../../sql/query/lock_orphans.sql");
    FORGET_AWAITED_CHARGES = Writes include_str!("../../sql/query/forget_awaited_charges.sql");
    ORPHANS = Writes include_str!("../../sql/query/orphans.sql");
    CANCEL_ORPHANS = Writes keeps_but_for_status!(
        include_str!("../../sql/query/cancel_orphans.sql"), "session", "terms", "judgement");
}

/// A session as it stands, locked.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: Uuid,
    pub practitioner_id: Option<Uuid>,
    pub client_id: Option<Uuid>,
    pub product_id: Option<Uuid>,
    pub is_peer_booking: bool,
    pub status: String,
    pub time: SessionTime,
    /// What its row says of its start, which is not what a clock shows then where it skips that.
    pub written_start: Option<NaiveDateTime>,
    pub has_begun: bool,
    /// What is known of it as a request; `None` where it was booked at once.
    pub request: Option<Request>,
}

impl Session {
    /// What a move asks for again: what was paid for stays as it is, whatever is offered by now.
    pub fn kept_request(&self) -> Result<BookingRequest, Refusal> {
        Ok(BookingRequest {
            client_id: self.client_id.ok_or(Refusal::ClientNotFound)?,
            practitioner_id: self.practitioner_id.ok_or(Refusal::PractitionerNotFound)?,
            duration_minutes: self.time.duration_minutes,
            product_id: None,
        })
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

/// A session that was made under a key.
pub struct EarlierSession {
    pub id: Uuid,
    /// What was asked for then.
    pub digest: Option<Uuid>,
    pub made_at: TimestampWithTimeZone,
    /// Until when it waited, where it was asked for.
    pub expires_at: Option<DateTime<Utc>>,
}

/// The session that this client made under this key.
pub fn find_by_key(
    connection: &mut Connection<'_>,
    client_id: Uuid,
    idempotency_key: &str,
) -> Result<Option<EarlierSession>, Fault> {
    let arguments = [sql_uuid(client_id).into(), idempotency_key.into()];
    let Some(row) = first_row(run(connection, &SESSION_BY_KEY, &arguments)?) else {
        return Ok(None);
    };
    Ok(Some(EarlierSession {
        id: uuid(row.required("id")?),
        digest: row.optional("idempotency_digest")?.map(uuid),
        made_at: row.required("made_at")?,
        expires_at: row.optional("expires_at")?.map(instant),
    }))
}

/// How a session was charged at first; `None` where it never was.
pub fn first_charge(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Option<Receipt>, Fault> {
    receipt(connection, &FIRST_CHARGE, session_id)
}

/// What the acceptance of a request is answered with for ever: its payment, or, where that waited for completion, its hold.
pub fn charge_of_acceptance(
    connection: &mut Connection<'_>,
    session_id: Uuid,
) -> Result<Option<Receipt>, Fault> {
    receipt(connection, &CHARGE_OF_ACCEPTANCE, session_id)
}

/// How a session was charged last; `None` where the ledger says that nothing of it is paid any more.
pub fn charge_in_force(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Option<Receipt>, Fault> {
    receipt(connection, &CHARGE_IN_FORCE, session_id)
}

fn receipt(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    session_id: Uuid,
) -> Result<Option<Receipt>, Fault> {
    first_row(run(connection, statement, &[sql_uuid(session_id).into()])?)
        .map(|row| columns::receipt(&row))
        .transpose()
}

/// Locks a session; `None` where there is none.
pub fn lock(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Option<Session>, Fault> {
    select_one(connection, &LOCKED_SESSION, session_id)
}

/// The same for many at once, in the order of their ids.
pub fn lock_all(connection: &mut Connection<'_>, session_ids: &[Uuid]) -> Result<Vec<Session>, Fault> {
    let no_former_starts: Vec<Option<TimestampWithTimeZone>> = vec![None; session_ids.len()];
    let arguments = [sql_uuids(session_ids).into(), no_former_starts.into()];
    select(connection, &LOCKED_SESSIONS, &arguments)
}

/// A session as it is seen, for what only reads.
pub fn read(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Option<Session>, Fault> {
    select_one(connection, &SEEN_SESSION, session_id)
}

/// A session that is locked already, by the statement whose trigger asks.
pub fn load(connection: &mut Connection<'_>, session_id: Uuid) -> Result<Option<Session>, Fault> {
    select_one(connection, &SESSION, session_id)
}

/// The same for many at once, in the order of their ids; beside each, when it was to begin where its row says so no longer.
pub fn load_all(
    connection: &mut Connection<'_>,
    former_starts: &BTreeMap<Uuid, Option<DateTime<Utc>>>,
) -> Result<Vec<Session>, Fault> {
    let session_ids: Vec<Uuid> = former_starts.keys().copied().collect();
    let former_starts: Vec<Option<TimestampWithTimeZone>> = (former_starts.values())
        .map(|start| start.map(sql_instant).transpose())
        .collect::<Result<_, _>>()?;
    let arguments = [sql_uuids(&session_ids).into(), former_starts.into()];
    select(connection, &SESSIONS, &arguments)
}

fn select_one(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    session_id: Uuid,
) -> Result<Option<Session>, Fault> {
    let no_former_start: Option<TimestampWithTimeZone> = None;
    let arguments = [sql_uuid(session_id).into(), no_former_start.into()];
    Ok(select(connection, statement, &arguments)?.pop())
}

fn select(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    arguments: &[DatumWithOid<'_>],
) -> Result<Vec<Session>, Fault> {
    run(connection, statement, arguments)?
        .map(|row| session(&row))
        .collect()
}

fn session(row: &Row<'_>) -> Result<Session, Fault> {
    let id = uuid(row.required("id")?);
    Ok(Session {
        id,
        practitioner_id: row.optional("therapist_id")?.map(uuid),
        client_id: row.optional("client_id")?.map(uuid),
        product_id: row.optional("product_id")?.map(uuid),
        is_peer_booking: row.required("is_peer_booking")?,
        status: row.required("status")?,
        time: columns::session_time(row, id)?,
        written_start: row.optional::<Timestamp>("written_start")?.map(wall_clock),
        has_begun: row.required("has_begun")?,
        request: columns::request(row)?,
    })
}

/// Marks sessions as cancelled, or requests as declined, and frees their slots.
pub fn cancel(
    connection: &mut Connection<'_>,
    session_ids: &[Uuid],
    status: &'static str,
    cancelled_by: Option<Uuid>,
    reason: &str,
    payment_status: Option<&'static str>,
) -> Result<(), Fault> {
    let arguments = [
        sql_uuids(session_ids).into(),
        cancelled_by.map(sql_uuid).into(),
        reason.into(),
    ];
    let payment = Payment {
        payment_status,
        credit_cost: None,
    };
    let statement = match status {
        status::DECLINED => &DECLINE_SESSIONS,
        _ => &CANCEL_SESSIONS,
    };
    let own_write = OwnWrite::settling(session_ids, payment);
    let written = run(connection, statement, &arguments)?;
    drop(own_write);
    as_decided::require(written, session_ids.len(), status, "a session can't be cancelled")
}

/// Gives up the slots of sessions whose payment or approval is overdue, but of those that somebody is changing
/// right now.
pub fn release_holds(connection: &mut Connection<'_>, session_ids: &[Uuid]) -> Result<(), Fault> {
    if session_ids.is_empty() {
        return Ok(());
    }
    let expired = ids(connection, &LOCK_EXPIRED_HOLDS, &[sql_uuids(session_ids).into()])?;
    let own_write = OwnWrite::settling(&expired, Payment::default());
    let released = run(connection, &RELEASE_HOLDS, &[sql_uuids(&expired).into()])?;
    drop(own_write);
    as_decided::require(
        released,
        expired.len(),
        status::EXPIRED,
        "a hold that has run out can't be released",
    )
}

/// Locks the peer sessions of a person who leaves, on either side: those that have not begun, or, of
/// one who is deleted, all.
pub fn lock_of_departing_person(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    is_deleted: bool,
) -> Result<Vec<Uuid>, Fault> {
    let arguments = [sql_uuid(person_id).into(), is_deleted.into()];
    let locked = ids(connection, &LOCK_SESSIONS_OF_DEPARTING_PERSON, &arguments)?;
    if isolation::uses_transaction_snapshot()
        && ids(connection, &LATEST_SESSIONS_OF_DEPARTING_PERSON, &arguments)? != locked
    {
        return Err(Fault::outdated_view());
    }
    Ok(locked)
}

/// Cancels peer sessions that their clients inserted to be charged and that nobody charged within this time, each apart from
/// the others, and returns how many.
pub fn cancel_orphans(connection: &mut Connection<'_>, older_than: Interval) -> Result<i32, Fault> {
    let mut found = ids(connection, &LOCK_ORPHANS, &[older_than.into()])?;
    let orphans = ids(connection, &ORPHANS, &[sql_uuids(&found).into()])?;
    let mut left: BTreeSet<Uuid> = orphans.iter().copied().collect();
    let cancel = |connection: &mut Connection<'_>, orphans: &[Uuid]| {
        cancel_locked_orphans(connection, orphans)?;
        for orphan in orphans {
            left.remove(orphan);
        }
        i32::try_from(orphans.len())
            .map_err(|_| Fault::invariant_violated("more sessions than can be counted"))
    };
    let cancelled =
        apart::all_or_each(connection, &orphans, cancel, |orphan| *orphan).sum_or_failure("session")?;
    found.retain(|session_id| !left.contains(session_id));
    run(connection, &FORGET_AWAITED_CHARGES, &[sql_uuids(&found).into()])?;
    Ok(cancelled)
}

fn cancel_locked_orphans(connection: &mut Connection<'_>, orphans: &[Uuid]) -> Result<(), Fault> {
    let own_write = OwnWrite::settling(orphans, Payment::default());
    let cancelled = run(connection, &CANCEL_ORPHANS, &[sql_uuids(orphans).into()])?;
    drop(own_write);
    as_decided::require(
        cancelled,
        orphans.len(),
        status::CANCELLED,
        "a session that nobody charged can't be cancelled",
    )
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
