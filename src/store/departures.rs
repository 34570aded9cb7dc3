//! Who was deleted, and when: what was done under a key before that, somebody else has done who had the same id.

use crate::fault::Fault;
use crate::postgres::convert::sql_uuid;
use crate::postgres::statement::{Connection, first_row, run, statements};
use pgrx::datum::TimestampWithTimeZone;
use uuid::Uuid;

statements! {
    RECORD_DEPARTURE = Writes include_str!("../../sql/query/record_departure.sql");
    HAS_LEFT_SINCE = Writes include_str!("../../sql/query/has_left_since.sql");
}

/// Remembers that a person of whom the ledger tells is deleted now.
pub fn record(connection: &mut Connection<'_>, person_id: Uuid) -> Result<(), Fault> {
    run(connection, &RECORD_DEPARTURE, &[sql_uuid(person_id).into()]).map(drop)
}

/// Whether a person of this id was deleted after this moment.
pub fn have_been_since(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    moment: TimestampWithTimeZone,
) -> Result<bool, Fault> {
    let arguments = [sql_uuid(person_id).into(), moment.into()];
    first_row(run(connection, &HAS_LEFT_SINCE, &arguments)?)
        .ok_or_else(|| Fault::invariant_violated("nobody knows who has left"))?
        .required("has_left")
}
