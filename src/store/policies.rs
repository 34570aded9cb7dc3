//! On which terms a practitioner's clients cancel.

use super::columns;
use crate::fault::Fault;
use crate::postgres::convert::sql_uuid;
use crate::postgres::statement::{Connection, first_row, run, statements};
use peer_exchange_rules::refund::Policy;
use uuid::Uuid;

statements! {
    POLICY = Reads include_str!("../../sql/query/policy.sql");
}

/// The policy that is in force for this practitioner's clients.
pub fn read(connection: &mut Connection<'_>, practitioner_id: Uuid) -> Result<Policy, Fault> {
    let row = first_row(run(connection, &POLICY, &[sql_uuid(practitioner_id).into()])?)
        .ok_or_else(|| Fault::invariant_violated("nobody's policy is in force"))?;
    columns::policy(&row)
}
