//! Replies that list something, a page at a time.

use super::{Reply, reply};
use crate::domain::credit_statement::{Counterpart, CreditStatement, Entry, Session};
use crate::fault::Fault;
use chrono::{DateTime, NaiveTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(Serialize)]
struct Statement<'a> {
    balance: i32,
    owed: i32,
    total_earned: i32,
    total_spent: i32,
    next_before: Option<&'a str>,
    entries: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    entry_id: Uuid,
    created_at: Option<String>,
    transaction_type: &'a str,
    credits: i64,
    balance_after: i64,
    owed_after: i64,
    description: Option<&'a str>,
    counterpart: Option<Value>,
    session: Option<Value>,
}

/// What somebody has, and how it came to be.
pub fn credit_statement(statement: &CreditStatement) -> Result<Reply, Fault> {
    let account = &statement.account;
    reply(&Statement {
        balance: account.balance,
        owed: account.owed,
        total_earned: account.total_earned,
        total_spent: account.total_spent,
        next_before: statement.next_before.as_deref(),
        entries: statement.entries.iter().map(line).collect(),
    })
}

fn line(entry: &Entry) -> Line<'_> {
    let counterpart = |other: &Counterpart| json!({ "user_id": other.id, "name": other.name });
    let session = |session: &Session| {
        json!({
            "session_id": session.id,
            "session_date": session.session_date,
            "start_time": clock(session.start_time),
            "duration_minutes": session.duration_minutes,
            "status": session.status,
        })
    };
    Line {
        entry_id: entry.id,
        created_at: entry.created_at.map(instant),
        transaction_type: &entry.transaction_type,
        credits: entry.credits,
        balance_after: entry.balance_after,
        owed_after: entry.owed_after,
        description: entry.description.as_deref(),
        counterpart: entry.counterpart.as_ref().map(counterpart),
        session: entry.session.as_ref().map(session),
    }
}

/// An instant as Postgres' own JSON has it, in UTC.
fn instant(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

/// What a wall clock shows.
fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
