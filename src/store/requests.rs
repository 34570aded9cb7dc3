//! Requests: those that are to be accepted, and those that nobody accepted in time, found, locked, and brought to their end.

use super::accounts::{self, Accounts, beside_locked_accounts};
use super::as_decided::{self, keeps_but_for_status};
use super::columns;
use super::sessions::Session;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, sql_uuids, uuid};
use crate::postgres::own_writes::{OwnWrite, Payment};
use crate::postgres::statement::{Connection, Row, Statement, run, statements};
use chrono::{DateTime, Utc};
use peer_exchange_rules::account::Account;
use peer_exchange_rules::request::{self, ExpiredRequest};
use peer_exchange_rules::status;
use pgrx::datum::DatumWithOid;
use std::thread::LocalKey;
use uuid::Uuid;

/// Expired requests with these conditions, joined with these tables.
macro_rules! expired_requests {
    ($joins:literal, $conditions:literal) => {
        concat!(
            include_str!("../../sql/query/expired_requests.sql"),
            $joins,
            include_str!("../../sql/query/are_expired_requests.sql"),
            $conditions,
            include_str!("../../sql/query/facts_of_expired_requests.sql")
        )
    };
}

// Nobody is waited for: whoever changes such a request right now ends it, and people who are being deleted are left to that.
statements! {
    SEEN_OF_CLIENT = Reads expired_requests!("", " and session.client_id = $1");
    LOCK_OF_CLIENT = Writes expired_requests!(
        "join public.users as practitioner on practitioner.id = session.therapist_id",
        " and session.client_id = $1 order by session.id
          for no key update of session skip locked for key share of practitioner skip locked");
    LOCK_EXPIRED = Writes expired_requests!(
        "join public.users as client on client.id = session.client_id
         join public.users as practitioner on practitioner.id = session.therapist_id",
        " and not exists (select from peer_exchange.postponed_sessions as postponed
                           where postponed.session_id = session.id
                             and postponed.job = 'expire_requests'
                             and postponed.until > now())
          order by session.expires_at limit $1
          for no key update of session skip locked for key share of client, practitioner skip locked");
    OF_DEPARTING_PERSON = Writes expired_requests!(
        "",
        " and (session.client_id = $1 or (session.therapist_id = $1 and session.client_id is not null)) order by session.id");
    LOCK_ACCOUNTS_AND_HELD = Writes beside_locked_accounts!(include_str!("../../sql/query/held_for_request.sql"));
    EXPIRE_REQUEST = Writes keeps_but_for_status!(
        include_str!("../../sql/query/expire_request.sql"), "session", "terms", "judgement");
}

/// What is held for a request that is to be accepted.
pub struct Held {
    pub credits: i32,
    pub now: DateTime<Utc>,
}

/// Locks the balances of the parties, in the order of their ids, and reads what is held for the request, which is locked.
pub fn lock_accounts_and_load(
    connection: &mut Connection<'_>,
    session: &Session,
) -> Result<(Accounts, Held), Fault> {
    let parties = [session.client_id, session.practitioner_id];
    let parties: Vec<Uuid> = parties.into_iter().flatten().collect();
    let arguments = [
        sql_uuids(&parties).into(),
        sql_uuid(session.id).into(),
        session.client_id.map(sql_uuid).into(),
    ];
    let mut held = None;
    let accounts = accounts::load_beside(connection, &LOCK_ACCOUNTS_AND_HELD, &arguments, |row| {
        held = Some(Held {
            credits: row.required("held_for_it")?,
            now: instant(row.required("now")?),
        });
        Ok(())
    })?;
    let held = held.ok_or_else(|| Fault::invariant_violated("a request has no facts"))?;
    Ok((accounts, held))
}

/// What a client who has this account has for a booking, for what only reads.
pub fn available_to(
    connection: &mut Connection<'_>,
    client_id: Uuid,
    account: Account,
) -> Result<Account, Fault> {
    let expired = of_client(connection, &SEEN_OF_CLIENT, client_id, account)?;
    Ok(request::released(account, &expired)?)
}

/// Locks those of a client who has this account, which is locked, but for those that somebody is changing right now.
pub fn lock_of_client(
    connection: &mut Connection<'_>,
    client_id: Uuid,
    account: Account,
) -> Result<Vec<ExpiredRequest>, Fault> {
    of_client(connection, &LOCK_OF_CLIENT, client_id, account)
}

fn of_client(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    client_id: Uuid,
    account: Account,
) -> Result<Vec<ExpiredRequest>, Fault> {
    // As a rule she has none, and nothing is to be looked for.
    if account.held == 0 {
        return Ok(Vec::new());
    }
    select(connection, statement, sql_uuid(client_id).into())
}

/// Locks so many of anybody's, with their parties, but for those that somebody is changing right now.
pub fn lock_expired(connection: &mut Connection<'_>, limit: i32) -> Result<Vec<ExpiredRequest>, Fault> {
    select(connection, &LOCK_EXPIRED, limit.into())
}

/// Those of a person who is deleted, on either side. All her sessions are locked.
pub fn of_departing_person(
    connection: &mut Connection<'_>,
    person_id: Uuid,
) -> Result<Vec<ExpiredRequest>, Fault> {
    select(connection, &OF_DEPARTING_PERSON, sql_uuid(person_id).into())
}

fn select(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    argument: DatumWithOid<'_>,
) -> Result<Vec<ExpiredRequest>, Fault> {
    run(connection, statement, &[argument])?
        .map(|row| expired_request(&row))
        .collect()
}

fn expired_request(row: &Row<'_>) -> Result<ExpiredRequest, Fault> {
    Ok(ExpiredRequest {
        time: columns::session_time(row, uuid(row.required("id")?))?,
        client_id: uuid(row.required("client_id")?),
        practitioner_id: row.optional("therapist_id")?.map(uuid),
        credits: row.optional("credits")?.unwrap_or(0),
    })
}

/// Marks a request as expired, with nothing held for it any more.
pub fn expire(connection: &mut Connection<'_>, session_id: Uuid) -> Result<(), Fault> {
    let payment = Payment {
        payment_status: Some("refunded"),
        credit_cost: None,
    };
    let own_write = OwnWrite::settling(&[session_id], payment);
    let expired = run(connection, &EXPIRE_REQUEST, &[sql_uuid(session_id).into()])?;
    drop(own_write);
    as_decided::require(
        expired,
        1,
        status::EXPIRED,
        "a request can't be marked as expired",
    )
}
