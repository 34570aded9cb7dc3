//! Replies to who books.

use super::{Reply, reply};
use crate::fault::Fault;
use peer_exchange_rules::booking::Receipt;
use serde::Serialize;
use uuid::Uuid;

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
    /// When the practitioner earns what is held; left out where she has earned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    settles: Option<&'static str>,
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
        settles: receipt.is_held.then_some("on_completion"),
        replayed,
    })
}
