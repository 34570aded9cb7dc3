//! Refused calls, remembered for the figures.

use crate::fault::Fault;
use crate::postgres::convert::sql_uuid;
use crate::postgres::statement::{Connection, first_row, run, statements};
use uuid::Uuid;

statements! {
    RECORD_REFUSAL = Writes include_str!("../../sql/query/record_refusal.sql");
    PURGE_REFUSALS = Writes include_str!("../../sql/query/purge_refusals.sql");
}

/// Writes down a refused call and returns its number, which grows by one with each.
pub fn record(
    connection: &mut Connection<'_>,
    rpc: &str,
    error_code: &str,
    [client_id, practitioner_id, session_id]: [Option<Uuid>; 3],
) -> Result<i64, Fault> {
    let arguments = [
        rpc.into(),
        error_code.into(),
        client_id.map(sql_uuid).into(),
        practitioner_id.map(sql_uuid).into(),
        session_id.map(sql_uuid).into(),
    ];
    first_row(run(connection, &RECORD_REFUSAL, &arguments)?)
        .ok_or_else(|| Fault::invariant_violated("a refusal was not written down"))?
        .required("id")
}

/// Deletes those that are no longer kept among so many of the oldest, and returns how many.
pub fn purge(connection: &mut Connection<'_>, looked_at: i32) -> Result<i64, Fault> {
    first_row(run(connection, &PURGE_REFUSALS, &[looked_at.into()])?)
        .ok_or_else(|| Fault::invariant_violated("a purge was not counted"))?
        .required("purged")
}
