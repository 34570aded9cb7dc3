//! Sessions that have had their time: what was said of them, and what became of them.

use super::as_decided::{self, keeps_but_for_status};
use super::sessions::Session;
use crate::fault::Fault;
use crate::postgres::convert::{instant, sql_uuid, sql_uuids, uuid};
use crate::postgres::own_writes::{OwnWrite, Payment};
use crate::postgres::statement::{Connection, Row, first_row, run, statements};
use peer_exchange_rules::settlement::{Outcome, Report, Side, State};
use pgrx::datum::DatumWithOid;
use uuid::Uuid;

/// The status is a literal, so that it fits a text column and an enum alike.
macro_rules! end_session {
    ($set:literal) => {
        concat!(
            include_str!("../../sql/query/end_session.sql"),
            $set,
            "\n",
            keeps_but_for_status!(
                include_str!("../../sql/query/what_comes_of_its_end.sql"),
                "session",
                "terms"
            )
        )
    };
}

statements! {
    SESSION_STATE = Writes include_str!("../../sql/query/session_state.sql");
    COMPLETE_SESSION = Writes end_session!("status = 'completed'");
    MISS_SESSION = Writes end_session!("status = 'no_show'");
    DISPUTE_SESSION = Writes end_session!("disputed_at = now(), dispute_reason = $5, status = 'disputed'");
    SETTLEMENT_RECEIPT = Writes include_str!("../../sql/query/settlement_receipt.sql");
    DUE_SETTLEMENTS = Writes include_str!("../../sql/query/due_settlements.sql");
    LOCK_DUE_SESSIONS = Writes include_str!("../../sql/query/lock_due_sessions.sql");
    UNSETTLED_SESSIONS = Writes include_str!("../../sql/query/unsettled_sessions.sql");
}

/// What was said of a locked session.
pub fn state(connection: &mut Connection<'_>, session_id: Uuid) -> Result<State, Fault> {
    let row = first_row(run(connection, &SESSION_STATE, &[sql_uuid(session_id).into()])?)
        .ok_or_else(|| Fault::invariant_violated("a session that is locked is gone"))?;
    let by = match row.required("is_reported_by_client")? {
        true => Side::Client,
        false => Side::Practitioner,
    };
    let reported_at = row.optional("reported_at")?.map(instant);
    Ok(State {
        status: row.required("status")?,
        report: reported_at.map(|reported_at| Report { by, reported_at }),
        is_settled: row.required("is_settled")?,
    })
}

/// Writes the outcome to the row of its session.
pub fn record(
    connection: &mut Connection<'_>,
    session: &Session,
    outcome: &Outcome,
    author_id: Option<Uuid>,
    reason: Option<&str>,
) -> Result<(), Fault> {
    let statement = match outcome.status {
        "completed" => &COMPLETE_SESSION,
        "no_show" => &MISS_SESSION,
        "disputed" => &DISPUTE_SESSION,
        _ => return Err(Fault::invariant_violated("a session can't end so")),
    };
    let arguments: [DatumWithOid<'_>; 5] = [
        sql_uuid(session.id).into(),
        outcome.is_final().into(),
        outcome.is_report().into(),
        author_id.map(sql_uuid).into(),
        reason.into(),
    ];
    let payment = Payment {
        payment_status: outcome.payment_status(),
        credit_cost: None,
    };
    let own_write = OwnWrite::settling(&[session.id], payment);
    let ended = run(connection, statement, &arguments)?;
    drop(own_write);
    as_decided::require(ended, 1, outcome.status, "a session can't be settled")
}

/// What a settlement moved, and what both had then.
pub struct SettlementReceipt {
    pub settled_credits: i32,
    pub returned_credits: i32,
    pub client_balance: i64,
    pub client_held: i64,
    pub practitioner_balance: i64,
    pub practitioner_owes: i64,
}

/// The receipt of a session that was settled before.
pub fn receipt(connection: &mut Connection<'_>, session_id: Uuid) -> Result<SettlementReceipt, Fault> {
    let row = first_row(run(
        connection,
        &SETTLEMENT_RECEIPT,
        &[sql_uuid(session_id).into()],
    )?)
    .ok_or_else(|| Fault::invariant_violated("a session that is locked is gone"))?;
    Ok(SettlementReceipt {
        settled_credits: row.required("settled_credits")?,
        returned_credits: row.required("returned_credits")?,
        client_balance: row.required("client_balance")?,
        client_held: row.required("client_held")?,
        practitioner_balance: row.required("practitioner_balance")?,
        practitioner_owes: row.required("practitioner_owes")?,
    })
}

/// A session that time may have settled by now.
pub struct Due {
    pub session_id: Uuid,
    pub parties: [Uuid; 2],
}

/// Those sessions, at most so many; nothing is locked.
pub fn due(connection: &mut Connection<'_>, after_hours: i32, limit: i32) -> Result<Vec<Due>, Fault> {
    let due = |row: Row<'_>| {
        Ok(Due {
            session_id: uuid(row.required("id")?),
            parties: [
                uuid(row.required("client_id")?),
                uuid(row.required("therapist_id")?),
            ],
        })
    };
    run(connection, &DUE_SETTLEMENTS, &[after_hours.into(), limit.into()])?
        .map(due)
        .collect()
}

/// Locks those of these sessions that nobody is changing right now, in the order of their ids.
pub fn lock_due(connection: &mut Connection<'_>, session_ids: &[Uuid]) -> Result<Vec<Uuid>, Fault> {
    run(connection, &LOCK_DUE_SESSIONS, &[sql_uuids(session_ids).into()])?
        .map(|row| row.required("id").map(uuid))
        .collect()
}

/// Those of these locked sessions about whose credits nobody has the last word yet.
pub fn unsettled(connection: &mut Connection<'_>, session_ids: &[Uuid]) -> Result<Vec<Uuid>, Fault> {
    run(connection, &UNSETTLED_SESSIONS, &[sql_uuids(session_ids).into()])?
        .map(|row| row.required("id").map(uuid))
        .collect()
}
