//! Replies to the application.

use super::{Reply, reply};
use crate::fault::Fault;
use serde::Serialize;
use uuid::Uuid;

#[derive(Serialize)]
struct Changed {
    success: bool,
    user_id: Uuid,
    amount: i32,
    balance_before: i64,
    balance_after: i64,
    replayed: bool,
}

/// Credits were granted or adjusted; or, `replayed`, had been under the same key.
pub fn changed(user_id: Uuid, amount: i32, before: i64, after: i64, replayed: bool) -> Result<Reply, Fault> {
    reply(&Changed {
        success: true,
        user_id,
        amount,
        balance_before: before,
        balance_after: after,
        replayed,
    })
}
