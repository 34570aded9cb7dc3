//! Balance rows and the ledger: every movement is written to both at once.

use super::assignment::Value;
use super::convert::{clock_timestamp, sql_uuid, sql_uuids, uuid};
use super::insertion::{Table, insert};
use super::locked_row::{self, Strength};
use super::record::Record;
use super::statement::{Connection, run, statements};
use crate::domain::account::{Account, Movement};
use crate::fault::Fault;
use pgrx::datum::DatumWithOid;
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    LOCK_ACCOUNTS = Writes include_str!("../../sql/query/lock_accounts.sql");
    OPEN_ACCOUNTS = Writes include_str!("../../sql/query/open_accounts.sql");
    SET_BALANCES = Writes include_str!("../../sql/query/set_balances.sql");
    CLOSE_ACCOUNT = Writes include_str!("../../sql/query/close_account.sql");
}

/// The locked balance rows of some people.
#[derive(Default)]
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
    match locked_row::lock(c"credits", "user_id", ids, Strength::Change, locked_account)? {
        Some(accounts) => Ok(Accounts(accounts.into_iter().collect())),
        None => lock_by_statement(connection, ids),
    }
}

fn locked_account(user_id: Uuid, row: &Record<'_>) -> Result<(Uuid, Account), Fault> {
    let account = Account {
        balance: row.integer("balance")?.unwrap_or(0),
        owed: row.integer("owed")?.unwrap_or(0),
        total_earned: row.integer("total_earned")?.unwrap_or(0),
        total_spent: row.integer("total_spent")?.unwrap_or(0),
    };
    Ok((user_id, account))
}

/// Where several rows of one person keep setup() from making the index that forbids them.
fn lock_by_statement(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<Accounts, Fault> {
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

const LEDGER: Table = Table {
    name: c"credit_transactions",
    columns: &[
        "id",
        "user_id",
        "transaction_type",
        "amount",
        "balance_before",
        "balance_after",
        "owed_before",
        "owed_after",
        "description",
        "session_id",
        "idempotency_key",
        "created_at",
    ],
    own_guards: &[],
    locked_people: &[],
    own_rules: &[],
};

/// Writes a movement, or the two sides of one, to the ledger and to the balance rows.
pub fn record(
    connection: &mut Connection<'_>,
    movements: &[(Uuid, Movement)],
    purpose: Purpose<'_>,
) -> Result<(), Fault> {
    let entries = movements
        .iter()
        .map(|(person_id, movement)| entry(*person_id, movement, purpose))
        .collect();
    insert(connection, &LEDGER, entries)?;
    set_balances(connection, movements)
}

fn entry<'a>(person_id: Uuid, movement: &Movement, purpose: Purpose<'a>) -> [Value<'a>; 12] {
    [
        sql_uuid(Uuid::now_v7()).into(),
        sql_uuid(person_id).into(),
        Value::Literal(movement.kind.transaction_type()),
        movement.amount.into(),
        movement.before.balance.into(),
        movement.after.balance.into(),
        movement.before.owed.into(),
        movement.after.owed.into(),
        purpose.description.into(),
        purpose.session_id.map(sql_uuid).into(),
        purpose.idempotency_key.into(),
        clock_timestamp().into(),
    ]
}

fn set_balances(connection: &mut Connection<'_>, movements: &[(Uuid, Movement)]) -> Result<(), Fault> {
    let (first, second) = match movements {
        [first] => (Some(first), None),
        [first, second] => (Some(first), Some(second)),
        _ => return Err(Fault::broken_promise("a movement has one side or two")),
    };
    let mut arguments = Vec::with_capacity(10);
    for movement in [first, second] {
        let account = movement.map(|(_, movement)| movement.after);
        arguments.extend::<[DatumWithOid<'_>; 5]>([
            movement.map(|(person_id, _)| sql_uuid(*person_id)).into(),
            account.map(|account| account.balance).into(),
            account.map(|account| account.owed).into(),
            account.map(|account| account.total_earned).into(),
            account.map(|account| account.total_spent).into(),
        ]);
    }
    match run(connection, &SET_BALANCES, &arguments)?.len() == movements.len() {
        true => Ok(()),
        false => Err(Fault::broken_promise("a balance row that was locked is gone")),
    }
}

/// Takes away the balance row of a person who leaves.
pub fn close(connection: &mut Connection<'_>, person_id: Uuid) -> Result<(), Fault> {
    run(connection, &CLOSE_ACCOUNT, &[sql_uuid(person_id).into()])?;
    Ok(())
}
