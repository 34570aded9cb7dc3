//! Every row of the database, as it is at the end.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result};
use chrono::NaiveDate;
use tokio_postgres::{Client, Row};
use uuid::Uuid;

use crate::answer::Answer;
use crate::disturbance::Allowances;
use crate::history::Call;
use crate::operation::{MINUTES_PER_DAY, Period};
use crate::statements::first_date;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    pub sessions: HashMap<Uuid, SessionRow>,
    /// In the order in which they were written, person by person.
    pub entries: Vec<Entry>,
    pub accounts: Vec<Account>,
    pub notices: Vec<Notice>,
    /// Who is there, and whether she is active.
    pub people: HashMap<Uuid, bool>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SessionRow {
    pub client: Option<Uuid>,
    pub practitioner: Option<Uuid>,
    /// By the columns of date and time, as the practitioner's clock shows it.
    pub local: Period,
    pub status: String,
    pub payment_status: String,
    /// What is held for it.
    pub held: Option<i32>,
    pub is_accepted: bool,
    /// Time was made to pass: nobody has accepted it.
    pub is_lapsed: bool,
    /// What was said when somebody did not come.
    pub report: Option<String>,
    pub is_disputed: bool,
    pub is_settled: bool,
    pub cost: Option<i32>,
    pub notes: Option<String>,
    pub key: Option<String>,
    pub reason: Option<String>,
    pub cancelled_by: Option<Uuid>,
    pub is_peer: bool,
    /// In minutes since the run's first midnight in UTC.
    pub occupied: Option<Period>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: Uuid,
    pub person: Uuid,
    pub kind: String,
    pub amount: i32,
    pub before: Standing,
    pub after: Standing,
    pub session: Option<Uuid>,
    pub key: Option<String>,
    /// The server's number of the transaction that has written it.
    pub transaction: i64,
}

/// What a person can spend, what is held of hers, and what she owes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub balance: i32,
    pub held: i32,
    pub owed: i32,
}

impl Standing {
    /// What of it is in circulation.
    pub fn worth(self) -> i64 {
        i64::from(self.balance) + i64::from(self.held) - i64::from(self.owed)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub person: Uuid,
    pub standing: Standing,
    pub earned: i32,
    pub spent: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Notice {
    pub recipient: Option<Uuid>,
    pub kind: String,
    pub session: Uuid,
    pub credits: i32,
    pub balance_after: i32,
}

/// More would only be noise.
const SHOWN_DISCREPANCIES: usize = 20;

impl Snapshot {
    pub async fn load(database: &Client) -> Result<Self> {
        let first = first_date();
        let mut snapshot = Self::default();
        for row in query(database, SESSIONS).await? {
            snapshot.sessions.insert(row.get(0), session(&row, first));
        }
        let mut seen = HashSet::new();
        for row in query(database, ENTRIES).await? {
            let entry = entry(&row);
            assert!(seen.insert(entry.id), "a primary key occurs twice");
            snapshot.entries.push(entry);
        }
        for row in query(database, ACCOUNTS).await? {
            snapshot.accounts.push(Account {
                person: row.get(0),
                standing: standing(&row, 1),
                earned: row.get(4),
                spent: row.get(5),
            });
        }
        for row in query(database, NOTICES).await? {
            snapshot.notices.push(Notice {
                recipient: row.get(0),
                kind: row.get(1),
                session: row.get(2),
                credits: row.get(3),
                balance_after: row.get(4),
            });
        }
        for row in query(
            database,
            "select id, coalesce(is_active, false) from public.users",
        )
        .await?
        {
            snapshot.people.insert(row.get(0), row.get(1));
        }
        Ok(snapshot)
    }
}

impl Snapshot {
    /// What belongs to certain sessions and people, and the rest.
    pub fn split(
        &self,
        is_session: impl Fn(&Uuid) -> bool,
        is_person: impl Fn(&Uuid) -> bool,
    ) -> (Snapshot, Snapshot) {
        let (sessions, other_sessions) = self
            .sessions
            .clone()
            .into_iter()
            .partition(|(id, _)| is_session(id));
        let (people, other_people) = self.people.iter().partition(|(id, _)| is_person(id));
        let (entries, other_entries) = self
            .entries
            .iter()
            .cloned()
            .partition(|entry| is_person(&entry.person));
        let (accounts, other_accounts) = self
            .accounts
            .iter()
            .cloned()
            .partition(|account| is_person(&account.person));
        let (notices, other_notices) = self
            .notices
            .iter()
            .cloned()
            .partition(|notice: &Notice| notice.recipient.as_ref().is_some_and(&is_person));
        let certain = Snapshot {
            sessions,
            entries,
            accounts,
            notices,
            people,
        };
        let rest = Snapshot {
            sessions: other_sessions,
            entries: other_entries,
            accounts: other_accounts,
            notices: other_notices,
            people: other_people,
        };
        (certain, rest)
    }
}

const SESSIONS: &str = "select id, client_id, therapist_id, session_date, \
     (extract(epoch from start_time) / 60)::integer, duration_minutes, status::text, payment_status::text, \
     credit_cost, notes, idempotency_key, cancellation_reason, cancelled_by, is_peer_booking, \
     extract(epoch from lower(occupied_during))::bigint, extract(epoch from upper(occupied_during))::bigint, \
     (row ->> 'held_credits')::integer, row ->> 'accepted_at' is not null, coalesce(expires_at = 'epoch', false), \
     row ->> 'no_show_reason', row ->> 'disputed_at' is not null, row ->> 'settled_at' is not null \
     from public.client_sessions as session cross join lateral (select to_jsonb(session)) as json (row)";
/// Version 0.1.0 holds nothing and has no such column.
const ENTRIES: &str = "select id, user_id, transaction_type::text, amount, \
     coalesce(balance_before, -1), coalesce((to_jsonb(entry) ->> 'held_before')::integer, 0), coalesce(owed_before, 0), \
     balance_after, coalesce((to_jsonb(entry) ->> 'held_after')::integer, 0), coalesce(owed_after, 0), session_id, \
     coalesce(idempotency_key, case when transaction_type::text = 'bonus' then description end), xmin::text::bigint \
     from public.credit_transactions as entry order by user_id, created_at, id";
const ACCOUNTS: &str = "select user_id, balance, coalesce((to_jsonb(account) ->> 'held')::integer, 0), owed, \
     total_earned, total_spent from public.credits as account order by user_id";
const NOTICES: &str = "select recipient_id, type::text, (payload ->> 'session_id')::uuid, \
     coalesce((payload ->> 'credits')::integer, 0), coalesce((payload ->> 'balance_after')::integer, 0) \
     from public.notifications where type::text like 'peer\\_%' order by id";

async fn query(database: &Client, text: &str) -> Result<Vec<Row>> {
    database
        .query(text, &[])
        .await
        .context("cannot read the database")
}

fn session(row: &Row, first: NaiveDate) -> SessionRow {
    let date: NaiveDate = row.get(3);
    let days = i32::try_from((date - first).num_days()).expect("a day near the run's");
    let start = days * MINUTES_PER_DAY + row.get::<_, i32>(4);
    let midnight = first
        .and_hms_opt(0, 0, 0)
        .expect("midnight")
        .and_utc()
        .timestamp();
    let minute = |seconds: i64| i32::try_from((seconds - midnight) / 60).expect("a time near the run's");
    let bounds: (Option<i64>, Option<i64>) = (row.get(14), row.get(15));
    SessionRow {
        client: row.get(1),
        practitioner: row.get(2),
        local: Period {
            start,
            end: start + row.get::<_, i32>(5),
        },
        status: row.get(6),
        payment_status: row.get(7),
        held: row.get(16),
        is_accepted: row.get(17),
        is_lapsed: row.get(18),
        report: row.get(19),
        is_disputed: row.get(20),
        is_settled: row.get(21),
        cost: row.get(8),
        notes: row.get(9),
        key: row.get(10),
        reason: row.get(11),
        cancelled_by: row.get(12),
        is_peer: row.get(13),
        occupied: match bounds {
            (Some(start), Some(end)) => Some(Period {
                start: minute(start),
                end: minute(end),
            }),
            _ => None,
        },
    }
}

fn entry(row: &Row) -> Entry {
    Entry {
        id: row.get(0),
        person: row.get(1),
        kind: row.get(2),
        amount: row.get(3),
        before: standing(row, 4),
        after: standing(row, 7),
        session: row.get(10),
        key: row.get(11),
        transaction: row.get(12),
    }
}

/// From the column of this number on.
fn standing(row: &Row, column: usize) -> Standing {
    Standing {
        balance: row.get(column),
        held: row.get(column + 1),
        owed: row.get(column + 2),
    }
}

/// What the database itself says of its health. Of deadlocks it knows no more than were met.
pub async fn ask_database(
    database: &Client,
    calls: &[Call],
    allowances: &Allowances,
    known_discrepancies: &HashSet<String>,
) -> Result<Vec<String>> {
    let is_deadlock =
        |call: &&Call| matches!(&call.answer, Answer::Fault { sqlstate, .. } if sqlstate == "40P01");
    let justified = calls
        .iter()
        .filter(is_deadlock)
        .filter(|call| allowances.justifies(call));
    let known = justified.count() as i64 + allowances.own_deadlocks as i64;
    let mut found = discrepancies(database).await?;
    found.retain(|discrepancy| !known_discrepancies.contains(discrepancy));
    found.truncate(SHOWN_DISCREPANCIES);
    let deadlocks = deadlocks(database).await?;
    if deadlocks > known {
        found.push(format!("the server counts {deadlocks} deadlocks"));
    }
    Ok(found)
}

/// What verify_ledger() finds.
pub async fn discrepancies(database: &Client) -> Result<Vec<String>> {
    let question = "select concat_ws(' ', 'verify_ledger:', finding, user_id, session_id, detail) \
                    from peer_exchange.verify_ledger()";
    let rows = query(database, question).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// How many deadlocks the server has ended.
pub async fn deadlocks(database: &Client) -> Result<i64> {
    let rows = query(
        database,
        "select deadlocks from pg_stat_database where datname = current_database()",
    );
    Ok(rows.await?[0].get(0))
}
