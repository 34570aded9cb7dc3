//! The facts that a cancellation is decided on.

use super::accounts::{Accounts, accounts};
use super::sessions::Session;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, sql_uuids};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use chrono::{DateTime, Utc};
use peer_exchange_rules::division::Stake;
use peer_exchange_rules::refund::{Facts, Policy};
use uuid::Uuid;

/// The facts of one session, whose parameters are its id and those of its parties.
macro_rules! facts_of {
    ($session:literal) => {
        concat!(
            "select facts.* from (select ",
            $session,
            ") as session cross join lateral (",
            include_str!("../../sql/query/refund_facts.sql"),
            ") as facts"
        )
    };
}

statements! {
    REFUND_FACTS = Writes facts_of!("$1 as id, $2 as therapist_id, $3 as client_id");
    LOCK_ACCOUNTS_FOR_REFUND = Writes concat!(
        "with account as materialized (",
        accounts!("$1", "", "for no key update"),
        ") select facts.*, account.* from (",
        facts_of!("$2 as id, $3 as therapist_id, $4 as client_id"),
        ") as facts left join account on true");
}

/// What a cancellation of this session would be decided on.
pub fn load(connection: &mut Connection<'_>, session: &Session) -> Result<Facts, Fault> {
    let row = first_row(run(connection, &REFUND_FACTS, &ids(session))?).ok_or_else(no_facts)?;
    facts(&row, &session.status, session.time.starts_at())
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
    let mut accounts = Accounts::default();
    let mut decided_on = None;
    for row in run(connection, &LOCK_ACCOUNTS_FOR_REFUND, &arguments)? {
        if row.optional::<pgrx::Uuid>("user_id")?.is_some() {
            accounts.add(&row)?;
        }
        decided_on = Some(facts(&row, status, session.time.starts_at())?);
    }
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
            held: row.required("held")?,
            paid: row.required("paid")?,
            earned: row.required("earned")?,
        },
        refunded_before: row.required("refunded_before")?,
        policy: Policy {
            full_refund_hours: row.required("full_refund_hours")?,
            partial_refund_hours: row.required("partial_refund_hours")?,
            no_refund_hours: row.required("no_refund_hours")?,
            partial_refund: row.required("partial_refund")?,
        },
    })
}
