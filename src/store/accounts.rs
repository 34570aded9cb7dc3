//! Balance rows and the ledger: every movement is written to both at once.
//!
//! A balance is changed by a difference, and only where it is still what the movement was decided on. What a
//! trigger of the application has moved meanwhile, in this very transaction, is never written over: the
//! movement is decided once more, on what is there then.

use crate::domain::account::{Account, Movement};
use crate::fault::Fault;
use crate::postgres::convert::{sql_uuid, sql_uuids, uuid};
use crate::postgres::statement::{Connection, Row, Statement, first_row, run, statements};
use pgrx::datum::DatumWithOid;
use std::collections::BTreeMap;
use std::thread::LocalKey;
use uuid::Uuid;

statements! {
    SEEN_ACCOUNTS = Reads include_str!("../../sql/query/accounts.sql");
    LOCK_ACCOUNTS = Writes concat!(include_str!("../../sql/query/accounts.sql"), " for no key update");
    HAS_DEFERRABLE_RULE = Writes include_str!("../../sql/query/credits_have_deferrable_rule.sql");
    OPEN_ACCOUNTS = Writes include_str!("../../sql/query/open_accounts.sql");
    OPEN_ACCOUNTS_UNLESS_OPEN = Writes concat!(include_str!("../../sql/query/open_accounts.sql"), " on conflict do nothing");
    MOVE_BALANCES = Writes include_str!("../../sql/query/move_balances.sql");
    RECORD_ENTRIES = Writes include_str!("../../sql/query/record_entries.sql");
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
    select(connection, &LOCK_ACCOUNTS, ids)
}

/// The same without a lock, for what only reads.
pub fn read(connection: &mut Connection<'_>, ids: &[Uuid]) -> Result<Accounts, Fault> {
    select(connection, &SEEN_ACCOUNTS, ids)
}

fn select(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    ids: &[Uuid],
) -> Result<Accounts, Fault> {
    let mut accounts = BTreeMap::new();
    for row in run(connection, statement, &[DatumWithOid::from(sql_uuids(ids))])? {
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
fn several_rows(user_id: Uuid) -> Fault {
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
    let has_deferrable_rule: bool = first_row(run(connection, &HAS_DEFERRABLE_RULE, &[])?)
        .ok_or_else(|| Fault::broken_promise("the rules of public.credits are unknown"))?
        .required("has_deferrable_rule")?;
    let statement = match has_deferrable_rule {
        true => &OPEN_ACCOUNTS,
        false => &OPEN_ACCOUNTS_UNLESS_OPEN,
    };
    run(connection, statement, &[DatumWithOid::from(sql_uuids(&missing))])?;
    let opened = lock(connection, ids)?;
    match opened.missing(ids).first() {
        None => Ok(Some(opened)),
        Some(user_id) => Err(Fault::meddled(format!(
            "user {user_id} gets no row in public.credits"
        ))),
    }
}

/// Writes a movement, or the two sides of one, to the balance rows and to the ledger, and returns what was
/// written: decided anew where a trigger of the application has moved credits since.
pub fn record(
    connection: &mut Connection<'_>,
    movements: Vec<(Uuid, Movement)>,
    purpose: Purpose<'_>,
) -> Result<Vec<(Uuid, Movement)>, Fault> {
    let stale = move_balances(connection, &movements)?;
    let movements = match stale.is_empty() {
        true => movements,
        false => {
            let again = decide_again(connection, movements, &stale)?;
            let still_to_move: Vec<_> = again
                .iter()
                .filter(|(id, _)| stale.contains(id))
                .copied()
                .collect();
            if !move_balances(connection, &still_to_move)?.is_empty() {
                return Err(Fault::meddled("a balance can't be written as it was decided"));
            }
            again
        }
    };
    record_entries(connection, &movements, purpose)?;
    Ok(movements)
}

/// Moves the balances of those who have what it was decided on, and returns the others.
fn move_balances(
    connection: &mut Connection<'_>,
    movements: &[(Uuid, Movement)],
) -> Result<Vec<Uuid>, Fault> {
    let mut stale: BTreeMap<Uuid, Movement> = movements.iter().copied().collect();
    let mut arguments = Vec::with_capacity(14);
    for side in sides(movements)? {
        let difference = |value: fn(&Account) -> i32| {
            side.map(|(_, movement)| i64::from(value(&movement.after)) - i64::from(value(&movement.before)))
        };
        arguments.extend::<[DatumWithOid<'_>; 7]>([
            side.map(|(person_id, _)| sql_uuid(*person_id)).into(),
            difference(|account| account.balance).into(),
            difference(|account| account.owed).into(),
            difference(|account| account.total_earned).into(),
            difference(|account| account.total_spent).into(),
            side.map(|(_, movement)| movement.before.balance).into(),
            side.map(|(_, movement)| movement.before.owed).into(),
        ]);
    }
    for row in run(connection, &MOVE_BALANCES, &arguments)? {
        let person_id = uuid(row.required("user_id")?);
        let written = (row.required("balance")?, row.required("owed")?);
        match stale.remove(&person_id) {
            Some(movement) if written == (movement.after.balance, movement.after.owed) => {}
            _ => return Err(Fault::meddled("a balance was not written as it was decided")),
        }
    }
    Ok(stale.into_keys().collect())
}

/// The movements of these people anew, on what they have now.
fn decide_again(
    connection: &mut Connection<'_>,
    movements: Vec<(Uuid, Movement)>,
    stale: &[Uuid],
) -> Result<Vec<(Uuid, Movement)>, Fault> {
    let accounts = lock(connection, stale)?;
    movements
        .into_iter()
        .map(|(person_id, movement)| match accounts.0.get(&person_id) {
            Some(account) => Ok((person_id, movement.on(*account)?)),
            None if stale.contains(&person_id) => {
                Err(Fault::meddled("a balance row that was locked is gone"))
            }
            None => Ok((person_id, movement)),
        })
        .collect()
}

fn record_entries(
    connection: &mut Connection<'_>,
    movements: &[(Uuid, Movement)],
    purpose: Purpose<'_>,
) -> Result<(), Fault> {
    let mut arguments: Vec<DatumWithOid<'_>> = vec![
        purpose.description.into(),
        purpose.session_id.map(sql_uuid).into(),
        purpose.idempotency_key.into(),
    ];
    for side in sides(movements)? {
        let movement = side.map(|(_, movement)| movement);
        arguments.extend::<[DatumWithOid<'_>; 8]>([
            side.map(|_| sql_uuid(Uuid::now_v7())).into(),
            side.map(|(person_id, _)| sql_uuid(*person_id)).into(),
            movement.map(|movement| movement.kind.transaction_type()).into(),
            movement.map(|movement| movement.amount).into(),
            movement.map(|movement| movement.before.balance).into(),
            movement.map(|movement| movement.after.balance).into(),
            movement.map(|movement| movement.before.owed).into(),
            movement.map(|movement| movement.after.owed).into(),
        ]);
    }
    let written = run(connection, &RECORD_ENTRIES, &arguments)?
        .map(|row| entry(&row))
        .collect::<Result<Vec<_>, Fault>>()?;
    let decided = movements.iter().map(|(person_id, movement)| {
        let (before, after) = (movement.before, movement.after);
        let columns = [
            movement.amount,
            before.balance,
            after.balance,
            before.owed,
            after.owed,
        ];
        (*person_id, columns)
    });
    match decided.eq(written) {
        true => Ok(()),
        false => Err(Fault::meddled("a ledger row was not written as it was decided")),
    }
}

fn entry(row: &Row<'_>) -> Result<(Uuid, [i32; 5]), Fault> {
    let columns = [
        row.required("amount")?,
        row.required("balance_before")?,
        row.required("balance_after")?,
        row.required("owed_before")?,
        row.required("owed_after")?,
    ];
    Ok((uuid(row.required("user_id")?), columns))
}

/// The one side of a movement, and the other if there is one.
fn sides(movements: &[(Uuid, Movement)]) -> Result<[Option<&(Uuid, Movement)>; 2], Fault> {
    match movements {
        [one] => Ok([Some(one), None]),
        [one, other] => Ok([Some(one), Some(other)]),
        _ => Err(Fault::broken_promise("a movement has one side or two")),
    }
}

/// Takes away the balance row of a person who leaves, once there is nothing left in it.
pub fn close(connection: &mut Connection<'_>, person_id: Uuid) -> Result<(), Fault> {
    run(connection, &CLOSE_ACCOUNT, &[sql_uuid(person_id).into()])?;
    match lock(connection, &[person_id])?.0.is_empty() {
        true => Ok(()),
        false => Err(Fault::meddled(
            "the balance of a person who leaves can't be closed",
        )),
    }
}
