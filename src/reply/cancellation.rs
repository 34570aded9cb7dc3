//! The reply to who cancels.

use super::{Reply, reply};
use crate::fault::Fault;
use peer_exchange_rules::account::AccountPair;
use peer_exchange_rules::refund::Cancellation;
use peer_exchange_rules::share::percent;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

#[derive(Serialize)]
struct Cancelled {
    success: bool,
    session_id: Uuid,
    refunded_credits: i32,
    refund_percent: Value,
    credits_were_deducted: bool,
    client_new_balance: i64,
    practitioner_new_balance: i64,
    practitioner_owes: i64,
}

/// A session was cancelled.
pub fn cancelled(session_id: Uuid, cancellation: &Cancellation) -> Result<Reply, Fault> {
    let terms = cancellation.terms;
    let AccountPair { client, practitioner } = cancellation.credits.accounts_after;
    reply(&Cancelled {
        success: true,
        session_id,
        refunded_credits: terms.refunded_credits(),
        refund_percent: percent(terms.refund_share()),
        credits_were_deducted: terms.credits_were_deducted,
        client_new_balance: client.balance,
        practitioner_new_balance: practitioner.balance,
        practitioner_owes: practitioner.owed,
    })
}
