//! Grants and adjustments that were made before, and the allocation of a period to many people at once.

use super::accounts::{self, Accounts, entry, written_entry};
use super::as_decided;
use crate::fault::Fault;
use crate::postgres::convert::{sql_uuid, sql_uuids, uuid};
use crate::postgres::statement::{Connection, first_row, run, statements};
use peer_exchange_rules::account::Movement;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    CHANGE_BY_KEY = Writes include_str!("../../sql/query/change_by_key.sql");
    PEOPLE_TO_ALLOCATE_TO = Writes include_str!("../../sql/query/people_to_allocate_to.sql");
    ALLOCATE = Writes include_str!("../../sql/query/allocate.sql");
}

/// A grant or an adjustment as the ledger has it.
pub struct EarlierChange {
    pub transaction_type: String,
    /// Below zero where credits were taken.
    pub amount: i64,
    pub balance_before: i64,
    pub balance_after: i64,
    pub made_at: TimestampWithTimeZone,
}

/// The change that this person met with under this key.
pub fn find_by_key(
    connection: &mut Connection<'_>,
    person_id: Uuid,
    idempotency_key: &str,
) -> Result<Option<EarlierChange>, Fault> {
    let arguments = [sql_uuid(person_id).into(), idempotency_key.into()];
    let Some(row) = first_row(run(connection, &CHANGE_BY_KEY, &arguments)?) else {
        return Ok(None);
    };
    Ok(Some(EarlierChange {
        transaction_type: row.required("transaction_type")?,
        amount: row.required("amount")?,
        balance_before: row.required("balance_before")?,
        balance_after: row.required("balance_after")?,
        made_at: row.required("made_at")?,
    }))
}

/// What each of many people gets once a period.
#[derive(Clone, Copy)]
pub struct Allocation<'a> {
    pub amount: i32,
    pub reason: &'a str,
    /// `None`: every active practitioner.
    pub people: Option<&'a [Uuid]>,
    pub practitioner_roles: &'a [String],
    pub idempotency_key: &'a str,
    /// `None`: from the first person on.
    pub from: Option<Uuid>,
}

/// Keeps from being deleted so many of those who have nothing for the period yet, in the order of their ids. Of everybody,
/// whose account can't hold so much is passed over.
pub fn hold_people_to_allocate_to(
    connection: &mut Connection<'_>,
    allocation: &Allocation<'_>,
    limit: i32,
) -> Result<Vec<Uuid>, Fault> {
    let arguments = [
        allocation.people.map(sql_uuids).into(),
        allocation.practitioner_roles.to_vec().into(),
        allocation.idempotency_key.into(),
        limit.into(),
        allocation.people.is_none().then_some(allocation.amount).into(),
        sql_uuid(allocation.from.unwrap_or_default()).into(),
        accounts::widths().room().into(),
    ];
    run(connection, &PEOPLE_TO_ALLOCATE_TO, &arguments)?
        .map(|row| row.required("id").map(uuid))
        .collect()
}

/// What each of these people's accounts comes to; a fault that names the first that can't hold so much.
fn decide(amount: i32, ids: &[Uuid], accounts: &Accounts) -> Result<BTreeMap<Uuid, Movement>, Fault> {
    ids.iter()
        .map(|id| {
            let granted = accounts.of(*id).receive_grant(amount.into());
            Ok((*id, granted.map_err(|full| full.of(*id))?))
        })
        .collect()
}

/// Gives these people what the period brings. Their accounts are locked.
pub fn allocate(
    connection: &mut Connection<'_>,
    allocation: &Allocation<'_>,
    ids: &[Uuid],
    accounts: &Accounts,
) -> Result<(), Fault> {
    let decided = decide(allocation.amount, ids, accounts)?;
    let entry_ids: Vec<Uuid> = ids.iter().map(|_| Uuid::now_v7()).collect();
    let arguments = [
        sql_uuids(ids).into(),
        sql_uuids(&entry_ids).into(),
        allocation.amount.into(),
        allocation.reason.into(),
        allocation.idempotency_key.into(),
    ];
    let mut allocated = 0;
    for row in run(connection, &ALLOCATE, &arguments)? {
        let granted = decided.get(&uuid(row.required("user_id")?));
        let is_as_decided = granted.is_some()
            && written_entry(&row)? == granted.copied().map(entry)
            && as_decided::is_kept(&row)?;
        if !is_as_decided {
            return Err(Fault::changed_by_trigger(
                "a grant was not written as it was decided",
            ));
        }
        allocated += 1;
    }
    if allocated != ids.len() {
        return Err(Fault::changed_by_trigger(
            "a grant was not written as it was decided",
        ));
    }
    Ok(())
}
