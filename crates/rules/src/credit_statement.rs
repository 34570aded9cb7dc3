//! A person's movements of credits, as she reads them.

use crate::account::Account;
use crate::session_time::SessionTime;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What somebody has, and one page of how it came to be, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditStatement {
    pub account: Account,
    pub outlook: Outlook,
    pub entries: Vec<Entry>,
    /// The cursor of the next page, where there is one.
    pub next_before: Option<String>,
}

/// What sessions that are still to come or to be settled will do to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outlook {
    /// At most what is held: requests that have expired take nothing.
    pub will_take: i32,
    pub will_bring: i32,
}

impl CreditStatement {
    /// What can be booked with; of an account that is too full, as much as can be told.
    pub fn available(&self) -> i64 {
        let free_again = self.account.held.saturating_sub(self.outlook.will_take.into());
        self.account.balance.saturating_add(free_again.max(0))
    }
}

/// What an entry is to the person whose it is; the database says which types of entries are which.
pub const KINDS: [&str; 6] = ["earned", "spent", "held", "refunded", "granted", "adjusted"];

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
    pub held_after: i64,
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
