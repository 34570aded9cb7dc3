//! Replies that turn a request down.

use super::{Reply, reply};
use crate::fault::Fault;
use peer_exchange_rules::booking::Refused;
use peer_exchange_rules::refusal::Refusal;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct Content {
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
pub fn booking(refused: &Refused) -> Result<Reply, Fault> {
    let refusal = &refused.refusal;
    refuse(refusal, refusal.sentence(), refused.credit_cost, None)
}

/// A refund was turned down.
pub fn refund(refused: &Refused) -> Result<Reply, Fault> {
    let refusal = &refused.refusal;
    refuse(refusal, refusal.sentence(), None, Some(0))
}

/// A call was turned down whose replies say no more of it.
pub fn plainly(refused: &Refused) -> Result<Reply, Fault> {
    let refusal = &refused.refusal;
    refuse(refusal, refusal.sentence(), None, None)
}

/// A move was turned down, the client's own or somebody else's.
pub fn move_of_session(refused: &Refused, is_by_client: bool) -> Result<Reply, Fault> {
    let refusal = &refused.refusal;
    refuse(refusal, refusal.sentence_of_move(is_by_client), None, None)
}

/// Why something can't be done, told before anybody asks for it.
#[derive(Serialize)]
pub struct Obstacle {
    error_code: &'static str,
    error: String,
}

impl Obstacle {
    pub fn of_refund(refusal: &Refusal) -> Self {
        Obstacle {
            error_code: refusal.code(),
            error: refusal.sentence(),
        }
    }

    pub fn of_move(refusal: &Refusal, is_by_client: bool) -> Self {
        Obstacle {
            error_code: refusal.code(),
            error: refusal.sentence_of_move(is_by_client),
        }
    }
}

fn refuse(
    refusal: &Refusal,
    sentence: String,
    credit_cost: Option<i32>,
    refunded_credits: Option<i32>,
) -> Result<Reply, Fault> {
    let refused = reply(&Content {
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
