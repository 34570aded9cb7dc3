//! Sessions that are made, accepted, charged or moved: written as they were decided, and read back.
//!
//! A trigger of the application may have its say about a row. What it makes of the id, of the status and of what is for
//! show is taken as it is; what else was decided must be stored so.

use super::as_decided::{self, keeps};
use super::bookings::LocalStart;
use super::columns;
use super::sessions::{self, Particulars, Session};
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_date, sql_instant, sql_time, sql_uuid, uuid, wall_clock};
use crate::postgres::isolation;
use crate::postgres::own_writes::{OwnWrite, Payment};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use crate::postgres::unique_rules;
use chrono::{DateTime, NaiveDateTime, Utc};
use peer_exchange_rules::booking::Booking;
use peer_exchange_rules::place::Place;
use peer_exchange_rules::request::Wait;
use peer_exchange_rules::schedule::Period;
use peer_exchange_rules::session_time::SessionTime;
use peer_exchange_rules::status;
use pgrx::datum::{Timestamp, TimestampWithTimeZone};
use std::ffi::CStr;
use uuid::Uuid;

/// A change of a session that is there, which keeps so much of it.
macro_rules! change_session {
    ($statement:literal, $($kept:literal),+) => {
        concat!(
            keeps!(include_str!(concat!("../../sql/query/", $statement, ".sql")), $($kept),+),
            ", ",
            include_str!("../../sql/query/session_as_stored.sql")
        )
    };
}

/// The status is a literal, so that it fits a text column and an enum alike.
macro_rules! insert_session {
    ($status:literal, $on_conflict:literal) => {
        concat!(
            include_str!("../../sql/query/insert_session.sql"),
            ", '",
            $status,
            "', true)",
            $on_conflict,
            include_str!("../../sql/query/session_as_made.sql"),
            "as is_as_decided, ",
            include_str!("../../sql/query/session_as_stored.sql"),
            ", ",
            include_str!("../../sql/query/written_places.sql")
        )
    };
}

statements! {
    INSERT_SESSION = Writes insert_session!("scheduled", "");
    INSERT_SESSION_UNLESS_TAKEN = Writes insert_session!("scheduled", " on conflict do nothing ");
    INSERT_REQUEST = Writes insert_session!("pending_approval", "");
    INSERT_REQUEST_UNLESS_TAKEN = Writes insert_session!("pending_approval", " on conflict do nothing ");
    ACCEPT_SESSION = Writes change_session!("accept_session", "session");
    CHARGE_SESSION = Writes change_session!("charge_session", "session");
    MOVE_SESSION = Writes change_session!("move_session", "session", "judgement");
}

/// What of a session is decided on, and must be stored so.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Terms {
    session_id: Uuid,
    practitioner_id: Option<Uuid>,
    client_id: Option<Uuid>,
    is_peer_booking: bool,
    written_start: Option<NaiveDateTime>,
    duration_minutes: i32,
    timezone: Option<String>,
    period: Option<Period>,
}

/// What its row says of its credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Price {
    credit_cost: Option<i32>,
    held_credits: Option<i32>,
}

impl Price {
    fn of(booking: &Booking) -> Self {
        Price {
            credit_cost: Some(booking.credit_cost),
            held_credits: booking.held_credits(),
        }
    }
}

/// A session as it is stored, whatever a trigger of the application made of it.
struct Stored {
    terms: Terms,
    price: Price,
    status: String,
    /// What the statement itself compares.
    is_kept: bool,
}

impl Stored {
    fn read(row: &Row<'_>) -> Result<Self, Fault> {
        let starts_at = row.optional("starts_at")?.map(instant);
        let ends_at = row.optional("ends_at")?.map(instant);
        Ok(Stored {
            terms: Terms {
                session_id: uuid(row.required("id")?),
                practitioner_id: row.optional("therapist_id")?.map(uuid),
                client_id: row.optional("client_id")?.map(uuid),
                is_peer_booking: row.required("is_peer_booking")?,
                written_start: row.optional::<Timestamp>("written_start")?.map(wall_clock),
                duration_minutes: row.required("duration_minutes")?,
                timezone: row.optional("timezone")?,
                period: starts_at
                    .zip(ends_at)
                    .map(|(starts_at, ends_at)| Period { starts_at, ends_at }),
            },
            price: Price {
                credit_cost: row.optional("credit_cost")?,
                held_credits: row.optional("held_credits")?,
            },
            status: row.required("status")?,
            is_kept: as_decided::is_kept(row)?,
        })
    }

    /// A fault where it is not what was decided, or of a status that no such session has: an application may have words of
    /// its own for it, but credits are not kept for what is over before it has begun. Where no price was decided, the statement keeps it.
    fn if_decided(
        self,
        decided: &Terms,
        price: Option<Price>,
        may_have: fn(&str) -> bool,
    ) -> Result<Self, Fault> {
        let is_decided = self.is_kept
            && self.terms == *decided
            && price.is_none_or(|price| self.price == price)
            && may_have(&self.status);
        if !is_decided {
            return Err(Fault::changed_by_trigger(
                "a session was not written as it was decided",
            ));
        }
        Ok(self)
    }
}

/// A session that has been made: its id, which a trigger may have set, its status, and where it takes place, as far as
/// its row says so.
pub struct Made {
    pub session_id: Uuid,
    pub status: String,
    pub written_place: Option<Place>,
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
    start: LocalStart,
    session_time: &SessionTime,
    period: &Period,
    particulars: &Particulars<'_>,
    booking: &Booking,
) -> Result<Option<Made>, Fault> {
    let (practitioner_id, client_id) = (booking.practitioner.id, booking.client.id);
    let arguments = [
        sql_uuid(session_time.session_id).into(),
        sql_uuid(practitioner_id).into(),
        sql_uuid(client_id).into(),
        booking.client.name.as_str().into(),
        booking.client.email.as_deref().into(),
        sql_date(start.session_date)?.into(),
        sql_time(start.start_time)?.into(),
        booking.duration_minutes.into(),
        particulars.session_type.into(),
        particulars.notes.into(),
        particulars.product_id.map(sql_uuid).into(),
        particulars.idempotency_key.into(),
        particulars.idempotency_digest.map(sql_uuid).into(),
        sql_instant(period.starts_at)?.into(),
        sql_instant(period.ends_at)?.into(),
        session_time.timezone.as_str().into(),
        booking.held_credits().into(),
        instant_of(booking.wait, |wait| wait.requested_at)?.into(),
        instant_of(booking.wait, |wait| wait.expires_at)?.into(),
    ];
    let statement = match (booking.wait, may_be_taken(booking)?) {
        (None, true) => &INSERT_SESSION_UNLESS_TAKEN,
        (None, false) => &INSERT_SESSION,
        (Some(_), true) => &INSERT_REQUEST_UNLESS_TAKEN,
        (Some(_), false) => &INSERT_REQUEST,
    };
    let own_write = OwnWrite::making(practitioner_id, client_id, payment_of(booking));
    let inserted = first_row(run(connection, statement, &arguments)?);
    let Some(row) = inserted else { return Ok(None) };
    let may_have: fn(&str) -> bool = match booking.wait {
        None => status::is_open,
        Some(_) => status::awaits_approval,
    };
    let stored = Stored::read(&row)?;
    // A trigger may have set it.
    let session_id = stored.terms.session_id;
    let decided = Terms {
        session_id,
        practitioner_id: Some(practitioner_id),
        client_id: Some(client_id),
        is_peer_booking: true,
        written_start: Some(start.wall_clock()),
        duration_minutes: session_time.duration_minutes,
        timezone: Some(session_time.timezone.clone()),
        period: Some(*period),
    };
    let stored = stored.if_decided(&decided, Some(Price::of(booking)), may_have)?;
    Ok(Some(Made {
        session_id,
        status: status_to_charge(connection, own_write, session_id, stored.status, may_have)?,
        written_place: columns::written_place(&row)?,
    }))
}

/// The status of a session whose credits are about to be moved. Had a trigger given it up in a statement of its own, nothing would
/// have been paid for it then, and it would be paid for now.
fn status_to_charge(
    connection: &mut Connection<'_>,
    own_write: OwnWrite,
    session_id: Uuid,
    stored: String,
    may_have: fn(&str) -> bool,
) -> Result<String, Fault> {
    let was_written_again = own_write.was_followed_by_another(session_id);
    drop(own_write);
    if !was_written_again {
        return Ok(stored);
    }
    (sessions::load(connection, session_id)?.map(|session| session.status))
        .filter(|status| may_have(status))
        .ok_or_else(|| Fault::changed_by_trigger("a session was given up while it was written"))
}

fn instant_of(
    wait: Option<Wait>,
    moment: fn(Wait) -> DateTime<Utc>,
) -> Result<Option<TimestampWithTimeZone>, Fault> {
    wait.map(moment).map(sql_instant).transpose()
}

fn payment_of(booking: &Booking) -> Payment {
    Payment::charged(booking.credit_cost, booking.charge.is_held())
}

/// Whether the slot may be taken after all, so that the server is asked before it inserts: that costs a second look into
/// every index. Where a rule is deferrable it can't be asked, and what breaks a rule is a fault.
fn may_be_taken(booking: &Booking) -> Result<bool, Fault> {
    let rules = unique_rules::of(c"client_sessions", &ASKED_BEFORE)?;
    let is_unasked = rules.has_others
        // Somebody may be paying for the hold right now.
        || !booking.expired_holds.is_empty()
        // What was asked may have changed since the transaction's one moment.
        || isolation::uses_transaction_snapshot();
    Ok(is_unasked && !rules.forbid_on_conflict)
}

/// Marks a session that its client inserted as charged, and returns its status.
pub fn charge(
    connection: &mut Connection<'_>,
    session: &Session,
    session_time: &SessionTime,
    period: &Period,
    booking: &Booking,
) -> Result<String, Fault> {
    let arguments = [
        sql_uuid(session.id).into(),
        booking.duration_minutes.into(),
        sql_instant(period.starts_at)?.into(),
        sql_instant(period.ends_at)?.into(),
        session_time.timezone.as_str().into(),
        booking.held_credits().into(),
    ];
    let is_over = status::is_over(&session.status);
    let (period, may_have): (_, fn(&str) -> bool) = match is_over {
        true => (None, status::is_over),
        false => (Some(*period), status::is_open),
    };
    let own_write = OwnWrite::changing(&[session.id], payment_of(booking));
    let row = first_row(run(connection, &CHARGE_SESSION, &arguments)?);
    let status = written(
        row,
        session,
        session.written_start,
        session_time,
        period,
        Some(Price::of(booking)),
        may_have,
    )?;
    status_to_charge(connection, own_write, session.id, status, may_have)
}

/// Marks a request as accepted, and returns its status.
pub fn accept(
    connection: &mut Connection<'_>,
    session: &Session,
    period: &Period,
    booking: &Booking,
) -> Result<String, Fault> {
    let arguments = [sql_uuid(session.id).into(), booking.held_credits().into()];
    let own_write = OwnWrite::settling(&[session.id], payment_of(booking));
    let row = first_row(run(connection, &ACCEPT_SESSION, &arguments)?);
    let status = written(
        row,
        session,
        session.written_start,
        &session.time,
        Some(*period),
        Some(Price::of(booking)),
        status::takes_place,
    )?;
    status_to_charge(connection, own_write, session.id, status, status::takes_place)
}

/// Moves a session; `period` is the time that it takes there.
pub fn carry_out_move(
    connection: &mut Connection<'_>,
    session: &Session,
    start: LocalStart,
    target: &SessionTime,
    period: &Period,
) -> Result<(), Fault> {
    let arguments = [
        sql_uuid(session.id).into(),
        sql_date(start.session_date)?.into(),
        sql_time(start.start_time)?.into(),
        sql_instant(period.starts_at)?.into(),
        sql_instant(period.ends_at)?.into(),
        target.timezone.as_str().into(),
    ];
    let own_write = OwnWrite::changing(&[session.id], Payment::default());
    let row = first_row(run(connection, &MOVE_SESSION, &arguments)?);
    drop(own_write);
    written(
        row,
        session,
        Some(start.wall_clock()),
        target,
        Some(*period),
        None,
        status::is_open,
    )
    .map(drop)
}

/// The status of a session that was to be changed so.
fn written(
    row: Option<Row<'_>>,
    session: &Session,
    written_start: Option<NaiveDateTime>,
    time: &SessionTime,
    period: Option<Period>,
    price: Option<Price>,
    may_have: fn(&str) -> bool,
) -> Result<String, Fault> {
    let row = row.ok_or_else(|| Fault::changed_by_trigger("a session can't be changed"))?;
    let decided = Terms {
        session_id: session.id,
        practitioner_id: session.practitioner_id,
        client_id: session.client_id,
        is_peer_booking: session.is_peer_booking,
        written_start,
        duration_minutes: time.duration_minutes,
        timezone: Some(time.timezone.clone()),
        period,
    };
    Ok(Stored::read(&row)?.if_decided(&decided, price, may_have)?.status)
}
