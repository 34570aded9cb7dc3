//! Balance rows and the ledger: every movement is written to both at once.

use super::convert::{sql_uuid, sql_uuids, uuid};
use super::statement::{Connection, Row, run, statements};
use crate::domain::account::{Account, Movement};
use crate::fault::Fault;
use pgrx::datum::DatumWithOid;
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    LOCK_ACCOUNTS = Writes include_str!("../../sql/query/lock_accounts.sql");
    OPEN_ACCOUNTS = Writes include_str!("../../sql/query/open_accounts.sql");
    RECORD_MOVEMENTS = Writes include_str!("../../sql/query/record_movements.sql");
    CLOSE_ACCOUNT = Writes include_str!("../../sql/query/close_account.sql");
}

/// The locked balance rows of some people.
pub struct Accounts(BTreeMap<Uuid, Account>);

impl Accounts {
    /// A person's account; empty where there is no row yet.
    pub fn of(&self, person_id: Uuid) -> Account {
        self.0.get(&person_id).copied().unwrap_or_default()
    }

    fn missing(&self, ids: &[Uuid]) -> Vec<Uuid> {
        ids.iter()
            .copied()
            .filter(|id| !self.0.contains_key(id))
            .collect()
    }
}

/// Why a movement exists.
#[derive(Clone, Copy)]
pub struct Purpose<'a> {
    pub description: &'a str,
    pub session_id: Option<Uuid>,
    pub idempotency_key: Option<&'a str>,
}

/// Locks the balance rows of these people, in the order of their ids.
pub fn lock(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<Accounts, Fault> {
    let mut accounts = BTreeMap::new();
    for row in run(connection, &LOCK_ACCOUNTS, &[DatumWithOid::from(sql_uuids(ids))])? {
        let user_id = uuid(row.required("user_id")?);
        let account = Account {
            balance: row.required("balance")?,
            owed: row.required("owed")?,
            total_earned: row.required("total_earned")?,
            total_spent: row.required("total_spent")?,
        };
        if accounts.insert(user_id, account).is_some() {
            return Err(several_rows(user_id));
        }
    }
    Ok(Accounts(accounts))
}

/// No balance can be told from several.
pub(super) fn several_rows(user_id: Uuid) -> Fault {
    Fault::broken_promise(format!("user {user_id} has several rows in public.credits"))
        .with_hint("Join them into one and run peer_exchange.setup().")
}

/// Opens and locks the balance rows that were missing, or returns `None` where none was: somebody
/// else may have opened one meanwhile, so what was decided on an empty one is to be decided again.
pub fn open_missing(
    connection: &mut Connection<'_>,
    accounts: &Accounts,
    ids: &[Uuid],
) -> Result<Option<Accounts>, Fault> {
    let missing = accounts.missing(ids);
    if missing.is_empty() {
        return Ok(None);
    }
    run(
        connection,
        &OPEN_ACCOUNTS,
        &[DatumWithOid::from(sql_uuids(&missing))],
    )?;
    lock(connection, ids).map(Some)
}

/// Writes movements of different people to the ledger and to their balance rows.
pub fn record(
    connection: &mut Connection<'_>,
    movements: &[(Uuid, Movement)],
    purpose: Purpose<'_>,
) -> Result<(), Fault> {
    let integers = |value: fn(&Movement) -> i32| -> DatumWithOid<'static> {
        movements
            .iter()
            .map(|(_, movement)| value(movement))
            .collect::<Vec<i32>>()
            .into()
    };
    let entry_ids: Vec<Uuid> = movements.iter().map(|_| Uuid::now_v7()).collect();
    let people: Vec<Uuid> = movements.iter().map(|(person_id, _)| *person_id).collect();
    let types: Vec<&str> = movements
        .iter()
        .map(|(_, movement)| movement.kind.transaction_type())
        .collect();
    let updated = run(
        connection,
        &RECORD_MOVEMENTS,
        &[
            sql_uuids(&entry_ids).into(),
            sql_uuids(&people).into(),
            types.into(),
            integers(|movement| movement.amount),
            integers(|movement| movement.before.balance),
            integers(|movement| movement.after.balance),
            integers(|movement| movement.before.owed),
            integers(|movement| movement.after.owed),
            integers(|movement| movement.after.total_earned),
            integers(|movement| movement.after.total_spent),
            purpose.description.into(),
            purpose.session_id.map(sql_uuid).into(),
            purpose.idempotency_key.into(),
        ],
    )?;
    match updated.len() == movements.len() {
        true => Ok(()),
        false => Err(Fault::broken_promise("a balance row that was locked is gone")),
    }
}

/// Takes away the balance row of a person who leaves.
pub fn close(connection: &mut Connection<'_>, person_id: Uuid) -> Result<(), Fault> {
    run(connection, &CLOSE_ACCOUNT, &[sql_uuid(person_id).into()])?;
    Ok(())
}
