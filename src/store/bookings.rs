//! The facts that a booking is decided on.

use super::columns::{blocks, client_busy, engagements, product, working_hours};
use super::people::People;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, sql_wall_clock, wall_clock};
use crate::postgres::isolation;
use crate::postgres::statement::{Connection, Row, Statement, first_row, run, statements};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use peer_exchange_rules::booking::{BookingRequest, Facts};
use peer_exchange_rules::schedule::{Period, Slot};
use peer_exchange_rules::terms::Terms;
use std::thread::LocalKey;
use uuid::Uuid;

statements! {
    SEEN_FACTS = Reads include_str!("../../sql/query/booking_facts.sql");
    FACTS_UNDER_LOCKS = Writes include_str!("../../sql/query/booking_facts.sql");
    LATEST_FACTS = ReadsLatest include_str!("../../sql/query/booking_facts.sql");
}

/// When the session shall begin, on the practitioner's wall clock.
#[derive(Debug, Clone, Copy)]
pub struct LocalStart {
    pub session_date: NaiveDate,
    pub start_time: NaiveTime,
}

impl LocalStart {
    fn wall_clock(self) -> NaiveDateTime {
        self.session_date.and_time(self.start_time)
    }
}

/// What is asked for, when, and of whom.
pub struct Question<'a> {
    pub terms: &'a Terms,
    pub request: &'a BookingRequest,
    /// `None`: no slot.
    pub start: Option<LocalStart>,
    /// The session itself where it is inserted.
    pub own_session_id: Option<Uuid>,
    pub people: &'a People,
}

/// Loads the facts as they are under the locks; a fault where the transaction sees an older moment throughout, and
/// they have changed since.
pub fn load(connection: &mut Connection<'_>, question: &Question<'_>) -> Result<Facts, Fault> {
    let facts = load_by(connection, &FACTS_UNDER_LOCKS, question)?;
    if isolation::uses_transaction_snapshot() && load_by(connection, &LATEST_FACTS, question)? != facts {
        return Err(Fault::outdated_view());
    }
    Ok(facts)
}

/// The same as it is seen, for what only reads.
pub fn read(connection: &mut Connection<'_>, question: &Question<'_>) -> Result<Facts, Fault> {
    load_by(connection, &SEEN_FACTS, question)
}

fn load_by(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    question: &Question<'_>,
) -> Result<Facts, Fault> {
    let request = question.request;
    let local_start = question.start.map(LocalStart::wall_clock);
    let arguments = [
        sql_uuid(request.client_id).into(),
        sql_uuid(request.practitioner_id).into(),
        local_start.map(sql_wall_clock).transpose()?.into(),
        request.duration_minutes.into(),
        request.product_id.map(sql_uuid).into(),
        question.terms.buffer_minutes.into(),
        question.own_session_id.map(sql_uuid).into(),
    ];
    let row = first_row(run(connection, statement, &arguments)?)
        .ok_or_else(|| Fault::invariant_violated("a booking has no facts"))?;
    Ok(Facts {
        now: instant(row.required("now")?),
        client: question.people.get(&request.client_id).cloned(),
        practitioner: question.people.get(&request.practitioner_id).cloned(),
        product: product(&row)?,
        slot: local_start.map(|start| slot(&row, start)).transpose()?,
        working_hours: working_hours(&row)?,
        blocks: blocks(&row)?,
        client_busy: client_busy(&row)?,
        engagements: engagements(&row)?,
    })
}

fn slot(row: &Row<'_>, local_start: NaiveDateTime) -> Result<Slot, Fault> {
    Ok(Slot {
        period: Period {
            starts_at: instant(row.required("slot_starts_at")?),
            ends_at: instant(row.required("slot_ends_at")?),
        },
        local_start,
        local_end: wall_clock(row.required("slot_local_end")?),
    })
}
