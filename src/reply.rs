//! Replies as JSON: their keys, and the order in which people read them.

use crate::domain::availability::Availability;
use crate::domain::booking::{Receipt, Refused};
use crate::domain::refund::{Cancellation, FULL_REFUND};
use crate::domain::refusal::Refusal;
use crate::domain::schedule::Slot;
use crate::fault::Fault;
use chrono::{DateTime, NaiveDate, Utc};
use pgrx::callconv::{BoxRet, FcInfo};
use pgrx::datum::{Datum, IntoDatum};
use pgrx::pgrx_sql_entity_graph::metadata::{
    ArgumentError, ReturnsError, ReturnsRef, SqlMappingRef, SqlTranslatable, TypeOrigin,
};
use serde::{Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

/// A `json` value, as text, so that its keys keep their order.
#[derive(Debug)]
pub struct Reply(String);

// SAFETY: `json` has the representation of `text`.
unsafe impl BoxRet for Reply {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> Datum<'fcx> {
        match self.0.into_datum() {
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
        start_time: slot.local_start.format("%H:%M").to_string(),
        starts_at: slot.period.starts_at,
        ends_at: slot.period.ends_at,
    }
}

/// An instant as Postgres writes it in JSON under the time zone UTC.
fn with_offset<S: Serializer>(instant: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&instant.format("%Y-%m-%dT%H:%M:%S%.f+00:00"))
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

/// A whole number where it is one.
fn percent(share: i64) -> Value {
    let hundredths_of_a_percent = FULL_REFUND / 100;
    match share % hundredths_of_a_percent {
        0 => Value::from(share / hundredths_of_a_percent),
        _ => Value::from(share as f64 / hundredths_of_a_percent as f64),
    }
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
    refusing(&refused.refusal, refused.credit_cost, None)
}

/// A refund was turned down.
pub fn refund_refused(refusal: &Refusal) -> Result<Reply, Fault> {
    refusing(refusal, None, Some(0))
}

fn refusing(
    refusal: &Refusal,
    credit_cost: Option<i32>,
    refunded_credits: Option<i32>,
) -> Result<Reply, Fault> {
    reply(&Refusing {
        success: false,
        error_code: refusal.code(),
        error: refusal.sentence(),
        details: refusal.details(),
        credit_cost,
        refunded_credits,
    })
}

fn reply(content: &impl Serialize) -> Result<Reply, Fault> {
    serde_json::to_string(content)
        .map(Reply)
        .map_err(|error| Fault::broken_promise(format!("a reply can't be written: {error}")))
}
