//! The facts that a cancellation is decided on.

use super::accounts::{self, Accounts, beside_locked_accounts};
use super::columns;
use super::sessions::Session;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, sql_uuids, uuid};
use crate::postgres::statement::{Connection, Row, Statement, first_row, run, statements};
use chrono::{DateTime, Utc};
use peer_exchange_rules::division::Stake;
use peer_exchange_rules::refund::Facts;
use std::collections::BTreeMap;
use std::thread::LocalKey;
use uuid::Uuid;

/// The facts of sessions that are given by their ids and those of their parties.
macro_rules! facts_of {
    ($sessions:literal) => {
        concat!(
            "select session.id as session_id, facts.* from ",
            $sessions,
            " as session (id, therapist_id, client_id) cross join lateral (",
            include_str!("../../sql/query/refund_facts.sql"),
            ") as facts"
        )
    };
}

statements! {
    SEEN_REFUND_FACTS = Reads facts_of!("(values ($1, $2, $3))");
    REFUND_FACTS = Writes facts_of!("(values ($1, $2, $3))");
    REFUND_FACTS_OF_ALL = Writes facts_of!("unnest($1, $2, $3)");
    LOCK_ACCOUNTS_FOR_REFUND = Writes beside_locked_accounts!(facts_of!("(values ($2, $3, $4))"));
}

/// What a cancellation of this session would be decided on.
pub fn load(connection: &mut Connection<'_>, session: &Session) -> Result<Facts, Fault> {
    load_by(connection, &REFUND_FACTS, session)
}

/// The same as it is seen, for what only reads.
pub fn read(connection: &mut Connection<'_>, session: &Session) -> Result<Facts, Fault> {
    load_by(connection, &SEEN_REFUND_FACTS, session)
}

fn load_by(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    session: &Session,
) -> Result<Facts, Fault> {
    let row = first_row(run(connection, statement, &ids(session))?).ok_or_else(no_facts)?;
    facts(&row, &session.status, session.time.starts_at())
}

/// The same for many at once, in the order in which they are given, each with the status that counts.
pub fn load_all(connection: &mut Connection<'_>, sessions: &[(&Session, &str)]) -> Result<Vec<Facts>, Fault> {
    let ids = |id: fn(&Session) -> Option<Uuid>| -> Vec<Option<pgrx::Uuid>> {
        (sessions.iter())
            .map(|(session, _)| id(session).map(sql_uuid))
            .collect()
    };
    let arguments = [
        ids(|session| Some(session.id)).into(),
        ids(|session| session.practitioner_id).into(),
        ids(|session| session.client_id).into(),
    ];
    let rows: BTreeMap<Uuid, Row<'_>> = run(connection, &REFUND_FACTS_OF_ALL, &arguments)?
        .map(|row| Ok((uuid(row.required("session_id")?), row)))
        .collect::<Result<_, Fault>>()?;
    (sessions.iter())
        .map(|(session, status)| {
            let row = rows.get(&session.id).ok_or_else(no_facts)?;
            facts(row, status, session.time.starts_at())
        })
        .collect()
}

/// Locks the balances of the parties, in the order of their ids, and loads what a cancellation is decided on. The
/// session is locked, which keeps the facts; a balance is as it is once it is locked. `status` is the one that counts.
pub fn lock_accounts_and_load(
    connection: &mut Connection<'_>,
    session: &Session,
    status: &str,
    parties: &[Uuid],
) -> Result<(Accounts, Facts), Fault> {
    let mut arguments = vec![sql_uuids(parties).into()];
    arguments.extend(ids(session));
    let mut decided_on = None;
    let accounts = accounts::load_beside(connection, &LOCK_ACCOUNTS_FOR_REFUND, &arguments, |row| {
        decided_on = Some(facts(row, status, session.time.starts_at())?);
        Ok(())
    })?;
    Ok((accounts, decided_on.ok_or_else(no_facts)?))
}

fn no_facts() -> Fault {
    Fault::invariant_violated("a refund has no facts")
}

fn ids(session: &Session) -> [pgrx::datum::DatumWithOid<'static>; 3] {
    [
        sql_uuid(session.id).into(),
        session.practitioner_id.map(sql_uuid).into(),
        session.client_id.map(sql_uuid).into(),
    ]
}

/// What a row of the facts says of a session of this status that begins then, if ever.
pub fn facts(row: &Row<'_>, status: &str, starts_at: Option<DateTime<Utc>>) -> Result<Facts, Fault> {
    Ok(Facts {
        now: instant(row.required("now")?),
        status: status.to_owned(),
        starts_at,
        stake: Stake {
            held: row.required("held_for_it")?,
            paid: row.required("paid")?,
            earned: row.required("earned")?,
        },
        refunded_before: row.required("refunded_before")?,
        policy: columns::policy(row)?,
    })
}
