//! Replies as JSON: their keys, and the order in which people read them.

use crate::fault::Fault;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use peer_exchange_rules::availability::Availability;
use peer_exchange_rules::booking::{Receipt, Refused};
use peer_exchange_rules::refund::Cancellation;
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::reschedule::Move;
use peer_exchange_rules::schedule::Slot;
use peer_exchange_rules::share::percent;
use pgrx::callconv::{BoxRet, FcInfo};
use pgrx::datum::{Datum, IntoDatum};
use pgrx::pgrx_sql_entity_graph::metadata::{
    ArgumentError, ReturnsError, ReturnsRef, SqlMappingRef, SqlTranslatable, TypeOrigin,
};
use serde::{Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

pub mod lists;

/// A `json` value, as text, so that its keys keep their order.
#[derive(Debug)]
pub struct Reply {
    json: String,
    refused_with: Option<&'static str>,
}

impl Reply {
    /// The code of the refusal, where it is one.
    pub fn refused_with(&self) -> Option<&'static str> {
        self.refused_with
    }
}

// SAFETY: `json` has the representation of `text`.
unsafe impl BoxRet for Reply {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> Datum<'fcx> {
        match self.json.into_datum() {
            // SAFETY: a varlena in the current memory context, as the declared type wants it.
            Some(datum) => unsafe { fcinfo.return_raw_datum(datum) },
            None => fcinfo.return_null(),
        }
    }
}

// SAFETY: names the SQL type that the implementation above returns.
unsafe impl SqlTranslatable for Reply {
    const TYPE_IDENT: &'static str = pgrx::pgrx_resolved_type!(Reply);
    const TYPE_ORIGIN: TypeOrigin = TypeOrigin::External;
    const ARGUMENT_SQL: Result<SqlMappingRef, ArgumentError> = Ok(SqlMappingRef::literal("json"));
    const RETURN_SQL: Result<ReturnsRef, ReturnsError> = Ok(ReturnsRef::One(SqlMappingRef::literal("json")));
}

#[derive(Serialize)]
struct Booked<'a> {
    success: bool,
    session_id: Option<Uuid>,
    status: &'a str,
    credit_cost: i32,
    client_balance_before: Option<i32>,
    client_balance_after: Option<i32>,
    practitioner_balance_before: Option<i32>,
    practitioner_balance_after: Option<i32>,
    replayed: bool,
}

/// A booking was made; or, `replayed`, it had been made before and nothing happened now; or, without
/// a session, it would be made so.
pub fn booked(
    session_id: impl Into<Option<Uuid>>,
    status: &str,
    receipt: &Receipt,
    replayed: bool,
) -> Result<Reply, Fault> {
    reply(&Booked {
        success: true,
        session_id: session_id.into(),
        status,
        credit_cost: receipt.credit_cost,
        client_balance_before: receipt.client_balance_before,
        client_balance_after: receipt.client_balance_after,
        practitioner_balance_before: receipt.practitioner_balance_before,
        practitioner_balance_after: receipt.practitioner_balance_after,
        replayed,
    })
}

#[derive(Serialize)]
struct Available<'a> {
    success: bool,
    practitioner_id: Uuid,
    timezone: &'a str,
    duration_minutes: i32,
    credit_cost: i32,
    slots: Vec<OfferedSlot>,
}

#[derive(Serialize)]
struct OfferedSlot {
    session_date: NaiveDate,
    start_time: String,
    #[serde(serialize_with = "with_offset")]
    starts_at: DateTime<Utc>,
    #[serde(serialize_with = "with_offset")]
    ends_at: DateTime<Utc>,
}

/// What can be booked with this practitioner.
pub fn available(practitioner_id: Uuid, timezone: &str, availability: &Availability) -> Result<Reply, Fault> {
    reply(&Available {
        success: true,
        practitioner_id,
        timezone,
        duration_minutes: availability.duration_minutes,
        credit_cost: availability.credit_cost,
        slots: availability.slots.iter().map(offered_slot).collect(),
    })
}

fn offered_slot(slot: &Slot) -> OfferedSlot {
    OfferedSlot {
        session_date: slot.local_start.date(),
        start_time: start_time(slot),
        starts_at: slot.period.starts_at,
        ends_at: slot.period.ends_at,
    }
}

fn start_time(slot: &Slot) -> String {
    slot.local_start.format("%H:%M").to_string()
}

/// An instant as Postgres writes it in JSON under the time zone UTC.
fn with_offset<S: Serializer>(instant: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&instant.format("%Y-%m-%dT%H:%M:%S%.f+00:00"))
}

/// A practitioner as a search shows her.
#[derive(Serialize)]
pub struct FoundPractitioner {
    pub practitioner_id: Uuid,
    pub name: String,
    pub user_role: String,
    pub location: Option<String>,
    pub specializations: Vec<String>,
    pub credit_cost: i32,
    pub rating: Option<f64>,
    pub rating_count: Option<i64>,
    pub completed_sessions: i64,
    pub next_free_slot: Option<NextSlot>,
}

#[derive(Serialize)]
pub struct NextSlot {
    session_date: NaiveDate,
    start_time: String,
    #[serde(serialize_with = "with_offset")]
    starts_at: DateTime<Utc>,
    timezone: String,
}

impl NextSlot {
    pub fn new(slot: &Slot, timezone: &str) -> NextSlot {
        NextSlot {
            session_date: slot.local_start.date(),
            start_time: start_time(slot),
            starts_at: slot.period.starts_at,
            timezone: timezone.to_owned(),
        }
    }
}

#[derive(Serialize)]
struct FoundPractitioners {
    total: i64,
    practitioners: Vec<FoundPractitioner>,
}

/// What a search has found: how many in all, and some of them.
pub fn found(total: i64, practitioners: Vec<FoundPractitioner>) -> Result<Reply, Fault> {
    reply(&FoundPractitioners { total, practitioners })
}

#[derive(Serialize)]
struct Cancelled {
    success: bool,
    session_id: Uuid,
    refunded_credits: i32,
    refund_percent: Value,
    credits_were_deducted: bool,
    client_new_balance: i32,
    practitioner_new_balance: i32,
    practitioner_owes: i32,
}

/// A session was cancelled.
pub fn cancelled(session_id: Uuid, cancellation: &Cancellation) -> Result<Reply, Fault> {
    reply(&Cancelled {
        success: true,
        session_id,
        refunded_credits: cancellation.refunded_credits,
        refund_percent: percent(cancellation.refund_share),
        credits_were_deducted: cancellation.credits_were_deducted,
        client_new_balance: cancellation.client_after.balance,
        practitioner_new_balance: cancellation.practitioner_after.balance,
        practitioner_owes: cancellation.practitioner_after.owed,
    })
}

#[derive(Serialize)]
struct Rescheduled<'a> {
    success: bool,
    session_id: Uuid,
    status: &'a str,
    session_date: NaiveDate,
    start_time: String,
    duration_minutes: i32,
    previous_session_date: NaiveDate,
    previous_start_time: String,
    credit_cost: i64,
    replayed: bool,
}

/// A session was moved; or, `replayed`, had been under the same key.
pub fn rescheduled(moved: &Move, credit_cost: i64, replayed: bool) -> Result<Reply, Fault> {
    let Move { before, after, .. } = moved;
    reply(&Rescheduled {
        success: true,
        session_id: after.session_id,
        status: &moved.status,
        session_date: after.session_date,
        start_time: clock(after.start_time),
        duration_minutes: after.duration_minutes,
        previous_session_date: before.session_date,
        previous_start_time: clock(before.start_time),
        credit_cost,
        replayed,
    })
}

#[derive(Serialize)]
struct Granted {
    success: bool,
    user_id: Uuid,
    amount: i32,
    balance_before: i32,
    balance_after: i32,
    replayed: bool,
}

/// Credits were granted; or, `replayed`, had been under the same key.
pub fn granted(user_id: Uuid, amount: i32, before: i32, after: i32, replayed: bool) -> Result<Reply, Fault> {
    reply(&Granted {
        success: true,
        user_id,
        amount,
        balance_before: before,
        balance_after: after,
        replayed,
    })
}

#[derive(Serialize)]
struct Refusing {
    success: bool,
    error_code: &'static str,
    error: String,
    details: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_cost: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refunded_credits: Option<i32>,
}

/// A booking was turned down.
pub fn booking_refused(refused: &Refused) -> Result<Reply, Fault> {
    let refusal = &refused.refusal;
    refusing(refusal, refusal.sentence(), refused.credit_cost, None)
}

/// A refund was turned down.
pub fn refund_refused(refusal: &Refusal) -> Result<Reply, Fault> {
    refusing(refusal, refusal.sentence(), None, Some(0))
}

/// A move was turned down.
pub fn move_refused(refusal: &Refusal, is_by_client: bool) -> Result<Reply, Fault> {
    refusing(refusal, refusal.sentence_of_move(is_by_client), None, None)
}

fn refusing(
    refusal: &Refusal,
    sentence: String,
    credit_cost: Option<i32>,
    refunded_credits: Option<i32>,
) -> Result<Reply, Fault> {
    let refused = reply(&Refusing {
        success: false,
        error_code: refusal.code(),
        error: sentence,
        details: refusal.details(),
        credit_cost,
        refunded_credits,
    })?;
    Ok(Reply {
        refused_with: Some(refusal.code()),
        ..refused
    })
}

fn reply(content: &impl Serialize) -> Result<Reply, Fault> {
    serde_json::to_string(content)
        .map(|json| Reply {
            json,
            refused_with: None,
        })
        .map_err(|error| Fault::broken_promise(format!("a reply can't be written: {error}")))
}

/// What a wall clock shows.
fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
