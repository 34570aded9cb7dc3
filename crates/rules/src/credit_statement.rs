//! A person's movements of credits, as she reads them.

use crate::account::Account;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

/// What somebody has, and one page of how it came to be, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditStatement {
    pub account: Account,
    pub entries: Vec<Entry>,
    /// The cursor of the next page, where there is one.
    pub next_before: Option<String>,
}

/// A row of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: Uuid,
    /// An older generation may have left it out.
    pub created_at: Option<DateTime<Utc>>,
    pub transaction_type: String,
    /// What it moved: below zero where the person gave it away.
    pub credits: i64,
    pub balance_after: i64,
    pub owed_after: i64,
    pub description: Option<String>,
    /// The other party of its session, if both are there still.
    pub counterpart: Option<Counterpart>,
    pub session: Option<Session>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterpart {
    pub id: Uuid,
    pub name: String,
}

/// The session that an entry speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: Uuid,
    pub session_date: NaiveDate,
    pub start_time: NaiveTime,
    pub duration_minutes: i32,
    pub status: String,
}

/// The types whose amounts are taken away.
const TAKEN_AWAY: [&str; 2] = ["session_payment", "session_earning_reversal"];

/// What a row moved: what stood after it less what stood before, or, where an older generation did not
/// write that down, its amount with the sign of its type.
pub fn credits_moved(transaction_type: &str, amount: i64, before: Option<i64>, after: i64) -> i64 {
    match before {
        Some(before) => after - before,
        None if TAKEN_AWAY.contains(&transaction_type) => -amount.abs(),
        None => amount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_moved_what_stood_after_it_less_what_stood_before() {
        assert_eq!(credits_moved("session_payment", 60, Some(100), 40), -60);
        // Of 60 earned, 50 were owed: all of them are hers.
        assert_eq!(credits_moved("session_earning", 60, Some(-50), 10), 60);
        // A correction's direction is in its balances alone.
        assert_eq!(credits_moved("adjustment", 5, Some(5), 0), -5);
    }

    #[test]
    fn a_row_of_an_older_generation_has_the_sign_of_its_type() {
        for (transaction_type, amount, moved) in [
            ("session_payment", 60, -60),
            ("session_payment", -60, -60),
            ("session_earning_reversal", 60, -60),
            ("session_earning", 60, 60),
            ("refund", 60, 60),
            ("bonus", 60, 60),
            ("transfer", -60, -60),
        ] {
            assert_eq!(
                credits_moved(transaction_type, amount, None, 0),
                moved,
                "{transaction_type} {amount}"
            );
        }
    }
}
