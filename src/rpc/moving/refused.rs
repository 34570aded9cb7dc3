//! What whoever wants to move a session is told when that is refused.

use crate::fault::Fault;
use crate::reply::{self, Reply};
use crate::rpc::error::Error;
use peer_exchange_rules::refund::CancelledBy;

/// The reply to a refusal, in words for whoever asked.
pub fn reply(outcome: Result<Reply, Error>, moved_by: CancelledBy) -> Result<Reply, Fault> {
    let is_by_client = moved_by == CancelledBy::Client;
    let to_mover =
        |error: Error| error.reply(|refused| reply::refused::move_of_session(refused, is_by_client));
    outcome.or_else(to_mover)
}
