//! A person's movements of credits, as she reads them.

use crate::account::Account;
use crate::session_time::SessionTime;
use chrono::{DateTime, Utc};
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
    pub time: SessionTime,
    pub status: String,
}
