//! The facts that a booking is decided on.

use super::columns::{self, blocks, client_busy, engagements, product, working_hours};
use super::people::People;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_instant, sql_uuid, sql_wall_clock, wall_clock};
use crate::postgres::isolation;
use crate::postgres::statement::{Connection, Row, Statement, first_row, run, statements};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use peer_exchange_rules::booking::{BookingRequest, Facts};
use peer_exchange_rules::schedule::{Period, Slot};
use peer_exchange_rules::session_time::Start;
use peer_exchange_rules::terms::Terms;
use std::thread::LocalKey;
use uuid::Uuid;

statements! {
    SEEN_FACTS = Reads include_str!("../../sql/query/booking_facts.sql");
    FACTS_UNDER_LOCKS = Writes include_str!("../../sql/query/booking_facts.sql");
    LATEST_FACTS = ReadsLatest include_str!("../../sql/query/booking_facts.sql");
}

/// When the session shall begin, on the practitioner's wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalStart {
    pub session_date: NaiveDate,
    pub start_time: NaiveTime,
}

impl LocalStart {
    pub fn wall_clock(self) -> NaiveDateTime {
        self.session_date.and_time(self.start_time)
    }
}

/// Where a slot begins.
#[derive(Debug, Clone, Copy)]
pub enum SlotStart<'a> {
    /// By the time zone that the practitioner has published now.
    OnHerClock(LocalStart),
    /// By the time zone in which a session was promised and is told.
    OnTheClockOf(&'a str, LocalStart),
    /// As it was promised, whatever she has published since.
    Promised(DateTime<Utc>),
}

/// What is asked for, when, and of whom.
pub struct Question<'a> {
    pub terms: &'a Terms,
    pub request: &'a BookingRequest,
    /// `None`: no slot.
    pub start: Option<SlotStart<'a>>,
    /// The session itself where it is inserted.
    pub own_session_id: Option<Uuid>,
    pub people: &'a People,
}

/// What a booking is decided on.
#[derive(Debug, PartialEq)]
pub struct Answer {
    pub facts: Facts,
    /// In which the start is told.
    pub timezone: String,
    pub start: Option<Start>,
}

/// Loads the facts as they are under the locks; a fault where the transaction sees an older moment throughout, and
/// they have changed since.
pub fn load(connection: &mut Connection<'_>, question: &Question<'_>) -> Result<Answer, Fault> {
    let answer = load_by(connection, &FACTS_UNDER_LOCKS, question)?;
    if isolation::uses_transaction_snapshot() && load_by(connection, &LATEST_FACTS, question)? != answer {
        return Err(Fault::outdated_view());
    }
    Ok(answer)
}

/// The same as it is seen, for what only reads.
pub fn read(connection: &mut Connection<'_>, question: &Question<'_>) -> Result<Answer, Fault> {
    load_by(connection, &SEEN_FACTS, question)
}

fn load_by(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    question: &Question<'_>,
) -> Result<Answer, Fault> {
    let request = question.request;
    let (local_start, timezone, starts_at) = match question.start {
        Some(SlotStart::OnHerClock(start)) => (Some(start.wall_clock()), None, None),
        Some(SlotStart::OnTheClockOf(timezone, start)) => (Some(start.wall_clock()), Some(timezone), None),
        Some(SlotStart::Promised(starts_at)) => (None, None, Some(starts_at)),
        None => (None, None, None),
    };
    let arguments = [
        sql_uuid(request.client_id).into(),
        sql_uuid(request.practitioner_id).into(),
        local_start.map(sql_wall_clock).transpose()?.into(),
        timezone.into(),
        starts_at.map(sql_instant).transpose()?.into(),
        request.duration_minutes.into(),
        request.product_id.map(sql_uuid).into(),
        question.terms.buffer_minutes.into(),
        question.own_session_id.map(sql_uuid).into(),
    ];
    let row = first_row(run(connection, statement, &arguments)?)
        .ok_or_else(|| Fault::invariant_violated("a booking has no facts"))?;
    let facts = Facts {
        now: instant(row.required("now")?),
        client: question.people.get(&request.client_id).cloned(),
        practitioner: question.people.get(&request.practitioner_id).cloned(),
        product: product(&row)?,
        slot: question.start.map(|_| slot(&row)).transpose()?,
        working_hours: working_hours(&row)?,
        blocks: blocks(&row)?,
        client_busy: client_busy(&row)?,
        engagements: engagements(&row)?,
    };
    Ok(Answer {
        facts,
        timezone: row.required("timezone")?,
        start: columns::start(&row, "slot_starts_at", "local_start")?,
    })
}

fn slot(row: &Row<'_>) -> Result<Slot, Fault> {
    Ok(Slot {
        period: Period {
            starts_at: instant(row.required("slot_starts_at")?),
            ends_at: instant(row.required("slot_ends_at")?),
        },
        local_start: wall_clock(row.required("slot_local_start")?),
        local_end: wall_clock(row.required("slot_local_end")?),
    })
}
