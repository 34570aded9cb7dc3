//! Grants that were made before.

use crate::fault::Fault;
use crate::postgres::convert::sql_uuid;
use crate::postgres::statement::{Connection, first_row, run, statements};
use uuid::Uuid;

statements! {
    GRANT_BY_KEY = Writes include_str!("../../sql/query/grant_by_key.sql");
}

/// A grant as the ledger has it.
pub struct Grant {
    pub amount: i32,
    pub balance_before: i32,
    pub balance_after: i32,
}

/// The grant that this person received under this key.
pub fn find_by_key(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    idempotency_key: &str,
) -> Result<Option<Grant>, Fault> {
    let arguments = [sql_uuid(person_id).into(), idempotency_key.into()];
    let Some(row) = first_row(run(connection, &GRANT_BY_KEY, &arguments)?) else {
        return Ok(None);
    };
    Ok(Some(Grant {
        amount: row.required("amount")?,
        balance_before: row.required("balance_before")?,
        balance_after: row.required("balance_after")?,
    }))
}
