//! Replies to who books, asks for a session or accepts one.

use super::terms::{RefundTier, refund_terms};
use super::{Reply, reply};
use crate::fault::Fault;
use chrono::{DateTime, Utc};
use peer_exchange_rules::booking::Receipt;
use peer_exchange_rules::refund::tiers::Tier;
use peer_exchange_rules::session_time::instant;
use peer_exchange_rules::status;
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
struct Booked<'a> {
    success: bool,
    session_id: Option<Uuid>,
    status: &'a str,
    credit_cost: i32,
    client_balance_before: Option<i64>,
    client_balance_after: Option<i64>,
    practitioner_balance_before: Option<i64>,
    practitioner_balance_after: Option<i64>,
    /// When the practitioner earns what is held; left out where she has earned it, or is still to accept.
    #[serde(skip_serializing_if = "Option::is_none")]
    settles: Option<&'static str>,
    /// Until when a request waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    /// What a request would be, beside what a booking would.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Requested>,
    /// What would go back to the client, where it is a quote.
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_terms: Option<Vec<RefundTier>>,
    replayed: bool,
}

#[derive(Serialize)]
struct Requested {
    status: &'static str,
    expires_at: String,
}

impl<'a> Booked<'a> {
    fn new(session_id: Option<Uuid>, status: &'a str, receipt: &Receipt, replayed: bool) -> Self {
        Booked {
            success: true,
            session_id,
            status,
            credit_cost: receipt.credit_cost,
            client_balance_before: receipt.client_balance_before,
            client_balance_after: receipt.client_balance_after,
            practitioner_balance_before: receipt.practitioner_balance_before,
            practitioner_balance_after: receipt.practitioner_balance_after,
            settles: receipt.is_held.then_some("on_completion"),
            expires_at: None,
            request: None,
            refund_terms: None,
            replayed,
        }
    }
}

/// A booking was made, or a request became one; or, `replayed`, that had been before and nothing happened now.
pub fn booked(session_id: Uuid, status: &str, receipt: &Receipt, replayed: bool) -> Result<Reply, Fault> {
    reply(&Booked::new(Some(session_id), status, receipt, replayed))
}

/// A session was asked for; or, `replayed`, had been before, whatever became of it since.
pub fn requested(
    session_id: Uuid,
    status: &str,
    receipt: &Receipt,
    expires_at: Option<DateTime<Utc>>,
    replayed: bool,
) -> Result<Reply, Fault> {
    reply(&Booked {
        settles: None,
        expires_at: expires_at.map(instant),
        ..Booked::new(Some(session_id), status, receipt, replayed)
    })
}

/// A booking would be made so, and a request would wait until then; and what its client would get back.
pub fn quoted(receipt: &Receipt, request_expires_at: DateTime<Utc>, tiers: &[Tier]) -> Result<Reply, Fault> {
    reply(&Booked {
        request: Some(Requested {
            status: status::PENDING_APPROVAL,
            expires_at: instant(request_expires_at),
        }),
        refund_terms: Some(refund_terms(tiers)),
        ..Booked::new(None, status::SCHEDULED, receipt, false)
    })
}
