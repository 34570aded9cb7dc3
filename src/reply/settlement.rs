//! The reply to who says what became of a session, or decides it.

use super::{Reply, reply};
use crate::fault::Fault;
use crate::store::sessions::Session;
use crate::store::settlements::SettlementReceipt;
use chrono::{DateTime, Utc};
use peer_exchange_rules::account::AccountPair;
use peer_exchange_rules::rating::Given;
use peer_exchange_rules::session_time::instant;
use peer_exchange_rules::settlement::Settlement;
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
struct Settled<'a> {
    success: bool,
    session_id: Uuid,
    status: &'a str,
    credit_cost: i64,
    client_new_balance: i64,
    client_held: i64,
    practitioner_new_balance: i64,
    practitioner_owes: i64,
    /// What the practitioner got of it now.
    settled_credits: i32,
    /// What the client got back now.
    returned_credits: i32,
    /// Until when it can be contradicted; left out where it can't.
    #[serde(skip_serializing_if = "Option::is_none")]
    final_at: Option<String>,
    replayed: bool,
}

/// It was said now.
pub fn settled(session_id: Uuid, settlement: &Settlement) -> Result<Reply, Fault> {
    let AccountPair { client, practitioner } = settlement.credits.accounts_after;
    let outcome = settlement.outcome;
    reply(&Settled {
        success: true,
        session_id,
        status: outcome.status,
        credit_cost: settlement.credit_cost,
        client_new_balance: client.balance,
        client_held: client.held,
        practitioner_new_balance: practitioner.balance,
        practitioner_owes: practitioner.owed,
        settled_credits: outcome.division.paid_out(),
        returned_credits: outcome.division.returned_credits,
        final_at: settlement.final_at.map(instant),
        replayed: false,
    })
}

/// It had been said before, and nothing happened now.
pub fn settled_before(
    session: &Session,
    credit_cost: i64,
    receipt: &SettlementReceipt,
    final_at: Option<DateTime<Utc>>,
) -> Result<Reply, Fault> {
    reply(&Settled {
        success: true,
        session_id: session.id,
        status: &session.status,
        credit_cost,
        client_new_balance: receipt.client_balance,
        client_held: receipt.client_held,
        practitioner_new_balance: receipt.practitioner_balance,
        practitioner_owes: receipt.practitioner_owes,
        settled_credits: receipt.settled_credits,
        returned_credits: receipt.returned_credits,
        final_at: final_at.map(instant),
        replayed: true,
    })
}

#[derive(Serialize)]
struct Rated<'a> {
    success: bool,
    session_id: Uuid,
    stars: i16,
    comment: Option<&'a str>,
    rated_at: Option<String>,
    /// Null where it can be said differently for ever.
    changeable_until: Option<String>,
    replayed: bool,
}

/// How a session was, as it is written down.
pub fn rated(
    session_id: Uuid,
    given: &Given,
    changeable_until: Option<DateTime<Utc>>,
    replayed: bool,
) -> Result<Reply, Fault> {
    reply(&Rated {
        success: true,
        session_id,
        stars: given.rating.stars,
        comment: given.rating.comment.as_deref(),
        rated_at: given.rated_at.map(instant),
        changeable_until: changeable_until.map(instant),
        replayed,
    })
}
