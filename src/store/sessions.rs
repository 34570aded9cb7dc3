//! Sessions: made, charged, locked, cancelled.

use super::assignment::Value;
use super::bookings::LocalStart;
use super::convert::{
    date, instant, sql_date, sql_instant, sql_period, sql_time, sql_uuid, sql_uuids, time, uuid,
};
use super::insertion::{Table, insert_unless_taken};
use super::statement::{Connection, Row, Statement, first_row, run, statements};
use crate::domain::account::Account;
use crate::domain::booking::{Booking, Receipt};
use crate::domain::notification::Occasion;
use crate::domain::refund::{self, Policy};
use crate::domain::schedule::Period;
use crate::fault::Fault;
use crate::settings;
use chrono::{DateTime, Utc};
use pgrx::datum::{DatumWithOid, Interval};
use std::thread::LocalKey;
use uuid::Uuid;

statements! {
    SESSION_BY_KEY = Writes include_str!("../../sql/query/session_by_key.sql");
    RECEIPT = Writes include_str!("../../sql/query/receipt.sql");
    CHARGE_SESSION = Writes include_str!("../../sql/query/charge_session.sql");
    SESSION = Writes include_str!("../../sql/query/session.sql");
    LOCKED_SESSION = Writes concat!(include_str!("../../sql/query/session.sql"), " for no key update of session");
    REFUND_FACTS = Writes concat!(
        "select facts.* from (select $1 as id, $2 as therapist_id, $3 as client_id) as session cross join lateral (",
        include_str!("../../sql/query/refund_facts.sql"),
        ") as facts");
    CANCEL_SESSION = Writes include_str!("../../sql/query/cancel_session.sql");
    RELEASE_HOLDS = Writes include_str!("../../sql/query/release_holds.sql");
    LOCK_SESSIONS_OF_LEAVER = Writes include_str!("../../sql/query/lock_sessions_of_leaver.sql");
    LOCK_ORPHANS = Writes include_str!("../../sql/query/lock_orphans.sql");
    CANCEL_ORPHANS = Writes include_str!("../../sql/query/cancel_orphans.sql");
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
    let Some(row) = first_row(run(connection, &RECEIPT, &[sql_uuid(session_id).into()])?) else {
        return Ok(None);
    };
    Ok(Some(Receipt {
        credit_cost: row.required::<i32>("credit_cost")?.abs(),
        client_balance_before: row.optional("client_balance_before")?,
        client_balance_after: row.optional("client_balance_after")?,
        practitioner_balance_before: row.optional("practitioner_balance_before")?,
        practitioner_balance_after: row.optional("practitioner_balance_after")?,
    }))
}

const SESSIONS: Table = Table {
    name: c"client_sessions",
    columns: &[
        "id",
        "therapist_id",
        "client_id",
        "client_name",
        "client_email",
        "session_date",
        "start_time",
        "duration_minutes",
        "session_type",
        "notes",
        "status",
        "payment_status",
        "is_peer_booking",
        "credit_cost",
        "product_id",
        "idempotency_key",
        "idempotency_digest",
        "occupied_during",
    ],
    own_guards: &[c"peer_exchange_1_guard_insert", c"peer_exchange_2_keep_time"],
    locked_people: &["therapist_id", "client_id"],
    own_rules: &[
        c"client_sessions_no_overlap",
        c"client_sessions_idempotency_key_idx",
    ],
};

/// Makes the session; `false` where an index of the application's own holds the slot.
pub fn insert(
    connection: &mut Connection<'_>,
    occasion: &Occasion,
    period: &Period,
    particulars: &Particulars<'_>,
    booking: &Booking,
) -> Result<bool, Fault> {
    let row = [
        sql_uuid(occasion.session_id).into(),
        sql_uuid(booking.practitioner.id).into(),
        sql_uuid(booking.client.id).into(),
        booking.client.name.as_str().into(),
        booking.client.email.as_deref().into(),
        sql_date(occasion.session_date)?.into(),
        sql_time(occasion.start_time)?.into(),
        booking.duration_minutes.into(),
        particulars.session_type.into(),
        particulars.notes.into(),
        Value::Literal("scheduled"),
        Value::Literal("paid"),
        true.into(),
        booking.credit_cost.into(),
        particulars.product_id.map(sql_uuid).into(),
        particulars.idempotency_key.into(),
        particulars.idempotency_digest.map(sql_uuid).into(),
        sql_period(period)?.into(),
    ];
    insert_unless_taken(connection, &SESSIONS, row)
}

/// Marks a session that its client inserted as charged, and returns its status.
pub fn charge(
    connection: &mut Connection<'_>,
    session_id: Uuid,
    period: &Period,
    booking: &Booking,
) -> Result<String, Fault> {
    let charged = run(
        connection,
        &CHARGE_SESSION,
        &[
            sql_uuid(session_id).into(),
            booking.credit_cost.into(),
            booking.duration_minutes.into(),
            sql_instant(period.starts_at)?.into(),
            sql_instant(period.ends_at)?.into(),
        ],
    )?;
    first_row(charged)
        .ok_or_else(|| Fault::broken_promise("a session that was locked is gone"))?
        .required("status")
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

/// What a cancellation of this session is decided on.
pub fn load_refund_facts(
    connection: &mut Connection<'_>,
    session: &Session,
    status: &str,
    client_account: Account,
    practitioner_account: Account,
) -> Result<refund::Facts, Fault> {
    let arguments = [
        sql_uuid(session.id).into(),
        session.practitioner_id.map(sql_uuid).into(),
        session.client_id.map(sql_uuid).into(),
    ];
    let row = first_row(run(connection, &REFUND_FACTS, &arguments)?)
        .ok_or_else(|| Fault::broken_promise("a refund has no facts"))?;
    refund_facts(
        &row,
        status,
        session.starts_at,
        client_account,
        practitioner_account,
    )
}

/// What a row of the facts says of a session of this status that begins then.
pub fn refund_facts(
    row: &Row<'_>,
    status: &str,
    starts_at: DateTime<Utc>,
    client_account: Account,
    practitioner_account: Account,
) -> Result<refund::Facts, Fault> {
    let policy = match row.required::<bool>("has_policy")? {
        false => None,
        true => Some(Policy {
            full_refund_hours: row.required("full_refund_hours")?,
            partial_refund_hours: row.required("partial_refund_hours")?,
            no_refund_hours: row.required("no_refund_hours")?,
            partial_refund: row.required("partial_refund")?,
        }),
    };
    Ok(refund::Facts {
        now: instant(row.required("now")?),
        status: status.to_owned(),
        starts_at,
        paid: row.required("paid")?,
        refunded_before: row.required("refunded_before")?,
        policy,
        client_account,
        practitioner_account,
    })
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
    run(connection, &CANCEL_SESSION, &arguments)?;
    Ok(())
}

/// Gives up the slots of sessions whose payment is overdue, but of those that somebody is changing
/// right now.
pub fn release_holds(connection: &mut Connection<'_>, session_ids: &[Uuid]) -> Result<(), Fault> {
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
    ids(connection, &CANCEL_ORPHANS, &[sql_uuids(&found).into()])
}

/// Brings the occupied time of every session in line with the session.
pub fn refresh_occupancy(connection: &mut Connection<'_>) -> Result<(), Fault> {
    run(connection, &REFRESH_OCCUPANCY, &[])?;
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
